"""GEXF 1.3: Gephi's own format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..xml import to_xml
from .columns import edge_columns, node_columns
from .content import Content
from .values import to_text

_NATIVE: Final = ("label", "weight")
"""What GEXF has an attribute of its own for."""


def to_gexf(content: Content) -> Iterator[str]:
    """Give one directed graph with typed attributes; a list is a JSON array in a ``string``."""
    nodes, edges = node_columns(content.node_shape.types), edge_columns(content.edge_shape.types)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '<graph defaultedgetype="directed" mode="static">\n'
    yield from _attributes("node", nodes)
    yield from _attributes("edge", edges)
    yield "<nodes>\n"
    for node in content.nodes():
        named = f'id="{to_xml(node.id)}" label="{to_xml(node.name)}"'
        yield f"<node {named}>{_values(node.to_attributes(), nodes)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, edge in enumerate(content.edges()):
        values = edge.to_attributes()
        ends = f'source="{to_xml(edge.source)}" target="{to_xml(edge.target)}"'
        # With a kind of their own, Gephi keeps parallel edges apart.
        kind = f'kind="{edge.kind}" label="{edge.kind}" weight="{values["weight"]}"'
        yield f'<edge id="{number}" {ends} {kind}>{_values(values, edges)}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _attributes(place: str, columns: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{place}" mode="static">\n'
    for name, kind in columns.items():
        if name not in _NATIVE:
            held = "string" if kind.endswith("[]") else kind
            yield f'<attribute id="{to_xml(name)}" title="{to_xml(name)}" type="{held}"/>\n'
    yield "</attributes>\n"


def _values(values: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    told = "".join(
        f'<attvalue for="{to_xml(name)}" value="{to_xml(to_text(value, columns[name]))}"/>'
        for name, value in values.items()
        if name not in _NATIVE
    )
    return f"<attvalues>{told}</attvalues>"
