"""Numbers and years as texts write them."""

from __future__ import annotations

import pytest
from legation.loaders.extraction.numbers import quantity_at, years_in
from legation.loaders.extraction.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("24", 24),
        ("1,000", 1000),
        ("about 12,500", 12500),
        ("eight", 8),
        ("three dozen", 36),
        ("a dozen", 12),
        ("two hundred", 200),
        ("a pair", 2),
        ("$24", None),
        ("3.5", None),
        ("T-72", None),
        ("tanks", None),
        ("24\u00b9", 24),
        ("\u0661\u0662", 12),
        ("0\t\u2460", None),
        ("\u00bd", None),
    ],
)
def test_the_number_that_ends_a_phrase(text: str, number: int | None) -> None:
    tokens = tokenise(text)
    found = quantity_at(tokens, len(tokens) - 1)
    assert (found[0] if found else None) == number


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("signed in 2019", [2019]),
        ("on Aug. 29, 1997, a deal", [1997]),
        ("in March 2012 it", [2012]),
        ("in 2011 and 2012", [2011, 2012]),
        ("since 2010", []),
        ("Mirage 2000 jets", []),
        ("cost 2000 dollars", []),
        ("Project 1999", []),
    ],
)
def test_a_year_is_one_that_dates_something(text: str, years: list[int]) -> None:
    tokens = tokenise(text)
    assert years_in(tokens, 0, len(tokens)) == years
