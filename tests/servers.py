"""A real Neo4j for the tests, fetched from Maven Central at the first run and started on a free port."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LTS = "5.26.31"
CALENDAR = "2026.09.0"
_NEEDED_JAVA = {LTS: 17, CALENDAR: 21}

HERE = Path(__file__).parent / "neo4j"
CACHE = Path(os.environ.get("LEGATION_TEST_CACHE", Path(__file__).parents[1] / ".cache"))


class NoNeo4j(Exception):
    """Java or Maven is missing, or the server could not be fetched; the text says which."""


def find_java(least: int) -> str:
    """Find a Java of at least this version: of JAVA_HOME, on the path, or where Linux systems keep theirs."""
    places = [Path(home) / "bin" / "java" for home in (os.environ.get("JAVA_HOME"),) if home]
    places += [Path(java) for java in (shutil.which("java"),) if java]
    places += sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    for java in places:
        done = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=False)
        found = re.search(r'version "(\d+)', done.stderr)
        if found and int(found[1]) >= least:
            return str(java)
    raise NoNeo4j(f"no Java {least} or newer on this machine")


def fetch(version: str) -> Path:
    """Fetch the server's jars once and give their folder."""
    if shutil.which("mvn") is None:
        raise NoNeo4j("no Maven on this machine")
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
def neo4j(folder: Path, version: str = LTS, *, auth: bool = False) -> Iterator[str]:
    """Run a server on data in a folder and give its address."""
    java, jars = find_java(_NEEDED_JAVA[version]), fetch(version)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["-Xmx1g", "-XX:+UseSerialGC", "--add-opens=java.base/java.nio=ALL-UNNAMED"]
    command = [
        java,
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
