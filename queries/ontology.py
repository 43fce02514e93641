"""The ontology as rows, for those who read rather than program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ..graph.rows import Rows
from ..graph.schema import LABELS, LINKS, RELATIONS, STATUSES, TRANSFER_KINDS, WITHDRAWN


def _relations() -> Rows:
    rows = [
        {
            "relation": kind.name,
            "from": list(kind.start),
            "to": list(kind.end),
            "meaning": kind.meaning,
            "directed": kind.directed,
            "walked": kind.walkable,
            "derived": kind.derived,
        }
        for kind in RELATIONS.values()
    ]
    return Rows(("relation", "from", "to", "meaning", "directed", "walked", "derived"), rows)


def _links() -> Rows:
    rows = [
        {"link": one.name, "from": list(one.start), "to": list(one.end), "meaning": one.meaning}
        for one in LINKS.values()
    ]
    return Rows(("link", "from", "to", "meaning"), rows)


def _labels() -> Rows:
    rows = [
        {"label": one.name, "id begins with": one.prefix or "the code", "meaning": one.meaning}
        for one in LABELS.values()
    ]
    return Rows(("label", "id begins with", "meaning"), rows)


def _statuses() -> Rows:
    rows = [{"status": one.name, "draws": one.draws, "meaning": one.meaning} for one in (*STATUSES.values(), WITHDRAWN)]
    return Rows(("status", "draws", "meaning"), rows)


def _kinds() -> Rows:
    return Rows(("kind", "meaning"), [{"kind": name, "meaning": meaning} for name, meaning in TRANSFER_KINDS.items()])


ONTOLOGY: Final[dict[str, Callable[[], Rows]]] = {
    "relations": _relations,
    "links": _links,
    "labels": _labels,
    "statuses": _statuses,
    "kinds": _kinds,
}
