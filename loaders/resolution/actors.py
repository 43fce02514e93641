"""The actors of a store as they are compared: their names, identifiers, states and dates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ...graph.cypher import ours
from ...graph.schema import label_of
from .names import Name, to_name

if TYPE_CHECKING:
    from ...graph.store import GraphStore

_MOST_NAMES: Final = 60
"""Names of one actor that are compared; what has more is a group with all its parts."""

_ACTORS: Final = (
    f"MATCH (n:Actor) WHERE NOT n:State AND {ours('n')} "
    "RETURN n.id AS id, n.name AS name, coalesce(n.aliases, []) + coalesce(n.also_called, []) AS aliases, "
    "coalesce(n.identifiers, []) AS identifiers, coalesce(n.countries, []) AS countries, n.state AS state, "
    "n.existing_since AS since"
)
_SYSTEMS: Final = (
    f"MATCH (n:System) WHERE n.identifiers IS NOT NULL AND {ours('n', 'System')} "
    "RETURN n.id AS id, n.name AS name, [] AS aliases, n.identifiers AS identifiers, "
    "[] AS countries, null AS state, null AS since"
)
_STATES: Final = (
    f"MATCH (n:Actor)-[:BASED_IN|LEADS|HOLDS_ROLE]->(s:State) WHERE {ours('n')} AND {ours('s', 'State')} "
    "RETURN DISTINCT n.id AS id, s.id AS state"
)


@dataclass(frozen=True)
class Profile:
    """What is known of an actor or system.

    Attributes:
        id: of its node.
        name: by which it is shown.
        aliases: its other names.
        identifiers: each with its scheme.
        states: ids of the states in which it is, or which it serves.
        since: ISO 8601 date of birth or foundation, whole or only the year or month.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    since: str | None = None

    @property
    def label(self) -> str:
        """The label that the id tells."""
        return label_of(self.id)

    @cached_property
    def own(self) -> Name:
        """Its own name, for comparing."""
        return to_name(self.name, of_person=self.label == "Person")

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """All its names, its own first; those that come to the same once."""
        of_person = self.label == "Person"
        read = [self.own, *(to_name(text, of_person=of_person) for text in self.aliases[:_MOST_NAMES])]
        first: dict[str, Name] = {}
        for name in read:
            if name.core:
                first.setdefault(name.core, name)
        return tuple(first.values())


def read_profiles(store: GraphStore) -> list[Profile]:
    """Read all that can be compared, in the order of their ids; states are never compared."""
    states: dict[str, set[str]] = {}
    for row in store.read(_STATES):
        states.setdefault(row["id"], set()).add(row["state"])
    return sorted(
        (
            Profile(
                row["id"],
                row["name"],
                tuple(row["aliases"]),
                tuple(row["identifiers"]),
                frozenset({*row["countries"], *states.get(row["id"], ()), *filter(None, [row["state"]])}),
                row["since"],
            )
            for statement in (_ACTORS, _SYSTEMS)
            for row in store.read(statement)
        ),
        key=lambda one: one.id,
    )
