"""What sources say: Source, Document and Claim, as frozen records with content-addressed ids."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Final

from .errors import LoadError
from .names import slug
from .records import STATEMENT_PROPERTIES, read_party, read_statement, to_values
from .schema import MODALITIES, RELIABILITIES
from .statements import Party, Statement, Value, one_of


def digest(*parts: object) -> str:
    """Hash parts, of which each has a JSON form, into 16 hexadecimal digits (the start of their SHA-256)."""
    return hashlib.sha256(_to_json(parts).encode()).hexdigest()[:16]


_to_json: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode
"""Made once: ``json.dumps`` would make one for each call, which takes longer than the writing."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes documents.

    Attributes:
        name: as a reader would cite it.
        reliability: ``A`` to ``F`` of the Admiralty scale; ``F`` means that it cannot be judged.
    """

    name: str
    reliability: str = "F"

    def __post_init__(self) -> None:
        if self.reliability not in RELIABILITIES:
            raise LoadError(
                f"Reliability {self.reliability!r} is not on the scale; use one of {', '.join(RELIABILITIES)}."
            )

    @property
    def id(self) -> str:
        """The id of the node, made from the name."""
        return f"source:{slug(self.name)}"


@dataclass(frozen=True, slots=True)
class Document:
    """One loaded article or table.

    Attributes:
        title: the headline, or the file's name where there is none.
        content: the text as it was loaded, for an article; the whole table as text, for a table.
        source: who published it.
        format: the name of the loader that read it.
        published_on: ISO 8601 date of publication, whole or only the year or month; None if unknown.
        address: where it can be found again (a URL); None if unknown. Never a path of the machine.
        licence: the licence or copyright line; None if unknown.
        keeps_text: whether the text is kept with the document. Of a table only the claims keep their rows.
        register: of which register this is an edition, and of which part of it; of two editions of one the later
            speaks, and what it leaves out is withdrawn. None for what has no editions, or no date.
        content_hash: SHA-256 of the content in UTF-8, hexadecimal.
    """

    title: str
    content: str = field(repr=False)
    source: Source
    format: str
    published_on: str | None = None
    address: str | None = None
    licence: str | None = None
    keeps_text: bool = True
    register: str | None = None
    content_hash: str = field(init=False)

    def __post_init__(self) -> None:
        hashed = hashlib.sha256(self.content.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "content_hash", hashed)

    @property
    def id(self) -> str:
        """The id of the node, made from the content alone: the same text is the same document."""
        return f"doc:{self.content_hash[:16]}"

    def to_properties(self) -> dict[str, Value]:
        """Give the node's properties, without those that are unknown."""
        values: dict[str, Value | None] = {
            "id": self.id,
            "name": self.title,
            "content_hash": self.content_hash,
            "format": self.format,
            "published_on": self.published_on,
            "address": self.address,
            "licence": self.licence,
            "register": self.register,
            "text": self.content if self.keeps_text else None,
        }
        return {key: value for key, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says what, in which words, where in which document.

    Attributes:
        document: id of the document.
        quote: the words, a literal substring of the document's content.
        start: offset of the quote in the content, in code points.
        end: offset just behind the quote.
        statement: what is stated.
        extractor: which loader or rule set made the claim, with its version.
        confidence: how sure the extractor is that the words state this, 0 to 1.
        modality: one of ``schema.MODALITIES``.
        row: for a table, the number of the line in the file, from 1.
        published_on: the document's date.
        said_by: whom the document names as the speaker.
        id: hash of document, place and statement, so that loading twice states nothing twice.
    """

    document: str
    quote: str
    start: int
    end: int
    statement: Statement
    extractor: str
    confidence: float = 1.0
    modality: str = "asserted"
    row: int | None = None
    published_on: str | None = None
    said_by: Party | None = None
    id: str = field(init=False)

    def __post_init__(self) -> None:
        one_of("modality", self.modality, MODALITIES)
        if not self.quote or self.end - self.start != len(self.quote):
            raise LoadError(f"A claim of {self.document} has no quote at {self.start}–{self.end}.")
        if not 0 <= self.confidence <= 1:
            raise LoadError(f"A confidence of {self.confidence} is not between 0 and 1.")
        place = (self.document, self.start, self.end, self.row, self.modality)
        object.__setattr__(self, "id", "claim:" + digest(*place, *self._values().items()))

    def parties(self) -> Iterator[tuple[str, Party]]:
        """Give each party with the role that it has in the claim, the speaker last."""
        yield from self.statement.parties()
        if self.said_by is not None:
            yield "said_by", self.said_by

    def seen_as(self, statement: Statement, said_by: Party | None) -> Claim:
        """Give the claim as if it stated this; it keeps its id and its words, which are the source's."""
        seen = copy(self)
        object.__setattr__(seen, "statement", statement)
        object.__setattr__(seen, "said_by", said_by)
        return seen

    def _values(self) -> dict[str, Value]:
        values = to_values(self.statement)
        if self.said_by is not None:
            values["said_by"], values["said_by_name"] = self.said_by.id, self.said_by.name
        return values

    def to_properties(self) -> dict[str, Value]:
        """Give the claim as one flat mapping without unknown values: a node's properties, or a line of JSON."""
        more: dict[str, Value | None] = {
            "id": self.id,
            "document": self.document,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "extractor": self.extractor,
            "confidence": self.confidence,
            "modality": self.modality,
            "row": self.row,
            "published_on": self.published_on,
        }
        return {key: value for key, value in more.items() if value is not None} | self._values()

    @classmethod
    def from_properties(cls, values: Mapping[str, Any]) -> Claim:
        """Make the claim again from what ``to_properties`` gave; further keys do not matter.

        Raises:
            LoadError: what is stated is not in the schema.
        """
        return cls(
            document=values["document"],
            quote=values["quote"],
            start=values["start"],
            end=values["end"],
            statement=read_statement(values),
            extractor=values["extractor"],
            confidence=values["confidence"],
            modality=values["modality"],
            row=values.get("row"),
            published_on=values.get("published_on"),
            said_by=read_party(values, "said_by") if values.get("said_by") else None,
        )


def ties_of(claim: Claim) -> list[tuple[str, str, dict[str, str]]]:
    """Give the relations from a claim to whom it names: their kind, the id at their end, and their properties.

    What a claim of a transfer names is held by the transfer.
    """
    ties = [("SAID_BY", claim.said_by.id, dict[str, str]())] if claim.said_by is not None else []
    if claim.statement.states != "transfer":
        ties += [("ABOUT", party.id, {"role": role}) for role, party in claim.statement.parties()]
    return ties


CLAIM_PROPERTIES: Final = (
    "id",
    "document",
    "quote",
    "start",
    "end",
    "extractor",
    "confidence",
    "modality",
    "row",
    "published_on",
    *STATEMENT_PROPERTIES,
)
"""The keys that ``Claim.to_properties`` may give."""
