"""A mapping as a function of a row: what the cells state, or why nothing is taken from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, Final, TypeAlias

from ...graph.errors import LoadError
from ...graph.statements import DescriptionStatement, Party, RelationStatement, Statement, TransferStatement
from .conditions import Cells, Check, to_check
from .keeping import kept
from .model import Fold, MappingSpec, MappingWrong, StatementSpec, Value
from .parties import GetParties, to_parties
from .sameness import to_missing
from .schema import STATEMENTS, Key
from .values import to_get

_MOST_OF_A_ROW: Final = 2_000
"""Statements of one row."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing that a row states, and how.

    Attributes:
        statement: what.
        modality: how the source says it.
        confidence: how sure the mapping is.
        fold: how it becomes one with what the next rows state; None if it does not.
        place: number of the statement in the mapping.
    """

    statement: Statement
    modality: str
    confidence: float
    fold: Fold | None
    place: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that the mapping leaves out."""

    because: str


@dataclass(frozen=True, slots=True)
class OfRow:
    """What a row states, and why its other statements are not made: what each is, and what is lacking."""

    stated: list[Stated]
    not_made: list[str]


ToStated: TypeAlias = Callable[[Cells], "OfRow | LeftOut"]
"""Tells what a row states; raises LoadError for a row that cannot be understood."""


def to_rows(spec: MappingSpec, columns: Mapping[str, int]) -> ToStated:
    """Make the function that tells what a row states.

    Args:
        spec: the mapping.
        columns: column -> place in a row.
    """
    missing = to_missing(spec.missing)
    parties = to_parties(spec, columns, missing)
    left_out = [(to_check(one.when, columns, missing), LeftOut(one.because)) for one in spec.leave_out]
    makers = [_to_statements(one, at, columns, missing, parties) for at, one in enumerate(spec.statements)]

    def stated(cells: Cells) -> OfRow | LeftOut:
        for check, because in left_out:
            if check(cells):
                return because
        found: list[Stated] = []
        lacking: list[tuple[str, str]] = []
        for one, make in zip(spec.statements, makers, strict=True):
            why: list[str] = []
            found += make(cells, why)
            lacking += [(one.states, reason) for reason in why]
            _refuse_many(len(found))
        if not found:
            raise LoadError(
                f"nothing is stated in it: {'; '.join(dict.fromkeys(reason for _, reason in lacking)) or 'no case'}"
            )
        return OfRow(found, [f"{states}: {reason}" for states, reason in lacking])

    return kept(stated, (columns[name] for name in spec.columns_read()))


def _to_statements(
    spec: StatementSpec,
    place: int,
    columns: Mapping[str, int],
    missing: frozenset[str],
    parties: Mapping[str, GetParties],
) -> Callable[[Cells, list[str]], list[Stated]]:
    """Make the function that gives what one statement of a mapping states of a row, and adds why it does not."""
    keys = STATEMENTS[spec.states]
    check: Check = to_check(spec.when, columns, missing) if spec.when else lambda cells: True
    fields: list[tuple[str, Callable[[Cells], Any]]] = [
        (name, _to_field(values, keys[name], columns, missing)) for name, values in spec.values.items()
    ]
    for name, names in spec.parties.items():
        if not keys[name].needed:
            fields.append((name, _to_further([parties[one] for one in names])))
    ends = [(name, names[0], parties[names[0]]) for name, names in spec.parties.items() if keys[name].needed]
    make = _MAKERS.get(spec.states, _relation)

    def get(cells: Cells, why: list[str]) -> list[Stated]:
        if not check(cells):
            return []  # the mapping says so
        found: list[tuple[Party, ...]] = []
        for _, called, party in ends:
            found.append(named := party(cells))
            if not named:
                why.append(f"{called} is empty")
                return []
        _refuse_many(prod(map(len, found)))  # before they are made: two cells of a thousand names make a million
        told = {name: value for name, field in fields if (value := field(cells)) is not None and value != ()}
        if not (told or spec.states not in _EMPTY or (spec.fold and spec.fold.years)):
            why.append(f"{', '.join(name for name, _ in fields) or spec.states} is empty")
            return []
        several = any(len(named) > 1 for named in found)
        stated: list[Stated] = []
        for chosen in product(*found):
            if several and len({one.id for one in chosen}) < len(chosen):
                why.append(f"{' and '.join(called for _, called, _ in ends)} are one")
                continue  # one of the several is the other end itself
            roles = {role: one for (role, _, _), one in zip(ends, chosen, strict=True)}
            stated.append(Stated(make(spec.states, roles, told), spec.modality, spec.confidence, spec.fold, place))
        return stated

    return get


