"""`legation export`, as people type it, and what goes wrong then."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import networkx
import pytest
from click.testing import CliRunner, Result
from legation.cli import cli
from legation.graph.exports.table import EXPORTS
from legation.graph.store import open_store
from legation.loaders.samples import load_samples

MAIN = [sys.executable, "-c", "from legation.cli import main; main()"]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the samples, closed."""
    path = tmp_path_factory.mktemp("samples") / "store"
    with open_store(path, create=True) as store:
        load_samples(store, lambda _done, _total, _what: None)
    return path


def export(*words: str, store: Path, code: int = 0) -> Result:
    result = CliRunner(env={"LEGATION_STORE": str(store)}).invoke(cli, ["export", *words])
    assert result.exit_code == code, result.output
    return result


def started(*words: str, store: Path, **options: Any) -> subprocess.Popen[bytes]:
    """Start the command as a process of its own."""
    env = {**os.environ, "LEGATION_STORE": str(store)}
    return subprocess.Popen([*MAIN, "export", *words], env=env, stderr=subprocess.PIPE, **options)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_ending_says_the_format_and_nothing_else_is_left_behind(samples: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"out{EXPORTS[name].ending}"
    told = export(str(file), store=samples).stderr
    assert told.startswith(f"{file}: ")
    assert "actors, and" in told
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    assert file.is_dir() == EXPORTS[name].is_folder


def test_the_help_names_every_format() -> None:
    told = CliRunner().invoke(cli, ["export", "--help"]).stdout
    assert [line.split()[0] for line in told.splitlines() if line.startswith("    .")] == [
        one.ending for one in EXPORTS.values()
    ]


def test_the_actors_alone_for_gephi(samples: Path, tmp_path: Path) -> None:
    export("--actors", str(tmp_path / "arms.gexf"), store=samples)
    graph = networkx.read_gexf(tmp_path / "arms.gexf", version="1.3")
    assert graph.nodes["POL"]["label"] == "Poland"
    assert {values["group"] for _, values in graph.nodes(data=True)} <= {"State", "Firm", "Person", "Organisation"}


def test_stdout_takes_a_file_and_no_folder(samples: Path) -> None:
    result = export("-", "--as", "json", store=samples)
    assert json.loads(result.stdout)["directed"] is True
    assert "cannot go to stdout" in export("-", "--as", "csv", store=samples, code=1).stderr
    assert ".graphml, .gexf" in export("-", store=samples, code=1).stderr


def test_an_ending_that_says_nothing(samples: Path, tmp_path: Path) -> None:
    told = export(str(tmp_path / "out.xlsx"), store=samples, code=1).stderr
    assert "out.xlsx says no format. End the name in one of .graphml, .gexf, .csv, .json, .cypher, .neo4j" in told
    assert "novel says no format" in export("x.json", "--as", "novel", store=samples, code=1).stderr
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_is_not_there_makes_no_file(tmp_path: Path) -> None:
    assert "Load something into it first" in export(str(tmp_path / "a.json"), store=tmp_path / "s", code=1).stderr
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_leaves_the_old_file(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "out.graphml").write_text("old")
    # As a full disk refuses, only at a size of ours; the engine's own files stay below it.
    process = started(
        str(tmp_path / "out.graphml"),
        store=samples,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000)),
    )
    _, told = process.communicate(timeout=120)
    assert process.returncode == 1
    assert told.decode().startswith("Error: ")
    assert "File too large" in told.decode()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("out.graphml", "old")]


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no /dev/full on this system")
@pytest.mark.platform_only(reason="only Linux has a full device")
def test_a_full_stdout_is_said_in_one_line_and_a_device_is_no_file(samples: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        process = started("-", "--as", "json", store=samples, stdout=full)
        _, told = process.communicate(timeout=120)
    assert (process.returncode, told) == (1, b"Error: No space left on device.\n")
    assert "is no regular file" in export("/dev/full", "--as", "json", store=samples, code=1).stderr


def test_a_reader_who_has_enough_is_told_nothing(samples: Path) -> None:
    process = started("-", "--as", "graphml", store=samples, stdout=subprocess.PIPE)
    if process.stdout is None or process.stderr is None:
        pytest.fail("no pipes")
    assert process.stdout.read(5) == b"<?xml"
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=120), told) == (141, b"")


@pytest.mark.parametrize("moment", [0.3, 0.6, 0.9])
def test_an_interrupted_export_leaves_the_old_file_or_the_new_one(samples: Path, tmp_path: Path, moment: float) -> None:
    file = tmp_path / "out.json"
    file.write_text("[]")
    process = started(str(file), store=samples)
    time.sleep(moment)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    held = json.loads(file.read_text(encoding="utf-8"))
    if held == []:
        assert process.returncode
    else:  # the new one may stand already when the signal comes
        assert len(held["nodes"]) > 100
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]
