"""Graph files of other programs become claims of that file, and their XML fetches nothing."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from legation.graph.claims import Claim
from legation.graph.errors import LoadError
from legation.graph.statements import DescriptionStatement, RelationStatement
from legation.loaders import pipeline
from legation.loaders.reading import Given, Tally

GRAPHML = """\
<?xml version="1.0" encoding="ISO-8859-1"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="k" for="all" attr.name="type" attr.type="string"/>
  <key id="n" for="node" attr.name="label" attr.type="string"/>
  <key id="s" for="edge" attr.name="start" attr.type="string"/>
  <graph edgedefault="undirected">
    <node id="1"><data key="k">company</data><data key="n">Acmé Works</data></node>
    <node id="2"><data key="k">country</data><data key="n">Poland</data></node>
    <node id="3"><data key="k">person</data><data key="n">Ann Other</data></node>
    <node id="4"><data key="k">ghost</data><data key="n">Nobody</data></node>
    <edge source="2" target="1"><data key="k">owner</data><data key="s">1990-05-01</data></edge>
    <edge source="3" target="1"><data key="k">LEADS</data></edge>
    <edge source="1" target="3"><data key="k">ARMS</data></edge>
    <edge source="4" target="1"><data key="k">LEADS</data></edge>
  </graph>
</graphml>
"""


def read(path: Path) -> tuple[list[Claim], Tally, str]:
    name, reading = pipeline.read(path, Given())
    assert name == "graph"
    claims = list(reading.claims)
    for one in claims:
        assert reading.document.content[one.start : one.end] == one.quote
    assert reading.tally is not None
    return claims, reading.tally, reading.document.source.name


def relations(claims: list[Claim]) -> set[tuple[str, str, str, str | None]]:
    stated = [one.statement for one in claims if isinstance(one.statement, RelationStatement)]
    return {(one.subject.id, one.relation, one.object.id, one.since) for one in stated}


def test_nodes_and_edges_of_graphml_become_claims_of_the_file_in_the_direction_it_gives(tmp_path: Path) -> None:
    (tmp_path / "old.graphml").write_text(GRAPHML, encoding="latin-1")
    claims, tally, source = read(tmp_path / "old.graphml")
    assert source == "old.graphml"
    assert relations(claims) == {
        ("POL", "OWNS", "firm:acme-works", "1990-05-01"),
        ("person:ann-other", "LEADS", "firm:acme-works", None),
    }
    described = {one.statement.subject.name for one in claims if isinstance(one.statement, DescriptionStatement)}
    assert described == {"Acmé Works", "Poland", "Ann Other"}
    assert (tally.read, tally.plain) == (8, 5)
    reasons = {one.reason for one in tally.refused}
    assert any("'ghost' is no kind of node" in reason for reason in reasons)
    assert any("drawn from transfers" in reason for reason in reasons)


def test_the_quote_of_an_edge_is_its_element(tmp_path: Path) -> None:
    (tmp_path / "old.graphml").write_text(GRAPHML, encoding="latin-1")
    claims, _, _ = read(tmp_path / "old.graphml")
    (quote,) = [one.quote for one in claims if one.statement.states == "OWNS"]
    assert quote == '<edge source="2" target="1"><data key="k">owner</data><data key="s">1990-05-01</data></edge>'


def test_gexf_as_gephi_writes_it_is_read(tmp_path: Path) -> None:
    graph = nx.DiGraph()
    graph.add_node("a", label="Poland", type="state")
    graph.add_node("b", label="NATO", type="alliance")
    graph.add_edge("a", "b", kind="membership")
    nx.write_gexf(graph, tmp_path / "x.gexf")
    claims, _, _ = read(tmp_path / "x.gexf")
    assert relations(claims) == {("POL", "MEMBER_OF", "org:nato", None)}


def test_a_folder_of_nodes_and_edges_is_one_graph(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text("Id,Label,Type\n1,Acme Works,Firm\n2,Poland,State\n")
    (tmp_path / "edges.csv").write_text("Source,Target,Kind,Start\n1,2,BASED_IN,1990\n1,3,OWNS,\n2,,OWNS,\n")
    claims, tally, _ = read(tmp_path / "edges.csv")
    assert relations(claims) == {("firm:acme-works", "BASED_IN", "POL", "1990")}
    assert {one.reason for one in tally.refused} == {
        "edge '1 – 3': there is no node '3'",
        "edge '2 – line 4': target is empty",
    }


def reasons(tally: Tally) -> dict[int, str]:
    return {one.row: one.reason for one in tally.refused}


def write_tables(folder: Path, nodes: str, edges: str = "source,target,kind\n") -> Path:
    (folder / "nodes.csv").write_text(nodes, encoding="utf-8")
    (folder / "edges.csv").write_text(edges, encoding="utf-8")
    return folder / "edges.csv"


def described(claims: list[Claim]) -> set[tuple[str, str, tuple[str, ...]]]:
    stated = [one.statement for one in claims if isinstance(one.statement, DescriptionStatement)]
    return {(one.subject.id, one.subject.name, one.aliases) for one in stated}


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        ("SUN,Sun Hydraulics,company", ("firm:sun-hydraulics", "Sun Hydraulics", ())),
        ("TUR,Turing Robotics,company", ("firm:turing-robotics", "Turing Robotics", ())),
        ("TUR,,company", ("firm:tur", "TUR", ())),
        ("AUS,Austria,country", ("AUT", "Austria", ())),
        ("POL,Lechia,country", ("POL", "Poland", ("Lechia",))),
        ("POL,Poland,", ("POL", "Poland", ())),
        ("POL,,", ("POL", "Poland", ())),
        ("firm:baykar,Baykar Works,company", ("firm:baykar", "Baykar", ("Baykar Works",))),
        ("firm:baykar,Ann Other,person", ("person:ann-other", "Ann Other", ())),
    ],
)
def test_an_id_of_ours_counts_where_kind_and_name_do_not_gainsay_it(
    tmp_path: Path, row: str, is_one: tuple[str, str, tuple[str, ...]]
) -> None:
    claims, _, _ = read(write_tables(tmp_path, f"id,name,kind\n{row}\n"))
    assert described(claims) == {is_one}


@pytest.mark.parametrize("row", ["SUN,Sun Hydraulics,", "SUN,Sun Hydraulics,widget"])
def test_three_letters_alone_make_no_state(tmp_path: Path, row: str) -> None:
    claims, tally, _ = read(write_tables(tmp_path, f"id,name,kind\n{row}\n"))
    assert claims == []
    assert "node 'Sun Hydraulics'" in reasons(tally)[2]


def test_the_edges_of_gephi_are_of_the_kind_that_their_label_says(tmp_path: Path) -> None:
    nodes = "Id,Label,timeset,Type\n1,Acme Works,,Firm\n2,Beta Works,,Firm\n"
    edges = "Source,Target,Type,Id,Label,timeset,Weight\n1,2,Directed,0,OWNS,,1.0\n2,1,Undirected,1,,,1.0\n"
    claims, tally, _ = read(write_tables(tmp_path, nodes, edges))
    assert relations(claims) == {("firm:acme-works", "OWNS", "firm:beta-works", None)}
    assert reasons(tally) == {3: "edge '2 – 1': nothing says of what kind it is"}


@pytest.mark.parametrize("columns", ["type,category", "category,type"])
@pytest.mark.parametrize(
    ("words", "label"),
    [
        ({"type": "Firm", "category": "defence"}, "Firm"),
        ({"type": "strategic", "category": "company"}, "Firm"),
        ({"type": "person", "category": "company"}, "Person"),
    ],
)
def test_of_several_kinds_the_order_of_our_list_decides_and_not_that_of_the_columns(
    tmp_path: Path, columns: str, words: dict[str, str], label: str
) -> None:
    row = ",".join(words[name] for name in columns.split(","))
    claims, _, _ = read(write_tables(tmp_path, f"id,name,{columns}\n1,Acme Works,{row}\n"))
    assert [party.label for one in claims for _, party in one.parties()] == [label]


def test_what_says_no_kind_is_told_which_attributes_do(tmp_path: Path) -> None:
    _, tally, _ = read(write_tables(tmp_path, "id,label\n1,Acme Works\n"))
    assert reasons(tally)[2].endswith("give it an attribute kind or type")


@pytest.mark.parametrize("date", ["2021-02-30", "2021-13", "0000", "٢٠٢١", "20210203", "2021-W05", "2021-02.0"])
def test_what_is_no_date_of_the_calendar_has_its_row_refused(tmp_path: Path, date: str) -> None:
    nodes = "id,name,kind\n1,Acme Works,Firm\n2,Poland,State\n"
    edges = f"source,target,kind,start\n1,2,BASED_IN,2021.0\n1,2,BASED_IN,{date}\n"
    claims, tally, _ = read(write_tables(tmp_path, nodes, edges))
    assert relations(claims) == {("firm:acme-works", "BASED_IN", "POL", "2021")}
    assert "no date of the calendar" in reasons(tally)[3]


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE graphml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!doctype graphml SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE graphml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
def test_document_types_and_entities_are_refused(tmp_path: Path, declared: str) -> None:
    path = tmp_path / "x.graphml"
    path.write_text(GRAPHML.replace("<graphml", f"{declared}\n<graphml", 1), encoding="latin-1")
    with pytest.raises(LoadError, match="entities"):
        pipeline.read(path, Given(), "graph")


def test_a_graph_that_is_cut_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.graphml"
    path.write_text(GRAPHML[:900])
    with pytest.raises(LoadError, match="no graphml that can be read"):
        pipeline.read(path, Given())


def test_what_stands_in_a_comment_is_no_edge_and_an_undeclared_node_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.graphml"
    more = '<!-- <edge source="1" target="2"/> --><edge source="9" target="2"><data key="k">OWNS</data></edge>'
    path.write_text(GRAPHML.replace('<edge source="2"', f'{more}<edge source="2"', 1), encoding="latin-1")
    claims, tally, _ = read(path)
    assert len(relations(claims)) == 2
    assert "node '9': no element of the file declares it" in {one.reason for one in tally.refused}


def test_of_a_folder_the_nodes_are_read_with_their_edges(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text("id,label,type\n1,Acme,Firm\n")
    (tmp_path / "edges.csv").write_text("source,target,kind\n1,1,OWNS\n")
    (tmp_path / "x.csv.gz").write_bytes(b"\x1f\x8b")
    (tmp_path / "x.tar.gz").write_bytes(b"\x1f\x8b")
    assert [path.name for path in pipeline.find_files([tmp_path])] == ["edges.csv", "x.csv.gz"]
