"""What every loader takes and gives: what the user said of a file, and the document and claims read from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..graph.claims import Claim, Document


@dataclass(frozen=True, slots=True)
class Given:
    """What the user said of the files that he loads; None leaves it to the loader.

    Attributes:
        source: who published them.
        reliability: of the source, ``A`` to ``F``.
        published_on: ISO 8601 date, whole or only the year or month.
    """

    source: str | None = None
    reliability: str = "F"
    published_on: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that could not be understood.

    Attributes:
        row: number of its line in the file, from 1.
        reason: why, for the user.
    """

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a loader made of a file.

    Attributes:
        document: the file as a document.
        claims: what it says.
        rows: how many rows a table has beside its header; None for an article.
        refused: the rows that could not be understood.
    """

    document: Document
    claims: Sequence[Claim]
    rows: int | None = None
    refused: tuple[Refused, ...] = ()
