"""GraphML: what Gephi, networkx, yEd and igraph all read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .columns import edge_columns, node_columns, of_edge, of_node
from .content import Content
from .values import to_text
from .xml import to_xml


def to_graphml(content: Content) -> Iterator[str]:
    """Give one directed graph with typed keys; a list is a JSON array in a ``string``."""
    nodes, edges = node_columns(content.node_shape.types), edge_columns(content.edge_shape.types)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for place, columns in (("node", nodes), ("edge", edges)):
        for name, kind in columns.items():
            held = "string" if kind.endswith("[]") else kind
            key = f'id="{place[0]}_{to_xml(name)}" for="{place}" attr.name="{to_xml(name)}" attr.type="{held}"'
            yield f"<key {key}/>\n"
    yield '<graph id="legation" edgedefault="directed">\n'
    for node in content.nodes():
        yield f'<node id="{to_xml(node.id)}">{_values("n", of_node(node), nodes)}</node>\n'
    for number, edge in enumerate(content.edges()):
        ends = f'source="{to_xml(edge.source)}" target="{to_xml(edge.target)}"'
        yield f'<edge id="{number}" {ends}>{_values("e", of_edge(edge), edges)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _values(place: str, values: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    return "".join(
        f'<data key="{place}_{to_xml(name)}">{to_xml(to_text(value, columns[name]))}</data>'
        for name, value in values.items()
    )
