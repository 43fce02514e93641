"""The card on the network of suppliers and buyers: who matters in it, and how that changed."""

from __future__ import annotations

from typing import Any, Final

from ..graph.errors import ParameterWrong
from ..graph.rows import Rows
from ..graph.schema import label_of
from ..graph.subgraph import Edge, Node, Subgraph
from .card import Card, Told, Values
from .networks import Measures, Network, biggest, measure, to_columns
from .parameter import CATEGORY, SINCE, UNTIL, Parameter, optional, top
from .selection import ABROAD, drawing

_MEASURES: Final = ("betweenness", "pagerank", "hub", "authority", "buyers", "suppliers", "core", "cut_off")
_CHANGED: Final = ("buyers", "suppliers", "pagerank", "betweenness")


def _between(rows: Rows, *, earlier: bool) -> tuple[Subgraph, Network]:
    """Give the light Subgraph of who armed whom, without evidence, and measure it."""
    nodes: dict[str, Node] = {}
    edges = []
    for row in rows:
        supplier, names = row["supplier_id"], dict(row["buyers"])
        for buyer, deals, deals_before in sorted(row["sold"]):
            counted = deals_before if earlier else deals
            if counted and buyer in names:
                nodes[supplier] = Node(supplier, label_of(supplier), row["supplier"])
                nodes[buyer] = Node(buyer, label_of(buyer), names[buyer])
                edges.append(Edge("ARMS", supplier, buyer, {"transfers": counted}))
    graph = Subgraph("network", nodes, tuple(edges))
    return graph, measure(graph)


def _network(found: Rows, values: Values) -> Told:
    """Measure the network, and how much it changed since an earlier period.

    Raises:
        ParameterWrong: there is an earlier period and none to compare it with.
    """
    lacking = [f"--{name}" for name in ("since", "until") if values[name] is None]
    if values["earlier"] is not None and lacking:
        raise ParameterWrong(
            f"--earlier compares two periods of the same length, and the later one needs {' and '.join(lacking)}."
        )
    graph, now = _between(found, earlier=False)
    then = _between(found, earlier=True)[1] if values["earlier"] is not None else None
    ordered = biggest(now, values["by"], graph.nodes)
    shown = set(ordered[: values["top"] or None])
    rows = []
    for node in ordered:
        row: dict[str, Any] = {"actor": graph.nodes[node].name, **to_columns(now.actors[node])}
        if then is not None:
            row |= {f"{name}_change": _change(now.actors[node], then.actors.get(node), name) for name in _CHANGED}
        row["node_ids"] = [node]
        row["pair_ids"] = [
            f"{edge.source}|{edge.target}" for edge in graph.edges if edge.source == node and edge.target in shown
        ]
        rows.append(row)
    columns = tuple(rows[0]) if rows else ("actor", *Measures.__slots__)
    names = [f"{graph.nodes[one].name} and {graph.nodes[two].name}" for one, two in now.bridges[:5]]
    more = f", {', '.join(names)}{' and more' if len(now.bridges) > 5 else ''}" if names else ""
    told = (
        f"{len(graph.nodes)} actors, pairs with deals: {len(graph.edges)}; reciprocity {now.reciprocity:g} (the share "
        f"of pairs that supply each other); {len(now.bridges)} bridges (pairs without whom the network falls "
        f"apart{more})."
    )
    return Told(Rows(columns, rows), (told,) if rows else ())


def _change(now: Measures, then: Measures | None, name: str) -> float:
    return round(float(getattr(now, name) - (getattr(then, name) if then is not None else 0)), 4)


_WITHIN: Final = (
    "size([y IN coalesce(t.delivery_years, []) + CASE WHEN t.order_year IS NULL THEN [] ELSE [t.order_year] END "
    "WHERE y >= {0} AND y <= {1}]) > 0"
)
_ACTIVE: Final = (
    f"($since IS NULL AND $until IS NULL) OR {_WITHIN.format('coalesce($since, -9999)', 'coalesce($until, 9999)')}"
)
_BEFORE: Final = f"$earlier IS NOT NULL AND {_WITHIN.format('$earlier', '$earlier + $until - $since')}"

NETWORK: Final = Card(
    name="network",
    theme="Change",
    question="Who matters in the network of suppliers and buyers of {category}?",
    parameters=(
        CATEGORY,
        SINCE,
        UNTIL,
        optional("earlier", "year", "first year of an equally long period to compare with; needs since and until"),
        Parameter("by", "choice", "what to order by", required=False, default="betweenness", choices=_MEASURES),
        top(25),
    ),
    cypher=(
        f"{{deals}} AND t.status IN {drawing('ARMS')}{ABROAD} WITH t.supplier AS supplier, t.pair AS pair, "
        f"sum(CASE WHEN {_ACTIVE} THEN 1 ELSE 0 END) AS deals, sum(CASE WHEN {_BEFORE} THEN 1 ELSE 0 END) AS earlier "
        "WITH supplier, collect([split(pair, '|')[1], deals, earlier]) AS sold MATCH (s:Actor {id: supplier}) "
        "WITH * WHERE coalesce(s.type, '') <> 'unknown' RETURN s.id AS supplier_id, s.name AS supplier, sold, "
        "[(s)-[:ARMS]->(b:Actor) WHERE coalesce(b.type, '') <> 'unknown' | [b.id, b.name]] AS buyers "
        "ORDER BY supplier_id"
    ),
    row="one actor that supplied or received in these years; the measures are defined in docs/networks.md",
    mind=(
        "The network is that of loaded deals, each counted as one, not by size; candidates and unknown parties are no "
        "part of it. Who is central in a register of major arms need not be so in the trade."
    ),
    example={"since": 2015, "until": 2022, "top": 5},
    read=_network,
)
