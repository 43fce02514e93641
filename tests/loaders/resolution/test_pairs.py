"""Who is taken for one, who may be one, and who is neither."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from legation.graph.names import make_id
from legation.loaders.resolution.actors import Profile
from legation.loaders.resolution.pairs import Pair, find_pairs

TURKEY, POLAND = frozenset({"TUR"}), frozenset({"POL"})


def firm(name: str, *aliases: str, states: frozenset[str] = frozenset(), ids: tuple[str, ...] = ()) -> Profile:
    return Profile(f"{make_id('Firm', name)}-{len(name)}", name, aliases, ids, states)


def person(name: str, born: str | None = None, states: frozenset[str] = TURKEY) -> Profile:
    return Profile(f"{make_id('Person', name)}-{len(name)}-{born or ''}", name, (), (), states, born)


def told(*profiles: Profile) -> Pair | None:
    """Give the one pair that is found; None if there is none."""
    pairs = find_pairs(sorted(profiles, key=lambda one: one.id)).pairs
    assert len(pairs) < 2
    return pairs[0] if pairs else None


def rule(*profiles: Profile) -> str | None:
    """Give the rule by which two are one, empty if they only may be, None if they are not even alike."""
    found = told(*profiles)
    return None if found is None else found.rule


@pytest.mark.parametrize("other", ["Kalkan Makina A.Ş.", "KALKAN MAKİNA", "The Kalkan-Makina", "Калкан Макина"])
def test_the_same_rare_name_and_state_are_one(other: str) -> None:
    assert rule(firm("Kalkan Makina", states=TURKEY), firm(other, states=TURKEY)) == "the same rare name and state"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (firm("Kalkan Makina", states=TURKEY), firm("Kalkan Makina A.Ş.")),
        (firm("Kalkan Makina", states=TURKEY), firm("Kalkan Makina A.Ş.", states=POLAND)),
        (firm("Kalkan Ltd", states=TURKEY), firm("Kalkan JSC", states=TURKEY)),
        (firm("Kalkan Makina", states=TURKEY), firm("Kalkann Makina", states=TURKEY)),
        (firm("Kalkan Makina", states=TURKEY), firm("Holding", "Kalkan Makina", states=TURKEY)),
        (firm("National Defence Industries", states=TURKEY), firm("National Defence Industries Ltd", states=TURKEY)),
    ],
    ids=["state unknown", "other states", "other forms", "alike", "alias", "common words"],
)
def test_what_only_looks_alike_may_be_one_and_never_is(one: Profile, other: Profile) -> None:
    assert rule(one, other) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Repair Plant 163", "Repair Plant 165"),
        ("Gulf Defence Industries", "Golan Defence Industries"),
        ("Kalkan Aerospace", "Kartal Aerospace"),
        ("KASK", "KASIK"),
    ],
)
def test_what_differs_in_what_tells_firms_apart_is_not_alike(one: str, other: str) -> None:
    assert told(firm(one, states=TURKEY), firm(other, states=TURKEY)) is None


def test_a_firm_and_a_person_of_one_name_are_two() -> None:
    assert told(firm("Kalkan Makina", states=TURKEY), person("Kalkan Makina")) is None


def test_one_identifier_makes_one_whatever_the_names() -> None:
    found = told(firm("Kalkan", ids=("lei:1",)), firm("Yildiz", ids=("lei:1", "uei:2")))
    assert found is not None
    assert found.rule == "the same identifier"
    assert found.likeness.reasons[0] == "both have lei:1"


def test_an_identifier_of_two_that_have_others_may_be_that_of_a_common_part() -> None:
    """A joint venture stands on the lists of both its parents."""
    parents = firm("Kalkan", ids=("uei:1", "uei:2")), firm("Yildiz", ids=("uei:1", "uei:3"))
    assert rule(*parents) == ""
    assert rule(firm("Kalkan", ids=("uei:1", "uei:2")), firm("Kalkan Ltd", ids=("uei:1", "uei:3")))


def test_an_identifier_of_many_is_none() -> None:
    many = [firm(f"{word} Co", ids=("list:yes",)) for word in ("Ada", "Bora", "Cem", "Deniz", "Ekrem", "Fatih")]
    found = find_pairs(many)
    assert not found.pairs
    assert found.crowds == ["list:yes (6)"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            person("Ali Demir", "1961-02-03"),
            person("Demir Ali", "1961-02-03"),
            "the same name, state and date of birth",
        ),
        (person("Ali Demir"), person("Demir Ali"), ""),
        (person("Ali Can Demir"), person("DEMIR, Ali Can"), "the same rare name and state"),
        (person("Ali Can Demir"), person("Ali Demir"), ""),
        (person("Yulia Ivanova Petrova"), person("Julia Ivanova Petrova"), ""),
        (person("Ali Can Demir", "1961-02-03"), person("DEMIR Ali Can", "1989"), None),
        (person("Ali Demir", "1961"), person("Demir Ali", "1961"), ""),
    ],
)
def test_persons_need_more_than_a_name(one: Profile, other: Profile, expected: str | None) -> None:
    assert rule(one, other) == expected


def test_a_name_that_many_bear_is_not_rare() -> None:
    names = ["Kalkan", "Kalkan Ltd", "Kalkan Inc", "Kalkan GmbH", "Kalkan A.S."]
    assert not any(pair.rule for pair in find_pairs([firm(name, states=TURKEY) for name in names]).pairs)


def test_other_legal_forms_of_their_own_names_speak_against_whatever_their_aliases_are() -> None:
    aliases = ("Zeytin Optronik Kalkan", "KALKAN ZEYTIN")
    one, other = (firm(f"Kalkan Zeytin {form}", *aliases, states=TURKEY) for form in ("LLC", "JSC"))
    assert rule(one, other) == ""
    assert one.names[0].text == "Kalkan Zeytin LLC"


@pytest.mark.parametrize(("born", "then"), [("1980-05", "1980-05"), ("1980-05", "1980-05-17"), ("1980", "1980")])
def test_namesakes_born_in_the_same_month_or_year_only_may_be_one(born: str, then: str) -> None:
    one, other = person("Ada Zet", born), Profile("person:ada-zet-2", "Ada Zet", (), (), TURKEY, then)
    assert rule(one, other) == ""


def test_what_speaks_against_is_told() -> None:
    found = told(firm("Kalkan Makina Ltd", states=TURKEY), firm("Kalkan Makina JSC", states=POLAND))
    assert found is not None
    words = found.likeness.in_words()
    assert "against: of Poland and of Türkiye" in words
    assert "against: other legal forms: ao and ltd" in words
    assert found.likeness.score < 0.9


_profiles = some.lists(
    some.builds(
        Profile,
        some.integers(0, 10_000).map(lambda number: f"firm:f{number}"),
        some.sampled_from(["Kalkan", "Kalkan Ltd", "Yildiz", "Yıldız", "Kartal 5", ""]),
        some.sampled_from([(), ("Kalkan",), ("Нева",)]),
        some.sampled_from([(), ("lei:1",), ("lei:1", "lei:2")]),
        some.sampled_from([frozenset[str](), TURKEY, POLAND]),
        some.sampled_from([None, "1990", "1990-01-02"]),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


@settings(deadline=None)
@given(_profiles)
def test_the_order_of_actors_does_not_matter(profiles: list[Profile]) -> None:
    def pairs(order: list[Profile]) -> set[tuple[frozenset[str], str, float]]:
        return {
            (frozenset((one.one.id, one.other.id)), one.rule, one.likeness.score) for one in find_pairs(order).pairs
        }

    assert pairs(profiles) == pairs(profiles[::-1])
