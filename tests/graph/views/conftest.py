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


def make_small() -> Subgraph:
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


@pytest.fixture(scope="session")
def small() -> Subgraph:
    """Turkey, one customer, one candidate, one refusal, the maker and the one who leads it."""
    return make_small()


@pytest.fixture(scope="session")
def rich(small: Subgraph) -> Subgraph:
    """The small graph with what a register adds: parts, editions, instalments, volumes below half a million."""
    register = {"id": "doc:2", "name": "A register", "published_on": "2024-01-01", "licence": "© Example Register"}
    older = {**register, "id": "doc:3", "published_on": "2022-01-01", "superseded": True}
    publisher = {"id": "source:register", "name": "Example Register", "reliability": "A"}
    first = small.transfers["transfer:1"]
    values = {"modality": "asserted", "confidence": 1.0, "status": "delivered", "start": 0}
    quotes = {
        "claim:7": Quote({"id": "claim:7", "quote": "Poland,Turkey,2021,30,TB2", "end": 25, "row": 12,
                          "quantity_ordered": 30, "below_half": ["tiv_delivered"], **values}, register, publisher),
        "claim:8": Quote({"id": "claim:8", "quote": "Poland,Turkey,2021,18,TB2", "end": 25, "row": 11,
                          "quantity_ordered": 18, **values}, older, publisher),
        "claim:9": Quote({"id": "claim:9", "quote": "Armenia,Turkey,2019,4,TB2", "end": 25, "row": 13,
                          "quantity_ordered": 4, **values}, older, publisher),
    }  # fmt: skip
    deal = replace(
        first,
        claims=(*first.claims, "claim:7", "claim:8"),
        properties={**first.properties, "status": "delivered", "below_half": ["tiv_delivered"], "sources": 2,
                    "delivery_years": [2022, 2023], "value": 270_000_000, "currency": "USD", "value_shared": True},
        parts=(("FINANCES", "SAU", "Saudi Arabia"), ("USED_BEFORE", "org:air-force", "An air force")),
    )  # fmt: skip
    gone = make_deal(4, "ARM", ("claim:9",), kind="sale", status="withdrawn", quantity_ordered=4)
    return replace(
        small,
        transfers={**small.transfers, "transfer:1": deal, "transfer:4": gone},
        quotes={**small.quotes, **quotes},
        systems={"system:tb2": {"category": "Aircraft", "class": "system:uav"}},
        cypher="MATCH (s:Actor {id: $supplier}) RETURN s",
    )


@dataclass
class Opened:
    """A page in the browser, with what it asked for and what went wrong in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def number(self, kind: str) -> int:
        """Give the number of the first line of a kind."""
        found: int = self.page.evaluate("kind => legation.data.edges.find(edge => edge.kind === kind).id", kind)
        return found

    def node(self, key: str) -> int:
        """Give the number of a node."""
        found: int = self.page.evaluate("key => legation.data.nodes.find(node => node.key === key).id", key)
        return found

    def click_line(self, kind: str) -> None:
        """Click on the first line of a kind, a bit beside its middle."""
        x, y = self.page.evaluate("number => legation.pointOn(number, 0.42)", self.number(kind))
        self.page.mouse.click(x, y)
        self.page.wait_for_function("() => legation.state.chosen.what === 'edge'")

    def click_node(self, key: str) -> None:
        """Click on a node in the picture."""
        x, y = self.page.evaluate("number => legation.pointAt(number)", self.node(key))
        self.page.mouse.click(x, y)
        self.page.wait_for_function("() => legation.state.chosen.what === 'node'")

    def button(self, name: str) -> None:
        """Press the button that goes by exactly this name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def panel(self) -> str:
        """Give all text of the panel."""
        return self.page.inner_text("#panel")

    def lines(self) -> list[str]:
        """Give the kinds of all lines that are shown, sorted."""
        found: list[str] = self.page.evaluate("legation.shown.list.map(line => line.kind).sort()")
        return found

    def save(self, form: str) -> str:
        """Take the page's content away in a form, and give what was saved as text."""
        with self.page.expect_download() as waiting:
            self.page.select_option("#take", form)
        return Path(waiting.value.path()).read_text(encoding="utf-8-sig", errors="replace")


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

    def open_(
        subgraph: Subgraph,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: Any = "light",
        address: str = "",
        **options: Any,
    ) -> Opened:
        file = tmp_path / "page.html"
        file.write_text(render(subgraph, facts={"Store": "a test"}, **options), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, offline=True, accept_downloads=True
        )
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.set_default_timeout(5000)
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.on(
            "console", lambda message: opened.errors.append(message.text) if message.type == "error" else None
        )
        opened.page.goto(file.as_uri() + address)
        opened.page.wait_for_function("() => performance.getEntriesByName('ready').length === 1")
        return opened

    yield open_
    for context in contexts:
        context.close()
