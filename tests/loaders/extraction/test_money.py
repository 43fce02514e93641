"""Prices and relative years: what belongs to the transfer is taken, what belongs to something else is not."""

from __future__ import annotations

import pytest
from legation.loaders.extraction.money import prices
from telling import statements


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("worth $2.5 billion", 2.5e9, "USD"),
        ("worth US$300m", 3e8, "USD"),
        ("for 1.7 billion euros", 1.7e9, "EUR"),
        ("of EUR 40 million", 4e7, "EUR"),
        ("one billion pounds", 1e9, "GBP"),
        ("£1,250,000", 1.25e6, "GBP"),
        ("8 billion zlotys", 8e9, "PLN"),
        ("A$ 3 billion", 3e9, "AUD"),
        ("₹600 crore", 6e9, "INR"),
    ],
)
def test_a_sum_of_money_is_read_with_its_currency(text: str, value: float, currency: str) -> None:
    assert [(one.value, one.currency) for one in prices(text)] == [(value, currency)]


@pytest.mark.parametrize(
    "text", ["24 tanks", "155 mm", "F-16", "a million rounds", "2.5 billion people", "won 3 games"]
)
def test_other_numbers_are_no_money(text: str) -> None:
    assert list(prices(text)) == []


@pytest.mark.parametrize(
    ("text", "value", "currency", "shared"),
    [
        ("Peru bought 12 T-72 tanks from Russia for $24 million.", 2.4e7, "USD", False),
        ("Peru signed a contract worth 2 billion euros with Navantia for six frigates.", 2e9, "EUR", False),
        ("Malaysia paid $1.2 billion for 18 Su-30 jets from Russia.", 1.2e9, "USD", False),
        ("Russia sold Peru tanks and helicopters worth $40 million.", 4e7, "USD", True),
        ("Russia sold Peru 12 tanks.", None, None, False),
        ("Russia sold Peru 12 tanks, and its budget is $3 billion in debt.", None, None, False),
        ("Russia, with an economy of $2 trillion, sold Peru 12 tanks for $3 million.", None, None, False),
    ],
)
def test_a_price_goes_to_the_transfer_of_its_clause(
    text: str, value: float | None, currency: str | None, shared: bool
) -> None:
    for told in statements(text):
        assert (told.value, told.currency, told.value_shared) == (value, currency, shared)
    assert statements(text)


@pytest.mark.parametrize(
    ("text", "published", "year"),
    [
        ("Peru bought tanks from Russia last year.", "2021-05-01", 2020),
        ("Peru bought tanks from Russia this year.", "2021", 2021),
        ("Peru bought tanks from Russia three years ago.", "2021-05", 2018),
        ("Peru bought tanks from Russia ten days ago.", "2021-01-05", 2020),
        ("Peru bought tanks from Russia last month.", "2021-06-05", 2021),
        ("Peru bought tanks from Russia last month.", "2021", None),
        ("Peru bought tanks from Russia last year.", None, None),
        ("Peru bought tanks from Russia in 2015.", "2021", 2015),
        ("Peru bought tanks from Russia, a minister said last year.", "2021", None),
        ("Peru will lead for a year after it bought tanks from Russia.", "2021", None),
    ],
)
def test_a_relative_year_counts_from_the_day_of_publication(text: str, published: str | None, year: int | None) -> None:
    assert [told.order_year for told in statements(text, published)] == [year]
