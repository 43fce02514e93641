"""The write path: folders of files, in one process or several, with the same result; what fails stops only itself."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner
from holding import everything
from legation.cli import cli
from legation.graph.check import check
from legation.graph.errors import LoadError
from legation.graph.store import GraphStore, open_store
from legation.loaders import already, pipeline
from legation.loaders.reading import Given
from legation.loaders.samples import SAMPLES, sample_path
from legation.queries.listings import documents

BUYERS = ("Poland", "Ukraine", "Qatar", "Azerbaijan", "Morocco", "Ethiopia", "Niger", "Togo", "Mali", "Albania")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with articles in all forms, a register, and two files that cannot be read."""
    made = tmp_path / "sources"
    made.mkdir()
    for number, buyer in enumerate(BUYERS):
        told = f"Turkey has sold {number + 2} Bayraktar TB2 drones to {buyer}, the ministry said on Monday."
        if number % 3 == 0:
            (made / f"{number}.html").write_text(f"<html><body><article><p>{told}</p></article></body></html>")
        else:
            (made / f"{number}.{'txt' if number % 3 == 1 else 'md'}").write_text(told)
    (made / "3b.txt").write_bytes(b"")
    (made / "5b.html").write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>")
    (made / "6b.txt").write_text("Türkiye Polonya'ya 24 insansız hava aracı sattı, bakanlık pazartesi günü açıkladı.")
    register = next(sample for sample in SAMPLES if sample.file.endswith(".csv"))
    with sample_path(register) as path:
        (made / "4b.csv").write_bytes(path.read_bytes())
    return made


@pytest.mark.parametrize("jobs", [2, 3])
def test_several_processes_give_what_one_gives(tmp_path: Path, folder: Path, jobs: int) -> None:
    files = pipeline.find_files([folder])
    held, told = [], []
    for processes in (1, jobs):
        with open_store(str(tmp_path / f"store{processes}"), create=True) as store:
            report = pipeline.load(files, store, Given("Daily News", "C", "2022-01-05"), jobs=processes)
            held.append(everything(store))
            told.append(
                ([one.in_words() for one in report.loaded], [(path, str(error)) for path, error in report.failed])
            )
    assert held[0] == held[1]
    assert told[0] == told[1]
    assert [path.name for path, _ in report.failed] == ["3b.txt", "5b.html"]
    assert len(report.loaded) == 12
    assert [note for one in report.loaded for note in one.remarks(9) if "Turkish" in note]


def test_progress_names_each_file_before_it_and_ends_full(tmp_path: Path, folder: Path) -> None:
    files = pipeline.find_files([folder])
    seen: list[tuple[int, int, str]] = []
    with open_store(str(tmp_path / "store"), create=True) as store:
        pipeline.load(files, store, Given(), jobs=2, progress=lambda *told: seen.append(told))
    assert seen == [*((done, 14, path.name) for done, path in enumerate(files)), (14, 14, "")]


def test_claims_of_a_register_come_one_at_a_time_beside_other_processes(folder: Path) -> None:
    files = [folder / "1.txt", folder / "4b.csv"]
    _, (name, reading) = pipeline.read_all(files, Given(), jobs=2)  # type: ignore[misc]
    assert name == "sipri"
    assert not isinstance(reading.claims, tuple)


def test_a_handful_of_files_is_read_in_this_process() -> None:
    assert pipeline.jobs_for([Path("x")] * 8) == 1
    assert pipeline.jobs_for([Path("x")] * 9) == os.cpu_count()


def test_a_folder_of_unknown_files_says_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK\x03\x04")
    with pytest.raises(LoadError, match=r"\.csv, .*\.htm, \.html, \.json, .*\.markdown, \.md, .*\.pdf, \.rtf"):
        pipeline.find_files([tmp_path])


def test_a_store_within_a_folder_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Turkey has sold 24 Bayraktar TB2 drones to Poland.")
    with open_store(str(tmp_path / "legation.store"), create=True) as store:
        pipeline.load(pipeline.find_files([tmp_path]), store, Given())
    assert pipeline.find_files([tmp_path]) == [tmp_path / "x.txt"]


