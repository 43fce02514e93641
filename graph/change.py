"""One change of the graph: the claims of one document come, change or go, and what that touches is folded again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol, TypeVar

from . import cypher
from .claims import Claim, Document, digest
from .deals import block_of
from .errors import WriteFailed
from .facts import Attested, Facts, Relation, Transfer, derive, fold, most_given
from .names import reference
from .schema import RELATIONS, key_label, labels_of

_ItemT = TypeVar("_ItemT")

_BATCH: Final = 2_000
"""Rows a statement: fewer cost round trips, more exceed what the embedded engine takes in one message."""

Edges = Iterable[tuple[str, str, Mapping[str, Any]]]
"""Relations to make: id of the start, id of the end, properties."""


class Transaction(Protocol):
    """What a change needs of the store's transaction."""

    def rows(self, statement: str, /, **parameters: Any) -> list[dict[str, Any]]:
        """Run a statement and give its rows."""

    def run(self, statement: str, /, **parameters: Any) -> int:
        """Run a statement for its effect and give how many relations it made."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a write or a forget did.

    Attributes:
        document: id of the document.
        change: ``new``, ``changed``, ``unchanged`` or ``forgotten``.
        claims: how many claims of the document are in the store now.
        transfers: how many transfers the touched blocks hold now.
        relations: how many stated relations the touched blocks hold now.
    """

    document: str
    change: str
    claims: int = 0
    transfers: int = 0
    relations: int = 0


