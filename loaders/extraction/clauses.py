"""The clause before a word of transfer: what governs it, up to its subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from .chunk import Chunk
from .item import Item
from .lexicon import Trigger, lexicon

REACH: Final = 45
"""How many chunks away from a word its subject or object may stand."""


@dataclass(slots=True)
class Left:
    """What stands before a word of transfer, up to its subject."""

    subject: Chunk | None = None
    direct: bool = True
    item: Item | None = None
    object: Item | None = None
    operators: list[Trigger] = field(default_factory=list)
    negated: bool = False
    operator_negated: bool = False
    future: bool = False
    infinitive: bool = False
    be: bool = False
    deal: Trigger | None = None
    joint: bool = False
    kept: bool = False
    denied: bool = False
    onlooker: bool = False
    won: bool = False
    awarding: bool = False
    awarded: bool = False
    helped: bool = False
    holder: Chunk | None = None
    second: bool = False
    prepositions: dict[str, Chunk] = field(default_factory=dict)
    owner: Chunk | None = None


def read_left(chunks: Sequence[Chunk], core: int) -> Left:
    """Walk left from a word of transfer to its subject, gathering what governs it."""
    chunks, core = _without_insertion(chunks, core)
    left = Left()
    left.infinitive = core > 0 and chunks[core - 1].word == "to"
    left.future = left.infinitive and core > 1 and chunks[core - 2].word in {"is", "are", "was", "were"}
    left.future |= left.infinitive and _is_headline(chunks, core)
    left.infinitive &= not left.future
    if core and chunks[core].form == "ing":
        left.kept = chunks[core - 1].word == "from"
        left.negated = chunks[core - 1].word in {"against", "without"}
    if chunks[core].form in {"past", "participle"} and core and chunks[core - 1].sort == "item":
        left.holder = _holder(chunks, core - 1)
    for index in range(core - 1, max(-1, core - REACH), -1):
        chunk = chunks[index]
        if chunk.sort in {"break", "relative"}:
            left.direct = False
            if chunk.sort == "relative":
                left.subject = left.subject or _antecedent(chunks, index)
            elif _subjectless(chunks, core):
                left.subject = main_subject(chunks, index)
            break
        if chunk.sort in _NAMES and not chunk.owner and not (chunk.item and chunk.item.bare):
            if _take_name(chunks, index, core, left):
                break
        else:
            _gather(chunks, index, core, left)
    return left


def _holder(chunks: Sequence[Chunk], item: int) -> Chunk | None:
    """Whoever uses or shows a thing that a participle describes: ``Peru flies jets supplied by Chile``."""
    step = item - 1
    while step > 0 and chunks[step].word in _ADVERBS | {"its", "their", "first"}:
        step -= 1
    if step < 1 or chunks[step].word not in lexicon().words["holding"]:
        return None
    before = step - 1
    while before > 0 and (chunks[before].sort in _AUXILIARY or chunks[before].word in _ADVERBS):
        before -= 1
    chunk = chunks[before]
    return chunk if chunk.sort == "party" and not chunk.owner and governor(chunks, before) is None else None


def _is_headline(chunks: Sequence[Chunk], core: int) -> bool:
    """Whether the infinitive of a headline tells of what is to come: ``Peru to buy tanks from Chile``."""
    subject = core - 2
    first = subject == 0 or (subject > 0 and chunks[subject - 1].sort in {"break", "comma"})
    return first and chunks[subject].sort == "party" and not chunks[subject].owner


def _without_insertion(chunks: Sequence[Chunk], core: int) -> tuple[Sequence[Chunk], int]:
    """Leave out what stands between commas before a verb: ``Peru, which flew jets, bought``."""
    comma = core - 1
    while comma > 0 and (chunks[comma].sort in _AUXILIARY or chunks[comma].word in _ADVERBS):
        comma -= 1
    if chunks[core].sort != "verb" or comma < 3 or chunks[comma].sort != "comma":
        return chunks, core
    for start in range(comma - 2, max(0, comma - REACH), -1):
        if chunks[start].sort == "comma":
            head = chunks[start + 1 + (chunks[start + 1].sort == "preposition")]
            said = comma - start <= 6 and any(chunk.sort == "said" for chunk in chunks[start:comma])
            free = (
                chunks[start - 1].sort == "party"
                and not chunks[start - 1].owner
                and governor(chunks, start - 1) is None
            )
            if said or head.word in _OPENERS or (free and chunks[start + 1].word in _ASIDES):
                return [*chunks[:start], *chunks[comma + 1 :]], core - (comma + 1 - start)
        elif chunks[start].sort in {"break", "relative"} and chunks[start].word not in _OPENERS:
            break
    return chunks, core


_AUXILIARY: Final = frozenset({"have", "be", "future", "negation"})
_ADVERBS: Final = frozenset({"also", "already", "recently", "then", "later", "once", "now", "only"})
_ASIDES: Final = frozenset({"unlike", "like", "along", "despite", "a", "an", "backed", "under", "against"})
_OPENERS: Final = frozenset({"which", "who", "whose", "whom", "where"})


_NAMES: Final = frozenset({"party", "item", "personal"})


def _take_name(chunks: Sequence[Chunk], index: int, core: int, left: Left) -> bool:
    """Note a party, thing or pronoun before a word of transfer; True if it is the subject."""
    chunk = chunks[index]
    place = governor(chunks, index)
    if place is not None:
        before = chunks[place]
        if chunk.sort == "party" and before.word in {"of", "in"} and is_institution(chunks, place - 1):
            left.subject = chunk
            return True
        if chunk.sort == "party":
            made = before.word == "by" and place > 0 and chunks[place - 1].word in lexicon().words["made"]
            left.prepositions.setdefault("made by" if made else before.word, chunk)
        return False
    if chunk.sort == "item":
        left.item = left.item or chunk.item
        left.negated |= index > 0 and chunks[index - 1].sort == "negation"
        return left.be or (core - index <= 2 and not left.operators and not left.infinitive)
    if chunk.sort == "party" and (_is_object(chunks, index) or _ends_a_verb(chunks, index, core)):
        return False
    left.object = _relative_object(chunks, index)
    left.subject = left.subject or chunk
    _govern(chunks, index, left)
    return True


def governor(chunks: Sequence[Chunk], index: int) -> int | None:
    """Give the index of the preposition that governs a chunk, over article, adjectives and owner; None without one."""
    step = index - 1
    if step >= 0 and chunks[step].sort == "party" and chunks[step].owner:
        index, step = step, step - 1
    while step >= 0 and index - step <= 5 and chunks[step].sort == "other":
        if chunks[step].word in ARTICLES:
            step -= 1
            break
        if not chunks[step].word.endswith(_ADJECTIVAL):
            return None
        step -= 1
    near = step == index - 1 or (step >= 0 and chunks[step + 1].word in ARTICLES)
    return step if near and step >= 0 and chunks[step].sort == "preposition" else None


_ADJECTIVAL: Final = ("ed", "ly", "ern", "al", "ous", "ive", "ic", "ing", "er", "est", "new", "key")
ARTICLES: Final = frozenset({"the", "a", "an", "its", "their", "his", "her", "our"})


def _relative_object(chunks: Sequence[Chunk], index: int) -> Item | None:
    """The thing that a clause without an object is about: ``the jets that Peru bought``, ``the jets it bought``."""
    before = chunks[index - 1] if index else None
    if before and before.sort == "relative" and index > 1:
        before = chunks[index - 2]
    return before.item if before else None


def is_institution(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether ``of Peru`` only says whose government, army or officials act."""
    chunk = chunks[index] if index >= 0 else None
    word = chunk.word.removeprefix("the ") if chunk and chunk.sort in {"other", "personal"} else ""
    return word in lexicon().institutions


