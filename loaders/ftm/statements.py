"""From an entity to what it states: a description of a node, or the relation that an edge or a sanction is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from ...graph.errors import LoadError
from ...graph.ftm import LONGEST_ID, SCHEME, EdgeSchema, find_country, find_own, table
from ...graph.names import make_id, reference
from ...graph.periods import is_date
from ...graph.schema import STATED, label_of
from ...graph.statements import DescriptionStatement, Party, RelationStatement, Statement
from .entities import Entity
from .index import LONGEST_NAME, Index, came_back, label_of_schema, names_of

_LONGEST_TITLE: Final = 300
_LINK: Final = EdgeSchema("UnknownLink", "", "subject", "object", (("role", ""),))
"""How relations without a schema of their own are exported."""


class NoPlace(Exception):
    """The graph has no place for an entity; the text says why."""


def to_statements(entity: Entity, index: Index, odd: list[str]) -> list[Statement]:
    """Give what an entity states.

    Args:
        entity: the entity.
        index: all entities of its file.
        odd: is added what of its values could not be understood.

    Raises:
        NoPlace: the graph has no place for it.
        LoadError: it cannot be understood, or names an entity that the file does not have.
    """
    if entity.schema == "Sanction":
        return list(_sanction(entity, index, odd))
    edge = _edge_schema(entity)
    if edge is not None:
        return list(_relations(entity, edge, index, odd))
    if label_of_schema(entity.schemata) is None:
        raise NoPlace(f"the graph has no place for an entity of the schema {entity.schema}")
    return list(_descriptions(entity, index, odd))


def used_properties(entity: Entity) -> set[str]:
    """Give the names of the properties that are read of an entity of its schema."""
    known = table()
    aside = {*known.properties["aside"], *(("recordId", "description") if came_back(entity) else ())}
    if entity.schema == "Sanction":
        return aside | {"entity", "country", "authority", "program", "startDate", "listingDate", "endDate"}
    edge = _edge_schema(entity)
    if edge is not None:
        return aside | {edge.start, edge.end, *(name for name, _ in edge.title), "startDate", "endDate"}
    person = "Person" in entity.schemata
    places = known.properties["national"] if person else (*known.properties["seat"], *known.properties["countries"])
    named = {*known.properties["names"], "firstName", "lastName"}
    dates = {*known.properties["since"], *known.properties["until"]}
    return aside | named | dates | {*places, *known.identifiers, *known.national_identifiers}


def _edge_schema(entity: Entity) -> EdgeSchema | None:
    if came_back(entity) and entity.schema == _LINK.name and _kind(entity):
        return _LINK
    return next((edge for name, edge in table().edges.items() if name in entity.schemata), None)


def _kind(entity: Entity) -> str | None:
    """Give the relation that an edge of ours was."""
    return next((kind for kind in entity.get("description") if kind in STATED), None) if came_back(entity) else None


def _descriptions(entity: Entity, index: Index, odd: list[str]) -> Iterator[Statement]:
    party = index.party(entity.id)
    if party is None:
        raise LoadError("it has no name")
    label, known = label_of_schema(entity.schemata), table()
    too_long = [name for name in entity.get(*known.properties["names"]) if len(name) > LONGEST_NAME]
    odd += [f"a name of {len(name):,} characters is left out" for name in too_long]
    seats, countries = _places(entity, label or "", odd)
    dates = zip_longest(_dates(entity, known.properties["since"], odd), _dates(entity, known.properties["until"], odd))
    first, *others = list(dates) or [(None, None)]
    types = entity.schemata if label_of(party.id) == "Organisation" else ()  # a state is a public body too
    yield DescriptionStatement(
        party,
        tuple(name for name in names_of(entity) if name != party.name),
        tuple(_identifiers(entity, index, seats or countries, odd)),
        tuple(place.id for place in dict.fromkeys([*seats, *countries])),
        *first,
        type=next((word for schema, word in known.types.items() if schema in types), None),
        system_class=next((one for schema, one in known.classes.items() if schema in entity.schemata), None),
    )
    for since, until in others:  # a source that merges others may give several
        yield DescriptionStatement(party, since=since, until=until)
    if label in ("Firm", "Organisation"):
        for seat in seats:
            yield RelationStatement("BASED_IN", party, seat)


def _places(entity: Entity, label: str, odd: list[str]) -> tuple[list[Party], list[Party]]:
    """Give the states of an entity's seat, and those that are named without being called its seat."""
    places = table().properties
    if label == "Person":
        return [], _countries(entity, places["national"], odd)
    seats, others = (_countries(entity, places[name], odd) for name in ("seat", "countries"))
    if seats and not came_back(entity):
        odd += [f"its country {one.name} is not called its seat, and is left out" for one in others if one not in seats]
        others = []
    return seats, others


