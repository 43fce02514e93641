"""Dependence, market shares and what-if: low, best and high values, worked out by hand."""

from __future__ import annotations

import pytest
from asking import AKINCI, F16, TB2, ask, news, put, table
from legation.graph.errors import ParameterWrong
from legation.graph.store import GraphStore
from making import transfer

BANDS = ("low", "best", "high")


@pytest.fixture
def weighed(store: GraphStore) -> GraphStore:
    """Poland has 300 TIV from the United States, 100 (estimated) from Türkiye; Hungary 50, of which 20 in 2020."""
    of = news("Register")
    return put(
        store,
        of,
        transfer(
            "USA",
            "POL",
            F16,
            "delivered",
            of=of,
            at=0,
            tiv_delivered=300.0,
            delivery_years=(2020,),
            quantity_delivered=48,
        ),
        transfer(
            *("TUR", "POL", TB2, "delivered"),
            of=of,
            at=1,
            tiv_delivered=100.0,
            delivery_years=(2021,),
            estimated=("quantity_delivered",),
            quantity_delivered=24,
        ),
        transfer(
            "TUR",
            "HUN",
            TB2,
            "delivered",
            of=of,
            at=2,
            tiv_delivered=50.0,
            delivery_years=(2018, 2019, 2020, 2021, 2022),
        ),
        transfer("TUR", "ROU", TB2, "signed", of=of, at=3, tiv_order=500.0),
        transfer("TUR", "TUR", AKINCI, "delivered", of=of, at=4, tiv_delivered=70.0, delivery_years=(2020,)),
        transfer("DEU", "POL", "system:leopard-2", "potential", of=of, at=5, tiv_order=900.0),
    )


def test_an_estimate_makes_a_band_of_shares(weighed: GraphStore) -> None:
    """Türkiye's 100 may be 75 to 125: the United States has 300 of 375 to 425, and the HHI goes with it."""
    (row,) = ask(weighed, "dependence", buyer="Poland", since=2015, error=25).rows
    assert (row["suppliers"], row["top_supplier"]) == (2, "United States")
    assert (row["top_low"], row["top_share"], row["top_high"]) == (
        round(300 / 425, 3),
        round(300 / 400, 3),
        round(300 / 375, 3),
    )
    assert (row["hhi_low"], row["hhi"], row["hhi_high"]) == (
        round((300 / 425) ** 2 + (125 / 425) ** 2, 3),
        round(0.75**2 + 0.25**2, 3),
        round((300 / 375) ** 2 + (75 / 375) ** 2, 3),
    )
    assert row["reads"] == "highly concentrated"
    assert tuple(row[name] for name in BANDS) == (375.0, 400.0, 425.0)


def test_a_deal_with_years_within_and_without_counts_in_part(weighed: GraphStore) -> None:
    """50 over five years: 2 of them are 20, and half as much or half as much again."""
    assert table(weighed, "dependence", *BANDS, buyer="Hungary", since=2019, until=2020) == [(10.0, 20.0, 30.0)]
    assert table(weighed, "dependence", *BANDS, buyer="Hungary", since=2018, until=2022) == [(50.0, 50.0, 50.0)]


def test_candidates_orders_and_home_production_are_no_dependence(weighed: GraphStore) -> None:
    assert {row[0] for row in table(weighed, "dependence", "buyer", since=2000)} == {"Poland", "Hungary"}


def test_what_a_source_contests_is_nothing_at_least(store: GraphStore) -> None:
    of = news("Register")
    put(
        store,
        of,
        transfer("USA", "POL", F16, "delivered", of=of, at=0, tiv_delivered=300.0),
        transfer("USA", "POL", F16, "delivered", of=of, at=1, modality="denied"),
    )
    assert table(store, "dependence", *BANDS, buyer="Poland") == [(0.0, 300.0, 300.0)]


