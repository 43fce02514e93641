"""JSON in the node-link form of networkx and D3."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from .content import Content

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, default=str).encode


def to_nodelink(content: Content) -> Iterator[str]:
    """Give one object with ``nodes`` and ``edges``, one a line; ``networkx.node_link_graph(…, edges="edges")``."""
    yield '{"directed": true, "multigraph": true, "graph": {"name": "legation"},\n"nodes": ['
    joint = "\n"
    for node in content.nodes():
        yield joint + _ENCODE({"id": node.id} | node.to_attributes())
        joint = ",\n"
    yield '\n],\n"edges": ['
    joint = "\n"
    for number, edge in enumerate(content.edges()):
        yield joint + _ENCODE({"source": edge.source, "target": edge.target, "key": number} | edge.to_attributes())
        joint = ",\n"
    yield "\n]}\n"
