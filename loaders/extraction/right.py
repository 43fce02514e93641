"""The clause behind a word of transfer: things, receivers and prepositions, in groups that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from .chunk import Chunk
from .clauses import ARTICLES, REACH
from .item import Item
from .lexicon import Trigger, lexicon


@dataclass(slots=True)
class Right:
    """One group of things behind a word of transfer, with the prepositions that belong to it."""

    items: list[Item] = field(default_factory=list)
    prepositions: dict[str, Chunk] = field(default_factory=dict)
    dative: Chunk | None = None
    pointing: bool = False
    operators: list[Trigger] = field(default_factory=list)
    negated: bool = False
    future: bool = False
    closed: bool = False
    back: bool = False
    serviced: bool = False
    given: bool = False


_ENDS: Final = frozenset({"break", "relative", "said", "verb"})


def read_right(chunks: Sequence[Chunk], core: int, taken: frozenset[str]) -> list[Right]:
    """Walk right from a word of transfer; each ``thing to somebody`` is a group of its own.

    Args:
        chunks: of the sentence.
        core: index of the word of transfer.
        taken: prepositions that introduce the thing itself: ``of`` and ``for`` behind a noun.
    """
    trigger = chunks[core].trigger
    given = trigger is not None and (trigger.dative or trigger.object == "buyer")
    groups, preposition, place, direct = [Right(given=given)], "", core, False
    for index in range(core + 1, min(len(chunks), core + REACH)):
        chunk, group = chunks[index], groups[-1]
        if _is_end(chunks, index):
            break
        preposition = "" if _is_year(chunk) else preposition
        if chunk.sort == "preposition":
            direct = not preposition and chunks[index - 1].sort == "noun"
            preposition, place = _preposition(chunks, index, preposition), index
        elif chunk.sort == "party" and not chunk.owner:
            if not _put_party(chunks, index, core, groups, preposition):
                break
            preposition = ""
        elif chunk.item:
            counted = chunks[place - 1].word in lexicon().words["measures"] or direct
            if _takes(preposition, taken, group, counted) and not group.serviced:
                _put_item(groups, chunk.item, chunks[index - 1].sort == "conjunction")
            preposition = preposition if preposition == "to" else ""
        elif chunk.sort == "personal":
            if not _put_pronoun(chunks, index, core, group, preposition):
                break
            preposition = ""
        else:
            _note(chunk, group)
            group.back |= chunk.word == "back" and (index == core + 1 or chunks[index - 1].sort in {"item", "personal"})
    return [_inheriting(group, before) for group, before in zip(groups, [groups[0], *groups], strict=False)]


def _inheriting(group: Right, before: Right) -> Right:
    """Give a group without a party of its own the parties of the group before: ``jets from Peru and tanks``."""
    if group is before or any(word in group.prepositions for word in _PLACING):
        return group
    return replace(group, prepositions=before.prepositions | group.prepositions, dative=group.dative or before.dative)


_PLACING: Final = ("to", "for", "from")


def _is_end(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether something of its own begins: another clause, a choice that was not made, a purpose."""
    ends = chunks[index].sort in _ENDS and not _names_maker(chunks, index)
    return ends or _is_later(chunks, index) or _is_alternative(chunks, index) or _is_purpose(chunks, index)


