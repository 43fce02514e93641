"""What the official driver gives and raises, in our own types and words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from neo4j import exceptions
from neo4j import graph as given

from .address import first_cause, first_reason
from .errors import StatementRefused, StatementTooLong, StatementWrong, StoreUnreachable, WriteFailed
from .subgraph import Edge, Node, Route
from .waiting import TookTooLong

_FORBIDDEN: Final = "Neo.ClientError.Security.Forbidden"
_REFUSED: Final = (_FORBIDDEN, "Neo.ClientError.Statement.AccessMode")
_NO_WRITES: Final = (exceptions.NotALeader, exceptions.ForbiddenOnReadOnlyDatabase)
RIGHTS: Final = "docs/server.md says which rights a user needs."

_SCALARS: Final = frozenset({str, int, float, bool, type(None)})
"""What nearly all values are, so they are told first: a check of a store looks at millions."""


def bare_ends(value: Any) -> Iterator[str]:
    """Give the engine's ids of the nodes at which relations in a value end, where nothing else is said of these."""
    if type(value) in _SCALARS:
        return
    if isinstance(value, list | dict):  # before the driver's own types, which take ten times as long to be told
        for item in value.values() if isinstance(value, dict) else value:
            if type(item) not in _SCALARS:  # here too: a call for each of a million texts is what reading would cost
                yield from bare_ends(item)
    elif isinstance(value, given.Relationship):
        yield from (node.element_id for node in value.nodes if node is not None and "id" not in node)
    elif isinstance(value, given.Path):
        for relation in value.relationships:
            yield from bare_ends(relation)


def to_plain(value: Any, ids: Mapping[str, str]) -> Any:
    """Turn what the driver gives into our own and Python's types; what has names has them in the same order always.

    Args:
        value: of a record.
        ids: our id for each of the engine's, for nodes of which a relation says nothing but that.
    """
    if type(value) in _SCALARS:
        return value
    if isinstance(value, list):
        return [item if type(item) in _SCALARS else to_plain(item, ids) for item in value]
    if isinstance(value, dict):
        return {key: item if type(item) in _SCALARS else to_plain(item, ids) for key, item in sorted(value.items())}
    if isinstance(value, given.Node):
        return _node(value, ids)
    if isinstance(value, given.Relationship):
        return _edge(value, ids)
    if isinstance(value, given.Path):
        nodes = tuple(_node(node, ids) for node in value.nodes)
        return Route(nodes, tuple(_edge(relation, ids) for relation in value.relationships))
    return value.iso_format() if hasattr(value, "iso_format") else value


def _node(node: given.Node, ids: Mapping[str, str]) -> Node:
    properties = {name: to_plain(value, ids) for name, value in sorted(node.items())}
    label = next((label for label in sorted(node.labels) if label != "Actor"), "")
    node_id = str(properties.pop("id", node.element_id))
    return Node(node_id, label, str(properties.pop("name", node_id)), properties)


def _edge(edge: given.Relationship, ids: Mapping[str, str]) -> Edge:
    ends = ["" if node is None else _end(node, ids) for node in edge.nodes]
    return Edge(edge.type, ends[0], ends[1], {name: to_plain(value, ids) for name, value in sorted(edge.items())})


def _end(node: given.Node, ids: Mapping[str, str]) -> str:
    return str(node["id"] if "id" in node else ids.get(node.element_id, node.element_id))


@contextmanager
def read_errors(store: str, seconds: float | None, *, shared: bool) -> Iterator[None]:
    """Turn what reading raises into errors of ours.

    Args:
        store: its name.
        seconds: how long the statement might take.
        shared: whether it is on a server, where users have rights; who reads in the embedded engine has no others.
    """
    try:
        yield
    except TookTooLong as error:
        raise StatementTooLong(
            f"The statement did not answer within {seconds:g} seconds and was stopped. Ask for less, or give it more "
            "time with --timeout."
        ) from error
    except exceptions.TransientError as error:
        raise StoreUnreachable(f"The store {store} could not answer now: {reason(error)} Try again.") from error
    except exceptions.Neo4jError as error:
        if shared and error.code == _FORBIDDEN:
            raise StatementRefused(f"The store {store} does not allow that: {reason(error)} {RIGHTS}") from error
        if error.code in _REFUSED:
            raise StatementRefused(f"Only reading is allowed here; the graph is as it was. {reason(error)}") from error
        raise StatementWrong(reason(error)) from error
    except exceptions.DriverError as error:
        raise StoreUnreachable(f"The store {store} did not answer: {first_reason(error)}.") from error


@contextmanager
def write_errors(store: str, hint: Callable[[], str]) -> Iterator[None]:
    """Turn what writing raises into errors of ours."""
    try:
        yield
    except (exceptions.ServiceUnavailable, exceptions.SessionExpired, *_NO_WRITES) as error:
        refused = first_cause(error)
        if isinstance(refused, _NO_WRITES):
            raise StoreUnreachable(
                f"The store {store} takes no writes now: {reason(refused)} Nothing of this document is in it. Of a "
                "cluster only the leader writes: an address that begins with neo4j:// finds it."
            ) from error
        raise StoreUnreachable(
            f"The store {store} stopped answering: {first_reason(error)}. This document is in it whole or not at all; "
            "when the store is back, load it again."
        ) from error
    except exceptions.Forbidden as error:
        raise StoreUnreachable(
            f"The store {store} does not let this user write; nothing of this document is in it: {reason(error)} "
            f"{RIGHTS}"
        ) from error
    except exceptions.ConstraintError as error:
        raise WriteFailed(
            f"A constraint in the store {store} forbids it; nothing of this document is in it: {reason(error)} "
            "`legation check` tells of constraints that others have put on labels of legation."
        ) from error
    except (exceptions.DriverError, exceptions.Neo4jError, ValueError, OverflowError) as error:
        raise WriteFailed(
            f"The store {store} refused to write; nothing of this document is in it: {reason(error)}{hint()}"
        ) from error


@contextmanager
def value_errors() -> Iterator[None]:
    """Say of a parameter that has no form in which it can be sent."""
    try:
        yield
    except (ValueError, OverflowError) as error:
        raise StatementWrong(f"A value cannot be sent to the store: {reason(error)}") from error


def reason(error: Exception) -> str:
    """Give the reason of a driver's error in its own words, without codes."""
    text = str(getattr(error, "message", None) or error).strip()
    return text if text.endswith((".", "!", "?", "^")) or "\n" in text else f"{text}."
