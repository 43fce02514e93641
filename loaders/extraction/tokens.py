"""Atoms of text: runs of letters and runs of digits, with their offsets and what stands before them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from anyascii import anyascii

_RAISED: Final = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
NOTE: Final = rf"[{_RAISED}]|\[\d{{1,3}}\]"
"""Pattern of what leads to a footnote, ``\u00b2`` or ``[2]``: no part of the word, number or sentence before it."""

_NOTE: Final = re.compile(NOTE)
_ATOM: Final = re.compile(rf"(?P<note>{NOTE})|[^\W\d_{_RAISED}]+|\d+")
_INVISIBLE: Final = str.maketrans(
    "", "", "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\xad"
)


class Token(NamedTuple):
    """One atom: ``F-16`` is the two atoms ``F`` and ``16``.

    Attributes:
        text: the letters or digits as written.
        key: the same in lower-case ASCII.
        start: offset into the document.
        end: offset just behind it.
        gap: what stands between the atom before and this one, without footnote marks and what nobody sees.
    """

    text: str
    key: str
    start: int
    end: int
    gap: str

    @property
    def is_number(self) -> bool:
        """Whether the atom is a run of digits."""
        return self.text[0].isdecimal()

    @property
    def is_capital(self) -> bool:
        """Whether the atom begins with a capital letter."""
        return self.text[0].isupper()


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Split a stretch of text into atoms.

    Args:
        text: the whole text.
        start: where the stretch begins, in code points.
        end: where it ends; the end of the text if None.
    """
    tokens = []
    last = start
    is_noted = False
    for match in _ATOM.finditer(text, start, len(text) if end is None else end):
        if match.lastgroup:
            is_noted = True
            continue
        word, gap = match.group(), text[last : match.start()]
        if is_noted:
            gap, is_noted = _NOTE.sub("", gap), False
        key = word.lower() if word.isascii() else anyascii(word).lower()
        tokens.append(Token(word, key, match.start(), match.end(), gap.translate(_INVISIBLE)))
        last = match.end()
    return tokens


def word_set(text: str) -> frozenset[str]:
    """Make a set of the words of a text; for the small closed lists in the rules."""
    return frozenset(text.split())
