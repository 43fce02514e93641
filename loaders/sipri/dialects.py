"""Every dialect of the register, and which of them a text is in: told by its content, never by a file's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from ...graph.errors import LoadError
from . import api, classic, deals, deliveries, rtf, tiv
from .table import Row


@dataclass(frozen=True, slots=True)
class Dialect:
    """One form in which the register is had.

    Attributes:
        name: of the dialect.
        meaning: one sentence on what it looks like, with the columns that tell it.
        recognises: tells whether a plain text is in it.
        read: gives for each row of a plain text a ``Record``, a ``Total`` or a ``Refused``; raises LoadError if
            there is no header or no row.
    """

    name: str
    meaning: str
    recognises: Callable[[str], bool]
    read: Callable[[str], Iterator[Row]]


DIALECTS: Final[dict[str, Dialect]] = {
    dialect.name: dialect
    for dialect in (
        Dialect(
            "api",
            "A JSON list of objects with buyer, seller, desg, tradeId, orderYr, units and deliveryYr.",
            api.recognises,
            api.read,
        ),
        Dialect(
            "deliveries",
            "A table with SIPRI AT Database ID, Supplier, Recipient, Designation, Order date, Numbers delivered, "
            "Delivery year and TIV delivery values.",
            deliveries.recognises,
            deliveries.read,
        ),
        Dialect(
            "deals",
            "A table with Recipient, Supplier, Year of order, Number ordered, Weapon designation and Number delivered.",
            deals.recognises,
            deals.read,
        ),
        Dialect(
            "classic",
            "The register in RTF, or a table in tabs with Supplier, Recipient, No. ordered, Weapon designation, "
            "Year of order and No. delivered.",
            classic.recognises,
            classic.read,
        ),
        Dialect(
            "tiv",
            "A table of TIVs with Exports by, Imports by or Recipient and one column for each year.",
            tiv.recognises,
            tiv.read,
        ),
    )
}


def to_plain(text: str) -> str:
    """Give the text on which the offsets of rows count: of rich text what it says, of any other text itself."""
    return rtf.to_text(text) if rtf.is_rtf(text) else text


def find_dialect(text: str) -> Dialect | None:
    """Find the dialect of a plain text; None if it is in none."""
    return next((dialect for dialect in DIALECTS.values() if dialect.recognises(text)), None)


def get_dialect(text: str, name: str) -> Dialect:
    """Give the dialect of a plain text; ``name`` is of the file, for the message.

    Raises:
        LoadError: it is in none of them; the message names the columns that they have.
    """
    dialect = find_dialect(text)
    if dialect is None:
        known = "".join(f"\n  {one.name}: {one.meaning}" for one in DIALECTS.values())
        raise LoadError(
            f"{name} is no register of SIPRI that can be read: no line names the columns, which must be in English. "
            f"What is known:{known}"
        )
    return dialect
