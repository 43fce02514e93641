"""Dates in English words and in ISO 8601."""

from __future__ import annotations

import pytest
from legation.loaders.dates import find_day


@pytest.mark.parametrize(
    "text",
    [
        *("14 May 2019", "14th May, 2019", "May 14, 2019", "May 14th 2019", "may 14 2019", "2019-05-14"),
        "Tuesday, 14 May 2019 at noon",
        "2019-05-14T08:30:00Z",
    ],
)
def test_a_whole_date_is_found_in_its_usual_forms(text: str) -> None:
    found = find_day(text)
    assert found is not None
    assert found[0] == "2019-05-14"
    assert "2019" in text[found[1] : found[2]]


def test_short_and_long_names_of_months_are_the_same() -> None:
    assert [find_day(text) for text in ("3 Sept. 2001", "3 Sep 2001", "3 September 2001")] == [
        ("2001-09-03", 0, 12),
        ("2001-09-03", 0, 10),
        ("2001-09-03", 0, 16),
    ]


@pytest.mark.parametrize(
    "text", ["", "May 2019", "10/03/2019", "31 February 2019", "14 Mayor 2019", "14 May 20190", "2019-05-141", "0-0-0"]
)
def test_what_is_no_whole_date_is_none(text: str) -> None:
    assert find_day(text) is None
