"""Bands: a low, a best and a high value, and what shares and indices they allow."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """How much there is of something.

    Attributes:
        low: at least.
        best: as far as is known.
        high: at most.
    """

    low: int = 0
    best: int = 0
    high: int = 0

    def __add__(self, other: Band) -> Band:
        return Band(self.low + other.low, self.best + other.best, self.high + other.high)

    def __sub__(self, other: Band) -> Band:
        """Give what is left of a sum without one of its parts."""
        return Band(self.low - other.low, self.best - other.best, self.high - other.high)


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
    """Cut all to the level at which the index is least: there it is the sum of the squares over the sum."""

    def cut(level: float) -> list[float]:
        return [min(max(level, low), high) for low, high in zip(lows, highs, strict=True)]

    def is_high_enough(level: int) -> bool:
        values = cut(level)
        return sum(values) > 0 and level * sum(values) >= sum(one * one for one in values)

    levels = sorted({*lows, *highs})
    if not levels or not levels[-1]:
        return None
    level = levels[bisect_left(levels, True, key=is_high_enough)]
    # Between the level before and this one none of these moves, and all others are at the level itself.
    fixed = [one for one in lows if one >= level] + [one for one in highs if one < level]
    return cut(min(level, sum(one * one for one in fixed) / sum(fixed)) if sum(fixed) else level)


def _greatest(lows: Sequence[int], highs: Sequence[int]) -> float | None:
    """Put each to an end of its band: the large to the upper; then move single ones as long as the index grows."""
    places = range(len(lows))
    order = sorted(places, key=lambda at: (-(lows[at] + highs[at]), at))
    starts = [tuple(highs[at] if at in order[:cut] else lows[at] for at in places) for cut in range(len(lows) + 1)]
    starts += [tuple(highs[at] if at == leader else lows[at] for at in places) for leader in places]
    free = [at for at in places if lows[at] < highs[at]]
    return max((_climbed(start, lows, highs, free) for start in dict.fromkeys(starts)), default=None)


def _climbed(start: Sequence[int], lows: Sequence[int], highs: Sequence[int], free: Sequence[int]) -> float:
    values, whole, squares = list(start), sum(start), sum(value * value for value in start)
    reached, moved = squares / whole**2 if whole else 0.0, True
    while moved:
        moved = False
        for at in free:
            value = values[at]
            other = lows[at] + highs[at] - value
            whole_then, squares_then = whole + other - value, squares + other * other - value * value
            if whole_then and squares_then / whole_then**2 > reached + 1e-12:
                whole, squares, moved, values[at] = whole_then, squares_then, True, other
                reached = squares / whole**2
    return reached
