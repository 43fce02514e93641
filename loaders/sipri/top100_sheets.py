"""The sheets of the Top 100 workbook: their columns, whatever their layout, their rows and their footnotes.

A sheet is the list of one year. Above the header a line says in what the figures are; the header stands in the fourth
row; behind the firms come footnotes, each a letter and a text. Six layouts differ in which columns there are, and in
their order. ``. .`` means that a figure is not available.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from ...graph.errors import LoadError
from ..reading import Refused
from ..workbook import Sheet, read_sheets
from .cells import unclear

_MOST_LINES_ABOVE: Final = 12
_UNIT: Final = re.compile(r"in millions of US\$", re.IGNORECASE)
_RANK: Final = re.compile(r"rank \((\d{4})\)", re.ASCII)
_SALES: Final = re.compile(
    r"arms sales (?:\((?P<current>\d{4})\)|(?P<year>\d{4}) \(constant (?:prices )?(?P<prices>\d{4})(?: prices)?\))",
    re.ASCII,
)
_FOOTNOTE_MARK: Final = re.compile(r" ?(?:\*? ?note ?)?\([a-z]\)$")
_FOOTNOTE: Final = re.compile(r"([a-z])\t(\S.*)")
_BRACKETS: Final = re.compile(r"(.+?) \(([^()]+)\)")
_FIGURE: Final = re.compile(r"\d{1,9}(?:\.\d{1,20})?", re.ASCII)
_MISSING: Final = frozenset(("", ". .", "..", "-", "–"))
CURRENCY: Final = "USD"


@dataclass(frozen=True, slots=True)
class FirmYear:
    """One row: a firm in the list of one year.

    Attributes:
        line: number of its line in the text of the workbook, from 1.
        start: offset of the line in the text, in code points.
        text: the row, cells parted by tabs.
        place: sheet and row, for messages.
        year: of the list.
        rank: in the list; ``S`` for a subsidiary, whose sales are counted in its parent's too.
        earlier_rank: in the list of the year before; empty if it had none.
        name: of the firm, without the brackets behind it.
        parent: what the brackets hold, such as ``BAE Systems UK``; empty if there are none.
        country: as written.
        sales: (year, year of the prices or None for current ones) -> arms sales in millions of ``CURRENCY``.
        notes: texts of the footnotes to the row.
    """

    line: int
    start: int
    text: str
    place: str
    year: int
    rank: str
    earlier_rank: str
    name: str
    parent: str
    country: str
    sales: Mapping[tuple[int, int | None], float]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where in a sheet what stands: numbers of columns, from 0."""

    header: int
    year: int
    ranks: Mapping[int, int]
    company: int
    country: int
    notes: int | None
    sales: Mapping[tuple[int, int | None], int]
    unread: tuple[str, ...]


@dataclass(slots=True)
class Lists:
    """The lists of a workbook.

    Attributes:
        rows: what the rows of all lists say, or why they could not be understood, in their order.
        left_out: sheets that are no list, each with the reason and how many rows it has.
        unread: names of columns that are not read.
    """

    rows: list[FirmYear | Refused] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def recognises(text: str) -> bool:
    """Tell whether the text of a workbook holds lists: a sheet has their columns."""
    return any(_find_columns(sheet) for sheet in read_sheets(text))


def read_lists(text: str) -> Lists:
    """Read all lists of a workbook.

    Raises:
        LoadError: no sheet is one.
    """
    lists = Lists()
    years: set[int] = set()
    for sheet in read_sheets(text):
        columns = _find_columns(sheet)
        if columns is None:
            reason = "it has no columns for rank, company, country and arms sales"
        elif not any(_UNIT.search(row) for row in sheet.rows[: columns.header]):
            reason = "no line above its header says in what its figures are"
        elif columns.year in years:
            reason = f"it is a second list of {columns.year}"
        else:
            years.add(columns.year)
            lists.rows += _rows(sheet, columns)
            lists.unread += [name for name in columns.unread if name not in lists.unread]
            continue
        filled = sum(1 for row in sheet.rows if row)
        lists.left_out.append(f"sheet {sheet.name[:80]!r} with {filled} rows is not read: {reason}")
    if not lists.rows:
        raise LoadError("No sheet of the workbook is a list of the Top 100: " + "; ".join(lists.left_out[:5]) + ".")
    return lists


