"""Builds the sdist and from it the wheel, installs that into an empty environment, and has it do a day's work.

    python .ci/smoke.py [PYTHON ...]

For each interpreter, this one unless told: a new environment with nothing but the wheel and what it asks for.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORK = (
    ("--version",),
    ("demo", "-q"),
    ("query", "suppliers", "--buyer", "Poland", "-q"),
    ("path", "Poland", "Azerbaijan", "-q"),
    ("cypher", "MATCH (s:State)-[r:ARMS]->(b:State) RETURN s.name, b.name", "--format", "csv"),
    ("snapshot", "Turkey", "-o", "turkey.html"),
    ("check",),
)


def run(*command: str | Path, folder: Path) -> str:
    """Run a command and give what it says; if it fails, so do we."""
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def programs(environment: Path) -> Path:
    return environment / ("Scripts" if sys.platform == "win32" else "bin")


def build(folder: Path) -> Path:
    """Build the sdist of a clone and the wheel of the sdist; give the wheel."""
    run("git", "clone", "--quiet", ROOT, folder / "clone", folder=folder)
    venv.create(folder / "builder", with_pip=True)
    python = programs(folder / "builder") / "python"
    run(python, "-m", "pip", "install", "--quiet", "build>=1.2,<2", folder=folder)
    run(python, "-m", "build", "--outdir", folder, folder / "clone", folder=folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def main() -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        wheel = build(folder)
        for number, python in enumerate(sys.argv[1:] or [sys.executable]):
            begun = time.monotonic()
            environment = folder / f"environment{number}"
            run(python, "-m", "venv", environment, folder=folder)
            run(programs(environment) / "python", "-m", "pip", "install", "--quiet", wheel, folder=folder)
            installed = time.monotonic()
            for words in WORK:
                run(programs(environment) / "legation", *words, folder=environment)
            version = run(python, "--version", folder=folder).strip()
            worked = time.monotonic() - installed
            print(f"{wheel.name} on {version}: installed in {installed - begun:.0f} s, worked in {worked:.0f} s")


if __name__ == "__main__":
    main()
