"""The loader of the arms transfers register: its rows, in whatever dialect, become claims one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ...graph.claims import Claim, Document, Source
from ...graph.errors import LoadError
from ...graph.statements import DescriptionStatement, Statement
from ..reading import Given, Reading, Refused, Remark, Tally, to_claim
from .dialects import Dialect, find_dialect, get_dialect, to_plain
from .preamble import find_date, find_licence, find_scope
from .record import Record, Total
from .statements import deal_key, find_anachronisms, to_description, to_statements
from .table import Row

VERSION: Final = 3
"""Of the rules by which rows become claims."""


def recognises(_path: Path, text: str) -> bool:
    """Tell whether a text is the register in one of its dialects, whatever its file is called."""
    return find_dialect(to_plain(text)) is not None


def read(path: Path, text: str, given: Given) -> Reading:
    """Read a register.

    Args:
        path: the file, for its name.
        text: its text.
        given: what the user said of it.

    Returns:
        The reading; the document's content is what the rows' offsets count in, of an RTF file its plain text.

    Raises:
        LoadError: it is in no dialect that is known.
    """
    plain = to_plain(text)
    dialect = get_dialect(plain, str(path))
    published, scope = given.published_on or find_date(plain), find_scope(plain)
    document = Document(
        path.name,
        plain,
        Source(given.source or "SIPRI Arms Transfers Database", given.reliability),
        "sipri",
        published,
        licence=find_licence(plain),
        keeps_text=False,
        register=f"SIPRI {dialect.name}: {scope}" if scope and published else None,
    )
    tally = Tally()
    return Reading(document, _claims(path, document, dialect, tally, strict=given.strict), tally)


def _claims(path: Path, document: Document, dialect: Dialect, tally: Tally, *, strict: bool) -> Iterator[Claim]:
    extractor = f"sipri-{dialect.name}/{VERSION}"
    for found in _understood(_rows(path, dialect, document.content)):
        tally.read += 1
        if isinstance(found, Refused):
            tally.refuse(path, found.row, found.reason, strict=strict)
            continue
        row, stated = found
        if row.repaired:
            tally.repaired.append(Remark(row.line, row.repaired))
        tally.flagged += [Remark(row.line, odd) for odd in find_anachronisms(stated[0])]
        place = row.line, row.start, row.start + len(row.text)
        for statement in stated:
            yield to_claim(document, place, statement, extractor)


def _rows(path: Path, dialect: Dialect, text: str) -> Iterator[Row]:
    try:
        yield from dialect.read(text)
    except LoadError as error:
        raise LoadError(f"{path}: {error}") from error


def _understood(rows: Iterable[Row]) -> Iterator[tuple[Record | Total, list[Statement]] | Refused]:
    """Give each row with what it states, or refuse it. The first row that says of which class a system is states it."""
    alike: Counter[tuple[object, ...]] = Counter()
    described: set[DescriptionStatement] = set()
    for row in rows:
        if isinstance(row, Refused):
            yield row
            continue
        try:
            ordinal = 1
            if isinstance(row, Record) and row.database_id is None:
                key = deal_key(row)
                ordinal = alike[key] = alike[key] + 1
            stated = list(to_statements(row, ordinal))
            described_here = to_description(row) if isinstance(row, Record) else None
            if described_here is not None and described_here not in described:
                described.add(described_here)
                stated.append(described_here)
            yield row, stated
        except LoadError as error:
            yield Refused(row.line, str(error).rstrip("."))
