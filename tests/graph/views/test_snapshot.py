"""The page: what it shows, that it stands alone, and that nothing in the data runs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from legation.graph.errors import QueryError
from legation.graph.subgraph import Edge, Node, Subgraph
from legation.graph.views.content import to_plain
from legation.graph.views.snapshot import render, to_json

Open = Callable[..., Any]


def data_of(html: str) -> Any:
    """Read the data of a page as its script does."""
    found = re.search(r'<script type="application/json" id="data"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_the_same_graph_gives_the_same_bytes_whatever_the_order_of_its_mappings(small: Subgraph) -> None:
    turned = replace(
        small,
        nodes=dict(reversed(list(small.nodes.items()))),
        transfers=dict(reversed(list(small.transfers.items()))),
        quotes=dict(reversed(list(small.quotes.items()))),
    )
    assert render(small) == render(small) == render(turned)


def test_all_of_the_graph_is_in_the_data(small: Subgraph) -> None:
    data = data_of(render(small, facts={"Store": "here"}))
    names = [node["name"] for node in data["nodes"]]
    lines = {(edge["kind"], names[edge["from"]], names[edge["to"]]) for edge in data["edges"]}
    assert lines == {(edge.kind, small.nodes[edge.source].name, small.nodes[edge.target].name) for edge in small.edges}
    assert {quote["quote"] for quote in data["quotes"]} == {quote.claim["quote"] for quote in small.quotes.values()}
    assert data["facts"] == [["Store", "here"]]


def test_a_line_whose_end_is_missing_is_an_error_that_names_it(small: Subgraph) -> None:
    with pytest.raises(QueryError, match="'XXX'"):
        render(replace(small, edges=(Edge("ARMS", "TUR", "XXX"),)))


def test_data_cannot_end_its_script_tag() -> None:
    text = "</script><!--&\u2028\u2029\ud800🚀"
    written = to_json(text)
    assert not set("<>&\u2028\u2029\ud800") & set(written)
    assert json.loads(written) == text
    written.encode("utf-8")


def test_values_of_a_store_become_plain() -> None:
    assert to_plain({"on": date(2021, 12, 3), "of": (1, float("nan")), "in": {"b", "a"}}) == {
        "on": "2021-12-03",
        "of": [1, "nan"],
        "in": ["a", "b"],
    }


def test_a_page_asks_for_nothing_and_has_no_errors(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.page.click("#show-table")
    opened.page.click("#about summary")
    opened.page.click("#reset")
    opened.page.wait_for_timeout(200)
    assert [url for url in opened.requests if not url.startswith(("file:", "data:"))] == []
    assert opened.errors == []


def test_the_three_lines_look_different(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    looks = {
        kind: opened.page.evaluate(
            "n => { const e = edgeSet.get(n); return [e.dashes, e.color.color] }", opened.number(kind)
        )
        for kind in ("ARMS", "MAY_ARM", "DID_NOT_ARM", "MAKES")
    }
    assert looks["ARMS"][0] == looks["MAKES"][0] == []
    assert looks["MAY_ARM"][0] != looks["DID_NOT_ARM"][0] != []
    assert len({colour for _, colour in looks.values()}) == 4
    assert opened.page.evaluate("refusedEdges().map(edge => edge.kind)") == ["DID_NOT_ARM"]


def test_a_cross_is_drawn_on_what_was_refused(small: Subgraph, open_page: Open) -> None:
    count_red = """() => {
        const [x, y] = Object.values(network.canvasToDOM(middleOf(refusedEdges()[0])));
        const pixels = network.canvas.getContext().getImageData(x - 6, y - 6, 12, 12).data;
        let red = 0;
        for (let i = 0; i < pixels.length; i += 4) if (pixels[i] > 150 && pixels[i + 1] < 90) red++;
        return red;
    }"""
    opened = open_page(small)
    assert opened.page.evaluate(count_red) > 30


def test_lines_between_the_same_two_bend_apart(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    middles = opened.page.evaluate("data.edges.filter(e => ['LEADS', 'OWNS'].includes(e.kind)).map(middleOf)")
    assert abs(middles[0]["x"] - middles[1]["x"]) + abs(middles[0]["y"] - middles[1]["y"]) > 15


def test_clicking_a_line_shows_its_transfer_and_quotes(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.click_line("ARMS")
    quotes = opened.page.locator("#panel blockquote").all_inner_texts()
    assert quotes == ["Poland has ordered some 24 drones.", "Poland ordered nothing."]
    text = opened.panel()
    for part in ("~24", "unknown", "contested", "Bayraktar TB2", "An order is placed.", "disputes this", "denied"):
        assert part in text
    for part in ("Example Wire", "Drones for everyone", "2021-12-03", "characters 100–134", "A spokesman", "80 %"):
        assert part in text
    assert opened.page.get_attribute("#panel figcaption a", "rel") == "noopener noreferrer"


def test_clicking_a_stated_relation_shows_its_quote(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.click_line("MAKES")
    assert "Baykar, which makes the TB2" in opened.panel()
    assert "attributed" in opened.panel()


def test_the_list_leads_to_the_evidence_and_back_by_keyboard(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    assert opened.page.locator("#panel .row-name").all_inner_texts()[:3] == [
        "Turkey → Poland",
        "Turkey → Saudi Arabia",
        "Turkey → Armenia",
    ]
    opened.page.locator("#panel .row").nth(2).focus()
    opened.page.keyboard.press("Enter")
    assert "row 7" in opened.panel()
    assert opened.page.evaluate("network.getSelectedEdges()") == [opened.number("DID_NOT_ARM")]
    opened.page.locator("#panel .party").first.click()
    assert "State · TUR" in opened.panel()
    opened.page.click("#back")
    assert "row 7" in opened.panel()
    opened.page.keyboard.press("Escape")
    assert "All lines" in opened.panel()
    assert opened.page.evaluate("network.getSelectedEdges()") == []


def test_a_node_shows_its_lines_and_transfers(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.page.evaluate("choose({what: 'node', number: data.nodes.find(node => node.key === 'system:tb2').id})")
    opened.page.get_by_role("button", name="Turkey → Poland").click()
    assert "Poland has ordered some 24 drones." in opened.panel()


def test_search_finds_without_accents_and_picks_by_keyboard(small: Subgraph, open_page: Open) -> None:
    accented = replace(small, nodes={**small.nodes, "CIV": Node("CIV", "State", "Côte d’Ivoire")})
    opened = open_page(accented)
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("cote")
    assert opened.page.locator("#suggestions li").all_inner_texts() == ["Côte d’Ivoire"]
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel h2") == "Côte d’Ivoire"
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("nobody")
    assert "Nobody" in opened.page.inner_text("#suggestions")


def test_hiding_a_kind_hides_it_in_picture_list_and_table(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.page.click("#show-table")
    opened.page.get_by_label("may come to arm").uncheck()
    assert opened.page.evaluate("n => edgeSet.get(n).hidden", opened.number("MAY_ARM"))
    assert "Saudi Arabia" not in opened.panel() + opened.page.inner_text("#table")
    opened.page.get_by_label("Firm").uncheck()
    assert opened.page.evaluate("nodeSet.get().filter(node => node.hidden).length") == 1
    assert opened.page.evaluate("n => edgeSet.get(n).hidden", opened.number("MAKES"))
    opened.page.click("#reset")
    assert opened.page.evaluate("[...nodeSet.get(), ...edgeSet.get()].some(item => item.hidden)") is False


def test_the_table_holds_every_line_and_sorts(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.page.click("#show-table")
    rows = opened.page.locator("#table tbody tr")
    assert rows.count() == len(small.edges)
    opened.page.get_by_role("button", name="To", exact=True).click()
    assert "Armenia" in rows.first.inner_text()
    rows.first.locator("button").click()
    assert "Ankara will not sell to Yerevan." in opened.panel()


def test_the_width_of_a_line_means_what_is_chosen(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    width = "n => edgeSet.get(n).width"
    by_transfers = opened.page.evaluate(width, opened.number("MAY_ARM"))
    opened.page.select_option("#measure", "units")
    assert opened.page.evaluate(width, opened.number("MAY_ARM")) < by_transfers


def test_what_was_left_out_stands_on_the_page(small: Subgraph, open_page: Open) -> None:
    opened = open_page(replace(small, left_out=2638))
    assert "2,638 more found, not shown" in opened.page.inner_text("#counts")


def test_nothing_planted_in_the_data_runs_whatever_is_opened(hostile: Subgraph, open_page: Open) -> None:
    opened = open_page(hostile)
    opened.page.evaluate(
        """() => {
            data.edges.forEach(({id}) => choose({what: "edge", number: id}));
            data.nodes.forEach(({id}) => choose({what: "node", number: id}));
            data.deals.forEach((_, number) => choose({what: "deal", number}));
            pick(0);
        }"""
    )
    opened.page.click("#show-table")
    opened.page.click("#about summary")
    opened.page.fill("#search-text", "<img")
    opened.page.wait_for_timeout(300)
    assert opened.page.evaluate("window.__pwn") is None
    assert opened.page.locator("img, iframe, [onerror], a[href^='javascript']").count() == 0
    assert opened.errors == []
    assert len(opened.requests) == 1 + sum(url.startswith("data:") for url in opened.requests)


def test_a_tooltip_is_text(hostile: Subgraph, open_page: Open) -> None:
    opened = open_page(hostile)
    place = opened.page.evaluate("network.canvasToDOM(network.getPosition(0))")
    frame = opened.page.locator("#picture").bounding_box()
    opened.page.mouse.move(frame["x"] + place["x"], frame["y"] + place["y"])
    opened.page.wait_for_selector(".vis-tooltip", state="visible")
    assert "<img src=x" in opened.page.inner_text(".vis-tooltip")
    assert opened.page.locator("img").count() == 0


def test_ids_named_like_javascript_properties_are_nodes_like_others(hostile: Subgraph, open_page: Open) -> None:
    opened = open_page(hostile)
    assert opened.page.evaluate("nodeSet.length") == len(hostile.nodes)
    assert opened.page.evaluate("edgeSet.length") == len(hostile.edges)
    opened.page.evaluate("choose({what: 'node', number: data.nodes.find(node => node.key === '__proto__').id})")
    assert "__proto__" in opened.panel()


@pytest.mark.parametrize("count", [0, 1])
def test_an_empty_graph_and_a_single_node_work(count: int, small: Subgraph, open_page: Open) -> None:
    nodes = dict(list(small.nodes.items())[:count])
    opened = open_page(Subgraph("little", nodes, ()))
    opened.page.click("#show-table")
    opened.page.click("#fit")
    assert opened.errors == []
    assert opened.page.is_visible("#empty") == (count == 0)


def test_a_line_from_a_node_to_itself_is_drawn(small: Subgraph, open_page: Open) -> None:
    loops = tuple(Edge(kind, "TUR", "TUR", {"transfers": 1}) for kind in ("ARMS", "DID_NOT_ARM"))
    opened = open_page(replace(small, edges=small.edges + loops))
    assert opened.errors == []
    assert opened.page.evaluate("edgeSet.length") == len(small.edges) + 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_shows_all_without_scrolling_sideways(scheme: str, small: Subgraph, open_page: Open) -> None:
    opened = open_page(small, width=360, height=740, scheme=scheme)
    opened.click_line("ARMS")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert opened.page.evaluate(
        "[...document.querySelectorAll('header *, aside *')].every(e => e.getBoundingClientRect().right <= 361)"
    )
    assert opened.page.locator("#picture").bounding_box()["height"] > 150


def test_labels_at_the_first_view_do_not_cover_each_other(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    written = opened.page.evaluate(
        """() => {
            const context = network.canvas.getContext(), words = [], original = context.fillText;
            context.fillText = (text, x, y) => words.push([text, x, y, context.measureText(text).width]);
            network.redraw();
            context.fillText = original;
            return words;
        }"""
    )
    assert {node.name for node in small.nodes.values()} <= {text for text, *_ in written}
    for index, (_, x, y, width) in enumerate(written):
        for _, other_x, other_y, other_width in written[index + 1 :]:
            assert abs(x - other_x) >= (width + other_width) / 2 or abs(y - other_y) >= 12
