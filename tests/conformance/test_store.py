"""What a store promises, on the embedded engine and on a real Neo4j alike."""

from __future__ import annotations

import traceback
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
from holding import edges, everything, nodes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from legation.graph import change
from legation.graph.check import check
from legation.graph.claims import Claim, Document
from legation.graph.derived import derive
from legation.graph.errors import StatementWrong, StoreBroken, StoreUnreachable, WriteFailed
from legation.graph.facts import fold
from legation.graph.names import reference
from legation.graph.schema import DERIVED
from legation.graph.statements import Party, TransferStatement
from legation.graph.store import GraphStore, open_store
from legation.graph.subgraph import Edge, Node, Route
from making import document, party, relation, transfer
from strategies import DOCUMENTS, attest, claims

TB2 = "system:bayraktar-tb2"

NEWS = document("Turkey sold drones to Poland, said the minister.", published_on="2021-05-24")
REPORT = document("A report on other drones and their makers.", "Institute", reliability="B")


def sold(**values: Any) -> Claim:
    return transfer("TUR", "POL", TB2, "signed", of=NEWS, **values)


def test_a_written_claim_becomes_a_transfer_with_its_ends_and_its_evidence(store: GraphStore) -> None:
    written = store.write(NEWS, [sold(quantity_ordered=24)])
    assert (written.change, written.claims, written.transfers, written.relations) == ("new", 1, 1, 0)
    (deal,) = store.read("MATCH (t:Transfer) RETURN t.id AS id, t.status AS status, t.quantity_ordered AS units")
    assert (deal["status"], deal["units"]) == ("signed", 24)
    assert edges(store) >= {
        ("TUR", "SUPPLIES", deal["id"]),
        (deal["id"], "TO", "POL"),
        (deal["id"], "OF", TB2),
        ("TUR", "ARMS", "POL"),
        (sold(quantity_ordered=24).id, "BACKS", deal["id"]),
        (sold(quantity_ordered=24).id, "QUOTED_FROM", NEWS.id),
        (NEWS.id, "PUBLISHED_BY", "source:daily-news"),
    }


def test_a_store_that_was_written_to_lacks_neither_constraint_nor_index(store: GraphStore) -> None:
    store.write(NEWS, [sold()])
    assert store.undeclared() == []


def test_every_actor_has_two_labels_and_everything_else_one(store: GraphStore) -> None:
    store.write(NEWS, [sold(), relation("LEADS", "person:haluk-bayraktar", "firm:baykar", of=NEWS)])
    found = {labels[-2]: labels[:-2] for labels in nodes(store)}
    assert found["TUR"] == ("Actor", "State")
    assert found["firm:baykar"] == ("Actor", "Firm")
    assert found["person:haluk-bayraktar"] == ("Actor", "Person")
    assert found[TB2] == ("System",)


def test_writing_again_changes_nothing(store: GraphStore) -> None:
    store.write(NEWS, [sold(), sold()])
    before = everything(store)
    assert store.write(NEWS, [sold()]).change == "unchanged"
    assert everything(store) == before


def test_a_document_that_says_something_else_now_replaces_what_it_said(store: GraphStore) -> None:
    store.write(NEWS, [sold(quantity_ordered=24)])
    assert store.write(NEWS, [sold(quantity_ordered=6)]).change == "changed"
    (deal,) = store.read("MATCH (t:Transfer) RETURN t.quantity_ordered AS units, t.claims AS claims")
    assert (deal["units"], deal["claims"]) == (6, 1)


def test_forgetting_leaves_the_store_as_it_was_before(store: GraphStore) -> None:
    store.write(REPORT, [transfer("firm:baykar", "POL", TB2, "delivered", of=REPORT, order_year=2021)])
    before = everything(store)
    more = [sold(order_year=2021), relation("LEADS", "person:nobody-knows", "firm:unheard-of", of=NEWS)]
    store.write(NEWS, more)
    assert everything(store) != before
    assert store.forget(NEWS.id).change == "forgotten"
    assert everything(store) == before


def test_who_was_only_talked_of_where_another_signed_is_in_the_graph_neither_before_nor_after(
    store: GraphStore,
) -> None:
    """A node is there if something holds it, whichever documents came and went meanwhile."""
    store.write(REPORT, [transfer("firm:baykar", "POL", TB2, "potential", of=REPORT, order_year=2021)])
    store.write(NEWS, [sold(order_year=2021)])
    assert not any("firm:baykar" in node for node in nodes(store))
    store.forget(NEWS.id)
    assert any("firm:baykar" in node for node in nodes(store))
    again = everything(store)
    store.write(NEWS, [sold(order_year=2021)])
    store.forget(NEWS.id)
    assert everything(store) == again


def test_forgetting_the_only_document_empties_the_store(store: GraphStore) -> None:
    store.write(NEWS, [sold(), relation("ALLIED_WITH", "TUR", "POL", of=NEWS)])
    store.forget(NEWS.id)
    assert nodes(store) == set()


def test_forgetting_what_is_not_there_changes_nothing(store: GraphStore) -> None:
    assert store.forget("doc:none").change == "unchanged"