def test_the_commands_read_in_several_processes(tmp_path: Path, folder: Path) -> None:
    env = {"LEGATION_STORE": str(tmp_path / "store")}
    shown = [CliRunner(env=env).invoke(cli, ["claims", str(folder), "--jobs", jobs]) for jobs in ("1", "2")]
    assert shown[0].stdout == shown[1].stdout
    assert shown[0].stderr == shown[1].stderr
    assert shown[0].stdout.count('"TUR"') >= len(BUYERS)
    assert "3b.txt: not read." in shown[0].stderr
    assert shown[0].exit_code == 1
    loaded = CliRunner(env=env).invoke(cli, ["load", str(folder), "--jobs", "2"])
    assert loaded.stdout.count("read as") == 12
    assert "5b.html: not loaded." in loaded.stderr
    assert loaded.exit_code == 1
    assert CliRunner(env=env).invoke(cli, ["load", str(folder), "--jobs", "0"]).exit_code == 2


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_end_leaves_no_process(tmp_path: Path, how: signal.Signals) -> None:
    for number in range(40):
        text = " ".join(f"Turkey sold {n} Bayraktar TB2 drones to Poland in {number + 1980}." for n in range(2, 300))
        (tmp_path / f"{number:02}.txt").write_text(text)
    command = [sys.executable, "-c", "from legation.cli import main; main()", "load", str(tmp_path), "--jobs", "2"]
    env = {**os.environ, "LEGATION_STORE": str(tmp_path / "store")}
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    us = psutil.Process(process.pid)
    started: set[psutil.Process] = set()
    deadline = time.monotonic() + 60
    while len(started) < 2 and time.monotonic() < deadline:
        started |= {child for child in us.children() if "spawn_main" in " ".join(child.cmdline())}
        time.sleep(0.05)
    time.sleep(1)
    if how == signal.SIGINT:
        os.killpg(process.pid, how)  # as a terminal does it: everybody gets it
    else:
        process.send_signal(how)
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert b"Traceback" not in errors
    assert psutil.wait_procs(started, timeout=30)[1] == []


# What is in already


NEWS = Given("Daily News")


def load(store: GraphStore, *files: Path, given: Given = NEWS, jobs: int = 1) -> tuple[list[str], ...]:
    """Load files and give the names of those that were read, that were skipped, and that failed."""
    report = pipeline.load(files, store, given, jobs=jobs)
    return (
        [one.path.name for one in report.loaded],
        [path.name for path in report.skipped],
        [path.name for path, _ in report.failed],
    )