def _names_maker(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether a verb only says who made the thing: ``four frigates built by Acme``."""
    behind = chunks[index + 1].word if index + 1 < len(chunks) else ""
    made = chunks[index].sort == "verb" and chunks[index].word in lexicon().words["made"]
    return made and behind == "by" and chunks[index - 1].sort == "item"


def _is_later(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether a clause of its own begins: ``…, and two years later``, ``and six more a year later``."""
    behind = [chunk.word for chunk in chunks[index + 1 : index + 6]]
    return chunks[index].sort == "conjunction" and bool({"later", "then", "meanwhile"} & set(behind))


def _is_year(chunk: Chunk) -> bool:
    """Whether a year ends what its preposition governs: ``in 2016 and five tanks``."""
    return len(chunk.word) == 4 and chunk.word.isdigit()


def _is_purpose(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether an infinitive of purpose begins, whose objects take no part: ``to defend itself from Chile``."""
    behind = chunks[index + 1].word if index + 1 < len(chunks) else ""
    return chunks[index].word == "to" and behind in lexicon().words["purposes"]


def _is_alternative(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether ``instead of`` or ``rather than`` begins: what follows was not chosen, nor who makes it."""
    behind = [chunk.sort for chunk in chunks[index + 1 : index + 3] if chunk.word not in ARTICLES]
    phrase = chunks[index].last - chunks[index].first > 1 or chunks[index - 1].sort == "item"
    return chunks[index].word == "over" and phrase and bool(behind) and behind[0] in {"item", "party"}


def _preposition(chunks: Sequence[Chunk], index: int, before: str) -> str:
    """Give the preposition in force: ``to many of`` is ``to``, and ``made by`` names a maker."""
    word = chunks[index].word
    if word == "by" and chunks[index - 1].word in lexicon().words["made"]:
        return "made by"
    goes_on = word == "including" or (word == "of" and before in {"to", "from", "by"})
    return before if goes_on and before else word


def _takes(preposition: str, taken: frozenset[str], group: Right, counted: bool) -> bool:
    """Whether a thing behind this preposition is what is transferred."""
    if preposition == "over" and not group.items:
        return True
    given = preposition == "with" and group.dative is not None and group.given
    return not preposition or preposition in taken or given or (preposition == "of" and counted and not group.items)


def _put_item(groups: list[Right], item: Item, joined: bool) -> None:
    """Put a thing into the group; a new one begins behind a receiver: ``12 to Peru and tanks to Chile``."""
    if groups[-1].closed or (joined and "to" in groups[-1].prepositions and not groups[-1].items):
        groups.append(Right())
    groups[-1].items.append(item)


def _put_party(chunks: Sequence[Chunk], index: int, core: int, groups: list[Right], preposition: str) -> bool:
    """Put a party where it belongs; False where a new clause begins with it."""
    chunk, group = chunks[index], groups[-1]
    if preposition:
        group.closed |= preposition in _PLACING and bool(group.items)
        known = group.prepositions.get(preposition)
        if known and known.sort == "party" and preposition == "to":
            group.prepositions[preposition] = replace(known, parties=known.parties + chunk.parties)
        else:
            group.prepositions.setdefault(preposition, chunk)
        return True
    if index - core <= 2 and not group.items:
        group.dative = chunk
        return True
    after = chunks[index + 1] if index + 1 < len(chunks) else None
    listed = chunks[index - 1].sort in {"conjunction", "comma"} and group.prepositions
    if not listed or (
        after and after.sort not in {"break", "comma", "conjunction", "preposition", "relative", "party"}
    ):
        return False
    last = next(reversed(group.prepositions))
    known = group.prepositions[last]
    group.prepositions[last] = replace(known, parties=known.parties + chunk.parties)
    return True


def _put_pronoun(chunks: Sequence[Chunk], index: int, core: int, group: Right, preposition: str) -> bool:
    chunk = chunks[index]
    if preposition:
        group.prepositions.setdefault(preposition, chunk)
        return True
    if index - core > 2:
        return False
    after = chunks[index + 1] if index + 1 < len(chunks) else None
    if after and after.sort == "item":
        group.dative = chunk
    else:
        group.pointing = chunk.word in {"it", "them"}
    return True


def _note(chunk: Chunk, group: Right) -> None:
    if chunk.sort == "operator" and chunk.trigger:
        group.operators.append(chunk.trigger)
    group.negated |= chunk.sort == "negation"
    group.serviced |= chunk.word in lexicon().words["services"]
    group.future |= chunk.sort == "future"
