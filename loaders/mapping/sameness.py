"""When a cell is what a mapping names: a missing mark, what ``values`` translates, or what a condition tests for.

Numbers are the same however they are written: ``1`` is ``1.0`` and ``+1``, and ``-9`` is ``-9.00``. With a zero before
it a number is a code and stands for itself: ``007`` is neither ``7`` nor ``07``. All else is what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_NUMBER: Final = re.compile(r"([-+]?)(0|[1-9]\d*)(?:\.(\d+))?", re.ASCII)


def normal(text: str) -> str:
    """Give the text that all have which are the same: of a number the shortest.

    >>> normal("1.50"), normal("-9.0"), normal("007"), normal("yes")
    ('1.5', '-9', '007', 'yes')
    """
    found = _NUMBER.fullmatch(text)
    if not found:
        return text
    fraction = (found[3] or "").rstrip("0")
    number = f"{found[2]}.{fraction}" if fraction else found[2]
    return f"-{number}" if found[1] == "-" and number != "0" else number


class _WithNumbers(frozenset[str]):
    """Texts of which some are numbers, however those are written."""

    def __contains__(self, text: object) -> bool:
        return super().__contains__(text) or (isinstance(text, str) and super().__contains__(normal(text)))


def to_missing(*marks: Iterable[str]) -> frozenset[str]:
    """Give all marks of what says nothing, the empty cell among them; numbers however they are written."""
    texts = frozenset(("", *(normal(mark) for some in marks for mark in some)))
    # Only where a mark is a number are cells looked at twice, since every cell of a table is asked for.
    return _WithNumbers(texts) if any(map(_NUMBER.fullmatch, texts)) else texts
