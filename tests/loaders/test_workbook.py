"""Excel workbooks: their sheets are read as lines with tabs; what is broken or a bomb is told."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

import pytest
from legation.graph.errors import LoadError
from legation.loaders import workbook
from legation.loaders.text import decode, holds_text
from legation.loaders.workbook import read_sheets, to_text
from openpyxl import Workbook

Rows = Sequence[Sequence[object]]
FIRMS: Mapping[str, Rows] = {
    "2016 ": [["Firm", "Sales"], ["Ruritanian\nArms", 12.5], [], ["Näval\tYards", None]],
    "notes": [["a", None, "An estimate."]],
}


def packed(sheets: Mapping[str, Rows]) -> bytes:
    """Make a workbook; each sheet has rows of cells."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                sheet.cell(at, column, value)
    data = BytesIO()
    made.save(data)
    return data.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change one part of a workbook; one that is not there is empty before."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, change(old.read(part) if part in old.namelist() else b""))
    return made.getvalue()


def with_strings(strings: bytes) -> bytes:
    """Make a workbook with a table of strings, as Excel writes them; its one cell holds the first."""
    data = changed(packed({"x": [[0]]}), "xl/sharedStrings.xml", lambda _: strings)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    data = changed(data, "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", override))
    return changed(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b't="n"', b't="s"'))


MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def test_each_sheet_is_named_and_its_rows_are_lines_with_tabs() -> None:
    assert decode(packed(FIRMS), "x.xlsx") == (
        "# sheet: 2016 \nFirm\tSales\nRuritanian Arms\t12.5\n\nNäval Yards\n# sheet: notes\na\t\tAn estimate.\n"
    )


def test_values_stand_as_one_would_write_them() -> None:
    row = [7, 44935.02886117672, True, datetime.datetime(2018, 3, 1), datetime.datetime(2018, 3, 1, 12, 30), "007"]
    text = to_text(packed({"x": [row]}), "x.xlsx")
    assert text.split("\n")[1].split("\t") == [
        *("7", "44935.02886117672", "TRUE", "2018-03-01", "2018-03-01 12:30:00", "007")
    ]


def test_the_sheets_are_found_again_in_the_text() -> None:
    text = to_text(packed(FIRMS), "x.xlsx")
    first, second = read_sheets(text)
    assert (first.name, first.line, len(first.rows), second.name, second.line) == ("2016 ", 2, 4, "notes", 7)
    for sheet in (first, second):
        assert text[sheet.start :].startswith("\n".join(sheet.rows))
        assert text.split("\n")[sheet.line - 1] == sheet.rows[0]
    assert list(read_sheets("Firm\tSales\n")) == []


def test_a_cell_cannot_pass_for_a_sheet() -> None:
    text = to_text(packed({"x": [["# sheet: y"], ["1\n# sheet: z"], ["\u2028# sheet: z\x85"]]}), "x.xlsx")
    assert [sheet.name for sheet in read_sheets(text)] == ["x"]


def test_cells_beyond_the_size_that_the_sheet_states_are_read() -> None:
    data = changed(
        packed({"x": [["a", "b"], ["c", "d"]]}),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1"'),
    )
    assert to_text(data, "x.xlsx") == "# sheet: x\na\tb\nc\td\n"


def test_other_archives_and_old_workbooks_are_told() -> None:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as parts:
        parts.writestr("xl/readme.txt", "x")
    with pytest.raises(LoadError, match=r"x\.xlsx is a ZIP archive and no Excel workbook"):
        decode(archive.getvalue(), "x.xlsx")
    with pytest.raises(LoadError, match=r"of the old kind, or locked by a password\. Save it as \.xlsx"):
        decode(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "x.xls")
    assert holds_text(packed(FIRMS)[:8192])


def test_an_empty_workbook_is_told() -> None:
    with pytest.raises(LoadError, match="whose sheets are empty"):
        to_text(packed({"x": [], "y": []}), "x.xlsx")


@pytest.mark.parametrize("cut", [30, 400, 2000, -400, -30])
def test_a_damaged_workbook_is_told(cut: int) -> None:
    with pytest.raises(LoadError, match=r"x\.xlsx is a damaged Excel workbook"):
        to_text(packed(FIRMS)[:cut], "x.xlsx")


def test_a_table_of_strings_is_read() -> None:
    strings = b"<sst " + MAIN + b"><si><r><t>Ruri</t></r><r><t>tania</t></r></si></sst>"
    assert to_text(with_strings(strings), "x.xlsx") == "# sheet: x\nRuritania\n"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize("junk", [b"", b"<", b"\0\0", b"<a><b></a>"])
def test_parts_that_are_no_xml_are_told(part: str, junk: bytes) -> None:
    for data in (changed(packed(FIRMS), part, lambda _: junk), with_strings(junk)):
        with pytest.raises(LoadError, match=r"^x\.xlsx is a damaged Excel workbook: [^\n]*Save it anew, or as CSV\.$"):
            to_text(data, "x.xlsx")


def test_what_unpacks_to_more_than_a_table_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = with_strings(b" " * 2**23)
    with pytest.raises(LoadError, match="packed more than 200-fold"):
        to_text(bomb, "x.xlsx")
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 2**22)
    with pytest.raises(LoadError, match="would unpack to 8 MB; more than 4 MB are not read"):
        to_text(bomb, "x.xlsx")


@pytest.mark.parametrize(
    "cell", [b'<row r="1"><c r="XFD1"><v>1</v></c></row>', b'<row r="99999999999"><c><v>1</v></c></row>']
)
def test_a_few_cells_far_out_do_not_fill_the_memory(cell: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_CELLS", 16_000)
    far = changed(
        packed({"x": [[1]]}),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb"<row.*</row>", cell, xml),
    )
    with pytest.raises(LoadError, match="more than 16,000 cells"):
        to_text(far, "x.xlsx")


@pytest.mark.parametrize("used", [b"&b;", b"&c;"])
def test_entities_are_neither_multiplied_nor_fetched(used: bytes) -> None:
    laughs = (
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    )
    in_sheet = changed(
        packed({"x": [["Firm"]]}), "xl/worksheets/sheet1.xml", lambda xml: laughs + xml.replace(b"Firm", used)
    )
    in_strings = with_strings(laughs + b"<sst " + MAIN + b"><si><t>" + used + b"</t></si></sst>")
    for data in (in_sheet, in_strings):
        with pytest.raises(LoadError, match=r"x\.xlsx is a damaged Excel workbook: EntitiesForbidden"):
            to_text(data, "x.xlsx")


def test_a_cell_that_holds_more_than_excel_lets_it_is_refused() -> None:
    whole = with_strings(b"<sst " + MAIN + b"><si><t>" + b"ab" * 16_383 + b"</t></si></sst>")
    assert len(to_text(whole, "x.xlsx")) > 32_766
    long = with_strings(b"<sst " + MAIN + b"><si><t>" + b"ab" * 16_384 + b"</t></si></sst>")
    with pytest.raises(LoadError, match=r"x\.xlsx has a cell of 32,768 characters in the sheet 'x'"):
        to_text(long, "x.xlsx")


def test_one_string_in_many_cells_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 200_000)
    shared = with_strings(b"<sst " + MAIN + b"><si><t>" + b"ab" * 5_000 + b"</t></si></sst>")
    many = changed(
        shared,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb"<row.*</row>", b'<row><c t="s"><v>0</v></c></row>' * 30, xml),
    )
    with pytest.raises(LoadError, match="holds more than 200,000 characters"):
        to_text(many, "x.xlsx")
