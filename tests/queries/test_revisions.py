"""The card on what an edition of a register changed, on both stores."""

from __future__ import annotations

import pytest
from legation.graph.store import GraphStore
from legation.queries.cards import CARDS
from making import document, transfer

OLD = document("An edition.", "Register", published_on="2024-03-18", register="deals")
NEW = document("A later edition.", "Register", published_on="2026-05-18", register="deals")


@pytest.fixture
def revised(store: GraphStore) -> GraphStore:
    """A store with two editions, of which the later changes one deal, has one more, and leaves one out."""
    store.write(
        OLD,
        [
            transfer("USA", "POL", "system:f-16", "ordered", of=OLD, register_id="~a-1", quantity_ordered=32),
            transfer("USA", "HUN", "system:f-16", "ordered", of=OLD, at=1, register_id="~b-1"),
            transfer("USA", "DEU", "system:f-16", "ordered", of=OLD, at=2, register_id="~c-1", quantity_ordered=4),
        ],
    )
    store.write(
        NEW,
        [
            transfer(
                *("USA", "POL", "system:f-16", "delivered"),
                of=NEW,
                register_id="~a-1",
                quantity_ordered=32,
                quantity_delivered=6,
                delivery_years=(2025,),
            ),
            transfer("USA", "DEU", "system:f-16", "ordered", of=NEW, at=2, register_id="~c-1", quantity_ordered=4),
            transfer("USA", "AUT", "system:f-16", "ordered", of=NEW, at=3, register_id="~d-1"),
        ],
    )
    return store


def told(store: GraphStore, **chosen: str | int) -> list[tuple[object, ...]]:
    rows = CARDS["revisions"].run(store, **chosen).rows
    return [tuple(row[name] for name in ("edition", "change", "buyer", "field", "older", "newer")) for row in rows]


def test_an_edition_changes_adds_and_leaves_out_deals(revised: GraphStore) -> None:
    assert told(revised) == [
        ("2026-05-18", "new", "Austria", None, None, None),
        ("2026-05-18", "withdrawn", "Hungary", None, None, None),
        ("2026-05-18", "changed", "Poland", "delivery_years", None, [2025]),
        ("2026-05-18", "changed", "Poland", "quantity_delivered", None, 6),
        ("2026-05-18", "changed", "Poland", "status", "ordered", "delivered"),
    ]


def test_revisions_can_be_asked_of_one_pair_or_system(revised: GraphStore) -> None:
    assert {buyer for _, _, buyer, *_ in told(revised, buyer="Poland")} == {"Poland"}
    assert {buyer for _, _, buyer, *_ in told(revised, supplier="USA", system="F-16", top=2)} == {"Austria", "Hungary"}
    assert told(revised, supplier="Poland") == told(revised, supplier="USA", buyer="USA") == []


def test_each_edition_is_compared_with_the_one_before_it(revised: GraphStore) -> None:
    third = document("A third edition.", "Register", published_on="2027-03-01", register="deals")
    back = transfer("USA", "HUN", "system:f-16", "delivered", of=third, register_id="~b-1")
    revised.write(third, [back])
    assert told(revised, buyer="Hungary") == [
        ("2026-05-18", "withdrawn", "Hungary", None, None, None),
        ("2027-03-01", "new", "Hungary", None, None, None),
    ]
    assert told(revised, buyer="Austria") == [
        ("2026-05-18", "new", "Austria", None, None, None),
        ("2027-03-01", "withdrawn", "Austria", None, None, None),
    ]


def test_one_edition_alone_has_changed_nothing(store: GraphStore) -> None:
    store.write(OLD, [transfer("USA", "POL", "system:f-16", "ordered", of=OLD, register_id="~a-1")])
    answer = CARDS["revisions"].run(store)
    assert not answer.rows
    assert "It takes two editions" in answer.card.mind


def test_a_withdrawn_deal_is_no_supply(store: GraphStore) -> None:
    store.write(OLD, [transfer("USA", "HUN", "system:f-16", "ordered", of=OLD, register_id="~b-1")])
    assert len(CARDS["suppliers"].run(store, buyer="Hungary").rows) == 1
    store.write(NEW, [])
    assert len(CARDS["suppliers"].run(store, buyer="Hungary").rows) == 0
    assert len(CARDS["buyers"].run(store, supplier="United States").rows) == 0
    store.forget(NEW.id)
    assert len(CARDS["suppliers"].run(store, buyer="Hungary").rows) == 1
