"""Nothing in the data runs, nothing is asked for, whatever is opened and whichever control is used."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from legation.graph.schema import LABELS, RELATIONS, TRANSFER_KINDS
from legation.graph.subgraph import Deal, Edge, Node, Quote, Subgraph
from legation.graph.views.content import DRAWN_LABELS
from legation.graph.views.snapshot import render
from payloads import PAYLOADS

Open = Callable[..., Any]

_NODE_FIELDS = tuple(sorted({name for label in DRAWN_LABELS for name in LABELS[label].properties}))
_DEAL_FIELDS = tuple(name for name in LABELS["Transfer"].properties if name not in ("supplier", "block", "pair"))
_CLAIM_TEXTS = ("modality", "extractor", "said_by_name", "status", "kind", "title", "since", "until", "currency")
_HELD_FIELDS = ("condition", "estimated", "below_half", "direction", "value", "quantity_ordered", "order_year")


def _lists(text: str) -> dict[str, list[str]]:
    """What a node has several of."""
    return {name: [text, f"{text} too"] for name in ("aliases", "identifiers", "countries")}


def make_hostile(payloads: tuple[str, ...]) -> Subgraph:
    """Plant each payload in every field: of two nodes, a derived and a stated line, a deal, its claims and document."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    deals: dict[str, Deal] = {}
    quotes: dict[str, Quote] = {}
    numbers = count()
    for place, text in enumerate(payloads):
        planted = dict.fromkeys((*_DEAL_FIELDS, "note", "title", "since", "until", text, "__proto__"), text)
        ids = (text, f"{text} {place}")
        for key in ids:
            label = DRAWN_LABELS[place % len(DRAWN_LABELS)]
            nodes[key] = Node(key, label, key, {**dict.fromkeys(_NODE_FIELDS, text), **_lists(text), **planted})
        document = dict.fromkeys(("id", "name", "published_on", "address", "licence"), text)
        document["address"] = text if place % 2 else f"https://example.invalid/{text}"
        source = {"id": text, "name": text, "reliability": text}
        claims = []
        for disputes in (False, True):
            claim: dict[str, Any] = dict.fromkeys((*_CLAIM_TEXTS, *_HELD_FIELDS), text)
            claim |= {"id": f"claim:{next(numbers)}", "quote": text, "start": 0, "end": len(text), "confidence": 0.5}
            claim |= {"supplier": text, "supplier_name": text, **({"row": place} if disputes else {})}
            quotes[claim["id"]] = Quote(claim, document, source, disputes)
            claims.append(claim["id"])
        properties = {**planted, "kind": "constructor", "order_year": 1990 + place % 30, "supplier": text}
        properties |= {"quantity_ordered": place} if place % 3 else {}
        deal = Deal(text, (text,), (ids[1], text), ((text, text),), properties, tuple(claims), ((text, text, text),))
        deals[text] = deal
        kind = ("ARMS", "MAY_ARM", "DID_NOT_ARM")[place % 3]
        edges.append(Edge(kind, *ids, {"status": text, "transfers": 1, **planted}, (text,)))
        edges.append(Edge(text or "SUPPORTS", *ids, planted, (), tuple(claims)))
        edges.append(Edge("LEADS", ids[1], ids[0], planted, (), tuple(claims)))
    return Subgraph(
        " ".join(payloads[::7]), nodes, tuple(edges), deals, quotes,
        question="\n".join(payloads), cypher="\n".join(payloads),
        systems={text: {"category": text, "class": text} for text in payloads},
    )  # fmt: skip


