"""Takes the pictures of the docs anew: the page of the samples in each of its views, and one of 2,000 nodes.

    python .ci/pictures.py

It wants a Chromium, as the tests do, and pngquant, which makes them a third as large. Look at what it took before you
commit it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from legation.graph.views.snapshot import write

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
from page import make_subgraph, open_browser  # noqa: E402


class Picture(NamedTuple):
    """What is to be seen: an expression of the page's address behind #, light or dark, how wide; of narrow ones all."""

    address: str
    scheme: str = "light"
    width: int = 1280


OF_DEAL = """(({nodes, edges}) => {
    const goes = ({from, to}) => nodes[from].key === "TUR" && nodes[to].key === "POL";
    return `edge=${edges.find(edge => edge.kind === "ARMS" && goes(edge)).id}`;
})(legation.data)"""
PICTURES = {
    "snapshot": Picture(OF_DEAL),
    "page-light": Picture("''"),
    "page-dark": Picture("'node=TUR'", "dark"),
    "page-table": Picture("'view=table'"),
    "page-matrix": Picture("'view=matrix'"),
    "page-flow": Picture("'view=flow'"),
    "page-map": Picture("'view=map'", "dark"),
    "page-timeline": Picture("'view=timeline'"),
    "page-path": Picture("'path=POL,AZE'"),
    "page-narrow": Picture(OF_DEAL, width=360),
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        subprocess.run([Path(sys.executable).with_name("legation"), "demo", "-q"], cwd=folder, check=True)
        samples, large = Path(folder, "legation-demo.html"), Path(folder, "large.html")
        write(make_subgraph(2000), large)

        def take(name: str, page: Path, picture: Picture) -> None:
            size = {"width": picture.width, "height": 800}
            tab = browser.new_page(viewport=size, color_scheme=picture.scheme)
            tab.goto(page.as_uri())
            tab.wait_for_function("performance.getEntriesByName('ready').length")
            tab.evaluate(f"location.hash = {picture.address}")
            tab.wait_for_timeout(2000)
            file = ROOT / "docs" / f"{name}.png"
            tab.screenshot(path=file, full_page=picture.width < size["height"])
            tab.close()
            subprocess.run(["pngquant", "--force", "--output", file, "256", file], check=True)

        for name, picture in PICTURES.items():
            take(name, samples, picture)
        take("page-large", large, Picture("''"))


if __name__ == "__main__":
    main()
