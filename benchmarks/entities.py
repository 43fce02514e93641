"""The figures of the Top 100 and of FollowTheMoney's entities: rows, claims by kind, what was left out, seconds.

    python benchmarks/entities.py FILE...

Files of entities also go out of a store and in again, and it is told whether the graph is the same. Seconds are those
of the processor, without the import of what reads them.
"""

from __future__ import annotations

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

_OF_THE_FOLD = {"claims", "sources"}


def main() -> None:
    print(
        f"{'file':40} {'rows':>6} {'refused':>7} {'left out':>8} {'flagged':>7} {'claims':>6} {'s':>6}  claims by kind"
    )
    for path in map(Path, sys.argv[1:]):
        list(pipeline.read(path, Given())[1].claims)  # what is imported and read once, whatever the file
        begun = time.process_time()
        loader, reading = pipeline.read(path, Given())
        stated = Counter(claim.statement.states for claim in reading.claims)
        took = time.process_time() - begun
        tally = reading.tally
        if tally is None:
            raise SystemExit(f"{path} was read as no table.")
        kinds = ", ".join(f"{count} {kind}" for kind, count in stated.most_common())
        print(
            f"{path.name:40} {tally.read:6} {len(tally.refused):7} {tally.left_out.total():8} {len(tally.flagged):7} "
            f"{stated.total():6} {took:6.2f}  {kinds}"
        )
        if loader == "ftm":
            print(f"{'':40} out and in again: {'the same graph' if comes_back(path) else 'ANOTHER GRAPH'}")


def comes_back(path: Path) -> bool:
    """Tell whether a file's graph is the same after it went out and came in again."""
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
            (edge.kind, edge.source, edge.target, {k: v for k, v in edge.properties.items() if k not in _OF_THE_FOLD})
            for edge in content.edges()
        ]
    return nodes, edges


if __name__ == "__main__":
    main()
