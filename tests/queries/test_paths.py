"""Paths: which ones, how they are told, and what is said where there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from asking import AKINCI, TB2, put
from legation.graph.errors import ParameterWrong
from legation.graph.store import GraphStore
from legation.queries.paths import Paths, find_paths, to_wanted
from legation.queries.resolve import resolve
from making import document, party, relation, transfer

NEWS = document("An article with room for many quotes. " * 4, reliability="C")
ENGINE = party("system:ai-450", "AI-450")


@pytest.fixture
def engines(store: GraphStore) -> GraphStore:
    """Ukraine sold an engine that is in the Akinci, which Türkiye delivered to Azerbaijan and sold to Pakistan."""
    return put(
        store,
        NEWS,
        transfer("UKR", "TUR", ENGINE.id, "delivered", of=NEWS, at=0, order_year=2019, delivery_years=(2020,)),
        relation("COMPONENT_OF", ENGINE, AKINCI, of=NEWS, at=1),
        transfer("TUR", "AZE", AKINCI, "delivered", of=NEWS, at=2, order_year=2021, delivery_years=(2022,)),
        transfer("TUR", "PAK", AKINCI, "signed", of=NEWS, at=3, order_year=2022),
        transfer("TUR", "POL", TB2, "delivered", of=NEWS, at=4, order_year=2012),
    )


def test_a_part_leads_through_the_whole_to_its_buyer(engines: GraphStore) -> None:
    told = {path.text for path in paths(engines, "Ukraine", "Azerbaijan").paths}
    assert (
        "Ukraine’s AI-450 [1] is a component of Bayraktar Akinci [2], which Türkiye delivered to Azerbaijan [3]."
        in told
    )
    back = {path.text for path in paths(engines, "Azerbaijan", "Ukraine").paths}
    assert (
        "Azerbaijan received from Türkiye Bayraktar Akinci [1], which contains AI-450 [2], "
        "which was supplied by Ukraine [3]."
    ) in back
    sold = {path.text for path in paths(engines, "Ukraine", "Pakistan").paths}
    assert any("which Türkiye agreed to deliver to Pakistan [3]" in text for text in sold)


def test_the_picture_of_a_path_knows_the_categories_of_its_systems(engines: GraphStore) -> None:
    graph = paths(engines, "Turkey", "Azerbaijan", hops=1).subgraph
    assert graph.systems[AKINCI]["category"] == "Aircraft"
    assert (graph.title, graph.question) == ("How is Türkiye connected with Azerbaijan?",) * 2


def test_two_buyers_of_one_system_are_not_tied_by_it(engines: GraphStore) -> None:
    found = paths(engines, "Azerbaijan", "Pakistan", most=10)
    assert found.paths
    assert all([step.kind for step in path.steps] == ["ARMS", "ARMS"] for path in found.paths)


def test_the_picture_of_such_a_path_holds_its_deals_and_their_words(engines: GraphStore) -> None:
    graph = paths(engines, "Ukraine", "Azerbaijan", kinds=("COMPONENT_OF", "ARMS"), most=2).subgraph
    assert ("COMPONENT_OF", ENGINE.id, AKINCI) in {(edge.kind, edge.source, edge.target) for edge in graph.edges}
    assert {"UKR", "TUR", "AZE", ENGINE.id, AKINCI} == set(graph.nodes)
    assert all(graph.transfers[deal].claims for edge in graph.edges for deal in edge.transfers)


def test_in_time_no_step_lies_before_the_one_it_rests_on(engines: GraphStore) -> None:
    forth = paths(engines, "Ukraine", "Azerbaijan", in_time=True).paths
    assert forth[0].order.startswith("In the order of time: ")
    assert paths(engines, "Ukraine", "Poland").paths
    none = paths(engines, "Ukraine", "Poland", in_time=True)  # 2012 was before 2019
    assert none.paths == ()
    assert none.reach.startswith("No path: ")
    assert "and no way between them has at most 4 steps in the order of time." in none.reach


def test_whoever_looked_only_at_the_cheapest_does_not_say_that_there_is_no_path(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three armed Poland before they were armed; only the longer way over the Netherlands is in the order of time."""
    between = ("GRC", "ITA", "ESP")
    put(
        store,
        NEWS,
        *(transfer("UKR", one, TB2, "delivered", of=NEWS, at=at, order_year=2015) for at, one in enumerate(between)),
        *(
            transfer(one, "POL", TB2, "delivered", of=NEWS, at=10 + at, order_year=2010)
            for at, one in enumerate(between)
        ),
        transfer("UKR", "NLD", TB2, "delivered", of=NEWS, at=20, order_year=2015),
        transfer("NLD", "ROU", TB2, "delivered", of=NEWS, at=21, order_year=2016),
        transfer("ROU", "POL", TB2, "delivered", of=NEWS, at=22, order_year=2017),
    )
    found = paths(store, "Ukraine", "Poland", in_time=True, most=1)
    assert [node.id for node in found.paths[0].nodes] == ["UKR", "NLD", "ROU", "POL"]
    monkeypatch.setattr("legation.queries.paths._TRIED", 3)
    found = paths(store, "Ukraine", "Poland", in_time=True, most=1)
    assert found.paths == ()
    assert found.reach.startswith(
        "No path found: none among the 3 cheapest ways has at most 4 steps in the order of time, and there are others "
        "that were not tried. Ukraine reaches "
    )
    assert "none of them is the other" not in found.reach
    found = paths(store, "Ukraine", "Poland", most=5)
    assert (len(found.paths), found.reach) == (
        3,
        "Only 3 of 5 found among the 3 cheapest ways; there are others that were not tried.",
    )
    assert paths(store, "Ukraine", "Poland", most=3).reach == ""


