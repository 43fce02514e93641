"""A guessed mapping is one, and says something true of the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legation.graph.errors import LoadError
from legation.loaders.mapping.guess import guess
from legation.loaders.mapping.loader import get_headers
from legation.loaders.mapping.reader import parse_mapping
from legation.loaders.mapping.rows import LeftOut, to_rows
from legation.loaders.mapping.tables import read_rows

TABLES = {
    "LEADS": "leader,country,start,end\nAnn Other,Poland,1990-01-01,1991-02-03\nBea,Kenya,2001-01-01,NA\n",
    "ALLIED_WITH": "ccode1,ccode2,year\n2,20,1949\n2,20,1950\n200,220,1950\n",
    "transfer": "supplier;recipient;weapon;year\nTurkey;Poland;TB2;2021\nRussia;India;Su-30;1998\n",
    "description": "name,other names\nPoland,Polska\nEgypt,Misr\n",
    "BASED_IN": "company,country\nAcme Works,Poland\nBolt,Germany\n",
}


@pytest.mark.parametrize("states", TABLES)
def test_a_guess_reads_every_row_of_the_table_that_it_was_made_from(states: str) -> None:
    text = TABLES[states]
    spec = parse_mapping(guess(Path("t.csv"), text), "guessed")
    header = get_headers(spec, Path("t.csv"), text)[0]
    to_stated = to_rows(spec, header.columns)
    found = [to_stated(row.cells) for row in read_rows(text, header)]
    assert [one.statement.states for stated in found if not isinstance(stated, LeftOut) for one in stated.stated] == [
        states
    ] * len(found)


def test_whoever_is_described_is_named_by_a_text_and_no_year_or_price() -> None:
    made = guess(Path("t.csv"), "year,price,designer\n1990,12.5,Ann Other\n1991,1300,Bea\n")
    assert "  subject:\n    label: Organisation\n    name: designer\n" in made
    assert "price (number)" in made


def test_a_code_stands_for_a_state_so_nothing_is_said_of_unknown_names() -> None:
    text = "supplier ccode,buyer ccode,weapon\n2,20,TB2\n200,220,TB2\n"
    made = guess(Path("t.csv"), text)
    assert "otherwise" not in made
    parse_mapping(made, "guessed")


def test_the_first_sheet_of_a_workbook_is_looked_at() -> None:
    text = "# sheet: A\n\nleader\tcountry\nAnn Other\tPoland\n# sheet: B\nx\ty\n1\t2\n"
    made = guess(Path("t.xlsx"), text)
    assert "# Guessed from 1 rows" not in made
    assert "# Guessed from 1 row of 't.xlsx'" in made
    assert "name: leader" in made


@given(st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=5))
def test_a_guess_is_yaml_whatever_the_columns_are_called(names: list[str]) -> None:
    line = ",".join('"' + name.replace('"', '""').replace("\n", " ").replace("\r", " ") + '"' for name in names)
    try:
        made = guess(Path("odd: #name.csv"), f"{line}\n" + ",".join("x" for _ in names) + "\n")
    except LoadError:
        return
    parse_mapping(made, "guessed")
