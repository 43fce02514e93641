"""The TIV tables: what each actor exported or imported in each year. The numbers are made up."""

from __future__ import annotations

import pytest
from legation.graph.errors import LoadError
from legation.loaders.reading import Refused
from legation.loaders.sipri import tiv
from legation.loaders.sipri.record import Total

PREAMBLE = "Volume of transfers of major arms\nData generated: 13 Oct 2024 12:33:53 PM\n\n"
HEADER = "Exports by,2020,2021,2022,2020-2022,Percentage,Sum total years,Percentage of total\n"
ROWS = "Ruritania,12,0 ,,12,60%,12,60%\nFreedonia,,7.5,1,8,40%,8,40%\n"
LAST = "Total world export,12,7,1,20,100%,20,\n\n"


def test_a_row_gives_the_years_that_have_a_volume() -> None:
    first, second = tiv.read(PREAMBLE + HEADER + ROWS + LAST)
    assert isinstance(first, Total)
    assert isinstance(second, Total)
    assert (first.actor, first.direction, first.volumes, first.below_half) == (
        *("Ruritania", "exports", ((2020, 12.0),), (2021,)),
    )
    assert (second.actor, second.volumes) == ("Freedonia", ((2021, 7.5), (2022, 1.0)))
    assert (first.line, first.text) == (5, "Ruritania,12,0 ,,12,60%,12,60%")


def test_imports_are_told_by_the_first_column() -> None:
    (told,) = tiv.read("Recipient,2020,2021;;\nRuritania,1,2;;\n")
    assert isinstance(told, Total)
    assert told.direction == "imports"


def test_the_last_row_sums_up_and_is_none_itself() -> None:
    assert len(list(tiv.read(HEADER + ROWS + LAST))) == 2
    assert len(list(tiv.read(HEADER + ROWS + LAST.replace(",20,\n", "\n")))) == 2


def test_a_table_of_one_partner_is_an_error() -> None:
    with pytest.raises(LoadError, match="one partner only"):
        list(tiv.read(HEADER + ROWS + "Total exports to Ruritania,12,7,1,20,100%,20,\n"))


@pytest.mark.parametrize("cell", ["-1", "1e309", "nan", "twelve", "1 2"])
def test_a_volume_that_is_no_number_is_refused(cell: str) -> None:
    first, refused = tiv.read(HEADER + ROWS.replace("7.5", cell))
    assert isinstance(first, Total)
    assert isinstance(refused, Refused)
    assert (refused.row, "is no TIV" in refused.reason) == (3, True)


def test_a_table_of_other_things_by_year_is_none() -> None:
    assert not tiv.recognises("City,2020,2021\nBerlin,3,4\n")
