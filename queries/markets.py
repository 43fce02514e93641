"""The cards on markets: who sells how much of a category, and what is left of it when one supplier stops."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from ..graph.rows import Rows
from .bands import BY, ERROR, HANDED, Band, banded, hhi_band, share, to_bands, total
from .card import Card, Told, Values
from .dependence import GROUPED, MIND, NAMED, THEME, in_units, is_unknown, spanned, unvalued
from .parameter import CATEGORY, RECENT, SINCE, UNTIL, Parameter, optional, top
from .selection import CURRENT

_BEGIN: Final = 1950
"""Where periods are counted from if no year is given: the register begins there."""

_PERIODS: Final = (
    "WITH t, b, coalesce(t.delivery_years, []) AS years, "
    f"CASE WHEN $years = 0 THEN coalesce($since, -9999) ELSE coalesce($since, {_BEGIN}) END AS since, "
    "CASE WHEN $years = 0 THEN 19999 ELSE $years END AS span "
    "UNWIND CASE WHEN size(years) = 0 THEN [CASE $years WHEN 0 THEN 0 ELSE -1 END] ELSE reduce(found = [], p IN "
    "[y IN years WHERE y >= since AND y <= coalesce($until, 9999) | (y - since) / span] | "
    "CASE WHEN p IN found THEN found ELSE found + [p] END) END AS period "
)
"""The periods into which the years of each deal fall, each once."""

_CATEGORY: Final = (
    "reduce(least = null, one IN [(t)-[:OF]->(w:System) | w.category] | "
    "CASE WHEN least IS NULL OR one < least THEN one ELSE least END)"
)
_SINCE: Final = "CASE WHEN span = 19999 OR period < 0 THEN since ELSE since + period * span END"
_UNTIL: Final = (
    "CASE WHEN span = 19999 OR period < 0 OR since + period * span + span - 1 > coalesce($until, 9999) "
    "THEN coalesce($until, 9999) ELSE since + period * span + span - 1 END"
)
_COLUMNS: Final = ("period", "supplier", "share_low", "share", "share_high", "low", "best", "high", "licensed")


def _market(found: Rows, values: Values) -> Told:
    periods: dict[int, list[tuple[dict[str, Any], Band]]] = defaultdict(list)
    for row, band in zip(found, to_bands(found.records), strict=True):
        periods[row["period"]].append((row, band))
    rows = []
    latest = max((row["latest"] or 0 for row in found), default=0)
    for period, members in sorted(periods.items(), key=lambda one: (one[0] < 0, one[0])):
        whole = total(band for _, band in members)
        members.sort(key=lambda one: (-one[1].best, -one[1].high, one[0]["supplier_id"]))
        anybody, name = total(band for row, band in members if is_unknown(row)), _named(period, values, latest)
        for row, band in members[: values["most"] or None]:
            unsure = Band() if is_unknown(row) else anybody
            low, best, high = share(band, whole - band - unsure, unsure)
            rows.append(
                {
                    **dict(zip(_COLUMNS, (name, row["supplier"], low, best, high), strict=False)),
                    **{name: in_units(getattr(band, name)) for name in ("low", "best", "high")},
                    "licensed": in_units(row["licensed"]),
                    "deals": row["deals"],
                    "without_value": row["unknown"],
                    "node_ids": [row["supplier_id"]],
                }
            )
    left_out = sum(map(len, periods.values())) - len(rows)
    each = " of each period" if values["years"] else ""
    more = (
        f"These are the first {values['most']:,} suppliers{each}, and there are {left_out:,} more; --most 0 gives all."
    )
    notes = (*unvalued(found, values), *([more] if left_out else []))
    return Told(Rows((*_COLUMNS, "deals", "without_value", "node_ids"), rows), notes, left_out)


def _named(period: int, values: Values, latest: int) -> str:
    if values["years"] == 0:
        return "all years" if values["since"] is None and values["until"] is None else "the years asked for"
    if period < 0:
        return "year unknown"
    first = (values["since"] or _BEGIN) + period * values["years"]
    last = min(first + values["years"] - 1, values["until"] or latest)
    return str(first) if first == last else f"{first}–{last}"


MARKET_SHARE: Final = Card(
    name="market-share",
    theme=THEME,
    question="Who supplies which share of {category}?",
    parameters=(
        CATEGORY,
        SINCE,
        UNTIL,
        Parameter("years", "number", "length of each period; 0 for all in one", required=False, default=0),
        Parameter("most", "number", "how many suppliers of each period; 0 for all", required=False, default=10),
        BY,
        ERROR,
    ),
    cypher=(
        f"{{deals}}{HANDED}{_PERIODS}{banded(_SINCE, _UNTIL, ', period, since, span')}"
        f"WITH period, t.supplier AS supplier, {GROUPED}, max(t.delivery_years[size(t.delivery_years) - 1]) AS latest "
        f"{NAMED}RETURN period, supplier AS supplier_id, s.name AS supplier, s.type AS type, low, best, high, deals, "
        "unknown, licensed, latest ORDER BY period, supplier_id"
    ),
    row="one supplier in one period: its share of all that was delivered then",
    mind=MIND,
    example={"category": "Aircraft", "since": 2005, "years": 10},
    read=_market,
)


def _stops(found: Rows, values: Values) -> Told:
    cells: dict[tuple[str, str], list[tuple[dict[str, Any], Band]]] = defaultdict(list)
    for row, band in zip(found, to_bands(found.records), strict=True):
        cells[row["buyer_id"], row["category"] or ""].append((row, band))
    rows = []
    for _, members in sorted(cells.items()):
        gone = [(row, band) for row, band in members if row["gone"]]
        if not gone:
            continue
        left = [(row, band) for row, band in members if not row["gone"]]
        anybody = total(band for row, band in left if is_unknown(row))
        lost = total(band for _, band in gone)
        low, best, high = share(lost, total(band for _, band in left) - anybody, anybody)
        known = sorted(
            ((row, band) for row, band in left if not is_unknown(row)),
            key=lambda one: (-one[1].best, -one[1].high, one[0]["supplier_id"]),
        )
        ends = hhi_band([band for _, band in known], anybody)
        row = members[0][0]
        rows.append(
            {
                "buyer": row["buyer"],
                "category": row["category"] or "not classed",
                "lost_low": low,
                "lost": best,
                "lost_high": high,
                **{name: in_units(getattr(lost, name)) for name in ("low", "best", "high")},
                "deals": sum(one["deals"] for one, _ in gone),
                "without_value": sum(one["unknown"] for one, _ in gone),
                "remaining": len(known),
                "who_remains": [one["supplier"] for one, _ in known[:5]],
                "then_reads": spanned(ends[0], ends[2]),
                "pair_ids": [f"{values['stops']}|{row['buyer_id']}"],
            }
        )
    rows.sort(key=lambda row: (-row["best"], -row["high"], row["buyer"], row["category"]))
    columns = tuple(rows[0]) if rows else ("buyer", "category", "lost_low", "lost", "lost_high", "remaining")
    return Told(Rows(columns, rows), unvalued(found, values))


WHAT_IF: Final = Card(
    name="what-if",
    theme=THEME,
    question="If {stops} stops supplying, who loses which share of what, and who remains?",
    parameters=(
        Parameter("stops", "actor", "the supplier that stops"),
        optional("buyer", "actor", "who receives; all of its buyers if not given"),
        *(CATEGORY, RECENT, UNTIL, BY, ERROR, top(50)),
    ),
    cypher=(
        "MATCH (:Actor {id: $stops})-[:SUPPLIES]->(:Transfer)-[:TO]->(b:Actor) WITH DISTINCT b "
        "WITH b WHERE b.id = coalesce($buyer, b.id) MATCH (b)<-[:TO]-(t:Transfer) "
        f"WITH t WHERE {CURRENT}{HANDED}WITH t, b, {_CATEGORY} AS category, "
        # Whoever supplies a deal with a state is of that state, so only of others its suppliers need be looked at.
        "CASE WHEN t.supplier = $stops THEN true WHEN $stops CONTAINS ':' "
        "THEN EXISTS { MATCH (t)<-[:SUPPLIES]-(:Actor {id: $stops}) } ELSE false END AS gone "
        "WITH * WHERE $category IS NULL OR category = $category "
        f"{banded(keep=', category, gone')}WITH b, category, gone, t.supplier AS supplier, {GROUPED}{NAMED}"
        "RETURN b.id AS buyer_id, b.name AS buyer, category, gone, supplier AS supplier_id, s.name AS supplier, "
        "s.type AS type, low, best, high, deals, unknown, licensed ORDER BY buyer_id, category, supplier_id, gone"
    ),
    row="one buyer and one category: the share of what it got that came from the supplier, and who else supplied it",
    mind=MIND
    + " What is in service stays; spares and ammunition are not looked at. If a firm stops, only the deals in "
    "which a source names it are gone: what else its state supplies remains.",
    example={"stops": "United States", "since": 2000},
    read=_stops,
)
