"""Work done side by side: processes that each take every so manieth piece, and give their results in order."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

_PieceT = TypeVar("_PieceT")
_ResultT = TypeVar("_ResultT")


class WorkerDied(Exception):
    """The process that worked on a piece ended before it had a result."""


class _Worker(Generic[_PieceT, _ResultT]):
    """A process that works through pieces one after the other.

    It is at most two results ahead of whoever takes them: one that waits in the pipe, one that waits for the pipe. It
    ends when its pieces are done, when it is told to, and when nobody is there any more to take its results.
    """

    def __init__(self, work: Callable[[_PieceT], _ResultT], pieces: Sequence[_PieceT]) -> None:
        # A copy of this process would hold its threads' locks and the engine; a new one holds nothing.
        context = get_context("spawn")
        self._results, given = context.Pipe(duplex=False)
        self._process: BaseProcess = context.Process(target=_work_through, args=(given, work, pieces), daemon=True)
        with _deaf_to_ctrl_c():
            self._process.start()
        given.close()

    def next_result(self) -> _ResultT:
        try:
            result: _ResultT = self._results.recv()
        except EOFError:
            self._process.join()
            raise WorkerDied(f"its process ended with {self._process.exitcode}") from None
        return result

    def end(self) -> None:
        self._process.terminate()
        self._process.join()
        self._results.close()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let a process that is started meanwhile not hear Ctrl-C, not even before its first line; we hear it afterwards.

    Ctrl-C at a terminal reaches everybody, and whoever started a process ends it.
    """
    if not hasattr(signal, "pthread_sigmask"):  # as on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work_through(results: Connection, work: Callable[[_PieceT], _ResultT], pieces: Sequence[_PieceT]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be blocked
    try:
        for piece in pieces:
            results.send(work(piece))
    except BrokenPipeError:
        return


def work_in_order(
    work: Callable[[_PieceT], _ResultT], pieces: Sequence[_PieceT], processes: int
) -> Generator[_ResultT | WorkerDied]:
    """Work on pieces in several processes.

    Args:
        work: a function of a module; it, its pieces and its results are sent between processes.
        pieces: what to work on.
        processes: how many, from 1.

    Yields:
        The result of each piece, in the order of the pieces; ``WorkerDied`` for a piece that ended its process, after
        which another goes on behind it. Closing the iterator ends all processes.
    """
    workers: list[_Worker[_PieceT, _ResultT]] = []
    try:
        workers.extend(_Worker(work, pieces[first::processes]) for first in range(min(processes, len(pieces))))
        for number in range(len(pieces)):
            try:
                yield workers[number % processes].next_result()
            except WorkerDied as death:
                workers[number % processes].end()
                workers[number % processes] = _Worker(work, pieces[number + processes :: processes])
                yield death
    finally:
        for worker in workers:
            worker.end()
