"""The card on what an edition of a register changed."""

from __future__ import annotations

from typing import Any, Final

from ..graph.cypher import ours
from ..graph.rows import Rows
from .card import Card, Told, Values
from .evidence import CHOSEN, THEME
from .parameter import top

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

_CHOSEN_DEALS: Final = (
    "($supplier IS NULL OR EXISTS { MATCH (t)<-[:SUPPLIES]-(x:Actor) WHERE x.id = $supplier }) "
    "AND ($buyer IS NULL OR EXISTS { MATCH (t)-[:TO]->(y:Actor) WHERE y.id = $buyer }) "
    "AND ($system IS NULL OR EXISTS { MATCH (t)-[:OF]->(w:System) WHERE w.id = $system OR w.family = $system })"
)
_FIELDS: Final = ", ".join(f"{{field: '{name}', older: a.{name}, newer: b.{name}}}" for name in _COMPARED)
_IS_OTHER: Final = "coalesce({older} <> {newer}, {older} IS NOT NULL OR {newer} IS NOT NULL)"
_ANY_OTHER: Final = " OR ".join(_IS_OTHER.format(older=f"a.{name}", newer=f"b.{name}") for name in _COMPARED)

# Few long rows: a driver takes ten times as long for thousands of short ones.
_RETURN: Final = (
    "RETURN change, f.published_on AS edition, c.supplier_name AS supplier, c.buyer_name AS buyer, "
    "collect(DISTINCT [t.id, c.system_name, c.order_year, fields]) AS deals"
)
_CHANGED: Final = (
    f"{_EDITIONS} MATCH (e)<-[:QUOTED_FROM]-(a:Claim)-[:BACKS]->(t:Transfer) WITH f, a, t WHERE {_CHOSEN_DEALS} "
    "MATCH (t)<-[:BACKS]-(b:Claim) WITH f, t, a, b WHERE b.document = f.id "
    f"AND (a.instalment IS NULL OR a.delivery_years = b.delivery_years) AND ({_ANY_OTHER}) "
    f"WITH 'changed' AS change, f, t, b AS c, [x IN [{_FIELDS}] "
    f"WHERE {_IS_OTHER.format(older='x.older', newer='x.newer')} | [x.field, x.older, x.newer]] AS fields {_RETURN}"
)
_NEW_OR_WITHDRAWN: Final = (
    f"{_EDITIONS} MATCH (t:Transfer) WITH e, f, t, size([(t)<-[:BACKS]-(c:Claim) WHERE c.document = e.id | 1]) AS old, "
    "size([(t)<-[:BACKS]-(c:Claim) WHERE c.document = f.id | 1]) AS new WITH e, f, t, old, new "
    f"WHERE old + new > 0 AND (old = 0 OR new = 0) AND {_CHOSEN_DEALS} "
    "WITH CASE WHEN old = 0 THEN 'new' ELSE 'withdrawn' END AS change, e, f, t MATCH (t)<-[:BACKS]-(c:Claim) "
    "WITH change, f, t, c, CASE change WHEN 'new' THEN f.id ELSE e.id END AS edition WHERE c.document = edition "
    f"WITH change, f, t, c, [[null, null, null]] AS fields {_RETURN}"
)


def _each_field(found: Rows, _: Values) -> Told:
    rows = [
        {
            **{name: row[name] for name in ("change", "edition", "supplier", "buyer")},
            "system": system,
            "order_year": order_year,
            "field": field,
            "older": older,
            "newer": newer,
            "transfer_ids": [deal],
        }
        for row in found
        for deal, system, order_year, fields in row["deals"]
        for field, older, newer in fields
    ]
    rows.sort(key=_place)
    return Told(Rows(_COLUMNS, rows))


_COLUMNS: Final = (
    *("change", "edition", "supplier", "buyer", "system", "order_year", "field", "older", "newer", "transfer_ids"),
)


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    """Where a row stands: deal by deal, and within each by edition and field."""
    year = row["order_year"]
    deal = (row["supplier"], row["buyer"], row["system"], year is None, year or 0, row["transfer_ids"])
    return (*deal, row["edition"], row["change"], row["field"] or "", str(row["older"]), str(row["newer"]))


REVISIONS: Final = Card(
    name="revisions",
    theme=THEME,
    question="What did each edition of a register change on deals of {supplier} with {buyer} on {system}?",
    parameters=(*CHOSEN, top(100)),
    cypher=f"{_CHANGED} UNION ALL {_NEW_OR_WITHDRAWN}",
    row="one value of one deal that an edition changed against the one before it, or one deal that is new or withdrawn",
    mind=(
        "It takes two editions of one register. A deal that is withdrawn may live on as another: where its designation "
        "or its order year was corrected, it stands here as withdrawn and as new."
    ),
    read=_each_field,
)
