"""What rules find is written down as a document, and can be told, overruled and replaced."""

from __future__ import annotations

from holding import edges, everything
from legation.graph.check import check
from legation.graph.claims import Claim
from legation.graph.statements import DescriptionStatement, Party
from legation.graph.store import GraphStore
from legation.loaders.decisions import Decision, decide
from legation.loaders.resolution.resolve import resolve
from legation.queries.decisions import candidates, decisions, told_of, whom
from making import document, relation

NEWS = document("Kalkan Makina and Kalkan Makina A.S. are named here, and so is Kalkan Denizcilik.")
ONE, OTHER = Party("firm:kalkan-makina", "Kalkan Makina"), Party("firm:kalkan-makina-as", "Kalkan Makina A.S.")
THIRD, FOURTH = Party("firm:yildiz", "Yildiz Havacilik"), Party("firm:yildiz-havaci", "Yildiz Havacilk")


def fill(store: GraphStore) -> None:
    def describe(party: Party, at: int, *countries: str) -> Claim:
        statement = DescriptionStatement(party, countries=countries)
        return Claim(NEWS.id, NEWS.content[at], at, at + 1, statement, "test/1")

    store.write(
        NEWS,
        [
            describe(ONE, 0, "TUR"),
            describe(OTHER, 1, "TUR"),
            describe(THIRD, 2, "TUR"),
            describe(FOURTH, 3),
            relation("LEADS", Party("person:demir", "Demir"), OTHER, of=NEWS, at=4),
        ],
    )


def test_rules_make_one_and_say_who_may_be_and_all_of_it_can_be_forgotten(store: GraphStore) -> None:
    fill(store)
    before = everything(store)
    resolved = resolve(store)
    assert "1 pair by the same rare name and state; 1 pair that may be one" in resolved.in_words()
    assert ("person:demir", "LEADS", "firm:kalkan-makina") in edges(store)
    assert ("firm:yildiz", "POSSIBLY_SAME", "firm:yildiz-havaci") in edges(store)
    (row,) = candidates(store, 10)
    assert (row["one_id"], row["other_id"]) == ("firm:yildiz", "firm:yildiz-havaci")
    assert row["one_says"].startswith("1 claim: ")
    assert check(store).in_order
    found = everything(store)
    assert resolve(store).document == resolved.document
    assert everything(store) == found, "comparing again changes nothing"
    store.forget(str(resolved.document))
    assert everything(store) == before


def test_a_decision_stands_above_the_rules_and_they_do_not_repeat_what_is_decided(store: GraphStore) -> None:
    fill(store)
    resolve(store)
    told = Decision(
        whom(store, "firm:kalkan-makina"), whom(store, OTHER.name), False, "two registers", "Ada", "2026-01-02"
    )
    decide(store, [told, Decision(THIRD, FOURTH, False, "two towns", "Ada", "2026-01-02")])
    assert ("person:demir", "LEADS", "firm:kalkan-makina-as") in edges(store)
    assert not any(kind == "POSSIBLY_SAME" for _, kind, _ in edges(store))
    resolve(store)
    assert not candidates(store, 10).records
    (rule,) = [row for row in decisions(store, automatic=True) if row["number"] is None]
    assert rule["holds"] == "no, somebody decided otherwise"
    assert any("two registers (decision 1 of Ada" in line for line in told_of(store, ONE.id))
    assert check(store).in_order
