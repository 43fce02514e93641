"""Measures of networks, against answers worked out by hand and against NetworkX's own."""

from __future__ import annotations

import networkx
import pytest
from legation.graph.subgraph import Edge, Node, Subgraph
from legation.queries.networks import measure, to_network


def network(*pairs: tuple[str, str, int]) -> Subgraph:
    nodes = {end: Node(end, "State", end) for pair in pairs for end in pair[:2]}
    return Subgraph("", nodes, tuple(Edge("ARMS", one, two, {"transfers": deals}) for one, two, deals in pairs))


LINE = network(("A", "B", 1), ("B", "C", 1), ("C", "D", 1))


def test_a_line_of_four() -> None:
    found = measure(LINE)
    # From A to C, from A to D and from B to D lead through B or C: 2 of the 6 ordered pairs of others each.
    assert [found.actors[one].betweenness for one in "ABCD"] == [0, round(2 / 6, 4), round(2 / 6, 4), 0]
    assert [found.actors[one].cut_off for one in "ABCD"] == [0, 1, 1, 0]
    assert [found.actors[one].core for one in "ABCD"] == [1, 1, 1, 1]
    assert found.bridges == (("A", "B"), ("B", "C"), ("C", "D"))
    assert found.reciprocity == 0
    # Rank flows from buyer to supplier: the further up the line, the more.
    ranks = [found.actors[one].pagerank for one in "ABCD"]
    assert ranks == sorted(ranks, reverse=True)
    assert sum(ranks) == pytest.approx(1, abs=0.001)


def test_hubs_supply_and_authorities_buy() -> None:
    found = measure(network(("A", "X", 3), ("A", "Y", 1), ("B", "X", 1)))
    assert found.actors["A"].hub > found.actors["B"].hub > found.actors["X"].hub == 0
    assert found.actors["X"].authority > found.actors["Y"].authority > found.actors["A"].authority == 0


def test_two_groups_are_two_communities_and_a_pair_that_supplies_each_other_is_reciprocal() -> None:
    one = [(a, b, 1) for a in "ABC" for b in "ABC" if a != b]
    other = [(a, b, 1) for a in "WXYZ" for b in "WXYZ" if a < b]
    found = measure(network(*one, *other, ("A", "W", 1)))
    assert {found.actors[node].community for node in "WXYZ"} == {1}
    assert {found.actors[node].community for node in "ABC"} == {2}
    assert found.reciprocity == round(6 / 13, 4)
    assert found.bridges == (("A", "W"),)
    assert (found.actors["A"].cut_off, found.actors["W"].cut_off) == (2, 3)


def test_the_same_network_in_another_order_measures_the_same() -> None:
    pairs = [("A", "B", 2), ("C", "A", 1), ("B", "C", 4), ("D", "B", 1), ("E", "D", 3)]
    assert measure(network(*pairs)) == measure(network(*reversed(pairs)))


def test_candidates_are_no_part_of_a_network() -> None:
    graph = Subgraph("", {}, (Edge("MAY_ARM", "A", "B", {"transfers": 1}),))
    assert measure(graph).actors == {}


def test_betweenness_and_cores_are_those_of_networkx() -> None:
    graph = network(("A", "B", 1), ("B", "A", 1), ("B", "C", 2), ("C", "D", 1), ("D", "B", 1), ("D", "E", 1))
    between = networkx.betweenness_centrality(to_network(graph))
    assert {node: one.betweenness for node, one in measure(graph).actors.items()} == {
        node: round(value, 4) for node, value in between.items()
    }
