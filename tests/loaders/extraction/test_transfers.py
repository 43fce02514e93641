"""Transfers from sentences: each rule fires where it should, and not where it must not."""

from __future__ import annotations

import pytest
from telling import claims, edges, statements

Edge = tuple[str, str, str, str]


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("Peru bought 12 T-72 tanks from Russia in 1985.", ("RUS", "PER", "t-72", "ordered")),
        ("Russia sold Peru 12 T-72 tanks.", ("RUS", "PER", "t-72", "ordered")),
        ("Sweden handed over eight Archer howitzers to Ukraine.", ("SWE", "UKR", "archer", "delivered")),
        ("Spain provided Ukraine with Leopard 2 tanks.", ("ESP", "UKR", "leopard-2", "delivered")),
        ("Slovakia gave Ukraine 13 MiG-29 fighters.", ("SVK", "UKR", "mig-29", "delivered")),
        ("Greece received six Rafale fighters from France.", ("FRA", "GRC", "rafale", "delivered")),
        (
            "Chad has received armoured vehicles as a gift from the UAE.",
            ("ARE", "TCD", "armoured-vehicle", "delivered"),
        ),
        ("Hungary leased 14 Gripen fighters from Sweden.", ("SWE", "HUN", "jas-39-gripen", "delivered")),
        ("The Philippines took delivery of BrahMos missiles from India.", ("IND", "PHL", "brahmos", "delivered")),
        ("Turkish-made drones were delivered to Somalia.", ("TUR", "SOM", "uav", "delivered")),
        ("Iranian drones were used by Russia.", ("IRN", "RUS", "uav", "in_service")),
        ("Morocco operates US-made M1 Abrams tanks.", ("USA", "MAR", "m1-abrams", "in_service")),
        ("The army of Mali uses Bayraktar TB2 drones.", ("TUR", "MLI", "bayraktar-tb2", "in_service")),
        ("Rafale jets are in service with the Egyptian air force.", ("FRA", "EGY", "rafale", "in_service")),
        ("Serbia became the first operator of Chinese CH-92A drones.", ("CHN", "SRB", "ch-92", "in_service")),
        ("Lockheed Martin will supply 40 F-35 fighters to Greece.", ("firm:lockheed-martin", "GRC", "f-35", "ordered")),
        ("The Netherlands will deliver F-16 fighters to Ukraine.", ("NLD", "UKR", "f-16", "pledged")),
        ("Finland's purchase of F-35 fighters was approved.", ("USA", "FIN", "f-35", "approved")),
        ("A deal for 18 K9 howitzers for Cairo was signed.", ("KOR", "EGY", "k9-thunder", "signed")),
        ("Bulgaria signed a contract for eight F-16 fighters.", ("USA", "BGR", "f-16", "signed")),
        ("The missiles that Russia sold to Iran are old.", ("RUS", "IRN", "missile", "ordered")),
        ("Navantia won a contract to build three frigates for Peru.", ("firm:navantia", "PER", "frigate", "signed")),
        ("India signed a contract with Dassault to buy 36 Rafale jets.", ("firm:dassault", "IND", "rafale", "signed")),
    ],
)
def test_a_transfer_is_read_from_verb_noun_and_preposition(text: str, edge: Edge) -> None:
    assert edges(text) == {edge}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Saudi Arabia may buy Su-35 jets from Russia.", "potential"),
        ("If Saudi Arabia buys Su-35 jets from Russia, prices will fall.", "potential"),
        ("Saudi Arabia is considering buying Su-35 jets from Russia.", "potential"),
        ("Saudi Arabia had planned to buy Su-35 jets from Russia.", "potential"),
        ("Saudi Arabia wants to buy Su-35 jets from Russia.", "interested"),
        ("Saudi Arabia is interested in Russian Su-35 jets.", "interested"),
        ("Saudi Arabia is in talks with Russia to buy Su-35 jets.", "negotiating"),
        ("Russia offered Saudi Arabia Su-35 jets.", "offered"),
        ("Saudi Arabia agreed to buy Su-35 jets from Russia.", "signed"),
        ("Saudi Arabia decided to buy Su-35 jets from Russia.", "ordered"),
        ("Saudi Arabia has scrapped a plan to buy Su-35 jets from Russia.", "cancelled"),
        ("Russia refused to sell Su-35 jets to Saudi Arabia.", "refused"),
        ("Russia's refusal to sell Su-35 jets to Saudi Arabia surprised nobody.", "refused"),
        ("Russia approved the sale of Su-35 jets to Saudi Arabia.", "approved"),
        ("Russia blocked the sale of Su-35 jets to Saudi Arabia.", "denied"),
    ],
)
def test_governing_words_and_tense_decide_the_status(text: str, status: str) -> None:
    assert edges(text) == {("RUS", "SAU", "su-35", status)}


