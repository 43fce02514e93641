"""Subgraphs: what is taken in, what is left out, and that every edge has its evidence."""

from __future__ import annotations

from typing import Any

from legation.graph.claims import Claim
from legation.graph.statements import Party, VolumeStatement
from legation.graph.store import GraphStore
from legation.graph.subgraph import Subgraph
from legation.queries.about import about
from legation.queries.listings import documents, find_document, found, stats
from legation.queries.picture import Years, around, of_answer
from legation.queries.resolve import resolve
from making import description, document, party, transfer


def kinds(graph: Subgraph) -> set[tuple[str, str, str]]:
    return {(edge.kind, edge.source, edge.target) for edge in graph.edges}


def test_one_step_around_poland(asked: GraphStore) -> None:
    graph = around(asked, [resolve(asked, "Poland")], 1)
    assert set(graph.nodes) == {"POL", "TUR", "org:nato"}
    assert kinds(graph) == {("ARMS", "TUR", "POL"), ("MEMBER_OF", "POL", "org:nato")}


def test_two_steps_around_poland_show_what_its_neighbours_do(asked: GraphStore) -> None:
    graph = around(asked, [resolve(asked, "Poland")], 2)
    assert {("ARMS", "TUR", "AZE"), ("MEMBER_OF", "TUR", "org:nato"), ("DID_NOT_ARM", "USA", "TUR")} <= kinds(graph)
    assert ("ARMS", "ISR", "AZE") not in kinds(graph)


def test_every_edge_of_everything_has_its_words(asked: GraphStore) -> None:
    graph = around(asked, [], 1)
    for edge in graph.edges:
        claims = [*edge.claims, *(claim for deal in edge.transfers for claim in graph.transfers[deal].claims)]
        assert claims
        assert all(graph.quotes[claim].claim["quote"] for claim in claims)
    assert {"ARMS", "MAY_ARM", "DID_NOT_ARM", "LEADS", "MAKES"} <= {edge.kind for edge in graph.edges}


def test_what_is_too_much_is_left_out_and_counted(asked: GraphStore) -> None:
    everything = around(asked, [], 1)
    some = around(asked, [], 1, most=3)
    assert len(some.nodes) == 3
    assert some.left_out == len(everything.nodes) - 3


def test_years_leave_out_what_lies_outside_and_keep_what_has_none(asked: GraphStore) -> None:
    graph = around(asked, [resolve(asked, "Azerbaijan")], 2, years=Years(since=2016))
    assert ("ARMS", "ISR", "AZE") not in kinds(graph)
    assert ("ARMS", "TUR", "AZE") in kinds(graph)
    assert ("MAY_ARM", "TUR", "HUN") in kinds(graph)
    assert "ISR" not in graph.nodes


def test_a_subgraph_becomes_a_networkx_graph_with_all_edges(asked: GraphStore) -> None:
    graph = around(asked, [], 1)
    made = graph.to_networkx()
    assert made.number_of_edges() == len(graph.edges)
    assert (made.nodes["TUR"]["label"], made.nodes["TUR"]["group"]) == ("Türkiye", "State")
    (arms,) = (values for _, end, values in made.out_edges("TUR", data=True) if end == "POL")
    assert (arms["kind"], arms["weight"], arms["units"]) == ("ARMS", 1.0, 24)
    assert set(arms["transfer_ids"]) <= set(graph.transfers)


def test_everything_about_a_firm_is_told_with_its_words(asked: GraphStore) -> None:
    _, rows = about(asked, resolve(asked, "Baykar"))
    told = {(row["relation"], row["what"]) for row in rows}
    assert ("Baykar is led by Haluk Bayraktar", "chief executive") in told or (
        "Haluk Bayraktar leads Baykar",
        "chief executive",
    ) in told
    assert any(row["relation"] == "Baykar arms Azerbaijan" for row in rows)


def test_everything_about_a_system_names_its_transfers(asked: GraphStore) -> None:
    graph, rows = about(asked, resolve(asked, "Harop"))
    assert [(row["relation"], row["what"]) for row in rows] == [("Israel arms Azerbaijan", "Harop delivered")]
    assert {"ISR", "AZE", "system:harop"} == set(graph.nodes)


