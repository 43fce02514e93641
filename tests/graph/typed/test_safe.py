"""What the embedded engine would answer otherwise is written so that it answers the same, or refused."""

from __future__ import annotations

import pytest
from legation.graph.errors import StatementRefused
from legation.graph.typed.safe import to_safe

PUBLISHED = "MATCH (s:Source) OPTIONAL MATCH (s)-[:MAKES]->(w:System) "

SAME = (
    "MATCH (n:State) WHERE n.id = 'TUR' OR n.id = 'POL' RETURN n",
    "MATCH (n:State)-[r]->(m) WHERE n.id = 'TUR' AND m.id STARTS WITH 'P' RETURN n, r, m",
    "MATCH (n:State)-[r]->(m) WHERE r.units IS NOT NULL AND NOT m.id = 'x' RETURN n",
    "MATCH (n:State) WITH n.name AS match, n.id AS with RETURN match, `with`",
    "MATCH (n) WHERE n.name STARTS WITH 'x' RETURN n ORDER BY n.name SKIP 1 LIMIT 2",
    "MATCH (a {name: 'WHERE x OR y AND NOT z'})-[:ARMS]->(b) RETURN a, b",
    PUBLISHED + "RETURN s, w",
    PUBLISHED + "OPTIONAL MATCH (w)<-[:OF]-(t) RETURN s, t",
    PUBLISHED + "WITH * WHERE w IS NOT NULL AND (w)<-[:OF]-() RETURN w",
    PUBLISHED + "WITH * WHERE w IS NOT NULL WITH w MATCH (d)--(e)--(w) RETURN d",
    PUBLISHED + "RETURN COUNT { (w)<-[:OF]-(:Transfer) } AS n",
    "MATCH (a:Actor {id: $a}), (b:Actor {id: $b}) MATCH p = shortestPath((a)-[*..4]-(b)) WHERE a.id <> b.id RETURN p",
    "MATCH p = (a)-[*1..3]->(b) WHERE length(p) > 1 RETURN p",
    "UNWIND [1, 2] AS x RETURN x UNION RETURN 3 AS x",
    "CALL db.labels() YIELD label RETURN label",
    "MATCH (a)-[r:ARMS]->(b) WHERE EXISTS { (a)-[r]->() } RETURN r",
    "MATCH (a) WHERE (a)-->() AND NOT ((a)<--()) RETURN a, [(a)-[r]->(b) | b], [p = (a)--() | p]",
    "MATCH (a)-[r:ARMS]->(b) WITH a MATCH (a)-[r:MAKES]->(c) RETURN r",
)


@pytest.mark.parametrize("statement", SAME)
def test_what_both_answer_alike_stays_as_it_was_typed(statement: str) -> None:
    assert to_safe(statement) == statement


