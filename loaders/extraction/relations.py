"""Relations in a sentence: who leads, makes, owns, backs, fights, meets whom; only where a clear pattern says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...graph.errors import LoadError
from ...graph.statements import Party, RelationStatement
from .chunks import Chunk, to_chunks
from .memory import Memory
from .offices import find_kin, find_offices
from .passages import Mention, Passage
from .producers import find_producers
from .related import Related
from .sides import find_entries, find_members, find_sides, find_uses
from .ties import find_backers, find_ties


def find_relations(
    number: int, passage: Passage, chunks: Sequence[Chunk], memory: Memory
) -> Iterator[tuple[RelationStatement, Related]]:
    """Find the relations that a sentence states, each once.

    Args:
        number: of the sentence.
        passage: the sentence.
        chunks: of the sentence.
        memory: what the text has spoken of so far.

    Yields:
        The statement and how it was read; also those that a rule turned down.
    """
    seen = set()
    for found in _read(number, passage, chunks, memory):
        ends = (found.relation, found.subject.id, found.object.id)
        if ends not in seen and found.subject.id and found.object.id and found.subject.id != found.object.id:
            seen.add(ends)
            statement = _stated(found)
            if statement:
                yield statement, found


def _read(number: int, passage: Passage, chunks: Sequence[Chunk], memory: Memory) -> Iterator[Related]:
    yield from find_offices(passage, memory)
    if len(passage.mentions) < 2:
        return
    clauses = to_chunks(passage, brackets=True)
    ties = [*find_ties(number, passage, chunks, memory), *find_ties(number, passage, clauses, memory)]
    yield from find_kin(passage)
    yield from find_members(passage)
    yield from find_backers(passage)
    yield from find_producers(passage, clauses)
    yield from ties
    yield from find_sides(passage, ties)
    yield from find_entries(passage, clauses)
    yield from find_uses(number, passage, chunks, memory)


def _stated(found: Related) -> RelationStatement | None:
    """Make the statement; what the schema does not allow between such ends was misread and is left out."""
    try:
        return RelationStatement(found.relation, _party(found.subject), _party(found.object), found.title)
    except LoadError:
        return None


def _party(end: Mention | Party) -> Party:
    return Party(end.id, end.name)
