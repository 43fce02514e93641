"""Quantities and years as the text writes them: ``24``, ``1,000``, ``three dozen``, ``in 2019``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .tokens import Token, word_set

_UNITS: Final = {
    word: value
    for value, word in enumerate(
        (
            *(
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
            ),
            *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        )
    )
}
_TENS: Final = {
    word: value * 10
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
MONTHS: Final = word_set("january february march april may june july august september october november december")
ORDINALS: Final = word_set("second third fourth fifth sixth seventh eighth ninth tenth")
_SCALES: Final = {"pair": 2, "dozen": 12, "score": 20, "hundred": 100, "thousand": 1000}
_MONEY: Final = re.compile(r"[$€£¥₹₩]\s*$")
_BARRED: Final = word_set(
    """
    million billion trillion mln bn percent per mm cm km kg ton tons tonnes metre metres meter meters miles mile
    year years month months day days week weeks th st nd rd countries nations states people soldiers troops
    kilometres kilometers hours inch knots
    """
)
_YEAR: Final = range(1900, 2101)
_NOT_A_DATE: Final = word_set("until till since")


def is_month(tokens: Sequence[Token], index: int) -> bool:
    """Whether ``May`` is the month: capitalised within a sentence, or with a number behind it at the start."""
    if tokens[index].text != "May":
        return False
    return index > 0 or (len(tokens) > 1 and tokens[1].is_number)


def quantity_at(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    """Read the number that ends at a token.

    Args:
        tokens: atoms of a sentence.
        index: of the last atom of the number.

    Returns:
        The number and the index of its first atom; None where there is no whole number, or it counts money.
    """
    return _digits(tokens, index) if tokens[index].is_number else _words(tokens, index)


def _digits(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    first = index
    while first and len(tokens[first].text) == 3 and tokens[first].gap == "," and tokens[first - 1].is_number:
        first -= 1
    before = tokens[first].gap
    glued = before in {"-", ".", "/", ":", ""} and first > 0 and (tokens[first - 1].is_number or before != ":")
    if glued or _MONEY.search(before) or len(tokens[first].text) > 7:
        return None
    return int("".join(token.text for token in tokens[first : index + 1])), first


def _words(tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
    value, first, known = 0, index, False
    scale = 1
    while first >= 0:
        token = tokens[first]
        word = token.key
        if word in _SCALES:
            scale, known = scale * _SCALES[word], True
        elif word in _UNITS or word in _TENS:
            value += (_UNITS.get(word, 0) or _TENS.get(word, 0)) * scale
            known = True
        elif known and first and (word == "a" or (word == "of" and scale > 1)):
            pass
        elif known and scale > 1 and token.is_number and value == 0:
            digits = _digits(tokens, first)
            return (digits[0] * scale, digits[1]) if digits else None
        else:
            break
        first -= 1
    if not known:
        return None
    half = first >= 1 and tokens[first].key == "half"
    return ((value or scale) // (2 if half else 1), first + 1)


def counts_other(word: str) -> bool:
    """Whether a number before this word counts something else than arms: money, distance, time, countries."""
    return word in _BARRED


def years_in(tokens: Sequence[Token], first: int, last: int) -> list[int]:
    """Find the years that a stretch of a sentence names as a date of what it tells.

    Args:
        tokens: atoms of a sentence.
        first: index of the first atom.
        last: index just behind the last.
    """
    found = []
    for index in range(max(first, 0), min(last, len(tokens))):
        token = tokens[index]
        if len(token.text) == 4 and token.is_number and int(token.text) in _YEAR and _is_date(tokens, index):
            found.append(int(token.text))
    return found


def _is_date(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if not index:
        return False
    if token.gap.strip() not in {"", ",", "("} or not token.gap:
        return False
    before = [other.key for other in tokens[max(0, index - 3) : index]]
    if _NOT_A_DATE & set(before):
        return False
    listed = before[-1] == "and" and len(before) > 1 and len(before[-2]) == 4 and before[-2].isdigit()
    return (
        listed
        or before[-1] in _DATE_WORDS
        or (tokens[index - 1].is_number and len(before) > 1 and before[-2] in _DATE_WORDS)
    )


_DATE_WORDS: Final = word_set(
    """
    in during late early mid of by january february march april may june july august september october november
    december jan feb mar apr jun jul aug sep sept oct nov dec for year spring summer autumn fall winter
    """
)
