"""Relations in a sentence: who leads, makes, owns, backs, fights, meets whom; only where a clear pattern says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ...graph.errors import LoadError
from ...graph.statements import Party, RelationStatement
from .chunks import Chunk, to_chunks
from .memory import Memory
from .offices import find_kin, find_offices
from .passages import Mention, Passage
from .politics import find_backers, find_politics
from .producers import find_members, find_producers, find_uses


@dataclass(frozen=True, slots=True)
class Related:
    """A relation statement with how sure the rules are of it."""

    statement: RelationStatement
    confidence: float


Triple = tuple[str, Mention | Party, Mention | Party, str | None, float]
"""Relation, subject, object, title and confidence, as the rules of a room give them."""

_RULES: Final = (find_offices, find_kin, find_members, find_backers)


def find_relations(number: int, passage: Passage, chunks: Sequence[Chunk], memory: Memory) -> Iterator[Related]:
    """Find the relations that a sentence states.

    Args:
        number: of the sentence.
        passage: the sentence.
        chunks: of the sentence.
        memory: what the text has spoken of so far.
    """
    if len(passage.mentions) < 2:
        return
    clauses = to_chunks(passage, brackets=True)
    found: list[Triple] = [triple for rule in _RULES for triple in rule(passage)]
    found += find_producers(passage, clauses)
    found += find_politics(passage, clauses)
    found += find_uses(number, passage, chunks, memory)
    seen = set()
    for relation, subject, thing, title, sure in found:
        ends = (relation, subject.id, thing.id)
        if ends not in seen and subject.id and thing.id and subject.id != thing.id:
            seen.add(ends)
            yield from _stated(relation, _party(subject), _party(thing), title, sure)


def _party(end: Mention | Party) -> Party:
    return Party(end.id, end.name)


def _stated(relation: str, subject: Party, thing: Party, title: str | None, sure: float) -> Iterator[Related]:
    """Make the statement; what the schema does not allow between such ends was misread and is left out."""
    try:
        yield Related(RelationStatement(relation, subject, thing, title), sure)
    except LoadError:
        return
