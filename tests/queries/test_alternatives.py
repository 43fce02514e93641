"""The cards on substitutes and components."""

from __future__ import annotations

from asking import AKINCI, F16, TB2, ask, news, put, table
from legation.graph.store import GraphStore
from making import party, relation, transfer

PART = party("system:ai-450", "AI-450")


def test_substitutes_are_of_the_same_class_and_from_others(store: GraphStore) -> None:
    of = news("Register")
    put(
        store,
        of,
        transfer("TUR", "AZE", TB2, "delivered", of=of, at=0, order_year=2020),
        transfer("TUR", "AZE", AKINCI, "delivered", of=of, at=1, order_year=2021),
        transfer("ISR", "GRC", "system:heron", "delivered", of=of, at=2, order_year=2020),
        transfer("ISR", "IND", "system:heron", "delivered", of=of, at=3, order_year=2003),
        transfer("CHN", "IRQ", "system:wing-loong-ii", "potential", of=of, at=4, order_year=2020),
        transfer("IRN", "RUS", "system:mohajer-6", "delivered", of=of, at=5, order_year=2022),
        transfer("USA", "GRC", F16, "delivered", of=of, at=6, order_year=2020),
        relation("MEMBER_OF", "POL", "org:nato", of=of, at=7),
        relation("MEMBER_OF", "GRC", "org:nato", of=of, at=8),
        relation("ALLIED_WITH", "ISR", "POL", of=of, at=9),
        relation("SANCTIONS", "USA", "IRN", of=of, at=10),
    )
    shown = ("supplier", "systems", "buyers", "buyers_allied_with_the_buyer", "allied", "sanctions", "last_year")
    assert table(store, "substitutes", *shown, system="TB2", buyer="Poland", since=2015) == [
        ("Iran", ["Mohajer-6"], 1, [], False, ["United States on the supplier"], 2022),
        ("Israel", ["Heron"], 1, ["Greece"], True, [], 2020),
    ]
    assert table(store, "substitutes", "supplier", "buyers", "allied", system="TB2", since=2000) == [
        ("Israel", 2, None),
        ("Iran", 1, None),
    ]


def test_substitutes_of_a_family_are_those_of_all_its_systems(store: GraphStore) -> None:
    """Nobody sold an F-16 as such; whoever sold one of its kinds sells no substitute."""
    of = news("Register")
    put(
        store,
        of,
        transfer("USA", "POL", "system:f-16c", "delivered", of=of, at=0, order_year=2003),
        transfer("NLD", "JOR", "system:f-16a", "delivered", of=of, at=1, order_year=2005),
        transfer("USA", "AUS", "system:f-a-18-hornet", "delivered", of=of, at=2, order_year=2007),
        transfer("NLD", "CHL", "system:mirage-5", "delivered", of=of, at=3, order_year=2007),
        transfer("FRA", "IND", "system:rafale", "delivered", of=of, at=4, order_year=2016),
    )
    for system, others in (("F-16", ["France"]), ("F-16C", ["France", "Netherlands"])):
        found = table(store, "substitutes", "supplier", system=system, buyer="Poland", since=2000)
        assert [supplier for (supplier,) in found] == others


def test_who_depends_on_parts(store: GraphStore) -> None:
    of = news("Register")
    put(
        store,
        of,
        transfer("UKR", "TUR", PART.id, "ordered", of=of, at=0),
        relation("COMPONENT_OF", PART, AKINCI, of=of, at=1),
        transfer("TUR", "AZE", AKINCI, "delivered", of=of, at=2),
        transfer("TUR", "PAK", AKINCI, "potential", of=of, at=3),
    )
    shown = ("platform", "parts", "went_to", "buyers", "who_bought_it")
    assert table(store, "components", *shown, state="Ukraine") == [
        ("Bayraktar Akinci", ["AI-450"], ["Türkiye"], 1, ["Azerbaijan"])
    ]
    assert len(ask(store, "components", state="Turkey").rows) == 0


def test_parts_that_a_firm_of_the_state_makes(store: GraphStore) -> None:
    of = news()
    put(
        store,
        of,
        relation("MAKES", "firm:motor-sich", PART, of=of, at=0),
        relation("BASED_IN", "firm:motor-sich", "UKR", of=of, at=1),
        relation("COMPONENT_OF", PART, AKINCI, of=of, at=2),
    )
    assert table(store, "components", "platform", "made_by", state="Ukraine") == [("Bayraktar Akinci", ["Motor Sich"])]


def test_engines_in_general_tie_only_what_one_row_says(store: GraphStore) -> None:
    """That Ukraine sold engines for the Akinci and Russia some for the F-16 does not put Ukraine's into the F-16."""
    of = news("Register")
    engine = "system:engine"
    put(
        store,
        of,
        transfer("UKR", "TUR", engine, "delivered", of=of, at=0),
        relation("COMPONENT_OF", engine, AKINCI, of=of, at=0),
        transfer("RUS", "TUR", engine, "delivered", of=of, at=1),
        relation("COMPONENT_OF", engine, F16, of=of, at=1),
    )
    assert table(store, "components", "platform", state="Ukraine") == [("Bayraktar Akinci",)]
    assert table(store, "components", "platform", state="Russia") == [("F-16",)]
