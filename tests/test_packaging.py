"""The package holds what its folders hold, and a wheel of it works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from legation import __version__

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


def tracked() -> set[str]:
    listed_files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name for name in listed_files.stdout.split("\n") if name and (ROOT / name).is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist of a copy (a build leaves folders behind), and with the wheel of the sdist."""
    folder = tmp_path_factory.mktemp("built")
    for name in tracked():
        (folder / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / "copy" / name)
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(folder / "copy")]
    done = subprocess.run(build, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_a_wheel_made_from_the_sdist_holds_every_file_of_the_package(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    shipped = {name for name in tracked() if name.split("/")[0] in (*ROOMS, "__init__.py", "cli.py", "py.typed")}
    assert inside == {f"legation/{name}" for name in shipped}


def test_the_wheel_works_without_the_checkout(built: Path, tmp_path: Path) -> None:
    """In an empty environment .ci/smoke.py tries the same, which takes a network and a minute."""
    (wheel,) = built.glob("*.whl")
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)]
    subprocess.run([*install, "--disable-pip-version-check"], check=True)
    code = "import legation, sys; from legation.cli import main; print(legation.__file__, file=sys.stderr); main()"
    for words in (("demo", "-q"), ("query", "suppliers", "--buyer", "Poland", "-q"), ("check",)):
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(site)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr.startswith(str(site))
        assert done.stdout
    assert (site / "legation" / "py.typed").exists()


def test_the_workflow_runs_our_checks_on_every_python_that_is_promised() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["classifiers"]
    promised = [one.split()[-1] for one in classifiers if one.startswith("Programming Language :: Python :: 3.")]
    for name, command in (("check", ".ci/run"), ("wheel", "python .ci/smoke.py")):
        job = workflow["jobs"][name]
        assert job["strategy"]["matrix"]["python"] == promised
        assert job["steps"][-1]["run"] == command
        assert (ROOT / command.split()[-1]).exists()


def test_one_version_is_told_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert project["version"] == citation["version"] == __version__
    assert citation["license"] == project["license"]
    assert f"\n## {__version__} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_readme_names_every_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for extra in project["optional-dependencies"].keys() - {"dev"}:
        assert f"[{extra}]" in readme, extra
