"""What a page holds as data: a subgraph turned into plain values that have a JSON form.

Whatever is named by an id in the graph is named by its number here, so that no id of the data ever becomes a key of an
object in the page (think of a node with the id ``__proto__``).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ..names import reference
from ..schema import (
    FURTHER_PARTS,
    LABELS,
    MODALITIES,
    RELATIONS,
    RELIABILITIES,
    STATUSES,
    TRANSFER_KINDS,
    WITHDRAWN,
)
from ..subgraph import Deal, Edge, Quote, Subgraph
from .columns import to_cells, to_columns
from .layout import Place, check_ends, positions
from .world import to_world

MOST_LINES: Final = 12_000
"""Lines that a page draws at most; a larger answer loses those with the fewest transfers, and the page says so."""

DRAWN_LABELS: Final = ("State", "Firm", "Person", "Organisation", "System", "Conflict")
"""The labels of nodes that a picture shows; transfers, claims, documents and sources are its evidence."""

_EDGE_FIELDS: Final = (
    *("status", "transfers", "units", "units_unknown", "tiv", "first_year", "last_year"),
    *("title", "since", "until", "sources", "contested"),
)
_DEAL_FIELDS: Final = (
    *("kind", "status", "quantity_ordered", "quantity_delivered", "order_year", "delivery_years", "estimated"),
    *("tiv_order", "tiv_delivered", "below_half", "value", "currency", "value_shared", "condition"),
    *("sources", "contested", "reason"),
)
_STATED_FIELDS: Final = (
    *("status", "kind", "quantity_ordered", "quantity_delivered", "order_year", "delivery_years", "status_year"),
    *("estimated", "tiv_order", "tiv_delivered", "below_half", "value", "currency", "value_shared", "condition"),
    *("instalment", "title", "since", "until", "direction", "years", "volumes", "years_below_half"),
)
_SHARED_FIELDS: Final = tuple(name for name in _STATED_FIELDS if name in _DEAL_FIELDS)
_CLAIM_FIELDS: Final = ("start", "row", "modality", "confidence", "extractor", "said_by_name")
_TELLING_FIELDS: Final = ("start", "row", "length", "extractor", "said_by_name")
"""What of a quote tells who said it or where it stands."""
_DOCUMENT_FIELDS: Final = ("name", "published_on", "address", "licence", "superseded")
_SOURCE_FIELDS: Final = ("name", "reliability")


@dataclass(frozen=True, slots=True)
class Discretion:
    """What a page does not tell, for those who hand it outside.

    Attributes:
        quotes: leave out the words of the sources.
        sources: leave out who said it and where: names, documents, addresses, licences, places.
    """

    quotes: bool = False
    sources: bool = False


def to_content(
    subgraph: Subgraph, *, discretion: Discretion | None = None, kept: Mapping[str, Place] | None = None
) -> dict[str, Any]:
    """Turn a subgraph into the data of a page.

    Args:
        subgraph: what to show. The order of its nodes, transfers and quotes does not matter; that of its edges stays.
        discretion: what to leave out; nothing unless told.
        kept: where nodes stood in an earlier page.

    Returns:
        ``title``, ``question``, ``cypher``; ``nodes`` as objects, whose place in the list is their number; ``edges``,
        ``deals``, ``quotes`` and ``systems`` by columns, and ``documents``, that refer to each other by number;
        ``left_out``, how many nodes and lines are not in it; ``shared_fields``, which a quote without ``states`` has
        from its transfer; ``words``, the meanings of all terms; ``world``.

    Raises:
        QueryError: an edge starts or ends at a node that the subgraph does not hold.
    """
    told = discretion or Discretion()
    check_ends(subgraph)
    drawn = _cut(subgraph)
    lines_left_out = len(subgraph.edges) - len(drawn.edges)
    nodes_left_out = subgraph.left_out + len(subgraph.nodes) - len(drawn.nodes)
    numbers = _Numbers(drawn)
    places = positions(drawn, kept or {})
    return {
        "title": drawn.title,
        "question": drawn.question,
        "cypher": drawn.cypher,
        "left_out": {"nodes": nodes_left_out, "lines": lines_left_out},
        "redacted": told.quotes,
        "nodes": [_node(drawn, key, places[key]) for key in numbers.nodes],
        "edges": to_columns(
            [_edge(edge, numbers) for edge in drawn.edges],
            ("kind", "from", "to", *_EDGE_FIELDS, "deals", "quotes", "more"),
            ("deals", "quotes"),
        ),
        "systems": to_columns(
            [_system(drawn, key, numbers) for key in numbers.systems], ("name", "node", "category", "class", "called")
        ),
        "deals": to_columns(
            [_deal(drawn.transfers[key], numbers, told) for key in numbers.deals],
            ("suppliers", "supplier", "buyers", "systems", "parts", "quotes", *_DEAL_FIELDS),
            ("quotes",),
        ),
        "quotes": _quotes(drawn, numbers, told),
        "documents": [_document(drawn.quotes[claim], told) for claim in numbers.documents.values()],
        "shared_fields": list(_SHARED_FIELDS),
        "words": _words(),
        "world": to_world(list(numbers.nodes)),
    }


def _cut(subgraph: Subgraph) -> Subgraph:
    """Keep as many lines as a page can draw, those with the most transfers, and the nodes that still have a line."""
    if len(subgraph.edges) <= MOST_LINES:
        return subgraph
    degree = Counter(end for edge in subgraph.edges for end in (edge.source, edge.target))

    def weight(edge: Edge) -> tuple[int, int, str]:
        return -max(len(edge.transfers), len(edge.claims)), -degree[edge.source] - degree[edge.target], edge.id

    kept = {edge.id for edge in sorted(subgraph.edges, key=weight)[:MOST_LINES]}
    edges = tuple(edge for edge in subgraph.edges if edge.id in kept)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    nodes = {key: node for key, node in subgraph.nodes.items() if key in ends or key not in degree}
    deals = {key for edge in edges for key in edge.transfers}
    transfers = {key: deal for key, deal in subgraph.transfers.items() if key in deals}
    claims = {claim for edge in edges for claim in edge.claims}
    claims |= {claim for deal in transfers.values() for claim in deal.claims}
    quotes = {key: quote for key, quote in subgraph.quotes.items() if key in claims}
    return replace(subgraph, nodes=nodes, edges=edges, transfers=transfers, quotes=quotes)


class _Numbers:
    """The number of every node, system, transfer, claim and document, and the names of those who are no nodes."""

    def __init__(self, subgraph: Subgraph) -> None:
        quotes, deals = subgraph.quotes, subgraph.transfers
        self.nodes = _number(sorted(subgraph.nodes))
        self.quotes = _number(sorted(quotes, key=lambda key: _place(quotes[key])))
        first = {
            key: min((self.quotes[one] for one in deals[key].claims if one in quotes), default=-1) for key in deals
        }
        self.deals = _number(sorted(deals, key=lambda key: (first[key], key)))
        moved = {key: name for deal in deals.values() for key, name in deal.systems}
        self.system_names = moved
        self.systems = _number(sorted(moved))
        self.documents: dict[str, str] = {}
        """A document's id -> a claim that has it."""
        for claim in self.quotes:
            self.documents.setdefault(str(quotes[claim].document.get("id", "")), claim)
        self.document_numbers = _number(self.documents)
        self.deal_of = {claim: deals[key] for key in self.deals for claim in deals[key].claims}
        self._names: dict[str, str] = {}
        for quote in map(quotes.__getitem__, self.quotes):
            for role in ("supplier", "buyer", "system"):
                if quote.claim.get(role):
                    self._names.setdefault(quote.claim[role], quote.claim.get(f"{role}_name") or quote.claim[role])

    def party(self, node_id: str, name: str = "") -> int | str:
        """Give the number of a node, or the name of who is not among the nodes."""
        return self.nodes.get(node_id, name or self._names.get(node_id, node_id))


