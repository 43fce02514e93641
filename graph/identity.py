"""Who is whom: claims that two names mean one become the ids under which everything is folded.

The rule, in words; it looks at the set of claims, never at their order:

* Whoever is said to be **the same**, directly or by way of others, is one. The one that a reference list has gives the
  id; of several, or of none, the one with the shortest id, of equally long ones the first by the alphabet.
* What a person says that two are **different** stands above every rule of ours: no chain of automatic sameness leads
  from the one to the other.
* Where people **contradict** one another, or themselves by way of others, nothing is made one in doubt: no sameness on
  any way between two that are also said to be different holds, until somebody takes one of these decisions back.

Claims keep the ids that their sources led to. They are only seen as if they named the one id, so that taking a decision
back gives the graph back as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field, fields
from itertools import chain
from typing import Any, Final, TypeAlias, get_args

from .claims import Claim
from .errors import LoadError
from .names import reference
from .statements import IdentityStatement, Party, Statement, Value

Pair: TypeAlias = tuple[str, str]
"""Two ids, sorted."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is whom.

    Attributes:
        canonical: id -> the id under which it is folded, of those that are folded under another.
        members: such an id -> those that are folded under it, itself first and the others sorted.
        apart: pairs of ids, as they are folded, that people say are different and nobody says are the same.
        contradicted: ids of the claims that do not hold because people contradict one another, each with the ids of
            those that it contradicts.
        called: an id under which others are folded -> the names by which these are known to whoever decided.
        overruled: ids of the automatic claims that do not hold because of what people say.
    """

    canonical: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    apart: frozenset[Pair] = frozenset()
    called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contradicted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    overruled: frozenset[str] = frozenset()

    def of(self, node_id: str) -> str:
        """Give the id under which one is folded."""
        return self.canonical.get(node_id, node_id)

    def names_of(self, node_id: str) -> tuple[str, ...]:
        """Give every id that is folded under one."""
        return self.members.get(node_id, (node_id,))

    def to_properties(self, node_id: str) -> dict[str, Value]:
        """Give what a node says of whom it is one with; nothing if it is with nobody."""
        if node_id not in self.members:
            return {}
        entry = reference().entries.get(node_id)
        known = {entry.name, *entry.aliases} if entry else set()
        called = [name for name in self.called[node_id] if name not in known]
        values: dict[str, Value] = {"same_as": list(self.members[node_id][1:])}
        return values | ({"also_called": called} if called else {})

    def see(self, claim: Claim) -> Claim:
        """Give a claim as it is folded: it names everybody by the id that all of them share."""
        if not self.canonical or not any(party.id in self.canonical for _, party in claim.parties()):
            return claim
        return claim.seen_as(self._seen(claim.statement), claim.said_by and self._party(claim.said_by))

    def _seen(self, statement: Statement) -> Statement:
        # Not made anew: what is folded into itself, such as an owner of what turns out to be himself, is no error.
        seen = copy(statement)
        for name in _PARTIES[type(statement)]:
            value = getattr(statement, name)
            if isinstance(value, Party):
                object.__setattr__(seen, name, self._party(value))
            elif isinstance(value, tuple) and value and isinstance(value[0], Party):
                object.__setattr__(seen, name, tuple(map(self._party, value)))
        return seen

    def _party(self, party: Party) -> Party:
        node_id = self.canonical.get(party.id)
        return party if node_id is None else Party(node_id, party.name)


_PARTIES: Final = {kind: tuple(spec.name for spec in fields(kind)) for kind in get_args(Statement)}
NOBODY: Final = Identity()
TITLE: Final = "Decision "
"""What the title of a decision's document begins with; its number follows."""
"""Everybody is who he is."""


def readable(rows: Iterable[Mapping[str, Any]]) -> Iterator[Claim]:
    """Make claims again from what ``Claim.to_properties`` gave; one that was spoilt says nothing."""
    for values in rows:
        with suppress(LoadError, LookupError, TypeError, ValueError, AttributeError):
            yield Claim.from_properties(values)


def number_of(title: str) -> int | None:
    """Read the number of a decision from the title of its document; None if it is no such title."""
    told = title.removeprefix(TITLE)
    return int(told) if title.startswith(TITLE) and told.isascii() and told.isdigit() and len(told) < 10 else None


def identify(claims: Iterable[Claim]) -> Identity:
    """Tell who is whom.

    Args:
        claims: all that say who is whom; those that state something else or are denied do not matter.
    """
    said = _Said()
    for claim in claims:
        if isinstance(claim.statement, IdentityStatement) and claim.modality != "denied":
            said.add(claim.id, claim.statement)
    contradictions = _ways_between(said.same, said.different)
    doubted = {*contradictions, *chain.from_iterable(contradictions.values())}
    firm = said.same.keys() - doubted
    rules = said.automatic.keys() - doubted - firm
    # What people say is different stays apart even where others contradict it: nothing is made one in doubt.
    cut = set(chain.from_iterable(_ways_between(firm | rules, said.different).values())) - firm
    held = firm | rules - cut
    canonical = _canonical(held)
    return Identity(
        canonical,
        _members(canonical),
        frozenset(
            _sorted(canonical.get(one, one), canonical.get(other, other))
            for one, other in said.different.keys() - doubted
        ),
        said.called(held, canonical),
        said.told(contradictions),
        frozenset(claim for pair, members in said.automatic.items() if pair in cut | doubted for claim in members),
    )


