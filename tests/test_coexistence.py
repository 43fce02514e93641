"""Other people's data in the same database: nothing of ours touches, counts or shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import neo4j as driver
import pytest
from click.testing import CliRunner
from holding import everything
from legation.cli import cli
from legation.graph import cypher
from legation.graph.check import check, repair
from legation.graph.clearing import Cleared, forget_all
from legation.graph.errors import WriteFailed
from legation.graph.store import GraphStore, open_store
from legation.loaders.samples import load_samples
from legation.queries import listings
from legation.queries.about import about
from legation.queries.cards import CARDS
from legation.queries.decisions import candidates
from legation.queries.paths import find_paths
from legation.queries.picture import around
from legation.queries.resolve import find, resolve
from making import document, relation, transfer
from strangers import belongings, settle


@pytest.fixture
def shared(empty_neo4j: str) -> Iterator[GraphStore]:
    """A store on a server with other people's data."""
    settle(empty_neo4j)
    with open_store(empty_neo4j) as store:
        yield store


def answers(store: GraphStore) -> dict[str, object]:
    """Give all that can be asked without writing Cypher."""
    told: dict[str, object] = {name: card.run(store, **card.example).rows.records for name, card in CARDS.items()}
    told |= {f"{name} of all": _of_all(store, name) for name in CARDS}
    told["documents"] = [{k: v for k, v in row.items() if k != "loaded"} for row in listings.documents(store)]
    told["stats"] = listings.stats(store).records
    told["candidates"] = candidates(store, 99).records
    told["find"] = {text: [node.id for node in find(store, text)] for text in ("Poland", "a", "Turkey", "7f3c")}
    told["show"] = [row["claim"] for row in about(store, resolve(store, "Poland"))[1]]
    graph = around(store, [], 1)
    told["snapshot"] = (graph.nodes, graph.edges, graph.transfers, sorted(graph.quotes), graph.left_out)
    ends = [resolve(store, name) for name in ("Poland", "Azerbaijan")]
    told["path"] = [path.in_words() for path in find_paths(store, *ends).paths]
    return told


def _of_all(store: GraphStore, name: str) -> object:
    """Ask a card with as few parameters as it takes, so that it goes through the whole store."""
    card = CARDS[name]
    if card.needs_one:
        return None
    return card.run(store, **{one.name: card.example[one.name] for one in card.parameters if one.required}).rows.records


def test_whoever_forgets_all_leaves_other_peoples_data_and_what_it_holds(shared: GraphStore) -> None:
    with driver.GraphDatabase.driver(shared.name) as server:
        load_samples(shared, lambda *_: None)
        documents = len(listings.documents(shared))
        server.execute_query("MATCH (p:State {id: 'POL'}) CREATE (:Note {stranger: 0})-[:MENTIONS]->(p)")
        before = belongings(shared.name)
        ask = CliRunner(env={"LEGATION_STORE": shared.name})
        assert ask.invoke(cli, ["forget", "--all"], input="n\n").exit_code == 1
        assert len(listings.documents(shared)) == documents
        told = ask.invoke(cli, ["forget", "--all", "--yes"])
        assert told.exit_code == 0, told.output
        assert f"Forgotten: {documents} documents with" in told.stdout
        assert "Relations of others hold POL; these stay." in told.stdout
        assert belongings(shared.name) == before
        rows = server.execute_query("MATCH (n) WHERE n.stranger IS NULL AND NOT n:Continent RETURN n.id AS id").records
        assert [row["id"] for row in rows] == ["POL"]
        assert check(shared).findings == ()


def test_relations_of_others_that_go_with_what_is_forgotten_are_counted(shared: GraphStore) -> None:
    load_samples(shared, lambda *_: None)
    with driver.GraphDatabase.driver(shared.name) as server:
        server.execute_query("MATCH (t:Transfer) WHERE t.id STARTS WITH 'transfer:' WITH t LIMIT 2 "
                             "CREATE (:Note {stranger: 0})-[:REMARKS_ON]->(t)")  # fmt: skip
        cleared = forget_all(shared)
        notes = server.execute_query("MATCH (n:Note) RETURN count(n) AS n").records
    assert cleared.cut == 2
    assert "2 relations of others to transfers, claims or documents went with these." in cleared.what_of_others()
    assert notes[0]["n"] == 2