def test_a_document_without_claims_is_kept_as_read(store: GraphStore) -> None:
    assert store.write(NEWS, []).claims == 0
    assert {labels[-2] for labels in nodes(store)} == {NEWS.id, "source:daily-news"}


def test_two_documents_on_one_deal_make_one_transfer_that_names_both(store: GraphStore) -> None:
    store.write(NEWS, [sold(quantity_ordered=24)])
    store.write(REPORT, [transfer("firm:baykar", "POL", TB2, "delivered", of=REPORT, quantity_ordered=24)])
    (deal,) = store.read("MATCH (t:Transfer) RETURN t.claims AS claims, t.sources AS sources, t.status AS status")
    assert (deal["claims"], deal["sources"], deal["status"]) == (2, 2, "delivered")
    assert {("TUR", "ARMS", "POL"), ("firm:baykar", "ARMS", "POL")} <= edges(store)


def test_a_candidate_who_signs_turns_from_may_arm_to_arms_and_back(store: GraphStore) -> None:
    store.write(NEWS, [transfer("TUR", "POL", TB2, "potential", of=NEWS)])
    assert ("TUR", "MAY_ARM", "POL") in edges(store)
    store.write(REPORT, [transfer("TUR", "POL", TB2, "signed", of=REPORT)])
    assert {kind for start, kind, end in edges(store) if (start, end) == ("TUR", "POL")} == {"ARMS"}
    store.forget(REPORT.id)
    assert {kind for start, kind, end in edges(store) if (start, end) == ("TUR", "POL")} == {"MAY_ARM"}


def test_a_claim_knows_who_said_it(store: GraphStore) -> None:
    store.write(NEWS, [sold(said_by=party("person:haluk-bayraktar"), modality="attributed")])
    assert any(kind == "SAID_BY" and end == "person:haluk-bayraktar" for _, kind, end in edges(store))


def test_who_is_on_no_list_goes_by_the_name_that_most_claims_give(store: GraphStore) -> None:
    def made_by(name: str, at: int, of: Document) -> Claim:
        return relation("MAKES", Party("firm:no-list", name), TB2, of=of, at=at)

    store.write(NEWS, [made_by("No-List", 0, NEWS)])
    store.write(REPORT, [made_by("No List", 0, REPORT), made_by("No List", 1, REPORT)])
    assert ("Actor", "Firm", "firm:no-list", "No List") in nodes(store)
    store.forget(REPORT.id)
    assert ("Actor", "Firm", "firm:no-list", "No-List") in nodes(store)


def test_a_claim_that_calls_one_twice_by_a_name_gives_that_name_once(store: GraphStore) -> None:
    sides = [replace(party("firm:no-list"), name=name) for name in ("B", "A", "B")]
    statement = TransferStatement(sides[0], party("POL"), party(TB2), "signed", financiers=(sides[1], sides[2]))
    store.write(NEWS, [replace(sold(), statement=statement)])
    assert ("Actor", "Firm", "firm:no-list", "A") in nodes(store)
    assert check(store).in_order


def test_a_failed_write_leaves_nothing(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write(REPORT, [transfer("TUR", "POL", TB2, "signed", of=REPORT)])
    before = everything(store)

    def fail(*_: object) -> None:
        raise WriteFailed("The disk is full.")

    # Claims and transfers are in, the derived relations are not: the worst moment to stop.
    monkeypatch.setattr(change.Change, "_draw", fail)
    with pytest.raises(WriteFailed, match="disk is full"):
        store.write(NEWS, [sold(quantity_ordered=24), relation("ALLIED_WITH", "TUR", "POL", of=NEWS)])
    assert everything(store) == before


def test_a_claim_of_another_document_is_refused(store: GraphStore) -> None:
    with pytest.raises(WriteFailed, match="is a claim of"):
        store.write(REPORT, [sold()])
    assert nodes(store) == set()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(claims(), max_size=12))
def test_a_store_holds_what_the_fold_gives_and_forgets_it_again(store: GraphStore, given_claims: list[Claim]) -> None:
    for of in DOCUMENTS:
        store.write(of, [claim for claim in given_claims if claim.document == of.id])
    facts = fold(map(attest, given_claims))
    derived = {(one.start, one.kind, one.end) for one in derive(facts.transfers)}
    stated = {(one.start, one.kind, one.end) for one in facts.relations}
    held = edges(store)
    assert {edge for edge in held if edge[1] in DERIVED} == derived
    assert stated <= held
    assert {one.id for one in facts.transfers} == {
        row["id"] for row in store.read("MATCH (t:Transfer) RETURN t.id AS id")
    }
    for of in DOCUMENTS:
        store.forget(of.id)
    assert nodes(store) == set()


@pytest.mark.parametrize(
    "value",
    [
        2**40,
        -(2**62),
        0.1,
        True,
        "naïve Ünïcödé 漢字 🚀 'quoted' \"twice\" \\ $x {id: 1}",
        "x" * 10_000,
        [1, 2, 2**40],
        ["a", ""],
        None,
        {"a": [1, {"b": None}]},
    ],
)
def test_values_come_back_as_they_went_in(store: GraphStore, value: Any) -> None:
    (row,) = store.read("RETURN $value AS value", value=value)
    assert row["value"] == value
    assert type(row["value"]) is type(value)


