"""What is in a store: its documents, its counts, and what goes by a name."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from ..graph.cypher import ours
from ..graph.errors import AmbiguousName, UnknownName
from ..graph.rows import Rows
from ..graph.schema import LABELS, RELATIONS, is_ours
from ..graph.store import GraphStore
from .resolve import Names

_DOCUMENTS: Final = (
    f"MATCH (d:Document)-[:PUBLISHED_BY]->(s:Source) WHERE {ours('d', 'Document')} "
    "OPTIONAL MATCH (c:Claim)-[:QUOTED_FROM]->(d) WITH d, s, count(c) AS claims "
    "RETURN d.id AS document, d.name AS title, s.name AS source, d.reliability AS reliability, "
    "d.published_on AS published, d.format AS format, claims, d.recorded_at AS loaded ORDER BY title, document"
)
_RELATIONS: Final = f"MATCH (a)-[r:{'|'.join(RELATIONS)}]->(b) RETURN type(r) AS kind, collect([a.id, b.id]) AS ends"


def documents(store: GraphStore) -> Rows:
    """Give one row for each document that is loaded."""
    return store.read(_DOCUMENTS)


def find_document(store: GraphStore, text: str) -> list[dict[str, Any]]:
    """Find the documents that a text may mean: by id, by the start of the id, or by title."""
    rows = documents(store).records
    exact = [row for row in rows if text in (row["document"], row["title"])]
    start = text.removeprefix("doc:")
    return exact or [row for row in rows if len(start) >= 4 and row["document"].removeprefix("doc:").startswith(start)]


def get_document(store: GraphStore, text: str) -> dict[str, Any]:
    """Give the one document that a text means.

    Raises:
        UnknownName: no document of this store goes by it.
        AmbiguousName: several do.
    """
    rows = find_document(store, text)
    if not rows:
        raise UnknownName(f"No document here goes by {text!r}; `legation documents` lists them with their ids.", text)
    if len(rows) > 1:
        ids = ", ".join(row["document"] for row in rows)
        raise AmbiguousName(f"{text!r} can be several documents: {ids}. Say which by its id.", text)
    return rows[0]


def stats(store: GraphStore) -> Rows:
    """Count nodes by label, relations by kind, and transfers by status; what there is none of is left out."""
    counted: list[dict[str, Any]] = []
    for name in LABELS:
        key = "n:Actor AND " if LABELS[name].actor else ""
        rows = store.read(f"MATCH (n:{name}) WHERE {key}{ours('n', name)} RETURN count(n) AS n")
        counted.append({"what": "nodes", "name": name, "count": rows.records[0]["n"]})
    kinds = Counter(
        {row["kind"]: sum(all(map(is_ours, ends)) for ends in row["ends"]) for row in store.read(_RELATIONS)}
    )
    counted += [{"what": "relations", "name": name, "count": kinds[name]} for name in RELATIONS]
    deals = f"MATCH (t:Transfer) WHERE {ours('t', 'Transfer')}"
    statuses = store.read(f"{deals} RETURN t.status AS name, count(t) AS n ORDER BY n DESC, name")
    counted += [{"what": "transfers", "name": row["name"], "count": row["n"]} for row in statuses]
    disputed = store.read(f"{deals} AND t.contested RETURN count(t) AS n").records[0]["n"]
    counted.append({"what": "transfers", "name": "contested", "count": disputed})
    return Rows(("what", "name", "count"), [row for row in counted if row["count"]])


def found(store: GraphStore, text: str) -> Rows:
    """Give one row for each actor, system and conflict that a text may mean.

    Raises:
        UnknownName: nothing in this store goes by it; the nearest names are in the message.
    """
    names = Names(store)
    nodes = names.find(text) or [names.resolve(text)]
    rows = [{"id": node.id, "name": node.name, "label": node.label} for node in nodes]
    return Rows(("id", "name", "label"), rows)
