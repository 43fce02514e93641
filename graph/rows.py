"""The answer to a statement: all its rows at once, or while they come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a statement.

    Attributes:
        columns: their names, in order; there even if no row is.
        records: one mapping from column to value a row. Nodes come as ``Node``, relations as ``Edge``, paths as
            ``Route``, dates and times as ISO 8601 text.
    """

    columns: tuple[str, ...]
    records: list[dict[str, Any]]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)


@dataclass(frozen=True, slots=True)
class Stream:
    """The answer to a statement while it comes.

    Attributes:
        columns: their names, in order; there even if no row is.
        records: as of ``Rows``, to be gone through once.
    """

    columns: tuple[str, ...]
    records: Iterator[dict[str, Any]]
