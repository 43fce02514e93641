"""Lists and small tables: a row takes from its heading what it leaves out, and nothing from lines that are none."""

from __future__ import annotations

import pytest
from telling import edges, statements


def rows(text: str) -> set[tuple[str, str, str, int | None, int | None, str]]:
    return {
        (
            told.supplier.id,
            told.buyer.id,
            told.system.id.removeprefix("system:"),
            told.quantity_ordered or told.quantity_delivered,
            told.order_year or next(iter(told.delivery_years), None),
            told.status,
        )
        for told in statements(text)
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Peru's orders from Spain\n- 4 corvettes (ordered 2014)\n- 2 submarines (under negotiation)\n",
            {("ESP", "PER", "corvette", 4, 2014, "ordered"), ("ESP", "PER", "submarine", 2, None, "negotiating")},
        ),
        (
            "What states have given to Chad\n* Italy: six howitzers\n* Spain: one frigate and 20 tanks\n",
            {
                ("ITA", "TCD", "howitzer", 6, None, "delivered"),
                ("ESP", "TCD", "frigate", 1, None, "delivered"),
                ("ESP", "TCD", "main-battle-tank", 20, None, "delivered"),
            },
        ),
        (
            "Buyers of the Gripen\n1. Hungary - 14 aircraft\n2. Thailand - 12 aircraft, ordered in 2008\n",
            {
                ("SWE", "HUN", "jas-39-gripen", 14, None, "ordered"),
                ("SWE", "THA", "jas-39-gripen", 12, 2008, "ordered"),
            },
        ),
        (
            "Supplier: Spain\nRecipient: Peru\n- 4 corvettes, ordered in 2014\n",
            {("ESP", "PER", "corvette", 4, 2014, "ordered")},
        ),
        (
            "Supplier | Recipient | Type | Number | Year\nFrance | Qatar | Rafale | 36 | 2015\n",
            {("FRA", "QAT", "rafale", 36, 2015, "ordered")},
        ),
        (
            "Exports of the K9\n\nBuyer\tNumber\tYear\nNorway\t24\t2017\n",
            {("KOR", "NOR", "k9-thunder", 24, 2017, "ordered")},
        ),
    ],
)
def test_a_row_takes_from_its_heading_what_it_leaves_out(text: str, found: set[tuple[object, ...]]) -> None:
    assert rows(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "What happened in Peru\n- Italy won six matches\n- Spain lost one frigate\n",
        "Peru's orders from Spain fell.\n- Chile: 4 corvettes\n",
        "What states have given to Chad\n* Italy: nothing\n* Spain has sent no tanks\n",
        "Team | Points\nPeru | 12\n",
        "Buyer | Number\nPeru | 12\n",
        "- Peru: 12 tanks\n- Chile: 4 tanks\n",
    ],
)
def test_a_list_of_something_else_gives_nothing(text: str) -> None:
    assert edges(text) == set()


def test_a_row_that_says_until_when_says_not_since_when() -> None:
    told = statements("Exports of the Gripen\n\n- Peru: 14 (lease, until 2031)\n- Chile: 12, leased since 2006\n")
    assert [(one.kind, one.order_year, one.delivery_years) for one in told] == [
        ("lease", None, ()),
        ("lease", None, (2006,)),
    ]
