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
    assert str(graph.nodes["POL"]["label"]).startswith("<b>&")


@pytest.mark.parametrize("form", ["GraphML", "GEXF"])
def test_graph_files_name_things_as_the_export_does(
    form: str, small: Subgraph, open_page: Open, tmp_path: Path
) -> None:
    edges = tuple(
        replace(edge, properties={**edge.properties, "transfers": 3}) if edge.kind == "ARMS" else edge
        for edge in small.edges
    )
    file = tmp_path / "saved.xml"
    file.write_text(open_page(replace(small, edges=edges)).save(form), encoding="utf-8")
    read = networkx.read_graphml if form == "GraphML" else networkx.read_gexf
    told, export = read(file), replace(small, edges=edges).to_networkx()
    for name in ("label", "group"):
        assert dict(told.nodes(data=name)) == dict(export.nodes(data=name))
    assert sorted(told.edges(data="weight")) == sorted(export.edges(data="weight"))


def test_json_gives_of_a_quote_what_it_states_and_nothing_of_the_page(rich: Subgraph, open_page: Open) -> None:
    agreeing = replace(rich.quotes["claim:3"], claim={**rich.quotes["claim:3"].claim, "kind": "sale"})
    opened = open_page(replace(rich, quotes={**rich.quotes, "claim:3": agreeing}))
    saved = json.loads(opened.save("JSON"))
    (line,) = [line for line in saved["lines"] if line["kind"] == "MAY_ARM"]
    (quote,) = line["transfers_shown"][0]["quotes"]
    assert quote["states"] == {"kind": "sale", "status": "negotiating"}
    assert not {"first", "main", "id", "deal", "confidence"} & set(quote["states"])
    for node in saved["nodes"]:
        assert node["group"] == rich.nodes[node["key"]].label


def test_transfers_that_no_line_draws_are_taken_away_too(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich)
    (deal,) = json.loads(opened.save("JSON"))["transfers_without_line"]
    assert (deal["status"], deal["suppliers"], deal["buyers"]) == ("withdrawn", ["Turkey"], ["Armenia"])
    assert deal["quotes"][0]["quote"] == "Armenia,Turkey,2019,4,TB2"
    (row,) = [row for row in csv.DictReader(io.StringIO(opened.save("CSV"))) if row["status"] == "withdrawn"]
    assert (row["relation"], row["from"], row["to"], row["ordered"]) == ("", "Turkey", "Armenia", "4")
    opened.page.click("#more > summary")
    opened.page.get_by_label("withdrawn").uncheck()
    assert json.loads(opened.save("JSON"))["transfers_without_line"] == []


def test_json_and_csv_keep_what_is_known_of_a_line(small: Subgraph, open_page: Open) -> None:
    known = {"contested": True, "sources": 2, "share": "51 %"}
    edges = tuple(
        replace(
            edge, properties={**edge.properties, **known} if edge.kind == "LEADS" else edge.properties, transfers=()
        )
        for edge in small.edges
    )
    opened = open_page(replace(small, edges=edges))
    (line,) = [line for line in json.loads(opened.save("JSON"))["lines"] if line["kind"] == "LEADS"]
    assert (line["contested"], line["sources"], line["more"]) == (True, 2, {"share": "51 %"})
    rows = {row["relation"]: row for row in csv.DictReader(io.StringIO(opened.save("CSV")))}
    assert (rows["leads"]["title"], rows["leads"]["since"], rows["leads"]["status"]) == ("chief executive", "2004", "")
    assert (rows["arms"]["status"], rows["arms"]["to"]) == ("ordered", "Poland"), "a line without kept transfers"


def test_a_picture_says_how_many_licences_do_not_fit_below_it(small: Subgraph, open_page: Open) -> None:
    quotes = {
        key: replace(quote, document={**quote.document, "id": key, "licence": f"© {key}"})
        for key, quote in small.quotes.items()
    }
    svg = open_page(replace(small, quotes=quotes)).save("SVG")
    assert svg.count("© claim:") == 4
    assert "and 2 more licences" in svg


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
