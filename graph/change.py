"""One change of the graph: the claims of one document come, change or go, and what that touches is folded again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from . import cypher
from .attested import Attested, superseded
from .batches import Batches, Edge, Progress, Transaction, tell_nobody
from .claims import Claim, Document, ties_of
from .deals import IDENTITY_BLOCK, block_of
from .derived import derive
from .descriptions import described_by
from .errors import WriteFailed
from .facts import Facts, Relation, Transfer, fold
from .identity import NOBODY, identify, moved, readable, regrouped
from .loaded import beside_id, to_hash
from .names import reference
from .parties import add_parties, describe_parties, find_lonely, set_names, tell_who_is_whom
from .schema import FURTHER_PARTS, LINKS, key_label
from .standing import Differences, Ends, Standing, by_kind, differences, given_by, left_by, properties, read_blocks
from .statements import IdentityStatement, TransferStatement


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


class Change:
    """One transaction that changes the claims of one document and folds again what that touches.

    What is new is created first, what stays is altered in place, and what goes is deleted at the end: a server looks
    nodes up slowly once many are gone. See ``cypher.DELETE_AT_ONCE``.
    """

    def __init__(self, transaction: Transaction, progress: Progress = tell_nobody) -> None:
        self._rows = transaction.rows
        self._run = transaction.run
        self._many = Batches(transaction, progress)
        self._now = datetime.now(UTC).isoformat(timespec="seconds")
        self._before = self._after = NOBODY

    def replace(self, document: Document, claims: Iterable[Claim], reading: str | None = None) -> Written:
        """Put a document in with these claims, in place of what was loaded from it before.

        Args:
            document: the document.
            claims: its claims.
            reading: a key by which whoever has read it knows it again; None for none.
        """
        unique = {claim.id: claim for claim in sorted(claims, key=lambda one: (one.confidence, one.extractor))}
        own = [unique[claim_id] for claim_id in sorted(unique)]
        foreign = next((claim for claim in own if claim.document != document.id), None)
        if foreign is not None:
            raise WriteFailed(
                f"{foreign.id} is a claim of {foreign.document}, not of {document.id}; nothing is written."
            )
        loaded = to_hash(document, own)
        self._run(cypher.LOCK)
        before = self._rows(cypher.DOCUMENT_DIGEST, id=document.id)
        if before and before[0]["digest"] == loaded:
            if reading not in (None, before[0]["reading"]):
                row = {"id": document.id, "values": {"reading": reading}}
                self._run(cypher.set_properties("Document"), rows=[row])
            return Written(document.id, "unchanged", len(own))
        old = {row["id"]: row for row in self._rows(cypher.CLAIMS_OF_DOCUMENT, id=document.id)} if before else {}
        editions = self._rows(cypher.EDITIONS)
        edition = {"id": document.id, "register": document.register, "published_on": document.published_on}
        now = [*(row for row in editions if row["id"] != document.id), edition]
        leaving = sorted(old.keys() - unique.keys())
        gone = {"claims": leaving, **self._put_document(document, loaded, reading, stands=bool(before))}
        self._tell_who_is_whom(document.id, own)
        kept = [claim for claim in own if claim.id in old]
        self._many.run_rows(cypher.UPDATE_CLAIMS, kept, self._row_of_kept, "claims that stay")
        added = [claim for claim in own if claim.id not in old]
        source, past = document.source, superseded(now)
        turned = self._blocks_of((superseded(editions) ^ past) - {document.id})
        current = document.id not in past
        attested = [Attested(claim, source.id, source.reliability, document.register, current) for claim in own]
        stood = left_by(list(old.values()), self._before) | turned
        facts = self._fold_anew(stood, past, own=attested, added=added, gone=gone, document=document.id)
        return Written(
            document.id,
            "changed" if before else "new",
            len(own),
            len(facts.transfers),
            len(facts.relations),
            added=len(added),
            removed=len(leaving),
        )

    def remove(self, document_id: str) -> Written:
        """Take a document out with all its claims."""
        self._run(cypher.LOCK)
        if not self._rows(cypher.DOCUMENT_DIGEST, id=document_id):
            return Written(document_id, "unchanged")
        old = self._rows(cypher.CLAIMS_OF_DOCUMENT, id=document_id)
        gone = {"claims": sorted(row["id"] for row in old), "documents": [document_id]}
        gone["sources"] = self._sources_of(document_id)
        self._tell_who_is_whom(document_id)
        editions = self._rows(cypher.EDITIONS)
        past = superseded(row for row in editions if row["id"] != document_id)
        turned = self._blocks_of((superseded(editions) ^ past) - {document_id})
        facts = self._fold_anew(left_by(old, self._before) | turned, past, gone=gone, document=document_id)
        return Written(document_id, "forgotten", 0, len(facts.transfers), len(facts.relations), removed=len(old))

    def refold(self, blocks: Sequence[str]) -> Facts:
        """Fold blocks again from the claims that are in, and put the result in place of what is there.

        Args:
            blocks: as claims and transfers carry them. A claim that carries another block than the reference lists, and
                what is decided, give it today goes to that one, which is folded as well.

        Returns:
            What these blocks hold now, and those to which claims went.
        """
        self._run(cypher.LOCK)
        self._tell_who_is_whom()
        return self._fold_anew(read_blocks(self._many, blocks), superseded(self._rows(cypher.EDITIONS)))

    def _tell_who_is_whom(self, document: str = "", own: Sequence[Claim] = ()) -> None:
        """Read who is whom by now, and tell who is when the claims of a document are these.

        Args:
            document: id of the document; empty if the claims stay as they are.
            own: its claims as they are to be.
        """
        rows = [row["claim"] for row in self._rows(cypher.IDENTITIES, block=IDENTITY_BLOCK)]
        known = list(readable(rows))
        self._before = self._after = identify(known)
        stay = [claim for claim in known if claim.document != document]
        if len(stay) < len(known) or any(isinstance(claim.statement, IdentityStatement) for claim in own):
            self._after = identify([*stay, *own])

    def _regrouped(self) -> Standing:
        """Give the blocks of claims that are folded under other ids than until now, and whoever that concerns."""
        ids = moved(self._before, self._after)
        blocks = {f"POSSIBLY_SAME|{one}|{other}" for one, other in self._before.apart ^ self._after.apart}
        if ids:
            rows = self._rows(cypher.BLOCKS_NAMING, ids=dict.fromkeys(sorted(ids), True))
            blocks |= {row["block"] for row in rows}
        return Standing(frozenset(blocks), parties=frozenset(map(self._before.of, ids)))

    def _block_of(self, claim: Claim) -> str:
        return block_of(self._after.see(claim))

    def _blocks_of(self, documents: Set[str]) -> Standing:
        """Give the blocks of documents that have come to be past editions of a register, or current ones again."""
        rows = (self._rows(cypher.BLOCKS_OF_DOCUMENT, id=one) for one in sorted(documents))
        return Standing(frozenset(row["block"] for held in rows for row in held))

    def _sources_of(self, document_id: str) -> list[str]:
        return [row["id"] for row in self._rows(cypher.SOURCES_OF_DOCUMENT, id=document_id)]

    def _put_document(
        self, document: Document, loaded: str, reading: str | None, *, stands: bool
    ) -> dict[str, list[str]]:
        """Create a document or give it its new properties; give the sources that may be lonely then."""
        source = document.source
        more = {"digest": loaded, "reliability": source.reliability, "recorded_at": self._now}
        values = document.to_properties() | more | ({} if reading is None else {"reading": reading})
        others = []
        if stands:
            self._run(cypher.REPLACE_DOCUMENT, id=document.id, values=values)
            others = self._sources_of(document.id)
            self._run(cypher.LOOSEN["documents"], documents=[document.id])
        else:
            self._run(cypher.create_nodes(("Document",)), rows=[values])
        self._many.add_missing({source.id: {"id": source.id, "name": source.name}}, ("Source",))
        self._many.connect("PUBLISHED_BY", [(document.id, source.id, {})], "Document", "Source")
        return {"sources": others}

    def _fold_anew(
        self,
        before: Standing,
        past: Set[str],
        *,
        own: Sequence[Attested] = (),
        added: Sequence[Claim] = (),
        gone: Mapping[str, Sequence[str]] = MappingProxyType({}),
        document: str = "",
    ) -> Facts:
        """Fold blocks from the claims that are in and those that come in, and put the result in place.

        Args:
            before: what stands of these blocks. Where no claim was, nothing can have come of it, so of a block that
                only claims that come in belong to nothing is looked for and deleted.
            past: ids of the documents that a later edition of their register has followed.
            own: the claims of the document as it is now.
            added: those of them that are to be created.
            gone: ids of the ``claims`` and ``documents`` that go, and of the ``sources`` that may.
            document: id of the document; empty if it is about none.
        """
        before |= self._regrouped()
        blocks = {*before.blocks, *(self._block_of(one.claim) for one in own)}
        others, carried = self._claims_of(blocks, past, document)
        astray = {one.claim.id: one.claim for one in others if self._block_of(one.claim) != carried[one.claim.id]}
        before |= given_by((self._before.see(one.claim) for one in others), carried, astray)
        self._move(astray.values())
        attested = [replace(one, claim=self._after.see(one.claim)) for one in (*others, *own)]
        facts = fold(attested, self._after.apart)
        ends = before.ends.union((supplier, one.buyer) for one in facts.transfers for supplier in one.suppliers)
        beside = self._transfers_beside(ends, before.of_transfers)
        drawn = before.ends | {(supplier, one.buyer) for one in beside for supplier in one.suppliers}
        differ = differences(self._many, before, facts.transfers, gone.get("claims", ()))
        known = add_parties(self._many, attested, facts, self._after)
        tell_who_is_whom(self._many, regrouped(self._before, self._after), self._after)
        described = {*facts.descriptions, *filter(None, map(described_by, blocks))}
        describe_parties(self._many, described - (facts.descriptions.keys() - known), facts)
        self._add_claims(added)
        new = {claim.id for claim in added}
        self._point_anew([one.claim for one in (*others, *own) if one.claim.id not in new])
        self._add_transfers(differ.new)
        self._alter_transfers(differ)
        self._drop_relations(before.of_relations)
        self._add_relations(facts.relations)
        self._draw(ends, drawn & ends, [*beside, *facts.transfers])
        parties = before.parties | _unheld(attested, facts) | differ.parties
        self._take_out({**gone, "blocks": differ.empty, "transfers": differ.gone}, parties, known)
        return facts

    def _claims_of(self, blocks: set[str], past: Set[str], document: str) -> tuple[list[Attested], dict[str, str]]:
        """Read the claims of other documents that carry blocks, and those of the blocks to which they belong by now.

        Returns:
            The claims, and the block that each of them carries by its id.
        """
        found: list[Attested] = []
        carried: dict[str, str] = {}
        standing: dict[str, dict[str, Any]] = {}
        read = {IDENTITY_BLOCK}  # nothing is folded from it
        while blocks := blocks - read:
            rows = [
                row["claim"] for row in self._many.read(cypher.CLAIMS_OF_BLOCKS, "blocks", blocks, without=document)
            ]
            new = {row["document"] for row in rows} - standing.keys()
            standing |= {row["id"]: row for row in self._many.read(cypher.STANDING, "ids", new)}
            for row in rows:
                of = standing.get(row["document"])
                if of is not None:
                    claim = Claim.from_properties(row)
                    current = claim.document not in past
                    found.append(Attested(claim, of["source"], of["reliability"], of["register"], current))
                    carried[claim.id] = row["block"]
            read |= blocks
            blocks = {self._block_of(one.claim) for one in found}
        return found, carried

    def _move(self, claims: Iterable[Claim]) -> None:
        """Let claims carry the block to which they belong by now."""
        rows = [{"id": claim.id, "values": {"block": self._block_of(claim)}} for claim in claims]
        self._many.run(cypher.set_properties("Claim"), "rows", rows)

    def _transfers_beside(self, ends: Ends, blocks: set[str]) -> list[Transfer]:
        """Read the transfers of other blocks between these suppliers and buyers, and between those of these blocks."""
        pairs = {f"{reference().state_of(supplier) or supplier}|{buyer}" for supplier, buyer in ends}
        pairs |= {block.rpartition("|")[0] for block in blocks}
        there = {block for row in self._many.read(cypher.BLOCKS_OF_PAIRS, "pairs", pairs) for block in row["blocks"]}
        return [
            Transfer(row["transfer"]["id"], "", tuple(row["suppliers"]), row["buyer"], (), row["transfer"], (), ())
            for row in self._many.read(cypher.TRANSFERS_WITH_ENDS, "blocks", there - blocks)
        ]

    def _add_claims(self, claims: Sequence[Claim]) -> None:
        """Create claims and point them at their document, their speaker, and what their relations hold between."""
        document = claims[0].document if claims else ""
        self._many.create(cypher.CREATE_CLAIMS, claims, self._claim_row, 1, "claims", document=document)
        self._point(map(self._after.see, claims))

    def _point(self, claims: Iterable[Claim]) -> None:
        ties: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        for claim in claims:
            for kind, party, values in ties_of(claim):
                ties[kind, key_label(party)].append((claim.id, party, values))
        for (kind, label), edges in sorted(ties.items()):
            self._many.connect(kind, edges, "Claim", label)

    def _point_anew(self, claims: Iterable[Claim]) -> None:
        """Point claims at those under whose ids they are folded by now, where these are others than until now."""
        if self._before is self._after:
            return
        turned = [claim for claim in claims if ties_of(self._before.see(claim)) != ties_of(self._after.see(claim))]
        rows: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
        for claim in turned:
            for kind, party, _ in ties_of(self._before.see(claim)):
                rows[kind, key_label(party)].append({"start": claim.id, "end": party})
        for (kind, label), surplus in sorted(rows.items()):
            self._many.run(cypher.delete_relations(kind, "Claim", label), "rows", surplus)
        self._point(map(self._after.see, turned))

    def _claim_row(self, claim: Claim) -> dict[str, Any]:
        return claim.to_properties() | {"block": self._block_of(claim), "recorded_at": self._now}

    def _row_of_kept(self, claim: Claim) -> dict[str, Any]:
        return beside_id(claim) | {"block": self._block_of(claim)}

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
        for kind in FURTHER_PARTS.values():
            more = [(party, one.id, {}) for one in transfers for part, party in one.parts if part == kind]
            self._many.connect(kind, more, "Actor", "Transfer")
        more = [(claim, one.id, {}) for one in transfers for claim in one.backing[1:]]
        self._many.connect("BACKS", more, "Claim", "Transfer")
        more = [(claim, one.id, {}) for one in transfers for claim in one.disputing]
        self._many.connect("DISPUTES", more, "Claim", "Transfer")

    def _alter_transfers(self, differ: Differences) -> None:
        """Give transfers that stay what they have now."""
        self._many.run(cypher.replace_properties("Transfer"), "rows", differ.altered, "transfers altered")
        for kind, pairs in by_kind(differ.surplus).items():
            rows = [{"start": start, "end": end} for start, end in pairs]
            link = LINKS[kind]
            self._many.run(cypher.delete_relations(kind, *link.start, *link.end), "rows", rows)
        for kind, pairs in by_kind(differ.missing).items():
            link = LINKS[kind]
            self._many.connect(kind, [(start, end, {}) for start, end in pairs], *link.start, *link.end)

    def _drop_relations(self, blocks: Iterable[str]) -> None:
        by_kind: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
        for block in sorted(blocks):
            kind, start, end = block.split("|")
            by_kind[kind, key_label(start), key_label(end)].append({"start": start, "end": end})
        for (kind, start_label, end_label), rows in sorted(by_kind.items()):
            self._many.run(cypher.delete_relations(kind, start_label, end_label), "rows", rows)

    def _add_relations(self, relations: Iterable[Relation]) -> None:
        by_kind: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
        for one in relations:
            by_kind[one.kind, key_label(one.start), key_label(one.end)].append((one.start, one.end, one.properties))
        for (kind, start_label, end_label), edges in sorted(by_kind.items()):
            self._many.connect(kind, edges, start_label, end_label)

    def _draw(self, ends: Ends, drawn: Ends, transfers: Sequence[Transfer]) -> None:
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

    def _take_out(self, gone: Mapping[str, Sequence[str]], parties: Collection[str], known: Collection[str]) -> None:
        """Delete what goes and whoever is lonely then.

        Args:
            gone: ids by the names of ``cypher.DELETE``, and the ``sources`` that may go.
            parties: ids of nodes that may have lost what held them.
            known: ids of nodes that were there before and that claims of the touched blocks name.
        """
        self._many.let_go(gone)
        lonely = find_lonely(self._many, parties)
        read = self._many.read(cypher.lonely("Source"), "ids", gone.get("sources", ()))
        lonely["Source"] = [row["id"] for row in read]
        set_names(self._many, {*parties, *known}.difference(*lonely.values()), self._after)
        self._many.delete(gone, lonely)


def _unheld(attested: Iterable[Attested], facts: Facts) -> set[str]:
    """Give those whom claims name and no transfer has: of who was talked of and others signed, or in a past edition."""
    named = {
        party.id
        for one in attested
        if isinstance(one.claim.statement, TransferStatement)
        for _, party in one.claim.statement.parties()
    }
    held = {end for one in facts.transfers for end in (*one.suppliers, *one.systems, one.buyer)}
    return named - held - {party for one in facts.transfers for _, party in one.parts}


def _transfer_row(one: Transfer) -> dict[str, Any]:
    return {
        "supplier": one.suppliers[0],
        "buyer": one.buyer,
        "system": one.systems[0],
        "claim": one.backing[0] if one.backing else None,
        "values": properties(one),
    }
