"""The two formats for Neo4j, loaded into a real one: what comes out of it again is the same to the byte."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import neo4j as driver
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from legation.graph.check import check
from legation.graph.errors import ExportWrong
from legation.graph.exports.content import read_content
from legation.graph.exports.script import to_literal, to_script
from legation.graph.exports.table import EXPORTS
from legation.graph.store import GraphStore, open_store
from making import description, document
from servers import LTS, NoNeo4j, Server, fetch, find_java


def script(store: GraphStore) -> str:
    """Give a store as a script."""
    with read_content(store) as content:
        return "".join(to_script(content))


@pytest.mark.parametrize("server", ["neo4j_5", "neo4j_2026"])
def test_a_script_makes_the_same_graph_in_neo4j(
    filled: GraphStore, server: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue(server)
    written = script(filled)
    with driver.GraphDatabase.driver(url) as opened, opened.session() as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
        for line in written.split("\n"):  # every statement is a line
            if line and not line.startswith("//"):
                session.run(line.removesuffix(";")).consume()
    with open_store(url) as copy:
        assert script(copy).split("\n") == written.split("\n")
        assert check(copy).in_order


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.text(alphabet="\\u'0027\"`;${}nU\n\r\x00\x1f\x85\u2028🚀é", max_size=12), max_size=20))
def test_no_text_is_more_than_a_text_in_a_script(neo4j_5: str, texts: list[str]) -> None:
    with open_store(neo4j_5) as store:
        assert store.read(f"RETURN {to_literal(texts)} AS texts").records == [{"texts": texts}]


@pytest.mark.parametrize("value", [0, -7, 2**62, 0.1, -1e300, 1e-300, 1e22, True, False, [1, 2], [0.5], {"a`b": "c"}])
def test_a_literal_is_its_value(neo4j_5: str, value: object) -> None:
    with open_store(neo4j_5) as store:
        assert repr(store.read(f"RETURN {to_literal(value)} AS v").records) == repr([{"v": value}])


def test_the_importer_of_neo4j_makes_the_same_graph(filled: GraphStore, tmp_path: Path) -> None:
    with read_content(filled) as content:
        EXPORTS["neo4j"].write(content, tmp_path / "out.neo4j")
    try:
        java, jars = find_java(17), fetch(LTS)
    except NoNeo4j as error:
        pytest.skip(str(error))
    home = tmp_path / "home"
    (home / "conf").mkdir(parents=True)
    command = [
        java,
        "-cp",
        f"{jars}/*",
        "org.neo4j.cli.AdminTool",
        "database",
        "import",
        "full",
        "neo4j",
        "@import.args",
    ]
    env = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    done = subprocess.run(
        command, cwd=tmp_path / "out.neo4j", env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    server = Server(home)
    server.start()
    try:
        with open_store(server.url) as copy, driver.GraphDatabase.driver(server.url) as opened:
            for line in (tmp_path / "out.neo4j" / "schema.cypher").read_text().splitlines():
                opened.execute_query(line)
            assert check(copy).in_order
            assert script(copy) == script(filled)
    finally:
        server.stop()


def test_a_list_that_the_importer_could_not_take_apart_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        store.write(document(), [description("firm:baykar", aliases=("a\x1fb", "c"))])
        with read_content(store) as content, pytest.raises(ExportWrong, match=r"U\+001F.*Export to \.cypher"):
            EXPORTS["neo4j"].write(content, tmp_path / "out.neo4j")
        assert "a\\u001fb" in script(store)
    assert not (tmp_path / "out.neo4j").exists()
