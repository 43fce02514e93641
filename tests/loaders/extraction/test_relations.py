"""Relations from sentences: offices, kin, makers, seats, alliances, sides of a war."""

from __future__ import annotations

import pytest
from legation.graph.claims import Document, Source
from legation.graph.statements import RelationStatement
from legation.loaders.article import read_claims


def triples(text: str) -> set[tuple[str, str, str]]:
    document = Document("a", text, Source("Morning Paper"), "article")
    return {
        (told.subject.id, told.relation, told.object.id)
        for told in (claim.statement for claim in read_claims(document))
        if isinstance(told, RelationStatement)
    }


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Russian President Vladimir Putin spoke.", ("person:vladimir-putin", "LEADS", "RUS")),
        ("Peruvian Defence Minister Zed Zedson spoke.", ("person:zed-zedson", "HOLDS_ROLE", "PER")),
        ("Baykar CEO Haluk Bayraktar spoke.", ("person:haluk-bayraktar", "LEADS", "firm:baykar")),
        ("Zed Zedson, export director at Navantia, spoke.", ("person:zed-zedson", "HOLDS_ROLE", "firm:navantia")),
        (
            "Selcuk Bayraktar, a son-in-law of Erdogan, spoke.",
            ("person:selcuk-bayraktar", "KIN_OF", "person:recep-tayyip-erdogan"),
        ),
        ("Boeing F-15 jets flew past.", ("firm:boeing", "MAKES", "system:f-15")),
        ("A Russian-built T-72 tank rolled past.", ("RUS", "MAKES", "system:t-72")),
        ("Baykar developed the Akinci drone.", ("firm:baykar", "MAKES", "system:bayraktar-akinci")),
        ("The Spanish shipbuilder Navantia is hiring.", ("firm:navantia", "BASED_IN", "ESP")),
        ("Spain's Navantia is hiring.", ("firm:navantia", "BASED_IN", "ESP")),
        ("The Chinese state-owned firm Norinco is hiring.", ("CHN", "OWNS", "firm:norinco")),
        ("Baykar set up a joint venture with Ukraine.", ("firm:baykar", "PARTNER_IN", "UKR")),
        ("Turkey, a NATO member, objected.", ("TUR", "MEMBER_OF", "org:nato")),
        ("Russia supported Haftar.", ("RUS", "SUPPORTS", "person:khalifa-haftar")),
        ("Washington announced new military aid to Ukraine.", ("USA", "SUPPORTS", "UKR")),
        ("Iraq invaded Kuwait.", ("IRQ", "OPPOSES", "KWT")),
        ("Eritrea's struggle against Ethiopia goes on.", ("ERI", "OPPOSES", "ETH")),
        ("The United States imposed sanctions on Iran.", ("USA", "SANCTIONS", "IRN")),
        ("Turkey offered mediation between Russia and Ukraine.", ("TUR", "MEDIATES", "RUS")),
        (
            "Azerbaijan used Bayraktar TB2 drones in the Nagorno-Karabakh war.",
            ("system:bayraktar-tb2", "USED_IN", "conflict:nagorno-karabakh"),
        ),
    ],
)
def test_a_clear_pattern_states_a_relation(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "The former Russian president Dmitry Medvedev spoke.",
        "Poland did not support Hungary.",
        "Poland may support Hungary.",
        "Boeing criticised the Rafale jets.",
        "Navantia talked to the Moroccan shipbuilder.",
        "NATO met in Turkey.",
        "The Donbas war goes on, and the F-16 is late.",
        "Putin told Erdogan a story.",
        "Iran asked for talks between Russia and Ukraine.",
    ],
)
def test_what_is_no_relation_makes_no_claim(text: str) -> None:
    assert triples(text) == set()
