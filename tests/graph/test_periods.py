"""When something held: over one time or several, and what claims that differ leave of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legation.graph.periods import Period, is_date, to_periods


def told(*periods: str) -> list[str]:
    found = to_periods(Period(*(part or None for part in one.split("/"))) for one in periods)
    return [f"{since or ''}/{until or ''}" for since, until in found]


def test_who_came_back_was_there_twice() -> None:
    assert told("1893-03-04/1897-03-04", "1885-03-04/1889-03-04") == ["1885-03-04/1889-03-04", "1893-03-04/1897-03-04"]


def test_times_that_follow_each_other_are_one() -> None:
    assert told("1949/1960", "1961/") == ["1949/"]
    assert told("1999-12-31/2000-05-07", "2000-05-07/2004") == ["1999-12-31/2004"]
    assert told("1990-01-01/1990-02-01", "1990-02-03/1991") == ["1990-01-01/1990-02-01", "1990-02-03/1991"]


def test_of_claims_about_the_same_time_most_decide() -> None:
    assert told("2009/2012", "2010/2012", "2010/2013") == ["2010/2012"]
    assert told("2009/", "/2012") == ["2009/2012"]
    assert told("2014/", "2014/") == ["2014/"]
    assert told("2000/2010", "2009/2020") == ["2000/2020"], "of equals the first beginning and the last end"


def test_an_end_that_one_time_has_is_not_the_end_of_the_last() -> None:
    assert told("1942/1945", "1949/") == ["1942/1945", "1949/"]


dates = st.one_of(st.none(), st.dates().map(str), st.integers(1800, 2030).map(str), st.just("1990-05"))


@given(st.lists(st.builds(Period, dates, dates), max_size=8), st.randoms())
def test_the_order_of_the_claims_does_not_matter(periods: list[Period], random: object) -> None:
    shuffled = list(periods)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert to_periods(periods) == to_periods(shuffled)


@pytest.mark.parametrize("text", ["2021", "2021-12", "2020-02-29", "0962-02-02"])
def test_a_date_is_whole_or_only_a_year_or_a_month(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["", "21", "2021-13", "2021-02-30", "2021-2-3", "20211203", "2021-W01", "2021-W01-1", "٢٠٢١", "0000"]
)
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    assert not is_date(text)
