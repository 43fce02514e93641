"""Rows of lists and small tables: what a row leaves out stands in the heading above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from .chunk import Chunk
from .frames import Frame, find_frames
from .item import Item
from .lexicon import Trigger, lexicon
from .numbers import quantity_at
from .passages import Mention, Passage
from .roles import Slot
from .tokens import Token, tokenise

_BULLET: Final = re.compile(r"(?:[-–—*•·▪→>]|\d{1,2}[.)])\s")
_LABEL: Final = re.compile(r"(\w{4,12})\s*:\s")
_CELL_END: Final = re.compile(r"[|\t]")
_YEAR: Final = re.compile(r"(?<!until )(?<!till )(?<!through )\b(?:19|20)\d\d\b")
_FAR: Final = 20
"""A list of more rows than this is a register, not a list in an article."""

ROW: Final = Trigger("noun", "", lemma="row")
"""What tells of the transfer in a row: nothing but its heading."""


@dataclass(slots=True)
class Heading:
    """What the lines above a row say of all rows.

    Attributes:
        status: how far the transfers went; empty if not said.
        supplier: who supplies, None if the rows say it.
        buyer: who receives.
        item: what.
        columns: role of each cell of a table: supplier, buyer, system, quantity, year, or nothing.
        rows: how many rows it has had.
    """

    status: str = ""
    supplier: Chunk | None = None
    buyer: Chunk | None = None
    item: Item | None = None
    columns: tuple[str, ...] = ()
    rows: int = 0


@dataclass(slots=True)
class Listing:
    """The heading in force while a text is read line by line."""

    heading: Heading | None = field(default=None)

    def read(self, passage: Passage, chunks: Sequence[Chunk]) -> Iterator[Frame]:
        """Read a line: a row under a heading gives frames, a line that may be a heading is remembered.

        Args:
            passage: the line or sentence.
            chunks: of it, brackets as clauses of their own.
        """
        text = passage.sentence.text
        cells = _split(text) if is_cells(text) else []
        if self._label(text, chunks) or (len(cells) >= 2 and self._head(cells)):
            return
        heading = self.heading
        table = heading is not None and bool(heading.columns) and len(cells) == len(heading.columns)
        if heading and (table or _BULLET.match(text)) and heading.rows < _FAR:
            heading.rows += 1
            frames = _cells(passage, heading) if table else _bullet(passage, chunks, heading)
            yield from frames
        elif not _BULLET.match(text):
            self.heading = _to_heading(text, chunks)

    def _label(self, text: str, chunks: Sequence[Chunk]) -> bool:
        """Take ``Supplier: Peru`` as what holds for the rows below."""
        match = _LABEL.match(text)
        role = _role(match[1]) if match else ""
        who = next((chunk for chunk in chunks if chunk.sort == "party"), None)
        if role not in {"supplier", "buyer"} or who is None or len(text) > 60:
            return False
        heading = self.heading or Heading("ordered")
        self.heading = replace(heading, supplier=who) if role == "supplier" else replace(heading, buyer=who)
        return True

    def _head(self, cells: Sequence[str]) -> bool:
        """Take a first line of column names; False for any other line."""
        roles = tuple(_role(cell) for cell in cells)
        if sum(bool(role) for role in roles) < 2:
            return False
        self.heading = replace(self.heading or Heading(), columns=roles)
        return True


def _split(text: str) -> list[str]:
    return [cell.strip() for cell in _CELL_END.split(text.strip("| \t"))]


def is_cells(text: str) -> bool:
    """Whether a line is made of cells."""
    return "|" in text or "\t" in text


def _role(word: str) -> str:
    table = lexicon().columns
    return next((role for role, words in table.items() if word.strip().lower() in words), "")


def _to_heading(text: str, chunks: Sequence[Chunk]) -> Heading | None:
    """Read a line without a full stop that speaks of transfers as a heading; None if it is none."""
    if text.rstrip("\"'”’").endswith(".") or len(text) > 160:
        return None
    for frame in find_frames(chunks, headings=True):
        supplier, buyer = (slot.chunk if slot else None for slot in (frame.supplier, frame.buyer))
        roles = [chunk if chunk and chunk.sort == "party" else None for chunk in (supplier, buyer)]
        item = next(iter(frame.items), None)
        if not frame.refused and (any(roles) or item):
            return Heading(frame.status, roles[0], roles[1], item)
    return _aid(chunks)


def _aid(chunks: Sequence[Chunk]) -> Heading | None:
    """Read ``Military aid to Peru``: what the rows list was at least pledged."""
    row = [chunk for chunk in chunks if chunk.word != "the"][:3]
    aid = len(row) == 3 and row[0].item is not None and row[0].item.head.id == "system:arms"
    return Heading("pledged", buyer=row[2]) if aid and row[1].word in {"to", "for"} and row[2].sort == "party" else None


def _bullet(passage: Passage, chunks: Sequence[Chunk], heading: Heading) -> Iterator[Frame]:
    """Read ``- 12 tanks (ordered 2014)`` or ``* Peru: 12 tanks`` under its heading."""
    told = [chunk for chunk in chunks if chunk.trigger and chunk.sort in {"verb", "noun", "operator"}]
    status = next((chunk.trigger.status for chunk in told if chunk.trigger and chunk.trigger.status), heading.status)
    kind = next((chunk.trigger.kind for chunk in told if chunk.trigger and chunk.trigger.kind), ROW.kind)
    if not status or any(chunk.sort in {"negation", "said", "be", "have"} for chunk in chunks):
        return
    parties = [
        chunk for chunk in chunks if chunk.sort == "party" and not chunk.owner and chunk.parties[0].label != "Person"
    ]
    items = [chunk.item for chunk in chunks if chunk.item and not chunk.item.weak]
    lead = parties[0] if parties else None
    named = [chunk for chunk in chunks if chunk.word != "the"]
    agent = next((two for one, two in pairwise(named) if one.word == "by" and two.sort == "party"), None)
    supplier, buyer = _missing(heading, lead)
    if agent and agent is not lead:
        supplier = agent
    if heading.item and heading.item.named and not any(item.named for item in items):
        counted = next((item.quantity for item in items if item.quantity), None)
        items = [replace(heading.item, quantity=counted or _number(passage.tokens))]
    year = _year(passage.sentence.text)
    if buyer and (supplier or heading.supplier or heading.item or not heading.buyer):
        row = replace(ROW, kind=kind)
        yield Frame(0, row, status, _slot(supplier), _slot(buyer), (), tuple(items), year=year, row=True)


def _missing(heading: Heading, lead: Chunk | None) -> tuple[Chunk | None, Chunk | None]:
    """Give supplier and buyer: whichever the heading leaves out is the party of the row."""
    if heading.buyer and not heading.supplier:
        return lead, heading.buyer
    return heading.supplier, heading.buyer or lead


def _cells(passage: Passage, heading: Heading) -> Iterator[Frame]:
    """Read a row of a table by its column names."""
    found: dict[str, str] = {}
    spans: dict[str, tuple[int, int]] = {}
    place = passage.sentence.start
    for role, cell in zip(heading.columns, _split(passage.sentence.text), strict=True):
        at = passage.sentence.text.find(cell, place - passage.sentence.start)
        spans[role], found[role] = (passage.sentence.start + at, passage.sentence.start + at + len(cell)), cell
        place = passage.sentence.start + at + len(cell)
    system = _mention(passage, spans.get("system"), {"System"})
    item = Item(system.first, system.last, system) if system else heading.item
    quantity = _number(tokenise(found["quantity"])) if "quantity" in found else None
    parties = {
        role: _mention(passage, spans.get(role), {"State", "Firm", "Organisation"}) for role in ("supplier", "buyer")
    }
    slots = {role: _slot(_chunk(one) if one else getattr(heading, role)) for role, one in parties.items()}
    if item and slots["buyer"]:
        year = _year(found.get("year", ""))
        items = (replace(item, quantity=quantity),)
        yield Frame(
            0, ROW, heading.status or "ordered", slots["supplier"], slots["buyer"], (), items, year=year, row=True
        )


def _mention(passage: Passage, span: tuple[int, int] | None, labels: set[str]) -> Mention | None:
    if span is None:
        return None
    tokens = passage.tokens
    inside = (
        one for one in passage.mentions if span[0] <= tokens[one.first].start and tokens[one.last - 1].end <= span[1]
    )
    return next((one for one in inside if one.label in labels), None)


def _chunk(mention: Mention) -> Chunk:
    return Chunk("party", mention.first, mention.last, mention.text.lower(), (mention,))


def _slot(chunk: Chunk | None) -> Slot | None:
    return Slot(chunk, 0.95) if chunk else None


def _number(tokens: Sequence[Token]) -> int | None:
    """The first number that is no year and not the bullet's own."""
    for index in range(len(tokens)):
        counted = quantity_at(tokens, index)
        bullet = index == 0 and len(tokens) > 1 and tokens[1].gap[:1] in {".", ")"}
        if counted and not bullet and not 1900 <= counted[0] <= 2100:
            return counted[0]
    return None


def _year(text: str) -> int | None:
    match = _YEAR.search(text)
    return int(match[0]) if match else None
