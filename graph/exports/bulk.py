"""CSV files for ``neo4j-admin database import``, the fastest way to fill a new Neo4j database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from ..errors import ExportWrong
from ..schema import LABELS
from .content import Content
from .values import to_text

_JOINT: Final = "\x1f"
"""Stands between the items of a list; the importer knows no escape for it, and no text that people read holds it."""


def to_nodes(content: Content) -> Iterator[str]:
    """Give a header with types and a row for each node; what is unknown is empty, and every text is quoted.

    Raises:
        ExportWrong: an item of a list holds the character that parts items.
    """
    types = content.node_shape.types
    yield _line(["id:ID", ":LABEL", *(f"{name}:{kind}" for name, kind in types.items())])
    for node in content.nodes():
        labels = ["Actor", node.label] if LABELS[node.label].actor else [node.label]
        own = [_cell(node.properties.get(name), kind) for name, kind in types.items()]
        yield _line([_quoted(node.id), _cell(labels, "string[]"), *own])


def to_edges(content: Content) -> Iterator[str]:
    """Give a header with types and a row for each relation, as ``to_nodes``."""
    types = content.edge_shape.types
    yield _line([":START_ID", ":END_ID", ":TYPE", *(f"{name}:{kind}" for name, kind in types.items())])
    for edge in content.edges():
        own = [_cell(edge.properties.get(name), kind) for name, kind in types.items()]
        yield _line([_quoted(edge.source), _quoted(edge.target), _quoted(edge.kind), *own])


def to_options(_: Content) -> Iterator[str]:
    """Give the options of the importer, to be named behind an ``@`` in the folder itself."""
    yield "--nodes=nodes.csv\n--relationships=edges.csv\n"
    yield "--array-delimiter=U+001F\n--multiline-fields=true\n--legacy-style-quoting=false\n"


def _line(cells: Iterable[str]) -> str:
    return f"{','.join(cells)}\n"


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and kind.endswith("[]"):
        items = [to_text(item, kind.removesuffix("[]")) for item in value]
        if any(_JOINT in item for item in items):
            raise ExportWrong(
                f"The list {items} holds the character U+001F, which parts the items of a list in this format. "
                "Export to .cypher instead, which takes every text."
            )
        return _quoted(_JOINT.join(items))
    return _quoted(to_text(value, kind))


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
