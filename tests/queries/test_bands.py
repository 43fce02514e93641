"""Bands: shares and the HHI stay within what the parts allow."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as some
from legation.queries.bands import Band, hhi, hhi_band, share
from legation.queries.dependence import reading, spanned

_bands = some.tuples(some.integers(0, 100), some.integers(0, 100), some.integers(0, 100)).map(
    lambda three: Band(*sorted(three))
)


@given(some.lists(_bands, min_size=1, max_size=6))
def test_the_band_of_the_hhi_holds_every_corner_and_the_best(bands: list[Band]) -> None:
    low, best, high = hhi_band(bands)
    corners = [hhi(corner) for corner in product(*((band.low, band.high) for band in bands))]
    known = [corner for corner in corners if corner is not None]
    if best is None or low is None or high is None:
        assert not sum(band.best for band in bands) or not known
        return
    assert low <= best <= high
    assert low - 0.001 <= min(known)
    assert high + 0.001 >= max(known)


@given(some.lists(_bands, min_size=1, max_size=4), some.lists(some.floats(0, 1), min_size=4, max_size=4))
def test_no_mix_within_the_bands_has_a_lower_hhi(bands: list[Band], parts: list[float]) -> None:
    low, best, _ = hhi_band(bands)
    mixed = hhi([band.low + part * (band.high - band.low) for band, part in zip(bands, parts, strict=False)])
    if low is not None and best is not None and mixed is not None:
        assert low <= mixed + 0.001


@given(_bands, _bands)
def test_a_share_is_between_nothing_and_all(part: Band, others: Band) -> None:
    low, best, high = share(part, others)
    if low is not None and best is not None and high is not None:
        assert 0 <= low <= best <= high <= 1


def test_how_an_hhi_reads() -> None:
    assert [reading(index) for index in (0.149, 0.15, 0.25, 0.251)] == [
        "many suppliers",
        "concentrated",
        "concentrated",
        "highly concentrated",
    ]
    assert spanned(0.1, 0.2) == "many suppliers to concentrated"
    assert spanned(0.3, 0.9) == "highly concentrated"
