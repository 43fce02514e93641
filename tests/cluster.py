"""A cluster as its driver sees one: members that speak Bolt, of which one leads, before one real Neo4j with the data.

Each member passes messages on to the server as they come, but for what members of a cluster say for themselves: the
routing table, and that they do not lead. Bolt: https://neo4j.com/docs/bolt/current/bolt/message/
"""

from __future__ import annotations

import re
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

HANDSHAKE: Final = b"\x60\x60\xb0\x17" + b"\x00\x06\x06\x05" + bytes(12)
"""Bolt 5.6 at most, whose failures are a code and a message."""
NAMES: Final = {0x02: "GOODBYE", 0x0F: "RESET", 0x10: "RUN", 0x11: "BEGIN", 0x12: "COMMIT", 0x66: "ROUTE"}
NOT_A_LEADER: Final = "Neo.ClientError.Cluster.NotALeader"
FORBIDDEN: Final = "Neo.ClientError.Security.Forbidden"


@dataclass
class Cluster:
    """Members before a server.

    Attributes:
        leader: the number of the member that takes writes; None while there is none.
        seen: what each transaction was: member, ``r`` or ``w``, the bookmarks that it waits for.
        forbidden: statements that hold one of these texts are refused, as to a user without the right.
        at_commit: what becomes of the next commits, one by one: ``refused`` because another leads now, or ``lost``:
            it is done, but the leader goes before it says so.
    """

    server: str
    leader: int | None = 0
    seen: list[tuple[int, str, tuple[str, ...]]] = field(default_factory=list)
    forbidden: tuple[str, ...] = ()
    at_commit: list[str] = field(default_factory=list)
    _listening: list[socket.socket] = field(default_factory=list)

    def address(self, number: int) -> str:
        """Where a member answers, without the scheme."""
        return f"127.0.0.1:{self._listening[number].getsockname()[1]}"

    def switch(self) -> None:
        """Let the next member lead."""
        self.leader = ((self.leader or 0) + 1) % len(self._listening)

    def table(self) -> dict[str, Any]:
        """The routing table as every member gives it."""
        members = [self.address(number) for number in range(len(self._listening))]
        leaders = [] if self.leader is None else [members[self.leader]]
        followers = [one for one in members if one not in leaders]
        roles = {"WRITE": leaders, "READ": followers, "ROUTE": members}
        servers = [{"addresses": addresses, "role": role} for role, addresses in roles.items()]
        return {"rt": {"ttl": 300, "db": "neo4j", "servers": servers}}


@contextmanager
def cluster(server: str, members: int = 3) -> Iterator[Cluster]:
    """Run a cluster before a server."""
    made = Cluster(server)
    made._listening += [socket.create_server(("127.0.0.1", 0)) for _ in range(members)]
    for number in range(members):
        threading.Thread(target=_serve, args=(made, number), daemon=True).start()
    try:
        yield made
    finally:
        for one in made._listening:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def _serve(of: Cluster, number: int) -> None:
    with suppress(OSError):
        while True:
            guest, _ = of._listening[number].accept()
            threading.Thread(target=_talk, args=(of, number, guest), daemon=True).start()


def _talk(of: Cluster, number: int, guest: socket.socket) -> None:
    where = urlsplit(of.server)
    with guest, socket.create_connection((where.hostname, where.port or 7687)) as server, suppress(OSError):
        _read(guest, 20)
        server.sendall(HANDSHAKE)
        guest.sendall(_read(server, 4))
        _Talk(of, number, guest, server).listen()


class _Talk:
    """One connection of a driver with a member."""

    def __init__(self, of: Cluster, number: int, guest: socket.socket, server: socket.socket) -> None:
        self._of, self._number, self._guest, self._server = of, number, guest, server
        self._owed = threading.Semaphore(0)
        self._sent = 0
        self._failed = self._mute = False
        threading.Thread(target=self._pass_answers, daemon=True).start()

    def listen(self) -> None:
        while True:
            body = _message(self._guest)
            name = NAMES.get(body[1], "")
            if name == "RESET":
                self._failed = False
            if self._failed:
                self._answer(b"\xb1\x7e", {})
            elif name == "ROUTE":
                self._answer(b"\xb1\x70", self._of.table())
            elif (code := self._refusal(name, body)) is not None:
                self._failed = True
                self._answer(b"\xb1\x7f", {"code": code, "message": f"{code.rpartition('.')[2]}, says member."})
            elif name == "COMMIT" and self._of.at_commit[:1] == ["lost"]:
                self._of.at_commit.pop(0)
                self._wait()
                self._mute = True
                self._pass(body)
                self._wait()
                self._of.switch()
                return
            else:
                self._pass(body, answers=name != "GOODBYE")

    def _refusal(self, name: str, body: bytes) -> str | None:
        """Give the code of the failure with which a member answers for itself."""
        if name == "RUN" and any(text.encode() in body for text in self._of.forbidden):
            return FORBIDDEN
        if name == "COMMIT" and self._of.at_commit[:1] == ["refused"]:
            self._of.at_commit.pop(0)
            self._of.switch()
            return NOT_A_LEADER
        if name == "BEGIN":
            mode = "r" if b"\x84mode\x81r" in body else "w"
            self._of.seen.append((self._number, mode, _bookmarks(body)))
            return NOT_A_LEADER if mode == "w" and self._number != self._of.leader else None
        return None

    def _pass(self, body: bytes, *, answers: bool = True) -> None:
        self._sent += answers
        self._server.sendall(_framed(body))

    def _wait(self) -> None:
        """Wait until everything that was passed on is answered."""
        while self._sent:
            self._owed.acquire()
            self._sent -= 1

    def _answer(self, head: bytes, values: dict[str, Any]) -> None:
        self._wait()
        self._guest.sendall(_framed(head + _packed(values)))

    def _pass_answers(self) -> None:
        with suppress(OSError):
            while True:
                body = _message(self._server)
                if not self._mute:
                    self._guest.sendall(_framed(body))
                if body[1] != 0x71:  # a record; an answer ends with what is none
                    self._owed.release()


def _bookmarks(body: bytes) -> tuple[str, ...]:
    """Read the bookmarks of a BEGIN."""
    found = re.search(rb"\x89bookmarks[\x90-\x9f]((?:\xd0.[\x20-\x7e]+|[\x80-\x8f][\x20-\x7e]+)*)", body, re.DOTALL)
    return tuple(one.decode() for one in re.findall(rb"FB:[\x20-\x7e]+", found[1])) if found else ()


def _message(of: socket.socket) -> bytes:
    body = b""
    while True:
        (size,) = struct.unpack(">H", _read(of, 2))
        if size:
            body += _read(of, size)
        elif body:
            return body


def _read(of: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        more = of.recv(size - len(found))
        if not more:
            raise ConnectionResetError
        found += more
    return found


def _framed(body: bytes) -> bytes:
    parts = [body[start : start + 65535] for start in range(0, len(body), 65535)]
    return b"".join(struct.pack(">H", len(part)) + part for part in parts) + b"\x00\x00"


def _packed(value: Any) -> bytes:
    """Pack a value as PackStream has it: small numbers, texts, lists and mappings."""
    if isinstance(value, int):
        return struct.pack(">Bh", 0xC9, value)
    if isinstance(value, str):
        data = value.encode()
        return struct.pack(">BH", 0xD1, len(data)) + data
    if isinstance(value, list):
        return struct.pack(">BB", 0xD4, len(value)) + b"".join(map(_packed, value))
    return struct.pack(">BB", 0xD8, len(value)) + b"".join(_packed(k) + _packed(v) for k, v in value.items())
