"""The classic register, as plain text of its RTF or copied from it into tab-separated files.

A supplier is a line of its own, or stands in the first column of the row of its first recipient. The first recipient of
a supplier may have ``R:`` before it. A row without supplier or recipient carries on the one above. ``(600)`` is an
estimate, ``1973-1977`` a range, ``. .`` unknown. The comment may go on in the next lines. There is no TIV, mark or id.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from ...graph.errors import LoadError
from ..reading import Refused
from .cells import to_name, to_number, to_year, unclear
from .deals import LAYOUT as DEALS
from .preamble import is_note
from .record import Record
from .table import BREAK, LONGEST_ROW, MOST_PIECES, Layout, Row, is_blank, lines

_COLUMNS: Final = (
    *("supplier", "recipient", "ordered", "designation", "description"),
    *("order_year", "delivery_years", "delivered", "comment"),
)
_WIDTH: Final = len(_COLUMNS)
_LOOSE: Final = ("designation", "description", "comment")
_RTF_HEADER: Final = re.compile(
    r"^[ \t]*recipient \(R\)\t+ordered\tdesignation\tdescription\tof order\tdelivery\tdelivered\tComments"
    r"[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
_FIRST: Final = re.compile(r"^R:[^\t\n]*(?:\t[^\t\n]*){3}\t\(?[12]\d{3}\)?\t", re.MULTILINE)
"""The row of a first recipient, up to the year of order, by which a text without a header is known."""
_ESTIMATE: Final = re.compile(r"\(([^()]*)\)")
_YEARS: Final = re.compile(r"(\d{4})(?:[-–](\d{4}|\d\d))?", re.ASCII)

TABS: Final = Layout(
    columns={name: DEALS.columns[name] for name in _COLUMNS},
    needed=("supplier", "recipient", "ordered", "designation", "order_year", "delivered"),
    to_row=DEALS.to_row,
    separators=("\t",),
    accepts=lambda header: not {"status", "sipri tiv for total order"} & set(header.names),
)
"""The header of the copies in tabs; rows are read below."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    start: int
    text: str
    apart: bool
    """Whether a blank line or a rule is above it."""


def recognises(text: str) -> bool:
    """Tell whether a text is of this dialect: it has the header, of the RTF or of the copies, or a row with ``R:``."""
    return bool(
        _RTF_HEADER.search(text, 0, 100_000) or _FIRST.search(text, 0, 100_000) or TABS.find_header(text) is not None
    )


def read(text: str) -> Iterator[Row]:
    """Read each row, exactly one result for each; suppliers, rules and notes are no rows.

    Raises:
        LoadError: there is no header and no ``R:``, or no row.
    """
    order = list(range(_WIDTH))
    header, found = TABS.find_header(text), _RTF_HEADER.search(text, 0, 100_000)
    if header:
        start, number = header.end, header.line + 1
        order = [header.columns.get(name, -1) for name in _COLUMNS]
    elif found or (found := _FIRST.search(text)):
        # Without a header, the line above the first recipient is its supplier.
        start = found.end() if found.re is _RTF_HEADER else text.rfind("\n", 0, max(0, found.start() - 1)) + 1
        number = text.count("\n", 0, start) + 1
    else:
        names = ", ".join(TABS.columns[name][0] for name in TABS.needed)
        raise LoadError(f"No line is a header with the columns {names} in tabs, and no row begins with R:.")
    empty = True
    for row in _Register(text, order, header is not None, _ahead(text, start, number)).rows():
        empty = False
        yield row
    if empty:
        raise LoadError("There is no row in it.")


def _ahead(text: str, start: int, number: int) -> Iterator[_Line | Refused]:
    apart = True
    for at, first, last in lines(text, start, number):
        if last - first > LONGEST_ROW:
            yield Refused(at, f"it is {last - first} characters long, more than {LONGEST_ROW}")
        elif not is_blank(line := text[first:last]):
            yield _Line(at, first, line, apart)
            apart = False
        else:
            apart = True


