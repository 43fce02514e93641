"""Kill a process at random moments of loading into an embedded store, and compare the store with a fresh fold.

    python benchmarks/faults.py [--kills N] [--documents N] [--claims N] [--seed N]

Each kill is -9, in a store of its own that then goes through a second kill and a third, so that an opening which puts a
store in order is killed too. Prints how many hit which phase, and what was lost or half there, which must be nothing.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from legation.graph.errors import LegationError
from legation.graph.store import open_store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from victims import faults_of, kill_while_loading, start

KILLS_A_STORE = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--documents", type=int, default=5)
    parser.add_argument("--claims", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    phases: Counter[str] = Counter()
    acknowledged, faults, opening = 0, [], []
    held: set[int] = set()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        start(Path(folder) / "whole", range(given.documents), given.claims).communicate()
        seconds = time.perf_counter() - begun
        for number in range(given.kills):
            store = Path(folder) / f"store{number // KILLS_A_STORE}"
            first = number % KILLS_A_STORE * given.documents
            numbers = range(first, first + given.documents)
            killed = kill_while_loading(store, numbers, given.claims, chance, seconds)
            phases[killed.phase] += 1
            held = held if first else set()
            begun = time.perf_counter()
            found, held = after(store, held | killed.acknowledged, numbers, given.claims)
            opening.append(time.perf_counter() - begun)
            acknowledged += len(killed.acknowledged)
            faults += [f"kill {number} while {killed.phase}: {fault}" for fault in found]
    print(f"kills: {given.kills} ({', '.join(f'{count} while {name}' for name, count in sorted(phases.items()))})")
    print(f"documents acknowledged before a kill: {acknowledged}")
    print(f"opened and compared in {sorted(opening)[len(opening) // 2]:.2f} s (median), {max(opening):.2f} s (most)")
    print(f"lost, half there or unlike a fresh fold: {len(faults)}")
    for fault in faults:
        print(f"  {fault}")
    raise SystemExit(bool(faults))


def after(folder: Path, must: set[int], may: range, claims: int) -> tuple[list[str], set[int]]:
    """Open a store after a kill; give what is wrong with it, and which documents it holds."""
    try:
        with open_store(folder, create=True) as store:
            return faults_of(store, must, may, claims)
    except LegationError as error:
        return [str(error)], must


if __name__ == "__main__":
    main()
