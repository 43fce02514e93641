"""Rows that say the same of one year after another, or of one span after another, become one claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from ...graph.errors import LoadError
from ...graph.statements import DescriptionStatement, RelationStatement, Statement
from ..reading import LONGEST_QUOTE
from .model import Value
from .rows import Stated
from .tables import Row
from .values import Get, to_get

Told: TypeAlias = tuple[Stated, int, int, int]
"""What is stated, the number of its first line, and where its quote begins and ends."""


@dataclass(slots=True)
class _Open:
    """A claim that the next row may go on with."""

    stated: Stated
    line: int
    start: int
    end: int
    first: str | None
    last: str | None
    row: int


class Folding:
    """Takes what rows state, in their order, and gives the claims that they make together.

    Only rows that follow each other directly are put together, since a claim quotes all of its rows.
    """

    def __init__(self, years: Mapping[str, Get]) -> None:
        self._years = years
        self._open: dict[tuple[int, Statement], _Open] = {}
        self._row = 0

    @classmethod
    def of(cls, columns: Mapping[str, int], missing: frozenset[str], names: Iterable[str]) -> Folding:
        """Make one for a table; ``names`` are the columns of the years by which it is folded."""
        return cls({name: to_get(Value(0, column=name), columns, missing, "year") for name in names})

    def take(self, row: Row, stated: list[Stated]) -> Iterator[Told]:
        """Take what a row states; give what it cannot go on with and what needs no folding.

        Raises:
            LoadError: the row has no year; nothing of it is taken.
        """
        periods = [(one, self._period(one, row)) for one in stated]
        self._row += 1
        for one, (first, last) in periods:
            if one.fold is None:
                yield one, row.line, row.start, row.end
                continue
            key = (one.place, _without_dates(one.statement))
            held = self._open.get(key)
            if held is not None and self._goes_on(held, one, first, row):
                held.end, held.row = row.end, self._row
                if one.fold.span:
                    held.first = min(held.first, first) if held.first and first else None
                    held.last = max(held.last, last) if held.last and last else None
                else:
                    held.last = last
                continue
            if held is not None:
                yield _closed(held)
            self._open[key] = _Open(one, row.line, row.start, row.end, first, last, self._row)
        yield from self._close(lambda held: held.row < self._row)

    def skip(self) -> Iterator[Told]:
        """Pass a row by that states nothing; nothing goes on beyond it."""
        self._row += 1
        yield from self._close(lambda held: True)

    def finish(self) -> Iterator[Told]:
        """Give what is left."""
        yield from self._close(lambda held: True)

    def _close(self, over: Callable[[_Open], bool]) -> Iterator[Told]:
        for key in [key for key, held in self._open.items() if over(held)]:
            yield _closed(self._open.pop(key))

    def _period(self, one: Stated, row: Row) -> tuple[str | None, str | None]:
        if one.fold is None or one.fold.years is None:
            statement = one.statement
            known = isinstance(statement, RelationStatement | DescriptionStatement)
            return (statement.since, statement.until) if known else (None, None)  # type: ignore[union-attr]
        year = self._years[one.fold.years](row.cells)
        if year is None:
            raise LoadError(f"{one.fold.years} is empty")
        return f"{year:04}", f"{year:04}"

    def _goes_on(self, held: _Open, one: Stated, first: str | None, row: Row) -> bool:
        # A claim quotes all of its rows, so that longer spells are told in parts.
        if held.row != self._row - 1 or row.end - held.start > LONGEST_QUOTE:
            return False
        if one.fold is not None and one.fold.span:
            return True
        return bool(first and held.last) and int(first or 0) - int(held.last or 0) in (0, 1)


def _without_dates(statement: Statement) -> Statement:
    if isinstance(statement, RelationStatement | DescriptionStatement):
        return replace(statement, since=None, until=None) if statement.since or statement.until else statement
    return statement


def _closed(held: _Open) -> Told:
    fold, statement, last = held.stated.fold, held.stated.statement, held.last
    if fold is not None and fold.last is not None and last is not None and int(last[:4]) >= fold.last:
        last = None
    if isinstance(statement, RelationStatement | DescriptionStatement):
        statement = replace(statement, since=held.first, until=last)
    return replace(held.stated, statement=statement), held.line, held.start, held.end
