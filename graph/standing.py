"""What stands in a store of the blocks that a change touches, and how it differs from what the fold gives now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from . import cypher
from .batches import Batches
from .claims import Claim
from .deals import holds
from .facts import Transfer
from .identity import Identity
from .records import ROLES
from .schema import FURTHER_PARTS
from .statements import TransferStatement

Ends: TypeAlias = frozenset[tuple[str, str]]
"""Ids of suppliers and buyers."""

Edges: TypeAlias = set[tuple[str, str, str]]
"""Relations without properties: kind, id of the start, id of the end."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in a store and may have to go.

    Attributes:
        blocks: blocks that gave something; as claims carry them, which may be others than the lists of today give.
        ends: suppliers and buyers of the transfers that they gave.
        parties: ids of nodes that may lose what holds them.
    """

    blocks: frozenset[str] = frozenset()
    ends: Ends = frozenset()
    parties: frozenset[str] = frozenset()

    def __or__(self, other: Standing) -> Standing:
        return Standing(self.blocks | other.blocks, self.ends | other.ends, self.parties | other.parties)

    @property
    def of_transfers(self) -> set[str]:
        """The blocks of transfers."""
        return {block for block in self.blocks if holds(block) == "transfers"}

    @property
    def of_relations(self) -> set[str]:
        """The blocks of relations."""
        return {block for block in self.blocks if holds(block) == "relations"}


def left_by(claims: Sequence[Mapping[str, Any]], identity: Identity) -> Standing:
    """Tell what claims gave that a document had until now.

    Args:
        claims: as ``cypher.CLAIMS_OF_DOCUMENT`` gives them.
        identity: who was whom until now.
    """
    transfers = [row for row in claims if row["supplier"]]
    states = {row["block"].partition("|")[0] for row in transfers}
    of = identity.of
    ends = {(of(row["supplier"]), of(row["buyer"])) for row in transfers}
    ends |= {(row["block"].partition("|")[0], of(row["buyer"])) for row in transfers}
    parties = states | {row[role] for row in claims for role in ROLES if row[role]}
    parties |= {party for row in claims for role in FURTHER_PARTS for party in row[role] or ()}
    return Standing(frozenset(row["block"] for row in claims), frozenset(ends), frozenset(map(of, parties)))


def given_by(claims: Iterable[Claim], carried: Mapping[str, str], moved: Collection[str]) -> Standing:
    """Tell what claims gave that are in and stay.

    Args:
        claims: the claims, as they were folded until now.
        carried: the block that each of them carries, by its id.
        moved: ids of those that belong to another block by now.
    """
    ends, states = set(), set()
    for claim in claims:
        block, statement = carried[claim.id], claim.statement
        if isinstance(statement, TransferStatement):
            state = block.partition("|")[0]
            ends |= {(statement.supplier.id, statement.buyer.id), (state, statement.buyer.id)}
            states |= {state} if claim.id in moved else set()
    return Standing(frozenset(carried.values()), frozenset(ends), frozenset(states))


def read_blocks(many: Batches, blocks: Iterable[str]) -> Standing:
    """Read what blocks hold, whatever claims say."""
    asked = Standing(frozenset(blocks))
    edges = _edges_of(many, asked.of_transfers)
    buyers = {start: end for kind, start, end in edges if kind == "TO"}
    ends = {(start, buyers[end]) for kind, start, end in edges if kind == "SUPPLIES" and end in buyers}
    ends |= {(supplier, buyer) for supplier, buyer, _ in (block.split("|") for block in asked.of_transfers)}
    parties = {end for pair in ends for end in pair} | {end for kind, _, end in edges if kind in ("TO", "OF")}
    parties |= {start for kind, start, _ in edges if kind in FURTHER_PARTS.values()}
    parties |= {end for block in asked.of_relations for end in block.split("|")[1:]}
    return asked | Standing(ends=frozenset(ends), parties=frozenset(parties))


@dataclass(frozen=True, slots=True)
class Differences:
    """How the transfers that stand differ from those that shall.

    Attributes:
        new: transfers to create.
        altered: ids and properties of transfers that have others now.
        missing: relations to make between what stands.
        surplus: relations to delete.
        empty: blocks of which no transfer is left.
        gone: ids of transfers that are to go from other blocks.
    """

    new: list[Transfer]
    altered: list[dict[str, Any]]
    missing: Edges
    surplus: Edges
    empty: list[str]
    gone: list[str]

    @property
    def parties(self) -> set[str]:
        """Ids of those who have no part in a transfer any more."""
        suppliers = {start for kind, start, _ in self.surplus if kind in ("SUPPLIES", *FURTHER_PARTS.values())}
        return suppliers | {end for kind, _, end in self.surplus if kind in ("TO", "OF")}


def differences(many: Batches, before: Standing, transfers: Sequence[Transfer], leaving: Sequence[str]) -> Differences:
    """Compare the transfers of blocks with those that the fold gives. Writing what differs is all that is to be done.

    Args:
        many: to read with.
        before: what stands.
        transfers: those that shall stand.
        leaving: ids of claims that go; their relations go with them.
    """
    folded = {str(one.properties["block"]) for one in transfers}
    blocks = before.of_transfers & folded
    held = {row["transfer"]["id"]: row["transfer"] for row in many.read(cypher.TRANSFERS_OF_BLOCKS, "blocks", blocks)}
    wanted = {one.id: one for one in transfers}
    stay = held.keys() & wanted.keys()
    gone = set(leaving)
    stand = {edge for edge in _edges_of(many, blocks) if edge[1] not in gone and not stay.isdisjoint(edge[1:])}
    shall = {edge for transfer_id in stay for edge in _edges(wanted[transfer_id])}
    altered = [(node_id, properties(wanted[node_id])) for node_id in sorted(stay)]
    return Differences(
        [one for one in transfers if one.id not in held],
        [{"id": node_id, "values": values} for node_id, values in altered if values != held[node_id]],
        shall - stand,
        stand - shall,
        sorted(before.of_transfers - folded),
        sorted(held.keys() - wanted.keys()),
    )


def properties(one: Transfer) -> dict[str, Any]:
    """Give the properties of a transfer's node."""
    return {"id": one.id, "pair": one.pair, **one.properties}


def by_kind(edges: Edges) -> dict[str, list[tuple[str, str]]]:
    """Sort relations by their kind."""
    kinds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, start, end in sorted(edges):
        kinds[kind].append((start, end))
    return kinds


def _edges(one: Transfer) -> Edges:
    edges = {("SUPPLIES", supplier, one.id) for supplier in one.suppliers} | {("TO", one.id, one.buyer)}
    edges |= {("OF", one.id, system) for system in one.systems} | {(kind, party, one.id) for kind, party in one.parts}
    edges |= {("BACKS", claim, one.id) for claim in one.backing}
    return edges | {("DISPUTES", claim, one.id) for claim in one.disputing}


def _edges_of(many: Batches, blocks: set[str]) -> Edges:
    return {
        (row["kind"], row["start"], row["end"])
        for statement in cypher.EDGES_OF_BLOCKS
        for row in many.read(statement, "blocks", blocks)
    }
