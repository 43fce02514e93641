"""What a check finds in a damaged store, and that a repair brings back what was there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from legation.cli import cli
from legation.graph import cypher
from legation.graph.check import Report, check, repair
from legation.graph.claims import Claim
from legation.graph.findings import KINDS
from legation.graph.statements import Party
from legation.graph.store import GraphStore, open_store
from making import document, party, relation, transfer
from strategies import DOCUMENTS, claims

TB2 = "system:bayraktar-tb2"
NEWS = document("Turkey sold drones to Poland, said the minister.", published_on="2021-05-24")
REPORT = document("A report on other drones and their makers.", "Institute", reliability="B")
SOLD = transfer("TUR", "POL", TB2, "signed", of=NEWS, quantity_ordered=24, said_by=party("person:haluk-bayraktar"))
DELIVERED = transfer("firm:baykar", "POL", TB2, "delivered", of=REPORT, delivery_years=(2022,), tiv_delivered=4.0)
TALKED_OF = transfer("TUR", "HUN", "system:no-list-has-it", "potential", of=REPORT, at=2)
LEADS = relation("LEADS", "person:haluk-bayraktar", "firm:baykar", of=NEWS, at=3, title="chief executive")
ALLIED = relation("ALLIED_WITH", "TUR", "POL", of=REPORT, at=4)
MADE = relation("MAKES", Party("firm:no-list-has-it", "No List"), TB2, of=REPORT, at=5)

CONSTRAINT = "constraints and indexes"
TRANSFER = "transfers as their claims say"
STATED = "relations as their claims say"
DERIVED = "relations as their transfers say"
PARTY = "actors, systems and conflicts"
DOUBLE = "nodes with an id of their own"

SNAPSHOT_NODES = "MATCH (n) WHERE NOT n:LegationLock RETURN properties(n) AS p, labels(n) AS labels"
SNAPSHOT_EDGES = "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS kind, b.id AS b, properties(r) AS p"


def everything(store: GraphStore) -> tuple[list[str], list[str]]:
    """All that a store holds, but for the count of its changes."""
    return (
        sorted(repr((sorted(row["labels"]), sorted(row["p"].items()))) for row in store.read(SNAPSHOT_NODES)),
        sorted(repr((row["a"], row["kind"], row["b"], sorted(row["p"].items()))) for row in store.read(SNAPSHOT_EDGES)),
    )


def damage(store: GraphStore, *statements: str, **parameters: Any) -> None:
    """Write to a store past its interface."""
    with store._connection.writer.session(database=store._connection.database) as session:
        for statement in statements:
            # On a server, where others may be, ids have an index and no constraint.
            kind = "INDEX" if store.is_shared else "CONSTRAINT"
            session.execute_write(partial(_run, statement.replace("UNIQUE legation", f"{kind} legation"), parameters))


def _run(statement: str, parameters: dict[str, Any], transaction: Any) -> None:
    transaction.run(statement, parameters).consume()


def kinds(report: Report) -> set[str]:
    return {finding.kind for finding in report.findings}


@pytest.fixture
def filled(store: GraphStore) -> Iterator[GraphStore]:
    """A store with two documents and every kind of claim, whose schema is whole again afterwards."""
    store.write(NEWS, [SOLD, LEADS])
    store.write(REPORT, [DELIVERED, TALKED_OF, ALLIED, MADE])
    yield store
    damage(store, "MATCH (n) DETACH DELETE n")
    damage(store, *cypher.schema_statements(shared=store.is_shared))


def test_a_store_that_nobody_touched_has_no_findings(filled: GraphStore) -> None:
    report = check(filled)
    assert report.findings == ()
    assert {row["result"] for row in report.to_rows() if row["check"] in KINDS} == {"ok"}


def test_the_report_counts_what_is_there_and_tells_versions(filled: GraphStore) -> None:
    about = dict(check(filled).about)
    told = [about[name] for name in ("documents", "claims", "transfers", "relations", "actors", "systems")]
    assert told == ["2", "6", "2", "6", "6", "2"]
    assert about["legation"].startswith("legation ")
    assert about["driver"].startswith("neo4j ")
    assert "reachable" in about["store"]
    assert ("ArcadeDB" in about.get("engine", "")) != ("Neo4j" in about.get("server", ""))
    assert "nodes of others" not in about


def test_a_store_into_which_nothing_was_written_is_in_order(store: GraphStore) -> None:
    assert check(store).findings == ()
    assert repair(store).in_order


def test_repairing_a_store_that_is_in_order_changes_nothing(filled: GraphStore) -> None:
    before, changes = everything(filled), filled.read("MATCH (l:LegationLock) RETURN l.changes AS n").records
    report = repair(filled)
    assert (report.findings, report.repaired) == ((), ())
    assert everything(filled) == before
    assert filled.read("MATCH (l:LegationLock) RETURN l.changes AS n").records == changes


DEAL = "MATCH (t:Transfer)-[:TO]->(:Actor {id: 'POL'}) "
DAMAGES = {
    "a constraint dropped": (CONSTRAINT, "Claim.id", ["DROP UNIQUE legation_claim_id"]),
    "an index dropped": (CONSTRAINT, "Transfer.pair", ["DROP INDEX legation_transfer_pair"]),
    "the relation to the source cut": (
        "documents with a source",
        REPORT.id,
        [f"MATCH (:Document {{id: '{REPORT.id}'}})-[r:PUBLISHED_BY]->() DELETE r"],
    ),
    "a second source": (
        "documents with a source",
        REPORT.id,
        [
            (
                f"MATCH (d:Document {{id: '{REPORT.id}'}}) MATCH (s:Source {{id: 'source:daily-news'}}) "
                "CREATE (d)-[:PUBLISHED_BY]->(s)"
            )
        ],
    ),
    "a quote of the same length": (
        "quotes in their text",
        SOLD.id,
        [f"MATCH (c:Claim {{id: '{SOLD.id}'}}) SET c.quote = 'X'"],
    ),
    "a longer quote": (
        "quotes in their text",
        SOLD.id,
        [f"MATCH (c:Claim {{id: '{SOLD.id}'}}) SET c.quote = 'Turkey never'"],
    ),
    "a block of other lists": (
        "blocks of claims",
        SOLD.id,
        [
            f"MATCH (c:Claim {{id: '{SOLD.id}'}}) SET c.block = 'TUR|POL|system:uav'",
            DEAL + "SET t.block = 'TUR|POL|system:uav'",
        ],
    ),
    "a block taken away": ("blocks of claims", LEADS.id, [f"MATCH (c:Claim {{id: '{LEADS.id}'}}) REMOVE c.block"]),
    "the relation to the document cut": (
        "relations of claims",
        SOLD.id,
        [f"MATCH (:Claim {{id: '{SOLD.id}'}})-[r:QUOTED_FROM]->() DELETE r"],
    ),
    "another speaker": (
        "relations of claims",
        SOLD.id,
        [
            f"MATCH (c:Claim {{id: '{SOLD.id}'}})-[r:SAID_BY]->() DELETE r",
            f"MATCH (c:Claim {{id: '{SOLD.id}'}}) MATCH (a:Actor {{id: 'POL'}}) CREATE (c)-[:SAID_BY]->(a)",
        ],
    ),
    "another role": (
        "relations of claims",
        LEADS.id,
        [f"MATCH (:Claim {{id: '{LEADS.id}'}})-[r:ABOUT {{role: 'subject'}}]->() SET r.role = 'object'"],
    ),
    "a transfer deleted": (TRANSFER, "missing", [DEAL + "DETACH DELETE t"]),
    "a transfer changed": (TRANSFER, "differs in status", [DEAL + "SET t.status = 'denied'"]),
    "a transfer in another block": (
        TRANSFER,
        "differs in block, pair",
        [DEAL + "SET t.block = 'x', t.pair = 'y'"],
    ),
    "a transfer with a property more": (
        TRANSFER,
        "differs in secret",
        [DEAL + "SET t.secret = true"],
    ),
    "a transfer to another buyer": (
        TRANSFER,
        "differs in TO",
        ["MATCH (t:Transfer)-[r:TO]->(:Actor {id: 'POL'}) MATCH (b:Actor {id: 'HUN'}) CREATE (t)-[:TO]->(b) DELETE r"],
    ),
    "a transfer without its evidence": (
        TRANSFER,
        "differs in BACKS",
        [f"MATCH (:Claim {{id: '{SOLD.id}'}})-[r:BACKS]->() DELETE r"],
    ),
    "a claim that disputes what it backs": (
        TRANSFER,
        "differs in DISPUTES",
        [f"MATCH (c:Claim {{id: '{SOLD.id}'}})-[:BACKS]->(t) CREATE (c)-[:DISPUTES]->(t)"],
    ),
    "a transfer that nobody claims": (
        TRANSFER,
        "no claim gives it",
        [
            "CREATE (:Transfer {id: 'transfer:x', name: 'X', status: 'signed', block: 'TUR|HUN|x', pair: 'TUR|HUN'})",
            "MATCH (t:Transfer {name: 'X'}) MATCH (s:Actor {id: 'TUR'}) CREATE (s)-[:SUPPLIES]->(t)",
            "MATCH (t:Transfer {name: 'X'}) MATCH (b:Actor {id: 'HUN'}) CREATE (t)-[:TO]->(b)",
        ],
    ),
    "a relation without claims": (
        "relations with a claim",
        "TUR SANCTIONS POL",
        ["MATCH (a:Actor {id: 'TUR'}) MATCH (b:Actor {id: 'POL'}) CREATE (a)-[:SANCTIONS {claims: ['claim:x']}]->(b)"],
    ),
    "a relation the other way round": (
        STATED,
        "TUR ALLIED_WITH POL: its claims do not give it",
        ["MATCH (b:Actor)-[r:ALLIED_WITH]->(a:Actor) CREATE (a)-[n:ALLIED_WITH]->(b) SET n = properties(r) DELETE r"],
    ),
    "a relation deleted": (STATED, "missing", ["MATCH ()-[r:LEADS]->() DELETE r"]),
    "a relation with another title": (
        STATED,
        "differs in title",
        ["MATCH ()-[r:LEADS]->() SET r.title = 'x'"],
    ),
    "a relation drawn twice": (
        STATED,
        "drawn 2 times",
        ["MATCH (a:Actor)-[r:LEADS]->(b:Actor) CREATE (a)-[n:LEADS]->(b) SET n = properties(r)"],
    ),
    "a derived relation deleted": (
        DERIVED,
        "firm:baykar ARMS POL: missing",
        ["MATCH (:Firm)-[r:ARMS]->() DELETE r"],
    ),
    "a derived relation changed": (
        DERIVED,
        "TUR MAY_ARM HUN: differs in transfers",
        ["MATCH ()-[r:MAY_ARM]->() SET r.transfers = 2"],
    ),
    "a customer invented": (
        DERIVED,
        "TUR ARMS HUN: no transfer gives it",
        ["MATCH (a:Actor {id: 'TUR'}) MATCH (b:Actor {id: 'HUN'}) CREATE (a)-[:ARMS {transfers: 1}]->(b)"],
    ),
    "a name changed": (
        PARTY,
        "POL: differs in name",
        ["MATCH (n:Actor {id: 'POL'}) SET n.name = 'X'"],
    ),
    "a name that claims give changed": (
        PARTY,
        "firm:no-list-has-it: differs in name",
        ["MATCH (n:Actor {id: 'firm:no-list-has-it'}) SET n.name = 'X'"],
    ),
    "a property of the lists taken away": (
        PARTY,
        "firm:baykar: differs in state",
        ["MATCH (n:Actor {id: 'firm:baykar'}) REMOVE n.state"],
    ),
    "an actor deleted": (
        PARTY,
        "POL: missing",
        ["MATCH (n:Actor {id: 'POL'}) DETACH DELETE n"],
    ),
    "a speaker deleted": (
        PARTY,
        "person:haluk-bayraktar: missing",
        ["MATCH (n:Person) DETACH DELETE n"],
    ),
    "a label taken away": (
        PARTY,
        "POL: is State, not Actor:State",
        ["MATCH (n:Actor {id: 'POL'}) REMOVE n:Actor"],
    ),
    "another label": (
        PARTY,
        "POL: is Actor:Firm, not Actor:State",
        ["MATCH (n:Actor {id: 'POL'}) SET n:Firm", "MATCH (n:Actor {id: 'POL'}) REMOVE n:State"],
    ),
    "an actor of nothing": ("nodes that something holds", "FRA", ["CREATE (:Actor:State {id: 'FRA', name: 'France'})"]),
    "a source of nothing": ("nodes that something holds", "source:x", ["CREATE (:Source {id: 'source:x', name: 'X'})"]),
    "an actor twice": (
        DOUBLE,
        "POL",
        ["DROP UNIQUE legation_actor_id", "CREATE (:Actor:State {id: 'POL', name: 'Poland'})"],
    ),
    "a claim twice": (
        DOUBLE,
        SOLD.id,
        [
            "DROP UNIQUE legation_claim_id",
            f"MATCH (c:Claim {{id: '{SOLD.id}'}})-[:BACKS]->(t) CREATE (n:Claim)-[:BACKS]->(t) SET n = properties(c)",
        ],
    ),
    "a claim without a document": (
        "claims with a document",
        "claim:left-over",
        [
            (
                f"MATCH (c:Claim {{id: '{SOLD.id}'}})-[:BACKS]->(t) CREATE (:Claim {{id: 'claim:left-over', "
                "document: 'doc:gone', block: c.block, states: c.states, supplier: 'USA'})-[:BACKS]->(t)"
            ),
        ],
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found_and_repaired(filled: GraphStore, name: str) -> None:
    kind, example, statements = DAMAGES[name]
    before = everything(filled)
    damage(filled, *statements)
    report = check(filled)
    assert [one for one in report.findings if one.kind == kind and example in one.example], report.findings
    damaged = everything(filled)
    assert check(filled).findings == report.findings
    assert everything(filled) == damaged, "a check changes nothing"
    mended = repair(filled)
    assert mended.findings == ()
    assert {finding.kind for finding in report.findings} <= {finding.kind for finding in mended.repaired}
    assert everything(filled) == before
    assert check(filled).findings == ()


def test_every_kind_of_finding_that_can_be_repaired_is_damaged_here() -> None:
    damaged = {kind for kind, _, _ in DAMAGES.values()}
    assert KINDS.keys() - damaged == {kind for kind, *_ in BEYOND_REPAIR.values()}


CLAIM = f"MATCH (c:Claim {{id: '{SOLD.id}'}}) "
BEYOND_REPAIR = {
    "a status of nobody": ("claims that can be read", [CLAIM + "SET c.status = 'sold out'"]),
    "a supplier taken away": ("claims that can be read", [CLAIM + "REMOVE c.supplier"]),
    "another number": ("claims as their id says", [CLAIM + "SET c.quantity_ordered = 12"]),
    "another buyer": ("claims as their id says", [CLAIM + "SET c.buyer = 'HUN', c.buyer_name = 'Hungary'"]),
    "another confidence": ("documents as loaded", [CLAIM + "SET c.confidence = 0.1"]),
    "a claim deleted": ("documents as loaded", [CLAIM + "DETACH DELETE c"]),
    "another text": ("texts of articles", [f"MATCH (d:Document {{id: '{NEWS.id}'}}) SET d.text = 'Nothing.'"]),
}


@pytest.mark.parametrize("name", BEYOND_REPAIR)
def test_what_only_loading_again_mends_stays_and_says_so(filled: GraphStore, name: str) -> None:
    kind, statements = BEYOND_REPAIR[name]
    before = [everything(filled)[0], everything(filled)[1]]
    damage(filled, *statements)
    report = repair(filled)
    assert kinds(report) == {kind}
    assert NEWS.id in report.findings[0].example
    assert "load it again" in KINDS[kind].fix
    filled.forget(NEWS.id)
    filled.write(NEWS, [SOLD, LEADS])
    assert repair(filled).in_order
    assert [len(part) for part in everything(filled)] == [len(part) for part in before]


def test_a_document_whose_source_is_gone_is_left_and_told(filled: GraphStore) -> None:
    damage(filled, "MATCH (s:Source {name: 'Daily News'}) DETACH DELETE s")
    assert [(one.kind, one.example) for one in repair(filled).findings] == [("documents with a source", NEWS.id)]
    filled.forget(NEWS.id)
    filled.write(NEWS, [SOLD, LEADS])
    assert check(filled).in_order


def test_claims_of_a_document_that_is_gone_go_with_what_they_alone_supported(filled: GraphStore) -> None:
    filled.forget(NEWS.id)
    without = everything(filled)
    filled.write(NEWS, [SOLD, LEADS])
    damage(filled, f"MATCH (d:Document {{id: '{NEWS.id}'}}) DETACH DELETE d")
    report = check(filled)
    assert {one.example for one in report.findings if one.kind == "claims with a document"} == {SOLD.id, LEADS.id}
    assert repair(filled).in_order
    assert [[line for line in part if "recorded_at" not in line] for part in everything(filled)] == [
        [line for line in part if "recorded_at" not in line] for part in without
    ]


def test_nodes_of_others_are_told_and_left_alone(filled: GraphStore) -> None:
    damage(
        filled,
        "CREATE (:Film {title: 'X'})<-[:SAW]-(:Person {name: 'Anna', id: 'anna'})",
        "MATCH (n:Actor {id: 'POL'}) CREATE (:Note {text: 'mine'})-[:ABOUT]->(n)",
        "MATCH (p:Person {id: 'anna'}) CREATE (:Source {name: 'a spring'})<-[:OWNS]-(p)",
    )
    before = everything(filled)
    report = repair(filled)
    assert report.findings == ()
    assert dict(report.about)["nodes of others"].startswith("4 (Film, Note")
    assert everything(filled) == before


_RELATED = (
    "MATCH (a:Actor) MATCH (b:Actor) WHERE a.id < b.id WITH a, b ORDER BY a.id, b.id SKIP $n LIMIT 1 "
    "CREATE (a)-[:ARMS {transfers: 1}]->(b) CREATE (a)-[:OPPOSES]->(b) CREATE (b)-[:ALLIED_WITH]->(a)"
)
_RANDOM_DAMAGE = (
    "MATCH (t:Transfer) WITH t ORDER BY t.id SKIP $n LIMIT 1 DETACH DELETE t",
    "MATCH (t:Transfer) WITH t ORDER BY t.id SKIP $n LIMIT 1 SET t.status = 'signed', t.claims = 99",
    "MATCH (t:Transfer) WITH t ORDER BY t.id SKIP $n LIMIT 1 SET t.block = 'nowhere'",
    "MATCH (n:Actor) WITH n ORDER BY n.id SKIP $n LIMIT 1 DETACH DELETE n",
    "MATCH (n:System) WITH n ORDER BY n.id SKIP $n LIMIT 1 SET n.name = 'other'",
    "MATCH (c:Claim) WITH c ORDER BY c.id SKIP $n LIMIT 1 SET c.block = 'TUR|POL|nowhere', c.quote = '???'",
    "MATCH (c:Claim)-[r]->() WITH r ORDER BY c.id, type(r) SKIP $n LIMIT 1 DELETE r",
    "MATCH (a:Actor)-[r]->(b:Actor) WITH r ORDER BY a.id, b.id, type(r) SKIP $n LIMIT 1 DELETE r",
    _RELATED,
    "MATCH (:Document)-[r:PUBLISHED_BY]->(s) WITH r ORDER BY s.id SKIP $n LIMIT 1 DELETE r",
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    some.lists(claims(), min_size=1, max_size=12),
    some.lists(some.tuples(some.sampled_from(_RANDOM_DAMAGE), some.integers(0, 5)), min_size=1, max_size=5),
)
def test_whatever_breaks_what_claims_give_is_repaired(
    store: GraphStore, given_claims: list[Claim], damages: list[tuple[str, int]]
) -> None:
    for of in DOCUMENTS:
        store.write(of, [claim for claim in given_claims if claim.document == of.id])
    before = everything(store)
    assert check(store).findings == ()
    for statement, number in damages:
        damage(store, statement, n=number)
    assert repair(store).findings == ()
    assert everything(store) == before
    for of in DOCUMENTS:
        store.forget(of.id)


def test_who_is_named_by_a_denial_only_is_brought_back(store: GraphStore) -> None:
    """Folding the claim again draws no relation that would hold the node."""
    store.write(NEWS, [relation("LEADS", "person:no-list-has-it", "firm:baykar", of=NEWS, modality="denied")])
    before = everything(store)
    damage(store, "MATCH (n:Person) DETACH DELETE n")
    assert repair(store).findings == ()
    assert everything(store) == before


def test_who_is_named_in_talk_only_is_brought_back(store: GraphStore) -> None:
    """A supplier of whom only talk speaks supplies no transfer that another supplier has signed."""
    talk = transfer("firm:baykar", "POL", TB2, "potential", of=NEWS, at=1)
    store.write(NEWS, [transfer("TUR", "POL", TB2, "signed", of=NEWS), talk])
    before = everything(store)
    assert check(store).findings == ()
    damage(store, "MATCH (n:Firm) DETACH DELETE n")
    assert repair(store).findings == ()
    assert everything(store) == before


# The command


def run(*words: str, store: Path | str, code: int = 0) -> Result:
    result = CliRunner(env={"LEGATION_STORE": str(store), "COLUMNS": "200"}).invoke(cli, list(words))
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_command_tells_what_is_found_and_repairs_it(store_url: str) -> None:
    with open_store(store_url, create=True) as store:
        store.write(NEWS, [SOLD, LEADS])
    assert "All is in order." in run("check", store=store_url).stderr
    with open_store(store_url) as store:
        damage(store, "MATCH ()-[r:LEADS]->() DELETE r")
    told = run("check", store=store_url, code=1)
    assert "1 found" in told.stdout
    assert "person:haluk-bayraktar LEADS firm:baykar: missing" in told.stdout
    assert "legation check --repair" in told.stderr
    mended = run("check", "--repair", store=store_url)
    assert "1 repaired" in mended.stdout
    assert "All is in order." in run("check", store=store_url).stderr


def test_the_command_answers_in_json(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        store.write(NEWS, [SOLD, LEADS])
        damage(store, CLAIM + "SET c.status = 'sold out'")
    rows = json.loads(run("check", "--repair", "--format", "json", store=tmp_path / "store", code=1).stdout)
    told = {row["check"]: row for row in rows}
    assert told["claims that can be read"]["found"] == 1
    assert told["claims that can be read"]["finding_ids"] == [f"{SOLD.id} of {NEWS.id}"]
    assert "legation forget" in told["claims that can be read"]["fix"]
    assert told[TRANSFER]["result"] == "ok"


def test_the_versions_are_told_even_if_the_store_does_not_answer() -> None:
    result = run("check", store="bolt://127.0.0.1:1", code=1)
    assert "legation 0." in result.stdout
    assert "No Neo4j answers at bolt://127.0.0.1:1" in result.stderr
