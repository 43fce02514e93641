"""The connection of a store: the drivers for a server or the embedded engine, their sessions, and how they are made."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import neo4j
from neo4j import exceptions as driver_errors

from .address import Ask, Login, Secret, ServerAddress, why_nobody_answers
from .driver import RIGHTS, reason
from .embedded import EmbeddedEngine, open_engine
from .errors import StoreUnreachable
from .folder import DATABASE, lack_of_room

_CONNECT_SECONDS: Final = 5.0
_GREET_SECONDS: Final = 10.0
_RETRY_SECONDS: Final = 5.0
_ELECTION_SECONDS: Final = 30.0
"""As long may a cluster take to find that its leader has gone and to choose another."""
_TAKE_OVER_SECONDS: Final = 0.5

# The driver says every retry on stderr; what matters of it reaches the user as one error.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
logging.getLogger("neo4j").propagate = False


@dataclass(frozen=True, slots=True)
class Connection:
    """Drivers for writing and for reading (the same one on a server), and what to close.

    Attributes:
        bookmarks: how far the writes of this process have come, so that whichever member of a cluster is read from
            next has them; None where there is no cluster.
    """

    writer: neo4j.Driver
    reader: neo4j.Driver
    database: str | None
    engine: EmbeddedEngine | None = None
    bookmarks: neo4j.BookmarkManager | None = None

    def writing(self) -> neo4j.Session:
        """Open a session that writes; of a cluster it goes to the leader."""
        return self.writer.session(database=self.database, bookmark_manager=self.bookmarks)

    def reading(self) -> neo4j.Session:
        """Open a session that reads, and sees all that this process has written."""
        return self.reader.session(
            database=self.database, bookmark_manager=self.bookmarks, default_access_mode=neo4j.READ_ACCESS
        )

    def close(self) -> None:
        """Close the drivers, and stop the engine if it runs here."""
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


def open_embedded(folder: Path, create: bool) -> Connection:
    """Open the embedded store in a folder; raises as ``open_engine`` does."""
    engine = open_engine(folder, create=create)
    uri = f"bolt://127.0.0.1:{engine.address.port}"
    with ExitStack() as undone:
        undone.callback(engine.close)
        # Changes take turns, so there is nothing to try again but an owner that has gone; him we replace.
        writer = _driver(uri, ("root", engine.address.writer), _TAKE_OVER_SECONDS)
        reader = _driver(uri, ("reader", engine.address.reader), _TAKE_OVER_SECONDS)
        undone.pop_all()
    return Connection(writer, reader, DATABASE, engine)


def open_server(address: ServerAddress, ask: Ask | None) -> Connection:
    """Connect to a server.

    Args:
        address: of it.
        ask: asks a person for the password; called once, if the server refuses a login without one.

    Raises:
        StoreUnreachable: nobody answers, the login is refused or may not read, or there is no such database.
    """
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
    return Connection(driver, driver, address.database, bookmarks=neo4j.GraphDatabase.bookmark_manager())


def _connected(address: ServerAddress, login: Login) -> neo4j.Driver | None:
    """Connect to a server; None if it refuses the login."""
    driver = _driver(address.uri, login.as_pair(), _ELECTION_SECONDS if address.is_routed else _RETRY_SECONDS)
    try:
        driver.verify_connectivity()
        with driver.session(database=address.database, default_access_mode=neo4j.READ_ACCESS) as session:
            session.run("RETURN 1").consume()
    except driver_errors.Forbidden as error:
        driver.close()
        raise StoreUnreachable(f"{login.user!r} may not read at {address}: {reason(error)} {RIGHTS}") from error
    except driver_errors.AuthError:
        driver.close()
        return None
    except driver_errors.ClientError as error:
        driver.close()
        raise StoreUnreachable(f"{address} answers, but: {reason(error)}") from error
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
