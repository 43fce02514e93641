"""The classic register, in RTF and in tabs: who stands above whom, and what a row leaves open. All of it is made up."""

from __future__ import annotations

import pytest
from legation.graph.errors import LoadError
from legation.loaders.reading import Refused
from legation.loaders.sipri import classic, deals, rtf
from legation.loaders.sipri.record import Record

TOP = (
    "\t\t\t\t \tYear(s)\t\t\nSupplier/\t\tNo.\tWeapon\tWeapon\tYear\tof\tNo. \t\n"
    "\trecipient (R)\tordered\tdesignation\tdescription\tof order\tdelivery\tdelivered\tComments\n\t\n\t\n"
)
POLAND = "R: Poland\t(24)\tBayraktar TB2\tarmed UAV\t(2021)\t2022-2023\t6\t$270 m deal"
UKRAINE = "     Ukraine\t3\tRBS-70\tportable SAM\t1999\t2001\t(3)\t"
AGAIN = "     \t\t. .\tRBS-90\tportable SAM\t2000\t\t\tSupplier uncertain"
TABS = (
    "Supplier\tRecipient\tNo. ordered\tWeapon designation\tWeapon description\tYear of order\tYear of delivery"
    "\tNo. delivered\tComments\n"
)


def read(text: str) -> list[object]:
    return list(classic.read(text))


def whose(text: str) -> list[tuple[str, str, str]]:
    """Supplier, recipient and designation of each record."""
    return [(one.supplier, one.recipient, one.designation) for one in read(text) if isinstance(one, Record)]


def refused(text: str) -> list[tuple[int, str]]:
    return [(one.row, one.reason) for one in read(text) if isinstance(one, Refused)]


def test_a_row_stands_under_its_supplier_and_carries_the_recipient_on() -> None:
    text = f"{TOP}Turkiye\n{POLAND}\n\t\nSweden\nR: Norway{POLAND[9:]}\n{UKRAINE}\n{AGAIN}\n"
    assert whose(text) == [
        ("Turkiye", "Poland", "Bayraktar TB2"),
        ("Sweden", "Norway", "Bayraktar TB2"),
        ("Sweden", "Ukraine", "RBS-70"),
        ("Sweden", "Ukraine", "RBS-90"),
    ]
    assert refused(text) == []


def test_brackets_mark_estimates_and_two_dots_the_unknown() -> None:
    first, second, third = read(f"{TOP}Turkiye\n{POLAND}\n{UKRAINE}\n{AGAIN}\n")
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert isinstance(third, Record)
    assert (first.ordered, first.order_year, first.delivered, first.delivery_years) == (24, 2021, 6, (2022, 2023))
    assert first.estimated == ("quantity_ordered", "order_year")
    assert (second.delivered, second.estimated, second.comment) == (3, ("quantity_delivered",), "")
    assert (third.ordered, third.delivered, third.delivery_years) == (None, None, ())
    assert third.comment == "Supplier uncertain"


@pytest.mark.parametrize(
    ("cell", "years", "sure"),
    [
        ("1973", (1973,), True),
        ("1973-1974", (1973, 1974), True),
        ("1973-1977", (1973, 1974, 1975, 1976, 1977), False),
        ("1973-1974, 1977", (1973, 1974, 1977), True),
        ("1973; 1975", (1973, 1975), True),
        ("1999-01", (1999,), True),
        ("(1973-1974)", (1973, 1974), False),
    ],
)
def test_of_a_long_range_it_is_not_sure_that_each_year_had_a_delivery(
    cell: str, years: tuple[int, ...], sure: bool
) -> None:
    found = read(f"{TOP}Turkiye\n{POLAND.replace('2022-2023', cell)}\n")[0]
    if cell == "1999-01":
        assert isinstance(found, Refused)
        return
    assert isinstance(found, Record)
    assert found.delivery_years == years
    assert ("delivery_years" not in found.estimated) == sure


def test_a_comment_goes_on_in_the_next_lines() -> None:
    text = f"{TOP}Turkiye\n{POLAND}\nfor border guard\nand navy\n{UKRAINE}\n\t\nSweden\n{POLAND}\n"
    first, second, third = read(text)
    assert isinstance(first, Record)
    assert (first.comment, first.repaired) == ("$270 m deal for border guard and navy", "joined from lines 7 to 9")
    assert text[first.start : first.start + len(first.text)] == first.text
    assert isinstance(second, Record)
    assert second.repaired == ""
    assert isinstance(third, Record)
    assert third.supplier == "Sweden"


def test_a_broken_row_is_joined_in_its_words_only() -> None:
    text = f"{TOP}Turkiye\n{POLAND}\n{UKRAINE.replace('portable SAM', 'portable' + chr(10) + 'SAM')}\n{AGAIN}\n"
    second = read(text)[1]
    assert isinstance(second, Record)
    assert (second.description, second.repaired) == ("portable SAM", "joined from lines 8 to 9")
    broken = read(f"{TOP}Turkiye\n{POLAND}\n{UKRAINE.replace('Ukr', 'Ukr' + chr(10))}\n{AGAIN}\n")
    assert [type(one) for one in broken] == [Record, Refused, Refused, Refused]


