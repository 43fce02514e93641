"""Every format, read back by those for whom it is made."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest
from legation.graph.cells import harmless
from legation.graph.errors import ExportWrong, StoreError
from legation.graph.exports.content import Content, read_content
from legation.graph.exports.table import EXPORTS, find_export
from legation.graph.store import GraphStore, open_store
from making import document, transfer

NODES = "MATCH (n) WHERE NOT n:LegationLock RETURN labels(n) AS labels, properties(n) AS properties"
EDGES = "MATCH (a)-[r]->(b) RETURN a.id AS start, type(r) AS kind, b.id AS end, properties(r) AS properties"
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
Values = dict[str, Any]


def written(store: GraphStore, name: str, folder: Path, *, only_actors: bool = False) -> Path:
    """Export a store and give the path."""
    path = folder / f"out{EXPORTS[name].ending}"
    with read_content(store, only_actors=only_actors) as content:
        EXPORTS[name].write(content, path)
    return path


def wanted_nodes(store: GraphStore, text: Callable[[Any], Any]) -> dict[str, Values]:
    """Give what a file must hold of each node; ``text`` makes of a value what the format can hold."""
    found = {}
    for row in store.read(NODES):
        own = dict(row["properties"])
        (group,) = set(row["labels"]) - {"Actor"}
        node_id = own.pop("id")
        name = own.pop("name", node_id)  # a claim has none
        found[node_id] = {"label": text(name), "group": group, **{key: text(value) for key, value in own.items()}}
    return found


def wanted_edges(store: GraphStore, text: Callable[[Any], Any]) -> list[str]:
    """Give what a file must hold of each relation, in a form that can be sorted."""
    drawn = ("ARMS", "MAY_ARM", "DID_NOT_ARM")
    return sorted(
        told(
            row["start"],
            row["end"],
            {"kind": row["kind"], "weight": float(row["properties"]["transfers"] if row["kind"] in drawn else 1)}
            | {key: text(value) for key, value in row["properties"].items()},
        )
        for row in store.read(EDGES)
    )


def told(start: str, end: str, values: Values) -> str:
    """Give a relation as a text in which 1, 1.0 and True differ."""
    return repr((start, end, sorted(values.items())))


def same(found: dict[str, Values], wanted: dict[str, Values]) -> bool:
    """Compare by value and type: 1 is neither 1.0 nor True."""
    return {key: repr(sorted(one.items())) for key, one in found.items()} == {
        key: repr(sorted(one.items())) for key, one in wanted.items()
    }


def in_xml(value: Any) -> Any:
    """Give what GraphML and GEXF hold of a value."""
    value = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
    return NOT_IN_XML.sub("\ufffd", value) if isinstance(value, str) else value


def test_graphml_reads_back_in_networkx_with_all_values_and_types(filled: GraphStore, tmp_path: Path) -> None:
    graph = networkx.read_graphml(written(filled, "graphml", tmp_path))
    assert isinstance(graph, networkx.MultiDiGraph)
    assert same(dict(graph.nodes(data=True)), wanted_nodes(filled, in_xml))
    assert sorted(told(a, b, values) for a, b, values in graph.edges(data=True)) == wanted_edges(filled, in_xml)
    assert graph.nodes["TUR"]["label"] == "Türkiye"
    between = graph.get_edge_data("TUR", "POL").values()
    assert [(one["kind"], one.get("units"), one.get("tiv")) for one in between] == [
        ("ARMS", 24, 12.0),
        ("SUPPORTS", None, None),
    ]


def test_gexf_reads_back_in_networkx_with_all_values_and_types(filled: GraphStore, tmp_path: Path) -> None:
    graph = networkx.read_gexf(written(filled, "gexf", tmp_path), version="1.3")
    assert same(dict(graph.nodes(data=True)), wanted_nodes(filled, in_xml))
    edges = []
    for start, end, values in graph.edges(data=True):
        assert values.pop("label") == values["kind"]
        del values["id"]
        edges.append(told(start, end, values))
    assert sorted(edges) == wanted_edges(filled, in_xml)


def test_json_is_the_node_link_form_with_lists_as_lists(filled: GraphStore, tmp_path: Path) -> None:
    held = json.loads(written(filled, "json", tmp_path).read_text(encoding="utf-8"))
    graph = networkx.node_link_graph(held, edges="edges")
    assert same(dict(graph.nodes(data=True)), wanted_nodes(filled, lambda value: value))
    assert sorted(told(a, b, values) for a, b, values in graph.edges(data=True)) == wanted_edges(
        filled, lambda value: value
    )


def test_csv_holds_every_value_and_no_spreadsheet_runs_a_cell(filled: GraphStore, tmp_path: Path) -> None:
    folder = written(filled, "csv", tmp_path)
    with (folder / "nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = {row.pop("id"): {key: cell for key, cell in row.items() if cell} for row in csv.DictReader(file)}

    def cell(value: Any) -> str:
        return harmless(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))

    assert same(nodes, wanted_nodes(filled, cell))
    with (folder / "edges.csv").open(encoding="utf-8", newline="") as file:
        edges = list(csv.DictReader(file))
    assert Counter(row["kind"] for row in edges) == Counter(row["kind"] for row in filled.read(EDGES))
    cells = {text for row in (*nodes.values(), *edges) for text in row.values()}
    runs = {text for text in cells if re.match(r"[=+\-@\t\r\n]", text)}
    assert {text for text in runs if not re.fullmatch(r"[+-]?\d+(\.\d+)?", text)} == set()


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_store_gives_the_same_bytes(filled: GraphStore, tmp_path: Path, name: str) -> None:
    texts = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        path = written(filled, name, folder)
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        texts.append([(file.name, file.read_bytes()) for file in files])
    assert texts[0] == texts[1]
    assert all(text for _, text in texts[0])


@pytest.mark.parametrize("name", EXPORTS)
def test_an_empty_store_is_exported_as_an_empty_graph(tmp_path: Path, name: str) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        written(store, name, tmp_path)
    if name == "graphml":
        assert len(networkx.read_graphml(tmp_path / "out.graphml")) == 0
    if name == "json":
        assert json.loads((tmp_path / "out.json").read_text())["nodes"] == []


def test_only_actors_leaves_all_but_actors_and_what_is_between_them(filled: GraphStore, tmp_path: Path) -> None:
    graph = networkx.read_graphml(written(filled, "graphml", tmp_path, only_actors=True))
    assert {values["group"] for _, values in graph.nodes(data=True)} == {"State", "Firm", "Organisation", "Person"}
    kinds = Counter(values["kind"] for _, _, values in graph.edges(data=True))
    assert {kind: kinds[kind] for kind in ("ARMS", "MAY_ARM", "DID_NOT_ARM", "MEMBER_OF", "MAKES", "SUPPLIES")} == {
        "ARMS": 2,
        "MAY_ARM": 1,
        "DID_NOT_ARM": 1,
        "MEMBER_OF": 1,
        "MAKES": 0,
        "SUPPLIES": 0,
    }


def test_what_others_keep_in_the_same_database_is_left_there(empty_neo4j: str, tmp_path: Path) -> None:
    import neo4j as driver  # noqa: PLC0415

    with open_store(empty_neo4j) as store, driver.GraphDatabase.driver(empty_neo4j) as server:
        store.write(document(), [transfer("TUR", "POL", "system:uav", "signed")])
        server.execute_query("MATCH (t:Actor {id: 'TUR'}) CREATE (t)-[:LIKES]->(:Film {id: 'f'}), (:Document {id: 7})")
        with read_content(store) as content:
            assert all(node.id != "7" for node in content.nodes())
            assert content.edge_shape.counts["LIKES"] == 0
            assert set(content.node_shape.counts) == {"State", "System", "Transfer", "Claim", "Document", "Source"}


def test_a_store_that_changes_meanwhile_is_not_exported_as_if_it_had_not(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        store.write(document(), [transfer("TUR", "POL", "system:uav", "signed")])

        def meddle(_done: int, _total: int, _what: str) -> None:
            store.write(document("Another."), [transfer("TUR", "HUN", "system:uav", "signed", of=document("Another."))])

        def read() -> Content:
            with read_content(store, progress=meddle) as content:
                return content

        with pytest.raises(StoreError, match="changed the store while it was read"):
            read()


def test_a_format_is_told_by_the_ending_or_by_its_name() -> None:
    assert find_export(Path("A.GRAPHML")).name == "graphml"
    assert find_export(Path("-"), "json").name == "json"
    assert find_export(Path("x.txt"), "cypher").name == "cypher"
    for path, name in ((Path("x.doc"), None), (Path("graphml"), None), (Path("x.json"), "novel"), (Path("-"), None)):
        with pytest.raises(ExportWrong, match=r"\.graphml, \.gexf, \.csv, \.json, \.cypher"):
            find_export(path, name)
    with pytest.raises(ExportWrong, match="cannot go to stdout"):
        find_export(Path("-"), "csv")
