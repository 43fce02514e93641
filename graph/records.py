"""A statement as one flat record, as the properties of a claim's node and a line of JSON hold it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from .schema import FURTHER_PARTS
from .statements import (
    DescriptionStatement,
    IdentityStatement,
    Party,
    RelationStatement,
    Statement,
    TransferStatement,
    Value,
    VolumeStatement,
)

_STATED: Final = {
    TransferStatement: tuple(spec.name for spec in fields(TransferStatement)),
    RelationStatement: tuple(spec.name for spec in fields(RelationStatement) if spec.name != "relation"),
    VolumeStatement: tuple(spec.name for spec in fields(VolumeStatement)),
    DescriptionStatement: tuple(spec.name for spec in fields(DescriptionStatement)),
    IdentityStatement: tuple(spec.name for spec in fields(IdentityStatement)),
}
"""What a statement says beside ``states``, in the order of its class."""

ROLES: Final = ("supplier", "buyer", "system", "subject", "object", "actor", "said_by")
"""What a claim can name one party as; those of ``FURTHER_PARTS`` can be several."""

_VOLUME_LISTS: Final = ("years", "volumes", "years_below_half")
_DESCRIPTION_LISTS: Final = ("aliases", "identifiers", "countries")
_LISTS: Final = ("delivery_years", "estimated", "below_half")
_PLAIN_TRANSFER_FIELDS: Final = tuple(
    name for name in _STATED[TransferStatement] if name not in ("supplier", "buyer", "system", *_LISTS, *FURTHER_PARTS)
)

STATEMENT_PROPERTIES: Final = (
    "states",
    *(role + suffix for role in ROLES for suffix in ("", "_name")),
    *_PLAIN_TRANSFER_FIELDS,
    *_LISTS,
    *(role + suffix for role in FURTHER_PARTS for suffix in ("", "_names")),
    "title",
    "since",
    "until",
    "direction",
    *_VOLUME_LISTS,
    "price_year",
    *_DESCRIPTION_LISTS,
    "type",
    "system_class",
    "same",
    "because",
    "automatic",
)
"""The keys that ``to_values`` may give, and those of the speaker."""


def to_values(statement: Statement) -> dict[str, Value]:
    """Give a statement as one flat mapping without unknown values."""
    values: dict[str, Value] = {"states": statement.states}
    for name in _STATED[type(statement)]:
        value = getattr(statement, name)
        if isinstance(value, Party):
            values[name], values[f"{name}_name"] = value.id, value.name
        elif isinstance(value, tuple):
            if name in FURTHER_PARTS and value:
                values[name], values[f"{name}_names"] = [one.id for one in value], [one.name for one in value]
            elif value:
                values[name] = list(value)
        elif value is not None and value is not False:
            values[name] = value
    return values


def read_statement(values: Mapping[str, Any]) -> Statement:
    """Make the statement again from what ``to_values`` gave; further keys do not matter.

    Raises:
        LoadError: what is stated is not in the schema.
    """
    if values["states"] == "transfer":
        known: dict[str, Any] = {role: read_party(values, role) for role in ("supplier", "buyer", "system")}
        known |= {name: values[name] for name in _PLAIN_TRANSFER_FIELDS if values.get(name) is not None}
        known |= {name: tuple(values.get(name) or ()) for name in _LISTS}
        known |= {role: _read_parties(values, role) for role in FURTHER_PARTS if values.get(role)}
        return TransferStatement(**known)
    if values["states"] == "volume":
        sums: dict[str, Any] = {name: tuple(values.get(name) or ()) for name in (*_VOLUME_LISTS, "estimated")}
        sums |= {name: values.get(name) for name in ("currency", "price_year")}
        return VolumeStatement(read_party(values, "actor"), values["direction"], **sums)
    if values["states"] == "description":
        told: dict[str, Any] = {name: tuple(values.get(name) or ()) for name in _DESCRIPTION_LISTS}
        told |= {name: values.get(name) for name in ("since", "until", "type", "system_class")}
        return DescriptionStatement(read_party(values, "subject"), **told)
    if values["states"] == "identity":
        ends = read_party(values, "subject"), read_party(values, "object")
        return IdentityStatement(
            *ends, bool(values.get("same")), values["because"], automatic=bool(values.get("automatic"))
        )
    return RelationStatement(
        values["states"],
        read_party(values, "subject"),
        read_party(values, "object"),
        values.get("title"),
        values.get("since"),
        values.get("until"),
    )


def read_party(values: Mapping[str, Any], role: str) -> Party:
    """Give the party that has a role in what ``to_values`` gave."""
    return Party(values[role], values[f"{role}_name"])


def _read_parties(values: Mapping[str, Any], role: str) -> tuple[Party, ...]:
    return tuple(map(Party, values[role], values[f"{role}_names"]))
