"""Who backs, fights, meets, sanctions, partners with or mediates for whom, by the words of the lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from ...graph.statements import Party
from .chunks import Chunk
from .clauses import governor
from .lexicon import lexicon
from .memory import to_parties
from .passages import Mention, Passage
from .scanner import Scanner

Triple = tuple[str, Mention | Party, Mention | Party, str | None, float]
_Meaning = tuple[str, frozenset[str]]

_REACH: Final = 6


@cache
def _words() -> Scanner[_Meaning]:
    return Scanner([(word, (name, behind)) for word, name, behind in lexicon().relations], any_case=True)


def find_politics(passage: Passage, chunks: Sequence[Chunk]) -> Iterator[Triple]:
    """Find relations told by a verb or noun of the lexicon with a subject before and an object behind it."""
    if len([mention for mention in passage.mentions if mention.label != "Conflict"]) < 2:
        return
    index = 0
    while index < len(passage.tokens):
        match = _words().at(passage.tokens, index)
        if match is None or _is_name(passage, index):
            index += 1
            continue
        for name, behind in match.found:
            yield from _told(chunks, match.first, match.last, name, behind)
        index = match.last


def _is_name(passage: Passage, index: int) -> bool:
    return any(one.first <= index < one.last and one.form != "noun" for one in passage.mentions)


def find_backers(passage: Passage) -> Iterator[Triple]:
    """``the Peruvian-backed rebels of Acme``: a state backs whoever is named straight behind."""
    for state, other in pairwise(passage.mentions):
        between = passage.tokens[state.last : other.first]
        backed = between and between[0].key in {"backed", "supported", "sponsored"} and between[0].gap == "-"
        if backed and len(between) <= 3 and state.label == "State" and other.label in {"Organisation", "Person"}:
            yield "SUPPORTS", state, other, None, 0.8


def _made_by(chunks: Sequence[Chunk], place: int) -> Iterator[Triple]:
    """``X-1 jets, built by Acme``; with ``both`` two things are meant."""
    makers = next((chunk for chunk in chunks[place + 2 : place + 5] if chunk.sort == "party" and not chunk.owner), None)
    items = [chunk.item for chunk in chunks[:place] if chunk.item and chunk.item.named]
    both = any(chunk.word == "both" for chunk in chunks[max(0, place - 3) : place])
    near = [item for item in items[-2 if both else -1 :] if both or chunks[place].first - item.last <= 8]
    for item in near if makers else ():
        yield from (("MAKES", party, item.head, None, 0.8) for party in to_parties(makers.parties if makers else ()))


def _told(chunks: Sequence[Chunk], first: int, last: int, name: str, behind: frozenset[str]) -> Iterator[Triple]:
    place = next(
        (step for step, chunk in enumerate(chunks) if chunk.first <= first < max(chunk.last, chunk.first + 1)), None
    )
    if place is None or _is_denied(chunks, place):
        return
    if name == "MAKES" and place + 1 < len(chunks) and chunks[place + 1].word == "by":
        yield from _made_by(chunks, place)
        return
    subject, thing = _subject(chunks, place), _object(chunks, place, last, behind, name)
    if thing is None:
        return
    if name == "MAKES":
        if subject and thing.item and thing.item.named:
            yield from ((name, party, thing.item.head, None, 0.75) for party in to_parties(subject.parties))
        return
    for giver in to_parties(subject.parties) if subject else ():
        for taker in _ends(thing, name):
            yield name, giver, taker, None, 0.7


def _ends(chunk: Chunk, name: str) -> list[Party]:
    """The ends behind a word: a person who is backed or met stays a person."""
    if name in {"SUPPORTS", "OPPOSES", "MEETS"} and len(chunk.parties) == 1 and chunk.parties[0].label == "Person":
        return [Party(chunk.parties[0].id, chunk.parties[0].name)]
    return to_parties(chunk.parties)


def _is_denied(chunks: Sequence[Chunk], place: int) -> bool:
    near = chunks[max(0, place - 4) : place]
    near = near[max((step + 1 for step, chunk in enumerate(near) if chunk.sort == "comma"), default=0) :]
    return any(chunk.sort in {"negation", "future"} or _is_unreal(chunk) for chunk in near)


def _is_unreal(chunk: Chunk) -> bool:
    """Whether a governing word leaves open what it governs: ``may support``, ``refused to support``."""
    firm = {"", "signed", "ordered", "offered", "approved", "pledged"}
    return chunk.sort == "operator" and chunk.trigger is not None and chunk.trigger.status not in firm


def _subject(chunks: Sequence[Chunk], place: int) -> Chunk | None:
    """The nearest party before a word that no preposition governs, or whoever owns the word."""
    for index in range(place - 1, max(-1, place - 14), -1):
        chunk = chunks[index]
        if chunk.sort in {"break", "relative", "said"}:
            return _antecedent(chunks, index) if chunk.sort == "relative" else None
        if chunk.sort == "party" and (not chunk.owner or index == place - 1) and governor(chunks, index) is None:
            return chunk
    return None


def _antecedent(chunks: Sequence[Chunk], index: int) -> Chunk | None:
    for chunk in reversed(chunks[max(0, index - 3) : index]):
        if chunk.sort == "party" and not chunk.owner:
            return chunk
        if chunk.sort not in {"comma", "other"}:
            return None
    return None


def _object(chunks: Sequence[Chunk], place: int, last: int, behind: frozenset[str], name: str) -> Chunk | None:
    """The first party behind a word, straight or behind one of the prepositions that the word takes."""
    for index in range(place + 1, min(len(chunks), place + 1 + _REACH)):
        chunk = chunks[index]
        if chunk.first < last:
            continue
        if chunk.sort in {"break", "relative", "comma", "said", "be", "verb"}:
            return None
        found = chunk.sort == "item" if name == "MAKES" else chunk.sort == "party" and not chunk.owner
        if found:
            step = governor(chunks, index)
            word = chunks[step].word if step is not None and step > place else ""
            return chunk if word in behind else None
        if chunk.sort == "preposition" and chunk.word not in behind:
            return None
    return None