class Change:
    """One transaction that changes the claims of one document and folds again what that touches."""

    def __init__(self, transaction: Transaction) -> None:
        self._rows = transaction.rows
        self._run = transaction.run
        self._now = datetime.now(UTC).isoformat(timespec="seconds")

    def replace(self, document: Document, claims: Iterable[Claim]) -> Written:
        """Put a document in with these claims, in place of what was loaded from it before."""
        unique = {claim.id: claim for claim in sorted(claims, key=lambda one: (one.confidence, one.extractor))}
        own = [unique[claim_id] for claim_id in sorted(unique)]
        foreign = next((claim for claim in own if claim.document != document.id), None)
        if foreign is not None:
            raise WriteFailed(
                f"{foreign.id} is a claim of {foreign.document}, not of {document.id}; nothing is written."
            )
        source = document.source
        rows = [claim.to_properties() for claim in own]
        loaded = digest(document.to_properties(), source.id, source.reliability, rows)
        self._run(cypher.LOCK)
        before = self._rows(cypher.DOCUMENT_DIGEST, id=document.id)
        if before and before[0]["digest"] == loaded:
            return Written(document.id, "unchanged", len(own))
        old = self._take_out(document.id) if before else []
        self._add_document(document, loaded)
        facts = self._refold(old, [Attested(claim, source.id, source.reliability) for claim in own])
        change = "changed" if before else "new"
        return Written(document.id, change, len(own), len(facts.transfers), len(facts.relations))

    def remove(self, document_id: str) -> Written:
        """Take a document out with all its claims."""
        self._run(cypher.LOCK)
        if not self._rows(cypher.DOCUMENT_DIGEST, id=document_id):
            return Written(document_id, "unchanged")
        facts = self._refold(self._take_out(document_id), [])
        return Written(document_id, "forgotten", 0, len(facts.transfers), len(facts.relations))

    def _take_out(self, document_id: str) -> list[Claim]:
        """Delete a document with its claims and give these; what they gave is still there."""
        old = [Claim.from_properties(row["claim"]) for row in self._rows(cypher.CLAIMS_OF_DOCUMENT, id=document_id)]
        sources = [row["id"] for row in self._rows(cypher.SOURCES_OF_DOCUMENT, id=document_id)]
        self._run(cypher.DELETE_CLAIMS_OF_DOCUMENT, id=document_id)
        self._run(cypher.DELETE_DOCUMENT, id=document_id)
        self._run(cypher.delete_lonely("Source"), ids=sources)
        return old

    def _add_document(self, document: Document, loaded: str) -> None:
        more = {"digest": loaded, "reliability": document.source.reliability, "recorded_at": self._now}
        self._run(cypher.create_nodes(("Document",)), rows=[document.to_properties() | more])
        source = document.source
        self._add_missing({source.id: {"id": source.id, "name": source.name}}, ("Source",))
        self._connect("PUBLISHED_BY", [(document.id, source.id, {})], "Document", "Source")

    def _refold(self, old: Sequence[Claim], own: Sequence[Attested]) -> Facts:
        """Fold the blocks of old and new claims again and put the result in place of what they gave before.

        Args:
            old: claims that were taken out.
            own: claims that are to come in.
        """
        blocks = sorted({block_of(claim) for claim in (*old, *(one.claim for one in own))})
        attested = [*self._claims_of(blocks), *own]
        facts = fold(attested)
        dropped = self._drop_transfers([block for block in blocks if block.split("|")[0] not in RELATIONS])
        self._drop_relations([block for block in blocks if block.split("|")[0] in RELATIONS])
        ends = dropped | {(supplier, one.buyer) for one in facts.transfers for supplier in one.suppliers}
        beside = self._transfers_between(ends)
        known = self._add_parties(attested, facts)
        self._add_claims([one.claim for one in own])
        self._add_transfers(facts.transfers)
        self._add_relations(facts.relations)
        self._draw(ends, [*beside, *facts.transfers])
        self._settle(old, known)
        return facts

    def _claims_of(self, blocks: Sequence[str]) -> list[Attested]:
        return [
            Attested(Claim.from_properties(row["claim"]), row["source"], row["reliability"])
            for batch in _batches(blocks)
            for row in self._rows(cypher.CLAIMS_OF_BLOCKS, blocks=batch)
        ]

    def _drop_transfers(self, blocks: Sequence[str]) -> set[tuple[str, str]]:
        """Delete the transfers of blocks and give every supplier and buyer that they had."""
        ends = set()
        for batch in _batches(blocks):
            rows = self._rows(cypher.TRANSFER_ENDS_OF_BLOCKS, blocks=batch)
            ends |= {(row["start"], row["end"]) for row in rows}
            if rows:
                self._run(cypher.DELETE_TRANSFERS_OF_BLOCKS, blocks=batch)
        return ends

    def _drop_relations(self, blocks: Sequence[str]) -> None:
        by_kind: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
        for block in blocks:
            kind, start, end = block.split("|")
            by_kind[kind, key_label(start), key_label(end)].append({"start": start, "end": end})
        for (kind, start_label, end_label), rows in sorted(by_kind.items()):
            self._batched(cypher.delete_relations(kind, start_label, end_label), rows)

    def _transfers_between(self, ends: Iterable[tuple[str, str]]) -> list[Transfer]:
        """Read the transfers of other blocks between these suppliers and buyers."""
        pairs = sorted({f"{reference().state_of(supplier) or supplier}|{buyer}" for supplier, buyer in ends})
        rows = [row for batch in _batches(pairs) for row in self._rows(cypher.TRANSFERS_OF_PAIRS, pairs=batch)]
        return [
            Transfer(row["transfer"]["id"], "", tuple(row["suppliers"]), row["buyer"], (), row["transfer"], (), ())
            for row in rows
        ]

    def _add_parties(self, attested: Sequence[Attested], facts: Facts) -> set[str]:
        """Create the nodes that are not there yet, and give the ids of those that were."""
        names: dict[str, Counter[str]] = defaultdict(Counter)
        for one in attested:
            for _, party in one.claim.parties():
                names[party.id][party.name] += 1
        for transfer in facts.transfers:
            names[str(transfer.properties["supplier"])].update(())
        by_labels: dict[tuple[str, ...], dict[str, dict[str, Any]]] = defaultdict(dict)
        for node_id, given in names.items():
            by_labels[labels_of(node_id)][node_id] = _node_values(node_id, given)
        known: set[str] = set()
        for labels, nodes in sorted(by_labels.items()):
            known |= self._add_missing(nodes, labels)
        return known

    def _add_claims(self, claims: Sequence[Claim]) -> None:
        """Create claims and point them at their document, their speaker, and what their relations hold between."""
        rows = [claim.to_properties() | {"block": block_of(claim), "recorded_at": self._now} for claim in claims]
        self._counted("QUOTED_FROM", cypher.CREATE_CLAIMS, rows)
        about: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = defaultdict(list)
        for claim in claims:
            if claim.statement.states != "transfer":
                for role, party in claim.statement.parties():
                    about[key_label(party.id)].append((claim.id, party.id, {"role": role}))
        for label, edges in sorted(about.items()):
            self._connect("ABOUT", edges, "Claim", label)
        said: Edges = [(claim.id, claim.said_by.id, {}) for claim in claims if claim.said_by is not None]
        self._connect("SAID_BY", said, "Claim", "Actor")

    def _add_transfers(self, transfers: Sequence[Transfer]) -> None:
        """Create transfers with one supplier, the buyer and one system each at once, then whoever else has a part."""
        rows = [
            {
                "supplier": one.suppliers[0],
                "buyer": one.buyer,
                "system": one.systems[0],
                "values": {"id": one.id, "pair": one.pair, **one.properties},
            }
            for one in transfers
        ]
        self._counted("of transfers", cypher.CREATE_TRANSFERS, rows, each=3)
        more: Edges = [(supplier, one.id, {}) for one in transfers for supplier in one.suppliers[1:]]
        self._connect("SUPPLIES", more, "Actor", "Transfer")
        more = [(one.id, system, {}) for one in transfers for system in one.systems[1:]]
        self._connect("OF", more, "Transfer", "System")
        backs: Edges = [(claim, one.id, {}) for one in transfers for claim in one.backing]
        self._connect("BACKS", backs, "Claim", "Transfer")
        disputes: Edges = [(claim, one.id, {}) for one in transfers for claim in one.disputing]
        self._connect("DISPUTES", disputes, "Claim", "Transfer")

    def _add_relations(self, relations: Iterable[Relation]) -> None:
        by_kind: dict[tuple[str, str, str], list[tuple[str, str, Mapping[str, Any]]]] = defaultdict(list)
        for one in relations:
            by_kind[one.kind, key_label(one.start), key_label(one.end)].append((one.start, one.end, one.properties))
        for (kind, start_label, end_label), edges in sorted(by_kind.items()):
            self._connect(kind, edges, start_label, end_label)

    def _draw(self, ends: set[tuple[str, str]], transfers: Sequence[Transfer]) -> None:
        """Draw the derived relations anew for these suppliers and buyers, of all transfers between them."""
        self._batched(cypher.DELETE_DERIVED, [{"start": start, "end": end} for start, end in sorted(ends)])
        self._add_relations(one for one in derive(transfers) if (one.start, one.end) in ends)

    def _settle(self, old: Sequence[Claim], known: set[str]) -> None:
        """Take away nodes that nothing holds any more; give those on no list the name that most claims give them.

        Args:
            old: claims that were taken out.
            known: ids of nodes that were there before and that claims of the touched blocks name.
        """
        gone = {party.id for claim in old for _, party in claim.parties()}
        gone |= {state for node_id in gone if (state := reference().state_of(node_id))}
        for label, members in _by_label(gone):
            for batch in _batches(members):
                self._run(cypher.delete_lonely(label), ids=batch)
        unlisted = sorted(node_id for node_id in gone | known if node_id not in reference().entries)
        given: dict[str, Counter[str]] = defaultdict(Counter)
        for node_id, name in self._names_given(unlisted):
            given[node_id][name] += 1
        for label, members in _by_label(given):
            rows = [{"id": node_id, "values": {"name": most_given(given[node_id])}} for node_id in members]
            self._batched(cypher.set_properties(label), rows)

    def _names_given(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Read, for each claim that names one of these, which name it gives."""
        claims: dict[tuple[str, str], Claim] = {}
        for statement in cypher.NAMES_GIVEN if ids else ():
            for batch in _batches(ids):
                for row in self._rows(statement, ids=batch):
                    claims[row["id"], row["claim"]["id"]] = Claim.from_properties(row["claim"])
        return [
            (node_id, name)
            for (node_id, _), claim in claims.items()
            for name in {party.name for _, party in claim.parties() if party.id == node_id}
        ]

    def _add_missing(self, nodes: Mapping[str, Mapping[str, Any]], labels: tuple[str, ...]) -> set[str]:
        known = {
            row["id"] for batch in _batches(sorted(nodes)) for row in self._rows(cypher.known_ids(labels[0]), ids=batch)
        }
        missing = [values for node_id, values in nodes.items() if node_id not in known]
        self._batched(cypher.create_nodes(labels), missing)
        return known

    def _connect(self, kind: str, edges: Edges, start_label: str, end_label: str) -> None:
        rows = [{"start": start, "end": end, "values": dict(values)} for start, end, values in edges]
        self._counted(kind, cypher.create_edges(kind, start_label, end_label), rows)

    def _counted(self, what: str, statement: str, rows: Sequence[Mapping[str, Any]], each: int = 1) -> None:
        """Run a statement that makes relations, and stop if it made fewer than it should."""
        made = self._batched(statement, rows)
        if made != each * len(rows):
            raise WriteFailed(f"The store made {made} of {each * len(rows)} relations {what}; nothing is written.")

    def _batched(self, statement: str, rows: Sequence[Mapping[str, Any]]) -> int:
        return sum(self._run(statement, rows=batch) for batch in _batches(rows))


def _node_values(node_id: str, given: Counter[str]) -> dict[str, Any]:
    entry = reference().entries.get(node_id)
    if entry is None:
        return {"id": node_id, "name": most_given(given)}
    known = {key: value for key, value in entry.properties.items() if isinstance(value, str | int) and value != ""}
    return {"id": node_id, "name": entry.name, **known}


def _by_label(ids: Iterable[str]) -> list[tuple[str, list[str]]]:
    parts: dict[str, list[str]] = defaultdict(list)
    for node_id in sorted(ids):
        parts[key_label(node_id)].append(node_id)
    return sorted(parts.items())


def _batches(items: Sequence[_ItemT]) -> Iterator[Sequence[_ItemT]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
