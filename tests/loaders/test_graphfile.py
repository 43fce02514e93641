"""Graph files of other programs become claims of that file, and their XML fetches nothing."""

from __future__ import annotations

import time
from pathlib import Path

import networkx as nx
import pytest
from legation.graph.claims import Claim
from legation.graph.errors import LoadError
from legation.graph.exports.content import read_content
from legation.graph.exports.table import EXPORTS
from legation.graph.schema import STATED
from legation.graph.statements import DescriptionStatement, RelationStatement
from legation.graph.store import open_store
from legation.loaders import pipeline
from legation.loaders.reading import LONGEST_QUOTE, Given, Tally

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


GEXF = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
  <graph defaultedgetype="directed" mode="dynamic" timeformat="date">
    <attributes class="node" mode="static">
      <attribute id="0" title="type" type="string"><default>company</default></attribute>
    </attributes>
    <attributes class="edge" mode="static"><attribute id="0" title="relation" type="string"/></attributes>
    <attributes class="edge" mode="dynamic"><attribute id="1" title="title" type="string"/></attributes>
    <nodes>
      <node id="a" label="Acme Works"><viz:color r="1" g="2" b="3"/>
        <nodes><node id="b" label="Beta Works"/></nodes>
      </node >
      <node id="c" label="Poland"><attvalues><attvalue for="0" value="country"/></attvalues></node>
      <node id="d" label="Germany"><attvalues><attvalue for="0" value="country"/></attvalues></node>
    </nodes>
    <edges>EDGES</edges>
  </graph>
