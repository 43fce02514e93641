"""The embedded store as a folder: who owns it, who joins it, who may read it, and what is left behind."""

from __future__ import annotations

import signal
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest
from legation.graph.embedded import open_engine
from legation.graph.errors import StoreBroken
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


def test_only_its_owner_may_read_the_folder_and_its_passwords(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with open_store(folder, create=True):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for name in ("running.json", "legation.json", "config/server-users.jsonl"):
            assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert not (folder / "running.json").exists()


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


def test_passwords_are_in_no_representation(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        secrets = (tmp_path / "store" / "running.json").read_text()
        shown = repr(store) + repr(store._connection.engine.address if store._connection.engine else "")
        assert not any(secret in shown for secret in secrets.split('"') if len(secret) > 20)


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


def test_a_stale_address_is_not_believed(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    open_engine(folder, create=True).close()
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        (folder / "running.json").write_text(f'{{"port": {stranger.getsockname()[1]}}}')
        engine = open_engine(folder, create=False)
        assert engine.is_owner
        engine.close()
