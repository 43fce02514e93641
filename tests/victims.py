"""Other processes for the tests of faults: they load, hold or read a store, and are made to die."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from legation.graph.attested import Attested
from legation.graph.claims import Claim, Document
from legation.graph.derived import derive
from legation.graph.errors import LegationError
from legation.graph.facts import fold
from legation.graph.schema import DERIVED
from legation.graph.store import GraphStore, open_store
from making import document, relation, transfer

STATES = ("TUR", "POL", "UKR", "USA", "DEU", "FRA", "GBR", "KOR", "ISR", "AZE", "QAT", "ITA")


def article(number: int, claims: int = 150) -> tuple[Document, list[Claim]]:
    """Make a document with its claims, ever the same for a number; documents share actors, systems and blocks."""
    chance = random.Random(number)
    news = document(f"Article {number}. " + "word " * claims, source=f"Paper {number % 5}")
    made = []
    for at in range(claims):
        supplier, buyer = chance.sample(STATES, 2)
        if at % 10 == 0:
            made.append(relation("ALLIED_WITH", supplier, buyer, of=news, at=at))
        else:
            status = chance.choice(("offered", "ordered", "delivered"))
            made.append(transfer(supplier, buyer, f"system:s{chance.randrange(40)}", status, of=news, at=at))
    return news, made


def load(url: str, numbers: Iterable[int], claims: int) -> None:
    """Load documents, and say the number of each as soon as it is acknowledged; an error is the last that is said."""
    _say("begun")
    try:
        with open_store(url, create=True) as store:
            _say("open")
            for number in numbers:
                store.write(*article(number, claims))
                _say(number)
    except LegationError as error:
        _say(f"{type(error).__name__}: {error}")
    else:
        _say("closed")


@dataclass(frozen=True, slots=True)
class Killed:
    """What a loading process had said when it was killed.

    Attributes:
        phase: ``starting``, ``loading`` or ``closing``; ``closed`` if it was faster than its end.
        acknowledged: numbers of the documents that were in.
    """

    phase: str
    acknowledged: set[int]


def kill_while_loading(folder: Path, numbers: range, claims: int, chance: random.Random, seconds: float) -> Killed:
    """Let another process load documents into a store, and kill it at a random moment of a random phase.

    Args:
        folder: the store.
        numbers: of the documents.
        claims: how many each of them has.
        chance: draws phase and moment.
        seconds: how long loading all of them takes.
    """
    process = start(folder, numbers, claims)
    phase = chance.choice(("starting", "loading", "loading", "closing"))
    waits = {"starting": ("begun", 0.5), "loading": ("open", 0.7 * seconds), "closing": (str(numbers[-1]), 0.03)}
    awaited, longest = waits[phase]
    said = []
    for line in process.stdout or ():
        said.append(line.strip())
        if said[-1] == awaited:
            break
    time.sleep(chance.uniform(0, longest))
    process.kill()
    rest, errors = process.communicate(timeout=60)
    if errors:
        raise AssertionError(errors)
    said += rest.splitlines()
    return Killed("closed" if "closed" in said else phase, {int(line) for line in said if line.isdigit()})


def _say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def start(url: Path | str, numbers: range, claims: int = 150) -> subprocess.Popen[str]:
    """Let another process load documents; its lines are what ``load`` says."""
    command = [sys.executable, str(Path(__file__)), str(url), str(numbers.start), str(numbers.stop), str(claims)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def faults_of(
    store: GraphStore, must: Iterable[int], may: Iterable[int], claims: int = 150
) -> tuple[list[str], set[int]]:
    """Compare a store with a fresh fold of the documents in it.

    Args:
        store: what was loaded into.
        must: numbers of the documents that were acknowledged.
        may: numbers of those that may be in or not, but not by half.
        claims: how many claims each document has.

    Returns:
        What is not as it should be, in words, and the numbers of the documents that are in.
    """
    held = {row["id"] for row in store.read("MATCH (d:Document) RETURN d.id AS id")}
    made = {number: article(number, claims) for number in {*must, *may}}
    found = [f"document {number} is lost" for number in must if made[number][0].id not in held]
    within = [one for one in made.values() if one[0].id in held]
    if len(held) != len(within):
        found.append("there are documents that nobody loaded")
    stated = [Attested(claim, news.source.id, news.source.reliability) for news, own in within for claim in own]
    facts = fold(stated)
    relations = [*facts.relations, *derive(facts.transfers)]
    expected: dict[str, set[tuple[Any, ...]]] = {
        "claims": {(one.claim.id, one.claim.document) for one in stated},
        "transfers": {(one.id, one.suppliers[0], one.buyer, one.properties["status"]) for one in facts.transfers},
        "backing": {(claim, one.id) for one in facts.transfers for claim in one.backing},
        "relations": {(one.kind, one.start, one.end, one.properties.get("status")) for one in relations},
    }
    kinds = "|".join(["ALLIED_WITH", *sorted(DERIVED)])
    statements = {
        "claims": "MATCH (c:Claim)-[:QUOTED_FROM]->(d:Document) RETURN c.id, d.id",
        "transfers": "MATCH (s:Actor)-[:SUPPLIES]->(t:Transfer) MATCH (t)-[:TO]->(b:Actor) "
        "RETURN t.id, s.id, b.id, t.status",
        "backing": "MATCH (c:Claim)-[:BACKS]->(t:Transfer) RETURN c.id, t.id",
        "relations": f"MATCH (a:Actor)-[r:{kinds}]->(b:Actor) RETURN type(r), a.id, b.id, r.status",
    }
    for what, statement in statements.items():
        rows = [tuple(row.values()) for row in store.read(statement)]
        if len(rows) != len(set(rows)) or set(rows) != expected[what]:
            found.append(f"{what}: {len(expected[what] - set(rows))} lack, {len(set(rows) - expected[what])} too many")
    return found, {number for number, (news, _) in made.items() if news.id in held}


if __name__ == "__main__":
    load(sys.argv[1], range(int(sys.argv[2]), int(sys.argv[3])), int(sys.argv[4]))
