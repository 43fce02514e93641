"""What stands around the rows: date, licence and selection of an edition."""

from __future__ import annotations

import pytest
from legation.loaders.sipri.preamble import find_date, find_licence, find_scope, is_note


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Data generated: 18 May 2026 2:29:20 PM", "2026-05-18"),
        ("Data generated: 18 Mar 2024 6:13:50 PM;;;;", "2024-03-18"),
        ("Information generated:  18 February 2024", "2024-02-18"),
        ("Data generated: 3 Sept. 2021", "2021-09-03"),
        ("Data generated: February 18, 2024", "2024-02-18"),
        ("Data generated: 2024-02-18", "2024-02-18"),
        ("Data generated: 31 February 2024", None),
        ("Data generated: 18 Smarch 2024", None),
        ("Data generated: soon", None),
        ("", None),
    ],
)
def test_the_date_of_an_edition_is_read_in_each_of_its_forms(line: str, date: str | None) -> None:
    assert find_date(f"Above\n{line}\nBelow") == date
    assert find_date("x\n" * 20_000 + line) == date


def test_the_licence_is_the_line_of_the_source() -> None:
    assert find_licence("Source: SIPRI Arms Transfers Database (c) SIPRI.;\n") == (
        "Source: SIPRI Arms Transfers Database (c) SIPRI."
    )
    assert find_licence("Nothing") is None


def scope(suppliers: str, recipients: str, rest: str) -> str | None:
    return find_scope(
        f"\ufeffTransfers of major conventional arms from {suppliers} to {recipients}. Deals with {rest};;\n"
    )


def test_editions_of_one_selection_have_one_scope_however_they_word_it() -> None:
    all_years = "for year range 'Not specified' to 'Not specified'"
    first = scope("All countries ", "All countries ", f"deliveries or orders made {all_years}")
    second = scope("All countries", "All  countries", "deliveries made for the " + all_years.removeprefix("for "))
    assert first == second == "all countries > all countries, all years"


def test_other_parties_or_years_are_another_scope() -> None:
    rest = "deliveries made for the year range '1995' to '2025'"
    assert scope("Israel  ", "All countries ", rest) == "israel > all countries, 1995-2025"
    assert (
        scope("Israel; Chad", "Peru", rest) == scope("Chad, Israel", "Peru", rest) == "chad; israel > peru, 1995-2025"
    )


def test_without_a_preamble_there_is_no_scope() -> None:
    assert find_scope("Recipient,Supplier\n") is None


def test_a_row_is_no_note() -> None:
    assert is_note("\"A '?' in a column indicates uncertain data.\"")
    assert not is_note("Source City,Freedonia,2021")
