"""The package holds what its folders hold, and a wheel of it works."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("graph", "loaders", "queries")


def listed() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return set(project["tool"]["setuptools"]["packages"])


def test_the_list_of_packages_names_every_folder_with_code() -> None:
    folders = {path.parent for room in ROOMS for path in (ROOT / room).rglob("*.py")}
    named = {"legation", *(f"legation.{folder.relative_to(ROOT).as_posix().replace('/', '.')}" for folder in folders)}
    assert listed() == named


def test_every_package_has_a_first_line_that_says_what_it_is() -> None:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            assert path.read_text(encoding="utf-8").lstrip("r").startswith('"""'), path


def test_a_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    listed_files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    tracked = {name for name in listed_files.stdout.split("\n") if name and (ROOT / name).is_file()}
    for name in tracked:  # a copy: a build leaves folders behind
        (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / "copy" / name)
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet", "-w", str(tmp_path)]
    done = subprocess.run([*build, str(tmp_path / "copy")], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    shipped = {name for name in tracked if name.split("/")[0] in (*ROOMS, "__init__.py", "cli.py", "py.typed")}
    assert inside == {f"legation/{name}" for name in shipped}
