"""Which of many actors are one or may be: near-linear, since only those are compared that share something rare."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Final

from .actors import Profile
from .likeness import LEAST, Likeness, compare, is_rare
from .names import Name, skeleton

_MOST_TOGETHER: Final = 40
"""Of those that share a word: where more do, it tells nobody from another, and only pairs of such words do."""

_MOST_WORDS: Final = 6
"""Words of one name that are not rare, by two of which it is compared."""

_MOST_NAMESAKES: Final = 4
"""Of those that bear a rare name; several sources may name one firm."""

_SAME_NAMES: Final = 90.0
"""Percent of likeness from which two names do not speak against one identifier."""

_WHOLE_DAY: Final = len("1970-12-31")

_MOST_WITH_IDENTIFIER: Final = 5
"""Of those that share an identifier: where more do, it is no identifier but the mark of a list."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that are one or may be.

    Attributes:
        one: the one whose id comes first.
        other: the other.
        likeness: how alike they are.
        rule: by which rule they are one; empty if they only may be.
    """

    one: Profile
    other: Profile
    likeness: Likeness
    rule: str = ""


@dataclass(slots=True)
class Found:
    """What comparing found.

    Attributes:
        pairs: in the order of their ids.
        actors: how many were looked at.
        compared: how many pairs of them were compared.
        crowds: what so many have in common that not all of them were compared by it: words, or identifiers.
    """

    pairs: list[Pair] = field(default_factory=list)
    actors: int = 0
    compared: int = 0
    crowds: list[str] = field(default_factory=list)


def find_pairs(profiles: Sequence[Profile]) -> Found:
    """Find those that are one by their identifiers or by a rare name, and those that may be one.

    Args:
        profiles: whom to compare.
    """
    found = Found(actors=len(profiles))
    shared = dict(_with_identifiers(profiles, found))
    bearers = Counter((one.label, core) for one in profiles for core in {_core(one, name.core) for name in one.names})
    for at, other in sorted({*shared, *_sharing_words(profiles, found)}):
        one, two = profiles[at], profiles[other]
        identifier = shared.get((at, other), "")
        found.compared += 1
        likeness = compare(one, two, shared=identifier)
        if likeness is not None and (identifier or likeness.score >= LEAST):
            borne = bearers[one.label, _core(one, one.own.core)]
            found.pairs.append(Pair(one, two, likeness, _rule(one, two, likeness, identifier, borne)))
    return found


def _core(one: Profile, core: str) -> str:
    return " ".join(sorted(core.split())) if one.label == "Person" else core


def _rule(one: Profile, other: Profile, likeness: Likeness, identifier: str, borne: int) -> str:
    """Tell by which rule two are one; nothing that speaks against it may be known."""
    of_person = one.label == "Person"
    if identifier:
        part = likeness.names < _SAME_NAMES and _have_others(one, other, identifier)
        return "" if part or (of_person and likeness.born_apart) else "the same identifier"
    forms = {side.own.form for side in (one, other)} - {""}
    contradicted = likeness.against or len(forms) > 1
    if not likeness.identical or contradicted or not one.states & other.states or borne > _MOST_NAMESAKES:
        return ""
    if of_person and one.since and one.since == other.since and len(one.since) == _WHOLE_DAY:
        return "the same name, state and date of birth"
    return "the same rare name and state" if is_rare(one.own, of_person=of_person) else ""


def _have_others(one: Profile, other: Profile, shared: str) -> bool:
    """Tell whether both have further identifiers of that scheme, each its own: then it may be a common part's."""
    scheme = shared.partition(":")[0] + ":"
    mine, theirs = ({held for held in side.identifiers if held.startswith(scheme)} for side in (one, other))
    return bool(mine - theirs) and bool(theirs - mine)


def _with_identifiers(profiles: Sequence[Profile], found: Found) -> Iterator[tuple[tuple[int, int], str]]:
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, one in enumerate(profiles):
        for identifier in set(one.identifiers):
            holders[one.label, identifier].append(at)
    for (_, identifier), members in sorted(holders.items(), reverse=True):
        if len(members) > _MOST_WITH_IDENTIFIER:
            found.crowds.append(f"{identifier} ({len(members)})")
        else:
            yield from ((pair, identifier) for pair in combinations(members, 2))


def _sharing_words(profiles: Sequence[Profile], found: Found) -> set[tuple[int, int]]:
    """Give the pairs that share a rare word of their names, or two that are not rare; by how the words sound."""
    sounds = [[_sounds(one, name) for name in one.names] if one.label != "System" else [] for one in profiles]
    borne = Counter(sound for names in sounds for sound in {sound for name in names for sound in name})
    blocks: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for at, names in enumerate(sounds):
        for name in names:
            often = sorted({sound for sound in name if borne[sound] > _MOST_TOGETHER})[:_MOST_WORDS]
            for sound in {*name} - {*often}:
                blocks[sound,].add(at)
            for two in combinations(often, 2) if len(often) > 1 else [tuple(often)]:
                blocks[two].add(at)
    pairs: set[tuple[int, int]] = set()
    for sharing, members in blocks.items():
        together = sorted(members)
        if sharing and len(together) > _MOST_TOGETHER:
            found.crowds.append(f"{' '.join(sound.partition('|')[2] for sound in sharing)} ({len(together)})")
            # Those with almost the same name are still compared: they are next to one another.
            together.sort(key=lambda at: (profiles[at].own.turned, at))
            pairs.update((min(two), max(two)) for two in pairwise(together))
        elif sharing:
            pairs.update(combinations(together, 2))
    return pairs


def _sounds(one: Profile, name: Name) -> list[str]:
    return [f"{one.label}|{skeleton(word)}" for word in name.words]
