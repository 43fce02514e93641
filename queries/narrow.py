"""Answers laid out for the width of a terminal: columns of a table, a list where it is too narrow, lines of words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from textwrap import fill

from ..graph.rows import Rows
from .formats import cell, heading, visible


def to_list(answer: Rows) -> Iterator[str]:
    """Give each row as two lines, its first value and all others with their names, where a table would be too wide."""
    columns = visible(answer)
    for row in answer:
        first, *others = (f"{heading(name)} {cell(row[name])}" for name in columns)
        yield first
        if others:
            yield f"  {' · '.join(others)}"


def to_widths(cells: Sequence[Sequence[str]], room: int, length: Callable[[str], int] = len) -> list[int] | None:
    """Share the width of a line among the columns of a table so that no word is cut.

    Args:
        cells: the heading and the rows.
        room: columns of the terminal; three between two cells and one at either end are not theirs.
        length: how many columns of the terminal a text takes.

    Returns:
        A width for each: that of its longest word, and of what is left more where lines would be most; None if not
        all words fit.
    """
    columns = list(zip(*cells, strict=True))
    widths = [max([1, *(length(word) for text in column for word in text.split())]) for column in columns]
    wanted = [max(map(length, column)) for column in columns]
    spare = room - 3 * len(columns) + 1 - sum(widths)
    if spare < 0:
        return None
    for _ in range(spare):
        tightest = max(range(len(widths)), key=lambda at: wanted[at] / widths[at])
        if wanted[tightest] <= widths[tightest]:
            break
        widths[tightest] += 1
    return widths


def wrap(text: str, width: int) -> str:
    """Break the lines of a text between words; what goes on is indented as the line was, a longer word stays whole."""

    def lay(line: str) -> str:
        indent = " " * min(len(line) - len(line.lstrip()), width // 4)
        return fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)

    return "\n".join(map(lay, text.split("\n")))
