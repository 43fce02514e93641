"""GraphStore: claims in, Cypher out; over the official driver, on a Neo4j server or on the embedded engine."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from threading import Event, get_ident
from time import perf_counter
from typing import Any, Final, TypeVar

import neo4j
from neo4j import exceptions as driver_errors

from . import cypher
from .address import Ask, Secret, server_address
from .batches import Progress, Transaction, tell_nobody
from .change import Change, Written
from .claims import Claim, Document
from .connection import Connection, open_embedded, open_server
from .driver import bare_ends, read_errors, reason, to_plain, value_errors, write_errors
from .errors import StatementWrong, StoreUnreachable
from .facts import Facts
from .rows import Rows, Stream
from .typed.clauses import to_columns
from .typed.guard import needs_its_plan, refuse_all_but_reading, refuse_side_effects
from .typed.safe import to_safe
from .typed.tokens import tokens
from .waiting import GivenUp, HandOut, results

_ResultT = TypeVar("_ResultT")

_OTHER_INDEXES: Final = ("FULLTEXT", "LOOKUP", "POINT", "TEXT", "VECTOR")
"""Sorts of indexes by which a node is not found by the value of its property, whoever made them."""
_BATCH: Final = 500
"""Rows that are handed on at once."""

_LOG: Final = logging.getLogger(__name__)
"""Tells at level DEBUG what the store was asked, with what, and how long it took."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A statement as it was asked.

    Attributes:
        statement: the Cypher.
        parameters: the values.
        mark: by which it is found again among all that the store is doing.
        stopped: set when nobody waits for its answer any more.
    """

    statement: str
    parameters: Mapping[str, Any]
    mark: str
    stopped: Event = field(default_factory=Event)


@dataclass(frozen=True, slots=True)
class _Transaction:
    """The driver's transaction as a change needs it."""

    driver: neo4j.ManagedTransaction
    deletes_at_once: bool

    def rows(self, statement: str, /, **parameters: Any) -> list[dict[str, Any]]:
        result = self.driver.run(statement, parameters)
        columns = result.keys()
        return [dict(zip(columns, record.values(), strict=True)) for record in result]

    def run(self, statement: str, /, **parameters: Any) -> int:
        return self.driver.run(statement, parameters).consume().counters.relationships_created


