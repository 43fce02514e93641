"""The picture of a free statement: what it gave, no more, with the words behind it."""

from __future__ import annotations

import pytest
from legation.graph.errors import ParameterWrong
from legation.graph.store import GraphStore
from legation.graph.subgraph import Edge, Node, Subgraph
from legation.queries.freehand import of_values


def picture(store: GraphStore, statement: str, **options: int) -> Subgraph:
    return of_values(store, statement, store.read(statement).records, **options)


def test_the_relations_that_were_given_are_drawn_with_their_words_and_no_others(asked: GraphStore) -> None:
    statement = "MATCH (s:Actor {id: 'TUR'})-[r:ARMS]->(b:State) RETURN s, r, b"
    graph = picture(asked, statement)
    assert {(edge.kind, edge.source) for edge in graph.edges} == {("ARMS", "TUR")}
    assert all(graph.transfers[key].claims for edge in graph.edges for key in edge.transfers)
    assert graph.quotes
    assert (graph.cypher, graph.question) == (statement, "")


def test_nodes_alone_come_with_what_lies_between_them(asked: GraphStore) -> None:
    graph = picture(asked, "MATCH (a:State) WHERE a.id IN ['TUR', 'POL'] RETURN collect(a) AS states")
    assert graph.nodes.keys() == {"TUR", "POL"}
    assert ("ARMS", "TUR", "POL") in {(edge.kind, edge.source, edge.target) for edge in graph.edges}


def test_transfers_and_paths_over_them_are_drawn_as_the_lines_that_they_support(asked: GraphStore) -> None:
    for statement in (
        "MATCH (t:Transfer)-[:TO]->(b:Actor {id: 'POL'}) RETURN t",
        "MATCH (s:Actor)-[r:SUPPLIES]->(t:Transfer)-[q:TO]->(b:Actor {id: 'POL'}) RETURN r, q",
    ):
        graph = picture(asked, statement)
        assert {edge.target for edge in graph.edges if edge.transfers} == {"POL"}


def test_paths_are_drawn_as_they_were_given(asked: GraphStore) -> None:
    graph = picture(asked, "MATCH p = (a:Actor {id: 'TUR'})-[:ARMS*1..1]->(b:State) RETURN p")
    assert {edge.kind for edge in graph.edges} == {"ARMS"}


def test_too_many_nodes_are_left_out_and_counted(asked: GraphStore) -> None:
    statement = "MATCH (a:State) RETURN a"
    whole = picture(asked, statement)
    some = picture(asked, statement, most=2)
    assert (len(some.nodes), some.left_out) == (2, len(whole.nodes) - 2)


def test_what_is_others_is_not_drawn_and_no_error(asked: GraphStore) -> None:
    poland, user = Node("POL", "State", "Poland"), Node("user:7", "User", "Ann")
    deal = Node("4:7f3c:12", "Transfer", "a bank transfer")
    rows = [{"a": poland, "b": user, "c": Edge("KNOWS", "user:7", "4:7f3c:13"), "d": deal}]
    assert of_values(asked, "RETURN a, b, c, d", rows).nodes.keys() == {"POL"}
    with pytest.raises(ParameterWrong, match="nothing to draw"):
        of_values(asked, "RETURN b, d", [{"b": user, "d": deal}])


@pytest.mark.parametrize("values", ["a.name AS name", "count(a) AS n"])
def test_properties_alone_cannot_be_drawn_and_it_is_said_what_to_return(values: str, asked: GraphStore) -> None:
    with pytest.raises(ParameterWrong, match="nothing to draw"):
        picture(asked, f"MATCH (a:State) RETURN {values}")
