"""Subgraph -> one SVG without script, style or links: for notebooks, reports and wherever no page can be opened."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import hypot
from pathlib import Path
from typing import Final

from ..schema import RELATIONS
from ..subgraph import Edge, Subgraph
from ..xml import to_xml
from .layout import Place, check_ends, positions

_RADIUS: Final = 8
_MARGIN: Final = 70
_LINE: Final = 18
_BEND: Final = 22
_LONGEST: Final = 26
_DASHES: Final = {"MAY_ARM": "6 4", "DID_NOT_ARM": "2 4"}
_COLOUR: Final = re.compile(r"--(\w+): (#[0-9a-f]{6})")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that a notebook shows by itself.

    Attributes:
        svg: the whole of it, a text that begins with ``<svg``.
    """

    svg: str = field(repr=False)

    def _repr_svg_(self) -> str:
        return self.svg


def draw(subgraph: Subgraph) -> Drawing:
    """Draw the nodes and lines as the page does: a broken line is talk, a dotted one a refusal.

    The same subgraph gives the same text. Each node and line has its words as a title, which a browser shows under the
    pointer; the evidence is not in it. A kind of line that the schema does not know is told by its own name.

    Raises:
        QueryError: an edge starts or ends at a node that the subgraph does not hold.
    """
    check_ends(subgraph)
    colours = _colours()
    places = positions(subgraph, {})
    xs, ys = zip(*places.values(), strict=True) if places else ((0,), (0,))
    left, top = min(xs) - _MARGIN, min(ys) - _MARGIN // 2
    drawn = {edge.kind for edge in subgraph.edges}
    kinds = [*(kind for kind in RELATIONS if kind in drawn), *sorted(drawn - RELATIONS.keys())]
    width, bottom = max(xs) + _MARGIN - left, max(ys) + _MARGIN // 2
    height = bottom - top + _LINE * (len(kinds) + 2)
    marks = [*_lines(subgraph, places, colours), *_nodes(subgraph, places, colours)]
    legend = _legend(subgraph.title, kinds, colours, left + 10, bottom + _LINE)
    box = f'viewBox="{left} {top} {max(width, 420)} {height}" width="{max(width, 420)}" height="{height}"'
    paper = f'<rect x="{left}" y="{top}" width="{max(width, 420)}" height="{height}" fill="{colours["paper"]}"/>'
    body = "\n".join([paper, *marks, *legend])
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="sans-serif" font-size="12">\n{body}\n</svg>\n'
    return Drawing(svg)


def _colours() -> dict[str, str]:
    """Give the light colours of the page, which come first in its style sheet."""
    colours: dict[str, str] = {}
    for name, colour in _COLOUR.findall((Path(__file__).parent / "page.css").read_text(encoding="utf-8")):
        colours.setdefault(name, colour)
    return colours


def _colour(kind: str, colours: dict[str, str]) -> str:
    return colours.get(kind, colours["stated"])


def _lines(subgraph: Subgraph, places: dict[str, Place], colours: dict[str, str]) -> Iterator[str]:
    between: dict[tuple[str, ...], list[Edge]] = defaultdict(list)
    for edge in subgraph.edges:
        between[tuple(sorted((edge.source, edge.target)))].append(edge)
    for (first, _), edges in between.items():
        for number, edge in enumerate(edges):
            # Lines between the same two nodes part in the middle, whichever way each runs.
            bend = (number - (len(edges) - 1) / 2) * _BEND * (1 if edge.source == first else -1)
            yield _line(edge, subgraph, places, bend, _colour(edge.kind, colours))


def _line(edge: Edge, subgraph: Subgraph, places: dict[str, Place], bend: float, colour: str) -> str:
    (x, y), (to_x, to_y) = places[edge.source], places[edge.target]
    away = hypot(to_x - x, to_y - y) or 1.0
    across = (to_y - y) / away, (x - to_x) / away
    middle = (x + to_x) / 2 + 2 * bend * across[0], (y + to_y) / 2 + 2 * bend * across[1]
    way = hypot(to_x - middle[0], to_y - middle[1]) or 1.0
    along = (to_x - middle[0]) / way, (to_y - middle[1]) / way
    tip = to_x - _RADIUS * along[0], to_y - _RADIUS * along[1]
    kind = RELATIONS.get(edge.kind)
    dash = f' stroke-dasharray="{_DASHES[edge.kind]}"' if edge.kind in _DASHES else ""
    wide = 1.8 if kind and kind.derived else 1.0
    path = f"M{x} {y} Q{middle[0]:.1f} {middle[1]:.1f} {tip[0]:.1f} {tip[1]:.1f}"
    phrase = kind.phrase if kind else _words(edge.kind)
    told = to_xml(f"{subgraph.nodes[edge.source].name} {phrase} {subgraph.nodes[edge.target].name}")
    head = _head(tip, along) if kind is None or kind.directed else ""
    shaft = f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{wide}"{dash}/>'
    return f'<g><title>{told}</title>{shaft}{head and f"""<path d="{head}" fill="{colour}"/>"""}</g>'


def _words(kind: str) -> str:
    return kind.replace("_", " ").lower()


def _head(tip: tuple[float, float], along: tuple[float, float]) -> str:
    (x, y), (dx, dy) = tip, along
    sides = [(x - 8 * dx + side * 3.5 * dy, y - 8 * dy - side * 3.5 * dx) for side in (1, -1)]
    return "M" + " L".join(f"{one:.1f} {two:.1f}" for one, two in ((x, y), *sides)) + "Z"


def _nodes(subgraph: Subgraph, places: dict[str, Place], colours: dict[str, str]) -> Iterator[str]:
    halo = f'paint-order="stroke" stroke="{colours["paper"]}" stroke-width="3" fill="{colours["ink"]}"'
    for node_id, (x, y) in places.items():
        node = subgraph.nodes[node_id]
        name = node.name if len(node.name) <= _LONGEST else f"{node.name[: _LONGEST - 1]}…"
        yield (
            f"<g><title>{to_xml(f'{node.name} ({node.label.lower()})')}</title>"
            f'<circle cx="{x}" cy="{y}" r="{_RADIUS}" fill="{_colour(node.label, colours)}"/>'
            f'<text x="{x}" y="{y + 22}" text-anchor="middle" {halo}>{to_xml(name)}</text></g>'
        )


def _legend(title: str, kinds: list[str], colours: dict[str, str], x: int, y: int) -> Iterator[str]:
    yield f'<text x="{x}" y="{y}" font-weight="bold" fill="{colours["ink"]}">{to_xml(title)}</text>'
    for number, kind in enumerate(kinds, 1):
        down = y + number * _LINE
        dash = f' stroke-dasharray="{_DASHES[kind]}"' if kind in _DASHES else ""
        yield f'<path d="M{x} {down - 4} h30" stroke="{_colour(kind, colours)}" stroke-width="1.8"{dash}/>'
        yield f'<text x="{x + 38}" y="{down}" fill="{colours["faint"]}">{to_xml(_words(kind))}</text>'
