"""The Cypher that the store runs, generated from the schema; labels and kinds come from there and from nowhere else.

Portable rules, kept by every statement here and by the cards: constraints and indexes before the first data; look a
node up by one label and its id; values only as parameters; create what is missing instead of a MERGE on two labels; no
WHERE on a variable of a shortestPath; no later pattern that ends at a variable which OPTIONAL MATCH may have left null.
"""

from __future__ import annotations

from typing import Final

from .schema import DERIVED, LABELS, RELATIONS

KEY_LABELS: Final = ("Actor", *(label.name for label in LABELS.values() if not label.actor))
"""The labels by which nodes are looked up; each has a unique ``id``."""

EVIDENCE_KINDS: Final = ("SUPPLIES", "TO", "OF", "BACKS", "DISPUTES", "ABOUT", "QUOTED_FROM", "PUBLISHED_BY", "SAID_BY")
"""The relations between transfers, claims, documents and sources; the rest are ``schema.RELATIONS``."""

_INDEXED: Final = (("Claim", "block"), ("Transfer", "block"), ("Transfer", "pair"))


_GONE: Final = "WITH collect(r) AS gone UNWIND gone AS r DELETE r"
"""Deletes what was found only when all of it is found: the embedded engine loses its place in a chain of relations of
which some are gone."""


def schema_statements() -> list[str]:
    """Give the statements that make constraints and indexes; running them again changes nothing."""
    unique = [
        f"CREATE CONSTRAINT legation_{label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in (*KEY_LABELS, "LegationLock")
    ]
    indexed = [
        f"CREATE INDEX legation_{label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
        for label, name in _INDEXED
    ]
    return unique + indexed


def known_ids(label: str) -> str:
    """``$ids`` -> the ``id`` of those that are there."""
    return f"UNWIND $ids AS id MATCH (n:{_key(label)} {{id: id}}) RETURN n.id AS id"


def create_nodes(labels: tuple[str, ...]) -> str:
    """``$rows`` of property maps -> a new node each, with all its labels at once."""
    return f"UNWIND $rows AS row CREATE (n:{':'.join(map(_label, labels))}) SET n += row"


def set_properties(label: str) -> str:
    """``$rows`` of ``{id, values}`` -> the values set on the nodes that are there."""
    return f"UNWIND $rows AS row MATCH (n:{_key(label)} {{id: row.id}}) SET n += row.values"


def create_edges(kind: str, start: str, end: str) -> str:
    """``$rows`` of ``{start, end, values}`` -> a new relation each, between nodes with these ids and key labels."""
    return (
        f"UNWIND $rows AS row MATCH (a:{_key(start)} {{id: row.start}}) MATCH (b:{_key(end)} {{id: row.end}}) "
        f"CREATE (a)-[r:{_kind(kind)}]->(b) SET r += row.values"
    )


def delete_relations(kind: str, start: str, end: str) -> str:
    """``$rows`` of ``{start, end}`` -> the stated relations of that kind between them are gone."""
    return (
        f"UNWIND $rows AS row MATCH (a:{_key(start)} {{id: row.start}})-[r:{_kind(kind)}]->"
        f"(b:{_key(end)} {{id: row.end}}) {_GONE}"
    )


DELETE_DERIVED: Final = (
    f"UNWIND $rows AS row MATCH (a:Actor {{id: row.start}})-[r:{'|'.join(DERIVED)}]->(b:Actor {{id: row.end}}) {_GONE}"
)
"""``$rows`` of ``{start, end}`` -> the derived relations between them are gone."""

LOCK: Final = "MERGE (l:LegationLock {id: 'lock'}) SET l.changes = coalesce(l.changes, 0) + 1"
"""Makes changes follow one another: each folds what it read, so none may read while another has not committed. A server
lets the second wait; the embedded engine refuses it at its end, and the driver tries it again."""

DOCUMENT_DIGEST: Final = "MATCH (d:Document {id: $id}) RETURN d.digest AS digest"
"""``$id`` -> what was loaded from the document, as one hash; no row if it is not in."""

