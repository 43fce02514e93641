"""Places for a picture that follows an earlier one: who was in it stays, who is new comes near its partners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import cos, hypot, pi, sin
from typing import Final

Point = tuple[float, float]
Size = tuple[float, float]

_STEP: Final = 30.0
"""How far apart the rings of a spiral are."""


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
    waiting = sorted(key for key in sizes if key not in placed)
    while waiting:
        chosen = max(waiting, key=lambda key: sum(other in placed for other in neighbours[key]))  # first of equals
        waiting.remove(chosen)
        partners = [placed[other] for other in neighbours[chosen] if other in placed]
        middle = (
            (sum(x for x, _ in partners) / len(partners), sum(y for _, y in partners) / len(partners))
            if partners
            else (0.0, below)
        )
        placed[chosen] = next(place for place in _spiral(middle) if room.is_free(place, sizes[chosen]))
        room.take(placed[chosen], sizes[chosen])
    return placed


def _spiral(middle: Point) -> Iterator[Point]:
    """Give places around a point, ever farther from it."""
    x, y = middle
    yield middle
    ring = 1
    while True:
        for step in range(6 * ring):
            angle = 2 * pi * step / (6 * ring)
            yield x + 1.5 * _STEP * ring * cos(angle), y + _STEP * ring * sin(angle)
        ring += 1


class _Room:
    """Which boxes are taken; looks only at those near by."""

    def __init__(self, placed: Mapping[str, Point], sizes: Mapping[str, Size]) -> None:
        self._cell = max(hypot(*size) for size in sizes.values())
        self._cells: dict[tuple[int, int], list[tuple[Point, Size]]] = {}
        for key, place in placed.items():
            self.take(place, sizes[key])

    def take(self, place: Point, size: Size) -> None:
        cell = int(place[0] // self._cell), int(place[1] // self._cell)
        self._cells.setdefault(cell, []).append((place, size))

    def is_free(self, place: Point, size: Size) -> bool:
        column, row = int(place[0] // self._cell), int(place[1] // self._cell)
        around = ((column + across, row + down) for across in (-1, 0, 1) for down in (-1, 0, 1))
        return not any(
            abs(place[0] - x) < (size[0] + width) / 2 and abs(place[1] - y) < (size[1] + height) / 2
            for cell in around
            for (x, y), (width, height) in self._cells.get(cell, ())
        )
