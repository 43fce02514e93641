"""The embedded store as a folder: who owns it, who joins it, who may read it, and what is left behind."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import stat
import subprocess
import sys
import traceback
import urllib.error
import urllib.request
from pathlib import Path

import neo4j as driver
import psutil
import pytest
from filelock import FileLock
from legation.graph import connection as connection_module
from legation.graph import embedded
from legation.graph.embedded import open_engine
from legation.graph.errors import LegationError, StoreBroken, StoreUnreachable
from legation.graph.store import open_store
from making import document, transfer

NEWS = document()
SOLD = transfer("TUR", "POL", "system:bayraktar-tb2", "signed", of=NEWS)

OWNER = """
import sys
from legation.graph.store import open_store
store = open_store(sys.argv[1], create=True)
print("open", flush=True)
sys.stdin.readline()
store.close()
"""


def start_owner(folder: Path) -> subprocess.Popen[str]:
    """Let another process own the store until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "open\n"
    return process


def stop(process: subprocess.Popen[str], how: int | None = None) -> None:
    if how is not None:
        process.send_signal(how)
    process.communicate(timeout=30)


def listening() -> set[tuple[str, int]]:
    found = psutil.Process().net_connections(kind="tcp")
    return {(one.laddr.ip, one.laddr.port) for one in found if one.status == psutil.CONN_LISTEN}


def test_a_second_process_joins_the_store_that_the_first_one_holds(tmp_path: Path) -> None:
    owner = start_owner(tmp_path / "store")
    with open_store(tmp_path / "store") as guest:
        assert guest.write(NEWS, [SOLD]).change == "new"
    stop(owner)
    with open_store(tmp_path / "store") as again:
        assert len(again.read("MATCH (t:Transfer) RETURN t.id AS id")) == 1


@pytest.mark.parametrize("how", [None, signal.SIGKILL])
def test_a_guest_takes_over_when_the_owner_has_gone(tmp_path: Path, how: int | None) -> None:
    owner = start_owner(tmp_path / "store")
    with open_store(tmp_path / "store") as guest:
        guest.write(NEWS, [SOLD])
        stop(owner, how)
        assert len(guest.read("MATCH (t:Transfer) RETURN t.id AS id")) == 1
        assert guest.forget(NEWS.id).change == "forgotten"


def test_a_store_whose_owner_was_killed_opens_again(tmp_path: Path) -> None:
    owner = start_owner(tmp_path / "store")
    with open_store(tmp_path / "store") as guest:
        guest.write(NEWS, [SOLD])
    stop(owner, signal.SIGKILL)
    assert (tmp_path / "store" / "running.json").exists()
    with open_store(tmp_path / "store") as again:
        assert len(again.read("MATCH (c:Claim) RETURN c.id AS id")) == 1


def test_two_stores_open_in_one_process(tmp_path: Path) -> None:
    with open_store(tmp_path / "a", create=True) as first, open_store(tmp_path / "b", create=True) as second:
        first.write(NEWS, [SOLD])
        assert len(second.read("MATCH (n) RETURN n")) == 0


def test_nothing_listens_outside_of_this_machine_or_after_closing(tmp_path: Path) -> None:
    before = listening()
    with open_store(tmp_path / "store", create=True):
        opened = listening() - before
        assert opened
        assert {ip for ip, _ in opened} <= {"127.0.0.1", "::ffff:127.0.0.1"}
    assert listening() - before == set()


def modes(folder: Path) -> dict[str, str]:
    """Tell which files and folders others may touch; none, as it should be."""
    kept = {True: "0o700", False: "0o600"}
    found = {
        str(path): (oct(stat.S_IMODE(path.stat().st_mode)), path.is_dir()) for path in [folder, *folder.rglob("*")]
    }
    return {path: mode for path, (mode, is_folder) in found.items() if mode != kept[is_folder]}