@dataclass(slots=True)
class GraphStore(AbstractContextManager["GraphStore"]):
    """A graph that is the fold of the claims written to it. Open one with ``open_store``; close it when done.

    Attributes:
        name: where it is, for messages; never holds a password.
    """

    name: str
    _connect: Callable[[], Connection] = field(repr=False)
    _connection: Connection = field(repr=False)
    _has_schema: bool = field(default=False, repr=False)
    _is_closed: bool = field(default=False, repr=False)
    _token: str = field(default_factory=lambda: secrets.token_hex(8), repr=False)

    @property
    def is_shared(self) -> bool:
        """Whether others may have data in the same database, as on a server; in a folder nobody has."""
        return self._connection.engine is None

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the server, or stop the engine if this process runs it."""
        self._is_closed = True
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
        asked = self._asked(statement, parameters)
        batches: list[list[Any]] = []
        with read_errors(self.name, None, shared=self.is_shared):
            self._answer(asked, batches.append)
        ((columns,), *rows) = batches
        return Rows(columns, list(chain.from_iterable(rows)))

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
        asked = self._asked(statement, parameters)
        with read_errors(self.name, seconds, shared=self.is_shared):
            answer = results(partial(self._answer, asked), partial(self._stop, asked), seconds)
            try:
                (columns,) = next(answer)
                yield Stream(columns, chain.from_iterable(answer))
            finally:
                answer.close()

    def _asked(self, statement: str, parameters: Mapping[str, Any]) -> _Asked:
        refuse_all_but_reading(statement)
        # The same mark for all that this thread asks: an engine plans a text that it knows but once.
        return _Asked(statement, parameters, f"legation-{self._token}-{get_ident()}")

    def _answer(self, asked: _Asked, hand_out: HandOut[list[Any]]) -> None:
        """Run a statement; hand out its columns in a list of one, then its rows in lists."""
        is_server = self._connection.engine is None
        handed_out = False

        @neo4j.unit_of_work(metadata={"legation": asked.mark})
        def work(transaction: neo4j.ManagedTransaction) -> None:
            if asked.stopped.is_set():  # a driver tries again what somebody else has ended
                raise GivenUp
            if handed_out:  # whoever took the first rows cannot take them twice
                raise StoreUnreachable(f"The store {self.name} stopped in the middle of its answer. Ask it again.")
            if is_server and needs_its_plan(asked.statement):
                refuse_side_effects(_explain(transaction, asked))
            # The embedded engine takes no metadata, so there the mark goes into the text.
            text = asked.statement if is_server else f"{to_safe(asked.statement)}\n// {asked.mark}"
            try:
                take(transaction, text)
            except KeyboardInterrupt:
                self._stop(asked)  # else the driver would wait for the end of it
                raise

        def take(transaction: neo4j.ManagedTransaction, text: str) -> None:
            nonlocal handed_out
            with value_errors():
                result = transaction.run(text, dict(asked.parameters))
            # Where there is no row, the embedded engine names no columns.
            columns = tuple(result.keys()) or to_columns(asked.statement, tokens(asked.statement))
            hand_out([columns])
            handed_out = True
            ids: dict[str, str] = {}
            while batch := result.fetch(_BATCH):
                ids |= self._ids({end for record in batch for end in bare_ends(list(record))} - ids.keys())
                hand_out([{name: to_plain(record[name], ids) for name in columns} for record in batch])

        begun = perf_counter()
        self._run(Connection.reading, lambda session: session.execute_read(work))
        _LOG.debug("%.3f s: %s %s", perf_counter() - begun, asked.statement, dict(asked.parameters))

    def _ids(self, elements: Set[str]) -> dict[str, str]:
        """Give our id for each of the engine's: a relation that comes alone knows no other of its ends."""
        if not elements:
            return {}
        with self._connection.reading() as session:
            rows = session.run(cypher.IDS_OF_ELEMENTS, elements=sorted(elements)).data()
        return {row["element"]: row["id"] for row in rows}

    def _stop(self, asked: _Asked) -> None:
        """End a statement that still runs, over a connection of its own."""
        asked.stopped.set()
        with (
            suppress(driver_errors.DriverError, driver_errors.Neo4jError),
            self._connection.reading() as session,
        ):
            for row in session.run("SHOW TRANSACTIONS YIELD *").data():
                if asked.mark in (row["currentQuery"] or "") or row["metaData"].get("legation") == asked.mark:
                    session.run("TERMINATE TRANSACTIONS $id", id=row["transactionId"]).consume()

    def write(
        self,
        document: Document,
        claims: Iterable[Claim],
        *,
        reading: str | None = None,
        progress: Progress = tell_nobody,
    ) -> Written:
        """Put a document in with all its claims, in place of what was loaded from it before; all of it or nothing.

        Args:
            document: the document.
            claims: its claims; the same claim twice counts once.
            reading: kept with the document as ``reading``, by which whoever has read it knows it again.
            progress: called after each batch of rows with how many are done, how many there are, and of what.

        Raises:
            WriteFailed: the store refused; it is as it was.
            StoreUnreachable: the store does not answer.
        """
        held = list(claims)
        return self._change(lambda change: change.replace(document, held, reading), progress)

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

    def mend(self, work: Callable[[Transaction], object]) -> None:
        """Run statements of our own in one transaction, whether or not constraints and indexes are in order."""
        with write_errors(self.name, self._connection.hint):
            self._in_transaction(lambda transaction: work(self._transaction(transaction)))

    def _change(self, work: Callable[[Change], Written], progress: Progress) -> Written:
        tried: list[Written] = []

        def once(change: Change) -> Written:
            tried.append(work(change))
            # Tried again and nothing to do: the first try got through, and only its answer was lost.
            return tried[0] if tried[-1].change == "unchanged" else tried[-1]

        return self._changed(once, progress)

    def _changed(self, work: Callable[[Change], _ResultT], progress: Progress) -> _ResultT:
        def run(transaction: neo4j.ManagedTransaction) -> _ResultT:
            return work(Change(self._transaction(transaction), progress))

        with write_errors(self.name, self._connection.hint):
            self._ensure_schema()
            try:
                return self._in_transaction(run)
            except driver_errors.IncompleteCommit:
                # Whether it is in, nobody has told; to do it again cannot do it twice.
                return self._in_transaction(run)

    def _transaction(self, transaction: neo4j.ManagedTransaction) -> _Transaction:
        return _Transaction(transaction, deletes_at_once=self._connection.engine is None)

    def _in_transaction(self, work: Callable[[neo4j.ManagedTransaction], _ResultT]) -> _ResultT:
        with self._connection.turn():
            return self._run(Connection.writing, lambda session: session.execute_write(work))

    def undeclared(self) -> list[cypher.Declared]:
        """Give the constraints and indexes that the store lacks."""
        unique = [row for row in self.read("SHOW CONSTRAINTS") if "UNIQUENESS" in row["type"]]
        held = {(*_declares(row), True) for row in unique}
        held |= {(*_declares(row), False) for row in self.read("SHOW INDEXES") if row["type"] not in _OTHER_INDEXES}
        wanted = cypher.declared(shared=self.is_shared)
        return [one for one in wanted if (one.label, one.name, one.unique) not in held]

    def _ensure_schema(self) -> None:
        """Make what is lacking; whoever may not make indexes can write where somebody else has made them."""
        if self._has_schema:
            return
        lacking = self.undeclared()
        for one in lacking:
            try:
                self._in_transaction(partial(_declare, one.statement))
            except driver_errors.ClientError as error:
                if not str(error.code).endswith("AlreadyExists"):  # somebody else has just made it
                    raise
        if lacking and self.is_shared:
            # Where others have many nodes of a label, an index takes its time.
            self._in_transaction(partial(_declare, "CALL db.awaitIndexes(600)"))
        self._has_schema = True

    def _run(
        self, session_of: Callable[[Connection], neo4j.Session], work: Callable[[neo4j.Session], _ResultT]
    ) -> _ResultT:
        try:
            with session_of(self._connection) as session:
                return work(session)
        except (driver_errors.ServiceUnavailable, driver_errors.SessionExpired, driver_errors.AuthError):
            engine = self._connection.engine
            if engine is None or engine.is_owner or self._is_closed:
                raise
        # The process that ran the engine has gone: open the store ourselves, or join whoever did. Nothing was
        # acknowledged, and doing the work again cannot do it twice.
        self._connection.close()
        self._connection = self._connect()
        with session_of(self._connection) as session:
            return work(session)


