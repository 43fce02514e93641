"""Load a folder of made-up articles: documents a second by the number of processes, memory, what a restart costs.

    python benchmarks/scale.py [--articles N] [--few N] [--jobs 1 2 4]

The articles are made here, each from a seed of its own: some paragraphs in which a state buys, orders, receives or
refuses a system, among others that tell of nothing. With each number of processes a few are loaded into a fresh store;
then all are, into another: once to the end, once more when all are in, and once with a kill in the middle and a start
over. Memory is that of the largest process. The stores are embedded ones.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import psutil
from legation.graph.names import reference
from legation.graph.store import open_store

LEGATION: Final = str(Path(sys.executable).with_name("legation"))
BUYING: Final = (
    "{buyer} has ordered {count} {system} from {supplier} under a contract signed in {year}, its ministry said.",
    "{supplier} delivered {count} {system} to {buyer} in {year}, two officials said on Tuesday.",
    "{buyer} is in talks with {supplier} over {count} {system}, a newspaper in its capital reported.",
    "{supplier} has refused to sell the {system} to {buyer}, according to its foreign minister.",
    "{buyer} signed an agreement with {supplier} for {count} {system} in {month} {year}.",
)
FILLING: Final = (
    "The minister spoke after a meeting of the cabinet that lasted until late in the evening, and took no questions.",
    "Parliament will debate the budget in {month}, and the opposition has asked for more time to read it.",
    "Analysts said that the price had risen since {year}, and that they did not expect it to fall again soon.",
    "The two governments have had an uneasy relationship for {count} years, mostly over fishing and over trade.",
    "A spokesman said that nothing had been decided, and that a decision was not to be expected before {month}.",
)
MONTHS: Final = ("January", "March", "May", "June", "September", "November")


def article(number: int) -> str:
    """Make one article of some 1,200 characters; the same for the same number."""
    chance = random.Random(number)
    known = reference().entries.values()
    states = sorted(one.name for one in known if one.label == "State" and "valid_to" not in one.properties)
    systems = sorted(one.name for one in known if one.label == "System" and not one.properties.get("generic"))
    lines = [f"Report {number}: {chance.choice(MONTHS)} {chance.randint(1, 28)}"]
    for _ in range(chance.randint(2, 4)):
        supplier, buyer = chance.sample(states[: len(states) // 2], 2)
        told = {"supplier": supplier, "buyer": buyer, "system": chance.choice(systems), "count": chance.randint(2, 90)}
        told |= {"year": chance.randint(1990, 2024), "month": chance.choice(MONTHS)}
        lines += [chance.choice(BUYING).format(**told), chance.choice(FILLING).format(**told)]
        lines.append(chance.choice(FILLING).format(**told))
    return "\n\n".join(lines)


def make(folder: Path, first: int, count: int) -> Path:
    """Write so many articles into a new folder."""
    folder.mkdir()
    for number in range(first, first + count):
        (folder / f"{number:05}.txt").write_text(article(number), encoding="utf-8")
    return folder


def load(
    folder: Path, store: str, jobs: int, ends: Callable[[float], bool] = lambda _: False
) -> tuple[float, int, str]:
    """Load a folder in a process of its own.

    Args:
        folder: the articles.
        store: where to.
        jobs: how many processes read.
        ends: is told the seconds that have passed, and says whether to kill the load.

    Returns:
        Seconds, the memory of the largest process in MiB, and what was said last.
    """
    command = [LEGATION, "load", str(folder), "--jobs", str(jobs), "--published", "2024-06-01", "--source", "Made Up"]
    env = {**os.environ, "LEGATION_STORE": store}
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    most = 0
    watched = psutil.Process(process.pid)
    while True:
        try:
            said, _ = process.communicate(timeout=0.5)
            break
        except subprocess.TimeoutExpired:
            most = max([most, *memory(watched)])
            if ends(time.perf_counter() - begun):
                process.send_signal(signal.SIGKILL)
    if process.returncode not in (0, -signal.SIGKILL):
        raise SystemExit(f"{' '.join(command)} failed: {said[-500:]}")
    return time.perf_counter() - begun, most // 2**20, said


def memory(process: psutil.Process) -> list[int]:
    """Give the resident memory of a process and of its children."""
    found = []
    for one in (process, *process.children()):
        try:
            found.append(one.memory_info().rss)
        except psutil.Error:
            continue
    return found


def held(store: str) -> int:
    """Count the documents of a store."""
    with open_store(store) as opened:
        return int(opened.read("MATCH (d:Document) RETURN count(d) AS n").records[0]["n"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2, 4])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        few = make(Path(place) / "few", 1_000_000, given.few)
        print(f"{os.cpu_count()} cores; {given.few} articles into a fresh embedded store:")
        for jobs in given.jobs:
            seconds, most, _ = load(few, f"{place}/store{jobs}", jobs)
            print(
                f"  {jobs} processes: {seconds:6.1f} s, {given.few / seconds:6.1f} documents/s, {most} MiB", flush=True
            )
        many = make(Path(place) / "many", 0, given.articles)
        jobs = given.jobs[min(1, len(given.jobs) - 1)]
        print(f"{given.articles} articles, {jobs} processes:")
        seconds, most, said = load(many, f"{place}/whole", jobs)
        claims = sum(int(one) for one in re.findall(r": (\d+) claims?,", said))
        rate = given.articles / seconds
        print(f"  to the end: {seconds:.1f} s, {rate:.1f} documents/s, {most} MiB, {claims} claims", flush=True)
        again, most, _ = load(many, f"{place}/whole", jobs)
        print(f"  once more, all are in: {again:.1f} s, {most} MiB", flush=True)
        load(many, f"{place}/killed", jobs, lambda passed: passed > seconds / 2)
        there = held(f"{place}/killed")
        rest, most, _ = load(many, f"{place}/killed", jobs)
        print(f"  killed after {seconds / 2:.0f} s with {there} documents in; started over: {rest:.1f} s, {most} MiB")
        print(f"  documents in the end: {held(f'{place}/whole')} and {held(f'{place}/killed')}")


if __name__ == "__main__":
    main()
