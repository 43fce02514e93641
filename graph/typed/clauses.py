"""The clauses of a Cypher statement, and the patterns in them, as far as one can tell from its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .tokens import Token, closing

_STARTS: Final = ("MATCH", "OPTIONAL", "WITH", "UNWIND", "CALL", "RETURN", "UNION")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    Attributes:
        kind: ``MATCH``, ``OPTIONAL`` (a MATCH or CALL that is), ``WITH``, ``UNWIND``, ``CALL``, ``RETURN``, ``UNION``;
            empty for what stands before the first of these.
        held: its tokens, the keyword first.
    """

    kind: str
    held: Sequence[Token]

    @property
    def where(self) -> int:
        """The index of its WHERE; the number of its tokens if it has none."""
        return next((at for at in outside(self.held) if self.held[at].is_word("WHERE")), len(self.held))

    @property
    def body(self) -> Sequence[Token]:
        """What stands between its keywords and its WHERE."""
        first = 2 if self.kind == "OPTIONAL" else 1
        return self.held[first : self.where]

    @property
    def condition(self) -> Sequence[Token]:
        """What stands behind its WHERE."""
        return self.held[self.where + 1 :]


def clauses(held: Sequence[Token]) -> Iterator[Clause]:
    """Part the tokens of one query into its clauses; subqueries in brackets stay inside the clause that holds them."""
    kind, begin = "", 0
    for at in outside(held):
        if at >= begin and _starts(held, at) and not (kind == "OPTIONAL" and at == begin + 1):
            if at > begin:
                yield Clause(kind, held[begin:at])
            kind, begin = held[at].text.upper(), at
    if begin < len(held):
        yield Clause(kind, held[begin:])


def to_columns(statement: str, held: Sequence[Token]) -> tuple[str, ...]:
    """Give the names of the columns that a statement returns; none if it says so with ``*`` or does not say."""
    last = [clause for clause in clauses(held) if clause.kind == "RETURN"][-1:]
    items = [item for clause in last for item in split(items_of(clause), ",") if item]
    if any(item[0].is_sign("*") for item in items):
        return ()
    return tuple(alias_of(item) or statement[item[0].start : item[-1].end] for item in items)


def items_of(clause: Clause) -> Sequence[Token]:
    """Give what a WITH or RETURN projects, without DISTINCT, ORDER BY, SKIP and LIMIT."""
    begin = 1 if clause.body and clause.body[0].is_word("DISTINCT") else 0
    return split(clause.body[begin:], "ORDER", "SKIP", "LIMIT", "OFFSET")[0]


def alias_of(item: Sequence[Token]) -> str:
    """Give the name that an item of a projection, or an UNWIND, gives its value; empty if it gives none."""
    if len(item) == 1 and item[0].kind == "quoted":
        return to_name(item[0])
    return to_name(item[-1]) if len(item) > 1 and item[-2].is_word("AS") else ""


def _starts(held: Sequence[Token], at: int) -> bool:
    before = held[at - 1] if at else None
    named = before is not None and (before.is_sign(".", ":", "|", "&", "!") or before.is_word("AS", "STARTS", "ENDS"))
    return held[at].is_word(*_STARTS) and not named


def outside(held: Sequence[Token]) -> Iterator[int]:
    """Give the indexes of the tokens that stand in no bracket; of brackets, those of the opening ones."""
    at = 0
    while at < len(held):
        yield at
        at = closing(held, at) + 1 if held[at].is_sign("(", "[", "{") else at + 1


def split(held: Sequence[Token], *words: str) -> list[Sequence[Token]]:
    """Part tokens at these keywords or signs, where they stand in no bracket."""
    cuts = [at for at in outside(held) if held[at].is_word(*words) or held[at].is_sign(*words)]
    return [held[begin + 1 : end] for begin, end in zip([-1, *cuts], [*cuts, len(held)], strict=True)]


def alternatives(held: Sequence[Token]) -> bool:
    """Tell whether a condition says OR, XOR or NOT anywhere, but for IS NOT NULL."""
    return any(
        token.is_word("OR", "XOR") or (token.is_word("NOT") and not (at and held[at - 1].is_word("IS")))
        for at, token in enumerate(held)
    )


@dataclass(frozen=True, slots=True)
class Pattern:
    """One path pattern, or several with commas between them.

    Attributes:
        variables: the names of nodes, relations and paths, as often as they stand there.
        steps: how many relations.
        plain: whether each relation is a single step and the path has no name.
        inner: names of the paths and relations that a shortest path is to find.
        relations: names of the relations.
    """

    variables: tuple[str, ...]
    steps: int
    plain: bool
    inner: frozenset[str]
    relations: frozenset[str]


