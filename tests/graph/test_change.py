"""What a change of one document reports, and what it does when the reference lists have changed since the last one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from legation.graph import batches
from legation.graph.change import Change
from legation.graph.claims import Claim
from legation.graph.names import Reference
from legation.graph.schema import DERIVED
from legation.graph.statements import Party
from legation.graph.store import GraphStore
from making import document, relation, transfer
from strategies import DOCUMENTS, claims

TB2 = "system:bayraktar-tb2"
NEWS = document("Turkey sold drones to Poland, said the minister.", published_on="2021-05-24")
REPORT = document("A report on other drones and their makers.", "Institute", reliability="B")


def edges(store: GraphStore) -> set[tuple[str, str, str]]:
    rows = store.read("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS kind, b.id AS b")
    return {(row["a"], row["kind"], row["b"]) for row in rows}


def everything(store: GraphStore) -> tuple[list[str], list[str]]:
    held = store.read("MATCH (n) WHERE NOT n:LegationLock RETURN properties(n) AS p").records
    for row in held:
        row["p"].pop("recorded_at", None)
    drawn = store.read("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS kind, b.id AS b, properties(r) AS p").records
    return sorted(repr(sorted(row["p"].items())) for row in held), sorted(
        repr((row["a"], row["kind"], row["b"], sorted(row["p"].items()))) for row in drawn
    )


def is_empty(store: GraphStore) -> bool:
    return not store.read("MATCH (n) WHERE NOT n:LegationLock RETURN n.id AS id").records


def sold(**values: Any) -> Claim:
    return transfer("firm:baykar", "POL", TB2, "signed", of=NEWS, **values)


@pytest.fixture
def other_lists(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Lets a test go on with lists that know the firm as another state's, and the system as of another family."""
    with monkeypatch.context() as patch:
        yield patch


def change_lists(patch: pytest.MonkeyPatch) -> None:
    before_state, before_family = Reference.state_of, Reference.family_of

    def state_of(self: Reference, actor_id: str) -> str | None:
        return "UKR" if actor_id == "firm:baykar" else before_state(self, actor_id)

    def family_of(self: Reference, system_id: str) -> str:
        return "system:uav" if system_id == TB2 else before_family(self, system_id)

    patch.setattr(Reference, "state_of", state_of)
    patch.setattr(Reference, "family_of", family_of)


def test_a_write_says_what_is_new_gone_and_kept(store: GraphStore) -> None:
    first, second, third = sold(order_year=2020), sold(order_year=2021), sold(order_year=2022)
    written = store.write(NEWS, [first, second])
    assert (written.added, written.removed, written.kept) == (2, 0, 0)
    written = store.write(NEWS, [second, third])
    assert (written.change, written.added, written.removed, written.kept) == ("changed", 1, 1, 1)
    written = store.write(NEWS, [third, second])
    assert (written.change, written.added, written.removed, written.kept) == ("unchanged", 0, 0, 2)
    written = store.forget(NEWS.id)
    assert (written.change, written.claims, written.removed) == ("forgotten", 0, 2)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(claims(), max_size=10), some.lists(claims(), max_size=10))
def test_a_store_that_was_changed_holds_what_a_fresh_one_would(
    store: GraphStore, first: list[Claim], then: list[Claim]
) -> None:
    """Whatever a document said before, and whatever is in of others, only what is said now counts."""
    for of in DOCUMENTS:
        store.write(of, [claim for claim in first if claim.document == of.id])
    stays = [claim for claim in first if claim.document == DOCUMENTS[0].id]
    for of in DOCUMENTS[1:]:
        store.write(of, [claim for claim in first[::2] + then if claim.document == of.id])
    changed = everything(store)
    for of in DOCUMENTS:
        store.forget(of.id)
    assert is_empty(store)
    for of in DOCUMENTS[:0:-1]:
        store.write(of, [claim for claim in first[::2] + then if claim.document == of.id])
    store.write(DOCUMENTS[0], stays)
    assert everything(store) == changed
    for of in DOCUMENTS:
        store.forget(of.id)
    assert is_empty(store)


