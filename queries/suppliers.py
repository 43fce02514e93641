"""The cards on who supplies whom, and who has what."""

from __future__ import annotations

from typing import Final

from .card import Card
from .parameter import Parameter
from .selection import drawing

THEME: Final = "Who supplies whom"
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
    theme=THEME,
    question="Who supplies {buyer}, or may come to?",
    parameters=(Parameter("buyer", "actor", "who receives"),),
    cypher=(
        "MATCH (b:Actor {id: $buyer})<-[:TO]-(t:Transfer)<-[:SUPPLIES]-(s:Actor) "
        "WITH * WHERE s.id = t.supplier AND t.status <> 'withdrawn' "
        "MATCH (t)-[:OF]->(w:System) "
        f"WITH s, b, {_SUMMED}"
        f"RETURN s.name AS supplier, {_COLUMNS} {_ORDER.format(name='supplier')}"
    ),
    row="all deals of one supplier with the buyer",
    mind=_MIND,
    example={"buyer": "Poland"},
)

BUYERS: Final = Card(
    name="buyers",
    theme=THEME,
    question="Whom does {supplier} supply, or may come to?",
    parameters=(Parameter("supplier", "actor", "who supplies: a state, or one firm"),),
    cypher=(
        "MATCH (s:Actor {id: $supplier})-[:SUPPLIES]->(t:Transfer)-[:TO]->(b:Actor) WHERE t.status <> 'withdrawn' "
        "MATCH (t)-[:OF]->(w:System) "
        f"WITH s, b, {_SUMMED}"
        f"RETURN b.name AS buyer, {_COLUMNS} {_ORDER.format(name='buyer')}"
    ),
    row="all deals of the supplier with one buyer",
    mind=_MIND,
    example={"supplier": "Turkey"},
)

OPERATORS: Final = Card(
    name="operators",
    theme=THEME,
    question="Who operates {system}, and who has ordered it?",
    parameters=(Parameter("system", "system", "which system, or family of systems"),),
    cypher=(
        f"{{deals}} AND t.status IN {drawing('ARMS')} MATCH (t)-[:TO]->(b:Actor) MATCH (s:Actor {{id: t.supplier}}) "
        "WITH b, s, t, t.status IN ['delivered', 'in_service'] AS has "
        "WITH b, max(CASE WHEN has THEN 1 ELSE 0 END) AS some, collect(DISTINCT s.name) AS suppliers, "
        "collect(DISTINCT t.name) AS systems, sum(t.quantity_delivered) AS delivered, "
        "sum(CASE WHEN has AND t.quantity_delivered IS NULL THEN 1 ELSE 0 END) AS delivered_unknown, "
        "sum(t.quantity_ordered) AS ordered, "
        "sum(CASE WHEN t.quantity_ordered IS NULL THEN 1 ELSE 0 END) AS ordered_unknown, "
        "count(t.quantity_delivered) AS told, count(t.quantity_ordered) AS said, min(t.order_year) AS first_order, "
        "sum(CASE WHEN t.kind = 'licensed_production' THEN 1 ELSE 0 END) AS made_under_licence, "
        "sum(t.claims) AS claims, max(CASE WHEN t.contested THEN 1 ELSE 0 END) AS doubts, "
        "collect(t.id) AS transfer_ids "
        "RETURN b.name AS operator, CASE some WHEN 1 THEN 'operates' ELSE 'has ordered' END AS standing, suppliers, "
        "systems, CASE told WHEN 0 THEN null ELSE delivered END AS delivered, delivered_unknown, "
        "CASE said WHEN 0 THEN null ELSE ordered END AS ordered, ordered_unknown, first_order, made_under_licence, "
        "claims, doubts = 1 AS contested, transfer_ids ORDER BY standing DESC, operator, b.id"
    ),
    row="one buyer; delivered and ordered are sums over its deals, *_unknown count those without a number",
    mind=(
        "What was delivered need not be in service still: losses, sales and retirements are not subtracted. "
        "The maker's own forces appear only where a source tells of a deal with them."
    ),
    example={"system": "TB2"},
)
