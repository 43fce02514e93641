"""The TIV tables: one row an exporter or importer, one column a year, in millions of SIPRI TIV.

Header of the exports: ``Exports by,1950,1951,…,1950-2024,Percentage,Sum total years,Percentage of total``; of the
imports it begins with ``Recipient``. The sums and percentages are not read. The last row, ``Total world export`` or
``Total world import``, is a sum of the others too: it is a footer, neither read nor refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ...graph.errors import LoadError
from .cells import to_name, to_tiv
from .record import Total
from .table import Header, Layout, Place, Row, ToRow, demand

_DIRECTIONS: Final = {
    "exports by": "exports",
    "exporter": "exports",
    "supplier": "exports",
    "imports by": "imports",
    "importer": "imports",
    "recipient": "imports",
}
"""Name of the first column -> direction."""
_OF_ONE: Final = re.compile(r'^[" ]*Total (?:exports|imports) (?:to|from|of) [^,;\n]+', re.MULTILINE | re.IGNORECASE)


def _years(header: Header) -> list[tuple[int, int]]:
    return [(int(name), at) for at, name in enumerate(header.names) if re.fullmatch(r"(?:19|20)\d\d", name, re.ASCII)]


def _to_row(header: Header) -> ToRow:
    actor, years = header.columns["actor"], _years(header)
    direction = _DIRECTIONS[header.names[actor]]
    read_tiv = cache(to_tiv)

    def to_row(cells: list[str], place: Place, repaired: str) -> Total | None:
        if cells[actor].casefold().startswith(LAYOUT.footers):
            return None
        demand(cells, place, header)
        values = [(year, read_tiv(cells[at], "TIV")) for year, at in years]
        return Total(
            line=place[0],
            start=place[1],
            text=place[2],
            actor=to_name(cells[actor], "name"),
            direction=direction,
            volumes=tuple((year, tiv) for year, tiv in values if tiv),
            below_half=tuple(year for year, tiv in values if tiv == 0),
            repaired=repaired,
        )

    return to_row


LAYOUT: Final = Layout(
    columns={"actor": tuple(_DIRECTIONS)},
    needed=("actor",),
    to_row=_to_row,
    accepts=lambda header: len(_years(header)) > 0 and not {"designation", "weapon designation"} & set(header.names),
    footers=("total world ", "total exports", "total imports"),
)


def recognises(text: str) -> bool:
    """Tell whether a text is of this dialect: one of its first lines is the header."""
    return LAYOUT.find_header(text) is not None


def read(text: str) -> Iterator[Row]:
    """Read each row into a ``Total``, or refuse it.

    Raises:
        LoadError: there is no header or no row; or the table is about the trade with one partner, of which a ``Total``
            would say that it were all trade.
    """
    partner = _OF_ONE.search(text)
    if partner:
        raise LoadError(
            f"The table gives the trade with one partner only ({partner[0].strip()!r}); "
            "load the table of all exports or all imports instead."
        )
    yield from LAYOUT.read(text)