</gexf>
"""


def write_gexf(folder: Path, edges: str) -> Path:
    (folder / "x.gexf").write_text(GEXF.replace("EDGES", edges), encoding="utf-8")
    return folder / "x.gexf"


def edge(ends: str, kind: str, more: str = "", inner: str = "") -> str:
    value = f'<attvalues><attvalue for="0" value="{kind}"/>{inner}</attvalues>'
    return f'<edge id="0" source="{ends[0]}" target="{ends[1]}" {more}>{value}</edge>'


def test_defaults_and_nodes_within_nodes_are_read_and_each_is_quoted_by_itself(tmp_path: Path) -> None:
    claims, tally, _ = read(write_gexf(tmp_path, edge("ab", "owner", 'start="1990-05-01"')))
    assert {one[0] for one in described(claims)} == {"firm:acme-works", "firm:beta-works", "POL", "DEU"}
    assert relations(claims) == {("firm:acme-works", "OWNS", "firm:beta-works", "1990-05-01")}
    assert tally.plain == 5
    quotes = [one.quote for one in claims]
    assert quotes[0].rstrip() == '<node id="a" label="Acme Works"><viz:color r="1" g="2" b="3"/>'
    assert quotes[1] == '<node id="b" label="Beta Works"/>'


def test_an_edge_of_gexf_that_goes_both_ways_says_so_of_a_relation_that_has_a_direction(tmp_path: Path) -> None:
    mutual = 'type="mutual"'
    claims, tally, _ = read(write_gexf(tmp_path, edge("ab", "owner", mutual) + edge("cd", "ally", mutual)))
    assert relations(claims) == {
        ("firm:acme-works", "OWNS", "firm:beta-works", None),
        ("firm:beta-works", "OWNS", "firm:acme-works", None),
        ("POL", "ALLIED_WITH", "DEU", None),
    }
    assert (tally.read, tally.plain) == (6, 6)


def test_what_changes_with_time_is_not_taken_for_what_is(tmp_path: Path) -> None:
    changing = '<attvalue for="1" value="owner" start="1990"/><attvalue for="1" value="founder" start="1980"/>'
    once = edge("ab", "owner", inner=changing).replace("</edge>", '<spells><spell start="1990"/></spells></edge>')
    twice = edge("cb", "owner").replace("</edge>", '<spells><spell start="1990"/><spell start="2001"/></spells></edge>')
    claims, tally, _ = read(write_gexf(tmp_path, once + twice))
    assert relations(claims) == {
        ("firm:acme-works", "OWNS", "firm:beta-works", "1990"),
        ("POL", "OWNS", "firm:beta-works", None),
    }
    assert ["several spells" in one.reason for one in tally.flagged] == [True]


def test_edges_with_the_same_ends_and_id_are_each_told_in_their_own_words(tmp_path: Path) -> None:
    (tmp_path / "x.graphml").write_text(
        GRAPHML.replace(
            "</graph>",
            '<edge id="e" source="2" target="1"><data key="k">SANCTIONS</data></edge>'
            '<edge id="e" source="2" target="1"><data key="k">owner</data><data key="s">2001</data></edge></graph>',
        ),
        encoding="latin-1",
    )
    claims, tally, _ = read(tmp_path / "x.graphml")
    assert {one[1:4:2] for one in relations(claims) if one[0] == "POL"} == {
        ("OWNS", "1990-05-01"),
        ("SANCTIONS", None),
        ("OWNS", "2001"),
    }
    for one in claims:
        if one.statement.states == "SANCTIONS":
            assert "SANCTIONS" in one.quote
    assert (tally.read, tally.plain) == (10, 7)


NODE = """<data key="k">company</data><data key="n">Zeta Works</data>"""


@pytest.mark.parametrize(
    "element",
    [
        f'<node x-id="z" id="a>b">{NODE}</node\n >',
        f"<node id = 'a>b' y='\"/>'>{NODE}<!-- </node> <edge/> --></node>",
        f'<node id="a&gt;b" y="/">{NODE.replace("Zeta Works", "<![CDATA[Zeta Works]]><!-- </node> -->")}</node>',
        f'<node id="a>b"><?x <!-- <node> ?>{NODE}</node>',
        f'<node id="a>b" desc="é 𝄞">{NODE}</node>',
    ],
)
def test_however_an_element_is_written_its_quote_is_all_of_it(tmp_path: Path, element: str) -> None:
    owns = '<edge source="2" target="a>b"><data key="k">OWNS</data></edge><edge source="3" target="a>b"/>'
    text = GRAPHML.replace("</graph>", f"{element}\n{owns}</graph>")
    (tmp_path / "x.graphml").write_text(text, encoding="utf-8")
    claims, tally, _ = read(tmp_path / "x.graphml")
    (node,) = [one for one in claims if one.quote == element]
    assert ("firm:zeta-works", "Zeta Works", ()) in described([node])
    assert ("POL", "OWNS", "firm:zeta-works", None) in relations(claims)
    (last,) = [one for one in claims if 'target="a>b"' in one.quote]
    assert last.row == text[: text.index('<edge source="2" target="a>b"')].count("\n") + 1
    assert reasons(tally)[last.row] == "edge '3 – a>b': nothing says of what kind it is"


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        ("<node/>", "node 'line 15': it has no id"),
        ('<edge source="1"/>', "edge '1 – line 15': it has no target"),
        ('<hyperedge><endpoint node="1"/></hyperedge>', "edge 'line 15 – line 15': an edge of more than two ends"),
        ('<node id="z"><data key="x">y</data></node>', "node 'z': it has a value for 'x', which the file does not"),
        (f'<node id="z">{NODE}<data key="k">person</data></node>', "node 'Zeta Works': it has more than one 'type'"),
    ],
)
def test_an_element_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, element: str, reason: str) -> None:
    (tmp_path / "x.graphml").write_text(GRAPHML.replace("  </graph>", f"{element}</graph>"), encoding="latin-1")
    _, tally, _ = read(tmp_path / "x.graphml")
    assert reasons(tally)[15].startswith(reason)
    assert (tally.read, tally.plain) == (9, 5)


def test_a_long_element_is_quoted_by_its_beginning(tmp_path: Path) -> None:
    long = f'<data key="k">OWNS</data><data key="l">{"x" * 50_000}</data>'
    text = GRAPHML.replace("<graph ", '<key id="l" for="edge" attr.name="note"/><graph ')
    text = text.replace("</graph>", f'<edge source="1" target="1"/><edge source="2" target="1">{long}</edge></graph>')
    (tmp_path / "x.graphml").write_text(text, encoding="latin-1")
    claims, _, _ = read(tmp_path / "x.graphml")
    assert len(claims[-1].quote) == LONGEST_QUOTE


@pytest.mark.parametrize("part", ["<node id='{}'>{}</node >", "<?x <!-- ?><!-- {} {} -->", "<node id='{}'><node/>{}"])
def test_a_file_ten_times_as_long_takes_ten_times_as_long(tmp_path: Path, part: str) -> None:
    took = []
    for many in (2_000, 20_000):
        parts = "".join(part.format(number, NODE) for number in range(many))
        closed = "</node>" * (parts.count("<node id") - parts.count("</node"))
        text = GRAPHML.replace("</graph>", f"{parts}{closed}</graph>")
        (tmp_path / "x.graphml").write_text(text, encoding="latin-1")
        begun = time.process_time()
        claims, _, _ = read(tmp_path / "x.graphml")
        took.append(time.process_time() - begun)
        assert sum(len(one.quote) for one in claims) < 2 * len(text)
    assert took[1] < 40 * took[0] + 1


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_what_networkx_writes_is_read(tmp_path: Path, form: str) -> None:
    graph = nx.MultiDiGraph()
    for number in range(30):
        graph.add_node(number, name=f"Works {number} é & <b>", kind="Firm", size=1.5, big=True)
    for number in range(60):
        graph.add_edge(number % 30, number * 7 % 30, kind="OWNS", since=1950 + number)
    getattr(nx, f"write_{form}")(graph, tmp_path / f"x.{form}")
    claims, tally, _ = read(tmp_path / f"x.{form}")
    assert {one[1] for one in described(claims)} == {f"Works {number} é & <b>" for number in range(30)}
    assert {(one[0], one[2], one[3]) for one in relations(claims)} == {
        (f"firm:works-{a}-e-b", f"firm:works-{b}-e-b", str(held["since"]))
        for a, b, held in graph.edges(data=True)
        if a != b
    }
    assert tally.read == 90


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_what_legation_exports_is_read_and_what_only_it_can_draw_is_refused(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.txt").write_text("Turkey has sold 24 Bayraktar TB2 drones to Poland, a member of NATO.")
    (tmp_path / "b.graphml").write_text(GRAPHML, encoding="latin-1")
    with open_store(tmp_path / "store", create=True) as store:
        pipeline.load([tmp_path / "a.txt", tmp_path / "b.graphml"], store, Given())
        held = store.read("MATCH (a)-[r]->(b) WHERE r.claims IS NOT NULL RETURN a.id AS a, type(r) AS kind, b.id AS b")
        wanted = {(row["a"], row["kind"], row["b"]) for row in held if row["kind"] in STATED}
        with read_content(store) as content:
            EXPORTS[form].write(content, tmp_path / f"x.{form}")
    claims, tally, _ = read(tmp_path / f"x.{form}")
    assert ("person:ann-other", "LEADS", "firm:acme-works") in wanted
    assert {one[:3] for one in relations(claims)} == wanted
    assert {one[0] for one in described(claims)} >= {one for ends in wanted for one in ends[::2]}
    assert any("'ARMS' is drawn from transfers" in one.reason for one in tally.refused)


def test_what_a_node_is_called_in_the_picture_of_yed_is_its_name(tmp_path: Path) -> None:
    (tmp_path / "x.graphml").write_text(
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">'
        '<key for="node" id="d6" yfiles.type="nodegraphics"/><key for="edge" id="d9" yfiles.type="edgegraphics"/>'
        '<graph edgedefault="directed">'
        '<node id="n0"><data key="d6"><y:ShapeNode><y:Fill color="#F"/><y:NodeLabel>Poland</y:NodeLabel>'
        "</y:ShapeNode></data></node>"
        '<node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>NATO</y:NodeLabel></y:ShapeNode></data></node>'
        '<edge source="n0" target="n1"><data key="d9"><y:PolyLineEdge><y:EdgeLabel>member of</y:EdgeLabel>'
        "</y:PolyLineEdge></data></edge></graph></graphml>"
    )
    assert relations(read(tmp_path / "x.graphml")[0]) == {("POL", "MEMBER_OF", "org:nato", None)}


def test_an_id_of_nodes_that_differ_is_that_of_none(tmp_path: Path) -> None:
    nodes = "id,name,kind\n1,Acme Works,Firm\n1,Beta Works,Firm\n2,Poland,State\n"
    claims, tally, _ = read(write_tables(tmp_path, nodes, "source,target,kind\n1,2,BASED_IN\n"))
    assert described(claims) == {("POL", "Poland", ())}
    assert relations(claims) == set()
    why = "lines 2 and 3 give the id '1' to nodes that differ"
    assert [one.reason for one in tally.refused] == [
        f"node 'Acme Works': {why}",
        f"node 'Beta Works': {why}",
        f"edge '1 – 2': {why}",
    ]


def test_a_node_that_is_told_again_is_refused_and_its_edges_are_read(tmp_path: Path) -> None:
    nodes = "id,name,kind\n1,Acme Works,Firm\n2,Poland,State\n1,Acme Works,company\n"
    claims, tally, _ = read(write_tables(tmp_path, nodes, "source,target,kind\n1,2,BASED_IN\n"))
    assert relations(claims) == {("firm:acme-works", "BASED_IN", "POL", None)}
    assert reasons(tally) == {4: "node 'Acme Works': line 2 has a node of that id already"}
    assert (tally.read, tally.plain) == (4, 3)


def test_nodes_of_one_id_on_one_line_are_told_apart_too(tmp_path: Path) -> None:
    node = f'<node id="z">{NODE}</node>'
    again = f"{node * 3}<node id='y'>{NODE}</node><node id='y'>{NODE.replace('Zeta', 'Eta')}</node>"
    (tmp_path / "x.graphml").write_text(GRAPHML.replace("  </graph>", f"{again}</graph>"), encoding="latin-1")
    _, tally, _ = read(tmp_path / "x.graphml")
    assert [one.reason for one in tally.refused if one.row == 15] == [
        "node 'Zeta Works': line 15 has a node of that id already",
        "node 'Zeta Works': line 15 has a node of that id already",
        "node 'Zeta Works': line 15 gives the id 'y' to nodes that differ",
        "node 'Eta Works': line 15 gives the id 'y' to nodes that differ",
    ]


def test_two_nodes_of_one_file_with_one_name_stay_two(tmp_path: Path) -> None:
    folder = tmp_path / "kin"
    folder.mkdir()
    nodes = "id,name,kind\n1,John Smith,person\n2,John Smith,person\n3,Türkiye,State\n4,Turkey,State\n"
    claims, tally, _ = read(write_tables(folder, nodes, "source,target,kind\n1,2,KIN_OF\n"))
    assert relations(claims) == {("person:john-smith-kin-1", "KIN_OF", "person:john-smith-kin-2", None)}
    assert {one[:2] for one in described(claims)} == {
        ("person:john-smith-kin-1", "John Smith"),
        ("person:john-smith-kin-2", "John Smith"),
        ("TUR", "Türkiye"),
    }
    assert [(one.row, one.reason.rpartition(" ")[2]) for one in tally.flagged] == [
        (2, "person:john-smith-kin-1"),
        (3, "person:john-smith-kin-2"),
    ]


def test_nodes_of_one_name_that_no_id_tells_apart_are_refused(tmp_path: Path) -> None:
    nodes = "id,name,kind\na 1,John Smith,person\na-1,John Smith,person\nperson:john-smith,John Smith,person\n"
    claims, tally, _ = read(write_tables(tmp_path, nodes))
    assert {one[0] for one in described(claims)} == {"person:john-smith"}
    assert all("change one" in reason for reason in reasons(tally).values())
    assert [*reasons(tally)] == [2, 3]


def test_a_row_that_keeps_its_folder_out_is_named_with_its_own_file(tmp_path: Path) -> None:
    _, reading = pipeline.read(write_tables(tmp_path, "id,name,kind\n1,Acme,ghost\n"), Given(strict=True))
    with pytest.raises(LoadError, match=r"nodes\.csv, line 2: node 'Acme'"):
        list(reading.claims)


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


@pytest.mark.parametrize(
    ("place", "how"),
    [("</graphml>", "more than one graph"), ('<edge source="2" target="1">', "a graph within a node")],
)
def test_a_second_graph_keeps_the_file_out_rather_than_be_lost(tmp_path: Path, place: str, how: str) -> None:
    inner = '<graph edgedefault="directed"><node id="1"/></graph>'
    inner = f"<node id='n'>{inner}</node>{place}" if place.startswith("<edge") else f"{inner}{place}"
    (tmp_path / "x.graphml").write_text(GRAPHML.replace(place, inner), encoding="latin-1")
    with pytest.raises(LoadError, match=rf"line 1\d: it holds {how}; write each graph to a file of its own"):
        pipeline.read(tmp_path / "x.graphml", Given())


@pytest.mark.parametrize("text", ["<graphml/>", '<gexf xmlns="http://gexf.net/1.3"><meta/></gexf>'])
def test_a_file_without_a_graph_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.graphml").write_text(text)
    with pytest.raises(LoadError, match="it holds no element graph"):
        pipeline.read(tmp_path / "x.graphml", Given())


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
    assert "edge '9 – 2': there is no node '9'" in {one.reason for one in tally.refused}


def test_of_a_folder_the_nodes_are_read_with_their_edges(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text("id,label,type\n1,Acme,Firm\n")
    (tmp_path / "edges.csv").write_text("source,target,kind\n1,1,OWNS\n")
    (tmp_path / "x.csv.gz").write_bytes(b"\x1f\x8b")
    (tmp_path / "x.tar.gz").write_bytes(b"\x1f\x8b")
    assert [path.name for path in pipeline.find_files([tmp_path])] == ["edges.csv", "x.csv.gz"]
