"""The loader of FollowTheMoney's entities: every entity becomes claims, or is counted with the reason why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...graph.claims import Claim, Document, Source
from ...graph.errors import LoadError
from ..reading import Given, Reading, Refused, Remark, Tally, to_claim
from . import entities
from .entities import open_model, read_entities
from .index import Index
from .statements import NoPlace, to_statements, used_properties

if TYPE_CHECKING:
    from followthemoney import Model

VERSION: Final = 1
"""Of the rules by which entities become claims."""
_EXTRACTOR: Final = f"ftm/{VERSION}"
_MOST_NAMED: Final = 30


def recognises(_path: Path, text: str) -> bool:
    """Tell whether a text is lines of entities."""
    return entities.recognises(text)


def read(path: Path, text: str, given: Given) -> Reading:
    """Read lines of entities; an edge may stand before its ends, so the file is gone through twice.

    Args:
        path: the file, for its name.
        text: its text.
        given: what the user said of it.

    Raises:
        LoadError: the extra is not installed, or there is no entity.
    """
    model = open_model()
    document = Document(
        path.name,
        text,
        Source(given.source or "FollowTheMoney entities", given.reliability),
        "ftm",
        given.published_on,
        keeps_text=False,
    )
    index, unread, found = Index(document.source.id), Counter[str](), False
    for entity in read_entities(text, model):
        if isinstance(entity, Refused):
            continue
        found = True
        index.add(entity)
        _count(entity, unread)
    if not found:
        raise LoadError(f"{path}: no line holds an entity: an object with id, schema and properties.")
    tally = Tally()
    return Reading(
        document, _claims(path, document, (model, index), tally, strict=given.strict), tally, note=_note(unread)
    )


def _count(entity: entities.Entity, unread: Counter[str]) -> None:
    """Count the properties of an entity that the graph has no place for."""
    try:
        to_statements(entity, _NOWHERE, [])
    except NoPlace:
        return  # the whole entity is counted
    except LoadError:
        pass
    used = used_properties(entity)
    unread.update(f"{entity.schema}.{name}" for name in entity.properties if name not in used)
    unread.update(f"{entity.schema}.{name}" for name in entity.strange)


_NOWHERE: Final = Index("")


def _note(unread: Counter[str]) -> str:
    """Say which properties are not read, the most frequent first."""
    if not unread:
        return ""
    named = ", ".join(f"{name} ({number})" for name, number in unread.most_common(_MOST_NAMED))
    more = len(unread) - _MOST_NAMED
    return f"The graph has no place for the properties {named}{f' and {more} more' if more > 0 else ''}."


def _claims(
    path: Path, document: Document, known: tuple[Model, Index], tally: Tally, *, strict: bool
) -> Iterator[Claim]:
    model, index = known
    for found in read_entities(document.content, model):
        tally.read += 1
        odd: list[str] = []
        try:
            entity = _understood(found)
            statements = to_statements(entity, index, odd)
        except NoPlace as reason:
            tally.left_out[str(reason)] += 1
            continue
        except LoadError as error:
            line = found.row if isinstance(found, Refused) else found.line
            tally.refuse(path, line, str(error), strict=strict)
            continue
        tally.flagged += [Remark(entity.line, one) for one in odd]
        place = entity.line, entity.start, entity.start + len(entity.text)
        for statement in statements:
            yield to_claim(document, place, statement, _EXTRACTOR)


def _understood(found: entities.Entity | Refused) -> entities.Entity:
    if isinstance(found, Refused):
        raise LoadError(found.reason)
    return found
