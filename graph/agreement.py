"""Is the graph what its claims give? Folds all of them again, pair by pair, and compares; changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from .attested import Attested
from .claims import Claim
from .derived import derive
from .descriptions import DESCRIBED, described_by, to_properties
from .evidence import PAGE, Evidence, is_block, pages
from .facts import Relation, Transfer, fold, most_given
from .findings import Create, Delete, DeleteLonely, Disconnect, Finding, Refold, Remedy, SetLabels, SetProperties
from .names import reference
from .schema import ACTOR_LABELS, DERIVED, FURTHER_PARTS, LABELS, RELATIONS, is_ours, label_of, labels_of
from .store import GraphStore

_CLAIMS: Final = "UNWIND $ids AS id MATCH (c:Claim {id: id}) RETURN properties(c) AS claim"
_TRANSFER_IDS: Final = "MATCH (t:Transfer) RETURN t.id AS id, t.block AS block"
_TRANSFERS: Final = (
    "UNWIND $ids AS id MATCH (t:Transfer {id: id}) RETURN id, properties(t) AS properties, "
    f"[(t)<-[r:SUPPLIES|{'|'.join(FURTHER_PARTS.values())}|BACKS|DISPUTES]-(n) | [type(r), n.id]] "
    "+ [(t)-[r:TO|OF]->(n) | [type(r), n.id]] AS ties"
)
"""Patterns begin at the transfer: the embedded engine walks them from their left end, whichever end is known."""

_RELATIONS: Final = (
    f"MATCH (a)-[r:{'|'.join(RELATIONS)}]->(b) "
    "RETURN a.id AS start, type(r) AS kind, b.id AS end, properties(r) AS properties"
)
_TRANSFERS_KIND: Final = "transfers as their claims say"
_PARTY_LABELS: Final = ("Actor", *ACTOR_LABELS, "System", "Conflict")
_PARTIES: Final = (
    "MATCH (n:{label}) RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties, "
    "EXISTS {{ (n)--() }} AS held, EXISTS {{ (n)--(:Claim) }} OR EXISTS {{ (n)--(:Transfer) }} AS tied"
)
_LONELY_SOURCES: Final = "MATCH (s:Source) WHERE NOT (s)--() RETURN s.id AS id"

Key = tuple[str, str, str]
"""A relation: kind, start, end."""


@dataclass(slots=True)
class Agreement:
    """What was found in the facts of a store.

    Attributes:
        findings: what is not in order.
        transfers: how many there are.
        relations: kind -> how many there are.
        descriptions: what claims say of nodes themselves: id -> properties.
        parties: label -> how many there are.
    """

    findings: list[Finding] = field(default_factory=list)
    transfers: int = 0
    relations: Counter[str] = field(default_factory=Counter)
    descriptions: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    parties: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, example: str, *remedies: Remedy) -> None:
        """Note a finding."""
        self.findings.append(Finding(kind, example, remedies))


def look_at_facts(store: GraphStore, evidence: Evidence) -> Agreement:
    """Compare transfers, relations and parties with what the claims give.

    Blocks with a claim that cannot be trusted are left out: nothing can be said of them.

    Args:
        store: the store.
        evidence: what its claims are.
    """
    found = Agreement()
    held = _relations(store, found)
    transfers = {row["id"]: row["block"] for row in store.read(_TRANSFER_IDS) if is_ours(row["id"])}
    found.transfers = len(transfers)
    named = set(evidence.named)
    stuck_pairs = {block.rpartition("|")[0] for block in evidence.stuck}
    for blocks in _chunks(evidence):
        facts = fold(_attested(store, evidence, blocks), evidence.identity.apart)
        found.descriptions |= facts.descriptions
        _compare_transfers(store, found, facts.transfers)
        for one in facts.transfers:
            transfers.pop(one.id, None)
            named.update(one.suppliers, one.systems, (party for _, party in one.parts))
        drawn = [one for one in derive(facts.transfers) if _pair(one) not in stuck_pairs]
        _compare_relations(found, held, [*facts.relations, *drawn], facts.transfers)
    for transfer, block in sorted(transfers.items()):
        if block not in evidence.stuck:
            found.add(_TRANSFERS_KIND, f"{transfer}: no claim gives it", Delete(transfer))
    claims = {claim for members in evidence.blocks.values() for claim in members}
    for key, properties in sorted(held.items()):
        if _pair(Relation(*key, {})) not in stuck_pairs and not _blocks_of(key) & evidence.stuck:
            _note_surplus(found, key, properties, claims)
    _look_at_parties(store, found, evidence, named)
    publishers = {source for source, *_ in evidence.standing.values()}
    for row in store.read(_LONELY_SOURCES):
        if is_ours(row["id"]) and row["id"] not in publishers:
            found.add("nodes that something holds", row["id"], DeleteLonely(row["id"]))
    return found


def _chunks(evidence: Evidence) -> Iterator[list[str]]:
    """Part the blocks into chunks of some thousand claims; what draws one derived relation is never parted."""
    chunk: list[str] = []
    size = 0
    free = sorted(block for block in evidence.blocks if block not in evidence.stuck)
    for _, pair in groupby(free, key=lambda block: block.rpartition("|")[0]):
        members = list(pair)
        more = sum(len(evidence.blocks[block]) for block in members)
        if chunk and size + more > PAGE:
            yield chunk
            chunk, size = [], 0
        chunk += members
        size += more
    yield chunk


def _attested(store: GraphStore, evidence: Evidence, blocks: Iterable[str]) -> Iterator[Attested]:
    ids = [claim for block in blocks for claim in evidence.blocks[block]]
    for page in pages(ids):
        for row in store.read(_CLAIMS, ids=page):
            values = row["claim"]
            quote = evidence.quotes.get(values["id"], values["quote"])
            claim = evidence.identity.see(Claim.from_properties(values | {"quote": quote}))
            yield Attested(claim, *evidence.standing[claim.document], claim.document not in evidence.past)


def _compare_transfers(store: GraphStore, found: Agreement, given: Sequence[Transfer]) -> None:
    for page in pages(given):
        rows = {row["id"]: row for row in store.read(_TRANSFERS, ids=[one.id for one in page])}
        for one in page:
            row = rows.get(one.id)
            differs = _difference(one, row) if row else []
            if differs or row is None:
                told = f"differs in {', '.join(differs)}" if row else "missing"
                # Folding a block again replaces what is kept in it and has both ends, nothing else.
                astray = not {"block", "SUPPLIES", "TO"}.isdisjoint(differs)
                first = [Delete(one.id)] if astray else []
                found.add(_TRANSFERS_KIND, f"{one.id}: {told}", *first, Refold(str(one.properties["block"])))


def _difference(given: Transfer, row: Mapping[str, Any]) -> list[str]:
    """Tell in which properties and relations a stored transfer differs from what its claims give."""
    ends = {
        "SUPPLIES": given.suppliers,
        "TO": (given.buyer,),
        "OF": given.systems,
        "BACKS": given.backing,
        "DISPUTES": given.disputing,
    }
    wanted = Counter([*((kind, end) for kind, ids in ends.items() for end in ids), *given.parts])
    held = Counter((kind, end) for kind, end in row["ties"] if is_ours(end))
    ties = {kind for kind, _ in (held - wanted) + (wanted - held)}
    return [*_differing(row["properties"], {"id": given.id, "pair": given.pair, **given.properties}), *sorted(ties)]


def _differing(held: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in {*held, *given} if held.get(name) != given.get(name))


def _relations(store: GraphStore, found: Agreement) -> dict[Key, list[Mapping[str, Any]]]:
    """Read the relations of the schema between nodes of ours; several of a kind between two are all kept."""
    held: dict[Key, list[Mapping[str, Any]]] = defaultdict(list)
    for row in store.read(_RELATIONS):
        if is_ours(row["start"]) and is_ours(row["end"]):
            held[row["kind"], row["start"], row["end"]].append(row["properties"])
            found.relations[row["kind"]] += 1
    return held


def _compare_relations(
    found: Agreement,
    held: dict[Key, list[Mapping[str, Any]]],
    given: Iterable[Relation],
    transfers: Iterable[Transfer],
) -> None:
    """Compare relations with what is held, and take them out of it."""
    block_of_ends = {
        (supplier, one.buyer): str(one.properties["block"]) for one in transfers for supplier in one.suppliers
    }
    for one in given:
        stored = held.pop((one.kind, one.start, one.end), [])
        differs = ""
        if not stored:
            differs = "missing"
        elif len(stored) > 1:
            differs = f"drawn {len(stored)} times"
        elif names := _differing(stored[0], one.properties):
            differs = f"differs in {', '.join(names)}"
        if differs:
            derived = one.kind in DERIVED
            block = block_of_ends[one.start, one.end] if derived else f"{one.kind}|{one.start}|{one.end}"
            kind = "relations as their transfers say" if derived else "relations as their claims say"
            found.add(kind, f"{_told(one.kind, one.start, one.end)}: {differs}", Refold(block))


def _note_surplus(found: Agreement, key: Key, held: Sequence[Mapping[str, Any]], claims: set[str]) -> None:
    if key[0] in DERIVED:
        found.add("relations as their transfers say", f"{_told(*key)}: no transfer gives it", Disconnect(*key))
    elif any(claims.intersection(properties.get("claims") or ()) for properties in held):
        found.add("relations as their claims say", f"{_told(*key)}: its claims do not give it", Disconnect(*key))
    else:
        found.add("relations with a claim", _told(*key), Disconnect(*key))


def _look_at_parties(store: GraphStore, found: Agreement, evidence: Evidence, named: Set[str]) -> None:
    """Compare actors, systems and conflicts with the reference lists and with what claims call them.

    Args:
        store: where.
        found: takes the findings.
        evidence: what claims call them.
        named: those that must be there.
    """
    seen: set[str] = set()
    for label in _PARTY_LABELS:
        for row in store.read(_PARTIES.format(label=label)):
            # Without its key label it may be the state or the person of somebody else, even with such an id.
            lost = label in ACTOR_LABELS and not row["tied"]
            if is_ours(row["id"]) and row["id"] not in seen and label_of(row["id"]) in _PARTY_LABELS and not lost:
                seen.add(row["id"])
                found.parties[label_of(row["id"])] += 1
                given = evidence.names.get(row["id"])
                if not row["held"] and row["id"] not in named and not (given and evidence.stuck):
                    found.add("nodes that something holds", row["id"], DeleteLonely(row["id"]))
                elif given is not None:
                    _look_at_party(found, evidence, row, label)
    for party in sorted(named - seen):
        expected = _properties_of(party, found, evidence)
        values = {name: value for name, value in expected.items() if value is not None}
        found.add("actors, systems and conflicts", f"{party}: missing", Create(party, values))


def _look_at_party(found: Agreement, evidence: Evidence, row: Mapping[str, Any], held: str) -> None:
    party: str = row["id"]
    add = tuple(label for label in labels_of(party) if label not in row["labels"])
    remove = tuple(label for label in sorted(row["labels"]) if label in LABELS and label not in labels_of(party))
    if add or remove:
        found.add(
            "actors, systems and conflicts",
            f"{party}: is {':'.join(sorted(row['labels']))}, not {':'.join(labels_of(party))}",
            SetLabels(party, held, add, remove),
        )
    expected = _properties_of(party, found, evidence)
    values = {name: value for name, value in expected.items() if row["properties"].get(name) != value}
    if values:
        told = f"{party}: differs in {', '.join(sorted(values))}"
        found.add("actors, systems and conflicts", told, SetProperties(party, values))


def _properties_of(party: str, found: Agreement, evidence: Evidence) -> dict[str, Any]:
    """Give the properties that a party must have; None for those of the schema that it must not have."""
    entry, given = reference().entries.get(party), evidence.names[party]
    if entry is None and not given:
        return {}
    name = most_given(given) if entry is None else entry.name
    properties = dict.fromkeys(LABELS[label_of(party)].properties)
    properties |= to_properties(party, found.descriptions.get(party, {})) | evidence.identity.to_properties(party)
    stuck = DESCRIBED if any(described_by(block) == party for block in evidence.stuck if is_block(block)) else ()
    return {"name": name, **{key: value for key, value in properties.items() if key not in stuck}}


def _pair(relation: Relation) -> str:
    """Tell the pair of the transfers that draw a relation, as their blocks begin."""
    return (
        f"{reference().state_of(relation.start) or relation.start}|{relation.end}" if relation.kind in DERIVED else ""
    )


def _blocks_of(key: Key) -> set[str]:
    kind, start, end = key
    return {f"{kind}|{start}|{end}", f"{kind}|{end}|{start}"}


def _told(kind: str, start: str, end: str) -> str:
    return f"{start} {kind} {end}"
