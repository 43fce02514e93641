"""The data of a page: all of the graph, the same bytes each time, and nothing that could end its script tag."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legation.graph.errors import ParameterWrong, QueryError
from legation.graph.subgraph import Edge, Node, Quote, Subgraph
from legation.graph.views import content
from legation.graph.views.columns import to_cells, to_columns
from legation.graph.views.content import Discretion, to_plain
from legation.graph.views.packing import read_data, read_places, to_json, to_script
from legation.graph.views.snapshot import render


def records_of(table: Any) -> list[dict[str, Any]]:
    """Give the records of a table that is kept by columns, as the page's script does."""
    records: list[dict[str, Any]] = [{} for _ in range(table["length"])]
    for name, values in table["columns"]:
        number = 0
        for record, value in zip(records, values, strict=True):
            if value is None:
                continue
            if name not in table["stepped"]:
                record[name] = value
                continue
            numbers = []
            for step in value if isinstance(value, list) else [value]:
                number += step
                numbers.append(number)
            record[name] = numbers if isinstance(value, list) else number
    return records


def test_the_same_graph_gives_the_same_bytes_whatever_the_order_of_its_mappings(rich: Subgraph) -> None:
    turned = replace(
        rich,
        nodes=dict(reversed(list(rich.nodes.items()))),
        transfers=dict(reversed(list(rich.transfers.items()))),
        quotes=dict(reversed(list(rich.quotes.items()))),
    )
    assert render(rich) == render(rich) == render(turned)


def test_a_page_holds_no_date_of_its_making_and_no_path_of_its_machine(small: Subgraph, tmp_path: Path) -> None:
    html = render(small, facts={"Store": "here"})
    assert str(Path.home()) not in html
    assert str(tmp_path) not in html
    assert str(date.today().year + 1) not in json.dumps(read_data(html))
    assert re.search(r"\d{2}:\d{2}:\d{2}", json.dumps(read_data(html))) is None


def test_all_of_the_graph_is_in_the_data(small: Subgraph) -> None:
    data = read_data(render(small, facts={"Store": "here"}))
    names = [node["name"] for node in data["nodes"]]
    edges = records_of(data["edges"])
    lines = {(edge["kind"], names[edge["from"]], names[edge["to"]]) for edge in edges}
    assert lines == {(edge.kind, small.nodes[edge.source].name, small.nodes[edge.target].name) for edge in small.edges}
    quotes = [quote.get("quote") for quote in records_of(data["quotes"]) if "quote" in quote]
    rows = [",".join(filter(None, row)) for row in zip(*data["quotes"]["cells"], strict=True)]
    assert {*quotes, *rows} == {quote.claim["quote"] for quote in small.quotes.values()}
    deals = records_of(data["deals"])
    assert {quote for deal in deals for quote in deal["quotes"]} == {
        number for edge in edges for deal in edge.get("deals", ()) for number in deals[deal]["quotes"]
    }
    assert data["facts"] == [["Store", "here"]]


def test_a_quote_states_its_own_values_only_where_it_differs_from_its_transfer(rich: Subgraph) -> None:
    data = read_data(render(rich))
    stated = [quote.get("states") for quote in records_of(data["quotes"])]
    assert {"status": "delivered", "quantity_ordered": 18} in stated
    agreeing = replace(rich.quotes["claim:3"], claim={**rich.quotes["claim:3"].claim, "kind": "sale"})
    data = read_data(render(replace(rich, quotes={**rich.quotes, "claim:3": agreeing})))
    (quote,) = [one for one in records_of(data["quotes"]) if "Riyadh" in one.get("quote", "")]
    assert "states" not in quote


def test_a_line_whose_end_is_missing_is_an_error_that_names_it(small: Subgraph) -> None:
    with pytest.raises(QueryError, match="'XXX'"):
        render(replace(small, edges=(Edge("ARMS", "TUR", "XXX"),)))


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**9), st.lists(st.integers(0, 10**9), min_size=1))))
def test_stepped_columns_give_the_numbers_again(values: list[int | Sequence[int] | None]) -> None:
    table = to_columns([{"n": value} for value in values], ("n", "absent"), ("n",))
    assert [record.get("n") for record in records_of(table)] == values


@given(st.lists(st.text()))
def test_rows_cut_into_cells_give_their_words_again(rows: list[str]) -> None:
    columns = to_cells(rows)
    assert [",".join(cell for cell in row if cell is not None) for row in zip(*columns, strict=True)] == rows


@given(st.text() | st.characters(categories=["Cs"]))
def test_data_cannot_end_its_script_tag(text: str) -> None:
    written = to_json(text + "</script><!--&\u2028\u2029\ud800🚀")
    assert not set("<>&\u2028\u2029\ud800") & set(written)
    assert json.loads(written) == text + "</script><!--&\u2028\u2029\ud800🚀"
    written.encode("utf-8")


