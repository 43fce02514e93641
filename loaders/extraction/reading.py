"""A document read from its first sentence to its last: every statement that the rules find, with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from ...graph.claims import Document
from ...graph.statements import Party, Statement
from .attribution import attribute
from .chunks import Chunk, to_chunks
from .frames import Frame, find_frames
from .memory import Memory, to_topic
from .mentions import find_mentions, topic
from .passages import Passage
from .relations import find_relations
from .sentences import sentences
from .stance import weigh
from .transfers import to_transfers

Completion: TypeAlias = Callable[[Passage, Sequence[Chunk], Frame], Frame]
"""What fills the open roles of a frame, given its sentence and chunks; see ``grammar``."""

LONG: Final = 600
"""Of a sentence longer than this only the clause is quoted."""


@dataclass(frozen=True, slots=True)
class Found:
    """A statement with its place in the document and how sure the rules are."""

    statement: Statement
    start: int
    end: int
    confidence: float
    modality: str
    said_by: Party | None


def read_statements(document: Document, complete: Completion | None = None) -> Iterator[Found]:
    """Read a document.

    Args:
        document: with its content.
        complete: what fills the roles that the rules leave open; nothing does if None.

    Yields:
        What it states, in the order of the text.
    """
    year = int(document.published_on[:4]) if document.published_on else None
    passages = find_mentions(sentences(document.content), year)
    memory = Memory(to_topic(topic(passages)))
    for number, passage in enumerate(passages):
        if passage.mentions:
            yield from _read(number, passage, memory, complete)


def _read(number: int, passage: Passage, memory: Memory, complete: Completion | None) -> Iterator[Found]:
    chunks = to_chunks(passage)
    memory.note(number, chunks)
    frames = (complete(passage, chunks, frame) if complete else frame for frame in find_frames(chunks))
    for frame in weigh(frames, chunks, passage):
        for told in to_transfers(frame, number, passage, chunks, memory):
            modality, speaker = attribute(passage, chunks, told.first, told.last)
            modality = "denied" if frame.denied else modality
            start, end = _place(passage, told.first, told.last)
            sure = round(told.confidence * (0.8 if modality == "speculated" else 1.0), 2)
            yield Found(told.statement, start, end, sure, modality, speaker)
    for relation in find_relations(number, passage, chunks, memory):
        start, end = _place(passage, 0, len(passage.tokens))
        yield Found(relation.statement, start, end, relation.confidence, "asserted", None)


def _place(passage: Passage, first: int, last: int) -> tuple[int, int]:
    """Give the offsets of the sentence, or of the clause where the sentence is very long."""
    sentence = passage.sentence
    if sentence.end - sentence.start <= LONG:
        return sentence.start, sentence.end
    return passage.tokens[first].start, passage.tokens[last - 1].end
