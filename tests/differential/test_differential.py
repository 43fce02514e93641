"""The embedded store and a Neo4j answer the same, or the embedded one says why it does not answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from legation.graph.rows import Rows
from legation.graph.store import GraphStore, open_store

from .comparing import ask, outcome
from .graphs import graph
from .statements import Statement, statements

GRAPHS, STATEMENTS = 8, 60
"""How many are tried here; benchmarks/answers.py tries as many as one has time for."""


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """An embedded store for all graphs, one after the other."""
    with open_store(tmp_path_factory.mktemp("differential") / "store", create=True) as store:
        yield store


@pytest.mark.parametrize("seed", range(GRAPHS))
def test_no_statement_is_answered_otherwise(seed: int, embedded: GraphStore, empty_neo4j: str) -> None:
    came: Counter[str] = Counter()
    with open_store(empty_neo4j) as server:
        for of, claims in graph(seed):
            embedded.write(of, claims)
            server.write(of, claims)
        for statement in statements(seed, STATEMENTS):
            answers = ask(embedded, statement.text), ask(server, statement.text)
            became = outcome(statement, *answers)
            assert became != "wrong", f"{statement.text}\n{answers}"
            came[became] += 1
        for of, _ in graph(seed):
            embedded.forget(of.id)
    assert came["agreed"] > 0.9 * STATEMENTS


KNOWN = (
    (
        "MATCH (a:Transfer) MATCH (:Document)<--(c:Claim)-[:BACKS|DISPUTES]->() "
        "WHERE NOT (EXISTS { (c)-[:BACKS]->(:Transfer) } OR a.id ENDS WITH 'USA') RETURN count(*) AS n"
    ),
    "MATCH (s:Source) OPTIONAL MATCH (s)-[:MAKES]->(w:System) MATCH (w) RETURN count(*) AS n",
    "MATCH (s:Source) OPTIONAL MATCH (s)-[:MAKES]->(w:System) MATCH (d:Document), (w) RETURN count(*) AS n",
    "MATCH (s:Source) OPTIONAL MATCH (s)-[:MAKES]->(w:System) MATCH p = (t)-[:OF*1..2]->(w) RETURN count(p) AS n",
    "MATCH (d:Document) WHERE CASE WHEN (d)<-[:QUOTED_FROM]-(:Claim) THEN 1 ELSE 2 END = 1 RETURN count(*) AS n",
    "MATCH (t:Transfer) WITH t ORDER BY t.id LIMIT 2 WHERE t.order_year IS NOT NULL RETURN count(t) AS n",
    "MATCH (a:Actor)-[r:ARMS]->(b:Actor) RETURN r",
    "MATCH (t:Transfer) UNWIND range(1, 3) AS x MATCH (t)<-[:BACKS]-(c:Claim) WHERE x = 2 RETURN count(*) AS n",
    "MATCH (c:Claim) UNWIND [c.id] AS x MATCH (same:Claim {id: x}) RETURN count(*) AS n",
)
"""Shapes that the engine answers otherwise, if nothing is done about it."""


@pytest.mark.parametrize("text", KNOWN)
def test_the_shapes_that_are_known_are_answered_alike(text: str, embedded: GraphStore, empty_neo4j: str) -> None:
    with open_store(empty_neo4j) as server:
        for of, claims in graph(102):
            embedded.write(of, claims)
            server.write(of, claims)
        assert sorted(map(repr, embedded.read(text))) == sorted(map(repr, server.read(text)))
        for of, _ in graph(102):
            embedded.forget(of.id)


def test_a_server_that_repeats_rows_in_spite_of_distinct_is_told_from_an_engine_that_leaves_some_out() -> None:
    distinct = Statement("MATCH (a) RETURN DISTINCT a.x AS c", frozenset(), (), frozenset())
    plain = replace(distinct, text="MATCH (a) RETURN a.x AS c")
    once, twice, others = (Rows(("c",), [{"c": value} for value in values]) for values in ([1], [1, 1], [1, 1, 2]))
    assert outcome(distinct, once, twice) == "repeated"
    assert [outcome(distinct, once, others), outcome(plain, once, twice), outcome(distinct, twice, once)] == [
        "wrong"
    ] * 3
