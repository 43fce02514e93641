"""Rows of a table, whatever parts its fields: CSV, semicolons, tabs, bars or JSON lines, each with its place."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any, Final, TypeAlias

from ...graph.names import did_you_mean
from ..workbook import SHEET
from .values import SEVERAL, shown

SEPARATORS: Final = (",", ";", "\t", "|")
LONGEST_ROW: Final = 100_000
"""Characters."""
_MOST_LINES: Final = 50
"""Lines that a quoted cell may span; what goes on for longer was never closed."""
_HEADER_WITHIN: Final = 100
"""Lines among which a header stands."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table.

    Attributes:
        names: of the columns.
        separator: what parts the fields; empty for JSON lines.
        line: number of the line below the header, from 1.
        at: offset of that line.
        end: offset at which its rows end: that of the text, or of the sheet of a workbook.
    """

    names: tuple[str, ...]
    separator: str
    line: int
    at: int
    end: int

    @property
    def columns(self) -> dict[str, int]:
        """Give the place of each column; of two of one name the first."""
        places: dict[str, int] = {}
        for at, name in enumerate(self.names):
            places.setdefault(name, at)
        return places


@dataclass(frozen=True, slots=True)
class Row:
    """One row: number of its first line, where it begins and ends in the text, and its cells or why it has none."""

    line: int
    start: int
    end: int
    cells: list[str]
    wrong: str = ""


def find_header(text: str, needed: Collection[str]) -> Header | None:
    """Find the line that names the columns that are needed; None if no line names them all."""
    return next(iter(find_headers(text, needed)), None)


def find_headers(text: str, needed: Collection[str]) -> list[Header]:
    """Find the header of a table, or of each sheet of a workbook that has all the columns that are needed."""
    if is_json_lines(text):
        header = _json_header(text, needed)
        return [header] if header else []
    need = _Need.of(needed)
    found = (next(_met(text, part, (need,)), None) for part in _parts(text))
    return [one[0] for one in found if one]


def find_fitting(text: str, wanted: Mapping[str, Collection[str]]) -> list[str]:
    """Tell which of several sets of columns, each by a name, a table has; its lines are parted once for all of them."""
    if is_json_lines(text):
        header = _json_header(text, ())
        return [name for name, needed in wanted.items() if header and set(needed) <= set(header.names)]
    needs = {name: _Need.of(needed) for name, needed in wanted.items()}
    met = {one for part in _parts(text) for _, ones in _met(text, part, [*needs.values()]) for one in ones}
    return [name for name, need in needs.items() if need in met]


@dataclass(frozen=True, slots=True)
class _Need:
    """Columns that a header must name, and the words that any line with them holds, however it is parted."""

    columns: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, columns: Collection[str]) -> _Need:
        return cls(frozenset(columns), frozenset(word for name in columns for word in name.split() if '"' not in word))


_Part: TypeAlias = tuple[int, int, int]
"""A table in a text: the number of its first line, and where it begins and ends."""
_SHEET: Final = re.compile(f"^{SHEET}", re.MULTILINE)


def _parts(text: str) -> Iterator[_Part]:
    """Give the sheets of a workbook, or the whole of any other text."""
    starts = [found.start() for found in _SHEET.finditer(text)] if text.startswith(SHEET) else [0]
    line = 1
    for start, end in pairwise([*starts, len(text)]):
        yield line, start, end
        line += text.count("\n", start, end)


def _met(text: str, part: _Part, needs: Sequence[_Need]) -> Iterator[tuple[Header, list[_Need]]]:
    """Give every header that meets some of the needs, with those."""
    line, at, last = part
    for number, start, end in islice(_lines(text, line, at, last), _HEADER_WITHIN):
        written = text[start : min(end, start + LONGEST_ROW)]
        likely = [need for need in needs if all(word in written for word in need.words)]
        for separator in SEPARATORS if likely else ():
            names = _names(written, separator, plain=_is_plain(text, separator))
            known = frozenset(names)
            met = [need for need in likely if need.columns <= known]
            if met:
                yield Header(names, separator, number + 1, end + 1, last), met


def first_header(text: str) -> Header:
    """Give the first line that is not blank as a header, parted by what parts it most; for tables without a mapping.

    Of a workbook it is that of the first sheet.
    """
    if is_json_lines(text):
        return _json_header(text, ()) or Header((), "", 1, 0, len(text))
    _, start, last = next(_parts(text))
    if text.startswith(SHEET):
        start = text.find("\n") + 1 or last
    while start < last and text[start] == "\n":
        start += 1
    end = text.find("\n", start, last)
    line = text[start : end if end >= 0 else last]
    separator = max(SEPARATORS, key=line.count)
    names = _names(line, separator, plain=_is_plain(text, separator))
    return Header(names, separator, text.count("\n", 0, start) + 2, start + len(line) + 1, last)


def nearest_column(name: str, text: str) -> str:
    """Give a hint at the column of the first line that looks most like a name."""
    header = first_header(text)
    return did_you_mean(name, header.names) or f" It has {', '.join(header.names[:40])}."


def _names(line: str, separator: str, *, plain: bool) -> tuple[str, ...]:
    """Give the names that a line has; ``plain`` tells that its quotation marks are text."""
    try:
        cells = line.split(separator) if plain else next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return ()
    return tuple(" ".join(cell.split()) for cell in cells)


def is_json_lines(text: str) -> bool:
    """Tell whether a text is a JSON object a line."""
    return text[:1000].lstrip()[:1] == "{"


def _json_header(text: str, needed: Collection[str]) -> Header | None:
    """Give the keys of the first objects, those of objects within with a full stop between."""
    names: dict[str, None] = {}
    at = 0
    for _ in range(_HEADER_WITHIN):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)]
        names |= dict.fromkeys(_flat(line) or ())
        if end < 0:
            break
        at = end + 1
    return Header((*names,), "", 1, 0, len(text)) if set(needed) <= names.keys() else None


def _flat(line: str) -> dict[str, str] | None:
    """Give the values of an object by key as texts; None if the line is no object."""
    try:
        found = json.loads(line) if len(line) <= LONGEST_ROW else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    cells: dict[str, str] = {}
    waiting: list[tuple[str, Any]] = list(found.items())
    for name, value in waiting:
        if isinstance(value, dict):
            waiting += [(f"{name}.{key}", inner) for key, inner in value.items()]
        elif isinstance(value, list):
            cells[name] = SEVERAL.join(_said(one) for one in value if not isinstance(one, dict | list))
        else:
            cells[name] = _said(value)
    return cells


def _said(value: object) -> str:
    return "" if value is None else ("true" if value else "false") if isinstance(value, bool) else str(value).strip()


def read_rows(text: str, header: Header, *, take_short: bool = False) -> Iterator[Row]:
    """Read every row below a header; blank lines are none.

    Args:
        text: the whole text.
        header: of it.
        take_short: whether fields that a row lacks at its end are taken as empty; else it has no cells.

    Yields:
        Each row with as many cells as the header, or with what is wrong.
    """
    if not header.separator:
        return _json_rows(text, header)
    fit = _Fit(len(header.names), take_short=take_short)
    return (_sheet_rows if _is_plain(text, header.separator) else _delimited)(text, header, fit)


@dataclass(frozen=True, slots=True)
class _Fit:
    """Makes the fields of a row as many as the columns where that loses nothing."""

    width: int
    take_short: bool

    def fitted(self, cells: list[str], *, whole: bool = True) -> list[str]:
        """Leave out empty fields at the end, and add those that are lacking if they may and the row is ``whole``."""
        while len(cells) > self.width and not cells[-1].strip():
            cells.pop()
        if self.take_short and whole:
            cells += [""] * (self.width - len(cells))
        return cells

    def wrong(self, cells: list[str]) -> str:
        """Tell what is wrong with the number of fields; empty if nothing is."""
        return "" if len(cells) == self.width else f"it has {len(cells)} fields, {self.width} are needed"


def _is_plain(text: str, separator: str) -> bool:
    """Tell whether quotation marks are text: the cells of a workbook are parted by tabs and never quoted."""
    return separator == "\t" and text.startswith(SHEET)


def _sheet_rows(text: str, header: Header, fit: _Fit) -> Iterator[Row]:
    for line, start, end in _lines(text, header.line, header.at, header.end):
        wrong = f"it has {end - start:,} characters; {LONGEST_ROW:,} are taken" if end - start > LONGEST_ROW else ""
        cells = [] if wrong else [cell.strip() for cell in text[start:end].split("\t")]
        if wrong or any(cells):
            cells = fit.fitted(cells)
            yield Row(line, start, end, cells, wrong or fit.wrong(cells))


def _json_rows(text: str, header: Header) -> Iterator[Row]:
    for line, start, end in _lines(text, header.line, header.at, header.end):
        if not text[start:end].strip():
            continue
        found = _flat(text[start:end])
        wrong = "it is no whole JSON object; it may be cut off" if found is None else _half(found)
        yield Row(line, start, end, [(found or {}).get(name, "") for name in header.names], wrong)


def _half(cells: Mapping[str, str]) -> str:
    """Tell which cell cannot be written as UTF-8, since JSON can hold half of a character."""
    name = next((name for name, cell in cells.items() if not cell.isascii() and _HALF.search(cell)), None)
    return "" if name is None else f"its {shown(name)} holds half a character (a surrogate)"


_HALF: Final = re.compile("[\ud800-\udfff]")


def _lines(text: str, line: int, at: int, last: int) -> Iterator[tuple[int, int, int]]:
    while at < last:
        end = text.find("\n", at, last)
        end = last if end < 0 else end
        yield line, at, end
        line, at = line + 1, end + 1


class _NeverClosed(Exception):
    """A quotation mark opens a cell that does not end."""


def _is_well_quoted(lines: str, separator: str) -> bool:
    """Tell whether every quoted field of a row ends where the next field or the row does."""
    try:
        list(csv.reader([lines], delimiter=separator, strict=True))
    except csv.Error:
        return False
    return True


def _delimited(text: str, header: Header, fit: _Fit) -> Iterator[Row]:
    """Read rows of fields with a separator; a quoted cell may hold it, and line breaks."""
    line, at, separator, length = header.line, header.at, header.separator, header.end
    state = [at, 0]  # where the next line begins, and how many lines the row has had

    def feed() -> Iterator[str]:
        while (start := state[0]) < length:
            end = text.find("\n", start, length)
            end = length if end < 0 else end
            state[0] = end + 1
            state[1] += 1
            if state[1] > _MOST_LINES or end - start > LONGEST_ROW:
                raise _NeverClosed
            yield text[start:end] + "\n"

    reader = csv.reader(feed(), delimiter=separator)
    while True:
        state[1] = 0
        wrong = ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_NeverClosed, csv.Error):
            wrong, cells = "a quotation mark in it is never closed, or it is too long", []
        filled = any(cells)
        if len(cells) != fit.width:
            # A row of several lines is filled up only if its marks stand as they should: a stray one hides rows.
            cells = fit.fitted(cells, whole=state[1] == 1 or _is_well_quoted(text[at : state[0]], separator))
        if wrong or (state[1] > 1 and len(cells) != fit.width):
            # Only its first line is lost; what a stray quotation mark swallowed is read again.
            end = text.find("\n", at)
            state[0] = (length if end < 0 else end) + 1
            state[1] = 1
            reader = csv.reader(feed(), delimiter=separator)
            wrong = wrong or "a quotation mark in it is not closed on the line"
        end = state[0] - 1
        if wrong or filled:
            yield Row(line, at, end, [cell.strip() for cell in cells], wrong or fit.wrong(cells))
        line += state[1]
        at = state[0]
