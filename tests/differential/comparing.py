"""Two stores asked the same: what each answers, and whether that is the same answer."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, Final

from legation.graph.errors import QueryError, StatementRefused, StoreError
from legation.graph.rows import Rows
from legation.graph.store import GraphStore
from legation.graph.subgraph import Edge, Node

from .statements import Statement

OUTCOMES: Final = ("agreed", "refused", "unsupported", "laxer", "repeated", "wrong")
"""What can come of a statement: the same answer (or both refuse it); the embedded store refuses it by rule; its engine
says that it cannot; only the embedded store answers; the server repeats rows in spite of DISTINCT, which it does for a
truth behind a path of variable length, and they are the same but for that; the answers differ."""


def ask(store: GraphStore, text: str) -> Rows | QueryError | StoreError:
    """Give the answer, or the error that came instead."""
    try:
        return store.read(text)
    except (QueryError, StoreError) as error:
        return error


def outcome(statement: Statement, embedded: Rows | Exception, server: Rows | Exception) -> str:
    """Tell what came of a statement, as one of ``OUTCOMES``."""
    if isinstance(server, Exception):
        return "agreed" if isinstance(embedded, Exception) else "laxer"
    if isinstance(embedded, Exception):
        return "refused" if isinstance(embedded, StatementRefused) else "unsupported"
    if same(statement, embedded, server):
        return "agreed"
    return "repeated" if repeated(statement, embedded, server) else "wrong"


def repeated(statement: Statement, one: Rows, other: Rows) -> bool:
    """Tell whether the other answer repeats rows where the statement forbids it, and is the same without these."""
    returned = statement.text.rpartition("RETURN ")[2]
    if "UNION" in statement.text or "LIMIT" in returned or not returned.startswith("DISTINCT"):
        return False
    once = {plain(dict(row)): row for row in other}
    return len(once) < len(other) and same(statement, one, Rows(other.columns, list(once.values())))


def same(statement: Statement, one: Rows, other: Rows) -> bool:
    """Tell whether two answers are the same: as lists in the columns of their order, else as multisets."""
    if len(one) != len(other) or (one.records and one.columns != other.columns):
        return False
    rows, others = (
        [{name: plain(value, bag=name in statement.bags) for name, value in row.items()} for row in answer]
        for answer in (one, other)
    )
    in_order = [[tuple(row[name] for name in statement.ordered) for row in answer] for answer in (rows, others)]
    bags = [Counter(tuple(sorted(row.items())) for row in answer) for answer in (rows, others)]
    return bool(in_order[0] == in_order[1] and bags[0] == bags[1])


def plain(value: Any, *, bag: bool = False) -> str:
    """Give one text for each value, the same for values that count as the same.

    Floats are compared to 12 digits and 9 decimals, since sums come in any order: the numbers of the graphs are
    multiples of an eighth, so that nothing true lies below that. Integers and whole floats stay apart.
    """
    if isinstance(value, Node):
        held = {name: one for name, one in value.properties.items() if name not in ("recorded_at", "changes")}
        return f"({value.id}:{value.label} {value.name} {plain(held)})"
    if isinstance(value, Edge):
        return f"[{value.source} {value.kind} {value.target} {plain(dict(value.properties))}]"
    if isinstance(value, list):
        items = [plain(one, bag=bag) for one in value]
        return f"[{', '.join(sorted(items) if bag else items)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {plain(one)}" for name, one in sorted(value.items())) + "}"
    if isinstance(value, float):
        return f"{round(value, 9) + 0.0:.12g}f" if math.isfinite(value) else str(value)
    return repr(value)
