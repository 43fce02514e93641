"""Claims: what makes them the same, what they refuse, and that they survive being stored."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from legation.graph.claims import Claim, Source, digest
from legation.graph.errors import LoadError
from legation.graph.statements import DescriptionStatement, Party, RelationStatement, VolumeStatement
from making import document, party, relation, transfer
from strategies import claims


def test_the_same_words_at_the_same_place_are_the_same_claim() -> None:
    first = transfer("TUR", "POL", "system:bayraktar-tb2", "signed", quantity_ordered=24)
    again = transfer("TUR", "POL", "system:bayraktar-tb2", "signed", quantity_ordered=24)
    assert first.id == again.id


@pytest.mark.parametrize(
    "other",
    [
        transfer("TUR", "POL", "system:bayraktar-tb2", "signed", quantity_ordered=25),
        transfer("TUR", "POL", "system:bayraktar-tb2", "signed", quantity_ordered=24, at=3),
        transfer("TUR", "POL", "system:bayraktar-tb2", "signed", quantity_ordered=24, modality="denied"),
        transfer("TUR", "POL", "system:bayraktar-tb2", "signed", quantity_ordered=24, of=document("Another article.")),
    ],
)
def test_another_value_place_modality_or_document_is_another_claim(other: Claim) -> None:
    assert other.id != transfer("TUR", "POL", "system:bayraktar-tb2", "signed", quantity_ordered=24).id


@given(claims())
def test_a_claim_comes_back_from_its_properties_as_it_was(claim: Claim) -> None:
    assert Claim.from_properties(claim.to_properties()) == claim


def test_unknown_is_left_out_and_never_zero() -> None:
    values = transfer("TUR", "POL", "system:uav", "signed").to_properties()
    assert not {"quantity_ordered", "order_year", "tiv_order", "value"} & values.keys()


def test_a_document_is_known_by_its_content_alone() -> None:
    assert document("Same words.", "Daily News").id == document("Same words.", "Evening News").id
    assert document("Same words.").id != document("Other words.").id


def test_a_document_with_any_characters_has_an_id() -> None:
    assert document("lone \ud800 surrogate, \U0001f680 and \u202e").id.startswith("doc:")


@given(some.text(max_size=12))
def test_an_id_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(LoadError, match="is no id"):
        Party(f"{text}|", "x")


def test_a_status_that_is_not_on_the_ladder_is_refused() -> None:
    with pytest.raises(LoadError, match="no status; use one of interested"):
        transfer("TUR", "POL", "system:uav", "sold")


def test_a_state_is_no_system_and_a_system_no_buyer() -> None:
    with pytest.raises(LoadError, match="cannot be the system"):
        transfer("TUR", "POL", "UKR", "signed")
    with pytest.raises(LoadError, match="cannot be the buyer"):
        transfer("TUR", "system:uav", "system:uav", "signed")


def test_a_relation_keeps_to_its_ends() -> None:
    with pytest.raises(LoadError, match="cannot be the subject"):
        relation("LEADS", "TUR", "POL")
    with pytest.raises(LoadError, match="with itself"):
        relation("ALLIED_WITH", "TUR", "TUR")


def test_no_claim_states_a_derived_relation() -> None:
    with pytest.raises(LoadError, match="no relation that a claim can state"):
        relation("ARMS", "TUR", "POL")


def test_a_claim_without_words_is_refused() -> None:
    with pytest.raises(LoadError, match="has no quote"):
        transfer("TUR", "POL", "system:uav", "signed", at=500)


def test_a_reliability_off_the_scale_is_refused() -> None:
    with pytest.raises(LoadError, match="not on the scale"):
        Source("Daily News", "G")


def test_the_roles_of_a_claim_end_with_its_speaker() -> None:
    claim = transfer("TUR", "POL", "system:uav", "signed", said_by=party("person:haluk-bayraktar"))
    assert [role for role, _ in claim.parties()] == ["supplier", "buyer", "system", "said_by"]


parts = some.one_of(
    some.none(), some.booleans(), some.integers(), some.floats(allow_nan=False), some.text(), some.lists(some.text())
)


@given(some.lists(parts))
def test_a_hash_is_that_of_the_json_of_its_parts(parts: list[object]) -> None:
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    assert digest(*parts) == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_sales_are_money_and_leave_the_ids_of_other_volumes_as_they_were() -> None:
    def told(**more: Any) -> Claim:
        volumes = VolumeStatement(
            party("POL"), more.pop("direction", "exports"), (2019, 2020), (1.5, 3.0), (2018,), **more
        )
        return Claim("doc:x", "ab", 0, 2, volumes, "test/1", row=3)

    assert told().id == "claim:8f6ade30391ad462"
    sales = told(direction="sales", currency="USD", price_year=2018, estimated=("volumes",))
    assert Claim.from_properties(sales.to_properties()) == sales
    assert len({told().id, sales.id, told(direction="sales").id, told(currency="USD").id}) == 4


def test_a_day_that_no_calendar_has_is_no_statement() -> None:
    anna, baykar = Party("person:anna", "Anna"), Party("firm:baykar", "Baykar")
    with pytest.raises(LoadError, match="'2021-02-30' is no date of the calendar"):
        RelationStatement("LEADS", anna, baykar, until="2021-02-30")
    with pytest.raises(LoadError, match="no date of the calendar"):
        DescriptionStatement(anna, since="1970-13")
