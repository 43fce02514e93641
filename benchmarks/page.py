"""Measure the page of a network: making, size, time until it is ready, how smoothly it moves; plain pyvis beside it.

    python benchmarks/page.py [--nodes 100,500,2000,5000] [--plain 100,500,2000] [--store FOLDER] [--runs 3]
        [--keep FOLDER]

The graphs are random but the same on every run: twice as many lines as nodes, one transfer and two quotes for each.

Frames are counted by the library's own event after each drawing, while a mouse drags the background in circles and
while the scale swings by half. Above 500 nodes and lines the page shows its last painting in the new place or size and
paints anew when there is time: *anew* says how many of the frames a second were that, *sharp* how long after the last
movement what is seen is painted anew. Plain pyvis paints each frame.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from legation.graph.store import open_store
from legation.graph.subgraph import Deal, Edge, Node, Quote, Subgraph
from legation.graph.views.snapshot import render
from legation.queries.picture import around
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

HEADINGS = (
    *("nodes", "lines", "making s", "size kB", "ready ms"),
    *("pan fps (anew)", "zoom fps (anew)", "sharp ms", "errors"),
)
KINDS = (("ARMS", "delivered"), ("ARMS", "ordered"), ("MAY_ARM", "negotiating"), ("DID_NOT_ARM", "refused"))
COUNT_FRAMES = """
window.__m = {frames: 0, first: null, stable: null};
(() => { let instance; Object.defineProperty(window, "network", {configurable: true, get: () => instance, set(network) {
    instance = network;
    network?.on?.("afterDrawing", () => { __m.frames++; __m.first ??= performance.now(); });
    network?.once?.("stabilizationIterationsDone", () => { __m.stable = performance.now(); });
}}); })();
"""
READY = """() => { const mark = performance.getEntriesByName("ready")[0];
    return mark && __m.first ? Math.max(mark.startTime, __m.first) : null }"""
PLAIN_READY = "() => __m.stable"
COUNTS = "() => [__m.frames, window.legation?.painted ?? __m.frames]"
ZOOM = """() => new Promise(done => {
    const {network} = window, begun = performance.now(), scale = network.getScale();
    let i = 0;
    (function step() {
        network.moveTo({scale: scale * (1 + 0.5 * Math.sin(++i / 10)), animation: false});
        if (performance.now() - begun < 2500) requestAnimationFrame(step);
        else done((performance.now() - begun) / 1000);
    })();
})"""
SHARP = """() => new Promise(done => {
    const begun = performance.now();
    (function look() {
        if (window.legation?.isSharp ?? true) done(performance.now() - begun);
        else setTimeout(look, 5);
    })();
})"""


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


def make_plain(subgraph: Subgraph) -> tuple[float, str]:
    """Make the page that pyvis makes by itself, as its documentation does; give the seconds and the page."""
    from pyvis.network import Network  # noqa: PLC0415  (a quarter of a second that other runs need not spend)

    begun = time.perf_counter()
    network = Network(directed=True, cdn_resources="in_line")
    for node in subgraph.nodes.values():
        network.add_node(node.id, label=node.name)
    for edge in subgraph.edges:
        network.add_edge(edge.source, edge.target, title=edge.kind)
    html: str = network.generate_html()
    return time.perf_counter() - begun, html


@dataclass
class Seen:
    """What a browser saw of a page: medians, and whatever went wrong in one of the runs.

    Attributes:
        ready: milliseconds until it was drawn and said that it answers; infinite if it did not within the time.
        pan: frames a second while the background was dragged.
        pan_anew: how many of them were painted anew.
        zoom: frames a second while the scale changed.
        zoom_anew: how many of them were painted anew.
        sharp: milliseconds from the last movement until what is seen is painted anew, the longer of both times.
        wrong: errors and addresses that were asked for.
    """

    ready: float
    pan: float
    pan_anew: float
    zoom: float
    zoom_anew: float
    sharp: float
    wrong: list[str] = field(default_factory=list)


def look(browser: Browser, file: Path, runs: int, *, ready: str = READY, seconds: float = 90) -> Seen:
    """Open a page several times, without network, and move it about."""
    seen: list[tuple[float, ...]] = []
    wrong: list[str] = []
    for _ in range(runs):
        context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else wrong.append(asked.url))
        page.add_init_script(COUNT_FRAMES)
        page.goto(file.as_uri(), wait_until="commit")
        try:
            milliseconds = page.wait_for_function(ready, timeout=1000 * seconds).json_value()
        except BrowserError:
            seen.append((math.inf, 0, 0, 0, 0, 0))
        else:
            page.wait_for_timeout(1000)
            (panned, panned_anew), after_pan = frames_of(page, pan)
            page.wait_for_timeout(500)
            (zoomed, zoomed_anew), after_zoom = frames_of(page, zoom)
            sharp = max(after_pan, after_zoom)
            seen.append((milliseconds, panned, panned_anew, zoomed, zoomed_anew, sharp))
        context.close()
    medians = [statistics.median(column) for column in zip(*seen, strict=True)]
    return Seen(medians[0], medians[1], medians[2], medians[3], medians[4], medians[5], wrong)


def frames_of(page: Page, move: Callable[[Page], float]) -> tuple[tuple[float, float], float]:
    """Give the frames a second of a movement, those painted anew, and the milliseconds until it is sharp after it."""
    before = page.evaluate(COUNTS)
    seconds = move(page)
    after = page.evaluate(COUNTS)
    drawn, anew = ((late - early) / seconds for early, late in zip(before, after, strict=True))
    return (drawn, anew), page.evaluate(SHARP)


def zoom(page: Page) -> float:
    """Swing the scale by half for 2.5 seconds; give how long it really was."""
    seconds: float = page.evaluate(ZOOM)
    return seconds


def pan(page: Page) -> float:
    """Drag the background in circles for 2.5 seconds; give how long it really was."""
    box = page.locator("canvas").first.bounding_box()
    if box is None:
        return math.inf
    x, y = box["x"] + 30, box["y"] + box["height"] * 0.6
    page.mouse.move(x, y)
    page.mouse.down()
    begun, step = time.monotonic(), 0
    while time.monotonic() - begun < 2.5:
        step += 1
        page.mouse.move(x + 150 + 120 * math.sin(step / 6), y - 100 + 80 * math.cos(step / 6))
    seconds = time.monotonic() - begun
    page.mouse.up()
    return seconds


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


def row(what: str, subgraph: Subgraph, making: float, file: Path, seen: Seen) -> str:
    """Give a line of the table."""
    size = file.stat().st_size / 1000
    cells = (len(subgraph.nodes), len(subgraph.edges), f"{making:.2f}", f"{size:,.0f}")
    ready = f"{seen.ready:,.0f}" if math.isfinite(seen.ready) else "over"
    frames = f"{seen.pan:.0f} ({seen.pan_anew:.0f})", f"{seen.zoom:.0f} ({seen.zoom_anew:.0f})"
    counted = (*cells, ready, *frames, f"{seen.sharp:.0f}", len(seen.wrong))
    return f"| {what} | " + " | ".join(map(str, counted)) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", default="100,500,2000,5000", help="sizes to measure (default: %(default)s)")
    parser.add_argument("--plain", default="100,500", help="the same for plain pyvis (default: %(default)s)")
    parser.add_argument("--limit", type=int, default=120, help="seconds after which a page counts as over (120)")
    parser.add_argument("--store", help="also measure the page of everything in this store")
    parser.add_argument("--runs", type=int, default=3, help="runs of which the median counts (default: 3)")
    parser.add_argument("--keep", type=Path, help="folder in which to leave the pages")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, open_browser() as browser:
        folder = (given.keep or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        print(f"| page | {' | '.join(HEADINGS)} |")
        print(f"|---|{'--:|' * len(HEADINGS)}")
        graphs = {f"{nodes} nodes": make_subgraph(nodes) for nodes in map(int, filter(None, given.nodes.split(",")))}
        if given.store:
            with open_store(given.store) as store:
                graphs["the store"] = around(store, [], 1)
        for what, subgraph in graphs.items():
            seconds, html = measure_making(subgraph, given.runs)
            file = folder / f"page-{len(subgraph.nodes)}.html"
            file.write_text(html, encoding="utf-8")
            print(row(what, subgraph, seconds, file, look(browser, file, given.runs)), flush=True)
        for nodes in map(int, filter(None, given.plain.split(","))):
            subgraph = make_subgraph(nodes)
            seconds, html = make_plain(subgraph)
            file = folder / f"plain-{nodes}.html"
            file.write_text(html, encoding="utf-8")
            seen = look(browser, file, 1, ready=PLAIN_READY, seconds=given.limit)
            print(row(f"plain pyvis, {nodes} nodes", subgraph, seconds, file, seen), flush=True)


if __name__ == "__main__":
    main()
