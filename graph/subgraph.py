"""What a query found, as nodes and edges with the transfers, claims and quotes behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Final

from .schema import RELATIONS

if TYPE_CHECKING:
    import networkx

_TAKEN: Final = frozenset(("id", "source", "target", "key", "label", "group", "weight"))
_MOST_LINES: Final = 20
"""Lines that a notebook tells in words."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph.

    Attributes:
        id: ours, stable and readable.
        label: its one label beside ``Actor``.
        name: what to show.
        properties: all others.
    """

    id: str
    label: str
    name: str
    properties: Mapping[str, Any] = field(default_factory=dict)

    def to_attributes(self) -> dict[str, Any]:
        """Give what graph programs show: ``label``, the name; ``group``, the label in the graph; all properties."""
        own = {attribute(name): value for name, value in self.properties.items() if name != "name"}
        return {"label": self.name, "group": self.label} | own


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation of the graph, between two nodes of the same subgraph.

    Attributes:
        kind: its relation kind, see ``schema.RELATIONS``.
        source: id of the node where it starts.
        target: id of the node where it ends.
        properties: such as ``status``, ``transfers``, ``units``, ``first_year`` of a derived relation, or ``title``,
            ``since``, ``until`` of a stated one.
        transfers: ids of the transfers that a derived relation stands for; keys of ``Subgraph.transfers``.
        claims: ids of the claims behind a stated relation; keys of ``Subgraph.quotes``.
    """

    kind: str
    source: str
    target: str
    properties: Mapping[str, Any] = field(default_factory=dict)
    transfers: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """One string for the edge, unique in its subgraph: no two edges of a kind share both ends and a title."""
        return "|".join((self.kind, self.source, self.target, str(self.properties.get("title") or "")))

    def to_attributes(self) -> dict[str, Any]:
        """Give what graph programs show: ``kind``, ``weight`` and all properties.

        The weight of a relation that transfers draw is their number, that of any other is 1.
        """
        derived = self.kind in RELATIONS and RELATIONS[self.kind].derived
        weight = float(self.properties.get("transfers", 1)) if derived else 1.0
        own = {attribute(name): value for name, value in self.properties.items()}
        return {"kind": self.kind, "weight": weight} | own


@dataclass(frozen=True, slots=True)
class Route:
    """A path: nodes and the edges between them.

    Attributes:
        nodes: one more than edges.
        edges: each joins the node before it and the node after it, in either direction.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Deal:
    """One transfer as a view shows it.

    Attributes:
        id: id of the transfer.
        suppliers: ids of those who supply.
        buyers: ids of those who receive.
        systems: ids and names of what is moved.
        properties: of the transfer node, see ``schema.LABELS["Transfer"]``.
        claims: ids of the claims that back or dispute it; keys of ``Subgraph.quotes``.
        parts: who else has a part in it: kind of the relation (see ``schema.FURTHER_PARTS``), id and name.
    """

    id: str
    suppliers: tuple[str, ...]
    buyers: tuple[str, ...]
    systems: tuple[tuple[str, str], ...]
    properties: Mapping[str, Any]
    claims: tuple[str, ...]
    parts: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """The words behind a claim, with where they stand and what they state.

    Attributes:
        claim: all properties of the claim (``quote``, ``start``, ``end``, ``row``, ``status``, ``modality``, …).
        document: properties of its document, without the text (``id``, ``name``, ``published_on``, ``address``,
            ``licence``; ``superseded`` if a later edition of its register is known).
        source: properties of its source (``id``, ``name``, ``reliability``).
        disputes: whether it speaks against the transfer.
    """

    claim: Mapping[str, Any]
    document: Mapping[str, Any]
    source: Mapping[str, Any]
    disputes: bool = False

    @property
    def id(self) -> str:
        """The claim's id."""
        return str(self.claim["id"])


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Nodes and edges with all their evidence.

    Attributes:
        title: what was asked, in a few words.
        nodes: by id.
        edges: in a fixed order; parallel edges are kept apart.
        transfers: by id; what derived edges stand for.
        quotes: by claim id; the evidence of transfers and of stated relations.
        question: the question in words.
        left_out: how many nodes were found and not taken in, for a reader to know.
        cypher: the statement behind the question, where there is one.
        systems: by id, what is known of the systems that transfers name (``category``, ``class``).
    """

    title: str
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    transfers: Mapping[str, Deal] = field(default_factory=dict)
    quotes: Mapping[str, Quote] = field(default_factory=dict)
    question: str = ""
    left_out: int = 0
    cypher: str = ""
    systems: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Subgraph: {self.title}, {len(self.nodes)} nodes, {len(self.edges)} lines>"

    def _repr_html_(self) -> str:
        """Give title, counts and lines in words, as a notebook shows them; no text in it is markup."""
        told = f"{len(self.nodes)} nodes, {len(self.edges)} lines, {len(self.quotes)} quotes"
        lines = "".join(f"<li>{escape(self._in_words(edge))}</li>\n" for edge in self.edges[:_MOST_LINES])
        more = len(self.edges) - _MOST_LINES
        rest = f"<p>and {more:,} more lines</p>\n" if more > 0 else ""
        return f"<p><strong>{escape(self.title)}</strong>: {told}</p>\n<ul>\n{lines}</ul>\n{rest}"

    def _in_words(self, edge: Edge) -> str:
        start, end = (self.nodes[one].name if one in self.nodes else one for one in (edge.source, edge.target))
        phrase = RELATIONS[edge.kind].phrase if edge.kind in RELATIONS else edge.kind
        return f"{start} {phrase} {end}"

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Give the same as a ``networkx.MultiDiGraph`` with all properties, named as an export names them.

        Edge keys are ``Edge.id``; ``transfer_ids`` and ``claims`` of an edge are keys of ``transfers`` and ``quotes``.
        """
        import networkx  # noqa: PLC0415  (a quarter of a second that most commands need not spend)

        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name=self.title)
        for node in self.nodes.values():
            graph.add_node(node.id, **node.to_attributes())
        for edge in self.edges:
            lists = {"transfer_ids": list(edge.transfers), "claims": list(edge.claims)}
            graph.add_edge(edge.source, edge.target, key=edge.id, **edge.to_attributes() | lists)
        return graph


def attribute(name: str) -> str:
    """Give a property the name that it has outside: another one if graph programs mean something else by it."""
    return f"{name}_" if name in _TAKEN else name
