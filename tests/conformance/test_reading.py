"""Reading only reads: through the one door that there is, and behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from attempts import CALLING, LOADING, STEERING, WRITING
from holding import everything
from legation.graph.errors import QueryError, StatementRefused, StatementWrong
from legation.graph.store import GraphStore
from making import document, relation, transfer

NEWS = document("Turkey sold drones to Poland, said the minister.")
CLAIMS = [
    transfer("TUR", "POL", "system:bayraktar-tb2", "signed", of=NEWS),
    relation("MAKES", "firm:baykar", "system:bayraktar-tb2", of=NEWS),
]


@pytest.fixture
def told(store: GraphStore) -> GraphStore:
    """A store that holds a little."""
    store.write(NEWS, CLAIMS)
    return store


def schema(store: GraphStore) -> list[str]:
    return sorted(str(row["name"]) for row in store.read("SHOW INDEXES"))


class Listener:
    """A web server that counts who calls."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.calls.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"secret,words\n")

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/x.csv"


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A web server on this machine that wants to be called."""
    made = Listener()
    thread = Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_no_attempt_to_write_changes_anything(told: GraphStore) -> None:
    before, indexes = everything(told), schema(told)
    for statement in WRITING:
        with pytest.raises((StatementRefused, StatementWrong)):
            told.read(statement)
        assert everything(told) == before, statement
    assert schema(told) == indexes


def test_no_attempt_to_write_changes_anything_where_nobody_looks_at_the_words(
    told: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The transaction that may only read, or the user who may only read, refuses it alone."""
    monkeypatch.setattr("legation.graph.store.refuse_all_but_reading", lambda statement: None)
    monkeypatch.setattr("legation.graph.store.to_safe", lambda statement: statement)
    before, indexes = everything(told), schema(told)
    for statement in WRITING:
        with suppress(QueryError):
            told.read(statement)
        assert everything(told) == before, statement
        assert schema(told) == indexes, statement


def test_nothing_may_be_called_or_steered(told: GraphStore) -> None:
    for statement in (*CALLING, *STEERING):
        with pytest.raises((StatementRefused, StatementWrong)):
            told.read(statement)


def test_no_file_is_read_or_written_and_no_address_is_called(
    told: GraphStore, tmp_path: Path, listener: Listener
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("secret,words\n", encoding="utf-8")
    there = sorted(tmp_path.iterdir())
    for attempt in LOADING:
        statement = attempt.format(file=secret.as_uri(), http=listener.url)
        for where in (secret.as_uri(), listener.url):
            with pytest.raises((StatementRefused, StatementWrong)) as caught:
                told.read(statement, where=where)
            assert "secret,words" not in str(caught.value)
    assert listener.calls == []
    assert sorted(tmp_path.iterdir()) == there


def test_the_plan_alone_gives_a_disguised_call_away(told: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a server reads between the lines, its plan shows; the embedded engine refuses it to its reading user."""
    monkeypatch.setattr("legation.graph.store.refuse_all_but_reading", lambda statement: None)
    for call in ("C\\u0041LL", "CALL"):
        with pytest.raises((StatementRefused, StatementWrong)):
            told.read(f"{call} dbms.listConfig() YIELD name RETURN name")


def test_there_are_more_than_sixty_attempts() -> None:
    assert len({*WRITING, *CALLING, *LOADING, *STEERING}) >= 60


@pytest.mark.parametrize(
    "statement",
    [
        "CALL db.labels() YIELD label RETURN label",
        "MATCH (n:State) CALL { WITH n MATCH (n)-[r]->() RETURN count(r) AS k } RETURN n.id, k",
        "MATCH (n {name: 'CREATE (:Stolen) // CALL dbms.x() LOAD CSV'}) RETURN n",
        "MATCH (n) WHERE n.`call` IS NULL RETURN n.name AS `load`",
        "RETURN 'LOAD CSV FROM \"http://127.0.0.1:1/x\"' AS words",
        "RETURN date('2021-12-03') AS day, duration.between(date('2021-01-01'), date('2021-01-02')) AS d",
        "RETURN '\\u0041' AS letter",
        "MATCH (n:State)\n// SET n.name = 'x'\nRETURN n",
        "SHOW INDEXES",
    ],
)
def test_what_only_reads_is_let_through(told: GraphStore, statement: str) -> None:
    told.read(statement)


@pytest.mark.parametrize("value", ["'}) DETACH DELETE n //", "$x", "`", "\\u0027 OR 1=1", '"; CREATE (:Stolen)'])
def test_a_parameter_is_never_part_of_the_statement(told: GraphStore, value: str) -> None:
    before = everything(told)
    assert told.read("MATCH (n:Actor {name: $name}) RETURN n", name=value).records == []
    assert told.read("RETURN $value AS value", value=value).records == [{"value": value}]
    assert everything(told) == before


def test_an_empty_and_an_endless_statement_are_refused_at_once(told: GraphStore) -> None:
    for statement in ("", "  // nothing\n", "/* nothing"):
        with pytest.raises(StatementWrong, match="is empty"):
            told.read(statement)
    with pytest.raises(StatementWrong, match="10,000,000 characters"):
        told.read("RETURN 1 AS n //" + "x" * 9_999_984)
