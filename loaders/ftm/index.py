"""Which node each entity of a file is: found by its id, by a referent, or by its exact name in the lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from ...graph.ftm import OURS, find_country, find_own, table, to_node_id
from ...graph.names import reference
from ...graph.schema import label_of
from ...graph.statements import Party
from .entities import Entity

LONGEST_NAME: Final = 500
_STANDS_FOR: Final = {"Organisation": "State"}
"""States have no schema of their own: they go out as public bodies."""


@dataclass(slots=True)
class _Known:
    schema: str
    party: Party | None
    listed: Party | None


@dataclass(slots=True)
class Index:
    """The entities of a file by id.

    Attributes:
        source: id of the source; an entity without datasets or referents is unique only within it.
    """

    source: str
    _claimed: Counter[str] = field(default_factory=Counter)
    _known: dict[str, _Known] = field(default_factory=dict)
    _merged: dict[str, str] = field(default_factory=dict)

    def add(self, entity: Entity) -> None:
        """Add an entity; of several lines with one id the most special schema counts, and the first name."""
        known = self._known.get(entity.id)
        if known is None or (known.schema in entity.schemata and known.schema != entity.schema) or not known.party:
            if known and known.listed:
                self._claimed[known.listed.id] -= 1
            party = self._to_party(entity)
            listed = find_listed(entity, label_of(party.id)) if party and not came_back(entity) else None
            self._known[entity.id] = _Known(entity.schema, party, listed)
            self._claimed.update([listed.id] if listed else [])
        for referent in entity.referents:
            self._merged.setdefault(referent, entity.id)

    def party(self, entity_id: str) -> Party | None:
        """Give the node that an entity is, by its id or that of a record that was merged into it.

        An entry of the lists that two entities of the file go by is neither: the file says that they are two.
        """
        known = self._find(entity_id)
        if known and known.listed and self._claimed[known.listed.id] == 1:
            return known.listed
        return known.party if known else None

    def schema(self, entity_id: str) -> str | None:
        """Give the schema of an entity; None if it is not in the file."""
        known = self._find(entity_id)
        return known.schema if known else None

    def scope(self, entity: Entity) -> str:
        """Give within what the id of an entity is unique; empty if it is everywhere."""
        return "" if entity.datasets or entity.referents else self.source

    def _find(self, entity_id: str) -> _Known | None:
        return self._known.get(entity_id) or self._known.get(self._merged.get(entity_id, ""))

    def _to_party(self, entity: Entity) -> Party | None:
        names = names_of(entity)
        if not names:
            return None
        own = find_own(entity.id) if came_back(entity) else None
        label = label_of_schema(entity.schemata)
        if own is not None and label_of(own) in (label, _STANDS_FOR.get(str(label))):
            return Party(own, names[0])
        if label is None:
            return None
        return Party(to_node_id(label, entity.id, self.scope(entity)), names[0])


def came_back(entity: Entity) -> bool:
    """Tell whether an entity comes from an export of legation."""
    return entity.datasets == (OURS,)


def label_of_schema(schemata: Iterable[str]) -> str | None:
    """Give the label of the nodes that entities of a schema become; None if they have no place in the graph."""
    known = set(schemata)
    return next((label for schema, label in table().labels.items() if schema in known), None)


def names_of(entity: Entity) -> list[str]:
    """Give the names of an entity, the one to show first."""
    names = entity.get("name")
    first = [entity.caption] if entity.caption and (entity.caption in names or not names) else names[:1]
    made = " ".join(entity.get("firstName")[:1] + entity.get("lastName")[:1])
    found = first + entity.get(*table().properties["names"])
    return list(dict.fromkeys(one for one in found or [made] if one and len(one) <= LONGEST_NAME))


def find_listed(entity: Entity, label: str) -> Party | None:
    """Find a firm or organisation in the lists: one of its names is exactly that of one entry, and the states agree.

    A person has namesakes: the wife of a firm's owner bore the name of a spokeswoman, in the same state. Whether two
    are one is decided elsewhere, by more than a name.
    """
    found = {entry.id: entry for name in entity.get("name") for entry in reference().find(name, (label,))}
    if len(found) != 1 or label not in ("Firm", "Organisation"):
        return None
    (entry,) = found.values()
    codes = entity.get(*table().properties["seat"], *table().properties["countries"])
    states = {country[0] for code in codes if (country := find_country(code))}
    listed = entry.properties.get("state")
    return Party(entry.id, entry.name) if not listed or not states or listed in states else None
