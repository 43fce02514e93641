"""Fixtures: both stores, the folder of real files, a browser; and what becomes of skips."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from legation.graph.store import GraphStore, open_store
from servers import CALENDAR, LTS, NoNeo4j, neo4j

NO_SKIPS = bool(os.environ.get("LEGATION_NO_SKIPS"))
_missing: list[str] = []


@pytest.fixture(scope="session")
def neo4j_5(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Neo4j 5.26, without a password."""
    yield from _server(LTS, tmp_path_factory)


@pytest.fixture(scope="session")
def neo4j_2026(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Neo4j 2026.09, without a password."""
    yield from _server(CALENDAR, tmp_path_factory)


def _server(version: str, folders: pytest.TempPathFactory) -> Iterator[str]:
    try:
        with neo4j(folders.mktemp("servers") / version, version) as url:
            yield url
    except NoNeo4j as error:
        _missing.append(f"The tests on Neo4j {version} were skipped: {error}.")
        pytest.skip(str(error))


@pytest.fixture(params=["embedded", "neo4j_5", "neo4j_2026"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store of either kind."""
    if request.param == "embedded":
        for gap in request.node.iter_markers("embedded_gap"):
            request.applymarker(pytest.mark.xfail(strict=True, reason=gap.kwargs["reason"]))
        return str(tmp_path / "store")
    url: str = request.getfixturevalue(request.param)
    empty(url)
    return url


_ON_EVERY_SERVER = {"conformance", "queries", "exports"}
"""Folders of tests on what a server's version can change: its language, the answers, the files that it reads."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run on the newer server only what is about servers; all else has run on the embedded engine and the older one."""
    again = [
        item
        for item in items
        if "neo4j_2026" in getattr(getattr(item, "callspec", None), "id", "")
        and not _ON_EVERY_SERVER.intersection(item.path.parts)
    ]
    config.hook.pytest_deselected(items=again)
    items[:] = [item for item in items if item not in set(again)]


@pytest.fixture
def empty_neo4j(neo4j_5: str) -> str:
    """The address of a real Neo4j 5.26 that holds nothing."""
    empty(neo4j_5)
    return neo4j_5


@pytest.fixture
def store(store_url: str) -> Iterator[GraphStore]:
    """An empty store of either kind, open."""
    with open_store(store_url, create=True) as opened:
        yield opened


def empty(url: str) -> None:
    """Take everything out of a Neo4j by its own driver; the store's interface only takes out documents."""
    import neo4j as driver  # noqa: PLC0415

    with driver.GraphDatabase.driver(url) as server:
        server.execute_query("MATCH (n) DETACH DELETE n")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files that cannot be published."""
    folder = os.environ.get("LEGATION_REAL_DATA")
    if not folder:
        pytest.skip("LEGATION_REAL_DATA names no folder of real files")
    return Path(folder)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Turn skips into failures where they are forbidden, but for what only another platform can run."""
    report = yield
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail") and not item.get_closest_marker("platform_only"):  # type: ignore[attr-defined]
        report.outcome = "failed"  # type: ignore[attr-defined]
        report.longrepr = f"skipped, and LEGATION_NO_SKIPS forbids it: {report.longrepr}"  # type: ignore[attr-defined]
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line which engine was not tested."""
    for line in _missing:
        terminalreporter.write_line(line, yellow=True)
