"""What the embedded engine answers otherwise than a server: written so that both answer the same, or refused.

Found by asking both the same (tests/differential). Each is rewritten where that is provably the same, and else refused:

* A condition that says OR, XOR or NOT of several variables may be looked at before all of them are found. It moves
  behind a ``WITH *``.
* A pattern may take a variable that is null (left so by OPTIONAL MATCH, or from a list) for one that is still to be
  found. Before a MATCH the rows without it are dropped, for they match nothing; elsewhere it is refused, unless the
  statement itself says ``IS NOT NULL``.
* What an UNWIND behind a MATCH gave is not known yet where the next MATCH is looked for. A ``WITH *`` comes between.
* A pattern is true or false only as a condition of its own; a CASE, a list or a comparison takes it for false. It is
  put into EXISTS.
* A WHERE behind the LIMIT of a WITH is looked at before that. It moves behind a ``WITH *``.
* A relation that is named before is looked for anew where a pattern names it again. It is refused.
* A condition on a shortest path is looked at after the search instead of during it. It is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ..errors import StatementRefused
from .clauses import (
    Clause,
    Pattern,
    alias_of,
    alternatives,
    clauses,
    items_of,
    patterns,
    predicates_as_values,
    split,
    subqueries,
    to_name,
    to_pattern,
)
from .tokens import Token, closing, tokens

_MANY: Final = 2

Scope = dict[str, bool]
"""The variables that are known, and whether each is surely not null."""


@lru_cache(maxsize=256)
def to_safe(statement: str) -> str:
    """Give a statement that the embedded engine answers as a server answers this one.

    Raises:
        StatementRefused: it has a shape that the engine answers wrongly, and no other that is surely the same.
    """
    walk = _Walk(statement)
    walk.query(tokens(statement), {})
    return walk.edited()


@dataclass(slots=True)
class _Walk:
    """Goes through a statement clause by clause, knowing which variables may be null."""

    statement: str
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    def edited(self) -> str:
        return self.between(0, len(self.statement))

    def between(self, start: int, stop: int) -> str:
        """Give a part of the statement with the edits that lie in it."""
        text = self.statement[start:stop]
        inside = (edit for edit in self.edits if start <= edit[0] and edit[1] <= stop)
        for begin, end, put in sorted(inside, reverse=True):
            text = text[: begin - start] + put + text[end - start :]
        return text

    def query(self, held: Sequence[Token], outer: Scope, *, in_expression: bool = False) -> Scope:
        """Go through one query and give what it returns."""
        scope = dict(outer)
        found = list(clauses(held))
        self.edits += [(clause.held[0].start,) * 2 + ("WITH * ",) for clause in _behind_unwind(found)]
        for clause in found:
            if clause.kind == "MATCH":
                self.match(clause, scope, in_expression=in_expression)
            elif clause.kind == "OPTIONAL" and not (clause.body and clause.held[1].is_word("CALL")):
                self.optional(clause, scope)
            elif clause.kind in ("WITH", "RETURN"):
                scope = self.project(clause, scope)
            elif clause.kind == "UNWIND":
                self.expression(clause.body, scope)
                scope[alias_of(clause.body)] = False
            elif clause.kind in ("CALL", "OPTIONAL"):
                self.call(clause, scope)
            elif clause.kind == "UNION":
                scope = dict(outer)
            elif in_expression:
                self.bare(clause.held, scope)
        return scope

    def match(self, clause: Clause, scope: Scope, *, in_expression: bool) -> None:
        pattern = to_pattern(clause.body)
        unsure = _unsure(pattern, scope)
        if not in_expression:
            _refuse_found(pattern, scope)
        if unsure and in_expression:
            _refuse_inside(pattern, unsure)
        elif unsure:
            there = " AND ".join(f"{_quoted(name)} IS NOT NULL" for name in unsure)
            self.edits.append((clause.held[0].start, clause.held[0].start, f"WITH * WHERE {there} "))
        scope |= dict.fromkeys(pattern.variables, True)
        self.condition(clause, scope, moves=not in_expression)
        _refuse_shortest(pattern, clause.condition)

    def optional(self, clause: Clause, scope: Scope) -> None:
        pattern = to_pattern(clause.body)
        _refuse_found(pattern, scope)
        unsure = _unsure(pattern, scope)
        alone = sum(name in scope for name in pattern.variables) == 1
        if unsure and not (pattern.plain and pattern.steps == 1 and alone):
            raise StatementRefused(
                f"{unsure[0]} may be null where OPTIONAL MATCH uses it, which the embedded store answers otherwise "
                f"than Neo4j does. Put WITH * WHERE {unsure[0]} IS NOT NULL before it, or match one relation at a time."
            )
        _refuse_shortest(pattern, clause.condition)
        found = scope | dict.fromkeys(pattern.variables, True)
        self.condition(clause, found, moves=False)
        scope |= {name: scope.get(name, False) for name in pattern.variables}

    def project(self, clause: Clause, scope: Scope) -> Scope:
        """Go through a WITH or RETURN and give the variables behind it."""
        self.expression(clause.body, scope)
        kept: Scope = {}
        for item in split(items_of(clause), ","):
            if item and item[0].is_sign("*"):
                kept |= scope
            elif len(item) == 1 and item[0].kind in ("name", "quoted"):
                kept[to_name(item[0])] = scope.get(to_name(item[0]), False)
            else:
                source = to_name(item[0]) if item and len(item) == len(("a", "AS", "b")) else ""
                kept[alias_of(item)] = scope.get(source, False)
        if clause.condition and len(split(clause.body, "SKIP", "LIMIT", "OFFSET")) > 1:
            where = clause.held[clause.where].start
            self.edits.append((where, where, "WITH * "))
        # What ORDER BY and WHERE say may name what was there before as well.
        self.condition(clause, scope | kept, moves=False)
        kept |= {name: True for name in _named_as_there(clause.condition) if name in kept}
        return kept

    def call(self, clause: Clause, scope: Scope) -> None:
        """Go through a subquery, or take what a procedure yields."""
        braces = next((at for at, token in enumerate(clause.held) if token.is_sign("{")), None)
        if braces is None:
            scope |= dict.fromkeys(_yielded(clause.held), False)
        else:
            inner = clause.held[braces + 1 : closing(clause.held, braces)]
            given = self.query(inner, scope)
            scope |= {name: False for name in given if name not in scope}

    def bare(self, held: Sequence[Token], scope: Scope) -> None:
        """Go through a pattern in the braces of EXISTS or COUNT, that stands there without MATCH."""
        where = next((at for at, token in enumerate(held) if token.is_word("WHERE")), len(held))
        pattern = to_pattern(held[:where])
        unsure = _unsure(pattern, scope)
        if unsure:
            _refuse_inside(pattern, unsure)
        self.expression(held[where + 1 :], scope | dict.fromkeys(pattern.variables, True))

    def condition(self, clause: Clause, scope: Scope, *, moves: bool) -> None:
        """Go through the condition of a clause; what says OR, XOR or NOT of several variables moves behind WITH *."""
        held = clause.condition
        if not held:
            return
        self.expression(held, scope | dict.fromkeys(_named_as_there(held), True))
        parts = [held] if len(split(held, "OR", "XOR")) > 1 else split(held, "AND")
        late = [part for part in parts if alternatives(part) and len(_used(part, scope)) >= _MANY]
        if moves and late:
            early = [part for part in parts if part not in late]
            first = f"WHERE {' AND '.join(map(self.text, early))} " if early else ""
            rest = f"WITH * WHERE {' AND '.join(map(self.text, late))}"
            begin, end = clause.held[clause.where].start, held[-1].end
            self.edits = [edit for edit in self.edits if not (begin <= edit[0] and edit[1] <= end)]
            self.edits.append((begin, end, first + rest))

    def expression(self, held: Sequence[Token], scope: Scope) -> None:
        """Go through the patterns and subqueries of an expression."""
        for begin, end in predicates_as_values(held):
            self.edits += [(held[begin].start,) * 2 + ("EXISTS { ",), (held[end - 1].end,) * 2 + (" }",)]
        for pattern in patterns(held):
            _refuse_found(pattern, scope)
            unsure = _unsure(pattern, scope)
            if unsure:
                raise StatementRefused(_INSIDE.format(name=unsure[0]))
        for inner in subqueries(held):
            self.query(inner, scope, in_expression=True)

    def text(self, held: Sequence[Token]) -> str:
        return self.between(held[0].start, held[-1].end)


def _behind_unwind(found: Iterable[Clause]) -> Iterator[Clause]:
    """Give each MATCH that has an UNWIND before it, and before that a MATCH, with no WITH between them."""
    matched = unwound = False
    for clause in found:
        if clause.kind in ("MATCH", "OPTIONAL"):
            if unwound:
                yield clause
            matched, unwound = True, False
        elif clause.kind == "UNWIND":
            unwound = matched
        elif clause.kind in ("WITH", "UNION"):
            matched = unwound = False


_INSIDE: Final = (
    "{name} may be null where a pattern uses it, which the embedded store answers otherwise than Neo4j does. "
    "Put WITH * WHERE {name} IS NOT NULL before it."
)


def _refuse_found(pattern: Pattern, scope: Scope) -> None:
    twice = {name for name in pattern.relations if pattern.variables.count(name) > 1}
    again = sorted(twice | (pattern.relations & scope.keys()))
    if again:
        raise StatementRefused(
            f"The relation {again[0]} is named before, and the embedded store looks for another where a pattern names "
            f"it again. Compare its ends instead: startNode({again[0]}) = a, endNode({again[0]}) = b."
        )


def _refuse_inside(pattern: Pattern, unsure: Sequence[str]) -> None:
    if pattern.steps > 1 or not pattern.plain or pattern.relations & set(unsure):
        raise StatementRefused(_INSIDE.format(name=unsure[0]))


def _refuse_shortest(pattern: Pattern, condition: Sequence[Token]) -> None:
    named = sorted(pattern.inner & {to_name(token) for token in condition if token.kind in ("name", "quoted")})
    if named:
        raise StatementRefused(
            f"The condition on {named[0]} is looked at during the search for the shortest path by Neo4j, and after it "
            f"by the embedded store. Write MATCH p = (a)-[*..4]-(b) WHERE … ORDER BY length(p) LIMIT 1 instead."
        )


def _unsure(pattern: Pattern, scope: Scope) -> list[str]:
    return [name for name in dict.fromkeys(pattern.variables) if scope.get(name) is False]


def _used(held: Sequence[Token], scope: Scope) -> set[str]:
    """Give the variables in an expression."""
    return {
        to_name(token)
        for at, token in enumerate(held)
        if token.kind in ("name", "quoted") and not (at and held[at - 1].is_sign(".", ":")) and to_name(token) in scope
    }


def _named_as_there(condition: Sequence[Token]) -> set[str]:
    """Give the variables of which a condition says IS NOT NULL, together with whatever else it says."""
    parts = [] if len(split(condition, "OR", "XOR")) > 1 else split(condition, "AND")
    return {
        to_name(part[0])
        for part in parts
        if len(part) == len(("x", "IS", "NOT", "NULL"))
        and part[0].kind in ("name", "quoted")
        and [token.text.upper() for token in part[1:]] == ["IS", "NOT", "NULL"]
    }


def _yielded(held: Sequence[Token]) -> Iterable[str]:
    at = next((at for at, token in enumerate(held) if token.is_word("YIELD")), len(held))
    return (to_name(part[-1]) for part in split(held[at + 1 :], ",") if part and part[-1].kind in ("name", "quoted"))


def _quoted(name: str) -> str:
    return name if name.isidentifier() else f"`{name.replace('`', '``')}`"
