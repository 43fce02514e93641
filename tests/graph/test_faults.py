"""What goes wrong from outside: processes and servers are killed, disks fill up, two write at once."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import neo4j as driver
import psutil
import pytest
from legation.graph import connection as connection_module
from legation.graph import cypher
from legation.graph import embedded as embedded_module
from legation.graph.errors import StoreBroken, WriteFailed
from legation.graph.store import open_store
from servers import NoNeo4j, Server
from victims import article, faults_of, kill_while_loading, start

CLAIMS = 30
KILLS = 8

ENDINGS = """
import os, signal, sys, threading, time
from legation.graph.store import open_store
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background inherits that Ctrl-C is ignored
store = open_store(sys.argv[1], create=True)
print(store._connection.engine.address.port, flush=True)
if sys.argv[2] == "busy":
    statement = "UNWIND range(1, 100000000) AS i WITH i WHERE i % 7 = 3 RETURN count(i)"
    threading.Thread(target=store._connection.reader.execute_query, args=(statement,), daemon=True).start()
    time.sleep(0.5)
    store.close()
    os._exit(0)
if sys.argv[2] == "exception":
    raise ValueError
if sys.argv[2] == "exit":
    sys.exit(0)
if sys.argv[2] == "os._exit":
    os._exit(0)
if sys.argv[2] == "wait":
    time.sleep(60)
"""


def test_kills_while_loading_lose_nothing_acknowledged_and_leave_nothing_half(tmp_path: Path) -> None:
    chance = random.Random(7)
    must: set[int] = set()
    for kill in range(KILLS):
        folder = tmp_path / f"store{kill // 3}"
        if kill % 3 == 0:
            must = set()
        numbers = range(kill * 3, kill * 3 + 3)
        killed = kill_while_loading(folder, numbers, CLAIMS, chance, seconds=1.5)
        with open_store(folder, create=True) as store:
            faults, must = faults_of(store, must | killed.acknowledged, numbers, CLAIMS)
        assert faults == [], f"kill {kill} while {killed.phase}"


@pytest.mark.parametrize(
    "left", ["owner.lock", "legation.tmp", "config/server-users.jsonl", "databases/legation/x.bucket"]
)
def test_a_store_whose_making_was_cut_short_is_made(tmp_path: Path, left: str) -> None:
    folder = tmp_path / "store"
    (folder / left).parent.mkdir(parents=True)
    (folder / left).write_text("half")
    if "/" in left:
        (folder / "legation.json").write_text('{"format": 1}')
    with open_store(folder, create=True) as store:
        assert store.write(*article(1, CLAIMS)).change == "new"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may be killed."""
    try:
        running = Server(tmp_path_factory.mktemp("servers") / "mortal")
    except NoNeo4j as error:
        pytest.skip(str(error))
    running.start()
    yield running
    running.stop()


