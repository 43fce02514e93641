"""How a name finds its entry, and how it never does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from legation.graph.claims import Party
from legation.graph.names import key, make_id, reference, slug, suggest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("TURKEY", "TUR"),
        ("Turkish", "TUR"),
        ("Ankara", "TUR"),
        ("Poland", "POL"),
        ("Warsaw", "POL"),
        ("Kiev", "UKR"),
        ("the Kremlin", "RUS"),
        ("Soviet Union", "SUN"),
        ("East Germany", "DDR"),
        ("North Korea", "PRK"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Austria", "AUT"),
        ("Australia", "AUS"),
        ("DR Congo", "COD"),
        ("Congo", "COG"),
        ("Guinea-Bissau", "GNB"),
        ("Baykar", "firm:baykar"),
        ("TB2", "system:bayraktar-tb2"),
        ("s400", "system:s-400"),
        ("drones", "system:uav"),
        ("NATO", "org:nato"),
    ],
)
def test_a_name_leads_to_its_entry(text: str, expected: str) -> None:
    assert expected in {entry.id for entry in reference().find(text)}


@pytest.mark.parametrize("text", ["Nigeri", "Austral", "S-500X", "Korea", "", "?"])
def test_what_is_only_similar_is_not_found(text: str) -> None:
    assert not {entry.id for entry in reference().find(text)} & {"NGA", "AUS", "AUT", "PRK", "KOR", "system:s-500"}


def test_digits_tell_systems_apart() -> None:
    assert key("S-300") != key("S-400")
    assert {entry.id for entry in reference().find("S-300")} != {entry.id for entry in reference().find("S-400")}


def test_a_firm_has_a_state_and_a_variant_a_family() -> None:
    assert reference().state_of("firm:baykar") == "TUR"
    assert reference().state_of("TUR") == "TUR"
    assert reference().state_of("firm:no-list-has-it") is None
    assert reference().family_of("system:f-16c") == "system:f-16"
    assert reference().family_of("system:no-list-has-it") == "system:no-list-has-it"


def test_the_baltic_states_are_three() -> None:
    assert reference().groups[key("Baltic states")] == ("EST", "LVA", "LTU")


@settings(deadline=None)
@given(some.text(min_size=1))
def test_any_name_makes_an_id(text: str) -> None:
    assert slug(text)
    assert Party(make_id("Firm", text), text).label == "Firm"


def test_suggestions_are_near_and_never_an_answer() -> None:
    names = {"Poland": "POL", "Portugal": "PRT", "Japan": "JPN"}
    assert suggest("Polnad", names)[0] == "POL"
    assert suggest("zzzzzz", names) == []
