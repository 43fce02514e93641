"""Answers that are kept by the cells on which they depend: tables say the same again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Final, TypeVar

from ...graph.errors import LoadError
from .conditions import Cells

_AnswerT = TypeVar("_AnswerT")

_MOST: Final = 20_000
"""Answers of one function; when there are more, all are forgotten, since the table hardly says the same again."""


def kept(get: Callable[[Cells], _AnswerT], places: Iterable[int]) -> Callable[[Cells], _AnswerT]:
    """Keep what a function gives, and the errors that it raises, by the cells that it looks at.

    Args:
        get: takes a row's cells.
        places: of all cells on which its answer depends.
    """
    used = sorted(set(places))
    key_of: Callable[[Cells], object] = itemgetter(*used) if used else lambda cells: None
    known: dict[object, _AnswerT] = {}
    wrong: dict[object, LoadError] = {}

    def got(cells: Cells) -> _AnswerT:
        key = key_of(cells)
        try:
            return known[key]
        except KeyError:
            if key in wrong:
                raise wrong[key] from None
        if len(known) + len(wrong) >= _MOST:
            known.clear()
            wrong.clear()
        try:
            found = known[key] = get(cells)
        except LoadError as error:
            wrong[key] = error
            raise
        return found

    return got
