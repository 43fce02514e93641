"""FollowTheMoney's model and ours, both ways: which schema is which label, ids, identifiers and country codes.

Ids. An entity that no list knows becomes ``firm:ftm-`` and so on, its own id cut short, and a hash of the whole of it,
since such ids tell upper from lower case and may be long. A node that did not come from an entity has in turn the
entity id ``legation.firm.baykar``, and one that comes back under such an id is that very node.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from .claims import digest
from .errors import LegationError
from .names import reference, slug
from .schema import LABELS, label_of
from .statements import is_id

SCHEME: Final = "ftm"
"""Of identifiers that are ids of entities."""
OURS: Final = "legation"
"""The dataset of the entities that are exported, and what their ids begin with."""
LONGEST_ID: Final = 256
"""Longer ids of entities are used within their file, but not kept as identifiers."""
_SHOWN: Final = 40
_OURS: Final = re.compile(rf"{OURS}\.(?:([a-z]+)\.)?([A-Za-z0-9-]+)")
_REFERABLE: Final = re.compile(r"[0-9a-zA-Z](?:[0-9a-zA-Z.-]*[0-9a-zA-Z])?")
"""What FollowTheMoney takes as a reference to an entity."""


@dataclass(frozen=True, slots=True)
class EdgeSchema:
    """How a schema whose entities are edges becomes a relation.

    Attributes:
        name: of the schema.
        relation: which.
        start: the property that holds where it starts.
        end: the property that holds where it ends.
        title: properties of which the first with a value is the title, each with what stands behind the value.
        heads: the relation where the title is that of a head; empty if that makes no difference.
    """

    name: str
    relation: str
    start: str
    end: str
    title: tuple[tuple[str, str], ...]
    heads: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What ``ftm.toml`` says; see the comments there."""

    labels: Mapping[str, str]
    types: Mapping[str, str]
    classes: Mapping[str, str]
    edges: Mapping[str, EdgeSchema]
    heads: frozenset[str]
    properties: Mapping[str, tuple[str, ...]]
    identifiers: Mapping[str, str]
    national_identifiers: Mapping[str, str]


@cache
def table() -> Table:
    """Give the table; it is read at the first call."""
    told: dict[str, Any] = tomllib.loads((files(__package__) / "ftm.toml").read_text(encoding="utf-8"))
    edges = {
        name: EdgeSchema(name, **{**edge, "title": tuple(map(tuple, edge["title"]))})
        for name, edge in told["edges"].items()
    }
    return Table(
        told["labels"],
        told["types"],
        told["classes"],
        edges,
        frozenset(told["heads"]["roles"]),
        {name: tuple(properties) for name, properties in told["properties"].items()},
        told["identifiers"],
        told["national_identifiers"],
    )


def to_node_id(label: str, entity_id: str, scope: str = "") -> str:
    """Give the id of the node that an entity is.

    Args:
        label: of the node.
        entity_id: the entity's id.
        scope: within what the id is unique, such as a source; empty if it is everywhere.
    """
    shown = slug(entity_id)[:_SHOWN].strip("-")
    return f"{LABELS[label].prefix}{SCHEME}-{shown}-{digest(scope, entity_id)[:8]}"


def find_own(entity_id: str) -> str | None:
    """Give the id of the node that was exported under an entity id; None if it is no id of ours."""
    found = _OURS.fullmatch(entity_id)
    if found is None:
        return None
    node_id = f"{found[1]}:{found[2]}" if found[1] else found[2]
    return node_id if is_id(node_id) else None


def to_entity_id(node_id: str, identifiers: Iterable[str] = ()) -> str:
    """Give the entity id of a node: the one that it came with, else one of ours."""
    for identifier in identifiers:
        scheme, _, value = identifier.partition(":")
        if scheme == SCHEME and _REFERABLE.fullmatch(value) and to_node_id(label_of(node_id), value) == node_id:
            return value
    return f"{OURS}.{node_id.replace(':', '.')}"


def find_country(code: str) -> tuple[str, str] | None:
    """Give the state or organisation that a code of FollowTheMoney such as ``ru``, ``suhh`` or ``eu`` means.

    Returns:
        Its id and name; of a part of a state those of the state; None if it means neither.
    """
    return _countries()[0].get(code.strip().lower())


def find_code(node_id: str) -> str | None:
    """Give the code of a state or organisation; None if it has none."""
    return _countries()[1].get(node_id)


@cache
def _countries() -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    try:
        from rigour.territories import get_ftm_countries  # noqa: PLC0415  (comes with an extra)
    except ImportError as error:
        raise LegationError("To read or write FollowTheMoney's entities: pip install 'legation[ftm]'") from error
    by_code: dict[str, tuple[str, str]] = {}
    by_id: dict[str, str] = {}
    for territory in get_ftm_countries():
        chosen = territory
        while not (found := reference().find(chosen.name, ("State", "Organisation"))) and chosen.parent is not None:
            chosen = chosen.parent
        if len(found) == 1:
            by_code[territory.code] = found[0].id, found[0].name
            if chosen is territory:
                by_id.setdefault(found[0].id, territory.code)
    return by_code, by_id
