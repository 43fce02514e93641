"""The figures of tables and entities: rows, claims by kind, what was refused and left out, seconds and memory.

    python benchmarks/sources.py FOLDER [FILE...] [--mapped ROWS]

FILE is more to read, such as the Top 100 or FollowTheMoney's entities; whether entities that go out of a store and in
again give the same graph is told too. FOLDER holds the tables that our mappings know, and ``un_votes.csv.gz``, which is
read by ``tests/data/un-votes.yaml``. Each file is read in a process of its own, so that its memory is its own. A table
of ROWS made-up leaders, no two alike, shows what a row costs of which nothing can be kept. Seconds are those of the
processor, since others may work beside.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from legation.graph.exports.content import read_content
from legation.graph.exports.table import EXPORTS
from legation.graph.store import GraphStore, open_store
from legation.loaders import pipeline
from legation.loaders.reading import Given

VOTES = Path(__file__).parents[1] / "tests" / "data" / "un-votes.yaml"
MAPPINGS = {"un_votes.csv.gz": str(VOTES)}
NEEDED = {
    "archigos_leaders.csv": "archigos-leaders",
    "cow_states.csv": "cow-states",
    "atop_alliance_dyadyear.csv.gz": "atop-alliances",
    "us-recipient-pages_top100_firms.csv": "usaspending-firms",
}
OF_THE_FOLD = {"claims", "sources"}
HEADER = "obsid,gwcode,leadid,leader,yrborn,gender,startdate,enddate,entry,exit,exitcode\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--mapped", type=int, default=100_000)
    parser.add_argument("--only", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        show(given.folder / given.only)
        return
    columns = f"{'rows':>8} {'refused':>7} {'left out':>8} {'claims':>8} {'s':>6} {'rows/s':>8} {'MB':>5}"
    print(f"{'file':40} {columns}  claims by kind")
    with tempfile.TemporaryDirectory() as made:
        (Path(made) / "made_up_leaders.csv").write_text(made_up(given.mapped))
        files = [given.folder / name for name in (*NEEDED, *MAPPINGS)] + [Path(made) / "made_up_leaders.csv"]
        for file in [*files, *given.files]:
            command = [sys.executable, __file__, str(file.parent), "--only", file.name]
            subprocess.run(command, check=True)


def made_up(rows: int) -> str:
    """Give a table of leaders of whom no two have a name, a day or a year in common."""
    years = (f"{1800 + n % 200}-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(rows))
    return HEADER + "".join(
        f"USA-{n},2.0,{n:08x}-aaaa,Leader {n},{1700 + n % 250}.0,M,{year},{2001 + n % 10}-01-01,Regular,Regular,x\n"
        for n, year in enumerate(years)
    )


def show(file: Path) -> None:
    warm = Path(tempfile.mkdtemp()) / "warm.csv"
    warm.write_text(HEADER + made_up(1).splitlines()[1] + "\n")
    list(pipeline.read(warm, Given())[1].claims)  # the reference lists are read once, whatever the table
    if file.name.endswith((".xlsx", ".ftm.json")):
        pipeline.read(file, Given())  # openpyxl and followthemoney are imported once, whatever the file
    begun = time.process_time()
    loader, reading = pipeline.read(file, Given(mapping=MAPPINGS.get(file.name)))
    stated: Counter[str] = Counter()
    for claim in reading.claims:
        stated[claim.statement.states] += 1
    took = time.process_time() - begun
    tally = reading.tally
    if tally is None:
        raise SystemExit(f"{file} was read as no table.")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    kinds = ", ".join(f"{count} {kind}" for kind, count in stated.most_common())
    print(
        f"{file.name:40} {tally.read:8} {len(tally.refused):7} {tally.left_out.total():8} {stated.total():8} "
        f"{took:6.2f} {tally.read / took:8.0f} {memory:5}  {kinds}",
        flush=True,
    )
    if loader == "ftm":
        print(f"{'':40} out and in again: {'the same graph' if comes_back(file) else 'ANOTHER GRAPH'}", flush=True)


def comes_back(path: Path) -> bool:
    """Tell whether entities give the same graph after they went out of a store and came in again."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.ftm.json"
        with open_store(Path(folder) / "one", create=True) as store:
            before = graph(store, path)
            with read_content(store) as content:
                EXPORTS["ftm"].write(content, out)
        with open_store(Path(folder) / "two", create=True) as store:
            return graph(store, out) == before


def graph(store: GraphStore, path: Path) -> tuple[list[Any], list[Any]]:
    """Load a file and give the nodes and relations, without how many claims and sources speak for them."""
    pipeline.load([path], store, Given())
    with read_content(store, only_actors=True) as content:
        nodes = [(node.id, node.name, node.properties) for node in content.nodes()]
        edges = [
            (edge.kind, edge.source, edge.target, {k: v for k, v in edge.properties.items() if k not in OF_THE_FOLD})
            for edge in content.edges()
        ]
    return nodes, edges


if __name__ == "__main__":
    main()
