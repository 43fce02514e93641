"""One change of the graph: the claims of one document come, change or go, and what that touches is folded again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol, TypeVar

from . import cypher
from .claims import Claim, Document, digest
from .deals import block_of
from .errors import WriteFailed
from .facts import Attested, Facts, Relation, Transfer, derive, fold
from .names import reference
from .schema import RELATIONS, key_label, labels_of

_ItemT = TypeVar("_ItemT")

_BATCH: Final = 5_000

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

    def replace(self, document: Document, claims: Iterable[Claim]) -> Written:
        """Put a document in with these claims, in place of what was loaded from it before."""
        unique = {claim.id: claim for claim in claims}
        claims = [unique[claim_id] for claim_id in sorted(unique)]
        foreign = next((claim for claim in claims if claim.document != document.id), None)
        if foreign is not None:
            raise WriteFailed(
                f"{foreign.id} is a claim of {foreign.document}, not of {document.id}; nothing is written."
            )
        source = document.source
        loaded = digest(
            document.to_properties(), source.id, source.reliability, [one.to_properties() for one in claims]
        )
        before = self._rows(cypher.DOCUMENT_DIGEST, id=document.id)
        if before and before[0]["digest"] == loaded:
            return Written(document.id, "unchanged", len(claims))
        old = self._claims_of(document.id) if before else []
        self._delete(document.id)
        self._add_document(document, loaded)
        self._add_claims(document, claims)
        facts = self._refold([*old, *claims])
        return Written(
            document.id, "changed" if before else "new", len(claims), len(facts.transfers), len(facts.relations)
        )

    def remove(self, document_id: str) -> Written:
        """Take a document out with all its claims."""
        if not self._rows(cypher.DOCUMENT_DIGEST, id=document_id):
            return Written(document_id, "unchanged")
        old = self._claims_of(document_id)
        self._delete(document_id)
        facts = self._refold(old)
        return Written(document_id, "forgotten", 0, len(facts.transfers), len(facts.relations))

    def _claims_of(self, document_id: str) -> list[Claim]:
        return [Claim.from_properties(row["claim"]) for row in self._rows(cypher.CLAIMS_OF_DOCUMENT, id=document_id)]

    def _delete(self, document_id: str) -> None:
        sources = self._rows(
            "MATCH (:Document {id: $id})-[:PUBLISHED_BY]->(s:Source) RETURN s.id AS id", id=document_id
        )
        self._run(cypher.DELETE_CLAIMS_OF_DOCUMENT, id=document_id)
        self._run(cypher.DELETE_DOCUMENT, id=document_id)
        self._run(cypher.delete_lonely("Source"), ids=[row["id"] for row in sources])

    def _add_document(self, document: Document, loaded: str) -> None:
        more = {
            "digest": loaded,
            "reliability": document.source.reliability,
            "recorded_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        self._run(cypher.create_nodes(("Document",)), rows=[document.to_properties() | more])
        self._add_missing({document.source.id: {"id": document.source.id, "name": document.source.name}}, ("Source",))
        self._connect("PUBLISHED_BY", [(document.id, document.source.id, {})], "Document", "Source")

    def _add_claims(self, document: Document, claims: Sequence[Claim]) -> None:
        recorded = {"recorded_at": datetime.now(UTC).isoformat(timespec="seconds")}
        rows = [claim.to_properties() | recorded | {"block": block_of(claim)} for claim in claims]
        self._batched(cypher.create_nodes(("Claim",)), rows)
        self._connect("QUOTED_FROM", [(claim.id, document.id, {}) for claim in claims], "Claim", "Document")

    def _refold(self, touched: Sequence[Claim]) -> Facts:
        """Fold the blocks of the touched claims again and put the result in place of what they gave before."""
        blocks = sorted({block_of(claim) for claim in touched})
        attested = [
            Attested(Claim.from_properties(row["claim"]), row["source"], row["reliability"])
            for batch in _batches(blocks)
            for row in self._rows(cypher.CLAIMS_OF_BLOCKS, blocks=batch)
        ]
        facts = fold(attested)
        self._add_parties(attested, facts)
        ends = self._drop_transfers([block for block in blocks if block.split("|")[0] not in RELATIONS])
        self._drop_relations([block for block in blocks if block.split("|")[0] in RELATIONS])
        self._add_transfers(facts.transfers)
        self._add_relations(facts.relations)
        self._draw(ends, facts.transfers)
        self._link_claims({claim.id for claim in touched}, attested)
        self._settle_parties(touched, attested)
        return facts

    def _add_parties(self, attested: Sequence[Attested], facts: Facts) -> None:
        parties = {party.id: party.name for one in attested for _, party in one.claim.parties()}
        states = {supplier: supplier for transfer in facts.transfers for supplier in transfer.suppliers}
        by_labels: dict[tuple[str, ...], dict[str, dict[str, Any]]] = defaultdict(dict)
        for node_id, name in (states | parties).items():
            by_labels[labels_of(node_id)][node_id] = _node_values(node_id, name)
        for labels, nodes in sorted(by_labels.items()):
            self._add_missing(nodes, labels)

    def _drop_transfers(self, blocks: Sequence[str]) -> set[tuple[str, str]]:
        ends = set()
        for batch in _batches(blocks):
            rows = self._rows(cypher.TRANSFER_ENDS_OF_BLOCKS, blocks=batch)
            ends |= {(row["start"], row["end"]) for row in rows}
            self._run(cypher.DELETE_TRANSFERS_OF_BLOCKS, blocks=batch)
        return ends

    def _drop_relations(self, blocks: Sequence[str]) -> None:
        by_kind: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
        for block in blocks:
            kind, start, end = block.split("|")
            by_kind[kind, key_label(start), key_label(end)].append({"start": start, "end": end})
        for (kind, start_label, end_label), rows in sorted(by_kind.items()):
            self._batched(cypher.delete_relations(kind, start_label, end_label), rows)

    def _add_transfers(self, transfers: Sequence[Transfer]) -> None:
        rows = [{"id": one.id, "name": _transfer_name(one), "pair": one.pair, **one.properties} for one in transfers]
        self._batched(cypher.create_nodes(("Transfer",)), rows)
        supplies: Edges = [(supplier, one.id, {}) for one in transfers for supplier in one.suppliers]
        self._connect("SUPPLIES", supplies, "Actor", "Transfer")
        self._connect("TO", [(one.id, one.buyer, {}) for one in transfers], "Transfer", "Actor")
        self._connect("OF", [(one.id, system, {}) for one in transfers for system in one.systems], "Transfer", "System")
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

    def _draw(self, dropped: set[tuple[str, str]], transfers: Sequence[Transfer]) -> None:
        """Draw the derived relations again for every supplier and buyer that a dropped or new transfer had."""
        new = {(supplier, one.buyer) for one in transfers for supplier in one.suppliers}
        ends = [{"start": start, "end": end} for start, end in sorted(dropped | new)]
        self._batched(cypher.DELETE_DERIVED, ends)
        pairs = {f"{reference().state_of(start) or start}|{end}" for start, end in dropped | new}
        between = [
            _stored_transfer(row)
            for batch in _batches(sorted(pairs))
            for row in self._rows(cypher.TRANSFERS_OF_PAIRS, pairs=batch)
        ]
        self._add_relations(one for one in derive(between) if (one.start, one.end) in dropped | new)

    def _link_claims(self, touched: set[str], attested: Sequence[Attested]) -> None:
        """Point the new claims at what they speak of: relations at both their ends, all at their speaker."""
        about: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = defaultdict(list)
        said: list[tuple[str, str, Mapping[str, Any]]] = []
        for claim in (one.claim for one in attested if one.claim.id in touched):
            if claim.said_by is not None:
                said.append((claim.id, claim.said_by.id, {}))
            if claim.statement.states != "transfer":
                for role, party in claim.statement.parties():
                    about[key_label(party.id)].append((claim.id, party.id, {"role": role}))
        for label, edges in sorted(about.items()):
            self._connect("ABOUT", edges, "Claim", label)
        self._connect("SAID_BY", said, "Claim", "Actor")

    def _settle_parties(self, touched: Sequence[Claim], attested: Sequence[Attested]) -> None:
        """Take away nodes that nothing holds any more; name those that no list names as most claims do."""
        ids = {party.id for claim in [*touched, *(one.claim for one in attested)] for _, party in claim.parties()}
        ids |= {state for node_id in ids if (state := reference().state_of(node_id))}
        by_label: dict[str, list[str]] = defaultdict(list)
        for node_id in sorted(ids):
            by_label[key_label(node_id)].append(node_id)
        for label, members in by_label.items():
            for batch in _batches(members):
                self._run(cypher.delete_lonely(label), ids=batch)
        unlisted = sorted(node_id for node_id in ids if node_id not in reference().entries)
        votes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for statement in cypher.NAMES_GIVEN if unlisted else ():
            for batch in _batches(unlisted):
                for row in self._rows(statement, ids=batch):
                    claim = Claim.from_properties(row["claim"])
                    for name in (party.name for _, party in claim.parties() if party.id == row["id"]):
                        votes[row["id"]][name].add(claim.id)
        for label in sorted({key_label(node_id) for node_id in votes}):
            rows = [
                {"id": node_id, "values": {"name": _most_given(names)}}
                for node_id, names in votes.items()
                if key_label(node_id) == label
            ]
            self._batched(cypher.set_properties(label), rows)

    def _add_missing(self, nodes: Mapping[str, Mapping[str, Any]], labels: tuple[str, ...]) -> None:
        known = {
            row["id"] for batch in _batches(sorted(nodes)) for row in self._rows(cypher.known_ids(labels[0]), ids=batch)
        }
        self._batched(
            cypher.create_nodes(labels), [values for node_id, values in nodes.items() if node_id not in known]
        )

    def _connect(self, kind: str, edges: Edges, start_label: str, end_label: str) -> None:
        rows = [{"start": start, "end": end, "values": dict(values)} for start, end, values in edges]
        made = self._batched(cypher.create_edges(kind, start_label, end_label), rows)
        if made != len(rows):
            raise WriteFailed(f"The store made {made} of {len(rows)} relations {kind}; nothing is written.")

    def _batched(self, statement: str, rows: Sequence[Mapping[str, Any]]) -> int:
        return sum(self._run(statement, rows=batch) for batch in _batches(rows))


def _most_given(names: Mapping[str, set[str]]) -> str:
    """Give the name that most claims give; of equals the first by the alphabet."""
    return min(names, key=lambda name: (-len(names[name]), name))


def _node_values(node_id: str, name: str) -> dict[str, Any]:
    entry = reference().entries.get(node_id)
    if entry is None:
        return {"id": node_id, "name": name}
    known = {key: value for key, value in entry.properties.items() if isinstance(value, str | int) and value != ""}
    return {"id": node_id, "name": entry.name, **known}


def _transfer_name(transfer: Transfer) -> str:
    entries = reference().entries
    names = [entries[node_id].name if node_id in entries else node_id for node_id in transfer.systems]
    return ", ".join(names)


def _stored_transfer(row: Mapping[str, Any]) -> Transfer:
    """Make what ``derive`` needs of a transfer again from its row."""
    values = row["transfer"]
    return Transfer(values["id"], values["pair"], tuple(row["suppliers"]), row["buyer"], (), values, (), ())


def _batches(items: Sequence[_ItemT]) -> Iterator[Sequence[_ItemT]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
