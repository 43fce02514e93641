"""Search, filters, years, neighbours, paths, and the address that keeps them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from legation.graph.derived import derive
from legation.graph.facts import Transfer
from legation.graph.subgraph import Node, Subgraph

Open = Callable[..., Any]

ALL = ["ARMS", "DID_NOT_ARM", "LEADS", "MAKES", "MAY_ARM", "OWNS"]


def address(opened: Any) -> str:
    """Give what stands behind # once it has been written."""
    opened.page.wait_for_timeout(300)
    found: str = opened.page.evaluate("location.hash")
    return found


def test_search_finds_without_accents_and_picks_by_keyboard(small: Subgraph, open_page: Open) -> None:
    opened = open_page(replace(small, nodes={**small.nodes, "CIV": Node("CIV", "State", "Côte d’Ivoire")}))
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("cote")
    assert opened.page.locator("#suggestions li").all_inner_texts() == ["Côte d’Ivoire"]
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel h2") == "Côte d’Ivoire"
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("nobody")
    assert "Nobody" in opened.page.inner_text("#nobody")
    opened.page.keyboard.press("Escape")
    assert not opened.page.is_visible("#nobody")


def test_search_knows_other_names_and_arrow_keys_choose(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.page.fill("#search-text", "ankara")
    assert opened.page.locator("#suggestions li").all_inner_texts() == ["Turkey"]
    opened.page.fill("#search-text", "bay")
    names = opened.page.locator("#suggestions li").all_inner_texts()
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel h2") == names[1]


def test_leaving_the_search_closes_its_list_for_those_who_listen_too(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.page.fill("#search-text", "bay")
    opened.page.keyboard.press("ArrowDown")
    names = opened.page.locator("#suggestions li").all_inner_texts()
    opened.page.locator("#fit").focus()
    assert opened.page.get_attribute("#search-text", "aria-expanded") == "false"
    assert opened.page.get_attribute("#search-text", "aria-activedescendant") is None
    assert opened.page.locator("#suggestions [aria-selected=true]").count() == 0
    opened.page.focus("#search-text")
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel h2") == "All lines", "nothing is chosen that is not seen"
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.locator("#suggestions li").all_inner_texts() == names
    assert opened.page.get_attribute("#search-text", "aria-activedescendant") == "suggestion-0"
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel h2") == names[0]


def test_a_hidden_node_that_is_looked_for_is_shown_again(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.page.get_by_label("Firm").uncheck()
    opened.page.fill("#search-text", "baykar")
    opened.page.keyboard.press("Enter")
    assert opened.page.get_by_label("Firm").is_checked()


def test_hiding_a_kind_hides_it_in_picture_list_and_table(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.button("Table")
    opened.page.get_by_label("may come to arm").uncheck()
    assert opened.lines() == [kind for kind in ALL if kind != "MAY_ARM"]
    assert "Saudi Arabia" not in opened.panel() + opened.page.inner_text("#table")
    opened.page.get_by_label("Firm").uncheck()
    assert opened.lines() == ["ARMS", "DID_NOT_ARM"]
    assert "2 lines" in opened.page.inner_text("#counts")
    opened.button("Reset")
    assert opened.lines() == ALL


def test_statuses_categories_and_confidence_filter_transfers(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich)
    opened.page.click("#more > summary")
    opened.page.get_by_label("negotiating").uncheck()
    assert "MAY_ARM" not in opened.lines()
    opened.page.get_by_label("Aircraft").uncheck()
    assert not {"ARMS", "DID_NOT_ARM"} & set(opened.lines())
    opened.button("Reset")
    opened.page.locator("#confidence").fill("90")
    assert opened.lines() == ["ARMS"], "the register is certain, all else is 80 % sure"
    assert "90 %" in opened.page.inner_text("#confidence-said")


def test_of_a_line_only_the_shown_transfers_count(rich: Subgraph, open_page: Open) -> None:
    """A pair with a delivery and with talk of more is a candidate when the delivery is filtered away."""
    talk = replace(
        rich.transfers["transfer:2"],
        id="transfer:5",
        buyers=("POL",),
        properties={"status": "offered", "order_year": 2030},
    )
    edges = tuple(
        replace(edge, transfers=("transfer:1", "transfer:5")) if edge.kind == "ARMS" else edge for edge in rich.edges
    )
    opened = open_page(replace(rich, edges=edges, transfers={**rich.transfers, "transfer:5": talk}))
    assert opened.lines().count("MAY_ARM") == 1
    opened.page.click("#more > summary")
    opened.page.get_by_label("delivered").uncheck()
    assert opened.lines().count("MAY_ARM") == 2
    assert "ARMS" not in opened.lines()
    opened.page.get_by_role("button", name="Turkey → Poland").first.click()
    assert "may come to arm" in opened.page.inner_text("#panel-body > p:nth-of-type(1)")
    assert "outside the filters" in opened.panel()


def test_the_page_derives_the_same_lines_as_the_fold(rich: Subgraph, open_page: Open) -> None:
    """What the page counts for the shown transfers is what the store holds, when all are shown."""
    deals = [
        Transfer(deal.id, "", deal.suppliers, deal.buyers[0], (), deal.properties, (), ())
        for deal in rich.transfers.values()
    ]
    folded = {(one.start, one.end): (one.kind, dict(one.properties)) for one in derive(deals)}
    opened = open_page(rich)
    told = opened.page.evaluate(
        """() => legation.data.edges.filter(({deals}) => deals).map(edge => {
            const {kind, from, to, status, transfers, units, units_unknown, tiv, first_year, last_year} =
                legation.derive(edge, edge.deals.map(number => legation.data.deals[number]));
            const keys = legation.data.nodes.map(({key}) => key);
            return [keys[from], keys[to], kind, {status, transfers, units, units_unknown, tiv, first_year, last_year}];
        })"""
    )
    known = {
        (start, end): (kind, {name: value for name, value in values.items() if value is not None})
        for start, end, kind, values in told
    }
    assert known == folded


def test_years_hide_what_ended_before_or_began_later_and_keep_what_has_none(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich)
    assert opened.page.locator("#histogram rect").count() == 2023 - 2004 + 1
    opened.page.locator("#until").fill("2010")
    assert "ARMS" not in opened.lines()
    assert "MAY_ARM" in opened.lines(), "nobody said in which year"
    assert "without a year" in opened.page.inner_text("#yearless")
    assert opened.page.inner_text("#years-said") == "2004–2010"
    opened.page.locator("#since").fill("2015")
    assert opened.page.inner_text("#years-said") == "2015"


def test_play_goes_through_the_years_and_stops(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich)
    opened.page.click("#play")
    assert opened.page.inner_text("#years-said") == "2004"
    opened.page.wait_for_function("() => document.getElementById('years-said').textContent >= '2004–2006'")
    opened.page.click("#play")
    said = opened.page.inner_text("#years-said")
    opened.page.wait_for_timeout(900)
    assert opened.page.inner_text("#years-said") == said


def test_neighbours_can_be_kept_and_nodes_hidden(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.click_node("firm:baykar")
    opened.button("Keep only neighbours")
    shown = "[...legation.shown.nodes].map(number => legation.data.nodes[number].key).sort()"
    assert opened.page.evaluate(shown) == ["firm:baykar", "person:haluk", "system:tb2"]
    opened.click_node("person:haluk")
    opened.button("Hide")
    assert opened.page.evaluate(shown) == ["firm:baykar", "system:tb2"]
    opened.button("Reset")
    assert len(opened.page.evaluate(shown)) == len(small.nodes)


def test_a_path_between_two_is_marked_and_told_in_words(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.click_node("POL")
    opened.button("Path from here")
    opened.click_node("SAU")
    opened.button("Path to here")
    assert "Poland is armed by Turkey, which may come to arm Saudi Arabia." in opened.panel()
    faint = [mark for mark in opened.page.evaluate("legation.scene().marks.map(({alpha}) => alpha)") if mark < 0.5]
    assert faint, "all else steps back"
    opened.page.locator("#panel .row").first.click()
    opened.button("Back")
    assert "may come to arm" in opened.panel()
    opened.button("Forget this path")
    assert opened.page.inner_text("#panel h2") == "All lines"


def test_after_a_path_the_next_one_begins_anew_where_its_button_says(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small, address="#path=POL,SAU")
    opened.click_node("firm:baykar")
    opened.button("Path from here")
    assert opened.page.inner_text("#panel h2") == "Baykar", "no path is told before its end is chosen"
    opened.click_node("TUR")
    opened.button("Path to here")
    assert opened.page.inner_text("#panel h2") == "Baykar … Turkey"


def test_an_end_of_a_path_that_is_pressed_again_is_dropped(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.click_node("POL")
    opened.button("Path from here")
    opened.button("No path from here")
    assert opened.page.evaluate("legation.state.ends") == []
    opened.button("Path from here")
    opened.click_node("SAU")
    opened.button("Path to here")
    opened.page.locator("#panel h2 button", has_text="Poland").click()
    opened.button("No path from here")
    assert opened.page.evaluate("legation.state.ends") == [opened.node("SAU")]
    opened.button("Path to here")
    assert opened.page.inner_text("#panel h2") == "Saudi Arabia … Poland"
    opened.page.locator("#panel h2 button", has_text="Poland").click()
    opened.button("No path to here")
    assert opened.page.evaluate("legation.state.ends") == [opened.node("SAU")]


def test_a_refusal_is_no_step_of_a_path(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small, address="#path=POL,ARM")
    assert "No path" in opened.panel()


def test_the_address_restores_what_was_chosen(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich)
    opened.page.get_by_label("Person").uncheck()
    opened.page.select_option("#measure", "transfers")
    opened.page.locator("#until").fill("2021")
    opened.click_node("SAU")
    opened.button("Timeline")
    kept = address(opened)
    again = open_page(rich, address=kept)
    assert again.page.is_visible("#timeline")
    assert not again.page.get_by_label("Person").is_checked()
    assert again.page.inner_text("#years-said") == "2004–2021"
    assert again.page.inner_text("#panel h2") == "Saudi Arabia"
    assert again.lines() == opened.lines()
    opened.button("Reset")
    assert address(opened) == ""


@pytest.mark.parametrize(
    "odd",
    [
        "#%E0%A4%A",
        "#node=nobody&edge=99999&deal=-1",
        "#sight=a,b&since=x&view=moon",
        "#only=&hidden=__proto__",
        "#=&&=",
    ],
)
def test_an_address_that_makes_no_sense_does_no_harm(odd: str, small: Subgraph, open_page: Open) -> None:
    opened = open_page(small, address=odd)
    assert opened.errors == []
    assert opened.page.inner_text("#panel h2") == "All lines"


def test_a_link_that_is_followed_in_the_open_page_changes_it(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.page.evaluate("location.hash = '#view=matrix&node=POL'")
    opened.page.wait_for_selector("#matrix")
    assert opened.page.inner_text("#panel h2") == "Poland"
