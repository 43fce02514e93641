"""The deals dialect: what a row says, what is mended, and what is refused. The rows are made up."""

from __future__ import annotations

import pytest
from legation.graph.errors import LoadError
from legation.loaders.reading import Refused
from legation.loaders.sipri import deals
from legation.loaders.sipri.record import Record
from rows import DEAL as ROW
from rows import DEALS_HEADER as HEADER

OTHER = "Ukraine,Sweden,1999,,3,?,RBS-70,portable SAM,3,,2001,Second hand,Second-hand; aid,0.1,0.3,0"


def table(*rows: str, preamble: str = "") -> str:
    return preamble + "\n".join((HEADER, *rows)) + "\n"


def read(*rows: str, preamble: str = "") -> list[object]:
    return list(deals.read(table(*rows, preamble=preamble)))


def record(row: str) -> Record:
    (found,) = read(row)
    assert isinstance(found, Record), found
    return found


def reason(row: str) -> str:
    (found,) = read(row)
    assert isinstance(found, Refused), found
    return found.reason


def test_a_row_says_who_what_when_and_how_surely() -> None:
    told = record(ROW)
    assert (told.supplier, told.recipient, told.designation) == ("Turkiye", "Poland", "Bayraktar TB2")
    assert (told.description, told.condition, told.comment) == ("armed UAV", "New", "$270 m deal")
    assert (told.order_year, told.ordered, told.delivered, told.delivery_years) == (2021, 24, 6, (2022, 2023))
    assert set(told.estimated) == {"order_year", "quantity_delivered"}
    assert (told.tiv_unit, told.tiv_order, told.tiv_delivered) == (3, 72, 18)
    assert (told.instalment, told.repaired, told.below_half) == (False, "", ())


def test_the_text_of_a_row_is_where_its_offset_says() -> None:
    text = table(ROW, "", OTHER, preamble="A preamble with é.\n\n")
    first, second = deals.read(text)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert text[first.start :][: len(ROW)] == ROW == first.text
    assert text[second.start :][: len(OTHER)] == OTHER == second.text
    assert (first.line, second.line) == (4, 6)


def test_a_tiv_of_0_is_below_half_a_million_and_an_empty_one_is_unknown() -> None:
    told = record("Poland,Turkiye,,,,,Bayraktar TB2,armed UAV,0,,,New,,,,0")
    assert (told.order_year, told.ordered, told.delivered) == (None, None, 0)
    assert (told.tiv_unit, told.tiv_order, told.tiv_delivered, told.below_half) == (
        None,
        None,
        None,
        ("tiv_delivered",),
    )


def test_columns_are_found_by_their_names_in_any_order_and_spelling() -> None:
    header = "Supplier,(Recipient),Designation,Year of order,,No. ordered,,Deliveries in the Year Range,"
    text = f"{header}\nRussia,India,Su-30,1996,,8,?,8,\n"
    assert deals.recognises(text)
    (told,) = deals.read(text)
    assert isinstance(told, Record)
    assert (told.supplier, told.recipient, told.ordered, told.delivered) == ("Russia", "India", 8, 8)
    assert told.estimated == ("quantity_ordered",)


def test_a_column_with_the_id_of_the_deal_is_read() -> None:
    text = f"SIPRI AT Database ID,{HEADER}\n4711,{ROW}\n"
    (told,) = deals.read(text)
    assert isinstance(told, Record)
    assert told.database_id == "4711"


@pytest.mark.parametrize("trail", [";", ";" * 40, "," * 40, ";;,", "  "])
def test_separators_at_the_end_of_some_lines_or_all_do_not_matter(trail: str) -> None:
    assert [one.delivered for one in deals.read(f"{HEADER}{trail}\n{ROW}{trail}\n{OTHER}\n{trail}\n")] == [6, 3]  # type: ignore[union-attr]
    assert [one.delivered for one in deals.read(f"{HEADER}\n{ROW}\n{OTHER}{trail}\n")] == [6, 3]  # type: ignore[union-attr]


def test_quotation_marks_of_a_spreadsheet_are_taken_off() -> None:
    assert record(ROW.replace("$270 m deal", '"$270 m deal, incl ""spares"""')).comment == '$270 m deal, incl "spares"'
    assert record(f'"{ROW}"').ordered == 24
    assert record(f'"{ROW}";;;').ordered == 24
    assert record(ROW.replace("$270", '"Anka, 270')).comment == '"Anka, 270 m deal'


def test_a_row_broken_in_its_comment_is_joined_and_says_so() -> None:
    _, second, third = read(OTHER, ROW.replace("m deal", "m\ndeal"), OTHER)
    assert isinstance(second, Record)
    assert (second.comment, second.line) == ("$270 m deal", 3)
    assert second.repaired == "joined from lines 3 to 4"
    assert second.text.count("\n") == 1
    assert isinstance(third, Record)
    assert (third.line, third.repaired) == (5, "")


