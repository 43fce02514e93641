"""Print how long it takes to find who is one among made-up actors, how much memory, and how often it is right."""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from legation.graph.claims import Claim, Document, Source
from legation.graph.names import make_id
from legation.graph.statements import DescriptionStatement, Party
from legation.graph.store import open_store
from legation.loaders.decisions import Decision, decide
from legation.loaders.resolution.actors import Profile
from legation.loaders.resolution.pairs import Found, find_pairs
from legation.loaders.resolution.resolve import resolve

_SYLLABLES: Final = [
    "ba",
    "ko",
    "ri",
    "mel",
    "ta",
    "zu",
    "ven",
    "dro",
    "sha",
    "ki",
    "lor",
    "pan",
    "tes",
    "gul",
    "nar",
    "ovi",
    "ske",
    "yat",
    "hum",
    "fre",
    "bol",
    "cin",
]
_TRADES: Final = [
    "Defence Systems",
    "Aerospace",
    "Shipyard",
    "Electronics",
    "Arms",
    "Aviation",
    "Industries",
    "Machine Works",
]
_FORMS: Final = {"Ltd": "Limited", "JSC": "AO", "LLC": "OOO", "Inc": "Inc.", "GmbH": "G.m.b.H.", "A.S.": "AS"}
_STATES: Final = ["TUR", "POL", "DEU", "RUS", "USA", "IND", "BRA", "ZAF", "KOR", "ITA"]
_GIVEN: Final = [
    "Sergey",
    "Alexey",
    "Maria",
    "Ivan",
    "Elena",
    "Dmitry",
    "Olga",
    "Nikolay",
    "Anna",
    "Pavel",
    "Yulia",
    "Viktor",
    "Tatiana",
    "Andrey",
]
_SPELLED: Final = {"Sergey": "Serguei", "Alexey": "Aleksei", "Yulia": "Julia", "Dmitry": "Dmitri", "Andrey": "Andrei"}


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(3, 5))).capitalize()


def _firm(chance: random.Random, at: int) -> list[tuple[Profile, int]]:
    word, trade, form = _word(chance), chance.choice(_TRADES), chance.choice([*_FORMS])
    state = frozenset({chance.choice(_STATES)})
    name = f"{word} {trade}" if chance.random() < 0.8 else f"{word} {_word(chance)}"
    told = [(f"{name} {form}", state, at)]
    luck = chance.random()
    if luck < 0.15:  # one firm under two names
        bad = list(name)
        spot = chance.randrange(1, len(word))
        other = chance.choice(
            [
                name,
                f"{name} {_FORMS[form]}",
                f"The {name} {form}",
                "".join((*bad[:spot], bad[spot] * 2, *bad[spot + 1 :])),
            ]
        )
        told.append((other, state if chance.random() < 0.8 else frozenset(), at))
    elif luck < 0.25:  # another firm with almost the same name
        wrong = chance.choice(
            [
                (f"{word} {chance.choice([one for one in _TRADES if one != trade])} {form}", state),
                (f"{name} {form}", frozenset({chance.choice([one for one in _STATES if one not in state])})),
                (f"{name} {chance.choice([one for one in _FORMS if one != form])}", state),
                (f"{name} No. {chance.randint(100, 999)} {form}", state),
            ]
        )
        told.append((*wrong, -at))
    return [(_profile("Firm", text, f"{at}-{number}", where), one) for number, (text, where, one) in enumerate(told)]


def _person(chance: random.Random, at: int) -> list[tuple[Profile, int]]:
    given, father, last = chance.choice(_GIVEN), f"{chance.choice(_GIVEN)}evich", _word(chance) + "ov"
    state, born = (
        frozenset({"RUS"}),
        f"{chance.randint(1940, 1995)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
    )
    told = [(f"{given} {father} {last}", born, at)]
    luck = chance.random()
    if luck < 0.15:
        other = chance.choice(
            [
                f"{last} {given} {father}",
                f"{given} {last}",
                f"{_SPELLED.get(given, given)} {father} {last.replace('sh', 'sch').replace('y', 'j')}",
                f"{given} {father} {last.upper()}",
            ]
        )
        told.append((other, born if chance.random() < 0.7 else "", at))
    elif luck < 0.25:
        other = chance.choice([f"{given} {father} {last}", f"{chance.choice(_GIVEN)} {given}evich {last}"])
        told.append((other, f"{chance.randint(1940, 1995)}-01-29", -at))
    return [
        (_profile("Person", text, f"{at}-{number}", state, since or None), one)
        for number, (text, since, one) in enumerate(told)
    ]


