"""Work side by side: its order, its bounds, and its end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest
from legation.loaders.workers import WorkerDied, work_in_order


def square(number: int) -> int:
    return number * number


def square_or_die(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number * number


def much(_: int) -> str:
    return "x" * 200_000  # more than a pipe holds


def leave_a_mark(path: Path) -> str:
    path.touch()
    return much(0)


def sleep_long(_: int) -> int:
    time.sleep(600)
    return 0


def ignore_ctrl_c(number: int) -> int:
    os.kill(os.getpid(), signal.SIGINT)
    return number


@pytest.mark.parametrize("processes", [1, 2, 3, 50])
def test_results_come_in_the_order_of_the_pieces(processes: int) -> None:
    assert list(work_in_order(square, range(7), processes)) == [0, 1, 4, 9, 16, 25, 36]


def test_nothing_to_do_gives_nothing() -> None:
    assert list(work_in_order(square, [], 2)) == []


def test_a_piece_that_ends_its_process_is_told_and_the_others_are_done() -> None:
    found = list(work_in_order(square_or_die, range(8), 2))
    assert isinstance(found[3], WorkerDied)
    assert [one for one in found if not isinstance(one, WorkerDied)] == [0, 1, 4, 16, 25, 36, 49]


def test_only_a_few_results_wait_for_whoever_takes_them(tmp_path: Path) -> None:
    pieces = [tmp_path / str(number) for number in range(20)]
    with closing(work_in_order(leave_a_mark, pieces, 2)) as results:
        next(results)
        time.sleep(2)
        assert sum(path.exists() for path in pieces) <= 4


def test_whoever_stops_taking_results_leaves_no_process() -> None:
    before = set(multiprocessing.active_children())
    with closing(work_in_order(much, range(100), 2)) as results:
        next(results)
        assert len(set(multiprocessing.active_children()) - before) == 2
    assert set(multiprocessing.active_children()) <= before


@pytest.mark.platform_only(reason="only Linux tells which signals a process has blocked")
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells it")
def test_a_process_does_not_hear_ctrl_c_from_its_first_instruction_on() -> None:
    with closing(work_in_order(much, range(100), 1)) as results:
        next(results)
        (process,) = multiprocessing.active_children()
        told = Path(f"/proc/{process.pid}/status").read_text()
        status = dict(line.split(":\t", 1) for line in told.splitlines())
        blocked = int(status["SigBlk"], 16)
        assert blocked >> (signal.SIGINT - 1) & 1
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_ctrl_c_is_for_whoever_started_the_processes() -> None:
    assert list(work_in_order(ignore_ctrl_c, range(4), 2)) == [0, 1, 2, 3]
