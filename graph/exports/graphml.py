"""GraphML: what Gephi, networkx, yEd and igraph all read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..xml import to_xml
from .columns import edge_columns, node_columns
from .content import Content
from .values import to_text


def to_graphml(content: Content) -> Iterator[str]:
    """Give one directed graph with typed keys; a list is a JSON array in a ``string``."""
    nodes = _Values("node", node_columns(content.node_shape.types))
    edges = _Values("edge", edge_columns(content.edge_shape.types))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield from nodes.keys()
    yield from edges.keys()
    yield '<graph id="legation" edgedefault="directed">\n'
    for node in content.nodes():
        yield f'<node id="{to_xml(node.id)}">{nodes.data(node.to_attributes())}</node>\n'
    for number, edge in enumerate(content.edges()):
        ends = f'source="{to_xml(edge.source)}" target="{to_xml(edge.target)}"'
        yield f'<edge id="{number}" {ends}>{edges.data(edge.to_attributes())}</edge>\n'
    yield "</graph>\n</graphml>\n"


class _Values:
    """Writes what nodes or edges hold; the parts that are the same for each of them are made once."""

    def __init__(self, place: str, columns: Mapping[str, str]) -> None:
        self._place = place
        self._columns = columns
        self._begin = {name: f'<data key="{place[0]}_{to_xml(name)}">' for name in columns}

    def keys(self) -> Iterator[str]:
        for name, kind in self._columns.items():
            held = "string" if kind.endswith("[]") else kind
            key = f'id="{self._place[0]}_{to_xml(name)}" for="{self._place}"'
            yield f'<key {key} attr.name="{to_xml(name)}" attr.type="{held}"/>\n'

    def data(self, values: Mapping[str, Any]) -> str:
        return "".join(
            [f"{self._begin[name]}{to_xml(to_text(held, self._columns[name]))}</data>" for name, held in values.items()]
        )
