"""From a row of the register to what it states, whatever dialect it came in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ...graph.claims import digest
from ...graph.names import make_id, reference
from ...graph.statements import (
    DescriptionStatement,
    Party,
    RelationStatement,
    Statement,
    TransferStatement,
    VolumeStatement,
)
from .classes import find_class
from .comments import Comment, read_comment
from .record import Record, Total

_CONDITIONS: Final = {
    "new": "new",
    "n": "new",
    "second hand": "second-hand",
    "s": "second-hand",
    "second hand but modernized": "second-hand, modernized",
    "second hand but modernised": "second-hand, modernized",
    "r": "second-hand, modernized",
}
_PART: Final = re.compile(
    r"engine|turbo(?:fan|jet|prop|shaft)|turbine|radar|sonar|fire control|sensor|turret|\bgun\b|propulsion",
    re.IGNORECASE,
)
"""Descriptions of what is built into a platform. A missile for an aircraft is carried by it and no part of it."""


def to_statements(record: Record | Total, ordinal: int) -> Iterator[Statement]:
    """Give what a row states, the deal or the volumes first.

    Args:
        record: the row.
        ordinal: its place among the rows of its file with the same ``deal_key``, from 1.

    Raises:
        LoadError: it states something that cannot be, such as a party that supplies itself as a part of itself.
    """
    if isinstance(record, Total):
        years = tuple(year for year, _ in record.volumes)
        volumes = tuple(volume for _, volume in record.volumes)
        yield VolumeStatement(to_party(record.actor), record.direction, years, volumes, record.below_half)
        return
    comment = read_comment(record.comment)
    deal = _deal(record, comment, ordinal)
    yield deal
    if comment.platform is not None and _PART.search(f"{record.description} {record.category}"):
        platform = to_system(comment.platform, comment.platform_description)
        if platform.id != deal.system.id:
            yield RelationStatement("COMPONENT_OF", deal.system, platform)
    for name, party in ((record.supplier, deal.supplier), (record.recipient, deal.buyer)):
        place = _place_of(name)
        if place is not None and party.id != place[1].id:
            yield RelationStatement(place[0], party, place[1])


def to_description(record: Record) -> DescriptionStatement | None:
    """Give the class that a row says its system is of; None if a list knows it or the row does not say it."""
    system = to_system(record.designation, record.description)
    listed = reference().entries.get(system.id)
    if listed is not None and listed.properties.get("category"):
        return None
    system_class = find_class(record.description)
    return None if system_class is None else DescriptionStatement(system, system_class=system_class)


def deal_key(record: Record) -> tuple[object, ...]:
    """Give what tells a deal from others where the register gives no ids; equal rows are deals of their own."""
    supplier, buyer = to_party(record.supplier), to_party(record.recipient)
    return supplier.id, buyer.id, to_system(record.designation, record.description).id, record.order_year


def find_anachronisms(statement: Statement) -> Iterator[str]:
    """Say which states of a deal did not exist in the year of its order, or of its first delivery if it gives none."""
    if not isinstance(statement, TransferStatement):
        return
    year = statement.order_year or min(statement.delivery_years, default=None)
    for party in (statement.supplier, statement.buyer) if year is not None else ():
        entry = reference().entries.get(party.id)
        known = entry.properties if entry else {}
        first, last = known.get("valid_from"), known.get("valid_to")
        if first is not None and year < first:
            yield f"{party.name} has a deal of {year}, and the code {party.id} is right only from {first} on"
        if last is not None and year > last:
            yield f"{party.name} has a deal of {year}, and the code {party.id} is right only until {last}"


def _deal(record: Record, comment: Comment, ordinal: int) -> TransferStatement:
    delivered = bool(record.delivered) or (record.delivered is None and bool(record.delivery_years))
    status = "delivered" if delivered else comment.status or "ordered"
    licensed = "licensed_production" if record.locally_produced else ""
    made_id = f"~{digest(*deal_key(record))}-{ordinal}"
    return TransferStatement(
        supplier=to_party(record.supplier),
        buyer=to_party(record.recipient),
        system=to_system(record.designation, record.description),
        status=status,
        kind=comment.kind or licensed or "sale",
        quantity_ordered=record.ordered,
        quantity_delivered=record.delivered,
        order_year=record.order_year,
        delivery_years=record.delivery_years,
        estimated=tuple(sorted({*record.estimated, *comment.estimated})),
        tiv_order=record.tiv_order,
        tiv_delivered=record.tiv_delivered,
        below_half=record.below_half,
        value=comment.value,
        currency=comment.currency if comment.value is not None else None,
        value_shared=comment.value is not None and comment.value_shared,
        condition=_CONDITIONS.get(" ".join(record.condition.lower().split())) or comment.condition,
        register_id=record.database_id or made_id,
        instalment=record.instalment,
        financiers=tuple(map(to_party, comment.financiers)),
        intermediaries=tuple(map(to_party, comment.intermediaries)),
        origins=tuple(map(to_party, comment.origins)),
    )


@cache
def to_party(written: str) -> Party:
    """Resolve a name of the register exactly; who is on no list stays a party of his own.

    Args:
        written: with ``*`` behind it for an armed group, ``**`` for an international organisation.
    """
    name = written.rstrip("*").strip()
    labels = ("Organisation",) if written.endswith("*") else ("State", "Organisation")
    return _listed(name, labels) or Party(make_id("Organisation", name), name)


@cache
def to_system(designation: str, description: str = "") -> Party:
    """Resolve a designation exactly; what is on no list stays a system of its own."""
    return Party(*reference().find_system(designation, description))


def _listed(name: str, labels: tuple[str, ...]) -> Party | None:
    found = reference().find(name, labels)
    return Party(found[0].id, found[0].name) if len(found) == 1 else None


@cache
def _place_of(written: str) -> tuple[str, Party] | None:
    """Give how a group stands to the state that the brackets behind its name hold; None if they tell nothing."""
    told = reference().host_of(written)
    return told and (told[0], Party(told[1], reference().entries[told[1]].name))
