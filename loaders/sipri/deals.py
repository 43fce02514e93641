"""The deals dialect: one row a deal, comma-separated, the ``?`` of a column in a nameless column behind it.

Header of the export: ``Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,…``. A comment may have a
line break in it, which breaks the row in two.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from .cells import to_name, to_number, to_tiv, to_year, to_years, unclear
from .record import Record
from .table import Header, Layout, Place, ToRow, demand

CONDITIONS: Final = ("", "New", "Second hand", "Second hand but modernized")
_FLAGS: Final = {"order_year": "order_year", "ordered": "quantity_ordered", "delivered": "quantity_delivered"}
"""Column -> the field of ``TransferStatement`` that the ``?`` behind it marks."""


def _to_row(header: Header) -> ToRow:
    """Make what makes records of cells; a column that the header does not have is an empty one behind the last."""
    columns = header.columns
    absent = header.width
    supplier, recipient, designation = (columns[name] for name in ("supplier", "recipient", "designation"))
    year, ordered, delivered = (columns[name] for name in ("order_year", "ordered", "delivered"))
    description, years, condition, comment, unit, order, volume, number = (
        columns.get(name, absent)
        for name in (
            *("description", "delivery_years", "condition", "comment"),
            *("tiv_unit", "tiv_order", "tiv_delivered", "database_id"),
        )
    )
    flags = tuple(
        (columns[name] + 1, told)
        for name, told in _FLAGS.items()
        if columns[name] + 1 < absent and columns[name] + 1 not in columns.values()
    )
    read_years, read_tiv = cache(to_years), cache(to_tiv)

    def to_row(cells: list[str], place: Place, repaired: str) -> Record:
        demand(cells, place, header)
        for at, _ in flags:
            if cells[at] not in {"", "?"}:
                raise unclear(cells[at], "mark of an estimate (? or nothing)")
        cells.append("")
        if repaired and cells[condition] not in CONDITIONS:
            raise unclear(cells[condition], "status")
        tiv_order = read_tiv(cells[order], "SIPRI TIV for total order")
        tiv_delivered = read_tiv(cells[volume], "SIPRI TIV of delivered weapons")
        identity = cells[number]
        if identity and not (identity.isascii() and identity.isdigit()):
            raise unclear(identity, "SIPRI AT Database ID")
        return Record(
            line=place[0],
            start=place[1],
            text=place[2],
            supplier=to_name(cells[supplier], "supplier"),
            recipient=to_name(cells[recipient], "recipient"),
            designation=to_name(cells[designation], "weapon designation"),
            description=cells[description],
            order_year=to_year(cells[year], "year of order"),
            ordered=to_number(cells[ordered], "number ordered"),
            delivered=to_number(cells[delivered], "number delivered"),
            delivery_years=read_years(cells[years], "year(s) of delivery"),
            estimated=tuple(told for at, told in flags if cells[at]),
            condition=cells[condition],
            comment=cells[comment],
            tiv_unit=read_tiv(cells[unit], "SIPRI TIV per unit") or None,
            tiv_order=tiv_order or None,
            tiv_delivered=tiv_delivered or None,
            below_half=tuple(
                told for told, tiv in (("tiv_order", tiv_order), ("tiv_delivered", tiv_delivered)) if tiv == 0
            ),
            database_id=identity or None,
            repaired=repaired,
        )

    return to_row


def _accepts(header: Header) -> bool:
    """Tell deals from the classic register in tabs, which has the same columns but no status, TIV or marks."""
    return header.separator != "\t" or "condition" in header.columns or "tiv_order" in header.columns


LAYOUT: Final = Layout(
    columns={
        "recipient": ("recipient", "(recipient)", "recipient (r)", "buyer"),
        "supplier": ("supplier", "(supplier)", "seller"),
        "order_year": ("year of order", "order year", "year(s) of order", "order date"),
        "ordered": ("number ordered", "no. ordered", "no ordered", "numbers ordered"),
        "designation": ("weapon designation", "designation"),
        "description": ("weapon description", "description"),
        "delivered": ("number delivered", "no. delivered", "numbers delivered", "deliveries in the year range"),
        "delivery_years": ("year(s) of delivery", "year(s) of deliveries", "years of delivery", "year of delivery"),
        "condition": ("status",),
        "comment": ("comments", "comment"),
        "tiv_unit": ("sipri tiv per unit", "tiv per unit"),
        "tiv_order": ("sipri tiv for total order", "tiv for total order", "sipri tiv of total order"),
        "tiv_delivered": ("sipri tiv of delivered weapons", "tiv of delivered weapons"),
        "database_id": ("sipri at database id", "database id"),
    },
    needed=("recipient", "supplier", "order_year", "ordered", "designation", "delivered"),
    to_row=_to_row,
    loose=("comment", "designation", "description"),
    flagged=tuple(_FLAGS),
    accepts=_accepts,
)

read = LAYOUT.read


def recognises(text: str) -> bool:
    """Tell whether a text is of this dialect: one of its first lines is the header."""
    return LAYOUT.find_header(text) is not None