@pytest.mark.parametrize(
    "text",
    [
        "A Turkish drone landed in Albania.",
        "Iraq protested against the use of Turkish drones over its territory.",
        "Thirteen countries have drones.",
        "Iran attacked Israel with drones.",
        "Israel fired missiles at Syria.",
        "The president of Kenya visited a tank factory in South Korea.",
        "Japan and Australia signed a memorandum on research.",
        "The United States deployed Patriot systems to Poland.",
        "Russia warned South Korea against supplying weapons to Ukraine.",
        "Egypt did not buy Su-35 jets from Russia.",
        "Israel has not delivered the tanks to Colombia.",
        "Britain trained Ukrainian crews on Challenger 2 tanks.",
        "China criticised the sale of Patriot missiles to Taiwan by the United States.",
        "Poland, Ukraine and Romania discussed the war with Turkey.",
        "France bought Rafale fighters from Dassault.",
        "Tunis hosted a meeting on drone diplomacy with Turkey.",
        "China won a contract with Peru to build a submarine base.",
    ],
)
def test_what_is_no_transfer_makes_no_claim(text: str) -> None:
    assert edges(text) == set()


def test_a_list_of_buyers_gives_one_claim_each() -> None:
    found = edges("Brazil, Chile and Peru have also ordered Gripen fighters from Sweden.")
    assert found == {("SWE", buyer, "jas-39-gripen", "ordered") for buyer in ("BRA", "CHL", "PER")}


def test_things_and_receivers_pair_up_in_the_order_of_the_words() -> None:
    found = edges("Washington cleared the sale of 36 F-15 jets to Qatar and 24 F-16 jets to Bahrain.")
    assert found == {("USA", "QAT", "f-15", "approved"), ("USA", "BHR", "f-16", "approved")}


def test_a_group_stands_for_its_members() -> None:
    found = edges("The Baltic states are potential buyers of HIMARS.")
    assert {buyer for _, buyer, _, _ in found} == {"EST", "LVA", "LTU"}
    assert {status for *_, status in found} == {"potential"}


def test_the_origin_of_the_thing_is_no_supplier_beside_one_that_is_named() -> None:
    assert edges("Jordan gifted Lebanon a Russian-built T-72 tank.").pop()[:2] == ("JOR", "LBN")


def test_a_left_out_thing_is_the_one_spoken_of_and_never_surer() -> None:
    text = "Turkey sold six Bayraktar TB2 drones to Niger. Chad and Mali have also ordered."
    first, *others = claims(text)
    assert edges(text) >= {("TUR", "TCD", "bayraktar-tb2", "ordered"), ("TUR", "MLI", "bayraktar-tb2", "ordered")}
    assert all(other.confidence <= first.confidence for other in others)


def test_a_pronoun_is_whoever_the_sentence_before_was_about() -> None:
    found = edges("Navantia is a Spanish shipbuilder. It delivered two corvettes to Saudi Arabia.")
    assert found == {("firm:navantia", "SAU", "corvette", "delivered")}


def test_a_joint_deal_has_two_buyers() -> None:
    found = edges("Greece signed a joint deal with Croatia to purchase five C-390 aircraft from Embraer.")
    assert {buyer for _, buyer, _, _ in found} == {"GRC", "HRV"}


def test_a_denial_disputes_and_a_hearsay_is_attributed() -> None:
    (denied,) = claims("Iran denied supplying drones to Russia.")
    (also,) = claims("Pakistan denied that it sent shells to Ukraine.")
    (heard,) = claims("According to Warsaw, Iran sent drones to Russia.")
    assert denied.modality == also.modality == "denied"
    assert (heard.modality, heard.said_by and heard.said_by.id) == ("attributed", "POL")


def test_speculation_lowers_the_confidence() -> None:
    (sure,) = claims("Greece bought Su-35 jets from Russia.")
    (guess,) = claims("Greece may buy Su-35 jets from Russia.")
    assert guess.modality == "speculated"
    assert guess.confidence < sure.confidence


@pytest.mark.parametrize(
    ("text", "ordered", "delivered"),
    [
        ("Peru bought 24 of the T-72 tanks from Russia.", 24, None),
        ("Peru bought three dozen T-72 tanks from Russia.", 36, None),
        ("Peru bought up to 1,200 T-72 tanks from Russia.", 1200, None),
        ("Peru received a pair of T-72 tanks from Russia.", None, 2),
        ("Peru bought T-72 tanks worth $24 million from Russia.", None, None),
        ("Peru, one of 13 countries, bought T-72 tanks from Russia.", None, None),
    ],
)
def test_a_number_counts_what_it_stands_with(text: str, ordered: int | None, delivered: int | None) -> None:
    (told,) = statements(text)
    assert (told.quantity_ordered, told.quantity_delivered) == (ordered, delivered)


def test_two_verbs_share_what_stands_behind_the_second() -> None:
    first, second = statements("Denmark pledged 30 and delivered six Leopard 2 tanks to Ukraine.")
    assert (first.status, first.quantity_ordered) == ("pledged", 30)
    assert (second.status, second.quantity_delivered) == ("delivered", 6)


