"""What is exported: all nodes and relations of a store, read once, in an order that depends on nothing but them."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Final

from ..batches import Progress, tell_nobody
from ..cypher import CHANGES
from ..errors import StoreError, WriteFailed
from ..evidence import is_ours, pages
from ..schema import ACTOR_LABELS, LABELS, LINKS, RELATIONS
from ..store import GraphStore
from ..subgraph import Edge, Node
from .values import common, type_of

_ENCODE: Final = json.JSONEncoder(default=str).encode
_PAGE: Final = 1_000
_DOCUMENTS_A_PAGE: Final = 100
"""Documents are few and long."""

_ACTORS_KINDS: Final = "|".join(RELATIONS)
_KINDS: Final = "|".join((*RELATIONS, *LINKS))
_EVIDENCE: Final = ("Transfer", "Claim", "Document", "Source")
_IDS: Final = "MATCH (n:{label}) RETURN n.id AS id"
_PAGES: Final = (
    "UNWIND $ids AS id MATCH (n:{key} {{id: id}}) RETURN id, properties(n) AS properties, "
    "[(n)-[r:{kinds}]->(m) | [type(r), m.id, {held}]] AS edges"
)
"""A page of nodes with the relations that start there."""


@dataclass(slots=True)
class Shape:
    """Which nodes or relations there are, without any of them.

    Attributes:
        counts: how many, by label or by kind.
        types: property -> its type, see ``values``; in the order of the names.
    """

    counts: Counter[str] = field(default_factory=Counter)
    types: dict[str, str] = field(default_factory=dict)

    def add(self, what: str, properties: Mapping[str, Any]) -> None:
        """Take one more into account."""
        self.counts[what] += 1
        for name, value in properties.items():
            known = self.types.get(name)
            if known != (kind := type_of(value)):
                self.types[name] = common({kind, known or kind})

    @property
    def total(self) -> int:
        """How many there are in all."""
        return self.counts.total()

    def sort(self) -> None:
        """Put the properties into the order of their names."""
        self.types = dict(sorted(self.types.items()))


@dataclass(slots=True)
class Content:
    """What a store held when it was read; it can be gone through as often as a format needs.

    Attributes:
        node_shape: which nodes there are.
        edge_shape: which relations there are.
        labels: id of each node -> its label.
    """

    node_shape: Shape
    edge_shape: Shape
    labels: dict[str, str]
    _folder: Path

    def in_words(self) -> str:
        """Say how much it is."""
        actors = sum(self.node_shape.counts[label] for label in ACTOR_LABELS)
        return f"{self.node_shape.total:,} nodes, of which {actors:,} actors, and {self.edge_shape.total:,} relations"

    def nodes(self) -> Iterator[Node]:
        """Give the nodes, in the order of the schema's labels and then of their ids.

        Their properties are all that they have beside the id: a claim has no ``name`` among them.
        """
        for node_id, label, properties in _read_lines(self._folder / "nodes"):
            yield Node(node_id, label, str(properties.get("name", node_id)), properties)

    def edges(self) -> Iterator[Edge]:
        """Give the relations, in the order of the nodes at which they start."""
        for kind, start, end, properties in _read_lines(self._folder / "edges"):
            yield Edge(kind, start, end, properties)


@contextmanager
def read_content(
    store: GraphStore, *, only_actors: bool = False, progress: Progress = tell_nobody
) -> Iterator[Content]:
    """Read what a store holds; what is not ours in the same database is left where it is.

    Only a page of it is ever in memory, and the id of each node; the rest waits in temporary files until the end of
    the ``with``.

    Args:
        store: where.
        only_actors: only actors and the relations between two of them.
        progress: is told how many nodes are done.

    Raises:
        WriteFailed: the temporary files cannot be written.
        StoreError: somebody changed the store meanwhile.
        StoreUnreachable: the store does not answer.
    """
    with tempfile.TemporaryDirectory(prefix="legation-") as folder:
        before = store.read(CHANGES).records
        try:
            content = _read(store, ACTOR_LABELS if only_actors else tuple(LABELS), Path(folder), progress)
        except OSError as error:
            raise WriteFailed(
                f"The folder for temporary files takes no more: {error.strerror}: {folder}. Make room there, or name "
                "another with the environment variable TMPDIR."
            ) from error
        if store.read(CHANGES).records != before:
            raise StoreError("Somebody changed the store while it was read. Export it when nobody loads or forgets.")
        yield content


def _read(store: GraphStore, labels: Sequence[str], folder: Path, progress: Progress) -> Content:
    ids: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for label in labels:
        rows = store.read(_IDS.format(label=label))
        ids[label] = sorted({row["id"] for row in rows if is_ours(row["id"]) and row["id"] not in found})
        found |= dict.fromkeys(ids[label], label)
    content = Content(Shape(), Shape(), found, folder)
    done = 0
    with _new(folder / "nodes") as nodes, _new(folder / "edges") as edges:
        for label, held in ids.items():
            asked = _statement(label, _ACTORS_KINDS if labels == ACTOR_LABELS else _KINDS)
            for page in pages(held, _DOCUMENTS_A_PAGE if label == "Document" else _PAGE):
                for row in sorted(store.read(asked, ids=page), key=itemgetter("id")):
                    nodes.write(_node(content, row, label))
                    edges.writelines(_edges(content, row))
                done += len(page)
                progress(done, len(found), "nodes")
    content.node_shape.sort()
    content.edge_shape.sort()
    return content


def _new(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8")


def _statement(label: str, kinds: str) -> str:
    # Of the relations of evidence only ABOUT holds anything, and whole property maps cost as much as all the rest.
    held = "r.role" if label in _EVIDENCE else "properties(r)"
    return _PAGES.format(key="Actor" if LABELS[label].actor else label, kinds=kinds, held=held)


def _node(content: Content, row: Mapping[str, Any], label: str) -> str:
    properties = dict(row["properties"])
    del properties["id"]
    content.node_shape.add(label, properties)
    return f"{_ENCODE((row['id'], label, properties))}\n"


def _edges(content: Content, row: Mapping[str, Any]) -> Iterator[str]:
    made = []
    for kind, end, held in row["edges"]:
        if end in content.labels:
            properties = held if isinstance(held, dict) else {"role": held} if held is not None else {}
            content.edge_shape.add(kind, properties)
            made.append((kind, end, _ENCODE(properties) if properties else "{}"))
    start = _ENCODE(row["id"])
    # Engines give relations in any order.
    return (f'["{kind}", {start}, {_ENCODE(end)}, {held}]\n' for kind, end, held in sorted(made))


def _read_lines(path: Path) -> Iterator[list[Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
