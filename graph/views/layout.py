"""Where each node of a picture stands: computed once, in fixed units, the same for the same graph.

A unit is one pixel at a scale of 1; x grows to the right, y downwards, and the middle of the picture is (0, 0).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from math import isfinite, sqrt
from typing import Final, TypeAlias

from ..errors import QueryError
from ..subgraph import Subgraph
from .stable import Point, Size, place_newcomers

Place: TypeAlias = tuple[int, int]
Frame: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""

Pair: TypeAlias = tuple[str, str]
"""Ids of two nodes, the smaller one first."""
Strength: TypeAlias = tuple[float, ...]
"""How strong a line is; the larger, the stronger."""

SPREAD: Final = 56.0
"""Half the height of a picture of n nodes is SPREAD times the square root of n."""
ASPECT: Final = 1.5
"""Width of a picture by its height; most screens are wide."""
HEIGHT: Final = 58.0
"""Height that a node takes with the label below it."""
DISC: Final = (52.0, 52.0)
"""Room that a node takes by itself."""
GAP: Final = 24.0
"""Space between two components."""
_ROUNDS: Final = 80
MANY_LINES: Final = 400
"""Lines of a component above which its strongest ones alone say where its nodes stand."""
_TRIES: Final = ((60, 16), (160, 6), (MANY_LINES, 2))
"""How many beginnings to try for components of up to so many links."""
_FIRMNESS: Final = {"ARMS": 2, "DID_NOT_ARM": 0}
"""How much a kind of line counts for where nodes stand; all others count 1."""


def check_ends(subgraph: Subgraph) -> None:
    """Refuse to draw a line that leads nowhere.

    Raises:
        QueryError: an edge starts or ends at a node that the subgraph does not hold.
    """
    for edge in subgraph.edges:
        for end in (edge.source, edge.target):
            if end not in subgraph.nodes:
                raise QueryError(f"The relation {edge.id!r} cannot be drawn: the answer does not hold its end {end!r}.")


def positions(subgraph: Subgraph, kept: Mapping[str, Place]) -> dict[str, Place]:
    """Give each node its place, so that neither nodes nor their labels cover each other.

    Each connected component is laid out by force (Fruchterman–Reingold), one with many lines by its strongest ones
    (see ``spread``), and pulled apart where two nodes with their labels overlap; then the components are set in rows,
    the largest first, so that none flies away.

    Args:
        subgraph: what to draw. The order of its nodes and edges does not matter.
        kept: where nodes stood in an earlier picture. If some are in this one, they stay and the others join them.

    Returns:
        ``(x, y)`` by node id, ordered by id.
    """
    sizes = {node_id: _size(subgraph.nodes[node_id].name or node_id) for node_id in sorted(subgraph.nodes)}
    links = _strengths(subgraph)
    if old := {node_id: kept[node_id] for node_id in sizes if node_id in kept}:
        everything = place_newcomers(old, sizes, list(links))
    else:
        components = _components(list(sizes), links)
        placed = [_place(component, links, sizes, beside=number > 0) for number, component in enumerate(components)]
        everything = _pack(placed, sizes)
    return {node_id: (round(everything[node_id][0]), round(everything[node_id][1])) for node_id in sizes}


def _strengths(subgraph: Subgraph) -> dict[Pair, Strength]:
    """Give the pairs that lines join, in order, with how strong they are together: who arms, how much, how often."""
    strengths: defaultdict[Pair, Strength] = defaultdict(lambda: (0.0,) * 4)
    for edge in subgraph.edges:
        pair = min(edge.source, edge.target), max(edge.source, edge.target)
        values = (edge.properties.get(name) for name in ("tiv", "units"))
        known = [float(value) if isinstance(value, int | float) and isfinite(value) else 0.0 for value in values]
        often = len(edge.transfers) or len(edge.claims)
        if pair[0] != pair[1]:
            together = zip(strengths[pair], (_FIRMNESS.get(edge.kind, 1), *known, often), strict=True)
            strengths[pair] = tuple(before + value for before, value in together)
    return dict(sorted(strengths.items()))


def _size(name: str) -> Size:
    """Estimate width and height of a node with its label."""
    return min(max(7.0 * len(name), 56.0), 180.0) + 14.0, HEIGHT


def _components(ids: Sequence[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Part the nodes into connected components: the largest first, then by the smallest id."""
    neighbours: dict[str, list[str]] = {node_id: [] for node_id in ids}
    for a, b in links:
        neighbours[a].append(b)
        neighbours[b].append(a)
    components: list[list[str]] = []
    seen: set[str] = set()
    for start in ids:
        if start in seen:
            continue
        seen.add(start)
        found = [start]
        for node_id in found:  # grows while we walk it
            fresh = [other for other in neighbours[node_id] if other not in seen]
            seen.update(fresh)
            found.extend(dict.fromkeys(fresh))
        components.append(sorted(found))
    return sorted(components, key=lambda component: (-len(component), component[0]))


