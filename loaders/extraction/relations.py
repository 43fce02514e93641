"""Relations in a sentence: who leads, makes, owns, backs, fights, meets whom; only where a clear pattern says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...graph.errors import LoadError
from ...graph.statements import Party, RelationStatement
from .chunks import to_chunks
from .offices import find_kin, find_offices
from .passages import Mention
from .producers import find_producers
from .related import Related
from .scene import Scene
from .sides import find_backers, find_entries, find_members, find_named_wars, find_sides, find_uses
from .ties import find_ties


def find_relations(scene: Scene) -> Iterator[tuple[RelationStatement, Related]]:
    """Find the relations that a sentence states, each once.

    Args:
        scene: the sentence.

    Yields:
        The statement and how it was read; also those that a rule turned down.
    """
    seen = set()
    for found in _read(scene):
        ends = (found.relation, found.subject.id, found.object.id)
        if ends not in seen and found.subject.id and found.object.id and found.subject.id != found.object.id:
            seen.add(ends)
            statement = _stated(found)
            if statement:
                yield statement, found


def _read(scene: Scene) -> Iterator[Related]:
    passage = scene.passage
    yield from find_offices(scene)
    yield from find_named_wars(passage)
    if len(passage.mentions) < 2:
        return
    clauses = to_chunks(passage, brackets=True)
    ties = [*find_ties(scene), *find_ties(replace(scene, chunks=clauses))]
    yield from find_kin(passage)
    yield from find_members(passage)
    yield from find_backers(passage)
    yield from find_producers(passage, clauses)
    yield from ties
    yield from find_sides(passage, ties)
    yield from find_entries(passage, clauses)
    yield from find_uses(scene)


def _stated(found: Related) -> RelationStatement | None:
    """Make the statement; what the schema does not allow between such ends was misread and is left out."""
    try:
        return RelationStatement(found.relation, _party(found.subject), _party(found.object), found.title)
    except LoadError:
        return None


def _party(end: Mention | Party) -> Party:
    return Party(end.id, end.name)
