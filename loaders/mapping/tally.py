"""What became of the rows of a table and of the statements of its mapping that were not made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..reading import Tally, counted


@dataclass(slots=True)
class MappingTally(Tally):
    """A tally that counts statements too, since a row may give one claim and lack what another needs.

    Attributes:
        not_made: how many statements of the rows that gave claims were not made, by the reason.
    """

    not_made: Counter[str] = field(default_factory=Counter)

    def remarks(self, most: int) -> Iterator[str]:
        """Say in a line each what is remarkable, up to a number of lines of each sort."""
        yield from Tally.remarks(self, most)
        for reason, count in self.not_made.most_common(most):
            yield f"{counted(count, 'statement')} not made of rows that are loaded: {reason}."
        if len(self.not_made) > most:
            yield f"… and {len(self.not_made) - most} more of these."
