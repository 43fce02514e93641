"""Tables of lines and separators: where the header is, what is a row, and how rows that were broken are mended."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from ...graph.errors import LoadError
from ..reading import Refused
from .preamble import is_note
from .record import Record, Total

Row: TypeAlias = Record | Total | Refused
Place: TypeAlias = tuple[int, int, str]
"""Number of the first line, offset in the text, and the words of a row."""
ToRow: TypeAlias = Callable[[list[str], Place, str], Record | Total | None]
"""Makes a row of its cells, its place and what was mended; None if it is a footer. Raises LoadError."""

LONGEST_ROW: Final = 20_000
"""Characters; the longest row of the register has 800."""
_WITHIN: Final = 100_000
"""Characters of the text within which a header must begin."""
MOST_PIECES: Final = 10
"""Lines into which a row may be broken."""
_BLANK: Final = ' ,;\t"\r\f\v\ufeff\xa0'
BREAK: Final = "\0"
"""Stands for the line break within a row while it is parted; a row that has one of its own is refused."""


@dataclass(frozen=True, slots=True)
class Header:
    """The line that names the columns.

    Attributes:
        line: its number, from 1.
        end: offset of the line below it.
        names: its cells in lower case.
        columns: field -> number of its column, from 0.
        width: how many fields a row has.
        separator: what parts them.
    """

    line: int
    end: int
    names: tuple[str, ...]
    columns: Mapping[str, int]
    width: int
    separator: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What a dialect's tables look like.

    Attributes:
        columns: field -> the names, in lower case, that its column goes by.
        needed: the fields without which a line is no header.
        to_row: makes for a header what makes rows of cells.
        loose: the fields of free words, in which a comma or a line break may have slipped.
        flagged: the fields whose ``?`` has the nameless column behind theirs.
        separators: what may part the fields.
        accepts: whether a header is of this dialect after all.
        footers: how the lines begin, in lower case, that are no rows beside those that ``preamble`` knows.
    """

    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    to_row: Callable[[Header], ToRow]
    loose: tuple[str, ...] = ()
    flagged: tuple[str, ...] = ()
    separators: tuple[str, ...] = (",", ";", "\t")
    accepts: Callable[[Header], bool] = field(default=lambda _header: True)
    footers: tuple[str, ...] = ()

    def header_of(self, line: str, number: int = 0, end: int = 0) -> Header | None:
        """Read a line as a header, its columns in any order; None if it is none."""
        for separator in self.separators:
            if line.count(separator) < len(self.needed) - 1:
                continue
            names = tuple(" ".join(cell.strip(' "').split()).casefold() for cell in split(line, separator))
            columns = {
                name: names.index(spelling)
                for name, spellings in self.columns.items()
                for spelling in reversed(spellings)
                if spelling in names
            }
            if not all(name in columns for name in self.needed):
                continue
            known = set(columns.values())
            flags = {column + 1 for name, column in columns.items() if name in self.flagged} - known
            last = max([*(at for at, name in enumerate(names) if name), *(at for at in flags if at < len(names))])
            header = Header(number, end, names, columns, last + 1, separator)
            if self.accepts(header):
                return header
        return None

    def find_header(self, text: str) -> Header | None:
        """Find the line that names the columns; None if none does."""
        for number, start, end in lines(text):
            if start > _WITHIN:
                return None
            header = self.header_of(text[start:end], number, end + 1) if end - start <= LONGEST_ROW else None
            if header:
                return header
        return None

    def read(self, text: str) -> Iterator[Row]:
        """Read each row below the header, exactly one result for each.

        Raises:
            LoadError: there is no header, or no row.
        """
        header = self.find_header(text)
        if header is None:
            needed = ", ".join(self.columns[name][0] for name in self.needed)
            raise LoadError(f"No line is a header with the columns {needed}.")
        empty = True
        for row in _Rows(text, self, header):
            empty = False
            yield row
        if empty:
            raise LoadError(f"There is a header in line {header.line} and no row below it.")


def lines(text: str, start: int = 0, number: int = 1) -> Iterator[tuple[int, int, int]]:
    """Give number, start and end of each line from an offset on; the text is never parted as a whole."""
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield number, start, end
        start, number = end + 1, number + 1


def is_blank(line: str) -> bool:
    """Tell whether a line is no row because it holds nothing but separators."""
    return not line.strip(_BLANK)


def split(line: str, separator: str) -> list[str]:
    """Part a line into cells without spaces around them; quotation marks count, a spreadsheet may have set them."""
    if line[-1:] in " ;,":
        line = _without_trail(line, separator)
    plain = line.split(separator)
    if '"' in line:
        cells = _quoted(line, separator)
        whole = [cell for cell in cells if cell.strip()]
        if (
            len(whole) == 1 and whole[0] is cells[0] and separator in whole[0]
        ):  # the spreadsheet took the row for a cell
            return split(whole[0], separator)
        # A quotation mark that is never closed is one of the words.
        plain = plain if line.count('"') % 2 and len(cells) < len(plain) else cells
    return [cell.strip() for cell in plain]


def _without_trail(line: str, separator: str) -> str:
    """Cut off what a spreadsheet added: from the first separator on that is not the table's, where only such follow."""
    end = len(line.rstrip(" ;,"))
    trail = min((at for sign in ";," if sign != separator and (at := line.find(sign, end)) >= 0), default=len(line))
    return line[:trail]


def _quoted(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line.replace("\r", " ")], delimiter=separator), [])
    except csv.Error:
        return line.split(separator)


