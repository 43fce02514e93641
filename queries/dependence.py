"""The cards on how much of somebody's arms come from whom, with how sure that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from ..graph.rows import Rows
from .bands import Band, hhi_band, share, total
from .card import Card, Told, Values
from .lots import BUYERS, BY, ERROR, HANDED, PAIR, SUPPLIER, THOUSAND, Supply, in_lots, of_pairs, to_supplies
from .parameter import CATEGORY, RECENT, UNTIL, optional, top

THEME: Final = "Dependence"
MIND: Final = (
    "TIV measures military capability, not money, and the register holds major arms only; low and high say how far "
    "estimates, unknown values and unmatched deals could move the answer (docs/uncertainty.md)."
)
_LEVELS: Final = ((0.15, "many suppliers"), (0.25, "concentrated"), (2.0, "highly concentrated"))
"""How an HHI reads: below .15, .15 to .25, above."""


def reading(index: float) -> str:
    """Say how an HHI reads: below .15, .15 to .25, above .25."""
    return next(words for limit, words in _LEVELS if index < limit or (limit == 0.25 and index <= limit))


def spanned(low: float | None, high: float | None) -> str | None:
    """Say how a band of HHIs reads; where its ends read differently both are said."""
    if low is None or high is None:
        return None
    ends = (reading(low), reading(high))
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def in_units(band: Band) -> dict[str, float]:
    """Give a band in thousandths as columns, in millions of TIV or in deals."""
    return {name: getattr(band, name) / THOUSAND for name in ("low", "best", "high")}


def unvalued(supplies: Sequence[Supply], values: Values) -> tuple[str, ...]:
    """Say how many deals have no value, and what to ask instead if none has one."""
    deals, unknown = sum(one.deals for one in supplies), sum(one.unvalued for one in supplies)
    if not unknown:
        return ()
    hint = " Ask --by deals." if unknown == deals and values["by"] == "tiv" else ""
    return (f"{unknown:,} of {deals:,} deals have no TIV: low and best leave them out.{hint}",)


def _dependence(found: Rows, values: Values) -> Told:
    buyers: dict[str, list[Supply]] = defaultdict(list)
    supplies = to_supplies(of_pairs(found), values["error"])
    for one in supplies:
        buyers[one.row["buyer_id"]].append(one)
    rows = [_of_buyer(members) for _, members in sorted(buyers.items())]
    rows.sort(key=lambda row: (row["hhi"] is None, -(row["hhi"] or 0), -row["best"], row["buyer"]))
    return Told(Rows(tuple(rows[0]) if rows else _DEPENDENCE, rows), unvalued(supplies, values))


_DEPENDENCE: Final = ("buyer", "suppliers", "top_supplier", "hhi_low", "hhi", "hhi_high", "reads")


def _of_buyer(members: Sequence[Supply]) -> dict[str, Any]:
    known = [one for one in members if not one.is_of_nobody]
    anybody = total(one.band for one in members if one.is_of_nobody)
    least, best, most = hhi_band([one.band for one in known], anybody)
    whole = total(one.band for one in members)
    first = max(known, key=lambda one: (one.band.best, one.band.high, one.row["supplier"]), default=None)
    shares: tuple[float | None, float | None, float | None] = (None, None, None)
    if first is not None:
        shares = share(first.band, whole - first.band - anybody, anybody)
    return {
        "buyer": members[0].row["buyer"],
        "suppliers": len(known),
        "top_supplier": first and first.row["supplier"],
        "top_low": shares[0],
        "top_share": shares[1],
        "top_high": shares[2],
        "hhi_low": least,
        "hhi": best,
        "hhi_high": most,
        "reads": spanned(least, most),
        **in_units(whole),
        "licensed": sum(one.licensed for one in members) / THOUSAND,
        "deals": sum(one.deals for one in members),
        "without_value": sum(one.unvalued for one in members),
        "unknown_supplier": sum(one.deals for one in members if one.is_of_nobody),
        "pair_ids": [f"{one.row['supplier_id']}|{one.row['buyer_id']}" for one in members],
    }


DEPENDENCE: Final = Card(
    name="dependence",
    theme=THEME,
    question="How much does {buyer} depend on few suppliers of {category}?",
    parameters=(
        optional("buyer", "actor", "who receives; all buyers if not given"),
        *(CATEGORY, RECENT, UNTIL, BY, ERROR, top(50)),
    ),
    cypher=f"{{deals}}{HANDED}{in_lots(PAIR)}RETURN {SUPPLIER}, {BUYERS} ORDER BY supplier_id",
    row="one buyer: the share of its largest supplier and the Herfindahl-Hirschman index (HHI) over its suppliers",
    mind=MIND,
    example={"buyer": "Poland"},
    read=_dependence,
)