def moved(before: Identity, after: Identity) -> set[str]:
    """Give the ids that are folded under another id than before."""
    return {one for one in {*before.canonical, *after.canonical} if before.of(one) != after.of(one)}


def regrouped(before: Identity, after: Identity) -> set[str]:
    """Give the ids under which others are or were folded, where these or their names are not the same as before."""
    groups = {*before.members, *after.members}
    return {one for one in groups if before.to_properties(one) != after.to_properties(one)}


class _Said:
    """What claims say of each pair: ids of those that say so."""

    def __init__(self) -> None:
        self.same: dict[Pair, list[str]] = defaultdict(list)
        self.different: dict[Pair, list[str]] = defaultdict(list)
        self.automatic: dict[Pair, list[str]] = defaultdict(list)
        self._names: dict[Pair, set[str]] = defaultdict(set)

    def add(self, claim: str, statement: IdentityStatement) -> None:
        if statement.same:
            self._names[statement.pair] |= {statement.subject.name, statement.object.name}
        if not statement.automatic:
            (self.same if statement.same else self.different)[statement.pair].append(claim)
        elif statement.same:
            self.automatic[statement.pair].append(claim)

    def called(self, pairs: Iterable[Pair], canonical: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        """Give the names in the claims that make these pairs one."""
        names: dict[str, set[str]] = defaultdict(set)
        for one, other in pairs:
            names[canonical.get(one, canonical.get(other, one))] |= self._names[one, other]
        return {node_id: tuple(sorted(given)) for node_id, given in names.items()}

    def told(self, contradictions: Mapping[Pair, set[Pair]]) -> dict[str, tuple[str, ...]]:
        """Give the claims that contradict one another."""
        against: dict[str, set[str]] = defaultdict(set)
        for pair, ways in contradictions.items():
            for one in self.different[pair]:
                for other in (claim for way in ways for claim in self.same[way]):
                    against[one].add(other)
                    against[other].add(one)
        return {claim: tuple(sorted(others)) for claim, others in sorted(against.items())}


def _ways_between(same: Collection[Pair], different: Iterable[Pair]) -> dict[Pair, set[Pair]]:
    """Give, for each pair that is different and yet made one, the samenesses on any way from the one to the other."""
    neighbours, canonical = _neighbours(same), _canonical(same)
    found: dict[Pair, set[Pair]] = {}
    for pair in different:
        one, other = (canonical.get(node_id, node_id) for node_id in pair)
        if one == other:
            component = _component(neighbours, one)
            found[pair] = _ways({_sorted(one, other) for one in component for other in neighbours[one]}, pair)
    return found


def _ways(edges: set[Pair], pair: Pair) -> set[Pair]:
    """Give the edges on any way between two that passes nobody twice.

    They are those that share a circle with the edge between the two, were it drawn.
    """
    from networkx import Graph, biconnected_component_edges  # noqa: PLC0415  (only what people keep apart needs it)

    for circle in biconnected_component_edges(Graph([*sorted(edges), pair])):
        found = {_sorted(*edge) for edge in circle}
        if pair in found:
            return found & edges
    return set()


def _neighbours(edges: Iterable[Pair]) -> dict[str, set[str]]:
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in edges:
        neighbours[one].add(other)
        neighbours[other].add(one)
    return neighbours


def _component(neighbours: Mapping[str, set[str]], start: str) -> set[str]:
    seen, left = {start}, [start]
    while left:
        for one in neighbours.get(left.pop(), ()):
            if one not in seen:
                seen.add(one)
                left.append(one)
    return seen


def _canonical(edges: Iterable[Pair]) -> dict[str, str]:
    neighbours = _neighbours(edges)
    canonical: dict[str, str] = {}
    seen: set[str] = set()
    for start in neighbours:
        if start not in seen:
            component = _component(neighbours, start)
            seen |= component
            first = min(component, key=_rank)
            canonical |= dict.fromkeys(component - {first}, first)
    return canonical


def _rank(node_id: str) -> tuple[bool, int, str]:
    return node_id not in reference().entries, len(node_id), node_id


def _members(canonical: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    members: dict[str, list[str]] = defaultdict(list)
    for one in sorted(canonical):
        members[canonical[one]].append(one)
    return {first: (first, *others) for first, others in members.items()}


def _sorted(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)
