"""The cards on single deals: their story, what is open, what was spoken of, what was refused."""

from __future__ import annotations

from asking import AKINCI, F16, TB2, ask, news, put, table
from legation.graph.store import GraphStore
from making import transfer


def test_operators_have_it_and_others_have_only_ordered_it(store: GraphStore) -> None:
    of = news()
    put(
        store,
        of,
        transfer("TUR", "AZE", TB2, "delivered", of=of, at=0, quantity_delivered=5, quantity_ordered=8),
        transfer("TUR", "POL", TB2, "signed", of=of, at=1, quantity_ordered=24),
        transfer("TUR", "QAT", TB2, "delivered", of=of, at=2),
        transfer("TUR", "HUN", TB2, "potential", of=of, at=3),
        transfer("USA", "GRC", TB2, "refused", of=of, at=4),
    )
    shown = ("operator", "standing", "delivered", "delivered_unknown", "ordered", "ordered_unknown")
    assert table(store, "operators", *shown, system="TB2") == [
        ("Azerbaijan", "operates", 5, 0, 8, 0),
        ("Qatar", "operates", None, 1, None, 1),
        ("Poland", "has ordered", None, 0, 24, 0),
    ]


def test_operators_of_a_family_and_what_is_made_under_licence(store: GraphStore) -> None:
    of = news()
    put(
        store,
        of,
        transfer("USA", "TUR", F16, "delivered", of=of, at=0, order_year=1984, quantity_delivered=150),
        transfer("USA", "TUR", "system:f-16c", "delivered", of=of, at=1, order_year=1990, kind="licensed_production"),
    )
    shown = ("operator", "delivered", "delivered_unknown", "first_order", "made_under_licence")
    assert table(store, "operators", *shown, system=F16) == [("Türkiye", 150, 1, 1984, 1)]


def test_the_story_of_a_deal_goes_by_years(store: GraphStore) -> None:
    report, first = news("Institute", published_on="2024-02-01"), news(published_on="2020-05-01")
    put(store, first, transfer("TUR", "POL", TB2, "negotiating", of=first))
    put(
        store,
        report,
        transfer(
            "TUR", "POL", TB2, "delivered", of=report, order_year=2021, quantity_ordered=24, delivery_years=(2022, 2023)
        ),
    )
    told = table(store, "deal", "year", "step", "number", "source", supplier="Turkey", buyer="Poland")
    assert told == [
        (None, "negotiating", None, "Daily News"),
        (2021, "ordered", 24, "Institute"),
        (2022, "delivered", None, "Institute"),
        (2023, "delivered", None, "Institute"),
    ]


def test_a_long_story_is_cut_after_it_is_put_in_order(store: GraphStore) -> None:
    of = news()
    years = [*range(2001, 2013)]
    put(
        store,
        of,
        *(
            transfer("TUR", "POL", TB2, "delivered", of=of, at=at, order_year=2000, delivery_years=(year,))
            for at, year in enumerate(years)
        ),
    )
    whole, some = (ask(store, "deal", buyer="Poland", top=top) for top in (0, 5))
    assert [row["year"] for row in whole.rows] == [2000] * 12 + years
    assert some.rows.records == whole.rows.records[:5]
    assert some.notes == ("These are the first 5 rows, and there are 24; --top 0 gives all.",)


def test_a_delivery_without_a_year_is_a_step_of_the_story(store: GraphStore) -> None:
    of = news(published_on="2024-02-01")
    put(
        store,
        of,
        transfer("TUR", "POL", TB2, "delivered", of=of, at=0, quantity_delivered=6),
        transfer("TUR", "AZE", AKINCI, "delivered", of=of, at=1, order_year=2021, quantity_ordered=4),
    )
    assert table(store, "deal", "year", "step", "number", buyer="Poland") == [(None, "delivered", 6)]
    assert table(store, "deal", "year", "step", "number", buyer="Azerbaijan") == [
        (2021, "ordered", 4),
        (None, "delivered", None),
    ]


