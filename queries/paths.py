"""Paths between two nodes: the shortest ones over walkable relations, told in words with the quotes they rest on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NoReturn

from ..graph.errors import ParameterWrong
from ..graph.schema import RELATIONS, STATUSES, WITHDRAWN
from ..graph.store import GraphStore, Rows
from ..graph.subgraph import Deal, Edge, Node, Quote, Subgraph
from .formats import quoted
from .picture import among

if TYPE_CHECKING:
    import networkx

WALKABLE: Final = tuple(kind.name for kind in RELATIONS.values() if kind.walkable)

# A step that only may come about counts a little more, so that of equally long paths the certain one comes first.
_COST: Final = {"MAY_ARM": 1.01}
_EDGES: Final = "MATCH (a)-[r:{kinds}]->(b) RETURN DISTINCT a.id AS start, type(r) AS kind, b.id AS end"
_NOBODY: Final = "MATCH (n:Organisation) WHERE n.type = 'unknown' RETURN n.id AS id"
"""Those who stand for whomever a source does not know: two who dealt with them need not have met the same one."""

_FIRST_SAID: Final = ("ARMS", *(kind for kind in RELATIONS if kind not in ("ARMS", "MAY_ARM")), "MAY_ARM")


@dataclass(frozen=True, slots=True)
class Footnote:
    """The words behind one step.

    Attributes:
        number: as in the told path.
        quote: the claim with its document and source; None where a step has none.
        says: what the step rests on, such as the system and the status.
    """

    number: int
    quote: Quote | None
    says: str

    def in_words(self) -> str:
        """Give the footnote as a line: what it says, the words, and who published them when and where."""
        said = f" {self.says}:" if self.says else ""
        if self.quote is None:
            return f"[{self.number}]{said} no claim is kept"
        claim, document = self.quote.claim, self.quote.document
        place = f"line {claim['row']}" if "row" in claim else f"characters {claim['start']}–{claim['end']}"
        cited = ", ".join(
            filter(None, (self.quote.source["name"], document["name"], document.get("published_on"), place))
        )
        return f"[{self.number}]{said} {quoted(claim['quote'])} — {cited}"


@dataclass(frozen=True, slots=True)
class ToldPath:
    """One path.

    Attributes:
        nodes: from one end to the other.
        edges: the steps.
        text: the path in one sentence, with the numbers of the footnotes.
        footnotes: one for each step.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    text: str
    footnotes: tuple[Footnote, ...]

    def in_words(self) -> str:
        """Give the path and its footnotes, a line each."""
        return "\n".join((self.text, *(f"  {note.in_words()}" for note in self.footnotes)))


@dataclass(frozen=True, slots=True)
class Paths:
    """What a search for paths found.

    Attributes:
        asked: the question in words.
        paths: the shortest first; empty if there is none.
        subgraph: all nodes of the paths, with the relations between them and their evidence.
        reach: if there is no path: what each side reaches, in words.
    """

    asked: str
    paths: tuple[ToldPath, ...]
    subgraph: Subgraph
    reach: str = ""

    def to_rows(self) -> Rows:
        """Give one row a path, for other programs."""
        rows = [
            {
                "path": number,
                "steps": len(told.edges),
                "text": told.text,
                "nodes": [node.id for node in told.nodes],
                "relations": [edge.kind for edge in told.edges],
                "quotes": [note.in_words() for note in told.footnotes],
            }
            for number, told in enumerate(self.paths, start=1)
        ]
        return Rows(("path", "steps", "text", "nodes", "relations", "quotes"), rows)


def find_paths(
    store: GraphStore, start: Node, end: Node, *, hops: int = 4, most: int = 3, kinds: Collection[str] = ()
) -> Paths:
    """Find the shortest paths between two nodes, whichever way each relation points.

    Args:
        store: where.
        start: one end.
        end: the other.
        hops: how many steps at most.
        most: how many paths at most.
        kinds: the relations to walk; every walkable one if empty.

    Raises:
        ParameterWrong: the two ends are one, a kind is unknown, or there is nothing to look for.
    """
    walked = _checked(start, end, hops, most, kinds)
    graph, steps = _walkable(store, walked)
    graph.remove_nodes_from({row["id"] for row in store.read(_NOBODY)} - {start.id, end.id})
    asked = f"How is {start.name} connected with {end.name}?"
    found = list(_shortest(graph, start.id, end.id, hops, most))
    ids = sorted({node_id for path in found for node_id in path})
    if not found:
        return Paths(asked, (), Subgraph(asked, {}, ()), _reach(graph, start, end, hops, walked))
    subgraph = among(store, asked, ids)
    on_paths = {frozenset(pair) for path in found for pair in pairwise(path)}
    edges = tuple(
        edge for edge in subgraph.edges if edge.kind in walked and frozenset((edge.source, edge.target)) in on_paths
    )
    told = tuple(_tell(path, steps, subgraph) for path in found)
    shown = Subgraph(asked, subgraph.nodes, edges, subgraph.transfers, subgraph.quotes, asked)
    return Paths(asked, told, shown)


