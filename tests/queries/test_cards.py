"""The cards: the same rows on both stores, worked out by hand."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from legation.graph.errors import AmbiguousName, ParameterWrong, UnknownName
from legation.graph.store import GraphStore
from legation.queries.card import Card
from legation.queries.cards import CARDS
from making import document, party, relation

NEWS = document("Zefir is a part of the drones.")
REPORT = document("Zefir is owned by the state.")
SHOWN = (
    "relation",
    "status",
    "systems",
    "deals",
    "units",
    "units_unknown",
    "first_year",
    "last_year",
    "claims",
    "contested",
)


def table(store: GraphStore, card: str, *columns: str, **given: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in columns) for row in CARDS[card].run(store, **given).rows]


def test_who_supplies_azerbaijan(asked: GraphStore) -> None:
    assert table(asked, "suppliers", "supplier", *SHOWN, buyer="Azerbaijan") == [
        ("Türkiye", "ARMS", "delivered", ["Bayraktar TB2"], 1, 5, None, 2020, 2020, 2, False),
        ("Israel", "ARMS", "delivered", ["Harop"], 1, None, 1, 2014, 2014, 1, False),
    ]


def test_whom_turkey_supplies_customers_first_and_candidates_apart(asked: GraphStore) -> None:
    assert table(asked, "buyers", "buyer", *SHOWN, supplier="Turkey") == [
        ("Azerbaijan", "ARMS", "delivered", ["Bayraktar TB2"], 1, 5, None, 2020, 2020, 2, False),
        ("Poland", "ARMS", "signed", ["Bayraktar TB2"], 1, 24, None, 2021, 2021, 2, True),
        ("Hungary", "MAY_ARM", "potential", ["Bayraktar TB2"], 1, None, 1, None, None, 1, False),
    ]


def test_a_refusal_is_told_as_one(asked: GraphStore) -> None:
    assert table(asked, "buyers", "buyer", "relation", "status", supplier="USA") == [
        ("Türkiye", "DID_NOT_ARM", "refused")
    ]


def test_a_firm_supplies_what_a_source_says_that_it_supplies(asked: GraphStore) -> None:
    assert table(asked, "buyers", "buyer", "units", supplier="Baykar") == [("Azerbaijan", 5)]


def test_the_evidence_shows_both_sides(asked: GraphStore) -> None:
    rows = table(asked, "evidence", "modality", "source", "reliability", "published", supplier="Turkey", buyer="Poland")
    assert sorted(rows, key=str) == [
        ("asserted", "Daily News", "F", "2021-12-03"),
        ("disputes", "Institute", "B", None),
    ]


def test_the_evidence_of_a_system_names_every_buyer(asked: GraphStore) -> None:
    rows = table(asked, "evidence", "supplier", "buyer", system="TB2")
    assert set(rows) == {("Türkiye", "Poland"), ("Türkiye", "Hungary"), ("Türkiye", "Azerbaijan")}
    assert len(rows) == 5


def test_the_evidence_names_the_speaker(asked: GraphStore) -> None:
    said = {row[0] for row in table(asked, "evidence", "said_by", buyer="AZE")}
    assert said == {None, "Haluk Bayraktar"}


def test_the_picture_of_an_answer_holds_the_words_behind_it(asked: GraphStore) -> None:
    graph = CARDS["suppliers"].run(asked, buyer="Poland").to_subgraph(asked)
    assert {(edge.kind, edge.source, edge.target) for edge in graph.edges} == {("ARMS", "TUR", "POL")}
    assert {quote.disputes for quote in graph.quotes.values()} == {True, False}
    assert set(graph.nodes) == {"TUR", "POL"}


def test_a_surname_of_two_people_and_a_drone_is_ambiguous(asked: GraphStore) -> None:
    with pytest.raises(AmbiguousName, match=r"Haluk Bayraktar \(person.*or Selçuk Bayraktar"):
        CARDS["buyers"].run(asked, supplier="Bayraktar")
    assert len(CARDS["evidence"].run(asked, system="Bayraktar").rows) == 5


def test_who_is_known_but_not_in_the_store_is_told_apart_from_a_typing_error(asked: GraphStore) -> None:
    with pytest.raises(UnknownName, match="Nothing in this store speaks of Japan"):
        CARDS["suppliers"].run(asked, buyer="Japan")
    with pytest.raises(UnknownName, match=r"goes by 'Pollland'. The nearest is Poland \(state, POL\)"):
        CARDS["suppliers"].run(asked, buyer="Pollland")


def test_a_question_says_what_it_lacks(asked: GraphStore) -> None:
    with pytest.raises(ParameterWrong, match="needs --buyer"):
        CARDS["suppliers"].run(asked)
    with pytest.raises(ParameterWrong, match="has no parameter colour"):
        CARDS["suppliers"].run(asked, buyer="Poland", colour="red")
    with pytest.raises(ParameterWrong, match="at least one of --supplier, --buyer, --system"):
        CARDS["evidence"].run(asked)


def test_what_is_cut_off_is_told(asked: GraphStore) -> None:
    whole = CARDS["evidence"].run(asked, system="TB2")
    some = CARDS["evidence"].run(asked, system="TB2", top=2)
    assert some.rows.records == whole.rows.records[:2]
    assert some.notes == ("These are the first 2 rows, and there are more; --top 0 gives all.",)
    counted = CARDS["refusals"].run(asked, top=1)
    assert (len(counted.rows), counted.count) == (1, 2)
    assert counted.notes == ("These are the first 1 rows, and there are 2; --top 0 gives all.",)


def test_the_notes_of_an_answer_give_the_terminal_no_orders(store: GraphStore) -> None:
    odd = party("system:zefir-9", "Zefir\x1b[2J 9")
    store.write(NEWS, [relation("COMPONENT_OF", odd, "system:bayraktar-tb2", of=NEWS)])
    answer = CARDS["operators"].run(store, system="system:zefir-9")
    assert answer.asked == "Who operates Zefir\ufffd[2J 9, and who has ordered it?"
    firm = party("firm:zefir", "Zefir\x1b[2J")
    store.write(REPORT, [relation("OWNS", "TUR", firm, of=REPORT)])
    assert CARDS["suppliers"].run(store, buyer="firm:zefir").notes == (
        "Nothing that is loaded says that Zefir\ufffd[2J receives anything.",
    )


def test_a_buyer_without_a_supplier_has_an_empty_answer(asked: GraphStore) -> None:
    assert len(CARDS["suppliers"].run(asked, buyer="United States").rows) == 0


@pytest.mark.parametrize("card", CARDS.values(), ids=list(CARDS))
def test_every_card_says_what_it_asks_and_what_to_mind(card: Card) -> None:
    assert card.question.endswith("?")
    assert card.mind.endswith(".")
    assert card.row
    assert not card.row.endswith(".")
    names = {parameter.name for parameter in card.parameters}
    assert {field for _, field, _, _ in Formatter().parse(card.question) if field} <= names
    assert set(re.findall(r"\$(\w+)", card.statement(dict.fromkeys(names, "x")))) <= names | {"limit", "past"}
    assert set(card.example) <= names
