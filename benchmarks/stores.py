"""The figures of the stores: loading, loading again, forgetting and asking a register, on both stores side by side.

    python benchmarks/stores.py [--runs N] [--deals N] [--only embedded|neo4j] [--curve]

A register is generated (see ``registers``), so that no parsing is measured. Each figure is the median of some runs.
Each load runs in a process of its own, so that its memory is its own; our load and the reference (see ``reference``)
take turns. Reading is given as how many times the time of the bare driver it takes. The Neo4j is that of the tests; it
keeps running, so its first run is cold and the others warm. ``--curve`` loads 30,000, 100,000 and 300,000 deals as one
document each into Neo4j servers of their own.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from legation.graph.claims import Claim, Document, Source
from legation.graph.statements import Party, RelationStatement, Statement, TransferStatement
from legation.graph.store import GraphStore, open_store
from neo4j import Driver

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import reference
from registers import DEALS, register
from servers import neo4j

CURVE = (30_000, 100_000, 300_000)
HEAP, CURVE_HEAP = "2g", "14g"
"""A document is one transaction, which a server holds in memory: some 25 KB a deal. The tests' 1 GiB is too small."""

TURNS = {1_000: 60, 30_000: 12}
READS = {
    1_000: "MATCH (t:Transfer) RETURN t.id AS id, t.status AS status, t.order_year AS year LIMIT 1000",
    30_000: "MATCH (t:Transfer) RETURN t.id AS id, t.status AS status, t.order_year AS year LIMIT 30000",
}

Figures = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--deals", type=int, default=DEALS)
    parser.add_argument("--only", choices=["embedded", "neo4j"])
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--measure", choices=list(MEASURED), help=argparse.SUPPRESS)
    parser.add_argument("--store", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(MEASURED[given.measure](given.store, given.deals)))
    elif given.curve:
        show_curve()
    else:
        show_table(given.runs, given.deals, [given.only] if given.only else ["embedded", "neo4j"])