USE_EVERYTHING = """async () => {
    const rest = () => new Promise(done => setTimeout(done, 25));
    const all = selector => [...document.querySelectorAll(selector)];
    const set = async (element, value) => {
        element.value = value;
        for (const kind of ["input", "change"]) element.dispatchEvent(new Event(kind, {bubbles: true}));
        await rest();
    };
    window.print = () => {};
    let used = 0;
    for (const details of all("details")) details.open = true;
    for (const view of all("#views button")) { view.click(); used++; await rest(); }
    for (const table of ["transfers", "lines"]) {
        all("#views button").find(({dataset}) => dataset.view === "table").click();
        await set(document.getElementById("table-of"), table);
        for (const place of all("#table thead button").keys()) {
            all("#table thead button")[place].click();
            used++;
            await rest();
        }
        await set(document.getElementById("table-words"), "script");
        await set(document.getElementById("table-words"), "");
        all("#table > button").forEach(button => button.click());
        await rest();
    }
    for (const select of ["#measure", "#colouring", "#take"])
        for (const value of all(`${select} option`).map(({value}) => value)) {
            await set(document.querySelector(select), value);
            used++;
        }
    for (const range of ["#since", "#until", "#confidence"])
        for (const value of document.querySelector(range) ? ["2000", "0"] : []) {
            await set(document.querySelector(range), value);
            used++;
        }
    document.getElementById("reset").click();
    await rest();
    for (const box of all("#legend input[type=checkbox]").slice(0, 40)) { box.click(); box.click(); used++; }
    for (const id of ["play", "play", "fit", "settle", "reset"]) {
        document.getElementById(id)?.click();
        used++;
        await rest();
    }
    return used;
}"""

OPEN_EVERYTHING = """async () => {
    const rest = () => new Promise(done => setTimeout(done, 0));
    const {data} = legation;
    let opened = 0;
    const look = async address => {
        location.hash = address;
        dispatchEvent(new HashChangeEvent("hashchange"));
        opened++;
        await rest();
    };
    for (const {id} of data.edges) await look(`edge=${id}`);
    for (const {id} of data.deals) await look(`deal=${id}`);
    for (const {key} of data.nodes) {
        await look(`node=${encodeURIComponent(String(key).toWellFormed())}`);
        document.querySelectorAll("#panel .small").forEach(button => button.click());
    }
    document.getElementById("reset").click();
    return opened;
}"""


RISKY = """() => [...document.querySelectorAll("*")]
    .flatMap(({attributes}) => [...attributes])
    .filter(({name, value}) =>
        /^on/i.test(name) || (/^(href|src)$/.test(name) && !/^(https?:|data:,|blob:)/i.test(value)))
    .map(({name, value}) => name + value)"""


