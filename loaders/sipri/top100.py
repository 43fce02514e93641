"""The loader of SIPRI's Top 100 of arms-producing firms: sales by year, seats, parents and former names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ...graph.claims import Claim, Document, Source
from ...graph.errors import LoadError
from ...graph.names import reference
from ...graph.statements import DescriptionStatement, Party, RelationStatement, Statement, VolumeStatement
from ..reading import Given, Reading, Refused, Remark, Tally, counted, to_claim
from .top100_firms import Firms, Renaming, figures_of, remarkable
from .top100_sheets import CURRENCY, FirmYear, Lists, read_lists
from .top100_sheets import recognises as holds_lists

VERSION: Final = 1
"""Of the rules by which rows become claims."""
_EXTRACTOR: Final = f"sipri-top100/{VERSION}"
_LESS_SURE: Final = 0.9
"""Of what rests on two rows, or on the first words of a name."""
_RETRIEVED: Final = re.compile(r"retrieved ([A-Z][a-z]+) (\d{4})")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NO_STATE: Final = "Trans-European"


def recognises(_path: Path, text: str) -> bool:
    """Tell whether a text is that of a workbook with Top 100 lists."""
    return holds_lists(text)


def read(path: Path, text: str, given: Given) -> Reading:
    """Read a workbook of Top 100 lists.

    Args:
        path: the file, for its name.
        text: its text, as ``workbook.to_text`` gives it; rows are counted in its lines.
        given: what the user said of it.

    Raises:
        LoadError: no sheet is a list.
    """
    try:
        lists = read_lists(text)
    except LoadError as error:
        raise LoadError(f"{path}: {error}") from error
    document = Document(
        path.name,
        text,
        Source(given.source or "SIPRI Arms Industry Database", given.reliability),
        "top100",
        given.published_on or _find_month(text),
        keeps_text=False,
    )
    tally = Tally()
    return Reading(document, _claims(path, document, lists, tally, strict=given.strict), tally, note=_note(lists))


def _find_month(text: str) -> str | None:
    found = _RETRIEVED.search(text)
    return f"{found[2]}-{_MONTHS.index(found[1]) + 1:02}" if found and found[1] in _MONTHS else None


def _note(lists: Lists) -> str:
    """Say what of the workbook is not read."""
    everywhere = sum(isinstance(row, FirmYear) and row.country == _NO_STATE for row in lists.rows)
    told = list(lists.left_out)
    if lists.unread:
        told.append(f"the columns {', '.join(map(repr, lists.unread))} are not read")
    if everywhere:
        told.append(f"{counted(everywhere, 'row')} of {_NO_STATE} firms name no state in which they are based")
    return f"{'; '.join(told)}."[0].upper() + f"{'; '.join(told)}."[1:] if told else ""


def _claims(path: Path, document: Document, lists: Lists, tally: Tally, *, strict: bool) -> Iterator[Claim]:
    firms = Firms([row for row in lists.rows if isinstance(row, FirmYear)])
    renamed = {id(row): pair for pair in firms.renamings for row in (pair.older, pair.newer)}
    doubtful = {id(pair.newer): pair for pair in firms.doubtful}
    for row in lists.rows:
        tally.read += 1
        if isinstance(row, Refused):
            tally.refuse(path, row.row, row.reason, strict=strict)
            continue
        tally.flagged += [Remark(row.line, f"{row.place}: {odd}") for odd in _oddities(row, doubtful.get(id(row)))]
        place = row.line, row.start, row.start + len(row.text)
        for statement, confidence in _statements(row, firms, renamed.get(id(row))):
            yield to_claim(document, place, statement, _EXTRACTOR, confidence)


def _oddities(row: FirmYear, doubtful: Renaming | None) -> Iterator[str]:
    if any(year != row.year for year, _ in row.sales):
        for note in remarkable(row):
            yield f"its figures for earlier years are left out, since a footnote says: {note}"
    if row.country != _NO_STATE and _state(row.country) is None:
        yield f"{row.country[:80]!r} is no state that the lists know"
    if doubtful is not None:
        yield (
            f"{row.name!r} has the rank and sales that {doubtful.older.name!r} has in the list of the year before; "
            "whether they are one firm is left open"
        )


def _statements(row: FirmYear, firms: Firms, renamed: Renaming | None) -> Iterator[tuple[Statement, float]]:
    """Give what a row states, each with how sure that is; its sales first."""
    firm = firms.party(row.name)
    for statement in _sales(row, firm):
        yield statement, 1.0
    state = _state(row.country)
    if state is not None:
        yield RelationStatement("BASED_IN", firm, state), 1.0
    ownership = firms.ownership(row)
    if ownership is not None and ownership.owner.id != firm.id:
        sure = 1.0 if ownership.sure else _LESS_SURE
        yield RelationStatement("OWNS", ownership.owner, firm, None, ownership.since, ownership.until), sure
    if renamed is not None and not _known_as(firm, row.name):
        yield DescriptionStatement(firm, aliases=(row.name,)), _LESS_SURE


def _sales(row: FirmYear, firm: Party) -> Iterator[VolumeStatement]:
    """Give the sales of a row: those in current and in constant prices apart, and estimates apart."""
    figures = figures_of(row)
    estimate = any("estimate" in note.casefold() for note in row.notes)
    for prices in sorted({prices for _, prices in figures}, key=lambda prices: prices or 0):
        for estimated in (False, True):
            given = sorted(
                (year, figure)
                for (year, of), figure in figures.items()
                if of == prices and (estimate and year == row.year) == estimated
            )
            if given:
                years, volumes = (tuple(part) for part in zip(*given, strict=True))
                marks = ("volumes",) if estimated else ()
                yield VolumeStatement(firm, "sales", years, volumes, (), CURRENCY, prices, marks)


def _state(country: str) -> Party | None:
    found = reference().find(country, ("State",))
    return Party(found[0].id, found[0].name) if len(found) == 1 else None


def _known_as(firm: Party, name: str) -> bool:
    """Tell whether a firm goes by a name already."""
    known: Iterable[str] = (entry.id for entry in reference().find(name, ("Firm",)))
    return name == firm.name or firm.id in known
