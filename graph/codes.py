"""Codes of states in the lists that scholars of war keep: which node a code means on a day."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Final

from .names import make_id

CODE_LISTS: Final = {
    "cow": "Correlates of War: ccode, as its state system and ATOP have it.",
    "gw": "Gleditsch and Ward: gwcode, as Archigos has it.",
}
_ALWAYS: Final = ("0000", "9999-99-99")


def find_by_code(which: str, code: str, day: str | None = None) -> list[tuple[str, str]]:
    """Find what a code means: a state, or an organisation for a state of old that the lists of names do not have.

    Names such as Bavaria or Saxony mean a part of Germany in any article, so they are no names of states.

    Args:
        which: one of ``CODE_LISTS``.
        code: such as ``365``, which is Russia, the Soviet Union and Russia again.
        day: ISO 8601 date on which it is used; of a year or a month alone its middle counts, or
            else any day of it.

    Returns:
        Id and name of each that is meant: none for an unknown code, several where only a day could tell.
    """
    rows = _codes().get((which, code), ())
    if day is not None:
        middle = (day + {4: "-07-01", 7: "-15"}.get(len(day), ""))[:10]
        at_some_time = [row for row in rows if row[2][: len(day)] <= day <= row[3][: len(day)]]
        rows = tuple(row for row in at_some_time if row[2] <= middle <= row[3]) or tuple(at_some_time)
    return list(dict.fromkeys((row[0], row[1]) for row in rows))


def is_code(which: str, code: str) -> bool:
    """Tell whether a list has a code."""
    return (which, code) in _codes()


@cache
def _codes() -> dict[tuple[str, str], tuple[tuple[str, str, str, str], ...]]:
    """Give id, name, first and last day by list and code."""
    text = (files(__package__) / "reference" / "codes.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], tuple[tuple[str, str, str, str], ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        node_id = row["state"] or make_id("Organisation", row["name"])
        meaning = (node_id, row["name"], row["since"] or _ALWAYS[0], row["until"] or _ALWAYS[1])
        for which in row["lists"].split("|"):
            found[which, row["code"]] = (*found.get((which, row["code"]), ()), meaning)
    return found