def test_half_a_million_and_unknown_values_widen_the_band(store: GraphStore) -> None:
    """Less than half a million is 0, .25 or .5; a deal without a value is as much as the average at most."""
    of = news("Register")
    put(
        store,
        of,
        transfer("USA", "POL", F16, "delivered", of=of, at=0, tiv_delivered=10.0),
        transfer("TUR", "POL", TB2, "delivered", of=of, at=1, below_half=("tiv_delivered",)),
        transfer("DEU", "POL", "system:leopard-2", "delivered", of=of, at=2),
    )
    answer = ask(store, "dependence", buyer="Poland")
    (row,) = answer.rows
    # The average of 10 and .25 is 5.125.
    assert tuple(row[name] for name in BANDS) == (10.0, 10.25, 10.0 + 0.5 + 5.125)
    assert row["without_value"] == 1
    assert "1 of 3 deals have no TIV" in answer.notes[0]


def test_an_unknown_supplier_is_nobody_s_share_and_may_be_anybody_s(store: GraphStore) -> None:
    of = news("Register")
    put(
        store,
        of,
        transfer("USA", "POL", F16, "delivered", of=of, at=0, tiv_delivered=60.0),
        transfer("TUR", "POL", TB2, "delivered", of=of, at=1, tiv_delivered=40.0),
        transfer("org:unknown-suppliers", "POL", AKINCI, "delivered", of=of, at=2, tiv_delivered=100.0),
    )
    (row,) = ask(store, "dependence", buyer="Poland").rows
    assert (row["suppliers"], row["unknown_supplier"]) == (2, 1)
    assert (row["top_low"], row["top_share"], row["top_high"]) == (0.3, 0.3, 0.8)
    least = (60 / 200) ** 2 + (40 / 200) ** 2
    most = (160 / 200) ** 2 + (40 / 200) ** 2
    assert (row["hhi_low"], row["hhi"], row["hhi_high"]) == (round(least, 3), 0.52, round(most, 3))
    assert row["reads"] == "many suppliers to highly concentrated"


def test_deals_can_be_counted_where_no_tiv_is_known(store: GraphStore) -> None:
    of = news()
    put(
        store,
        of,
        transfer("USA", "POL", F16, "delivered", of=of, at=0),
        transfer("TUR", "POL", TB2, "delivered", of=of, at=1),
        transfer("TUR", "POL", AKINCI, "delivered", of=of, at=2),
    )
    answer = ask(store, "dependence", buyer="Poland")
    assert answer.notes == ("3 of 3 deals have no TIV: low and best leave them out. Ask --by deals.",)
    assert answer.rows.records[0]["hhi"] is None
    assert table(store, "dependence", "top_supplier", "top_share", *BANDS, buyer="Poland", by="deals") == [
        ("Türkiye", 0.667, 3.0, 3.0, 3.0)
    ]


def test_a_buyer_is_many_suppliers_only_if_all_of_its_band_is(store: GraphStore) -> None:
    of = news("Register")
    many = ("USA", "TUR", "DEU", "FRA", "GBR", "ITA", "ESP", "KOR")
    put(
        store,
        of,
        *(
            transfer(one, "POL", F16, "delivered", of=of, at=at, tiv_delivered=10.0, estimated=("tiv_delivered",))
            for at, one in enumerate(many)
        ),
    )
    assert table(store, "dependence", "reads", "hhi", buyer="Poland", error=10) == [("many suppliers", 0.125)]
    assert table(store, "dependence", "reads", buyer="Poland", error=90) == [("many suppliers to highly concentrated",)]


def shares(of: int, beside: tuple[int, int, int]) -> tuple[float, ...]:
    """The shares of a sure value beside one that is uncertain: low, best, high."""
    return tuple(round(of / (of + other), 3) for other in reversed(beside))


