"""Cells to values: names, numbers, years and TIVs; what cannot be understood is an error that quotes it."""

from __future__ import annotations

import re
from typing import Final

from ...graph.errors import LoadError

_NUMBER: Final = re.compile(r"(\d{1,9})(?:\.0+)?", re.ASCII)
"""A spreadsheet or a data frame may have made ``24`` to ``24.0``."""
_TIV: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?|\.\d{1,9}", re.ASCII)


def to_name(cell: str, column: str) -> str:
    """Give a cell that must not be empty."""
    if not cell:
        raise LoadError(f"it has no {column}")
    return cell


def to_number(cell: str, column: str) -> int | None:
    """Read a whole number from 0 to 999,999,999; None if the cell is empty."""
    if not cell:
        return None
    found = _NUMBER.fullmatch(cell)
    if found is None:
        raise unclear(cell, column)
    return int(found[1])


def to_year(cell: str, column: str) -> int | None:
    """Read a year from 1900 to 2100; None if the cell is empty."""
    year = to_number(cell, column)
    if year is not None and not 1900 <= year <= 2100:
        raise unclear(cell, column)
    return year


def to_years(cell: str, column: str) -> tuple[int, ...]:
    """Read years that semicolons, commas or spaces part; ascending, each once."""
    years = {to_year(part, column) for part in re.split(r"[;, ]+", cell) if part}
    return tuple(sorted(year for year in years if year is not None))


def to_tiv(cell: str, column: str) -> float | None:
    """Read a TIV in millions; None if the cell is empty. 0 means between 0 and 0.5, see ``Record.below_half``."""
    if not cell:
        return None
    if not _TIV.fullmatch(cell):
        raise unclear(cell, column)
    return float(cell)


def unclear(cell: object, column: str) -> LoadError:
    """Make the error that quotes a cell, of a long one only the start."""
    quoted = repr(cell)
    return LoadError(f"{quoted if len(quoted) < 80 else quoted[:80] + '…'} is no {column}")
