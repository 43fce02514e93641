"""Reading a mapping: what is wrong is told with its line, and nothing in it is executed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from legation.graph.statements import RelationStatement, TransferStatement
from legation.loaders.mapping import jsonschema, loader
from legation.loaders.mapping.model import MappingWrong
from legation.loaders.mapping.reader import LARGEST, parse_mapping, read_mapping
from legation.loaders.mapping.schema import SHAPES, STATEMENTS

GOOD = """\
mapping: leaders
source:
  name: A list of leaders
parties:
  state: {label: State, name: country}
  leader: {label: Person, name: who, of: state}
statements:
  - states: LEADS
    subject: leader
    object: state
    since: {column: begin, date: "%d/%m/%Y"}
"""


def test_a_whole_mapping_is_read() -> None:
    spec = parse_mapping(GOOD, "x.yaml")
    assert (spec.name, spec.source.reliability) == ("leaders", "F")
    assert spec.columns_used() == {"country": 5, "who": 6, "begin": 11}


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("    since:", "    sinse:", 11, "Did you mean since?"),
        ("states: LEADS", "states: LEAD", 8, "Did you mean LEADS?"),
        ("label: Person", "label: Persona", 6, "Did you mean Person?"),
        ("subject: leader", "subject: leder", 8, "Did you mean leader?"),
        ("of: state", "of: leader", 6, "belongs to itself"),
        ("  name: A list of leaders\n", "  reliability: A\n", 3, "has no name"),
        ("mapping: leaders", "mapping: Leaders!", 1, "is no name"),
        ("source:\n", "source:\n  reliability: G\n", 3, "A, B, C, D, E, F"),
        ('date: "%d/%m/%Y"', 'date: "%d/%q/%Y"', 11, "no form of a date"),
        ("column: begin", "columns: [begin], constant: x", 11, "only one"),
        ("    object: state\n", "    object: state\n    object: state\n", 11, "twice"),
        ("    object: state\n", "", 8, "has no object"),
        ("column: begin", "column: begin, values: {1: '2001', 1.0: '2002'}", 11, "says twice what '1' means"),
        ("column: begin, date", "constant: 2001, prefix: x, date", 11, "prefix does nothing beside constant"),
        ("{column: begin,", "{year: y, default: 2001,", 11, "default does nothing beside year"),
        ("column: begin, date", "column: begin, join: x, date", 11, "join does nothing beside column"),
        ("column: begin", "column: begin, decimal: x", 11, "since is no number, so decimal does nothing"),
        ('{column: begin, date: "%d/%m/%Y"}', "{column: begin,\n      default: soon}", 12, "'soon' is no date"),
        ('{column: begin, date: "%d/%m/%Y"}', "{constant: soon}", 11, "'soon' is no date as 2021-12-03"),
        ('{column: begin, date: "%d/%m/%Y"}', "{column: begin, values: {a: soon}}", 11, "'soon' is no date"),
        ('date: "%d/%m/%Y"', 'date: "%d %Y"', 11, "a month if it has a day"),
        ("name: country", "name: country, on: begin", 5, "on does nothing without code"),
        ("name: country", "name: country, since: begin", 5, "since is of people"),
        ("name: country", "code: country, list: cow, otherwise: Firm", 5, "otherwise does nothing without name"),
        ("parties:", "leave_out:\n  - {when: {a: b}, becuse: c}\nparties:", 5, "no key of a row left out; it has"),
        ("label: Person, name: who", "label: Firm, code: who, list: cow", 6, "of states and organisations"),
        ("name: country", "code: country", 5, "list: cow"),
        ("    since:", "    confidence: 2\n    since:", 11, "0 to 1"),
        ("    since:", "    fold: {years: begin}\n    since:", 11, "leave those out"),
        ("mapping: leaders", "mapping: &a leaders", 1, "anchors"),
        ("mapping: leaders", "mapping: !!python/object/apply:os.system [ls]", 1, "tags"),
        ("parties:", "parties: [", 0, "is no YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, line: int, told: str) -> None:
    with pytest.raises(MappingWrong) as caught:
        parse_mapping(GOOD.replace(old, new), "x.yaml")
    message = str(caught.value)
    assert told in message
    assert not line or f"line {line}" in message


def test_aliases_of_aliases_unfold_to_nothing() -> None:
    bomb = "mapping: a\na0: &a0 [x, x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    with pytest.raises(MappingWrong, match="aliases"):
        parse_mapping(bomb, "x.yaml")


def test_a_file_that_is_too_large_or_empty_or_deep_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    deep = ["[" * 100_000, "{" * 100_000, "- " * 100_000, "? " * 100_000, "[a: " * 50_000]
    for text, told in (("#" * (LARGEST + 1), "at most"), ("", "empty"), *((one, "levels deep") for one in deep)):
        file.write_text(text)
        with pytest.raises(MappingWrong, match=told):
            read_mapping(file)


def test_the_day_of_publication_is_one_of_the_calendar() -> None:
    for day in ("2021-02-30", "٢٠٢١"):
        with pytest.raises(MappingWrong, match="is no date"):
            parse_mapping(GOOD.replace("source:", f"source:\n  published: '{day}'"), "x.yaml")


def test_words_that_yaml_takes_for_truth_or_numbers_stay_words() -> None:
    spec = parse_mapping(GOOD + "missing: [NA, -9, no, 1.50]\n", "x.yaml")
    assert spec.missing == ("NA", "-9", "no", "1.50")


def test_an_unknown_name_of_a_mapping_names_the_nearest() -> None:
    with pytest.raises(MappingWrong, match="Did you mean cow-states"):
        loader.get_mapping("cow-stats")


def test_every_shipped_mapping_is_one_and_named_as_its_file() -> None:
    folder = Path(loader.__file__).parents[1] / "mappings"
    assert sorted(loader.shipped()) == sorted(path.stem for path in folder.glob("*.yaml"))


def test_the_json_schema_is_that_of_the_shapes() -> None:
    file = Path(jsonschema.__file__).with_name("mapping.schema.json")
    assert json.loads(file.read_text()) == jsonschema.to_json_schema(), "legation mapping schema writes the new one"


def test_every_field_of_a_statement_can_be_mapped() -> None:
    left = {"relation", "estimated", "below_half", "value_shared", "instalment"}
    for states, statement in (("transfer", TransferStatement), ("LEADS", RelationStatement)):
        assert set(statement.__dataclass_fields__) - left <= set(STATEMENTS[states])


def test_every_kind_that_a_key_names_is_known() -> None:
    json.dumps(jsonschema.to_json_schema())
    for keys in (*SHAPES.values(), *STATEMENTS.values()):
        for key in keys.values():
            assert key.meaning.endswith("."), key
