"""The reference lists hold together: unique names, known codes, no dangling makers, classes or families."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import pytest
from legation.graph.names import key, make_id, reference
from legation.graph.schema import RELATIONS, labels_of

Row = dict[str, str]

COLUMNS = {
    "states.csv": "code,name,aliases,demonyms,capital,metonyms,valid_from,valid_to",
    "organisations.csv": "id,name,aliases,type,host",
    "groups.csv": "name,aliases,members",
    "firms.csv": "id,name,aliases,state",
    "classes.csv": "id,name,nouns,category",
    "systems.csv": "id,name,aliases,maker,class",
    "families.csv": "id,name,members",
    "homonyms.csv": "name,described,means",
    "hosts.csv": "name,organisation,relation,state",
    "people.csv": "id,name,aliases,state,firm,title,since,until",
    "conflicts.csv": "id,name,aliases,states",
}
PREFIXES = {
    "organisations.csv": "org",
    "firms.csv": "firm",
    "classes.csv": "system",
    "systems.csv": "system",
    "families.csv": "system",
    "people.csv": "person",
    "conflicts.csv": "conflict",
}
WITHDRAWN = {"ANT", "CSK", "DDR", "RHO", "SCG", "SUN", "YMD", "YUG"}
ORGANISATION_TYPES = {
    "alliance",
    "agency",
    "armed-group",
    "body",
    "government",
    "institute",
    "media",
    "company-group",
    "unknown",
}
CATEGORIES = {
    "Aircraft",
    "Air-defence systems",
    "Anti-submarine warfare weapons",
    "Armoured vehicles",
    "Artillery",
    "Engines",
    "Missiles",
    "Naval weapons",
    "Satellites",
    "Sensors",
    "Ships",
    "Other",
}
LISTS = pytest.mark.parametrize("filename", COLUMNS)


def read_text(filename: str) -> str:
    """Return the text of one reference list with its line ends as stored."""
    return (files("legation") / "graph" / "reference" / filename).read_bytes().decode("utf-8")


def read_rows(filename: str) -> list[Row]:
    """Return the rows of one reference list, by column name."""
    return list(csv.DictReader(io.StringIO(read_text(filename), newline=""), strict=True))


def to_list(cell: str) -> list[str]:
    """Split a list cell; an empty cell is an empty list."""
    return cell.split("|") if cell else []


def to_key(name: str) -> str:
    """Fold case, accents and typographic apostrophes, as a reader would."""
    folded = unicodedata.normalize("NFKD", re.sub("[\u2018\u2019\u02bb\u02bd]", "'", name).casefold())
    return "".join(character for character in folded if not unicodedata.combining(character))


def key_of(filename: str) -> str:
    """Name the column that identifies a row: the first one."""
    return COLUMNS[filename].split(",")[0]


def names_of(row: Row, *columns: str) -> set[str]:
    """Return the folded names that the given columns of a row hold."""
    return {to_key(name) for column in columns for name in to_list(row[column])}


def find_shared(filename: str, *columns: str) -> set[tuple[str, str, str]]:
    """Return (name, owner, other owner) for every name that two rows claim."""
    owners: dict[str, str] = {}
    shared = set()
    for row in read_rows(filename):
        owner = row[key_of(filename)]
        for name in names_of(row, *columns):
            first = owners.setdefault(name, owner)
            if first != owner:
                shared.add((name, first, owner))
    return shared


def state_codes() -> set[str]:
    """Return the codes of all states."""
    return {row["code"] for row in read_rows("states.csv")}


def ids_of(filename: str) -> set[str]:
    """Return the ids of one list."""
    return {row["id"] for row in read_rows(filename)}


def state_references() -> Iterator[tuple[str, str]]:
    """Yield (row, state code) wherever a list names a state by its code."""
    columns = {
        "organisations.csv": "host",
        "groups.csv": "members",
        "firms.csv": "state",
        "people.csv": "state",
        "conflicts.csv": "states",
        "hosts.csv": "state",
    }
    for filename, column in columns.items():
        for row in read_rows(filename):
            for code in to_list(row[column]):
                yield row[key_of(filename)], code


@LISTS
def test_a_list_has_exactly_its_columns(filename: str) -> None:
    lines = list(csv.reader(io.StringIO(read_text(filename), newline=""), strict=True))
    assert ",".join(lines[0]) == COLUMNS[filename]
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(lines) > 1


@LISTS
def test_a_list_is_stored_with_plain_line_ends_and_clean_cells(filename: str) -> None:
    text = read_text(filename)
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    assert text.endswith("\n")
    values = [name for row in read_rows(filename) for cell in row.values() for name in cell.split("|")]
    assert [value for value in values if value != value.strip()] == []
    assert [row for row in read_rows(filename) for cell in row.values() if cell and "" in cell.split("|")] == []


@LISTS
def test_a_list_is_sorted_and_has_no_row_twice(filename: str) -> None:
    unique = slice(2) if filename == "homonyms.csv" else slice(1)
    keys = [tuple(row.values())[unique] for row in read_rows(filename)]
    assert keys == sorted(set(keys))


@LISTS
def test_every_row_has_a_name(filename: str) -> None:
    assert [row for row in read_rows(filename) if not row["name"]] == []


@LISTS
def test_no_row_repeats_a_name_of_its_own(filename: str) -> None:
    columns = [column for column in ("aliases", "demonyms", "nouns") if column in COLUMNS[filename].split(",")]
    for row in read_rows(filename):
        names = [name for column in columns for name in to_list(row[column])]
        names += [] if filename == "classes.csv" else [row["name"]]
        assert len(names) == len(set(names)), row["name"]


@pytest.mark.parametrize("filename", sorted(set(COLUMNS) - {"states.csv", "classes.csv", "homonyms.csv"}))
def test_no_two_rows_share_a_name(filename: str) -> None:
    columns = [column for column in ("name", "aliases", "members") if column in COLUMNS[filename].split(",")]
    assert find_shared(filename, *(columns if filename != "groups.csv" else ("name", "aliases"))) == set()


def test_no_two_states_share_an_alias() -> None:
    assert find_shared("states.csv", "name", "aliases", "metonyms") == set()


def test_no_alias_of_a_state_is_a_demonym_of_another() -> None:
    assert find_shared("states.csv", "name", "aliases", "metonyms", "demonyms") == set()


def test_a_capital_is_shared_only_with_a_state_that_is_gone() -> None:
    rows = read_rows("states.csv")
    for one, other in combinations(rows, 2):
        if names_of(one, "capital") & names_of(other, "capital"):
            assert one["valid_to"] or other["valid_to"], (one["code"], other["code"])


def test_no_capital_is_the_name_of_another_state() -> None:
    owners = {name: row["code"] for row in read_rows("states.csv") for name in names_of(row, "name", "aliases")}
    for row in read_rows("states.csv"):
        for capital in names_of(row, "capital"):
            assert owners.get(capital, row["code"]) == row["code"]


def test_no_noun_names_two_classes() -> None:
    assert find_shared("classes.csv", "nouns") == set()


def test_nouns_are_lower_case() -> None:
    nouns = [noun for row in read_rows("classes.csv") for noun in to_list(row["nouns"])]
    assert [noun for noun in nouns if noun != noun.lower()] == []


def test_categories_are_those_of_sipri() -> None:
    assert {row["category"] for row in read_rows("classes.csv")} <= CATEGORIES


def test_state_codes_are_three_letters_and_assigned_ones_begin_with_x() -> None:
    codes = state_codes()
    assert [code for code in codes if not re.fullmatch("[A-Z]{3}", code)] == []
    gone = {row["code"] for row in read_rows("states.csv") if row["valid_to"]}
    assert {code for code in gone if not code.startswith("X")} == WITHDRAWN


def test_every_iso_state_is_there_and_no_other_code_is_outside_x() -> None:
    assigned = {code for code in state_codes() if code.startswith("X")}
    assert len(state_codes() - assigned - WITHDRAWN) == 249


@pytest.mark.parametrize(
    ("filename", "start", "end"), [("states.csv", "valid_from", "valid_to"), ("people.csv", "since", "until")]
)
def test_years_are_years_and_in_order(filename: str, start: str, end: str) -> None:
    for row in read_rows(filename):
        assert re.fullmatch(r"(\d{4})?", row[start]), row
        assert re.fullmatch(r"(\d{4})?", row[end]), row
        assert not row[start] or not row[end] or row[start] <= row[end], row


def test_a_state_that_is_gone_says_when_it_began() -> None:
    assert [row["code"] for row in read_rows("states.csv") if row["valid_to"] and not row["valid_from"]] == []


@pytest.mark.parametrize("filename", PREFIXES)
def test_ids_are_readable_slugs(filename: str) -> None:
    pattern = PREFIXES[filename] + ":[a-z0-9]+(-[a-z0-9]+)*"
    assert [one for one in ids_of(filename) if not re.fullmatch(pattern, one)] == []


def test_no_system_has_the_id_of_a_class() -> None:
    assert ids_of("systems.csv") & ids_of("classes.csv") == set()


def test_every_state_that_a_list_names_exists() -> None:
    known = state_codes()
    assert [reference for reference in state_references() if reference[1] not in known] == []


def test_organisations_are_of_a_known_type() -> None:
    assert {row["type"] for row in read_rows("organisations.csv")} <= ORGANISATION_TYPES


def test_a_group_has_at_least_two_members() -> None:
    assert [row["name"] for row in read_rows("groups.csv") if len(set(to_list(row["members"]))) < 2] == []


def test_every_firm_has_a_state() -> None:
    assert [row["id"] for row in read_rows("firms.csv") if not row["state"]] == []


def test_makers_are_firms_of_the_list() -> None:
    makers = {maker for row in read_rows("systems.csv") for maker in to_list(row["maker"])}
    assert makers - ids_of("firms.csv") == set()


def test_every_system_is_of_a_known_class() -> None:
    assert {row["class"] for row in read_rows("systems.csv")} - ids_of("classes.csv") == set()


def test_a_family_has_the_id_of_its_name_and_is_in_no_other() -> None:
    for row in read_rows("families.csv"):
        assert reference().find_system(row["name"])[0] == row["id"], row
        assert reference().family_of(row["id"]) == row["id"], row
        assert row["members"], row


def test_every_member_of_a_family_resolves_to_it() -> None:
    for row in read_rows("families.csv"):
        for member in to_list(row["members"]):
            found = reference().find(member, ("System",))
            assert len(found) <= 1, member
            assert not found or key(member) == key(found[0].name), f"{member} is only an alias: name {found[0].name}"
            assert reference().family_of(reference().find_system(member)[0]) == row["id"], member


def test_a_family_of_listed_systems_is_of_one_category() -> None:
    entries = reference().entries
    for row in read_rows("families.csv"):
        listed = [entry for name in (row["name"], *to_list(row["members"])) for entry in reference().find(name)]
        categories = {str(entries[entry.id].properties["category"]) for entry in listed if entry.label == "System"}
        assert len({_MISSILES.get(category, category) for category in categories}) <= 1, row


_MISSILES = {"Missiles": "missiles", "Air-defence systems": "missiles"}
"""A missile and the launcher that fires it go by one name: sources say Patriot of both."""


def test_no_two_listed_systems_have_one_id_when_made_of_their_names() -> None:
    for row in read_rows("systems.csv"):
        made = make_id("System", row["name"])
        assert made == row["id"] or made not in reference().entries, row


def test_a_homonym_means_something_else_than_its_name_alone() -> None:
    for row in read_rows("homonyms.csv"):
        first = to_list(row["described"])[0]
        assert row["described"], row
        told = reference().find_system(row["name"], first)[0]
        assert told == reference().find_system(row["means"])[0], row
        assert told != make_id("System", row["name"]), row


def test_a_host_is_of_the_organisation_that_its_name_finds() -> None:
    for row in read_rows("hosts.csv"):
        assert [entry.id for entry in reference().find(row["name"], ("Organisation",))] == [row["organisation"]]
        relation = RELATIONS[row["relation"]]
        assert set(labels_of(row["organisation"])) & set(relation.start), row
        assert set(labels_of(row["state"])) & set(relation.end), row


def test_a_host_is_listed_only_where_the_brackets_do_not_say_it() -> None:
    for row in read_rows("hosts.csv"):
        plain = re.fullmatch(r".*\((.+)\)", row["name"])
        said = {entry.id for entry in reference().find(plain[1], ("State",))} if plain else set()
        assert row["relation"] != "BASED_IN" or row["state"] not in said, row


def test_every_party_of_a_real_register_is_one_entry(real_data: Path) -> None:
    unknown = {"unknown supplier(s)", "unknown recipient(s)"}
    for name in {name for row in real_deals(real_data) for name in row[:2]} - unknown:
        assert len(reference().find(name.rstrip("*"), ("State", "Organisation"))) == 1, name
        if name.endswith("*") and "(" in name:
            assert reference().host_of(name) is not None, name


def test_no_family_spans_two_kinds_of_things_in_a_real_register(real_data: Path) -> None:
    kinds: dict[str, dict[str, str]] = {}
    families = ids_of("families.csv")
    for row in real_deals(real_data):
        made_id, _ = reference().find_system(row[6], row[7])
        family = reference().family_of(made_id)
        kind = next((kind for words, kind in _KINDS if re.search(words, row[7])), "")
        if family in families and kind:
            kinds.setdefault(family, {})[kind] = f"{row[6]}, {row[7]}"
    assert len(kinds) > 300
    assert {family: told for family, told in kinds.items() if len(told) > 1} == {}


_KINDS = (
    (r"turret|chassis", "part"),
    (r"turbofan|turbojet|turboprop|gas turbine|engine$", "engine"),
    (r"radar$|sonar|electro-optical", "sensor"),
    (r"(missile|torpedo) boat|aircraft carrier|(?<!-)ship\b|frigate|corvette|submarine$|patrol (boat|craft)", "ship"),
    (r"munition|attack drone", "missile"),
    (r"(?<!anti-)\baircraft\b|helicopter|drone", "aircraft"),
    (r"missile|torpedo|anti-aircraft|SAM|air-defence|bomb|shell|coastal", "missile"),
    (r"gun$|mortar$|rocket launcher", "gun"),
    (r"tank|armoured|vehicle", "vehicle"),
)


def real_deals(folder: Path) -> list[list[str]]:
    """Return the fields of every whole row of the newest register of deals."""
    path = folder / "data" / "sipri" / "register_deals_all_2026-05-18_latin1.csv"
    rows = [line.split(",") for line in path.read_text(encoding="latin-1").split("\n")]
    start = next(number for number, row in enumerate(rows) if row[:2] == ["Recipient", "Supplier"])
    return [row for row in rows[start + 1 :] if len(row) == 16]


def test_a_person_led_either_a_state_or_a_firm() -> None:
    firms = ids_of("firms.csv")
    for row in read_rows("people.csv"):
        assert bool(row["state"]) != bool(row["firm"]), row["id"]
        assert not row["firm"] or row["firm"] in firms, row["id"]
        assert row["title"], row["id"]