def test_who_pays_is_named_by_one_claim_and_not_by_another(store: GraphStore) -> None:
    """The claims of one deal need not all name its financier; his name is that of those that do."""
    fund = Party("org:an-unlisted-fund", "An Unlisted Fund")
    store.write(NEWS, [sold(financiers=(fund,)), sold(order_year=2020)])
    store.write(NEWS, [sold(financiers=(fund,)), sold(order_year=2021)])
    (row,) = store.read("MATCH (a:Actor)-[:FINANCES]->(:Transfer) RETURN a.name AS name")
    assert row["name"] == "An Unlisted Fund"


def test_a_surer_or_newer_extractor_changes_the_claim_and_not_when_it_came(store: GraphStore) -> None:
    store.write(NEWS, [sold()])
    came = store.read("MATCH (c:Claim) RETURN c.recorded_at AS at").records
    written = store.write(NEWS, [replace(sold(), extractor="test/2", confidence=0.5, published_on=None)])
    assert (written.change, written.kept, written.added, written.removed) == ("changed", 1, 0, 0)
    (claim,) = store.read("MATCH (c:Claim) RETURN properties(c) AS p")
    assert (claim["p"]["extractor"], claim["p"]["confidence"]) == ("test/2", 0.5)
    assert "published_on" not in claim["p"]
    assert store.read("MATCH (c:Claim) RETURN c.recorded_at AS at").records == came


def test_progress_comes_as_numbers_that_rise_to_the_total(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "_BATCH", 2)
    told: list[tuple[int, int, str]] = []
    claims = [sold(order_year=year) for year in range(2016, 2021)]
    store.write(NEWS, claims, progress=lambda *numbers: told.append(numbers))
    assert [one for one in told if one[2] == "claims"] == [(2, 5, "claims"), (4, 5, "claims"), (5, 5, "claims")]
    assert (5, 5, "transfers") in told
    told.clear()
    store.forget(NEWS.id, progress=lambda *numbers: told.append(numbers))
    assert any(done == total >= 5 and "taken out" in what for done, total, what in told)


