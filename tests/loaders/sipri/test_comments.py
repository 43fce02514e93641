"""What comments of the register say, and what they do not; the sentences are ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legation.graph.schema import TRANSFER_KINDS
from legation.loaders.sipri.comments import Comment, read_comment
from legation.loaders.sipri.statements import to_system

WORDS = (
    "for 3 Storm-2 frigates from Spain",
    "$5 m deal",
    "'XY' aid",
    "Second-hand",
    "financed by",
    "via",
    "ex-",
    "(",
    ")",
    ";",
    "\ud800",
    "٣",
)


@pytest.mark.parametrize(
    ("text", "value", "currency", "shared"),
    [
        ("$31 m deal; X-3 version", 31e6, "USD", False),
        ("$1.7 b deal (offsets 40%; incl assembly)", 1.7e9, "USD", False),
        ("AUD77 m ($51 m) deal", 77e6, "AUD", False),
        ("CZK9b ($390 m) deal", 9e9, "CZK", False),
        ("FFR300 m deal", 300e6, "FRF", False),
        ("Deal worth $8 m", 8e6, "USD", False),
        ("Part of GBP3.5 b ($5 b) deal", 3.5e9, "GBP", True),
        ("part of $40 m deal for 7 launchers", 40e6, "USD", True),
        ("$2 b deal (part of $3.9 b deal)", 2e9, "USD", False),
        ("$2 b deal; part of $3.9 b deal", 2e9, "USD", False),
        ("$12.5 m deal (not incl overhaul)", 12.5e6, "USD", False),
        ("$70 m 'Calm Sea-2' deal", 70e6, "USD", False),
        ("$6 m aid", 6e6, "USD", False),
        ("$44 m 5-year lease", 44e6, "USD", False),
    ],
)
def test_a_price_is_read_in_the_currency_of_the_contract(text: str, value: float, currency: str, shared: bool) -> None:
    said = read_comment(text)
    assert (said.value, said.currency, said.value_shared) == (value, currency, shared)


@pytest.mark.parametrize(
    "text",
    [
        "EUR300-350m deal",
        "$3 m or $4 m deal",
        "$3 m deal; $4 m deal",
        "aid (paid with $80 m 'ABC' aid)",
        "offsets worth $20 m",
        "Originally $90 m deal for 12 but 4 cancelled",
        "$5 b 'Land-7' programme",
        "QQQ5 m deal",
        "Deal worth $9 m for total of 30",
    ],
)
def test_a_sum_that_is_not_the_one_price_of_the_deal_is_none(text: str) -> None:
    assert read_comment(text).value is None


def test_a_probable_price_is_an_estimate() -> None:
    assert read_comment("Probably $9 m deal").estimated == ("value",)
    assert read_comment("$9 m deal").estimated == ()


@pytest.mark.parametrize(
    ("text", "kind", "estimated"),
    [
        ("Second-hand; aid", "aid", ()),
        ("'MAP' aid (3 more for spares)", "aid", ()),
        ("‘MAP’ aid", "aid", ()),
        ("$3 m deal (aid)", "aid", ()),
        ("aid after 1980 invasion by Ruritania", "aid", ()),
        ("Financed by Norway as aid", "aid", ()),
        ("probably aid", "aid", ("kind",)),
        ("gift from producer", "gift", ()),
        ("2-year lease", "lease", ()),
        ("possibly lease", "lease", ("kind",)),
        ("leased via Canadian company", "lease", ()),
        ("produced under licence in Turkiye as Kaplan", "licensed_production", ()),
        ("assembled from kits in Egypt", "licensed_production", ()),
        ("probably assembled/produced in Poland", "licensed_production", ("kind",)),
    ],
)
def test_a_kind_is_read_where_it_holds_for_the_whole_deal(text: str, kind: str, estimated: tuple[str, ...]) -> None:
    said = read_comment(text)
    assert (said.kind, said.estimated) == (kind, estimated)


@pytest.mark.parametrize(
    "text",
    [
        "loan",
        "loan or aid",
        "lease; aid",
        "incl 4 as aid",
        "Incl 4 'MAP' aid",
        "possibly for US aid to rebels",
        "financed by US aid",
        "incl 20 produced under licence in India",
        "incl production of components in India",
        "for 3 KX-2 frigates produced in South Korea",
        "planned licensed production cancelled",
        "For 4 XB-32 trainer aircraft from Italy; assembled/produced in Italy",
        "probably for use by police",
    ],
)
def test_a_kind_that_is_said_of_a_part_or_of_something_else_is_none(text: str) -> None:
    assert read_comment(text).kind == ""


@pytest.mark.parametrize(
    ("text", "condition", "estimated"),
    [
        ("Second-hand", "second-hand", ()),
        ("Second-hand (but only 2 years old)", "second-hand", ()),
        ("Probably second-hand", "second-hand", ("condition",)),
        ("Second-hand but modernized before delivery", "second-hand, modernized", ()),
        ("Second-hand (modernized in Malta before delivery)", "second-hand, modernized", ()),
        ("Second-hand; modernized before delivery", "second-hand, modernized", ()),
        ("Second-hand XT-1 modernized to XT-2 before delivery", "second-hand, modernized", ()),
        ("Second-hand but probably modernized before delivery", "second-hand, modernized", ("condition",)),
        ("Second-hand but possibly modernized before delivery", "second-hand", ("condition",)),
        ("Second-hand but modernized after delivery", "second-hand", ()),
        ("modernized before delivery", None, ()),
        ("possibly incl some second-hand", None, ()),
        ("Possibly second-hand or from Polish production line", None, ()),
        ("partly paid with 3 second-hand aircraft", None, ()),
    ],
)
def test_the_condition(text: str, condition: str | None, estimated: tuple[str, ...]) -> None:
    said = read_comment(text)
    assert (said.condition, said.estimated) == (condition, estimated)


@pytest.mark.parametrize(
    ("text", "financiers", "intermediaries", "origins"),
    [
        ("Financed by Norway", ("Norway",), (), ()),
        ("partly financed by Norway and USA", ("Norway", "USA"), (), ()),
        ("$6 m deal (financed by US 'FMF' aid)", ("United States",), (), ()),
        ("financed by aid from Denmark", ("Denmark",), (), ()),
        ("financed by UAE or USA", (), (), ()),
        ("possibly financed by Norway", (), (), ()),
        ("modernization financed by Norway", (), (), ()),
        ("bought via and financed by USA", ("USA",), ("USA",), ()),
        ("delivered via Slovakia and Israel", (), ("Slovakia", "Israel"), ()),
        ("ordered via UK company", (), (), ()),
        ("possibly delivered via Iran", (), (), ()),
        ("Former GDR equipment", (), (), ("East Germany",)),
        ("Second-hand (former GDR equipment inherited by Germany)", (), (), ("East Germany",)),
        ("Ex-Dutch", (), (), ("Netherlands",)),
        ("from Belgian stocks", (), (), ("Belgium",)),
        ("Possibly ex-Dutch", (), (), ()),
        ("Ex-company aircraft", (), (), ()),
    ],
)
def test_who_else_had_a_part(
    text: str, financiers: tuple[str, ...], intermediaries: tuple[str, ...], origins: tuple[str, ...]
) -> None:
    said = read_comment(text)
    assert (said.financiers, said.intermediaries, said.origins) == (financiers, intermediaries, origins)


@pytest.mark.parametrize(
    ("text", "estimated"),
    [
        ("Supplier uncertain", ("supplier",)),
        ("supplier could be Chile", ("supplier",)),
        ("designation uncertain (reported as 'mortar')", ("system",)),
        ("Supplier and designation uncertain", ("supplier", "system")),
        ("recipient uncertain", ("buyer",)),
        ("status uncertain", ("status",)),
        ("no. could be up to 24", ("quantity_ordered",)),
        ("status of last 3 uncertain", ()),
        ("no. delivered could be 24", ()),
        ("option on 24 more not used", ()),
    ],
)
def test_what_a_comment_calls_uncertain(text: str, estimated: tuple[str, ...]) -> None:
    assert read_comment(text) == Comment(estimated=estimated)


@pytest.mark.parametrize(
    ("text", "platform", "count", "state"),
    [
        ("For F-16 combat aircraft", "F-16", None, None),
        ("for 4 A330 MRTT tanker/transport aircraft from France", "A330 MRTT", 4, "France"),
        ("For 7 Heron class (Project-9A) frigates produced in India", "Heron", 7, "India"),
        ("ABC 16V-2 (2000hp) diesel engine for 2 MEKO-200 (Falcon) frigates from Germany", "MEKO-200", 2, "Germany"),
        ("For modernization of 3 Super Lynx anti-submarine helicopters", "Super Lynx", 3, None),
        ("For use with HIMARS multiple rocket launchers", "HIMARS", None, None),
        ("For Tor-M9 SAM systems", "Tor-M9", None, None),
        ("For F-16 and F-15 combat aircraft", None, None, None),
        ("For 2 Heron frigates from Spain; for 3 Ibis frigates", None, None, None),
        ("For modernization of 1 Heron aircraft carrier; 2 Ibis (Project-4) destroyers", None, None, None),
        ("For coast guard", None, None, None),
        ("For Coast Guard patrol ships", None, None, None),
        ("For Brazilian frigates", None, None, None),
        ("For police", None, None, None),
        ("for use in Afghanistan", None, None, None),
        ("For Abu Dhabi", None, None, None),
        ("For SAR", None, None, None),
        ("for use on aircraft carrier", None, None, None),
        ("exchanged for 3 XP-3 transport aircraft", None, None, None),
    ],
)
def test_what_a_part_is_for(text: str, platform: str | None, count: int | None, state: str | None) -> None:
    said = read_comment(text)
    assert (said.platform, said.platforms, said.platform_state) == (platform, count, state)


@pytest.mark.parametrize(
    ("text", "described", "system"),
    [
        (
            "Diesel engine for 2 Mistral amphibious assault ships from France",
            "amphibious assault ships",
            "mistral-class",
        ),
        ("for 2 Mistral landing ships produced in France", "landing ships", "mistral-class"),
        ("For Tornado combat aircraft", "combat aircraft", "tornado"),
        ("For 7 Tornado armoured personnel carriers", "armoured personnel carriers", "tornadoapc"),
    ],
)
def test_the_words_behind_a_platform_tell_it_from_others_of_its_name(text: str, described: str, system: str) -> None:
    said = read_comment(text)
    assert said.platform is not None
    assert said.platform_description.startswith(described)
    assert to_system(said.platform, said.platform_description).id == f"system:{system}"


def test_only_a_deal_cancelled_as_a_whole_is_cancelled() -> None:
    assert read_comment("Deal cancelled 1991").status == "cancelled"
    assert read_comment("cancelled before delivery").status == "cancelled"
    for text in (
        "order for 4 more cancelled",
        "deal cancelled 1991 and all returned",
        "originally 6 ordered but 2 cancelled",
    ):
        assert not read_comment(text).status


@pytest.mark.parametrize(
    "text",
    [
        "Selected but not yet ordered by end-2031",
        "X-9B version; selected 2031 but contract not yet signed by end 2031",
        "selected in 2030 but not ordered by end-2031",
        "selected 2031 contract not yet signed by end-2031",
    ],
)
def test_what_is_chosen_and_not_yet_ordered_is_still_spoken_of(text: str) -> None:
    assert (read_comment(text).status, read_comment(text).estimated) == ("negotiating", ())


def test_a_doubt_whether_it_is_ordered_stays_a_doubt() -> None:
    for text in ("possibly selected but not yet ordered by end-2031", "selected but probably not yet ordered by 2031"):
        assert (read_comment(text).status, read_comment(text).estimated) == ("negotiating", ("status",))


def test_a_choice_that_was_called_off_is_called_off() -> None:
    assert read_comment("Selected 2030 but not yet ordered by end-2031; deal cancelled 2032").status == "cancelled"


def test_a_choice_among_others_says_nothing_of_the_order() -> None:
    for text in (
        "Selected over X-9",
        "6 ordered and 4 more selected",
        "Select version",
        "8 more selected but not ordered",
    ):
        assert not read_comment(text).status


def test_other_words_say_nothing() -> None:
    for text in ("", "Incl for training", "X-9B version; 'Project 3'", "27 more delivered for spare parts only"):
        assert read_comment(text) == Comment()


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)))
def test_no_text_makes_it_raise(text: str) -> None:
    said = read_comment(text)
    assert said.kind in {"", *TRANSFER_KINDS}
    assert (said.value is None) == (said.currency is None)
    assert said.platform or (said.platforms, said.platform_state) == (None, None)
