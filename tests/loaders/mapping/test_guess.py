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


@given(st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=5))
def test_a_guess_is_yaml_whatever_the_columns_are_called(names: list[str]) -> None:
    line = ",".join('"' + name.replace('"', '""').replace("\n", " ").replace("\r", " ") + '"' for name in names)
    try:
        made = guess(Path("odd: #name.csv"), f"{line}\n" + ",".join("x" for _ in names) + "\n")
    except LoadError:
        return
    parse_mapping(made, "guessed")