def test_everything_about_somebody_tells_what_describes_him_and_all_that_he_sold(store: GraphStore) -> None:
    of, anna = document("Anna Zet, born in 1970, also called A. Z., makes arms."), Party("firm:zet", "Zet")
    person = description(
        Party("person:anna", "Anna Zet"), of=of, aliases=("A. Z.",), countries=("POL",), since="1970", at=0
    )
    sales = VolumeStatement(anna, "sales", (2002, 2003), (10.0, 12.5), currency="USD", price_year=2018)
    store.write(of, [person, Claim(of.id, of.content[:4], 0, 4, sales, "test/1")])
    _, rows = about(store, resolve(store, "Anna Zet"))
    assert [(row["relation"], row["what"], row["quote"]) for row in rows] == [
        ("Anna Zet is described", "also A. Z.; of POL; born 1970", person.quote)
    ]
    _, rows = about(store, resolve(store, "firm:zet"))
    assert [(row["relation"], row["what"]) for row in rows] == [
        ("Zet: all its sales of arms", "2002–2003, millions of USD in prices of 2018")
    ]


def test_listings(asked: GraphStore) -> None:
    assert {(row["source"], row["claims"]) for row in documents(asked)} == {("Daily News", 8), ("Institute", 4)}
    counts = {(row["what"], row["name"]): row["count"] for row in stats(asked)}
    assert counts["nodes", "Claim"] == 12
    assert counts["relations", "ARMS"] == 4
    assert counts["transfers", "contested"] == 1
    assert ("nodes", "Conflict") not in counts


def test_a_document_is_found_by_title_id_or_the_start_of_its_id(asked: GraphStore) -> None:
    (row,) = [row for row in documents(asked) if row["source"] == "Institute"]
    for text in (row["title"], row["document"], row["document"][:9], row["document"][4:9]):
        assert find_document(asked, text) == [row]
    assert find_document(asked, "doc:zzz") == []


def test_names_are_found_by_a_part_of_them(asked: GraphStore) -> None:
    assert {row["id"] for row in found(asked, "Bayraktar")} == {
        "system:bayraktar-tb2",
        "person:haluk-bayraktar",
        "person:selcuk-bayraktar",
    }
    assert [row["id"] for row in found(asked, "azer")] == ["AZE"]
    assert [row["id"] for row in found(asked, "tur")] == ["TUR"]
    assert [row["id"] for row in found(asked, "Warsaw")] == ["POL"]


def test_the_pair_of_a_firm_holds_only_the_deals_in_which_it_supplies(store: GraphStore) -> None:
    of = document("Two deals of one state, one of them its firm's.", "News")
    store.write(
        of,
        [
            transfer("firm:baykar", "PAK", "system:bayraktar-akinci", "signed", of=of, at=0),
            transfer("TUR", "PAK", "system:bayraktar-tb2", "delivered", of=of, at=1),
        ],
    )
    graph = of_answer(store, "firm", [{"pair_ids": ["firm:baykar|PAK"]}])
    assert {deal.systems[0][0] for deal in graph.transfers.values()} == {"system:bayraktar-akinci"}
    assert ("ARMS", "firm:baykar", "PAK") in kinds(graph)
    whole = of_answer(store, "state", [{"pair_ids": ["TUR|PAK"]}])
    assert len(whole.transfers) == 2


def test_what_a_later_edition_left_out_is_kept_without_a_line_and_told_so(store: GraphStore) -> None:
    old = document("An edition.", "Register", published_on="2024-03-18", register="deals")
    new = document("A later edition.", "Register", published_on="2026-05-18", register="deals")
    for_poland: dict[str, Any] = {"register_id": "~a-1", "financiers": (party("DEU"),)}
    store.write(
        old,
        [
            transfer("USA", "HUN", "system:f-16", "ordered", of=old, register_id="~b-1"),
            transfer("USA", "POL", "system:f-16", "ordered", of=old, at=1, quantity_ordered=32, **for_poland),
        ],
    )
    store.write(new, [transfer("USA", "POL", "system:f-16", "ordered", of=new, quantity_ordered=48, **for_poland)])
    graph = around(store, [resolve(store, "United States")], 1)
    assert kinds(graph) == {("ARMS", "USA", "POL")}
    (gone,) = [deal for deal in graph.transfers.values() if deal.properties["status"] == "withdrawn"]
    assert gone.buyers == ("HUN",)
    (kept,) = [deal for deal in graph.transfers.values() if deal.properties["status"] == "ordered"]
    assert kept.parts == (("FINANCES", "DEU", "Germany"),)
    past = {quote.claim.get("quantity_ordered"): "superseded" in quote.document for quote in graph.quotes.values()}
    assert past == {None: True, 32: True, 48: False}
    assert graph.systems["system:f-16"]["category"] == "Aircraft"
    assert around(store, [resolve(store, "Hungary")], 1).transfers.keys() == {gone.id}
