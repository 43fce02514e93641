"""The cards on conflicts, sanctions, alliances, what is passed on, people and owners."""

from __future__ import annotations

import pytest
from asking import F16, TB2, ask, news, put, table
from legation.graph.errors import ParameterWrong
from legation.graph.store import GraphStore
from making import party, relation, transfer

USA = party("USA")
WAR = "conflict:second-nagorno-karabakh-war"


def test_who_arms_both_sides(store: GraphStore) -> None:
    of = news()
    put(
        store,
        of,
        *(relation("PARTY_TO", one, party(WAR, "a war"), of=of, at=at) for at, one in enumerate(("ARM", "AZE", "TUR"))),
        relation("OPPOSES", "ARM", "AZE", of=of, at=3),
        relation("SUPPORTS", "TUR", "AZE", of=of, at=4),
        transfer("RUS", "ARM", F16, "delivered", of=of, at=5, order_year=2010),
        transfer("RUS", "AZE", F16, "delivered", of=of, at=6, order_year=2012),
        transfer("RUS", "TUR", "system:s-400", "delivered", of=of, at=7, order_year=2017),
        transfer("ISR", "AZE", "system:harop", "delivered", of=of, at=8),
        transfer("ISR", "ARM", "system:harop", "potential", of=of, at=9),
        transfer("TUR", "AZE", TB2, "delivered", of=of, at=10),
    )
    shown = ("supplier", "one_side", "other_side", "opposed", "years_with_one")
    assert table(store, "both-sides", *shown, conflict="a war") == [
        ("Russia", "Armenia", "Azerbaijan", "yes", "2010"),
        ("Russia", "Armenia", "Türkiye", "not said", "2010"),
    ]
    assert table(store, "both-sides", *shown[:4]) == [("Russia", "Armenia", "Azerbaijan", "yes")]
    assert table(store, "both-sides", *shown[:4], conflict="a war", since=2011) == []


def test_who_armed_both_sides_the_most_comes_first(store: GraphStore) -> None:
    of = news()
    put(
        store,
        of,
        relation("OPPOSES", "ARM", "AZE", of=of, at=0),
        *(
            transfer(supplier, buyer, system, "delivered", of=of, at=at)
            for at, (supplier, buyer, system) in enumerate(
                [
                    *(("BLR", "ARM", F16), ("BLR", "AZE", F16), ("BLR", "AZE", TB2)),
                    *(("RUS", "ARM", F16), ("RUS", "ARM", TB2), ("RUS", "AZE", F16), ("RUS", "AZE", TB2)),
                ],
                start=1,
            )
        ),
    )
    assert table(store, "both-sides", "supplier") == [("Russia",), ("Belarus",)]
    answer = ask(store, "both-sides", top=1)
    assert (len(answer.rows), answer.count) == (1, 2)
    assert "there are 2" in answer.notes[-1]


def test_the_picture_of_who_arms_both_sides_has_the_lines_of_firms(store: GraphStore) -> None:
    of = news()
    put(
        store,
        of,
        relation("OPPOSES", "ARM", "AZE", of=of, at=0),
        transfer("firm:baykar", "ARM", TB2, "delivered", of=of, at=1),
        transfer("firm:baykar", "AZE", TB2, "delivered", of=of, at=2),
        transfer("TUR", "AZE", F16, "delivered", of=of, at=3),
    )
    graph = ask(store, "both-sides").to_subgraph(store)
    lines = {(edge.source, edge.target): edge.properties["transfers"] for edge in graph.edges if edge.kind == "ARMS"}
    assert lines == {
        ("firm:baykar", "ARM"): 1,
        ("firm:baykar", "AZE"): 1,
        ("TUR", "ARM"): 1,
        ("TUR", "AZE"): 2,
    }


def test_deliveries_under_sanctions_are_certain_only_with_years_on_both_sides(store: GraphStore) -> None:
    of = news()
    put(
        store,
        of,
        relation("SANCTIONS", "USA", "RUS", of=of, at=0, since="2014-03"),
        relation("SANCTIONS", "USA", "IRN", of=of, at=1),
        transfer("FRA", "RUS", F16, "delivered", of=of, at=2, delivery_years=(2012, 2015)),
        transfer("FRA", "RUS", TB2, "delivered", of=of, at=3, delivery_years=(2013,)),
        transfer("IRN", "RUS", "system:shahed-136", "delivered", of=of, at=4),
        transfer("RUS", "SYR", F16, "ordered", of=of, at=5, order_year=2015),
    )
    rows = table(store, "sanctioned", "supplier", "buyer", "delivered", "sanctioned", "certain")
    assert rows == [
        ("France", "Russia", [2015], "Russia", "yes"),
        ("Iran", "Russia", [], "Iran", "years not known"),
        ("Iran", "Russia", [], "Russia", "years not known"),
    ]
    assert len(ask(store, "sanctioned", actor="Iran").rows) == 1


