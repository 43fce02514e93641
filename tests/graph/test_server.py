"""A Neo4j server that asks for a password and takes TLS: where the credentials come from, that they are never shown."""

from __future__ import annotations

import socket
import ssl
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import neo4j as driver
import pytest
from legation.graph.address import server_address
from legation.graph.check import check
from legation.graph.errors import LegationError, StoreBroken, StoreUnreachable
from legation.graph.store import open_store
from making import document, transfer
from servers import NoNeo4j, make_certificate, neo4j

PASSWORD = "p@ss/w:rd 1"
IN_A_URL = "p%40ss%2Fw%3Ard%201"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the server answers, without the scheme; its user neo4j has the password above."""
    try:
        folder = tmp_path_factory.mktemp("servers")
        certificate = make_certificate(folder / "certificate")
        with neo4j(folder / "guarded", auth=True, certificate=certificate) as url:
            with driver.GraphDatabase.driver(url, auth=("neo4j", "neo4j")) as first:
                change = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new"
                first.execute_query(change, new=PASSWORD, database_="system")
            yield url.removeprefix("bolt://")
    except NoNeo4j as error:
        pytest.skip(str(error))


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_credentials_in_the_address(address: str, scheme: str) -> None:
    with open_store(f"{scheme}://neo4j:{IN_A_URL}@{address}") as store:
        news = document()
        assert store.write(news, [transfer("TUR", "POL", "system:uav", "signed", of=news)]).claims == 1
        assert store.name == f"{scheme}://{address}"
        store.forget(news.id)


def test_credentials_in_the_environment(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", "neo4j")
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)
    with open_store(f"bolt://{address}") as store:
        assert store.read("RETURN 1 AS one").records == [{"one": 1}]


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
@pytest.mark.parametrize("where", ["/neo4j", "?database=neo4j", "/neo4j?database=neo4j"])
def test_a_database_in_the_address(address: str, scheme: str, where: str) -> None:
    with open_store(f"{scheme}://neo4j:{IN_A_URL}@{address}{where}") as store:
        assert store.read("RETURN 1 AS one").records == [{"one": 1}]
        assert store.name == f"{scheme}://{address}/neo4j"


def test_a_named_user_loads_asks_and_forgets(address: str) -> None:
    """The Community edition knows no rights; whoever logs in may do everything."""
    with driver.GraphDatabase.driver(f"bolt://{address}", auth=("neo4j", PASSWORD)) as admin:
        admin.execute_query("CREATE USER eve SET PASSWORD 'long-enough' CHANGE NOT REQUIRED", database_="system")
    news = document()
    with open_store(f"neo4j://eve:long-enough@{address}") as store:
        assert store.write(news, [transfer("TUR", "POL", "system:uav", "signed", of=news)]).change == "new"
        assert check(store).findings == ()
        assert store.forget(news.id).change == "forgotten"


def test_a_user_who_must_change_the_password_first_is_told_so(address: str) -> None:
    with driver.GraphDatabase.driver(f"bolt://{address}", auth=("neo4j", PASSWORD)) as admin:
        admin.execute_query("CREATE USER bob SET PASSWORD 'long-enough' CHANGE REQUIRED", database_="system")
    with pytest.raises(StoreUnreachable, match="must be changed") as caught:
        open_store(f"bolt://bob:long-enough@{address}")
    assert "long-enough" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_database_that_is_not_there_is_told_before_anything_begins(address: str, scheme: str) -> None:
    with pytest.raises(StoreUnreachable, match=r"answers, but: .*nowhere"):
        open_store(f"{scheme}://neo4j:{IN_A_URL}@{address}?database=nowhere")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("bolt://h/a/b", "names no database or several"),
        ("bolt://h/a?database=b", "names no database or several"),
        ("bolt://h?database=", "names no database or several"),
        ("bolt://h?policy=eu", "takes \\?database=NAME and nothing else"),
    ],
)
def test_an_address_that_cannot_be_meant_is_refused(url: str, told: str) -> None:
    with pytest.raises(StoreBroken, match=told):
        server_address(url)


def test_what_an_address_tells_a_cluster_is_passed_on() -> None:
    address = server_address("neo4j://h:1/arms%20trade?policy=eu")
    assert address
    assert (address.uri, address.database, str(address)) == (
        "neo4j://h:1?policy=eu",
        "arms trade",
        "neo4j://h:1/arms trade",
    )


@pytest.mark.parametrize(("login", "told"), [("neo4j:wr0ngword@", "the password of 'neo4j'"), ("", "a login without")])
def test_a_refused_login_says_what_to_set_and_not_the_password(address: str, login: str, told: str) -> None:
    with pytest.raises(StoreUnreachable) as caught:
        open_store(f"bolt://{login}{address}")
    assert told in str(caught.value)
    assert "NEO4J_PASSWORD" in str(caught.value)
    assert "wr0ngword" not in str(caught.value)
    assert all("wr0ngword" not in str(one) for one in traceback.format_exception(caught.value))


@pytest.mark.parametrize("login", ["neo4j:wr0ngword@", f"neo4j:{IN_A_URL}@"])
@pytest.mark.parametrize("where", ["bolt://{}{}", "bolt+s://{}{}", "neo4j://{}127.0.0.1:1", "bolt://{}{}/not@a-path"])
def test_no_password_is_in_a_traceback_with_local_values(address: str, login: str, where: str) -> None:
    secrets = ("wr0ngword", PASSWORD, IN_A_URL)
    try:
        open_store(where.format(login, address)).close()
    except LegationError as error:
        told = traceback.TracebackException.from_exception(error, capture_locals=True)
        told.stack = traceback.StackSummary.from_list(told.stack[1:])  # the first is this test, which wrote the address
        assert not [line for line in told.format() for secret in secrets if secret in line]


@pytest.mark.parametrize("scheme", ["bolt+ssc", "neo4j+ssc"])
def test_tls_with_a_certificate_that_nobody_signed(address: str, scheme: str) -> None:
    with open_store(f"{scheme}://neo4j:{IN_A_URL}@{address}") as store:
        assert store.read("RETURN 1 AS one").records == [{"one": 1}]


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_certificate_that_is_not_trusted_says_what_to_do(address: str, scheme: str) -> None:
    told = rf"The certificate of {scheme}\+s://{address} is not trusted: self-signed certificate.*{scheme}\+ssc://"
    with pytest.raises(StoreUnreachable, match=told):
        open_store(f"{scheme}+s://neo4j:{IN_A_URL}@{address}")


def test_tls_with_a_certificate_that_the_machine_trusts(
    address: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = next(tmp_path_factory.getbasetemp().glob("servers*/certificate/public.crt"))
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    with open_store(f"bolt+s://neo4j:{IN_A_URL}@{address}") as store:
        assert store.read("RETURN 1 AS one").records == [{"one": 1}]


def test_a_server_without_tls_says_so(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as plain:
        engine = plain._connection.engine
        assert engine
        for scheme in ("bolt", "neo4j"):
            with pytest.raises(StoreUnreachable, match=rf"does not answer with TLS.*write {scheme}:// instead"):
                open_store(f"{scheme}+s://127.0.0.1:{engine.address.port}")


def test_a_server_that_takes_only_tls_says_so(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path / "certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "public.crt", certificate / "private.key")
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            guest, _ = listening.accept()
            with pytest.raises(ssl.SSLError):
                context.wrap_socket(guest, server_side=True)

        greeter = threading.Thread(target=greet)
        greeter.start()
        with pytest.raises(StoreUnreachable, match=r"If it takes only TLS, write bolt\+s:// instead"):
            open_store(f"bolt://127.0.0.1:{listening.getsockname()[1]}")
        greeter.join()


def test_a_password_is_asked_for_once_and_only_if_the_server_wants_one(address: str) -> None:
    asked = []

    def ask(who: str) -> str:
        asked.append(who)
        return PASSWORD

    with open_store(f"bolt://{address}", ask=ask) as store:
        assert store.read("RETURN 1 AS one").records == [{"one": 1}]
        assert PASSWORD not in repr(store)
    assert asked == [f"neo4j at bolt://{address}"]
    with pytest.raises(StoreUnreachable, match="the password of 'neo4j'"):
        open_store(f"bolt://neo4j:wrong@{address}", ask=ask)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("given", "told"), [(None, "a login without a password"), ("wrong", "the password of 'neo4j'")]
)
def test_a_password_that_nobody_gives_or_that_is_wrong_ends_the_asking(
    address: str, given: str | None, told: str
) -> None:
    with pytest.raises(StoreUnreachable, match=told):
        open_store(f"bolt://{address}", ask=lambda _: given)
