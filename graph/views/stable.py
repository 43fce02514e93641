"""Places for a picture that follows an earlier one: who was in it stays, who is new comes near its partners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import count
from math import cos, hypot, pi, sin
from typing import Final

Point = tuple[float, float]
Size = tuple[float, float]

_STEP: Final = 30.0
"""How far apart the rings are in which a place is looked for; a screen is wide, and so are they."""
_WIDE: Final = 1.5
_PART: Final = 240.0
"""Side of the parts of a picture of which it is remembered how far they are full."""
_ALIKE: Final = 40.0
"""By how much boxes may differ in width that are taken for alike: where one has no room, no other is tried."""
_AROUND: Final = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
"""A cell and those around it, the likeliest to hold what is in the way first."""


def place_newcomers(
    kept: Mapping[str, Point], sizes: Mapping[str, Size], links: Sequence[tuple[str, str]]
) -> dict[str, Point]:
    """Keep the places of an earlier picture and find free ones for the others.

    Args:
        kept: places of nodes that stay where they are; at least one.
        sizes: width and height of every node of the picture with its label.
        links: pairs of nodes that a line joins.

    Returns:
        The place of every node of ``sizes``. A new one stands as near as there is room to the middle of its placed
        partners; one without any stands below the picture.
    """
    neighbours: dict[str, list[str]] = {key: [] for key in sizes}
    for a, b in links:
        neighbours[a].append(b)
        neighbours[b].append(a)
    placed = dict(kept)
    room = _Room(placed, sizes)
    below = max(y for _, y in placed.values()) + 2 * _STEP
    partners = {key: sum(other in placed for other in neighbours[key]) for key in sizes if key not in placed}
    # Those with the most placed partners first, of equals the first by id. One that gains a partner is put in again.
    waiting = [(-number, key) for key, number in partners.items()]
    heapify(waiting)
    while waiting:
        _, chosen = heappop(waiting)
        if chosen in placed:
            continue
        points = [placed[other] for other in neighbours[chosen] if other in placed]
        placed[chosen] = room.find(_middle(points) if points else (0.0, below), sizes[chosen])
        for other in neighbours[chosen]:
            if other not in placed:
                partners[other] += 1
                heappush(waiting, (-partners[other], other))
    return placed


def _middle(points: Sequence[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _ring(middle: Point, number: int) -> Iterator[Point]:
    """Give places around a point, those of one of the rings that lie around it."""
    steps = max(6 * number, 1)
    for step in range(steps):
        angle = 2 * pi * step / steps
        yield middle[0] + _WIDE * _STEP * number * cos(angle), middle[1] + _STEP * number * sin(angle)


def _rings_between(a: Point, b: Point) -> float:
    return hypot((a[0] - b[0]) / _WIDE, a[1] - b[1]) / _STEP


class _Room:
    """Which boxes are taken; looks only at those near by."""

    def __init__(self, placed: Mapping[str, Point], sizes: Mapping[str, Size]) -> None:
        self._cell = max(hypot(*size) for size in sizes.values())
        self._cells: dict[tuple[int, int], list[tuple[Point, Size]]] = {}
        self._full: dict[int, dict[tuple[int, int], tuple[Point, int]]] = {}
        """By width, by part of the picture: a point, and how many rings around it have no room left."""
        for key, place in placed.items():
            self._take(place, sizes[key])

    def find(self, middle: Point, size: Size) -> Point:
        """Take the place nearest to a point that has room for a box.

        What was taken stays so: where boxes about as wide were looked for near by, the search goes on from there.
        """
        full = self._full.setdefault(int(size[0] // _ALIKE), {})
        rings = (number - _rings_between(point, middle) for point, number in full.values())
        number, place = next(
            (number, place)
            for number in count(max(0, int(max(rings, default=0))))
            for place in _ring(middle, number)
            if self._is_free(place, size)
        )
        full[int(middle[0] // _PART), int(middle[1] // _PART)] = middle, number
        self._take(place, size)
        return place

    def _take(self, place: Point, size: Size) -> None:
        cell = int(place[0] // self._cell), int(place[1] // self._cell)
        self._cells.setdefault(cell, []).append((place, size))

    def _is_free(self, place: Point, size: Size) -> bool:
        column, row = int(place[0] // self._cell), int(place[1] // self._cell)
        for across, down in _AROUND:
            for (x, y), (width, height) in self._cells.get((column + across, row + down), ()):
                if abs(place[0] - x) < (size[0] + width) / 2 and abs(place[1] - y) < (size[1] + height) / 2:
                    return False
        return True