@pytest.mark.parametrize(
    ("statement", "rewritten"),
    [
        (
            "MATCH (a)-->(b) WHERE a.x = 1 OR b.y = 2 RETURN a",
            "MATCH (a)-->(b) WITH * WHERE a.x = 1 OR b.y = 2 RETURN a",
        ),
        (
            "MATCH (a)-->(b) WHERE a.id = 'TUR' AND NOT (a.x = 1 OR b.y = 2) AND b.z > 0 RETURN a",
            "MATCH (a)-->(b) WHERE a.id = 'TUR' AND b.z > 0 WITH * WHERE NOT (a.x = 1 OR b.y = 2) RETURN a",
        ),
        (
            "MATCH p = (a)-[*]->(b) WHERE (a.x = 1 XOR length(p) > 2) RETURN p",
            "MATCH p = (a)-[*]->(b) WITH * WHERE (a.x = 1 XOR length(p) > 2) RETURN p",
        ),
        (
            "MATCH (a) WHERE CASE WHEN (a)-->(:State) THEN 1 ELSE 2 END = 1 RETURN a",
            "MATCH (a) WHERE CASE WHEN EXISTS { (a)-->(:State) } THEN 1 ELSE 2 END = 1 RETURN a",
        ),
        (
            "MATCH (a)-->(b) WHERE (CASE WHEN (a)-->(b) THEN 1 ELSE 2 END = 1) OR b.x = 1 RETURN a",
            "MATCH (a)-->(b) WITH * WHERE (CASE WHEN EXISTS { (a)-->(b) } THEN 1 ELSE 2 END = 1) OR b.x = 1 RETURN a",
        ),
        (
            "MATCH (a) WITH a ORDER BY a.id SKIP 1 LIMIT 3 WHERE a.x > 1 RETURN a",
            "MATCH (a) WITH a ORDER BY a.id SKIP 1 LIMIT 3 WITH * WHERE a.x > 1 RETURN a",
        ),
        (
            "MATCH (a) WHERE ((a)-->()) = true AND (a)<--() RETURN a",
            "MATCH (a) WHERE (EXISTS { (a)-->() }) = true AND (a)<--() RETURN a",
        ),
        (
            "MATCH (a) WHERE size([x IN [1] WHERE (a)-->() | x]) > 0 RETURN a",
            "MATCH (a) WHERE size([x IN [1] WHERE EXISTS { (a)-->() } | x]) > 0 RETURN a",
        ),
        (PUBLISHED + "MATCH (d)--(w) RETURN d", PUBLISHED + "WITH * WHERE w IS NOT NULL MATCH (d)--(w) RETURN d"),
        (
            PUBLISHED + "MATCH (d)--(w), (s)--(d) RETURN d",
            PUBLISHED + "WITH * WHERE w IS NOT NULL MATCH (d)--(w), (s)--(d) RETURN d",
        ),
        (
            "UNWIND $all AS `my node` MATCH (`my node`)--(b) RETURN b",
            "UNWIND $all AS `my node` WITH * WHERE `my node` IS NOT NULL MATCH (`my node`)--(b) RETURN b",
        ),
        (
            "MATCH (a) UNWIND [1, 2] AS x MATCH (a)--(b:State {id: x}) WHERE x = 2 RETURN b",
            "MATCH (a) UNWIND [1, 2] AS x WITH * MATCH (a)--(b:State {id: x}) WHERE x = 2 RETURN b",
        ),
        (
            "MATCH (a) CALL { WITH a MATCH (a)--(b) WHERE a.x = 1 OR b.y = 2 RETURN b } RETURN b",
            "MATCH (a) CALL { WITH a MATCH (a)--(b) WITH * WHERE a.x = 1 OR b.y = 2 RETURN b } RETURN b",
        ),
    ],
)
def test_what_is_surely_the_same_is_rewritten(statement: str, rewritten: str) -> None:
    assert to_safe(statement) == rewritten
    assert to_safe(rewritten) == rewritten


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (PUBLISHED + "WITH * WHERE (w)<-[:OF]-() RETURN w", "w may be null where a pattern uses it"),
        (PUBLISHED + "RETURN size([(s)--()--(w) | 1]) AS n", "Put WITH \\* WHERE w IS NOT NULL before it"),
        (PUBLISHED + "RETURN EXISTS { (s)<-[:PUBLISHED_BY]-()--(w) } AS e", "w may be null"),
        (PUBLISHED + "RETURN COUNT { MATCH (s)--(x)--(w) WHERE x.id = 'a' } AS e", "w may be null"),
        ("OPTIONAL MATCH (a)-[r]->(b) RETURN COUNT { MATCH (c)-[r]-(d) } AS n", "r may be null"),
        (PUBLISHED + "OPTIONAL MATCH (s)<-[:PUBLISHED_BY]-(d)--(w) RETURN d", "match one relation at a time"),
        (PUBLISHED + "WITH s, w AS v WHERE (v)--() RETURN v", "v may be null"),
        ("MATCH (a)-[r:BACKS]->(t) MATCH (t)-[r]->(x) RETURN x", "The relation r is named before"),
        (
            "MATCH (a) OPTIONAL MATCH (a)-[r]->(b) OPTIONAL MATCH (c)<-[r]-(d) RETURN d",
            "The relation r is named before",
        ),
        ("MATCH (a)-[r:BACKS]->(t) WHERE (t)-[r]->() RETURN t", "Compare its ends instead"),
        (
            "MATCH (a:State), (b:State) MATCH p = shortestPath((a)-[*..4]-(b)) WHERE length(p) > 1 RETURN p",
            "ORDER BY length\\(p\\) LIMIT 1 instead",
        ),
        (
            "MATCH p = shortestPath((a)-[r*..4]-(b)) WHERE all(x IN r WHERE x.units > 1) RETURN p",
            "The condition on r is looked at during the search",
        ),
    ],
)
def test_what_is_not_surely_the_same_is_refused_with_the_shape_to_use(statement: str, told: str) -> None:
    with pytest.raises(StatementRefused, match=told):
        to_safe(statement)
