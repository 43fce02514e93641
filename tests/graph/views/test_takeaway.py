"""Taking away: pictures and tables from the page itself, of what is shown, that other programs can read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest
from legation.graph.subgraph import Node, Subgraph

Open = Callable[..., Any]


def test_png_has_twice_the_pixels_and_says_where_it_comes_from(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    with opened.page.expect_download() as waiting:
        opened.page.select_option("#take", "PNG")
    png = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename == "who-is-armed-by-turkey.png"
    assert png.startswith(b"\x89PNG")
    width = int.from_bytes(png[16:20], "big")
    assert width == 2 * opened.page.evaluate("document.getElementById('picture').clientWidth")


def test_svg_is_drawn_by_the_same_hand_as_the_screen(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    root = ElementTree.fromstring(opened.save("SVG"))
    texts = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {node.name for node in small.nodes.values()} <= texts
    assert "Who is armed by Turkey" in texts
    assert "© Example Wire" in texts
    dashes = {path.get("stroke-dasharray") for path in root.iter("{http://www.w3.org/2000/svg}path")}
    assert len(dashes - {None, ""}) == 2


def test_csv_holds_a_row_for_each_quote_and_no_formula(small: Subgraph, open_page: Open) -> None:
    planted = replace(small, nodes={**small.nodes, "POL": Node("POL", "State", "=1+1")})
    rows = list(csv.DictReader(io.StringIO(open_page(planted).save("CSV"))))
    assert len(rows) == 4 + 3, "four claims of transfers, three of relations"
    assert {row["to"] for row in rows if row["relation"] == "arms"} == {"'=1+1"}
    assert [row["disputes"] for row in rows if row["relation"] == "arms"] == ["", "yes"]
    assert rows[0]["ordered"] == "24"
    assert rows[0]["estimated"] == "quantity_ordered"


@pytest.mark.parametrize("form", ["GraphML", "GEXF"])
def test_networkx_reads_what_was_saved(form: str, small: Subgraph, open_page: Open, tmp_path: Path) -> None:
    planted = replace(small, nodes={**small.nodes, "POL": Node("POL", "State", "<b>&\x00\ud800'\"")})
    file = tmp_path / "saved.xml"
    file.write_text(open_page(planted).save(form), encoding="utf-8")
    read = networkx.read_graphml if form == "GraphML" else networkx.read_gexf
    graph = read(file, force_multigraph=True) if form == "GraphML" else read(file)
    kinds = sorted(values["kind"] for *_, values in graph.edges(data=True))
    assert kinds == sorted(edge.kind for edge in small.edges)
    assert graph.number_of_nodes() == len(small.nodes)
    names = {values.get("name" if form == "GraphML" else "label") for _, values in graph.nodes(data=True)}
    assert any(str(name).startswith("<b>&") for name in names)


def test_json_holds_lines_with_transfers_quotes_and_documents(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich)
    saved = json.loads(opened.save("JSON"))
    (line,) = [line for line in saved["lines"] if line["kind"] == "ARMS"]
    (deal,) = line["transfers_shown"]
    assert (line["from"], line["to"], line["units"]) == ("TUR", "POL", 24)
    assert deal["systems"] == ["Bayraktar TB2"]
    assert deal["parts"] == [["FINANCES", "Saudi Arabia"], ["USED_BEFORE", "An air force"]]
    assert deal["quotes"][0]["document"]["source"]["name"] == "Example Wire"
    assert saved["data_sha256"] == opened.page.get_attribute("#data", "data-sha256")


def test_only_what_is_shown_is_taken_away(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small, address="#kindsOff=MAY_ARM&labelsOff=Person")
    saved = json.loads(opened.save("JSON"))
    assert {line["kind"] for line in saved["lines"]} == {"ARMS", "DID_NOT_ARM", "MAKES"}
    assert "person:haluk" not in {node["key"] for node in saved["nodes"]}


def test_on_paper_there_are_picture_and_evidence_and_no_controls(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.click_line("ARMS")
    opened.page.emulate_media(media="print")
    for hidden in ("#search", "#tools", "#views", "#panel-bar"):
        assert not opened.page.is_visible(hidden)
    for seen in ("#title", "#picture", "#panel blockquote", "footer"):
        assert opened.page.locator(seen).first.is_visible()
    assert len(opened.page.pdf()) > 10_000
