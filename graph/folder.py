"""The folder of an embedded store, without its engine: what it is, whether it is whole, and the engine's users.

The folder holds, beside the engine's own files:

    legation.json    what this folder is: the store's format, the engine's version, the least sizes of its files
    owner.lock       held by the owner; the system frees it when the process ends, whatever way
    writer.lock      held by whoever changes the graph
    running.json     the owner's port, and the passwords of this run

The engine's users and their rights are written anew at each start, with passwords that are drawn anew.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .address import Secret
from .errors import StoreBroken

DATABASE: Final = "legation"
FORMAT: Final = 1
_UNMADE: Final = {"owner.lock", "writer.lock", "legation.tmp"}
"""What a folder holds whose making was cut short before it was marked."""

_LITTLE_ROOM: Final = 64 * 2**20
LOAD_CSV_OFF: Final = {"opencypher.loadCsv.allowFileUrls": False, "opencypher.loadCsv.allowRemoteUrls": False}
_ANEW: Final = "Move the folder away and load your sources again."


@dataclass(frozen=True, slots=True)
class Address:
    """Where the engine answers, and the passwords of its two users; printing it shows neither.

    Attributes:
        port: Bolt port on 127.0.0.1.
        writer: password of the user ``root``, who may do everything.
        reader: password of the user ``reader``, who may only read.
        pid: the process that runs the engine.
    """

    port: int
    writer: Secret
    reader: Secret
    pid: int


class StoreFolder:
    """The folder of a store; its methods that write are for the owner alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / "databases" / DATABASE
        self.logging = path / "config" / "logging.properties"
        self._marker = path / "legation.json"
        self._running = path / "running.json"

    @property
    def is_made(self) -> bool:
        """Whether the engine's database is there."""
        return (self.database / "schema.json").exists()

    def claim(self, *, create: bool) -> None:
        """See that this is a store or, if one shall be made, an empty folder.

        Raises:
            StoreBroken: it is neither, or of another format.
        """
        if self.path.exists() and not self.path.is_dir():
            raise StoreBroken(f"{self.path} is a file; a store is a folder. Name another one with --store.")
        if not self._marker.exists() and not self.is_made:
            held = {one.name for one in self.path.iterdir()} if self.path.exists() else set()
            if held - _UNMADE:
                raise StoreBroken(
                    f"{self.path} holds other things and is no store. Name an empty or new folder with --store."
                )
            if not create:
                raise StoreBroken(f"There is no store at {self.path}. Load something into it first: legation load FILE")
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._read_marker().get("format") != FORMAT:
            raise StoreBroken(
                f"The store {self.path} was made by another version of legation. Load your sources into a new one."
            )

    def examine(self, engine: str) -> None:
        """See that the engine's files are such that it can be let at them, and prepare what it reads at its start.

        Args:
            engine: the version of the engine that is to open them.

        Raises:
            StoreBroken: a newer engine has written them, or a file is damaged, shorter than it was, or missing.
        """
        self.withdraw()  # what an owner that was killed has said
        self.make_private()
        for old in (self.path / "log").glob("server-event-log-*.jsonl"):
            old.unlink(missing_ok=True)
        marker = self._read_marker()
        if not self.is_made and "engine" not in marker:
            # Its making was cut short before anything could be acknowledged.
            shutil.rmtree(self.database, ignore_errors=True)
            _write_private(self._marker, marker)
            return
        schema = self._read_schema()
        self._refuse_newer(str(marker.get("engine") or schema.get("dbmsVersion")), engine)
        for name, least in marker.get("sizes", {}).items():
            file = self.database / name
            size = file.stat().st_size if file.exists() else 0
            if size < least:
                raise StoreBroken(f"{file} is damaged: it has {size} of at least {least} bytes. {_ANEW}")
        self._forbid_load_csv()

    def _read_schema(self) -> dict[str, Any]:
        # The engine takes a damaged schema for an empty one, and would write that over what is left.
        try:
            return read_json(self.database / "schema.json", f"Nothing in the store can be read without it. {_ANEW}")
        except FileNotFoundError as error:
            raise StoreBroken(
                f"{error.filename} is missing; nothing in the store can be read without it. {_ANEW}"
            ) from error

    def _refuse_newer(self, made_by: str, engine: str) -> None:
        """Refuse what a newer engine wrote; what an older one wrote, the engine itself brings up to date."""
        if _numbers(made_by) > _numbers(engine):
            raise StoreBroken(
                f"The store {self.path} was written by version {made_by} of the embedded engine, and this is {engine}. "
                "Update legation and its package arcadedb, or load your sources into a new store."
            )

    def _forbid_load_csv(self) -> None:
        file = self.database / "configuration.json"
        try:
            settings = read_json(file, "").get("configuration", {})
        except (FileNotFoundError, StoreBroken):
            settings = {}
        if settings.items() >= LOAD_CSV_OFF.items():
            return
        _write_private(file, {"configuration": {**settings, **LOAD_CSV_OFF}})

    def settle(self, engine: str) -> None:
        """Note which engine has the files now and how long they are, and close them to everybody else."""
        sizes = {one.name: one.stat().st_size for one in self.database.iterdir() if one.suffix in {".bucket", ".dict"}}
        told = {"format": FORMAT, "engine": engine, "sizes": dict(sorted(sizes.items()))}
        if self._read_marker() != told:
            _write_private(self._marker, told)
        self.make_private()

    def make_private(self) -> None:
        """Close every file and folder to all but the owner of the folder."""
        for place, _, names in os.walk(self.path):
            Path(place).chmod(0o700)
            for name in names:
                with suppress(FileNotFoundError):  # the engine at work takes some away
                    (Path(place) / name).chmod(0o600)

    def configure(self, port: int) -> Address:
        """Write what the engine reads at its start: two users with fresh passwords and their rights; to log nothing."""
        address = Address(port, _password(), _password(), os.getpid())
        config = self.path / "config"
        config.mkdir(mode=0o700, exist_ok=True)
        users = (_user("root", "admin", address.writer), _user("reader", "reader", address.reader))
        _write_private(config / "server-users.jsonl", *users)
        _write_private(config / "server-groups.json", {"databases": {"*": {"groups": _GROUPS}}, "version": 2})
        self.logging.write_text("handlers =\n.level = OFF\n", encoding="ascii")
        return address

    def announce(self, address: Address) -> None:
        """Tell other processes where the engine answers."""
        told = {"port": address.port, "pid": address.pid, "writer": address.writer, "reader": address.reader}
        _write_private(self._running, told)

    def withdraw(self) -> None:
        """Tell other processes no longer where the engine answers."""
        self._running.unlink(missing_ok=True)

    def announced(self) -> Address | None:
        """Tell where the owner says that its engine answers; None while it starts or stops."""
        try:
            told = read_json(self._running, "")
            return Address(int(told["port"]), Secret(told["writer"]), Secret(told["reader"]), int(told["pid"]))
        except (OSError, KeyError, TypeError, ValueError, StoreBroken):
            return None

    def _read_marker(self) -> dict[str, Any]:
        try:
            return read_json(self._marker, "Delete this one file: the store is opened without it.")
        except FileNotFoundError:
            return {"format": FORMAT}


