"""Table, matrix, flow, timeline and map: the same data in other shapes, each leading to the evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from legation.graph.subgraph import Deal, Edge, Node, Subgraph

Open = Callable[..., Any]

BOXES = "marks => marks.map(mark => { const {x, y, width, height} = mark.getBBox(); return [x, y, width, height] })"


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


def column_of(opened: Any, name: str) -> list[str]:
    """Give the cells of a column of the table from top to bottom."""
    heads = [head.rstrip(" ↑↓") for head in opened.page.locator("#table thead th").all_inner_texts()]
    cells: list[str] = opened.page.locator(f"#table tbody tr > :nth-child({heads.index(name) + 1})").all_inner_texts()
    return cells


def test_what_is_unknown_comes_last_whichever_way_a_table_is_sorted(rich: Subgraph, open_page: Open) -> None:
    first = rich.transfers["transfer:1"]
    larger = replace(first, id="transfer:6", properties={"kind": "sale", "status": "ordered", "tiv_delivered": 40})
    smaller = replace(larger, id="transfer:7", properties={**larger.properties, "tiv_delivered": 9})
    opened = open_page(replace(rich, transfers={**rich.transfers, "transfer:6": larger, "transfer:7": smaller}))
    opened.button("Table")
    opened.page.select_option("#table-of", "transfers")
    last = ["between 0 and 0.5", "unknown", "unknown", "unknown"]
    opened.button("TIV delivered")
    assert column_of(opened, "TIV delivered") == ["9", "40", *last]
    opened.button("TIV delivered ↑")
    assert column_of(opened, "TIV delivered") == ["40", "9", *last]


def test_years_sort_as_numbers_and_lines_without_one_come_last(small: Subgraph, open_page: Open) -> None:
    years = iter((2014, 988, 10_000))
    edges = tuple(
        replace(edge, properties={**edge.properties, "first_year": next(years)}) if edge.transfers else edge
        for edge in small.edges
    )
    dated = {"MAKES": "2004-11-30", "OWNS": "2004-02-01"}
    dates = {kind: {"since": date} for kind, date in dated.items()} | {"LEADS": {}}
    edges = tuple(replace(edge, properties=dates.get(edge.kind, edge.properties)) for edge in edges)
    opened = open_page(replace(small, edges=edges), address="#view=table")
    opened.button("First")
    known = ["988", "2004-02-01", "2004-11-30", "2014", "10000"]
    assert column_of(opened, "First") == [*known, ""]
    opened.button("First ↑")
    assert column_of(opened, "First") == [*known[::-1], ""]


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


def make_volumes(rich: Subgraph) -> Subgraph:
    """Two lines with volumes: to Poland one of 30 million, one below half, one unknown; to Armenia two below half."""
    of: dict[str, tuple[str, dict[str, Any]]] = {
        "t1": ("POL", {"tiv_delivered": 30}),
        "t2": ("POL", {"below_half": ["tiv_delivered"]}),
        "t3": ("POL", {}),
        "t4": ("ARM", {"below_half": ["tiv_order"]}),
        "t5": ("ARM", {"below_half": ["tiv_delivered"]}),
    }
    deals = {
        key: Deal(key, ("TUR",), (buyer,), (), {"kind": "sale", "status": "delivered", **values}, ())
        for key, (buyer, values) in of.items()
    }
    numbers = {"status": "delivered", "units_unknown": 3}
    edges = (
        Edge("ARMS", "TUR", "POL", {**numbers, "transfers": 3, "tiv": 30}, ("t1", "t2", "t3")),
        Edge("ARMS", "TUR", "ARM", {**numbers, "transfers": 2}, ("t4", "t5")),
    )
    return Subgraph("volumes", {key: rich.nodes[key] for key in ("TUR", "POL", "ARM")}, edges, deals)


def test_a_sum_of_volumes_says_what_it_leaves_out(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(make_volumes(rich), address="#view=table&measure=tiv")
    assert column_of(opened, "TIV") == [
        "between 0 and 1",
        "30 (1 transfer between 0 and 0.5, 1 transfer without a number)",
    ]
    opened.page.get_by_role("button", name="Evidence: Turkey → Poland").click()
    told = "TIV 30 million in all that is known (1 transfer between 0 and 0.5, 1 transfer without a number)"
    assert told in opened.panel()
    opened.button("Matrix")
    assert opened.page.locator(".cell").all_inner_texts() == ["30+?", "0–1"]
    opened.page.get_by_role("button", name=f"Turkey → Poland, arms: {told}").click()
    opened.page.get_by_role("button", name="Turkey → Armenia, arms: TIV between 0 and 1 million").click()
    assert "TIV between 0 and 1 million" in opened.panel()
    assert "3 transfers between 0 and 0.5, 1 transfer without a number add no width" in opened.page.inner_text(
        "#width-scale"
    )
    opened.button("Flow")
    told = opened.page.inner_text(".view-bar")
    assert "3 transfers between 0 and 0.5, 1 transfer without a number not drawn" in told


def test_what_a_sum_leaves_out_follows_the_filters(rich: Subgraph, open_page: Open) -> None:
    volumes = make_volumes(rich)
    signed = replace(volumes.transfers["t3"], properties={"kind": "sale", "status": "signed"})
    opened = open_page(
        replace(volumes, transfers={**volumes.transfers, "t3": signed}), address="#view=table&statusesOff=signed"
    )
    assert column_of(opened, "TIV")[1] == "30 (1 transfer between 0 and 0.5)"


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


def test_the_years_of_the_timeline_stand_above_what_happened_in_them(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich, address="#view=timeline")
    middle = "element => { const {left, right} = element.getBoundingClientRect(); return (left + right) / 2 }"
    year = opened.page.locator(".axis text", has_text="2022").evaluate(middle)
    delivery = opened.page.locator("#timeline rect", has_text="2022: delivered").first
    assert delivery.evaluate(middle) == pytest.approx(year, abs=1)
    box = opened.page.locator("#timeline circle").first.bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(box["height"], abs=0.5)


def make_market(suppliers: int) -> Subgraph:
    """Many suppliers of one buyer, the first with ten thousand units, the others with one; two bear the same name."""
    names = ["Big", *(f"Supplier {number}" for number in range(2, suppliers)), "Supplier 2"]
    nodes = {f"S{number:02}": Node(f"S{number:02}", "State", name) for number, name in enumerate(names)}
    deals = {
        f"t{key}": Deal(
            f"t{key}", (key,), ("POL",), ((f"system:{key}", key),),
            {"kind": "sale", "status": "delivered", "quantity_ordered": 1 if place else 10_000}, (),
        )
        for place, key in enumerate(nodes)
    }  # fmt: skip
    edges = tuple(Edge("ARMS", key, "POL", {"transfers": 1}, (f"t{key}",)) for key in nodes)
    return Subgraph("market", {**nodes, "POL": Node("POL", "State", "Poland")}, edges, deals)


def test_names_in_the_flow_never_cover_each_other_and_two_of_a_name_stay_two(open_page: Open) -> None:
    opened = open_page(make_market(12), address="#view=flow&measure=units")
    boxes = opened.page.locator("#flow text").evaluate_all(BOXES)
    for (ax, ay, a_wide, a_high), (bx, by, b_wide, b_high) in combinations(boxes, 2):
        assert ax + a_wide <= bx or bx + b_wide <= ax or ay + a_high <= by + 1 or by + b_high <= ay + 1
    assert opened.page.locator("#flow text", has_text="Supplier 2 1").count() == 2


def test_names_on_the_map_cover_neither_each_other_nor_a_state(open_page: Open) -> None:
    states = {
        "POL": "Poland",
        "DEU": "Germany",
        "CZE": "Czechia",
        "SVK": "Slovakia",
        "HUN": "Hungary",
        "AUT": "Austria",
    }
    edges = tuple(Edge("ARMS", "DEU", key, {"transfers": 1}) for key in states if key != "DEU")
    nodes = {key: Node(key, "State", name) for key, name in states.items()}
    opened = open_page(Subgraph("near", nodes, edges), address="#view=map")
    names = opened.page.locator("#map text").evaluate_all(BOXES)
    assert len(names) >= 3
    for x, y, width, height in opened.page.locator("#map circle").evaluate_all(BOXES):
        middle_x, middle_y = x + width / 2, y + height / 2
        assert not any(a < middle_x < a + wide and b < middle_y < b + high for a, b, wide, high in names)
