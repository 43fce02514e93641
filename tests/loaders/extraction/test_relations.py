"""Relations from sentences: offices, kin, makers, seats, alliances, sides of a war."""

from __future__ import annotations

import pytest
from telling import triples


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
        ("Finnish state-controlled Patria is hiring.", ("FIN", "OWNS", "firm:patria")),
        ("The Czech Zedworks Group is hiring.", ("firm:zedworks-group", "BASED_IN", "CZE")),
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
        (
            "During the Tigray war Ethiopia flew Wing Loong drones and helicopters.",
            ("system:wing-loong", "USED_IN", "conflict:tigray-war"),
        ),
        ("Zed Zedson of SIPRI disagreed.", ("person:zed-zedson", "HOLDS_ROLE", "org:sipri")),
        ("The foreign minister of Peru Zed Zedson spoke.", ("person:zed-zedson", "HOLDS_ROLE", "PER")),
        ("Lima is ready. President Zed Zedson said that Spain is not.", ("person:zed-zedson", "LEADS", "PER")),
        ("King Zed of Tonga spoke.", ("person:zed", "LEADS", "TON")),
        ("Thales, a French company, is hiring.", ("firm:thales", "BASED_IN", "FRA")),
        ("Hanwha of South Korea is hiring.", ("firm:hanwha-aerospace", "BASED_IN", "KOR")),
        ("Patria, headquartered in Helsinki, is hiring.", ("firm:patria", "BASED_IN", "FIN")),
        ("The Czech shipbuilder Zedboats is hiring.", ("firm:zedboats", "BASED_IN", "CZE")),
        ("The Chinese state-owned firms Norinco and Zedworks are hiring.", ("CHN", "OWNS", "firm:zedworks")),
        ("Nexter, which is half owned by France, is hiring.", ("FRA", "OWNS", "firm:nexter")),
        ("Leonardo holds 25 percent of Hensoldt.", ("firm:leonardo", "OWNS", "firm:hensoldt")),
        ("MBDA is a joint venture of Airbus and Leonardo.", ("firm:airbus", "PARTNER_IN", "firm:mbda")),
        ("Saab teamed up with the Brazilian company Embraer.", ("firm:saab", "PARTNER_IN", "firm:embraer")),
        ("Greece and Turkey, both members of NATO, objected.", ("GRC", "MEMBER_OF", "org:nato")),
        ("Lima asked NATO allies such as Norway for help.", ("NOR", "MEMBER_OF", "org:nato")),
        ("Syria, an ally of Iran, objected.", ("SYR", "ALLIED_WITH", "IRN")),
        ("Qatar armed Turkey, its ally.", ("TUR", "ALLIED_WITH", "QAT")),
        ("Tokyo and Manila are allies.", ("JPN", "ALLIED_WITH", "PHL")),
        ("Mali is backed by Russia.", ("RUS", "SUPPORTS", "MLI")),
        ("Iran backs Hezbollah in Lebanon and the Houthis in Yemen.", ("IRN", "SUPPORTS", "org:houthis")),
        ("The European Union imposed an arms embargo on Myanmar.", ("org:european-union", "SANCTIONS", "MMR")),
        ("Mali is under sanctions from the United States.", ("USA", "SANCTIONS", "MLI")),
        ("Oman mediated between Iran and Saudi Arabia.", ("OMN", "MEDIATES", "IRN")),
        (
            "Eritrea fought the TPLF in the Tigray war.",
            ("ERI", "PARTY_TO", "conflict:tigray-war"),
        ),
        ("Uganda intervened in the war in Yemen.", ("UGA", "PARTY_TO", "conflict:yemeni-civil-war")),
        ("A Russian T-72 tank rolled past.", ("RUS", "MAKES", "system:t-72")),
        ("Russia's invasion of Ukraine goes on.", ("RUS", "OPPOSES", "UKR")),
        ("After the Iran-Iraq War much changed.", ("IRQ", "PARTY_TO", "conflict:iran-iraq-war")),
        ("The clashes between Peru and Chile went on.", ("PER", "OPPOSES", "CHL")),
        ("The Rafale is made by Dassault.", ("firm:dassault", "MAKES", "system:rafale")),
        ("The Rafale is built under licence by Navantia.", ("firm:navantia", "MAKES", "system:rafale")),
        ("Saab, the maker of the Gripen, is hiring.", ("firm:saab", "MAKES", "system:jas-39-gripen")),
        ("Iran's Quds Force, a branch of the IRGC, was there.", ("org:quds-force", "MEMBER_OF", "org:irgc")),
        ("BrahMos Aerospace, an India-Russia joint venture, spoke.", ("IND", "PARTNER_IN", "firm:brahmos-aerospace")),
        ("The Lockheed Martin F-35 programme is late.", ("firm:lockheed-martin", "MAKES", "system:f-35")),
        ("Sudan's army is led by General Zed Zedson.", ("person:zed-zedson", "LEADS", "SDN")),
        ("Zed Zedson is chief executive of Saab.", ("person:zed-zedson", "LEADS", "firm:saab")),
        ("Zed Zedson, sister of Vladimir Putin, spoke.", ("person:zed-zedson", "KIN_OF", "person:vladimir-putin")),
        ("Hezbollah, a Lebanese militia backed by Iran, spoke.", ("IRN", "SUPPORTS", "org:hezbollah")),
        (
            "Saab, with offices in Lima, Peru, is led by Micael Johansson.",
            ("person:micael-johansson", "LEADS", "firm:saab"),
        ),
        ("The Tejas is armed with Python-5 missiles.", ("system:python-5", "COMPONENT_OF", "system:tejas")),
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
        "The Premier League and Peru have much in common.",
        "We hope that Spain will sell us fish, said Admiral Zed Zedson.",
        "A Peruvian T-72 tank rolled past.",
        "The US T-72 tank rolled past.",
        "The war in Yemen goes on in Peru.",
        "The road between Peru and Chile saw fighting.",
        "Thales, a rival of the French company, is hiring.",
        "Patria has 25 percent more staff than Nammo.",
        "Poland wants to be an ally of Japan.",
        "Tokyo and Manila may become allies.",
        "Peru and Chile backed down.",
        "Chile will not be backed by Peru.",
        "The president of Peru met nobody.",
        "The Tejas was not armed with Python-5 missiles.",
        "Fans of Chile fought in the stands.",
        "Zedboats, a wholly owned subsidiary, met Saab.",
        "Zed Zedson is happy with Saab.",
        "The coalition is led by nobody in Peru.",
        "The company Peru knows best is small.",
    ],
)
def test_what_is_no_relation_makes_no_claim(text: str) -> None:
    assert triples(text) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Ann Lee, a niece of President Nicolas Maduro, is the director of Navantia.",
            {("person:nicolas-maduro", "LEADS", "VEN")},
        ),
        (
            "The wife of President Nicolas Maduro is a director of Navantia.",
            {("person:nicolas-maduro", "LEADS", "VEN")},
        ),
        ("Ann Lee is the chief executive of Navantia.", {("person:ann-lee", "LEADS", "firm:navantia")}),
    ],
)
def test_an_office_is_of_whom_the_clause_is_about(text: str, found: set[tuple[str, str, str]]) -> None:
    assert {triple for triple in triples(text) if triple[1] in {"LEADS", "HOLDS_ROLE"}} == found


def test_kin_of_whoever_is_named_with_an_office() -> None:
    assert ("person:ann-lee", "KIN_OF", "person:nicolas-maduro") in triples(
        "Ann Lee, a niece of President Nicolas Maduro, is the director of Navantia."
    )
