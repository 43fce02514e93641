"""Conditions of a mapping as functions of a row's cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from .model import Condition, Test

Cells: TypeAlias = Sequence[str]
"""The fields of one row, in the order of the header, without spaces around them."""
Check: TypeAlias = Callable[[Cells], bool]

_NUMBER: Final = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,15})?", re.ASCII)


def to_number(text: str) -> float | None:
    """Give the number that a text is with a full stop before its fraction; None if it is none."""
    return float(text) if _NUMBER.fullmatch(text) else None


def to_check(condition: Condition, columns: Mapping[str, int], missing: frozenset[str]) -> Check:
    """Make the function that tells whether a row fulfils a condition.

    Args:
        condition: tests that must all hold.
        columns: column -> place in a row.
        missing: cells that say nothing.
    """
    checks = [_to_check(test, columns, missing) for test in condition]
    if len(checks) == 1:
        return checks[0]
    return lambda cells: all(check(cells) for check in checks)


def _to_check(test: Test, columns: Mapping[str, int], missing: frozenset[str]) -> Check:
    at = columns[test.column]
    among, none_of = _same(test.among), _same(test.none_of)

    def alone(text: str) -> bool:
        number = to_number(text)
        meant: str | float = text if number is None else number
        if test.among and meant not in among:
            return False
        if test.none_of and meant in none_of:
            return False
        if test.least is not None and (number is None or number < test.least):
            return False
        if test.most is not None and (number is None or number > test.most):
            return False
        return test.empty is None or test.empty == (text in missing)

    known: dict[str, bool] = {}

    def check(cells: Cells) -> bool:
        text = cells[at]
        holds = known.get(text)
        if holds is None:
            if len(known) > _MOST:
                known.clear()
            holds = known[text] = alone(text)
        return holds

    if not (test.below or test.above):
        return check
    below, above = (columns[name] if name else None for name in (test.below, test.above))

    def compared(cells: Cells) -> bool:
        number = to_number(cells[at])
        if number is None or not check(cells):
            return False
        for other, sign in ((below, 1), (above, -1)):
            limit = to_number(cells[other]) if other is not None else None
            if other is not None and (limit is None or sign * number >= sign * limit):
                return False
        return True

    return compared


_MOST: Final = 10_000
"""Cells of a column whose meaning is kept; more of them are hardly the same again."""


def _same(texts: tuple[str, ...]) -> frozenset[str | float]:
    """Let numbers be the same however they are written: ``1`` is ``1.0``."""
    return frozenset(text if (number := to_number(text)) is None else number for text in texts)