def _number(keys: Iterable[str]) -> dict[str, int]:
    return {key: number for number, key in enumerate(keys)}


def _place(quote: Quote) -> tuple[str, int, str]:
    """Order quotes as they stand in their documents; rows next to each other are alike and pack well."""
    start = quote.claim.get("start")
    return str(quote.document.get("id", "")), start if isinstance(start, int) else 0, quote.id


def _known(keys: Iterable[str], numbers: Mapping[str, int]) -> list[int] | None:
    return [numbers[key] for key in keys if key in numbers] or None


def _given(properties: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """Give those of the fields that say something: an empty list and False say no more than a missing value."""
    held = ((name, properties.get(name)) for name in fields)
    told = {name: to_plain(value) for name, value in held if value is not None and value is not False}
    return {name: value for name, value in told.items() if value != []}


def _called(node_id: str) -> list[str] | None:
    """Give what else a text may call a node, so that the page can mark it in a quote."""
    entry = reference().entries.get(node_id)
    return list(entry.aliases) or None if entry else None


def _node(subgraph: Subgraph, key: str, place: Place) -> dict[str, Any]:
    node = subgraph.nodes[key]
    group = node.label if node.label in DRAWN_LABELS else "Organisation"
    properties = {name: to_plain(value) for name, value in node.properties.items() if value is not None}
    values = {"key": key, "name": node.name or key, "group": group, "x": place[0], "y": place[1]}
    called = _called(key)
    return values | ({"properties": properties} if properties else {}) | ({"called": called} if called else {})


def _system(subgraph: Subgraph, key: str, numbers: _Numbers) -> dict[str, Any]:
    known = subgraph.systems.get(key) or (subgraph.nodes[key].properties if key in subgraph.nodes else {})
    values = {"name": numbers.system_names[key] or key, "node": numbers.nodes.get(key), "called": _called(key)}
    return values | {name: to_plain(known.get(name)) for name in ("category", "class")}


def _edge(edge: Edge, numbers: _Numbers) -> dict[str, Any]:
    more = {name: to_plain(value) for name, value in edge.properties.items() if name not in _EDGE_FIELDS}
    return _given(edge.properties, _EDGE_FIELDS) | {
        "kind": edge.kind,
        "from": numbers.nodes[edge.source],
        "to": numbers.nodes[edge.target],
        "deals": _known(edge.transfers, numbers.deals),
        "quotes": _known(edge.claims, numbers.quotes),
        "more": {name: value for name, value in more.items() if value is not None} or None,
    }


def _deal(deal: Deal, numbers: _Numbers, told: Discretion) -> dict[str, Any]:
    main = deal.properties.get("supplier")
    values = _given(deal.properties, _DEAL_FIELDS) | {
        "suppliers": [numbers.party(key) for key in deal.suppliers],
        "supplier": numbers.party(str(main)) if len(deal.suppliers) > 1 and main in deal.suppliers else None,
        "buyers": [numbers.party(key) for key in deal.buyers],
        "systems": [numbers.systems[key] for key, _ in deal.systems],
        "parts": [(kind, numbers.party(key, name)) for kind, key, name in deal.parts] or None,
        "quotes": _known(deal.claims, numbers.quotes),
    }
    if told.sources:
        values.pop("reason", None)
    return values


def _quotes(subgraph: Subgraph, numbers: _Numbers, told: Discretion) -> dict[str, Any]:
    """Give the quotes by columns; the words of prose in ``quote``, of rows of tables in ``cells``, column by column.

    The rows stand in ``cells`` in the order of those quotes that have no ``quote``.
    """
    quotes = [subgraph.quotes[key] for key in numbers.quotes]
    records = [_quote(quote, numbers, told) for quote in quotes]
    columns = to_columns(
        records, ("document", *_CLAIM_FIELDS, "length", "disputes", "states", "quote"), ("start", "row")
    )
    rows = [] if told.quotes else [str(one.claim.get("quote", "")) for one in quotes if _is_row(one)]
    return columns | {"cells": to_cells(rows)}


def _is_row(quote: Quote) -> bool:
    return isinstance(quote.claim.get("row"), int)


def _quote(quote: Quote, numbers: _Numbers, told: Discretion) -> dict[str, Any]:
    """Give a claim; ``states`` only if it says other things than what came out of its transfer's claims."""
    words = str(quote.claim.get("quote", ""))
    values = _given(quote.claim, _CLAIM_FIELDS)
    values = {name: value for name, value in values.items() if name not in ("start", "row") or isinstance(value, int)}
    stated = _given(quote.claim, _STATED_FIELDS)
    deal = numbers.deal_of.get(quote.id)
    if deal is None or stated != _given(deal.properties, _SHARED_FIELDS):
        values["states"] = stated
    start, end = quote.claim.get("start"), quote.claim.get("end")
    if _is_row(quote):
        values.pop("start", None)  # the row says where it is
    elif isinstance(start, int) and isinstance(end, int) and (told.quotes or end - start != len(words)):
        values["length"] = end - start
    if not told.quotes and not _is_row(quote):
        values["quote"] = words
    if told.sources:
        values = {name: value for name, value in values.items() if name not in _TELLING_FIELDS}
    values["document"] = numbers.document_numbers[str(quote.document.get("id", ""))]
    return values | {"disputes": quote.disputes or None}


def _document(quote: Quote, told: Discretion) -> dict[str, Any]:
    if told.sources:
        values = {"published_on": quote.document.get("published_on"), "superseded": quote.document.get("superseded")}
        return _given(values, values) | {"source": _given(quote.source, ("reliability",))}
    return _given(quote.document, _DOCUMENT_FIELDS) | {"source": _given(quote.source, _SOURCE_FIELDS)}


def _words() -> dict[str, Any]:
    """Give every table of words as pairs, so that their order stays and no word is a key."""
    fields = ("phrase", "reverse", "meaning", "directed", "derived", "walkable")
    statuses = (*STATUSES.values(), WITHDRAWN)
    return {
        "labels": [(name, LABELS[name].meaning) for name in DRAWN_LABELS],
        "relations": [(kind.name, {name: getattr(kind, name) for name in fields}) for kind in RELATIONS.values()],
        "statuses": [
            (status.name, {"meaning": status.meaning, "rank": status.rank, "draws": status.draws})
            for status in statuses
        ],
        "transfer_kinds": list(TRANSFER_KINDS.items()),
        "modalities": list(MODALITIES.items()),
        "reliabilities": list(RELIABILITIES.items()),
        "parts": [(kind, role) for role, kind in FURTHER_PARTS.items()],
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
    if isinstance(value, set | frozenset):
        return sorted((to_plain(item) for item in value), key=str)
    if isinstance(value, Sequence):
        return [to_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
