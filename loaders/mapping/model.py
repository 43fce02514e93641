"""A mapping as it was read: what a table's rows say, each part with the line of the YAML on which it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ...graph.errors import LoadError


class MappingWrong(LoadError):
    """A mapping is none, or does not fit the table; the text names the file and the line."""


@dataclass(frozen=True, slots=True)
class Test:
    """What a cell must be. All that is said must hold; None and empty say nothing."""

    line: int
    column: str
    among: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    empty: bool | None = None
    below: str | None = None
    above: str | None = None

    def columns(self) -> Iterator[str]:
        """Name the columns that it looks at."""
        yield from filter(None, (self.column, self.below, self.above))


Condition = tuple[Test, ...]
"""Tests that must all hold; none always does."""


@dataclass(frozen=True, slots=True)
class Value:
    """Where a value is and how it is read; ``schema.SHAPES`` says what each key means."""

    line: int
    column: str | None = None
    columns: tuple[str, ...] = ()
    join: str = " "
    constant: str | None = None
    year: str | None = None
    month: str | None = None
    day: str | None = None
    after: str | None = None
    before: str | None = None
    split: tuple[str, ...] = ()
    like: str | None = None
    unlike: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None
    date: tuple[str, ...] = ()
    decimal: str = "."
    thousands: str = ""
    prefix: str = ""
    missing: tuple[str, ...] = ()
    when: Condition = ()

    def columns_used(self) -> Iterator[str]:
        """Name the columns that it looks at."""
        yield from filter(None, (self.column, *self.columns, self.year, self.month, self.day, self.like, self.unlike))
        for test in self.when:
            yield from test.columns()

    @property
    def where(self) -> str:
        """Name the columns of the value itself, for a message."""
        names = (self.column, *self.columns, self.year, self.month, self.day)
        return ", ".join(name for name in names if name) or "constant"


@dataclass(frozen=True, slots=True)
class PartySpec:
    """Who or what a row names."""

    line: int
    label: Value
    name: Value | None = None
    code: Value | None = None
    list: str = "cow"
    on: Value | None = None
    of: str | None = None
    since: Value | None = None
    until: Value | None = None
    key: tuple[Value, ...] = ()
    otherwise: str | None = None

    def columns_used(self) -> Iterator[str]:
        """Name the columns that it looks at, but for those of the party that it belongs to."""
        for value in (self.label, self.name, self.code, self.on, self.since, self.until, *self.key):
            if value is not None:
                yield from value.columns_used()


@dataclass(frozen=True, slots=True)
class Fold:
    """How rows that follow each other become one claim."""

    line: int
    years: str | None = None
    last: float | None = None
    span: bool = False


@dataclass(frozen=True, slots=True)
class StatementSpec:
    """What a row states."""

    line: int
    states: str
    values: Mapping[str, tuple[Value, ...]]
    parties: Mapping[str, tuple[str, ...]]
    when: Condition = ()
    modality: str = "asserted"
    confidence: float = 1.0
    fold: Fold | None = None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Rows that are left out, and why."""

    line: int
    when: Condition
    because: str


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """Who published the table."""

    line: int
    name: str
    reliability: str = "F"
    published: str | None = None
    address: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class TableSpec:
    """What the table looks like."""

    columns: tuple[str, ...] = ()
    short_rows: str = "refuse"
    line: int = 0


@dataclass(frozen=True, slots=True)
class MappingSpec:
    """A whole mapping.

    Attributes:
        file: as messages call it.
        name: of the mapping.
    """

    file: str
    line: int
    name: str
    source: SourceSpec
    statements: tuple[StatementSpec, ...]
    about: str = ""
    table: TableSpec = TableSpec()
    missing: tuple[str, ...] = ()
    leave_out: tuple[Exclusion, ...] = ()
    parties: Mapping[str, PartySpec] = field(default_factory=dict)

    def columns_used(self) -> dict[str, int]:
        """Name the columns that it needs, each with the first line of the YAML that does."""
        folds = ((one.fold.line, one.fold.years) for one in self.statements if one.fold and one.fold.years)
        asked = ((self.table.line, name) for name in self.table.columns)
        used: dict[str, int] = {}
        for line, name in sorted((*asked, *self._reads(), *folds)):
            used.setdefault(name, line)
        return used

    def columns_read(self) -> set[str]:
        """Name the columns on which it depends what a row states; the year of a fold is none."""
        return {name for _, name in self._reads()}

    def _reads(self) -> Iterator[tuple[int, str]]:
        conditions = [one.when for one in self.leave_out] + [one.when for one in self.statements]
        yield from ((test.line, name) for condition in conditions for test in condition for name in test.columns())
        for party in self.parties.values():
            yield from ((party.line, name) for name in party.columns_used())
        for statement in self.statements:
            for values in statement.values.values():
                yield from ((value.line, name) for value in values for name in value.columns_used())
