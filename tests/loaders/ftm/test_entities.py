"""FollowTheMoney's entities come in: what becomes of each schema, and of lines that are no entities."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as having
from hypothesis import strategies as some
from legation.graph.errors import LoadError
from legation.graph.statements import DescriptionStatement, RelationStatement
from legation.loaders import pipeline
from legation.loaders.ftm import entities, loader
from legation.loaders.reading import LONGEST_QUOTE, Given, Reading


def line(entity_id: str, schema: str, /, *, more: dict[str, Any] | None = None, **properties: Any) -> str:
    """Give an entity as a line, as a source with datasets has them."""
    values = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    told = {"id": entity_id, "schema": schema, "properties": values, "datasets": ["made_up"], **(more or {})}
    return json.dumps(told, ensure_ascii=False)


def reading(*lines: str, strict: bool = False, source: str | None = None) -> Reading:
    return loader.read(Path("x.ftm.json"), "\n".join(lines) + "\n", Given(source, strict=strict))


def relations(*lines: str) -> list[tuple[str, str, str, str | None, str | None, str | None]]:
    told = (claim.statement for claim in reading(*lines).claims)
    return [
        (one.subject.name, one.relation, one.object.name, one.title, one.since, one.until)
        for one in told
        if isinstance(one, RelationStatement)
    ]


def descriptions(*lines: str) -> list[DescriptionStatement]:
    told = (claim.statement for claim in reading(*lines).claims)
    return [one for one in told if isinstance(one, DescriptionStatement)]


def refused(*lines: str) -> list[tuple[int, str]]:
    found = reading(*lines)
    list(found.claims)
    assert found.tally is not None
    return [(one.row, one.reason) for one in found.tally.refused]


def flagged(*lines: str) -> list[str]:
    found = reading(*lines)
    list(found.claims)
    assert found.tally is not None
    return [one.reason for one in found.tally.flagged]


ANNA = line(
    "p-anna", "Person", name=["Anna Example", "Анна Пример"], alias="A. E.", nationality="ru", birthDate="1970-02"
)
YARD = line("c-yard", "Company", name="Example Yard LLC", jurisdiction="ru", innCode="7700000009", taxNumber="77")
GREY = line("o-grey", "PublicBody", name="Grey Office", country="by")


def test_a_person_has_names_nationality_birth_and_the_ids_that_she_goes_by() -> None:
    (told,) = descriptions(line("p-anna", "Person", more={"referents": ["old-7"]}, **json.loads(ANNA)["properties"]))
    assert told.subject.name == "Anna Example"
    assert told.subject.id.startswith("person:ftm-p-anna-")
    assert told.aliases == ("Анна Пример", "A. E.")
    assert told.identifiers == ("ftm:p-anna", "ftm:old-7")
    assert (told.countries, told.since, told.until) == (("RUS",), "1970-02", None)


def test_the_caption_is_the_name_to_show() -> None:
    (told,) = descriptions(line("p", "Person", more={"caption": "Анна Пример"}, name=["Anna Example", "Анна Пример"]))
    assert (told.subject.name, told.aliases) == ("Анна Пример", ("Anna Example",))


def test_a_company_is_based_where_it_is_incorporated_and_has_the_numbers_of_its_registers() -> None:
    (told,) = descriptions(YARD)
    assert told.identifiers == ("ftm:c-yard", "inn:7700000009", "tax-rus:77")
    assert relations(YARD) == [("Example Yard LLC", "BASED_IN", "Russia", None, None, None)]


def test_a_number_of_a_register_is_nothing_without_the_state_whose_register_it_is() -> None:
    nowhere = line("c", "Company", name="Example", registrationNumber="1")
    assert descriptions(nowhere)[0].identifiers == ("ftm:c",)
    assert "registrationNumber is left out" in flagged(nowhere)[0]


def test_a_number_that_its_register_cannot_have_given_is_no_identifier() -> None:
    odd = line("c", "Company", name="Example", innCode=["77", "7700000009"])
    assert descriptions(odd)[0].identifiers == ("ftm:c", "inn:7700000009")
    assert "a value of its innCode is none that such a number can have" in flagged(odd)[0]


def test_a_public_body_is_an_organisation_whose_country_is_not_called_its_seat() -> None:
    (told,) = descriptions(GREY)
    assert (told.subject.label, told.type, told.countries) == ("Organisation", "public body", ("BLR",))
    assert relations(GREY) == []


def test_vessels_and_airplanes_are_systems_with_their_numbers() -> None:
    ship, plane = descriptions(
        line("v", "Vessel", name="Example Maru", imoNumber="IMO9999993", flag="pa", buildDate="1999"),
        line("a", "Airplane", name="EX-001", icaoCode="ABC123"),
    )
    assert (ship.subject.label, ship.identifiers[1], ship.countries) == ("System", "imo:IMO9999993", ("PAN",))
    assert (plane.subject.label, plane.system_class) == ("System", "system:aircraft")


def test_edges_become_relations_with_shares_roles_and_dates() -> None:
    edges = (
        line("1", "Ownership", owner="p-anna", asset="c-yard", percentage="49", startDate="2015-11", endDate="2016"),
        line("2", "Directorship", director="p-anna", organization="c-yard", role="Chief Executive Officer"),
        line("3", "Directorship", director="p-anna", organization="c-yard", role="Chief Accountant"),
        line("4", "Membership", member="p-anna", organization="o-grey", role="adviser"),
        line("5", "Family", person="p-anna", relative="p-b", relationship="sister"),
        line("6", "Employment", employee="p-b", employer="c-yard"),
    )
    # Edges may stand before their ends.
    told = relations(*edges, ANNA, GREY, line("c-yard", "Company", name="Yard"), line("p-b", "Person", name="B"))
    assert told == [
        ("Anna Example", "OWNS", "Yard", "49 %", "2015-11", "2016"),
        ("Anna Example", "LEADS", "Yard", "Chief Executive Officer", None, None),
        ("Anna Example", "HOLDS_ROLE", "Yard", "Chief Accountant", None, None),
        ("Anna Example", "MEMBER_OF", "Grey Office", "adviser", None, None),
        ("Anna Example", "KIN_OF", "B", "sister", None, None),
        ("B", "HOLDS_ROLE", "Yard", None, None, None),
    ]


@pytest.mark.parametrize(
    ("sanction", "sender"),
    [
        ({"country": "us", "authority": "Office X"}, "United States"),
        ({"country": "eu", "authority": "Council"}, "European Union"),
        ({"authority": "United Nations"}, "United Nations"),
        ({"authority": "Grey Port Authority"}, "Grey Port Authority"),
        ({"country": "gb-sct"}, "United Kingdom"),
    ],
)
def test_a_sanction_comes_from_the_state_of_its_authority(sanction: dict[str, str], sender: str) -> None:
    dated = line(
        "s", "Sanction", entity="p-anna", listingDate="2022-03-01", endDate="2033-01-01", **dict[str, Any](sanction)
    )
    ((subject, relation, target, _, since, until),) = relations(ANNA, dated)
    assert (subject, relation, target, since, until) == (
        sender,
        "SANCTIONS",
        "Anna Example",
        "2022-03-01",
        "2033-01-01",
    )


def test_a_sanction_names_authority_and_programme() -> None:
    told = relations(ANNA, line("s", "Sanction", entity="p-anna", country="us", authority="Office X", program="EO 1"))
    assert told[0][3] == "Office X: EO 1"


def test_entities_within_entities_stand_alone() -> None:
    inner = {"id": "c-in", "schema": "Company", "properties": {"name": ["Inner"]}}
    nested = line("o", "Ownership", owner="p-anna", asset=inner)
    assert relations(ANNA, nested) == [("Anna Example", "OWNS", "Inner", None, None, None)]
    found = reading(ANNA, nested)
    assert [claim.row for claim in found.claims] == [1, 2, 2]
    assert found.tally is not None
    assert found.tally.read == 3


def test_a_reference_may_name_a_record_that_was_merged() -> None:
    merged = line("p-new", "Person", more={"referents": ["p-old"]}, name="Anna")
    assert relations(merged, YARD, line("o", "Ownership", owner="p-old", asset="c-yard"))[1][0] == "Anna"


def test_a_firm_of_the_lists_is_found_by_its_name_where_the_states_agree() -> None:
    def firm(country: str) -> str:
        return descriptions(line("c", "Company", name="Baykar", jurisdiction=country))[0].subject.id

    assert firm("tr") == "firm:baykar"
    assert firm("us").startswith("firm:ftm-c-")


def test_two_firms_of_one_file_never_become_one_of_the_lists() -> None:
    told = descriptions(*(line(one, "Company", name="Baykar", jurisdiction="tr") for one in ("c-1", "c-2")))
    assert len({one.subject.id for one in told} - {"firm:baykar"}) == 2


def test_a_namesake_of_a_person_of_the_lists_is_somebody_else() -> None:
    (told,) = descriptions(line("p", "Person", name="Maria Zakharova", nationality="ru", birthDate="1988"))
    assert told.subject.id != "person:maria-zakharova"


def test_ids_that_differ_in_case_alone_are_two() -> None:
    told = descriptions(line("NK-a", "Person", name="A"), line("NK-A", "Person", name="A"))
    assert len({one.subject.id for one in told}) == 2


def test_an_id_without_a_dataset_is_unique_within_its_source_only() -> None:
    bare = line("1", "Person", more={"datasets": []}, name="A")
    one, other = (next(iter(reading(bare, source=name).claims)).statement for name in ("Daily", "Weekly"))
    assert isinstance(one, DescriptionStatement)
    assert isinstance(other, DescriptionStatement)
    assert one.subject.id != other.subject.id
    assert one.identifiers == ()


def test_of_lines_with_one_id_the_most_special_schema_counts() -> None:
    told = descriptions(line("x", "LegalEntity", name="X"), line("x", "Company", name="X", innCode="1"))
    assert {one.subject.label for one in told} == {"Firm"}


def test_several_dates_are_all_stated() -> None:
    told = descriptions(line("p", "Person", name="A", birthDate=["1970", "1971-05-01"]))
    assert [one.since for one in told] == ["1970", "1971-05-01"]


def test_an_id_of_ours_is_believed_where_the_schema_fits_it() -> None:
    ours = {"datasets": ["legation"]}
    lines = (
        line("legation.USA", "Company", name="United Steel", country="us", more=ours),
        line("legation.USA", "PublicBody", name="United States", country="us", more=ours),
    )
    assert [one.subject.id for one in descriptions(lines[1])] == ["USA"]
    assert "USA" not in {one.subject.id for one in descriptions(lines[0])}


def test_what_has_no_place_is_counted_and_named() -> None:
    found = reading(
        line("p", "Person", name="A", gender="female", topics=["sanction"], strangeThing="x"),
        line("a", "Address", full="Example Street 1"),
        line("d", "Payment", payer="p", beneficiary="p", amount="5"),
    )
    list(found.claims)
    assert found.tally is not None
    assert (found.tally.read, found.tally.refused) == (3, [])
    assert found.tally.left_out == {
        "the graph has no place for an entity of the schema Address": 1,
        "the graph has no place for an entity of the schema Payment": 1,
    }
    for name in ("Person.gender (1)", "Person.topics (1)", "Person.strangeThing (1)"):
        assert name in found.note


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('{"id": "x", "schema": "Person", "properties": {"na', "no JSON, or a part of it is missing"),
        ('me": ["A"]}}', "no JSON, or a part of it is missing"),
        ("[" * 100_000, "nested too deep"),
        ("[1]", "it is no entity"),
        ('{"id": "x", "schema": "Person"}', "it is no entity"),
        ('{"id": 7, "schema": "Person", "properties": {}}', "it has no id"),
        ('{"id": "x", "schema": "Starship", "properties": {}}', "'Starship' is not in the model"),
        ('{"id": "x", "schema": "Person", "properties": {"name": ["\\ud800"]}}', "its name holds half a character"),
        (line("x", "Person", name=""), "it has no name"),
        (line("x", "Ownership", owner="p-anna", asset="nobody"), "its asset 'nobody' is not in the file"),
        (line("x", "Ownership", owner="p-anna", asset="p-anna"), "cannot have the relation OWNS with itself"),
        (line("x", "Ownership", owner="p-anna"), "it has no asset"),
        (line("x", "Family", person="p-anna", relative="c-yard"), "cannot be the object"),
        (line("x", "Sanction", entity="p-anna"), "neither a country nor an authority"),
    ],
)
def test_a_line_that_is_no_entity_is_refused_with_its_number(broken: str, reason: str) -> None:
    ((row, told),) = refused(ANNA, broken, YARD)
    assert row == 2
    assert reason in told
    if "no name" not in reason:
        with pytest.raises(LoadError, match=r"^x\.ftm\.json, line 2: .* Nothing of the file is loaded"):
            list(reading(ANNA, broken, YARD, strict=True).claims)


def test_ids_of_ten_thousand_characters_still_join() -> None:
    long = "x" * 10_000
    told = relations(line(long, "Person", name="Long"), YARD, line("o", "Ownership", owner=long, asset="c-yard"))
    assert told[1][:3] == ("Long", "OWNS", "Example Yard LLC")
    (person,) = descriptions(line(long, "Person", name="Long"))
    assert len(person.subject.id) < 80
    assert person.identifiers == ()
    assert "an id of 10,000 characters is not kept" in flagged(line(long, "Person", name="Long"))


@having(some.text(min_size=1, max_size=30))
def test_names_and_ids_in_any_script_are_read_or_refused(text: str) -> None:
    told = json.dumps({"id": text, "schema": "Person", "properties": {"name": [text]}, "datasets": ["x"]})
    found = reading(ANNA, told)
    claims = list(found.claims)
    assert found.tally is not None
    assert len(claims) + len(found.tally.refused) == 2
    for claim in claims:
        claim.quote.encode()  # no half characters
        assert claim.quote == found.document.content[claim.start : claim.end]


def test_what_cannot_be_seen_is_taken_out_of_names() -> None:
    (told,) = descriptions(line("p", "Person", name="An\u202ena\u0000 \u200bExample"))
    assert told.subject.name == "Anna Example"


def test_very_long_lines_are_quoted_from_their_beginning() -> None:
    many = line("p", "Person", name=["Anna"], alias=[f"Alias {number}" for number in range(4_000)])
    (claim,) = reading(many).claims
    assert len(many) > len(claim.quote) == LONGEST_QUOTE
    assert many.startswith(claim.quote)


def test_files_are_told_by_what_is_in_them(tmp_path: Path) -> None:
    for name in ("x.ftm.json", "x.jsonl", "x.json"):
        (tmp_path / name).write_text(f"{ANNA}\n", encoding="utf-8")
    assert len(pipeline.find_files([tmp_path])) == 3
    assert {pipeline.read(path, Given())[0] for path in tmp_path.iterdir()} == {"ftm"}
    (tmp_path / "cut.ftm.json").write_text(f"{ANNA[30:]}\n{YARD}\n", encoding="utf-8")
    assert entities.recognises(f'"schema": 1\n{YARD}\n')


def test_a_file_without_an_entity_is_an_error() -> None:
    with pytest.raises(LoadError, match="no line holds an entity"):
        reading('{"a": 1}')


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "read", "no_place", "stated"),
    [
        ("yente_t1.ftm.json", 7, 1, {"description": 6}),
        (
            "yente_zala.ftm.json",
            91,
            12,
            {
                "SANCTIONS": 41,
                "description": 20,
                "OWNS": 14,
                "BASED_IN": 11,
                "KIN_OF": 4,
                "LEADS": 2,
                "HOLDS_ROLE": 1,
            },
        ),
    ],
)
def test_every_entity_of_the_real_files_is_accounted_for(
    real_data: Path, name: str, read: int, no_place: int, stated: dict[str, int]
) -> None:
    _, found = pipeline.read(real_data / "data" / "ftm" / name, Given())
    claims = list(found.claims)
    assert found.tally is not None
    assert (found.tally.read, found.tally.refused, found.tally.left_out.total()) == (read, [], no_place)
    assert all("has no place for an entity of the schema" in one for one in found.tally.left_out)
    assert len({claim.row for claim in claims}) == read - no_place
    assert Counter(claim.statement.states for claim in claims) == stated
    assert all(found.document.content[claim.start : claim.end] == claim.quote for claim in claims)