def _profile(label: str, name: str, number: str, states: frozenset[str], since: str | None = None) -> Profile:
    return Profile(f"{make_id(label, name)}-{number}", name, (), (), states, since)


def made_up(size: int, seed: int = 7) -> list[tuple[Profile, int]]:
    """Make profiles, each with the number of the actor that it is of."""
    chance = random.Random(seed)
    told: list[tuple[Profile, int]] = []
    at = 0
    while len(told) < size:
        at += 1
        told += (_firm if chance.random() < 0.6 else _person)(chance, at)
    return sorted(told[:size], key=lambda one: one[0].id)


def measure(size: int) -> tuple[Found, float, dict[str, int]]:
    """Find who is one among made-up actors; give what was found, the seconds, and counts of what is right."""
    told = made_up(size)
    truth = {profile.id: actor for profile, actor in told}
    started = time.perf_counter()
    found = find_pairs([profile for profile, _ in told])
    seconds = time.perf_counter() - started
    counts: Counter[str] = Counter()
    for pair in found.pairs:
        right = truth[pair.one.id] == truth[pair.other.id]
        counts[f"{'one' if pair.rule else 'perhaps'} {'right' if right else 'wrong'}"] += 1
    counts["duplicates"] = sum(number - 1 for number in Counter(truth.values()).values())
    return found, seconds, dict(counts)


def in_store(size: int) -> str:
    """Put made-up actors into an embedded store, compare them there, decide and undo; tell how long each takes."""
    profiles = [profile for profile, _ in made_up(size)]
    text = "\n".join(profile.name for profile in profiles)
    document = Document("Made up", text, Source("benchmark"), "benchmark")
    claims, start = [], 0
    for row, one in enumerate(profiles, 1):
        party = Party(one.id, one.name)
        said = DescriptionStatement(party, countries=tuple(sorted(one.states)), since=one.since)
        claims.append(Claim(document.id, one.name, start, start + len(one.name), said, "benchmark/1", row=row))
        start += len(one.name) + 1
    told = []
    with TemporaryDirectory() as folder, open_store(Path(folder) / "store", create=True) as store:

        def timed(what: str, work: Callable[[], object]) -> None:
            started = time.perf_counter()
            work()
            told.append(f"{what} {time.perf_counter() - started:.1f} s")

        first, second = (Party(profile.id, profile.name) for profile in profiles[:2])
        decision = Decision(first, second, True, "benchmark", "benchmark", "2026-01-01")
        timed("load", lambda: store.write(document, claims))
        timed("resolve", lambda: resolve(store))
        timed("resolve again", lambda: resolve(store))
        timed("decide", lambda: decide(store, [decision]))
        timed("undo", lambda: store.forget(decision.to_document(1)[0].id))
    return ", ".join(told)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[5_000, 50_000])
    parser.add_argument("--wrong", action="store_true", help="also show what was wrongly made one")
    parser.add_argument("--store", action="store_true", help="also do it in an embedded store")
    given = parser.parse_args()
    for size in given.sizes:
        found, seconds, counts = measure(size)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 if sys.platform == "darwin" else 1024)
        print(
            f"{size} actors: {seconds:.1f} s, {found.compared} pairs compared, {len(found.crowds)} crowds, {memory} MB"
        )
        print(f"  {counts}")
        if given.store:
            print(f"  in a store: {in_store(size)}")
        truth = {profile.id: actor for profile, actor in made_up(size)} if given.wrong else {}
        for pair in found.pairs:
            if truth and truth[pair.one.id] != truth[pair.other.id] and pair.rule:
                print(f"  {pair.one.name} / {pair.other.name}: {pair.rule}; {pair.likeness.in_words()}")


if __name__ == "__main__":
    main()