def show_table(runs: int, deals: int, stores: list[str]) -> None:
    found: dict[str, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        if "embedded" in stores:
            urls = [str(Path(folder) / f"store{number}") for number in range(2 * runs)]
            found["embedded"] = measure_runs(urls, deals)
        if "neo4j" in stores:
            os.environ["_JAVA_OPTIONS"] = f"-Xmx{HEAP}"
            with neo4j(Path(folder) / "neo4j") as url:
                found["neo4j"] = measure_runs([url] * (2 * runs), deals)
    print(f"{deals:,} deals, medians of {runs} runs; seconds, MiB, and how many times the bare driver's time")
    print(f"{'':34}" + "".join(f"{store:>10} {'reference':>10}  " for store in found))
    for name in next(iter(found.values())):
        if not name.startswith("reference "):
            cells = [(one.get(name), one.get(f"reference {name}")) for one in found.values()]
            print(f"{name:34}" + "".join(f"{_told(ours):>10} {_told(theirs):>10}  " for ours, theirs in cells))


def measure_runs(urls: list[str], deals: int) -> dict[str, list[float]]:
    """Take turns with the reference on empty stores, and give every figure of every run."""
    found: dict[str, list[float]] = defaultdict(list)
    for ours, theirs in zip(urls[::2], urls[1::2], strict=True):
        for name in ("load", "ask", "forget"):
            _collect(found, "", in_process(name, ours, deals))
        for name in ("reference_load", "reference_ask", "reference_empty"):
            _collect(found, "reference ", in_process(name, theirs, deals))
    return dict(found)


def show_curve() -> None:
    print(
        f"{'deals':>8} {'load s':>8} {'deals/s':>8} {'client MiB':>11} {'again s':>8} {'update s':>9} {'forget s':>9}"
    )
    os.environ["_JAVA_OPTIONS"] = f"-Xmx{CURVE_HEAP}"
    for deals in CURVE:
        with tempfile.TemporaryDirectory() as folder, neo4j(Path(folder) / "neo4j") as url:
            found: Figures = {}
            for name in ("load", "ask", "forget"):
                found |= in_process(name, url, deals)
        seconds = found["first load"]
        print(
            f"{deals:8} {seconds:8.1f} {deals / seconds:8.0f} {found['peak memory of a load']:11.0f}"
            f" {found['the same again']:8.2f} {found['one article more']:9.2f} {found['forget']:9.1f}",
            flush=True,
        )


def in_process(name: str, store: str, deals: int) -> Figures:
    """Measure in a process of its own."""
    command = [sys.executable, __file__, "--measure", name, "--store", store, "--deals", str(deals)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed: {done.stderr}")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    print(f"  {name}: {figures}", file=sys.stderr)
    return figures


def load(url: str, deals: int) -> Figures:
    document, claims = register(deals)
    with open_store(url, create=True) as store:
        seconds = timed(lambda: store.write(document, claims))
        (row,) = store.read("MATCH ()-[r]->() RETURN count(r) AS relations")
    return {"first load": seconds, "peak memory of a load": _peak(), "relations": row["relations"]}


def ask(url: str, deals: int) -> Figures:
    document, claims = register(deals)
    article, said = _article()
    with open_store(url) as store:
        again = timed(lambda: store.write(document, claims))
        more = timed(lambda: store.write(article, said))
        less = timed(lambda: store.forget(article.id))
        overheads = {
            f"read {rows:,} rows": overhead(store, statement, TURNS[rows]) for rows, statement in READS.items()
        }
    return {"the same again": again, "one article more": more, "and away again": less, **overheads}


def forget(url: str, deals: int) -> Figures:
    document = register(deals)[0]
    with open_store(url) as store:
        seconds = timed(lambda: store.forget(document.id))
        (row,) = store.read("MATCH (n) WHERE NOT n:LegationLock RETURN count(n) AS left")
    return {"forget": seconds, "nodes left": row["left"], "peak memory of a forget": _peak()}


def reference_load(url: str, deals: int) -> Figures:
    document, claims = register(deals)
    with open_store(url, create=True) as store:
        seconds = timed(lambda: reference.load(*_driver(store), document, claims))
        (row,) = store.read("MATCH ()-[r]->() RETURN count(r) AS relations")
    return {"first load": seconds, "peak memory of a load": _peak(), "relations": row["relations"]}


def reference_ask(url: str, deals: int) -> Figures:
    document, claims = register(deals)
    with open_store(url) as store:
        return {"the same again": timed(lambda: reference.load(*_driver(store), document, claims))}


def reference_empty(url: str, _deals: int) -> Figures:
    with open_store(url) as store:
        return {"forget": timed(lambda: reference.empty(*_driver(store)))}


MEASURED: dict[str, Callable[[str, int], Figures]] = {
    one.__name__: one for one in (load, ask, forget, reference_load, reference_ask, reference_empty)
}


def overhead(store: GraphStore, statement: str, turns: int) -> float:
    """How many times the bare driver's time our reading takes, as a ratio of medians of turns."""
    driver, database = store._connection.reader, store._connection.database

    def bare() -> None:
        with driver.session(database=database) as session:
            session.execute_read(lambda transaction: transaction.run(statement).data())

    ours, theirs = [], []
    for _ in range(turns + 2):
        theirs.append(timed(bare))
        ours.append(timed(lambda: store.read(statement)))
    return statistics.median(ours[2:]) / statistics.median(theirs[2:])


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _article() -> tuple[Document, list[Claim]]:
    """A short article on parties that the register deals with as well, and on one that nobody knows."""
    text = (
        "Türkiye sold drones to Poland, which had bought M-7 from the United States, said the head of Nobody's Works."
    )
    of = Document("An article", text, Source("Daily News"), "article", "2026-02-01")
    works = Party("firm:nobodys-works", "Nobody's Works")
    statements: list[Statement] = [
        TransferStatement(Party("TUR", "Türkiye"), Party("POL", "Poland"), Party("system:uav", "drones"), "signed"),
        TransferStatement(
            Party("USA", "United States"), Party("POL", "Poland"), Party("system:m-7", "M-7"), "delivered"
        ),
        RelationStatement("LEADS", Party("person:a-head", "A. Head"), works),
    ]
    return of, [Claim(of.id, text[at], at, at + 1, stated, "hand/1") for at, stated in enumerate(statements)]


def _driver(store: GraphStore) -> tuple[Driver, str | None]:
    return store._connection.writer, store._connection.database


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _collect(found: dict[str, list[float]], prefix: str, figures: Figures) -> None:
    for name, value in figures.items():
        found[prefix + name].append(value)


def _told(values: list[float] | None) -> str:
    if not values:
        return ""
    median = statistics.median(values)
    return f"{median:,.0f}" if median >= 100 or median == 0 else f"{median:.2f}"


if __name__ == "__main__":
    main()