@dataclass(slots=True)
class _Register:
    """The rows of one register, and under whom they stand."""

    text: str
    order: list[int]
    in_column: bool
    """Whether the supplier has a column."""
    source: Iterator[_Line | Refused]
    waiting: deque[_Line | Refused] = field(default_factory=deque)
    supplier: str = ""
    fresh: bool = False
    """Whether the supplier has no recipient yet."""
    recipient: str = ""

    def rows(self) -> Iterator[Row]:
        """Give each row; one is held back until it is clear that its comment does not go on."""
        held: Record | None = None
        while (line := self._peek(0)) is not None:
            self.waiting.popleft()
            if (
                isinstance(line, _Line)
                and "\t" not in line.text.rstrip(" \t")
                and not line.text.startswith(("R:", "  "))
            ):
                if self._is_supplier(line, held):
                    self.supplier, self.recipient, self.fresh = line.text.strip(" \t,;\ufeff"), "", True
                    continue
                if is_note(line.text):
                    continue
                if held and not line.apart and BREAK not in line.text:
                    held = self._longer(held, line)
                    continue
            if held:
                yield held
            row = line if isinstance(line, Refused) else self._row(line)
            held = row if isinstance(row, Record) else None
            if isinstance(row, Refused):
                if isinstance(line, Refused):
                    self.recipient = ""
                yield row
        if held:
            yield held

    def _peek(self, place: int) -> _Line | Refused | None:
        while len(self.waiting) <= place:
            line = next(self.source, None)
            if line is None:
                return None
            self.waiting.append(line)
        return self.waiting[place]

    def _is_supplier(self, line: _Line, held: Record | None) -> bool:
        """Tell a supplier from words that go on: a first recipient follows, or a row where a rule was above."""
        if self.in_column and line.text.endswith("\t\t"):
            return True
        below = self._peek(0)
        if not isinstance(below, _Line) or below.apart or len(line.text) > 100:
            return False
        return below.text.startswith("R:") or ((line.apart or held is None) and below.text.count("\t") >= _WIDTH - 3)

    def _longer(self, held: Record, line: _Line) -> Record:
        last = line.start + len(line.text)
        text = self.text[held.start : last]
        if len(text) > LONGEST_ROW:
            return held
        return replace(
            held,
            text=text,
            comment=f"{held.comment} {line.text.strip()}".strip(),
            repaired=f"joined from lines {held.line} to {line.number}",
        )

    def _row(self, line: _Line) -> Record | Refused:
        """Read a row, with the lines below it if it is broken; none of these may be a row itself."""
        if BREAK in line.text:
            self.recipient = ""
            return Refused(line.number, "it has a NUL in it")
        forms = list(self._forms(line.text))
        reason = f"it has {line.text.count(chr(9)) + 1} fields, {_WIDTH} are needed; it may be cut off or broken"
        for cells, mended in forms:
            try:
                return self._record(cells, line, mended)
            except LoadError as error:
                reason = str(error)
        record = self._joined(line) if line.text.count("\t") < _WIDTH - 2 else None
        if record is None:
            self._carry(line.text, forms[0][0] if forms else [])
        return record or Refused(line.number, reason)

    def _joined(self, line: _Line) -> Record | None:
        for pieces in range(1, MOST_PIECES):
            piece = self._peek(pieces - 1)
            if not isinstance(piece, _Line) or piece.apart or piece.text.count("\t") >= _WIDTH - 2:
                return None
            if piece.text.startswith("R:") or BREAK in piece.text or is_note(piece.text):
                return None
            text = self.text[line.start : piece.start + len(piece.text)]
            repaired = f"joined from lines {line.number} to {piece.number}"
            for between in (BREAK, "\t"):
                for cells, _ in self._forms(text.replace("\n", between)):
                    try:
                        record = self._record(cells, replace(line, text=text), repaired)
                    except LoadError:
                        continue
                    for _ in range(pieces):
                        self.waiting.popleft()
                    return record
        return None

    def _carry(self, line: str, cells: list[str]) -> None:
        """Keep for the rows below whom a refused row names; nobody if that is unclear."""
        supplier, recipient = (" ".join(cell.split()) for cell in (cells or ["", ""])[:2])
        recipient = recipient.removeprefix("R:").strip()
        if supplier or (not cells and self.in_column and line[:1].strip()):
            self.supplier, self.recipient = supplier, ""
        elif not cells:
            self.recipient = ""
        self.recipient = recipient or self.recipient
        self.fresh = self.fresh and not recipient

    def _forms(self, text: str) -> Iterator[tuple[list[str], str]]:
        """Give the nine cells in the order of ``_COLUMNS``, in each way in which a row may be meant.

        The column of the supplier may be missing, and so may be the comment together with its tab.
        """
        cells = text.split("\t")
        while len(cells) > _WIDTH and is_blank(cells[-1]):
            cells.pop()
        usual = self.order == list(range(_WIDTH))
        mended = "tabs within the comment were taken as text"
        if self.in_column or is_blank(cells[0]):
            if len(cells) == _WIDTH:
                yield [cells[at] if at >= 0 else "" for at in self.order], ""
            elif len(cells) == _WIDTH - 1 and is_blank(cells[0]) and usual:
                yield [*cells, ""], ""
            elif len(cells) > _WIDTH and usual:
                yield [*cells[: _WIDTH - 1], " ".join(cells[_WIDTH - 1 :])], mended
        if usual and cells[0].startswith((" ", "R:", "\xa0")) and not is_blank(cells[0]) and len(cells) >= _WIDTH - 2:
            rest = cells[_WIDTH - 2 :]
            more = any(not is_blank(cell) for cell in rest[1:])
            yield ["", *cells[: _WIDTH - 2], " ".join(rest)], mended if more else ""
        elif len(cells) == _WIDTH - 1 and self.in_column and usual and not is_blank(cells[0]):
            yield [*cells, ""], ""

    def _record(self, cells: list[str], line: _Line, repaired: str) -> Record:
        supplier, recipient, ordered, designation, description, order_year, years, delivered, comment = _healed(cells)
        begins = recipient.startswith("R:")
        recipient = recipient.removeprefix("R:").strip()
        estimated: list[str] = []
        number_ordered = to_number(_plain(ordered, "quantity_ordered", estimated), "No. ordered")
        number_delivered = to_number(_plain(delivered, "quantity_delivered", estimated), "No. delivered")
        year = to_year(_plain(order_year, "order_year", estimated), "year of order")
        delivery_years = _delivery_years(years, estimated)
        to_name(designation, "weapon designation")
        if not supplier and (not self.supplier or (begins and not self.fresh)):
            self.supplier = ""
            raise LoadError("it has no supplier, nor is one named above it")
        if not recipient and (not self.recipient or supplier not in {"", self.supplier}):
            raise LoadError("it has no recipient, nor is one named above it")
        self.supplier, self.recipient = supplier or self.supplier, recipient or self.recipient
        self.fresh = False
        return Record(
            line=line.number,
            start=line.start,
            text=line.text,
            supplier=self.supplier,
            recipient=self.recipient,
            designation=designation,
            description=description,
            order_year=year,
            ordered=number_ordered,
            delivered=number_delivered,
            delivery_years=delivery_years,
            estimated=tuple(estimated),
            comment=comment,
            repaired=repaired,
        )


