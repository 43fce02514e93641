"""The register of deals: what a row says, what it leaves open, and that no row is lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as some
from legation.graph.claims import TransferStatement
from legation.graph.errors import LoadError
from legation.loaders.reading import Given, Reading
from legation.loaders.sipri import deals

HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)
ROW = "Poland,Turkiye,2021,?,24,,Bayraktar TB2,armed UAV,6,?,2022; 2023,New,$270 m deal,3,72,18"


def read(*rows: str, preamble: str = "") -> Reading:
    return deals.read(Path("register.csv"), preamble + "\n".join((HEADER, *rows)) + "\n", Given())


def statement(row: str) -> TransferStatement:
    (claim,) = read(row).claims
    assert isinstance(claim.statement, TransferStatement)
    return claim.statement


def test_a_row_says_who_what_when_and_how_surely() -> None:
    told = statement(ROW)
    assert (told.supplier.id, told.buyer.id, told.system.id) == ("TUR", "POL", "system:bayraktar-tb2")
    assert (told.status, told.quantity_ordered, told.quantity_delivered) == ("delivered", 24, 6)
    assert (told.order_year, told.delivery_years) == (2021, (2022, 2023))
    assert set(told.estimated) == {"order_year", "quantity_delivered"}
    assert (told.tiv_order, told.tiv_delivered, told.condition, told.kind) == (72, 18, "new", "sale")


def test_the_quote_is_the_row_with_its_line() -> None:
    reading = read(ROW, preamble="A preamble.\n\n")
    (claim,) = reading.claims
    assert claim.quote == ROW == reading.document.content[claim.start : claim.end]
    assert claim.row == 4


def test_an_open_order_is_ordered_and_nothing_is_delivered_yet() -> None:
    told = statement("Poland,Turkiye,2021,,24,,Bayraktar TB2,armed UAV,0,,,New,,,,")
    assert (told.status, told.quantity_delivered, told.delivery_years) == ("ordered", 0, ())


def test_empty_is_unknown_and_a_tiv_of_0_is_less_than_half_a_million() -> None:
    told = statement("Poland,Turkiye,,,,,Bayraktar TB2,armed UAV,,,,New,,,0,0")
    assert (told.order_year, told.quantity_ordered, told.quantity_delivered) == (None, None, None)
    assert (told.tiv_order, told.tiv_delivered) == (None, None)


def test_aid_and_licences_come_from_the_comment() -> None:
    assert statement(ROW.replace("$270 m deal", "Second-hand; aid")).kind == "aid"
    assert statement(ROW.replace("$270 m deal", "Produced under licence in Poland")).kind == "licensed_production"


def test_parties_on_no_list_stay_parties() -> None:
    told = statement("unknown recipient(s),unknown supplier(s),2021,,,,Qarqaz-7,missile,,,,New,,,,")
    assert (told.supplier.label, told.buyer.label) == ("Organisation", "Organisation")
    assert told.supplier.id != told.buyer.id
    assert (told.system.id, told.system.name) == ("system:qarqaz-7", "Qarqaz-7")


def test_a_star_marks_an_armed_group_and_two_an_organisation() -> None:
    assert statement(ROW.replace("Poland", "Hezbollah (Lebanon)*")).buyer.label == "Organisation"
    assert statement(ROW.replace("Poland", "NATO**")).buyer.id == "org:nato"


def test_equal_rows_are_deals_of_their_own() -> None:
    ids = {claim.statement.register_id for claim in read(ROW, ROW).claims}  # type: ignore[union-attr]
    assert len(ids) == 2


def test_the_id_of_a_deal_survives_another_order_of_rows() -> None:
    other = ROW.replace("Poland", "Ukraine")
    first = {claim.quote: claim.statement.register_id for claim in read(ROW, other).claims}  # type: ignore[union-attr]
    second = {claim.quote: claim.statement.register_id for claim in read(other, ROW).claims}  # type: ignore[union-attr]
    assert first == second


def test_columns_are_found_by_their_names() -> None:
    lines = [
        "Supplier,Recipient,Weapon designation,Year of order,,Number ordered,,Number delivered,",
        "Russia,India,Su-30,1996,,8,?,8,",
    ]
    text = "\n".join(lines)
    assert deals.recognises(Path("x.txt"), text)
    (claim,) = deals.read(Path("x.csv"), text, Given()).claims
    assert claim.statement.supplier.id == "RUS"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Poland,Turkiye,2021,,24", "5 fields"),
        (ROW.replace("2021", "20222"), "'20222' is no year of order"),
        (ROW.replace(",24,", ",1e309,"), "'1e309' is no number ordered"),
        (ROW.replace(",24,", ",-4,"), "'-4' is no number ordered"),
        (ROW.replace("Poland", ""), "it has no recipient"),
        (ROW.replace("Poland", "P" * 200_000), "it cannot be parted into fields"),
    ],
)
def test_a_row_that_cannot_be_understood_is_named_and_the_rest_is_read(row: str, reason: str) -> None:
    reading = read(ROW, row)
    assert (reading.rows, len(reading.claims)) == (2, 1)
    (refused,) = reading.refused
    assert refused.row == 3
    assert reason in refused.reason


@any_of(some.lists(some.text(some.characters(exclude_characters="\n\r"), max_size=60), max_size=8))
def test_no_row_is_lost_in_silence(rows: list[str]) -> None:
    wanted = sum(bool(row.strip(" ,;")) for row in rows)
    if not wanted:
        with pytest.raises(LoadError, match="no row below it"):
            read(*rows)
        return
    reading = read(*rows)
    assert reading.rows == wanted == len(reading.claims) + len(reading.refused)


def test_the_date_and_the_licence_come_from_the_preamble() -> None:
    preamble = "Source: SIPRI Arms Transfers Database (c) SIPRI.\nData generated: 18 May 2026 2:29:20 PM\n"
    document = read(ROW, preamble=preamble).document
    assert document.published_on == "2026-05-18"
    assert document.licence is not None
    assert not document.keeps_text


def test_news_is_no_register() -> None:
    assert not deals.recognises(Path("x.txt"), "Poland ordered drones, the supplier said.\nMore to come.")


@pytest.mark.real_data
def test_every_row_of_the_real_register_is_accounted_for(real_data: Path) -> None:
    path = real_data / "data" / "sipri" / "register_deals_all_2026-05-18_latin1.csv"
    reading = deals.read(path, path.read_text(encoding="latin-1"), Given())
    assert (reading.rows, len(reading.claims), len(reading.refused)) == (29_916, 29_916, 0)
    ids = {claim.statement.register_id for claim in reading.claims}  # type: ignore[union-attr]
    assert len(ids) == 29_916
