"""Which deals a question is about: the part of its Cypher that depends on what was given, begun at an index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..graph.cypher import ours
from ..graph.schema import STATUSES, WITHDRAWN

DEALS: Final = "{deals}"
"""What a card writes where its deals ``t`` are to be matched; ``to_match`` says what stands there."""

CURRENT: Final = f"t.status <> '{WITHDRAWN.name}' AND {ours('t', 'Transfer')}"
"""What holds of a deal ``t`` that counts: no register has withdrawn it, and it is none of others' transfers.

Where a deal is reached from somebody or something, the pattern gives ``t`` no label: with one, Neo4j begins at the ids
of all deals instead, until it has counted them anew.
"""


def statuses(relation: str) -> list[str]:
    """Give the statuses that draw a relation: ``statuses("MAY_ARM")`` are those of candidates."""
    return [status.name for status in STATUSES.values() if status.draws == relation]


def drawing(relation: str) -> str:
    """Give the statuses that draw a relation as a list in Cypher."""
    return str(statuses(relation))


HANDED_OVER: Final = str([name for name, status in STATUSES.items() if status.rank >= STATUSES["delivered"].rank])

ABROAD: Final = " AND t.pair <> t.supplier + '|' + t.supplier"
"""What holds of a deal ``t`` whose buyer is not its own supplier."""

_OF_PARTIES: Final = {
    "buyer": "(t)-[:TO]->(:Actor {id: $buyer})",
    "supplier": "(t)<-[:SUPPLIES]-(:Actor {id: $supplier})",
}
_OF_SYSTEMS: Final = {
    "system": "w.id = $system OR w.family = $system",
    "category": "w.category = $category",
    "unclassed": "w.category IS NULL",
}


def to_match(values: Mapping[str, Any]) -> str:
    """Give the MATCH that finds the deals of a question as ``t``, each once; those that are withdrawn are no deals.

    It begins at what narrows them most: the systems are few beside the deals.

    Args:
        values: of the card's parameters; of ``buyer``, ``supplier``, ``system`` and ``category`` those that are not
            None narrow the deals, and so does ``unclassed``: to those of systems of which nobody says the category.
    """
    clauses = [f"MATCH {ends} WITH t" for name, ends in _OF_PARTIES.items() if values.get(name) is not None]
    for name, condition in _OF_SYSTEMS.items():
        if values.get(name) is not None:
            found = (
                f"MATCH (t)-[:OF]->(w:System) WITH * WHERE {condition}"
                if clauses
                else f"MATCH (w:System) WHERE {condition} MATCH (w)<-[:OF]-(t)"
            )
            clauses.append(f"{found} WITH DISTINCT t")
    return f"{' '.join(clauses) or 'MATCH (t:Transfer)'} WITH t WHERE {CURRENT}"
