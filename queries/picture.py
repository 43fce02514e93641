"""Subgraphs from the store: which nodes and edges, and all the transfers, claims and quotes behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..graph.facts import Transfer, derive
from ..graph.schema import RELATIONS, STATED, key_label
from ..graph.store import GraphStore
from ..graph.subgraph import Deal, Edge, Node, Quote, Subgraph

MOST_NODES: Final = 400

_TRANSFERS: Final = (
    "MATCH (s:Actor)-[:SUPPLIES]->(t) MATCH (t)-[:TO]->(b:Actor) MATCH (t)-[:OF]->(w:System) "
    "RETURN properties(t) AS transfer, b.id AS buyer, collect(DISTINCT s.id) AS suppliers, "
    "collect(DISTINCT [w.id, w.name]) AS systems"
)
_TRANSFERS_BY_ID: Final = f"UNWIND $ids AS id MATCH (t:Transfer {{id: id}}) {_TRANSFERS}"
_TRANSFERS_AMONG: Final = (
    "UNWIND $ids AS id MATCH (t:Transfer)-[:TO]->(:Actor {id: id}) MATCH (x:Actor)-[:SUPPLIES]->(t) "
    f"WITH DISTINCT t, x WHERE x.id IN $ids WITH DISTINCT t {_TRANSFERS}"
)
_CLAIMS_OF_TRANSFERS: Final = (
    "UNWIND $ids AS id MATCH (c:Claim)-[r:BACKS|DISPUTES]->(:Transfer {id: id}) "
    "RETURN id AS transfer, c.id AS claim, type(r) AS how ORDER BY claim"
)
_QUOTES: Final = (
    "UNWIND $ids AS id MATCH (c:Claim {id: id})-[:QUOTED_FROM]->(d:Document)-[:PUBLISHED_BY]->(p:Source) "
    "RETURN properties(c) AS claim, d.id AS document_id, d.name AS document, d.published_on AS published_on, "
    "d.address AS address, d.licence AS licence, d.reliability AS reliability, p.id AS source_id, p.name AS source"
)
_NODES: Final = "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n ORDER BY n.id"
_NEIGHBOURS: Final = "UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[:{kinds}]-(m) RETURN DISTINCT m.id AS id"
_STATED_AMONG: Final = (
    "UNWIND $part AS id MATCH (a:{label} {{id: id}})-[r:{kinds}]->(b) WHERE b.id IN $ids "
    "RETURN a.id AS start, type(r) AS kind, b.id AS end, properties(r) AS properties ORDER BY start, kind, end"
)


@dataclass(frozen=True, slots=True)
class Years:
    """A span of years; what has no year is kept, for unknown is not outside.

    Attributes:
        since: the first year, or None.
        until: the last year, or None.
    """

    since: int | None = None
    until: int | None = None

    def takes(self, first: int | None, last: int | None) -> bool:
        """Tell whether something that lasted from one year to another falls at least partly into the span."""
        early = self.until is not None and first is not None and first > self.until
        late = self.since is not None and last is not None and last < self.since
        return not early and not late


def around(
    store: GraphStore, centres: Sequence[Node], hops: int, *, years: Years | None = None, most: int = MOST_NODES
) -> Subgraph:
    """Give what lies within some steps of some nodes, over every relation of the schema.

    Args:
        store: where to look.
        centres: the nodes to start from; everything there is if none is given.
        hops: how many steps, at least 0.
        years: leaves out transfers and relations that lie outside; those without a year stay.
        most: how many nodes at most. The nearest are kept, of equally near ones those with the most relations; the
            result says how many were left out.
    """
    found = _within(store, [node.id for node in centres], hops) if centres else _everything(store)
    kept = found if len(found) <= most else _most_connected(store, found, most)
    names = ", ".join(node.name for node in centres) or "Everything"
    steps = f" and what lies within {hops} step{'s' if hops != 1 else ''}" if centres else " in the store"
    graph = among(store, names, list(kept), years=years, question=f"{names}{steps}")
    lonely = _lonely(graph) - {node.id for node in centres} if years else set()
    nodes = {node_id: node for node_id, node in graph.nodes.items() if node_id not in lonely}
    return Subgraph(
        graph.title, nodes, graph.edges, graph.transfers, graph.quotes, graph.question, len(found) - len(kept)
    )


def of_transfers(store: GraphStore, title: str, ids: Sequence[str]) -> Subgraph:
    """Give the suppliers and buyers of some transfers, with the derived relations and the evidence of just these."""
    deals = _deals(store, store.read(_TRANSFERS_BY_ID, ids=list(ids)))
    edges = _derived(deals)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    return _assemble(store, title, ends, edges, deals, question=title)


def among(
    store: GraphStore, title: str, ids: Sequence[str], *, years: Years | None = None, question: str = ""
) -> Subgraph:
    """Give some nodes and every relation of the schema between them, with all evidence.

    Args:
        store: where to look.
        title: of the picture.
        ids: of the nodes.
        years: see ``around``.
        question: what was asked, in words.
    """
    span = years or Years()
    actors = [node_id for node_id in ids if key_label(node_id) == "Actor"]
    deals = {
        deal.id: deal for deal in _deals(store, store.read(_TRANSFERS_AMONG, ids=actors)).values() if _in(span, deal)
    }
    derived = [edge for edge in _derived(deals) if edge.source in ids and edge.target in ids]
    stated = [edge for edge in _stated(store, ids) if span.takes(_year(edge, "since"), _year(edge, "until"))]
    return _assemble(store, title, ids, [*derived, *stated], deals, question=question or title)


def _within(store: GraphStore, centres: Sequence[str], hops: int) -> dict[str, int]:
    """Give every node within some steps, with its distance."""
    found = dict.fromkeys(centres, 0)
    edge = list(found)
    for hop in range(1, hops + 1):
        near = {row["id"] for label, part in _by_label(edge) for row in store.read(_neighbours(label), ids=part)}
        edge = sorted(near - found.keys())
        found |= dict.fromkeys(edge, hop)
    return found


def _everything(store: GraphStore) -> dict[str, int]:
    statement = f"MATCH (n)-[:{'|'.join(RELATIONS)}]-() RETURN DISTINCT n.id AS id ORDER BY id"
    return {row["id"]: 1 for row in store.read(statement)}


def _most_connected(store: GraphStore, found: dict[str, int], most: int) -> list[str]:
    degree: dict[str, int] = {}
    for label, part in _by_label(list(found)):
        statement = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[r:{'|'.join(RELATIONS)}]-() "
        degree |= {row["id"]: row["n"] for row in store.read(statement + "RETURN id, count(r) AS n", ids=part)}
    return sorted(found, key=lambda node_id: (found[node_id], -degree.get(node_id, 0), node_id))[:most]


def _neighbours(label: str) -> str:
    return _NEIGHBOURS.format(label=label, kinds="|".join(RELATIONS))


def _by_label(ids: Iterable[str]) -> list[tuple[str, list[str]]]:
    parts: dict[str, list[str]] = defaultdict(list)
    for node_id in ids:
        parts[key_label(node_id)].append(node_id)
    return sorted(parts.items())


def _deals(store: GraphStore, rows: Iterable[dict[str, Any]]) -> dict[str, Deal]:
    held = sorted(rows, key=lambda row: str(row["transfer"]["id"]))
    claims: dict[str, list[str]] = defaultdict(list)
    for row in store.read(_CLAIMS_OF_TRANSFERS, ids=[row["transfer"]["id"] for row in held]):
        claims[row["transfer"]].append(row["claim"])
    return {
        row["transfer"]["id"]: Deal(
            row["transfer"]["id"],
            tuple(sorted(row["suppliers"])),
            (row["buyer"],),
            tuple(sorted((system[0], system[1]) for system in row["systems"])),
            row["transfer"],
            tuple(claims[row["transfer"]["id"]]),
        )
        for row in held
    }


def _derived(deals: dict[str, Deal]) -> list[Edge]:
    """Draw the derived relations of just these deals; each carries all deals between its two ends."""
    between: dict[tuple[str, str], list[str]] = defaultdict(list)
    for deal in deals.values():
        for supplier in deal.suppliers:
            between[supplier, deal.buyers[0]].append(deal.id)
    transfers = [
        Transfer(deal.id, "", deal.suppliers, deal.buyers[0], (), deal.properties, (), ()) for deal in deals.values()
    ]
    return [
        Edge(one.kind, one.start, one.end, one.properties, tuple(between[one.start, one.end]))
        for one in derive(transfers)
    ]


def _stated(store: GraphStore, ids: Sequence[str]) -> list[Edge]:
    edges = []
    for label, part in _by_label(ids):
        statement = _STATED_AMONG.format(label=label, kinds="|".join(STATED))
        for row in store.read(statement, part=part, ids=list(ids)):
            claims = tuple(row["properties"].pop("claims", ()))
            edges.append(Edge(row["kind"], row["start"], row["end"], row["properties"], claims=claims))
    return edges


def _assemble(
    store: GraphStore, title: str, ids: Collection[str], edges: Sequence[Edge], deals: dict[str, Deal], *, question: str
) -> Subgraph:
    nodes: dict[str, Node] = {}
    for label, part in _by_label(sorted(ids)):
        nodes |= {row["n"].id: row["n"] for row in store.read(_NODES.format(label=label), ids=part)}
    drawn = {transfer for edge in edges for transfer in edge.transfers}
    transfers = {deal_id: deal for deal_id, deal in deals.items() if deal_id in drawn}
    claims = {claim for deal in transfers.values() for claim in deal.claims} | {
        one for edge in edges for one in edge.claims
    }
    return Subgraph(title, nodes, tuple(edges), transfers, quotes(store, claims), question)


def quotes(store: GraphStore, claims: Collection[str]) -> dict[str, Quote]:
    """Give the words behind some claims, by claim id."""
    found = {}
    for row in store.read(_QUOTES, ids=sorted(claims)):
        document = {"id": row["document_id"], "name": row["document"]}
        document |= {name: row[name] for name in ("published_on", "address", "licence") if row[name] is not None}
        source = {"id": row["source_id"], "name": row["source"], "reliability": row["reliability"]}
        found[row["claim"]["id"]] = Quote(row["claim"], document, source, row["claim"]["modality"] == "denied")
    return found


def _in(span: Years, deal: Deal) -> bool:
    years = [deal.properties.get("order_year"), *deal.properties.get("delivery_years", ())]
    known = [year for year in years if year is not None]
    return span.takes(min(known, default=None), max(known, default=None))


def _year(edge: Edge, name: str) -> int | None:
    value = str(edge.properties.get(name, ""))[:4]
    return int(value) if value.isdigit() else None


def _lonely(graph: Subgraph) -> set[str]:
    ends = {end for edge in graph.edges for end in (edge.source, edge.target)}
    return {node_id for node_id in graph.nodes if node_id not in ends}