CLAIMS_OF_DOCUMENT: Final = (
    "MATCH (d:Document {id: $id})<-[:QUOTED_FROM]-(c:Claim) RETURN properties(c) AS claim ORDER BY c.id"
)
SOURCES_OF_DOCUMENT: Final = "MATCH (d:Document {id: $id})-[:PUBLISHED_BY]->(s:Source) RETURN s.id AS id"
DELETE_CLAIMS_OF_DOCUMENT: Final = "MATCH (d:Document {id: $id})<-[:QUOTED_FROM]-(c:Claim) DETACH DELETE c"
DELETE_DOCUMENT: Final = "MATCH (d:Document {id: $id}) DETACH DELETE d"

CLAIMS_OF_BLOCKS: Final = (
    "UNWIND $blocks AS block MATCH (c:Claim {block: block}) "
    "MATCH (c)-[:QUOTED_FROM]->(d:Document)-[:PUBLISHED_BY]->(s:Source) "
    "RETURN properties(c) AS claim, s.id AS source, d.reliability AS reliability ORDER BY claim.id"
)
"""``$blocks`` -> every claim of them, with its source and the reliability of its document."""

TRANSFER_ENDS_OF_BLOCKS: Final = (
    "UNWIND $blocks AS block MATCH (t:Transfer {block: block}) "
    "MATCH (s:Actor)-[:SUPPLIES]->(t) MATCH (t)-[:TO]->(b:Actor) RETURN DISTINCT s.id AS start, b.id AS end"
)
"""``$blocks`` -> each supplier and buyer of their transfers."""

DELETE_TRANSFERS_OF_BLOCKS: Final = "UNWIND $blocks AS block MATCH (t:Transfer {block: block}) DETACH DELETE t"

TRANSFERS_OF_PAIRS: Final = (
    "UNWIND $pairs AS pair MATCH (t:Transfer {pair: pair}) MATCH (s:Actor)-[:SUPPLIES]->(t) "
    "MATCH (t)-[:TO]->(b:Actor) WITH t, b, collect(s.id) AS suppliers "
    "RETURN properties(t) AS transfer, suppliers, b.id AS buyer"
)
"""``$pairs`` -> every transfer of them with its ends."""

CREATE_CLAIMS: Final = (
    "UNWIND $rows AS row MATCH (d:Document {id: row.document}) "
    "CREATE (c:Claim) SET c += row CREATE (c)-[:QUOTED_FROM]->(d)"
)
"""``$rows`` of a claim's properties -> the claims, each quoted from its document; one relation a row."""

CREATE_TRANSFERS: Final = (
    "UNWIND $rows AS row MATCH (s:Actor {id: row.supplier}) MATCH (b:Actor {id: row.buyer}) "
    "MATCH (w:System {id: row.system}) CREATE (t:Transfer) SET t += row.values "
    "CREATE (s)-[:SUPPLIES]->(t) CREATE (t)-[:TO]->(b) CREATE (t)-[:OF]->(w)"
)
"""``$rows`` of ``{supplier, buyer, system, values}`` -> a transfer each; three relations a row."""

NAMES_GIVEN: Final = tuple(
    f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}){pattern}(c:Claim) RETURN DISTINCT id, properties(c) AS claim"
    for label, patterns in {
        "Actor": (
            "-[:SUPPLIES]->(:Transfer)<-[:BACKS|DISPUTES]-",
            "<-[:TO]-(:Transfer)<-[:BACKS|DISPUTES]-",
            "<-[:ABOUT]-",
            "<-[:SAID_BY]-",
        ),
        "System": ("<-[:OF]-(:Transfer)<-[:BACKS|DISPUTES]-", "<-[:ABOUT]-"),
        "Conflict": ("<-[:ABOUT]-",),
    }.items()
    for pattern in patterns
)
"""``$ids`` -> every claim that names them; one statement for each way in which a claim can."""


def delete_lonely(label: str) -> str:
    """``$ids`` -> those of them that no relation holds any more are gone."""
    return f"UNWIND $ids AS id MATCH (n:{_key(label)} {{id: id}}) WHERE NOT (n)--() DELETE n"


def _key(label: str) -> str:
    if label not in KEY_LABELS:
        raise ValueError(f"{label!r} is no label that nodes are looked up by")
    return label


def _label(label: str) -> str:
    if label != "Actor" and label not in LABELS:
        raise ValueError(f"{label!r} is no label of the schema")
    return label


def _kind(kind: str) -> str:
    if kind not in RELATIONS and kind not in EVIDENCE_KINDS:
        raise ValueError(f"{kind!r} is no relation of the schema")
    return kind
