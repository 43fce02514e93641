"""For everyone: axe-core finds nothing serious, all goes by keyboard, narrow screens and dark rooms are usable."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from legation.graph.subgraph import Subgraph

Open = Callable[..., Any]

AXE = "axe-core@4.14.1"
VIEWS = ("picture", "table", "matrix", "flow", "timeline", "map")


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core: from the file that AXE_CORE names, else from the npm registry."""
    if named := os.environ.get("AXE_CORE"):
        return Path(named).read_text(encoding="utf-8")
    if shutil.which("npm") is None:
        pytest.skip("no npm: install it, or name axe.min.js in AXE_CORE")
    folder = tmp_path_factory.mktemp("axe")
    packed = subprocess.run(["npm", "pack", "--silent", AXE], cwd=folder, capture_output=True, text=True, check=False)
    if packed.returncode:
        pytest.skip(f"npm has no {AXE}: {packed.stderr.strip()[:200]}")
    with tarfile.open(folder / packed.stdout.strip().splitlines()[-1]) as archive:
        found = archive.extractfile("package/axe.min.js")
        assert found is not None
        return found.read().decode()


def violations(opened: Any, axe: str) -> list[tuple[str, str, list[str]]]:
    """Give the rules that the page breaks, how badly, and where."""
    session = opened.page.context.new_cdp_session(opened.page)
    session.send("Runtime.evaluate", {"expression": axe})  # the page's own policy lets no script in
    found = opened.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (one["id"], one["impact"], [node["html"][:150] for node in one["nodes"][:3]]) for one in found["violations"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_in_any_view(view: str, scheme: str, rich: Subgraph, open_page: Open, axe: str) -> None:
    opened = open_page(rich, address=f"#view={view}", scheme=scheme)
    opened.page.click("#more > summary")
    opened.page.click("#about-line")
    assert violations(opened, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["#edge=0", "#node=TUR", "#deal=0", "#path=POL,SAU"])
def test_axe_finds_nothing_in_the_evidence(
    address: str, scheme: str, rich: Subgraph, open_page: Open, axe: str
) -> None:
    assert violations(open_page(rich, address=address, scheme=scheme), axe) == []


def test_axe_finds_nothing_on_a_narrow_screen(rich: Subgraph, open_page: Open, axe: str) -> None:
    opened = open_page(rich, width=360, height=740, address="#edge=0")
    opened.page.click("#legend > summary")
    opened.page.click("#about-line")
    assert violations(opened, axe) == []


def test_every_control_is_reached_by_the_tab_key_and_its_focus_is_seen(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    wanted = opened.page.evaluate(
        """[...document.querySelectorAll("button:not(:disabled), input, select, summary, #picture .vis-network")]
            .filter(element => element.checkVisibility()).length"""
    )
    reached = set()
    for _ in range(wanted + 12):
        opened.page.keyboard.press("Tab")
        reached.add(
            opened.page.evaluate(
                """() => {
                    const element = document.activeElement;
                    if (element === document.body) return null;
                    element.dataset.reached ??= Math.random();
                    const {outlineStyle, outlineWidth} = getComputedStyle(element);
                    return [element.dataset.reached, outlineStyle !== "none" && parseFloat(outlineWidth) > 0].join();
                }"""
            )
        )
    reached.discard(None)
    assert all(one.endswith("true") for one in reached)
    assert len(reached) >= wanted


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_narrow_screen_shows_all_without_scrolling_sideways(
    view: str, scheme: str, rich: Subgraph, open_page: Open
) -> None:
    opened = open_page(rich, width=360, height=740, scheme=scheme, address=f"#view={view}&edge=0")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert opened.page.evaluate(
        "[...document.querySelectorAll('header *, aside *')].every(e => e.getBoundingClientRect().right <= 361)"
    )
    assert opened.page.locator("main").bounding_box()["height"] > 250
    assert opened.page.locator("#panel blockquote").first.is_visible()


def test_the_kinds_of_nodes_differ_in_shape_as_well_as_colour(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    shapes = opened.page.evaluate("[...document.querySelectorAll('#label-filters path')].map(p => p.getAttribute('d'))")
    assert len(shapes) == len(set(shapes)) == 4


def test_paper_gets_the_legend_and_the_sources_that_are_folded_up_on_the_screen(
    small: Subgraph, open_page: Open
) -> None:
    opened = open_page(small)
    opened.page.click("#legend > summary")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    for seen in ("#about-body", "#kind-filters", "#panel", "#picture"):
        assert opened.page.is_visible(seen), seen
    for unseen in ("#search", "#tools", "#panel-bar"):
        assert not opened.page.is_visible(unseen), unseen
    assert "© Example Wire" in opened.page.inner_text("#about-body")
    opened.page.emulate_media(media="screen")
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not opened.page.is_visible("#about-body")
    assert not opened.page.is_visible("#kind-filters")


def test_who_wants_less_motion_gets_no_transitions(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    duration = "getComputedStyle(document.querySelector('#fit')).transitionDuration"
    assert opened.page.evaluate(duration) != "0s"
    opened.page.emulate_media(reduced_motion="reduce")
    assert opened.page.evaluate(duration) == "0s"
