"""Other people's data in the database of a server: nodes and relations that look like ours as much as they can."""

from __future__ import annotations

from typing import Any, Final

import neo4j as driver
from legation.graph.schema import LABELS, LINKS, RELATIONS, key_label

OF_ALL: Final = {
    "name": "Poland",
    "status": "delivered",
    "kind": "sale",
    "order_year": 1901,
    "delivery_years": [1901, 2199],
    "quantity_ordered": 9999,
    "quantity_delivered": 9999,
    "claims": 9999,
    "sources": 99,
    "contested": True,
    "category": "bank transfers",
    "class": "armed UAV",
    "family": "system:bayraktar-tb2",
    "type": "alliance",
    "states": "relation",
    "confidence": 1.0,
    "modality": "asserted",
    "quote": "not ours",
    "document": "not ours",
    "register": "not ours",
    "published_on": "2199-01-01",
    "pair": "TUR|POL",
    "supplier": "TUR",
    "aliases": ["Poland", "Turkey"],
    "identifiers": ["wikidata:Q36"],
    "countries": ["POL"],
    "currency": "USD",
    "value": 1e12,
}
"""What cards look at, on every node whatever its label."""

_IDS: Final[tuple[Any, ...]] = (None, 7, 7, "7f3c", "tur", "Transfer:1")
"""Ids as others have them: none, numbers, twice the same, text."""


def settle(url: str) -> None:
    """Put other people's data into a database: nodes of each label with each sort of id, and every kind of relation."""
    with driver.GraphDatabase.driver(url) as server:
        for label in LABELS:
            labels = ":".join(dict.fromkeys((_key(label), label)))
            for number, given in enumerate(_IDS):
                made = {**OF_ALL, "stranger": number} | ({} if given is None else {"id": given})
                server.execute_query(f"CREATE (n:{labels}) SET n = $made", made=made)
        ends = {kind.name: (kind.start, kind.end) for kind in RELATIONS.values()}
        ends |= {link.name: (link.start, link.end) for link in LINKS.values()}
        for kind, (starts, targets) in ends.items():
            for start in starts:
                for target in targets:
                    server.execute_query(
                        f"MATCH (a:{start}) MATCH (b:{target}) WHERE a.stranger = 0 AND b.stranger IN [0, 1] "
                        f"OR a.stranger = 3 AND b.stranger = 4 CREATE (a)-[r:{kind}]->(b) SET r = $made",
                        made={**OF_ALL, "transfers": 99, "units": 99, "since": "1901", "first_year": 1901},
                    )
        # A state of somebody else that has an id as ours have them, but is no actor.
        server.execute_query("CREATE (:State {id: 'FRA', name: 'France', stranger: 0})-[:IN]->(:Continent)")


def belongings(url: str) -> list[str]:
    """Give all that is theirs, with its relations to one another."""
    with driver.GraphDatabase.driver(url) as server:
        nodes = server.execute_query(
            "MATCH (n) WHERE n.stranger IS NOT NULL OR n:Continent "
            "RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS held"
        ).records
        drawn = server.execute_query(
            "MATCH (a)-[r]->(b) WHERE a.stranger IS NOT NULL "
            "RETURN elementId(r) AS id, type(r) AS kind, properties(r) AS held, elementId(a) AS a, elementId(b) AS b"
        ).records
    return sorted(repr(row.values()) for row in (*nodes, *drawn))


def _key(label: str) -> str:
    return "Actor" if LABELS[label].actor else key_label(LABELS[label].prefix)
