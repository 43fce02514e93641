"""Conditions of a mapping as functions of a row's cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from .model import Condition, Test
from .sameness import normal

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
    limits = [(columns[name], sign) for name, sign in ((test.below, 1), (test.above, -1)) if name]
    alone = _to_alone(test, missing)
    known: dict[str, bool] = {}

    def check(cells: Cells) -> bool:
        text = cells[at]
        holds = known.get(text)
        if holds is None:
            if len(known) > _MOST:
                known.clear()
            holds = known[text] = alone(text)
        return holds

    def compared(cells: Cells) -> bool:
        return check(cells) and all(_less(cells[at], cells[other], sign) for other, sign in limits)

    return compared if limits else check


def _less(text: str, limit: str, sign: int) -> bool:
    """Tell whether a number is less than another; more, if the sign is -1. What is no number is neither."""
    number, other = to_number(text), to_number(limit)
    return number is not None and other is not None and sign * number < sign * other


def _to_alone(test: Test, missing: frozenset[str]) -> Callable[[str], bool]:
    """Make the function that tells whether a cell is what a test says, whatever the other cells are."""
    among, none_of = frozenset(map(normal, test.among)), frozenset(map(normal, test.none_of))

    def alone(text: str) -> bool:
        number = to_number(text)
        meant = normal(text)
        fits = [
            not test.among or meant in among,
            meant not in none_of,
            test.least is None or (number is not None and number >= test.least),
            test.most is None or (number is not None and number <= test.most),
            test.empty is None or test.empty == (text in missing),
        ]
        return all(fits)

    return alone


_MOST: Final = 10_000
"""Cells of a column whose meaning is kept; more of them are hardly the same again."""
