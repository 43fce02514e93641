"""Rows as text: nothing is lost, nothing is run, unknown is not zero."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as some
from legation.graph.rows import Rows
from legation.graph.subgraph import Edge, Node, Route
from legation.queries.formats import (
    FORMATS,
    cell,
    cited,
    heading,
    named,
    quoted,
    to_csv,
    to_json,
    to_jsonl,
    to_markdown,
    visible,
)

ROWS = Rows(("name", "units", "transfer_ids"), [{"name": "A|B\nC", "units": None, "transfer_ids": ["x"]}])


def text_of(pieces: Iterable[str]) -> str:
    return "".join(pieces)


def test_unknown_is_shown_as_such() -> None:
    assert cell(None) == cell([]) == "–"
    assert cell(0) == "0"
    assert cell(False) == "no"


@pytest.mark.parametrize("text", ["=cmd()", "+1+1", "-1+1", "@SUM(A1)", "\t=x", "\r=x"])
def test_a_formula_stays_text_in_csv(text: str) -> None:
    written = text_of(to_csv(Rows(("name",), [{"name": text}])))
    assert next(csv.reader(io.StringIO(written.split("\n", 1)[1], newline="")))[0] == "'" + text.replace("\r", "\n")


def test_a_negative_number_is_no_formula() -> None:
    assert text_of(to_csv(Rows(("n",), [{"n": -5}]))) == "n\n-5\n"


@given(some.lists(some.fixed_dictionaries({"a": some.text(), "b": some.none() | some.integers() | some.booleans()})))
def test_json_holds_what_the_rows_hold(records: list[dict[str, object]]) -> None:
    rows = Rows(("a", "b"), records)
    assert json.loads(text_of(to_json(rows))) == records
    assert [json.loads(line) for line in text_of(to_jsonl(rows)).split("\n") if line] == records


@given(some.floats(allow_nan=False, allow_infinity=False))
def test_numbers_for_programs_are_exact(number: float) -> None:
    rows = Rows(("n", "within"), [{"n": number, "within": {"n": [number]}}])
    (row,) = csv.DictReader(io.StringIO(text_of(to_csv(rows))))
    assert [float(row["n"]), float(row["within"].removeprefix("n: "))] == [number] * 2
    assert json.loads(text_of(to_jsonl(rows)))["n"] == number
    assert float(text_of(to_markdown(rows)).splitlines()[2].split("|")[1]) == number


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1234567.0, "1234567"),
        (1234567.891, "1234567.891"),
        (-23456789.5, "-23456789.5"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333"),
        (300.0, "300"),
        (0.0, "0"),
        (1e-7, "1e-07"),
        (math.inf, "inf"),
    ],
)
def test_numbers_for_people_are_plain(number: float, shown: str) -> None:
    assert cell(number) == shown
    assert cell([number]) == shown


def test_json_has_no_nan() -> None:
    assert json.loads(text_of(to_json(Rows(("x",), [{"x": math.nan}, {"x": math.inf}])))) == [
        {"x": "nan"},
        {"x": "inf"},
    ]


def test_nodes_relations_and_paths_are_objects_in_json_and_words_in_a_table() -> None:
    poland, turkey = Node("POL", "State", "Poland"), Node("TUR", "State", "Türkiye")
    arms = Edge("ARMS", "TUR", "POL")
    assert cell(poland) == "Poland (POL)"
    assert cell(arms) == "TUR -ARMS-> POL"
    assert cell(Route((turkey, poland), (arms,))) == "Türkiye – Poland"
    assert json.loads(text_of(to_json(Rows(("n",), [{"n": poland}]))))[0]["n"]["id"] == "POL"


def test_markdown_keeps_its_columns() -> None:
    assert text_of(to_markdown(ROWS)) == "| name |\n| --- |\n| A\\|B C |\n"


def test_markdown_shows_the_signs_that_it_knows_as_they_are() -> None:
    written = text_of(to_markdown(Rows(("name",), [{"name": "a\\|b\\"}, {"name": "<b onclick=x>&"}])))
    assert written.splitlines()[2:] == ["| a\\\\\\|b\\\\ |", "| &lt;b onclick=x>& |"]


def test_a_table_leaves_out_ids_and_what_nobody_knows() -> None:
    assert visible(ROWS) == ["name"]


@pytest.mark.parametrize("form", FORMATS)
def test_no_rows_are_no_error(form: str) -> None:
    assert text_of(FORMATS[form](Rows(("a",), []))).endswith("\n") or form == "jsonl"


EVIL = "TB2\x1b]0;owned\x07\x1b[31m\x9b2J\x7f"
TAMED = "TB2\ufffd]0;owned\ufffd\ufffd[31m\ufffd2J\ufffd"


@pytest.mark.parametrize(
    "value",
    [EVIL, [EVIL], {"name": EVIL}, Node("system:x", "System", EVIL), Edge(EVIL, "TUR", "POL"), Node(EVIL, "", EVIL)],
)
def test_what_a_source_says_gives_the_terminal_no_orders(value: object) -> None:
    assert TAMED in cell(value)
    assert not set(cell(value)) & set("\x1b\x07\x9b\x7f")


def test_text_for_people_has_no_control_characters_and_text_for_programs_is_as_it_is() -> None:
    assert cell("one\r\ntwo\tthree\rfour") == "one\ntwo\tthree\ufffdfour"
    assert (quoted(EVIL), named(Node("system:x", "System", EVIL))) == (f"“{TAMED}”", TAMED)
    assert quoted("one\ntwo") == "“one two”"
    assert heading(EVIL) == TAMED
    rows = Rows(("name",), [{"name": EVIL}])
    assert text_of(to_markdown(rows)).splitlines()[2] == f"| {TAMED} |"
    assert EVIL in text_of(to_csv(rows))
    assert json.loads(text_of(to_json(rows))) == [{"name": EVIL}]


def test_a_citation_gives_the_terminal_no_orders() -> None:
    cell_of = dict.fromkeys(("supplier", "quote", "source", "document", "published", "said_by", "modality"), EVIL)
    told = cited(cell_of | {"reliability": "B", "row": 3, "start": 0, "confidence": None})
    assert told.count(TAMED) == 7
    assert EVIL not in told


def test_a_quote_gets_marks_once() -> None:
    assert quoted("“It is so.”") == "“It is so.”"
    assert quoted("It  is\nso.") == "“It is so.”"


def test_a_citation_says_who_where_and_how_surely() -> None:
    row = {
        "supplier": "Türkiye",
        "ordered": 24,
        "delivered": None,
        "quote": "Turkey sold it.",
        "modality": "attributed",
        "said_by": "A. Minister",
        "confidence": 0.5,
        "source": "Daily News",
        "reliability": "B",
        "published": "2021",
        "document": "Drones",
        "row": None,
        "start": 7,
        "claim": "claim:1",
        "transfer_ids": ["transfer:1"],
    }
    assert cited(row) == (
        "Türkiye · ordered 24\n  “Turkey sold it.”\n"
        "  — Daily News (B), Drones, 2021, character 7; attributed; said by A. Minister; confidence 0.50"
    )
