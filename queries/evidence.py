"""The card that shows the words behind an answer."""

from __future__ import annotations

from typing import Final

from .card import Card, Parameter

EVIDENCE: Final = Card(
    name="evidence",
    theme="What it rests on",
    question="Which words say that {supplier} supplies {system} to {buyer}?",
    parameters=(
        Parameter("supplier", "actor", "who supplies", required=False),
        Parameter("buyer", "actor", "who receives", required=False),
        Parameter("system", "system", "what is moved", required=False),
    ),
    cypher=(
        "MATCH (s:Actor)-[:SUPPLIES]->(t:Transfer)-[:TO]->(b:Actor) WITH * "
        "WHERE s.id = coalesce($supplier, t.supplier) AND b.id = coalesce($buyer, b.id) "
        "MATCH (t)-[:OF]->(w:System) WITH * WHERE $system IS NULL OR w.id = $system OR w.family = $system "
        "WITH s, b, t, collect(w.name) AS systems "
        "MATCH (c:Claim)-[r:BACKS|DISPUTES]->(t) MATCH (c)-[:QUOTED_FROM]->(d:Document)-[:PUBLISHED_BY]->(p:Source) "
        "RETURN s.name AS supplier, b.name AS buyer, c.system_name AS system, c.status AS status, "
        "c.quantity_ordered AS ordered, c.quantity_delivered AS delivered, c.order_year AS order_year, "
        "c.delivery_years AS delivery_years, c.quote AS quote, "
        "CASE type(r) WHEN 'DISPUTES' THEN 'disputes' ELSE c.modality END AS modality, "
        "c.said_by_name AS said_by, c.confidence AS confidence, p.name AS source, d.reliability AS reliability, "
        "c.published_on AS published, d.name AS document, c.row AS row, c.start AS start, c.id AS claim, "
        "[t.id] AS transfer_ids ORDER BY buyer, supplier, document, start, claim"
    ),
    mind="Each row is one claim: the words as they stand in the document, and what they were read to state.",
)
