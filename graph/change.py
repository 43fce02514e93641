"""One change of the graph: the claims of one document come, change or go, and what that touches is folded again."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from . import cypher
from .batches import Batches, Edge, Progress, Transaction, tell_nobody
from .claims import Claim, Document, TransferStatement
from .deals import block_of
from .errors import WriteFailed
from .facts import Attested, Facts, Relation, Transfer, derive, fold, most_given
from .names import reference
from .schema import RELATIONS, key_label, labels_of

_ROLES: Final = ("supplier", "buyer", "system", "subject", "object", "said_by")

Ends: TypeAlias = set[tuple[str, str]]
"""Ids of suppliers and buyers."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a write or a forget did.

    Attributes:
        document: id of the document.
        change: ``new``, ``changed``, ``unchanged`` or ``forgotten``.
        claims: how many claims of the document are in the store now.
        transfers: how many transfers the touched blocks hold now.
        relations: how many stated relations the touched blocks hold now.
        added: how many of the claims are in that were not before.
        removed: how many claims of the document were in before and are not now.
    """

    document: str
    change: str
    claims: int = 0
    transfers: int = 0
    relations: int = 0
    added: int = 0
    removed: int = 0

    @property
    def kept(self) -> int:
        """How many claims of the document were in before and are still."""
        return self.claims - self.added


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is in the store and may have to go.

    Attributes:
        blocks: blocks that gave something; as claims carry them, which may be others than the lists of today give.
        ends: suppliers and buyers of the transfers that they gave.
        parties: ids of nodes that may lose what holds them.
    """

    blocks: frozenset[str] = frozenset()
    ends: frozenset[tuple[str, str]] = frozenset()
    parties: frozenset[str] = frozenset()

    def __or__(self, other: _Standing) -> _Standing:
        return _Standing(self.blocks | other.blocks, self.ends | other.ends, self.parties | other.parties)

    @property
    def of_transfers(self) -> list[str]:
        """The blocks of transfers, sorted."""
        return sorted(block for block in self.blocks if not _is_relation(block))

    @property
    def of_relations(self) -> list[str]:
        """The blocks of relations, sorted."""
        return sorted(block for block in self.blocks if _is_relation(block))


