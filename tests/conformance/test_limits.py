"""What a statement may cost: time, rows, memory; and what becomes of it when nobody waits any more."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner
from legation.cli import cli
from legation.graph.errors import StatementTooLong
from legation.graph.store import GraphStore, open_store
from legation.graph.waiting import WORKER

HOURS = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a * b AS c RETURN count(c) AS n"
DEAF = "RETURN size([x IN range(1, 8000) WHERE size([y IN range(1, 8000) WHERE y % 7 = x % 7]) > 7999]) AS n"
"""In the middle of an expression no engine hears that it shall stop. This one takes some ten seconds."""
MILLION = "UNWIND range(1, 1000000) AS x RETURN x, 'a text of some length' AS y"


def running(store: GraphStore) -> list[str]:
    """Give the statements that the store is busy with, but for what does not hear that it shall stop."""
    with store._connection.reader.session(database=store._connection.database) as session:
        asked = [row["currentQuery"] for row in session.run("SHOW TRANSACTIONS YIELD *").data()]
    return [text for text in asked if "SHOW TRANSACTIONS" not in text and DEAF not in text]


def test_a_statement_that_would_run_for_hours_is_stopped_in_time_and_in_the_store(store: GraphStore) -> None:
    begun = time.monotonic()
    with pytest.raises(StatementTooLong, match="within 1 seconds"), store.stream(HOURS, {}, seconds=1) as answer:
        list(answer.records)
    assert time.monotonic() - begun < 10
    assert running(store) == []
    assert store.read("RETURN 1 AS one").records == [{"one": 1}]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the driver leaves its socket open
def test_a_statement_that_does_not_hear_is_given_up_and_does_not_open_the_store_again(store_url: str) -> None:
    with open_store(store_url, create=True) as store:
        begun = time.monotonic()
        with pytest.raises(StatementTooLong), store.stream(DEAF, {}, seconds=0.5) as answer:
            list(answer.records)
        assert time.monotonic() - begun < 15
        assert store.read("RETURN 1 AS one").records == [{"one": 1}]
        connection = store._connection
    for thread in threading.enumerate():
        if thread.name == WORKER:
            thread.join(90)
    assert store._connection is connection
    gc.collect()


def test_who_takes_only_some_rows_ends_the_statement(store: GraphStore) -> None:
    with store.stream(MILLION, {}, seconds=60) as answer:
        assert [row["x"] for row in islice(answer.records, 3)] == [1, 2, 3]
    assert running(store) == []


def test_time_that_the_reader_takes_does_not_count(store: GraphStore) -> None:
    with store.stream("UNWIND range(1, 5000) AS x RETURN x", {}, seconds=2) as answer:
        first = next(answer.records)
        time.sleep(3)
        assert first == {"x": 1}
        assert sum(1 for _ in answer.records) == 4999


ASK = """
import signal, sys
from legation.graph.store import open_store
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background inherits that Ctrl-C is ignored
with open_store(sys.argv[1], create=True) as store:
    store.read("RETURN 1 AS one")
    print("open", flush=True)
    store.read(sys.argv[2])
"""


def test_ctrl_c_stops_the_statement_in_the_store_too(store_url: str) -> None:
    """Seen from a second process: the store, embedded or not, is no longer busy."""
    with open_store(store_url, create=True) as watcher:
        asking = subprocess.Popen(
            [sys.executable, "-c", ASK, store_url, HOURS], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert asking.stdout
        assert asking.stdout.readline() == "open\n"
        wait_until(lambda: running(watcher) != [])
        asking.send_signal(signal.SIGINT)
        asking.communicate(timeout=20)
        wait_until(lambda: running(watcher) == [])


def wait_until(happened: object, seconds: float = 10) -> None:
    assert callable(happened)
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


STREAM = """
import resource, sys
from legation.graph.store import open_store
with open_store(sys.argv[1], create=True) as store:
    store.read("UNWIND range(1, 5000) AS x RETURN x")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with store.stream(sys.argv[2], {"text": "x" * 10_000}) as answer:
        count = sum(1 for _ in answer.records)
    print(count, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(os.name != "posix", reason="only POSIX tells the memory of a process")
@pytest.mark.platform_only(reason="only POSIX tells the memory of a process")
def test_a_long_answer_is_not_held_at_once(store_url: str) -> None:
    """300 MB of rows; benchmarks/stores.py streams a million."""
    statement = "UNWIND range(1, 30000) AS x RETURN x, $text AS y"
    done = subprocess.run(
        [sys.executable, "-c", STREAM, store_url, statement], capture_output=True, text=True, check=True
    )
    count, grown = map(int, done.stdout.split())
    assert count == 30_000
    assert grown < 100, "MB more than before"


# The command


def run(*words: str, store: str, code: int = 0) -> tuple[str, str]:
    result = CliRunner(env={"LEGATION_STORE": store}).invoke(cli, ["cypher", *words])
    assert result.exit_code == code, result.output
    return result.stdout, result.stderr


@pytest.fixture
def made(store_url: str) -> str:
    """The address of a store that is there."""
    open_store(store_url, create=True).close()
    return store_url


@pytest.mark.parametrize("form", ["csv", "jsonl", "json", "markdown", "table"])
def test_the_limit_cuts_and_says_so(made: str, form: str) -> None:
    out, err = run("UNWIND range(1, 50) AS x RETURN x", "--limit", "7", "--format", form, store=made)
    assert "7" in out
    assert "8" not in out
    assert err == "These are the first 7 rows; there are more. --limit 0 gives all of them.\n"


def test_an_answer_within_the_limit_comes_without_a_note(made: str) -> None:
    assert run("UNWIND range(1, 7) AS x RETURN x", "--limit", "7", "--format", "csv", store=made)[1] == ""
    assert run("UNWIND range(1, 1000) AS x RETURN x", "--format", "csv", store=made)[1] == ""
    out, err = run("UNWIND range(1, 2001) AS x RETURN x", "--limit", "0", "--format", "jsonl", store=made)
    assert (len(out.splitlines()), err) == (2001, "")


def test_an_answer_that_takes_too_long_says_what_to_do(made: str) -> None:
    _, err = run(HOURS, "--timeout", "1", store=made, code=1)
    assert err.startswith("Error: The statement did not answer within 1 seconds and was stopped.")
    assert "--timeout" in err
    assert len(err.splitlines()) == 1


def test_a_reader_that_has_seen_enough_ends_the_command(made: str, tmp_path: Path) -> None:
    """As in `legation cypher … | head`."""
    code = "from legation.cli import main; main()"
    command = [sys.executable, "-c", code, "cypher", MILLION, "--limit", "0", "--format", "csv"]
    with subprocess.Popen(
        command, env={**os.environ, "LEGATION_STORE": made}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as asking:
        assert asking.stdout
        assert asking.stderr
        assert asking.stdout.readline() == "x,y\n"
        asking.stdout.close()
        assert asking.wait(timeout=60) == 141
        assert asking.stderr.read() == ""
