"""Who makes a system, where a firm sits and who owns it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ...graph.names import reference
from ...graph.statements import Party
from .chunk import Chunk
from .item import Item
from .lexicon import lexicon
from .memory import maker_states
from .passages import Mention, Passage, covering
from .related import Related
from .tokens import word_set


def find_producers(passage: Passage, chunks: Sequence[Chunk]) -> Iterator[Related]:
    """Find makers of systems, seats and owners of firms."""
    for item in [chunk.item for chunk in chunks if chunk.item]:
        if item.named:
            yield from _made_by(item)
            yield from _side_by_side(passage, item)
    for system in passage.mentions:
        firm = _straight_before(passage, system) if system.label == "System" and system.form != "noun" else None
        if firm:
            yield Related("MAKES", firm, system, "maker in the phrase")
    firms = [mention for mention in passage.mentions if mention.label == "Firm"]
    for firm in firms:
        yield from _seat(passage, firm)
    for one, other in pairwise(firms):
        yield from _part(passage, one, other)


def _made_by(item: Item) -> Iterator[Related]:
    """``Acme X-1 jets``, ``the Peruvian-built X-1``; whose ``Peruvian X-1`` it is, the words alone do not say."""
    if item.maker:
        yield Related("MAKES", item.maker, item.head, "maker in the phrase")
    elif item.origin and item.made:
        yield Related("MAKES", item.origin, item.head, "origin said to make it")
    elif item.origin and item.origin.form == "demonym" and item.origin.id in maker_states(item.head.id):
        yield Related("MAKES", item.origin, item.head, "origin by an adjective")


def _side_by_side(passage: Passage, item: Item) -> Iterator[Related]:
    """A firm and a system close together, where the lists know the firm as its maker."""
    entry = item.head.entry
    makers = entry.properties.get("makers", ()) if entry else ()
    for mention in passage.mentions:
        if mention.id in makers and -6 <= mention.first - item.first <= 12:
            yield Related("MAKES", mention, item.head, "listed maker beside it")
    for maker in makers:
        firm = reference().entries.get(maker)
        if firm and item.head.text.startswith(firm.name + " "):
            yield Related("MAKES", Party(firm.id, firm.name), item.head, "listed maker beside it")


def _seat(passage: Passage, firm: Mention) -> Iterator[Related]:
    """Where a firm sits, by the words before or behind it; of a state-owned one the state is also the owner."""
    known = reference().state_of(firm.id)
    for state in passage.mentions:
        if state.label != "State" or (known and known != state.id):
            continue
        if 0 <= firm.first - state.last <= 8:
            yield from _seat_before(passage, firm, state, known)
        elif 0 <= state.first - firm.last <= 5:
            yield from _seat_behind(passage, firm, state, known)


def _seat_before(passage: Passage, firm: Mention, state: Mention, known: str | None) -> Iterator[Related]:
    """``the Peruvian shipbuilder Acme``, ``Peruvian firms Acme and Bcme``, ``Peru's Acme``, ``Lima-based Acme``."""
    first = _first_of_list(passage, firm, state.last)
    between = [token.key for token in passage.tokens[state.last : first]]
    marks = [passage.gap(index).strip() for index in range(state.last, first + 1)]
    if any(mark not in {"", "-", "’", "'"} for mark in marks) or set(between) & _APART:
        return
    company = set(between) & set(lexicon().makers["company"])
    owned = "state" in between and bool(set(between) & {"owned", "controlled", "run"})
    adjective = state.form == "demonym" and (not between or (known and len(between) <= 2))
    if company or owned or adjective or between[:1] in (["s"], ["based"]):
        yield Related("BASED_IN", firm, state, "seat before the firm")
    if owned:
        yield Related("OWNS", state, firm, "state-owned firm")


def _first_of_list(passage: Passage, firm: Mention, bound: int) -> int:
    """Walk back from a firm over others that ``,`` or ``and`` joins to it; give the first token of the first."""
    first = firm.first
    while True:
        joint = passage.tokens[first - 1].key == "and" if first else False
        end = first - joint
        before = covering(passage, end - 1) if end > bound else None
        if before is None or before.label != "Firm" or not (joint or passage.gap(first).strip() == ","):
            return first
        first = before.first


def _seat_behind(passage: Passage, firm: Mention, state: Mention, known: str | None) -> Iterator[Related]:
    """``Acme, a Peruvian shipbuilder``, ``Acme of Peru``, ``Acme in Lima, Peru``."""
    between = [token.key for token in passage.tokens[firm.last : state.first]]
    after = {token.key for token in passage.tokens[state.last : state.last + 5]}
    comma = passage.gap(firm.last).strip() in {",", "("} and not set(between) - _APPOSING
    owner = state.last < len(passage.tokens) and passage.tokens[state.last].key == "s"
    adjective = state.form == "demonym" or state.text.isupper() or "." in state.text or owner
    apposed = comma and adjective and after & set(lexicon().makers["company"])
    placed = known and between[:1] in (["of"], ["in"]) and len(between) <= 3 and not set(between[1:]) & _APART
    if apposed or placed:
        yield Related("BASED_IN", firm, state, "seat behind the firm")


_APPOSING: Final = word_set("a an the is one of s")


_APART: Final = word_set("and or to from with by in of for the which that")


def _part(passage: Passage, one: Mention, other: Mention) -> Iterator[Related]:
    """``Acme, a unit of Bcme``: the second owns the first."""
    between = [token.key for token in passage.tokens[one.last : other.first]]
    owned = between[:1] == ["s"]
    told = between[-1:] == ["of"] or owned or passage.gap(one.last).strip() == ","
    if told and len(between) <= 7 and set(between) & set(lexicon().makers["part"]):
        yield Related("OWNS", one if owned else other, other if owned else one, "firm and its part")


def _straight_before(passage: Passage, system: Mention) -> Mention | None:
    """The firm whose name stands straight before a system's: ``the Acme X-1 programme``."""
    beside = covering(passage, system.first - 1) if system.first else None
    return beside if beside and beside.label == "Firm" and passage.gap(system.first) == " " else None
