"""A chunk: one piece of a sentence, with what it means for the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .item import Item
from .lexicon import Trigger
from .passages import Mention


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a sentence.

    Attributes:
        sort: ``party item verb noun predicate service operator preposition infinitive be have future negation break
            conjunction comma open close personal relative said other``.
        first: index of its first token.
        last: index just behind the last.
        word: the words in lower case.
        parties: who, for a party; several where a list names them as one.
        item: what, for arms.
        trigger: for a word of transfer.
        form: of a verb: base, third, past, ing, participle.
        owner: whether a party only owns or describes what follows: Peru's, Peruvian.
    """

    sort: str
    first: int
    last: int
    word: str = ""
    parties: tuple[Mention, ...] = ()
    item: Item | None = None
    trigger: Trigger | None = None
    form: str = ""
    owner: bool = False


BOTH: Final = "both"
"""The word of a chunk that names both sides at once."""
