"""What is in a store: its documents, its counts, and everything about one node."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from ..graph.cypher import ours
from ..graph.errors import AmbiguousName, UnknownName
from ..graph.rows import Rows
from ..graph.schema import LABELS, RELATIONS, is_ours
from ..graph.store import GraphStore
from ..graph.subgraph import Deal, Edge, Node, Quote, Subgraph
from .picture import around
from .resolve import find, resolve

_DOCUMENTS: Final = (
    f"MATCH (d:Document)-[:PUBLISHED_BY]->(s:Source) WHERE {ours('d', 'Document')} "
    "OPTIONAL MATCH (c:Claim)-[:QUOTED_FROM]->(d) WITH d, s, count(c) AS claims "
    "RETURN d.id AS document, d.name AS title, s.name AS source, d.reliability AS reliability, "
    "d.published_on AS published, d.format AS format, claims, d.recorded_at AS loaded ORDER BY title, document"
)
_RELATIONS: Final = f"MATCH (a)-[r:{'|'.join(RELATIONS)}]->(b) RETURN type(r) AS kind, collect([a.id, b.id]) AS ends"


def documents(store: GraphStore) -> Rows:
    """Give one row for each document that is loaded."""
    return store.read(_DOCUMENTS)


def find_document(store: GraphStore, text: str) -> list[dict[str, Any]]:
    """Find the documents that a text may mean: by id, by the start of the id, or by title."""
    rows = documents(store).records
    exact = [row for row in rows if text in (row["document"], row["title"])]
    start = text.removeprefix("doc:")
    return exact or [row for row in rows if len(start) >= 4 and row["document"].removeprefix("doc:").startswith(start)]


def get_document(store: GraphStore, text: str) -> dict[str, Any]:
    """Give the one document that a text means.

    Raises:
        UnknownName: no document of this store goes by it.
        AmbiguousName: several do.
    """
    rows = find_document(store, text)
    if not rows:
        raise UnknownName(f"No document here goes by {text!r}; `legation documents` lists them with their ids.", text)
    if len(rows) > 1:
        ids = ", ".join(row["document"] for row in rows)
        raise AmbiguousName(f"{text!r} can be several documents: {ids}. Say which by its id.", text)
    return rows[0]


def stats(store: GraphStore) -> Rows:
    """Count nodes by label, relations by kind, and transfers by status; what there is none of is left out."""
    counted: list[dict[str, Any]] = []
    for name in LABELS:
        key = "n:Actor AND " if LABELS[name].actor else ""
        rows = store.read(f"MATCH (n:{name}) WHERE {key}{ours('n', name)} RETURN count(n) AS n")
        counted.append({"what": "nodes", "name": name, "count": rows.records[0]["n"]})
    kinds = Counter(
        {row["kind"]: sum(all(map(is_ours, ends)) for ends in row["ends"]) for row in store.read(_RELATIONS)}
    )
    counted += [{"what": "relations", "name": name, "count": kinds[name]} for name in RELATIONS]
    deals = f"MATCH (t:Transfer) WHERE {ours('t', 'Transfer')}"
    statuses = store.read(f"{deals} RETURN t.status AS name, count(t) AS n ORDER BY n DESC, name")
    counted += [{"what": "transfers", "name": row["name"], "count": row["n"]} for row in statuses]
    disputed = store.read(f"{deals} AND t.contested RETURN count(t) AS n").records[0]["n"]
    counted.append({"what": "transfers", "name": "contested", "count": disputed})
    return Rows(("what", "name", "count"), [row for row in counted if row["count"]])


def found(store: GraphStore, text: str) -> Rows:
    """Give one row for each actor, system and conflict that a text may mean.

    Raises:
        UnknownName: nothing in this store goes by it; the nearest names are in the message.
    """
    nodes = find(store, text) or [resolve(store, text)]
    rows = [{"id": node.id, "name": node.name, "label": node.label} for node in nodes]
    return Rows(("id", "name", "label"), rows)


def about(store: GraphStore, node: Node) -> tuple[Subgraph, Rows]:
    """Give everything about one node: its neighbourhood, and a row for each claim behind each of its relations.

    Of a system that is who supplies it to whom, too.
    """
    graph = around(store, [node], 1)
    rows = [_row(node, edge, graph, deal, quote) for edge in graph.edges for deal, quote in _evidence(edge, graph)]
    columns = ("relation", "what", "quote", "modality", "source", "published", "document", "row", "start", "claim")
    return graph, Rows(columns, sorted(rows, key=lambda row: (row["relation"], row["claim"])))


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
    return {
        "relation": told,
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
