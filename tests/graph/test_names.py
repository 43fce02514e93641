"""How a name finds its entry, and how it never does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from legation.graph.names import key, make_id, reference, slug, suggest
from legation.graph.statements import Party


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("TURKEY", "TUR"),
        ("Turkish", "TUR"),
        ("Ankara", "TUR"),
        ("Poland", "POL"),
        ("Warsaw", "POL"),
        ("Kiev", "UKR"),
        ("the Kremlin", "RUS"),
        ("Soviet Union", "SUN"),
        ("East Germany", "DDR"),
        ("North Korea", "PRK"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Austria", "AUT"),
        ("Australia", "AUS"),
        ("DR Congo", "COD"),
        ("Congo", "COG"),
        ("Guinea-Bissau", "GNB"),
        ("Baykar", "firm:baykar"),
        ("TB2", "system:bayraktar-tb2"),
        ("s400", "system:s-400"),
        ("drones", "system:uav"),
        ("NATO", "org:nato"),
    ],
)
def test_a_name_leads_to_its_entry(text: str, expected: str) -> None:
    assert expected in {entry.id for entry in reference().find(text)}


@pytest.mark.parametrize("text", ["Nigeri", "Austral", "S-500X", "Korea", "", "?"])
def test_what_is_only_similar_is_not_found(text: str) -> None:
    assert not {entry.id for entry in reference().find(text)} & {"NGA", "AUS", "AUT", "PRK", "KOR", "system:s-500"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("East Germany (GDR)", "DDR"),
        ("Germany", "DEU"),
        ("Soviet Union", "SUN"),
        ("Russia", "RUS"),
        ("Yugoslavia", "YUG"),
        ("Serbia", "SRB"),
        ("Serbia and Montenegro", "SCG"),
        ("Montenegro", "MNE"),
        ("Czechoslovakia", "CSK"),
        ("Czechia", "CZE"),
        ("Czech Republic", "CZE"),
        ("Slovakia", "SVK"),
        ("Slovenia", "SVN"),
        ("Yemen", "YEM"),
        ("North Yemen", "XNY"),
        ("Yemen Arab Republic (North Yemen)", "XNY"),
        ("South Yemen", "YMD"),
        ("Viet Nam", "VNM"),
        ("South Vietnam", "XSV"),
        ("Biafra", "XBI"),
        ("Katanga", "XKT"),
        ("Western Sahara", "ESH"),
        ("Zanzibar", "XZN"),
        ("Tanzania", "TZA"),
        ("Northern Cyprus", "XNC"),
        ("Cyprus", "CYP"),
        ("Kosovo", "XKX"),
        ("Zimbabwe", "ZWE"),
        ("Rhodesia", "RHO"),
        ("Congo", "COG"),
        ("DR Congo", "COD"),
        ("North Korea", "PRK"),
        ("South Korea", "KOR"),
        ("Guinea", "GIN"),
        ("Guinea-Bissau", "GNB"),
        ("Equatorial Guinea", "GNQ"),
        ("Papua New Guinea", "PNG"),
        ("Dominica", "DMA"),
        ("Dominican Republic", "DOM"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Austria", "AUT"),
        ("Australia", "AUS"),
        ("Sudan", "SDN"),
        ("South Sudan", "SSD"),
        ("Samoa", "WSM"),
        ("Georgia", "GEO"),
        ("Ireland", "IRL"),
        ("Saint Vincent", "VCT"),
        ("Bosnia-Herzegovina", "BIH"),
        ("North Macedonia", "MKD"),
        ("eSwatini", "SWZ"),
        ("Cabo Verde", "CPV"),
        ("Cote d'Ivoire", "CIV"),
        ("Timor-Leste", "TLS"),
        ("Turkiye", "TUR"),
        ("UAE", "ARE"),
        ("Palestine", "PSE"),
        ("Taiwan", "TWN"),
        ("Libya GNC", "LBY"),
        ("Libya HoR", "org:house-of-representatives-libya"),
        ("HoR (Libya)", "org:house-of-representatives-libya"),
        ("MPLA (Portugal)", "org:mpla"),
        ("PRC (Israel/Palestine)", "org:popular-resistance-committees"),
        ("African Union", "org:african-union"),
        ("Regional Security System", "org:regional-security-system"),
    ],
)
def test_a_name_of_the_register_leads_to_one_entry_alone(text: str, expected: str) -> None:
    assert [entry.id for entry in reference().find(text, ("State", "Organisation"))] == [expected]


@pytest.mark.parametrize("text", ["Yemens", "Guinea-B", "Yemen (North", "Viet", "Korea"])
def test_what_names_no_party_of_the_lists_finds_none(text: str) -> None:
    assert reference().find(text, ("State", "Organisation")) == ()


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("Hezbollah (Lebanon)*", ("BASED_IN", "LBN")),
        ("Hezbollah (Lebanon)", ("BASED_IN", "LBN")),
        ("Provisional IRA (UK)*", ("BASED_IN", "GBR")),
        ("ELF (Ethiopia)*", ("BASED_IN", "ETH")),
        ("Viet Cong (South Vietnam)*", ("BASED_IN", "XSV")),
        ("MPLA (Portugal)*", ("OPPOSES", "PRT")),
        ("PAIGC (Portugal)*", ("OPPOSES", "PRT")),
        ("Viet Minh (France)*", ("OPPOSES", "FRA")),
        ("PLO (Israel)*", ("OPPOSES", "ISR")),
        ("ZAPU (Zimbabwe)*", ("OPPOSES", "RHO")),
        ("PIJ (Israel/Palestine)*", ("BASED_IN", "PSE")),
        ("Syria rebels*", ("BASED_IN", "SYR")),
        ("a group that no list has (Chad)*", ("BASED_IN", "TCD")),
        ("a group that no list has (Atlantis)*", None),
        ("a body that no list has (Chad)**", None),
        ("African Union**", None),
        ("unknown rebel group*", None),
        ("unknown supplier(s)", None),
        ("East Germany (GDR)", None),
        ("Yemen Arab Republic (North Yemen)", None),
        ("France", None),
    ],
)
def test_brackets_tell_the_host_unless_the_list_knows_better(name: str, host: tuple[str, str] | None) -> None:
    assert reference().host_of(name) == host


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("S-300", "S-400"),
        ("Type-63 107mm", "Type-631 07mm"),
        ("F-1 10", "F-110"),
        ("Type-209/1200", "Type-20/91200"),
        ("Su-27", "Su-30"),
        ("Mk-4 5", "Mk-45"),
    ],
)
def test_no_number_grows_out_of_two(one: str, other: str) -> None:
    assert key(one) != key(other)
    assert make_id("System", one) != make_id("System", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A-4", "A4"),
        ("Mi-24V/Mi-35", "Mi-24V-Mi-35"),
        ("M-1A1", "M-1A-1"),
        ("Type-209/1200", "Type-209-1200"),
        ("PC 46m", "PC-46M"),
        ("Västergötland", "Vastergotland -"),
    ],
)
def test_spelling_changes_no_id_of_a_system(one: str, other: str) -> None:
    assert make_id("System", one) == make_id("System", other)


def test_the_id_of_a_system_can_be_read() -> None:
    assert make_id("System", "Zorbo-12 Mk-3 40mm") == "system:zorbo-12mk-3-40mm"


@pytest.mark.parametrize(
    ("designation", "description", "expected"),
    [
        ("T-34", "trainer aircraft", "system:t-34mentor"),
        ("T-34", "", "system:t-34"),
        ("Typhoon", "armoured personnel carrier", "system:typhoon-vehicle"),
        ("Mistral", "amphibious assault ship", "system:mistral-class"),
        ("Mistral", "portable SAM", "system:mistral"),
        ("Hunter", "fighter aircraft", "system:hunter"),
        ("Hunter", "reconnaissance drone", "system:hunteruav"),
        ("Hunter", "frigate", "system:hunter-class"),
        ("Javelin", "portable SAM", "system:javelinsam"),
        ("FGM-148 Javelin", "anti-tank missile", "system:fgm-148-javelin"),
        ("NH-90 NFH --", "anti-submarine helicopter", "system:nh90"),
        ("Nonesuch-9 -", "patrol boat", "system:nonesuch-9"),
        ("Nonesuch-9 (13500)", "turbofan", "system:nonesuch-9"),
        ("ship engine 4001-6000", "ship engine", "system:engine"),
        ("Nonesuch-9 (2)", "patrol boat", "system:nonesuch-9-2"),
        ("-", "", "system:x2d"),
    ],
)
def test_a_description_tells_designations_apart(designation: str, description: str, expected: str) -> None:
    assert reference().find_system(designation, description)[0] == expected


@pytest.mark.parametrize(
    ("designations", "family"),
    [
        (("F-16A", "F-16ADF", "F-16C", "F-16C Block-50/52", "F-16 Block 52", "F-16V"), "system:f-16"),
        (("MiG-21F-13", "MiG-21MF", "MiG-21bis"), "system:mig-21"),
        (("Mi-8T", "Mi-17", "Mi-17V-5", "Mi-171Sh"), "system:mi-8"),
        (("T-72", "T-72M1", "T-72B3"), "system:t-72"),
        (("C-130H Hercules", "C-130J-30"), "system:c-130-hercules"),
        (("UH-1H", "Bell-205/UH-1D"), "system:uh-1-iroquois"),
        (("Mirage-3C", "Mirage-3E"), "system:mirage-iii"),
        (("F-86 Sabre", "F-86D Sabre", "F-86"), "system:f-86"),
        (("AI-25", "AI-25 (2000)"), "system:ai-25"),
    ],
)
def test_variants_of_one_design_are_one_family(designations: tuple[str, ...], family: str) -> None:
    assert {reference().family_of(reference().find_system(one)[0]) for one in designations} == {family}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Su-27", "Su-30"),
        ("Su-27", "Su-35"),
        ("S-300", "S-400"),
        ("MiG-21", "MiG-23"),
        ("Mirage III", "Mirage 5"),
        ("Mirage 2000", "Mirage F1"),
        ("J-79", "F-4E"),
        ("F-110", "F-16"),
        ("M-1 Abrams", "M-109"),
        ("M-48 Chaparral", "M-48 Patton"),
        ("P-2H Neptune", "P-2"),
        ("Leopard 1", "Leopard 2"),
        ("T-54", "T-34"),
        ("C-130", "KC-130H Hercules"),
        ("Black Hawk", "Seahawk"),
        ("K-9", "K-9 chassis"),
        ("T-34C", "T-34"),
        ("A-100 300mm", "A-10"),
    ],
)
def test_different_designs_are_never_one_family(one: str, other: str) -> None:
    ids = {reference().family_of(reference().find_system(text)[0]) for text in (one, other)}
    assert len(ids) == 2


@settings(deadline=None)
@given(some.text())
def test_what_is_found_has_exactly_that_name(text: str) -> None:
    for entry in reference().find(text):
        spelled = {key(name) for name in (entry.name, *entry.aliases)}
        assert text == entry.id or key(text) in spelled | {name + "s" for name in spelled}


def test_digits_tell_systems_apart() -> None:
    assert key("S-300") != key("S-400")
    assert {entry.id for entry in reference().find("S-300")} != {entry.id for entry in reference().find("S-400")}


def test_a_firm_has_a_state_and_a_variant_a_family() -> None:
    assert reference().state_of("firm:baykar") == "TUR"
    assert reference().state_of("TUR") == "TUR"
    assert reference().state_of("firm:no-list-has-it") is None
    assert reference().family_of("system:f-16c") == "system:f-16"
    assert reference().family_of("system:no-list-has-it") == "system:no-list-has-it"


def test_the_baltic_states_are_three() -> None:
    assert reference().groups[key("Baltic states")] == ("EST", "LVA", "LTU")


@settings(deadline=None)
@given(some.text(min_size=1))
def test_any_name_makes_an_id(text: str) -> None:
    assert slug(text)
    assert Party(make_id("Firm", text), text).label == "Firm"


def test_suggestions_are_near_and_never_an_answer() -> None:
    names = {"Poland": "POL", "Portugal": "PRT", "Japan": "JPN", "UK": "GBR", "Ukraine": "UKR", "Iran": "IRN"}
    assert suggest("Polnad", names) == ["POL"]
    assert suggest("Ukrane", names) == ["UKR"]  # and not "UK", which is in it
    assert suggest("Iran Republic", names) == ["IRN"]
    assert suggest("zzzzzz", names) == []


@pytest.mark.parametrize("label", ["Firm", "System"])
def test_the_id_of_a_long_name_is_short_and_its_own(label: str) -> None:
    one, other = make_id(label, "very long " * 5_000 + "a"), make_id(label, "very long " * 5_000 + "b")
    assert one != other
    assert max(len(one), len(other), len(make_id(label, "🚀" * 300))) < 200
