"""Editions of a register, instalments, and deals that two exports give with and without an id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from legation.graph.attested import Attested, superseded
from legation.graph.claims import Claim, Document
from legation.graph.derived import derive
from legation.graph.facts import Facts, Transfer, fold
from making import document, party, relation, transfer

F16 = "system:f-16"
OLD = document("An edition.", "Register", published_on="2024-03-18", register="deals")
NEW = document("A later edition.", "Register", published_on="2026-05-18", register="deals")
OTHER = document("Another register.", "Institute", published_on="2020-01-01", register="aid")
NEWS = document("An article.", "Daily News", published_on="2023-02-01")
DOCUMENTS = (OLD, NEW, OTHER, NEWS)


def row(of: Document, at: int = 0, **values: Any) -> Claim:
    return transfer("USA", "POL", F16, values.pop("status", "delivered"), of=of, at=at, **values)


def folded(claims: Iterable[Claim], loaded: Iterable[Document] = DOCUMENTS) -> Facts:
    by_id = {one.id: one for one in loaded}
    past = superseded(one.to_properties() for one in loaded)
    return fold(
        Attested(claim, of.source.id, of.source.reliability, of.register, of.id not in past)
        for claim in claims
        for of in [by_id[claim.document]]
    )


def only(facts: Facts) -> Transfer:
    (one,) = facts.transfers
    return one


def test_the_newer_edition_speaks_and_the_older_stays_as_a_claim() -> None:
    old, new = (row(of, register_id="~a-1", quantity_delivered=number) for of, number in ((OLD, 6), (NEW, 24)))
    one = only(folded([old, new]))
    assert (one.properties["quantity_delivered"], one.properties["contested"]) == (24, False)
    assert set(one.backing) == {old.id, new.id}


def test_a_deal_that_the_newer_edition_leaves_out_is_withdrawn_and_draws_nothing() -> None:
    facts = folded([row(OLD, register_id="~a-1", quantity_delivered=6)])
    assert (only(facts).properties["status"], only(facts).properties["quantity_delivered"]) == ("withdrawn", 6)
    assert derive(facts.transfers) == []


def test_without_the_newer_edition_nothing_is_withdrawn() -> None:
    assert only(folded([row(OLD, register_id="~a-1")], [OLD])).properties["status"] == "delivered"


def test_a_withdrawn_deal_speaks_as_its_last_edition_did() -> None:
    older = document("The first edition.", "Register", published_on="2020-01-01", register="deals")
    claims = [row(older, register_id="~a-1", quantity_delivered=1), row(OLD, register_id="~a-1", quantity_delivered=6)]
    assert only(folded(claims, [older, *DOCUMENTS])).properties["quantity_delivered"] == 6


def test_another_source_upholds_what_a_register_has_withdrawn() -> None:
    said = row(NEWS, status="signed", order_year=2003)
    one = only(folded([row(OLD, register_id="~a-1", order_year=2003), said]))
    assert one.properties["status"] == "signed"
    assert len(one.backing) == 2


def test_an_edition_of_another_register_withdraws_nothing() -> None:
    assert only(folded([row(OTHER, register_id="~a-1")])).properties["status"] == "delivered"


def test_a_relation_that_only_past_editions_give_is_not_drawn() -> None:
    part = relation("COMPONENT_OF", "system:no-list-has-it", F16, of=OLD)
    assert folded([part]).relations == ()
    assert len(folded([part], [OLD]).relations) == 1


def test_instalments_of_one_document_add_up() -> None:
    years = {2001: 4, 2002: 6, 2003: 2}
    parts = [
        row(NEWS, at, register_id="7", instalment=True, delivery_years=(year,), quantity_delivered=n, tiv_delivered=1.5)
        for at, (year, n) in enumerate(years.items())
    ]
    given = only(folded(parts)).properties
    assert (given["quantity_delivered"], given["tiv_delivered"]) == (12, 4.5)
    assert given["delivery_years"] == [2001, 2002, 2003]
    assert given["contested"] is False


def test_an_instalment_of_unknown_size_leaves_the_sum_unknown() -> None:
    known = row(NEWS, register_id="7", instalment=True, delivery_years=(2001,), quantity_delivered=4)
    unknown = row(NEWS, 1, register_id="7", instalment=True, delivery_years=(2002,))
    assert "quantity_delivered" not in only(folded([known, unknown])).properties


def test_a_sum_that_begins_in_the_middle_of_a_deal_does_not_contest_the_whole() -> None:
    whole = row(NEW, register_id="~a-1", order_year=2000, quantity_delivered=12, delivery_years=(2001, 2002))
    part = row(NEWS, register_id="7", order_year=2000, instalment=True, delivery_years=(2002,), quantity_delivered=5)
    given = only(folded([whole, part])).properties
    assert (given["quantity_delivered"], given["contested"]) == (12, False)


def test_a_sum_contests_no_whole_whose_years_are_unknown() -> None:
    whole = row(NEW, register_id="~a-1", order_year=2000, quantity_delivered=12)
    part = row(NEWS, register_id="7", order_year=2000, instalment=True, delivery_years=(2002,), quantity_delivered=5)
    assert only(folded([whole, part])).properties["contested"] is False


def test_whoever_paid_for_one_instalment_has_a_part_in_the_deal() -> None:
    parts = [
        row(NEWS, at, register_id="7", instalment=True, delivery_years=(2001 + at,), financiers=payers)
        for at, payers in enumerate([(), (party("SAU"),)])
    ]
    assert only(folded(parts)).parts == (("FINANCES", "SAU"),)


def test_a_sum_that_is_larger_than_the_whole_contests_it() -> None:
    whole = row(NEW, register_id="~a-1", order_year=2000, quantity_delivered=12, delivery_years=(2001, 2002))
    part = row(NEWS, register_id="7", order_year=2000, instalment=True, delivery_years=(2002,), quantity_delivered=15)
    assert only(folded([whole, part])).properties["contested"] is True


def test_the_only_deal_of_its_system_and_year_is_the_same_with_and_without_an_id() -> None:
    without = row(NEW, register_id="~a-1", order_year=2000)
    with_id = row(NEWS, register_id="7", order_year=2000)
    one = only(folded([without, with_id]))
    assert "register-7" in one.id
    assert one.properties["reason"] == (
        "the register's own id; the only one of its system, year and nature in an export without ids"
    )


def test_of_two_deals_of_one_year_the_number_delivered_tells_which() -> None:
    claims = [
        row(NEW, register_id="~a-1", order_year=2000, quantity_delivered=12, delivery_years=(2001, 2002)),
        row(NEW, 1, register_id="~a-2", order_year=2000, quantity_delivered=3, delivery_years=(2001,)),
        row(NEWS, 0, register_id="7", order_year=2000, instalment=True, quantity_delivered=5, delivery_years=(2001,)),
        row(NEWS, 1, register_id="7", order_year=2000, instalment=True, quantity_delivered=7, delivery_years=(2002,)),
    ]
    assert sorted(len(one.backing) for one in folded(claims).transfers) == [1, 3]


def test_a_deal_that_one_export_calls_made_in_the_country_is_the_same_if_no_other_is_left() -> None:
    sale = row(NEW, register_id="~a-1", order_year=2000)
    made_there = row(NEWS, register_id="7", order_year=2000, kind="licensed_production")
    assert "the only one left of its system and year" in str(only(folded([sale, made_there])).properties["reason"])
    both = [sale, row(NEW, 1, register_id="~a-2", order_year=2000, kind="licensed_production")]
    joined = {one.backing: one.properties["kind"] for one in folded([*both, made_there]).transfers}
    assert sorted(joined.values()) == ["licensed_production", "sale"]
    assert joined[sale.id,] == "sale"


def test_a_deal_whose_nature_an_edition_corrects_stays_one() -> None:
    old = row(OLD, register_id="~a-1", order_year=2000)
    new = row(NEW, register_id="~a-1", order_year=2000, kind="licensed_production")
    assert only(folded([old, new])).properties["kind"] == "licensed_production"


def test_what_was_delivered_tells_a_deal_that_two_exports_designate_differently() -> None:
    values: dict[str, Any] = {"order_year": 2000, "quantity_delivered": 8, "delivery_years": (2001,)}
    without = row(NEW, register_id="~a-1", quantity_ordered=8, **values)
    ids = [transfer("USA", "POL", "system:f-16c", "delivered", of=NEWS, register_id="7", **values)]
    assert set(only(folded([without, *ids])).backing) == {without.id, ids[0].id}
    ids.append(transfer("USA", "POL", "system:f-16a", "delivered", of=NEWS, at=1, register_id="8", **values))
    assert len(folded([without, *ids]).transfers) == 3


def test_an_article_joins_a_deal_of_its_nature_only() -> None:
    registered = [
        row(NEW, 0, register_id="~a-1", order_year=2000),
        row(NEW, 1, register_id="~a-2", order_year=2000, kind="licensed_production"),
    ]
    told = row(NEWS, order_year=2000, kind="licensed_production")
    (joined,) = (one for one in folded([*registered, told]).transfers if told.id in one.backing)
    assert registered[1].id in joined.backing


def test_where_two_could_be_meant_none_is_joined() -> None:
    alike = [row(NEW, at, register_id=f"~a-{at}", order_year=2000, quantity_delivered=3) for at in (0, 1)]
    with_id = row(NEWS, register_id="7", order_year=2000, quantity_delivered=3)
    assert len(folded([*alike, with_id]).transfers) == 3


def test_who_pays_and_through_whom_it_goes_have_a_part_in_the_deal() -> None:
    one = only(folded([row(NEWS, financiers=(party("SAU"),), intermediaries=(party("JOR"),), origins=(party("NLD"),))]))
    assert one.parts == (("CONVEYS", "JOR"), ("FINANCES", "SAU"), ("USED_BEFORE", "NLD"))


def test_a_price_for_more_than_the_deal_says_so() -> None:
    given = only(folded([row(NEWS, value=215e6, currency="USD", value_shared=True)])).properties
    assert (given["value"], given["value_shared"]) == (215e6, True)


def test_less_than_half_a_million_is_no_number_and_not_unknown() -> None:
    given = only(folded([row(NEWS, below_half=("tiv_delivered",))])).properties
    assert (given["below_half"], "tiv_delivered" in given) == (["tiv_delivered"], False)


def test_a_deal_under_another_designation_is_the_same_if_its_numbers_are_and_no_other_has_them() -> None:
    numbers: dict[str, Any] = {
        "order_year": 2000,
        "quantity_ordered": 12,
        "quantity_delivered": 12,
        "delivery_years": (2001,),
    }
    old = transfer("USA", "POL", F16, "delivered", of=OLD, register_id="~a-1", **numbers)
    new = transfer("USA", "POL", "system:f-16c", "delivered", of=NEW, register_id="~b-1", **numbers)
    one = only(folded([old, new]))
    assert (one.properties["status"], one.systems, len(one.backing)) == ("delivered", ("system:f-16c",), 2)
    again = transfer("USA", "POL", "system:f-16c", "delivered", of=NEW, at=1, register_id="~b-2", **numbers)
    assert len(folded([old, new, again]).transfers) == 3
