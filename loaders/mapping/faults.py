"""What is wrong with a value of a mapping beyond its shape: keys that do nothing, and texts that could not be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from ...graph.errors import LoadError
from .model import Value
from .sameness import normal
from .schema import SHAPES, Key
from .values import to_read

_DIRECTIVE: Final = re.compile(r"%.?")
_DIRECTIVES: Final = frozenset(("%Y", "%m", "%d", "%b", "%B", "%y", "%%"))
_YEARS: Final = frozenset(("%Y", "%y"))
_MONTHS: Final = frozenset(("%m", "%b", "%B"))
_OF_DATES: Final = frozenset(("date",))
_OF_NUMBERS: Final = frozenset(("decimal", "thousands"))
_OF_CELLS: Final = frozenset(SHAPES["value"]) - {"column", "columns", "join", "constant", "year", "month", "day"}
_BESIDE: Final = {
    "constant": _OF_DATES | _OF_NUMBERS | {"when"},
    "year": frozenset(("month", "day", "missing", "when")),
    "columns": _OF_CELLS | {"join"},
    "column": _OF_CELLS,
}
"""Where a value is -> the keys that say something beside it."""
_DATES: Final = ("date", "year", "years")
_NUMBERS: Final = ("whole", "number")


def find_faults(value: Value, given: Collection[str], key: Key) -> Iterator[tuple[str, str]]:
    """Find what is wrong with a value.

    Args:
        value: as it was read.
        given: the keys that were written.
        key: what the value is for.

    Yields:
        The key with which something is wrong, empty for the whole, and what.
    """
    places = [place for place in _BESIDE if place in given]
    if len(places) != 1:
        yield "", f"{key.name} has one of column, columns, constant and year, and only one."
        return
    if value.year and key.gives != "date":
        yield "year", f"{key.name} is no date, so it has no year of its own."
    if (value.month and not value.year) or (value.day and not value.month):
        yield "", "a date has a year before a month, and a month before a day."
    yield from _idle(value, given, key, places[0])
    said: set[str] = set()
    for text in map(normal, value.values):
        if text in said:
            yield "values", f"values says twice what {text!r} means, which is the same however it is written."
        said.add(text)
    if "" in value.split:
        yield "split", "what parts several in one cell is a sign, not nothing."
    if value.decimal in ("", value.thousands):
        yield "decimal", "the sign before the fraction is one, and not the one between the thousands."
    for form in value.date:
        parts = set(_DIRECTIVE.findall(form))
        if not parts <= _DIRECTIVES or not parts & _YEARS or ("%d" in parts and not parts & _MONTHS):
            known = ", ".join(sorted(_DIRECTIVES))
            yield (
                "date",
                f"{form!r} is no form of a date; it has a year, a month if it has a day, and consists of {known}.",
            )
    yield from _unreadable(value, key)


def _idle(value: Value, given: Collection[str], key: Key, place: str) -> Iterator[tuple[str, str]]:
    """Find keys that do nothing; whoever writes them means something."""
    for name in given:
        if name in SHAPES["value"] and name != place and name not in _BESIDE[place]:
            yield name, f"{name} does nothing beside {place}; leave it out."
        elif name in _OF_DATES and key.gives not in _DATES:
            yield name, f"{key.name} is no date, so {name} does nothing; leave it out."
        elif name in _OF_NUMBERS and key.gives not in _NUMBERS:
            yield name, f"{key.name} is no number, so {name} does nothing; leave it out."
    if value.default == "" and not value.values:
        yield "default", "an empty default does nothing without values; leave it out."


def _unreadable(value: Value, key: Key) -> Iterator[tuple[str, str]]:
    """Find texts of the mapping itself that are not what the value is."""
    read = to_read(value, key.gives)
    told = [("constant", value.constant), ("default", value.default and value.prefix + value.default)]
    told += [("values", meant and value.prefix + meant) for meant in value.values.values()]
    for name, text in told:
        try:
            if text:
                read(text)
        except LoadError as error:
            yield name, f"{name} cannot be read as {key.name}: {error}."