def test_a_long_quote_and_a_strange_name_are_stored_as_they_are(store: GraphStore) -> None:
    text = "Ünïcödé 🚀 " + "y" * 10_000
    of = document(text)
    strange = Party("firm:strange", 'O\'Neil & "Söhne" \\ `x` $y')
    store.write(of, [relation("MAKES", strange, TB2, of=of)])
    (row,) = store.read("MATCH (d:Document) MATCH (f:Firm) RETURN d.text AS text, f.name AS name")
    assert (row["text"], row["name"]) == (text, strange.name)


def test_nodes_relations_and_paths_are_read_as_ours(store: GraphStore) -> None:
    store.write(NEWS, [sold()])
    (row,) = store.read("MATCH p = (a:Actor {id: 'TUR'})-[r:ARMS]->(b:Actor) RETURN a, r, p, date('2021-05-24') AS day")
    assert row["a"] == Node("TUR", "State", "Türkiye", {})
    assert isinstance(row["r"], Edge)
    assert (row["r"].kind, row["r"].source, row["r"].target) == ("ARMS", "TUR", "POL")
    assert isinstance(row["p"], Route)
    assert [node.id for node in row["p"].nodes] == ["TUR", "POL"]
    assert row["day"] == "2021-05-24"


def test_an_answer_without_rows_still_has_its_columns(store: GraphStore) -> None:
    assert store.read("MATCH (n:Actor) RETURN n.id AS id, n.name AS name").columns == ("id", "name")


def test_a_syntax_error_says_where_it_is(store: GraphStore) -> None:
    with pytest.raises(StatementWrong, match=r"line 1(:|, column )\d+"):
        store.read("MATCH (n:State RETURN n")


def test_a_missing_parameter_is_named(store: GraphStore) -> None:
    with pytest.raises(StatementWrong, match="id"):
        store.read("MATCH (n:Actor {id: $id}) RETURN n")


def test_a_store_opened_again_holds_what_it_held(store_url: str) -> None:
    with open_store(store_url, create=True) as first:
        first.write(NEWS, [sold()])
        before = everything(first)
    with open_store(store_url) as second:
        assert everything(second) == before


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    password = "".join(["s3cret", "word"])
    with pytest.raises(StoreUnreachable) as caught:
        open_store(f"bolt://anna:{password}@127.0.0.1:1")
    assert "bolt://127.0.0.1:1" in str(caught.value)
    assert password not in "".join(traceback.format_exception(caught.value))


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(StoreBroken, match=r"begins with bolt://.*not with http://"):
        open_store("http://127.0.0.1:7474")


def test_forgetting_many_deals_of_few_parties(store: GraphStore) -> None:
    """The embedded engine loses its place when relations are deleted while it walks along them."""
    states = sorted(node_id for node_id in reference().entries if len(node_id) == 3)
    of = document("".join(f"Row {number}.\n" for number in range(4000)))
    ends = [(supplier, buyer) for supplier in states[:12] for buyer in states[20:220]]
    store.write(of, [transfer(*pair, TB2, "delivered", of=of, at=number) for number, pair in enumerate(ends)])
    assert store.read("MATCH (:State)-[r:ARMS]->(:State) RETURN count(r) AS n").records == [{"n": len(ends)}]
    store.forget(of.id)
    assert nodes(store) == set()


@pytest.mark.parametrize(
    "address", ["bolt://neo4j:12/se-cret@host:1", "bolt://neo4j:se-cret/x@host:1", "bolt://host:99999"]
)
def test_a_password_that_breaks_the_address_is_not_shown(address: str) -> None:
    with pytest.raises(StoreBroken, match="write / as %2F") as caught:
        open_store(address)
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize("value", [10**30, "\ud800"])
def test_a_value_that_no_store_takes_is_said(store: GraphStore, value: object) -> None:
    with pytest.raises(StatementWrong, match="cannot be sent"):
        store.read("RETURN $x AS x", x=value)


def test_two_writers_at_once_leave_the_graph_that_both_give(store: GraphStore, store_url: str) -> None:
    """Both change the relation between the same two; neither may fold what the other has not committed yet."""
    warm = document("Both states are known already.")
    store.write(warm, [transfer("TUR", "POL", "system:uav", "potential", of=warm)])
    pairs = [(document(f"First news {n}."), document(f"Second news {n}.")) for n in range(5)]
    with open_store(store_url) as other:
        for one, two in pairs:
            work = [
                Thread(target=store.write, args=(one, [transfer("TUR", "POL", TB2, "signed", of=one)])),
                Thread(target=other.write, args=(two, [transfer("TUR", "POL", "system:anka", "signed", of=two)])),
            ]
            for thread in work:
                thread.start()
            for thread in work:
                thread.join()
            drawn = store.read("MATCH (:State)-[r:ARMS]->(:State) RETURN r.transfers AS transfers").records
            assert drawn == [{"transfers": 2}]
            for of in (one, two):
                store.forget(of.id)
