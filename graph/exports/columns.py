"""How nodes and relations are named in files for graph programs: id, label and group; source, target, kind, weight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..schema import RELATIONS
from ..subgraph import Edge, Node

_OF_NODE: Final = {"label": "string", "group": "string"}
_OF_EDGE: Final = {"kind": "string", "weight": "double"}
_TAKEN: Final = frozenset(("id", "source", "target", "key", "weight", *_OF_NODE))


def node_columns(types: Mapping[str, str]) -> dict[str, str]:
    """Give what nodes have beside their id: ``label``, the name to show; ``group``, its label in the graph; the rest.

    Args:
        types: property -> its type, see ``values``.

    Returns:
        Column -> its type.
    """
    return _OF_NODE | {_free(name): kind for name, kind in types.items() if name != "name"}


def edge_columns(types: Mapping[str, str]) -> dict[str, str]:
    """Give what relations have beside their ends: ``kind``, ``weight``, and the rest; as ``node_columns``."""
    return _OF_EDGE | {_free(name): kind for name, kind in types.items()}


def of_node(node: Node) -> dict[str, Any]:
    """Give the values of a node by column; unknown ones are absent."""
    own = {_free(name): value for name, value in node.properties.items() if name != "name"}
    return {"label": node.name, "group": node.label} | own


def of_edge(edge: Edge) -> dict[str, Any]:
    """Give the values of a relation by column; unknown ones are absent.

    The weight of a relation that transfers draw is their number, that of any other is 1.
    """
    derived = edge.kind in RELATIONS and RELATIONS[edge.kind].derived
    weight = float(edge.properties.get("transfers", 1)) if derived else 1.0
    own = {"kind": edge.kind, "weight": weight}
    return own | {_free(name): value for name, value in edge.properties.items()}


def _free(name: str) -> str:
    """Give a property that is called like a column of ours another name."""
    return f"{name}_" if name in _TAKEN else name
