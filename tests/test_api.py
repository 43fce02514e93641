"""The public names: they are where docs/python.md says, called as it says, and its example runs."""

from __future__ import annotations

import inspect
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
ARTICLE = "Turkey has sold 24 Bayraktar TB2 drones to Poland. Azerbaijan has also ordered the drones from Turkey.\n"


def test_public_names_are_called_as_the_page_says() -> None:
    """If not, people's programs break: say so in the changes, then run python docs/python.py."""
    assert runpy.run_path(str(DOCS / "python.py"))["page"]() == (DOCS / "python.md").read_text(encoding="utf-8")


def test_public_names_say_what_they_are_for_and_are_typed() -> None:
    from importlib import import_module  # noqa: PLC0415

    for module, names in runpy.run_path(str(DOCS / "python.py"))["PUBLIC"].items():
        for name in names:
            thing = getattr(import_module(module), name)
            if not callable(thing):
                continue
            assert inspect.getdoc(thing), name
            if inspect.isfunction(thing):
                signature = inspect.signature(thing)
                assert signature.return_annotation is not inspect.Signature.empty, name
                for parameter in signature.parameters.values():
                    assert parameter.annotation is not inspect.Parameter.empty, (name, parameter.name)


def test_the_example_for_programs_runs(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    code = runpy.run_path(str(DOCS / "python.py"))["EXAMPLE"]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "Türkiye ARMS 24" in done.stdout
    assert "Poland is armed by Türkiye [1]" in done.stdout
    assert (tmp_path / "poland.html").stat().st_size > 10_000


@pytest.mark.parametrize("module", ["legation", "legation.graph", "legation.loaders", "legation.queries"])
def test_importing_the_packages_themselves_costs_nothing(module: str) -> None:
    code = f"import sys; before = set(sys.modules); import {module}; print(len(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 12
