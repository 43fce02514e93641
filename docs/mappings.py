"""Writes the tables of fields in docs/mappings.md from what the mappings are checked against.

python docs/mappings.py
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from legation.graph.codes import CODE_LISTS
from legation.loaders.mapping.loader import shipped
from legation.loaders.mapping.schema import SHAPES, STATEMENTS, Key

PAGE = Path(__file__).with_suffix(".md")
BEGIN = "<!-- written by docs/mappings.py from here on -->\n"


def page() -> str:
    """Give the page with its tables made anew."""
    return PAGE.read_text(encoding="utf-8").partition(BEGIN)[0] + BEGIN + tables()


def tables() -> str:
    """Give the tables of all fields, of the mappings that come with legation, and of the lists of codes."""
    parts = ["\n## Mappings that come with legation\n\n| | |\n|---|---|\n"]
    parts += [f"| `{spec.name}` | {spec.about} |\n" for spec in shipped().values()]
    parts += ["\n## Lists of codes\n\n| | |\n|---|---|\n"]
    parts += [f"| `{name}` | {meaning} |\n" for name, meaning in CODE_LISTS.items()]
    parts += ["\n## All fields\n"]
    shapes = {name: keys for name, keys in SHAPES.items() if name != "statement"}
    parts += [_table(f"A {name}", keys) for name, keys in shapes.items()]
    parts += [_table(f"A statement of a {name}", STATEMENTS[name]) for name in ("transfer", "description")]
    parts += [_table("A statement of a relation (`legation schema` lists them)", STATEMENTS["LEADS"])]
    return "".join(parts)


def _table(title: str, keys: Mapping[str, Key]) -> str:
    rows = [
        f"| `{key.name}`{' (needed)' if key.needed else ''} | {_kind(key)} | {key.meaning} |\n" for key in keys.values()
    ]
    return f"\n### {title}\n\n| | | |\n|---|---|---|\n" + "".join(rows)


def _kind(key: Key) -> str:
    if key.choices and key.name != "states":
        words = ", ".join(f"`{choice}`" for choice in key.choices)
        return f"{words}, or a value that gives one" if key.kind == "chosen" else words
    return f"{key.kind}: {key.gives}" if key.kind in ("value", "values") else key.kind


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
