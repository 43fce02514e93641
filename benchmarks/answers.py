"""How often the embedded store and a Neo4j answer the same, over random graphs and random statements.

    python benchmarks/answers.py [--graphs N] [--statements N] [--first SEED] [--neo4j VERSION]

Prints how many statements were compared, and how many of them agreed, were refused by rule, are not supported by the
embedded engine, are answered by it alone, and were answered otherwise (wrong), each of which is printed with both
answers. Exits with 1 if one was wrong. A seed gives the same graph and statements each time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from legation.graph.store import open_store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from differential.comparing import OUTCOMES, ask, outcome
from differential.graphs import graph
from differential.statements import statements
from servers import LTS, neo4j


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graphs", type=int, default=50)
    parser.add_argument("--statements", type=int, default=80, help="for each graph")
    parser.add_argument("--first", type=int, default=1000, help="the first seed")
    parser.add_argument("--neo4j", default=LTS, metavar="VERSION")
    given = parser.parse_args()
    came: Counter[str] = Counter()
    shapes: Counter[str] = Counter()
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        neo4j(Path(folder) / "server", given.neo4j) as url,
        open_store(Path(folder) / "store", create=True) as embedded,
        open_store(url) as server,
    ):
        for seed in range(given.first, given.first + given.graphs):
            for of, claims in graph(seed):
                embedded.write(of, claims)
                server.write(of, claims)
            for statement in statements(seed, given.statements):
                answers = ask(embedded, statement.text), ask(server, statement.text)
                became = outcome(statement, *answers)
                came[became] += 1
                shapes.update(statement.shapes)
                if became == "wrong":
                    print(f"WRONG, seed {seed}: {statement.text}\n  embedded: {answers[0]}\n  Neo4j:    {answers[1]}")
                elif became == "agreed" and not isinstance(answers[1], Exception) and len(answers[1]):
                    came["agreed on rows"] += 1
            for of, _ in graph(seed):
                embedded.forget(of.id)
                server.forget(of.id)
    print(f"Neo4j {given.neo4j}: {came.total() - came['agreed on rows']} statements, {time.monotonic() - begun:.0f} s")
    for name in (*OUTCOMES, "agreed on rows"):
        print(f"  {name:<16}{came[name]:>8}")
    print("  " + ", ".join(f"{name} {count}" for name, count in shapes.most_common()))
    raise SystemExit(1 if came["wrong"] else 0)


if __name__ == "__main__":
    main()
