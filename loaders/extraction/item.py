"""A phrase of arms: what it names or means, how many, and whose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .passages import Mention
from .tokens import word_set

_VAGUE_NOUNS: Final = word_set("gun guns weapon weapons arms system systems")
"""Nouns that, behind ``the``, may mean any thing spoken of before."""


@dataclass(frozen=True, slots=True)
class Item:
    """A noun phrase of arms.

    Attributes:
        first: index of its first token, modifiers included.
        last: index just behind the last.
        head: the named system, or the class where none is named.
        kind: the mention of the class, where one stands beside the system.
        quantity: how many, if the phrase says.
        origin: the state that the phrase calls it after.
        maker: the firm that the phrase calls it after.
        definite: whether it points back: the drones, these jets, the same tanks.
        made: whether the origin is said to be the maker: Turkish-made.
        weak: whether it is a noun that need not mean arms, such as ``equipment``; ``head.id`` may be empty.
        bare: whether it is only a number: ``and Chile six``.
    """

    first: int
    last: int
    head: Mention
    kind: Mention | None = None
    quantity: int | None = None
    origin: Mention | None = None
    maker: Mention | None = None
    definite: bool = False
    made: bool = False
    weak: bool = False
    bare: bool = False

    @property
    def named(self) -> bool:
        """Whether a system is named, not only a class."""
        return self.head.form != "noun"

    @property
    def classes(self) -> frozenset[str]:
        """The ids of the classes that it may belong to."""
        if self.definite and self.head.form == "noun" and self.head.text.lower() in _VAGUE_NOUNS:
            return frozenset()
        listed = self.head.entry
        found = {self.kind.id} if self.kind else set()
        found |= {str(listed.properties["class"])} if listed and listed.properties.get("class") else set()
        return frozenset(found | ({self.head.id} - {""} if not self.named else set()))
