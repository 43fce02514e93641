"""Places for a component with many lines: each node near the partner to whom its strongest line leads.

All lines of thousands, taken as springs, pull everything into one ball. So only those do that join all nodes and are
the strongest that can, a tree: whoever mostly buys from one supplier stands around that supplier. The tree is folded
up, two nodes to one, until few are left; those are laid out by force and unfolded again, smoothed at each step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import sqrt
from random import Random
from typing import Final

import rustworkx

from .stable import Point

Link = tuple[int, int]
"""Numbers of two nodes, the smaller one first."""

_COARSEST: Final = 40
"""Nodes that are laid out without folding them up any further."""
_FEWEST_ROUNDS: Final = 16
_MOST_ROUNDS: Final = 100
_WORK: Final = 120_000_000
"""How often a level's forces between two nodes may be reckoned; a second for a hundred million."""
_STEP: Final = 0.1
"""How far rustworkx moves a node at first; here also how far apart two nodes like to be."""


def spread(count: int, strengths: Mapping[Link, tuple[float, ...]]) -> list[Point]:
    """Lay out a connected component.

    Args:
        count: how many nodes there are; they are numbered from 0.
        strengths: the pairs that lines join, and how strong they are: the larger, the stronger.

    Returns:
        The place of each node, in units of the distance at which two nodes like to be; around no point in particular.
    """
    rng = Random(1)  # noqa: S311  (the same on every run is what is wanted)
    levels = [(count, dict.fromkeys(strongest_tree(count, strengths), 1.0))]
    foldings: list[list[int]] = []
    while levels[-1][0] > _COARSEST:
        folding, links = _fold(*levels[-1])
        foldings.append(folding)
        levels.append((max(folding) + 1, links))
    few = levels[-1][0]
    places = [(rng.uniform(0, few**0.5), rng.uniform(0, few**0.5)) for _ in range(few)]
    places = _smooth(*levels[-1], places, 3 * _MOST_ROUNDS)
    for (size, links), folding in zip(reversed(levels[:-1]), reversed(foldings), strict=True):
        unfolded = [
            (1.4 * places[group][0] + rng.uniform(-0.3, 0.3), 1.4 * places[group][1] + rng.uniform(-0.3, 0.3))
            for group in folding
        ]
        places = _smooth(size, links, unfolded, max(_FEWEST_ROUNDS, min(_MOST_ROUNDS, _WORK // size**2)))
    return places


def strongest_tree(count: int, strengths: Mapping[Link, tuple[float, ...]]) -> list[Link]:
    """Choose as few pairs as hold all nodes together, the strongest that can; each node's strongest is among them.

    Args:
        count: how many nodes there are.
        strengths: as for ``spread``; of equal ones those with the smaller numbers are taken.
    """
    strongest_first = sorted(strengths, key=lambda link: ([-part for part in strengths[link]], link))
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * count)
    graph.add_edges_from([(a, b, rank) for rank, (a, b) in enumerate(strongest_first)])
    tree = rustworkx.minimum_spanning_edges(graph, weight_fn=float)
    return sorted((min(a, b), max(a, b)) for a, b, _ in tree)


def level(points: Sequence[Point]) -> list[Point]:
    """Turn points so that they lie as wide as they can. Square roots, unlike sines, are the same on every machine."""
    middle_x, middle_y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    centred = [(x - middle_x, y - middle_y) for x, y in points]
    wide, high = (sum(value * value for value in axis) for axis in zip(*centred, strict=True))
    slant = 2 * sum(x * y for x, y in centred)
    cosine_of_twice = (wide - high) / (sqrt((wide - high) ** 2 + slant**2) or 1)
    cosine, sine = sqrt((1 + cosine_of_twice) / 2), sqrt((1 - cosine_of_twice) / 2)
    sine = sine if slant >= 0 else -sine
    return [(x * cosine + y * sine, y * cosine - x * sine) for x, y in centred]


def _fold(count: int, links: Mapping[Link, float]) -> tuple[list[int], dict[Link, float]]:
    """Join each node with a neighbour, those with few lines first.

    Returns:
        The group of each node, and the links between groups, as many to one as there were between their nodes.
    """
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for a, b in sorted(links):
        neighbours[a].append(b)
        neighbours[b].append(a)

    def by_lines(number: int) -> tuple[int, int]:
        return len(neighbours[number]), number

    group: dict[int, int] = {}
    groups = 0
    for number in sorted(range(count), key=by_lines):
        if number in group:
            continue
        alone = [other for other in neighbours[number] if other not in group]
        if alone:
            group[number] = group[min(alone, key=by_lines)] = groups
            groups += 1
        else:
            group[number] = group[neighbours[number][0]]
    between: defaultdict[Link, float] = defaultdict(float)
    for (a, b), weight in links.items():
        if group[a] != group[b]:
            between[min(group[a], group[b]), max(group[a], group[b])] += weight
    return [group[number] for number in range(count)], dict(between)


def _smooth(count: int, links: Mapping[Link, float], begin: Sequence[Point], rounds: int) -> list[Point]:
    """Let links pull and all nodes push for some rounds."""
    graph: rustworkx.PyGraph[None, float] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * count)
    graph.add_edges_from([(a, b, weight) for (a, b), weight in links.items()])
    found = rustworkx.spring_layout(
        graph,
        pos={number: (_STEP * x, _STEP * y) for number, (x, y) in enumerate(begin)},
        fixed={0},  # where none is, it scales the picture
        k=_STEP,
        num_iter=rounds,
        tol=1e-5,
    )
    return [(found[number][0] / _STEP, found[number][1] / _STEP) for number in range(count)]
