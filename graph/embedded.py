"""The embedded engine: runs in the process that owns a store folder, and is joined by all others.

One process at a time owns a store and runs the engine inside itself; another that comes meanwhile joins it over Bolt on
127.0.0.1. Whoever finds the owner gone becomes the owner. What the folder holds, ``folder.py`` says.
"""

from __future__ import annotations

import errno
import logging
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from .errors import StoreBroken, WriteFailed
from .folder import DATABASE, LOAD_CSV_OFF, Address, StoreFolder, lack_of_room

_COPY: Final = "An engine writes to its store even when it only reads: copy the folder to where you may write."
_OPEN_SECONDS: Final = 20.0
_TURN_SECONDS: Final = 600.0

# What it says there about its own log concerns nobody.
logging.getLogger("arcadedb").addHandler(logging.NullHandler())
logging.getLogger("arcadedb").propagate = False


class EmbeddedEngine:
    """An open store folder: either its owner, or a guest of the process that is.

    Attributes:
        folder: the store.
        address: where the engine answers.
        is_owner: whether the engine runs in this process.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = StoreFolder(folder)
        self._server: Any = None
        self._lock = FileLock(folder / "owner.lock", mode=0o600, thread_local=False)
        self._turn = FileLock(folder / "writer.lock", mode=0o600)
        self.address = self._start_or_join()

    @property
    def is_owner(self) -> bool:
        """Whether the engine runs in this process."""
        return self._server is not None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until nobody else changes the graph, and let nobody else while the block runs.

        The engine lets two change it at once, and refuses at its end the one that ends later, however long that worked.

        Raises:
            WriteFailed: another is still at it after ten minutes.
        """
        try:
            self._turn.acquire(timeout=_TURN_SECONDS)
        except Timeout as error:
            raise WriteFailed(
                f"Another process has been writing to the store {self.folder} for {_TURN_SECONDS / 60:.0f} minutes; "
                "nothing of this document is in it. Wait for that process, or end it, and try again."
            ) from error
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Stop the engine if it runs here, and let go of the folder. May be called twice."""
        if self._server is None:
            return
        try:
            self._files.withdraw()
            self._stop()
            with suppress(OSError):  # such as a full disk: what was noted before still holds
                self._files.settle(_import_engine().ENGINE_VERSION)
        finally:
            self._lock.release()

    def _stop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.stop()

    def _start_or_join(self) -> Address:
        deadline = time.monotonic() + _OPEN_SECONDS
        while time.monotonic() < deadline:
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                address = self._files.announced()
                if address is not None and _answers(address.port):
                    return address
                time.sleep(0.05)
                continue
            with ExitStack() as undone:  # whatever keeps it from starting, an interrupt too
                undone.callback(self._lock.release)
                undone.callback(self._stop)
                address = self._start()
                undone.pop_all()
            return address
        address = self._files.announced()
        raise StoreBroken(
            f"Another process{f' ({address.pid})' if address else ''} holds the store {self.folder} "
            "and does not answer. Wait for it, or end it, and try again."
        )

    def _start(self) -> Address:
        arcadedb = _import_engine()
        try:
            self._files.examine(arcadedb.ENGINE_VERSION)
            address = self._files.configure(_free_port())
            self._run(arcadedb, address.port)
            self._files.settle(arcadedb.ENGINE_VERSION)
            self._files.announce(address)
        except arcadedb.ArcadeDBError as error:
            remedy = lack_of_room(self.folder) or " Move the folder away and load your sources again."
            raise StoreBroken(
                f"The engine cannot open the store {self.folder}: {_first_line(error)}{remedy}"
            ) from error
        except OSError as error:
            remedy = lack_of_room(self.folder)
            raise StoreBroken(
                f"The store {self.folder} cannot be opened: {error.strerror}: {error.filename or self.folder}.{remedy}"
            ) from error
        return address

    def _run(self, arcadedb: Any, port: int) -> None:
        settings = {
            "host": "127.0.0.1",
            "http_port": 0,
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt_port": port,
            "serverMetrics": False,
            # Only this mode puts the reason of an error, such as the place of a syntax error, into the answer.
            "mode": "development",
        }
        is_made = self._files.is_made
        self._server = arcadedb.create_server(str(self.folder), None, settings)
        with _without_log(self.folder, self._files.logging):
            self._server.start()
        if is_made:
            self._server.get_database(DATABASE)
            return
        database = self._server.create_database(DATABASE)
        for setting in LOAD_CSV_OFF:
            database.command("sql", f"ALTER DATABASE `arcadedb.{setting}` false")


def open_engine(folder: Path, *, create: bool) -> EmbeddedEngine:
    """Open the store in a folder.

    Args:
        folder: the store; made if it is not there and ``create`` is set.
        create: whether a store that is not there shall be made.

    Raises:
        StoreBroken: the folder is not there, is something else, is of another format, or the engine cannot open it.
    """
    try:
        StoreFolder(folder).claim(create=create)
        return EmbeddedEngine(folder)
    except OSError as error:
        remedy = f" {_COPY}" if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM) else ""
        raise StoreBroken(
            f"The store {folder} cannot be opened: {error.strerror}: {error.filename or folder}.{remedy}"
        ) from error


def _import_engine() -> Any:
    import arcadedb  # noqa: PLC0415  (100 MB that a Neo4j user never needs)

    return arcadedb


@contextmanager
def _without_log(folder: Path, settings: Path) -> Iterator[None]:
    """Let the engine start without its log, unless somebody said where that shall go.

    It would grow in the store's folder, and a full disk would put the log's own troubles on the terminal. The engine
    reads the environment at its first start in a process, and takes no path with a space in it.
    """
    wanted = {"ARCADEDB_LOG_CONSOLE": "0", "ARCADEDB_LOG_DIR": str(folder / "log")}
    if " " not in str(settings):
        wanted["ARCADEDB_NATIVE_ISOLATE_ARGS"] = f"-Djava.util.logging.config.file={settings}"
    ours = {} if "ARCADEDB_LOG_DIR" in os.environ else {k: v for k, v in wanted.items() if k not in os.environ}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name in ours:
            os.environ.pop(name, None)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return text if text.endswith(".") else f"{text}."
