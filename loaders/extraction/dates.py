"""When something happened, by words that count from the day of publication: ``last year``, ``three weeks ago``.

Closed forms by an own list: only the year is kept of them, so a library that reads any date in any language would add
half a second to each start for a dozen phrases, and would also read ``may`` and ``march``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from .numbers import quantity_at
from .tokens import Token, word_set

_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
_WEEKDAYS: Final = word_set("monday tuesday wednesday thursday friday saturday sunday")
_NOW: Final = word_set("today yesterday tonight")


def year_told(tokens: Sequence[Token], first: int, last: int, published: str | None) -> int | None:
    """Give the year that a phrase between two tokens means, counted from the day of publication.

    Args:
        tokens: atoms of a sentence.
        first: index of the first.
        last: index just behind the last.
        published: ISO 8601 date, whole or only the year or month; None if unknown, then nothing can be told.

    Returns:
        The year; None where no phrase says it, where two say different ones, or where the precision of the date of
        publication does not decide (``last month`` of an article of 2021).
    """
    if not published:
        return None
    found = {year for index in range(first, min(last, len(tokens))) for year in _at(tokens, index, published)}
    return found.pop() if len(found) == 1 else None


def _at(tokens: Sequence[Token], index: int, published: str) -> list[int]:
    word = tokens[index].key
    before = tokens[index - 1].key if index else ""
    year = int(published[:4])
    if word == "year" and before in {"this", "last"}:
        return [year - (before == "last")]
    if word == "ago" and index >= 2:
        return _ago(tokens, index, published)
    if word in {"month", "week"} and before in {"this", "last"}:
        return _back(published, _DAYS[word] if before == "last" else 0)
    if word in _WEEKDAYS and before in {"on", "last"}:
        return _back(published, 3)
    return _back(published, 1) if word in _NOW else []


def _ago(tokens: Sequence[Token], index: int, published: str) -> list[int]:
    """``two years ago`` is exact to the year, ``ten days ago`` to the day."""
    unit = tokens[index - 1].key.removesuffix("s")
    counted = quantity_at(tokens, index - 2)
    number = counted[0] if counted else 1 if tokens[index - 2].key in {"a", "an"} else 0
    if unit not in _DAYS or not number:
        return []
    return [int(published[:4]) - number] if unit == "year" else _back(published, number * _DAYS[unit])


def _back(published: str, days: int) -> list[int]:
    """The year some days before publication, if the date is known well enough to tell."""
    if len(published) == 10:
        return [(date.fromisoformat(published) - timedelta(days=days)).year]
    month = int(published[5:7]) if len(published) == 7 else 0
    return [int(published[:4])] if days == 0 or month * 28 > days + 28 else []
