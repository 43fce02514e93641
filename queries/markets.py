"""The cards on markets: who sells how much of a category, and what is left of it when one supplier stops."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from ..graph.rows import Rows
from .bands import Band, hhi_band, share, total
from .card import Card, Told, Values
from .dependence import MIND, THEME, in_units, spanned, unvalued
from .lots import BUYERS, BY, ERROR, HANDED, PAIR, SUPPLIER, THOUSAND, Lot, Supply, in_lots, of_pairs, to_supplies
from .parameter import CATEGORY, RECENT, SINCE, UNTIL, Parameter, optional, top
from .selection import CURRENT

_BEGIN: Final = 1950
"""Where periods are counted from if no year is given: the register begins there."""

_UNDATED: Final = -1
"""The period of what was delivered in a year that no source tells."""

_CATEGORY: Final = (
    "reduce(least = null, one IN [(t)-[:OF]->(w:System) | w.category] | "
    "CASE WHEN least IS NULL OR one < least THEN one ELSE least END)"
)
_COLUMNS: Final = ("period", "supplier", "share_low", "share", "share_high", "low", "best", "high", "licensed")


def _market(found: Rows, values: Values) -> Told:
    periods: dict[int, list[Supply]] = defaultdict(list)
    supplies = to_supplies(_by_period(found, values), values["error"])
    for one in supplies:
        periods[one.row["period"]].append(one)
    rows = []
    latest = max((years[-1] for row in found for _, years, *_ in row["lots"] if years), default=0)
    for period, members in sorted(periods.items(), key=lambda one: (one[0] == _UNDATED, one[0])):
        whole = total(one.band for one in members)
        members.sort(key=_largest_first)
        anybody, name = total(one.band for one in members if one.is_of_nobody), _named(period, values, latest)
        for one in members[: values["most"] or None]:
            unsure = Band() if one.is_of_nobody else anybody
            shares = share(one.band, whole - one.band - unsure, unsure)
            rows.append(
                {
                    **dict(zip(_COLUMNS, (name, one.row["supplier"], *shares), strict=False)),
                    **in_units(one.band),
                    "licensed": one.licensed / THOUSAND,
                    "deals": one.deals,
                    "without_value": one.unvalued,
                    "node_ids": [one.row["supplier_id"]],
                }
            )
    left_out = len(supplies) - len(rows)
    each = " of each period" if values["years"] else ""
    more = (
        f"These are the first {values['most']:,} suppliers{each}, and there are {left_out:,} more; --most 0 gives all."
    )
    notes = (*unvalued(supplies, values), *([more] if left_out else []))
    return Told(Rows((*_COLUMNS, "deals", "without_value", "node_ids"), rows), notes, left_out)


def _by_period(found: Rows, values: Values) -> Iterator[tuple[dict[str, Any], list[Lot]]]:
    """Put the lots of each supplier, which hold all years of their deals, into the periods into which these fall."""
    for row in found:
        periods: dict[int, list[Lot]] = defaultdict(list)
        for sureness, years, *sums in row["lots"]:
            for period, part in _parts(years or (), values):
                periods[period].append(Lot(sureness, part, *sums))
        yield from (({**row, "period": period}, lots) for period, lots in sorted(periods.items()))


def _parts(years: Sequence[int], values: Values) -> Iterable[tuple[int, float | None]]:
    """Give the periods into which years of delivery fall, and which share of the years falls into each."""
    since, until, length = values["since"], values["until"], values["years"]
    if not years:
        is_within = not length and since is None and until is None
        return [(_UNDATED if length else 0, 1.0 if is_within else None)]
    begin = since if since is not None else _BEGIN if length else years[0]
    within = [year for year in years if year >= begin and (until is None or year <= until)]
    counted = Counter((year - begin) // length if length else 0 for year in within)
    return [(period, number / len(years)) for period, number in counted.items()]


def _largest_first(one: Supply) -> tuple[int, int, str]:
    return -one.band.best, -one.band.high, one.row["supplier_id"]


def _named(period: int, values: Values, latest: int) -> str:
    if values["years"] == 0:
        return "all years" if values["since"] is None and values["until"] is None else "the years asked for"
    if period == _UNDATED:
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
    cypher=f"{{deals}}{HANDED}{in_lots({}, 't.delivery_years')}RETURN {SUPPLIER} ORDER BY supplier_id",
    row="one supplier in one period: its share of all that was delivered then",
    mind=MIND,
    example={"category": "Aircraft", "since": 2005, "years": 10},
    read=_market,
)


def _stops(found: Rows, values: Values) -> Told:
    cells: dict[tuple[str, str], list[Supply]] = defaultdict(list)
    supplies = to_supplies(of_pairs(found, "category", "gone"), values["error"])
    for one in supplies:
        cells[one.row["buyer_id"], one.row["category"] or ""].append(one)
    rows = []
    for _, members in sorted(cells.items()):
        gone = [one for one in members if one.row["gone"]]
        if not gone:
            continue
        left = [one for one in members if not one.row["gone"]]
        anybody = total(one.band for one in left if one.is_of_nobody)
        lost = total(one.band for one in gone)
        low, best, high = share(lost, total(one.band for one in left) - anybody, anybody)
        known = sorted((one for one in left if not one.is_of_nobody), key=_largest_first)
        ends = hhi_band([one.band for one in known], anybody)
        row = members[0].row
        rows.append(
            {
                "buyer": row["buyer"],
                "category": row["category"] or "not classed",
                "lost_low": low,
                "lost": best,
                "lost_high": high,
                **in_units(lost),
                "deals": sum(one.deals for one in gone),
                "without_value": sum(one.unvalued for one in gone),
                "remaining": len(known),
                "who_remains": [one.row["supplier"] for one in known[:5]],
                "then_reads": spanned(ends[0], ends[2]),
                "pair_ids": [f"{values['stops']}|{row['buyer_id']}"],
            }
        )
    rows.sort(key=lambda row: (-row["best"], -row["high"], row["buyer"], row["category"]))
    columns = tuple(rows[0]) if rows else ("buyer", "category", "lost_low", "lost", "lost_high", "remaining")
    return Told(Rows(columns, rows), unvalued(supplies, values))


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
        "WITH b WHERE b.id = coalesce($buyer, b.id) MATCH (b)<-[:TO]-(t) "
        f"WITH t WHERE {CURRENT}{HANDED}WITH t, {_CATEGORY} AS category, "
        # Whoever supplies a deal with a state is of that state, so only of others its suppliers need be looked at.
        "CASE WHEN t.supplier = $stops THEN true WHEN $stops CONTAINS ':' "
        "THEN EXISTS { MATCH (t)<-[:SUPPLIES]-(:Actor {id: $stops}) } ELSE false END AS gone "
        "WITH * WHERE $category IS NULL OR category = $category "
        f"{in_lots({**PAIR, 'category': 'category', 'gone': 'gone'})}RETURN {SUPPLIER}, {BUYERS} ORDER BY supplier_id"
    ),
    row="one buyer and one category: the share of what it got that came from the supplier, and who else supplied it",
    mind=MIND
    + " What is in service stays; spares and ammunition are not looked at. If a firm stops, only the deals in "
    "which a source names it are gone: what else its state supplies remains.",
    example={"stops": "United States", "since": 2000},
    read=_stops,
)
