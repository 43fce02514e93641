"""What becomes of a table when a mapping is tried on it, in lines; nothing is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .. import pipeline
from ..reading import Given, counted
from .loader import get_mapping


def try_mapping(name: str, table: Path | None) -> Iterator[str]:
    """Say what a mapping holds, and what it makes of a table if there is one.

    Args:
        name: of a YAML file, or of a mapping that comes with legation.
        table: the file to try it on.

    Raises:
        MappingWrong: there is no such mapping, it is none, or it does not fit the table.
        LoadError: the table cannot be read.
    """
    spec = get_mapping(name)
    needed = counted(len(spec.columns_used()), "column")
    yield f"{spec.name}: {counted(len(spec.statements), 'statement')}, {needed} needed."
    if table is None:
        return
    _, reading = pipeline.read(table, Given(mapping=name), "mapping")
    stated = Counter(one.statement.states for one in reading.claims)
    told = ", ".join(f"{count} {states}" for states, count in stated.most_common())
    yield f"{table.name}: {reading.in_words(stated.total())}{f' ({told})' if told else ''}."
    yield from (f"  {line}" for line in reading.remarks(most=10))
