"""Lots: deals that are alike count together what they count alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from legation.queries.bands import total
from legation.queries.lots import Lot, to_supplies

SURENESS = ("sure", "estimate", "doubtful", "doubtful estimate", "small")
ERROR = 33

_lots = some.builds(
    Lot,
    sureness=some.sampled_from(SURENESS),
    part=some.none() | some.fractions(0, 1, max_denominator=30).filter(bool).map(float),
    deals=some.integers(1, 50),
    worth=some.integers(0, 10**6),
    licensed=some.just(0),
).map(lambda lot: replace(lot, worth=250 * lot.deals) if lot.sureness == "small" else lot)


@given(_lots, some.integers(0, 99))
def test_the_best_value_of_a_lot_is_within_its_band(lot: Lot, error: int) -> None:
    band = lot.to_band(error)
    assert 0 <= band.low <= band.best <= band.high


@given(_lots, some.lists(some.integers(0, 10**6), min_size=1, max_size=20))
def test_a_lot_comes_to_what_its_deals_come_to_alone(lot: Lot, worths: list[int]) -> None:
    if lot.sureness == "small":
        worths = [250] * len(worths)
    together = replace(lot, deals=len(worths), worth=sum(worths)).to_band(ERROR)
    alone = total(replace(lot, deals=1, worth=worth).to_band(ERROR) for worth in worths)
    for name in ("low", "best", "high"):
        # Each is rounded to a thousandth, and once more from a rounded best value.
        assert getattr(together, name) == pytest.approx(getattr(alone, name), abs=2 * len(worths) + 2)


def test_a_deal_without_a_value_is_at_most_the_average_of_those_with_one() -> None:
    row = {"type": None}
    known, unknown = to_supplies([(row, [Lot("sure", 1.0, 2, 3000, 0)]), (row, [Lot("unvalued", 1.0, 1, 0, 0)])], ERROR)
    assert (known.band.low, known.band.best, known.band.high, known.unvalued) == (3000, 3000, 3000, 0)
    assert (unknown.band.low, unknown.band.best, unknown.band.high, unknown.unvalued) == (0, 0, 1500, 1)
