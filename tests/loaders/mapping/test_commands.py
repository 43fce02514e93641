"""Mappings on the command line, from the first guess to what the graph tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from legation.cli import cli
from legation.graph.store import open_store

TABLE = """\
leader,country,start,end
Cleveland,United States,1885-03-04,1889-03-04
Cleveland,United States,1893-03-04,1897-03-04
"""
TIMES = "MATCH (:Person)-[r:LEADS]->(:State) RETURN r.since AS since, r.until AS until, r.periods AS p"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "leaders.csv"
    file.write_text(TABLE)
    return file


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_a_table_is_guessed_checked_and_shown(tmp_path: Path, table: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text(run("mapping", "guess", table).stdout)
    checked = run("mapping", "check", mapping, table)
    assert "leaders.csv: 2 rows, 2 claims (2 LEADS)." in checked.stdout
    shown = run("claims", table, "--mapping", mapping)
    assert [json.loads(line)["since"] for line in shown.stdout.splitlines()] == ["1885-03-04", "1893-03-04"]


def test_who_came_back_to_office_is_not_gone_since_the_first_time(tmp_path: Path, table: Path) -> None:
    mapping, store = tmp_path / "m.yaml", tmp_path / "store"
    mapping.write_text(run("mapping", "guess", table).stdout)
    loaded = run("load", table, "--mapping", mapping, "--store", store)
    assert loaded.exit_code == 0, loaded.output
    with open_store(str(store)) as opened:
        (row,) = opened.read(TIMES).records
    assert (row["since"], row["until"]) == ("1885-03-04", "1897-03-04")
    assert row["p"] == ["1885-03-04/1889-03-04", "1893-03-04/1897-03-04"]


def test_what_is_wrong_with_a_mapping_is_said_in_a_line_before_anything_is_read(tmp_path: Path, table: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text(run("mapping", "guess", table).stdout.replace("LEADS", "LEEDS"))
    for command in (("load", table, "--store", tmp_path / "store"), ("claims", table)):
        told = run(*command, "--mapping", mapping)
        assert told.exit_code == 1
        assert "Did you mean LEADS?" in told.output
    assert not (tmp_path / "store").exists()


def test_one_column_is_told_as_one(tmp_path: Path) -> None:
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "mapping: t\nsource: {name: x}\nparties: {a: {label: State, name: b}}\n"
        "statements:\n  - {states: description, subject: a, aliases: b}\n"
    )
    assert "t: 1 statement, 1 column needed." in run("mapping", "check", mapping).stdout


def test_the_schema_and_the_list_are_written() -> None:
    assert json.loads(run("mapping", "schema").stdout)["$schema"]
    assert "archigos-leaders: " in run("mapping", "list").stdout
