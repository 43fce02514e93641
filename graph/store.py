"""GraphStore: claims in, Cypher out; over the official driver, on a Neo4j server or on the embedded engine."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from threading import get_ident
from typing import Any, Final, TypeVar

import neo4j
from neo4j import exceptions as driver_errors
from neo4j import graph as driver_graph

from . import cypher
from .address import Ask, Login, Secret, ServerAddress, first_reason, server_address, why_nobody_answers
from .batches import Progress, tell_nobody
from .change import Change, Written
from .claims import Claim, Document
from .embedded import EmbeddedEngine, open_engine
from .errors import StatementRefused, StatementTooLong, StatementWrong, StoreUnreachable, WriteFailed
from .facts import Facts
from .folder import DATABASE, lack_of_room
from .subgraph import Edge, Node, Route
from .typed.guard import needs_its_plan, refuse_all_but_reading, refuse_side_effects
from .typed.safe import to_safe
from .waiting import HandOut, TookTooLong, results

_ResultT = TypeVar("_ResultT")

_CONNECT_SECONDS: Final = 5.0
_GREET_SECONDS: Final = 10.0
_RETRY_SECONDS: Final = 5.0
_TAKE_OVER_SECONDS: Final = 0.5
_BATCH: Final = 500
"""Rows that are handed on at once."""
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
class Stream:
    """The answer to a statement while it comes.

    Attributes:
        columns: their names, in order; there even if no row is.
        records: as of ``Rows``, to be gone through once.
    """

    columns: tuple[str, ...]
    records: Iterator[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A statement as it was asked.

    Attributes:
        statement: the Cypher.
        parameters: the values.
        mark: by which it is found again among all that the store is doing.
    """

    statement: str
    parameters: Mapping[str, Any]
    mark: str


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
    _token: str = field(default_factory=lambda: secrets.token_hex(8), repr=False)

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the server, or stop the engine if this process runs it."""
        self._connection.close()

    def read(self, statement: str, /, **parameters: Any) -> Rows:
        """Run one Cypher statement that only reads, and give its whole answer.

        Args:
            statement: the Cypher; values go in as ``$name``.
            parameters: the values.

        Raises:
            StatementRefused: it would write, load a file or an address, or call what is not on the list of procedures;
                or this store would answer it otherwise than the other one.
            StatementWrong: it has a syntax error, names what is not there, or lacks a parameter.
            StoreUnreachable: the store does not answer.
        """
        with self.stream(statement, parameters) as answer:
            return Rows(answer.columns, list(answer.records))

    @contextmanager
    def stream(
        self, statement: str, parameters: Mapping[str, Any], *, seconds: float | None = None
    ) -> Iterator[Stream]:
        """Run one Cypher statement that only reads, and give its rows as they come.

        However the ``with`` block ends (all rows are read, no more are wanted, an error, Ctrl-C), the statement has
        ended in the store as well, or was told to.

        Args:
            statement: the Cypher; values go in as ``$name``.
            parameters: the values.
            seconds: how long to wait for the store in all; None for however long it takes.

        Raises:
            StatementTooLong: the time is over.
            StatementRefused: as ``read``.
            StatementWrong: as ``read``.
            StoreUnreachable: as ``read``.
        """
        refuse_all_but_reading(statement)
        # The same for all that this thread asks: an engine plans a text that it knows but once.
        asked = _Asked(statement, parameters, f"legation-{self._token}-{get_ident()}")
        with _read_errors(self.name, seconds):
            answer = results(partial(self._answer, asked), partial(self._stop, asked), seconds)
            try:
                (columns,) = next(answer)
                yield Stream(columns, chain.from_iterable(answer))
            finally:
                answer.close()

    def _answer(self, asked: _Asked, hand_out: HandOut[list[Any]]) -> None:
        """Run a statement; hand out its columns in a list of one, then its rows in lists."""
        is_server = self._connection.engine is None
        handed_out = False

        @neo4j.unit_of_work(metadata={"legation": asked.mark})
        def work(transaction: neo4j.ManagedTransaction) -> None:
            nonlocal handed_out
            if handed_out:  # tried again: whoever took the first rows cannot take them twice
                raise driver_errors.ServiceUnavailable("the connection broke in the middle of the answer")
            if is_server and needs_its_plan(asked.statement):
                refuse_side_effects(_explain(transaction, asked))
            # The embedded engine takes no metadata, so there the mark goes into the text.
            text = asked.statement if is_server else f"{to_safe(asked.statement)}\n// {asked.mark}"
            result = transaction.run(text, dict(asked.parameters))
            columns = tuple(result.keys())
            hand_out([columns])
            handed_out = True
            while batch := result.fetch(_BATCH):
                hand_out([{name: _plain(record[name]) for name in columns} for record in batch])

        self._run(lambda connection: connection.reader, lambda session: session.execute_read(work))

    def _stop(self, asked: _Asked) -> None:
        """End a statement that still runs, over a connection of its own."""
        with (
            suppress(driver_errors.DriverError, driver_errors.Neo4jError),
            self._connection.reader.session(database=self._connection.database) as session,
        ):
            for row in session.run("SHOW TRANSACTIONS YIELD *").data():
                if asked.mark in (row["currentQuery"] or "") or row["metaData"].get("legation") == asked.mark:
                    session.run("TERMINATE TRANSACTIONS $id", id=row["transactionId"]).consume()

    def write(self, document: Document, claims: Iterable[Claim], *, progress: Progress = tell_nobody) -> Written:
        """Put a document in with all its claims, in place of what was loaded from it before; all of it or nothing.

        Args:
            document: the document.
            claims: its claims; the same claim twice counts once.
            progress: called after each batch of rows with how many are done, how many there are, and of what.

        Raises:
            WriteFailed: the store refused; it is as it was.
            StoreUnreachable: the store does not answer.
        """
        held = list(claims)
        return self._change(lambda change: change.replace(document, held), progress)

    def forget(self, document_id: str, *, progress: Progress = tell_nobody) -> Written:
        """Take a document out with all its claims, and whatever they alone supported.

        Args:
            document_id: its id; ``unchanged`` comes back if it is not in.
            progress: as of ``write``.
        """
        return self._change(lambda change: change.remove(document_id), progress)

    def refold(self, blocks: Sequence[str], *, progress: Progress = tell_nobody) -> Facts:
        """Fold blocks again from the claims that are in, and put the result in place of what is there.

        Args:
            blocks: as claims and transfers carry them; see ``deals``.
            progress: as of ``write``.

        Returns:
            What these blocks hold now, and those to which claims went that the reference lists moved.
        """
        return self._changed(lambda change: change.refold(blocks), progress)

    def _change(self, work: Callable[[Change], Written], progress: Progress) -> Written:
        tried: list[Written] = []

        def once(change: Change) -> Written:
            tried.append(work(change))
            # Tried again and nothing to do: the first try got through, and only its answer was lost.
            return tried[0] if tried[-1].change == "unchanged" else tried[-1]

        return self._changed(once, progress)

    def _changed(self, work: Callable[[Change], _ResultT], progress: Progress) -> _ResultT:
        def run(transaction: neo4j.ManagedTransaction) -> _ResultT:
            return work(Change(_Transaction(transaction), progress))

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
        # Changes take turns, so there is nothing to try again but an owner that has gone; him we replace.
        writer = _driver(uri, ("root", engine.address.writer), _TAKE_OVER_SECONDS)
        reader = _driver(uri, ("reader", engine.address.reader), _TAKE_OVER_SECONDS)
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
    driver = _driver(address.uri, login.as_pair(), _RETRY_SECONDS)
    try:
        driver.verify_connectivity()
    except driver_errors.AuthError:
        driver.close()
        return None
    except (driver_errors.DriverError, driver_errors.Neo4jError, OSError, ValueError) as error:
        driver.close()
        raise StoreUnreachable(why_nobody_answers(address, error)) from error
    return driver


def _driver(uri: str, auth: tuple[str, str] | None, retry_seconds: float) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(
        uri,
        auth=auth,
        connection_timeout=_CONNECT_SECONDS,
        connection_acquisition_timeout=_GREET_SECONDS,
        max_transaction_retry_time=retry_seconds,
        user_agent="legation",
        telemetry_disabled=True,
    )


def _explain(transaction: neo4j.ManagedTransaction, asked: _Asked) -> dict[str, Any]:
    """Give the plan of a statement as the driver gives it, without running the statement."""
    try:
        return dict(transaction.run(f"EXPLAIN\n{asked.statement}", dict(asked.parameters)).consume().plan or {})
    except driver_errors.ClientError as error:
        # Its words stand a line lower there than whoever typed them sees them.
        reason = re.sub(r"\bline (\d+)", lambda found: f"line {int(found[1]) - 1}", _reason(error))
        raise StatementWrong(reason) from error


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
def _read_errors(store: str, seconds: float | None) -> Iterator[None]:
    try:
        yield
    except TookTooLong as error:
        raise StatementTooLong(
            f"The statement did not answer within {seconds:g} seconds and was stopped. Ask for less, or give it more "
            "time with --timeout."
        ) from error
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
