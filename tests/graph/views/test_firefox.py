"""The page works from a file in Firefox as well."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from legation.graph.subgraph import Subgraph
from legation.graph.views.snapshot import render

PUPPETEER = "puppeteer-core@25"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what drives a system's Firefox, from the npm registry."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"no {program}: install it to try Firefox")
    made = tmp_path_factory.mktemp("firefox")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", PUPPETEER]
    done = subprocess.run(command, cwd=made, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm has no {PUPPETEER}: {done.stderr.strip()[:200]}")
    shutil.copy(Path(__file__).with_name("firefox.mjs"), made)
    return made


def test_a_page_opens_in_firefox_and_shows_its_evidence(rich: Subgraph, folder: Path) -> None:
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    if firefox is None:
        pytest.skip("no firefox: install it, on Debian as firefox-esr")
    page = folder / "page.html"
    page.write_text(render(rich), encoding="utf-8")
    command = ["node", "firefox.mjs", firefox, f"{page.as_uri()}#node=POL"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found["wrong"] == []
    assert found["heading"] == "Poland"
    assert [view for view, _ in found["views"]] == ["picture", "table", "matrix", "flow", "timeline", "map"]
    assert all(length > 20 for view, length in found["views"] if view != "picture")
    assert found["quotes"][0] == "Poland has ordered some 24 drones."