def assert_harmless(opened: Any) -> None:
    """Nothing planted ran, nothing was asked for, no element or attribute was made from the data."""
    assert opened.page.evaluate("window.__pwn") is None
    assert opened.page.evaluate("({}).polluted") is None
    made = "img, iframe, object, embed, video, audio, base, form, marquee, math, template, #panel script, #view script"
    assert opened.page.locator(made).count() == 0
    assert opened.page.evaluate(RISKY) == []
    assert [url for url in opened.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert opened.errors == []


def test_there_are_two_hundred_payloads() -> None:
    assert len(PAYLOADS) >= 200


@pytest.mark.parametrize("part", range(3))
def test_nothing_planted_runs_whatever_is_opened_and_used(part: int, open_page: Open) -> None:
    payloads = PAYLOADS[part::3]
    opened = open_page(make_hostile(payloads))
    opened.page.set_default_timeout(60_000)
    opened.page.on("dialog", lambda dialog: opened.errors.append(f"dialog {dialog.message}"))
    assert opened.page.evaluate("legation.data.nodes.length") == 2 * len(payloads)
    assert opened.page.evaluate(OPEN_EVERYTHING) >= 6 * len(payloads)
    assert opened.page.evaluate(USE_EVERYTHING) > 60
    for text in payloads[::6]:
        opened.page.fill("#search-text", text.encode("utf-8", "replace").decode()[:300])
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_timeout(300)
    assert_harmless(opened)


@pytest.mark.parametrize("text", [PAYLOADS[0], "__proto__", "\ud800", "<script>window.__pwn=1</script>"])
def test_title_store_and_footer_are_text(text: str, small: Subgraph, open_page: Open) -> None:
    graph = Subgraph(text, small.nodes, small.edges, small.transfers, small.quotes, question=text, cypher=text)
    opened = open_page(graph)
    opened.page.click("#about-line")
    assert text in opened.page.inner_text("#about-body")
    assert_harmless(opened)


def test_a_tip_is_text(open_page: Open) -> None:
    text = "<img src=x onerror=window.__pwn=1>"
    opened = open_page(Subgraph("t", {"POL": Node("POL", "State", text)}, ()))
    x, y = opened.page.evaluate("legation.pointAt(0)")
    opened.page.mouse.move(x, y)
    assert text in opened.page.inner_text("#tip")
    assert_harmless(opened)


def test_ids_named_like_javascript_properties_are_nodes_like_others(open_page: Open) -> None:
    names = ("__proto__", "constructor", "toString", "hasOwnProperty", "", "\ud800")
    nodes = {name: Node(name, "State", name) for name in names}
    edges = tuple(Edge("ARMS", names[0], name, {"transfers": 1}) for name in names[1:])
    opened = open_page(Subgraph("ids", nodes, edges), address="#node=__proto__")
    assert opened.page.inner_text("#panel h2") == "__proto__"
    assert opened.page.locator("#panel .row").count() == 5
    assert_harmless(opened)


def test_a_name_that_runs_from_right_to_left_does_not_turn_a_line_around(open_page: Open) -> None:
    names = {"DZA": "الجزائر", "POL": "Poland", "ISR": "ישראל", "XYZ": "\u202eevil"}
    nodes = {key: Node(key, "State", name) for key, name in names.items()}
    edges = tuple(Edge("ARMS", key, "POL", {"transfers": 1}) for key in names if key != "POL")
    opened = open_page(Subgraph("bidi", nodes, edges))
    wheres = opened.page.locator("#panel .row-name").evaluate_all(
        """rows => rows.map(row => {
            const place = (from, to) => {
                const range = document.createRange();
                range.setStart(row.firstChild, from);
                range.setEnd(row.firstChild, to);
                return range.getBoundingClientRect().left;
            };
            const arrow = row.textContent.indexOf("→");
            return [place(0, arrow - 1), place(arrow, arrow + 1), place(arrow + 2, row.textContent.length)];
        })"""
    )
    assert len(wheres) == 3
    for supplier, arrow, buyer in wheres:
        assert supplier < arrow < buyer


def test_only_http_addresses_become_links(small: Subgraph, open_page: Open) -> None:
    quotes = {
        key: Quote(
            quote.claim, {**quote.document, "address": "javascript:window.__pwn=1"}, quote.source, quote.disputes
        )
        for key, quote in small.quotes.items()
    }
    opened = open_page(Subgraph("links", small.nodes, small.edges, small.transfers, quotes))
    opened.click_line("ARMS")
    assert opened.page.locator("#panel a").count() == 0
    assert "Drones for everyone" in opened.panel()


def test_the_policy_allows_by_hash_what_the_page_came_with_and_nothing_else(small: Subgraph) -> None:
    html = render(small)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    scripts = re.findall(r"<script(?: type=\"module\")?>(.*?)</script>", html, re.DOTALL)
    for text in (*scripts, *re.findall(r"<style>(.*?)</style>", html, re.DOTALL)):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy[1]
    assert len(scripts) == 2
    assert re.findall(r"\b(?:src|href)=\"(?!data:,)", html.split("<style>")[0]) == []


def test_a_script_that_was_put_into_the_file_does_not_run(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.__pwn = 1";
            document.body.append(script);
        }"""
    )
    assert opened.page.evaluate("window.__pwn") is None
    assert any("Content Security Policy" in error for error in opened.errors)


def test_relations_and_kinds_of_the_schema_are_all_known_to_the_page(small: Subgraph, open_page: Open) -> None:
    words = open_page(small).page.evaluate("legation.data.words")
    assert [name for name, _ in words["relations"]] == list(RELATIONS)
    assert [name for name, _ in words["transfer_kinds"]] == list(TRANSFER_KINDS)
