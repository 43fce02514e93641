"""Paths between two nodes: the shortest ones over walkable relations, told in words with the quotes they rest on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from ..graph.errors import ParameterWrong
from ..graph.names import did_you_mean
from ..graph.rows import Rows
from ..graph.schema import DERIVED, RELATIONS, STATUSES
from ..graph.store import GraphStore
from ..graph.subgraph import Node, Subgraph
from .formats import printable
from .picture import Years, of_answer
from .steps import Step, Wanted, read_steps, to_graph, to_id
from .telling import ToldPath, tell

if TYPE_CHECKING:
    import networkx

WALKABLE: Final = tuple(kind.name for kind in RELATIONS.values() if kind.walkable)
WEIGHTS: Final = ("steps", "strength", "evidence")
MOST: Final = 100
_MOST_HOPS: Final = 8
_TRIED: Final = 500
"""Ways that are looked at, the cheapest first, before no more paths are hoped for."""


@dataclass(frozen=True, slots=True)
class Paths:
    """What a search for paths found.

    Attributes:
        asked: the question in words.
        paths: the shortest first; empty if there is none.
        subgraph: all nodes of the paths, with the relations between them and their evidence.
        reach: if there is no path: what each side reaches, in words; if there are fewer than were asked for and not all
            ways were tried, that.
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
                "steps": len(told.steps),
                "text": told.text,
                "weakest_link": told.weakest_in_words(),
                "order_of_time": told.order or None,
                "nodes": [node.id for node in told.nodes],
                "relations": [step.kind for step in told.steps],
                "quotes": [note.in_words() for note in told.footnotes],
            }
            for number, told in enumerate(self.paths, start=1)
        ]
        columns = ("path", "steps", "text", "weakest_link", "order_of_time", "nodes", "relations", "quotes")
        return Rows(columns, rows)


def to_wanted(
    kinds: Sequence[str] = (),
    *,
    directed: bool = False,
    in_time: bool = False,
    since: int | None = None,
    until: int | None = None,
    status: str = "",
    confidence: float = 0.0,
    weigh: str = "steps",
) -> Wanted:
    """Say which steps a path may take.

    Args:
        kinds: the relations to walk; every walkable one if empty.
        directed: whether a relation is walked only from its start to its end.
        in_time: whether no step may lie before the one it rests on, from the first node to the last.
        since: the first year in which a step must have been so; what has no year stays.
        until: the last year.
        status: how far a deal must have gone at least, such as ``delivered``.
        confidence: of the surest claim behind a step, at least, 0 to 1.
        weigh: one of ``WEIGHTS``.

    Raises:
        ParameterWrong: one of them makes no sense.
    """
    _one_of("relation", kinds, RELATIONS)
    _one_of("status", [status] if status else [], STATUSES)
    _one_of("weight", [weigh], dict.fromkeys(WEIGHTS))
    if not 0 <= confidence <= 1:
        raise ParameterWrong(f"A confidence is from 0 to 1, not {confidence:g}.")
    return Wanted(tuple(kinds) or WALKABLE, directed, in_time, Years(since, until), status, confidence, weigh)


def find_paths(
    store: GraphStore, start: Node, end: Node, *, hops: int = 4, most: int = 3, wanted: Wanted | None = None
) -> Paths:
    """Find the shortest simple paths between two nodes.

    Args:
        store: where.
        start: one end.
        end: the other.
        hops: how many steps at most.
        most: how many paths at most.
        wanted: which steps they may take; every walkable relation, whichever way it points, unless told.

    Raises:
        ParameterWrong: the two ends are one, or there is nothing to look for.
    """
    if start.id == end.id:
        raise ParameterWrong(f"Both ends of the path are {start.name}.")
    if hops < 1 or most < 1:
        raise ParameterWrong("A path has at least one step, and at least one path is to be found.")
    if hops > _MOST_HOPS or most > MOST:
        raise ParameterWrong(f"A path has {_MOST_HOPS} steps at most, and {MOST} paths can be found at most.")
    wanted = wanted or to_wanted()
    ends = {start.id, end.id}
    graph, between = to_graph(read_steps(store, wanted, start, end), wanted, ends)
    asked = f"How is {start.name} connected with {end.name}?"
    found, has_more = _shortest(graph, between, (start.id, end.id), hops, most, in_time=wanted.in_time)
    if not found:
        reach = printable(_reach(graph, start, end, hops, wanted, has_more=has_more))
        return Paths(asked, (), Subgraph(asked, {}, ()), reach)
    drawn = _picture(store, asked, [(path, steps) for path, steps, _ in found])
    told = tuple(tell(path, steps, drawn, years) for path, steps, years in found)
    fewer = f"Only {len(found)} of {most} found among the {_TRIED} cheapest ways; there are others that were not tried."
    return Paths(asked, told, drawn, fewer if has_more else "")


def _one_of(what: str, given: Sequence[str], table: Mapping[str, object]) -> None:
    for name in given:
        if name not in table:
            hint = did_you_mean(name, table)
            raise ParameterWrong(f"There is no {what} {name}.{hint} There are {', '.join(table)}.")


