"""The cards on change: pairs that are new, pairs that are lost, and the network."""

from __future__ import annotations

import pytest
from asking import F16, TB2, ask, news, put, table
from legation.graph.errors import ParameterWrong
from legation.graph.store import GraphStore
from making import transfer


def _register(store: GraphStore) -> GraphStore:
    of = news("Register", published_on="2024-01-01")
    return put(
        store,
        of,
        transfer("USA", "POL", F16, "delivered", of=of, at=0, order_year=2003, delivery_years=(2006, 2007)),
        transfer("TUR", "POL", TB2, "delivered", of=of, at=1, order_year=2021, delivery_years=(2022,)),
        transfer("TUR", "POL", F16, "ordered", of=of, at=2, order_year=2019, estimated=("order_year",)),
        transfer("TUR", "HUN", TB2, "potential", of=of, at=3, order_year=2022),
        transfer("ISR", "AZE", "system:harop", "delivered", of=of, at=4),
        transfer("USA", "GRC", F16, "ordered", of=of, at=5, order_year=2005),
        transfer("TUR", "TUR", TB2, "delivered", of=of, at=6, delivery_years=(2021,)),
    )


def test_new_pairs_begin_with_their_first_order_and_candidates_are_none(store: GraphStore) -> None:
    _register(store)
    answer = ask(store, "new-pairs", since=2018)
    assert [(row["supplier"], row["buyer"], row["first_year"], row["first_year_estimated"]) for row in answer.rows] == [
        ("Türkiye", "Poland", 2019, True)
    ]
    assert answer.notes == ("1 more pairs have deals but no year, and may belong here.",)


def test_lost_pairs_end_with_their_last_delivery_and_open_orders_are_told(store: GraphStore) -> None:
    _register(store)
    shown = ("supplier", "buyer", "last_year", "open_orders")
    assert table(store, "lost-pairs", *shown, since=2000, until=2010) == [
        ("United States", "Poland", 2007, 0),
        ("United States", "Greece", 2005, 1),
    ]


def test_the_network_of_a_period_and_its_change(store: GraphStore) -> None:
    """In 2019–2022 only Türkiye supplies Poland; in 2003–2006 the United States supplied Poland and Greece."""
    _register(store)
    answer = ask(store, "network", since=2019, until=2022, earlier=2003)
    assert {(row["actor"], row["buyers"], row["suppliers"], row["buyers_change"]) for row in answer.rows} == {
        ("Türkiye", 1, 0, 1),
        ("Poland", 0, 1, 0),
    }
    assert answer.notes[0].startswith("2 actors, pairs with deals: 1; reciprocity 0")
    whole = {row["actor"]: row for row in ask(store, "network").rows}
    assert set(whole) == {"United States", "Poland", "Greece", "Türkiye", "Israel", "Azerbaijan"}
    assert (whole["United States"]["cut_off"], whole["Poland"]["cut_off"]) == (1, 1)


@pytest.mark.parametrize(
    ("years", "needs"),
    [
        ({}, "needs --since and --until"),
        ({"since": 2019}, "needs --until"),
        ({"until": 2022}, "needs --since"),
    ],
)
def test_without_both_its_years_a_period_has_no_earlier_one(
    store: GraphStore, years: dict[str, int], needs: str
) -> None:
    _register(store)
    with pytest.raises(ParameterWrong, match=f"{needs}\\."):
        ask(store, "network", earlier=2003, **years)


def test_the_measures_are_properties_of_the_nodes_of_the_picture(store: GraphStore) -> None:
    _register(store)
    answer = ask(store, "network")
    told = {row["node_ids"][0]: row["betweenness"] for row in answer.rows}
    nodes = answer.to_subgraph(store).nodes
    assert {node_id: node.properties["betweenness"] for node_id, node in nodes.items()} == told
