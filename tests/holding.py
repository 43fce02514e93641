"""What a store holds, in forms that can be compared."""

from __future__ import annotations

from typing import Any

from legation.graph.store import GraphStore


def nodes(store: GraphStore) -> set[tuple[str, ...]]:
    """Give the labels, id and name of every node."""
    rows = store.read("MATCH (n) WHERE NOT n:LegationLock RETURN labels(n) AS labels, n.id AS id, n.name AS name")
    return {(*sorted(row["labels"]), row["id"], str(row["name"])) for row in rows}


def edges(store: GraphStore) -> set[tuple[str, str, str]]:
    """Give the ends and kind of every relation."""
    rows = store.read("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS kind, b.id AS b")
    return {(row["a"], row["kind"], row["b"]) for row in rows}


def everything(store: GraphStore) -> tuple[list[str], list[str]]:
    """Give all that a store holds, but for when it was put there."""
    held: list[Any] = store.read(
        "MATCH (n) WHERE NOT n:LegationLock RETURN properties(n) AS p, labels(n) AS labels"
    ).records
    for row in held:
        row["p"].pop("recorded_at", None)
    drawn = store.read("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS kind, b.id AS b, properties(r) AS p").records
    return (
        sorted(repr((sorted(row["labels"]), sorted(row["p"].items()))) for row in held),
        sorted(repr((row["a"], row["kind"], row["b"], sorted(row["p"].items()))) for row in drawn),
    )
