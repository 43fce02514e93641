"""Lines of JSON to entities: those that stand within others stand alone, and what is no entity is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ...graph.errors import LoadError
from ..reading import LONGEST_QUOTE, Refused
from ..text import to_visible

if TYPE_CHECKING:
    from followthemoney import Model

LONGEST_LINE: Final = 2**22
"""Code points; an entity with ten thousand names stays below."""
LONGEST_VALUE: Final = 65_536
_DEEPEST: Final = 8
_MOST_CHECKED: Final = 5
_OPENING: Final = re.compile(r'\s*\{(?=.*"schema"\s*:)(?=.*"properties"\s*:)', re.DOTALL)
_HALF: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity.

    Attributes:
        line: number of its line in the file, from 1.
        start: offset of the line in the document, in code points.
        text: the line, of a very long one its beginning.
        id: its id.
        schema: name of its schema.
        schemata: that and all that it descends from.
        properties: its values by property; references are ids of other entities.
        caption: the name to show, if the line has one.
        referents: ids of the records that were merged into it.
        datasets: where it comes from.
        strange: its properties that its schema does not have, or whose values are no text.
        invalid: properties with a value that is no number of its register, such as for its check digits.
    """

    line: int
    start: int
    text: str
    id: str
    schema: str
    schemata: frozenset[str]
    properties: dict[str, list[str]]
    caption: str
    referents: tuple[str, ...]
    datasets: tuple[str, ...]
    strange: tuple[str, ...]
    invalid: tuple[str, ...]

    def get(self, *names: str) -> list[str]:
        """Give the values of several properties, in their order, each once."""
        return list(dict.fromkeys(value for name in names for value in self.properties.get(name, ())))


def recognises(text: str) -> bool:
    """Tell whether a text is lines of entities: one of the first is an object with a schema and properties."""
    if text[:200].lstrip()[:1] not in {"{", '"', "}"}:
        return False
    return any(_OPENING.match(line[:100_000]) for line in text[:500_000].split("\n")[:_MOST_CHECKED])


def open_model() -> Model:
    """Give FollowTheMoney's model.

    Raises:
        LoadError: the extra is not installed.
    """
    try:
        from followthemoney import model  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise LoadError("These are entities of FollowTheMoney. To read them: pip install 'legation[ftm]'") from error
    return model


def read_entities(text: str, model: Model) -> Iterator[Entity | Refused]:
    """Read each entity, or refuse its line; entities within one come after it."""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield from _entities(line, number, start, model)
            except LoadError as error:
                yield Refused(number, str(error).rstrip("."))
        start += len(line) + 1


def _entities(line: str, number: int, start: int, model: Model) -> list[Entity]:
    if len(line) > LONGEST_LINE:
        raise LoadError(f"the line has {len(line):,} characters; more than {LONGEST_LINE:,} are not read")
    try:
        told = json.loads(line)
    except ValueError as error:
        raise LoadError(f"it is no JSON, or a part of it is missing ({error})") from error
    except RecursionError as error:
        raise LoadError("it is nested too deep") from error
    found: list[Entity] = []
    _collect(told, (number, start, line[:LONGEST_QUOTE]), model, found, 0)
    return found


def _collect(told: Any, where: tuple[int, int, str], model: Model, found: list[Entity], depth: int) -> str:
    """Add an entity and all that stand within it, and give its id."""
    if not isinstance(told, dict) or not isinstance(told.get("properties"), dict):
        raise LoadError("it is no entity: that is an object with id, schema and properties")
    if depth > _DEEPEST:
        raise LoadError("it is nested too deep")
    entity_id = _text(told.get("id"), "id")
    schema = model.get(_text(told.get("schema"), "schema"))
    if schema is None:
        raise LoadError(f"its schema {str(told['schema'])[:80]!r} is not in the model of FollowTheMoney")
    properties: dict[str, list[str]] = {}
    strange: list[str] = []
    invalid: list[str] = []
    within: list[Any] = []
    for name, values in told["properties"].items():
        known = schema.get(name)
        read, nested = _values(values, name) if known is not None else (None, [])
        within += nested
        if known is None or read is None:
            strange.append(str(name)[:80])
            continue
        properties[name] = [one for one in read if not known.format or known.type.validate(one, format=known.format)]
        invalid += [name] if len(properties[name]) < len(read) else []
    caption = told.get("caption")
    found.append(
        Entity(
            *where,
            id=entity_id,
            schema=schema.name,
            schemata=frozenset(one.name for one in schema.schemata),
            properties=properties,
            caption=_clean(caption, "caption") if isinstance(caption, str) else "",
            referents=_texts(told.get("referents")),
            datasets=_texts(told.get("datasets")),
            strange=tuple(strange),
            invalid=tuple(invalid),
        )
    )
    for one in within:
        _collect(one, where, model, found, depth + 1)
    return entity_id


def _values(values: Any, name: str) -> tuple[list[str] | None, list[Any]]:
    """Give the values of a property as text, None if one can be none, and the entities among them."""
    listed = [value for value in (values if isinstance(values, list) else [values]) if value is not None]
    within = [value for value in listed if isinstance(value, dict)]
    plain = [value.get("id") if isinstance(value, dict) else value for value in listed]
    if not all(isinstance(value, str | int | float) and not isinstance(value, bool) for value in plain):
        return None, []
    return [cleaned for value in plain if (cleaned := _clean(str(value), name))], within


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(_clean(one, "list") for one in values if isinstance(one, str)) if isinstance(values, list) else ()


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or not (cleaned := _clean(value, name)):
        raise LoadError(f"it has no {name}")
    return cleaned


def _clean(value: str, name: str) -> str:
    if _HALF.search(value):
        raise LoadError(f"its {name[:80]} holds half a character (a surrogate)")
    if len(value) > LONGEST_VALUE:
        raise LoadError(f"its {name[:80]} has {len(value):,} characters")
    return " ".join(to_visible(value).split())
