"""Which deals a question is about: the part of its Cypher that depends on what was given, begun at an index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..graph.cypher import ours
from ..graph.schema import STATUSES, WITHDRAWN

DEALS: Final = "{deals}"
"""What a card writes where its deals ``t`` are to be matched; ``to_match`` says what stands there."""

CURRENT: Final = f"t.status <> '{WITHDRAWN.name}' AND {ours('t', 'Transfer')}"
"""What holds of a deal ``t`` that counts: no register has withdrawn it, and it is none of others' transfers."""


def statuses(relation: str) -> list[str]:
    """Give the statuses that draw a relation: ``statuses("MAY_ARM")`` are those of candidates."""
    return [status.name for status in STATUSES.values() if status.draws == relation]


def drawing(relation: str) -> str:
    """Give the statuses that draw a relation as a list in Cypher."""
    return str(statuses(relation))


HANDED_OVER: Final = str([name for name, status in STATUSES.items() if status.rank >= STATUSES["delivered"].rank])

_NARROWED: Final = {
    "buyer": ("(t)-[:TO]->(:Actor {id: $buyer})", ""),
    "supplier": ("(t)<-[:SUPPLIES]-(:Actor {id: $supplier})", ""),
    "system": ("(t)-[:OF]->(w:System)", "w.id = $system OR w.family = $system"),
    "category": ("(t)-[:OF]->(w:System)", "w.category = $category"),
}

UNCLASSED: Final = "MATCH (t)-[:OF]->(w:System) WITH t, w WHERE w.category IS NULL RETURN count(DISTINCT t) AS deals"
"""Behind a match -> how many of its deals are of systems of which nobody says to which category they belong."""


def to_match(values: Mapping[str, Any]) -> str:
    """Give the MATCH that finds the deals of a question as ``t``, each once; those that are withdrawn are no deals.

    Args:
        values: of the card's parameters; of ``buyer``, ``supplier``, ``system`` and ``category`` those that are not
            None narrow the deals.
    """
    clauses = ["MATCH (t:Transfer)"]
    for name, (pattern, condition) in _NARROWED.items():
        if values.get(name) is not None:
            found = f"MATCH {pattern.replace('(t)', '(t:Transfer)')}"
            clauses.append(f"{found} WITH * WHERE {condition} WITH DISTINCT t" if condition else f"{found} WITH t")
    return f"{' '.join(clauses[1:] or clauses)} WITH t WHERE {CURRENT}"
