"""Measures of a network of suppliers and buyers, each with its definition; seeded, and the same on every run.

The network is that of the ``ARMS`` edges of a Subgraph: from supplier to buyer, weighted with the number of deals.
NetworkX measures; PageRank and HITS are rustworkx's, for NetworkX needs SciPy for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ..graph.subgraph import Subgraph

if TYPE_CHECKING:
    import networkx

SEED: Final = 1
_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured of one actor.

    Attributes:
        buyers: out-degree: how many it supplies.
        suppliers: in-degree: how many supply it.
        pagerank: the share of time at it of one who goes from buyer to supplier along deals, by their number, and
            with a chance of .15 jumps to anybody; all add up to 1. High: much that is bought leads to it.
        hub: HITS: the sum of the authorities of those it supplies, by deals; all add up to 1. High: supplies the
            great buyers.
        authority: HITS: the sum of the hubs of those that supply it; all add up to 1. High: buys from the great
            suppliers.
        betweenness: the share of shortest chains of supply between any two others that lead through it, 0 to 1;
            every deal counts as one step.
        community: number of its community by Louvain's method (modularity over deals, directions left out, seeded);
            the largest community is 1.
        core: the largest k such that it is in the k-core: a part of the network in which everybody has at least k
            partners within it, directions left out.
        cut_off: how many others are no longer connected with the largest part that is left when it goes, directions
            left out; 0 where nothing falls apart.
    """

    buyers: int
    suppliers: int
    pagerank: float
    hub: float
    authority: float
    betweenness: float
    community: int
    core: int
    cut_off: int


@dataclass(frozen=True, slots=True)
class Network:
    """What is measured of a network.

    Attributes:
        actors: by id.
        reciprocity: the share of pairs with deals in one direction that have deals in the other as well, 0 to 1.
        bridges: the pairs whose two sides are not connected any more when their deals go, each in the order of ids.
    """

    actors: Mapping[str, Measures]
    reciprocity: float
    bridges: tuple[tuple[str, str], ...]


def to_network(graph: Subgraph) -> networkx.DiGraph[str]:
    """Give the suppliers and buyers of a Subgraph in the order of their ids, with the number of deals as ``weight``."""
    import networkx  # noqa: PLC0415

    network: networkx.DiGraph[str] = networkx.DiGraph()
    armed = sorted(
        (edge.source, edge.target, edge.properties["transfers"]) for edge in graph.edges if edge.kind == "ARMS"
    )
    network.add_nodes_from(sorted({end for source, target, _ in armed for end in (source, target)}))
    network.add_weighted_edges_from(armed)
    return network


def measure(graph: Subgraph) -> Network:
    """Measure the network of a Subgraph."""
    import networkx  # noqa: PLC0415

    network = to_network(graph)
    if not network:
        return Network({}, 0.0, ())
    plain = networkx.Graph(network.to_undirected())
    ranks, (hubs, authorities) = _ranks(network)
    between = networkx.betweenness_centrality(network)
    cores = networkx.core_number(plain)
    communities, cut_off = _communities(network), _cut_off(plain)
    actors = {
        node: Measures(
            buyers=network.out_degree(node),
            suppliers=network.in_degree(node),
            pagerank=round(ranks[node], _DIGITS),
            hub=round(hubs[node], _DIGITS),
            authority=round(authorities[node], _DIGITS),
            betweenness=round(between[node], _DIGITS),
            community=communities[node],
            core=cores[node],
            cut_off=cut_off.get(node, 0),
        )
        for node in network
    }
    bridges = tuple(sorted((min(pair), max(pair)) for pair in networkx.bridges(plain)))
    return Network(actors, round(networkx.reciprocity(network), _DIGITS), bridges)


def to_columns(measures: Measures) -> dict[str, Any]:
    """Give measures as columns of a row."""
    return {name: getattr(measures, name) for name in Measures.__slots__}


def _ranks(
    network: networkx.DiGraph[str],
) -> tuple[Mapping[str, float], tuple[Mapping[str, float], Mapping[str, float]]]:
    import rustworkx  # noqa: PLC0415

    places = {node: at for at, node in enumerate(network)}
    forth, back = rustworkx.PyDiGraph(), rustworkx.PyDiGraph()
    for directed in (forth, back):
        directed.add_nodes_from(list(places))
    edges = [(places[source], places[target], float(weight)) for source, target, weight in network.edges(data="weight")]
    forth.add_edges_from(edges)
    back.add_edges_from([(target, source, weight) for source, target, weight in edges])
    ranks = rustworkx.pagerank(back, weight_fn=float, max_iter=1000)
    hubs, authorities = rustworkx.hits(forth, weight_fn=float, max_iter=10_000)
    named = [{node: held[at] for node, at in places.items()} for held in (ranks, hubs, authorities)]
    return named[0], (named[1], named[2])


def _communities(network: networkx.DiGraph[str]) -> dict[str, int]:
    import networkx  # noqa: PLC0415

    undirected: networkx.Graph[str] = networkx.Graph()
    undirected.add_nodes_from(network)
    for source, target, weight in network.edges(data="weight"):
        known = undirected.get_edge_data(source, target, {"weight": 0})["weight"]
        undirected.add_edge(source, target, weight=known + weight)
    found = networkx.community.louvain_communities(undirected, seed=SEED)
    ordered = sorted(found, key=lambda members: (-len(members), min(members)))
    return {node: number for number, members in enumerate(ordered, start=1) for node in members}


def _cut_off(plain: networkx.Graph[str]) -> dict[str, int]:
    import networkx  # noqa: PLC0415

    lost = {}
    for node in networkx.articulation_points(plain):
        home = networkx.node_connected_component(plain, node) - {node}
        parts = list(networkx.connected_components(plain.subgraph(home)))
        lost[node] = len(home) - max(map(len, parts))
    return lost


def biggest(network: Network, by: str, nodes: Iterable[str]) -> list[str]:
    """Order nodes by a measure, the greatest first; of equals by id."""
    return sorted(nodes, key=lambda node: (-getattr(network.actors[node], by), node))