def open_store(url: str | Path, *, create: bool = False, ask: Ask | None = None) -> GraphStore:
    """Open a store.

    Args:
        url: the address of a Neo4j server (``bolt://host:7687``) or cluster (``neo4j+s://user:password@host/database``),
            or a folder for the embedded store. Credentials that the address lacks come from ``NEO4J_USERNAME`` and
            ``NEO4J_PASSWORD``.
        create: whether to make the folder if it is not there.
        ask: asks a person for the password; called once, if a server refuses a login without one.

    Returns:
        The store, connected; close it, or use it in a ``with``.

    Raises:
        StoreUnreachable: nobody answers there, its certificate is not trusted, it has no such database, or the
            credentials are refused.
        StoreBroken: the folder is no store, or the address has an unknown scheme.
    """
    url = Secret(url)  # a traceback that shows local values shall not show its password
    address = server_address(url)
    if address is None:
        connect = partial(open_embedded, Path(url), create)
        return GraphStore(str(Path(url)), connect, connect())
    connect = partial(open_server, address, ask)
    return GraphStore(str(address), connect, connect())


def _explain(transaction: neo4j.ManagedTransaction, asked: _Asked) -> dict[str, Any]:
    """Give the plan of a statement as the driver gives it, without running the statement."""
    try:
        return dict(transaction.run(f"EXPLAIN\n{asked.statement}", dict(asked.parameters)).consume().plan or {})
    except driver_errors.ClientError as error:
        # Its words stand a line lower there than whoever typed them sees them.
        told = re.sub(r"\bline (\d+)", lambda found: f"line {int(found[1]) - 1}", reason(error))
        raise StatementWrong(told) from error


def _declares(row: Mapping[str, Any]) -> tuple[str, str]:
    return ",".join(row["labelsOrTypes"] or ()), ",".join(row["properties"] or ())


def _declare(statement: str, transaction: neo4j.ManagedTransaction) -> None:
    transaction.run(statement).consume()