def _find_columns(sheet: Sheet) -> _Columns | None:
    for number, row in enumerate(islice(sheet.rows, _MOST_LINES_ABOVE)):
        names = [_FOOTNOTE_MARK.sub("", " ".join(cell.split()).casefold()) for cell in row.split("\t")]
        ranks = {int(found[1]): at for at, name in enumerate(names) if (found := _RANK.fullmatch(name))}
        sales = {
            (int(found["current"] or found["year"]), int(found["prices"]) if found["prices"] else None): at
            for at, name in enumerate(names)
            if (found := _SALES.fullmatch(name))
        }
        if ranks and (max(ranks), None) in sales and {"company", "country"} <= set(names):
            notes = next((at for at, name in enumerate(names) if name.startswith("notes")), None)
            company, country = names.index("company"), names.index("country")
            read = {*ranks.values(), *sales.values(), company, country, notes}
            unread = [re.sub(r" ?\(\d{4}\)", "", name) for at, name in enumerate(names) if at not in read and name]
            return _Columns(number, max(ranks), ranks, company, country, notes, sales, tuple(unread))
    return None


def _rows(sheet: Sheet, columns: _Columns) -> Iterator[FirmYear | Refused]:
    footnotes = {found[1]: found[2] for row in sheet.rows if (found := _FOOTNOTE.fullmatch(row.strip()))}
    start = sheet.start
    for number, row in enumerate(sheet.rows):
        cells = row.split("\t")
        # A row of one or two cells is a title or a footnote: a firm has a country and sales at least.
        if number > columns.header and row and not (len(cells) <= 2 and not cells[0].strip().isdecimal()):
            line = sheet.line + number
            place = f"sheet {sheet.name.strip()[:80]!r}, row {number + 1}"
            try:
                yield _row(cells, columns, footnotes, (line, start, row, place))
            except LoadError as error:
                yield Refused(line, f"{place}: {error}")
        start += len(row) + 1


def _row(
    cells: list[str], columns: _Columns, footnotes: Mapping[str, str], where: tuple[int, int, str, str]
) -> FirmYear:
    def cell(at: int | None) -> str:
        return cells[at].strip() if at is not None and at < len(cells) else ""

    rank, written = cell(columns.ranks[columns.year]), " ".join(cell(columns.company).split())
    if not written:
        raise LoadError("it has no company")
    if rank != "S" and not rank.isdecimal():
        raise unclear(rank, "rank")
    bracket = _BRACKETS.fullmatch(written)
    if rank == "S" and not bracket:
        raise LoadError(f"{written[:80]!r} is a subsidiary, and no brackets name its parent")
    letters = re.findall(r"[a-z]", cell(columns.notes))
    if unknown := [letter for letter in letters if letter not in footnotes]:
        raise LoadError(f"there is no footnote {unknown[0]!r}")
    figures = {basis: _figure(cell(at)) for basis, at in columns.sales.items()}
    return FirmYear(
        *where,
        year=columns.year,
        rank=rank,
        earlier_rank=cell(columns.ranks.get(columns.year - 1)),
        name=bracket[1] if bracket else written,
        parent=bracket[2].strip() if bracket else "",
        country=cell(columns.country),
        sales={basis: figure for basis, figure in figures.items() if figure is not None},
        notes=tuple(footnotes[letter] for letter in letters),
    )


def _figure(cell: str) -> float | None:
    if cell in _MISSING:
        return None
    if not _FIGURE.fullmatch(cell):
        raise unclear(cell, "figure of arms sales")
    return float(cell)
