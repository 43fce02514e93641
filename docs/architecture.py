"""Draws docs/architecture.svg: the rooms of the house, what is in each, and who imports whom, all read from the code.

python docs/architecture.py
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

PICTURE = Path(__file__).with_suffix(".svg")
ROOT = Path(__file__).parents[1]
WIDTH, PAD, LINE, GAP = 1000.0, 12.0, 15.0, 40.0
LETTER = 5.9
"""Width of a letter of the small text, in pixels."""

ROOMS = {
    "cli.py": "commands: parse, call one function, print",
    "loaders/": "the way in: sources become claims",
    "queries/": "the way out: questions become answers",
    "graph/": "the ground floor. A block imports only from below; what stands in the last one is on no floor.",
}


@dataclass(frozen=True)
class Box:
    """Where a room is drawn.

    Attributes:
        room: its name.
        x: left edge.
        y: upper edge.
        width: of the box.
        floors: the lines of text, by floor.
    """

    room: str
    x: float
    y: float
    width: float
    floors: Sequence[Sequence[str]]

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + PAD + 18 + sum(LINE * len(floor) + 8 for floor in self.floors) + PAD / 2

    @property
    def middle(self) -> float:
        """The middle of its width."""
        return self.x + self.width / 2

    def draw(self) -> Iterator[str]:
        """Draw it."""
        at, text = self.y + PAD + 18, self.x + PAD
        yield f'<rect x="{self.x:g}" y="{self.y:g}" width="{self.width:g}" height="{self.bottom - self.y:g}" rx="6"/>'
        yield f'<text class="name" x="{text:g}" y="{self.y + 20:g}">{self.room}</text>'
        yield f'<text class="why" x="{text + 70:g}" y="{self.y + 20:g}">{escape(ROOMS[self.room])}</text>'
        for floor in self.floors:
            high = LINE * len(floor) + 4
            yield f'<rect class="floor" x="{text:g}" y="{at:g}" width="{self.width - 2 * PAD:g}" height="{high:g}"/>'
            for number, line in enumerate(floor):
                yield f'<text x="{text + 6:g}" y="{at + 13 + LINE * number:g}">{line}</text>'
            at += high + 4


def picture() -> str:
    """Draw the house."""
    half = (WIDTH - 2 * PAD - GAP) / 2
    cli = Box("cli.py", PAD, PAD, WIDTH - 2 * PAD, [])
    loaders = Box("loaders/", PAD, cli.bottom + GAP, half, [_wrapped(_modules("loaders"), half)])
    queries = Box("queries/", PAD + half + GAP, cli.bottom + GAP, half, [_wrapped(_modules("queries"), half)])
    below = max(loaders.bottom, queries.bottom) + GAP
    graph = Box("graph/", PAD, below, WIDTH - 2 * PAD, [[*map(_told, floor)] for floor in _floors()])
    boxes = {box.room: box for box in (cli, loaders, queries, graph)}
    shapes = [shape for box in boxes.values() for shape in box.draw()]
    for start, end in sorted(_imports()):
        x = min(boxes[start].middle, boxes[end].middle, key=lambda middle: (middle == WIDTH / 2, middle))
        y, to = boxes[start].bottom, boxes[end].y
        shapes.append(f'<path d="M{x:g} {y:g}V{to - 7:g}"/><path class="head" d="M{x - 4:g} {to - 8:g}h8l-4 8z"/>')
    return "\n".join((_HEAD.format(width=f"{WIDTH:g}", height=f"{graph.bottom + PAD:g}"), *shapes, "</svg>", ""))


_HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t">
<title id="t">The rooms of the house, what is in each, and who imports whom</title>
<style>
rect {{ fill: #fff; stroke: #345; }} .floor {{ fill: #eef2f6; stroke: none; }}
text {{ font: 11px sans-serif; fill: #234; }} tspan {{ fill: #567; }} .name {{ font: bold 15px sans-serif; }}
.why {{ fill: #567; }} path {{ stroke: #345; fill: none; }} .head {{ fill: #345; }}
</style>"""


def _floors() -> list[list[str]]:
    """Give the modules of graph/ by floor, the highest first, as import-linter keeps them; then those on no floor."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = [layer for contract in linter["contracts"] if "containers" in contract for layer in contract["layers"]]
    modules = {name.rstrip("/"): name for name in _modules("graph")}
    floors = [[modules.pop(name) for name in layer.split(" | ")] for layer in layers]
    return [*floors, [*modules.values()]] if modules else floors


def _modules(room: str) -> list[str]:
    inside = sorted((ROOT / room).iterdir())
    folders = [f"{path.name}/" for path in inside if (path / "__init__.py").is_file()]
    return [path.stem for path in inside if path.suffix == ".py" and path.stem != "__init__"] + folders


def _told(module: str) -> str:
    """Give a module of graph/ with the first line of its docstring, as far as it fits."""
    path = ROOT / "graph" / (f"{module}__init__.py" if module.endswith("/") else f"{module}.py")
    first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]
    most = int((WIDTH - 4 * PAD - 110) / LETTER)
    fits = first if len(first) <= most else f"{first[:most].rsplit(' ', 1)[0]} …"
    return f'{escape(module)}<tspan x="{2 * PAD + 110:g}">{escape(fits)}</tspan>'


def _imports() -> set[tuple[str, str]]:
    """Tell which room imports from which."""
    return {
        (room, other)
        for room in ROOMS
        for path in ([ROOT / room] if room.endswith(".py") else (ROOT / room).rglob("*.py"))
        for other in _imported(path)
        if other != room
    }


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            above = path.relative_to(ROOT).parts[: -node.level]
            room = (*above, *(node.module or "").split("."))[0]
            if f"{room}/" in ROOMS:
                yield f"{room}/"


def _wrapped(names: Sequence[str], width: float) -> list[str]:
    lines = [""]
    for name in map(escape, names):
        longer = f"{lines[-1]} · {name}" if lines[-1] else name
        if len(longer) * LETTER > width - 2 * PAD - 12:
            lines.append(name)
        else:
            lines[-1] = longer
    return lines


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
