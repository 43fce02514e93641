"""The text of an Excel workbook, sheet by sheet, its rows as lines with tabs; needs the extra ``excel``."""

from __future__ import annotations

import datetime
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from ..graph.errors import LoadError

MAX_UNPACKED: Final = 256 * 2**20
"""Bytes that all parts of a workbook may unpack to, and characters of its text: a string may stand in many cells."""
MAX_RATIO: Final = 200
"""How many times its packed size a part may unpack to, if it is larger than ``_SMALL``; tables stay below 50."""
MAX_CELL: Final = 32_767
"""Characters that a cell may hold; Excel lets none hold more."""
MAX_CELLS: Final = 10_000_000
"""Cells of all sheets, the empty ones before a filled one included."""
_SMALL: Final = 2**20
SHEET: Final = "# sheet: "
"""How the line begins under which the rows of a sheet stand."""
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the files of Excel before 2007 begin, and those that a password locks."""
_BREAKS: Final = dict.fromkeys((*range(32), 0x7F, 0x85, 0x2028, 0x2029), " ")
"""What would end a line or a cell, or could not be seen."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet in the text that ``to_text`` made of a workbook.

    Attributes:
        name: as the workbook has it, spaces at its ends included.
        line: number in the text of the line of its first row, from 1.
        start: offset of that line in the text, in code points.
        rows: its rows, cells parted by tabs; empty rows are empty lines, and empty cells at the end are left out.
    """

    name: str
    line: int
    start: int
    rows: tuple[str, ...]


def recognises(data: bytes) -> bool:
    """Tell whether a file is an Excel workbook by its first bytes, 8,192 or more of them."""
    return (data.startswith(b"PK\x03\x04") and b"xl/" in data[:8192]) or data.startswith(_OLD)


def to_text(data: bytes, name: str) -> str:
    r"""Give the text of a workbook: under a line ``# sheet: NAME`` for each sheet its rows, cells parted by tabs.

    Numbers stand with all their digits, dates in ISO 8601, and of formulas what they came to when the workbook was
    last saved. Tabs and line ends within a cell become spaces. Hidden sheets are read like others, charts are not.

    Args:
        data: the file.
        name: of the file, for the message.

    Raises:
        LoadError: the extra is not installed; the file is of old Excel, locked, broken or empty; or it would unpack
            to more than can be meant.
    """
    if data.startswith(_OLD):
        raise LoadError(f"{name} is an Excel workbook of the old kind, or locked by a password. Save it as .xlsx.")
    try:
        import defusedxml  # noqa: F401, PLC0415  (with it openpyxl refuses entities in the XML)
        from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise LoadError(f"{name} is an Excel workbook. To read it: pip install 'legation[excel]'") from error
    try:
        _weigh(data, name)
        with warnings.catch_warnings(action="ignore"):  # what it does not know, such as data validation, is no data
            lines = list(_lines(data, name))
    except (
        *(zipfile.BadZipFile, InvalidFileException, SyntaxError, ValueError, KeyError, TypeError, AttributeError),
        *(IndexError, OverflowError, EOFError, OSError, RuntimeError, RecursionError, zlib.error),
    ) as error:
        # Broken files surface in many ways; which one says nothing to whoever has the file.
        reason = str(error.__cause__ or error).split("\n")[0].rstrip(".")
        raise LoadError(f"{name} is a damaged Excel workbook: {reason}. Save it anew, or as CSV.") from error
    if all(line.startswith(SHEET) or not line for line in lines):
        raise LoadError(f"{name} is a workbook whose sheets are empty; there is nothing to load.")
    return "\n".join(lines) + "\n"


def read_sheets(text: str) -> Iterator[Sheet]:
    """Give the sheets of a text that ``to_text`` made; of any other text none."""
    if not text.startswith(SHEET):
        return
    line, start = 1, 0
    for block in text.removesuffix("\n").removeprefix(SHEET).split("\n" + SHEET):
        name, *rows = block.split("\n")
        start += len(SHEET) + len(name) + 1
        yield Sheet(name, line + 1, start, tuple(rows))
        line += 1 + len(rows)
        start += sum(map(len, rows)) + len(rows)


def _weigh(data: bytes, name: str) -> None:
    """Refuse what is no workbook, and what is small only as long as it is packed."""
    with zipfile.ZipFile(BytesIO(data)) as parts:
        members = parts.infolist()
    if not any(member.filename == "xl/workbook.xml" for member in members):
        raise LoadError(f"{name} is a ZIP archive and no Excel workbook (.xlsx). Unpack it, or save it as CSV.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED:
        raise LoadError(
            f"{name} would unpack to {unpacked // 2**20} MB; more than {MAX_UNPACKED // 2**20} MB are not read. "
            "Save its sheets as CSV."
        )
    for member in members:
        if member.file_size > max(_SMALL, MAX_RATIO * member.compress_size):
            raise LoadError(
                f"{name} is packed more than {MAX_RATIO}-fold ({member.filename[:80]!r}), as no table is. "
                "Save it anew, or as CSV."
            )


def _lines(data: bytes, name: str) -> Iterator[str]:
    from openpyxl import load_workbook  # noqa: PLC0415  (an extra)

    workbook = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    cells = characters = 0
    for sheet in workbook.worksheets:
        yield SHEET + _flat(sheet.title)
        sheet.reset_dimensions()  # the size that a file states cuts off what goes beyond it
        empty = 0
        for values in sheet.iter_rows(values_only=True):
            cells += max(1, len(values))
            if cells > MAX_CELLS:
                raise LoadError(f"{name} has more than {MAX_CELLS:,} cells; so many are not read. Save it as CSV.")
            characters += sum(len(value) for value in values if isinstance(value, str))
            if characters > MAX_UNPACKED:
                raise LoadError(
                    f"{name} holds more than {MAX_UNPACKED:,} characters, the same ones in many cells; so many are "
                    "not read. Save its sheets as CSV."
                )
            row = ""
            if any(value is not None for value in values):
                written = [*map(_to_cell, values)]
                longest = max(map(len, written))
                if longest > MAX_CELL:
                    raise LoadError(
                        f"{name} has a cell of {longest:,} characters in the sheet {sheet.title[:80]!r}; Excel lets "
                        f"none hold more than {MAX_CELL:,}. Save it anew, or as CSV."
                    )
                row = "\t".join(written).rstrip("\t")
            if not row:
                empty += 1
                continue
            yield from [""] * empty
            empty = 0
            # What a cell holds must not look like the beginning of a sheet.
            yield f" {row}" if row.startswith(SHEET) else row


def _to_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _flat(value.replace("_x000D_", " "))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)


def _flat(text: str) -> str:
    return text.translate(_BREAKS)