def test_the_words_of_a_step_in_time_are_of_its_year(store: GraphStore) -> None:
    put(
        store,
        NEWS,
        transfer("UKR", "TUR", TB2, "delivered", of=NEWS, at=0, delivery_years=(2015,)),
        transfer("TUR", "POL", TB2, "delivered", of=NEWS, at=1, delivery_years=(2010,)),
        transfer("TUR", "POL", AKINCI, "delivered", of=NEWS, at=2, delivery_years=(2020,)),
    )
    (path,) = paths(store, "Ukraine", "Poland", in_time=True).paths
    assert path.order == "In the order of time: 2015, 2020."
    assert [note.says for note in path.footnotes] == ["Bayraktar TB2, delivered", "Bayraktar Akinci, delivered"]


def test_steps_can_be_chosen_by_direction_year_status_and_confidence(engines: GraphStore) -> None:
    assert paths(engines, "Azerbaijan", "Ukraine", directed=True).paths == ()
    assert paths(engines, "Ukraine", "Azerbaijan", directed=True).paths
    assert paths(engines, "Turkey", "Pakistan", status="delivered").paths == ()
    assert paths(engines, "Turkey", "Pakistan", status="signed").paths
    assert paths(engines, "Turkey", "Azerbaijan", since=2023).paths == ()
    assert paths(engines, "Turkey", "Azerbaijan", since=2022, until=2022).paths
    assert paths(engines, "Turkey", "Azerbaijan", confidence=1.0).paths


def test_of_equally_long_paths_the_one_through_whom_few_know_comes_first(store: GraphStore) -> None:
    many = ("GRC", "ITA", "ESP", "ROU", "NLD", "NOR")
    put(
        store,
        NEWS,
        *(transfer("USA", one, TB2, "delivered", of=NEWS, at=at) for at, one in enumerate(many)),
        *(transfer("USA", one, TB2, "delivered", of=NEWS, at=10 + at) for at, one in enumerate(("POL", "UKR"))),
        *(transfer("TUR", one, TB2, "delivered", of=NEWS, at=20 + at) for at, one in enumerate(("POL", "UKR"))),
    )
    told = [path.nodes[1].id for path in paths(store, "Poland", "Ukraine").paths]
    assert told == ["TUR", "USA"]
    other = document("Another article. " * 4, "Institute")
    put(
        store,
        other,
        *(transfer("USA", one, TB2, "delivered", of=other, at=at) for at, one in enumerate(("POL", "UKR"))),
    )
    by_evidence = paths(store, "Poland", "Ukraine", weigh="evidence").paths
    assert [path.nodes[1].id for path in by_evidence] == ["USA", "TUR"]


def test_the_weakest_link_is_named(engines: GraphStore) -> None:
    other = document("Another article. " * 4, "Institute", reliability="B")
    put(
        engines,
        other,
        transfer("UKR", "TUR", ENGINE.id, "delivered", of=other, at=0, order_year=2019),
    )
    told = paths(engines, "Ukraine", "Poland", most=1).paths[0]
    assert told.text == "Ukraine arms Türkiye [1], which arms Poland [2]."
    assert told.weakest_in_words() == "Weakest link: [2], one source of reliability C, confidence 1.00."
    assert told.weakest_in_words() in told.in_words()


