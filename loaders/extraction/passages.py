"""What is found in a text, as records: a mention, and a passage, which is a sentence with its tokens and mentions."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...graph.names import Entry, make_id, reference
from .sentences import Sentence
from .tokens import Token


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text names somebody or something.

    Attributes:
        first: index of the first token in its sentence.
        last: index just behind the last.
        text: the words.
        id: the node's id; empty for a group of states.
        name: the name of what is meant.
        label: the node's label, or ``Group``.
        form: ``name``, ``demonym``, ``capital``, ``metonym``, ``noun`` (of a class), ``pattern`` or ``surname``.
        members: for a group, the ids of its states.
        title: for a person, the office that the words give.
    """

    first: int
    last: int
    text: str
    id: str
    name: str
    label: str
    form: str = "name"
    members: tuple[str, ...] = ()
    title: str = ""

    @property
    def entry(self) -> Entry | None:
        """The line of the reference lists, None if they have none."""
        return reference().entries.get(self.id)


@dataclass(slots=True)
class Passage:
    """A sentence with its tokens and what it names, left to right without overlap.

    Attributes:
        sentence: where it stands.
        tokens: its words.
        mentions: what it names.
        blocked: indexes of tokens in names that mean none of what is looked for: ``Premier League``, ``Port Sudan``.
    """

    sentence: Sentence
    tokens: list[Token]
    mentions: list[Mention] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)

    def gap(self, index: int) -> str:
        """What stands before a token; also for the index behind the last."""
        return self.tokens[index].gap if index < len(self.tokens) else "."

    def words(self, first: int, last: int) -> str:
        """The text between two tokens, as written."""
        start = self.tokens[first].start - self.sentence.start
        return self.sentence.text[start : self.tokens[last - 1].end - self.sentence.start]


def add(passage: Passage, mention: Mention) -> None:
    """Put a mention into its place, instead of those that it covers."""
    kept = [other for other in passage.mentions if other.last <= mention.first or other.first >= mention.last]
    passage.mentions = sorted([*kept, mention], key=lambda other: other.first)


def covering(passage: Passage, index: int) -> Mention | None:
    """Give the mention that covers a token, if one does."""
    return next((mention for mention in passage.mentions if mention.first <= index < mention.last), None)


def unlisted(first: int, last: int, passage: Passage, label: str, title: str = "") -> Mention:
    """Make a mention of something that no reference list has."""
    text = " ".join(passage.words(first, last).split())
    return Mention(first, last, text, make_id(label, text), text, label, "pattern", title=title)
