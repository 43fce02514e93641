"""From the words by which a row describes a weapon to the class of systems that they mean."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files


@cache
def find_class(description: str) -> str | None:
    """Give the id of the class that a description means; None if it means none that is known.

    Args:
        description: as the register words it, long (``surface-to-air missile system``) or short (``SAM system``). The
            first line of ``classes.csv`` that fits it decides.
    """
    words = description.lower()
    return next((system_class for pattern, system_class in _classes() if pattern.search(words)), None)


@cache
def _classes() -> list[tuple[re.Pattern[str], str]]:
    text = (files(__package__) / "classes.csv").read_text(encoding="utf-8")
    return [(re.compile(row["described"]), row["class"]) for row in csv.DictReader(text.splitlines())]
