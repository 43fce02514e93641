"""What people type to the node that they mean."""

from __future__ import annotations

from typing import Final

from ..graph.errors import AmbiguousName, UnknownName
from ..graph.names import Entry, key, reference, suggest
from ..graph.schema import ACTOR_LABELS, is_ours, label_of
from ..graph.store import GraphStore
from ..graph.subgraph import Node

_NAMED: Final = ("Actor", "System", "Conflict")
_ALL_NAMES: Final = "MATCH (n:{label}) RETURN collect([n.id, n.name]) AS names"
_OTHER_NAMES: Final = (
    "MATCH (n:{label}) WHERE n.aliases IS NOT NULL OR n.identifiers IS NOT NULL OR n.same_as IS NOT NULL "
    "RETURN collect([n.id, coalesce(n.aliases, []) + coalesce(n.identifiers, []) + coalesce(n.also_called, [])]) "
    "AS names, collect([n.id, coalesce(n.same_as, [])]) AS ids"
)
"""In one row: a driver takes ten times as long for thousands of short ones."""


class Names:
    """What the nodes of a store go by, read once for as many texts as there are."""

    def __init__(self, store: GraphStore, *labels: str) -> None:
        """Read them.

        Args:
            store: where to look.
            labels: of the nodes to look at: ``Actor``, ``System``, ``Conflict``; all if none is given.
        """
        self._labels = labels
        rows = [row for label in labels or _NAMED for row in store.read(_ALL_NAMES.format(label=label))]
        named = [(node_id, name) for row in rows for node_id, name in row["names"] if is_ours(node_id)]
        more = [row for label in labels or _NAMED for row in store.read(_OTHER_NAMES.format(label=label))]
        called = [(node_id, name) for row in more for node_id, names in row["names"] for name in names]
        folded = [(node_id, other) for row in more for node_id, others in row["ids"] for other in others]
        self._there = dict(sorted(named))
        self._spelled = [(node_id, name, key(name)) for node_id, name in [*named, *called] if is_ours(node_id)]
        self._known_as = {other: node_id for node_id, other in folded if is_ours(node_id)}

    def find(self, text: str) -> list[Node]:
        """Find the nodes that a text may mean, as the function ``find`` does."""
        there, wanted, lower, words = self._there, key(text), text.lower(), _words(text)
        exact = {self._known_as.get(entry.id, entry.id) for entry in reference().find(text)} & there.keys()
        exact |= {node_id for other, node_id in self._known_as.items() if other.lower() == lower}
        exact |= {node_id for node_id in there if node_id.lower() == lower}
        exact |= {node_id for node_id, _, spelled in self._spelled if spelled == wanted}
        # Whole words of a name hold those of the text only if the whole name holds them, run together.
        near = [(node_id, name) for node_id, name, spelled in self._spelled if wanted in spelled]
        part = {node_id for node_id, name in near if words and _holds(_words(name), words)}
        if not exact and not part and wanted:
            part = {node_id for node_id, name in near if name == there[node_id]}
        # A surname is as good a name as any: "Bayraktar" is the drone, and two men as well.
        chosen = exact | {node_id for node_id in part if label_of(node_id) == "Person"} if exact else part
        return [Node(node_id, label_of(node_id), there[node_id]) for node_id in sorted(chosen)]

    def resolve(self, text: str) -> Node:
        """Give the one node that a text means, as the function ``resolve`` does; it raises the same."""
        found = self.find(text)
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousName(
                f"{_shown(text)} can be {_listed(found)}. Say which, by its whole name or its id.",
                text,
                _candidates(found),
            )
        listed = [entry for entry in reference().find(text) if not self._labels or _looked_up(entry, self._labels)]
        if listed:
            raise UnknownName(
                f"Nothing in this store speaks of {listed[0].name} ({listed[0].id}). Load a source that does.", text
            )
        spelled = {alias.text: alias.entry.id for alias in reference().aliases() if alias.entry.id in self._there}
        spelled |= {name: node_id for node_id, name, _ in self._spelled}
        near = [Node(node_id, label_of(node_id), self._there[node_id]) for node_id in suggest(text, spelled)]
        verb = "is" if len(near) == 1 else "are"
        hint = f"The nearest {verb} {_listed(near)}." if near else "`legation stats` says what is there."
        raise UnknownName(f"Nothing in this store goes by {_shown(text)}. {hint}", text, _candidates(near))


def find(store: GraphStore, text: str, *labels: str) -> list[Node]:
    """Find the nodes of a store that a text may mean: those that go by exactly that name, alias, identifier or id, else
    those of which a name holds it, as whole words if any does.

    Args:
        store: where to look.
        text: what somebody typed.
        labels: of the nodes to look at: ``Actor``, ``System``, ``Conflict``; all if none is given.

    Returns:
        The nodes, in the order of their ids; empty if nothing in this store goes by that name.
    """  # noqa: D205  (the summary does not fit on one line)
    return Names(store, *labels).find(text)


def resolve(store: GraphStore, text: str, *labels: str) -> Node:
    """Give the one node of a store that a text means. For several texts ``Names`` reads the store only once.

    Raises:
        UnknownName: nothing in this store goes by that name; the nearest names are in the message.
        AmbiguousName: several do; they are in the message with their ids.
    """
    return Names(store, *labels).resolve(text)


def _looked_up(entry: Entry, labels: tuple[str, ...]) -> bool:
    return entry.label in labels or ("Actor" in labels and entry.label in ACTOR_LABELS)


def _words(text: str) -> list[str]:
    return [word for word in map(key, text.replace("-", " ").split()) if word]


def _holds(words: list[str], part: list[str]) -> bool:
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))


def _shown(text: str) -> str:
    return repr(text if len(text) <= 80 else f"{text[:80]}…")


def _listed(nodes: list[Node]) -> str:
    told = [f"{node.name} ({node.label.lower()}, {node.id})" for node in nodes[:6]]
    more = len(nodes) - len(told)
    return (", ".join(told[:-1]) + f" or {told[-1]}" if len(told) > 1 else told[0]) + (
        f" and {more} more" if more else ""
    )


def _candidates(nodes: list[Node]) -> list[tuple[str, str, str]]:
    return [(node.id, node.name, node.label) for node in nodes]
