"""The deals dialect: one row a deal, comma-separated and never quoted, a preamble above the header.

Header of the export: ``Recipient,Supplier,Year of order, ,Number ordered, ,…``; the columns named with one space hold
the ``?`` of the column before them.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from ...graph.claims import Claim, Document, Source
from ...graph.errors import LoadError
from ..reading import Given, Reading, Refused
from .record import Record

EXTRACTOR: Final = "sipri-deals/1"
_LICENCE: Final = "Source: SIPRI Arms Transfers Database (c) SIPRI."
_NEEDED: Final = ("recipient", "supplier", "year of order", "number ordered", "weapon designation", "number delivered")
_TIV_ORDER: Final = "sipri tiv for total order"
_TIV_DELIVERED: Final = "sipri tiv of delivered weapons"
_FLAGGED: Final = {
    "year of order": "order_year",
    "number ordered": "quantity_ordered",
    "number delivered": "quantity_delivered",
}
_GENERATED: Final = re.compile(r"^Data generated: *(\d{1,2} \w+ \d{4})", re.MULTILINE)
_WHOLE: Final = re.compile(r"\d{1,9}")


def recognises(_path: Path, text: str) -> bool:
    """Tell whether a text is of this dialect, whatever its file is called: one of its first lines is the header."""
    return any(_header(line) for line in text.split("\n", 60)[:60])


def read(path: Path, text: str, given: Given) -> Reading:
    """Read a register into one claim a row.

    Args:
        path: the file, for its name.
        text: its text.
        given: what the user said of it.

    Raises:
        LoadError: it has no header, or no row.
    """
    lines = text.split("\n")
    top = next((number for number, line in enumerate(lines) if _header(line)), None)
    if top is None:
        raise LoadError(f"{path} is no register of deals: no line has the columns {', '.join(_NEEDED)}.")
    source = Source(given.source or "SIPRI Arms Transfers Database", given.reliability)
    published = given.published_on or _generated(text)
    document = Document(path.name, text, source, "sipri", published, licence=_licence(text), keeps_text=False)
    claims, refused, rows = [], [], 0
    equals: Counter[tuple[str, str, str, int | None]] = Counter()
    start = sum(len(line) + 1 for line in lines[: top + 1])
    columns = _header(lines[top])
    for number, line in enumerate(lines[top + 1 :], start=top + 2):
        if line.strip(" ,;"):
            rows += 1
            try:
                record = _record(line, number, start, columns)
                equals[record.key] += 1
                claims.append(_claim(document, record, equals[record.key]))
            except LoadError as error:
                refused.append(Refused(number, str(error)))
        start += len(line) + 1
    if not rows:
        raise LoadError(f"{path} has a header in line {top + 1} and no row below it.")
    return Reading(document, claims, rows, tuple(refused))


def _claim(document: Document, record: Record, ordinal: int) -> Claim:
    return Claim(
        document=document.id,
        quote=record.text,
        start=record.start,
        end=record.start + len(record.text),
        row=record.line,
        statement=record.to_statement(ordinal),
        extractor=EXTRACTOR,
        published_on=document.published_on,
    )


def _record(line: str, number: int, start: int, columns: Mapping[str, int]) -> Record:
    cells = [cell.strip() for cell in _cells(line)]
    if len(cells) <= max(columns[name] for name in _NEEDED):
        raise LoadError(
            f"it has {len(cells)} fields, {max(columns.values()) + 1} are needed; the row may be broken in two"
        )

    def cell(name: str) -> str:
        return cells[columns[name]] if name in columns and columns[name] < len(cells) else ""

    for name in ("recipient", "supplier", "weapon designation"):
        if not cell(name):
            raise LoadError(f"it has no {name}")
    years = tuple(
        sorted(_year(part, "year(s) of delivery") for part in re.split(r"[; ]+", cell("year(s) of delivery")) if part)
    )
    flags = [
        field for name, field in _FLAGGED.items() if columns[name] + 1 < len(cells) and cells[columns[name] + 1] == "?"
    ]
    return Record(
        line=number,
        start=start,
        text=line,
        supplier=cell("supplier"),
        recipient=cell("recipient"),
        designation=cell("weapon designation"),
        description=cell("weapon description"),
        order_year=_year(cell("year of order"), "year of order") if cell("year of order") else None,
        ordered=_number(cell("number ordered"), "number ordered"),
        delivered=_number(cell("number delivered"), "number delivered"),
        delivery_years=years,
        estimated=tuple(flags),
        condition=cell("status"),
        comment=cell("comments"),
        tiv_order=_tiv(cell(_TIV_ORDER)),
        tiv_delivered=_tiv(cell(_TIV_DELIVERED)),
    )


def _header(line: str) -> dict[str, int]:
    """Give the columns of a header by their names in lower case; empty if the line is none."""
    cells = [cell.strip().lower() for cell in line.replace('"', "").split(",")] if "," in line[:200] else []
    known = {cell: number for number, cell in reversed(list(enumerate(cells))) if cell}
    return known if set(_NEEDED) <= set(known) else {}


def _cells(line: str) -> list[str]:
    """Part a line at its commas; quotation marks count, for a spreadsheet may have put them there."""
    try:
        return next(csv.reader([line]), [])
    except csv.Error as error:
        raise LoadError(f"it cannot be parted into fields: {error}") from error


def _year(text: str, column: str) -> int:
    year = _number(text, column)
    if year is None or not 1900 <= year <= 2100:
        raise LoadError(f"{text!r} is no {column}")
    return year


def _number(text: str, column: str) -> int | None:
    if text and not _WHOLE.fullmatch(text):
        raise LoadError(f"{text!r} is no {column}")
    return int(text) if text else None


def _tiv(text: str) -> float | None:
    """Read a TIV; empty and 0 (less than half a million) are both unknown."""
    if not re.fullmatch(r"\d{0,9}(\.\d{1,9})?", text):
        raise LoadError(f"{text!r} is no TIV")
    return float(text) or None if text else None


def _generated(text: str) -> str | None:
    found = _GENERATED.search(text[:20_000])
    try:
        return datetime.strptime(found[1], "%d %B %Y").date().isoformat() if found else None
    except ValueError:
        return None


def _licence(text: str) -> str | None:
    return _LICENCE if _LICENCE in text[:20_000] else None
