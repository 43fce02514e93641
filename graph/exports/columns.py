"""What nodes and relations have as columns of a table or attributes of a graph file, each with its type."""

from __future__ import annotations

from collections.abc import Mapping

from ..subgraph import attribute


def node_columns(types: Mapping[str, str]) -> dict[str, str]:
    """Give the attributes of ``Node.to_attributes`` with their types, in a fixed order.

    Args:
        types: property -> its type, see ``values``.
    """
    own = {attribute(name): kind for name, kind in types.items() if name != "name"}
    return {"label": "string", "group": "string"} | own


def edge_columns(types: Mapping[str, str]) -> dict[str, str]:
    """Give the attributes of ``Edge.to_attributes`` with their types, in a fixed order."""
    return {"kind": "string", "weight": "double"} | {attribute(name): kind for name, kind in types.items()}