def _countries(entity: Entity, properties: Sequence[str], odd: list[str]) -> list[Party]:
    found: dict[str, Party] = {}
    for code in entity.get(*properties):
        country = find_country(code)
        if country is None or ":" in country[0]:
            odd.append(f"{code[:80]!r} is no code of a state")
        else:
            found[country[0]] = Party(*country)
    return list(found.values())


def _identifiers(entity: Entity, index: Index, places: Sequence[Party], odd: list[str]) -> Iterator[str]:
    lasting = not index.scope(entity) and not (came_back(entity) and find_own(entity.id))
    own = [entity.id] if lasting else []
    known = table()
    odd += [f"a value of its {name} is none that such a number can have, and is left out" for name in entity.invalid]
    for value in (*own, *entity.referents):
        if 0 < len(value) <= LONGEST_ID:
            yield f"{SCHEME}:{value}"
        elif value:
            odd.append(f"an id of {len(value):,} characters is not kept")
    for name, scheme in known.identifiers.items():
        yield from (f"{scheme}:{value}" for value in entity.get(name) if len(value) <= LONGEST_ID)
    for name, scheme in known.national_identifiers.items():
        values = entity.get(name)
        if values and len(places) == 1:
            yield from (f"{scheme}-{places[0].id.lower()}:{value}" for value in values if len(value) <= LONGEST_ID)
        elif values:
            odd.append(f"its {name} is left out, since no one state is named that gave it")


def _dates(entity: Entity, properties: Sequence[str], odd: list[str]) -> list[str]:
    found: list[str] = []
    for name in properties:
        for value in entity.get(name):
            date = value.partition("T")[0]
            if not is_date(date):
                odd.append(f"its {name} {value[:40]!r} is no date")
            elif date not in found:
                found.append(date)
    return sorted(found)


def _relations(entity: Entity, edge: EdgeSchema, index: Index, odd: list[str]) -> Iterator[Statement]:
    title = _title(entity, edge)
    relation = _kind(entity) or (
        edge.heads if edge.heads and (title or "").casefold() in table().heads else edge.relation
    )
    since, until = _period(entity, ("startDate",), odd)
    for start in _ends(entity, edge.start, index):
        for end in _ends(entity, edge.end, index):
            yield RelationStatement(relation, start, end, title, since, until)


def _title(entity: Entity, edge: EdgeSchema) -> str | None:
    for name, behind in edge.title:
        values = entity.get(name)
        if values:
            return "; ".join(f"{value.removesuffix('%').rstrip()}{behind}" for value in values)[:_LONGEST_TITLE]
    return None


def _period(entity: Entity, beginnings: Sequence[str], odd: list[str]) -> tuple[str | None, str | None]:
    """Give when it began first, by the first property that tells, and when it ended last."""
    since = next((dates[0] for name in beginnings if (dates := _dates(entity, (name,), odd))), None)
    until = _dates(entity, ("endDate",), odd)
    return since, until[-1] if until else None


def _ends(entity: Entity, name: str, index: Index) -> list[Party]:
    ids = entity.get(name)
    if not ids:
        raise LoadError(f"it has no {name}")
    return [_end(one, name, index) for one in ids]


def _end(entity_id: str, name: str, index: Index) -> Party:
    party, schema = index.party(entity_id), index.schema(entity_id)
    if schema is None:
        raise LoadError(f"its {name} {entity_id[:80]!r} is not in the file")
    if party is None:
        raise NoPlace(f"its {name} is an entity of the schema {schema}, for which the graph has no place")
    return party


def _sanction(entity: Entity, index: Index, odd: list[str]) -> Iterator[Statement]:
    authorities, programs = entity.get("authority"), entity.get("program")
    own = [party for one in entity.get("recordId") if (party := index.party(one))] if came_back(entity) else []
    title = ", ".join(programs) if own else ": ".join(filter(None, (", ".join(authorities), ", ".join(programs))))
    since, until = _period(entity, ("startDate", "listingDate"), odd)
    for target in _ends(entity, "entity", index):
        for sender in own or _authorities(entity, authorities):
            yield RelationStatement("SANCTIONS", sender, target, title[:_LONGEST_TITLE] or None, since, until)


def _authorities(entity: Entity, authorities: Sequence[str]) -> list[Party]:
    """Give who sanctions: the state or union whose authority it is, else the authority itself."""
    states = [Party(*country) for code in entity.get("country") if (country := find_country(code))]
    if states:
        return list(dict.fromkeys(states))
    found: list[Party] = []
    for name in authorities:
        listed = reference().find(name, ("State", "Organisation"))
        known = Party(listed[0].id, listed[0].name) if len(listed) == 1 else None
        found.append(known or Party(make_id("Organisation", name), name[:LONGEST_NAME]))
    if not found:
        raise LoadError("it names neither a country nor an authority")
    return found
