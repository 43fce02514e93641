"""One row of the register, whatever dialect it came in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One row: a deal, or what was delivered of a deal in one year.

    A number that the row leaves empty is None. So is a TIV that it gives as 0, which means between 0 and 0.5 million;
    ``below_half`` names it.

    Attributes:
        line: number of its first line in the file, from 1.
        start: offset of the row in the document, in code points.
        text: the row as it stands in the file; a row that was broken in several lines has line breaks in it.
        supplier: name as the register writes it; ``*`` marks an armed group, ``**`` an international organisation.
        recipient: the same.
        designation: of the weapon.
        description: what kind of weapon it is.
        category: the armament category, such as Aircraft; empty where the dialect has none.
        order_year: year of the order.
        ordered: number ordered.
        delivered: number delivered; of an instalment in its delivery year alone.
        delivery_years: ascending.
        estimated: names of the fields of ``TransferStatement`` that the row marks as estimates.
        condition: the column status: New, Second hand, Second hand but modernized; of the API N or S; else empty.
        comment: as written.
        tiv_unit: millions of SIPRI TIV for one unit.
        tiv_order: millions of SIPRI TIV for the whole order.
        tiv_delivered: millions of SIPRI TIV of what was delivered; of an instalment in its delivery year alone.
        below_half: names of the TIV fields of ``TransferStatement`` that the row gives as 0.
        database_id: the SIPRI AT Database ID of the deal, digits; None where the dialect has none.
        instalment: whether the row tells of one delivery year of a deal, whose other years have rows of their own.
        locally_produced: whether the buyer makes it, where the dialect has a column for that.
        repaired: what was mended so that the row could be read, in words; empty if nothing was.
    """

    line: int
    start: int
    text: str
    supplier: str
    recipient: str
    designation: str
    description: str = ""
    category: str = ""
    order_year: int | None = None
    ordered: int | None = None
    delivered: int | None = None
    delivery_years: tuple[int, ...] = ()
    estimated: tuple[str, ...] = ()
    condition: str = ""
    comment: str = ""
    tiv_unit: float | None = None
    tiv_order: float | None = None
    tiv_delivered: float | None = None
    below_half: tuple[str, ...] = ()
    database_id: str | None = None
    instalment: bool = False
    locally_produced: bool | None = None
    repaired: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """One row of a TIV table: what one actor exported or imported, year by year.

    Attributes:
        line: number of its line in the file, from 1.
        start: offset of the row in the document, in code points.
        text: the row as it stands in the file.
        actor: name as the register writes it.
        direction: ``exports`` or ``imports``.
        volumes: year -> millions of SIPRI TIV, for the years that have a number above 0.
        below_half: the years whose cell is 0: between 0 and 0.5 million.
        repaired: as of ``Record``.
    """

    line: int
    start: int
    text: str
    actor: str
    direction: str
    volumes: tuple[tuple[int, float], ...]
    below_half: tuple[int, ...] = ()
    repaired: str = ""
