"""The nodes and edges of a folder: nodes.csv and edges.csv, as Gephi and others write them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...graph.errors import LoadError
from ...graph.names import did_you_mean
from ..mapping.tables import first_header, read_rows
from .things import Thing, Things, called, to_ours


def to_things(nodes: tuple[Path, str], edges: tuple[Path, str]) -> tuple[str, Things]:
    """Read two tables, each a path with its text.

    Returns:
        The text of the document that they make together, and what they hold.

    Raises:
        LoadError: a table lacks a column that it must have.
    """
    (_, first), (_, second) = nodes, edges
    first = first.rstrip("\n") + "\n\n"
    found = Things(
        [*_rows(*nodes, 0, ("id",))],
        [*_rows(*edges, len(first), ("source", "target"))],
    )
    return first + second, found


def _rows(path: Path, text: str, offset: int, needed: tuple[str, ...]) -> Iterator[Thing]:
    header = first_header(text)
    names = [called(name)[1] for name in header.names]
    for name in needed:
        if name not in names:
            hint = did_you_mean(name, names)
            raise LoadError(f"{path} has no column {name!r}; it has {', '.join(header.names)}.{hint}")
    for row in read_rows(text, header, take_short=True):
        given = to_ours(zip(header.names, row.cells, strict=False))
        wrong = row.wrong or next((f"{name} is empty" for name in needed if name not in given), "")
        yield Thing(given, row.line, offset + row.start, offset + row.end, wrong)
