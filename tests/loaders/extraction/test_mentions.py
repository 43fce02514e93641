"""Who and what a text names, and as what."""

from __future__ import annotations

import pytest
from legation.loaders.extraction.item import Item
from legation.loaders.extraction.items import find_items
from legation.loaders.extraction.mentions import find_mentions, topic
from legation.loaders.extraction.passages import Passage
from legation.loaders.extraction.sentences import sentences


def passages(text: str, year: int | None = None) -> list[Passage]:
    return find_mentions(sentences(text), year)


def named(text: str, year: int | None = None) -> set[tuple[str, str]]:
    return {
        (mention.text, mention.id or mention.name) for passage in passages(text, year) for mention in passage.mentions
    }


def item(text: str) -> Item:
    (found,) = find_items(passages(text)[0])
    return found


@pytest.mark.parametrize("name", ["Poland", "Polish", "Warsaw", "POLAND"])
def test_a_state_goes_by_name_demonym_and_capital(name: str) -> None:
    assert named(f"The {name} plan is old.") == {(name, "POL")}


def test_a_name_that_is_a_word_must_be_capitalised() -> None:
    assert named("They gave us turkey and china for chad.") == set()


def test_the_longest_name_wins() -> None:
    assert named("South Korea and the Government of National Accord agree.") == {
        ("South Korea", "KOR"),
        ("Government of National Accord", "org:government-of-national-accord"),
    }


def test_what_only_contains_a_name_names_something_else() -> None:
    assert named("Latin America reads the Washington Post in the Indian Ocean.") == set()
    assert named("It costs US$500 or more.") == set()


def test_a_capital_of_two_states_is_that_of_the_time() -> None:
    assert named("Moscow waits.") == {("Moscow", "RUS")}
    assert named("Moscow waits.", 1975) == {("Moscow", "SUN")}


def test_a_name_run_together_with_a_small_word_is_found() -> None:
    assert named("They were sent to Romaniain spring.") == {("Romaniain", "ROU")}
    assert named("They were sent to Romaniaville in spring.") == set()


def test_spaces_hyphens_and_line_breaks_inside_a_designation_do_not_matter() -> None:
    assert {node for _, node in named("An F 16, an F-16, an F16 and a Leopard\n2.")} == {
        "system:f-16",
        "system:leopard-2",
    }


def test_a_variant_is_its_design_and_another_number_is_not() -> None:
    assert ("T-72Z4", "system:t-72") in named("The T-72Z4 tank rolled.")
    assert "system:t-72" not in {node for _, node in named("The T-721 tank rolled.")}


def test_bayraktar_is_the_drone_the_chief_or_his_brother_by_what_stands_beside_it() -> None:
    assert {node for _, node in named("Bayraktar jets flew.")} >= {"system:bayraktar-tb2"}
    assert named("Haluk Bayraktar spoke.") == {("Haluk Bayraktar", "person:haluk-bayraktar")}
    assert named("Selcuk Bayraktar spoke.") == {("Selcuk Bayraktar", "person:selcuk-bayraktar")}


def test_an_unlisted_designation_beside_a_class_is_a_system() -> None:
    assert ("XQ99", "system:xq-99") in named("The yard launched two XQ99 corvettes.")
    assert ("Zorbo", "system:zorbo") in named("The yard launched the Zorbo class corvettes.")
    assert named("Flight XQ99 landed late.") == set()


def test_an_unlisted_person_needs_an_office_beside_the_name() -> None:
    found = named("Foreign Minister Zed Zedson met Yan Yanson.")
    assert ("Zed Zedson", "person:zed-zedson") in found
    assert not any("yanson" in node for _, node in found)
    assert ("Yan Yanson", "person:yan-yanson") in named("Yan Yanson, the export director of the firm, agreed.")


def test_a_surname_alone_is_the_person_named_before() -> None:
    found = named("Foreign Minister Zed Zedson arrived. Later Zedson left.")
    assert ("Zedson", "person:zed-zedson") in found


def test_an_unlisted_firm_ends_like_one() -> None:
    assert ("Zorbo Shipyards", "firm:zorbo-shipyards") in named("They asked Zorbo Shipyards for a price.")
    assert named("They asked the Industries of old for a price.") == set()


def test_a_noun_phrase_gives_number_origin_and_maker() -> None:
    found = item("It has 24 new Turkish-made Bayraktar TB2 drones.")
    assert (found.head.id, found.quantity, found.made) == ("system:bayraktar-tb2", 24, True)
    assert found.origin is not None
    assert found.origin.id == "TUR"
    boeing = item("They saw a dozen Boeing F-15 jets.")
    assert boeing.maker is not None
    assert (boeing.maker.id, boeing.quantity) == ("firm:boeing", 12)


@pytest.mark.parametrize(
    "text",
    [
        "They saw $24 drones.",
        "They saw 155mm howitzers.",
        "They saw 8x8 armoured vehicles.",
        "They saw 24-year-old tanks.",
    ],
)
def test_a_price_a_calibre_or_an_age_is_no_number_of_arms(text: str) -> None:
    assert item(text).quantity is None


def test_arms_that_only_describe_are_no_arms() -> None:
    assert find_items(passages("The drone industry and the submarine base grew.")[0]) == []
    assert item("The F-16 engines were late.").head.id == "system:engine"


def test_the_topic_is_the_system_spoken_of_most() -> None:
    found = topic(passages("The F-16 flew. The Su-30 flew. The Su-30 landed."))
    assert found is not None
    assert found.id == "system:su-30"
    assert topic(passages("Nothing flew.")) is None
