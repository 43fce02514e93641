"""One row of the register, whatever dialect it came in, and what it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ...graph.claims import Party, TransferStatement, digest
from ...graph.names import make_id, reference

_LICENCE: Final = re.compile(r"\blicen[cs]e|\bassembl|\blocal(?:ly)? produc", re.IGNORECASE)
_AID: Final = re.compile(r"\baid\b|\bgift\b", re.IGNORECASE)
_CONDITIONS: Final = {
    "new": "new",
    "second hand": "second-hand",
    "second hand but modernized": "second-hand, modernized",
}


@dataclass(frozen=True, slots=True)
class Record:
    """One row: one deal.

    Attributes:
        line: number of its first line in the file, from 1.
        start: offset of the row in the document, in code points.
        text: the row as it stands in the file.
        supplier: name as the register writes it; ``*`` marks an armed group, ``**`` an international organisation.
        recipient: the same.
        designation: of the weapon.
        description: what kind of weapon it is.
        order_year: None if the field is empty.
        ordered: number ordered; None if not known.
        delivered: number delivered; None if not known.
        delivery_years: ascending.
        estimated: names of the fields of ``TransferStatement`` that the row marks with ``?``.
        condition: the column status: New, Second hand, Second hand but modernized.
        comment: as written.
        tiv_order: millions of SIPRI TIV; None if empty, and if 0, which means less than half a million.
        tiv_delivered: the same.
    """

    line: int
    start: int
    text: str
    supplier: str
    recipient: str
    designation: str
    description: str
    order_year: int | None
    ordered: int | None
    delivered: int | None
    delivery_years: tuple[int, ...]
    estimated: tuple[str, ...]
    condition: str
    comment: str
    tiv_order: float | None
    tiv_delivered: float | None

    @property
    def key(self) -> tuple[str, str, str, int | None]:
        """What tells a deal from others in an export that gives no ids: equal rows are deals of their own."""
        return self.supplier, self.recipient, self.designation, self.order_year

    def to_statement(self, ordinal: int) -> TransferStatement:
        """Give what the row states.

        Args:
            ordinal: its place among the rows with the same ``key``, from 1.
        """
        return TransferStatement(
            supplier=_party(self.supplier),
            buyer=_party(self.recipient),
            system=_system(self.designation),
            status="delivered" if self.delivered else "ordered",
            kind=self._kind(),
            quantity_ordered=self.ordered,
            quantity_delivered=self.delivered,
            order_year=self.order_year,
            delivery_years=self.delivery_years,
            estimated=self.estimated,
            tiv_order=self.tiv_order,
            tiv_delivered=self.tiv_delivered,
            condition=_CONDITIONS.get(self.condition.strip().lower()),
            register_id=f"{digest(*self.key)}-{ordinal}",
        )

    def _kind(self) -> str:
        if _LICENCE.search(self.comment):
            return "licensed_production"
        return "aid" if _AID.search(self.comment) else "sale"


def _party(written: str) -> Party:
    """Resolve a name of the register exactly; who is on no list stays a party of his own."""
    name = written.rstrip("*").strip()
    labels = ("Organisation",) if written.endswith("*") else ("State", "Organisation")
    found = next(_exact(name, labels), None)
    return found or Party(make_id("Organisation", name), name)


def _system(designation: str) -> Party:
    found = next(_exact(designation, ("System",)), None)
    return found or Party(make_id("System", designation), designation)


def _exact(name: str, labels: tuple[str, ...]) -> Iterator[Party]:
    found = reference().find(name, labels)
    if len(found) == 1:
        yield Party(found[0].id, found[0].name)
