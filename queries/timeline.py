"""The cards on change: who began to supply whom in a period, and who stopped."""

from __future__ import annotations

from typing import Final

from ..graph.rows import Rows
from .card import Card, Told, Values
from .parameter import CATEGORY, RECENT, UNTIL, Parameter, top
from .selection import ABROAD, drawing

_BEGUN: Final = "coalesce(t.order_year, t.delivery_years[0])"
_ENDED: Final = "coalesce(t.delivery_years[size(t.delivery_years) - 1], t.order_year)"
_PAIRS: Final = (
    f"{{deals}} AND t.status IN {drawing('ARMS')}{ABROAD} "
    f"WITH t.pair AS pair, min({_BEGUN}) AS first_year, max({_ENDED}) AS last_year, count(t) AS deals, "
    f"sum(CASE WHEN {_BEGUN} IS NULL THEN 1 ELSE 0 END) AS without_year, "
    "sum(CASE WHEN t.status IN ['signed', 'ordered'] OR t.quantity_delivered < t.quantity_ordered THEN 1 ELSE 0 END) "
    f"AS open_orders, min(CASE WHEN 'order_year' IN t.estimated THEN {_BEGUN} END) AS guess, "
    f"min(CASE WHEN 'order_year' IN t.estimated THEN null ELSE {_BEGUN} END) AS sure "
)
_RETURN: Final = (
    "MATCH (s:Actor {id: split(pair, '|')[0]}) MATCH (b:Actor {id: split(pair, '|')[1]}) "
    "WITH * WHERE s.type IS NULL OR s.type <> 'unknown' "
    "RETURN s.name AS supplier, b.name AS buyer, first_year, last_year, deals, open_orders, without_year, "
    "coalesce(guess < sure, guess IS NOT NULL) AS first_year_estimated, [pair] AS pair_ids "
)


def _unplaced(found: Rows, _: Values) -> Told:
    placed = [row for row in found if row["first_year"] is not None]
    left = len(found) - len(placed)
    notes = (f"{left} more pairs have deals but no year, and may belong here.",) if left else ()
    return Told(Rows(found.columns, placed), notes)


NEW_PAIRS: Final = Card(
    name="new-pairs",
    theme="Change",
    question="Who began to supply whom with {category}?",
    parameters=(CATEGORY, RECENT, UNTIL, top(100)),
    cypher=(
        f"{_PAIRS}WITH * WHERE first_year IS NULL OR (first_year >= coalesce($since, -9999) "
        f"AND first_year <= coalesce($until, 9999)) {_RETURN}"
        "ORDER BY first_year DESC, deals DESC, supplier, buyer, pair_ids[0]"
    ),
    row="one supplier and buyer whose first order, or delivery where no order is known, falls into the years",
    mind=(
        "First means first of what is loaded: a register of a few years makes old pairs look new. "
        "Candidates are no pairs, and states that were founded or renamed begin anew."
    ),
    example={"since": 2020, "until": 2021},
    read=_unplaced,
)

LOST_PAIRS: Final = Card(
    name="lost-pairs",
    theme="Change",
    question="Who supplied whom with {category} for the last time?",
    parameters=(
        CATEGORY,
        Parameter("since", "year", "the first year to look at; if not given, twenty years before the last", False, -20),
        Parameter("until", "year", "the last year to look at; if not given, ten years before the last", False, -10),
        top(100),
    ),
    cypher=(
        f"{_PAIRS}WITH * WHERE last_year IS NULL OR (last_year >= coalesce($since, -9999) "
        f"AND last_year <= coalesce($until, 9999)) {_RETURN}"
        "ORDER BY open_orders, deals DESC, last_year, supplier, buyer, pair_ids[0]"
    ),
    row="one supplier and buyer whose last delivery, or order where none was delivered, falls into the years",
    mind=(
        "That nothing follows is silence of the sources, not proof of an end; pairs with open_orders may only wait. "
        "Candidates are no pairs, and states that were dissolved or renamed end."
    ),
    example={"since": 2000, "until": 2014},
    read=_unplaced,
)
