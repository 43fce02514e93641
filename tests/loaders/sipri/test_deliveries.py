"""The deliveries dialect: one delivery year of a deal in each row. The rows are made up."""

from __future__ import annotations

import pytest
from legation.loaders.reading import Refused
from legation.loaders.sipri import deals, deliveries
from legation.loaders.sipri.record import Record
from rows import DELIVERIES_HEADER as HEADER

ROW = "4711,Turkiye,Poland,Bayraktar TB2,armed UAV,Aircraft,2021,Yes,6,No,2022,,New,3,1.2,7.2,No"


def read(*rows: str, header: str = HEADER) -> list[object]:
    return list(deliveries.read("\n".join((header, *rows))))


def record(row: str) -> Record:
    (found,) = read(row)
    assert isinstance(found, Record), found
    return found


def test_a_row_is_one_instalment_of_a_deal() -> None:
    told = record(ROW)
    assert (told.supplier, told.recipient, told.category) == ("Turkiye", "Poland", "Aircraft")
    assert (told.instalment, told.database_id, told.ordered) == (True, "4711", None)
    assert (told.order_year, told.delivered, told.delivery_years) == (2021, 6, (2022,))
    assert (told.estimated, told.locally_produced) == (("order_year",), False)


def test_the_tiv_of_a_unit_is_that_of_the_deal_not_of_a_new_one() -> None:
    told = record(ROW)
    assert (told.tiv_unit, told.tiv_order, told.tiv_delivered) == (1.2, None, 7.2)
    assert record(ROW.replace("7.2", "0")).below_half == ("tiv_delivered",)


def test_semicolons_at_the_end_of_each_line_do_not_matter() -> None:
    (told,) = read(f"{ROW};;;", header=HEADER + ";")
    assert isinstance(told, Record)
    assert told.text.endswith("No;;;")
    assert told.locally_produced is False


def test_the_two_tables_are_told_apart() -> None:
    assert deliveries.recognises(f"{HEADER};\n{ROW}")
    assert not deals.recognises(f"{HEADER};\n{ROW}")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("4711", "", "no SIPRI AT Database ID"),
        ("4711", "x", "'x' is no SIPRI AT Database ID"),
        ("Yes", "perhaps", "'perhaps' is no order date is estimate"),
        ("2022", "", "no delivery year"),
        ("2022", "20222", "'20222' is no delivery year"),
        ("7.2", "1e309", "'1e309' is no TIV delivery values"),
        (",New", "", "16 fields"),
    ],
)
def test_a_row_that_cannot_be_understood_is_refused(old: str, new: str, words: str) -> None:
    first, refused = read(ROW, ROW.replace(old, new, 1))
    assert isinstance(first, Record)
    assert isinstance(refused, Refused)
    assert (refused.row, words in refused.reason) == (3, True), refused.reason
