"""The figures of exports: seconds, memory and size of each format, of a whole register.

    python benchmarks/exports.py [FILE] [--deals N] [--only FORMAT]

Loads FILE, or a register of N made-up deals (see ``registers``), into an embedded store, and exports it by the command
in a process of its own for each format; then the actors alone. Seconds are those on the clock and those of the
processors, which on a busy machine are the truer ones.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from legation.graph.exports.table import EXPORTS
from legation.graph.store import open_store
from legation.loaders import pipeline
from legation.loaders.reading import Given
from registers import DEALS, register

LEGATION = str(Path(sys.executable).with_name("legation"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--deals", type=int, default=DEALS)
    parser.add_argument("--only", choices=list(EXPORTS))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        with open_store(store, create=True) as opened:
            if given.file:
                pipeline.load([given.file], opened, Given())
            else:
                opened.write(*register(given.deals))
            (row,) = opened.read("MATCH ()-[r]->() RETURN count(r) AS relations")
        print(f"{row['relations']:,} relations")
        print(f"{'format':16} {'seconds':>8} {'processor':>10} {'MB':>6} {'file MB':>8}")
        names = [given.only] if given.only else list(EXPORTS)
        for name in names:
            show(name, [str(Path(folder) / f"out{EXPORTS[name].ending}")], store)
        show("graphml, actors", [str(Path(folder) / "actors.graphml"), "--actors"], store)


def show(name: str, words: list[str], store: Path) -> None:
    """Run the command and print what it took."""
    begun = time.perf_counter()
    process = os.posix_spawn(LEGATION, [LEGATION, "export", *words, "--store", str(store)], os.environ)
    _, status, used = os.wait4(process, 0)
    seconds = time.perf_counter() - begun
    if status:
        raise SystemExit(f"{name} failed")
    path = Path(words[0])
    size = sum(file.stat().st_size for file in (path.iterdir() if path.is_dir() else [path]))
    busy, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(f"{name:16} {seconds:8.1f} {busy:10.1f} {memory:6.0f} {size / 1e6:8.1f}", flush=True)


if __name__ == "__main__":
    main()
