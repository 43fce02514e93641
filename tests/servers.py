"""A real Neo4j for the tests, fetched from Maven Central at the first run and started on a free port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent / "neo4j"
CACHE = Path(os.environ.get("LEGATION_TEST_CACHE", Path(__file__).parents[1] / ".cache"))


class NoNeo4j(Exception):
    """Java or Maven is missing, or the server could not be fetched; the text says which."""


def fetch(version: str) -> Path:
    """Fetch the server's jars once and give their folder."""
    for tool in ("java", "mvn"):
        if shutil.which(tool) is None:
            raise NoNeo4j(f"no {tool} on this machine")
    jars = CACHE / f"neo4j-{version}"
    if not jars.exists():
        fresh = jars.with_name(f"{jars.name}.{os.getpid()}")
        command = ["mvn", "--quiet", "--batch-mode", "--file", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
        options = [f"-Dneo4j.version={version}", "-DincludeScope=runtime", f"-DoutputDirectory={fresh}"]
        done = subprocess.run(command + options, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoNeo4j(f"Maven could not fetch Neo4j {version}: {done.stdout.strip()[-300:]}")
        fresh.rename(jars)
    return jars


@contextmanager
def neo4j(folder: Path, version: str = "5.26.31", *, auth: bool = False) -> Iterator[str]:
    """Run a server on data in a folder and give its address."""
    jars = fetch(version)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["-Xmx1g", "-XX:+UseSerialGC", "--add-opens=java.base/java.nio=ALL-UNNAMED"]
    command = [
        "java",
        *options,
        "-cp",
        f"{jars}/*",
        str(HERE / "Server.java"),
        str(folder),
        str(port),
        str(auth).lower(),
    ]
    log = folder.parent / f"{folder.name}.log"
    with log.open("w") as errors:
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        for line in server.stdout or ():
            if line.strip() == "READY":
                break
        else:
            raise NoNeo4j(f"Neo4j {version} did not start: {log.read_text()[-500:]}")
        yield f"bolt://127.0.0.1:{port}"
    finally:
        if server.stdin:
            server.stdin.close()
        if server.stdout:
            server.stdout.close()
        server.wait(timeout=60)
