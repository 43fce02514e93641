"""A Cypher script that makes the same graph, with constraints and indexes, in an empty Neo4j."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from .. import cypher
from ..errors import ExportWrong
from ..schema import LABELS
from .content import Content

_ROWS: Final = 500
_CHARACTERS: Final = 200_000
"""A statement ends with the row that passes either: a server holds the whole of it several times over."""

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SPECIAL: Final = re.compile(r"\\(?=u)|[\\'\x00-\x1f\x7f]")
_ESCAPES: Final = {"\\": r"\\", "'": r"\'", "\n": r"\n", "\r": r"\r", "\t": r"\t"}


def to_script(content: Content) -> Iterator[str]:
    """Give the statements, each on a line of its own and ended by a semicolon, as ``cypher-shell`` reads them."""
    yield "// Made by legation. Run it in an empty database: cypher-shell -f FILE\n"
    yield from to_schema(content)
    yield "CALL db.awaitIndexes(600);\n"
    batches = _Batches(cypher.create_nodes)
    for node in content.nodes():
        labels = ("Actor", node.label) if LABELS[node.label].actor else (node.label,)
        yield from batches.add((labels,), to_literal({"id": node.id, **node.properties}))
    yield from batches.rest()
    batches = _Batches(cypher.create_edges)
    for edge in content.edges():
        ends = tuple(_key(content.labels[end]) for end in (edge.source, edge.target))
        row = {"start": edge.source, "end": edge.target, "values": edge.properties}
        yield from batches.add((edge.kind, *ends), to_literal(row))
    yield from batches.rest()


def to_schema(_: Content) -> Iterator[str]:
    """Give the statements that make constraints and indexes."""
    return (f"{statement};\n" for statement in cypher.schema_statements(shared=True))


def to_literal(value: Any) -> str:
    """Write a value in Cypher so that it is that value and nothing else, in whatever version reads it.

    Raises:
        ExportWrong: it has a name that Cypher cannot write.
    """
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, float):
        return repr(value).replace("e+", "e") if math.isfinite(value) else f"toFloat('{_not_finite(value)}')"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(to_literal, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_name(name)}: {to_literal(held)}' for name, held in value.items())}}}"
    return f"'{_SPECIAL.sub(_escaped, str(value))}'"


def _escaped(found: re.Match[str]) -> str:
    letter = found[0]
    if letter == "\\" and found.string[found.end() :].startswith("u"):
        # A reader of Cypher 5 takes \u for an escape even behind another backslash, and anywhere in a statement.
        return r"\\' + '"
    return _ESCAPES.get(letter) or f"\\u{ord(letter):04x}"


def _not_finite(value: float) -> str:
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _name(name: str) -> str:
    if _NAME.fullmatch(name):
        return name
    if "\\" in name:
        raise ExportWrong(f"The property {name!r} has a name that Cypher cannot write; take another format.")
    return f"`{name.replace('`', '``')}`"


def _key(label: str) -> str:
    return "Actor" if LABELS[label].actor else label


class _Batches:
    """Rows that wait until enough of them are made by the same statement.

    Attributes:
        statement: gives the statement, which takes its rows as ``$rows``, for a group.
    """

    def __init__(self, statement: Callable[..., str]) -> None:
        self._statement = statement
        self._waiting: dict[tuple[Any, ...], list[str]] = {}
        self._lengths: dict[tuple[Any, ...], int] = {}

    def add(self, group: tuple[Any, ...], row: str) -> Iterator[str]:
        """Take a row, and give the statement of its group if that is full."""
        waiting = self._waiting.setdefault(group, [])
        waiting.append(row)
        self._lengths[group] = self._lengths.get(group, 0) + len(row)
        if len(waiting) >= _ROWS or self._lengths[group] >= _CHARACTERS:
            yield self._take(group)

    def rest(self) -> Iterator[str]:
        """Give the statements of all rows that still wait."""
        for group in list(self._waiting):
            yield self._take(group)

    def _take(self, group: tuple[Any, ...]) -> str:
        rows = ", ".join(self._waiting.pop(group))
        del self._lengths[group]
        return f"{self._statement(*group).replace('$rows', f'[{rows}]', 1)};\n"