class Change:
    """One transaction that changes the claims of one document and folds again what that touches."""

    def __init__(self, transaction: Transaction, progress: Progress = tell_nobody) -> None:
        self._rows = transaction.rows
        self._run = transaction.run
        self._many = Batches(transaction, progress)
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
        loaded = _digest(document, own)
        self._run(cypher.LOCK)
        before = self._rows(cypher.DOCUMENT_DIGEST, id=document.id)
        if before and before[0]["digest"] == loaded:
            return Written(document.id, "unchanged", len(own))
        old = self._take_out(document.id) if before else []
        self._add_document(document, loaded)
        facts = self._fold_anew(_left_by(old), [Attested(claim, source.id, source.reliability) for claim in own])
        kept = sum(row["id"] in unique for row in old)
        return Written(
            document.id,
            "changed" if before else "new",
            len(own),
            len(facts.transfers),
            len(facts.relations),
            added=len(own) - kept,
            removed=len(old) - kept,
        )

    def remove(self, document_id: str) -> Written:
        """Take a document out with all its claims."""
        self._run(cypher.LOCK)
        if not self._rows(cypher.DOCUMENT_DIGEST, id=document_id):
            return Written(document_id, "unchanged")
        old = self._take_out(document_id)
        facts = self._fold_anew(_left_by(old))
        return Written(document_id, "forgotten", 0, len(facts.transfers), len(facts.relations), removed=len(old))

    def refold(self, blocks: Sequence[str]) -> Facts:
        """Fold blocks again from the claims that are in, and put the result in place of what is there.

        Args:
            blocks: as claims and transfers carry them. A claim that carries another block than the reference lists
                give it today goes to that one, which is folded as well.

        Returns:
            What these blocks hold now, and those to which claims went.
        """
        self._run(cypher.LOCK)
        asked = _Standing(frozenset(blocks))
        held = list(self._many.read(cypher.PARTIES_OF_BLOCKS, "blocks", asked.of_transfers))
        ends = {(row["supplier"], row["buyer"]) for row in held}
        ends |= {(supplier, buyer) for supplier, buyer, _ in (block.split("|") for block in asked.of_transfers)}
        parties = {end for pair in ends for end in pair} | {row["system"] for row in held}
        parties |= {end for block in asked.of_relations for end in block.split("|")[1:]}
        return self._fold_anew(asked | _Standing(ends=frozenset(ends), parties=frozenset(parties)))

    def _take_out(self, document_id: str) -> list[dict[str, Any]]:
        """Delete a document with its claims and tell what is left of these; what they gave is still there."""
        old = self._rows(cypher.CLAIMS_OF_DOCUMENT, id=document_id)
        sources = [row["id"] for row in self._rows(cypher.SOURCES_OF_DOCUMENT, id=document_id)]
        self._many.run(cypher.DELETE_CLAIMS, "ids", sorted(row["id"] for row in old), "claims taken out")
        self._run(cypher.DELETE_DOCUMENT, id=document_id)
        self._run(cypher.delete_lonely("Source"), ids=sources)
        return old

    def _add_document(self, document: Document, loaded: str) -> None:
        more = {"digest": loaded, "reliability": document.source.reliability, "recorded_at": self._now}
        self._run(cypher.create_nodes(("Document",)), rows=[document.to_properties() | more])
        source = document.source
        self._many.add_missing({source.id: {"id": source.id, "name": source.name}}, ("Source",))
        self._many.connect("PUBLISHED_BY", [(document.id, source.id, {})], "Document", "Source")

    def _fold_anew(self, before: _Standing, own: Sequence[Attested] = ()) -> Facts:
        """Fold blocks from the claims that are in and those that come in, and put the result in place.

        Args:
            before: what stands of these blocks. Where no claim was, nothing can have come of it, so of a block that
                only claims that come in belong to nothing is looked for and deleted.
            own: claims that come in.
        """
        others, carried = self._claims_of({*before.blocks, *(block_of(one.claim) for one in own)})
        before |= _given_by(others, carried)
        self._move([one.claim for one in others if block_of(one.claim) != carried[one.claim.id]])
        attested = [*others, *own]
        facts = fold(attested)
        self._many.run(cypher.DELETE_TRANSFERS_OF_BLOCKS, "blocks", before.of_transfers, "transfers taken out")
        self._drop_relations(before.of_relations)
        ends = {*before.ends, *((supplier, one.buyer) for one in facts.transfers for supplier in one.suppliers)}
        beside = self._transfers_between(ends, before.of_transfers)
        drawn = before.ends | {(supplier, one.buyer) for one in beside for supplier in one.suppliers}
        known = self._add_parties(attested, facts)
        self._add_claims([one.claim for one in own])
        self._add_transfers(facts.transfers)
        self._add_relations(facts.relations)
        self._draw(ends, drawn & ends, [*beside, *facts.transfers])
        self._settle(before.parties | _unheld(attested, facts), known)
        return facts

    def _claims_of(self, blocks: set[str]) -> tuple[list[Attested], dict[str, str]]:
        """Read the claims that carry these blocks, and those of the blocks to which they belong by now.

        Returns:
            The claims, and the block that each of them carries by its id.
        """
        found: list[Attested] = []
        carried: dict[str, str] = {}
        read: set[str] = set()
        while blocks:
            for row in self._many.read(cypher.CLAIMS_OF_BLOCKS, "blocks", blocks):
                claim = Claim.from_properties(row["claim"])
                found.append(Attested(claim, row["source"], row["reliability"]))
                carried[claim.id] = row["claim"]["block"]
            read |= blocks
            blocks = {block_of(one.claim) for one in found} - read
        return found, carried

    def _move(self, claims: Sequence[Claim]) -> None:
        """Let claims carry the block to which they belong by now."""
        rows = [{"id": claim.id, "values": {"block": block_of(claim)}} for claim in claims]
        self._many.run(cypher.set_properties("Claim"), "rows", rows)

    def _drop_relations(self, blocks: Sequence[str]) -> None:
        by_kind: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
        for block in blocks:
            kind, start, end = block.split("|")
            by_kind[kind, key_label(start), key_label(end)].append({"start": start, "end": end})
        for (kind, start_label, end_label), rows in sorted(by_kind.items()):
            self._many.run(cypher.delete_relations(kind, start_label, end_label), "rows", rows)

    def _transfers_between(self, ends: Ends, blocks: Iterable[str]) -> list[Transfer]:
        """Read the transfers of other blocks between these suppliers and buyers, and between those of these blocks."""
        pairs = {f"{reference().state_of(supplier) or supplier}|{buyer}" for supplier, buyer in ends}
        pairs |= {block.rpartition("|")[0] for block in blocks}
        return [
            Transfer(row["transfer"]["id"], "", tuple(row["suppliers"]), row["buyer"], (), row["transfer"], (), ())
            for row in self._many.read(cypher.TRANSFERS_OF_PAIRS, "pairs", pairs)
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
            known |= self._many.add_missing(nodes, labels)
        return known

    def _add_claims(self, claims: Sequence[Claim]) -> None:
        """Create claims and point them at their document, their speaker, and what their relations hold between."""
        document = claims[0].document if claims else ""
        self._many.create(cypher.CREATE_CLAIMS, claims, self._claim_row, 1, "claims", document=document)
        about: dict[str, list[Edge]] = defaultdict(list)
        for claim in claims:
            if claim.statement.states != "transfer":
                for role, party in claim.statement.parties():
                    about[key_label(party.id)].append((claim.id, party.id, {"role": role}))
        for label, edges in sorted(about.items()):
            self._many.connect("ABOUT", edges, "Claim", label)
        said: list[Edge] = [(claim.id, claim.said_by.id, {}) for claim in claims if claim.said_by is not None]
        self._many.connect("SAID_BY", said, "Claim", "Actor")

    def _claim_row(self, claim: Claim) -> dict[str, Any]:
        return claim.to_properties() | {"block": block_of(claim), "recorded_at": self._now}

    def _add_transfers(self, transfers: Sequence[Transfer]) -> None:
        """Create transfers with a supplier, the buyer, a system and a claim at once, then whatever else has a part."""
        backed = [one for one in transfers if one.backing]
        denied = [one for one in transfers if not one.backing]
        self._many.create(cypher.CREATE_BACKED_TRANSFERS, backed, _transfer_row, 4, "transfers")
        self._many.create(cypher.CREATE_TRANSFERS, denied, _transfer_row, 3, "denied transfers")
        more: list[Edge] = [(supplier, one.id, {}) for one in transfers for supplier in one.suppliers[1:]]
        self._many.connect("SUPPLIES", more, "Actor", "Transfer")
        more = [(one.id, system, {}) for one in transfers for system in one.systems[1:]]
        self._many.connect("OF", more, "Transfer", "System")
        more = [(claim, one.id, {}) for one in transfers for claim in one.backing[1:]]
        self._many.connect("BACKS", more, "Claim", "Transfer")
        more = [(claim, one.id, {}) for one in transfers for claim in one.disputing]
        self._many.connect("DISPUTES", more, "Claim", "Transfer")

    def _add_relations(self, relations: Iterable[Relation]) -> None:
        by_kind: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
        for one in relations:
            by_kind[one.kind, key_label(one.start), key_label(one.end)].append((one.start, one.end, one.properties))
        for (kind, start_label, end_label), edges in sorted(by_kind.items()):
            self._many.connect(kind, edges, start_label, end_label)

    def _draw(self, ends: Ends, drawn: Iterable[tuple[str, str]], transfers: Sequence[Transfer]) -> None:
        """Draw the derived relations anew.

        Args:
            ends: the suppliers and buyers between whom.
            drawn: those of them between whom one may be now.
            transfers: all between them.
        """
        by_start: dict[str, list[str]] = defaultdict(list)
        for start, end in sorted(drawn):
            by_start[start].append(end)
        rows = [{"start": start, "ends": found} for start, found in by_start.items()]
        self._many.run(cypher.DELETE_DERIVED, "rows", rows)
        self._add_relations(one for one in derive(transfers) if (one.start, one.end) in ends)

    def _settle(self, gone: Collection[str], known: Collection[str]) -> None:
        """Take away nodes that nothing holds any more; give those on no list the name that most claims give them.

        Args:
            gone: ids of nodes that may have lost what held them.
            known: ids of nodes that were there before and that claims of the touched blocks name.
        """
        for label, members in _by_label(gone):
            self._many.run(cypher.delete_lonely(label), "ids", members)
        unlisted = [node_id for node_id in {*gone, *known} if node_id not in reference().entries]
        for label, members in _by_label(unlisted):
            given: dict[str, Counter[str]] = defaultdict(Counter)
            for node_id, _, name in self._names_given(label, members):
                given[node_id][name] += 1
            rows = [{"id": node_id, "values": {"name": most_given(names)}} for node_id, names in given.items()]
            self._many.run(cypher.set_properties(label), "rows", rows)

    def _names_given(self, label: str, ids: Sequence[str]) -> set[tuple[str, str, str]]:
        """Read which claim gives which of these which name; what names one twice by the same name counts once."""
        return {
            (row["id"], row["claim"], row["name"])
            for statement in cypher.NAMES_GIVEN[label]
            for row in self._many.read(statement, "ids", ids)
        }


def _unheld(attested: Iterable[Attested], facts: Facts) -> set[str]:
    """Give the suppliers whom claims name and no transfer has: of who was talked of, and others signed."""
    named = {one.claim.statement.supplier.id for one in attested if isinstance(one.claim.statement, TransferStatement)}
    return named.difference(*(one.suppliers for one in facts.transfers))


def _digest(document: Document, claims: Iterable[Claim]) -> str:
    """Hash what is loaded as ``claims.digest`` would hash it in one piece, a claim at a time."""
    encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode
    parts = (document.to_properties(), document.source.id, document.source.reliability)
    hashed = hashlib.sha256("".join(("[", *(f"{encode(part)}," for part in parts), "[")).encode())
    comma = ""
    for claim in claims:
        hashed.update(f"{comma}{encode(claim.to_properties())}".encode())
        comma = ","
    hashed.update(b"]]")
    return hashed.hexdigest()[:16]


def _left_by(claims: Sequence[Mapping[str, Any]]) -> _Standing:
    """Tell what is left in the store of claims that were taken out, as ``cypher.CLAIMS_OF_DOCUMENT`` gives them."""
    transfers = [row for row in claims if row["supplier"]]
    states = {row["block"].partition("|")[0] for row in transfers}
    ends = {(row["supplier"], row["buyer"]) for row in transfers}
    ends |= {(row["block"].partition("|")[0], row["buyer"]) for row in transfers}
    parties = states | {row[role] for row in claims for role in _ROLES if row[role]}
    return _Standing(frozenset(row["block"] for row in claims), frozenset(ends), frozenset(parties))


def _given_by(attested: Iterable[Attested], carried: Mapping[str, str]) -> _Standing:
    """Tell what stands of claims that are in and stay."""
    ends, states = set(), set()
    for one in attested:
        block, statement = carried[one.claim.id], one.claim.statement
        if isinstance(statement, TransferStatement):
            state = block.partition("|")[0]
            ends |= {(statement.supplier.id, statement.buyer.id), (state, statement.buyer.id)}
            states |= {state} if block != block_of(one.claim) else set()
    return _Standing(frozenset(carried.values()), frozenset(ends), frozenset(states))


def _is_relation(block: str) -> bool:
    return block.partition("|")[0] in RELATIONS


def _transfer_row(one: Transfer) -> dict[str, Any]:
    return {
        "supplier": one.suppliers[0],
        "buyer": one.buyer,
        "system": one.systems[0],
        "claim": one.backing[0] if one.backing else None,
        "values": {"id": one.id, "pair": one.pair, **one.properties},
    }


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
