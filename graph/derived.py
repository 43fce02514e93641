"""What transfers draw between a supplier and a buyer: ARMS, MAY_ARM or DID_NOT_ARM. Never loaded, always made anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .facts import Relation, Transfer
from .schema import STATUSES, WITHDRAWN
from .statements import Value


def derive(transfers: Iterable[Transfer]) -> list[Relation]:
    """Draw the relation that transfers support between each supplier and each buyer.

    ``ARMS`` if at least one was signed or went further; else ``MAY_ARM`` if one is spoken of; else ``DID_NOT_ARM``.
    ``transfers`` counts those that draw the relation, ``units`` sums their known numbers and ``units_unknown`` counts
    those without one; ``tiv`` sums what is known; nothing known leaves the property out. What a state buys at home
    draws nothing, nor does what is withdrawn.

    Args:
        transfers: all that there are between the suppliers and buyers among them.
    """
    pairs: dict[tuple[str, str], list[Transfer]] = defaultdict(list)
    for transfer in transfers:
        for supplier in transfer.suppliers:
            if supplier != transfer.buyer and transfer.properties["status"] != WITHDRAWN.name:
                pairs[supplier, transfer.buyer].append(transfer)
    return [_derived(supplier, buyer, between) for (supplier, buyer), between in sorted(pairs.items())]


def _derived(supplier: str, buyer: str, between: Sequence[Transfer]) -> Relation:
    by_kind: dict[str, list[Transfer]] = defaultdict(list)
    for transfer in between:
        by_kind[_status(transfer).draws].append(transfer)
    kind = next(kind for kind in ("ARMS", "MAY_ARM", "DID_NOT_ARM") if kind in by_kind)
    drawn = by_kind[kind]
    numbers = [_units(transfer.properties) for transfer in drawn]
    tivs = [_tiv(transfer.properties) for transfer in drawn]
    years = sorted(year for transfer in drawn for year in _years(transfer.properties))
    known = [number for number in numbers if number is not None]
    known_tivs = [tiv for tiv in tivs if tiv is not None]
    properties: dict[str, Value] = {
        "transfers": len(drawn),
        "status": max((_status(transfer) for transfer in drawn), key=lambda status: status.rank).name,
    }
    if known:
        properties["units"] = sum(known)
    if len(known) < len(drawn):
        properties["units_unknown"] = len(drawn) - len(known)
    if known_tivs:
        properties["tiv"] = round(sum(known_tivs), 6)
    if years:
        properties |= {"first_year": years[0], "last_year": years[-1]}
    return Relation(kind, supplier, buyer, properties)


def _status(transfer: Transfer) -> Any:
    return STATUSES[str(transfer.properties["status"])]


def _units(properties: Mapping[str, Any]) -> Any:
    """Give what was ordered, else what was delivered; that nothing was yet says not how many were ordered."""
    return properties.get("quantity_ordered") or properties.get("quantity_delivered") or None


def _tiv(properties: Mapping[str, Any]) -> Any:
    return properties.get("tiv_order", properties.get("tiv_delivered"))


def _years(properties: Mapping[str, Any]) -> list[int]:
    order = [properties["order_year"]] if "order_year" in properties else []
    return [*order, *properties.get("delivery_years", ())]
