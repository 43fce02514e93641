"""The cards on how much of somebody's arms come from whom, with how sure that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from ..graph.rows import Rows
from .bands import BY, ERROR, HANDED, SUMS, THOUSAND, Band, banded, hhi_band, share, to_bands, total
from .card import Card, Told, Values
from .parameter import CATEGORY, RECENT, UNTIL, optional, top

THEME: Final = "Dependence"
MIND: Final = (
    "TIV measures military capability, not money, and the register holds major arms only; low and high say how far "
    "estimates, unknown values and unmatched deals could move the answer (docs/uncertainty.md)."
)
_LEVELS: Final = ((0.15, "many suppliers"), (0.25, "concentrated"), (2.0, "highly concentrated"))
"""How an HHI reads: below .15, .15 to .25, above."""

GROUPED: Final = f"{SUMS}, sum(CASE WHEN t.kind = 'licensed_production' THEN best ELSE 0 END) AS licensed "
NAMED: Final = "MATCH (s:Actor {id: supplier}) "


def reading(index: float) -> str:
    """Say how an HHI reads: below .15, .15 to .25, above .25."""
    return next(words for limit, words in _LEVELS if index < limit or (limit == 0.25 and index <= limit))


def spanned(low: float | None, high: float | None) -> str | None:
    """Say how a band of HHIs reads; where its ends read differently both are said."""
    if low is None or high is None:
        return None
    ends = (reading(low), reading(high))
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def is_unknown(row: Mapping[str, Any]) -> bool:
    """Tell whether a row's supplier stands for whomever a source does not know."""
    return bool(row["type"] == "unknown")


def in_units(thousandths: int) -> float:
    """Give thousandths as millions of TIV, or as deals."""
    return thousandths / THOUSAND


def unvalued(rows: Rows, values: Values) -> tuple[str, ...]:
    """Say how many deals have no value, and what to ask instead if none has one."""
    deals, unknown = (sum(row[name] for row in rows) for name in ("deals", "unknown"))
    if not unknown:
        return ()
    hint = " Ask --by deals." if unknown == deals and values["by"] == "tiv" else ""
    return (f"{unknown:,} of {deals:,} deals have no TIV: low and best leave them out.{hint}",)


def _dependence(found: Rows, values: Values) -> Told:
    buyers: dict[str, list[tuple[dict[str, Any], Band]]] = defaultdict(list)
    for row, band in zip(found, to_bands(found.records), strict=True):
        buyers[row["buyer_id"]].append((row, band))
    rows = [_of_buyer(members) for _, members in sorted(buyers.items())]
    rows.sort(key=lambda row: (row["hhi"] is None, -(row["hhi"] or 0), -row["best"], row["buyer"]))
    return Told(Rows(tuple(rows[0]) if rows else _DEPENDENCE, rows), unvalued(found, values))


_DEPENDENCE: Final = ("buyer", "suppliers", "top_supplier", "hhi_low", "hhi", "hhi_high", "reads")


def _of_buyer(members: list[tuple[dict[str, Any], Band]]) -> dict[str, Any]:
    known = [(row, band) for row, band in members if not is_unknown(row)]
    anybody = total(band for row, band in members if is_unknown(row))
    least, best, most = hhi_band([band for _, band in known], anybody)
    whole = total(band for _, band in members)
    first = max(known, key=lambda one: (one[1].best, one[1].high, one[0]["supplier"]), default=None)
    shares: tuple[float | None, float | None, float | None] = (None, None, None)
    if first is not None:
        shares = share(first[1], whole - first[1] - anybody, anybody)
    row = members[0][0]
    return {
        "buyer": row["buyer"],
        "suppliers": len(known),
        "top_supplier": first and first[0]["supplier"],
        "top_low": shares[0],
        "top_share": shares[1],
        "top_high": shares[2],
        "hhi_low": least,
        "hhi": best,
        "hhi_high": most,
        "reads": spanned(least, most),
        "low": in_units(whole.low),
        "best": in_units(whole.best),
        "high": in_units(whole.high),
        "licensed": in_units(sum(one["licensed"] for one, _ in members)),
        "deals": sum(one["deals"] for one, _ in members),
        "without_value": sum(one["unknown"] for one, _ in members),
        "unknown_supplier": sum(one["deals"] for one, _ in members if is_unknown(one)),
        "pair_ids": [f"{one['supplier_id']}|{one['buyer_id']}" for one, _ in members],
    }


DEPENDENCE: Final = Card(
    name="dependence",
    theme=THEME,
    question="How much does {buyer} depend on few suppliers of {category}?",
    parameters=(
        optional("buyer", "actor", "who receives; all buyers if not given"),
        *(CATEGORY, RECENT, UNTIL, BY, ERROR, top(50)),
    ),
    cypher=(
        f"{{deals}}{HANDED}{banded()}WITH b, t.supplier AS supplier, {GROUPED}"
        f"{NAMED}RETURN b.id AS buyer_id, b.name AS buyer, supplier AS supplier_id, s.name AS supplier, "
        "s.type AS type, low, best, high, deals, unknown, licensed ORDER BY buyer_id, supplier_id"
    ),
    row="one buyer: the share of its largest supplier and the Herfindahl-Hirschman index (HHI) over its suppliers",
    mind=MIND,
    example={"buyer": "Poland"},
    read=_dependence,
)
