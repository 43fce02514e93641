"""The site of the docs builds strictly, fetches nothing, and what follows from code is what the code gives."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from legation.graph.schema import RELATIONS
from legation.graph.store import open_store
from legation.loaders.samples import load_samples

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FETCHING = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("object", "data"),
}


def build(site: Path, settings: Path = ROOT / "mkdocs.yml") -> subprocess.CompletedProcess[str]:
    """Build the site as `make docs` does; a warning ends it. With `--quiet` none would be counted."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site), "-f", str(settings)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site."""
    folder = tmp_path_factory.mktemp("site")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_link_to_nowhere_and_a_page_in_no_menu_end_the_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0]
    (tmp_path / "mkdocs.yml").write_text(f"{settings}\nnav: [index.md]\n", encoding="utf-8")
    for page in ("[away](nowhere.md)", "[down](#nowhere)", "# Fine"):
        (tmp_path / "docs" / "index.md").write_text(f"{page}\n", encoding="utf-8")
        done = build(tmp_path / "site", tmp_path / "mkdocs.yml")
        assert (done.returncode == 0) == (page == "# Fine"), done.stderr
    (tmp_path / "docs" / "orphan.md").write_text("# In no menu\n", encoding="utf-8")
    assert build(tmp_path / "site", tmp_path / "mkdocs.yml").returncode != 0


class Fetched(HTMLParser):
    """What a browser fetches to show a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("rel") in {"canonical", "next", "prev"}:
            return
        self.addresses += [value for name, value in attrs if value and (tag, name) in FETCHING]


def test_the_site_builds_strictly_and_fetches_nothing_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        fetched = Fetched()
        fetched.feed(page.read_text(encoding="utf-8"))
        assert fetched.addresses
        assert [one for one in fetched.addresses if re.match(r"(?i)\s*([a-z]+:)?//", one)] == [], page
        assert 'class="mermaid"' not in page.read_text(encoding="utf-8"), "Material fetches mermaid from elsewhere"
    for sheet in site.rglob("*.css"):
        imported = re.findall(
            r"(?i)(?:@import|url\()\s*[\"']?((?:[a-z]+:)?//[^\"')]+)", sheet.read_text(encoding="utf-8")
        )
        assert imported == [], sheet


def test_the_pages_on_python_hold_what_the_docstrings_say(site: Path) -> None:
    store = (site / "api" / "store.html").read_text(encoding="utf-8")
    assert 'id="legation.graph.store.open_store"' in store
    assert 'id="legation.graph.errors.LegationError"' in store


def test_the_page_of_the_ontology_is_up_to_date(tmp_path: Path) -> None:
    """If not: python docs/ontology.py."""
    with open_store(str(tmp_path / "store"), create=True) as store:
        load_samples(store, lambda *_: None)
        written: str = runpy.run_path(str(DOCS / "ontology.py"))["page"](store)
    assert written == (DOCS / "ontology.md").read_text(encoding="utf-8")
    for name in RELATIONS:
        assert re.search(rf"#### {name}\n\n.+\n\n> .+“.+”\n", written), name


def test_the_picture_of_the_house_is_drawn_from_the_code() -> None:
    """If not: python docs/architecture.py."""
    drawn: str = runpy.run_path(str(DOCS / "architecture.py"))["picture"]()
    assert drawn == (DOCS / "architecture.svg").read_text(encoding="utf-8")
    for room in ("loaders", "queries"):
        for path in (ROOT / room).glob("[!_]*.py"):
            assert path.stem in drawn
