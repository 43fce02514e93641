"""A store folder that was damaged, copied, or written by another engine: all its data, or an error with a remedy."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from legation.graph.embedded import open_engine
from legation.graph.errors import StoreBroken
from legation.graph.store import GraphStore, open_store
from victims import article, faults_of, start

CLAIMS = 30
READ_ALL = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from legation.graph.errors import StoreBroken
from legation.graph.store import open_store
from victims import article, faults_of
for folder in sys.argv[3:]:
    try:
        with open_store(folder) as store:
            faults = faults_of(store, [0, 1], [], int(sys.argv[2]))[0]
            ids = [row["id"] for row in store.read("MATCH (c:Claim) RETURN c.id AS id")]
            found = store.read("UNWIND $ids AS id MATCH (c:Claim {id: id}) RETURN c.id AS id", ids=ids)
            store.write(*article(2, int(sys.argv[2])))
            print("whole" if not faults and len(found) == len(ids) else f"wrong: {faults}", flush=True)
    except StoreBroken as error:
        print(f"refused: {error}", flush=True)
"""

WHOLE = (
    "config/server-users.jsonl",
    "config/server-groups.json",
    "config/mcp-config.json",
    "config/logging.properties",
    "databases/.instance.id",
    "databases/legation/configuration.json",
    "databases/legation/schema.prev.json",
    "databases/legation/statistics.json",
    "databases/legation/last-tx-id.bin",
    "owner.lock",
    "writer.lock",
)
"""Files that are made anew, whatever has become of them."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store of two documents."""
    folder = tmp_path_factory.mktemp("damage") / "store"
    with open_store(folder, create=True) as opened:
        opened.write(*article(0, CLAIMS))
        opened.write(*article(1, CLAIMS))
    return folder


@pytest.fixture
def copy(store: Path, tmp_path: Path) -> Path:
    """A copy of the closed store."""
    shutil.copytree(store, tmp_path / "copy")
    return tmp_path / "copy"


def damaged(store: Path, into: Path, how: str, *names: str) -> Path:
    """Copy a store and do to files of it what failing disks and people do."""
    folder = into / f"{names[0].replace('/', '-')}-{how}"
    shutil.copytree(store, folder)
    for name in names:
        damage(folder / name, how)
    return folder