def _healed(cells: list[str]) -> list[str]:
    """Give cells without needless spaces; a break may run only through those that hold free words."""
    cells = [cell.strip(" \xa0" + BREAK) for cell in cells]
    if any(BREAK in cell and name not in _LOOSE for name, cell in zip(_COLUMNS, cells, strict=True)):
        raise LoadError("it is broken within a name or number")
    return [" ".join(cell.replace(BREAK, " ").split()) for cell in cells]


def _plain(cell: str, told: str, estimated: list[str]) -> str:
    """Take the brackets off an estimate and note of which field it is one; ``. .`` and ``()`` are empty."""
    found = _ESTIMATE.fullmatch(cell)
    inner = (found[1] if found else cell).strip()
    if inner.replace(" ", "") == "..":
        return ""
    if found and inner:
        estimated.append(told)
    return inner


def _delivery_years(cell: str, estimated: list[str]) -> tuple[int, ...]:
    """Read years and ranges; of a range of more than two years it is not sure that there was a delivery in each."""
    years: set[int] = set()
    sure = True
    for part in re.split(r"[;, ]+", cell):
        inner = part.strip("()")
        if not inner or inner == ".":
            continue
        found = _YEARS.fullmatch(inner)
        if found is None:
            raise unclear(cell, "year(s) of delivery")
        first = to_year(found[1], "year of delivery") or 0
        last = to_year(found[1][:2] + found[2] if len(found[2] or "") == 2 else found[2] or found[1], "year") or 0
        if last < first:
            raise unclear(cell, "range of years")
        years.update(range(first, last + 1))
        sure = sure and last - first < 2 and inner == part
    if not sure:
        estimated.append("delivery_years")
    return tuple(sorted(years))
