"""What a statement that somebody typed may do: read the graph, and nothing else.

A server refuses to write in a transaction that may only read, and the embedded engine refuses it to the user who may
only read. Neither of the two keeps a statement from loading a file or an address, from steering the server, or from
calling what a plugin brought along. That is seen here: from the words of the statement, and on a server from its plan,
which no comment, escape or quotation mark can disguise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from ..errors import StatementRefused, StatementWrong
from .tokens import Token, tokens

PROCEDURES: Final = (
    "dbms.components",
    "db.labels",
    "db.relationshipTypes",
    "db.propertyKeys",
    "db.schema.visualization",
    "db.schema.nodeTypeProperties",
    "db.schema.relTypeProperties",
)
"""The procedures that may be called."""

_BEGINNINGS: Final = ("MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL")
_SHOWN_SCHEMA: Final = ("INDEX", "INDEXES", "CONSTRAINT", "CONSTRAINTS")
_WRITING: Final = ("CREATE", "MERGE", "DELETE", "DETACH", "SET", "REMOVE", "FOREACH", "INSERT", "DROP", "ALTER")
_OWN_SPACES: Final = ("date", "datetime", "localdatetime", "localtime", "time", "duration", "point", "vector")
"""What stands before the dot in the names of Cypher's own functions; any other such function is a plugin's."""

_HIDDEN: Final = re.compile(r"\\u|\b(?:call|load|use)\b", re.IGNORECASE)
_STEERING: Final = {
    "LoadCSV": "loading files or addresses",
    "AdministrationCommand": "commands to the server",
    "TerminateTransactions": "ending the work of others",
    "ShowTransactions": "watching the work of others",
    "ShowSettings": "reading the settings of the server",
}
"""Operators of a plan that a transaction runs although it may only read, and what they do."""

_LONGEST: Final = 100_000
"""Characters of a statement: what is longer was not typed, and keeps a planner busy for minutes."""


@lru_cache(maxsize=256)
def refuse_all_but_reading(statement: str) -> None:
    """Look at the words of a statement.

    Raises:
        StatementRefused: it does not begin as a reading statement does, loads files or addresses, or calls a procedure
            that is not on the list or a function that a plugin brought along.
        StatementWrong: it is empty, or too long.
    """
    if len(statement) > _LONGEST:
        raise StatementWrong(f"The statement has {len(statement):,} characters; {_LONGEST:,} is the most.")
    held = tokens(statement)
    if not held:
        raise StatementWrong("The statement is empty. Write one such as: MATCH (n:State) RETURN n.name")
    if held[0].is_word("SHOW") and held[1:2] and held[1].is_word(*_SHOWN_SCHEMA):
        return
    _refuse_beginning(held[0])
    if any(one.is_word("LOAD") and other.is_word("CSV") for one, other in pairwise(held)):
        raise StatementRefused("Only reading of the graph is allowed here, not loading files or addresses.")
    for name in _called(held):
        _refuse_procedure(name)
    for name in _dotted_functions(held):
        if name.partition(".")[0].lower() not in _OWN_SPACES and name.lower() not in _LISTED:
            raise StatementRefused(
                f"{name} is no function of Cypher itself; what plugins bring may not be called here."
            )


def _refuse_beginning(first: Token) -> None:
    if first.is_word("EXPLAIN", "PROFILE"):
        raise StatementRefused(f"{first.text.upper()} gives no rows of the graph. Leave it off.")
    if not first.is_word(*_BEGINNINGS):
        written = "; this one would write" if first.is_word(*_WRITING) else ""
        raise StatementRefused(
            f"Only reading is allowed here: a statement begins with MATCH, OPTIONAL MATCH, UNWIND, WITH, RETURN or "
            f"CALL, not with {_shown(first)}{written}."
        )


def needs_its_plan(statement: str) -> bool:
    r"""Tell whether a server must be asked for the plan of a statement before it may run it.

    Only what calls or loads can do more than read in a transaction that may only read; ``\u`` could spell it.
    """
    return _HIDDEN.search(statement) is not None


def refuse_side_effects(plan: Mapping[str, Any]) -> None:
    """Look at the plan of a statement, as the driver gives it.

    Raises:
        StatementRefused: it loads, steers the server, or calls a procedure that is not on the list.
    """
    operator = str(plan.get("operatorType", "")).partition("@")[0]
    if operator in _STEERING:
        raise StatementRefused(f"Only reading of the graph is allowed here, not {_STEERING[operator]}.")
    if operator == "ProcedureCall":
        _refuse_procedure(str(plan.get("args", {}).get("Details", "")).partition("(")[0])
    for child in plan.get("children", ()):
        refuse_side_effects(child)


_LISTED: Final = {name.lower() for name in PROCEDURES}


def _refuse_procedure(name: str) -> None:
    if name.lower() not in _LISTED:
        raise StatementRefused(f"{name} may not be called here; of procedures there are {', '.join(PROCEDURES)}.")


def _called(held: Sequence[Token]) -> Iterator[str]:
    """Give the names of the procedures that are called; a subquery is none."""
    for at, token in enumerate(held):
        before = held[at - 1] if at else None
        if token.is_word("CALL") and not (before and (before.is_sign(".", ":") or before.is_word("AS"))):
            names = _dotted(held, at + 1)
            if names:
                yield ".".join(names)


def _dotted_functions(held: Sequence[Token]) -> Iterator[str]:
    for at, token in enumerate(held):
        if token.kind in ("name", "quoted") and not (at and held[at - 1].is_sign(".")):
            names = _dotted(held, at)
            behind = at + 2 * len(names) - 1
            if "." in (name := ".".join(names)) and behind < len(held) and held[behind].is_sign("("):
                yield name


def _dotted(held: Sequence[Token], at: int) -> list[str]:
    """Give the names with dots between them that stand from an index on; empty if none stands there."""
    parts = []
    while at < len(held) and held[at].kind in ("name", "quoted"):
        parts.append(held[at].text.strip("`"))
        if at + 1 >= len(held) or not held[at + 1].is_sign("."):
            break
        at += 2
    return parts


def _shown(token: Token) -> str:
    return token.text if len(token.text) <= 20 else f"{token.text[:20]}…"
