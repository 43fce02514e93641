"""The figures of tables by mappings: rows, claims by kind, what was refused and left out, seconds and memory.

    python benchmarks/sources.py FOLDER [--mapped ROWS]

FOLDER holds the tables that our mappings know, and ``un_votes.csv.gz``, which is read by ``tests/data/un-votes.yaml``.
Each file is read in a process of its own, so that its memory is its own. A table of ROWS made-up leaders, no two alike,
shows what a row costs of which nothing can be kept. Seconds are those of the processor, since others may work beside.
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
HEADER = "obsid,gwcode,leadid,leader,yrborn,gender,startdate,enddate,entry,exit,exitcode\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
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
        for file in files:
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
    begun = time.process_time()
    _, reading = pipeline.read(file, Given(mapping=MAPPINGS.get(file.name)))
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


if __name__ == "__main__":
    main()
