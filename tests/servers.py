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

from filelock import FileLock

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
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(CACHE / "neo4j.lock"):  # the workers of one run all want it first, and share what Maven keeps
        if not jars.exists():
            fresh = jars.with_name(f"{jars.name}.fresh")
            command = ["mvn", "--quiet", "--batch-mode", "--file", str(HERE / "pom.xml")]
            options = [f"-Dneo4j.version={version}", "-DincludeScope=runtime", f"-DoutputDirectory={fresh}"]
            command += ["dependency:copy-dependencies", *options]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise NoNeo4j(f"Maven could not fetch Neo4j {version}: {done.stdout.strip()[-300:]}")
            fresh.rename(jars)
    return jars


class Server:
    """A Neo4j on data in a folder; it can be killed and started again, on the same port and with its data.

    Attributes:
        url: its address.
    """

    def __init__(
        self, folder: Path, version: str = LTS, *, auth: bool = False, certificate: Path | None = None
    ) -> None:
        self._folder = folder
        self._version = version
        self._java, self._jars = find_java(_NEEDED_JAVA[version]), fetch(version)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._arguments = [
            str(folder),
            str(self._port),
            str(auth).lower(),
            *([str(certificate)] if certificate else []),
        ]
        self.url = f"bolt://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        # The first of the two compilers alone: servers start in half the time, and no test runs long enough for more.
        options = [
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-cp",
            f"{self._jars}/*",
        ]
        command = [self._java, *options, str(HERE / "Server.java"), *self._arguments]
        log = self._folder.parent / f"{self._folder.name}.log"
        with log.open("w") as errors:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
            )
        for line in self._process.stdout or ():
            if line.strip() == "READY":
                return
        raise NoNeo4j(f"Neo4j {self._version} did not start: {log.read_text()[-500:]}")

    def kill(self) -> None:
        """End it as a failing machine would."""
        self._process.kill()
        self.stop()

    def stop(self) -> None:
        """End it."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process.wait(timeout=60)


@contextmanager
def neo4j(folder: Path, version: str = LTS, *, auth: bool = False, certificate: Path | None = None) -> Iterator[str]:
    """Run a server on data in a folder and give its address.

    Args:
        folder: the data.
        version: of Neo4j.
        auth: whether it asks for a password.
        certificate: a folder with ``private.key`` and ``public.crt``, with which it takes TLS as well.
    """
    server = Server(folder, version, auth=auth, certificate=certificate)
    try:
        server.start()
        yield server.url
    finally:
        server.stop()


def make_certificate(folder: Path) -> Path:
    """Make a certificate for this machine that nobody has signed; gives the folder."""
    folder.mkdir()
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(folder / "private.key"), "-out", str(folder / "public.crt")]
    if shutil.which("openssl") is None:
        raise NoNeo4j("no openssl on this machine")
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    return folder