def lack_of_room(folder: Path) -> str:
    """Say how little room is left on the disk of a folder, and what to do; nothing if there is enough."""
    free = shutil.disk_usage(folder).free
    if free > _LITTLE_ROOM:
        return ""
    return f" Only {free / 2**20:.1f} MB are free on its disk: make room there and try again."


def read_json(path: Path, remedy: str) -> dict[str, Any]:
    """Read one object.

    Raises:
        StoreBroken: it is none; the text ends with the remedy.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise StoreBroken(f"{path} is damaged. {remedy}")
    return value


def _write_private(path: Path, *records: object) -> None:
    """Write lines of JSON to a file that only its owner can read, all or nothing."""
    temporary = path.with_suffix(".tmp")
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("\n".join(json.dumps(record) for record in records))
    temporary.replace(path)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version.partition("-")[0]))


def _password() -> Secret:
    return Secret(secrets.token_urlsafe(32))


def _user(name: str, group: str, password: str) -> dict[str, Any]:
    # One round: the password is 256 random bits, which no stretching makes harder to guess, and each start pays for it.
    salt = base64.b64encode(secrets.token_bytes(32))
    hashed = base64.b64encode(hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1, 32))
    return {
        "name": name,
        "databases": {"*": [group]},
        "password": f"PBKDF2WithHmacSHA256$1${salt.decode()}${hashed.decode()}",
    }


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