@pytest.mark.parametrize("length", [10, 100_000])
def test_short_data_stand_as_json_and_long_ones_are_packed(length: int) -> None:
    content = {"title": "a" * length, "more": "</script>"}
    script = to_script(content)
    assert script.type == ("application/json" if length == 10 else "application/zlib")
    assert "<" not in script.text
    assert read_data(f'<script type="{script.type}" id="data" data-sha256="x">{script.text}</script>') == content


def test_values_of_a_store_become_plain() -> None:
    assert to_plain({"on": date(2021, 12, 3), "of": (1, float("nan")), "in": {"b", "a"}}) == {
        "on": "2021-12-03",
        "of": [1, "nan"],
        "in": ["a", "b"],
    }


def test_redacted_quotes_are_nowhere_in_the_file(rich: Subgraph) -> None:
    data = json.dumps(read_data(render(rich, discretion=Discretion(quotes=True))), ensure_ascii=False)
    for quote in rich.quotes.values():
        assert quote.claim["quote"] not in data
    assert "some 24 drones" not in data
    assert "Example Wire" in data


def test_without_sources_neither_names_nor_addresses_nor_licences_are_in_the_file(rich: Subgraph) -> None:
    data = json.dumps(read_data(render(rich, discretion=Discretion(sources=True))), ensure_ascii=False)
    for word in ("Example", "Drones for everyone", "example.org", "A register", "©", "doc:", "A spokesman"):
        assert word not in data
    assert "some 24 drones" in data


def test_of_too_many_lines_those_with_the_most_transfers_stay(small: Subgraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MOST_LINES", 2)
    edges = (*small.edges, Edge("ARMS", "TUR", "SAU", {"transfers": 2}, ("transfer:1", "transfer:2")))
    data = read_data(render(replace(small, edges=edges, left_out=5)))
    assert data["edges"]["length"] == 2
    assert data["left_out"] == {"lines": 5, "nodes": 5 + len(small.nodes) - len(data["nodes"])}
    kept = {node["key"] for node in data["nodes"]}
    assert {"TUR", "SAU"} <= kept
    assert "person:haluk" not in kept


def test_nodes_of_an_earlier_page_keep_their_places(small: Subgraph, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.html"
    earlier.write_text(render(small), encoding="utf-8")
    places = read_places(earlier)
    more = replace(
        small,
        nodes={**small.nodes, "UKR": Node("UKR", "State", "Ukraine")},
        edges=(*small.edges, Edge("ARMS", "TUR", "UKR", {"transfers": 1})),
    )
    later = {node["key"]: (node["x"], node["y"]) for node in read_data(render(more, stable_with=earlier))["nodes"]}
    assert places == {key: place for key, place in later.items() if key != "UKR"}
    assert later["UKR"] not in places.values()


@pytest.mark.parametrize("text", [None, "no page", '<script type="application/zlib" id="data">AAAA</script>'])
def test_what_is_no_earlier_page_is_told_so(text: str | None, small: Subgraph, tmp_path: Path) -> None:
    file = tmp_path / "other.html"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(ParameterWrong, match=r"other\.html"):
        render(small, stable_with=file)


@pytest.mark.parametrize("x", ["Infinity", "-Infinity", "NaN", "1e300", "1" + "0" * 400, '"here"', "null", "[]"])
def test_an_earlier_page_with_a_place_that_is_none_is_told_so(x: str, small: Subgraph, tmp_path: Path) -> None:
    file = tmp_path / "earlier.html"
    data = f'{{"nodes":[{{"key":"TUR","x":{x},"y":0}}]}}'
    file.write_text(f'<script type="application/json" id="data">{data}</script>', encoding="utf-8")
    with pytest.raises(ParameterWrong, match=r"earlier\.html"):
        render(small, stable_with=file)


def test_a_name_that_no_script_knows_is_no_key_of_an_object(small: Subgraph) -> None:
    graph = Subgraph("odd", {"__proto__": Node("__proto__", "State", "")}, ())
    (node,) = read_data(render(graph))["nodes"]
    assert (node["key"], node["name"]) == ("__proto__", "__proto__")


def test_a_quote_of_a_claim_without_a_document_is_kept() -> None:
    quote = Quote({"id": "claim:1", "quote": "words", "start": 0, "end": 5}, {}, {})
    nodes = {"TUR": Node("TUR", "State", "Turkey"), "POL": Node("POL", "State", "Poland")}
    graph = Subgraph("bare", nodes, (Edge("OPPOSES", "TUR", "POL", {}, (), ("claim:1",)),), {}, {"claim:1": quote})
    (told,) = records_of(read_data(render(graph))["quotes"])
    assert told["quote"] == "words"
