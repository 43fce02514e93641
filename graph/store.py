"""GraphStore: claims in, Cypher out; over the official driver, on a Neo4j server or on the embedded engine."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import neo4j
from neo4j import exceptions as driver_errors
from neo4j import graph as driver_graph

from . import cypher
from .address import Ask, Login, Secret, ServerAddress, first_reason, server_address, why_nobody_answers
from .change import Change, Written
from .claims import Claim, Document
from .embedded import EmbeddedEngine, open_engine
from .errors import StatementRefused, StatementWrong, StoreUnreachable, WriteFailed
from .folder import DATABASE, lack_of_room
from .subgraph import Edge, Node, Route

_ResultT = TypeVar("_ResultT")

_CONNECT_SECONDS: Final = 5.0
_GREET_SECONDS: Final = 10.0
_RETRY_SECONDS: Final = 5.0
_STEERING: Final = {
    "LoadCSV": "loading files or addresses",
    "AdministrationCommand": "commands to the server",
    "TerminateTransactions": "ending the work of others",
    "ShowTransactions": "watching the work of others",
    "ShowSettings": "reading the settings of the server",
}
"""Operators of a plan that a transaction runs although it may only read, and what they do."""

_PROCEDURES: Final = (
    "db.labels",
    "db.relationshipTypes",
    "db.propertyKeys",
    "db.schema.visualization",
    "db.schema.nodeTypeProperties",
    "db.schema.relTypeProperties",
)
_ON_TRANSACTIONS: Final = re.compile(r"(?:\s++|//[^\n]*+|/\*.*?\*/)*+(?:show|terminate)\s+transactions?\b", re.I | re.S)
_REFUSED: Final = ("Neo.ClientError.Security.Forbidden", "Neo.ClientError.Statement.AccessMode")

# The driver says every retry on stderr; what matters of it reaches the user as one error.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
logging.getLogger("neo4j").propagate = False


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a statement.

    Attributes:
        columns: their names, in order; there even if no row is.
        records: one mapping from column to value a row. Nodes come as ``Node``, relations as ``Edge``, paths as
            ``Route``, dates and times as ISO 8601 text.
    """

    columns: tuple[str, ...]
    records: list[dict[str, Any]]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)


@dataclass(frozen=True, slots=True)
class _Transaction:
    """The driver's transaction as a change needs it."""

    driver: neo4j.ManagedTransaction

    def rows(self, statement: str, /, **parameters: Any) -> list[dict[str, Any]]:
        return self.driver.run(statement, parameters).data()

    def run(self, statement: str, /, **parameters: Any) -> int:
        return self.driver.run(statement, parameters).consume().counters.relationships_created


@dataclass(frozen=True, slots=True)
class _Connection:
    """Drivers for writing and for reading (the same one on a server), and what to close."""

    writer: neo4j.Driver
    reader: neo4j.Driver
    database: str | None
    engine: EmbeddedEngine | None = None

    def close(self) -> None:
        self.reader.close()
        self.writer.close()
        if self.engine is not None:
            self.engine.close()

    def turn(self) -> AbstractContextManager[None]:
        """Wait until nobody else changes the graph; a server sees to that itself."""
        return nullcontext() if self.engine is None else self.engine.turn()

    def hint(self) -> str:
        """Say what of the store's surroundings may be the reason of a failure; mostly nothing."""
        return "" if self.engine is None else lack_of_room(self.engine.folder)


