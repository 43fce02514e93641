"""The cards on who supplies whom."""

from __future__ import annotations

from typing import Final

from .card import Card, Parameter

_MIND: Final = (
    "A candidate is no customer: read the relation first. Units are summed where a number is known; "
    "units_unknown counts the deals without one."
)

_COLUMNS: Final = (
    "type(r) AS relation, r.status AS status, systems, r.transfers AS deals, r.units AS units, "
    "r.units_unknown AS units_unknown, r.first_year AS first_year, r.last_year AS last_year, claims, contested, "
    "transfer_ids"
)

_SUMMED: Final = (
    "collect(DISTINCT w.name) AS systems, collect(DISTINCT t.id) AS transfer_ids, collect(DISTINCT t) AS deals "
    "WITH s, b, systems, transfer_ids, reduce(n = 0, d IN deals | n + d.claims) AS claims, "
    "any(d IN deals WHERE d.contested) AS contested "
    "MATCH (s)-[r:ARMS|MAY_ARM|DID_NOT_ARM]->(b) "
)

_ORDER: Final = "ORDER BY relation, deals DESC, claims DESC, {name}"

SUPPLIERS: Final = Card(
    name="suppliers",
    theme="Who supplies whom",
    question="Who supplies {buyer}, or may come to?",
    parameters=(Parameter("buyer", "actor", "who receives"),),
    cypher=(
        "MATCH (b:Actor {id: $buyer})<-[:TO]-(t:Transfer)<-[:SUPPLIES]-(s:Actor) "
        "WITH * WHERE s.id = t.supplier AND t.status <> 'withdrawn' "
        "MATCH (t)-[:OF]->(w:System) "
        f"WITH s, b, {_SUMMED}"
        f"RETURN s.name AS supplier, {_COLUMNS} {_ORDER.format(name='supplier')}"
    ),
    mind=_MIND,
)

BUYERS: Final = Card(
    name="buyers",
    theme="Who supplies whom",
    question="Whom does {supplier} supply, or may come to?",
    parameters=(Parameter("supplier", "actor", "who supplies: a state, or one firm"),),
    cypher=(
        "MATCH (s:Actor {id: $supplier})-[:SUPPLIES]->(t:Transfer)-[:TO]->(b:Actor) WHERE t.status <> 'withdrawn' "
        "MATCH (t)-[:OF]->(w:System) "
        f"WITH s, b, {_SUMMED}"
        f"RETURN b.name AS buyer, {_COLUMNS} {_ORDER.format(name='buyer')}"
    ),
    mind=_MIND,
)