def _is_object(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether a party is the object of another verb: ``having absorbed the GDR``."""
    step = index - 1
    if step >= 0 and chunks[step].word == "the":
        step -= 1
    if step < 1 or chunks[step].sort != "other" or not chunks[step].word.endswith(("ed", "ing")):
        return False
    return chunks[step - 1].sort in {"have", "be"} or chunks[step - 1].word == "to"


def _is_reported(chunks: Sequence[Chunk], index: int, core: int) -> bool:
    """Whether ``would`` is the ``will`` of a promise that somebody told: ``Peru announced it would send``."""
    trigger = chunks[core].trigger
    if chunks[index].word != "would" or trigger is None or not trigger.aid or chunks[index - 1].sort != "personal":
        return False
    near = chunks[max(0, index - 4) : index]
    return any(chunk.sort == "said" or chunk.word.startswith("announc") for chunk in near)


def _ends_a_verb(chunks: Sequence[Chunk], index: int, core: int) -> bool:
    """Whether a party is the object of a verb to which ours is joined: ``relies on Peru and has bought``."""
    joined = any(chunk.sort == "conjunction" for chunk in chunks[index + 1 : core])
    before = chunks[index - 2] if index > 1 and chunks[index - 1].word == "the" else chunks[index - 1]
    return index > 1 and before.sort == "verb" and joined


def _gather(chunks: Sequence[Chunk], index: int, core: int, left: Left) -> None:
    """Note a governing word, a negation or a tense before a word of transfer."""
    chunk = chunks[index]
    left.onlooker |= chunk.word in lexicon().words["onlooking"]
    left.second |= chunk.sort == "verb"
    left.won |= chunk.word in lexicon().words["winning"]
    left.awarding |= chunk.word in {"award", "awards", "awarded"}
    left.awarded |= chunk.sort == "be" and chunks[index + 1].word in lexicon().words["winning"]
    left.negated |= chunk.word in lexicon().words["nearly"] and index == core - 1
    if _is_denial(chunks, index, core):
        left.denied = True
    elif _is_reported(chunks, index, core):
        left.future = True
    elif chunk.sort == "operator" and chunk.trigger:
        unreal = chunk.trigger.status in {"denied", "refused", "cancelled"} and index and chunks[index - 1].word == "to"
        if not unreal:
            left.operators.insert(0, chunk.trigger)
            left.owner = left.owner or (owner_of(chunks, index) if left.infinitive else None)
    elif chunk.sort == "negation":
        left.operator_negated |= bool(left.operators)
        left.negated |= not left.operators
    elif chunk.word in _POSSESSIVES and left.infinitive and left.subject is None:
        left.subject = replace(chunk, sort="personal", word=_POSSESSIVES[chunk.word])
    elif chunk.sort == "future":
        left.future = True
    elif chunk.sort == "be":
        left.be |= core - index <= 3
    elif chunk.sort == "noun" and chunk.trigger:
        _note_deal(chunks, index, left)


def _note_deal(chunks: Sequence[Chunk], index: int, left: Left) -> None:
    """Note a noun of dealing: ``a contract to buy``; a refusal also governs."""
    trigger = chunks[index].trigger
    if trigger is None:
        return
    left.deal = left.deal or trigger
    left.joint |= index > 0 and chunks[index - 1].word == "joint"
    if trigger.status == "refused":
        left.operators.insert(0, trigger)
        left.owner = left.owner or owner_of(chunks, index)


def _is_denial(chunks: Sequence[Chunk], index: int, core: int) -> bool:
    """Whether a word denies the rest: ``denied buying``, ``denied having bought``, ``dismissed reports of``."""
    words, after = lexicon().words, chunks[index + 1].word
    denies = chunks[index].word in words["denying"]
    if (denies or chunks[index].word in words["rejecting"]) and after in words["rumours"]:
        return True
    gerund = chunks[core].form == "ing" or after == "having"
    return denies and gerund and core - index <= 2


_POSSESSIVES: Final = {"his": "he", "her": "he", "its": "it", "their": "they"}


def _govern(chunks: Sequence[Chunk], index: int, left: Left) -> None:
    """Take a governing word before the subject: ``nor Peru bought``, and of an infinitive ``allowed Peru to buy``."""
    before = chunks[index - 1] if index else None
    left.helped |= before is not None and before.word in {"help", "helps", "helped", "helping"}
    left.negated |= before is not None and before.sort == "negation"
    if not left.infinitive and not left.kept:
        return
    for chunk in reversed(chunks[max(0, index - 3) : index]):
        if chunk.sort == "operator" and chunk.trigger:
            left.operators.insert(0, chunk.trigger)
        if chunk.sort != "other":
            return


def _subjectless(chunks: Sequence[Chunk], core: int) -> bool:
    return chunks[core].form == "ing" or chunks[core - 1].word == "to"


def main_subject(chunks: Sequence[Chunk], bound: int) -> Chunk | None:
    """The subject of the main clause: the first party of the sentence that no preposition governs."""
    for index, chunk in enumerate(chunks[:bound]):
        if chunk.sort == "party" and not chunk.owner and governor(chunks, index) is None:
            return chunk
    return None


def _antecedent(chunks: Sequence[Chunk], index: int) -> Chunk | None:
    """What a relative pronoun stands for: the nearest party or thing before it, unless another noun stands between."""
    if index and chunks[index - 1].sort == "other":
        return None
    for step in range(index - 1, max(-1, index - 7), -1):
        chunk = chunks[step]
        if chunk.sort in {"party", "item"} and not chunk.owner:
            of_body = chunk.sort == "party" and chunk.parties[0].label == "Organisation" and governor(chunks, step)
            return None if of_body else chunk
        if chunk.sort in {"verb", "break", "said", "operator", "noun"}:
            return None
    return None


def owner_of(chunks: Sequence[Chunk], core: int) -> Chunk | None:
    """Whoever the noun belongs to: ``Peru's purchase``, ``the Peruvian order``."""
    for chunk in reversed(chunks[max(0, core - 4) : core]):
        if chunk.sort == "party":
            return chunk if chunk.owner else None
        if chunk.sort not in {"other", "item", "operator"}:
            return None
    return None
