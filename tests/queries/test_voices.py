"""The cards on contradictions, single sources and headlines."""

from __future__ import annotations

import pytest
from asking import TB2, ask, news, put, table
from legation.graph.errors import ParameterWrong
from legation.graph.store import GraphStore
from legation.loaders.decisions import Decision, decide
from making import document, party, relation, transfer


def test_contradictions_stand_side_by_side(store: GraphStore) -> None:
    of, other = news(reliability="C"), news("Institute", reliability="B")
    put(
        store,
        of,
        transfer("TUR", "POL", TB2, "signed", of=of, at=0, order_year=2021, quantity_ordered=24),
        transfer("TUR", "AZE", TB2, "signed", of=of, at=1, order_year=2020, quantity_ordered=5),
    )
    put(
        store,
        other,
        transfer("TUR", "POL", TB2, "signed", of=other, at=0, order_year=2021, quantity_ordered=36),
        transfer("TUR", "AZE", TB2, "signed", of=other, at=1, order_year=2020, quantity_ordered=5),
    )
    shown = ("deal", "field", "says", "stands_as", "source")
    assert table(store, "contradictions", *shown) == [
        ("Türkiye to Poland: Bayraktar TB2", "quantity ordered", 24, 36, "Daily News"),
        ("Türkiye to Poland: Bayraktar TB2", "quantity ordered", 36, 36, "Institute"),
    ]


def test_a_denial_is_a_contradiction(store: GraphStore) -> None:
    of = news()
    put(
        store,
        of,
        transfer("TUR", "POL", TB2, "signed", of=of, at=0),
        transfer("TUR", "POL", TB2, "signed", of=of, at=1, modality="denied"),
    )
    assert sorted(table(store, "contradictions", "field", "says")) == [
        ("whether it is so", "no"),
        ("whether it is so", "yes"),
    ]


def test_deals_on_one_source_or_on_the_word_of_the_interested(store: GraphStore) -> None:
    of, other = news(), news("Institute")
    boss = party("person:haluk-bayraktar")
    put(
        store,
        of,
        relation("LEADS", "person:haluk-bayraktar", "firm:baykar", of=of, at=0),
        transfer("firm:baykar", "QAT", TB2, "signed", of=of, at=1, said_by=boss),
        transfer("TUR", "POL", TB2, "signed", of=of, at=2),
        transfer("TUR", "AZE", TB2, "delivered", of=of, at=3),
        transfer("TUR", "UKR", TB2, "delivered", of=of, at=4, said_by=party("USA")),
    )
    put(store, other, transfer("TUR", "AZE", TB2, "delivered", of=other, at=0))
    assert table(store, "single-source", "deal", "why", "said_by") == [
        ("Türkiye to Qatar: Bayraktar TB2", "only an interested party says so", ["Haluk Bayraktar"]),
        ("Türkiye to Poland: Bayraktar TB2", "one source", []),
        ("Türkiye to Ukraine: Bayraktar TB2", "one source", ["United States"]),
    ]


def test_a_headline_against_what_can_be_named(store: GraphStore) -> None:
    of, other = news(), news("Institute")
    put(
        store,
        of,
        transfer("TUR", "POL", TB2, "signed", of=of, at=0),
        transfer("TUR", "AZE", TB2, "delivered", of=of, at=1),
        transfer("TUR", "HUN", TB2, "potential", of=of, at=2),
        transfer("TUR", "CHE", TB2, "refused", of=of, at=3),
        transfer("TUR", "org:unknown-recipients", TB2, "delivered", of=of, at=4),
    )
    put(store, other, transfer("TUR", "AZE", TB2, "delivered", of=other, at=0))
    answer = ask(store, "headline", claimed=13, supplier="Turkey", system="TB2")
    assert [(row["what"], row["number"]) for row in answer.rows] == [
        ("named as customers", 2),
        ("of these, on one source only", 1),
        ("of these, contested", 0),
        ("named as candidates only", 1),
        ("named as refused only", 1),
        ("claimed, but not named", 11),
    ]
    assert answer.notes == ("Somebody claims 13; the graph can name 2, fewer than that.",)
    with pytest.raises(ParameterWrong, match="--claimed can be from 1 on, not 0"):
        ask(store, "headline", claimed=0)


def test_what_an_earlier_edition_said_does_not_hold_any_more(store: GraphStore) -> None:
    """Of 24 and 36 the later edition says 36: no contradiction, one source, and the story tells it once."""
    old = document("An edition. " * 4, "Register", published_on="2024-03-18", register="deals")
    new = document("A later edition. " * 4, "Register", published_on="2026-05-18", register="deals")
    paper = news()
    for of, number in ((old, 24), (new, 36)):
        claim = transfer("TUR", "POL", TB2, "ordered", of=of, register_id="1", order_year=2021, quantity_ordered=number)
        put(store, of, claim)
    assert table(store, "single-source", "deal", "claims") == [("Türkiye to Poland: Bayraktar TB2", 1)]
    put(store, paper, transfer("TUR", "POL", TB2, "ordered", of=paper, order_year=2021, quantity_ordered=30))
    said = sorted(table(store, "contradictions", "says", "source"))
    assert said == [(30, "Daily News"), (36, "Register")]
    assert set(table(store, "deal", "step", "number", supplier="Turkey")) == {("ordered", 36), ("ordered", 30)}
    marks = table(store, "evidence", "ordered", "superseded", supplier="Turkey")
    assert set(marks) == {(24, "superseded by a later edition"), (36, None), (30, None)}


def test_whoever_speaks_under_another_name_is_as_interested(store: GraphStore) -> None:
    of = news()
    other = party("person:h-bayraktar", "H. Bayraktar")
    put(
        store,
        of,
        relation("LEADS", "person:haluk-bayraktar", "firm:baykar", of=of, at=0),
        transfer("firm:baykar", "QAT", TB2, "signed", of=of, at=1, said_by=other),
    )
    assert table(store, "single-source", "why") == [("one source",)]
    decide(store, [Decision(party("person:haluk-bayraktar"), other, True, "one man", "Ada", "2022-01-02")])
    assert table(store, "single-source", "why") == [("only an interested party says so",)]
