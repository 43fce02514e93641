"""What an answer leaves out, and why it has no rows: an empty table alone could mean anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..graph.store import GraphStore
from ..graph.subgraph import Node
from .parameter import years_loaded
from .selection import CURRENT, to_match

_HAS: Final = {
    "buyer": ("MATCH (:Actor {id: $id})<-[:TO]-(t)", "receives"),
    "supplier": ("MATCH (:Actor {id: $id})-[:SUPPLIES]->(t)", "supplies"),
}


_LATER: Final = (
    f"MATCH (t:Transfer) WITH t WHERE {CURRENT} AND "
    "(t.order_year >= $year OR t.delivery_years[size(t.delivery_years) - 1] >= $year) RETURN t.id AS id LIMIT 1"
)


def why_empty(store: GraphStore, values: Mapping[str, Any], nodes: Mapping[str, Node]) -> str:
    """Say in a sentence why nothing answers a question.

    Args:
        store: where it was asked.
        values: of its parameters.
        nodes: that its names led to, by parameter.
    """
    for name, (pattern, verb) in _HAS.items():
        if name in nodes:
            counted = store.read(f"{pattern} WITH t WHERE {CURRENT} RETURN count(t) AS n", id=values[name])
            if not counted.records[0]["n"]:
                return f"Nothing that is loaded says that {nodes[name].name} {verb} anything."
    since, until = values.get("since"), values.get("until")
    if since is not None or until is not None:
        first, last = years_loaded(store)
        if first is None or last is None:
            return "Nothing that is loaded has a year."
        if since is not None and since > last:
            return _ended(last)
        if until is not None and until < first:
            return f"What is loaded begins in {first}."
    return "Nothing that is loaded answers this."


def left_out(store: GraphStore, values: Mapping[str, Any]) -> str:
    """Say in a sentence how many deals a category leaves out because nobody says to which they belong; empty if none.

    Args:
        store: where the question was asked.
        values: of its parameters.
    """
    if values.get("category") is None:
        return ""
    others = {**values, "category": None, "unclassed": True}
    count = store.read(f"{to_match(others)} RETURN count(t) AS deals", **others).records[0]["deals"]
    deals = "1 deal is of a system" if count == 1 else f"{count:,} deals are of systems"
    return f"{deals} of which no source says the category, and left out." if count else ""


def ends_before(store: GraphStore, year: int) -> str:
    """Say in a sentence that all that is loaded ended before a year; empty if it did not."""
    if store.read(_LATER, year=year).records:
        return ""
    _, last = years_loaded(store)
    return _ended(last) if last is not None else ""


def _ended(last: int) -> str:
    return f"What is loaded ends in {last}."
