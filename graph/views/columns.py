"""Records as columns: the same few field names in thousands of rows are written once, and pack well."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import Any


def to_columns(
    records: Sequence[Mapping[str, Any]], fields: Sequence[str], stepped: Collection[str] = ()
) -> dict[str, Any]:
    """Turn records into columns.

    Args:
        records: each with some of the fields; what is None or missing is unknown.
        fields: the names that may become columns. No name of the data is among them.
        stepped: those of them that hold whole numbers, or lists of them, which mostly rise from record to record.

    Returns:
        ``length``, the number of records, and ``columns``, pairs of a name and one value a record, null where it is
        unknown; a column without any value is left out. ``stepped`` names the columns that give each number as the
        step from the number before it.
    """
    columns = []
    for name in fields:
        values = [record.get(name) for record in records]
        if any(value is not None for value in values):
            columns.append((name, _steps(values) if name in stepped else values))
    return {"length": len(records), "columns": columns, "stepped": sorted(stepped)}


def _steps(values: Sequence[int | Sequence[int] | None]) -> list[int | list[int] | None]:
    before = 0
    steps: list[int | list[int] | None] = []
    for value in values:
        if value is None:
            steps.append(None)
            continue
        numbers = [value] if isinstance(value, int) else list(value)
        stepped = [number - last for last, number in pairwise([before, *numbers])]
        steps.append(stepped[0] if isinstance(value, int) else stepped)
        before = numbers[-1] if numbers else before
    return steps


def to_cells(rows: Sequence[str]) -> list[list[str | None]]:
    """Cut rows of a table at their commas, column by column; to join the cells of a row gives its words again.

    Args:
        rows: lines of a table as they stand in it.

    Returns:
        One list a column, each as long as ``rows``; null behind a row's end.
    """
    return [list(column) for column in zip_longest(*(row.split(",") for row in rows))]
