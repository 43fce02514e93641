"""Codes of states: each means one node of the lists, and on every day one at most."""

from __future__ import annotations

from itertools import pairwise

import pytest
from legation.graph.codes import CODE_LISTS, _codes, find_by_code, is_code
from legation.graph.names import reference


@pytest.mark.parametrize(
    ("which", "code", "day", "meant"),
    [
        ("cow", "2", None, ["USA"]),
        ("cow", "365", "1914-08-01", ["RUS"]),
        ("cow", "365", "1950", ["SUN"]),
        ("cow", "365", "1991", ["SUN"]),
        ("cow", "365", "1992", ["RUS"]),
        ("gw", "345", "2004-01", ["SCG"]),
        ("cow", "678", "1990", ["XNY"]),
        ("gw", "678", "2012", ["YEM"]),
        ("cow", "970", None, ["NRU"]),
        ("gw", "970", None, ["KIR"]),
        ("cow", "245", "1850", ["org:bavaria"]),
        ("cow", "999", None, []),
    ],
)
def test_a_code_means_what_it_meant_on_a_day(which: str, code: str, day: str | None, meant: list[str]) -> None:
    assert [node_id for node_id, _ in find_by_code(which, code, day)] == meant


def test_a_code_that_changed_its_meaning_has_several_without_a_day() -> None:
    assert {node_id for node_id, _ in find_by_code("cow", "365")} == {"RUS", "SUN"}
    assert is_code("cow", "365")
    assert not is_code("cow", "x")


def test_every_code_leads_to_a_state_of_the_lists_or_to_one_that_they_leave_out() -> None:
    for (which, code), rows in _codes().items():
        assert which in CODE_LISTS
        for node_id, name, since, until in rows:
            assert since <= until
            if not node_id.startswith("org:"):
                assert reference().entries[node_id].name == name
        for (_, _, _, until), (_, _, since, _) in pairwise(rows):
            assert until < since, code
