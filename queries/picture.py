"""Subgraphs from the store: which nodes and edges, and all the transfers, claims and quotes behind them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ..graph.attested import superseded
from ..graph.cypher import EDITIONS, ours
from ..graph.derived import derive
from ..graph.errors import ParameterWrong
from ..graph.facts import Relation, Transfer
from ..graph.names import reference
from ..graph.schema import FURTHER_PARTS, RELATIONS, is_ours, key_label
from ..graph.store import GraphStore
from ..graph.subgraph import Deal, Edge, Node, Quote, Subgraph

MOST_NODES: Final = 400

_KINDS: Final = "|".join(RELATIONS)
_RELATION: Final = "RETURN a.id AS start, type(r) AS kind, b.id AS end, properties(r) AS properties"
_RELATIONS_OF: Final = (
    f"UNWIND $ids AS id MATCH (a:{{label}} {{{{id: id}}}})-[r:{_KINDS}]->(b) {_RELATION}",
    f"UNWIND $ids AS id MATCH (b:{{label}} {{{{id: id}}}})<-[r:{_KINDS}]-(a) {_RELATION}",
)
_ALL_RELATIONS: Final = f"MATCH (a)-[r:{_KINDS}]->(b) {_RELATION}"
_DEALS_OF_SYSTEMS: Final = "UNWIND $ids AS id MATCH (:System {id: id})<-[:OF]-(t:Transfer) RETURN DISTINCT t.id AS id"
_ENDS: Final = (
    "MATCH (s:Actor)-[:SUPPLIES]->(t) MATCH (t)-[:TO]->(b:Actor) MATCH (t)-[:OF]->(w:System) "
    "RETURN properties(t) AS transfer, b.id AS buyer, collect(DISTINCT s.id) AS suppliers, "
    "collect(DISTINCT [w.id, w.name]) AS systems"
)
_DEALS_BY_ID: Final = f"UNWIND $ids AS id MATCH (t:Transfer {{id: id}}) {_ENDS}"
_DEALS_OF_PAIRS: Final = (
    f"UNWIND $ids AS pair MATCH (t:Transfer {{pair: pair}}) WITH t WHERE {ours('t', 'Transfer')} {_ENDS}"
)
_CLAIMS_OF_DEALS: Final = (
    "UNWIND $ids AS id MATCH (t:Transfer {id: id})<-[:BACKS|DISPUTES]-(c:Claim) "
    "RETURN id AS transfer, c.id AS claim ORDER BY claim"
)
_QUOTES: Final = (
    "UNWIND $ids AS id MATCH (c:Claim {id: id})-[:QUOTED_FROM]->(d:Document)-[:PUBLISHED_BY]->(p:Source) "
    "RETURN properties(c) AS claim, d.id AS document_id, d.name AS document, d.published_on AS published_on, "
    "d.address AS address, d.licence AS licence, d.reliability AS reliability, p.id AS source_id, p.name AS source"
)
_PARTS: Final = (
    f"UNWIND $ids AS id MATCH (t:Transfer {{id: id}})<-[r:{'|'.join(FURTHER_PARTS.values())}]-(a:Actor) "
    "RETURN id AS transfer, type(r) AS kind, a.id AS party, a.name AS name ORDER BY transfer, kind, party"
)
_WITHDRAWN: Final = tuple(
    f"UNWIND $ids AS id MATCH (:Actor {{id: id}}){end}(t:Transfer) WHERE t.status = 'withdrawn' RETURN t.id AS id"
    for end in ("-[:SUPPLIES]->", "<-[:TO]-")
)
_SYSTEMS: Final = "UNWIND $ids AS id MATCH (w:System {id: id}) RETURN id, w.category AS category, w.class AS class"
_NODES: Final = "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n"


@dataclass(frozen=True, slots=True)
class Years:
    """A span of years; what has no year is kept, for unknown is not outside.

    Attributes:
        since: the first year, or None.
        until: the last year, or None.

    Raises:
        ParameterWrong: the first year is after the last.
    """

    since: int | None = None
    until: int | None = None

    def __post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ParameterWrong(f"The years run the wrong way: {self.since} is after {self.until}.")

    def takes(self, first: int | None, last: int | None) -> bool:
        """Tell whether something that lasted from one year to another falls at least partly into the span."""
        early = self.until is not None and first is not None and first > self.until
        late = self.since is not None and last is not None and last < self.since
        return not early and not late


@dataclass(slots=True)
class _Found:
    """What a walk came by: nodes with their distance, relations, and deals beside those of the derived relations."""

    distance: dict[str, int]
    relations: dict[tuple[str, str, str], Relation] = field(default_factory=dict)
    deals: set[str] = field(default_factory=set)

    def add(self, rows: Iterable[dict[str, Any]]) -> set[str]:
        """Add relations between nodes of ours and give the nodes at their ends."""
        ends = set()
        for row in rows:
            if not (is_ours(row["start"]) and is_ours(row["end"])):
                continue
            self.relations[row["kind"], row["start"], row["end"]] = Relation(
                row["kind"], row["start"], row["end"], row["properties"]
            )
            ends |= {row["start"], row["end"]}
        return ends

    def nearest(self, most: int) -> set[str]:
        """Give the nearest nodes; of equally near ones those with the most relations."""
        degree = Counter(end for _, start, target in self.relations for end in (start, target))
        return set(sorted(self.distance, key=lambda one: (self.distance[one], -degree[one], one))[:most])


def around(
    store: GraphStore, centres: Sequence[Node], hops: int, *, years: Years | None = None, most: int = MOST_NODES
) -> Subgraph:
    """Give the nodes within some steps of others, over every relation of the schema, and the relations walked.

    What supplies or receives a system is one step from it.

    Args:
        store: where to look.
        centres: the nodes to start from; everything there is if none is given.
        hops: how many steps, at least 0.
        years: leaves out transfers and relations that lie outside; those without a year stay.
        most: how many nodes at most. The nearest are kept, of equally near ones those with the most relations; the
            result says how many were left out.
    """
    found = _walk(store, [node.id for node in centres], hops) if centres else _everything(store)
    kept = found.nearest(most)
    names = ", ".join(node.name for node in centres) or "Everything in the store"
    within = f" and what lies within {hops} step{'s' if hops != 1 else ''}" if centres else ""
    graph = _assemble(store, names, kept, found, years or Years(), question=f"{names}{within}")
    ends = {end for edge in graph.edges for end in (edge.source, edge.target)} | {node.id for node in centres}
    nodes = {node_id: node for node_id, node in graph.nodes.items() if node_id in ends}
    return replace(graph, nodes=nodes, left_out=len(found.distance) - len(kept))


def among(store: GraphStore, title: str, ids: Collection[str]) -> Subgraph:
    """Give some nodes and every relation of the schema between them, with all evidence."""
    found = _walk(store, sorted(ids), 1)
    return _assemble(store, title, set(ids), found, Years(), question=title)


def of_answer(store: GraphStore, title: str, rows: Iterable[Mapping[str, Any]], most: int = MOST_NODES) -> Subgraph:
    """Give the picture of an answer: the deals that its rows rest on, and what is stated between the nodes they name.

    The numbers of a row about one node alone become properties of that node, for its size and colour.

    Args:
        store: where it was asked.
        title: the question.
        rows: they name what they rest on in ``transfer_ids``, ``pair_ids`` (a supplier, which may be a firm, and a
            buyer) and ``node_ids``.
        most: how many nodes at most; those of the first rows are kept, and the result says how many were left out.
    """
    held: dict[str, list[str]] = {name: [] for name in ("transfer_ids", "pair_ids", "node_ids")}
    given = list(rows)
    for row in given:
        for name in held:
            held[name] += row.get(name) or ()
    pairs = {(supplier, buyer) for supplier, _, buyer in (pair.partition("|") for pair in held["pair_ids"])}
    deals = _deals_between(store, pairs) | _deals(store, _DEALS_BY_ID, list(dict.fromkeys(held["transfer_ids"])))
    named = dict.fromkeys(held["node_ids"])
    ends = [end for deal in deals.values() for end in (*deal.suppliers, *deal.buyers)]
    everybody = list(dict.fromkeys([*named, *(end for pair in held["pair_ids"] for end in pair.split("|")), *ends]))
    kept = set(everybody[:most])
    found = _walk(store, [one for one in named if one in kept], 1)
    stated = [
        _stated(one)
        for one in found.relations.values()
        if not RELATIONS[one.kind].derived and one.start in kept and one.end in kept
    ]
    drawn = [edge for edge in _derived(deals) if edge.source in kept and edge.target in kept]
    edges = sorted([*drawn, *stated], key=lambda edge: edge.id)
    graph = _with_evidence(store, title, kept, edges, deals)
    nodes = {node_id: _with_numbers(node, given) for node_id, node in graph.nodes.items()}
    return replace(graph, nodes=nodes, left_out=len(everybody) - len(kept))


def _with_numbers(node: Node, rows: Sequence[Mapping[str, Any]]) -> Node:
    """Give a node the numbers of the row that is about it alone, for size and colour."""
    numbers = {
        name: value
        for row in rows
        if row.get("node_ids") == [node.id]
        for name, value in row.items()
        if isinstance(value, int | float)
    }
    return replace(node, properties={**node.properties, **numbers}) if numbers else node


def quotes(store: GraphStore, claims: Collection[str]) -> dict[str, Quote]:
    """Give the words behind some claims, by claim id; a document says if a later edition of it is known."""
    found = {}
    past = superseded(store.read(EDITIONS))
    for row in store.read(_QUOTES, ids=sorted(claims)):
        document = {"id": row["document_id"], "name": row["document"]}
        document |= {name: row[name] for name in ("published_on", "address", "licence") if row[name] is not None}
        document |= {"superseded": True} if row["document_id"] in past else {}
        source = {"id": row["source_id"], "name": row["source"], "reliability": row["reliability"]}
        found[row["claim"]["id"]] = Quote(row["claim"], document, source, row["claim"]["modality"] == "denied")
    return found


def _walk(store: GraphStore, centres: Sequence[str], hops: int) -> _Found:
    found = _Found(dict.fromkeys(centres, 0))
    rim = list(centres)
    for hop in range(1, hops + 1):
        ends: set[str] = set()
        for label, part in _by_label(rim):
            for statement in _RELATIONS_OF:
                ends |= found.add(store.read(statement.format(label=label), ids=part))
            if label == "System":
                deals = {row["id"] for row in store.read(_DEALS_OF_SYSTEMS, ids=part)}
                found.deals |= deals
                moved = _deals(store, _DEALS_BY_ID, sorted(deals)).values()
                ends |= {end for deal in moved for end in (*deal.suppliers, *deal.buyers)}
        rim = sorted(ends - found.distance.keys())
        found.distance |= dict.fromkeys(rim, hop)
    return found


def _everything(store: GraphStore) -> _Found:
    found = _Found({})
    found.distance = dict.fromkeys(sorted(found.add(store.read(_ALL_RELATIONS))), 1)
    return found


def _assemble(store: GraphStore, title: str, kept: set[str], found: _Found, years: Years, *, question: str) -> Subgraph:
    """Draw what was found between the kept nodes: derived relations anew from their deals, stated ones as they are."""
    between = [one for one in found.relations.values() if one.start in kept and one.end in kept]
    pairs = {_pair(one.start, one.end) for one in between if RELATIONS[one.kind].derived}
    deals = _deals(store, _DEALS_OF_PAIRS, sorted(pairs)) | _deals(store, _DEALS_BY_ID, sorted(found.deals))
    deals = {deal_id: deal for deal_id, deal in deals.items() if years.takes(*_lasted(deal.properties))}
    walked = {(one.start, one.end) for one in between}
    derived = [
        edge
        for edge in _derived(deals)
        if (edge.source, edge.target) in walked
        or (edge.source in kept and edge.target in kept and found.deals.intersection(edge.transfers))
    ]
    stated = [
        _stated(one) for one in between if not RELATIONS[one.kind].derived and years.takes(*_lasted(one.properties))
    ]
    edges = sorted([*derived, *stated], key=lambda edge: edge.id)
    gone = _withdrawn(store, kept, years)
    return _with_evidence(store, title, kept, edges, deals | gone, question=question, besides=gone)


def _withdrawn(store: GraphStore, kept: set[str], years: Years) -> dict[str, Deal]:
    """Give what only earlier editions of a register tell of the kept nodes; no line stands for it."""
    actors = [node_id for node_id in sorted(kept) if key_label(node_id) == "Actor"]
    found = {row["id"] for statement in _WITHDRAWN for row in store.read(statement, ids=actors)}
    deals = _deals(store, _DEALS_BY_ID, sorted(found))
    return {key: deal for key, deal in deals.items() if years.takes(*_lasted(deal.properties))}


def _with_evidence(
    store: GraphStore,
    title: str,
    ids: set[str],
    edges: Sequence[Edge],
    deals: dict[str, Deal],
    *,
    question: str = "",
    besides: Iterable[str] = (),
) -> Subgraph:
    nodes: dict[str, Node] = {}
    for label, part in _by_label(sorted(ids)):
        nodes |= {row["n"].id: row["n"] for row in store.read(_NODES.format(label=label), ids=part)}
    drawn = sorted({transfer for edge in edges for transfer in edge.transfers}.union(besides))
    claims: dict[str, list[str]] = defaultdict(list)
    for row in store.read(_CLAIMS_OF_DEALS, ids=drawn):
        claims[row["transfer"]].append(row["claim"])
    parts: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in store.read(_PARTS, ids=drawn):
        parts[row["transfer"]].append((row["kind"], row["party"], row["name"]))
    transfers = {one: replace(deals[one], claims=tuple(claims[one]), parts=tuple(parts[one])) for one in drawn}
    backing = {claim for held in claims.values() for claim in held} | {claim for edge in edges for claim in edge.claims}
    moved = sorted({system for deal in transfers.values() for system, _ in deal.systems})
    systems = {
        row["id"]: {"category": row["category"], "class": row["class"]} for row in store.read(_SYSTEMS, ids=moved)
    }
    return Subgraph(title, nodes, tuple(edges), transfers, quotes(store, backing), question or title, systems=systems)


def _deals(store: GraphStore, statement: str, ids: Sequence[str]) -> dict[str, Deal]:
    """Read deals, in the order of their ids, without their claims."""
    rows = sorted(store.read(statement, ids=list(ids)), key=lambda row: str(row["transfer"]["id"]))
    return {
        row["transfer"]["id"]: Deal(
            row["transfer"]["id"],
            tuple(sorted(row["suppliers"])),
            (row["buyer"],),
            tuple(sorted((system[0], system[1]) for system in row["systems"])),
            row["transfer"],
            (),
        )
        for row in rows
    }


def _deals_between(store: GraphStore, pairs: Collection[tuple[str, str]]) -> dict[str, Deal]:
    """Read the deals of suppliers and buyers; of a firm those in which it supplies, and not all of its state's."""
    deals = _deals(store, _DEALS_OF_PAIRS, sorted({_pair(*pair) for pair in pairs}))
    return {
        key: deal
        for key, deal in deals.items()
        if any((supplier, deal.buyers[0]) in pairs for supplier in deal.suppliers)
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


def _stated(relation: Relation) -> Edge:
    properties = dict[str, Any](relation.properties)
    claims = properties.pop("claims")
    return Edge(relation.kind, relation.start, relation.end, properties, claims=tuple(claims))


def _pair(supplier: str, buyer: str) -> str:
    """Give the pair under which the transfers between two are kept: the supplier's state, where the lists know it."""
    return f"{reference().state_of(supplier) or supplier}|{buyer}"


def _by_label(ids: Iterable[str]) -> list[tuple[str, list[str]]]:
    parts: dict[str, list[str]] = defaultdict(list)
    for node_id in ids:
        parts[key_label(node_id)].append(node_id)
    return sorted(parts.items())


def _lasted(properties: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Give the first and the last year of a transfer's or a relation's properties; None where it is not known."""
    if "since" in properties or "until" in properties:
        since, until = (str(properties.get(name, ""))[:4] for name in ("since", "until"))
        return (int(since) if since.isdigit() else None, int(until) if until.isdigit() else None)
    order = properties.get("order_year")
    years = [*([] if order is None else [order]), *(properties.get("delivery_years") or ())]
    return min(years, default=None), max(years, default=None)
