"""The figures of the commands: how long each takes from a cold shell, as medians of whole processes.

    python benchmarks/commands.py [--runs N] [--article FILE] [--buyer NAME]

Loads an article (the sample unless given) into a fresh embedded store, then asks it. The reference is an interpreter
that does nothing, so that a slow machine shows as one. Where pandas is installed, as with the extra notebook, the
driver imports it too, which takes a quarter of a second: for the figures of most people run it where it is not.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEGATION = str(Path(sys.executable).with_name("legation"))


def seconds(command: list[str], store: str) -> float:
    """Run a command and give its wall time in seconds."""
    begun = time.perf_counter()
    done = subprocess.run(
        command, env={**os.environ, "LEGATION_STORE": store}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr}")
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--article", type=Path, default=ROOT / "loaders" / "samples" / "drones.txt")
    parser.add_argument("--buyer", default="Poland")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stores = (str(Path(folder) / f"store{number}") for number in range(given.runs + 1))
        kept = next(stores)
        seconds([LEGATION, "load", str(given.article)], kept)
        commands = {
            "python -c pass (reference)": [sys.executable, "-c", "pass"],
            "legation --help": [LEGATION, "--help"],
            "legation query suppliers": [LEGATION, "query", "suppliers", "--buyer", given.buyer],
            "legation path": [LEGATION, "path", given.buyer, "Ukraine"],
            "legation show": [LEGATION, "show", given.buyer],
            "legation find": [LEGATION, "find", given.buyer],
            "legation stats": [LEGATION, "stats"],
            "legation query network": [LEGATION, "query", "network"],
            "legation check": [LEGATION, "check"],
            "legation snapshot, everything": [LEGATION, "snapshot", "-o", str(Path(folder) / "page.html")],
        }
        print(f"{'command':32} {'median s':>9} {'min':>7} {'max':>7}")
        for name, command in commands.items():
            show(name, [seconds(command, kept) for _ in range(given.runs)])
        show("legation load, a new store", [seconds([LEGATION, "load", str(given.article)], store) for store in stores])
        print(f"page: {(Path(folder) / 'page.html').stat().st_size // 1024} KiB")
    print(f"largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MiB")


def show(name: str, times: list[float]) -> None:
    print(f"{name:32} {statistics.median(times):9.2f} {min(times):7.2f} {max(times):7.2f}")


if __name__ == "__main__":
    main()
