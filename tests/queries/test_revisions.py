"""The card on what an edition of a register changed, on both stores."""

from __future__ import annotations

from legation.graph.store import GraphStore
from legation.queries.cards import CARDS
from making import document, transfer

OLD = document("An edition.", "Register", published_on="2024-03-18", register="deals")
NEW = document("A later edition.", "Register", published_on="2026-05-18", register="deals")


def test_an_edition_changes_adds_and_leaves_out_deals(store: GraphStore) -> None:
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
    rows = CARDS["revisions"].run(store).rows
    told = [(row["change"], row["buyer"], row["field"], row["older"], row["newer"]) for row in rows]
    assert told == [
        ("changed", "Poland", "delivery_years", None, [2025]),
        ("changed", "Poland", "quantity_delivered", None, 6),
        ("changed", "Poland", "status", "ordered", "delivered"),
        ("new", "Austria", None, None, None),
        ("withdrawn", "Hungary", None, None, None),
    ]
    assert {row["edition"] for row in rows} == {"2026-05-18"}


def test_a_withdrawn_deal_is_no_supply(store: GraphStore) -> None:
    store.write(OLD, [transfer("USA", "HUN", "system:f-16", "ordered", of=OLD, register_id="~b-1")])
    assert len(CARDS["suppliers"].run(store, buyer="Hungary").rows) == 1
    store.write(NEW, [])
    assert len(CARDS["suppliers"].run(store, buyer="Hungary").rows) == 0
    assert len(CARDS["buyers"].run(store, supplier="United States").rows) == 0
    store.forget(NEW.id)
    assert len(CARDS["suppliers"].run(store, buyer="Hungary").rows) == 1
