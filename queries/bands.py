"""How much arms a deal stands for: a low, a best and a high value; the rule stands in docs/uncertainty.md.

A value is in thousandths of a million of SIPRI's trend-indicator value (TIV), or of a deal where deals are counted:
whole numbers add up to the same whatever the order.

* **best**: the TIV of what was delivered, in equal parts over the years of delivery; of these the years asked for
  count. Less than half a million is a quarter of a million.
* **low**: an estimated number is too high by a share (``$error``, in percent); of a deal with years within and without
  those asked for half as much fell within; less than half a million is nothing. A deal that a source contests, and one
  that could be the same as another, are nothing.
* **high**: an estimated number is too low by the same share; of a deal with years within and without half as much again
  fell within, but no more than all of it; less than half a million is half a million. A deal without a TIV counts as
  much as the average deal with one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .parameter import Parameter
from .selection import HANDED_OVER

THOUSAND: Final = 1000

ERROR: Final = Parameter(
    "error", "number", "by how many percent an estimated number may be wrong", required=False, default=33, most=99
)
BY: Final = Parameter(
    "by",
    "choice",
    "count TIV, SIPRI's measure of military capability, or deals",
    required=False,
    default="tiv",
    choices=("tiv", "deals"),
)

_SMALL: Final = "'tiv_delivered' IN coalesce(t.below_half, [])"
_WORTH: Final = (
    "CASE WHEN $by = 'deals' THEN 1000 WHEN t.tiv_delivered IS NOT NULL THEN toInteger(round(t.tiv_delivered * 1000)) "
    f"WHEN {_SMALL} THEN 250 END"
)

FIRST: Final = "coalesce($since, -9999)"
LAST: Final = "coalesce($until, 9999)"


def banded(since: str = FIRST, until: str = LAST, keep: str = "") -> str:
    """Give the Cypher that, behind ``{deals}`` and ``HANDED``, turns each deal ``t`` into a band.

    It keeps what was handed over within some years, and gives ``low``, ``best`` and ``high`` of each deal, and whether
    its value is ``unknown``. It takes ``$error`` and ``$by``.

    Args:
        since: the first year, as an expression.
        until: the last year, as an expression.
        keep: what else is to be kept, such as ``", period"``.
    """
    return (
        f"WITH t, b{keep}, {_WORTH} AS worth, {since} = -9999 AND {until} = 9999 AS always, "
        "CASE WHEN t.delivery_years IS NULL THEN -1 "
        f"ELSE size([y IN t.delivery_years WHERE y >= {since} AND y <= {until}]) END AS inside WHERE inside <> 0 "
        f"WITH t, b{keep}, worth, inside, inside > -1 AND inside < size(t.delivery_years) AS cut, "
        "CASE WHEN worth IS NULL THEN 0 WHEN inside > -1 THEN worth * inside / size(t.delivery_years) "
        f"WHEN always THEN worth ELSE 0 END AS best, $by = 'tiv' AND {_SMALL} AS small, "
        "CASE WHEN $by = 'tiv' AND any(one IN coalesce(t.estimated, []) "
        "WHERE one IN ['quantity_delivered', 'tiv_delivered']) THEN $error ELSE 0 END AS error "
        f"WITH t, b{keep}, worth IS NULL AS unknown, best, CASE WHEN small OR t.contested "
        "OR t.reason CONTAINS 'could belong to several deals' THEN 0 "
        "WHEN cut THEN best * (100 - error) / 200 ELSE best * (100 - error) / 100 END AS low, "
        "CASE WHEN worth IS NULL THEN 0 WHEN small THEN 500 WHEN inside = -1 THEN worth * (100 + error) / 100 "
        "WHEN NOT cut THEN best * (100 + error) / 100 WHEN best + best / 2 > worth THEN worth * (100 + error) / 100 "
        "ELSE (best + best / 2) * (100 + error) / 100 END AS high "
    )


HANDED: Final = f" AND t.status IN {HANDED_OVER} MATCH (t)-[:TO]->(b:Actor) WITH t, b WHERE b.id <> t.supplier "
"""Behind ``{deals}``: what was handed over to another, ``b``."""

SUMS: Final = (
    "sum(low) AS low, sum(best) AS best, sum(high) AS high, count(t) AS deals, "
    "sum(CASE WHEN unknown THEN 1 ELSE 0 END) AS unknown"
)


@dataclass(frozen=True, slots=True)
class Band:
    """How much there is of something: at least, best known, at most.

    Attributes:
        low: thousandths of a million TIV, or of a deal.
        best: the same.
        high: the same.
    """

    low: int = 0
    best: int = 0
    high: int = 0

    def __add__(self, other: Band) -> Band:
        return Band(self.low + other.low, self.best + other.best, self.high + other.high)

    def __sub__(self, other: Band) -> Band:
        """Give what is left of a sum without one of its parts."""
        return Band(self.low - other.low, self.best - other.best, self.high - other.high)


def to_bands(rows: Sequence[Mapping[str, Any]]) -> list[Band]:
    """Give the band of each row of ``SUMS``; deals without a value widen it by the average of those with one."""
    known = sum(row["deals"] - row["unknown"] for row in rows)
    average = sum(row["best"] for row in rows) // known if known else THOUSAND
    return [Band(row["low"], row["best"], row["high"] + row["unknown"] * average) for row in rows]


def total(bands: Iterable[Band]) -> Band:
    """Add bands up."""
    return sum(bands, Band())


def share(part: Band, others: Band, anybody: Band = Band()) -> tuple[float | None, float | None, float | None]:
    """Give the low, best and high share that a part has of all, 0 to 1; None if all is 0.

    The lowest is with little of the part and much of the others, the highest the other way round.

    Args:
        part: whose share it is.
        others: what is known to be of others.
        anybody: what nobody knows whose it is: at most all of it belongs to the part.
    """
    pairs = (
        (part.low, others.high + anybody.high),
        (part.best, others.best + anybody.best),
        (part.high + anybody.high, others.low),
    )
    low, best, high = (round(one / (one + rest), 3) if one + rest else None for one, rest in pairs)
    return low, best, high


def hhi(values: Sequence[float]) -> float | None:
    """Give the Herfindahl-Hirschman index: the sum of squared shares, from nearly 0 (many alike) to 1 (only one)."""
    whole = sum(values)
    return sum((value / whole) ** 2 for value in values) if whole else None


def hhi_band(bands: Sequence[Band], anybody: Band = Band()) -> tuple[float | None, float | None, float | None]:
    """Give the least, the best and the greatest HHI that bands allow.

    With every part somewhere in its band the index is least where all are cut to one level as far as their bands
    allow, and greatest at an end of each band. What came from unknown suppliers is left out of the best value; for
    the least it is spread thin over many, for the greatest it all came from one.

    Args:
        bands: of the known parts.
        anybody: what nobody knows whose it is.
    """
    lows, highs = [band.low for band in bands], [band.high for band in bands]
    best = hhi([band.best for band in bands])
    least = _least(lows, highs)
    if least is not None and anybody.high:
        known = sum(least)
        thin = (known / (known + anybody.high)) ** 2
    else:
        thin = 1.0
    least_hhi = None if least is None else (hhi(least) or 0.0) * thin
    leader = highs.index(max(highs)) if highs else 0
    greatest = _greatest(lows, [high + anybody.high * (at == leader) for at, high in enumerate(highs)])
    known_all = [one for one in (least_hhi, best, greatest) if one is not None]
    if not known_all or best is None:
        return None, None, None
    return round(min(known_all), 3), round(best, 3), round(max(known_all), 3)


def _least(lows: Sequence[int], highs: Sequence[int]) -> list[float] | None:
    """Cut all to the level at which the index is least; only at an end of a band or between two can it turn."""
    levels = sorted({*lows, *highs})
    if not levels or not levels[-1]:
        return None
    best: list[float] | None = None
    for low, high in zip([0, *levels], levels, strict=False):
        for level in (high, *_stationary(lows, highs, low, high)):
            cut = [float(min(max(level, one), other)) for one, other in zip(lows, highs, strict=True)]
            if sum(cut) and (best is None or (hhi(cut) or 0) < (hhi(best) or 0)):
                best = cut
    return best


def _stationary(lows: Sequence[int], highs: Sequence[int], low: int, high: int) -> list[float]:
    """Between two levels, where those that are fixed balance: level = sum of their squares over their sum."""
    fixed = [one for one in lows if one >= high] + [one for one in highs if one <= low]
    level = sum(one * one for one in fixed) / sum(fixed) if sum(fixed) else 0
    return [level] if low < level < high else []


def _greatest(lows: Sequence[int], highs: Sequence[int]) -> float | None:
    """Put each to an end of its band: the large to the upper; then move single ones as long as the index grows."""
    places = range(len(lows))
    order = sorted(places, key=lambda at: (-(lows[at] + highs[at]), at))
    starts = [[highs[at] if at in order[:cut] else lows[at] for at in places] for cut in range(len(lows) + 1)]
    starts += [[highs[at] if at == leader else lows[at] for at in places] for leader in places]
    return max((_climbed(start, lows, highs) for start in starts), default=None)


def _climbed(start: list[int], lows: Sequence[int], highs: Sequence[int]) -> float:
    values, whole, squares = list(start), sum(start), sum(value * value for value in start)
    reached, moved = squares / whole**2 if whole else 0.0, True
    while moved:
        moved = False
        for at, value in enumerate(values):
            other = lows[at] + highs[at] - value
            whole_then, squares_then = whole + other - value, squares + other * other - value * value
            if whole_then and squares_then / whole_then**2 > reached + 1e-12:
                whole, squares, moved, values[at] = whole_then, squares_then, True, other
                reached = squares / whole**2
    return reached
