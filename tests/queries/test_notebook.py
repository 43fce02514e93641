"""Answers and pictures in a notebook: what they hold, and that no text in them is taken for markup."""

from __future__ import annotations

import builtins
import re
from itertools import pairwise
from typing import Any

import pytest
from legation.graph.errors import ParameterWrong
from legation.graph.rows import Rows
from legation.graph.store import GraphStore
from legation.graph.subgraph import Edge, Node, Subgraph
from legation.graph.views.drawing import draw
from legation.queries.cards import CARDS
from legation.queries.formats import heading
from legation.queries.notebook import MOST_ROWS, to_frame, to_html
from legation.queries.picture import around
from lxml import etree, html
from payloads import PAYLOADS

TEXTS = [text for text in PAYLOADS if text]
ALLOWED = {"div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "ul", "li"}
SVG = "{http://www.w3.org/2000/svg}"
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def tree(text: str) -> Any:
    """Parse HTML as a browser would; what it cannot hold is left to the writer of the bytes."""
    return html.fragment_fromstring(text.encode("utf-8", "replace").decode(), create_parent="div")


def only_plain(parsed: Any) -> None:
    """Check that there is nothing but the elements of a table, without a single attribute."""
    for element in parsed.iter():
        assert element.tag in ALLOWED
        assert not element.attrib


def hostile() -> Subgraph:
    """A picture in which every text is hostile."""
    nodes = {f"firm:{number}": Node(f"firm:{number}", "Firm", text) for number, text in enumerate(TEXTS[:120])}
    ids = list(nodes)
    edges = tuple(Edge("OWNS", a, b, {"title": nodes[a].name}) for a, b in pairwise(ids))
    return Subgraph(TEXTS[0], nodes, edges)


def test_no_cell_of_an_answer_is_markup() -> None:
    rows = Rows(("a", "b"), [{"a": text, "b": [text]} for text in TEXTS])
    for start in range(0, len(TEXTS), MOST_ROWS):
        part = Rows(rows.columns, rows.records[start : start + MOST_ROWS])
        parsed = tree(to_html(TEXTS[start], part, TEXTS[start : start + 5]))
        only_plain(parsed)
        assert len(parsed.findall(".//td")) == 2 * len(part)


def test_no_name_in_a_subgraph_is_markup() -> None:
    parsed = tree(hostile()._repr_html_())
    only_plain(parsed)
    assert len(parsed.findall(".//li")) == 20


def test_no_name_in_a_drawing_is_markup() -> None:
    graph = hostile()
    svg = draw(graph).svg
    parsed = etree.fromstring(svg.encode())
    assert {str(one.tag) for one in parsed.iter()} <= {
        SVG + name for name in ("svg", "g", "rect", "path", "circle", "text", "title")
    }
    assert not {name for one in parsed.iter() for name in one.attrib if name.startswith("on") or "href" in name}
    told = {one.text for one in parsed.iter(f"{SVG}title")}
    names = {NOT_IN_XML.sub("\ufffd", node.name) for node in graph.nodes.values()}
    assert {f"{name} (firm)" for name in names} <= told


def test_a_drawing_shows_every_node_and_line_and_is_the_same_each_time(asked: GraphStore) -> None:
    graph = around(asked, [], 1)
    svg = draw(graph).svg
    parsed = etree.fromstring(svg.encode())
    told = [one.text for one in parsed.iter(f"{SVG}title")]
    assert len(told) == len(graph.nodes) + len(graph.edges)
    assert "Türkiye may come to arm Hungary" in told
    assert "United States did not arm Türkiye" in told
    assert svg == draw(around(asked, [], 1)).svg
    assert svg.startswith("<svg xmlns")


def test_a_drawing_of_nothing() -> None:
    assert etree.fromstring(draw(Subgraph("Nothing", {}, ())).svg.encode()).tag == f"{SVG}svg"


def test_an_answer_is_a_frame_in_which_unknown_is_not_zero(asked: GraphStore) -> None:
    answer = CARDS["buyers"].run(asked, supplier="Turkey")
    frame = answer.to_frame()
    assert list(frame.columns) == list(answer.rows.columns)
    units = dict(zip(frame["buyer"], frame["units"], strict=True))
    assert units["Poland"] == 24
    assert frame["units"].isna()[list(frame["buyer"]).index("Hungary")]
    assert str(frame["deals"].dtype) == "Int64"
    assert to_frame(Rows(("a", "b"), [])).shape == (0, 2)


def test_an_answer_shows_itself_with_what_to_mind(asked: GraphStore) -> None:
    answer = CARDS["buyers"].run(asked, supplier="Turkey")
    parsed = tree(answer._repr_html_())
    assert parsed.findtext(".//strong") == answer.asked
    assert [one.text for one in parsed.findall(".//th")] == [
        heading(name) for name in answer.rows.columns if name != "transfer_ids"
    ]
    assert answer.card.mind in parsed.text_content()
    assert repr(answer) == f"<Answer: {answer.asked} {len(answer.rows)} rows>"


def test_many_rows_are_cut_and_counted() -> None:
    rows = Rows(("a",), [{"a": number} for number in range(1_000)])
    parsed = tree(to_html("How many?", rows, ()))
    assert len(parsed.findall(".//tr")) == MOST_ROWS + 1
    assert f"These are the first {MOST_ROWS} of 1,000 rows." in parsed.text_content()


def test_without_pandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = builtins.__import__

    def without(name: str, *more: Any, **named: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return found(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ParameterWrong, match=r"legation\[notebook\]"):
        to_frame(Rows(("a",), []))
