"""The loader of tables that a mapping reads: rows become claims one after the other, each with its words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Final

from ...graph.claims import Claim, Document, Source
from ...graph.errors import LoadError
from ...graph.names import did_you_mean
from ..reading import Given, Reading, counted, to_claim
from ..workbook import SHEET, read_sheets
from .folding import Folding, Told
from .model import MappingSpec, MappingWrong
from .reader import parse_mapping, read_mapping
from .rows import LeftOut, ToStated, refuse_missing, refuse_twice, to_rows
from .sameness import to_missing
from .tables import Header, find_fitting, find_headers, first_header, nearest_column, read_rows
from .tally import MappingTally

VERSION: Final = 2
"""Of the rules by which rows become claims."""
_MOST_TOLD: Final = 20
"""Sheets, and columns, that a note names."""
_PACKAGE: Final = f"{__package__.rpartition('.')[0]}.mappings"


@cache
def shipped() -> dict[str, MappingSpec]:
    """Give the mappings that come with legation, by name."""
    found = (one for one in files(_PACKAGE).iterdir() if one.name.endswith(".yaml"))
    specs = (
        parse_mapping(one.read_text(encoding="utf-8"), one.name) for one in sorted(found, key=lambda one: one.name)
    )
    return {spec.name: spec for spec in specs}


def get_mapping(name: str) -> MappingSpec:
    """Give the mapping that somebody names: a file, or one that comes with legation.

    Raises:
        MappingWrong: there is no such file and none of that name, or the file is no mapping.
    """
    if name in shipped():
        return shipped()[name]
    path = Path(name)
    if path.suffix.lower() not in (".yaml", ".yml") and not path.exists():
        raise MappingWrong(
            f"{name!r} is no file, and no mapping that comes with legation: those are {', '.join(shipped())}."
            f"{did_you_mean(name, shipped())}"
        )
    return read_mapping(path)


def find_shipped(text: str) -> MappingSpec | None:
    """Find the mapping that comes with legation and whose columns a table has; None if none or several fit."""
    fits = find_fitting(text, {name: spec.columns_used() for name, spec in shipped().items()})
    return shipped()[fits[0]] if len(fits) == 1 else None


def recognises(_path: Path, text: str) -> bool:
    """Tell whether a text is a table that one of our mappings reads."""
    return find_shipped(text) is not None


def read(path: Path, text: str, given: Given) -> Reading:
    """Read a table by the mapping that the user gives, or by ours that has its columns.

    Args:
        path: the file, for its name.
        text: its text.
        given: what the user said of it; its reliability goes before that of the mapping unless it is F.

    Raises:
        MappingWrong: there is no such mapping, it is none, or it does not fit the table.
    """
    spec = get_mapping(given.mapping) if given.mapping else find_shipped(text)
    if spec is None:
        raise MappingWrong(
            f"{path}: none of our mappings ({', '.join(shipped())}) has the columns of this table. "
            "Name yours with --mapping; `legation mapping guess` writes a first one."
        )
    headers = get_headers(spec, path, text)
    document = Document(
        path.name,
        text,
        Source(
            given.source or spec.source.name,
            given.reliability if given.reliability != "F" else spec.source.reliability,
        ),
        "mapping",
        given.published_on or spec.source.published,
        spec.source.address,
        spec.source.licence,
        keeps_text=False,
    )
    tally = MappingTally()
    claims = _claims(path, document, spec, headers, tally, strict=given.strict)
    return Reading(document, claims, tally, note=_note(spec, text, headers))


def _note(spec: MappingSpec, text: str, headers: Sequence[Header]) -> str:
    """Say which sheets of a workbook are not read; empty if there are none, and of any other table."""
    needed = [*spec.columns_used()]
    named = ", ".join(needed[:_MOST_TOLD]) + (" …" if len(needed) > _MOST_TOLD else "")
    sheets = [*read_sheets(text)]
    starts = [sheet.start for sheet in sheets]
    read_ones = {bisect_left(starts, header.at) - 1 for header in headers}
    told = [
        f"sheet {sheet.name.strip()[:80]!r} with {counted(sum(map(bool, sheet.rows)), 'row')} is not read: "
        f"no line of it names all of the columns {named}"
        for at, sheet in enumerate(sheets)
        if at not in read_ones
    ]
    more = [f"{len(told) - _MOST_TOLD} more sheets are not read"] if len(told) > _MOST_TOLD else []
    note = "; ".join([*told[:_MOST_TOLD], *more])
    return f"{note[0].upper()}{note[1:]}." if note else ""


def get_headers(spec: MappingSpec, path: Path, text: str) -> list[Header]:
    """Give the header of a table that has all columns of a mapping; of a workbook those of all sheets that do.

    Raises:
        MappingWrong: a column is not there, or several times; the message names it, and the nearest that is.
    """
    headers = find_headers(text, spec.columns_used())
    if not headers:
        refuse_missing(spec, first_header(text).columns, str(path), lambda name: nearest_column(name, text))
        raise MappingWrong(f"{path} has no line that names the columns {', '.join(spec.columns_used())}.")
    for header in headers:
        refuse_twice(spec, header.names, header.line - 1, str(path))
    return headers


def _claims(
    path: Path, document: Document, spec: MappingSpec, headers: Sequence[Header], tally: MappingTally, *, strict: bool
) -> Iterator[Claim]:
    extractor = f"mapping-{spec.name}/{VERSION}"
    for stated, line, start, end in chain.from_iterable(
        _told(path, spec, header, tally, document.content, strict=strict) for header in headers
    ):
        yield to_claim(
            document, (line, start, end), stated.statement, extractor, stated.confidence, modality=stated.modality
        )
    if not tally.read:
        raise LoadError(f"{path} has a header in line {headers[0].line - 1} and no row below it.")


def _told(
    path: Path, spec: MappingSpec, header: Header, tally: MappingTally, text: str, *, strict: bool
) -> Iterator[Told]:
    """Give what the rows state, folded; every row is counted as read, refused or left out."""
    columns = header.columns
    to_stated: ToStated = to_rows(spec, columns)
    years = [one.fold.years for one in spec.statements if one.fold and one.fold.years]
    folding = Folding.of(columns, to_missing(spec.missing), years)
    for row in read_rows(text, header, take_short=spec.table.short_rows == "take" or text.startswith(SHEET)):
        tally.read += 1
        try:
            if row.wrong:
                raise LoadError(row.wrong)
            stated = to_stated(row.cells)
            if isinstance(stated, LeftOut):
                tally.left_out[stated.because] += 1
                yield from folding.skip()
            else:
                yield from folding.take(row, stated.stated)
                if stated.not_made:
                    tally.not_made.update(stated.not_made)
        except LoadError as error:
            tally.refuse(path, row.line, str(error), strict=strict)
            yield from folding.skip()
    yield from folding.finish()
