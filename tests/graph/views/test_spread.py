"""Large components: each node stands near the partner to whom its strongest line leads."""

from __future__ import annotations

import random
from math import dist
from statistics import median

from legation.graph.subgraph import Edge, Node, Subgraph
from legation.graph.views.layout import MANY_LINES, positions
from legation.graph.views.spread import level, spread, strongest_tree


def make_spheres(suppliers: int, buyers: int) -> Subgraph:
    """Suppliers that sell to all, each buyer most from one of them: buyer n from supplier n modulo their number."""
    ids = [f"S{number}" for number in range(suppliers)] + [f"B{number:03}" for number in range(buyers)]
    edges = [
        Edge("ARMS", f"S{supplier}", f"B{buyer:03}", {"tiv": 500 if buyer % suppliers == supplier else 1 + buyer % 7})
        for supplier in range(suppliers)
        for buyer in range(buyers)
    ]
    random.Random(3).shuffle(edges)
    return Subgraph("spheres", {key: Node(key, "State", key) for key in ids}, tuple(edges))


def test_buyers_stand_around_their_main_supplier() -> None:
    graph = make_spheres(4, 120)
    assert len(graph.edges) > MANY_LINES
    places = positions(graph, {})
    right = 0
    for buyer in range(120):
        away = [dist(places[f"B{buyer:03}"], places[f"S{supplier}"]) for supplier in range(4)]
        right += away.index(min(away)) == buyer % 4
    assert right >= 115


def test_many_nodes_fill_the_picture_rather_than_a_ball_in_its_middle() -> None:
    rng = random.Random(1)
    ids = [f"S{number:03}" for number in range(600)]
    edges = {(ids[int(600 * rng.random() ** 3)], rng.choice(ids)): rng.randint(1, 200) for _ in range(1300)}
    graph = Subgraph(
        "random",
        {key: Node(key, "State", key) for key in ids},
        tuple(Edge("ARMS", a, b, {"units": units}) for (a, b), units in edges.items()),
    )
    places = positions(graph, {})
    joined = {end for pair in edges for end in pair if pair[0] != pair[1]}
    xs = sorted(places[key][0] for key in joined)
    assert (xs[3 * len(xs) // 4] - xs[len(xs) // 4]) > 0.2 * (xs[-1] - xs[0])
    nearest = [min(dist(places[a], places[b]) for b in joined if b != a) for a in sorted(joined)[:100]]
    assert min(nearest) > 26, "twice the radius of a small node and more"
    assert median(nearest) >= 40


def test_the_order_of_lines_does_not_matter() -> None:
    graph = make_spheres(5, 100)
    turned = Subgraph("spheres", dict(reversed(list(graph.nodes.items()))), graph.edges[::-1])
    assert positions(graph, {}) == positions(turned, {})


def test_the_tree_holds_all_together_with_the_strongest_lines() -> None:
    strengths = {(0, 1): (1.0,), (0, 2): (5.0,), (1, 2): (3.0,), (2, 3): (3.0,), (1, 3): (3.0,)}
    assert strongest_tree(4, strengths) == [(0, 2), (1, 2), (1, 3)]


def test_a_chain_and_a_star_of_hundreds_unfold() -> None:
    for links in ([(n, n + 1) for n in range(499)], [(0, n) for n in range(1, 500)]):
        points = spread(500, dict.fromkeys(links, (1.0,)))
        assert len(set(points)) == 500
        lengths = [dist(points[a], points[b]) for a, b in links]
        assert max(lengths) < 40


def test_points_are_turned_so_that_they_lie_wide() -> None:
    turned = level([(0, 0), (1, 2), (2, 4), (3, 6.1)])
    xs, ys = zip(*turned, strict=True)
    assert max(xs) - min(xs) > 6
    assert max(ys) - min(ys) < 0.2
    assert level([(1, 1), (1, 1)]) == [(0, 0), (0, 0)]
