"""What every loader takes and gives: what the user said of a file, and the document and claims read from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ..graph.claims import Claim, Document
from ..graph.errors import LoadError
from ..graph.statements import Statement
from .extraction.endpoint import Endpoint


def counted(number: int, noun: str) -> str:
    """Give a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@dataclass(frozen=True, slots=True)
class Given:
    """What the user said of the files that he loads; None leaves it to the loader.

    Attributes:
        source: who published them.
        reliability: of the source, ``A`` to ``F``.
        published_on: ISO 8601 date, whole or only the year or month.
        strict: whether a row that cannot be understood keeps its whole file out.
        min_confidence: claims of articles that are less sure, 0 to 1, are left out.
        model: name of the spaCy pipeline by whose parse articles are read; by rules alone if None.
        endpoint: the language model to which the sentences of articles are sent; they stay here if None.
        mapping: the file of a mapping by which tables are read, or the name of one that comes with legation.
    """

    source: str | None = None
    reliability: str = "F"
    published_on: str | None = None
    strict: bool = False
    min_confidence: float = 0.0
    model: str | None = None
    endpoint: Endpoint | None = None
    mapping: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """What an article could be taken to state, and the rule that turned it down.

    Attributes:
        rule: the name of the rule, in words.
        states: ``transfer``, or the name of the relation.
        ends: who or what it would be about, in the words of the text, by role.
        quote: the sentence, a literal substring of the document.
        start: offset of the quote in the document.
        end: offset just behind it.
    """

    rule: str
    states: str
    ends: Mapping[str, str]
    quote: str
    start: int
    end: int

    def to_properties(self) -> dict[str, str | int]:
        """Give it as one flat mapping."""
        place: dict[str, str | int] = {"quote": self.quote, "start": self.start, "end": self.end}
        return {"rejected_by": self.rule, "states": self.states, **self.ends, **place}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be said of a row.

    Attributes:
        row: number of its line in the file, from 1.
        reason: what, for the user.
    """

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Refused(Remark):
    """A row that could not be understood, and why."""


@dataclass(slots=True)
class Tally:
    """What became of the rows of a table; it fills while its claims are taken.

    Attributes:
        read: how many there were. Each gave claims, some of them when they were repaired, or was refused or left out.
        repaired: those that had to be mended to be read.
        refused: those that gave no claim.
        flagged: what is odd about some that gave claims.
        left_out: how many were left out on purpose, by the reason.
    """

    read: int = 0
    repaired: list[Remark] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    flagged: list[Remark] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def refuse(self, path: Path, row: int, reason: str, *, strict: bool) -> None:
        """Count a row that cannot be understood.

        Raises:
            LoadError: one such row is to keep its whole file out.
        """
        reason = reason.rstrip(".")
        if strict:
            raise LoadError(f"{path}, line {row}: {reason}. Nothing of the file is loaded.")
        self.refused.append(Refused(row, reason))

    @property
    def plain(self) -> int:
        """How many were read as they stand."""
        return self.read - len(self.repaired) - len(self.refused) - self.left_out.total()

    def in_words(self) -> str:
        """Say how many rows there were and what became of them."""
        more = [
            f"{len(remarks)} {name}"
            for name, remarks in (("repaired", self.repaired), ("refused", self.refused), ("flagged", self.flagged))
            if remarks
        ]
        more += [f"{self.left_out.total()} left out"] if self.left_out else []
        return counted(self.read, "row") + (f" ({', '.join(more)})" if more else "")

    def remarks(self, most: int) -> Iterator[str]:
        """Say in a line each what is remarkable, up to a number of lines of each sort."""
        for remarks, end in (
            (self.refused, "the row is not loaded"),
            (self.repaired, "the row is loaded"),
            (self.flagged, "the row is loaded as it stands"),
        ):
            for one in remarks[:most]:
                yield f"line {one.row}: {one.reason}; {end}."
            if len(remarks) > most:
                yield f"… and {len(remarks) - most} more of these."
        for reason, count in self.left_out.most_common():
            yield f"{counted(count, 'row')} left out: {reason}."


LONGEST_QUOTE: Final = 20_000
"""Characters of what one claim quotes of a table or a graph file; of what is longer, the beginning."""

Place = tuple[int, int, int]
"""Of a row in its document: the number of its line, from 1, where its words begin, and where they end."""


def to_claim(
    document: Document,
    place: Place,
    statement: Statement,
    extractor: str,
    confidence: float = 1.0,
    *,
    modality: str = "asserted",
) -> Claim:
    """Make the claim of a row; it quotes the row's words as they stand in the document, or the beginning of many."""
    row, start, end = place
    end = min(end, start + LONGEST_QUOTE)
    quote = document.content[start:end]
    return Claim(document.id, quote, start, end, statement, extractor, confidence, modality, row, document.published_on)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a loader makes of a file.

    Attributes:
        document: the file as a document.
        claims: what it says, to be taken once; raises LoadError where ``Given.strict`` says so, or if there is no row.
        tally: what becomes of the rows of a table; None for an article.
        rejected: gives what rules turned down when it is called, for which the document is read again.
        note: what the user should know of the whole; empty if there is nothing to be said.
    """

    document: Document
    claims: Iterable[Claim]
    tally: Tally | None = None
    rejected: Callable[[], Iterable[Rejection]] = tuple
    note: str = ""

    def in_words(self, count: int, *, rejected: bool = False) -> str:
        """Say how many rows there were, and how many claims or rejected candidates were taken from them."""
        rows = f"{self.tally.in_words()}, " if self.tally else ""
        return rows + counted(count, "rejected candidate" if rejected else "claim")

    def remarks(self, most: int) -> Iterator[str]:
        """Say in a line each what is remarkable about it and its rows, up to a number of lines of each sort."""
        return to_remarks(self.note, self.tally, most)


def to_remarks(note: str, tally: Tally | None, most: int) -> Iterator[str]:
    """Give a note, if there is one, and the remarks on the rows of a table, each as a line."""
    if note:
        yield note
    if tally:
        yield from tally.remarks(most)