def test_market_shares_by_period(weighed: GraphStore) -> None:
    shown = ("period", "supplier", "share_low", "share", "share_high", *BANDS)
    rows = table(weighed, "market-share", *shown, since=2018, until=2021, years=2, category="Aircraft", error=25)
    # 2018–2019: of 50 over five years two are 20. 2020–2021: 300; 100 (75 to 125) and 20 (10 to 30) of the same 50.
    assert rows == [
        ("2018–2019", "Türkiye", 1.0, 1.0, 1.0, 10.0, 20.0, 30.0),
        (
            "2020–2021",
            "United States",
            round(300 / 455, 3),
            round(300 / 420, 3),
            round(300 / 385, 3),
            300.0,
            300.0,
            300.0,
        ),
        ("2020–2021", "Türkiye", round(85 / 385, 3), round(120 / 420, 3), round(155 / 455, 3), 85.0, 120.0, 155.0),
    ]


def test_what_has_no_year_is_in_no_period(store: GraphStore) -> None:
    of = news("Register")
    put(
        store,
        of,
        transfer("USA", "POL", F16, "delivered", of=of, at=0, tiv_delivered=60.0),
        transfer("TUR", "POL", TB2, "delivered", of=of, at=1, tiv_delivered=40.0, delivery_years=(2020,)),
    )
    shown = ("period", "supplier", *BANDS)
    assert table(store, "market-share", *shown, since=2020, years=5) == [
        ("2020", "Türkiye", 40.0, 40.0, 40.0),
        ("year unknown", "United States", 0.0, 0.0, 60.0),
    ]
    assert table(store, "market-share", *shown) == [
        ("all years", "United States", 60.0, 60.0, 60.0),
        ("all years", "Türkiye", 40.0, 40.0, 40.0),
    ]


def test_if_a_supplier_stops(weighed: GraphStore) -> None:
    shown = ("buyer", "category", "lost_low", "lost", "lost_high", "remaining", "who_remains", "then_reads")
    assert table(weighed, "what-if", *shown, stops="Turkey", since=2015, error=25) == [
        (
            "Poland",
            "Aircraft",
            round(75 / 375, 3),
            0.25,
            round(125 / 425, 3),
            1,
            ["United States"],
            "highly concentrated",
        ),
        ("Hungary", "Aircraft", 1.0, 1.0, 1.0, 0, [], None),
    ]


def test_if_a_firm_stops_the_other_deals_of_its_state_remain(store: GraphStore) -> None:
    of = news("Register")
    put(
        store,
        of,
        transfer("firm:baykar", "POL", TB2, "delivered", of=of, at=0, tiv_delivered=60.0),
        transfer("TUR", "POL", F16, "delivered", of=of, at=1, tiv_delivered=30.0),
        transfer("USA", "POL", AKINCI, "delivered", of=of, at=2, tiv_delivered=10.0),
        transfer("TUR", "HUN", TB2, "delivered", of=of, at=3, tiv_delivered=10.0),
    )
    shown = ("buyer", "lost", "best", "deals", "remaining", "who_remains")
    answer = ask(store, "what-if", stops="Baykar")
    assert [tuple(row[name] for name in shown) for row in answer.rows] == [
        ("Poland", 0.6, 60.0, 1, 2, ["Türkiye", "United States"])
    ]
    assert [deal.systems[0][0] for deal in answer.to_subgraph(store).transfers.values()] == [TB2]
    assert table(store, "what-if", *shown, stops="Turkey") == [
        ("Poland", 0.9, 90.0, 2, 1, ["United States"]),
        ("Hungary", 1.0, 10.0, 1, 0, []),
    ]


