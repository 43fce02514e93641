"""Parties of a mapping as functions of a row's cells: which node of the reference lists, or which new one, is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ...graph.claims import digest
from ...graph.codes import find_by_code, is_code
from ...graph.errors import LoadError
from ...graph.names import Entry, make_id, reference, slug
from ...graph.statements import Party
from .conditions import Cells
from .keeping import kept
from .model import MappingSpec, PartySpec
from .schema import CODED, PARTY_LABELS, REFUSE, SHAPES
from .values import Get, shown, to_get

GetParties: TypeAlias = Callable[[Cells], tuple[Party, ...]]
"""Gives the parties that a row names, none if it names none; raises LoadError for one that must be known and is not."""


def to_parties(spec: MappingSpec, columns: Mapping[str, int], missing: frozenset[str]) -> dict[str, GetParties]:
    """Make the function of each party of a mapping.

    Args:
        spec: the mapping.
        columns: column -> place in a row.
        missing: cells that say nothing.
    """
    made: dict[str, GetParties] = {}

    def make(name: str) -> GetParties:
        if name not in made:
            party = spec.parties[name]
            get = _to_party(party, columns, missing, make(party.of) if party.of else None)
            used = set(party.columns_used())
            of = party.of
            while of is not None:
                used |= set(spec.parties[of].columns_used())
                of = spec.parties[of].of
            made[name] = kept(get, (columns[column] for column in used))
        return made[name]

    return {name: make(name) for name in spec.parties}


def _to_party(
    spec: PartySpec, columns: Mapping[str, int], missing: frozenset[str], of: GetParties | None
) -> GetParties:
    def getter(name: str) -> Get | None:
        value = getattr(spec, name)
        return to_get(value, columns, missing, SHAPES["party"][name].gives) if value else None

    label_of = to_get(spec.label, columns, missing, choices=PARTY_LABELS)
    names, code, on, since, until = map(getter, ("name", "code", "on", "since", "until"))
    keys = [to_get(value, columns, missing) for value in spec.key]
    code_where = spec.code.where if spec.code else ""

    def get(cells: Cells) -> tuple[Party, ...]:
        label = label_of(cells)
        if label is None:
            return ()
        if code and (text := code(cells)):
            if label not in CODED:
                raise LoadError(
                    f"{code_where}: {shown(text)} is a code of a state, and the row tells of a {label.lower()}"
                )
            return (_by_code(spec.list, text, on(cells) if on else None, code_where),)
        owners = of(cells) if of else ()
        told = _Told(
            label,
            owners[0].id if owners else None,
            since(cells) if since else None,
            until(cells) if until else None,
            tuple(read(cells) or "" for read in keys),
        )
        return tuple(_by_name(spec, name, told) for name in (names(cells) if names else ()))

    return get


@dataclass(frozen=True, slots=True)
class _Told:
    """What a row tells of a party beside its name: label, whose it is, its time in office, and what else tells it."""

    label: str
    owner: str | None
    since: str | None
    until: str | None
    keys: tuple[str, ...]


def _by_name(spec: PartySpec, name: str, told: _Told) -> Party:
    """Give the one of this name in the lists that belongs where the row says, or a new one."""
    label = told.label
    if label == "System":
        # It is found as the registers write it, so that ``AL-31 (13500)`` is the engine AL-31.
        fits = [entry for entry in (reference().entries.get(reference().find_system(name)[0]),) if entry]
    else:
        fits = [entry for entry in reference().find(name, (label,)) if _fits(entry, name, told)]
    if len(fits) == 1:
        return Party(fits[0].id, fits[0].name)
    otherwise = spec.otherwise or (REFUSE if label == "State" else label)
    if otherwise == REFUSE:
        how = "is ambiguous" if len(fits) > 1 else "is not known"
        where = spec.name.where if spec.name else ""
        raise LoadError(f"{where}: {shown(name)} {how} as a {label.lower()}")
    called = reference().find_system(name)[1] if otherwise == "System" else name
    return Party(_to_id(make_id(otherwise, called), told), called)


def _to_id(plain: str, told: _Told) -> str:
    """Add to an id whose it is and what else tells it; a digest of each keeps them from running into one another."""
    keys = [slug(text) if text else "" for text in told.keys]
    owner = told.owner or ""
    if not owner and not any(keys):
        return plain
    told_apart = filter(None, (owner.rpartition(":")[2].lower(), *keys))
    return "-".join((plain, *told_apart, digest(plain, owner, *keys)[:8]))


def _fits(entry: Entry, name: str, told: _Told) -> bool:
    """Tell whether an entry can be meant by a row.

    Whoever belongs to a state must be of that state in the lists, and a person in office then; a single word alone, as
    surnames are, leads to nobody.
    """
    known = {entry.properties.get("state"), entry.properties.get("firm")} - {None, ""}
    if told.owner is not None and told.owner not in known and (entry.label == "Person" or known):
        return False
    if entry.label != "Person":
        return True
    since, until = (str(entry.properties.get(which, "")) for which in ("since", "until"))
    first, last = (told.since or "")[:4], (told.until or "")[:4]
    if (since and last and last < since) or (until and first and first > until):
        return False
    return (told.owner is not None and bool(since) and bool(first)) or len(name.split()) > 1


def _by_code(which: str, text: str, on: str | None, where: str) -> Party:
    number = text.removesuffix(".0")
    meant = find_by_code(which, number, on)
    if len(meant) == 1:
        return Party(*meant[0])
    if not is_code(which, number):
        raise LoadError(f"{where}: {shown(text)} is no code of the list {which}")
    when = f"means nothing on {on}" if on else "has several meanings; only a day tells, see the key on"
    raise LoadError(f"{where}: {shown(text)} of the list {which} {when}")