def test_open_orders_are_those_without_or_with_part_of_the_delivery(store: GraphStore) -> None:
    of = news(published_on="2024-06-01")
    put(
        store,
        of,
        transfer("TUR", "POL", TB2, "ordered", of=of, at=0, quantity_ordered=24, order_year=2021),
        transfer(
            *("TUR", "AZE", TB2, "delivered"),
            of=of,
            at=1,
            quantity_ordered=8,
            quantity_delivered=5,
            order_year=2019,
            estimated=("quantity_delivered",),
        ),
        transfer("TUR", "QAT", TB2, "delivered", of=of, at=2, quantity_ordered=6, quantity_delivered=6),
        transfer("TUR", "HUN", TB2, "potential", of=of, at=3, quantity_ordered=9),
        transfer("TUR", "UKR", TB2, "ordered", of=of, at=4),
    )
    shown = ("buyer", "waiting", "ordered", "delivered", "left", "estimated")
    assert table(store, "open-orders", *shown, supplier="Turkey") == [
        ("Azerbaijan", 5, 8, 5, 3, True),
        ("Poland", 3, 24, None, 24, False),
        ("Ukraine", None, None, None, None, False),
    ]
    assert ask(store, "open-orders").notes == ("Years of waiting are counted up to 2024.",)
    assert table(store, "open-orders", "buyer", "waiting", asof=2020) == [("Azerbaijan", 1), ("Ukraine", None)]


def test_a_prospect_came_true_only_with_an_order_from_the_first_talk_on(store: GraphStore) -> None:
    of, later = news(published_on="2021-03-01"), news("Institute", published_on="2024-01-01")
    put(
        store,
        of,
        transfer("TUR", "POL", TB2, "negotiating", of=of, at=0),
        transfer("TUR", "HUN", TB2, "potential", of=of, at=1),
        transfer("TUR", "ROU", TB2, "offered", of=of, at=2),
        transfer("TUR", "AZE", TB2, "interested", of=of, at=3),
    )
    put(
        store,
        later,
        transfer("TUR", "POL", TB2, "ordered", of=later, at=0, order_year=2022),
        transfer("TUR", "ROU", TB2, "refused", of=later, at=1),
        transfer("TUR", "AZE", TB2, "delivered", of=later, at=2, order_year=2019),
    )
    shown = ("buyer", "spoken_of", "outcome", "order_year")
    assert set(map(str, table(store, "prospects", *shown, supplier="Turkey"))) == set(
        map(
            str,
            [
                ("Poland", ["negotiating"], "came true", 2022),
                ("Romania", ["offered"], "refused or called off", None),
                ("Hungary", ["potential"], "open", None),
                ("Azerbaijan", ["interested"], "open", None),
            ],
        )
    )


def test_a_prospect_did_not_come_true_with_what_ended_before_the_talk(store: GraphStore) -> None:
    of, register = news(published_on="2021-03-01"), news("Register", published_on="2024-01-01")
    buyers = ("POL", "HUN", "ROU", "AZE")
    put(store, of, *(transfer("TUR", buyer, TB2, "interested", of=of, at=at) for at, buyer in enumerate(buyers)))
    put(
        store,
        register,
        transfer("TUR", "POL", TB2, "delivered", of=register, at=0, delivery_years=(2005, 2006)),
        transfer("TUR", "HUN", TB2, "delivered", of=register, at=1, delivery_years=(2020, 2022)),
        transfer("TUR", "ROU", TB2, "delivered", of=register, at=2),
        transfer("TUR", "AZE", TB2, "delivered", of=register, at=3, order_year=2010),
        transfer("TUR", "AZE", TB2, "ordered", of=register, at=4, order_year=2022),
    )
    assert set(table(store, "prospects", "buyer", "outcome", "order_year")) == {
        ("Poland", "open", None),
        ("Hungary", "came true", None),
        ("Romania", "year not known", None),
        ("Azerbaijan", "came true", 2022),
    }


def test_of_talk_without_a_date_nobody_knows_what_came_after(store: GraphStore) -> None:
    of = news()
    put(
        store,
        of,
        transfer("TUR", "POL", TB2, "potential", of=of, at=0),
        transfer("TUR", "POL", TB2, "ordered", of=of, at=1, order_year=2022),
    )
    assert table(store, "prospects", "outcome") == [("year not known",)]


def test_refusals_and_what_overtook_them(store: GraphStore) -> None:
    of = news()
    put(
        store,
        of,
        transfer("USA", "TUR", F16, "refused", of=of, at=0),
        transfer("USA", "TUR", F16, "delivered", of=of, at=1),
        transfer("CAN", "TUR", "system:component", "denied", of=of, at=2),
        transfer("TUR", "POL", TB2, "signed", of=of, at=3),
        transfer("TUR", "POL", TB2, "signed", of=of, at=4, modality="denied"),
        transfer("TUR", "AZE", AKINCI, "signed", of=of, at=5),
    )
    assert table(store, "refusals", "supplier", "buyer", "said", "stands_as", "overtaken") == [
        ("Canada", "Türkiye", ["denied"], "denied", False),
        ("Türkiye", "Poland", ["denied by a source"], "signed", True),
        ("United States", "Türkiye", ["refused"], "delivered", True),
    ]