def test_suppliers_beyond_the_most_are_told(store: GraphStore) -> None:
    of = news("Register")
    many = ("USA", "TUR", "DEU", "FRA", "GBR", "ITA", "ESP", "KOR", "SWE", "NLD", "NOR", "ISR")
    put(
        store,
        of,
        *(
            transfer(one, "POL", F16, "delivered", of=of, at=at, tiv_delivered=20.0 - at, delivery_years=(year,))
            for at, (one, year) in enumerate(zip(many, (2001,) * 11 + (2011,), strict=True))
        ),
    )
    answer = ask(store, "market-share")
    assert (len(answer.rows), answer.count) == (10, 12)
    assert answer.notes == ("These are the first 10 suppliers, and there are 2 more; --most 0 gives all.",)
    by_period = ask(store, "market-share", years=10, since=2001)
    assert (len(by_period.rows), by_period.count) == (11, 12)
    assert by_period.notes == (
        "These are the first 10 suppliers of each period, and there are 1 more; --most 0 gives all.",
    )
    whole = ask(store, "market-share", most=0)
    assert (len(whole.rows), whole.count, whole.notes) == (12, 12, ())


def test_a_category_that_no_system_has_is_told_with_those_that_are(weighed: GraphStore) -> None:
    with pytest.raises(ParameterWrong, match=r"of the category 'Spears'. There are .*Aircraft"):
        ask(weighed, "market-share", category="Spears")
    assert len(ask(weighed, "market-share", category="aircraft").rows) == 2


def test_years_the_wrong_way_round_and_a_period_without_data(weighed: GraphStore) -> None:
    with pytest.raises(ParameterWrong, match="2022 is after 2020"):
        ask(weighed, "dependence", since=2022, until=2020)
    assert ask(weighed, "dependence", since=2030).notes == ("What is loaded ends in 2022.",)
    assert ask(weighed, "dependence", since=1990, until=1999).notes == ("What is loaded begins in 2018.",)


def test_a_buyer_without_suppliers_has_no_rows_and_the_reason(weighed: GraphStore) -> None:
    answer = ask(weighed, "dependence", buyer="Germany")
    assert (len(answer.rows), answer.notes) == (0, ("Nothing that is loaded says that Germany receives anything.",))


def test_deals_without_a_year_do_not_hide_that_a_period_has_no_data(store: GraphStore) -> None:
    of = news("Register")
    put(
        store,
        of,
        transfer("USA", "POL", F16, "delivered", of=of, at=0, tiv_delivered=60.0),
        transfer("TUR", "POL", TB2, "delivered", of=of, at=1, tiv_delivered=40.0, delivery_years=(2020,)),
    )
    answer = ask(store, "dependence", since=2030)
    assert table(store, "dependence", *BANDS, since=2030) == [(0.0, 0.0, 60.0)]
    assert answer.notes == ("What is loaded ends in 2020.",)


def test_deals_of_systems_without_a_category_are_left_out_and_told(store: GraphStore) -> None:
    of = news("Register")
    put(
        store,
        of,
        transfer("USA", "POL", F16, "delivered", of=of, at=0, tiv_delivered=3.0, delivery_years=(2020,)),
        transfer("TUR", "POL", "system:zefir-9", "delivered", of=of, at=1, tiv_delivered=3.0, delivery_years=(2020,)),
    )
    asked = ask(store, "market-share", category="Aircraft")
    assert [row["supplier"] for row in asked.rows] == ["United States"]
    assert asked.notes == ("1 deal is of a system of which no source says the category, and left out.",)
    whole = ask(store, "market-share")
    assert (len(whole.rows), whole.notes) == (2, ())


def test_what_is_loaded_ends_with_its_last_deal_though_another_draws_the_line(store: GraphStore) -> None:
    of = news("Register")
    put(
        store,
        of,
        transfer("USA", "POL", F16, "delivered", of=of, at=0, delivery_years=(2020,), tiv_delivered=1.0),
        transfer("USA", "POL", TB2, "cancelled", of=of, at=1, order_year=2024),
    )
    assert ask(store, "dependence", buyer="Poland", since=2023).notes == ("Nothing that is loaded answers this.",)
    assert ask(store, "dependence", buyer="Poland", since=2025).notes == ("What is loaded ends in 2024.",)


def test_the_last_period_ends_where_what_is_loaded_ends(weighed: GraphStore) -> None:
    rows = ask(weighed, "market-share", years=10, since=2015).rows
    assert {row["period"] for row in rows} == {"2015–2022"}
