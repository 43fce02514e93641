"""The servers of the tests are fetched once, however many workers want them first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import servers

SLOW_MAVEN = """#!/bin/sh
for word; do case "$word" in -DoutputDirectory=*) folder="${word#*=}";; esac; done
echo fetched >> "$(dirname "$0")/calls"
mkdir -p "$folder" && sleep 0.3 && touch "$folder/server.jar"
"""


def test_workers_that_want_a_server_at_once_fetch_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maven = tmp_path / "mvn"
    maven.write_text(SLOW_MAVEN)
    maven.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(servers, "CACHE", tmp_path / "cache")
    with ThreadPoolExecutor() as workers:
        (jars,) = set(workers.map(servers.fetch, [servers.LTS] * 3))
    assert [jar.name for jar in jars.iterdir()] == ["server.jar"]
    assert (tmp_path / "calls").read_text() == "fetched\n"
