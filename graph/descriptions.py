"""What claims say of actors, systems and conflicts themselves, folded into the properties of their nodes.

The rule, in words: of the claims that are not denied and not of a past edition, **names, identifiers and countries**
are united; of **dates, type and class** the one counts that most claims give, of equals the one from the more reliable
source, then the first by the alphabet. What a reference list says stands above it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from .claims import Claim
from .deals import holds
from .names import reference
from .schema import LABELS, label_of
from .statements import DescriptionStatement, Value

_UNITED: Final = ("aliases", "identifiers", "countries")
_CHOSEN: Final = {"existing_since": "since", "existing_until": "until", "type": "type", "class": "system_class"}
"""Property of the node -> field of the statement."""

DESCRIBED: Final = (*_UNITED, *_CHOSEN, "category")
"""Properties that a node may have by what claims say of it, if its label has them at all."""


def describe(given: Iterable[tuple[Claim, str]]) -> dict[str, dict[str, Value]]:
    """Fold claims that describe into properties.

    Args:
        given: claims that count, each with the reliability of its document; those that state something else do not
            matter.

    Returns:
        For each node that one describes its properties, without those that are unknown.
    """
    by_node: dict[str, list[tuple[DescriptionStatement, str]]] = defaultdict(list)
    for claim, reliability in given:
        if isinstance(claim.statement, DescriptionStatement) and claim.modality != "denied":
            by_node[claim.statement.subject.id].append((claim.statement, reliability))
    return {node_id: _properties(node_id, told) for node_id, told in sorted(by_node.items())}


def to_properties(node_id: str, described: Mapping[str, Value]) -> dict[str, Value]:
    """Give what lists and claims together know of a node beside its name."""
    return {**described, **reference().properties_of(node_id)}


def described_by(block: str) -> str | None:
    """Tell whom the claims of a block describe; None if they state something else."""
    return block.split("|")[1] if holds(block) == "descriptions" else None


def _properties(node_id: str, told: list[tuple[DescriptionStatement, str]]) -> dict[str, Value]:
    entry = reference().entries.get(node_id)
    listed = {entry.name, *entry.aliases} if entry else set()
    properties: dict[str, Value] = {}
    for name in _UNITED:
        united = sorted({value for statement, _ in told for value in getattr(statement, name)} - listed)
        if united:
            properties[name] = united
    for name, field in _CHOSEN.items():
        chosen = _chosen((getattr(statement, field), reliability) for statement, reliability in told)
        if chosen is not None:
            properties[name] = chosen
    system_class = reference().entries.get(str(properties.get("class")))
    if system_class is not None:
        properties["category"] = system_class.properties["category"]
    held = LABELS[label_of(node_id)].properties
    return {name: value for name, value in properties.items() if name in held}


def _chosen(given: Iterable[tuple[str | None, str]]) -> str | None:
    votes: Counter[str] = Counter()
    best: dict[str, str] = {}
    for value, reliability in given:
        if value is not None:
            votes[value] += 1
            best[value] = min(best.get(value, reliability), reliability)
    return min(votes, key=lambda value: (-votes[value], best[value], value), default=None)
