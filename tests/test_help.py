"""The help of every command: it has an example, the example runs, and docs/cli.md says the same."""

from __future__ import annotations

import runpy
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from legation.cli import Command, Questions, cli
from legation.queries.cards import CARDS
from terminals import in_shell

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "loaders" / "samples"


def commands(group: click.Group, *before: str) -> dict[str, click.Command]:
    """Give every command by what is typed for it; of the questions each."""
    found: dict[str, click.Command] = {}
    for name in group.list_commands(click.Context(group)):
        one = group.get_command(click.Context(group), name)
        assert one is not None
        if isinstance(one, click.Group):
            found |= commands(one, *before, name)
        else:
            found[" ".join((*before, name))] = one
    return found


COMMANDS = commands(cli)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_what_its_options_mean_and_how_it_is_typed(name: str) -> None:
    command = COMMANDS[name]
    assert isinstance(command, Command)
    assert command.help
    assert command.examples
    assert all(f"legation {name}" in line for line in command.examples)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.help.endswith("."), parameter.name


def test_the_questions_are_commands() -> None:
    assert {name.removeprefix("query ") for name in COMMANDS if name.startswith("query ")} == set(CARDS)
    assert isinstance(cli.commands["query"], Questions)


def test_the_page_of_the_command_line_is_up_to_date() -> None:
    """If not: python docs/cli.py."""
    assert runpy.run_path(str(ROOT / "docs" / "cli.py"))["page"]() == (ROOT / "docs" / "cli.md").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the examples take it for granted: some files, and the samples in its store."""
    place = tmp_path_factory.mktemp("examples")
    shutil.copy(SAMPLES / "drones.txt", place / "article.txt")
    shutil.copy(SAMPLES / "register.csv", place)
    (place / "news").mkdir()
    shutil.copy(SAMPLES / "neighbours.txt", place / "news")
    (place / "statement.cypher").write_text("MATCH (s:State) RETURN count(s) AS states", encoding="utf-8")
    (place / "table.csv").write_text(
        "supplier,buyer,weapon,ordered,year\nTurkey,Poland,Bayraktar TB2,24,2021\nFrance,Egypt,Rafale,30,2021\n",
        encoding="utf-8",
    )
    done = in_shell("legation demo", place / "legation.store", place)
    assert done.returncode == 0, done.stderr
    return place


# `undo` needs a decision, and `forget` takes away what others ask of: each finds what it needs.
BEFORE = {
    "forget": ("legation load article.txt -q",),
    "undo": ('legation different Baykar Vestel --by "A. Kaya" --because "Two firms." -q',),
    "mapping check": ("legation mapping guess table.csv > my.yaml",),
}


@pytest.mark.parametrize("name", [name for name in COMMANDS if not name.startswith("query ")])
def test_every_example_runs(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    place = tmp_path / "here"
    shutil.copytree(folder, place)
    monkeypatch.chdir(place)
    command = COMMANDS[name]
    assert isinstance(command, Command)
    for line in (*BEFORE.get(name, ()), *command.examples):
        follow(line, place)


def test_the_example_of_every_question_runs(folder: Path) -> None:
    for name in CARDS:
        command = COMMANDS[f"query {name}"]
        assert isinstance(command, Command)
        (line,) = command.examples
        follow(line, folder)


def follow(line: str, place: Path) -> None:
    """Run an example; by a shell if it needs one."""
    store = place / "legation.store"
    if {"|", "<", ">", "#", "eval"} & set(line.split()):
        done = in_shell(line, store, place)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        assert "Traceback" not in done.stderr
    else:
        result = CliRunner(env={"LEGATION_STORE": str(store)}).invoke(cli, shlex.split(line)[1:])
        assert result.exit_code == 0, f"{line}\n{result.output}"
