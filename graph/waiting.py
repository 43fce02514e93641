"""Waiting for work that may take too long: it runs in a thread of its own, so that whoever waits can give it up."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator
from typing import Final, Generic, TypeAlias, TypeVar

_ItemT = TypeVar("_ItemT")

HandOut: TypeAlias = Callable[[_ItemT], None]
"""How work gives what it has done so far to whoever waits; raises GivenUp when nobody does any more."""

WORKER: Final = "legation-statement"
"""The name of the threads."""

_AHEAD: Final = 4
"""How many items the work may be ahead of whoever takes them: a million rows shall not pile up."""
_GRACE_SECONDS: Final = 3.0
"""How long work that was told to stop is waited for. An engine may not hear it in the middle of an expression."""
_PEEK_SECONDS: Final = 0.2


class GivenUp(Exception):
    """Nobody waits for the work any more."""


class TookTooLong(Exception):
    """The work was not done in time."""


class _Done:
    """The last item: how the work ended."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


class _Shared(Generic[_ItemT]):
    """What the work and whoever waits for it have in common."""

    def __init__(self) -> None:
        self.items: queue.Queue[_ItemT | _Done] = queue.Queue(_AHEAD)
        self.given_up = threading.Event()

    def put(self, item: _ItemT | _Done) -> None:
        while not self.given_up.is_set():
            try:
                return self.items.put(item, timeout=_PEEK_SECONDS)
            except queue.Full:
                continue
        raise GivenUp


def results(
    work: Callable[[HandOut[_ItemT]], None], stop: Callable[[], None], seconds: float | None
) -> Generator[_ItemT, None, None]:
    """Do work in a thread of its own and yield what it hands out.

    However this generator ends (all is done, an error, nobody wants more, Ctrl-C), the work has ended or was told to
    stop. Work that does not hear it goes on in its thread, which ends with the process at the latest.

    Args:
        work: does it; is given a function to hand out results with.
        stop: makes the work end early; called from the waiting thread.
        seconds: how long to wait for the work in all, without the time that the taker of the results needs; None for
            however long it takes.

    Raises:
        TookTooLong: the time is over.
    """
    shared: _Shared[_ItemT] = _Shared()

    def run() -> None:
        error: BaseException | None = None
        try:
            work(shared.put)
        except GivenUp:
            return
        except BaseException as raised:  # noqa: BLE001  (raised again where the work is waited for)
            error = raised
        try:
            shared.put(_Done(error))
        except GivenUp:
            return

    thread = threading.Thread(target=run, name=WORKER, daemon=True)
    thread.start()
    left = seconds
    try:
        while True:
            begun = time.monotonic()
            item = shared.items.get(timeout=left) if left is None or left > 0 else shared.items.get_nowait()
            left = None if left is None else left - (time.monotonic() - begun)
            if isinstance(item, _Done):
                if item.error is not None:
                    raise item.error
                return
            yield item
    except queue.Empty:
        raise TookTooLong from None
    finally:
        shared.given_up.set()
        thread.join(_PEEK_SECONDS)
        if thread.is_alive():
            stop()
            thread.join(_GRACE_SECONDS)