def test_the_year_goes_where_the_status_says() -> None:
    (order,) = statements("Peru bought T-72 tanks from Russia in March 1985.")
    (arrival,) = statements("Peru received T-72 tanks from Russia in 1986.")
    (refusal,) = statements("Russia refused to sell T-72 tanks to Peru in 1984.")
    (unclear,) = statements("Peru bought T-72 tanks from Russia in 1985 and 1986.")
    assert (order.order_year, arrival.delivery_years, refusal.status_year) == (1985, (1986,), 1984)
    assert unclear.order_year is None


def test_a_kind_is_told_by_the_verb() -> None:
    assert statements("Slovakia donated 13 MiG-29 fighters to Ukraine.")[0].kind == "gift"
    assert statements("Hungary leased 14 Gripen fighters from Sweden.")[0].kind == "lease"


def test_who_is_kept_from_selling_has_been_denied() -> None:
    assert edges("Washington barred Germany from selling tanks to Iran.") == {
        ("DEU", "IRN", "main-battle-tank", "denied")
    }
    assert edges("Germany gained from selling tanks to Iran.") == set()


def test_a_description_points_back_to_a_firm_or_a_state() -> None:
    text = "Navantia is a Spanish shipbuilder. The company delivered two corvettes to Saudi Arabia."
    assert edges(text) == {("firm:navantia", "SAU", "corvette", "delivered")}
    assert edges("Peru is far. The first company delivered two corvettes to Saudi Arabia.") == set()


def test_a_large_group_is_not_taken_for_each_of_its_members() -> None:
    assert edges("Germany sold Leopard 2 tanks to NATO members.") == set()
    found = edges("Germany sold Leopard 2 tanks to many of its NATO allies, such as Poland and Spain.")
    assert {buyer for _, buyer, _, _ in found} == {"POL", "ESP"}


def test_a_ministry_or_force_acts_for_its_state() -> None:
    assert edges("The State Department approved the sale of F-16 jets to Peru.") == {("USA", "PER", "f-16", "approved")}


def test_of_a_very_long_sentence_the_clause_is_quoted() -> None:
    long = "which nobody had expected in that season, " * 20
    (claim,) = claims(f"Peru bought T-72 tanks from Russia, {long}and so on.")
    assert claim.quote.startswith("Peru bought T-72 tanks from Russia")
    assert len(claim.quote) < 60


def test_the_two_countries_are_nobody_in_particular() -> None:
    found = edges(
        "After a visit by Greek Prime Minister Kyriakos Mitsotakis to Paris, the two countries announced a deal for 12 "
        "Rafale fighters for Athens."
    )
    assert found == {("FRA", "GRC", "rafale", "signed")}
    assert edges("Greece and Egypt met in Cairo. Both countries announced talks on fishing.") == set()


def test_a_name_takes_the_place_of_the_class_beside_it() -> None:
    found = edges("Chad ordered a drone of another Turkish firm, the Anka.")
    assert {system for _, _, system, _ in found} == {"anka"}
    both = edges("Chad ordered six drones and two Anka aircraft from Turkey.")
    assert {system for _, _, system, _ in both} == {"uav", "anka"}


def test_a_ministry_that_nobody_names_is_no_speaker() -> None:
    (told,) = claims("Turkey sold six TB2 drones to Mali, the ministry said.")
    assert (told.modality, told.said_by) == ("attributed", None)
    (named,) = claims("Turkey sold six TB2 drones to Mali, Emmanuel Macron later said.")
    assert named.said_by is not None
    assert named.said_by.id == "person:emmanuel-macron"


@pytest.mark.parametrize(
    ("text", "ordered", "delivered"),
    [
        ("Peru placed an order with Spain for 24 Leopard 2 tanks in 2018.", (24, 2018), (None, ())),
        ("Peru has placed a follow-on order for four K9 howitzers from South Korea.", (4, None), (None, ())),
        ("Peru will receive twelve Gripen jets from Sweden in 2031.", (12, None), (None, ())),
        ("Peru received twelve Gripen jets from Sweden in 2021.", (None, None), (12, (2021,))),
    ],
)
def test_a_number_and_a_year_are_of_the_order_or_of_the_delivery(
    text: str, ordered: tuple[int | None, int | None], delivered: tuple[int | None, tuple[int, ...]]
) -> None:
    (told,) = statements(text)
    assert (told.quantity_ordered, told.order_year) == ordered
    assert (told.quantity_delivered, told.delivery_years) == delivered


def test_what_came_a_year_later_is_not_of_the_year_before() -> None:
    told = statements("Peru bought 12 Gripen jets from Sweden in 2018 and six more a year later.")
    assert [(one.quantity_ordered, one.order_year) for one in told] == [(12, 2018)]
