"""FollowTheMoney's entities, one JSON object a line: actors, and the relations between them, for Aleph and yente.

What goes out comes in again as it was: nodes and edges have ids that depend on nothing but themselves, and an edge
says in ``description`` which relation it was. Transfers, systems of a list and conflicts have no schema there; that one
actor arms another, or may, is an UnknownLink whose role says so.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from ..claims import digest
from ..errors import ExportWrong
from ..ftm import OURS, SCHEME, EdgeSchema, find_code, table, to_entity_id
from ..schema import RELATIONS
from ..subgraph import Edge, Node
from .content import Content

if TYPE_CHECKING:
    from followthemoney import Model, Property

_SCHEMATA: Final = {"State": "PublicBody", "Firm": "Company", "Person": "Person", "Organisation": "Organization"}
_DATES: Final = {"Person": ("birthDate", "deathDate"), "System": ("buildDate", "")}
_OTHERS_DATES: Final = ("incorporationDate", "dissolutionDate")
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode
_BREAKS: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
"""What some programs take for the end of a line."""
_Values = dict[str, list[str]]


def to_ftm(content: Content) -> Iterator[str]:
    """Give each actor as an entity, and then each relation between two of them.

    Raises:
        ExportWrong: the extra is not installed.
    """
    model = _open_model()
    seats: dict[str, list[str]] = defaultdict(list)
    for edge in content.edges():
        if edge.kind == "BASED_IN" and (code := find_code(edge.target)):
            seats[edge.source].append(code)
    ids: dict[str, str] = {}
    for node in content.nodes():
        schema = _schema_of(node)
        if schema is not None:
            ids[node.id] = to_entity_id(node.id, node.properties.get("identifiers") or ())
            yield _entity(node, schema, ids[node.id], seats.get(node.id, []), model)
    for edge in content.edges():
        if edge.source in ids and edge.target in ids and not (edge.kind == "BASED_IN" and find_code(edge.target)):
            yield from _edges(edge, ids, model)


def _open_model() -> Model:
    try:
        from followthemoney import model  # noqa: PLC0415  (an extra, and slow to import)
    except ImportError as error:
        raise ExportWrong("To write FollowTheMoney's entities: pip install 'legation[ftm]'") from error
    return model


def _schema_of(node: Node) -> str | None:
    if node.label == "System":
        came_in = node.id.startswith(f"system:{SCHEME}-")
        airplane = node.properties.get("class") == table().classes["Airplane"]
        return ("Airplane" if airplane else "Vessel") if came_in else None
    words = {word: schema for schema, word in table().types.items()} if node.label == "Organisation" else {}
    return words.get(str(node.properties.get("type"))) or _SCHEMATA.get(node.label)


def _entity(node: Node, schema: str, entity_id: str, seats: list[str], model: Model) -> str:
    told = node.properties
    name = node.name if _is_taken(model[schema].get("name"), node.name) else node.id  # it must have one
    values: _Values = {"name": [name], "alias": list(told.get("aliases") or ())}
    countries = [code for one in told.get("countries") or () if (code := find_code(one))]
    if node.label == "Person":
        values["nationality"] = countries
    else:
        values |= {"mainCountry": seats, "country": [code for code in countries if code not in seats]}
    since, until = _DATES.get(node.label, _OTHERS_DATES)
    values |= {since: _given(told, "existing_since"), until: _given(told, "existing_until")}
    referents = []
    for identifier in told.get("identifiers") or ():
        scheme, _, value = identifier.partition(":")
        if scheme == SCHEME:
            referents += [value] if value != entity_id else []
        elif known := _property_of(scheme):
            values.setdefault(known, []).append(value)
    return _line(entity_id, name, schema, values, model, referents)


def _property_of(scheme: str) -> str | None:
    """Give the property that holds identifiers of a scheme."""
    known = table()
    kind = scheme.rpartition("-")[0]
    names = [name for name, one in known.identifiers.items() if one == scheme]
    names += [name for name, one in known.national_identifiers.items() if one == kind]
    return next(iter(names), None)


def _edges(edge: Edge, ids: Mapping[str, str], model: Model) -> Iterator[str]:
    """Give a relation as an edge, or as one for each of the times over which it held."""
    schema, values = _edge(edge, ids)
    if RELATIONS[edge.kind].derived:
        times = [(_given(edge.properties, "first_year"), _given(edge.properties, "last_year"))]
    elif periods := edge.properties.get("periods"):
        times = [([since], [until]) for since, _, until in (period.partition("/") for period in periods)]
    else:
        times = [(_given(edge.properties, "since"), _given(edge.properties, "until"))]
    for number, (since, until) in enumerate(times):
        made = digest(edge.kind, edge.source, edge.target, *([number] if number else []))
        dated = values | {"startDate": since, "endDate": until}
        yield _line(f"{OURS}.edge.{made}", "", schema, dated, model)


def _edge(edge: Edge, ids: Mapping[str, str]) -> tuple[str, _Values]:
    """Give the schema of a relation and its values but for the dates."""
    kind, title = RELATIONS[edge.kind], _given(edge.properties, "title")
    start, end = ids[edge.source], ids[edge.target]
    edge_schema = _edge_schema(edge.kind)
    if edge.kind == "SANCTIONS":
        code = find_code(edge.source)
        schema, values = "Sanction", {"entity": [end], "country": [code] if code else [], "program": title}
        values["recordId"] = [start]  # who sanctions is no entity in that schema
    elif edge_schema is not None:
        schema, values = edge_schema.name, {edge_schema.start: [start], edge_schema.end: [end]}
        values |= _titled(edge_schema, title)
    else:
        schema, values = "UnknownLink", {"subject": [start], "object": [end], "role": title}
    # What is folded from transfers is no relation that a claim may state, and must not come in as one.
    return schema, values | ({"role": [kind.phrase]} if kind.derived else {"description": [edge.kind]})


def _edge_schema(kind: str) -> EdgeSchema | None:
    return next((edge for edge in table().edges.values() if kind in (edge.relation, edge.heads)), None)


def _titled(schema: EdgeSchema, titles: Iterable[str]) -> _Values:
    """Put a title into the property that it came from: a share without what stands behind it."""
    found: _Values = {}
    for title in titles:
        for name, behind in schema.title:
            if not behind or re.fullmatch(rf"[0-9.]+{re.escape(behind)}", title):
                found[name] = [title.removesuffix(behind) if behind else title]
                break
    return found


def _given(properties: Mapping[str, Any], name: str) -> list[str]:
    return [str(properties[name])] if properties.get(name) is not None else []


def _line(  # noqa: PLR0917  (in the order of the line)
    entity_id: str, caption: str, schema: str, values: _Values, model: Model, referents: Iterable[str] = ()
) -> str:
    """Give one line; values that the model would not take are left out."""
    properties = {}
    for name, held in values.items():
        taken = [value for value in held if _is_taken(model[schema].get(name), value)]
        if taken:
            properties[name] = taken
    entity = {"id": entity_id, "caption": caption, "schema": schema, "properties": properties}
    line = _ENCODE(entity | {"referents": list(referents), "datasets": [OURS]})
    return line.translate(_BREAKS) + "\n"


def _is_taken(known: Property | None, value: str) -> bool:
    """Tell whether a property takes a value: it is not too long for it, and something of it can be seen."""
    if known is None or known.validate([value]) is not None:
        return False
    return bool(known.type.clean(value, format=known.format))
