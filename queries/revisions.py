"""The card on what an edition of a register changed."""

from __future__ import annotations

from typing import Final

from ..graph.cypher import ours
from .card import Card

_COMPARED: Final = (
    *("status", "kind", "condition", "system_name", "order_year", "quantity_ordered", "quantity_delivered"),
    *("delivery_years", "tiv_order", "tiv_delivered", "value", "currency"),
)
"""What a claim states of a deal and the next edition can change."""

_EDITIONS: Final = (
    f"MATCH (f:Document) WHERE f.register IS NOT NULL AND {ours('f', 'Document')} MATCH (e:Document) WITH f, e "
    f"WHERE e.register = f.register AND e.published_on < f.published_on AND {ours('e', 'Document')} "
    "WITH f, max(e.published_on) AS before MATCH (e:Document) WITH f, e, before "
    f"WHERE e.register = f.register AND e.published_on = before AND {ours('e', 'Document')} WITH f, e "
)
"""Each edition ``f`` with the one before it, ``e``."""

_DEAL: Final = (
    "f.published_on AS edition, {0}.supplier_name AS supplier, {0}.buyer_name AS buyer, {0}.system_name AS system, "
    "{0}.order_year AS order_year"
)
_RETURN: Final = (
    "RETURN change, edition, supplier, buyer, system, order_year, field, older, newer, [id] AS transfer_ids "
    "ORDER BY edition, supplier, buyer, system, order_year, id, field"
)


def _only_in(edition: str, other: str, change: str) -> str:
    """Give the deals that one of two editions has and the other has not."""
    return (
        f"{_EDITIONS} MATCH ({edition})<-[:QUOTED_FROM]-(c:Claim)-[:BACKS]->(t:Transfer) WITH f, e, c, t "
        f"WHERE NOT EXISTS {{ MATCH (t)<-[:BACKS]-(:Claim)-[:QUOTED_FROM]->({other}) }} "
        f"WITH DISTINCT '{change}' AS change, {_DEAL.format('c')}, null AS field, null AS older, null AS newer, "
        f"t.id AS id {_RETURN}"
    )


_CHANGED: Final = (
    f"{_EDITIONS} MATCH (e)<-[:QUOTED_FROM]-(a:Claim)-[:BACKS]->(t:Transfer) "
    "MATCH (t)<-[:BACKS]-(b:Claim)-[:QUOTED_FROM]->(f) WITH f, t, a, b "
    "WHERE a.instalment IS NULL OR a.delivery_years = b.delivery_years UNWIND ["
    + ", ".join(f"{{field: '{name}', older: a.{name}, newer: b.{name}}}" for name in _COMPARED)
    + "] AS one WITH f, t, b, one WHERE NOT coalesce(one.older = one.newer, one.older IS NULL AND one.newer IS NULL) "
    f"WITH DISTINCT 'changed' AS change, {_DEAL.format('b')}, one.field AS field, one.older AS older, "
    f"one.newer AS newer, t.id AS id {_RETURN}"
)

REVISIONS: Final = Card(
    name="revisions",
    theme="What it rests on",
    question="What did each edition of a register change against the one before it?",
    parameters=(),
    cypher=f"{_CHANGED} UNION ALL {_only_in('f', 'e', 'new')} UNION ALL {_only_in('e', 'f', 'withdrawn')}",
    row="one value of one deal that changed, or one deal that is new or withdrawn",
    mind=(
        "A deal that is withdrawn may live on as another: where its designation or its order year was corrected, it "
        "stands here as withdrawn and as new."
    ),
)
