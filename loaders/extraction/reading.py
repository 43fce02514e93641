"""A document read from its first sentence to its last: every statement that the rules find, with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from ...graph.claims import Document
from ...graph.statements import Party, Statement
from .attribution import attribute
from .chunk import Chunk
from .chunks import to_chunks
from .confidence import SPECULATED, confidence
from .frames import Frame, find_frames
from .memory import NEAR, Memory, to_topic
from .mentions import find_mentions, topic
from .passages import Passage
from .refusal import Refusal
from .relations import find_relations
from .rows import Listing, is_cells
from .scene import Scene
from .sentences import sentences
from .stance import weigh
from .transfers import to_transfers

Completion: TypeAlias = Callable[[Passage, Sequence[Chunk], Frame], Frame]
"""What fills the open roles of a frame, given its sentence and chunks; see ``grammar``."""

LONG: Final = 600
"""Of a sentence longer than this only the clause is quoted."""


@dataclass(frozen=True, slots=True)
class Found:
    """A statement with its place in the document and how it was read.

    Attributes:
        statement: what is stated.
        start: offset of the quote.
        end: offset just behind it.
        rule: the name of the rule that read it.
        distance: from where its ends were taken; one of ``confidence.DISTANCES``.
        modality: ``asserted``, ``attributed``, ``speculated`` or ``denied``.
        said_by: who says it, None if nobody is named.
    """

    statement: Statement
    start: int
    end: int
    rule: str
    distance: str
    modality: str
    said_by: Party | None

    @property
    def confidence(self) -> float:
        """How often claims so read are right, 0 to 1."""
        sure = confidence(self.rule, self.distance)
        return round(sure * SPECULATED, 2) if self.modality == "speculated" else sure


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that a rule turned down, with its place in the document."""

    refusal: Refusal
    start: int
    end: int


def read_statements(document: Document, complete: Completion | None = None) -> Iterator[Found | Rejected]:
    """Read a document.

    Args:
        document: with its content.
        complete: what fills the roles that the rules leave open; nothing does if None.

    Yields:
        What it states, in the order of the text, and between that what rules turned down.
    """
    year = int(document.published_on[:4]) if document.published_on else None
    passages = find_mentions(sentences(document.content), year)
    memory = Memory(to_topic(topic(passages)), published=document.published_on)
    listing = Listing()
    for number, passage in enumerate(passages):
        told = bool(memory.deals) and number - memory.deals[-1].number <= NEAR
        if passage.mentions or told or listing.heading or is_cells(passage.sentence.text):
            yield from _read(number, passage, memory, listing, complete)


def _read(
    number: int, passage: Passage, memory: Memory, listing: Listing, complete: Completion | None
) -> Iterator[Found | Rejected]:
    chunks = to_chunks(passage)
    memory.note(number, chunks)
    scene = Scene(number, passage, chunks, memory)
    rows = list(listing.read(passage, to_chunks(passage, brackets=True)))
    frames = (complete(passage, chunks, frame) if complete else frame for frame in find_frames(chunks))
    for frame in rows or weigh(frames, chunks, passage):
        for told in to_transfers(frame, scene):
            start, end = _place(passage, told.first, told.last)
            if isinstance(told, Refusal):
                yield Rejected(told, start, end)
                continue
            modality, speaker = attribute(passage, chunks, told.first, told.last)
            modality = "denied" if frame.denied else modality
            yield Found(told.statement, start, end, told.rule, told.distance, modality, speaker)
    for statement, related in find_relations(scene):
        start, end = _place(passage, 0, len(passage.tokens))
        if related.refused:
            ends = (("subject", statement.subject.name), ("object", statement.object.name))
            yield Rejected(Refusal(related.refused, statement.relation, ends, 0, len(passage.tokens)), start, end)
        else:
            yield Found(statement, start, end, related.rule, "clause", "asserted", None)


def _place(passage: Passage, first: int, last: int) -> tuple[int, int]:
    """Give the offsets of the sentence, or of the clause where the sentence is very long."""
    sentence = passage.sentence
    if sentence.end - sentence.start <= LONG:
        return sentence.start, sentence.end
    return passage.tokens[first].start, passage.tokens[last - 1].end
