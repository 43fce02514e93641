"""Paths: which ones, how they are told, and what is said where there is none."""

from __future__ import annotations

import pytest
from legation.graph.errors import ParameterWrong
from legation.graph.store import GraphStore
from legation.queries.paths import Paths, find_paths, to_wanted
from legation.queries.resolve import resolve
from making import document, transfer

NEWS = document("An article.")


def paths(
    store: GraphStore, start: str, end: str, *, hops: int = 4, most: int = 3, kinds: tuple[str, ...] = ()
) -> Paths:
    return find_paths(store, resolve(store, start), resolve(store, end), hops=hops, most=most, wanted=to_wanted(kinds))


def test_a_path_is_told_in_words_with_a_footnote_for_each_step(asked: GraphStore) -> None:
    told = paths(asked, "Poland", "Israel").paths[0]
    assert told.text == "Poland is armed by Türkiye [1], which arms Azerbaijan [2], which is armed by Israel [3]."
    assert [note.number for note in told.footnotes] == [1, 2, 3]
    assert all(note.quote is not None for note in told.footnotes)
    assert "Daily News" in told.footnotes[0].in_words()
    assert told.footnotes[0].says == "Bayraktar TB2, signed"


def test_the_quote_of_a_step_is_not_the_one_that_denies_it(asked: GraphStore) -> None:
    quote = paths(asked, "Poland", "Turkey").paths[0].footnotes[0].quote
    assert quote is not None
    assert not quote.disputes


def test_a_membership_is_no_path(asked: GraphStore) -> None:
    found = paths(asked, "NATO", "Baykar")
    assert found.paths == ()
    assert "No path" in found.reach
    assert "NATO reaches 0 others within 4 steps" in found.reach
    assert "Not walked: DID_NOT_ARM, MEMBER_OF" in found.reach


def test_kinds_can_be_chosen(asked: GraphStore) -> None:
    found = paths(asked, "Poland", "Turkey", kinds=("MEMBER_OF",))
    assert found.paths[0].text == "Poland is a member of NATO [1], which has as a member Türkiye [2]."


def test_a_refusal_is_not_walked(asked: GraphStore) -> None:
    assert paths(asked, "United States", "Turkey").paths == ()


def test_people_are_reached_through_the_firm_they_lead(asked: GraphStore) -> None:
    found = paths(asked, "Haluk Bayraktar", "Bayraktar TB2")
    assert found.paths[0].text == "Haluk Bayraktar leads Baykar [1], which makes Bayraktar TB2 [2]."
    assert found.paths[0].footnotes[0].says == "chief executive"


def test_hops_and_number_bound_the_search(asked: GraphStore) -> None:
    assert paths(asked, "Poland", "Israel", hops=2).paths == ()
    assert len(paths(asked, "Poland", "Israel", most=1).paths) == 1


def test_the_picture_of_a_path_holds_only_its_steps(asked: GraphStore) -> None:
    graph = paths(asked, "Poland", "Azerbaijan", most=1).subgraph
    assert {(edge.kind, edge.source, edge.target) for edge in graph.edges} == {
        ("ARMS", "TUR", "POL"),
        ("ARMS", "TUR", "AZE"),
    }


def test_a_path_to_oneself_and_an_unknown_relation_are_refused(asked: GraphStore) -> None:
    with pytest.raises(ParameterWrong, match="Both ends"):
        paths(asked, "Poland", "Poland")
    with pytest.raises(ParameterWrong, match="There is no relation LOVES"):
        paths(asked, "Poland", "Turkey", kinds=("LOVES",))
    with pytest.raises(ParameterWrong, match="at least one step"):
        paths(asked, "Poland", "Turkey", hops=0)


def test_whoever_a_source_does_not_know_connects_nobody(store: GraphStore) -> None:
    """Two who bought from unknown suppliers need not have bought from the same one."""
    unknown = "org:unknown-suppliers"
    store.write(
        NEWS,
        [
            transfer(unknown, buyer, "system:uav", "delivered", of=NEWS, at=at)
            for at, buyer in enumerate(("POL", "HUN"))
        ],
    )
    assert paths(store, "Poland", "Hungary").paths == ()
    assert paths(store, "Poland", "unknown supplier(s)").paths[0].text == (
        "Poland is armed by unknown supplier(s) [1]."
    )