def test_nobody_else_may_read_the_folder_whatever_the_process_allows(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir(mode=0o777)
    before = os.umask(0)
    try:
        with open_store(folder, create=True) as store:
            assert modes(folder) == {}
            store.write(NEWS, [SOLD])
            # The engine makes more files as it works, as the process allows; the folder keeps them until it closes.
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert modes(folder) == {}
    finally:
        os.umask(before)


def test_passwords_last_only_as_long_as_the_engine_runs(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    passwords = set()
    for _ in range(2):
        with open_store(folder, create=True):
            passwords.add((folder / "running.json").read_text())
        assert not (folder / "running.json").exists()
    told = [json.loads(one) for one in passwords]
    assert len({one[user] for one in told for user in ("writer", "reader")}) == 4
    assert all(len(one[user]) >= 43 for one in told for user in ("writer", "reader"))


def test_the_engine_answers_nobody_without_a_password(tmp_path: Path) -> None:
    before = listening()
    with open_store(tmp_path / "store", create=True):
        refused = set()
        for _, port in listening() - before:
            for path in ("/api/v1/server", "/api/v1/databases", "/api/v1/query/legation/sql/select%201", "/api/v1/mcp"):
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                        pytest.fail(f"{path} answered {answer.status}: {answer.read(200)!r}")
                except urllib.error.HTTPError as error:
                    refused.add(error.code)
                except (urllib.error.URLError, ConnectionError, OSError):
                    continue  # the Bolt port does not speak HTTP
        assert all(400 <= code < 500 for code in refused)
        assert 401 in refused


@pytest.mark.parametrize(
    "login", [None, ("root", ""), ("root", "root"), ("root", "playwithdata"), ("neo4j", "neo4j"), ("reader", "reader")]
)
def test_no_usual_password_opens_the_engine(tmp_path: Path, login: tuple[str, str] | None) -> None:
    engine = open_engine(tmp_path / "store", create=True)
    address = f"bolt://127.0.0.1:{engine.address.port}"
    try:
        with driver.GraphDatabase.driver(address, auth=login) as stranger, pytest.raises(driver.exceptions.ClientError):
            stranger.execute_query("RETURN 1")
    finally:
        engine.close()


def test_passwords_are_shown_nowhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    folder = tmp_path / "store"
    with open_store(folder, create=True) as store:
        told = json.loads((folder / "running.json").read_text())
        secrets = (told["writer"], told["reader"])
        engine = store._connection.engine
        assert engine
        shown = [repr(store), repr(engine.address), str(engine.address), caplog.text]
        shown += [" ".join(psutil.Process().cmdline()), *os.environ.values()]
        foreign = transfer("TUR", "POL", "system:uav", "signed", of=document("Another."))
        for action in (lambda: store.read("RETURN"), lambda: store.write(NEWS, [foreign])):
            with pytest.raises(LegationError) as caught:
                action()
            told_of = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
            told_of.stack = traceback.StackSummary.from_list(told_of.stack[2:])  # without this test, which reads them
            shown += told_of.format()
        store.write(NEWS, [SOLD])
    shown += [path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file()]
    assert not [secret for secret in secrets for text in shown if secret in text]


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(StoreBroken, match="holds other things"):
        open_store(tmp_path, create=True)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(StoreBroken, match="is a file; a store is a folder"):
        open_store(tmp_path / "notes.txt")


def test_reading_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreBroken, match="Load something into it first"):
        open_store(tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "legation.json").write_text('{"format": 99}')
    with pytest.raises(StoreBroken, match="another version"):
        open_store(tmp_path)


def test_a_damaged_marker_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "legation.json").write_text("{")
    with pytest.raises(StoreBroken, match="is damaged"):
        open_store(tmp_path)


def announce(folder: Path, port: int) -> None:
    """Say that the engine answers at a port, as an owner does, with the number of a process that runs."""
    told = {"port": port, "pid": os.getpid(), "writer": "w", "reader": "r"}
    (folder / "running.json").write_text(json.dumps(told))


def test_the_address_that_a_killed_owner_left_is_not_believed(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    open_engine(folder, create=True).close()
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        announce(folder, stranger.getsockname()[1])
        engine = open_engine(folder, create=False)
        assert engine.is_owner
        engine.close()


def test_an_owner_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "_OPEN_SECONDS", 0.3)
    folder = tmp_path / "store"
    open_engine(folder, create=True).close()
    announce(folder, 1)
    with (
        FileLock(folder / "owner.lock"),
        pytest.raises(StoreBroken, match=rf"process \({os.getpid()}\) holds the store"),
    ):
        open_engine(folder, create=False)


def test_a_stranger_at_the_address_of_the_owner_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_module, "_GREET_SECONDS", 0.5)
    monkeypatch.setattr(connection_module, "_RETRY_SECONDS", 0.5)
    folder = tmp_path / "store"
    open_engine(folder, create=True).close()
    with socket.socket() as silent, FileLock(folder / "owner.lock"):
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        announce(folder, silent.getsockname()[1])
        with open_store(folder) as store, pytest.raises(StoreUnreachable):
            store.read("RETURN 1 AS one")
