"""The deliveries dialect: one row a deal and delivery year, comma-separated, with the id of the deal.

Header of the export: ``SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,…``.
Whether a value is an estimate stands as Yes, No or nothing in a column of its own.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from .cells import to_name, to_number, to_tiv, to_year, unclear
from .deals import CONDITIONS
from .record import Record
from .table import Header, Layout, Place, ToRow, demand

_FLAGS: Final = {
    "order_estimated": "order_year",
    "number_estimated": "quantity_delivered",
    "year_estimated": "delivery_years",
}
"""Column -> the field of ``TransferStatement`` that a Yes in it marks."""
_ANSWERS: Final = {"": None, "yes": True, "no": False, "true": True, "false": False}


def _to_row(header: Header) -> ToRow:
    """Make what makes records of cells; a column that the header does not have is an empty one behind the last."""
    columns = header.columns
    at = {name: columns.get(name, header.width) for name in LAYOUT.columns}
    flags = tuple((at[name], LAYOUT.columns[name][0], told) for name, told in _FLAGS.items())
    read_tiv = cache(to_tiv)

    def to_row(cells: list[str], place: Place, repaired: str) -> Record:
        demand(cells, place, header)
        cells.append("")
        if repaired and cells[at["condition"]] not in CONDITIONS:
            raise unclear(cells[at["condition"]], "status")
        identity = to_name(cells[at["database_id"]], "SIPRI AT Database ID").removesuffix(".0")
        if not (identity.isascii() and identity.isdigit()):
            raise unclear(identity, "SIPRI AT Database ID")
        year = to_year(to_name(cells[at["delivery_year"]], "delivery year"), "delivery year")
        tiv = read_tiv(cells[at["tiv_delivered"]], "TIV delivery values")
        return Record(
            line=place[0],
            start=place[1],
            text=place[2],
            supplier=to_name(cells[at["supplier"]], "supplier"),
            recipient=to_name(cells[at["recipient"]], "recipient"),
            designation=to_name(cells[at["designation"]], "designation"),
            description=cells[at["description"]],
            category=cells[at["category"]],
            order_year=to_year(cells[at["order_year"]], "order date"),
            delivered=to_number(cells[at["delivered"]], "number delivered"),
            delivery_years=(year,) if year else (),
            estimated=tuple([told for where, column, told in flags if _answer(cells[where], column)]),
            condition=cells[at["condition"]],
            tiv_unit=read_tiv(cells[at["tiv_unit"]], "TIV deal unit") or None,
            tiv_delivered=tiv or None,
            below_half=("tiv_delivered",) if tiv == 0 else (),
            database_id=identity,
            instalment=True,
            locally_produced=_answer(cells[at["local"]], "answer whether it is produced locally (Yes or No)"),
            repaired=repaired,
        )

    return to_row


def _answer(cell: str, column: str) -> bool | None:
    try:
        return _ANSWERS[cell.lower()]
    except KeyError:
        raise unclear(cell, column) from None


LAYOUT: Final = Layout(
    columns={
        "database_id": ("sipri at database id", "database id", "atdb_id", "id"),
        "supplier": ("supplier", "(supplier)", "seller"),
        "recipient": ("recipient", "(recipient)", "buyer"),
        "designation": ("designation", "weapon designation"),
        "description": ("description", "weapon description"),
        "category": ("armament category", "weapon category", "category"),
        "order_year": ("order date", "order year", "year of order"),
        "order_estimated": ("order date is estimate", "order year is estimate"),
        "delivered": ("numbers delivered", "number delivered", "no. delivered"),
        "number_estimated": ("numbers delivered is estimate", "number delivered is estimate"),
        "delivery_year": ("delivery year", "year of delivery"),
        "year_estimated": ("delivery year is estimate",),
        "condition": ("status",),
        "tiv_new": ("sipri estimate",),
        "tiv_unit": ("tiv deal unit",),
        "tiv_delivered": ("tiv delivery values", "tiv delivery value"),
        "local": ("local production",),
    },
    needed=("database_id", "supplier", "recipient", "designation", "order_year", "delivered", "delivery_year"),
    to_row=_to_row,
    loose=("designation", "description"),
    accepts=lambda header: "number ordered" not in header.names and "tiv_delivered" in header.columns,
)
"""``tiv_new`` is the TIV of one unit if it were new; ``tiv_unit`` is that of the deal, which may be second-hand."""

read = LAYOUT.read


def recognises(text: str) -> bool:
    """Tell whether a text is of this dialect: one of its first lines is the header."""
    return LAYOUT.find_header(text) is not None