def demand(cells: list[str], place: Place, header: Header) -> None:
    """Refuse a row that has not as many fields as the header, or a NUL."""
    if "\0" in place[2]:
        raise LoadError("it has a NUL in it")
    if len(cells) != header.width:
        raise LoadError(f"it has {len(cells)} fields, {header.width} are needed; it may be cut off or broken")


@dataclass(slots=True)
class _Rows:
    """The rows of one table.

    A row that is whole goes the short way; what does not fit is tried as a row with a comma too many, then as one that
    goes on in the next lines, and is refused alone if neither gives exactly one row.
    """

    text: str
    layout: Layout
    header: Header

    def __iter__(self) -> Iterator[Row]:
        text, header = self.text, self.header
        to_row, width, separator = self.layout.to_row(header), header.width, header.separator
        start, number, length = header.end, header.line + 1, len(text)
        while start < length:
            end = text.find("\n", start)
            end = length if end < 0 else end
            row: Record | Total | Refused | None = None
            if end - start > LONGEST_ROW:
                row = Refused(number, f"it is {end - start} characters long, more than {LONGEST_ROW}")
            elif not is_blank(line := text[start:end]):
                try:
                    row = to_row(_cut(split(line, separator), width), (number, start, line), "")
                except LoadError as error:
                    again = self.layout.header_of(line, number, end + 1)
                    if again:
                        self.header = again
                        to_row, width, separator = self.layout.to_row(again), again.width, again.separator
                    else:
                        row, last = self._mended(to_row, number, start, end, str(error))
                        number += text.count("\n", start, last) if last > end else 0
                        end = max(end, last)
            if row is not None:
                yield row
            start, number = end + 1, number + 1

    def _mended(self, to_row: ToRow, number: int, start: int, end: int, reason: str) -> tuple[Row | None, int]:
        """Give the row as far as it can be mended, and where it ends."""
        line = self.text[start:end]
        if is_note(line) or line.lstrip('" \ufeff').casefold().startswith(self.layout.footers):
            return None, end
        cells = _cut(split(line, self.header.separator), self.header.width)
        try:
            if len(cells) > self.header.width and BREAK not in line:
                return self._merged(to_row, cells, (number, start, line)), end
            if len(cells) < self.header.width and BREAK not in line:
                row, last = self._joined(to_row, number, start, end)
                if row:
                    return row, last
        except LoadError as error:
            reason = str(error)
        return Refused(number, reason), end

    def _merged(self, to_row: ToRow, cells: list[str], place: Place) -> Record | Total | None:
        """Read a row with fields too many, if there is one column only in which they can be words with commas."""
        more, found = len(cells) - self.header.width, []
        for name in self.layout.loose:
            at = self.header.columns.get(name, len(cells))
            words = f"{self.header.separator} ".join(cells[at : at + more + 1])
            merged = [*cells[:at], words, *cells[at + more + 1 :]]
            try:
                found.append(
                    to_row(merged, place, f"{more} separators within {self.layout.columns[name][0]} were taken as text")
                )
            except LoadError:
                continue
        if len(found) != 1:
            raise LoadError(
                f"it has {len(cells)} fields, {self.header.width} are needed; "
                f"{'the words may part in more than one way' if found else 'no column can be meant'}"
            )
        return found[0]

    def _joined(self, to_row: ToRow, number: int, start: int, end: int) -> tuple[Row | None, int]:
        """Read a row with fields too few together with the lines below it, as long as none of them is a row itself."""
        separator, width = self.header.separator, self.header.width
        pieces = 1
        for _, first, last in lines(self.text, end + 1):
            line = self.text[first : min(last, first + LONGEST_ROW)]
            if is_blank(line):
                continue
            pieces += 1
            if pieces > MOST_PIECES or last - start > LONGEST_ROW or self._begins_row(line):
                break
            text = self.text[start:last]
            repaired = f"joined from lines {number} to {number + text.count(chr(10))}"
            for between in (BREAK, separator):
                cells = _cut(split(text.replace("\n", between), separator), width)
                if len(cells) == width and (cells := self._healed(cells)):
                    try:
                        return to_row(cells, (number, start, text), repaired), last
                    except LoadError:
                        continue
        return None, end

    def _begins_row(self, line: str) -> bool:
        """Tell whether a line is no rest of a row, but a row or the start of one, or a line around the rows."""
        if is_note(line) or BREAK in line:
            return True
        cells = _cut(split(line, self.header.separator), self.header.width)
        columns = [self.header.columns.get(name, 0) for name in ("supplier", "recipient", "order_year")]
        if len(cells) >= self.header.width:
            return True
        supplier, recipient, year = (cells[at] if at < len(cells) else "" for at in columns)
        return bool(supplier and recipient and year.isdigit() and len(year) == 4)

    def _healed(self, cells: list[str]) -> list[str]:
        """Give the cells of a joined row; none if the break runs through one that holds no words."""
        loose = {self.header.columns.get(name) for name in self.layout.loose}
        cells = [cell.strip(" " + BREAK) for cell in cells]
        if any(BREAK in cell and at not in loose for at, cell in enumerate(cells)):
            return []
        return [" ".join(cell.split(BREAK)) if BREAK in cell else cell for cell in cells]


def _cut(cells: list[str], width: int) -> list[str]:
    """Cut off the empty fields that a spreadsheet added at the end."""
    while len(cells) > width and not cells[-1]:
        cells.pop()
    return cells
