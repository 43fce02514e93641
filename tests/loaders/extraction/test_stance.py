"""What a sentence only asks, supposes, denies or tells of something else is no transfer; its plain twin is one."""

from __future__ import annotations

import pytest
from telling import claims, statements

Edge = tuple[str, str, str]


def edges(text: str) -> set[Edge]:
    return {(told.supplier.id, told.buyer.id, told.status) for told in statements(text)}


@pytest.mark.parametrize(
    ("fires", "edge", "silent"),
    [
        # a question
        ("Iran sold drones to Ethiopia.", ("IRN", "ETH", "ordered"), "Did Iran sell drones to Ethiopia?"),
        # what is not known or made up
        (
            "There is no doubt that Iran sold drones to Ethiopia.",
            ("IRN", "ETH", "ordered"),
            "There is no evidence that Iran sold drones to Ethiopia.",
        ),
        ("Iran sold drones to Ethiopia.", ("IRN", "ETH", "ordered"), "Imagine that Iran sold drones to Ethiopia."),
        ("Both France and Chile sold jets to Peru.", ("CHL", "PER", "ordered"), "Neither France nor Chile sold jets."),
        (
            "A single Leopard tank has been delivered to Ukraine by Spain.",
            ("ESP", "UKR", "delivered"),
            "Not a single Leopard tank has been delivered to Ukraine by Spain.",
        ),
        ("Brazil bought Su-35 jets from Russia.", ("RUS", "BRA", "ordered"), "Brazil almost bought jets from Russia."),
        (
            "Bulgaria still operates Russian MiG-21 fighters.",
            ("RUS", "BGR", "in_service"),
            "Bulgaria no longer operates Russian MiG-21 fighters.",
        ),
        # arms that only travel
        (
            "Germany sent Patriot systems to Ukraine.",
            ("DEU", "UKR", "delivered"),
            "Germany sent Patriot systems to Slovakia for an exercise.",
        ),
        ("Italy sent howitzers to Chile.", ("ITA", "CHL", "delivered"), "Italy sent a frigate to Chile."),
        ("Spain gave jets to Peru.", ("ESP", "PER", "delivered"), "Spain gave its leased jets back to Peru."),
        # booty
        (
            "Syria received several T-72 tanks from Russia.",
            ("RUS", "SYR", "delivered"),
            "Syria received several Russian T-72 tanks that rebels had abandoned.",
        ),
        # work on arms, and words about arms
        (
            "Mali signed a contract with Turkey for TB2 drones.",
            ("TUR", "MLI", "signed"),
            "Mali signed a contract with Turkey for the maintenance of TB2 drones.",
        ),
        (
            "Spain provided Peru with a batch of Leopard 2 tanks.",
            ("ESP", "PER", "delivered"),
            "Spain provided Peru with a list of Leopard 2 tanks.",
        ),
        # whoever only looks on
        (
            "Spain completed the delivery of Leopard 2 tanks to Peru.",
            ("ESP", "PER", "delivered"),
            "Chile criticised the delivery of Leopard 2 tanks to Peru.",
        ),
        # a subject that nobody names
        (
            "The Chinese firm Norinco, which planned to export missiles to Chad, is old.",
            ("firm:norinco", "TCD", "potential"),
            "Police in Spain arrested a man who planned to export missiles to Chad.",
        ),
        # a guess from the text's main system needs a thing that points back
        (
            "The TB2 is Turkish. Mali received the drones.",
            ("TUR", "MLI", "delivered"),
            "The TB2 is Turkish. Mali received 50 drones.",
        ),
    ],
)
def test_a_plain_telling_is_a_transfer_and_its_twin_is_none(fires: str, edge: Edge, silent: str) -> None:
    assert edges(fires) >= {edge}
    assert edges(silent) == set()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Should Peru buy jets from Chile, others will follow.", "potential"),
        ("Had Peru bought jets from Chile, others would have followed.", "potential"),
        ("Unless Peru buys jets from Chile, nobody will.", "potential"),
        ("In the event that Peru buys jets from Chile, others will follow.", "potential"),
        ("Senators demanded that Peru buy jets from Chile.", "potential"),
        ("The plan would see Peru buy jets from Chile.", "potential"),
        ("Peru buying jets from Chile would be a surprise.", "potential"),
        ("Observers speculated that Peru bought jets from Chile.", "potential"),
        ("Peru can buy jets from Chile.", "potential"),
        ("Even if nobody likes it, Peru bought jets from Chile.", "ordered"),
        ("Surprised by the price, Peru bought jets from Chile.", "ordered"),
        ("Peru toyed with the idea of buying jets from Chile.", "potential"),
        ("Peru walked away from a deal to buy jets from Chile.", "cancelled"),
        ("Peru dropped its plan to buy jets from Chile.", "cancelled"),
        ("Peru got permission to buy jets from Chile.", "approved"),
    ],
)
def test_what_is_only_supposed_stays_below_a_deal(text: str, status: str) -> None:
    assert edges(text) == {("CHL", "PER", status)}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Peru dismissed reports that it had bought jets from Chile.", "denied"),
        ("Claims that Peru bought jets from Chile are baseless.", "denied"),
        ("Peru denied having bought jets from Chile.", "denied"),
        ("Peru denied reports of a delivery of jets from Chile.", "denied"),
        ("Reports that Peru bought jets from Chile are no surprise.", "attributed"),
    ],
)
def test_a_rejected_report_is_a_denial(text: str, modality: str) -> None:
    assert {claim.modality for claim in claims(text)} == {modality}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("India, a rival of Pakistan, which flies J-10 jets, bought jets from France.", {("FRA", "IND", "ordered")}),
        ("Sweden, Finland said, had delivered howitzers to Ukraine.", {("SWE", "UKR", "delivered")}),
        ("Morocco, unlike Algeria, bought jets from France.", {("FRA", "MAR", "ordered")}),
        ("Taiwan bought missiles from Japan to defend itself from China.", {("JPN", "TWN", "ordered")}),
        ("Taiwan bought missiles to defend itself from China.", set()),
        ("Norway bought tanks from Italy rather than jets from Korea.", {("ITA", "NOR", "ordered")}),
        ("Norway bought tanks rather than jets from Spain.", set()),
        ("Germany exports cars to China and submarines to Israel.", {("DEU", "ISR", "delivered")}),
        ("Indonesia tested missiles in an exercise with Singapore.", set()),
        ("Lithuania received German troops with tanks from Italy.", set()),
        ("Selling jets to the UAE would have upset Israel.", set()),
        ("Egypt purchased Mistral ships from France for Libya.", {("FRA", "EGY", "ordered")}),
        ("Oman bought Typhoon jets.", set()),
    ],
)
def test_the_sides_are_those_of_the_clause(text: str, found: set[Edge]) -> None:
    assert {edge for edge in edges(text) if edge[1] != "PAK"} == found


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("An official said Iran had sent missiles to Russia.", None),
        ("Iran sent missiles to Russia, said Poland.", "POL"),
        ("Iran sent missiles to Russia, a diplomat told Poland.", None),
        ("Poland told reporters that Iran sent missiles to Russia.", "POL"),
        ("Critics of Poland said Iran sent missiles to Russia.", None),
        ("The government of Poland said Iran sent missiles to Russia.", "POL"),
        ("Iran sent missiles to Russia, according to a report seen by Poland.", None),
        ("Iran sent missiles to Russia, according to the government in Poland.", "POL"),
    ],
)
def test_a_speaker_is_whoever_says_it(text: str, speaker: str | None) -> None:
    (told,) = claims(text)
    assert (told.said_by.id if told.said_by else None) == speaker


@pytest.mark.parametrize(
    ("text", "quantity", "year"),
    [
        ("Peru bought 64 jets from Chile by 2030.", 64, None),
        ("Peru bought 64 jets from Chile in 2030.", 64, 2030),
        ("Peru bought jets from Chile to replace those bought in 1974.", None, None),
        ("Peru bought 5 of 24 jets from Chile.", 5, None),
        ("Peru bought Acme 2000 jets from Chile.", None, None),
        ("Peru in May 12 jets bought from Chile.", 12, None),
    ],
)
def test_numbers_and_years_of_something_else_are_left(text: str, quantity: int | None, year: int | None) -> None:
    assert {(told.quantity_ordered, told.order_year) for told in statements(text)} <= {(quantity, year)}
