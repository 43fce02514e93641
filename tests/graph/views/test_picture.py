"""The picture: each kind of line looks its own, no line or label covers another, and moving it costs little."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from legation.graph.subgraph import Edge, Node, Subgraph

Open = Callable[..., Any]

MARKS = "legation.scene().marks.map(({path, ...look}) => ({d: path.text, ...look}))"


def strokes(opened: Any) -> list[dict[str, Any]]:
    """Give all that is stroked and not empty."""
    marks: list[dict[str, Any]] = opened.page.evaluate(MARKS)
    return [mark for mark in marks if mark.get("stroke") and mark["d"]]


def test_the_lines_of_each_kind_look_their_own(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    colour = "name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()"
    of = {name: opened.page.evaluate(colour, name) for name in ("ARMS", "MAY_ARM", "DID_NOT_ARM", "stated")}
    dashes = {name: [mark["dash"] for mark in strokes(opened) if mark["stroke"] == of[name]] for name in of}
    assert dashes["ARMS"] == [[]]
    assert dashes["stated"] == [[]]
    assert len(dashes["MAY_ARM"][0]) == 2
    assert dashes["DID_NOT_ARM"][0] != dashes["MAY_ARM"][0]
    assert dashes["DID_NOT_ARM"][1] == [], "the cross"
    assert len(set(of.values())) == 4


def test_a_cross_is_painted_on_what_was_refused(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    # The painting itself comes with the browser's next frame.
    opened.page.wait_for_function(
        """number => {
            const [left, top] = legation.pointOn(number);
            const frame = document.getElementById("picture").getBoundingClientRect();
            const context = network.canvas.getContext();
            const pixels = context.getImageData(left - frame.left - 6, top - frame.top - 6, 12, 12).data;
            let red = 0;
            for (let i = 0; i < pixels.length; i += 4) if (pixels[i] > 150 && pixels[i + 1] < 90) red++;
            return red > 25;
        }""",
        arg=opened.number("DID_NOT_ARM"),
        timeout=10_000,
    )


def test_lines_between_the_same_two_bend_apart(small: Subgraph, open_page: Open) -> None:
    kinds = ("LEADS", "OWNS", "SUPPORTS", "MEETS")
    more = tuple(Edge(kind, "person:haluk", "firm:baykar") for kind in kinds[2:])
    opened = open_page(replace(small, edges=small.edges + more))
    middles = [opened.page.evaluate("number => legation.pointOn(number)", opened.number(kind)) for kind in kinds]
    for (ax, ay), (bx, by) in combinations(middles, 2):
        assert abs(ax - bx) + abs(ay - by) > 12
    for kind, (x, y) in zip(kinds, middles, strict=True):
        opened.page.mouse.click(x, y)
        assert opened.page.evaluate("legation.data.edges[legation.state.chosen.number].kind") == kind


def test_a_line_with_three_thousand_others_is_found_by_a_click(open_page: Open) -> None:
    nodes = {f"S{number:03}": Node(f"S{number:03}", "State", f"State {number}") for number in range(300)}
    ends = [(a, (a * 7 + step * step + 1) % 300) for step in range(10) for a in range(300)]
    edges = tuple(Edge("ARMS", f"S{a:03}", f"S{b:03}", {"transfers": 1}) for a, b in dict.fromkeys(ends) if a != b)
    opened = open_page(Subgraph("many", nodes, edges))
    assert opened.page.evaluate("legation.shown.list.length") == len(edges)
    x, y = opened.page.evaluate("legation.pointOn(17, 0.3)")
    opened.page.mouse.click(x, y)
    assert opened.page.evaluate("legation.state.chosen.what") in ("edge", "node")


def test_hovering_shows_a_tip_and_does_not_paint_the_picture_anew(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.page.wait_for_timeout(400)
    opened.page.evaluate(
        """() => {
            window.painted = 0;
            const original = CanvasRenderingContext2D.prototype.clearRect;
            CanvasRenderingContext2D.prototype.clearRect = function (...box) {
                if (this.canvas !== network.canvas.frame.canvas) window.painted++;
                return original.apply(this, box);
            };
        }"""
    )
    x, y = opened.page.evaluate("number => legation.pointAt(number)", opened.node("POL"))
    opened.page.mouse.move(x, y, steps=4)
    assert "Poland" in opened.page.inner_text("#tip")
    x, y = opened.page.evaluate("number => legation.pointOn(number, 0.42)", opened.number("MAY_ARM"))
    opened.page.mouse.move(x, y, steps=4)
    assert "Turkey → Saudi Arabia" in opened.page.inner_text("#tip")
    opened.page.wait_for_timeout(300)
    assert opened.page.evaluate("window.painted") == 0


def test_a_node_can_be_dragged_and_is_sent_home_by_reset(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    before = opened.page.evaluate("number => legation.pointAt(number)", opened.node("POL"))
    opened.page.mouse.move(*before)
    opened.page.mouse.down()
    opened.page.mouse.move(before[0] + 60, before[1] + 45, steps=5)
    opened.page.mouse.up()
    after = opened.page.evaluate("number => legation.pointAt(number)", opened.node("POL"))
    assert after[0] - before[0] == pytest.approx(60, abs=12)
    opened.button("Reset")
    assert opened.page.evaluate("number => legation.pointAt(number)", opened.node("POL")) == pytest.approx(
        before, abs=1
    )


def test_settling_moves_the_nodes_for_two_seconds_and_reset_takes_it_back(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    places = "legation.data.nodes.map(({id}) => legation.pointAt(id)).flat()"
    before = opened.page.evaluate(places)
    opened.button("Settle")
    opened.page.wait_for_function("() => document.getElementById('said').textContent.startsWith('Settled')")
    assert opened.page.evaluate(places) != pytest.approx(before, abs=1)
    assert opened.page.evaluate("network.physics.physicsEnabled") is False
    opened.button("Reset")
    assert opened.page.evaluate(places) == pytest.approx(before, abs=1)
    assert opened.errors == []


def drag(opened: Any, start: tuple[float, float], across: float, down: float) -> None:
    """Drag what lies at a point of the screen."""
    opened.page.mouse.move(*start)
    opened.page.mouse.down()
    opened.page.mouse.move(start[0] + across, start[1] + down, steps=5)
    opened.page.mouse.up()


PLACE = "number => { const {x, y} = network.body.nodes[number]; return [x, y] }"


def test_a_node_that_is_filtered_away_cannot_be_dragged_and_comes_back_where_it_was(
    small: Subgraph, open_page: Open
) -> None:
    opened = open_page(small)
    number = opened.node("firm:baykar")
    at = "number => legation.pointAt(number)"
    drag(opened, opened.page.evaluate(at, number), 30, 20)
    moved = opened.page.evaluate(PLACE, number)
    opened.page.get_by_label("Firm").uncheck()
    drag(opened, opened.page.evaluate(at, number), 60, 45)
    assert opened.page.evaluate(PLACE, number) == pytest.approx(moved, abs=1), "the background moved, not the node"
    opened.page.get_by_label("Firm").check()
    drag(opened, opened.page.evaluate(at, number), 60, 45)
    assert opened.page.evaluate(PLACE, number) != pytest.approx(moved, abs=10)


def test_a_node_that_the_address_filters_away_cannot_be_dragged(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small, address="#labelsOff=Firm")
    number = opened.node("firm:baykar")
    before = opened.page.evaluate(PLACE, number)
    drag(opened, opened.page.evaluate("number => legation.pointAt(number)", number), 60, 45)
    assert opened.page.evaluate(PLACE, number) == before


def test_filters_tell_the_picture_only_of_nodes_that_come_or_go(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.page.evaluate(
        """() => {
            window.told = [];
            const set = network.body.data.nodes;
            set.on("update", (event, {items}) => window.told.push([...items]));
        }"""
    )
    opened.page.get_by_label("Firm").uncheck()
    opened.page.get_by_label("may come to arm").uncheck()
    assert opened.page.evaluate("window.told") == [[opened.node("firm:baykar")]]


@pytest.mark.parametrize("again", ["Reset", "Settle"])
def test_settling_is_called_off_by_reset_and_by_settling_again(again: str, small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    places = "legation.data.nodes.map(({id}) => legation.pointAt(id)).flat()"
    before = opened.page.evaluate(places)
    settled = "document.getElementById('said').textContent.startsWith('Settled')"
    opened.button("Settle")
    opened.page.wait_for_timeout(1000)
    opened.button(again)
    opened.page.wait_for_timeout(1400)
    assert not opened.page.evaluate(settled), "the first two seconds are over"
    if again == "Reset":
        assert opened.page.evaluate("network.physics.physicsEnabled") is False
        assert opened.page.evaluate(places) == pytest.approx(before, abs=1)
    else:
        opened.page.wait_for_function(f"() => {settled}")
        opened.page.wait_for_timeout(200)
        still = opened.page.evaluate(places)
        opened.page.wait_for_timeout(300)
        assert opened.page.evaluate(places) == still
    assert opened.errors == []


def test_moving_the_picture_by_keyboard_and_fitting_it_again(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    before = opened.page.evaluate("network.getViewPosition()")
    opened.page.focus("#picture .vis-network")
    opened.page.keyboard.press("ArrowRight", delay=150)
    assert opened.page.evaluate("network.getViewPosition()") != before
    opened.button("Fit")
    assert opened.page.evaluate("network.getViewPosition()") == before


def test_the_width_of_a_line_means_what_is_chosen(small: Subgraph, open_page: Open) -> None:
    edges = tuple(
        replace(edge, properties={**edge.properties, "units": 400}) if edge.kind == "ARMS" else edge
        for edge in small.edges
    )
    opened = open_page(replace(small, edges=edges))
    width = "number => Math.max(...legation.scene().marks.filter(({stroke}) => stroke).map(({width}) => width))"
    opened.page.select_option("#measure", "transfers")
    by_transfers = opened.page.evaluate(width)
    opened.page.select_option("#measure", "units")
    assert opened.page.evaluate(width) > by_transfers
    assert "400" in opened.page.inner_text("#width-scale")


def test_a_line_that_rests_on_estimates_is_hollow_and_the_legend_says_so(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich)
    opened.page.select_option("#measure", "units")
    assert "mostly estimated" in opened.page.inner_text("#width-scale")
    paper = "getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()"
    marks = [mark for mark in strokes(opened) if mark["stroke"] == opened.page.evaluate(paper) and "L" in mark["d"]]
    assert marks


@pytest.mark.parametrize("colouring", ["degree", "community"])
def test_nodes_are_coloured_by_partners_or_communities(colouring: str, small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    fills = "[...new Set(legation.scene().marks.filter(({fill}) => fill).map(({fill}) => fill))].sort()"
    before = opened.page.evaluate(fills)
    opened.page.select_option("#colouring", colouring)
    assert opened.page.evaluate(fills) != before
    assert f"colouring={colouring}" in opened.page.evaluate(
        "new Promise(done => setTimeout(() => done(location.hash), 300))"
    )


def test_what_was_left_out_and_how_to_see_it_stands_on_the_page(small: Subgraph, open_page: Open) -> None:
    opened = open_page(replace(small, left_out=2638))
    assert "7 of 2,645 nodes shown" in opened.page.inner_text("#left-out")
    assert "--hops" in opened.page.inner_text("#left-out")


def test_fifty_thousand_lines_open_and_the_page_says_what_it_left_out(open_page: Open) -> None:
    nodes = {f"S{number:03}": Node(f"S{number:03}", "State", f"State {number}") for number in range(400)}
    pairs = [(a, b) for a in range(400) for b in range(a % 3, 400, 3) if a != b][:50_000]
    opened = open_page(Subgraph("dense", nodes, tuple(Edge("ARMS", f"S{a:03}", f"S{b:03}") for a, b in pairs)))
    assert "12,000 of 50,000 lines shown" in opened.page.inner_text("#left-out")
    assert opened.errors == []


@pytest.mark.parametrize("count", [0, 1])
def test_an_empty_graph_and_a_single_node_work(count: int, small: Subgraph, open_page: Open) -> None:
    opened = open_page(Subgraph("little", dict(list(small.nodes.items())[:count]), ()))
    for view in ("Table", "Matrix", "Flow", "Timeline", "Picture"):
        opened.button(view)
    for tool in ("Fit", "Settle", "Reset"):
        opened.button(tool)
    assert opened.errors == []
    assert opened.page.is_visible("#empty") == (count == 0)


def test_a_node_without_a_name_shows_its_id(small: Subgraph, open_page: Open) -> None:
    opened = open_page(Subgraph("nameless", {"POL": Node("POL", "State", "")}, ()))
    assert opened.page.evaluate("legation.scene().texts.map(({text}) => text)") == ["POL"]


def test_a_line_from_a_node_to_itself_is_drawn_and_found(small: Subgraph, open_page: Open) -> None:
    loops = tuple(Edge(kind, "TUR", "TUR", {"transfers": 1}) for kind in ("ALLIED_WITH", "OPPOSES"))
    opened = open_page(replace(small, edges=small.edges + loops))
    x, y = opened.page.evaluate("number => legation.pointOn(number)", opened.number("OPPOSES"))
    opened.page.mouse.click(x, y)
    assert opened.page.evaluate("legation.data.edges[legation.state.chosen.number].kind") == "OPPOSES"
    assert opened.errors == []


@pytest.mark.parametrize("width", [1280, 800])
def test_labels_at_the_first_view_do_not_cover_each_other(width: int, small: Subgraph, open_page: Open) -> None:
    opened = open_page(small, width=width)
    written = opened.page.evaluate(
        """() => {
            const ruler = document.createElement("canvas").getContext("2d");
            return legation.scene().texts.map(({text, x, y, size}) => {
                ruler.font = `${size}px system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif`;
                return [text, x, y, ruler.measureText(text).width];
            });
        }"""
    )
    assert {node.name for node in small.nodes.values()} <= {text for text, *_ in written}
    for (_, x, y, wide), (_, other_x, other_y, other_wide) in combinations(written, 2):
        assert abs(x - other_x) >= (wide + other_wide) / 2 or abs(y - other_y) >= 12


def make_trade(buyers: int = 130) -> Subgraph:
    """Three suppliers of the same buyers, each buyer with one main supplier."""
    suppliers = {f"S{number}": Node(f"S{number}", "State", f"Supplier {number}") for number in range(3)}
    clients = {f"B{number:03}": Node(f"B{number:03}", "State", f"Buyer {number}") for number in range(buyers)}
    edges = tuple(
        Edge("ARMS", f"S{supplier}", f"B{buyer:03}", {"transfers": 1, "tiv": 90 if buyer % 3 == supplier else 5})
        for supplier in range(3)
        for buyer in range(buyers)
    )
    return Subgraph("trade", {**suppliers, **clients}, edges)


def test_among_many_lines_the_strongest_of_each_node_stand_out_and_the_legend_says_so(open_page: Open) -> None:
    opened = open_page(make_trade())
    leading = opened.page.evaluate("[...legation.shown.leading].map(id => legation.data.edges[id].tiv)")
    assert leading == [90] * 130
    alphas = {mark["alpha"] for mark in strokes(opened) if "L" in mark["d"]}
    assert min(alphas) < 0.7
    assert max(alphas) >= 0.8
    assert "faint: not the strongest line of either end" in opened.page.inner_text("#width-scale")


def test_the_hubs_are_named_however_many_there_are(open_page: Open) -> None:
    opened = open_page(make_trade(400))
    written = opened.page.evaluate("legation.scene().texts.map(({text}) => text)")
    assert {"Supplier 0", "Supplier 1", "Supplier 2"} <= set(written)


def test_a_chosen_line_among_many_is_seen_however_thin_it_would_be(open_page: Open) -> None:
    opened = open_page(make_trade(), address="#edge=1")
    chosen = [mark for mark in strokes(opened) if mark["alpha"] == 1 and mark["d"].count("L") == 1]
    assert [mark["width"] >= 1.5 for mark in chosen] == [True]


def test_few_lines_are_all_alike(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    assert {mark["alpha"] for mark in strokes(opened)} == {1}
    assert "faint" not in opened.page.inner_text("#width-scale")


def test_width_means_volumes_at_first_where_most_lines_know_them(open_page: Open) -> None:
    assert open_page(make_trade(4)).page.input_value("#measure") == "tiv"
