"""The actors, systems and conflicts of a store: who comes in, who is lonely, and what name each has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from . import cypher
from .attested import Attested
from .batches import Batches
from .descriptions import DESCRIBED, to_properties
from .facts import Facts, most_given
from .identity import Identity
from .names import reference
from .schema import LABELS, key_label, label_of, labels_of


def add_parties(many: Batches, attested: Sequence[Attested], facts: Facts, identity: Identity) -> set[str]:
    """Create the nodes that claims name or transfers need and that are not there; give the ids of those that were."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for one in attested:
        for party in {party for _, party in one.claim.parties()}:  # by one name once, as often as a claim has it
            names[party.id][party.name] += 1
    for transfer in facts.transfers:
        names[str(transfer.properties["supplier"])].update(())
    by_labels: dict[tuple[str, ...], dict[str, dict[str, Any]]] = defaultdict(dict)
    for node_id, given in names.items():
        by_labels[labels_of(node_id)][node_id] = _node_values(node_id, given, facts) | identity.to_properties(node_id)
    known: set[str] = set()
    for labels, nodes in sorted(by_labels.items()):
        known |= many.add_missing(nodes, labels)
    return known


def describe_parties(many: Batches, ids: Iterable[str], facts: Facts) -> None:
    """Give nodes that are there what claims say of them by now, and take from them what none says any more."""
    for label, members in _by_label(ids):
        rows = [{"id": node_id, "values": _described(node_id, facts)} for node_id in members]
        many.run(cypher.set_properties(label), "rows", rows)


def find_lonely(many: Batches, ids: Iterable[str]) -> dict[str, list[str]]:
    """Find those of some nodes that no relation holds any more, by their label."""
    return {
        label: [row["id"] for row in many.read(cypher.lonely(label), "ids", members)]
        for label, members in _by_label(ids)
    }


def tell_who_is_whom(many: Batches, ids: Iterable[str], identity: Identity) -> None:
    """Let nodes that are there say with whom they are one by now."""
    for label, members in _by_label(ids):
        nobody = {"same_as": None, "also_called": None}
        rows = [{"id": node_id, "values": nobody | identity.to_properties(node_id)} for node_id in members]
        many.run(cypher.set_properties(label), "rows", rows)


def set_names(many: Batches, ids: Collection[str], identity: Identity) -> None:
    """Give those nodes that are on no list the name that most claims give them."""
    for label, members in _by_label(node_id for node_id in ids if node_id not in reference().entries):
        given: dict[str, Counter[str]] = defaultdict(Counter)
        for node_id, _, name in _names_given(many, label, members, identity):
            given[node_id][name] += 1
        rows = [{"id": node_id, "values": {"name": most_given(names)}} for node_id, names in given.items()]
        many.run(cypher.set_properties(label), "rows", rows)


def _names_given(many: Batches, label: str, ids: Sequence[str], identity: Identity) -> set[tuple[str, str, str]]:
    """Read which claim gives which of these which name; what names one twice by the same name counts once."""
    members = {node_id: list(identity.members[node_id]) for node_id in ids if node_id in identity.members}
    return {
        (row["id"], row["claim"], row["name"])
        for statement in cypher.NAMES_GIVEN[label]
        for row in many.read(statement, "ids", ids, members=members)
    }


def _node_values(node_id: str, given: Counter[str], facts: Facts) -> dict[str, Any]:
    entry = reference().entries.get(node_id)
    name = most_given(given) if entry is None else entry.name
    return {"id": node_id, "name": name, **to_properties(node_id, facts.descriptions.get(node_id, {}))}


def _described(node_id: str, facts: Facts) -> dict[str, Any]:
    held = [name for name in DESCRIBED if name in LABELS[label_of(node_id)].properties]
    return dict.fromkeys(held) | to_properties(node_id, facts.descriptions.get(node_id, {}))


def _by_label(ids: Iterable[str]) -> list[tuple[str, list[str]]]:
    parts: dict[str, list[str]] = defaultdict(list)
    for node_id in sorted(ids):
        parts[key_label(node_id)].append(node_id)
    return sorted(parts.items())
