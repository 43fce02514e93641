"""Rows of tables: each with its place, whatever parts the fields, and none lost."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legation.loaders.mapping import tables
from legation.loaders.mapping.tables import Row, find_fitting, find_header, read_rows
from legation.loaders.mapping.values import SEVERAL


def rows_of(text: str, *needed: str, take_short: bool = False) -> list[Row]:
    header = find_header(text, needed)
    assert header is not None
    return list(read_rows(text, header, take_short=take_short))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_and_the_line_of_the_header_are_found(separator: str) -> None:
    text = separator.join(["A title", ""]) + "\n\n" + "\n".join(separator.join(row) for row in (["a", "b"], ["1", "2"]))
    (row,) = rows_of(text, "b", "a")
    assert (row.line, row.cells) == (4, ["1", "2"])
    assert text[row.start : row.end] == f"1{separator}2"


def test_a_quoted_cell_may_hold_separators_and_lines() -> None:
    text = 'a,b\n"x, y","two\nlines"\n3,4\n'
    first, second = rows_of(text, "a", "b")
    assert (first.cells, first.line, second.line) == (["x, y", "two\nlines"], 2, 4)
    assert text[first.start : first.end] == '"x, y","two\nlines"'


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_only() -> None:
    text = 'a,b\n1,2\n"3,4\n5,6\n' + "7,8\n" * 100
    rows = rows_of(text, "a", "b")
    assert [row.line for row in rows if row.wrong] == [3]
    assert len(rows) == 103
    assert rows[2].cells == ["5", "6"]


def test_a_row_with_fields_too_few_is_refused_or_filled() -> None:
    assert rows_of("a,b,c\n1,2\n", "a")[0].wrong == "it has 2 fields, 3 are needed"
    assert rows_of("a,b,c\n1,2\n", "a", take_short=True)[0].cells == ["1", "2", ""]
    assert rows_of("a,b,c\n1,2,3,4\n", "a", take_short=True)[0].wrong


def test_json_lines_are_rows_and_one_that_is_cut_off_is_told() -> None:
    text = '{"a": "x", "b": {"c": 1.0}, "d": ["p", "q"]}\n{"a": null, "b": {"c": true}}\n{"a": "y", "b"'
    first, second, third = rows_of(text, "a", "b.c", "d")
    assert first.cells == ["x", f"p{SEVERAL}q", "1.0"]
    assert second.cells == ["", "", "true"]
    assert "cut off" in third.wrong


def test_half_a_character_in_json_costs_its_own_row_only() -> None:
    first, second, third = rows_of(
        '{"a": "x", "b": "Zoë"}\n{"a": "y\\ud800", "b": "1"}\n{"a": "\\ud83d\\ude00"}\n', "a"
    )
    assert second.wrong == "its 'a' holds half a character (a surrogate)"
    assert (first.wrong, third.wrong, third.cells[0]) == ("", "", "\U0001f600")


cells = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0\x1e"), max_size=12), min_size=3, max_size=3
)


@given(st.lists(cells, max_size=8), st.sampled_from([",", ";", "\t", "|"]))
def test_every_row_that_a_spreadsheet_writes_is_read_with_its_words(rows: list[list[str]], separator: str) -> None:
    made = io.StringIO()
    csv.writer(made, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
        [["a", "b", "c"], *rows]
    )
    text = made.getvalue()
    found = rows_of(text, "a", "b", "c")
    told = [[cell.strip() for cell in row] for row in rows]
    assert [row.cells for row in found] == [row for row, whole in zip(told, rows, strict=True) if any(whole)]
    assert all(text[row.start : row.end].count('"') >= 6 for row in found)


def test_a_quotation_mark_in_the_cell_of_a_workbook_is_a_quotation_mark() -> None:
    text = '# sheet: x\n"a\tb\n"Odd\tFrance\n\n"Even"\tPoland\n# sheet: y\nother\n'
    first, second = rows_of(text, '"a', "b")
    assert (first.line, first.cells, second.line, second.cells) == (3, ['"Odd', "France"], 5, ['"Even"', "Poland"])
    assert text[first.start : first.end] == '"Odd\tFrance'


def test_a_cell_of_two_lines_is_one_although_its_row_has_an_empty_field_too_many() -> None:
    rows = rows_of('a,b\n"Kalkan\nX",France,\n1,2\n', "a", "b")
    assert [(row.line, row.cells, row.wrong) for row in rows] == [
        (2, ["Kalkan\nX", "France"], ""),
        (4, ["1", "2"], ""),
    ]


def test_a_cell_of_two_lines_is_one_although_its_row_is_short() -> None:
    (row,) = rows_of('a,b,c\n"Kalkan\nX",France\n', "a", take_short=True)
    assert (row.cells, row.wrong) == (["Kalkan\nX", "France", ""], "")


def test_a_stray_quotation_mark_costs_its_own_line_only_where_short_rows_are_taken() -> None:
    rows = rows_of('a,b,c\n1,"Kalkan\n2,Bea,x\n3,"Ann, the first",y\n', "a", take_short=True)
    assert [(row.line, bool(row.wrong)) for row in rows] == [(2, True), (3, False), (4, False)]


def test_the_lines_of_a_table_are_parted_once_for_all_mappings(monkeypatch: pytest.MonkeyPatch) -> None:
    parted: list[str] = []

    def counted(line: str, separator: str, *, plain: bool) -> tuple[str, ...]:
        parted.append(line)
        return tuple(line.split(separator))

    monkeypatch.setattr(tables, "_names", counted)
    text = "x,y,z\n" * 50 + "a,b,c\nd,b\n"
    wanted = {"one": ["a", "b"], "two": ["c"], "three": ["d"], "four": ["a", "d"]}
    assert find_fitting(text, wanted) == ["one", "two", "three"]
    assert parted == ["a,b,c"] * len(tables.SEPARATORS) + ["d,b"] * len(tables.SEPARATORS)


def test_of_two_columns_of_one_name_the_first_counts() -> None:
    header = find_header("a,b,a\n1,2,3\n", ["b"])
    assert header is not None
    assert header.columns == {"a": 0, "b": 1}


@pytest.mark.parametrize("name", ['say "so"', "two  words", "a,b", "Ø"])
def test_a_header_is_found_however_its_names_are_quoted(name: str) -> None:
    made = io.StringIO()
    csv.writer(made, quoting=csv.QUOTE_ALL).writerows([["x", name], ["1", "2"]])
    text = made.getvalue().replace("\r", "")
    assert find_fitting(text, {"t": [" ".join(name.split())], "u": ["y"]}) == ["t"]
