"""Carries out the remedies of a check, in the order in which they can follow one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from . import cypher
from .evidence import pages
from .findings import (
    Connect,
    Create,
    Declare,
    Delete,
    DeleteLonely,
    Disconnect,
    KeepOne,
    Refold,
    Remedy,
    SetLabels,
    SetProperties,
)
from .schema import LABELS, key_label, labels_of
from .store import GraphStore

_RemedyT = TypeVar("_RemedyT", bound=Remedy)
_Run = Callable[..., Any]

_KEEP_ONE: Final = (
    "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WITH id, n, COUNT {{ (n)--() }} AS held ORDER BY held DESC "
    "WITH id, collect(n) AS same UNWIND same[1..] AS n DETACH DELETE n"
)
_DELETE: Final = "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n"
_SET_LABELS: Final = "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) {change}"


def mend(store: GraphStore, remedies: Sequence[Remedy]) -> None:
    """Carry out remedies; what one repair makes possible is left to the next check.

    Raises:
        WriteFailed: the store refused.
        StoreUnreachable: the store does not answer.
    """
    doubles, statements = _all(KeepOne, remedies), _all(Declare, remedies)
    if doubles or statements:
        _in_one(store, lambda run: _keep_one(run, doubles))
        for wanted in statements:
            _in_one(store, partial(_declare, wanted.statement))
        return
    for one in _all(SetLabels, remedies):
        _set_labels(store, one)
    _in_one(store, lambda run: _put_right(run, remedies))
    blocks = sorted({one.block for one in _all(Refold, remedies)})
    if blocks:
        store.refold(blocks)
    lonely = _all(DeleteLonely, remedies)
    if lonely:
        _in_one(store, lambda run: _delete_lonely(run, lonely))


def _put_right(run: _Run, remedies: Sequence[Remedy]) -> None:
    run(cypher.LOCK)
    _disconnect(run, _all(Disconnect, remedies))
    for label, ids in _by_label(one.id for one in _all(Delete, remedies)):
        _paged(run, _DELETE.format(label=label), ids=ids)
    _create(run, _all(Create, remedies))
    values: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one_set in _all(SetProperties, remedies):
        values[key_label(one_set.id)].append({"id": one_set.id, "values": dict(one_set.values)})
    for label, rows in sorted(values.items()):
        _paged(run, cypher.set_properties(label), rows=rows)
    _connect(run, _all(Connect, remedies))


def _create(run: _Run, remedies: Iterable[Create]) -> None:
    rows: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for one in remedies:
        rows[labels_of(one.id)].append({"id": one.id, **one.values})
    for labels, nodes in sorted(rows.items()):
        _paged(run, cypher.create_nodes(labels), rows=nodes)


def _delete_lonely(run: _Run, remedies: Iterable[DeleteLonely]) -> None:
    run(cypher.LOCK)
    for label, ids in _by_label(one.id for one in remedies):
        _paged(run, cypher.delete_lonely(label), ids=ids)


def _disconnect(run: _Run, remedies: Iterable[Disconnect]) -> None:
    rows: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for one in remedies:
        rows[one.kind, key_label(one.start), key_label(one.end)].append({"start": one.start, "end": one.end})
    for key, edges in sorted(rows.items()):
        _paged(run, cypher.delete_relations(*key), rows=edges)


def _connect(run: _Run, remedies: Iterable[Connect]) -> None:
    rows: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for one in remedies:
        edge = {"start": one.start, "end": one.end, "values": dict(one.values)}
        rows[one.kind, key_label(one.start), key_label(one.end)].append(edge)
    for key, edges in sorted(rows.items()):
        _paged(run, cypher.create_edges(*key), rows=edges)


def _set_labels(store: GraphStore, one: SetLabels) -> None:
    """Put labels on a node before others are taken off, so that it is always found."""
    if not {one.held, *one.add, *one.remove} <= LABELS.keys() | {"Actor"}:
        raise ValueError(f"{one} names a label that the schema does not have")
    for word, labels in (("SET", one.add), ("REMOVE", one.remove)):
        for label in labels:
            # The embedded engine moves a node when its labels change; two moves in one transaction are two nodes to it.
            _in_one(store, partial(_run_for, _SET_LABELS.format(label=one.held, change=f"{word} n:{label}"), one.id))


def _keep_one(run: _Run, doubles: Iterable[KeepOne]) -> None:
    by_label: dict[str, list[str]] = defaultdict(list)
    for one in doubles:
        by_label[one.label].append(one.id)
    for label, ids in sorted(by_label.items()):
        _paged(run, _KEEP_ONE.format(label=label), ids=ids)


def _run_for(statement: str, node_id: str, run: _Run) -> None:
    run(statement, ids=[node_id])


def _declare(statement: str, run: _Run) -> None:
    run(statement)


def _paged(run: _Run, statement: str, **items: Sequence[Any]) -> None:
    ((name, values),) = items.items()
    for page in pages(values):
        run(statement, **{name: page})


def _all(kind: type[_RemedyT], remedies: Iterable[Remedy]) -> list[_RemedyT]:
    return [one for one in remedies if isinstance(one, kind)]


def _by_label(ids: Iterable[str]) -> list[tuple[str, list[str]]]:
    parts: dict[str, list[str]] = defaultdict(list)
    for node_id in ids:
        parts[key_label(node_id)].append(node_id)
    return sorted(parts.items())


def _in_one(store: GraphStore, work: Callable[[_Run], None]) -> None:
    """Run statements in one transaction, whether or not constraints and indexes are in order."""
    store.mend(lambda transaction: work(transaction.run))
