"""What stands above or below the rows: when an edition was made, its licence, which deals it selects, other notes."""

from __future__ import annotations

import re
from typing import Final

from ..dates import find_day

_LICENCE: Final = "Source: SIPRI Arms Transfers Database (c) SIPRI."
_NOTES: Final = (
    "transfers of major ",
    "volume of transfers of major",
    "a '?' in a column",
    "a '0' ",
    "an empty field",
    "sipri trend-indicator",
    "figures are in millions",
    "figures may not add up",
    "for the method used",
    "note: ",
    "source: sipri",
    "data generated:",
    "information generated:",
)
"""How the lines begin that SIPRI puts above the rows, and that copies have below them, in lower case."""
_GENERATED: Final = re.compile(r"(?:Data|Information) generated: *([^\n]{6,40})", re.IGNORECASE)
_SCOPE: Final = re.compile(
    r"Transfers of major conventional (?:arms|weapons) from (.{1,2000}?) to (.{1,2000}?) ?\. ?"
    r"Deals with [a-z ]{1,60}? for (?:the )?year range '([^'\n]{1,20})' to '([^'\n]{1,20})'",
    re.IGNORECASE,
)


def is_note(line: str) -> bool:
    """Tell whether a line is one of those that SIPRI puts around the rows."""
    return line.lstrip('" \ufeff')[:40].casefold().startswith(_NOTES)


def find_date(text: str) -> str | None:
    """Give the ISO date on which the edition was made, from the lines above or below the rows."""
    found = _GENERATED.search(text, 0, 20_000) or _GENERATED.search(text, max(0, len(text) - 5_000))
    told = find_day(found[1]) if found else None
    return told[0] if told else None


def find_licence(text: str) -> str | None:
    """Give the licence line, if the edition has it."""
    return _LICENCE if _LICENCE in text[:20_000] or _LICENCE in text[-5_000:] else None


def find_scope(text: str) -> str | None:
    """Give what an edition selects, in one form for all editions: ``all countries > poland, 1995-2025``.

    None if nothing says so: the preamble is lost, or is of a dialect that does not name its selection.
    """
    found = _SCOPE.search(text, 0, 20_000)
    if found is None:
        return None
    suppliers, recipients = (_parties(found[group]) for group in (1, 2))
    first, last = ("" if year.casefold() == "not specified" else year.strip() for year in found.group(3, 4))
    return f"{suppliers} > {recipients}, {f'{first}-{last}' if first or last else 'all years'}"


def _parties(text: str) -> str:
    names = (" ".join(name.split()).casefold() for name in re.split("[;,]", text.replace('"', "")))
    return "; ".join(sorted(name for name in names if name))