@dataclass(slots=True)
class GraphStore(AbstractContextManager["GraphStore"]):
    """A graph that is the fold of the claims written to it. Open one with ``open_store``; close it when done.

    Attributes:
        name: where it is, for messages; never holds a password.
    """

    name: str
    _connect: Callable[[], _Connection] = field(repr=False)
    _connection: _Connection = field(repr=False)
    _has_schema: bool = field(default=False, repr=False)

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the server, or stop the engine if this process runs it."""
        self._connection.close()

    def read(self, statement: str, /, **parameters: Any) -> Rows:
        """Run one Cypher statement that only reads.

        Args:
            statement: the Cypher; values go in as ``$name``.
            parameters: the values.

        Raises:
            StatementRefused: it would write.
            StatementWrong: it has a syntax error, names what is not there, or lacks a parameter.
            StoreUnreachable: the store does not answer.
        """

        def work(transaction: neo4j.ManagedTransaction) -> Rows:
            result = transaction.run(statement, parameters)
            columns = tuple(result.keys())
            return Rows(columns, [{name: _plain(record[name]) for name in columns} for record in result])

        with _read_errors(self.name):
            return self._run(lambda connection: connection.reader, lambda session: session.execute_read(work))

    def query(self, statement: str, /, **parameters: Any) -> Rows:
        """Run one Cypher statement that somebody typed: as ``read``, but it may neither load files nor steer a server.

        A server runs such a statement also in a transaction that may only read, so its plan is looked at first. The
        embedded engine refuses it to the user who may only read, but for commands on transactions.

        Raises:
            StatementRefused: it would write, load a file or an address, or call what is not on the list of procedures.
            StatementWrong: as ``read``.
            StoreUnreachable: as ``read``.
        """
        if _ON_TRANSACTIONS.match(statement):
            raise StatementRefused("Only reading of the graph is allowed here, not commands on the work of others.")
        if self._connection.engine is None:
            with _read_errors(self.name):
                explain = partial(_explain, statement, parameters)
                plan = self._run(lambda connection: connection.reader, lambda session: session.execute_read(explain))
            _refuse_side_effects(plan)
        return self.read(statement, **parameters)

    def write(self, document: Document, claims: Iterable[Claim]) -> Written:
        """Put a document in with all its claims, in place of what was loaded from it before; all of it or nothing.

        Args:
            document: the document.
            claims: its claims; the same claim twice counts once.

        Raises:
            WriteFailed: the store refused; it is as it was.
            StoreUnreachable: the store does not answer.
        """
        held = list(claims)
        return self._change(lambda change: change.replace(document, held))

    def forget(self, document_id: str) -> Written:
        """Take a document out with all its claims, and whatever they alone supported.

        Args:
            document_id: its id; ``unchanged`` comes back if it is not in.
        """
        return self._change(lambda change: change.remove(document_id))

    def _change(self, work: Callable[[Change], Written]) -> Written:
        def run(transaction: neo4j.ManagedTransaction) -> Written:
            return work(Change(_Transaction(transaction)))

        with _write_errors(self.name, self._connection.hint):
            self._ensure_schema()
            return self._in_transaction(run)

    def _in_transaction(self, work: Callable[[neo4j.ManagedTransaction], _ResultT]) -> _ResultT:
        with self._connection.turn():
            return self._run(lambda connection: connection.writer, lambda session: session.execute_write(work))

    def _ensure_schema(self) -> None:
        if self._has_schema:
            return
        for statement in cypher.schema_statements():
            self._in_transaction(partial(_declare, statement))
        self._has_schema = True

    def _run(
        self, driver_of: Callable[[_Connection], neo4j.Driver], work: Callable[[neo4j.Session], _ResultT]
    ) -> _ResultT:
        try:
            with driver_of(self._connection).session(database=self._connection.database) as session:
                return work(session)
        except (driver_errors.ServiceUnavailable, driver_errors.SessionExpired, driver_errors.AuthError):
            engine = self._connection.engine
            if engine is None or engine.is_owner:
                raise
        # The process that ran the engine has gone: open the store ourselves, or join whoever did. Nothing was
        # acknowledged, and doing the work again cannot do it twice.
        self._connection.close()
        self._connection = self._connect()
        with driver_of(self._connection).session(database=self._connection.database) as session:
            return work(session)


def open_store(url: str | Path, *, create: bool = False, ask: Ask | None = None) -> GraphStore:
    """Open a store.

    Args:
        url: the address of a Neo4j server or cluster (``bolt://host:7687``, ``neo4j+s://user:password@host/database``),
            or a folder for the embedded store. Credentials that the address lacks come from ``NEO4J_USERNAME`` and
            ``NEO4J_PASSWORD``.
        create: whether to make the folder if it is not there.
        ask: asks a person for the password; called once, if a server refuses a login without one.

    Returns:
        The store, connected; close it, or use it in a ``with``.

    Raises:
        StoreUnreachable: nobody answers there, its certificate is not trusted, or the credentials are refused.
        StoreBroken: the folder is no store, or the address has an unknown scheme.
    """
    url = Secret(url)  # a traceback that shows local values shall not show its password
    address = server_address(url)
    if address is None:
        connect = partial(_embedded, Path(url), create)
        return GraphStore(str(Path(url)), connect, connect())
    connect = partial(_server, address, ask)
    return GraphStore(str(address), connect, connect())


def _embedded(folder: Path, create: bool) -> _Connection:
    engine = open_engine(folder, create=create)
    uri = f"bolt://127.0.0.1:{engine.address.port}"
    try:
        writer = _driver(uri, ("root", engine.address.writer))
        reader = _driver(uri, ("reader", engine.address.reader))
    except BaseException:
        engine.close()
        raise
    return _Connection(writer, reader, DATABASE, engine)


def _server(address: ServerAddress, ask: Ask | None) -> _Connection:
    login = address.login
    driver = _connected(address, login)
    if driver is None and login.password is None and ask is not None:
        password = ask(f"{login.user} at {address}")
        login = Login(login.user, Secret(password) if password else None)
        driver = _connected(address, login) if password else None
    if driver is None:
        refused = "a login without a password" if not login.password else f"the password of {login.user!r}"
        raise StoreUnreachable(
            f"{address} refuses {refused}. Set NEO4J_USERNAME and NEO4J_PASSWORD, or write them into the address."
        )
    return _Connection(driver, driver, address.database)


def _connected(address: ServerAddress, login: Login) -> neo4j.Driver | None:
    """Connect to a server; None if it refuses the login."""
    driver = _driver(address.uri, login.as_pair())
    try:
        driver.verify_connectivity()
    except driver_errors.AuthError:
        driver.close()
        return None
    except (driver_errors.DriverError, driver_errors.Neo4jError, OSError, ValueError) as error:
        driver.close()
        raise StoreUnreachable(why_nobody_answers(address, error)) from error
    return driver


def _driver(uri: str, auth: tuple[str, str] | None) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(
        uri,
        auth=auth,
        connection_timeout=_CONNECT_SECONDS,
        connection_acquisition_timeout=_GREET_SECONDS,
        max_transaction_retry_time=_RETRY_SECONDS,
        user_agent="legation",
        telemetry_disabled=True,
    )


def _explain(statement: str, parameters: dict[str, Any], transaction: neo4j.ManagedTransaction) -> dict[str, Any]:
    """Give the plan of a statement as the driver gives it, without running the statement."""
    return dict(transaction.run(f"EXPLAIN {statement}", parameters).consume().plan or {})


def _refuse_side_effects(plan: Mapping[str, Any]) -> None:
    operator = str(plan.get("operatorType", "")).partition("@")[0]
    details = str(plan.get("args", {}).get("Details", ""))
    if operator in _STEERING:
        raise StatementRefused(f"Only reading of the graph is allowed here, not {_STEERING[operator]}.")
    if operator == "ProcedureCall" and details.partition("(")[0] not in _PROCEDURES:
        called = details.partition("(")[0]
        raise StatementRefused(f"{called} may not be called here; of procedures there are {', '.join(_PROCEDURES)}.")
    for child in plan.get("children", ()):
        _refuse_side_effects(child)


def _declare(statement: str, transaction: neo4j.ManagedTransaction) -> None:
    transaction.run(statement).consume()


def _plain(value: Any) -> Any:
    """Turn what the driver gives into our own and Python's types."""
    if isinstance(value, driver_graph.Node):
        return _node(value)
    if isinstance(value, driver_graph.Relationship):
        return _edge(value)
    if isinstance(value, driver_graph.Path):
        return Route(tuple(map(_node, value.nodes)), tuple(map(_edge, value.relationships)))
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value.iso_format() if hasattr(value, "iso_format") else value


def _node(node: driver_graph.Node) -> Node:
    properties = {name: _plain(value) for name, value in node.items()}
    label = next((label for label in sorted(node.labels) if label != "Actor"), "")
    node_id = str(properties.pop("id", node.element_id))
    return Node(node_id, label, str(properties.pop("name", node_id)), properties)


def _edge(edge: driver_graph.Relationship) -> Edge:
    ends = [str(node.get("id", node.element_id)) if node is not None else "" for node in edge.nodes]
    return Edge(edge.type, ends[0], ends[1], {name: _plain(value) for name, value in edge.items()})


@contextmanager
def _read_errors(store: str) -> Iterator[None]:
    try:
        yield
    except driver_errors.TransientError as error:
        raise StoreUnreachable(f"The store {store} could not answer now: {_reason(error)} Try again.") from error
    except driver_errors.Neo4jError as error:
        if error.code in _REFUSED:
            raise StatementRefused(f"Only reading is allowed here; the graph is as it was. {_reason(error)}") from error
        raise StatementWrong(_reason(error)) from error
    except driver_errors.DriverError as error:
        raise StoreUnreachable(f"The store {store} did not answer: {first_reason(error)}.") from error
    except (ValueError, OverflowError) as error:
        raise StatementWrong(f"A value cannot be sent to the store: {_reason(error)}") from error


@contextmanager
def _write_errors(store: str, hint: Callable[[], str]) -> Iterator[None]:
    try:
        yield
    except (driver_errors.ServiceUnavailable, driver_errors.SessionExpired) as error:
        raise StoreUnreachable(
            f"The store {store} stopped answering: {first_reason(error)}. This document is in it whole or not at all; "
            "when the store is back, load it again."
        ) from error
    except (driver_errors.DriverError, driver_errors.Neo4jError, ValueError, OverflowError) as error:
        raise WriteFailed(
            f"The store {store} refused to write; nothing of this document is in it: {_reason(error)}{hint()}"
        ) from error


def _reason(error: Exception) -> str:
    """Give the reason of a driver's error in its own words, without codes."""
    text = str(getattr(error, "message", None) or error).strip()
    return text if text.endswith((".", "!", "?", "^")) or "\n" in text else f"{text}."
