"""A subgraph as one HTML file that opens offline: pyvis carries the network, the rest of the page is ours.

Importing this module takes a quarter of a second (pyvis pulls in IPython); import it where a page is made.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pyvis
from pyvis.network import Network

from ... import __version__
from ..replacing import write_file
from ..subgraph import Subgraph
from .content import Discretion, to_content
from .packing import read_places, to_script

FOLDER: Final = Path(__file__).parent
LIBRARY: Final = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
SCRIPTS: Final = (
    *("data", "elements", "state", "derive", "explore", "look", "labels", "scene", "network", "search", "filters"),
    *("years", "quotes", "panel", "table", "matrix", "flow", "timeline", "map", "takeaway", "page"),
)
"""Our scripts in the order in which the page runs them, as one module; each uses what those before it declare."""

_COMMENT: Final = re.compile(r"^\s*/\*.*?\*/\s*$", re.DOTALL | re.MULTILINE)


def render(
    subgraph: Subgraph,
    *,
    facts: Mapping[str, str] | None = None,
    discretion: Discretion | None = None,
    stable_with: Path | None = None,
) -> str:
    """Make the page: a picture of the network, and for every line in it the words that it rests on.

    The same subgraph and facts give the same text. The page asks for nothing outside itself, and nothing in the data
    is ever taken for HTML or script.

    Args:
        subgraph: what to show, with its evidence.
        facts: lines for the footer by their headings, such as ``{"Store": "bolt://db"}``.
        discretion: what to leave out for readers outside.
        stable_with: an earlier page; nodes that are in both stand where they stood there.

    Returns:
        The whole HTML file; write it as UTF-8.

    Raises:
        QueryError: an edge starts or ends at a node that the subgraph does not hold.
        ParameterWrong: the earlier page cannot be read.
    """
    kept = read_places(stable_with) if stable_with else {}
    content = to_content(subgraph, discretion=discretion, kept=kept)
    page = Page(content | {"facts": list((facts or {}).items()), "version": __version__})
    return page.generate_html()


def write(subgraph: Subgraph, path: Path, **options: Any) -> None:
    """Write the page to a file, all of it or nothing; the options are those of ``render``.

    Raises:
        QueryError: as ``render``.
        ParameterWrong: as ``render``.
        WriteFailed: the file cannot be written; what was there before still is.
    """
    write_file(path, lambda: [render(subgraph, **options)])


class Page(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network that writes itself into our template instead of its own.

    pyvis's template loads from other addresses and writes data as HTML. Ours gets all data as JSON in a script tag of
    its own type, and allows by their hashes only the scripts and the style that it came with.

    Args:
        content: what the page holds; its nodes become those of the network, at once: ``add_node`` and ``add_edge``
            would look through all of them for each.
    """

    def __init__(self, content: dict[str, Any]) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.set_template_dir(str(FOLDER))
        self.content = content
        self.nodes = content["nodes"]
        self.node_ids = list(range(len(self.nodes)))

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """Give the page as text; the parameters are pyvis's and change nothing."""
        style = _lean(_read(FOLDER / "page.css"))
        library = re.sub(r"\n//# sourceMappingURL=\S+\s*$", "\n", _read(LIBRARY))  # names a file that is not there
        ours = "\n".join(_lean(_read(FOLDER / f"{script}.js")) for script in SCRIPTS)
        html: str = self.templateEnv.get_template(self.path).render(
            policy=_policy([library, ours], style),
            style=style,
            library=library,
            ours=ours,
            data=to_script(self.content),
        )
        return html


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _lean(text: str) -> str:
    """Leave out indentation, empty lines and lines of comment: every file carries script and style once more."""
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _policy(scripts: list[str], style: str) -> str:
    """Word the Content-Security-Policy: nothing from anywhere, and of what is inside only what we wrote."""
    allowed = " ".join(map(_fingerprint, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_fingerprint(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _fingerprint(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
