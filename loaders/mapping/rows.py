"""A mapping as a function of a row: what the cells state, or why nothing is taken from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final, TypeAlias

from ...graph.errors import LoadError
from ...graph.statements import DescriptionStatement, Party, RelationStatement, Statement, TransferStatement
from .conditions import Cells, Check, to_check
from .model import Fold, MappingSpec, MappingWrong, StatementSpec
from .parties import GetParties, kept, to_parties
from .schema import STATEMENTS
from .values import Get, to_get

_MOST: Final = 20_000
"""Rows whose statements are kept, for tables that say the same again and again."""
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


ToStated: TypeAlias = Callable[[Cells], "list[Stated] | LeftOut"]
"""Tells what a row states; raises LoadError for a row that cannot be understood."""


def to_rows(spec: MappingSpec, columns: Mapping[str, int]) -> ToStated:
    """Make the function that tells what a row states.

    Args:
        spec: the mapping.
        columns: column -> place in a row.
    """
    missing = frozenset(("", *spec.missing))
    parties = to_parties(spec, columns, missing)
    left_out = [(to_check(one.when, columns, missing), LeftOut(one.because)) for one in spec.leave_out]
    makers = [_to_statements(one, at, columns, missing, parties) for at, one in enumerate(spec.statements)]

    def stated(cells: Cells) -> list[Stated] | LeftOut:
        for check, because in left_out:
            if check(cells):
                return because
        found: list[Stated] = []
        lacking: list[str] = []
        for make in makers:
            made = make(cells)
            if isinstance(made, str):
                lacking.append(made)
            else:
                found += made
        if len(found) > _MOST_OF_A_ROW:
            raise LoadError(f"it states {len(found)} things; {_MOST_OF_A_ROW} are taken from a row")
        if not found:
            raise LoadError(f"nothing is stated in it: {'; '.join(dict.fromkeys(filter(None, lacking))) or 'no case'}")
        return found

    return kept(stated, sorted(columns[name] for name in spec.columns_read()), _MOST)


def _to_statements(
    spec: StatementSpec,
    place: int,
    columns: Mapping[str, int],
    missing: frozenset[str],
    parties: Mapping[str, GetParties],
) -> Callable[[Cells], list[Stated] | str]:
    """Make the function that gives what one statement of a mapping states of a row, or what it lacks."""
    keys = STATEMENTS[spec.states]
    check: Check = to_check(spec.when, columns, missing) if spec.when else lambda cells: True
    gets = {
        name: [to_get(value, columns, missing, keys[name].gives, keys[name].choices) for value in values]
        for name, values in spec.values.items()
    }
    needed = {name: parties[names[0]] for name, names in spec.parties.items() if keys[name].needed}
    further = {name: [parties[one] for one in names] for name, names in spec.parties.items() if not keys[name].needed}
    lists = {name for name in gets if keys[name].gives in ("texts", "years")}
    make = _MAKERS.get(spec.states, _relation)

    def get(cells: Cells) -> list[Stated] | str:
        if not check(cells):
            return ""
        ends: dict[str, tuple[Party, ...]] = {}
        for role, party in needed.items():
            ends[role] = party(cells)
            if not ends[role]:
                return f"{spec.parties[role][0]} is empty"
        told = {name: _told(reads, cells, listed=name in lists) for name, reads in gets.items()}
        told |= {name: tuple(one for party in found for one in party(cells)) for name, found in further.items()}
        several = any(len(found) > 1 for found in ends.values())
        found: list[Stated] = []
        for chosen in product(*ends.values()):
            roles = dict(zip(ends, chosen, strict=True))
            if several and len({one.id for one in chosen}) < len(chosen):
                continue  # one of the several is the other end itself
            statement = make(spec.states, roles, told)
            if statement is None and spec.fold and spec.fold.years and spec.states == "description":
                statement = DescriptionStatement(roles["subject"])  # its years are all that is told
            if statement is not None:
                found.append(Stated(statement, spec.modality, spec.confidence, spec.fold, place))
        return found or f"{', '.join(told) or spec.states} is empty"

    return get


def _told(reads: list[Get], cells: Cells, *, listed: bool) -> Any:
    if not listed:
        return reads[0](cells)
    return tuple(dict.fromkeys(one for read in reads for one in read(cells)))


def _relation(states: str, roles: dict[str, Party], told: dict[str, Any]) -> Statement:
    title = ", ".join(told.get("title", ())) or None
    return RelationStatement(states, roles["subject"], roles["object"], title, told.get("since"), told.get("until"))


def _transfer(_states: str, roles: dict[str, Party], told: dict[str, Any]) -> Statement | None:
    said = {name: value for name, value in told.items() if value is not None and value != ()}
    if "status" not in said:
        return None
    if "delivery_years" in said:
        said["delivery_years"] = tuple(sorted(said["delivery_years"]))
    return TransferStatement(**roles, **said)


def _description(_states: str, roles: dict[str, Party], told: dict[str, Any]) -> Statement | None:
    said = {name: value for name, value in told.items() if value is not None and value != ()}
    if not said:
        return None
    if "countries" in said:
        said["countries"] = tuple(party.id for party in said["countries"])
    if "system_class" in said:
        said["system_class"] = said["system_class"][0].id
    return DescriptionStatement(roles["subject"], **said)


_MAKERS: Final = {"transfer": _transfer, "description": _description}


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
