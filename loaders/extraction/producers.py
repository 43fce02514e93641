"""Who makes a system, where a firm sits and who owns it, who is a member, which system was used in which war."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from ...graph.names import reference
from ...graph.statements import Party
from .chunks import Chunk
from .items import Item
from .lexicon import lexicon
from .memory import Memory, maker_state
from .passages import Mention, Passage, covering
from .scanner import Scanner
from .tokens import word_set

Triple = tuple[str, Mention | Party, Mention | Party, str | None, float]


def find_producers(passage: Passage, chunks: Sequence[Chunk]) -> Iterator[Triple]:
    """Find makers of systems, seats and owners of firms."""
    for item in [chunk.item for chunk in chunks if chunk.item]:
        if item.named:
            yield from _made_by(item)
            yield from _side_by_side(passage, item)
    firms = [mention for mention in passage.mentions if mention.label == "Firm"]
    for firm in firms:
        yield from _seat(passage, firm)
    for one, other in pairwise(firms):
        yield from _part(passage, one, other)


def _made_by(item: Item) -> Iterator[Triple]:
    """``Acme X-1 jets``, ``the Peruvian-built X-1``."""
    if item.maker:
        yield "MAKES", item.maker, item.head, None, 0.85
    elif item.origin and (item.made or maker_state(item.head.id) == Party(item.origin.id, item.origin.name)):
        yield "MAKES", item.origin, item.head, None, 0.8 if item.made else 0.65


def _side_by_side(passage: Passage, item: Item) -> Iterator[Triple]:
    """A firm and a system close together, where the lists know the firm as its maker."""
    entry = item.head.entry
    makers = entry.properties.get("makers", ()) if entry else ()
    for mention in passage.mentions:
        if mention.id in makers and -6 <= mention.first - item.first <= 12:
            yield "MAKES", mention, item.head, None, 0.75
    for maker in makers:
        firm = reference().entries.get(maker)
        if firm and item.head.text.startswith(firm.name + " "):
            yield "MAKES", Party(firm.id, firm.name), item.head, None, 0.75


def _seat(passage: Passage, firm: Mention) -> Iterator[Triple]:
    """``the Peruvian shipbuilder Acme``, ``Peru's Acme``, ``Lima-based Acme``; state-owned ones have an owner too."""
    known = reference().state_of(firm.id)
    for state in passage.mentions:
        if state.label != "State" or not 0 <= firm.first - state.last <= 7 or (known and known != state.id):
            continue
        between = [token.key for token in passage.tokens[state.last : firm.first]]
        marks = [passage.gap(index).strip() for index in range(state.last, firm.first + 1)]
        if between[-1:] == ["and"] and (listed := covering(passage, firm.first - 2)) and listed.label == "Firm":
            between = between[: listed.first - state.last]
        if any(mark not in {"", "-", "’", "'"} for mark in marks) or set(between) & _APART:
            continue
        company = set(between) & set(lexicon().makers["company"])
        if company or between[:1] in (["s"], ["based"]) or (known and state.form == "demonym" and len(between) <= 2):
            yield "BASED_IN", firm, state, None, 0.9
        if company and "state" in between and set(between) & {"owned", "controlled", "run"}:
            yield "OWNS", state, firm, None, 0.85


_APART: Final = word_set("and or to from with by in of for the which that")


def _part(passage: Passage, one: Mention, other: Mention) -> Iterator[Triple]:
    """``Acme, a unit of Bcme``: the second owns the first."""
    between = [token.key for token in passage.tokens[one.last : other.first]]
    owned = between[:1] == ["s"]
    told = between[-1:] == ["of"] or owned or passage.gap(one.last).strip() == ","
    if told and len(between) <= 7 and set(between) & set(lexicon().makers["part"]):
        yield "OWNS", one if owned else other, other if owned else one, None, 0.8


def find_members(passage: Passage) -> Iterator[Triple]:
    """Find members of alliances: ``Peru, a NATO ally``, ``Peru is a member of NATO``."""
    for body in passage.mentions:
        entry = body.entry
        if body.label != "Organisation" or entry is None or entry.properties.get("type") not in {"alliance", "body"}:
            continue
        after = passage.tokens[body.last].key if body.last < len(passage.tokens) else ""
        before = [token.key for token in passage.tokens[max(0, body.first - 3) : body.first]]
        told = after in {"member", "ally"} or ("member" in before and before[-1:] in (["of"], ["the"]))
        state = _member(passage, body)
        if told and state:
            yield "MEMBER_OF", state, body, None, 0.8


def _member(passage: Passage, body: Mention) -> Mention | None:
    """The state that an apposition belongs to: straight before it, or straight behind it."""
    for mention in passage.mentions:
        if mention.label != "State" or mention.form == "demonym":
            continue
        if 0 < body.first - mention.last <= 4 and _apposed(passage, mention.last, body.first):
            return mention
        if 0 < mention.first - body.last <= 2:
            return mention
    return None


def _apposed(passage: Passage, first: int, last: int) -> bool:
    words = {token.key for token in passage.tokens[first:last]}
    return passage.gap(first).strip() in {",", "("} or bool(words & {"is", "a", "as"})


def _is_scene(passage: Passage, conflict: Mention) -> bool:
    """Whether something happens in the conflict: ``in the war``, ``during the war``."""
    before = [token.key for token in passage.tokens[max(0, conflict.first - 3) : conflict.first]]
    return bool({"in", "during", "throughout", "into"} & set(before)) and before[-1:] != ["of"]


@cache
def _uses() -> Scanner[str]:
    return Scanner([(word, word) for word in lexicon().makers["use"]], any_case=True)


def find_uses(number: int, passage: Passage, chunks: Sequence[Chunk], memory: Memory) -> Iterator[Triple]:
    """Find systems used in a conflict that the sentence names."""
    conflicts = [mention for mention in passage.mentions if mention.label == "Conflict" and _is_scene(passage, mention)]
    if not conflicts or not any(_uses().at(passage.tokens, index) for index in range(len(passage.tokens))):
        return
    for conflict in conflicts:
        items = [chunk.item for chunk in chunks if chunk.sort == "item" and chunk.item and chunk.first < conflict.first]
        for item in items:
            if item.named:
                yield "USED_IN", item.head, conflict, None, 0.75
            else:
                meant = memory.thing_meant(number, item)
                same = meant and item.origin and meant.supplier and meant.supplier.id == item.origin.id
                if meant and (same or item.definite):
                    yield "USED_IN", meant.party, conflict, None, 0.6
        if not items and any(chunk.word in {"they", "it"} for chunk in chunks):
            pointed = memory.thing_meant(number, None)
            if pointed:
                yield "USED_IN", pointed.party, conflict, None, 0.55
