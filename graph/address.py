"""The address of a Neo4j server: what it says, who logs in there, and why nobody answers."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from .errors import StoreBroken

Ask = Callable[[str], str | None]
"""Asks a person for a password: gets the user and the address as words, gives the password or None."""

_NAMED: Final = "database"
_SCHEMES: Final = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


class Secret(str):
    """A password or what holds one: the text itself, but what tracebacks and debuggers show of it are three stars."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


@dataclass(frozen=True, slots=True)
class Login:
    """Who logs in.

    Attributes:
        user: the name.
        password: None to log in without one.
    """

    user: str
    password: Secret | None

    def as_pair(self) -> tuple[str, str] | None:
        """Give it as the driver takes it."""
        return None if self.password is None else (self.user, self.password)


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a server is.

    Attributes:
        scheme: how to connect: ``bolt`` to this server, ``neo4j`` to the cluster that it is of; with ``+s`` over TLS,
            with ``+ssc`` over TLS whoever made the certificate.
        host: name or number.
        port: None for the usual one, 7687.
        database: None for the user's own.
        login: as the address or the environment has it.
        context: what the cluster is told of where we are, such as ``policy=eu``; empty if nothing.
    """

    scheme: str
    host: str
    port: int | None
    database: str | None
    login: Login
    context: str = ""

    @property
    def uri(self) -> str:
        """The address as the driver takes it."""
        return f"{self.scheme}://{self.host}:{self.port or 7687}{f'?{self.context}' if self.context else ''}"

    @property
    def is_routed(self) -> bool:
        """Whether the driver asks the server which member of its cluster writes and which read."""
        return self.scheme.startswith("neo4j")

    def __str__(self) -> str:
        place = f"{self.scheme}://{self.host}{f':{self.port}' if self.port else ''}"
        return f"{place}/{self.database}" if self.database else place


def server_address(url: str) -> ServerAddress | None:
    """Read the address of a server; None if it is that of a folder.

    Args:
        url: such as ``neo4j+s://user:password@host:7687/database``, or with ``?database=name``. What it lacks comes
            from ``NEO4J_USERNAME``, ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE``.

    Raises:
        StoreBroken: it cannot be read, its scheme is unknown, or it names no database or two. Never shows a password.
    """
    parts = _parts(Secret(url))
    if parts is None:
        raise StoreBroken(
            "The address of the store cannot be read. In a password write / as %2F, # as %23, @ as %40 and : as %3A."
        )
    if "://" not in url:
        return None
    if parts.scheme not in _SCHEMES:
        raise StoreBroken(
            f"A store is a folder, or an address that begins with {'://, '.join(_SCHEMES)}://, "
            f"not with {parts.scheme}://."
        )
    host = parts.hostname or "localhost"
    host = f"[{host}]" if ":" in host else host
    database, context = _database(parts)
    if context and not parts.scheme.startswith("neo4j"):
        raise StoreBroken(f"A {parts.scheme}:// address takes ?database=NAME and nothing else behind the name.")
    return ServerAddress(parts.scheme, host, parts.port, database, _login(parts), context)


def _database(parts: SplitResult) -> tuple[str | None, str]:
    """Give the database that an address or the environment names, and what else stands behind the question mark."""
    asked = parse_qsl(parts.query, keep_blank_values=True)
    named = [unquote(name) for name in parts.path.split("/") if name] + [value for key, value in asked if key == _NAMED]
    if len(set(named)) > 1 or "" in named:
        raise StoreBroken(
            "The address of the store names no database or several; write it once, as in bolt://host:7687/name or "
            "bolt://host:7687?database=name."
        )
    return next(iter(named), os.environ.get("NEO4J_DATABASE") or None), urlencode([x for x in asked if x[0] != _NAMED])


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        broken = parts.port is not None and "://" not in url
    except ValueError:
        return None
    return None if broken or ("://" in url and "@" in f"{parts.path}{parts.query}{parts.fragment}") else parts


def _login(address: SplitResult) -> Login:
    password = unquote(address.password) if address.password else os.environ.get("NEO4J_PASSWORD")
    user = unquote(address.username or os.environ.get("NEO4J_USERNAME", "neo4j"))
    return Login(user, None if password is None else Secret(password))


def why_nobody_answers(address: ServerAddress, error: BaseException) -> str:
    """Say why no connection came about, and what to do.

    Args:
        address: of the server.
        error: the driver's.
    """
    cause = first_cause(error)
    plain, _, secured = address.scheme.partition("+")
    if isinstance(cause, ssl.SSLCertVerificationError):
        return (
            f"The certificate of {address} is not trusted: {cause.verify_message.rstrip('.')}. If you know this "
            f"server, write {plain}+ssc:// to take any certificate, or have this machine trust the server's."
        )
    if secured and isinstance(cause, ssl.SSLError | ConnectionResetError):
        return f"{address} does not answer with TLS. If the server runs without it, write {plain}:// instead."
    if isinstance(cause, TimeoutError):
        return f"{address} does not answer in time. Is it a Neo4j, and is this its Bolt port?"
    reason = first_reason(error)
    if isinstance(cause, ConnectionRefusedError | socket.gaierror) or secured:
        return f"No Neo4j answers at {address}: {reason}. Is it running, and is this its Bolt port?"
    return (
        f"No Neo4j answers at {address}: {reason}. Is it running, and is this its Bolt port? "
        f"If it takes only TLS, write {plain}+s:// instead."
    )


def first_reason(error: BaseException) -> str:
    """Say in a few words what was the first cause of a driver's error."""
    cause = first_cause(error)
    reason = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
    return reason.strip().partition("\n")[0].partition(" (")[0].rstrip(".:")


def first_cause(error: BaseException) -> BaseException:
    """Find the first cause of an error."""
    inner = error.exceptions[0] if isinstance(error, BaseExceptionGroup) else error.__cause__ or error.__context__
    return error if inner is None else first_cause(inner)
