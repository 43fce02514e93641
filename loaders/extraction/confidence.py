"""How sure a claim is: how often claims that were read by the same rule, from as far, were right."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Final

DISTANCES: Final = ("clause", "maker", "description", "sentence before", "topic")
"""From where the ends of a claim were taken, nearest first; the farthest of them counts.

``clause``: all stand with the word that tells it. ``maker``: the supplier is the maker or origin of the thing.
``description``: a pronoun, or a noun such as ``the drones``, points back. ``sentence before``: a side was left out.
``topic``: what the whole text is about.
"""

_WEIGHT: Final = 3
"""How many judged claims the average of all rules counts for, so that a rule seen once is not taken for certain."""

SPECULATED: Final = 0.8
"""What a claim that its source only supposes keeps of it."""


@cache
def _table() -> dict[tuple[str, str], tuple[int, int]]:
    text = (files(__package__) / "calibration.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {(row["rule"], row["distance"]): (int(row["right"]), int(row["judged"])) for row in rows}


@cache
def _shares() -> dict[tuple[str, str], float]:
    """Give the share of right claims by rule and distance; from farther away it is never taken to be higher.

    What few counts say against that is averaged away, the pooling of adjacent violators of isotonic regression.
    """
    table = _table()
    average = sum(right for right, _ in table.values()) / max(1, sum(judged for _, judged in table.values()))
    shares: dict[tuple[str, str], float] = {}
    for rule in {rule for rule, _ in table}:
        pools: list[tuple[list[str], float, float]] = []
        for distance in DISTANCES:
            right, judged = table.get((rule, distance), (0, 0))
            pool = ([distance], right + _WEIGHT * average, float(judged + _WEIGHT))
            while pools and pools[-1][1] / pools[-1][2] < pool[1] / pool[2]:
                names, earlier, of = pools.pop()
                pool = (names + pool[0], earlier + pool[1], of + pool[2])
            pools.append(pool)
        shares |= {(rule, name): right / judged for names, right, judged in pools for name in names}
    return shares


def confidence(rule: str, distance: str = "clause") -> float:
    """Give the share of right claims among those of a rule and distance, drawn towards the average of all.

    Args:
        rule: its name, as calibration.csv has it.
        distance: one of ``DISTANCES``.

    Returns:
        0 to 1, two decimals; of a rule that was never judged one half.
    """
    return round(_shares().get((rule, distance), 0.5), 2)
