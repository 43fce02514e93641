"""How alike two actors are: a score of 0 to 1, with all that speaks for and against it in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from ...graph.names import reference
from .actors import Profile
from .names import Name, is_common, skeleton

LEAST: Final = 0.8
"""Score from which two may be one."""

_ALIKE: Final = 82.0
"""Percent from which two names are worth weighing."""


_UNPLACED: Final = 0.95
"""The most that names alone are worth, where no state is known of one of the two."""

_SHORT: Final = 7
"""Letters under which a name is an abbreviation or near one: CASC and CASIC are two."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two are.

    Attributes:
        score: 0 to 1.
        reasons: what speaks for it, in words.
        against: what speaks against it.
        names: how alike the names that are most alike are, in percent.
        born_apart: whether their dates of birth or foundation differ.
        identical: whether their own names are the same but for script, accents, legal form and, of persons, order.
    """

    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()
    names: float = 0.0
    born_apart: bool = False
    identical: bool = False

    def in_words(self) -> str:
        """Say all that speaks for and against it."""
        return "; ".join((*self.reasons, *(f"against: {told}" for told in self.against)))


def compare(one: Profile, other: Profile, *, shared: str = "") -> Likeness | None:
    """Compare two of the same label.

    Args:
        one: the one.
        other: the other.
        shared: an identifier that both have; empty if they have none in common.

    Returns:
        How alike they are; None if they share no identifier and no two of their names are alike.
    """
    best = max(_pairs_of_names(one, other), key=lambda found: found[0], default=None)
    if best is None and not shared:
        return None
    percent, mine, theirs = best or (0.0, one.own, other.own)
    identical = _identical(one, other)
    words = "the same name" if percent == 100 else f"names {percent:.0f} % alike"
    told = f"{words}: {mine.text} ~ {theirs.text}" if percent else f"other names: {one.name} and {other.name}"
    reasons, score = ([f"both have {shared}", told], 1.0) if shared else ([told], percent / 100)
    against = []
    born_apart = False
    if one.states & other.states:
        both = ", ".join(_name_of(state) for state in sorted(one.states & other.states))
        reasons.append(f"both of {both}")
        score = min(1.0, score + 0.04)
    elif one.states and other.states:
        against.append(f"of {_names_of(one.states)} and of {_names_of(other.states)}")
        score -= 0.12
    elif not shared:
        score = min(score, _UNPLACED)
    if one.since and other.since:
        told, weight = _dates(one, other)
        born_apart = weight < 0
        (against if born_apart else reasons).append(told)
        score = min(1.0, score + weight)
    if mine.form and theirs.form and mine.form != theirs.form:
        against.append(f"other legal forms: {mine.form} and {theirs.form}")
        score -= 0.06 if mine.kind != theirs.kind else 0.02
    if not shared and not identical and (mine != one.own or theirs != other.own):
        against.append("by an alias, which may be the name of a part or of a former owner")
        score -= 0.04
    if one.label == "Person" and len(mine.words) == 1 and not shared:
        score -= 0.15
    return Likeness(round(max(0.0, min(1.0, score)), 2), tuple(reasons), tuple(against), percent, born_apart, identical)


def is_rare(name: Name, *, of_person: bool) -> bool:
    """Tell whether a name says enough for its bearer: three names of a person, or a word that few firms have."""
    return len(name.words) > 2 if of_person else any(not is_common(word) for word in name.words)


def _identical(one: Profile, other: Profile) -> bool:
    if one.label == "Person":
        return one.own.turned == other.own.turned
    return one.own.core == other.own.core


def _pairs_of_names(one: Profile, other: Profile) -> Iterator[tuple[float, Name, Name]]:
    """Give the pairs of names that are alike, with the percent."""
    person = one.label == "Person"
    for mine in one.names:
        for theirs in other.names:
            if mine.numbers != theirs.numbers:
                continue
            percent = _percent_of_persons(mine, theirs) if person else _percent(mine, theirs)
            if percent >= _ALIKE:
                yield percent, mine, theirs


def _percent(mine: Name, theirs: Name) -> float:
    """Compare names of firms; only what is not common to many tells them apart."""
    if mine.core == theirs.core:
        return 100.0
    percent = fuzz.ratio(mine.core, theirs.core, score_cutoff=_ALIKE - 6)
    if not percent:
        return 0.0
    # "Gulf Defence" and "Golf Defence" are alike for what everybody has in his name.
    own, others = (" ".join(word for word in name.words if not is_common(word)) for name in (mine, theirs))
    if own != others and min(len(own), len(others)) < _SHORT:
        return 0.0
    if own != others or not own:
        percent = min(percent, fuzz.ratio(own, others)) if own and others else 0.0
    if own != others and _sound(mine) == _sound(theirs):
        percent = max(percent, 90.0)
    return min(percent, 99.0)


def _percent_of_persons(mine: Name, theirs: Name) -> float:
    """Compare names of persons, whatever their order and with or without a middle name."""
    if mine.turned == theirs.turned:
        return 100.0
    short, long = sorted((mine, theirs), key=lambda name: len(name.words))
    if len(short.words) >= 2 and set(short.words) < set(long.words):
        return 92.0
    if len(short.words) >= 2 and _sounds(short) <= _sounds(long):
        return 90.0 if len(short.words) == len(long.words) else 86.0
    return min(99.0, fuzz.ratio(mine.turned, theirs.turned, score_cutoff=_ALIKE))


def _sounds(name: Name) -> frozenset[str]:
    return frozenset(map(skeleton, name.words))


def _sound(name: Name) -> tuple[str, ...]:
    return tuple(map(skeleton, name.words))


def _dates(one: Profile, other: Profile) -> tuple[str, float]:
    """Weigh the dates of birth or foundation of two; both must be known."""
    mine, theirs = str(one.since), str(other.since)
    born = "born" if one.label == "Person" else "founded"
    whole = min(len(mine), len(theirs))
    if mine[:whole] == theirs[:whole]:
        return f"both {born} {mine[:whole]}", 0.02 if whole == 4 else 0.06
    apart = 0.3 if one.label == "Person" else 0.06
    return f"{born} {mine} and {theirs}", -apart


def _names_of(states: frozenset[str]) -> str:
    return ", ".join(_name_of(state) for state in sorted(states))


def _name_of(state: str) -> str:
    entry = reference().entries.get(state)
    return entry.name if entry else state
