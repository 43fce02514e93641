"""The fold: which rule gives which fact, and that the order of claims never matters."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as some
from legation.graph.attested import Attested
from legation.graph.claims import Claim, Document
from legation.graph.derived import derive
from legation.graph.facts import Facts, Relation, Transfer, fold
from legation.graph.schema import STATUSES
from making import document, relation, transfer
from strategies import attest, attested, claims

TB2 = "system:bayraktar-tb2"


def folded(*given_claims: Claim, of: dict[str, Document] | None = None) -> Facts:
    documents = of or {}
    return fold(
        Attested(claim, documents[claim.document].source.id, documents[claim.document].source.reliability)
        if claim.document in documents
        else Attested(claim, "source:test")
        for claim in given_claims
    )


def only(facts: Facts) -> Transfer:
    assert len(facts.transfers) == 1
    return facts.transfers[0]


def drawn(facts: Facts) -> set[tuple[str, str, str]]:
    return {(one.kind, one.start, one.end) for one in derive(facts.transfers)}


@given(attested(), some.integers())
def test_the_order_of_claims_does_not_matter(given_claims: list[Attested], seed: int) -> None:
    shuffled = random.Random(seed).sample(given_claims, len(given_claims))
    assert fold(shuffled) == fold(given_claims)
    assert derive(fold(shuffled).transfers) == derive(fold(given_claims).transfers)


@given(attested())
def test_the_same_claims_twice_change_nothing(given_claims: list[Attested]) -> None:
    assert fold(given_claims + given_claims) == fold(given_claims)


@given(attested())
def test_every_transfer_claim_backs_or_disputes_exactly_one_transfer(given_claims: list[Attested]) -> None:
    held = [claim for one in fold(given_claims).transfers for claim in (*one.backing, *one.disputing)]
    stated = {one.claim.id for one in given_claims if one.claim.statement.states == "transfer"}
    assert sorted(held) == sorted(stated)


@given(attested())
def test_a_status_is_one_that_some_claim_gives_or_less(given_claims: list[Attested]) -> None:
    by_id = {one.claim.id: one.claim for one in given_claims}
    for one in fold(given_claims).transfers:
        given_statuses = {by_id[claim].to_properties()["status"] for claim in one.backing}
        assert one.properties["status"] in given_statuses | {"potential", "denied", "withdrawn"}


@given(attested())
def test_a_pair_has_one_derived_relation_and_no_one_arms_himself(given_claims: list[Attested]) -> None:
    relations = derive(fold(given_claims).transfers)
    ends = [(one.start, one.end) for one in relations]
    assert len(ends) == len(set(ends))
    assert all(start != end for start, end in ends)


@given(attested(), claims())
def test_a_claim_of_another_block_leaves_the_other_facts_as_they_were(
    given_claims: list[Attested], claim: Claim
) -> None:
    from legation.graph.deals import block_of  # noqa: PLC0415

    others = [one for one in given_claims if block_of(one.claim) != block_of(claim)]
    before, after = fold(others), fold([*others, attest(claim)])
    assert {one.id for one in before.transfers} <= {one.id for one in after.transfers}
    assert all(one in after.transfers for one in before.transfers)
    assert all(one in after.relations for one in before.relations)


def test_a_candidate_buyer_never_makes_an_arms_edge() -> None:
    for status, meaning in STATUSES.items():
        facts = folded(transfer("TUR", "HUN", TB2, status))
        assert drawn(facts) == {(meaning.draws, "TUR", "HUN")}
    assert STATUSES["potential"].draws == STATUSES["approved"].draws == "MAY_ARM"


def test_the_highest_status_wins() -> None:
    facts = folded(transfer("TUR", "POL", TB2, "potential"), transfer("TUR", "POL", TB2, "signed", at=1))
    assert only(facts).properties["status"] == "signed"


def test_speculation_backs_no_more_than_a_possibility() -> None:
    facts = folded(transfer("TUR", "POL", TB2, "delivered", modality="speculated"))
    assert drawn(facts) == {("MAY_ARM", "TUR", "POL")}


def test_a_denial_disputes_and_does_not_back() -> None:
    facts = folded(
        transfer("TUR", "POL", TB2, "signed"), transfer("TUR", "POL", TB2, "signed", at=1, modality="denied")
    )
    one = only(facts)
    assert (len(one.backing), len(one.disputing)) == (1, 1)
    assert one.properties["contested"] is True
    assert one.properties["status"] == "signed"


def test_what_is_only_denied_did_not_happen() -> None:
    facts = folded(transfer("TUR", "ISR", TB2, "delivered", modality="denied"))
    assert only(facts).properties["status"] == "denied"
    assert drawn(facts) == {("DID_NOT_ARM", "TUR", "ISR")}


def test_a_signature_after_a_refusal_counts_and_is_contested() -> None:
    facts = folded(transfer("USA", "TUR", TB2, "refused"), transfer("USA", "TUR", TB2, "signed", at=1))
    assert only(facts).properties["status"] == "signed"
    assert only(facts).properties["contested"] is True


def test_a_cancelled_order_arms_nobody() -> None:
    facts = folded(transfer("USA", "TUR", TB2, "ordered"), transfer("USA", "TUR", TB2, "cancelled", at=1))
    assert drawn(facts) == {("DID_NOT_ARM", "USA", "TUR")}


def test_the_number_that_most_claims_give_wins_and_the_deal_is_contested() -> None:
    first, second, third = document("One."), document("Two."), document("Three.")
    facts = folded(
        transfer("TUR", "POL", TB2, "signed", quantity_ordered=24, of=first),
        transfer("TUR", "POL", TB2, "signed", quantity_ordered=24, of=second),
        transfer("TUR", "POL", TB2, "signed", quantity_ordered=36, of=third),
    )
    assert only(facts).properties["quantity_ordered"] == 24
    assert only(facts).properties["contested"] is True


def test_of_equally_many_claims_the_more_reliable_source_wins_then_the_later() -> None:
    rumour, paper = document("One.", "Rumours"), document("Two.", "Paper", reliability="B")
    facts = folded(
        transfer("TUR", "POL", TB2, "signed", quantity_ordered=36, of=rumour),
        transfer("TUR", "POL", TB2, "signed", quantity_ordered=24, of=paper),
        of={rumour.id: rumour, paper.id: paper},
    )
    assert only(facts).properties["quantity_ordered"] == 24
    old, new = document("One.", published_on="2020"), document("Two.", published_on="2021-03-01")
    facts = folded(
        transfer("TUR", "POL", TB2, "signed", quantity_ordered=12, of=old),
        transfer("TUR", "POL", TB2, "signed", quantity_ordered=24, of=new),
        of={old.id: old, new.id: new},
    )
    assert only(facts).properties["quantity_ordered"] == 24


def test_talk_of_a_number_does_not_change_an_order() -> None:
    many = [transfer("TUR", "POL", TB2, "offered", quantity_ordered=36, of=document(f"Talk {n}.")) for n in range(3)]
    facts = folded(*many, transfer("TUR", "POL", TB2, "ordered", quantity_ordered=24, of=document("Order.")))
    assert only(facts).properties["quantity_ordered"] == 24


def test_unknown_stays_unknown() -> None:
    one = only(folded(transfer("TUR", "POL", TB2, "signed")))
    assert (
        not {"quantity_ordered", "quantity_delivered", "order_year", "delivery_years", "value"} & one.properties.keys()
    )
    relations = derive([one])
    assert "units" not in relations[0].properties
    assert relations[0].properties["units_unknown"] == 1


def test_that_nothing_is_delivered_yet_says_not_how_many_were_ordered() -> None:
    one = only(folded(transfer("TUR", "POL", TB2, "ordered", quantity_delivered=0)))
    told = derive([one])[0].properties
    assert ("units" in told, told["units_unknown"]) == (False, 1)


def test_an_estimate_stays_one_until_a_claim_gives_it_without_a_doubt() -> None:
    guess = transfer("TUR", "POL", TB2, "signed", quantity_ordered=24, estimated=("quantity_ordered",))
    assert only(folded(guess)).properties["estimated"] == ["quantity_ordered"]
    sure = transfer("TUR", "POL", TB2, "signed", quantity_ordered=24, at=1)
    assert "estimated" not in only(folded(guess, sure)).properties


def test_two_order_years_are_two_deals_and_their_units_add_up() -> None:
    facts = folded(
        transfer("TUR", "UKR", TB2, "signed", order_year=2019, quantity_ordered=12),
        transfer("TUR", "UKR", TB2, "delivered", order_year=2021, quantity_ordered=24, at=1),
    )
    assert len(facts.transfers) == 2
    arms = derive(facts.transfers)[0].properties
    assert (arms["transfers"], arms["units"], arms["first_year"], arms["last_year"]) == (2, 36, 2019, 2021)


def test_a_firm_and_its_state_supply_the_same_deal() -> None:
    facts = folded(transfer("firm:baykar", "POL", TB2, "signed"), transfer("TUR", "POL", TB2, "signed", at=1))
    assert only(facts).suppliers == ("TUR", "firm:baykar")
    assert drawn(facts) == {("ARMS", "TUR", "POL"), ("ARMS", "firm:baykar", "POL")}
    assert only(facts).properties["supplier"] == "TUR"


def test_joint_production_is_another_deal_than_a_sale() -> None:
    facts = folded(
        transfer("TUR", "UKR", TB2, "signed", quantity_ordered=12),
        transfer("TUR", "UKR", TB2, "signed", quantity_ordered=48, kind="joint_production", at=1),
    )
    assert len(facts.transfers) == 2


def test_a_relation_holds_its_claims_and_the_title_most_give() -> None:
    facts = folded(
        relation("LEADS", "person:haluk-bayraktar", "firm:baykar", title="CEO"),
        relation("LEADS", "person:haluk-bayraktar", "firm:baykar", title="CEO", at=1),
        relation("LEADS", "person:haluk-bayraktar", "firm:baykar", title="head", at=2),
    )
    (one,) = facts.relations
    assert isinstance(one, Relation)
    assert one.properties["title"] == "CEO"
    assert len(list(one.properties["claims"])) == 3  # type: ignore[arg-type]


def test_an_alliance_is_one_relation_whoever_is_named_first() -> None:
    facts = folded(relation("ALLIED_WITH", "TUR", "POL"), relation("ALLIED_WITH", "POL", "TUR", at=1))
    assert [(one.start, one.end) for one in facts.relations] == [("POL", "TUR")]


def test_a_relation_that_is_only_denied_is_not_drawn() -> None:
    assert folded(relation("ALLIED_WITH", "TUR", "POL", modality="denied")).relations == ()


def test_a_speculated_cancellation_does_not_cancel() -> None:
    facts = folded(
        transfer("USA", "TUR", TB2, "ordered"), transfer("USA", "TUR", TB2, "cancelled", at=1, modality="speculated")
    )
    assert drawn(facts) == {("ARMS", "USA", "TUR")}


def test_who_denies_a_refusal_does_not_draw_one() -> None:
    assert drawn(folded(transfer("USA", "TUR", TB2, "refused", modality="denied"))) == {("MAY_ARM", "USA", "TUR")}


def test_a_firm_that_only_a_denial_or_talk_names_did_not_arm() -> None:
    denial = transfer("firm:baykar", "POL", TB2, "delivered", at=1, modality="denied")
    talk = transfer("firm:baykar", "POL", TB2, "potential", at=2)
    assert drawn(folded(transfer("TUR", "POL", TB2, "delivered"), denial, talk)) == {("ARMS", "TUR", "POL")}
