"""Where sentences begin and end, in code points into the text; every sentence is a literal stretch of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .tokens import NOTE, word_set

LONGEST: Final = 1500
"""A stretch without a full stop is cut at a space before this many code points."""

_LINE: Final = re.compile(r"[^\n]*\n?")
_STOP: Final = re.compile(rf"[.!?…]+[\"'”’»)\]]*(?:{NOTE})*")
_WORD: Final = re.compile(r"[^\W_]+")
_BULLET: Final = re.compile(r"(?:[-–—*•·▪→>#]|\d{1,2}[.)])\s")
_OPENERS: Final = "\"'“‘«([–—-•"
_ABBREVIATIONS: Final = word_set(
    """
    mr mrs ms dr prof gen lt col maj capt cmdr adm brig sgt cpl rep sen gov pres st mt no nos vs vol fig approx est
    inc ltd co corp jr sr bros dept univ al ca cf eds ed pp art sec rev hon messrs mil def min jan feb mar apr jun
    jul aug sep sept oct nov dec u.s u.k u.n e.u u.a.e d.c p.r a.m p.m e.g i.e
    """
)
_AT_THE_END: Final = word_set("inc ltd co corp jr sr al u.s u.k u.n e.u u.a.e d.c a.m p.m")
_STARTERS: Final = word_set(
    """
    the a an this that these those it its he she they we i his her their our there in on at by for from with after
    before as but and so when while although however meanwhile according earlier later last both all since
    """
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading, bullet or caption.

    Attributes:
        text: the words, a literal substring.
        start: offset of its first code point in the document's content.
        end: offset just behind its last.
    """

    text: str
    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """Split a text into sentences.

    A line of its own (heading, bullet, caption) is a sentence of its own. The lines of a hard-wrapped paragraph belong
    together; what is joined is only the stretch, so that every sentence remains a literal substring.

    Args:
        text: the document's content, with LF between lines.

    Returns:
        The sentences in the order of the text; none is empty or begins or ends with white space.
    """
    found = []
    for start, end in _paragraphs(text):
        for left, right in _stretches(text, start, end):
            found += [Sentence(text[a:b], a, b) for a, b in _pieces(text, left, right)]
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    block: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        if match.group().strip():
            block.append(match.span())
            continue
        yield from _unwrap(text, block)
        block = []
    yield from _unwrap(text, block)


def _unwrap(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    width = max((end - start for start, end in lines), default=0)
    start: int | None = None
    for index, (left, right) in enumerate(lines):
        start = left if start is None else start
        after = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
        if not after or not _goes_on(text[left:right].strip(), after.strip(), width):
            yield start, right
            start = None


def _goes_on(line: str, after: str, width: int) -> bool:
    """Whether the next line continues this one: it was broken because its first word no longer fitted."""
    if _BULLET.match(after) or any(line.count(mark) > 1 or after.count(mark) > 1 for mark in "|\t"):
        return False
    first = after.partition(" ")[0]
    full = 40 <= width <= 140 and len(line) + 1 + len(first) >= width - 8
    return full or (first[:1].islower() and not line.endswith((".", "!", "?", ":", "”", '"')))


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = start
    for match in _STOP.finditer(text, start, end):
        if _ends_here(text, match, end):
            yield left, match.end()
            left = match.end()
    yield left, end


def _ends_here(text: str, stop: re.Match[str], end: int) -> bool:
    after = stop.end()
    if after >= end or not text[after].isspace():
        return False
    follow = text[after : after + 40].lstrip()
    if not follow or not (follow[0].isupper() or follow[0].isdigit() or follow[0] in _OPENERS):
        return False
    if stop.group()[0] != ".":
        return True
    start = text.rfind(" ", max(0, stop.start() - 16), stop.start()) + 1 or max(0, stop.start() - 16)
    word = text[start : stop.start()].rsplit("\n", 1)[-1].lstrip(_OPENERS).lower()
    before = stop.start() - len(word)
    if word.isdigit() and len(word) <= 2 and (not before or text[before - 1] == "\n"):
        return False
    if word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha()):
        return True
    first = _WORD.match(follow)
    return word in _AT_THE_END and bool(first) and first is not None and first.group().lower() in _STARTERS


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
