"""Measure the page of a network: how long it takes to make, how large it is, and when a browser says it is ready.

    python benchmarks/page.py [--nodes 100,500] [--runs 5] [--keep FOLDER]

The graphs are random but the same on every run: twice as many lines as nodes, one transfer and two quotes for each.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from legation.graph.subgraph import Deal, Edge, Node, Quote, Subgraph
from legation.graph.views.snapshot import render
from playwright.sync_api import Browser, sync_playwright

KINDS = (("ARMS", "delivered"), ("ARMS", "ordered"), ("MAY_ARM", "negotiating"), ("DID_NOT_ARM", "refused"))
READY = "() => performance.getEntriesByName('ready')[0]?.startTime ?? null"


def make_subgraph(nodes: int, seed: int = 1) -> Subgraph:
    """Make a network in which a few suppliers have most of the buyers, as in the trade itself."""
    rng = random.Random(seed)
    ids = [f"S{number:04}" for number in range(nodes)]
    syllables = ("ka", "lo", "mer", "ta", "vin", "os", "ria", "bel", "un", "dor")
    made = {key: Node(key, "State", "".join(rng.choices(syllables, k=rng.randint(2, 4))).title()) for key in ids}
    document = {"id": "doc:1", "name": "An invented register", "published_on": "2024-03-11"}
    source = {"id": "source:1", "name": "Invented", "reliability": "F"}
    pairs: dict[tuple[str, str], None] = {}
    while len(pairs) < 2 * nodes:
        supplier, buyer = ids[int(nodes * rng.random() ** 3)], rng.choice(ids)
        if supplier != buyer:
            pairs[supplier, buyer] = None
    edges: list[Edge] = []
    deals: dict[str, Deal] = {}
    quotes: dict[str, Quote] = {}
    for number, (supplier, buyer) in enumerate(pairs):
        kind, status = rng.choice(KINDS)
        units = rng.randint(1, 200)
        words = f"{made[buyer].name} is said to have come to terms with {made[supplier].name} over {units} machines."
        claims = tuple(f"claim:{number}-{half}" for half in range(2))
        place = {"quote": words, "start": 100 * number, "end": 100 * number + len(words), "modality": "asserted"}
        quotes |= {
            key: Quote({"id": key, **place, "confidence": 0.8, "status": status}, document, source) for key in claims
        }
        key = f"transfer:{number}"
        properties = {
            "kind": "sale",
            "status": status,
            "quantity_ordered": units,
            "order_year": rng.randint(1990, 2024),
        }
        deals[key] = Deal(key, (supplier,), (buyer,), (("system:machine", "Machine"),), properties, claims)
        edges.append(Edge(kind, supplier, buyer, {"status": status, "transfers": 1, "units": units}, (key,)))
    return Subgraph(f"{nodes} nodes", made, tuple(edges), deals, quotes)


def measure_making(subgraph: Subgraph, runs: int) -> tuple[float, str]:
    """Give the median of the seconds that making the page takes, and the page."""
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        html = render(subgraph)
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), html


def measure_ready(browser: Browser, file: Path, runs: int) -> tuple[float, int]:
    """Give the median of the milliseconds from navigation until the page is ready, and how many things went wrong."""
    milliseconds: list[float] = []
    wrong: list[str] = []
    for _ in range(runs):
        context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else wrong.append(asked.url))
        page.goto(file.as_uri(), wait_until="commit")
        milliseconds.append(page.wait_for_function(READY, timeout=60_000).json_value())
        context.close()
    return statistics.median(milliseconds), len(wrong)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start a Chromium: the one that CHROMIUM names, or the system's."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise SystemExit("No chromium: install it or name it in CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", default="100,500", help="sizes to measure, with commas between (default: 100,500)")
    parser.add_argument("--runs", type=int, default=5, help="runs of which the median counts (default: 5)")
    parser.add_argument("--keep", type=Path, help="folder in which to leave the pages")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, open_browser() as browser:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print(f"{'nodes':>6} {'lines':>6} {'making s':>9} {'size kB':>8} {'ready ms':>9} {'errors':>7}")
        for nodes in map(int, given.nodes.split(",")):
            subgraph = make_subgraph(nodes)
            seconds, html = measure_making(subgraph, given.runs)
            file = (folder / f"page-{nodes}.html").resolve()
            file.write_text(html, encoding="utf-8")
            ready, wrong = measure_ready(browser, file, given.runs)
            size = file.stat().st_size / 1000
            print(f"{nodes:>6} {len(subgraph.edges):>6} {seconds:>9.3f} {size:>8.0f} {ready:>9.0f} {wrong:>7}")


if __name__ == "__main__":
    main()
