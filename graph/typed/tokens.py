"""The words of a Cypher statement: names, strings, numbers, parameters and signs, each with its place.

Enough to see what a statement that somebody typed consists of, without being misled by comments, strings or quoted
names. No parser: which of them belong together is looked at where it matters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(
    r"""(?P<space>\s++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)
      | (?P<string>'(?:[^'\\]|\\.)*+'?|"(?:[^"\\]|\\.)*+"?)
      | (?P<quoted>`(?:[^`]|``)*+`?)
      | (?P<parameter>\$(?:`(?:[^`]|``)*+`|\w++))
      | (?P<number>(?:0[xob][\da-f_]++|\d[\d_]*+(?:\.\d[\d_]*+)?(?:e[+-]?\d++)?|\.\d++(?:e[+-]?\d++)?))
      | (?P<name>[^\W\d]\w*+)
      | (?P<sign><=|>=|<>|=~|\+=|\.\.|\|\||::|.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign of a statement.

    Attributes:
        kind: ``name`` (keywords are names, too), ``quoted`` (a name in backticks), ``string``, ``number``,
            ``parameter`` or ``sign``.
        text: as it was typed.
        start: its place in the statement, in code points.
    """

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Tell whether it is one of these keywords, in whatever case."""
        return self.kind == "name" and self.text.upper() in words

    def is_sign(self, *signs: str) -> bool:
        """Tell whether it is one of these signs."""
        return self.kind == "sign" and self.text in signs


def tokens(statement: str) -> list[Token]:
    """Give the tokens of a statement in order, without spaces and comments; takes linear time."""
    return [
        Token(str(found.lastgroup), found[0], found.start())
        for found in _TOKEN.finditer(statement)
        if found.lastgroup != "space"
    ]


_CLOSING: Final = {"(": ")", "[": "]", "{": "}"}


def closing(held: Sequence[Token], at: int) -> int:
    """Give the index of the bracket that closes the one at an index; the number of tokens if nothing closes it."""
    depth = 0
    for index in range(at, len(held)):
        if held[index].is_sign(*_CLOSING):
            depth += 1
        elif held[index].is_sign(*_CLOSING.values()):
            depth -= 1
            if not depth:
                return index
    return len(held)