def test_arms_from_allies_and_rivals(store: GraphStore) -> None:
    of = news("Register")
    put(
        store,
        of,
        relation("MEMBER_OF", "POL", "org:nato", of=of, at=0),
        relation("MEMBER_OF", "USA", "org:nato", of=of, at=1),
        relation("ALLIED_WITH", "GBR", "POL", of=of, at=2),
        relation("OPPOSES", "POL", "RUS", of=of, at=3),
        transfer("USA", "POL", F16, "delivered", of=of, at=4, tiv_delivered=60.0),
        transfer("GBR", "POL", F16, "delivered", of=of, at=5, tiv_delivered=10.0),
        transfer("RUS", "POL", F16, "delivered", of=of, at=6, tiv_delivered=20.0),
        transfer("KOR", "POL", F16, "delivered", of=of, at=7, tiv_delivered=10.0),
        transfer("SWE", "POL", F16, "potential", of=of, at=8, tiv_order=90.0),
    )
    assert table(store, "alliances", "supplier_is", "share", "suppliers", buyer="Poland") == [
        ("ally", 0.7, ["United States", "United Kingdom"]),
        ("rival", 0.2, ["Russia"]),
        ("neither", 0.1, ["South Korea"]),
    ]


def test_what_came_from_unknown_suppliers_may_have_come_from_an_ally_or_from_a_rival(store: GraphStore) -> None:
    of = news("Register")
    put(
        store,
        of,
        relation("ALLIED_WITH", "GBR", "POL", of=of, at=0),
        relation("OPPOSES", "POL", "RUS", of=of, at=1),
        transfer("GBR", "POL", F16, "delivered", of=of, at=2, tiv_delivered=60.0),
        transfer("RUS", "POL", F16, "delivered", of=of, at=3, tiv_delivered=30.0),
        transfer("org:unknown-suppliers", "POL", TB2, "delivered", of=of, at=4, tiv_delivered=10.0),
    )
    assert table(store, "alliances", "supplier_is", "share_low", "share", "share_high", buyer="Poland") == [
        ("ally", 0.6, 0.6, 0.7),
        ("rival", 0.3, 0.3, 0.4),
        ("unknown supplier", 0.1, 0.1, 0.1),
    ]


def test_what_was_passed_on_is_documented_or_possible_and_never_before_it_came(store: GraphStore) -> None:
    of, used = news("Register"), "second-hand"
    put(
        store,
        of,
        transfer("USA", "DNK", F16, "delivered", of=of, at=0, delivery_years=(1980,)),
        transfer(
            "DNK",
            "ARG",
            F16,
            "delivered",
            of=of,
            at=1,
            delivery_years=(2024,),
            origins=(party("USA"),),
            condition=used,
        ),
        transfer("USA", "JOR", F16, "delivered", of=of, at=2, delivery_years=(1997,)),
        transfer("JOR", "PAK", F16, "delivered", of=of, at=3, delivery_years=(2014,), condition=used),
        transfer("USA", "GRC", F16, "delivered", of=of, at=4, delivery_years=(2010,)),
        transfer("GRC", "CYP", F16, "delivered", of=of, at=5, delivery_years=(2001,), condition=used),
        transfer("JOR", "EGY", F16, "delivered", of=of, at=6, delivery_years=(2015,)),
    )
    shown = ("origin", "through", "to", "standing", "first_had", "last_passed_on")
    assert table(store, "reexports", *shown, system="F-16") == [
        ("United States", "Denmark", "Argentina", "documented", 1980, 2024),
        ("United States", "Jordan", "Pakistan", "possible", 1997, 2014),
    ]
    with pytest.raises(ParameterWrong, match="needs at least one of --system, --supplier"):
        ask(store, "reexports")


def test_people_tie_a_firm_to_a_government_themselves_or_by_kin(store: GraphStore) -> None:
    of = news()
    put(
        store,
        of,
        relation("LEADS", "person:recep-tayyip-erdogan", "TUR", of=of, at=0, title="president"),
        relation("HOLDS_ROLE", "person:selcuk-bayraktar", "firm:baykar", of=of, at=1, title="technology officer"),
        relation("KIN_OF", "person:selcuk-bayraktar", "person:recep-tayyip-erdogan", of=of, at=2, title="son-in-law"),
        relation("LEADS", "person:haluk-bayraktar", "firm:baykar", of=of, at=3, title="chief executive"),
        relation("HOLDS_ROLE", "person:haluk-bayraktar", "TUR", of=of, at=4, title="adviser"),
        relation("LEADS", "person:vladimir-putin", "RUS", of=of, at=5, title="president"),
    )
    shown = ("person", "at_firm", "kinship", "official", "office", "government")
    assert table(store, "people", *shown, firm="Baykar") == [
        ("Selçuk Bayraktar", "HOLDS_ROLE", "son-in-law", "Recep Tayyip Erdoğan", "president", "Türkiye"),
        ("Haluk Bayraktar", "LEADS", None, "Haluk Bayraktar", "adviser", "Türkiye"),
    ]
    assert table(store, "people", "person", firm="Baykar", state="Russia") == []


def test_owners_through_others_leaders_and_partners(store: GraphStore) -> None:
    of = news()
    put(
        store,
        of,
        relation("OWNS", "firm:rostec", "firm:kalashnikov", of=of, at=0, title="51 %"),
        relation("OWNS", "RUS", "firm:rostec", of=of, at=1),
        relation("LEADS", "person:vladimir-putin", "RUS", of=of, at=2),
        relation("PARTNER_IN", "firm:kalashnikov", "firm:baykar", of=of, at=3),
        relation("OWNS", "firm:kalashnikov", "RUS", of=of, at=4),
    )
    shown = ("behind", "tie", "title", "steps", "through", "led_by")
    assert table(store, "ownership", *shown, firm="firm:kalashnikov") == [
        ("Baykar", "partner", None, 1, [], []),
        ("Rostec", "owns", "51 %", 1, [], []),
        ("Russia", "owns", None, 2, ["Rostec"], ["Vladimir Putin"]),
    ]