def _refuse_many(number: int) -> None:
    if number > _MOST_OF_A_ROW:
        raise LoadError(f"it states {number} things; {_MOST_OF_A_ROW} are taken from a row")


def _to_field(
    values: Sequence[Value], key: Key, columns: Mapping[str, int], missing: frozenset[str]
) -> Callable[[Cells], Any]:
    """Make the function that gives a field of a statement; one of several values if it takes several."""
    gets = [to_get(value, columns, missing, key.gives, key.choices) for value in values]
    used = [columns[name] for value in values for name in value.columns_used()]
    if len(gets) == 1:
        return kept(gets[0], used)
    return kept(lambda cells: tuple(dict.fromkeys(one for get in gets for one in get(cells))), used)


def _to_further(parties: Sequence[GetParties]) -> Callable[[Cells], tuple[Party, ...]]:
    return lambda cells: tuple(dict.fromkeys(one for party in parties for one in party(cells)))


_EMPTY: Final = ("description",)
"""What is not stated where nothing is told but the parties."""


def _relation(states: str, roles: dict[str, Party], told: dict[str, Any]) -> Statement:
    title = ", ".join(told.get("title", ())) or None
    return RelationStatement(states, roles["subject"], roles["object"], title, told.get("since"), told.get("until"))


def _transfer(_states: str, roles: dict[str, Party], told: dict[str, Any]) -> Statement:
    if "status" not in told:
        raise LoadError("it has no status")
    years = {"delivery_years": tuple(sorted(told["delivery_years"]))} if "delivery_years" in told else {}
    stated: dict[str, Any] = {**roles, **told, **years}
    return TransferStatement(**stated)


def _description(_states: str, roles: dict[str, Party], told: dict[str, Any]) -> Statement:
    said = dict(told)
    if "countries" in said:
        said["countries"] = tuple(party.id for party in said["countries"])
    if "system_class" in said:
        said["system_class"] = said["system_class"][0].id
    return DescriptionStatement(roles["subject"], **said)


_MAKERS: Final = {"transfer": _transfer, "description": _description}


def refuse_twice(spec: MappingSpec, names: Sequence[str], line: int, name: str) -> None:
    """Refuse a table that has a column of the mapping several times, since which is meant cannot be told.

    Args:
        spec: the mapping.
        names: of the columns of the table, in their order.
        line: of its header.
        name: of the table, for the message.
    """
    counts = Counter(names)
    for column, at in spec.columns_used().items():
        if counts[column] > 1:
            where = f"{spec.file}, line {at}" if at else spec.file
            times = f"{counts[column]} times in line {line}"
            raise MappingWrong(
                f"{where}: {name} has the column {column!r} {times}. Call them differently in the table."
            )


def refuse_missing(spec: MappingSpec, columns: Mapping[str, int], name: str, hint: Callable[[str], str]) -> None:
    """Refuse a table that lacks a column of the mapping.

    Args:
        spec: the mapping.
        columns: of the table.
        name: of the table, for the message.
        hint: gives what to say of a column that is not there.
    """
    for column, line in spec.columns_used().items():
        if column not in columns:
            where = f"{spec.file}, line {line}" if line else spec.file
            raise MappingWrong(f"{where}: {name} has no column {column!r}.{hint(column)}")
