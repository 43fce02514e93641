"""Which claims speak of one deal."""

from __future__ import annotations

from legation.graph.claims import Claim
from legation.graph.deals import block_of, partition
from making import document, transfer

TB2 = "system:bayraktar-tb2"


def parts(*claims: Claim) -> set[frozenset[str]]:
    return {frozenset(one.id for one in deal.claims) for deal in partition(block_of(claims[0]), claims)}


def together(*claims: Claim) -> frozenset[str]:
    return frozenset(claim.id for claim in claims)


def test_a_firm_counts_as_its_state_and_a_variant_as_its_family() -> None:
    assert block_of(transfer("firm:baykar", "POL", TB2, "signed")) == block_of(transfer("TUR", "POL", TB2, "signed"))
    variant = transfer("USA", "POL", "system:f-16c", "signed")
    assert block_of(variant) == "USA|POL|system:f-16"


def test_a_claim_without_a_year_joins_the_only_deal() -> None:
    dated = transfer("TUR", "POL", TB2, "signed", order_year=2021, quantity_ordered=24)
    loose = transfer("TUR", "POL", TB2, "delivered", of=document("Another."))
    assert parts(dated, loose) == {together(dated, loose)}


def test_a_number_finds_its_deal_among_several() -> None:
    first = transfer("TUR", "UKR", TB2, "signed", order_year=2019, quantity_ordered=12)
    second = transfer("TUR", "UKR", TB2, "signed", order_year=2021, quantity_ordered=24, at=1)
    loose = transfer("TUR", "UKR", TB2, "delivered", quantity_ordered=24, of=document("Another."))
    assert parts(first, second, loose) == {together(first), together(second, loose)}


def test_what_could_be_of_several_deals_is_kept_apart_and_says_so() -> None:
    first = transfer("TUR", "UKR", TB2, "signed", order_year=2019)
    second = transfer("TUR", "UKR", TB2, "signed", order_year=2021, at=1)
    loose = transfer("TUR", "UKR", TB2, "delivered", of=document("Another."))
    assert parts(first, second, loose) == {together(first), together(second), together(loose)}
    reasons = {deal.reason for deal in partition(block_of(first), [first, second, loose])}
    assert "without a year; could belong to several deals" in reasons


def test_two_sources_that_give_another_number_speak_of_one_deal() -> None:
    one = transfer("TUR", "POL", TB2, "signed", quantity_ordered=24, of=document("One."))
    other = transfer("TUR", "POL", TB2, "signed", quantity_ordered=36, of=document("Two."))
    assert parts(one, other) == {together(one, other)}


def test_one_source_that_gives_two_numbers_speaks_of_two_deals() -> None:
    one = transfer("TUR", "POL", TB2, "signed", quantity_ordered=24)
    other = transfer("TUR", "POL", TB2, "signed", quantity_ordered=6, at=1)
    assert parts(one, other) == {together(one), together(other)}


def test_the_id_of_a_register_is_a_deal_of_its_own() -> None:
    one = transfer("TUR", "POL", TB2, "delivered", register_id="1", order_year=2021)
    other = transfer("TUR", "POL", TB2, "delivered", register_id="2", order_year=2021, at=1)
    assert parts(one, other) == {together(one), together(other)}


def test_ids_of_transfers_tell_what_they_are() -> None:
    claim = transfer("TUR", "POL", TB2, "signed", order_year=2021)
    (deal,) = partition(block_of(claim), [claim])
    assert deal.id.startswith("transfer:tur-pol-bayraktar-tb2-2021-")


def test_news_of_a_registered_deal_joins_it_by_year_or_number() -> None:
    one = transfer("TUR", "POL", TB2, "ordered", register_id="1", order_year=2021, quantity_ordered=24)
    dated = transfer("TUR", "POL", TB2, "signed", order_year=2021, of=document("One."))
    counted = transfer("TUR", "POL", TB2, "signed", quantity_ordered=24, of=document("Two."))
    assert parts(one, dated, counted) == {together(one, dated, counted)}


def test_news_of_one_of_two_registered_deals_of_a_year_goes_by_its_number() -> None:
    one = transfer("TUR", "POL", TB2, "ordered", register_id="1", order_year=2021, quantity_ordered=24)
    other = transfer("TUR", "POL", TB2, "ordered", register_id="2", order_year=2021, quantity_ordered=6, at=1)
    told = transfer("TUR", "POL", TB2, "signed", order_year=2021, quantity_ordered=6, of=document("One."))
    vague = transfer("TUR", "POL", TB2, "signed", order_year=2021, of=document("Two."))
    assert parts(one, other, told, vague) == {together(one), together(other, told), together(vague)}