def test_forgetting_that_is_broken_off_can_be_repaired_or_taken_up_again(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_samples(store, lambda *_: None)
    before = everything(store)
    monkeypatch.setitem(cypher.DELETE, "claims", "RETURN 1 / 0")
    with pytest.raises(WriteFailed):
        forget_all(store)
    monkeypatch.undo()
    assert not store.read("MATCH (t:Transfer) RETURN t").records
    repair(store)
    assert everything(store) == before
    forget_all(store)
    assert everything(store) == ([], [])
    assert forget_all(store) == Cleared(0, 0, ())


def test_a_constraint_of_others_is_told_and_a_document_that_it_forbids_is_refused(empty_neo4j: str) -> None:
    news = document()
    with driver.GraphDatabase.driver(empty_neo4j) as server, open_store(empty_neo4j) as store:
        server.execute_query("CREATE CONSTRAINT person_name FOR (p:Person) REQUIRE p.name IS UNIQUE")
        try:
            server.execute_query("CREATE (:Person {name: 'Haluk Bayraktar', stranger: 0})")
            leads = relation("LEADS", "person:haluk-bayraktar", "firm:baykar", of=news)
            with pytest.raises(WriteFailed, match=r"A constraint in the store .* forbids it.*Haluk Bayraktar"):
                store.write(news, [leads])
            store.write(news, [transfer("TUR", "POL", "system:uav", "signed", of=news)])
            assert dict(check(store).about)["constraints of others"] == "person_name on Person (name)"
        finally:
            server.execute_query("DROP CONSTRAINT person_name")


def test_ids_that_others_have_twice_and_indexes_that_they_made_keep_nobody_from_loading(empty_neo4j: str) -> None:
    news = document()
    with driver.GraphDatabase.driver(empty_neo4j) as server:
        for name in ("legation_document_id", "legation_actor_id"):
            server.execute_query(f"DROP INDEX {name} IF EXISTS")
        server.execute_query("CREATE (:Document {id: 1, stranger: 0}), (:Document {id: 1, stranger: 1})")
        server.execute_query("CREATE CONSTRAINT theirs FOR (n:Actor) REQUIRE n.id IS UNIQUE")
        server.execute_query("CREATE TEXT INDEX texts FOR (n:Document) ON (n.id)")
        try:
            with open_store(empty_neo4j) as store:
                assert store.write(news, [transfer("TUR", "POL", "system:uav", "signed", of=news)]).change == "new"
                assert check(store).findings == ()
            server.execute_query("CREATE (:Document {id: 1, stranger: 2})")
        finally:
            server.execute_query("DROP CONSTRAINT theirs")
            server.execute_query("DROP INDEX texts")


def test_every_answer_is_the_same_beside_other_peoples_data(empty_neo4j: str, tmp_path: Path) -> None:
    with open_store(tmp_path / "alone", create=True) as alone:
        load_samples(alone, lambda *_: None)
        wanted = answers(alone)
    with open_store(empty_neo4j) as store:
        load_samples(store, lambda *_: None)
        settle(empty_neo4j)
        given = answers(store)
    for name, rows in wanted.items():
        assert given[name] == rows, name


def test_loading_checking_and_forgetting_leave_other_peoples_data_as_it_is(shared: GraphStore) -> None:
    before = belongings(shared.name)
    load_samples(shared, lambda *_: None)
    assert belongings(shared.name) == before
    assert check(shared).findings == ()
    assert repair(shared).repaired == ()
    for row in listings.documents(shared):
        shared.forget(row["document"])
    assert check(shared).findings == ()
    assert belongings(shared.name) == before
    left = shared.read("MATCH (n) WHERE n.stranger IS NULL RETURN labels(n) AS labels").records
    assert sorted(left, key=str) == [{"labels": ["Continent"]}, {"labels": ["LegationLock"]}]


def test_the_page_on_servers_gives_the_statements_that_a_load_would_run() -> None:
    page = (Path(__file__).parents[1] / "docs" / "server.md").read_text(encoding="utf-8")
    made = ("CREATE CONSTRAINT legation", "CREATE INDEX legation")
    given = [line.strip().rstrip(";") for line in page.splitlines() if line.strip().startswith(made)]
    assert sorted(given) == sorted(cypher.schema_statements(shared=True))
