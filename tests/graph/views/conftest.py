"""A small graph with all looks of lines, a hostile one, and a real browser to open pages in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from legation.graph.subgraph import Deal, Edge, Node, Quote, Subgraph
from legation.graph.views.snapshot import render
from playwright.sync_api import Browser, Page, sync_playwright

DOCUMENT = {
    "id": "doc:1",
    "name": "Drones for everyone",
    "published_on": "2021-12-03",
    "address": "https://example.org/drones",
    "licence": "© Example Wire",
}
SOURCE = {"id": "source:wire", "name": "Example Wire", "reliability": "B"}


def make_quote(number: int, words: str, *, disputes: bool = False, **values: Any) -> Quote:
    """Give a quote that stands at characters 100 and after of the one document."""
    place = {"id": f"claim:{number}", "quote": words, "start": 100, "end": 100 + len(words)}
    return Quote({**place, "modality": "asserted", "confidence": 0.8, **values}, DOCUMENT, SOURCE, disputes)


def make_deal(number: int, buyer: str, claims: tuple[str, ...], **properties: Any) -> Deal:
    """Give a transfer of drones from Turkey."""
    return Deal(f"transfer:{number}", ("TUR",), (buyer,), (("system:tb2", "Bayraktar TB2"),), properties, claims)


@pytest.fixture(scope="session")
def small() -> Subgraph:
    """Turkey, one customer, one candidate, one refusal, the maker and the one who leads it."""
    nodes = [
        Node("TUR", "State", "Turkey"),
        Node("POL", "State", "Poland"),
        Node("SAU", "State", "Saudi Arabia"),
        Node("ARM", "State", "Armenia"),
        Node("firm:baykar", "Firm", "Baykar", {"state": "TUR"}),
        Node("person:haluk", "Person", "Haluk Bayraktar"),
        Node("system:tb2", "System", "Bayraktar TB2", {"category": "UAV"}),
    ]
    deals = [
        make_deal(
            1, "POL", ("claim:1", "claim:2"), kind="sale", status="ordered", quantity_ordered=24, order_year=2021,
            estimated=["quantity_ordered"], contested=["quantity_ordered"],
        ),
        make_deal(2, "SAU", ("claim:3",), kind="sale", status="negotiating"),
        make_deal(3, "ARM", ("claim:4",), kind="sale", status="refused"),
    ]  # fmt: skip
    quotes = [
        make_quote(1, "Poland has ordered some 24 drones.", status="ordered", quantity_ordered=24),
        make_quote(2, "Poland ordered nothing.", disputes=True, modality="denied", said_by_name="A spokesman"),
        make_quote(3, "Riyadh is in talks over the TB2.", status="negotiating"),
        make_quote(4, "Ankara will not sell to Yerevan.", status="refused", row=7),
        make_quote(5, "Baykar, which makes the TB2", modality="attributed"),
        make_quote(6, "Haluk Bayraktar, who runs Baykar"),
    ]
    edges = (
        Edge("ARMS", "TUR", "POL", {"status": "ordered", "transfers": 1, "units": 24}, ("transfer:1",)),
        Edge("MAY_ARM", "TUR", "SAU", {"status": "negotiating", "transfers": 1}, ("transfer:2",)),
        Edge("DID_NOT_ARM", "TUR", "ARM", {"status": "refused", "transfers": 1}, ("transfer:3",)),
        Edge("MAKES", "firm:baykar", "system:tb2", {}, (), ("claim:5",)),
        Edge("LEADS", "person:haluk", "firm:baykar", {"title": "chief executive", "since": "2004"}, (), ("claim:6",)),
        Edge("OWNS", "person:haluk", "firm:baykar", {}, (), ("claim:6",)),
    )
    return Subgraph(
        "Who is armed by Turkey",
        {node.id: node for node in nodes},
        edges,
        {deal.id: deal for deal in deals},
        {quote.id: quote for quote in quotes},
        question="Whom does Turkey arm?",
    )


ATTACK = "<img src=x onerror=window.__pwn=1></script><script>window.__pwn=2</script>\u2028{{7*7}}\"'`javascript:__pwn=3"


@pytest.fixture(scope="session")
def hostile(small: Subgraph) -> Subgraph:
    """The small graph with code planted in every text, and ids that are names of JavaScript's own properties."""
    ids = dict(
        zip(small.nodes, ["__proto__", "constructor", "toString", ATTACK, "hasOwnProperty", "", "\ud800"], strict=True)
    )
    planted = {
        "note": ATTACK,
        "__proto__": ATTACK,
        "status": ATTACK,
        "title": ATTACK,
        "estimated": ATTACK,
        "contested": ATTACK,
    }
    document = {
        "id": ATTACK,
        "name": ATTACK,
        "published_on": ATTACK,
        "address": f"javascript:window.__pwn=4//{ATTACK}",
        "licence": ATTACK,
    }
    quotes = {
        key: replace(
            quote,
            claim={**quote.claim, **planted, "quote": ATTACK, "modality": ATTACK, "said_by_name": ATTACK},
            document=document,
            source={"id": ATTACK, "name": ATTACK, "reliability": ATTACK},
        )
        for key, quote in small.quotes.items()
    }
    deals = {
        key: replace(
            deal,
            suppliers=tuple(ids[party] for party in deal.suppliers),
            buyers=(*(ids[party] for party in deal.buyers), ATTACK),
            systems=((ATTACK, ATTACK),),
            properties={**deal.properties, **planted, "kind": "constructor", "quantity_ordered": ATTACK},
        )
        for key, deal in small.transfers.items()
    }
    return Subgraph(
        ATTACK,
        {ids[key]: Node(ids[key], node.label, f"{node.name} {ATTACK}", planted) for key, node in small.nodes.items()},
        tuple(
            replace(edge, source=ids[edge.source], target=ids[edge.target], properties={**planted, "transfers": 1})
            for edge in small.edges
        ),
        deals,
        quotes,
        question=ATTACK,
    )


@dataclass
class Opened:
    """A page in the browser, with what it asked for and what went wrong in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def number(self, kind: str) -> int:
        """Give the number of the first line of a kind."""
        found: int = self.page.evaluate("kind => data.edges.find(edge => edge.kind === kind).id", kind)
        return found

    def click_line(self, kind: str) -> None:
        """Click on the first line of a kind, a bit beside its middle."""
        place = self.page.evaluate(
            """kind => {
                const edge = network.body.edges[data.edges.find(edge => edge.kind === kind).id];
                const { x, y } = network.canvasToDOM(edge.edgeType.getPoint(0.45));
                const frame = document.getElementById("picture").getBoundingClientRect();
                return [frame.left + x, frame.top + y];
            }""",
            kind,
        )
        self.page.mouse.click(*place)
        self.page.wait_for_function("() => trail.length > 1")

    def panel(self) -> str:
        """Give all text of the panel."""
        return self.page.inner_text("#panel")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without network."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no chromium: install it or name it in CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Write the page of a subgraph to a file, open it and wait until it says that it is ready."""
    contexts = []

    def open_(subgraph: Subgraph, *, width: int = 1280, height: int = 800, scheme: Any = "light") -> Opened:
        file = tmp_path / "page.html"
        file.write_text(render(subgraph, facts={"Store": "a test"}), encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, offline=True)
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.set_default_timeout(5000)
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.on(
            "console", lambda message: opened.errors.append(message.text) if message.type == "error" else None
        )
        opened.page.goto(file.as_uri())
        opened.page.wait_for_function("() => performance.getEntriesByName('ready').length === 1")
        return opened

    yield open_
    for context in contexts:
        context.close()