def test_what_is_in_already_is_not_read_again(store: GraphStore, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = pipeline.find_files([folder])
    read, _, failed = load(store, *files, jobs=2)
    before = everything(store)
    monkeypatch.setattr(pipeline, "read", lambda path, *_: pytest.fail(f"{path} is read again"))
    good = [path for path in files if path.name not in failed]
    assert load(store, *good, jobs=2) == ([], read, [])
    assert everything(store) == before


def test_only_what_is_new_is_read(store: GraphStore, folder: Path) -> None:
    files = [folder / name for name in ("0.html", "1.txt", "2.md", "4b.csv")]
    assert load(store, *files[1:3]) == (["1.txt", "2.md"], [], [])
    assert load(store, *files) == (["0.html", "4b.csv"], ["1.txt", "2.md"], [])
    store.forget(documents(store).records[0]["document"])
    read, skipped, _ = load(store, *files)
    assert (len(read), len(skipped)) == (1, 3)


@pytest.mark.parametrize("changed", ["the text", "the name", "what is given", "the loader", "the code", "a list"])
def test_whatever_changes_the_reading_has_a_file_read_again(
    store: GraphStore, folder: Path, changed: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file, given = folder / "1.txt", NEWS
    already._readers.cache_clear()
    load(store, file)
    if changed == "the text":
        file.write_text("Turkey has sold 9 Bayraktar TB2 drones to Mali.")
    elif changed == "the name":
        file = file.rename(folder / "other.txt")
    elif changed == "what is given":
        given = Given("Daily News", "B")
    elif changed in ("the code", "a list"):
        package = tmp_path / "package"
        for room in ("graph", "loaders"):
            shutil.copytree(Path(already.__file__).parents[1] / room, package / room)
        monkeypatch.setattr(already, "__file__", str(package / "loaders" / "already.py"))
        already._readers.cache_clear()
        assert load(store, file, given=given) == ([], ["1.txt"], [])
        changes = "loaders/extraction/numbers.py" if changed == "the code" else "graph/reference/states.csv"
        with (package / changes).open("a") as end:
            end.write("\n")
        already._readers.cache_clear()
    loader = "article" if changed == "the loader" else None
    assert [one.path for one in pipeline.load([file], store, given, loader=loader).loaded] == [file]
    assert pipeline.load([file], store, given, loader=loader).skipped == [file]
    already._readers.cache_clear()


@pytest.mark.parametrize("changed", ["the nodes", "the folder's name"])
def test_a_folder_of_nodes_and_edges_is_read_again_when_either_changes(
    store: GraphStore, tmp_path: Path, changed: str
) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "nodes.csv").write_text("id,name,kind\n1,Acme Works,Firm\n2,Poland,State\n")
    (folder / "edges.csv").write_text("source,target,kind\n1,2,BASED_IN\n")
    load(store, folder / "edges.csv", given=Given())
    assert load(store, folder / "edges.csv", given=Given()) == ([], ["edges.csv"], [])
    if changed == "the nodes":
        (folder / "nodes.csv").write_text("id,name,kind\n1,Beta Works,Firm\n2,Poland,State\n")
    else:
        folder = folder.rename(tmp_path / "theirs")
    assert load(store, folder / "edges.csv", given=Given()) == (["edges.csv"], [], [])
    assert folder.name in {row["title"] for row in documents(store)}


def test_whatever_a_source_is_called_it_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Turkey has sold 24 Bayraktar TB2 drones to Poland.")
    assert already.key_of(tmp_path / "a.txt", Given("x" * 5000, mapping="x" * 5000), None)


def test_the_later_of_two_files_with_one_text_speaks_however_often_they_are_loaded(
    store: GraphStore, tmp_path: Path
) -> None:
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file in files:
        file.write_text("Turkey has sold 24 Bayraktar TB2 drones to Poland.")
    for _ in range(3):
        load(store, *files)
        assert [row["title"] for row in documents(store)] == ["b.txt"]


def test_a_load_that_was_broken_off_goes_on_where_it_was(store: GraphStore, folder: Path) -> None:
    files = pipeline.find_files([folder])

    def stop(done: int, _: int, __: str) -> None:
        if done == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.load(files, store, Given("Daily News"), jobs=2, progress=stop)
    read, skipped, failed = load(store, *files, jobs=2)
    assert (len(read), len(skipped), len(failed)) == (6, 6, 2)
    assert check(store).findings == ()


def start_loading(store_url: str, *files: Path) -> subprocess.Popen[str]:
    begin = "from legation.cli import main; print('begun', flush=True); main()"
    command = [sys.executable, "-c", begin, "load", *map(str, files)]
    env = {**os.environ, "LEGATION_STORE": store_url}
    loading = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert loading.stdout
    assert loading.stdout.readline() == "begun\n"
    return loading


@pytest.fixture
def wanted(tmp_path: Path, folder: Path) -> tuple[list[Path], tuple[list[str], list[str]]]:
    """The files that can be read, and what a store holds that took them one after the other."""
    files = [file for file in pipeline.find_files([folder]) if file.name not in ("3b.txt", "5b.html")]
    with open_store(tmp_path / "whole", create=True) as store:
        pipeline.load(files, store, Given())
        return files, everything(store)


def test_two_loads_at_once_give_what_one_gives(
    store_url: str, wanted: tuple[list[Path], tuple[list[str], list[str]]]
) -> None:
    files, whole = wanted
    open_store(store_url, create=True).close()
    both = [start_loading(store_url, *files), start_loading(store_url, *reversed(files))]
    ends = [(one, *one.communicate(timeout=120)) for one in both]
    for one, told, errors in ends:
        assert one.returncode == 0, errors
        assert "Traceback" not in errors
        assert len(told.splitlines()) >= len(files) - 2  # of more than ten that are skipped the rest is one line
    with open_store(store_url) as store:
        assert everything(store) == whole
        assert check(store).findings == ()


def test_ctrl_c_at_any_moment_of_a_load_leaves_a_store_that_is_right_and_takes_the_rest(
    store_url: str, wanted: tuple[list[Path], tuple[list[str], list[str]]]
) -> None:
    files, whole = wanted
    for seconds in (0.05, 0.5, 0.9, 1.3, 1.7):
        loading = start_loading(store_url, *files)
        time.sleep(seconds)
        loading.send_signal(signal.SIGINT)
        _, errors = loading.communicate(timeout=60)
        assert "Traceback" not in errors, errors
        # Before Python has begun and after it has ended its own work, the signal itself ends the process.
        assert loading.returncode in (0, -signal.SIGINT) or "Interrupted." in errors
        with open_store(store_url, create=True) as store:
            assert check(store).findings == ()
    loading = start_loading(store_url, *files)
    assert "Traceback" not in loading.communicate(timeout=120)[1]
    assert loading.returncode == 0
    with open_store(store_url) as store:
        assert everything(store) == whole
