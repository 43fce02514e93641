"""Who is a member of an alliance, who takes part in a war, and which system was used in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from ...graph.names import reference
from ...graph.statements import Party
from .chunk import Chunk
from .lexicon import lexicon
from .memory import to_parties
from .passages import Mention, Passage
from .related import Related
from .scanner import Scanner
from .scene import Scene
from .ties import find_subject
from .tokens import word_set


def find_members(passage: Passage) -> Iterator[Related]:
    """Find members of alliances: ``Peru, a NATO ally``, ``NATO member Peru``, ``NATO allies such as Peru``."""
    for body in passage.mentions:
        entry = body.entry
        if body.label != "Organisation" or entry is None or entry.properties.get("type") not in {"alliance", "body"}:
            continue
        after = passage.tokens[body.last].key if body.last < len(passage.tokens) else ""
        before = [token.key for token in passage.tokens[max(0, body.first - 3) : body.first]]
        told = after in lexicon().makers["member"] or (
            bool({"member", "members"} & set(before)) and before[-1:] in (["of"], ["the"])
        )
        for state in _members(passage, body) if told else ():
            yield Related("MEMBER_OF", state, body, "member of an alliance")


def _members(passage: Passage, body: Mention) -> list[Mention]:
    """The states that an apposition belongs to: straight before it or behind it, with others joined to them."""
    states = [mention for mention in passage.mentions if mention.label == "State" and mention.form != "demonym"]
    before = [one for one in states if 0 < body.first - one.last <= 6 and _apposed(passage, one.last, body.first)]
    if before:
        return _joined_before(passage, states, before[-1])
    behind = [one for one in states if 0 < one.first - body.last <= 2 or _such_as(passage, body, one)]
    return behind[:1] + [
        other for one, other in pairwise(states) if behind and one == behind[0] and _is_joined(passage, one, other)
    ]


def _joined_before(passage: Passage, states: Sequence[Mention], last: Mention) -> list[Mention]:
    found = [last]
    for state in reversed([one for one in states if one.last <= last.first]):
        if not _is_joined(passage, state, found[0]):
            break
        found.insert(0, state)
    return found


def _is_joined(passage: Passage, one: Mention, other: Mention) -> bool:
    """Whether only ``and`` or a comma stands between two names."""
    words = [token.key for token in passage.tokens[one.last : other.first] if token.key != "the"]
    return words == ["and"] or (not words and passage.gap(other.first).strip() == ",")


def _such_as(passage: Passage, body: Mention, state: Mention) -> bool:
    words = [token.key for token in passage.tokens[body.last : state.first]]
    return 2 <= len(words) <= 5 and bool(
        {"like", "including"} & set(words) or words[-3:-1] == ["such", "as"] or words[-2:] == ["such", "as"]
    )


def _apposed(passage: Passage, first: int, last: int) -> bool:
    words = {token.key for token in passage.tokens[first:last]}
    return (passage.gap(first).strip() in {",", "("} or bool(words & {"is", "are", "a", "as"})) and not words & _VERBS


_VERBS: Final = word_set("told said met asked with from to against for by that which")


def _is_scene(passage: Passage, conflict: Mention) -> bool:
    """Whether something happens in the conflict: ``in the war``, ``during the war``."""
    before = [token.key for token in passage.tokens[max(0, conflict.first - 3) : conflict.first]]
    return bool({"in", "during", "throughout", "into"} & set(before)) and before[-1:] != ["of"]


@cache
def _uses() -> Scanner[str]:
    return Scanner([(word, word) for word in lexicon().makers["use"]], any_case=True)


def find_uses(scene: Scene) -> Iterator[Related]:
    """Find systems used in a conflict that the sentence names."""
    passage, chunks = scene.passage, scene.chunks
    conflicts = [mention for mention in passage.mentions if mention.label == "Conflict" and _is_scene(passage, mention)]
    if not conflicts or not any(_uses().at(passage.tokens, index) for index in range(len(passage.tokens))):
        return
    for conflict in conflicts:
        opening = not any(chunk.item or chunk.sort == "party" for chunk in chunks if chunk.last <= conflict.first)
        items = [chunk.item for chunk in chunks if chunk.item and (opening or chunk.first < conflict.first)]
        for item in items:
            if item.named:
                yield Related("USED_IN", item.head, conflict, "use in a conflict")
            else:
                meant = scene.memory.thing_meant(scene.number, item)
                same = meant and item.origin and meant.supplier and meant.supplier.id == item.origin.id
                if meant and (same or item.definite):
                    yield Related("USED_IN", meant.party, conflict, "use in a conflict, by a noun or pronoun")
        if not items and any(chunk.word in {"they", "it"} for chunk in chunks):
            pointed = scene.memory.thing_meant(scene.number, None)
            if pointed:
                yield Related("USED_IN", pointed.party, conflict, "use in a conflict, by a noun or pronoun")


def find_named_wars(passage: Passage) -> Iterator[Related]:
    """Find the sides that a war's own name names: ``the Iran-Iraq War``, ``Russia's invasion of Ukraine``."""
    for conflict in [mention for mention in passage.mentions if mention.label == "Conflict"]:
        words = [token.text for token in passage.tokens[conflict.first : conflict.last]]
        found = [entry for word in words for entry in reference().find(word, ("State",))[:1]]
        sides = list(dict.fromkeys(Party(entry.id, entry.name) for entry in found))
        if len(sides) == 2:
            yield from (Related("PARTY_TO", side, conflict, "side in a war's name") for side in sides)
            if "invasion" in words or "against" in words:
                yield Related("OPPOSES", sides[0], sides[1], "side in a war's name")


def find_sides(passage: Passage, ties: Sequence[Related]) -> Iterator[Related]:
    """Find the sides of a conflict: whoever is said to fight whom in it, and whoever is said to have joined it."""
    for conflict in [
        mention for mention in passage.mentions if mention.label == "Conflict" and _is_scene(passage, mention)
    ]:
        for tie in ties:
            if tie.relation == "OPPOSES" and not tie.refused:
                yield from (
                    Related("PARTY_TO", end, conflict, "side of a conflict")
                    for end in (tie.subject, tie.object)
                    if end.label != "Person"
                )


_ENTERING: Final = word_set(
    "intervened intervene intervention entered joined involved embroiled fighting fought fights"
)


def find_entries(passage: Passage, chunks: Sequence[Chunk]) -> Iterator[Related]:
    """Find who entered or fights a war: ``Peru intervened in the war``."""
    for place, chunk in enumerate(chunks):
        if chunk.sort != "conflict":
            continue
        verb = next((step for step in range(place - 1, max(-1, place - 6), -1) if chunks[step].word in _ENTERING), None)
        subject = find_subject(chunks, verb) if verb is not None else None
        between = {one.sort for one in chunks[verb or 0 : place]}
        if subject and not between & {"party", "item", "break"}:
            yield from (
                Related("PARTY_TO", party, chunk.parties[0], "side of a conflict")
                for party in to_parties(subject.parties)
            )


def find_backers(passage: Passage) -> Iterator[Related]:
    """``the Peruvian-backed rebels of Acme``: a state backs whoever is named straight behind."""
    for state, other in pairwise(passage.mentions):
        between = passage.tokens[state.last : other.first]
        backed = between and between[0].key in {"backed", "supported", "sponsored"} and between[0].gap == "-"
        if backed and len(between) <= 3 and state.label == "State" and other.label in {"Organisation", "Person"}:
            yield Related("SUPPORTS", state, other, "backed")