@pytest.mark.parametrize("size", [1, 3])
def test_the_size_of_a_batch_changes_nothing(store: GraphStore, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    claims = [sold(order_year=year, said_by=None) for year in range(2016, 2021)]
    more = [relation("LEADS", "person:haluk-bayraktar", "firm:baykar", of=NEWS, at=3)]
    store.write(NEWS, claims + more)
    whole = everything(store)
    store.forget(NEWS.id)
    monkeypatch.setattr(batches, "_BATCH", size)
    store.write(NEWS, claims + more)
    assert everything(store) == whole
    store.forget(NEWS.id)
    assert is_empty(store)


def test_a_write_whose_answer_was_lost_still_says_what_it_did(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store has committed, and the driver tries again: then nothing is left to do."""
    in_transaction = GraphStore._in_transaction

    def twice(self: GraphStore, work: Any) -> Any:
        in_transaction(self, work)
        return in_transaction(self, work)

    monkeypatch.setattr(GraphStore, "_in_transaction", twice)
    written = store.write(NEWS, [sold()])
    assert (written.change, written.claims, written.transfers, written.added) == ("new", 1, 1, 1)
    assert store.forget(NEWS.id).change == "forgotten"
    assert is_empty(store)


def test_forgetting_after_the_lists_changed_leaves_nothing(store: GraphStore, other_lists: pytest.MonkeyPatch) -> None:
    store.write(NEWS, [sold(order_year=2021), relation("LEADS", "person:haluk-bayraktar", "firm:baykar", of=NEWS)])
    change_lists(other_lists)
    store.forget(NEWS.id)
    assert is_empty(store)


def test_writing_again_after_the_lists_changed_gives_what_a_fresh_store_holds(
    store: GraphStore, other_lists: pytest.MonkeyPatch
) -> None:
    store.write(NEWS, [sold(order_year=2021)])
    change_lists(other_lists)
    later = sold(order_year=2022)
    store.write(NEWS, [later])
    changed = everything(store)
    store.forget(NEWS.id)
    assert is_empty(store)
    store.write(NEWS, [later])
    assert everything(store) == changed


def test_forgetting_one_of_two_after_the_lists_changed_leaves_what_the_other_says(
    store: GraphStore, other_lists: pytest.MonkeyPatch
) -> None:
    """The claim that stays goes to the block to which it belongs by now, and can be forgotten from there."""
    report = transfer("firm:baykar", "POL", TB2, "delivered", of=REPORT, order_year=2021)
    store.write(NEWS, [sold(order_year=2021)])
    store.write(REPORT, [report])
    change_lists(other_lists)
    store.forget(NEWS.id)
    left = everything(store)
    assert ("UKR", "ARMS", "POL") in edges(store)
    assert not any(start == "TUR" for start, _, _ in edges(store))
    store.forget(REPORT.id)
    assert is_empty(store)
    store.write(REPORT, [report])
    assert everything(store) == left


def test_folding_again_moves_claims_to_the_block_where_they_belong(
    store: GraphStore, other_lists: pytest.MonkeyPatch
) -> None:
    store.write(NEWS, [sold(order_year=2021)])
    blocks = [row["block"] for row in store.read("MATCH (c:Claim) RETURN DISTINCT c.block AS block")]
    change_lists(other_lists)
    report = transfer("UKR", "POL", "system:uav", "signed", of=REPORT, order_year=2021)
    store.write(REPORT, [report])
    assert len(store.refold(blocks).transfers) == 1
    refolded = everything(store)
    store.forget(NEWS.id)
    store.forget(REPORT.id)
    assert is_empty(store)
    store.write(REPORT, [report])
    store.write(NEWS, [sold(order_year=2021)])
    assert everything(store) == refolded


def test_folding_again_mends_what_was_lost_or_put_there(store: GraphStore) -> None:
    store.write(NEWS, [sold(order_year=2021), relation("ALLIED_WITH", "TUR", "POL", of=NEWS, at=2)])
    before = everything(store)
    blocks = [row["block"] for row in store.read("MATCH (c:Claim) RETURN DISTINCT c.block AS block")]

    def damage(statements: Iterable[str]) -> None:
        for statement in statements:
            store._in_transaction(lambda transaction, text=statement: transaction.run(text).consume())  # type: ignore[misc]

    damage(
        [
            "MATCH (t:Transfer) SET t.status = 'refused'",
            "MATCH (:Actor)-[r:ARMS]->(:Actor) WITH collect(r) AS gone UNWIND gone AS r DELETE r",
            "MATCH (a:Actor {id: 'TUR'}) MATCH (b:Actor {id: 'POL'}) CREATE (a)-[:MAY_ARM {transfers: 7}]->(b)",
            "MATCH (:Actor)-[r:ALLIED_WITH]->(:Actor) SET r.claims = ['claim:none']",
        ]
    )
    store.refold(blocks)
    assert everything(store) == before
    assert not store.refold([]).transfers
    damage(["MATCH (c:Claim) DETACH DELETE c"])
    store.refold(blocks)
    assert not any(kind in DERIVED for _, kind, _ in edges(store))
    assert not store.read("MATCH (t:Transfer) RETURN t.id AS id").records


def test_a_change_starts_with_the_lock() -> None:
    """Whoever reads before it holds the lock folds what another is about to change."""
    ran: list[str] = []

    class Recorder:
        deletes_at_once = True

        def rows(self, statement: str, /, **_: Any) -> list[dict[str, Any]]:
            ran.append(statement)
            return []

        def run(self, statement: str, /, **parameters: Any) -> int:
            ran.append(statement)
            made = 4 if ":BACKS" in statement else statement.count("]->") + statement.count("]-(")
            return made * len(parameters.get("rows", ()))

    works: list[Callable[[Change], object]] = [
        lambda change: change.replace(NEWS, [sold()]),
        lambda change: change.remove(NEWS.id),
        lambda change: change.refold(["TUR|POL|system:uav"]),
    ]
    for work in works:
        ran.clear()
        work(Change(Recorder()))
        assert "LegationLock" in ran[0]
