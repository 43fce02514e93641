"""The picture of what a free statement gave: its nodes, relations, transfers and paths, with all their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from ..graph.errors import ParameterWrong
from ..graph.schema import RELATIONS, is_ours, key_label
from ..graph.store import GraphStore
from ..graph.subgraph import Edge, Node, Route, Subgraph
from .picture import MOST_NODES, among, of_answer

_OF_TRANSFERS: Final = {"SUPPLIES": "target", "TO": "source", "OF": "source"}
"""Relations that a transfer is one end of -> at which end it stands."""


def of_values(store: GraphStore, statement: str, rows: Iterable[Mapping[str, Any]], most: int = MOST_NODES) -> Subgraph:
    """Give the picture of an answer in which values may be nodes, relations and paths, alone or in lists.

    A relation that was given is drawn as it stands, with all that it rests on. Where none was given, all those between
    the nodes are; of transfers, those that they draw.

    Args:
        store: where it was asked.
        statement: the Cypher.
        rows: of the answer.
        most: how many nodes at most, the first ones; the result says how many were left out.

    Raises:
        ParameterWrong: there is nothing in it that could be drawn.
    """
    parts = list(_parts(list(rows)))
    edges = [part for part in parts if isinstance(part, Edge)]
    deals = {node.id for node in parts if isinstance(node, Node) and node.label == "Transfer"}
    deals |= {getattr(edge, _OF_TRANSFERS[edge.kind]) for edge in edges if edge.kind in _OF_TRANSFERS}
    deals = set(filter(is_ours, deals))
    drawn = [edge for edge in edges if edge.kind in RELATIONS]
    named = (end for part in parts for end in ([part.id] if isinstance(part, Node) else (part.source, part.target)))
    nodes = [one for one in dict.fromkeys(named) if one not in deals and _is_drawn(one)]
    if not nodes and not deals:
        raise ParameterWrong(
            "The answer holds nothing to draw. Return nodes, relations, transfers or paths themselves, such as "
            "RETURN s, r, b, instead of their properties."
        )
    between = replace(among(store, statement, nodes[:most]), left_out=max(len(nodes) - most, 0))
    if drawn:
        between = _only(between, drawn)
    moved = of_answer(store, statement, [{"transfer_ids": sorted(deals)}]) if deals else None
    both = _together(between, moved) if moved else between
    return replace(both, title="Answer", question="", cypher=statement)


def _parts(value: object) -> Iterator[Node | Edge]:
    """Walk through a value to the nodes and relations in it."""
    if isinstance(value, Node | Edge):
        yield value
    elif isinstance(value, Route):
        yield from value.nodes
        yield from value.edges
    elif isinstance(value, Mapping):
        yield from _parts(list(value.values()))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            yield from _parts(one)


def _is_drawn(node_id: str) -> bool:
    # Others in the same database have ids of any form, of which no label can be told.
    return is_ours(node_id) and key_label(node_id) in ("Actor", "System", "Conflict")


def _only(graph: Subgraph, given: Iterable[Edge]) -> Subgraph:
    """Keep the relations that were given, and what they rest on."""
    wanted = {(edge.kind, edge.source, edge.target) for edge in given}
    edges = tuple(edge for edge in graph.edges if (edge.kind, edge.source, edge.target) in wanted)
    deals = {key: graph.transfers[key] for edge in edges for key in edge.transfers}
    claims = {claim for edge in edges for claim in edge.claims} | {
        one for deal in deals.values() for one in deal.claims
    }
    quotes = {key: quote for key, quote in graph.quotes.items() if key in claims}
    return replace(graph, edges=edges, transfers=deals, quotes=quotes)


def _together(graph: Subgraph, other: Subgraph) -> Subgraph:
    """Join two pictures; a relation that both have is taken with more transfers."""
    edges = {edge.id: edge for edge in other.edges} | {edge.id: edge for edge in graph.edges}
    return replace(
        graph,
        nodes={**other.nodes, **graph.nodes},
        edges=tuple(edges[key] for key in sorted(edges)),
        transfers={**other.transfers, **graph.transfers},
        quotes={**other.quotes, **graph.quotes},
        systems={**other.systems, **graph.systems},
        left_out=other.left_out + graph.left_out,
    )
