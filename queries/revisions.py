"""The card on what an edition of a register changed."""

from __future__ import annotations

from typing import Any, Final

from ..graph.cypher import ours
from ..graph.rows import Rows
from .card import Card, Told, Values
from .evidence import CHOSEN, COMPARED, THEME
from .parameter import top

_COMPARED: Final = (*COMPARED, "system_name", "delivery_years")
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

_SIDE_BY_SIDE: Final = (
    f"MATCH (t:Transfer) WITH e, f, t WHERE {_CHOSEN_DEALS} WITH e, f, t, "
    "[(t)<-[:BACKS]-(c:Claim) WHERE c.document = e.id | c] AS olds, "
    "[(t)<-[:BACKS]-(c:Claim) WHERE c.document = f.id | c] AS news WITH f, t, olds, news "
    "WHERE size(olds) + size(news) > 0 WITH f, t, "
    "CASE WHEN size(olds) = 0 THEN 'new' WHEN size(news) = 0 THEN 'withdrawn' ELSE 'changed' END AS change, "
    "CASE WHEN size(olds) = 0 THEN [null] ELSE olds END AS olds, "
    "CASE WHEN size(news) = 0 THEN [null] ELSE news END AS news "
    "UNWIND olds AS a UNWIND news AS b WITH f, t, change, a, b "
    f"WHERE change <> 'changed' OR (a.instalment IS NULL OR a.delivery_years = b.delivery_years) AND ({_ANY_OTHER}) "
)
"""Each deal ``t`` of the two, with a claim of the earlier edition, ``a``, and one of the later, ``b``, that differ."""

# Few long rows: a driver takes ten times as long for thousands of short ones.
_DEALS: Final = (
    f"WITH f, t, change, coalesce(b, a) AS c, CASE change WHEN 'changed' THEN [x IN [{_FIELDS}] "
    f"WHERE {_IS_OTHER.format(older='x.older', newer='x.newer')} | [x.field, x.older, x.newer]] "
    "ELSE [[null, null, null]] END AS fields "
    "RETURN change, f.published_on AS edition, c.supplier_name AS supplier, c.buyer_name AS buyer, "
    "collect(DISTINCT [t.id, c.system_name, c.order_year, fields]) AS deals"
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
    *("change", "edition", "supplier", "buyer", "system", "order_year"),
    *("field", "older", "newer", "transfer_ids"),
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
    cypher=f"{_EDITIONS}{_SIDE_BY_SIDE}{_DEALS}",
    row="one value of one deal that an edition changed against the one before it, or one deal that is new or withdrawn",
    mind=(
        "It takes two editions of one register. A deal that is withdrawn may live on as another: where its designation "
        "or its order year was corrected, it stands here as withdrawn and as new."
    ),
    read=_each_field,
)
