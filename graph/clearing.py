"""Takes everything of ours out of a store and nothing else, in steps that can be broken off and taken again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from . import cypher
from .batches import Batches, Progress, Transaction, tell_nobody
from .evidence import pages
from .schema import LINKS, RELATIONS, is_ours, key_label
from .store import GraphStore

_PAGE: Final = 5_000
"""Nodes a transaction: a server with little memory takes them."""

_IDS: Final = "MATCH (n:{label}) RETURN collect(n.id) AS ids"
_CLAIMS: Final = "MATCH (c:Claim) RETURN collect([c.document, c.id]) AS claims"
_RELATIONS: Final = (
    f"MATCH (a)-[r:{'|'.join(RELATIONS)}]->(b) RETURN type(r) AS kind, collect(DISTINCT [a.id, b.id]) AS ends"
)
_HANGING: Final = (
    "MATCH (n:{label})-[r]-() WHERE NOT type(r) IN $ours WITH n, r WHERE {is_ours} RETURN count(r) AS count"
)
_UNLOCK: Final = "MATCH (l:LegationLock {id: 'lock'}) DELETE l"


@dataclass(frozen=True, slots=True)
class Cleared:
    """What was taken out.

    Attributes:
        documents: how many.
        claims: how many.
        held: ids of the nodes that stay because relations of others hold them.
        cut: how many relations of others went with the transfer, claim or document at their end.
    """

    documents: int
    claims: int
    held: tuple[str, ...]
    cut: int = 0

    def what_of_others(self) -> str:
        """Say what became of the relations of others to nodes of ours, behind another sentence; empty if none was."""
        told = ""
        if self.held:
            more = f" and {len(self.held) - 3} more" if len(self.held) > 3 else ""
            told += f" Relations of others hold {', '.join(self.held[:3])}{more}; these stay."
        if self.cut:
            went = "1 relation of others" if self.cut == 1 else f"{self.cut:,} relations of others"
            told += f" {went} to transfers, claims or documents went with these."
        return told


def forget_all(store: GraphStore, progress: Progress = tell_nobody) -> Cleared:
    """Take out every document with its claims and all that came of them.

    The nodes of others in the same database stay as they are, and so does an actor, system, conflict or source of ours
    that a relation of theirs holds; their relations to transfers, claims and documents go with these, and are counted.
    The facts go first and the claims last, a document with its claims at once: when this is broken off, the rest can be
    forgotten or, by ``check.repair``, be had again.

    Args:
        store: where.
        progress: called with how many nodes are done, how many there are, and of what.

    Raises:
        WriteFailed: the store refused; what is out is out.
        StoreUnreachable: the store does not answer.
    """
    cut = sum(_hanging(store, label) for label in ("Transfer", "Claim", "Document")) if store.is_shared else 0
    transfers = _ids(store, "Transfer")
    for page in pages(transfers, _PAGE):
        _run(store, {cypher.DELETE["transfers"]: ("transfers", page)})
    for row in store.read(_RELATIONS):
        _cut(store, row["kind"], [ends for ends in row["ends"] if all(map(is_ours, ends))])
    claims: dict[str, list[str]] = defaultdict(list)
    for row in store.read(_CLAIMS):
        for document, claim in row["claims"]:
            if is_ours(claim):
                claims[str(document)].append(claim)
    documents = _ids(store, "Document")
    total, done = sum(map(len, claims.values())), 0
    for group in _groups({one: claims[one] for one in dict.fromkeys([*documents, *claims])}):
        gone = [claim for document in group for claim in claims[document]]
        _run(store, {cypher.DELETE["claims"]: ("claims", gone), cypher.DELETE["documents"]: ("documents", group)})
        done += len(gone)
        progress(done, total, "claims forgotten")
    held: list[str] = []
    for label in ("Source", "System", "Conflict", "Actor"):
        for page in pages(_ids(store, label), _PAGE):
            _run(store, {cypher.delete_lonely(label): ("ids", page)})
        held += _ids(store, label)
    _run(store, {_UNLOCK: ("ids", ["lock"])}, locks=False)
    return Cleared(len(documents), total, tuple(held), cut)


def _ids(store: GraphStore, label: str) -> list[str]:
    return sorted(one for row in store.read(_IDS.format(label=label)) for one in row["ids"] if is_ours(one))


def _hanging(store: GraphStore, label: str) -> int:
    """Count the relations of others to nodes of ours with a label."""
    statement = _HANGING.format(label=label, is_ours=cypher.ours("n", label))
    rows = store.read(statement, ours=[*LINKS, *RELATIONS]).records
    count: int = rows[0]["count"]
    return count


def _cut(store: GraphStore, kind: str, ends: Sequence[Sequence[str]]) -> None:
    """Delete the relations of a kind between pairs of nodes."""
    by_labels: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for start, end in ends:
        by_labels[key_label(start), key_label(end)].append({"start": start, "end": end})
    for labels, rows in by_labels.items():
        for page in pages(rows, _PAGE):
            _run(store, {cypher.delete_relations(kind, *labels): ("rows", page)})


def _groups(claims: dict[str, list[str]]) -> list[list[str]]:
    """Part documents into groups of some thousand claims, each with all of its own."""
    groups: list[list[str]] = [[]]
    size = 0
    for document, own in claims.items():
        if groups[-1] and size + len(own) > _PAGE:
            groups.append([])
            size = 0
        groups[-1].append(document)
        size += len(own) + 1
    return [group for group in groups if group]


def _run(store: GraphStore, statements: dict[str, tuple[str, Sequence[Any]]], *, locks: bool = True) -> None:
    """Run statements, each on many values of one parameter, in one transaction."""

    def work(transaction: Transaction) -> None:
        if locks:
            transaction.run(cypher.LOCK)
        for statement, (name, values) in statements.items():
            Batches(transaction).run(statement, name, values)

    store.mend(work)
