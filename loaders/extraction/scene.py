"""The sentence that is being read, with everything that its rules look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .chunk import Chunk
from .memory import Memory
from .passages import Passage


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence in its document.

    Attributes:
        number: of the sentence.
        passage: its words and what they name.
        chunks: the same as a row of chunks.
        memory: what the text has spoken of so far.
    """

    number: int
    passage: Passage
    chunks: Sequence[Chunk]
    memory: Memory
