"""Frames become transfer statements: pronouns, whoever is left out, quantities and years are resolved here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Final

from ...graph.names import reference
from ...graph.statements import Party, TransferStatement
from .chunk import BOTH, Chunk
from .confidence import DISTANCES
from .dates import year_told
from .frames import Frame
from .item import Item
from .memory import VAGUE, Deal, Memory, Thing, maker_state, maker_states, to_parties, to_thing
from .money import Price, prices
from .numbers import years_in
from .passages import Mention, Passage
from .refusal import Refusal
from .roles import Slot
from .scene import Scene
from .tokens import word_set

_ORDERED: Final = frozenset({"signed", "ordered"})
_DELIVERED: Final = frozenset({"delivered", "in_service"})

_WORTH: Final = {"clause": 1.0, "maker": 0.75, "description": 0.75, "sentence before": 0.7, "topic": 0.55}
"""What a step from so far leaves of the sureness of a reading, before it is compared with ``MINIMUM``."""

_NAMED_ORIGIN: Final = 1.15
"""What is added where the phrase itself names the maker or origin."""

MINIMUM: Final = 0.4
"""What the rules are less sure of is no claim."""


@dataclass(frozen=True, slots=True)
class Told:
    """A transfer statement with how it was read.

    Attributes:
        statement: what is stated.
        rule: what kind of word told it.
        distance: from where its ends were taken; one of ``confidence.DISTANCES``.
        first: index of the first token of the clause that tells it.
        last: index just behind the last.
    """

    statement: TransferStatement
    rule: str
    distance: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Object:
    """What is transferred, and from where that is known."""

    party: Party
    thing: Thing | None
    item: Item | None
    distance: str


@dataclass(frozen=True, slots=True)
class _Filled:
    """Who fills a role, from where that is known, and how safely the words were tied to it."""

    parties: Sequence[Party] = ()
    distance: str = "clause"
    sure: float = 1.0


def to_transfers(frame: Frame, scene: Scene) -> Iterator[Told | Refusal]:
    """Make the statements of a frame, one for each supplier, buyer and system.

    Args:
        frame: with its roles as words.
        scene: the sentence.

    Yields:
        The statements; and what rules turned down, where the frame has arms and somebody to do with them.
    """
    if frame.refused:
        yield from _refused(frame, frame.refused, scene)
    elif frame.recalled:
        yield from _recalled(frame, scene)
    else:
        for thing in _objects(frame, scene):
            yield from _of_thing(frame, thing, scene)


def _of_thing(frame: Frame, thing: _Object, scene: Scene) -> Iterator[Told | Refusal]:
    supplier, buyer = _sides(frame, thing)
    given = _filled(supplier, scene)
    taken = _filled(buyer, scene, [giver.id for giver in given.parties])
    if not given.parties and (supplier is None or supplier.chunk.sort != "party"):
        given = _supplier_of(thing, scene)
    counted = thing.item is not None and (thing.item.named or thing.item.quantity is not None)
    if not taken.parties and buyer is None and frame.trigger.subject == "supplier" and supplier is not None and counted:
        taken = _buyer_of(given.parties, thing, scene)
        thing = _as_before(thing, scene) if taken.parties else thing
    steps = (thing.distance, given.distance, taken.distance)
    sure = 0.95 * frame.sure * given.sure * taken.sure * prod(_WORTH[step] for step in steps)
    if not given.parties or not taken.parties:
        yield from _refused(frame, "no buyer found" if given.parties else "no supplier found", scene)
        return
    if sure < MINIMUM:
        yield from _refused(frame, "too unsure", scene)
        return
    first, last = _clause(scene.chunks, frame.core)
    distance = max(steps, key=DISTANCES.index)
    pairs = [(giver, taker) for giver in given.parties[:2] for taker in taken.parties]
    for giver, taker in pairs:
        if _same_side(giver, taker):
            yield from _refused(frame, "supplier and buyer on one side", scene)
            continue
        scene.memory.tell(Deal(scene.number, giver, taker, thing.party, frame.status))
        statement = _statement(frame, (giver, taker), thing, scene)
        shared = statement.value is not None and len(pairs) * len(frame.items or (1,)) > 1
        yield Told(replace(statement, value_shared=shared), _rule(frame), distance, first, last)


def _as_before(thing: _Object, scene: Scene) -> _Object:
    """Of ``Chile gives 19 jets`` after a deal on F-16s with the same buyer, take the jets for F-16s."""
    deal = scene.memory.last_deal(scene.number)
    entry = reference().entries.get(deal.system.id) if deal else None
    named = thing.item is None or thing.item.named
    if deal is None or entry is None or named or entry.properties.get("generic"):
        return thing
    classes = thing.item.classes if thing.item else frozenset()
    same = entry.properties.get("class") in classes or classes <= VAGUE
    return replace(thing, party=deal.system, distance="sentence before") if same else thing


def _rule(frame: Frame) -> str:
    return "row of a list" if frame.row else frame.trigger.sort


def _recalled(frame: Frame, scene: Scene) -> Iterator[Told | Refusal]:
    """``The deal was cancelled``: the transfer last spoken of."""
    deal = scene.memory.last_deal(scene.number)
    if deal is None or deal.number == scene.number or frame.status not in _CHANGES or frame.status == deal.status:
        return
    sides = deal.supplier, deal.buyer
    first, last = _clause(scene.chunks, frame.core)
    thing = _Object(deal.system, None, None, "sentence before")
    statement = _statement(frame, sides, thing, scene)
    yield Told(statement, "noun that recalls", "sentence before", first, last)


_CHANGES: Final = frozenset({"approved", "refused", "denied", "cancelled"})
"""What a deal may come to; that ``the deal was signed`` mostly repeats what was told."""


def _refused(frame: Frame, rule: str, scene: Scene) -> Iterator[Refusal]:
    """Announce a candidate that is turned down; one without arms, or without anybody, was never one."""
    slots = (("supplier", frame.supplier), ("buyer", frame.buyer))
    ends = [
        (role, scene.passage.words(slot.chunk.first, slot.chunk.last)) for role, slot in slots if slot and not frame.row
    ]
    if frame.items and ends:
        first, last = _clause(scene.chunks, frame.core)
        ends.append(("system", scene.passage.words(frame.items[0].first, frame.items[0].last)))
        yield Refusal(rule, "transfer", tuple(ends), first, last)


def _objects(frame: Frame, scene: Scene) -> Iterator[_Object]:
    named = [item.classes for item in frame.items if item.named]
    for item in frame.items:
        # ``a drone of another firm, the Karayel``: the name says what the class noun before it meant.
        if not item.named and item.quantity is None and any(item.classes & classes for classes in named):
            continue
        vague = item.definite and not item.named
        meant = scene.memory.thing_meant(scene.number, item) if vague or not item.head.id else None
        if meant and item.origin and item.origin.id not in _origins(meant):
            meant = None
        if not item.head.id and meant is None:
            continue
        if meant:
            yield _Object(meant.party, meant, item, "description")
        else:
            thing = to_thing(item, scene.number)
            yield _Object(thing.party, thing, item, "clause")
    if not frame.items and frame.pointing:
        meant = scene.memory.thing_meant(scene.number, None)
        if meant:
            yield _Object(meant.party, meant, None, "description")


def _origins(thing: Thing) -> set[str]:
    """The states that a thing may be called after."""
    return maker_states(thing.party.id) | ({thing.supplier.id} if thing.supplier else set())


def _sides(frame: Frame, thing: _Object) -> tuple[Slot | None, Slot | None]:
    """Give supplier and buyer; where the words only name two sides, whose product it is decides."""
    if frame.supplier and not frame.buyer and len(frame.parties) == 1:
        return frame.supplier, _other_side(frame.supplier, frame.parties[0])
    if frame.supplier or frame.buyer or not frame.parties:
        return frame.supplier, frame.buyer
    whose = thing.thing.supplier if thing.thing else None
    mentions = [mention for chunk in frame.parties for mention in chunk.parties]
    state = reference().state_of(whose.id) if whose else None
    giving = [one for one in mentions if one.label == "Firm" or (state and _state_of(one) == state)]
    taking = [one for one in mentions if one not in giving]
    dealing = frame.trigger.lemma in {"contract", "agreement"}
    if dealing and taking and not giving and state and all(one.label == "State" for one in taking):
        return None, Slot(frame.parties[0], 0.85)
    if not giving or not taking:
        return None, None
    chunk = frame.parties[0]
    pick = [Chunk("party", chunk.first, chunk.last, parties=tuple(side)) for side in (giving, taking)]
    return Slot(pick[0], 0.85), Slot(pick[1], 0.85)


def _state_of(mention: Mention) -> str | None:
    """The state of a party; of somebody who holds an office the state that he acts for."""
    entry = mention.entry
    held = entry.properties.get("state") if entry and mention.label == "Person" else None
    return str(held) if held else reference().state_of(mention.id)


def _other_side(supplier: Slot, parties: Chunk) -> Slot | None:
    """Of ``Peru and Chile agreed on jets made by Acme`` the one where Acme does not sit."""
    states = {reference().state_of(mention.id) for mention in supplier.chunk.parties}
    others = tuple(one for one in parties.parties if one.label == "State" and one.id not in states)
    one_of_two = len(parties.parties) == 2 and len(others) == 1
    return Slot(Chunk("party", parties.first, parties.last, parties=others), 0.85) if one_of_two else None


def _filled(slot: Slot | None, scene: Scene, others: Sequence[str] = ()) -> _Filled:
    if slot is None:
        return _Filled()
    if slot.chunk.sort == "party":
        return _Filled(to_parties(slot.chunk.parties), "clause", slot.sure)
    if slot.chunk.sort == "personal" and slot.chunk.word != BOTH:
        return _Filled(
            to_parties(scene.memory.parties_meant(scene.number, slot.chunk, others)), "description", slot.sure
        )
    return _Filled()


def _supplier_of(thing: _Object, scene: Scene) -> _Filled:
    """Find a left-out supplier: what the phrase calls the thing after, who makes it, who supplied it just before."""
    item = thing.item
    if item and (item.maker or item.origin):
        return _Filled(
            to_parties([mention for mention in (item.maker or item.origin,) if mention]), "maker", _NAMED_ORIGIN
        )
    maker = thing.thing.supplier if thing.thing else maker_state(thing.party.id)
    if maker:
        return _Filled([maker], "maker")
    before = scene.memory.last_deal(scene.number, system=thing.party.id)
    if before:
        return _Filled([before.supplier], "sentence before")
    topic = scene.memory.topic
    pointed = item is None or item.definite or item.quantity is None
    if topic and topic.supplier and pointed and thing.thing and thing.thing.classes & topic.classes:
        return _Filled([topic.supplier], "topic")
    return _Filled()


def _buyer_of(suppliers: Sequence[Party], thing: _Object, scene: Scene) -> _Filled:
    """Find a left-out buyer: whom the same supplier dealt with just before; of a bare number who got such a thing."""
    ids = [supplier.id for supplier in suppliers]
    before = scene.memory.last_deal(scene.number, supplier=ids) if ids else None
    if before is None and thing.item and thing.item.bare:
        before = scene.memory.last_deal(scene.number, system=thing.party.id)
    return _Filled([before.buyer], "sentence before") if before else _Filled()


def _same_side(supplier: Party, buyer: Party) -> bool:
    lists = reference()
    giver, taker = lists.state_of(supplier.id), lists.state_of(buyer.id)
    host = lists.entries[buyer.id].properties.get("host") if buyer.id in lists.entries else None
    return supplier.id == buyer.id or (giver is not None and giver in {taker, host})


def _statement(frame: Frame, sides: tuple[Party, Party], thing: _Object, scene: Scene) -> TransferStatement:
    year = frame.year or _year(frame, scene)
    quantity = thing.item.quantity if thing.item else None
    status = _lifted(frame, sides, scene.memory)
    delivered = status in _DELIVERED
    if not delivered and frame.trigger.status in _DELIVERED:
        year = None  # of a delivery to come, which is no year of the order
    price = _price(frame, scene)
    return TransferStatement(
        *sides,
        thing.party,
        status,
        kind=frame.trigger.kind or "sale",
        quantity_ordered=None if delivered else quantity,
        quantity_delivered=quantity if delivered else None,
        order_year=year if status in _ORDERED else None,
        delivery_years=(year,) if year and delivered else (),
        status_year=None if delivered or status in _ORDERED else year,
        value=price.value if price else None,
        currency=price.currency if price else None,
    )


def _lifted(frame: Frame, sides: tuple[Party, Party], memory: Memory) -> str:
    """Give the status; a request that the same text says was approved is part of that approval."""
    asked = frame.status == "interested" and frame.trigger.sort == "verb"
    approved = (sides[0].id, sides[1].id) in memory.approved
    return "approved" if asked and approved else frame.status


def _price(frame: Frame, scene: Scene) -> Price | None:
    """Give the sum of money in the clause, if it names one only, with a word that makes it the price."""
    first, last = _clause(scene.chunks, frame.core)
    text = scene.passage.words(first, last)
    if frame.row or not any(mark in text for mark in _MONEY_MARKS):
        return None
    found = list(prices(text))
    if len(found) != 1:
        return None
    before = text[: found[0].start].lower().split()[-3:]
    behind = text[found[0].start :].lower().split()[:6]
    return found[0] if _PRICING & set(before) or {"order", "deal", "contract", "sale"} & set(behind) else None


_MONEY_MARKS: Final = ("illion", "$", "€", "£", "₹", "₩", " bn", "EUR", "USD")
_PRICING: Final = word_set(
    "worth for valued value cost costs price at costing totalling totaling paid sum of about approximately"
)


def _year(frame: Frame, scene: Scene) -> int | None:
    """Give the year of a transfer: no deadline (``by 2030``), and not behind another word of transfer."""
    tokens = scene.passage.tokens
    first, last = _clause(scene.chunks, frame.core)
    verbs = [chunk.first for chunk in scene.chunks if chunk.sort == "verb"]
    core = scene.chunks[frame.core].first
    last = min([last, *[place for place in verbs if place > core]])
    dated = [index for index in range(first, last) if years_in(tokens, index, index + 1)]
    if frame.status in _ORDERED and any(tokens[index - 1].key == "by" for index in dated):
        return None
    years = years_in(tokens, first, last)
    if not years:
        said = [chunk.first for chunk in scene.chunks if chunk.sort == "said" and chunk.first > core]
        return year_told(tokens, core, min([last, *said]), scene.memory.published)
    return years[0] if len(set(years)) == 1 else _nearest(scene.passage, core, first, last)


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