def _checked(start: Node, end: Node, hops: int, most: int, kinds: Collection[str]) -> tuple[str, ...]:
    if start.id == end.id:
        raise ParameterWrong(f"Both ends of the path are {start.name}.")
    if hops < 1 or most < 1:
        raise ParameterWrong("A path has at least one step, and at least one path is to be found.")
    for kind in kinds:
        if kind not in RELATIONS:
            _unknown_kind(kind)
    return tuple(kinds) or WALKABLE


def _unknown_kind(kind: str) -> NoReturn:
    raise ParameterWrong(f"There is no relation {kind}. Paths can walk {', '.join(RELATIONS)}.")


def _walkable(store: GraphStore, kinds: Sequence[str]) -> tuple[networkx.Graph[str], dict[tuple[str, str], list[Edge]]]:
    """Give the graph of which node is next to which, and the relations between each two, from either side."""
    import networkx  # noqa: PLC0415  (only paths need it)

    graph: networkx.Graph[str] = networkx.Graph()
    steps: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    rows = store.read(_EDGES.format(kinds="|".join(kinds)))
    for row in sorted(rows, key=lambda row: (row["start"], row["end"], _FIRST_SAID.index(row["kind"]))):
        edge = Edge(row["kind"], row["start"], row["end"])
        steps[edge.source, edge.target].append(edge)
        steps[edge.target, edge.source].append(edge)
        known = graph.edges[edge.source, edge.target]["cost"] if graph.has_edge(edge.source, edge.target) else 9.0
        graph.add_edge(edge.source, edge.target, cost=min(known, _COST.get(edge.kind, 1.0)))
    return graph, steps


def _shortest(graph: networkx.Graph[str], start: str, end: str, hops: int, most: int) -> Iterator[list[str]]:
    import networkx  # noqa: PLC0415

    if start not in graph or end not in graph or not networkx.has_path(graph, start, end):
        return
    given = 0
    for path in networkx.shortest_simple_paths(graph, start, end, weight="cost"):
        if (len(path) - 1) > hops * max(_COST.values()) or given == most:
            return
        if len(path) - 1 <= hops:
            given += 1
            yield path


def _reach(graph: networkx.Graph[str], start: Node, end: Node, hops: int, kinds: Sequence[str]) -> str:
    import networkx  # noqa: PLC0415

    def reached(node: Node) -> str:
        near = networkx.single_source_shortest_path_length(graph, node.id, hops) if node.id in graph else {node.id: 0}
        return f"{node.name} reaches {len(near) - 1} others within {hops} steps"

    left = [kind for kind in RELATIONS if kind not in kinds]
    walked_not = f" Not walked: {', '.join(left)}." if left else ""
    return f"No path: {reached(start)}, {reached(end)}, and none of them is the other.{walked_not}"


def _tell(path: Sequence[str], steps: dict[tuple[str, str], list[Edge]], graph: Subgraph) -> ToldPath:
    full = {(edge.kind, edge.source, edge.target): edge for edge in graph.edges}
    edges, footnotes, text = [], [], _named(graph.nodes[path[0]])
    for number, (here, there) in enumerate(pairwise(path), start=1):
        step = steps[here, there][0]
        edge = full.get((step.kind, step.source, step.target), step)
        edges.append(edge)
        kind = RELATIONS[edge.kind]
        phrase = kind.phrase if edge.source == here else kind.reverse
        link = "" if number == 1 else (", who" if graph.nodes[here].label == "Person" else ", which")
        text += f"{link} {phrase} {_named(graph.nodes[there])} [{number}]"
        footnotes.append(_footnote(number, edge, graph))
    text = text[0].upper() + text[1:]
    return ToldPath(tuple(graph.nodes[node_id] for node_id in path), tuple(edges), f"{text}.", tuple(footnotes))


_WITH_ARTICLE: Final = re.compile(
    r"(United|Soviet|Netherlands|Philippines|Bahamas|Maldives|Gambia|.* (Islands|Republic)$)"
)


def _named(node: Node) -> str:
    """Give a node's name as it stands in a sentence."""
    return f"the {node.name}" if node.label == "State" and _WITH_ARTICLE.match(node.name) else node.name


def _footnote(number: int, edge: Edge, graph: Subgraph) -> Footnote:
    deals = [graph.transfers[deal] for deal in edge.transfers]
    if deals:
        deal = max(deals, key=lambda one: (_rank(one), one.id))
        return Footnote(number, _best([graph.quotes[claim] for claim in deal.claims], deal), _said(deal))
    return Footnote(
        number, _best([graph.quotes[claim] for claim in edge.claims]), str(edge.properties.get("title") or "")
    )


def _best(quotes: Sequence[Quote], deal: Deal | None = None) -> Quote | None:
    """Give the quote that says most of it: the same status as the deal, the surest, the latest."""

    def worth(quote: Quote) -> tuple[bool, float, str, str]:
        same = deal is None or quote.claim.get("status") == deal.properties["status"]
        return (same, quote.claim["confidence"], quote.document.get("published_on") or "", quote.id)

    return max(quotes, key=worth, default=None)


def _rank(deal: Deal) -> int:
    return STATUSES.get(deal.properties["status"], WITHDRAWN).rank


def _said(deal: Deal) -> str:
    systems = ", ".join(name for _, name in deal.systems)
    return f"{systems}, {str(deal.properties['status']).replace('_', ' ')}"
