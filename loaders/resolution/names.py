"""Names as they are compared: without script, accents and case; the legal form of a firm apart from its own name."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from anyascii import anyascii

_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DOTTED: Final = re.compile(r"\b((?:[a-z]\.){2,}[a-z]?)")
_WORD: Final = re.compile(r"[a-z0-9]+")
_SOUNDS: Final = (
    ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("kh", "h"), ("zh", "z"), ("zj", "z"), ("ph", "f"), ("ck", "k"),
    ("x", "ks"), ("q", "k"), ("w", "v"), ("ts", "c"), ("tz", "c"),
)  # fmt: skip
_LONGEST: Final = 200
"""Characters of a name that are compared."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared.

    Attributes:
        text: as the source writes it.
        words: its words, in their order.
        form: its legal form, one of all its spellings and translations, such as ``llc``; empty if it says none.
        kind: of its legal form, such as ``limited``.
        core: the words joined.
        turned: the words sorted and joined, for names of persons.
    """

    text: str
    words: tuple[str, ...]
    form: str = ""
    kind: str = ""
    core: str = ""
    turned: str = ""

    @property
    def numbers(self) -> frozenset[str]:
        """The words that are numbers: plant 163 is not plant 165."""
        return frozenset(word for word in self.words if any(letter.isdigit() for letter in word))


def to_name(text: str, *, of_person: bool) -> Name:
    """Read a name for comparing.

    Args:
        text: in any script.
        of_person: whether a person bears it; firms and organisations may have a legal form.
    """
    plain = anyascii(text[:_LONGEST]).lower().replace("'", "").replace("&", " and ").replace('"', " ")
    plain = _DOTTED.sub(lambda found: found[1].replace(".", ""), plain)
    found = _WORD.findall(_BRACKETS.sub(" ", plain)) or _WORD.findall(plain)
    words, (form, kind) = (tuple(found), _NONE) if of_person else _without_form(found)
    return Name(text, words, form, kind, " ".join(words), " ".join(sorted(words)))


def is_common(word: str) -> bool:
    """Tell whether so many firms have a word in their names that it tells them from nobody."""
    return word in _lists()[1] or len(word) < 3


def skeleton(word: str) -> str:
    """Give what spellings of one word in several scripts and languages have in common: its first sound and consonants.

    ``skeleton("zhuravleva") == skeleton("zjuravleva") == "zrvlv"``.
    """
    if any(letter.isdigit() for letter in word):
        return word
    for spelled, heard in _SOUNDS:
        word = word.replace(spelled, heard)
    first = {"e": "i", "y": "i", "j": "i", "u": "i", "o": "a"}.get(word[:1], word[:1])
    kept = first + re.sub(r"[aeiouyjh]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", kept)


def _without_form(words: list[str]) -> tuple[tuple[str, ...], tuple[str, str]]:
    """Part the words of a name from its legal form, which stands at its beginning, its end, or both."""
    forms, _ = _lists()
    form, left = _NONE, list(words)
    trimmed = True
    while trimmed and len(left) > 1:
        trimmed = False
        for size in range(min(_MOST_WORDS, len(left) - 1), 0, -1):
            for part, rest in ((left[-size:], left[:-size]), (left[:size], left[size:])):
                told = forms.get(" ".join(part))
                # Whoever is called "The" or "As" something is not told by two letters at the beginning.
                if told is not None and (part == left[-size:] or size > 1 or part[0] in _LEADING):
                    form, left, trimmed = form if form[0] else told, rest, True
                    break
            if trimmed:
                break
    return tuple(left), form


_MOST_WORDS: Final = 5
_NONE: Final = ("", "")
_LEADING: Final = frozenset(
    ("the", "llc", "ltd", "jsc", "ojsc", "cjsc", "pjsc", "ooo", "oao", "ao", "zao", "pao", "nao", "fgup", "gup", "tov",
     "pat", "prat", "pt", "uab", "sia", "too")
)  # fmt: skip


@cache
def _lists() -> tuple[dict[str, tuple[str, str]], frozenset[str]]:
    """Read the legal forms with their kinds, and the common words."""
    text = (files(__package__) / "words.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    forms = {row["words"]: (row["form"], row["class"]) for row in rows if row["kind"] == "form"}
    return forms, frozenset(row["words"] for row in rows if row["kind"] == "common")