@pytest.mark.parametrize(
    "row",
    [
        ROW.replace("$270 m deal", "$270 m deal\n"),
        ROW.replace("$270 m deal", "\n$270 m\n\ndeal"),
        ROW.replace("$270 m deal,3", "$270 m deal\n3"),
        ROW.replace("Bayraktar TB2", "Bayraktar\nTB2"),
        ROW.replace("$270 m deal", '"$270, m\ndeal"'),
    ],
)
def test_a_row_is_joined_wherever_words_may_break(row: str) -> None:
    found = read(OTHER, row, OTHER)
    assert [type(one) for one in found] == [Record] * 3
    told = found[1]
    assert isinstance(told, Record)
    assert (told.designation, told.tiv_unit, told.tiv_delivered) == ("Bayraktar TB2", 3, 18)
    assert told.repaired


@pytest.mark.parametrize("kept", range(1, 16))
@pytest.mark.parametrize("after", [OTHER, OTHER.rsplit(",", 3)[0], "Ukraine,Sweden,1999,,3", "Ukraine,Sweden,1999"])
def test_a_row_that_is_cut_off_is_never_joined_with_another_row(kept: int, after: str) -> None:
    found = read(",".join(ROW.split(",")[:kept]), after, OTHER)
    assert len(found) == 3
    assert isinstance(found[0], Refused)
    assert (found[0].row, isinstance(found[1], Record)) == (2, after == OTHER)
    assert isinstance(found[2], Record)


def test_a_comma_within_a_comment_is_taken_as_text_where_that_is_sure() -> None:
    told = record(ROW.replace("$270 m deal", "$270 m deal, for 24, incl radar"))
    assert told.comment == "$270 m deal, for 24, incl radar"
    assert (told.tiv_delivered, "2 separators" in told.repaired) == (18, True)


def test_a_comma_that_may_stand_in_two_columns_is_refused() -> None:
    assert "more than one way" in reason(ROW.replace("Bayraktar TB2", "Bayraktar, TB2"))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Poland,Turkiye,2021,,24", "5 fields"),
        (ROW.replace("2021", "20222"), "'20222' is no year of order"),
        (ROW.replace("2022;", "1822;"), "is no year(s) of delivery"),
        (ROW.replace(",24,", ",1e309,"), "'1e309' is no number ordered"),
        (ROW.replace(",24,", ",-4,"), "'-4' is no number ordered"),
        (ROW.replace(",24,", ",some,"), "'some' is no number ordered"),
        (ROW.replace(",24,", ",٢٤,"), "is no number ordered"),
        (ROW.replace(",72,", ",nan,"), "'nan' is no SIPRI TIV for total order"),
        (ROW.replace(",72,", ",1e309,"), "'1e309' is no SIPRI TIV for total order"),
        (ROW.replace(",?,24", ",x,24"), "'x' is no mark of an estimate"),
        (ROW.replace("Poland", ""), "it has no recipient"),
        (ROW.replace("deal", "de\0al"), "it has a NUL in it"),
        (ROW.replace("Poland", "P" * 200_000), "characters long"),
        ("Poland," + ROW, "17 fields"),
        (ROW.replace("Turkiye,", ""), "15 fields"),
    ],
)
def test_a_row_that_cannot_be_understood_is_named_and_the_rest_is_read(row: str, words: str) -> None:
    first, refused, last = read(OTHER, row, OTHER)
    assert isinstance(first, Record)
    assert isinstance(refused, Refused)
    assert (refused.row, isinstance(last, Record)) == (3, True)
    assert words in refused.reason


def test_a_number_that_a_data_frame_made_a_fraction_is_still_whole() -> None:
    assert record(ROW.replace(",24,", ",24.0,").replace("2021", "2021.0")).ordered == 24


@pytest.mark.parametrize("cell", ["=cmd()", "+1", "-1", "@SUM(A1)"])
def test_what_a_spreadsheet_would_run_stays_text(cell: str) -> None:
    assert record(ROW.replace("Poland", cell).replace("$270 m deal", cell)).comment == cell


def test_notes_and_headers_below_the_rows_are_no_rows() -> None:
    found = read(
        ROW, "", "Source: SIPRI Arms Transfers Database (c) SIPRI.;;", "Data generated: 1 May 2020", HEADER, OTHER
    )
    assert [type(one) for one in found] == [Record, Record]


def test_a_second_header_with_other_columns_holds_for_what_is_below_it() -> None:
    found = read(ROW, "Supplier,Recipient,Year of order,Number ordered,Designation,Number delivered", "A,B,2001,1,C,1")
    assert [one.supplier for one in found] == ["Turkiye", "A"]  # type: ignore[attr-defined]


def test_a_table_without_header_or_rows_is_an_error() -> None:
    with pytest.raises(LoadError, match="header with the columns recipient, supplier, year of order"):
        list(deals.read("Empfänger,Lieferant,Bestelljahr\nPolen,Türkei,2021\n"))
    with pytest.raises(LoadError, match="header in line 1 and no row below it"):
        list(deals.read(HEADER + "\n\n,,,\n"))


def test_news_is_no_register() -> None:
    assert not deals.recognises("Poland ordered drones, the supplier said.\nMore to come.")
