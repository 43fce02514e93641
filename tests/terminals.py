"""Commands as processes of their own: on a terminal of some width, with a reader that goes away, interrupted."""

from __future__ import annotations

import os
import pty
import struct
import subprocess
import sys
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

LEGATION = str(Path(sys.executable).with_name("legation"))


def environment(store: Path, **more: str) -> dict[str, str]:
    """Give the variables of a process that uses a store, with `legation` among the programs that are found."""
    found = f"{Path(LEGATION).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "FORCE_COLOR")}
    return {**kept, "PATH": found, "LEGATION_STORE": str(store), "TERM": "xterm-256color", **more}


def on_terminal(*words: str, store: Path, columns: int, **more: str) -> str:
    """Run a command on a terminal; give all that appears on it."""
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(
        [LEGATION, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=environment(store, **more)
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so where others give an empty end
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    assert process.wait() == 0, seen
    return seen.decode().replace("\r\n", "\n")


def in_shell(line: str, store: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line as bash runs it that somebody types; any part of a pipe that fails makes it fail."""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=folder,
        env=environment(store),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
