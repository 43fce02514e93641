"""Prices as the text writes them: ``worth $2.5 billion``, ``for 1.7 billion euros``, ``a EUR 300 million order``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from .lexicon import lexicon

_NUMBER: Final = r"(?P<number>\d[\d,]{0,15}(?:\.\d{1,4})?)"
_SMALL: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the pattern for ``$2 billion`` and the one for ``two billion dollars``."""
    table = lexicon().money
    scale = rf"(?:[ -]?(?P<scale>{_either(table.scales)})\b)?"
    symbols = [mark for mark in table.currencies if not mark.isalpha()]
    codes = [mark for mark in table.currencies if mark.isalpha() and mark.isupper()]
    words = [mark for mark in table.currencies if mark.islower()]
    before = rf"(?:(?P<symbol>{_either(symbols)})|\b(?P<code>{_either(codes)})) ?{_NUMBER}{scale}"
    after = rf"(?:{_NUMBER}|\b(?P<word>{_either(_SMALL)})\b){scale}[ -](?P<currency>{_either(words)})\b"
    return re.compile(before), re.compile(after, re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


class Price(NamedTuple):
    """A sum of money.

    Attributes:
        value: in units of the currency.
        currency: ISO 4217 code.
        start: offset in the text.
    """

    value: float
    currency: str
    start: int


def prices(text: str) -> Iterator[Price]:
    """Find the sums of money in a text; the time grows with its length."""
    before, after = _patterns()
    currencies = lexicon().money.currencies
    for match in before.finditer(text):
        mark = match["symbol"] or match["code"]
        yield Price(_value(match["number"], match["scale"]), currencies[mark], match.start())
    for match in after.finditer(text):
        number = match["number"] or str(_SMALL.index(match["word"].lower()) + 1)
        if match.start() == 0 or text[match.start() - 1] not in "$€£":
            yield Price(_value(number, match["scale"]), currencies[match["currency"].lower()], match.start())


def _value(number: str, scale: str | None) -> float:
    return round(float(number.replace(",", "")) * lexicon().money.scales.get((scale or "").lower(), 1), 2)
