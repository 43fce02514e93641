"""A Neo4j server that asks for a password: where the credentials come from, and that they are never shown."""

from __future__ import annotations

import traceback
from collections.abc import Iterator

import neo4j as driver
import pytest
from legation.graph.errors import LegationError, StoreUnreachable
from legation.graph.store import open_store
from making import document, transfer
from servers import NoNeo4j, neo4j

PASSWORD = "p@ss/w:rd 1"
IN_A_URL = "p%40ss%2Fw%3Ard%201"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the server answers, without the scheme; its user neo4j has the password above."""
    try:
        with neo4j(tmp_path_factory.mktemp("servers") / "guarded", auth=True) as url:
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


def test_a_database_in_the_address(address: str) -> None:
    with open_store(f"bolt://neo4j:{IN_A_URL}@{address}/neo4j") as store:
        assert store.read("RETURN 1 AS one").records == [{"one": 1}]
    with (
        open_store(f"bolt://neo4j:{IN_A_URL}@{address}/nowhere") as store,
        pytest.raises(LegationError, match="nowhere"),
    ):
        store.read("RETURN 1 AS one")


@pytest.mark.parametrize(("login", "told"), [("neo4j:wr0ngword@", "the password of 'neo4j'"), ("", "a login without")])
def test_a_refused_login_says_what_to_set_and_not_the_password(address: str, login: str, told: str) -> None:
    with pytest.raises(StoreUnreachable) as caught:
        open_store(f"bolt://{login}{address}")
    assert told in str(caught.value)
    assert "NEO4J_PASSWORD" in str(caught.value)
    assert "wr0ngword" not in str(caught.value)
    assert all("wr0ngword" not in str(one) for one in traceback.format_exception(caught.value))
