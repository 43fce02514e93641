"""Rich text to plain text: paragraphs to lines, tabs to tabs, signs to letters; fonts and styles are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_TOKEN: Final = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>.)|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_WORDS: Final = {
    "par": "\n",
    "line": "\n",
    "row": "\n",
    "sect": "\n",
    "page": "\n",
    "tab": "\t",
    "cell": "\t",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
}
"""Control words that stand for text."""
_SIGNS: Final = {"~": " ", "_": "-", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n", "\t": "\t"}
_SILENT: Final = frozenset(
    (
        *("fonttbl", "stylesheet", "colortbl", "info", "pict", "object", "header", "headerl", "headerr", "headerf"),
        *("footer", "footerl", "footerr", "footerf", "footnote", "themedata", "listtable", "generator", "xmlnstbl"),
    )
)
"""Groups that begin with one of these hold no text of the document."""
_CHARSETS: Final = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}


def is_rtf(text: str) -> bool:
    """Tell whether a text is rich text."""
    return text[:100].lstrip("\ufeff \n").startswith("{\\rtf")


def to_text(rtf: str) -> str:
    r"""Give the plain text of rich text, with ``\n`` for each paragraph and line break and ``\t`` for each tab.

    Never raises: what is no rich text comes out as it is, and a file that is cut off gives what is there.
    """
    reader = _Reader()
    for found in _TOKEN.finditer(rtf):
        reader.take(found)
    return re.sub("[\ud800-\udfff]+", _paired, "".join(reader.made))


def _paired(found: re.Match[str]) -> str:
    """Make one sign of the two halves in which rich text writes what is above 65,535; a lone half is no sign."""
    return found[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@dataclass(slots=True)
class _Reader:
    made: list[str] = field(default_factory=list)
    charset: str = "cp1252"
    silent: bool = False
    skip: int = 1
    """How many signs stand behind a ``\\u`` for readers that do not know it."""
    due: int = 0
    """How many of these are still to come."""
    stack: list[tuple[bool, int]] = field(default_factory=list)

    def take(self, found: re.Match[str]) -> None:
        """Take the next piece of the rich text."""
        kind = found.lastgroup
        if kind in {"word", "number"}:
            self._word(found["word"], found["number"])
        elif kind == "brace":
            self._brace(found["brace"])
        elif kind == "sign" and found["sign"] == "*":
            self.silent = True
        elif not self.silent:
            text = bytes.fromhex(found["byte"]).decode(self.charset, "replace") if kind == "byte" else found["text"]
            text = _SIGNS.get(found["sign"], "") if text is None else text
            self.made.append(text[self.due :])
            self.due = max(0, self.due - len(text))

    def _brace(self, brace: str) -> None:
        self.due = 0
        if brace == "{":
            self.stack.append((self.silent, self.skip))
        elif self.stack:
            self.silent, self.skip = self.stack.pop()

    def _word(self, word: str, number: str | None) -> None:
        self.silent = self.silent or word in _SILENT
        self.charset = _CHARSETS.get(word, self.charset)
        if word == "uc":
            self.skip = min(abs(int(number or 1)), 9)
        elif word == "u" and number and not self.silent:
            self.made.append(chr(int(number) % 0x10000))
            self.due = self.skip
        elif word in _WORDS and not self.silent:
            self.due = 0
            self.made.append(_WORDS[word])
