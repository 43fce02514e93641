"""Everything that sources say of one node, a row for each claim with its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..graph.rows import Rows
from ..graph.schema import RELATIONS, key_label
from ..graph.store import GraphStore
from ..graph.subgraph import Deal, Edge, Node, Quote, Subgraph
from .picture import around, quotes

_COLUMNS: Final = (
    *("relation", "what", "quote", "modality", "source", "published", "document", "row", "start", "claim"),
)
_OF_ITSELF: Final = (
    "MATCH (n:{label} {{id: $id}})<-[:ABOUT]-(c:Claim) WHERE c.states IN ['description', 'volume'] RETURN c.id AS claim"
)
"""Claims of which no relation comes: of the node itself, and of all that it sold or bought."""
_TRADED: Final = {"exports": "all its exports", "imports": "all its imports", "sales": "all its sales of arms"}


def about(store: GraphStore, node: Node) -> tuple[Subgraph, Rows]:
    """Give everything about one node: its neighbourhood, and a row for each claim.

    These are the claims behind its relations, of a system also those on who supplies it to whom; those that describe
    the node itself; and those on all that it sold or bought.
    """
    graph = around(store, [node], 1)
    rows = [_row(node, edge, graph, deal, quote) for edge in graph.edges for deal, quote in _evidence(edge, graph)]
    own = store.read(_OF_ITSELF.format(label=key_label(node.id)), id=node.id)
    rows += [_of_itself(node, quote) for quote in quotes(store, {row["claim"] for row in own}).values()]
    return graph, Rows(_COLUMNS, sorted(rows, key=lambda row: (row["relation"], row["claim"])))


def _evidence(edge: Edge, graph: Subgraph) -> list[tuple[Deal | None, Quote]]:
    deals = [graph.transfers[deal] for deal in edge.transfers]
    backed: list[tuple[Deal | None, Quote]] = [(deal, graph.quotes[claim]) for deal in deals for claim in deal.claims]
    return backed + [(None, graph.quotes[claim]) for claim in edge.claims]


def _row(node: Node, edge: Edge, graph: Subgraph, deal: Deal | None, quote: Quote) -> dict[str, Any]:
    kind = RELATIONS[edge.kind]
    source, target = graph.nodes[edge.source].name, graph.nodes[edge.target].name
    told = f"{target} {kind.reverse} {source}" if edge.target == node.id else f"{source} {kind.phrase} {target}"
    what = quote.claim.get("title")
    if deal is not None:
        number = quote.claim.get("quantity_ordered") or quote.claim.get("quantity_delivered")
        parts = (str(number) if number else "", quote.claim.get("system_name", ""), quote.claim.get("status", ""))
        what = " ".join(filter(None, parts)).replace("_", " ")
    return _cells(told, what, quote)


def _of_itself(node: Node, quote: Quote) -> dict[str, Any]:
    claim = quote.claim
    if claim["states"] == "volume":
        return _cells(f"{node.name}: {_TRADED[claim['direction']]}", _volumes(claim), quote)
    return _cells(f"{node.name} is described", "; ".join(_described(node, claim)) or None, quote)


def _described(node: Node, claim: Mapping[str, Any]) -> Iterator[str]:
    """Say what a claim says of a node itself."""
    begun, ended = ("born", "died") if node.label == "Person" else ("from", "until")
    name, ways = claim["subject_name"], {"aliases": "also", "identifiers": "known as", "countries": "of"}
    if name != node.name:
        yield f"called {name}"
    yield from (f"{words} {', '.join(claim[field])}" for field, words in ways.items() if claim.get(field))
    told = {"since": begun, "until": ended, "type": "is a", "system_class": "of the class"}
    yield from (f"{words} {claim[field]}" for field, words in told.items() if claim.get(field))


def _volumes(claim: Mapping[str, Any]) -> str:
    """Say of which years a claim gives the volumes, and in what; the numbers are in its words."""
    years = sorted({*(claim.get("years") or ()), *(claim.get("years_below_half") or ())})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years)) or "no year"
    unit = f"millions of {claim['currency']}" if claim.get("currency") else "millions of TIV"
    prices = f" in prices of {claim['price_year']}" if claim.get("price_year") else ""
    return f"{span}, {unit}{prices}"


def _cells(relation: str, what: str | None, quote: Quote) -> dict[str, Any]:
    return {
        "relation": relation,
        "what": what,
        "quote": quote.claim["quote"],
        "modality": "disputes" if quote.disputes else quote.claim["modality"],
        "source": quote.source["name"],
        "published": quote.document.get("published_on"),
        "document": quote.document["name"],
        "row": quote.claim.get("row"),
        "start": quote.claim["start"],
        "claim": quote.id,
    }