def test_below_a_recipient_that_cannot_be_read_nothing_is_carried_on() -> None:
    text = f"{TOP}Turkiye\n{POLAND}\n     Ukr\t3\n{AGAIN}\n"
    assert [(row, "recipient" in why) for row, why in refused(text)] == [(8, False), (9, True)]


def test_a_refused_row_still_names_the_recipient_of_those_below() -> None:
    text = f"{TOP}Turkiye\n{POLAND}\n{UKRAINE.replace('1999', '19999')}\n{AGAIN}\n"
    assert whose(text) == [("Turkiye", "Poland", "Bayraktar TB2"), ("Turkiye", "Ukraine", "RBS-90")]
    assert refused(text) == [(8, "'19999' is no year of order")]


def test_a_first_recipient_without_a_supplier_above_is_refused_with_those_below() -> None:
    text = f"{TOP}Turkiye\n{POLAND}\n\t\n{POLAND}\n{UKRAINE}\n\t\nSweden\n{POLAND}\n"
    assert [row for row, _ in refused(text)] == [9, 10]
    assert [one[0] for one in whose(text)] == ["Turkiye", "Sweden"]


def test_a_register_without_its_top_is_known_by_its_first_recipients() -> None:
    text = f"Some words\n\nTurkiye\n{POLAND}\n{UKRAINE}\n"
    assert classic.recognises(text)
    assert [one[0] for one in whose(text)] == ["Turkiye", "Turkiye"]
    assert not classic.recognises("Turkiye\n\nR: I do not know.\n")


@pytest.mark.parametrize("line", [POLAND.replace("24", "x"), POLAND.replace("6\t", "-6\t"), "R: Poland\t3\tTB2", "R:"])
def test_a_row_that_cannot_be_understood_is_refused(line: str) -> None:
    assert [row for row, _ in refused(f"{TOP}Turkiye\n{line}\n\t\nSweden\n{POLAND}\n")] == [7]


def test_in_tabs_the_supplier_is_a_column_or_a_line() -> None:
    rest = POLAND[9:]
    text = f"{TABS}Turkiye\t Poland{rest}\n\t Ukraine{rest}\n\t\t{rest[1:]}\nSweden\t\t\t\t\t\t\t\t\n\t Norway{rest}\n"
    assert classic.recognises(text)
    assert not deals.recognises(text)
    assert [one[:2] for one in whose(text)] == [
        ("Turkiye", "Poland"),
        ("Turkiye", "Ukraine"),
        ("Turkiye", "Ukraine"),
        ("Sweden", "Norway"),
    ]
    text = f"{TABS}Turkiye\nR: Poland{rest}\n Ukraine{rest}\n\nSweden\n Norway{rest}\n"
    assert [one[:2] for one in whose(text)] == [("Turkiye", "Poland"), ("Turkiye", "Ukraine"), ("Sweden", "Norway")]


def test_in_tabs_columns_may_be_in_any_order() -> None:
    text = (
        "Recipient\tSupplier\tWeapon designation\tWeapon description\tNo. ordered\tYear of order\tYear of delivery\t"
        "No. delivered\tComments\n Poland\tTurkiye\tTB2\tUAV\t(24)\t2021\t2022\t6\tfoo\n"
    )
    (told,) = read(text)
    assert isinstance(told, Record), told
    assert (told.supplier, told.recipient, told.designation, told.ordered) == ("Turkiye", "Poland", "TB2", 24)


def test_a_text_without_header_or_rows_is_an_error() -> None:
    with pytest.raises(LoadError, match="No line is a header"):
        read("Nothing\n")
    with pytest.raises(LoadError, match="no row"):
        read(TABS)


def test_rich_text_becomes_lines_and_tabs() -> None:
    text = (
        r"{\rtf1\mac\deff2 {\fonttbl{\f20\froman Times;}}{\stylesheet{\s2 Trade tabs;}}{\*\secret no}"
        "\n\\pard\\plain \\f20 {\\fs20\\b Note: \\b0 The \\'d4No.\\'d5}\\par\n"
        r"{\b Turkiye}\par{\b R:} Poland\tab (2)\tab W\u0228?rtsil\u-10179?\u-8704? \{x\}\tab caf\'8e\line more\par}"
    )
    assert rtf.is_rtf(text)
    assert rtf.to_text(text) == "Note: The ‘No.’\nTurkiye\nR: Poland\t(2)\tWärtsil😀 {x}\tcafé\nmore\n"


@pytest.mark.parametrize(
    "text", ["", "{", "}}}", "\\", "\\u", "{\\rtf1\\u99999999?", "{\\rtf1 \\'zz \\ud800", "\\uc-5\\u65?x"]
)
def test_broken_rich_text_gives_what_is_there(text: str) -> None:
    rtf.to_text(text).encode()