def _place(
    component: list[str], links: Mapping[Pair, Strength], sizes: dict[str, Size], *, beside: bool
) -> dict[str, Point]:
    """Lay out one component around (0, 0); a large one that stands beside a larger one is high, not wide."""
    if len(component) == 1:
        return {component[0]: (0.0, 0.0)}
    number = {node_id: index for index, node_id in enumerate(component)}
    ends = {(number[a], number[b]): strength for (a, b), strength in links.items() if a in number}
    if len(ends) > MANY_LINES:
        return _place_many(component, ends, ASPECT / 2 if beside else ASPECT)
    return _place_few(component, list(ends), sizes)


def _place_many(component: list[str], links: Mapping[tuple[int, int], Strength], aspect: float) -> dict[str, Point]:
    """Spread a component out by its strongest lines; names are shown where there is room, more as one comes nearer."""
    from .spread import level, spread  # noqa: PLC0415  (as below)

    half = SPREAD * sqrt(len(component) + len(links) / 4)
    points = level(spread(len(component), links))
    points = points if aspect >= 1 else [(y, x) for x, y in points]
    frame = _stretch(dict(zip(component, points, strict=True)), half * aspect, half)
    return _pull_apart(frame, dict.fromkeys(component, DISC))


def _place_few(component: list[str], links: list[tuple[int, int]], sizes: dict[str, Size]) -> dict[str, Point]:
    """Lay out a component by force: of several tries the one with the fewest tangles."""
    import rustworkx  # noqa: PLC0415  (a tenth of a second that an empty picture need not spend)

    graph: rustworkx.PyGraph[str, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(component)
    graph.add_edges_from([(a, b, None) for a, b in links])
    half = SPREAD * sqrt(len(component))
    tries: list[dict[str, Point]] = []
    for seed in range(next(tries for most, tries in _TRIES if len(links) <= most)):
        spring = rustworkx.spring_layout(graph, k=2.2 / sqrt(len(component)), num_iter=400, seed=seed)
        points = {node_id: spring[index] for index, node_id in enumerate(component)}
        tries.append(_pull_apart(_stretch(points, half * ASPECT, half), sizes))
    lines = [(component[a], component[b]) for a, b in links]
    return min(tries, key=lambda points: _tangles(points, lines, sizes))


def _tangles(points: dict[str, Point], links: list[tuple[str, str]], sizes: dict[str, Size]) -> int:
    """Count crossings of lines, and twice the nodes and labels that a line runs through."""
    lines = [(a, b, points[a], points[b]) for a, b in links]
    crossings = sum(
        _cross(p, q, r, s) for (a, b, p, q), (c, d, r, s) in combinations(lines, 2) if len({a, b, c, d}) == 4
    )
    covered = 0
    for key, (x, y) in points.items():
        side, level = sizes[key][0] / 3, sizes[key][1] / 3
        diagonals = (((x - side, y - level), (x + side, y + level)), ((x - side, y + level), (x + side, y - level)))
        covered += sum(any(_cross(p, q, r, s) for r, s in diagonals) for a, b, p, q in lines if key not in (a, b))
    return crossings + 2 * covered


def _cross(p: Point, q: Point, r: Point, s: Point) -> bool:
    """Tell whether the line from p to q crosses the one from r to s."""

    def side(a: Point, b: Point, c: Point) -> bool:
        return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])

    return side(p, q, r) != side(p, q, s) and side(r, s, p) != side(r, s, q)


def _stretch(points: dict[str, Point], half_width: float, half_height: float) -> dict[str, Point]:
    """Fill a frame around (0, 0) with the points, in each direction by its own factor."""
    left, top, right, bottom = _frame(points.values())
    x_factor = 2 * half_width / max(right - left, 1e-9)
    y_factor = 2 * half_height / max(bottom - top, 1e-9)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    return {key: ((x - middle_x) * x_factor, (y - middle_y) * y_factor) for key, (x, y) in points.items()}


