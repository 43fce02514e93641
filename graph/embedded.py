"""The embedded engine: a store that is a folder. Starts, stops and locks it, keeps its passwords, gives an address.

One process at a time owns a store and runs the engine inside itself; another that comes meanwhile joins it over Bolt on
127.0.0.1. Whoever finds the owner gone becomes the owner. The folder holds, beside the engine's own files:

    legation.json       what this folder is: the store's format
    credentials.json    random passwords of the writing and the reading user, mode 0600
    owner.lock          held by the owner; the system frees it when the process ends, whatever way
    running.json        the owner's port
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from .errors import StoreBroken

DATABASE: Final = "legation"
FORMAT: Final = 1
_OPEN_SECONDS: Final = 20.0
_LOAD_CSV_OFF: Final = (
    "ALTER DATABASE `arcadedb.opencypher.loadCsv.allowFileUrls` false",
    "ALTER DATABASE `arcadedb.opencypher.loadCsv.allowRemoteUrls` false",
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the engine answers, and the passwords of its two users; printing it shows neither.

    Attributes:
        port: Bolt port on 127.0.0.1.
        writer: password of the user ``root``, who may do everything.
        reader: password of the user ``reader``, who may only read.
    """

    port: int
    writer: str
    reader: str

    def __repr__(self) -> str:
        return f"Address(port={self.port})"


class EmbeddedEngine:
    """An open store folder: either its owner, or a guest of the process that is.

    Attributes:
        folder: the store.
        address: where the engine answers.
        is_owner: whether the engine runs in this process.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server: Any = None
        self._lock = FileLock(folder / "owner.lock", mode=0o600, thread_local=False)
        self.address = self._start_or_join()

    @property
    def is_owner(self) -> bool:
        """Whether the engine runs in this process."""
        return self._server is not None

    def close(self) -> None:
        """Stop the engine if it runs here, and let go of the folder. May be called twice."""
        if self._server is None:
            return
        (self.folder / "running.json").unlink(missing_ok=True)
        try:
            self._stop()
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
                port = _running_port(self.folder)
                if port is not None:
                    return Address(port, **_read_json(self.folder / "credentials.json"))
                time.sleep(0.05)
                continue
            try:
                return self._start()
            except BaseException:
                self._stop()
                self._lock.release()
                raise
        raise StoreBroken(
            f"Another process holds the store {self.folder} and does not answer. Wait for it, or end it, and try again."
        )

    def _start(self) -> Address:
        (self.folder / "running.json").unlink(missing_ok=True)  # of an owner that was killed
        arcadedb = _import_engine(self.folder)
        passwords = _credentials(self.folder)
        for old in (self.folder / "log").glob("server-event-log-*.jsonl"):
            old.unlink(missing_ok=True)
        port = _free_port()
        settings = {
            "host": "127.0.0.1",
            "http_port": 0,
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt_port": port,
            "serverMetrics": False,
            # Only this mode puts the reason of an error, such as the place of a syntax error, into the answer.
            "mode": "development",
        }
        try:
            self._server = arcadedb.create_server(str(self.folder), None, settings)
            self._server.start()
            is_new = not (self.folder / "databases" / DATABASE / "schema.json").exists()
            database = self._server.create_database(DATABASE) if is_new else self._server.get_database(DATABASE)
        except arcadedb.ArcadeDBError as error:
            self._stop()
            raise StoreBroken(
                f"The engine cannot open the store {self.folder}: {_first_line(error)} "
                "Move the folder away and load your sources again; the engine's log is in its folder log."
            ) from error
        if is_new:
            for statement in _LOAD_CSV_OFF:
                database.command("sql", statement)
        _write_private(self.folder / "running.json", {"port": port, "pid": os.getpid()})
        return Address(port, **passwords)


def open_engine(folder: Path, *, create: bool) -> EmbeddedEngine:
    """Open the store in a folder.

    Args:
        folder: the store; made if it is not there and ``create`` is set.
        create: whether a store that is not there shall be made.

    Raises:
        StoreBroken: the folder is not there, is something else, is of another format, or the engine cannot open it.
    """
    marker = folder / "legation.json"
    if folder.exists() and not folder.is_dir():
        raise StoreBroken(f"{folder} is a file; a store is a folder. Name another one with --store.")
    if not marker.exists():
        if folder.exists() and any(folder.iterdir()):
            raise StoreBroken(f"{folder} holds other things and is no store. Name an empty or new folder with --store.")
        if not create:
            raise StoreBroken(f"There is no store at {folder}. Load something into it first: legation load FILE")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_private(marker, {"format": FORMAT})
    if _read_json(marker).get("format") != FORMAT:
        raise StoreBroken(
            f"The store {folder} was made by another version of legation. Load your sources into a new one."
        )
    return EmbeddedEngine(folder)


def _import_engine(folder: Path) -> Any:
    # The engine reads these once, at its import; otherwise it logs to the console.
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    os.environ.setdefault("ARCADEDB_LOG_DIR", str(folder / "log"))
    import arcadedb  # noqa: PLC0415  (100 MB that a Neo4j user never needs)

    return arcadedb


def _credentials(folder: Path) -> dict[str, str]:
    """Read the passwords, or draw them and tell the engine its two users."""
    path = folder / "credentials.json"
    if path.exists():
        return _read_json(path)
    passwords = {"writer": secrets.token_urlsafe(32), "reader": secrets.token_urlsafe(32)}
    config = folder / "config"
    config.mkdir(mode=0o700, exist_ok=True)
    users = (_user("root", "admin", passwords["writer"]), _user("reader", "reader", passwords["reader"]))
    _write_private(config / "server-users.jsonl", *users)
    _write_private(config / "server-groups.json", {"databases": {"*": {"groups": _GROUPS}}, "version": 2})
    _write_private(path, passwords)
    return passwords


def _group(access: list[str], records: list[str]) -> dict[str, Any]:
    return {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": records}}}


_GROUPS: Final = {
    "admin": _group(
        ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
        ["createRecord", "readRecord", "updateRecord", "deleteRecord"],
    ),
    "reader": _group([], ["readRecord"]),
    "*": _group([], []),
}


def _user(name: str, group: str, password: str) -> dict[str, Any]:
    # One round: the password is 256 random bits, which no stretching makes harder to guess, and each start pays for it.
    salt = base64.b64encode(secrets.token_bytes(32))
    hashed = base64.b64encode(hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1, 32))
    return {
        "name": name,
        "databases": {"*": [group]},
        "password": f"PBKDF2WithHmacSHA256$1${salt.decode()}${hashed.decode()}",
    }


def _running_port(folder: Path) -> int | None:
    """Tell the owner's port; None while it starts, stops, or has died without taking its file away."""
    try:
        port = int(_read_json(folder / "running.json")["port"])
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return port
    except (OSError, KeyError, StoreBroken):
        return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise StoreBroken(f"{path} is damaged. Move the store away and load your sources again.") from error
    return value


def _write_private(path: Path, *records: object) -> None:
    """Write lines of JSON to a file that only its owner can read, all or nothing."""
    temporary = path.with_suffix(".tmp")
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("\n".join(json.dumps(record) for record in records))
    temporary.replace(path)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
