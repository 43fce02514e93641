"""The figures of the questions: how long each takes on a whole register and articles, and whether both stores agree.

    python benchmarks/questions.py REGISTER… [--articles N] [--runs N] [--neo4j] [--cold COMMAND] [--keep FOLDER]

REGISTER is a file of the register, or several editions of it, the earliest first. The articles are made up: N of them,
with five deals, candidates and relations each. Warm is the median of some runs in one process on the embedded store,
after one that is not counted; ``--cold`` adds the median of whole commands from the shell, run by the ``legation`` of
COMMAND: the driver imports what is installed beside it, so that of a bare ``pip install`` starts sooner than that of a
development environment. ``--neo4j`` asks a Neo4j of the tests the same, and compares every answer byte by byte.
``--keep`` leaves the store in a folder, to be used again.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from legation.graph.claims import Claim, Document, Source
from legation.graph.store import GraphStore, open_store
from legation.graph.subgraph import Edge, Node, Subgraph
from legation.loaders import pipeline
from legation.loaders.reading import Given
from legation.queries.cards import CARDS
from legation.queries.formats import to_json
from legation.queries.networks import measure
from legation.queries.paths import find_paths, to_wanted
from legation.queries.resolve import Names

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from making import relation, transfer
from servers import neo4j

ASKED: dict[str, dict[str, str | int]] = {
    "suppliers": {"buyer": "India"},
    "buyers": {"supplier": "United States"},
    "operators": {"system": "F-16"},
    "new-pairs": {},
    "lost-pairs": {},
    "market-share": {"since": 1950, "years": 5},
    "network": {},
    "deal": {"supplier": "United States", "buyer": "Saudi Arabia"},
    "open-orders": {},
    "prospects": {},
    "refusals": {},
    "dependence": {"since": 1950},
    "what-if": {"stops": "Russia", "since": 1950},
    "substitutes": {"system": "TB2", "buyer": "Poland"},
    "components": {"state": "United States"},
    "both-sides": {},
    "sanctioned": {},
    "alliances": {"buyer": "Poland", "since": 1950},
    "reexports": {"supplier": "United States"},
    "people": {"firm": "Baykar"},
    "ownership": {"firm": "Baykar"},
    "evidence": {"supplier": "United States", "buyer": "Poland"},
    "contradictions": {},
    "single-source": {},
    "headline": {"claimed": 20, "supplier": "United States"},
    "revisions": {},
}
"""What is asked: of each question the most that one would ask of a whole register."""

STATES = ("POL", "TUR", "UKR", "AZE", "IND", "GRC", "EGY", "MAR", "PAK", "QAT", "KOR", "SWE")
PATHS: dict[str, dict[str, Any]] = {
    "path Ukraine Azerbaijan": {},
    "path Ukraine Azerbaijan --in-time": {"in_time": True},
    "path Fiji Aruba --weigh evidence": {"weigh": "evidence"},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("register", type=Path, nargs="+")
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--neo4j", action="store_true")
    parser.add_argument("--cold", metavar="COMMAND", help="legation as it is installed; times whole commands")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with ExitStack() as open_until_the_end:
        folder = Path(open_until_the_end.enter_context(tempfile.TemporaryDirectory()))
        kept = given.keep or folder / "store"
        filled(str(kept), given.register, given.articles).close()
        cold = measured_cold(given.cold, str(kept), given.runs) if given.cold else {}
        stores = {"embedded": open_until_the_end.enter_context(open_store(kept))}
        if given.neo4j:
            os.environ["_JAVA_OPTIONS"] = "-Xmx2g"
            url = open_until_the_end.enter_context(neo4j(folder / "neo4j"))
            stores["Neo4j"] = open_until_the_end.enter_context(filled(url, given.register, given.articles))
        show(stores, cold, given.runs)


def filled(url: str, register: list[Path], articles: int) -> GraphStore:
    """Open a store and load the editions of the register and the articles into it, unless it has them."""
    store = open_store(url, create=True)
    if not store.read("MATCH (d:Document) RETURN d.id LIMIT 1").records:
        pipeline.load(register, store, Given(None, "B", None))
        for number in range(articles):
            store.write(*article(number))
    return store


def article(number: int) -> tuple[Document, list[Claim]]:
    """Make an article: two deals, a candidate, a refusal and relations between states that the register knows."""
    draw = random.Random(number)
    text = f"Article {number} on who supplies whom with what. " * 3
    of = Document(
        f"article-{number}.txt", text, Source(f"Paper {number % 20}", "C"), "article", f"20{10 + number % 15}-05-01"
    )
    one, two, three = draw.sample(STATES, 3)
    system = draw.choice(("system:bayraktar-tb2", "system:f-16", "system:s-400", "system:heron", "system:leopard-2"))
    return of, [
        transfer(one, two, system, "delivered", of=of, at=0, quantity_ordered=draw.randrange(2, 40)),
        transfer(one, three, system, "signed", of=of, at=1, order_year=2010 + number % 15),
        transfer(two, three, system, "negotiating", of=of, at=2),
        transfer(three, one, system, "refused", of=of, at=3),
        relation("OPPOSES", two, three, of=of, at=4),
        relation("MEMBER_OF", one, "org:nato", of=of, at=5),
        relation("SANCTIONS", one, "RUS", of=of, at=6),
        relation("LEADS", "person:haluk-bayraktar", "firm:baykar", of=of, at=7, title="chief executive"),
        relation("HOLDS_ROLE", "person:selcuk-bayraktar", "firm:baykar", of=of, at=8, title="chairman"),
        relation("KIN_OF", "person:selcuk-bayraktar", "person:recep-tayyip-erdogan", of=of, at=9, title="son-in-law"),
        relation("LEADS", "person:recep-tayyip-erdogan", "TUR", of=of, at=10, title="president"),
    ]


def show(stores: dict[str, GraphStore], cold: dict[str, float], runs: int) -> None:
    print(f"{'':36}" + "".join(f"{name + ' s':>12}" for name in stores) + f"{'cold s':>9}{'rows':>8}  answers")
    for name, ask in asked().items():
        told, times = [], []
        for store in stores.values():
            answer, seconds = timed(ask, store, runs)
            told.append(answer)
            times.append(seconds)
        same = "" if len(told) == 1 else "the same" if len(set(told)) == 1 else "DIFFER"
        shown = f"{cold[name]:9.2f}" if name in cold else " " * 9
        print(
            f"{name:36}" + "".join(f"{one:12.2f}" for one in times) + f"{shown}{rows_of(told[0]):>8}  {same}",
            flush=True,
        )


def asked() -> dict[str, Callable[[GraphStore], str]]:
    """Give everything that is asked, as functions from a store to the answer in bytes."""
    questions = {name: partial(told_card, name, words) for name, words in ASKED.items()}
    paths = {name: partial(told_paths, name.split()[1:3], wanted) for name, wanted in PATHS.items()}
    return {**questions, **paths, "measures of the whole ARMS graph": measures}


def told_card(name: str, words: dict[str, str | int], store: GraphStore) -> str:
    return "".join(to_json(CARDS[name].run(store, **words).rows))


def told_paths(ends: list[str], wanted: dict[str, Any], store: GraphStore) -> str:
    start, end = map(Names(store).resolve, ends)
    return "".join(to_json(find_paths(store, start, end, wanted=to_wanted(**wanted)).to_rows()))


def measures(store: GraphStore) -> str:
    rows = store.read("MATCH (a:Actor)-[r:ARMS]->(b:Actor) RETURN a.id AS a, b.id AS b, r.transfers AS n")
    edges = tuple(Edge("ARMS", row["a"], row["b"], {"transfers": row["n"]}) for row in rows)
    ids = {end for edge in edges for end in (edge.source, edge.target)}
    found = measure(Subgraph("", {one: Node(one, "Actor", one) for one in ids}, edges))
    return "\n".join(f"{one} {found.actors[one]}" for one in sorted(found.actors))


def rows_of(answer: str) -> int:
    return len(json.loads(answer)) if answer.startswith("[") else answer.count("\n") + 1


def timed(ask: Callable[[GraphStore], str], store: GraphStore, runs: int) -> tuple[str, float]:
    answer, times = ask(store), []
    for _ in range(runs):
        begun = time.perf_counter()
        ask(store)
        times.append(time.perf_counter() - begun)
    return answer, statistics.median(times)


def measured_cold(legation: str, store: str, runs: int) -> dict[str, float]:
    """Time whole commands; the store is opened by each of them anew."""
    commands = {
        name: ["query", name, *(f"--{word}={value}" for word, value in words.items())] for name, words in ASKED.items()
    }
    commands |= {name: name.split() for name in PATHS}
    cold = {}
    for name, command in commands.items():
        times = []
        for _ in range(runs):
            begun = time.perf_counter()
            done = subprocess.run([legation, *command, "--store", store], capture_output=True, text=True, check=False)
            times.append(time.perf_counter() - begun)
            if done.returncode:
                raise SystemExit(f"{' '.join(command)} failed: {done.stderr}")
        cold[name] = statistics.median(times)
    return cold


if __name__ == "__main__":
    main()