def to_pattern(held: Sequence[Token]) -> Pattern:
    """Read a pattern, as it stands behind MATCH or in brackets."""
    variables: list[str] = []
    inner: set[str] = set()
    dashes = 0
    plain = True
    for at, token, in_relation in _marks(held):
        behind = held[at + 1] if at + 1 < len(held) else None
        if token.is_sign("(", "[") and behind is not None and behind.kind in ("name", "quoted"):
            if not (token.is_sign("(") and behind.is_word("WHERE")):
                variables.append(to_name(behind))
        elif token.is_sign("=") and at and held[at - 1].kind in ("name", "quoted") and not in_relation:
            variables.append(to_name(held[at - 1]))
            plain = False
            if behind is not None and behind.is_word("SHORTESTPATH", "ALLSHORTESTPATHS"):
                inner.add(to_name(held[at - 1]))
        elif token.is_word("SHORTESTPATH", "ALLSHORTESTPATHS"):
            end = closing(held, at + 1)
            found = held[at + 1 : end]
            inner |= {to_name(found[n + 1]) for n in range(len(found) - 1) if _names_relation(found, n)}
        elif token.is_sign("*", "+") or (token.is_sign("{") and at and held[at - 1].is_sign(")", "-", ">")):
            plain = False
        elif token.is_sign("-") and not in_relation:
            dashes += 1
    relations = {to_name(held[at + 1]) for at in range(len(held) - 1) if _names_relation(held, at)}
    return Pattern(tuple(variables), dashes // 2, plain, frozenset(inner), frozenset(relations))


def _names_relation(held: Sequence[Token], at: int) -> bool:
    return held[at].is_sign("[") and held[at + 1].kind in ("name", "quoted")


def _marks(held: Sequence[Token]) -> Iterator[tuple[int, Token, bool]]:
    """Give each token with its index but for those inside of property maps, and whether it stands in a relation."""
    at, relation_until = 0, -1
    while at < len(held):
        token = held[at]
        yield at, token, at < relation_until
        if token.is_sign("["):
            relation_until = closing(held, at)
        at = closing(held, at) + 1 if token.is_sign("{") else at + 1


def patterns(held: Sequence[Token]) -> Iterator[Pattern]:
    """Give the patterns in an expression: pattern predicates, and those of pattern comprehensions.

    Patterns in subqueries (EXISTS, COUNT, COLLECT) are not among them.
    """
    at = 0
    while at < len(held):
        token = held[at]
        if token.is_sign("{") and at and held[at - 1].is_word("EXISTS", "COUNT", "COLLECT"):
            at = closing(held, at) + 1
        elif token.is_sign("(") and (end := _end_of_pattern(held, at)) > at:
            yield to_pattern(held[at:end])
            at = end
        else:
            at += 1


def predicates_as_values(held: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Give where the pattern predicates begin and end whose truth a CASE, a list or a comparison takes as a value."""
    opened: list[str] = []
    at = 0
    while at < len(held):
        token, end = held[at], at
        if token.is_sign("{") and at and held[at - 1].is_word("EXISTS", "COUNT", "COLLECT"):
            end = closing(held, at)
        elif token.is_sign("(") and (end := _end_of_pattern(held, at)) > at:
            listed = held[at - 1].is_sign("[") or (at > 2 and held[at - 1].is_sign("=") and held[at - 3].is_sign("["))
            if not (at and listed) and (opened or _is_compared(held, at, end)):
                yield at, end
            end -= 1
        elif token.is_word("CASE") or token.is_sign("["):
            opened.append(token.text)
        elif opened and (token.is_word("END") or token.is_sign("]")):
            opened.pop()
        at = max(at, end) + 1


def _is_compared(held: Sequence[Token], begin: int, end: int) -> bool:
    while begin and end < len(held) and held[begin - 1].is_sign("(") and held[end].is_sign(")"):
        begin, end = begin - 1, end + 1
    before, behind = held[begin - 1] if begin else None, held[end] if end < len(held) else None
    return (before is not None and (before.is_sign("=", "<", ">") or before.is_word("IN"))) or (
        behind is not None and (behind.is_sign("=", "<", ">") or behind.is_word("IN", "IS"))
    )


def _end_of_pattern(held: Sequence[Token], at: int) -> int:
    """Give the index behind the pattern that begins at a bracket; the same index if none does."""
    end = at
    node = closing(held, at)
    while node < len(held):
        step = node + 1
        while step < len(held) and held[step].is_sign("<", "-", ">", "["):
            step = closing(held, step) + 1 if held[step].is_sign("[") else step + 1
        dashes = sum(token.is_sign("-") for token in held[node + 1 : step])
        if dashes < 2 or step >= len(held) or not held[step].is_sign("("):
            break
        node = closing(held, step)
        end = node + 1
    return end


def subqueries(held: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Give what stands in the braces of EXISTS, COUNT and COLLECT in an expression; what those hold is not given."""
    at = 0
    while at < len(held):
        if held[at].is_sign("{") and at and held[at - 1].is_word("EXISTS", "COUNT", "COLLECT"):
            end = closing(held, at)
            yield held[at + 1 : end]
            at = end
        at += 1


def to_name(token: Token) -> str:
    """Give the name that a token stands for."""
    return token.text[1:-1].replace("``", "`") if token.kind == "quoted" else token.text
