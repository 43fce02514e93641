"""What a page holds as data: a subgraph turned into plain values that have a JSON form.

Whatever is named by an id in the graph is named by its number here, so that no id of the data ever becomes a key of an
object in the page (think of a node with the id ``__proto__``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

from ..errors import QueryError
from ..schema import LABELS, MODALITIES, RELATIONS, RELIABILITIES, STATUSES, TRANSFER_KINDS, WITHDRAWN
from ..subgraph import Deal, Edge, Quote, Subgraph
from .layout import positions

_CLAIM_FIELDS: Final = (
    "quote",
    "start",
    "end",
    "row",
    "modality",
    "confidence",
    "extractor",
    "said_by_name",
    "status",
    "quantity_ordered",
    "quantity_delivered",
    "order_year",
    "delivery_years",
    "estimated",
    "title",
    "since",
    "until",
)
_DOCUMENT_FIELDS: Final = ("name", "published_on", "address", "licence")
_SOURCE_FIELDS: Final = ("name", "reliability")

DRAWN_LABELS: Final = ("State", "Firm", "Person", "Organisation", "System", "Conflict")
"""The labels of nodes that a picture shows; transfers, claims, documents and sources are its evidence."""


def to_content(subgraph: Subgraph) -> dict[str, Any]:
    """Turn a subgraph into the data of a page.

    Args:
        subgraph: what to show. The order of its nodes, transfers and quotes does not matter; that of its edges stays.

    Returns:
        ``title``, ``question``, ``left_out``; ``nodes`` and ``edges`` as vis-network takes them, with what our script
        needs beside; ``deals``, ``quotes`` and ``documents`` that refer to each other by number; and ``words``, the
        meanings of all terms.

    Raises:
        QueryError: an edge starts or ends at a node that the subgraph does not hold.
    """
    numbers = _Numbers(subgraph)
    places = positions(subgraph)
    documents = {quote.document.get("id", ""): quote for quote in map(subgraph.quotes.__getitem__, numbers.quotes)}
    document_numbers = {document: number for number, document in enumerate(sorted(documents, key=str))}
    return {
        "title": subgraph.title,
        "question": subgraph.question,
        "left_out": subgraph.left_out,
        "nodes": [_node(subgraph, key, number, places[key]) for key, number in numbers.nodes.items()],
        "edges": [_edge(edge, number, numbers) for number, edge in enumerate(subgraph.edges)],
        "deals": [_deal(subgraph.transfers[key], numbers) for key in numbers.deals],
        "quotes": [_quote(subgraph.quotes[key], document_numbers) for key in numbers.quotes],
        "documents": [_document(documents[key]) for key in document_numbers],
        "words": _words(),
    }


class _Numbers:
    """The number of every node, transfer and claim, and the names of parties that are no nodes of the subgraph."""

    def __init__(self, subgraph: Subgraph) -> None:
        self.nodes = _number(subgraph.nodes)
        self.deals = _number(subgraph.transfers)
        self.quotes = _number(subgraph.quotes)
        self._names: dict[str, str] = {}
        for quote in map(subgraph.quotes.__getitem__, self.quotes):
            for role in ("supplier", "buyer", "system"):
                if quote.claim.get(role):
                    self._names.setdefault(quote.claim[role], quote.claim.get(f"{role}_name") or quote.claim[role])

    def party(self, node_id: str, name: str = "") -> int | str:
        """Give the number of a node, or the name of who is not among the nodes."""
        return self.nodes.get(node_id, name or self._names.get(node_id, node_id))


def _number(keys: Iterable[str]) -> dict[str, int]:
    return {key: number for number, key in enumerate(sorted(keys))}


def _known(keys: Iterable[str], numbers: Mapping[str, int]) -> list[int]:
    return [numbers[key] for key in keys if key in numbers]


def _node(subgraph: Subgraph, key: str, number: int, place: tuple[int, int]) -> dict[str, Any]:
    node = subgraph.nodes[key]
    group = node.label if node.label in DRAWN_LABELS else "Organisation"
    properties = to_plain({name: value for name, value in node.properties.items() if value is not None})
    x, y = place
    return {
        "id": number,
        "key": key,
        "name": node.name or key,
        "group": group,
        "x": x,
        "y": y,
        "properties": properties,
    }


def _edge(edge: Edge, number: int, numbers: _Numbers) -> dict[str, Any]:
    for end in (edge.source, edge.target):
        if end not in numbers.nodes:
            raise QueryError(f"The relation {edge.id!r} cannot be drawn: the answer does not hold its end {end!r}.")
    return {
        "id": number,
        "kind": edge.kind,
        "from": numbers.nodes[edge.source],
        "to": numbers.nodes[edge.target],
        "properties": to_plain({name: value for name, value in edge.properties.items() if value is not None}),
        "deals": _known(edge.transfers, numbers.deals),
        "quotes": _known(edge.claims, numbers.quotes),
    }


def _deal(deal: Deal, numbers: _Numbers) -> dict[str, Any]:
    return {
        "suppliers": [numbers.party(key) for key in deal.suppliers],
        "buyers": [numbers.party(key) for key in deal.buyers],
        "systems": [numbers.party(key, name) for key, name in deal.systems],
        "properties": to_plain({name: value for name, value in deal.properties.items() if value is not None}),
        "quotes": _known(deal.claims, numbers.quotes),
    }


def _quote(quote: Quote, documents: Mapping[Any, int]) -> dict[str, Any]:
    values = {name: to_plain(quote.claim[name]) for name in _CLAIM_FIELDS if quote.claim.get(name) is not None}
    return values | {"document": documents[quote.document.get("id", "")], "disputes": quote.disputes}


def _document(quote: Quote) -> dict[str, Any]:
    document = {name: to_plain(quote.document[name]) for name in _DOCUMENT_FIELDS if quote.document.get(name)}
    source = {name: to_plain(quote.source[name]) for name in _SOURCE_FIELDS if quote.source.get(name)}
    return document | {"source": source}


def _words() -> dict[str, Any]:
    """Give every table of words as pairs, so that their order stays and no word is a key."""
    relations = [
        (kind.name, {name: getattr(kind, name) for name in ("phrase", "reverse", "meaning", "directed", "derived")})
        for kind in RELATIONS.values()
    ]
    return {
        "labels": [(name, LABELS[name].meaning) for name in DRAWN_LABELS],
        "relations": relations,
        "statuses": [(status.name, status.meaning) for status in (*STATUSES.values(), WITHDRAWN)],
        "transfer_kinds": list(TRANSFER_KINDS.items()),
        "modalities": list(MODALITIES.items()),
        "reliabilities": list(RELIABILITIES.items()),
    }


def to_plain(value: Any) -> Any:
    """Turn a property into what JSON has: dates into ISO 8601, numbers that are none into words.

    Args:
        value: what a store gives as a property, also nested.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((to_plain(item) for item in value), key=str)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