def test_a_server_killed_while_loading_keeps_what_it_acknowledged_and_takes_the_rest_again(server: Server) -> None:
    numbers = range(200)
    loading = start(server.url, numbers, CLAIMS)
    said = []
    for line in loading.stdout or ():
        said.append(line.strip())
        if line.strip() == "1":
            break
    time.sleep(0.05)
    server.kill()
    rest, errors = loading.communicate(timeout=60)
    said += rest.splitlines()
    assert errors == ""
    assert said[-1].startswith("StoreUnreachable: The store ")
    assert said[-1].endswith("This document is in it whole or not at all; when the store is back, load it again.")
    server.start()
    acknowledged = {int(line) for line in said if line.isdigit()}
    with open_store(server.url) as store:
        faults, held = faults_of(store, acknowledged, [max(acknowledged) + 1], CLAIMS)
        assert faults == []
        for number in range(max(held) + 3):
            store.write(*article(number, CLAIMS))
        assert faults_of(store, range(max(held) + 3), [], CLAIMS)[0] == []


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("no mount on this system")
    if done.returncode:
        pytest.skip(f"cannot mount a small disk: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path, leave: int) -> Path:
    """Fill a disk up to some bytes."""
    ballast = disk / "ballast"
    left = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - leave
    with suppress(OSError), ballast.open("ab", buffering=0) as file:  # somebody else may be filling it, too
        while left > 0:
            left -= file.write(bytes(min(left, 65_536)))
    return ballast


@pytest.mark.platform_only(reason="only root can mount a small disk")
def test_a_full_disk_refuses_a_document_in_one_line_and_takes_it_when_there_is_room(
    disk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with open_store(disk / "store", create=True) as store:
        store.write(*article(0, CLAIMS))
        ballast = fill(disk, leave=20_000)
        with pytest.raises(WriteFailed, match="nothing of this document is in it") as caught:
            store.write(*article(1, CLAIMS))
        assert "MB are free on its disk: make room there and try again." in str(caught.value)
        assert "\n" not in str(caught.value)
        assert faults_of(store, [0], [], CLAIMS)[0] == []
    assert capfd.readouterr().err == ""
    fill(disk, leave=0)  # at its close the engine has let go of what it needs no more
    with pytest.raises(StoreBroken, match="make room there"):
        open_store(disk / "store")
    ballast.unlink()
    with open_store(disk / "store") as store:
        assert faults_of(store, [0], [], CLAIMS) == ([], {0})
        assert store.write(*article(1, CLAIMS)).change == "new"
        assert faults_of(store, [0, 1], [], CLAIMS)[0] == []


@pytest.mark.platform_only(reason="only root can mount a small disk")
@pytest.mark.parametrize("leave", [0, 8_192, 65_536, 400_000])
def test_a_store_made_on_a_full_disk_is_made_when_there_is_room(disk: Path, leave: int) -> None:
    ballast = fill(disk, leave)
    with pytest.raises((StoreBroken, WriteFailed), match="make room there"):  # noqa: SIM117
        with open_store(disk / "store", create=True) as store:
            store.write(*article(0, CLAIMS))
    ballast.unlink()
    with open_store(disk / "store", create=True) as store:
        assert store.write(*article(0, CLAIMS)).change == "new"
        assert faults_of(store, [0], [], CLAIMS)[0] == []


@pytest.mark.platform_only(reason="only root can mount a disk")
def test_a_store_in_a_place_that_is_only_read_says_what_to_do(disk: Path) -> None:
    with open_store(disk / "store", create=True) as store:
        store.write(*article(0, CLAIMS))
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    for folder in (disk / "store", disk / "new"):
        with pytest.raises(StoreBroken, match=r"cannot be opened: Read-only.*copy the folder to where you may write"):
            open_store(folder, create=True)
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    with open_store(disk / "store") as store:
        assert faults_of(store, [0], [], CLAIMS)[0] == []


def test_two_processes_load_into_one_store_while_a_third_reads(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    loading = [start(folder, range(4), CLAIMS), start(folder, range(4, 8), CLAIMS)]
    counts = []
    with open_store(folder, create=True) as store:
        while any(process.poll() is None for process in loading):
            counts.append(len(store.read("MATCH (c:Claim) RETURN c.id AS id")))
            time.sleep(0.02)
        assert [process.communicate()[1] for process in loading] == ["", ""]
        assert faults_of(store, range(8), [], CLAIMS) == ([], set(range(8)))
    assert counts == sorted(counts)
    assert {count % CLAIMS for count in counts} == {0}


def test_a_change_waits_for_another_that_takes_long(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "_RETRY_SECONDS", 0.5)
    holding = threading.Event()

    def hold(transaction: driver.ManagedTransaction) -> None:
        transaction.run(cypher.LOCK).consume()
        holding.set()
        time.sleep(2)

    with open_store(store_url, create=True) as first, open_store(store_url) as second:
        first.write(*article(0, CLAIMS))
        other = threading.Thread(target=first._in_transaction, args=(hold,))
        other.start()
        assert holding.wait(10)
        assert second.write(*article(1, CLAIMS)).change == "new"
        other.join()
        assert faults_of(second, [0, 1], [], CLAIMS)[0] == []


def test_a_change_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_module, "_TURN_SECONDS", 0.2)
    with open_store(tmp_path / "store", create=True) as first, open_store(tmp_path / "store") as second:
        with first._connection.turn(), pytest.raises(WriteFailed, match="Another process has been writing"):
            second.write(*article(0, CLAIMS))
        assert second.write(*article(0, CLAIMS)).change == "new"


@pytest.mark.parametrize(
    ("how", "end"),
    [
        ("returns", None),
        ("exception", None),
        ("exit", None),
        ("os._exit", None),
        ("busy", None),
        ("wait", signal.SIGTERM),
        ("wait", signal.SIGINT),
        ("wait", signal.SIGKILL),
    ],
)
def test_however_a_process_ends_no_child_and_no_port_is_left(tmp_path: Path, how: str, end: int | None) -> None:
    folder = tmp_path / "store"
    command = [sys.executable, "-c", ENDINGS, str(folder), how]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    port = int(process.stdout.readline())
    if end is not None:
        assert psutil.Process(process.pid).children(recursive=True) == []
        process.send_signal(end)
    process.communicate(timeout=20)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    with open_store(folder) as store:
        assert store.write(*article(0, CLAIMS)).change == "new"
