"""Table, matrix, flow, timeline and map: the same data in other shapes, each leading to the evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from legation.graph.subgraph import Edge, Node, Subgraph

Open = Callable[..., Any]


def test_the_table_holds_every_line_and_sorts(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.button("Table")
    rows = opened.page.locator("#table tbody tr")
    assert rows.count() == len(small.edges)
    opened.button("To")
    assert "Armenia" in rows.first.inner_text()
    rows.first.locator("button").click()
    assert "Ankara will not sell to Yerevan." in opened.panel()
    opened.page.get_by_role("button", name="To ↑").click()
    assert opened.page.get_attribute("#table th[aria-sort]", "aria-sort") == "descending"


def test_numbers_sort_by_size_and_unknown_ones_come_last(small: Subgraph, open_page: Open) -> None:
    units = {"ARMS": 24, "MAY_ARM": 100}
    edges = tuple(
        replace(edge, properties={**edge.properties, "units": units[edge.kind]}) if edge.kind in units else edge
        for edge in small.edges
    )
    opened = open_page(replace(small, edges=edges), address="#view=table")
    opened.button("Units")
    cells = opened.page.locator("#table tbody tr td:nth-child(7)").all_inner_texts()
    assert cells[:2] == ["~24", "100"]
    assert "unknown" in cells[2:]


def test_the_table_filters_by_words_and_lists_transfers(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small, address="#view=table")
    opened.page.fill("#table-words", "saudi may")
    assert opened.page.locator("#table tbody tr").count() == 1
    opened.page.fill("#table-words", "")
    opened.page.select_option("#table-of", "transfers")
    assert opened.page.inner_text("#table-count") == "3 transfers"
    assert "~24" in opened.page.inner_text("#table")
    opened.page.locator("#table tbody button").first.click()
    assert opened.page.inner_text("#panel h2") == "Transfer"


def test_the_matrix_crosses_suppliers_with_buyers(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small, address="#view=matrix&measure=units")
    cell = opened.page.get_by_role("button", name="Turkey → Poland, arms: ~24 units")
    assert cell.inner_text() == "~24"
    cell.click()
    assert "Poland has ordered some 24 drones." in opened.panel()
    assert opened.page.locator(".cell-MAY_ARM").inner_text() == "?"
    assert opened.page.locator(".cell-DID_NOT_ARM").count() == 1


def test_a_large_matrix_says_what_it_leaves_out(open_page: Open) -> None:
    nodes = {f"S{number:02}": Node(f"S{number:02}", "State", f"State {number}") for number in range(80)}
    edges = tuple(Edge("ARMS", f"S{a:02}", f"S{a + 40:02}", {"transfers": a + 1}) for a in range(40))
    opened = open_page(Subgraph("wide", nodes, edges), address="#view=matrix")
    assert "30 of 40 suppliers, 30 of 40 buyers" in opened.page.inner_text(".view-bar")
    assert opened.page.locator("#matrix tbody tr").count() == 30


def test_the_flow_holds_customers_only_and_counts_what_it_cannot_draw(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich, address="#view=flow&measure=transfers")
    words = opened.page.locator("#flow text").all_text_contents()
    assert words == ["Turkey 1", "Aircraft 1", "Poland 1"]
    opened.page.select_option("#measure", "units")
    assert opened.page.locator("#flow text").all_text_contents() == ["Turkey 24", "Aircraft 24", "Poland 24"]
    opened.page.click("#view summary")
    assert "Aircraft" in opened.page.inner_text("#view table")


def test_the_flow_says_how_many_transfers_have_no_number(small: Subgraph, open_page: Open) -> None:
    deal = small.transfers["transfer:1"]
    bare = replace(deal, properties={"kind": "sale", "status": "ordered"})
    opened = open_page(
        replace(small, transfers={**small.transfers, "transfer:1": bare}), address="#view=flow&measure=units"
    )
    assert "1 transfer without a number not drawn" in opened.page.inner_text(".view-bar")


def test_the_timeline_has_a_row_for_each_line_with_a_year(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich, address="#view=timeline")
    assert opened.page.locator("#timeline li").count() == 2
    assert "4 lines without a year not drawn" in opened.page.inner_text(".view-bar")
    lane = opened.page.locator("#timeline li", has_text="Turkey → Poland")
    assert (lane.locator("circle").count(), lane.locator("rect").count()) == (1, 2)
    lane.locator("button").click()
    assert "Poland has ordered some 24 drones." in opened.panel()


def test_the_map_puts_states_where_they_lie(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small, address="#view=map")
    names = {"Turkey", "Poland", "Saudi Arabia", "Armenia"}
    assert set(opened.page.locator("#map text").all_text_contents()) == names
    assert opened.page.locator("#map .map-line").count() == 3
    x = {
        name: float(opened.page.locator("#map circle", has_text=name).get_attribute("cx"))
        for name in ("Poland", "Turkey", "Armenia")
    }
    assert x["Poland"] < x["Turkey"] < x["Armenia"]
    opened.page.locator("#map circle", has_text="Poland").click()
    assert opened.page.inner_text("#panel h2") == "Poland"
    assert "3 nodes without a place not drawn" in opened.page.inner_text(".view-bar")


def test_a_graph_without_states_has_no_map(open_page: Open) -> None:
    opened = open_page(
        Subgraph("firms", {"firm:a": Node("firm:a", "Firm", "A"), "firm:b": Node("firm:b", "Firm", "B")}, ())
    )
    assert opened.page.get_by_role("button", name="Map", exact=True).count() == 0


@pytest.mark.parametrize("view", ["table", "matrix", "flow", "timeline", "map"])
def test_every_view_follows_the_filters(view: str, rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich, address=f"#view={view}")
    before = opened.page.inner_html("#view")
    opened.page.locator("#kind-filters input").first.uncheck()
    assert opened.page.inner_html("#view") != before
    assert opened.errors == []