_Years = Sequence[int | None]
_Found = tuple[list[str], list[Step], _Years | None]


def _shortest(
    graph: networkx.DiGraph[str],
    between: Mapping[tuple[str, str], Sequence[Step]],
    ends: tuple[str, str],
    hops: int,
    most: int,
    *,
    in_time: bool,
) -> tuple[list[_Found], bool]:
    """Find paths as node ids and steps, the cheapest first, each line of nodes once.

    Returns:
        The paths, and whether ways are left that nobody looked at.
    """
    import networkx  # noqa: PLC0415

    start, end = ends
    if start not in graph or end not in graph or not networkx.has_path(graph, start, end):
        return [], False
    near = networkx.single_source_shortest_path_length(graph, start, hops)
    back = networkx.single_source_shortest_path_length(graph.reverse(copy=False), end, hops)
    kept = graph.subgraph([place for place in graph if near.get(place, 99) + back.get(place, 99) <= hops])
    if start not in kept or end not in kept:
        return [], False
    found: dict[tuple[str, ...], _Found] = {}
    candidates = networkx.shortest_simple_paths(kept, start, end, weight="cost")
    for places in islice(candidates, _TRIED):
        path = [to_id(place) for place in places]
        if len(path) - 1 > hops or len(set(path)) < len(path) or tuple(path) in found:
            continue
        steps = [between[pair] for pair in pairwise(places)]
        timed = _in_time(steps) if in_time else ([one[0] for one in steps], None)
        if timed is not None:
            found[tuple(path)] = (path, *timed)
            if len(found) == most:
                break
    has_more = len(found) < most and next(candidates, None) is not None
    return list(found.values()), has_more


def _in_time(steps: Sequence[Sequence[Step]]) -> tuple[list[Step], _Years] | None:
    """Choose steps such that none lies before the one it rests on, as early as can be; None if there are none.

    Returns:
        The steps, and the year of each; None where it is not known.
    """
    year, chosen, years = -9999, [], []
    for found in steps:
        dated = [(one, step.next_year(year)) for one, step in enumerate(found)]
        fitting = [(not found[at].years, when, at) for at, when in dated if when is not None]
        if not fitting:
            return None
        # A step whose year is known is worth more than one that may have been at any time.
        unknown, when, at = min(fitting)
        chosen.append(found[at])
        year = year if unknown else when
        years.append(None if unknown or year < 0 else year)
    return chosen, years


def _picture(store: GraphStore, asked: str, found: Sequence[tuple[list[str], list[Step]]]) -> Subgraph:
    """Give the nodes of the paths, the relations that they walk, and the deals behind them, with their evidence."""
    steps = [step for _, chosen in found for step in chosen]
    row = {
        "node_ids": list(dict.fromkeys(node for path, _ in found for node in path)),
        "transfer_ids": [step.deal for step in steps if step.deal],
        "pair_ids": [f"{step.start}|{step.end}" for step in steps if step.kind in DERIVED],
    }
    graph = of_answer(store, asked, [row])
    walked = {(step.kind, step.start, step.end) for step in steps}
    deals = set(row["transfer_ids"])
    edges = tuple(
        edge
        for edge in graph.edges
        if (edge.kind, edge.source, edge.target) in walked or deals.intersection(edge.transfers)
    )
    return replace(graph, edges=edges)


def _reach(graph: networkx.DiGraph[str], start: Node, end: Node, hops: int, wanted: Wanted, *, has_more: bool) -> str:
    """Say why there is no path: what each side reaches, or that not all ways between them were tried."""
    import networkx  # noqa: PLC0415

    def reached(node: Node, walked: networkx.DiGraph[str]) -> set[str]:
        near = networkx.single_source_shortest_path_length(walked, node.id, hops) if node.id in walked else {}
        return {to_id(place) for place in near} - {node.id}

    def counted(node: Node, verb: str, others: Collection[str]) -> str:
        return f"{node.name} {verb} {len(others)} other{'s' if len(others) != 1 else ''} within {hops} steps"

    ahead, behind = reached(start, graph), reached(end, graph.reverse(copy=False) if wanted.directed else graph)
    verb = "is reached by" if wanted.directed else "reaches"
    sides = f"{counted(start, 'reaches', ahead)}, {counted(end, verb, behind)}"
    fits = f"has at most {hops} steps{' in the order of time' if wanted.in_time else ''}"
    left = [kind for kind in RELATIONS if kind not in wanted.kinds]
    told = [f"Not walked: {', '.join(left)}."] if left else []
    told += ["Only from start to end of each relation."] if wanted.directed else []
    if has_more:
        why = f"none among the {_TRIED} cheapest ways {fits}, and there are others that were not tried. {sides}."
        return " ".join(("No path found:", why, *told))
    if end.id in ahead:
        return " ".join((f"No path: {sides}, and no way between them {fits}.", *told))
    told += ["Only in the order of time."] if wanted.in_time else []
    return " ".join((f"No path: {sides}, and none of them is the other.", *told))
