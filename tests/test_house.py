"""The floors of the house, and who may import what."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(
    [ROOT / "cli.py", *(path for room in ("graph", "loaders", "queries") for path in (ROOT / room).rglob("*.py"))]
)

ONLY = {
    "neo4j": {"graph/store.py", "graph/connection.py", "graph/driver.py"},
    "arcadedb": {"graph/embedded.py"},
    "pyvis": {"graph/views/snapshot.py"},
    "click": {"cli.py"},
    "rich": {"cli.py"},
}


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Give the level and the name of every import in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""


@pytest.mark.parametrize("library", ONLY)
def test_a_library_is_imported_in_its_one_place(library: str) -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        for level, name in imports(path)
        if not level and name.split(".")[0] == library
    }
    assert users == ONLY[library]


def test_inside_the_package_imports_are_relative() -> None:
    absolute = [
        path for path in FILES for level, name in imports(path) if not level and name.split(".")[0] == "legation"
    ]
    assert absolute == []


def test_only_the_command_line_prints_and_nothing_asserts() -> None:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not isinstance(node, ast.Assert), path
            printed = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            assert not printed, path


def test_the_floors_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    heavy = {"neo4j", "arcadedb", "pyvis", "rustworkx", "networkx", "trafilatura", "rich", "IPython", "numpy"}
    code = "import sys, legation.cli; print(' '.join({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert heavy & set(done.stdout.split()) == set()


def test_a_function_of_the_command_line_parses_calls_and_echoes() -> None:
    """What needs more than 32 lines of statements computes something, and belongs into a room."""
    for node in ast.walk(ast.parse((ROOT / "cli.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert lines <= 32, f"{node.name} has {lines} lines"
