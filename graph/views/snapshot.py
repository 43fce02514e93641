"""A subgraph as one HTML file that opens offline: pyvis carries the network, the rest of the page is ours.

Importing this module takes a quarter of a second (pyvis pulls in IPython); import it where a page is made.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pyvis
from pyvis.network import Network

from ... import __version__
from ..errors import WriteFailed
from ..subgraph import Subgraph
from .content import to_content

FOLDER: Final = Path(__file__).parent
LIBRARY: Final = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
SCRIPTS: Final = ("base.js", "picture.js", "panel.js", "app.js")
"""Our scripts in the order in which the page runs them; each uses what those before it declare."""

_UNSAFE: Final = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
"""What must not stand as itself in a script tag: markup, line ends of old JavaScript, surrogates without a partner."""


def render(subgraph: Subgraph, *, facts: Mapping[str, str] | None = None) -> str:
    """Make the page: a picture of the network, and for every line in it the words that it rests on.

    The same subgraph and facts give the same text. The page asks for nothing outside itself, and nothing in the data
    is ever taken for HTML or script.

    Args:
        subgraph: what to show, with its evidence.
        facts: lines for the footer by their headings, such as ``{"Store": "bolt://db", "Data of": "2024-05-01"}``.

    Returns:
        The whole HTML file; write it as UTF-8.

    Raises:
        QueryError: an edge starts or ends at a node that the subgraph does not hold.
    """
    content = to_content(subgraph)
    page = Page()
    page.carry(content.pop("nodes"), content.pop("edges"))
    page.content = content | {"facts": list((facts or {}).items()), "version": __version__}
    return page.generate_html()


def write(subgraph: Subgraph, path: Path, *, facts: Mapping[str, str] | None = None) -> None:
    """Write the page to a file, all of it or nothing.

    Raises:
        QueryError: as ``render``.
        WriteFailed: the file cannot be written; what was there before still is.
    """
    if path.exists() and not path.is_file():
        raise WriteFailed(f"{path} is no regular file. Name another file with -o.")
    page = render(subgraph, facts=facts)
    temporary = path.with_name(f".{path.name}.part")
    try:
        temporary.write_text(page, encoding="utf-8", newline="\n")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise WriteFailed(f"{path} cannot be written: {error.strerror}. Name another file with -o.") from error


class Page(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network that writes itself into our template instead of its own.

    pyvis's template loads from other addresses and writes data as HTML. Ours gets all data as JSON in a script tag of
    its own type, and allows by their hashes only the scripts and the style that it came with.

    Attributes:
        content: what the page holds beside nodes and edges.
    """

    def __init__(self) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.set_template_dir(str(FOLDER))
        self.content: dict[str, Any] = {}

    def carry(self, nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> None:
        """Take nodes and edges over at once; ``add_edge`` would look through all nodes for each."""
        self.nodes, self.edges = nodes, edges
        self.node_ids = [node["id"] for node in nodes]
        self.node_map = {node["id"]: node for node in nodes}

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """Give the page as text; the parameters are pyvis's and change nothing."""
        style = _read(FOLDER / "app.css")
        scripts = [_library(), *(_read(FOLDER / script) for script in SCRIPTS)]
        data = to_json(self.content | {"nodes": self.nodes, "edges": self.edges})
        html: str = self.templateEnv.get_template(self.path).render(
            policy=_policy(scripts, style),
            style=style,
            scripts=scripts,
            data=data,
            data_hash=hashlib.sha256(data.encode()).hexdigest(),
        )
        return html


def to_json(value: object) -> str:
    """Write a value as JSON that may stand in a script tag: nothing in it can end the tag, and it has one form only."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _library() -> str:
    """Read vis-network, without its last line: that names a file beside it, which the page does not have."""
    return re.sub(r"\n//# sourceMappingURL=\S+\s*$", "\n", _read(LIBRARY))


def _policy(scripts: list[str], style: str) -> str:
    """Word the Content-Security-Policy: nothing from anywhere, and of what is inside only what we wrote."""
    allowed = " ".join(map(_fingerprint, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_fingerprint(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _fingerprint(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