def _pull_apart(points: dict[str, Point], sizes: dict[str, Size]) -> dict[str, Point]:
    """Move nodes whose boxes overlap apart, along the direction that takes the shorter way, until none do."""
    moved = {key: list(point) for key, point in points.items()}
    for _ in range(min(_ROUNDS, 80_000 // len(points))):
        calm = True
        for a, b in _near(moved, sizes):
            (ax, ay), (bx, by) = moved[a], moved[b]
            over_x = (sizes[a][0] + sizes[b][0]) / 2 - abs(ax - bx)
            over_y = (sizes[a][1] + sizes[b][1]) / 2 - abs(ay - by)
            if over_x <= 0 or over_y <= 0:
                continue
            calm = False
            axis, way = (0, over_x) if over_x < over_y else (1, over_y)
            step = (way / 2 + 0.5) * (1 if moved[a][axis] >= moved[b][axis] else -1)
            moved[a][axis] += step
            moved[b][axis] -= step
        if calm:
            break
    return {key: (x, y) for key, (x, y) in moved.items()}


def _near(points: dict[str, list[float]], sizes: dict[str, Size]) -> list[tuple[str, str]]:
    """List the pairs that may overlap, each once, by a grid whose cells are as large as the largest node."""
    width, height = (max(sizes[key][axis] for key in points) for axis in (0, 1))
    cells: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for key, (x, y) in points.items():
        cells[int(x // width), int(y // height)].append(key)
    pairs: list[tuple[str, str]] = []
    for (column, row), here in cells.items():
        pairs += [(a, b) for index, a in enumerate(here) for b in here[index + 1 :]]
        for across, down in ((1, 0), (-1, 1), (0, 1), (1, 1)):
            pairs += product(here, cells.get((column + across, row + down), ()))
    return pairs


def _pack(components: list[dict[str, Point]], sizes: dict[str, Size]) -> dict[str, Point]:
    """Set the components in rows from the top, in the width that fills a screen best, with the middle at (0, 0)."""
    frames = [_frame_with_labels(component, sizes) for component in components]
    widths = [right - left + GAP for left, _, right, _ in frames]
    limits = [sum(widths[:number]) for number in range(1, min(len(widths), 40) + 1)] or [0.0]
    corners = min((_rows(frames, limit) for limit in limits), key=lambda corners: _needs(frames, corners))
    together: dict[str, Point] = {}
    for component, (left, top, _, _), (x, y) in zip(components, frames, corners, strict=True):
        together |= {key: (px - left + x, py - top + y) for key, (px, py) in component.items()}
    left, top, right, bottom = _frame(together.values())
    return {key: (px - (left + right) / 2, py - (top + bottom) / 2) for key, (px, py) in together.items()}


def _rows(frames: Sequence[Frame], limit: float) -> list[Point]:
    """Give the upper left corner of each frame, set in rows no wider than a limit or the widest frame."""
    corners: list[Point] = []
    x = y = row_height = 0.0
    for left, top, right, bottom in frames:
        if x > 0 and x + right - left > limit:
            x, y, row_height = 0.0, y + row_height + GAP, 0.0
        corners.append((x, y))
        x, row_height = x + right - left + GAP, max(row_height, bottom - top)
    return corners


def _needs(frames: Sequence[Frame], corners: Sequence[Point]) -> float:
    """Tell how high a screen must be on which all frames have room."""
    width = max((x + right - left for (x, _), (left, _, right, _) in zip(corners, frames, strict=True)), default=0.0)
    height = max((y + bottom - top for (_, y), (_, top, _, bottom) in zip(corners, frames, strict=True)), default=0.0)
    return max(width / ASPECT, height)


def _frame_with_labels(points: dict[str, Point], sizes: dict[str, Size]) -> Frame:
    corners = [
        (x + side * sizes[key][0] / 2, y + side * sizes[key][1] / 2)
        for key, (x, y) in points.items()
        for side in (-1, 1)
    ]
    return _frame(corners)


def _frame(points: Iterable[Point]) -> Frame:
    """Give left, top, right and bottom of the smallest frame around the points."""
    xs, ys = zip(*points, strict=True) if (points := list(points)) else ((0.0,), (0.0,))
    return min(xs), min(ys), max(xs), max(ys)
