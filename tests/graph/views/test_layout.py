"""Where nodes stand: the same place for the same graph, and none on top of another."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations
from math import hypot
from time import process_time

from legation.graph.subgraph import Edge, Node, Subgraph
from legation.graph.views.layout import positions
from legation.graph.views.stable import place_newcomers


def make_graph(nodes: int, edges: int, seed: int = 1) -> Subgraph:
    """A random graph of states with names of some ten letters."""
    rng = random.Random(seed)
    made = {f"S{number:03}": Node(f"S{number:03}", "State", f"State no {number}") for number in range(nodes)}
    pairs = {(rng.randrange(nodes), rng.randrange(nodes)) for _ in range(edges)} if nodes else set()
    return Subgraph("random", made, tuple(Edge("ARMS", f"S{a:03}", f"S{b:03}") for a, b in sorted(pairs)))


def overlaps(subgraph: Subgraph) -> list[tuple[str, str]]:
    """The pairs of nodes whose labels, at 7 pixels a letter and 20 high, would cover each other."""
    return [
        (a, b)
        for (a, (ax, ay)), (b, (bx, by)) in combinations(positions(subgraph, {}).items(), 2)
        if abs(ax - bx) < 7 * len(subgraph.nodes[a].name) and abs(ay - by) < 20
    ]


def test_the_same_graph_has_the_same_places_in_whatever_order_it_comes() -> None:
    graph = make_graph(40, 60)
    turned = replace(graph, nodes=dict(reversed(list(graph.nodes.items()))), edges=tuple(reversed(graph.edges)))
    assert positions(graph, {}) == positions(graph, {}) == positions(turned, {})


def test_labels_of_thirty_to_sixty_nodes_do_not_cover_each_other() -> None:
    for nodes in (30, 45, 60):
        assert overlaps(make_graph(nodes, 2 * nodes)) == []


def test_a_hub_with_many_partners_has_room_for_all_labels() -> None:
    graph = make_graph(45, 0)
    star = tuple(Edge("ARMS", "S000", key) for key in graph.nodes if key != "S000")
    assert overlaps(replace(graph, edges=star)) == []


def test_nodes_without_lines_and_several_components_stay_together() -> None:
    graph = make_graph(40, 16)
    places = positions(graph, {})
    assert overlaps(graph) == []
    assert max(abs(x) for x, _ in places.values()) < 900
    assert max(abs(y) for _, y in places.values()) < 600


def test_an_empty_graph_has_no_places_and_a_single_node_stands_in_the_middle() -> None:
    assert positions(make_graph(0, 0), {}) == {}
    assert positions(make_graph(1, 0), {}) == {"S000": (0, 0)}


def test_a_line_from_a_node_to_itself_does_no_harm() -> None:
    graph = replace(make_graph(2, 0), edges=(Edge("ARMS", "S000", "S000"), Edge("ARMS", "S000", "S001")))
    assert len(set(positions(graph, {}).values())) == 2


def test_who_was_in_an_earlier_picture_stays_and_who_is_new_finds_room() -> None:
    graph = make_graph(40, 60)
    kept = dict(list(positions(graph, {}).items())[:30])
    places = positions(graph, kept)
    assert {key: places[key] for key in kept} == kept
    assert places.keys() == graph.nodes.keys()
    boxes = [(places[key], 7 * len(graph.nodes[key].name)) for key in graph.nodes if key not in kept]
    for (ax, ay), width in boxes:
        for key, (bx, by) in places.items():
            assert (ax, ay) == (bx, by) or abs(ax - bx) >= width or abs(ay - by) >= 20, key


def test_places_of_nodes_that_are_gone_do_not_matter() -> None:
    graph = make_graph(10, 12)
    assert positions(graph, {"gone": (5, 5)}) == positions(graph, {})


def test_thousands_of_newcomers_find_room_in_seconds_each_near_its_partner() -> None:
    hub, *others = (f"S{number:04}" for number in range(2_001))
    sizes = dict.fromkeys((hub, *others), (120.0, 58.0))
    started = process_time()
    for links in ([(hub, other) for other in others], []):
        places = place_newcomers({hub: (0, 0)}, sizes, links)
        assert len(set(places.values())) == len(sizes)
    assert process_time() - started < 15
    near = place_newcomers({hub: (0, 0)}, sizes, [(hub, others[-1])])[others[-1]]
    assert hypot(*near) < 150


def test_of_newcomers_those_with_the_most_placed_partners_come_first() -> None:
    kept = {"A": (0.0, 0.0), "B": (400.0, 0.0), "C": (200.0, 0.0)}
    sizes = dict.fromkeys("ABCXYZ", (70.0, 58.0))
    places = place_newcomers(kept, sizes, [("A", "Z"), ("B", "Z"), ("Y", "Z"), ("A", "Y"), ("B", "Y"), ("C", "X")])
    assert list(places) == ["A", "B", "C", "Y", "Z", "X"], "Z gains a partner when Y is placed, and passes X"
