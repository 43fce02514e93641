"""Frames become transfer statements: pronouns, whoever is left out, quantities and years are resolved here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ...graph.names import reference
from ...graph.statements import Party, TransferStatement
from .chunks import BOTH, Chunk
from .frames import Frame, Slot
from .items import Item
from .memory import Memory, Thing, maker_state, to_parties, to_thing
from .numbers import years_in
from .passages import Passage

_ORDERED: Final = frozenset({"signed", "ordered"})
_DELIVERED: Final = frozenset({"delivered", "in_service"})
_BY_ORIGIN: Final = 0.85
_BY_MAKER: Final = 0.7
_BY_PRONOUN: Final = 0.75
_BY_TOPIC: Final = 0.55

MINIMUM: Final = 0.4
"""What the rules are less sure of is no claim."""


@dataclass(frozen=True, slots=True)
class Told:
    """A transfer statement with how sure the rules are of it.

    Attributes:
        statement: what is stated.
        confidence: 0 to 1, the product of what each step of the reading is worth.
        first: index of the first token of the clause that tells it.
        last: index just behind the last.
    """

    statement: TransferStatement
    confidence: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Object:
    party: Party
    thing: Thing | None
    item: Item | None
    sure: float


def to_transfers(
    frame: Frame, number: int, passage: Passage, chunks: Sequence[Chunk], memory: Memory
) -> Iterator[Told]:
    """Make the statements of a frame, one for each supplier, buyer and system.

    Args:
        frame: with its roles as words.
        number: of the sentence.
        passage: the sentence.
        chunks: of the sentence.
        memory: what the text has spoken of so far.
    """
    for thing in _objects(frame, number, memory):
        supplier, buyer = _sides(frame, thing)
        givers, sure_giver = _filled(supplier, number, memory)
        takers, sure_taker = _filled(buyer, number, memory, [giver.id for giver in givers])
        if not givers and (supplier is None or supplier.chunk.sort != "party"):
            givers, sure_giver = _supplier_of(thing, number, memory)
        counted = thing.item is not None and (thing.item.named or thing.item.quantity is not None)
        if not takers and buyer is None and frame.trigger.subject == "supplier" and supplier is not None and counted:
            takers, sure_taker = _buyer_of(givers, number, memory)
        sure = round(0.95 * frame.sure * thing.sure * sure_giver * sure_taker, 2)
        for giver in givers[:2] if sure >= MINIMUM else ():
            for taker in takers:
                if not _same_side(giver, taker):
                    memory.deals.append((number, giver, taker, thing.party))
                    first, last = _clause(chunks, frame.core)
                    sides = (giver, taker)
                    yield Told(_statement(frame, sides, thing, passage, chunks), sure, first, last)


def _objects(frame: Frame, number: int, memory: Memory) -> Iterator[_Object]:
    named = [item.classes for item in frame.items if item.named]
    for item in frame.items:
        # ``a drone of another firm, the Karayel``: the name says what the class noun before it meant.
        if not item.named and item.quantity is None and any(item.classes & classes for classes in named):
            continue
        vague = item.definite and not item.named
        meant = memory.thing_meant(number, item) if vague or not item.head.id else None
        if meant and item.origin and (meant.supplier is None or meant.supplier.id != item.origin.id):
            meant = None
        if not item.head.id and meant is None:
            continue
        if meant:
            yield _Object(meant.party, meant, item, _BY_PRONOUN)
        else:
            thing = to_thing(item, number)
            yield _Object(thing.party, thing, item, 1.0)
    if not frame.items and frame.pointing:
        meant = memory.thing_meant(number, None)
        if meant:
            yield _Object(meant.party, meant, None, _BY_PRONOUN)


def _sides(frame: Frame, thing: _Object) -> tuple[Slot | None, Slot | None]:
    """Give supplier and buyer; where the words only name two sides, whose product it is decides."""
    if frame.supplier or frame.buyer or not frame.parties:
        return frame.supplier, frame.buyer
    whose = thing.thing.supplier if thing.thing else None
    mentions = [mention for chunk in frame.parties for mention in chunk.parties]
    state = reference().state_of(whose.id) if whose else None
    giving = [one for one in mentions if one.label == "Firm" or (state and reference().state_of(one.id) == state)]
    taking = [one for one in mentions if one not in giving]
    dealing = frame.trigger.lemma in {"contract", "agreement"}
    if dealing and taking and not giving and state and all(one.label == "State" for one in taking):
        return None, Slot(frame.parties[0], 0.85)
    if not giving or not taking:
        return None, None
    chunk = frame.parties[0]
    pick = [Chunk("party", chunk.first, chunk.last, parties=tuple(side)) for side in (giving, taking)]
    return Slot(pick[0], 0.85), Slot(pick[1], 0.85)


def _filled(slot: Slot | None, number: int, memory: Memory, others: Sequence[str] = ()) -> tuple[list[Party], float]:
    if slot is None:
        return [], 1.0
    if slot.chunk.sort == "party":
        return to_parties(slot.chunk.parties), slot.sure
    if slot.chunk.sort == "personal" and slot.chunk.word != BOTH:
        meant = memory.party_meant(number, slot.chunk, others)
        return (to_parties([meant]) if meant else []), slot.sure * _BY_PRONOUN
    return [], 1.0


def _supplier_of(thing: _Object, number: int, memory: Memory) -> tuple[list[Party], float]:
    """Find a left-out supplier: what the phrase calls the thing after, who makes it, who supplied it just before."""
    item = thing.item
    if item and (item.maker or item.origin):
        return to_parties([mention for mention in (item.maker or item.origin,) if mention]), _BY_ORIGIN
    maker = thing.thing.supplier if thing.thing else maker_state(thing.party.id)
    if maker:
        return [maker], _BY_MAKER
    before = memory.last_deal(number, system=thing.party.id)
    if before:
        return [before[0]], _BY_MAKER
    topic = memory.topic
    pointed = item is None or item.definite or item.quantity is None
    if topic and topic.supplier and pointed and thing.thing and thing.thing.classes & topic.classes:
        return [topic.supplier], _BY_TOPIC
    return [], 1.0


def _buyer_of(suppliers: Sequence[Party], number: int, memory: Memory) -> tuple[list[Party], float]:
    """Find a left-out buyer: whom the same supplier dealt with just before."""
    before = memory.last_deal(number, supplier=[supplier.id for supplier in suppliers]) if suppliers else None
    return ([before[1]], _BY_MAKER) if before else ([], 1.0)


def _same_side(supplier: Party, buyer: Party) -> bool:
    lists = reference()
    giver, taker = lists.state_of(supplier.id), lists.state_of(buyer.id)
    host = lists.entries[buyer.id].properties.get("host") if buyer.id in lists.entries else None
    return supplier.id == buyer.id or (giver is not None and giver in {taker, host})


def _statement(
    frame: Frame, sides: tuple[Party, Party], thing: _Object, passage: Passage, chunks: Sequence[Chunk]
) -> TransferStatement:
    year = _year(frame, passage, chunks)
    quantity = thing.item.quantity if thing.item else None
    delivered = frame.status in _DELIVERED
    return TransferStatement(
        *sides,
        thing.party,
        frame.status,
        kind=frame.trigger.kind or "sale",
        quantity_ordered=None if delivered else quantity,
        quantity_delivered=quantity if delivered else None,
        order_year=year if frame.status in _ORDERED else None,
        delivery_years=(year,) if year and delivered else (),
        status_year=None if delivered or frame.status in _ORDERED else year,
    )


def _year(frame: Frame, passage: Passage, chunks: Sequence[Chunk]) -> int | None:
    """Give the year of a transfer: no deadline (``by 2030``), and not behind another word of transfer."""
    first, last = _clause(chunks, frame.core)
    verbs = [chunk.first for chunk in chunks if chunk.sort == "verb"]
    core = chunks[frame.core].first
    last = min([last, *[place for place in verbs if place > core]])
    dated = [index for index in range(first, last) if years_in(passage.tokens, index, index + 1)]
    if frame.status in _ORDERED and any(passage.tokens[index - 1].key == "by" for index in dated):
        return None
    years = years_in(passage.tokens, first, last)
    return years[0] if len(set(years)) == 1 else _nearest(passage, core, first, last)


def _nearest(passage: Passage, core: int, first: int, last: int) -> int | None:
    """Give the year that stands nearest to the word of transfer in its clause."""
    found = [
        (abs(index - core), index, year)
        for index in range(first, last)
        for year in years_in(passage.tokens, index, index + 1)
    ]
    best = min(found, default=None)
    alone = best and not any(index != best[1] and abs(index - best[1]) <= 2 for _, index, _ in found)
    return best[2] if best and alone else None


def _clause(chunks: Sequence[Chunk], core: int) -> tuple[int, int]:
    """Give the tokens of the clause around a word of transfer."""
    first = core
    while first and chunks[first - 1].sort not in {"break", "relative"}:
        first -= 1
    last = core
    while last + 1 < len(chunks) and chunks[last + 1].sort not in {"break", "relative"}:
        last += 1
    return chunks[first].first, chunks[last].last
