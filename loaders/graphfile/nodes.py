"""Who the nodes of a graph file are: of the lists where id, kind and name agree, else new by kind and name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from ...graph.names import Entry, did_you_mean, make_id, reference, slug
from ...graph.schema import LABELS
from ...graph.statements import Party
from .things import Thing, words

_LONGEST_NAME: Final = 300
_LABELS_OF_NODES: Final = ("State", "Firm", "Person", "Organisation", "System", "Conflict")

Parties: TypeAlias = Mapping[str, Party | str]
"""By the id of a node in its file: who it is, or why it is nobody."""


def to_parties(nodes: Iterable[Thing], title: str) -> tuple[Parties, Mapping[str, str]]:
    """Tell who each node is.

    An id that stands for different nodes stands for none of them. Nodes that are new and go by one name are several all
    the same, since the file tells them apart: the id of each is made of its name, the file's and its own there.

    Args:
        nodes: of the file.
        title: of the file.

    Returns:
        Who they are, and what is odd about some, each by the id of the node in the file.
    """
    parties: dict[str, Party | str] = {}
    first: dict[str, int] = {}
    unlike: dict[str, str] = {}
    for one in nodes:
        if "id" not in one.given:
            continue
        node_id, found = one.given["id"], _to_party(one)
        line = first.setdefault(node_id, one.line)
        if parties.setdefault(node_id, found) != found:
            where = f"lines {line} and {one.line} give" if line != one.line else f"line {line} gives"
            unlike.setdefault(node_id, f"{where} the id {node_id[:60]!r} to nodes that differ")
    parties.update(unlike)
    return _apart(parties, title)


def _apart(parties: dict[str, Party | str], title: str) -> tuple[Parties, Mapping[str, str]]:
    """Keep nodes of one name apart, but for those that the lists know or whose id is one of ours."""
    made = {
        node_id: party
        for node_id, party in parties.items()
        if isinstance(party, Party) and party.id != node_id and party.id not in reference().entries
    }
    odd: dict[str, str] = {}
    for node_id, party in _shared(made, parties).items():
        label = LABELS[party.label].prefix
        parties[node_id] = made[node_id] = Party(f"{label}{slug(f'{party.name} {title} {node_id}')}", party.name)
        odd[node_id] = f"another node has the same kind and name, so that this one is {made[node_id].id}"
    for node_id in _shared(made, parties):
        parties[node_id] = "another node has the same kind and name, and an id in which only signs differ; change one"
    return parties, odd


def _shared(made: Mapping[str, Party], parties: Parties) -> dict[str, Party]:
    """Give those of some nodes whose id another node has as well."""
    often = Counter(party.id for party in parties.values() if isinstance(party, Party))
    return {node_id: party for node_id, party in made.items() if often[party.id] > 1}


def _to_party(node: Thing) -> Party | str:
    """Give the party that a node is, or why it is none."""
    if node.wrong:
        return node.wrong
    given = node.given
    name, kind = given.get("name") or given["id"], given.get("kind", "")
    if len(name) > _LONGEST_NAME or len(given["id"]) > _LONGEST_NAME:
        return f"its name or id has more than {_LONGEST_NAME} characters"
    label = words()["labels"].get(slug(kind)) if kind else None
    found = _find_ours(given["id"], name, kind, label)
    if found is not None:
        return Party(found.id, found.name)
    if not kind:
        return "nothing says what it is, and the lists do not know its name; give it an attribute kind or type"
    if label is None:
        hint = did_you_mean(kind, _LABELS_OF_NODES)
        return f"{kind!r} is no kind of node; use one of {', '.join(_LABELS_OF_NODES)}.{hint}"
    if label == "State":
        return "it is no state that the lists know"
    prefix = LABELS[label].prefix
    own = given["id"] if re.fullmatch(rf"{prefix}[a-z0-9-]+", given["id"]) else make_id(label, name)
    return Party(own, name)


def _find_ours(node_id: str, name: str, kind: str, label: str | None) -> Entry | None:
    """Find who of the lists a node is; an id that looks like one of ours is only that if nothing speaks against it."""
    named = reference().find(name, (label,) if label else _LABELS_OF_NODES)
    by_name = named[0] if len(named) == 1 and (label or named[0].label != "Person") else None
    by_id = reference().entries.get(node_id)
    if by_id is None or by_id.label != (label or by_id.label):
        return by_name
    if by_id.label != "State":
        return by_id if label or not kind else by_name
    # Three letters are somebody else's code as easily: of a state in another list, or of anything at all.
    return by_id if label and by_name is None else by_name