def damage(file: Path, how: str) -> None:
    if how == "missing":
        file.unlink()
    elif how == "half":
        os.truncate(file, file.stat().st_size // 2)
    else:
        file.write_bytes(b"" if how == "empty" else random.Random(1).randbytes(max(file.stat().st_size, 16)))


def read_all(folders: list[Path]) -> dict[str, str]:
    """Let another process open each store, read it, and write to it; it may not take longer than a minute."""
    command = [sys.executable, "-c", READ_ALL, str(Path(__file__).parents[1]), str(CLAIMS), *map(str, folders)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == ""
    said = done.stdout.splitlines()
    assert len(said) == len(folders)
    return dict(zip([folder.name for folder in folders], said, strict=True))


def test_files_that_hold_no_claims_are_made_anew(store: Path, tmp_path: Path) -> None:
    index = next((store / "databases/legation").glob("Claim_0_*.umtidx")).relative_to(store)
    folders = [damaged(store, tmp_path, how, *WHOLE) for how in ("missing", "random")]
    folders += [damaged(store, tmp_path, how, str(index)) for how in ("missing", "empty")]
    folders.append(damaged(store, tmp_path, "missing", "legation.json"))
    assert set(read_all(folders).values()) == {"whole"}


def test_a_database_that_lost_data_is_refused(store: Path, tmp_path: Path) -> None:
    names = [one.name for one in (store / "databases/legation").iterdir()]
    lost = [name for name in names if name.startswith(("Claim_0.", "dictionary."))]
    assert len(lost) == 2
    cases = [(name, how) for name in lost for how in ("missing", "empty", "half")]
    cases += [("schema.json", how) for how in ("missing", "empty", "half", "random")]
    folders = [damaged(store, tmp_path, how, f"databases/legation/{name}") for name, how in cases]
    folders += [damaged(store, tmp_path, how, "legation.json") for how in ("empty", "random")]
    for folder, said in read_all(folders).items():
        assert said.startswith("refused: "), f"{folder}: {said}"
        assert "load your sources again" in said or "Delete this one file" in said


def test_what_a_killed_owner_said_of_itself_is_never_believed(copy: Path) -> None:
    for told in (b"", b"\xff\xfe", b"[]", b'{"port": "x"}', b'{"port": 1, "pid": 1, "writer": "w", "reader": "r"}'):
        (copy / "running.json").write_bytes(told)
        with open_store(copy) as opened:
            assert faults_of(opened, [0, 1], [], CLAIMS)[0] == []


def test_files_may_not_be_loaded_in_a_store_that_lost_its_settings(copy: Path) -> None:
    settings = copy / "databases/legation/configuration.json"
    forbidden = json.loads(settings.read_text())
    settings.write_text("{}")
    with open_store(copy):
        assert json.loads(settings.read_text()) == forbidden
    assert set(forbidden["configuration"].values()) == {False}


def note_engine(store: Path, version: str) -> None:
    marker = json.loads((store / "legation.json").read_text())
    (store / "legation.json").write_text(json.dumps({**marker, "engine": version}))


def test_a_store_of_a_newer_engine_is_refused_and_left_as_it_is(copy: Path) -> None:
    note_engine(copy, "99.1.1")
    before = (copy / "legation.json").read_bytes()
    with pytest.raises(StoreBroken, match=r"by version 99\.1\.1 of the embedded engine.*Update legation"):
        open_store(copy)
    assert (copy / "legation.json").read_bytes() == before


def test_a_store_of_an_older_engine_is_brought_up_to_date(copy: Path) -> None:
    now = json.loads((copy / "legation.json").read_text())["engine"]
    note_engine(copy, "25.12.1")
    with open_store(copy) as opened:
        assert faults_of(opened, [0, 1], [], CLAIMS)[0] == []
        assert json.loads((copy / "legation.json").read_text())["engine"] == now


def test_without_its_mark_a_store_tells_its_engine_itself(copy: Path) -> None:
    schema = copy / "databases/legation/schema.json"
    schema.write_text(schema.read_text().replace('"dbmsVersion":"', '"dbmsVersion":"9'))
    (copy / "legation.json").unlink()
    with pytest.raises(StoreBroken, match="Update legation"):
        open_store(copy)


def write_and_compare(opened: GraphStore, number: int) -> None:
    opened.write(*article(number, CLAIMS))
    assert faults_of(opened, [0, 1, number], [], CLAIMS)[0] == []


def test_a_copy_and_its_original_do_not_disturb_each_other(store: Path, tmp_path: Path) -> None:
    shutil.copytree(store, tmp_path / "original")
    with open_store(tmp_path / "original") as original:
        shutil.copytree(tmp_path / "original", tmp_path / "copy")  # with what the owner says of itself
        with open_store(tmp_path / "copy") as other:
            write_and_compare(other, 2)
            write_and_compare(original, 3)
            write_and_compare(other, 2)


def test_a_copy_of_a_store_whose_owner_was_killed_opens(tmp_path: Path) -> None:
    loading = start(tmp_path / "store", range(100), CLAIMS)
    for line in loading.stdout or ():
        if line == "1\n":
            break
    loading.send_signal(signal.SIGKILL)
    acknowledged = {0, 1, *(int(line) for line in loading.communicate()[0].split() if line.isdigit())}
    shutil.copytree(tmp_path / "store", tmp_path / "copy")
    for folder in (tmp_path / "store", tmp_path / "copy"):
        with open_store(folder) as opened:
            assert faults_of(opened, acknowledged, [max(acknowledged) + 1], CLAIMS)[0] == []


def test_a_copy_is_closed_to_others_like_its_original(copy: Path) -> None:
    copy.chmod(0o755)
    open_engine(copy, create=False).close()
    assert {oct(path.stat().st_mode & 0o777) for path in [copy, *copy.rglob("*")]} == {"0o600", "0o700"}