def paths(
    store: GraphStore, start: str, end: str, *, hops: int = 4, most: int = 3, kinds: tuple[str, ...] = (), **more: Any
) -> Paths:
    wanted = to_wanted(kinds, **more)
    return find_paths(store, resolve(store, start), resolve(store, end), hops=hops, most=most, wanted=wanted)


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


@pytest.fixture
def firms(store: GraphStore) -> GraphStore:
    """Baykar is said to be half sure to have sold Akincis to Azerbaijan in 2022; the TB2s of 2018 were Türkiye's."""
    second = document("A report with room for quotes. " * 4, "Institute", reliability="B")
    sale = transfer("firm:baykar", "AZE", AKINCI, "delivered", of=NEWS, at=1, order_year=2021, delivery_years=(2022,))
    put(
        store,
        NEWS,
        transfer("TUR", "AZE", TB2, "delivered", of=NEWS, at=0, order_year=2017, delivery_years=(2018,)),
        replace(sale, confidence=0.5),
        transfer("UKR", "firm:baykar", ENGINE.id, "delivered", of=NEWS, at=2, delivery_years=(2020,)),
        relation("LEADS", "person:haluk-bayraktar", "firm:baykar", of=NEWS, at=3),
    )
    return put(store, second, transfer("TUR", "AZE", TB2, "delivered", of=second, order_year=2017))


def test_a_step_of_a_firm_has_the_words_of_its_own_deals(firms: GraphStore) -> None:
    found = paths(firms, "Baykar", "Azerbaijan", hops=1)
    (told,) = found.paths
    assert told.text == "Baykar arms Azerbaijan [1]."
    assert told.footnotes[0].quote is not None
    assert told.footnotes[0].says == "Bayraktar Akinci, delivered"
    assert {(edge.kind, edge.source, edge.target) for edge in found.subgraph.edges} == {("ARMS", "firm:baykar", "AZE")}


def test_a_step_of_a_firm_is_as_old_as_sure_and_as_well_backed_as_its_own_deals(firms: GraphStore) -> None:
    def steps(start: str, **more: Any) -> list[tuple[tuple[int, ...], int, float | None]]:
        return [
            (path.steps[0].years, path.steps[0].sources, path.steps[0].confidence)
            for path in paths(firms, start, "Azerbaijan", hops=1, **more).paths
        ]

    assert steps("Baykar", in_time=True) == [((2022,), 1, None)]
    assert steps("Turkey", in_time=True) == [((2018, 2022), 1, None)]
    assert [sources for _, sources, _ in steps("Baykar", weigh="evidence")] == [1]
    assert [sources for _, sources, _ in steps("Turkey", weigh="evidence")] == [2]
    assert [sure for _, _, sure in steps("Baykar", confidence=0.5)] == [0.5]
    assert steps("Baykar", confidence=0.6) == steps("Baykar", until=2021) == []
    assert [sure for _, _, sure in steps("Turkey", confidence=0.6)] == [1.0]


def test_a_sale_of_a_system_passes_where_its_own_claim_is_sure_enough(firms: GraphStore) -> None:
    assert paths(firms, "Azerbaijan", "Bayraktar Akinci", hops=1, confidence=0.5).paths
    assert paths(firms, "Azerbaijan", "Bayraktar Akinci", hops=1, confidence=0.6).paths == ()
    assert paths(firms, "Azerbaijan", "Bayraktar TB2", hops=1, confidence=0.9).paths


def test_a_told_path_gives_the_terminal_no_orders(store: GraphStore) -> None:
    of = document("\x1b[31mA text with room for quotes. " * 4, "News\x1b]0;owned\x07")
    put(store, of, transfer("TUR", "POL", TB2, "delivered", of=of, at=0))
    engine = party("system:zefir-9", "Zefir\x1b[2J 9")
    put(store, NEWS, relation("COMPONENT_OF", engine, TB2, of=NEWS, at=1))
    told = [path.in_words() for path in paths(store, "Poland", "system:zefir-9").paths]
    assert told
    assert not {"\x1b", "\x07"}.intersection(*told)
    assert all("\ufffd" in text for text in told)


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
