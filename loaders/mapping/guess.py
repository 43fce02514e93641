"""A first mapping for a table, guessed from its header and values; what is guessed is for a person to look over."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from ...graph.codes import is_code
from ...graph.errors import LoadError
from ...graph.names import reference, slug
from ..reading import counted
from .tables import first_header, read_rows

_ROWS: Final = 500
"""So many rows are looked at."""
_MISSING: Final = frozenset(
    ("NA", "N/A", "n/a", "na", "-9", "-99", "-999", "-9999", ". .", "..", "-", "NULL", "null", "None")
)
_DATES: Final = {
    "": re.compile(r"\d{4}-\d\d(-\d\d)?"),
    "%d/%m/%Y": re.compile(r"(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])/\d{4}"),
    "%m/%d/%Y": re.compile(r"(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])/\d{4}"),
    "%d.%m.%Y": re.compile(r"(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.\d{4}"),
    "%d %B %Y": re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}"),
}
_YEAR: Final = re.compile(r"(1[5-9]|20)\d\d(\.0)?")
_FIGURE: Final = re.compile(r"-?\d[\d.,' ]*", re.ASCII)
_ENOUGH: Final = 0.8
"""Share of the cells that say something which must be of a kind."""
_PARTS: Final = {
    "supplier": ("supplier", "seller", "exporter", "from"),
    "buyer": ("buyer", "recipient", "importer", "customer", "to"),
    "system": ("system", "weapon", "designation", "item", "equipment"),
}
_PERSON: Final = ("leader", "person", "minister", "president", "director", "ruler", "head", "officer")
_FIRM: Final = ("company", "firm", "manufacturer", "producer", "corporation", "contractor", "maker")
_ALIASES: Final = ("alias", "aliases", "alt", "aka", "other", "former")
_SINCE: Final = ("start", "since", "begin", "from", "entry", "birth")
_UNTIL: Final = ("end", "until", "exit", "to")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: what its cells are, ``state cow gw firm person system date number`` or ``text``, and a date's form."""

    name: str
    kind: str
    form: str = ""

    @property
    def words(self) -> set[str]:
        """The words of its name."""
        return set(slug(self.name).split("-"))

    def sounds(self, words: Sequence[str]) -> bool:
        """Tell whether its name has one of some words, or begins with one of more than two letters: ``startdate``."""
        return any(word in self.words or (len(word) > 2 and slug(self.name).startswith(word)) for word in words)


def guess(path: Path, text: str) -> str:
    """Guess a mapping.

    Args:
        path: the table, for its name.
        text: its text.

    Returns:
        YAML that `legation mapping check` takes, with comments on what to look at.

    Raises:
        LoadError: there are no columns or no rows to look at.
    """
    header = first_header(text)
    rows = [row.cells for row in islice(read_rows(text, header, take_short=True), _ROWS) if not row.wrong]
    if len(list(filter(None, header.names))) < 2 or not rows:
        raise LoadError(f"{path} has no header with two columns and rows below it that could be looked at.")
    cells = {name: [row[at] for row in rows] for name, at in header.columns.items() if name}
    missing = sorted({cell for column in cells.values() for cell in column} & _MISSING)
    columns = [
        _look_at(name, [cell for cell in found if cell and cell not in missing]) for name, found in cells.items()
    ]
    lines = [
        f"# Guessed from {counted(len(rows), 'row')} of {_quoted(path.name)}: look over every line.",
        f"# Columns: {', '.join(f'{_quoted(one.name)} ({one.kind})' for one in columns)}.",
        f"mapping: table-{slug(path.stem.partition('.')[0])[:50].strip('-')}",
        "source:",
        f"  name: {_quoted(path.stem)}  # who published it",
        "  reliability: F  # A to F of the Admiralty scale",
    ]
    lines += [f"missing: [{', '.join(map(_quoted, missing))}]"] if missing else []
    return "\n".join([*lines, *_statements(columns)]) + "\n"


def _look_at(name: str, cells: list[str]) -> _Column:
    few = list(dict.fromkeys(cells))[:100]
    form = next((form for form, pattern in _DATES.items() if _mostly(few, pattern.fullmatch)), None)
    if form is not None:
        return _Column(name, "date", form)
    asked: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("date", _YEAR.fullmatch),
        ("state", lambda one: reference().find(one, ("State",))),
        ("firm", lambda one: reference().find(one, ("Firm",))),
        ("system", lambda one: reference().find(one, ("System",))),
        ("person", lambda one: reference().find(one, ("Person",))),
    )
    code = any(word in slug(name) for word in ("ccode", "gwcode", "gwno", "cow"))
    if code and _mostly(few, lambda one: is_code("cow", one.removesuffix(".0"))):
        return _Column(name, "gw" if "gw" in slug(name) else "cow")
    kind = next((kind for kind, fits in asked if _mostly(few, fits)), "text")
    named = next(
        (kind for kind, words in (("person", _PERSON), ("firm", _FIRM)) if _Column(name, "").sounds(words)), ""
    )
    if kind == "text" and _mostly(few, _FIGURE.fullmatch):
        return _Column(name, "number")
    return _Column(name, named if named and kind == "text" else kind)


def _mostly(cells: list[str], fits: Callable[[str], object]) -> bool:
    return bool(cells) and sum(bool(fits(one)) for one in cells) >= _ENOUGH * len(cells)


@dataclass(frozen=True, slots=True)
class _Clues:
    """What the columns of a table may be about.

    Attributes:
        columns: all of them.
        states: those that name states, by name or code.
        others: those that name persons, firms or systems.
        since: when it began; None if no column says so.
        until: when it ended.
        year: another date.
    """

    columns: Sequence[_Column]
    states: Sequence[_Column]
    others: Sequence[_Column]
    since: _Column | None
    until: _Column | None
    year: _Column | None

    @classmethod
    def of(cls, columns: Sequence[_Column]) -> _Clues:
        """Look for clues in columns."""
        dates = [one for one in columns if one.kind == "date"]
        since = next((one for one in dates if one.sounds(_SINCE)), None)
        until = next((one for one in dates if one.sounds(_UNTIL)), None)
        return cls(
            columns,
            [one for one in columns if one.kind in ("state", "cow", "gw")],
            [one for one in columns if one.kind in ("person", "firm", "system")],
            since,
            until,
            next((one for one in dates if one not in (since, until)), None),
        )

    @property
    def dates(self) -> list[str]:
        """The lines that say from when to when."""
        told = {"since": self.since, "until": self.until}
        return [f"    {name}: {_value(column)}" for name, column in told.items() if column]


def _statements(columns: Sequence[_Column]) -> list[str]:
    """Write the parties and statements that the columns suggest, the likeliest first."""
    clues = _Clues.of(columns)
    return _transfer(clues) or _tie_to_a_state(clues) or _alliance(clues) or _description(clues)


def _transfer(clues: _Clues) -> list[str]:
    """Write who supplied what to whom; nothing without a column for each."""
    found = [next((one for one in clues.columns if one.sounds(words)), None) for words in _PARTS.values()]
    supplier, buyer, system = found
    if not (supplier and buyer and system) or len(set(found)) < len(found):
        return []
    return [
        "parties:",
        *_party("supplier", "State", supplier, otherwise="Organisation"),
        *_party("buyer", "State", buyer, otherwise="Organisation"),
        *_party("system", "System", system),
        "statements:",
        "  - states: transfer",
        "    supplier: supplier",
        "    buyer: buyer",
        "    system: system",
        "    status: ordered  # how far it went; a candidate is only interested or potential",
        *([f"    order_year: {_value(clues.year)}"] if clues.year else []),
    ]


def _tie_to_a_state(clues: _Clues) -> list[str]:
    """Write who leads a state or is based there; nothing without a person or firm and a state."""
    label = clues.others[0].kind.capitalize() if clues.others else ""
    relation = {"Person": "LEADS", "Firm": "BASED_IN"}.get(label)
    if not relation or not clues.states:
        return []
    return [
        "parties:",
        *_party("state", "State", clues.states[0], on=clues.since),
        *_party("subject", label, clues.others[0]),
        *(["    of: state", *clues.dates] if label == "Person" else []),
        "statements:",
        f"  - states: {relation}  # see `legation schema` for the others",
        "    subject: subject",
        "    object: state",
        *clues.dates,
    ]


def _alliance(clues: _Clues) -> list[str]:
    """Write that two states are allied; nothing without two names, or two codes: one of each is one state."""
    same = [one for one in clues.states if one.kind == clues.states[0].kind]
    if len(same) < 2:
        return []
    year = clues.year
    fold = [f"    fold: {{years: {_quoted(year.name)}}}  # a row a year becomes one claim"] if year else []
    return [
        "parties:",
        *_party("first", "State", same[0], on=clues.since or year),
        *_party("second", "State", same[1], on=clues.since or year),
        "statements:",
        "  - states: ALLIED_WITH  # or SUPPORTS, OPPOSES, SANCTIONS …: see `legation schema`",
        "    subject: first",
        "    object: second",
        *(clues.dates or fold),
    ]


def _description(clues: _Clues) -> list[str]:
    """Write that somebody is described."""
    texts = [one for one in clues.columns if one.kind == "text"]  # a year or a price is nobody's name
    subject = (clues.others or clues.states or texts or clues.columns)[0]
    label = {"person": "Person", "system": "System", "firm": "Firm"}.get(subject.kind, "Organisation")
    label = "State" if subject in clues.states else label
    told = next((one for one in clues.columns if one is not subject and one.sounds(_ALIASES)), subject)
    return [
        "parties:",
        *_party("subject", label, subject, on=clues.since or clues.year),
        "statements:",
        "  - states: description",
        "    subject: subject",
        *(clues.dates or [f"    aliases: {_value(told)}  # or identifiers, type …"]),
    ]


def _party(name: str, label: str, column: _Column, *, otherwise: str = "", on: _Column | None = None) -> list[str]:
    coded = column.kind in ("cow", "gw")
    lines = [f"  {name}:", f"    label: {label}", f"    {'code' if coded else 'name'}: {_quoted(column.name)}"]
    lines += [f"    list: {column.kind}"] if coded else []
    lines += [f"    on: {_value(on)}"] if coded and on else []
    otherwise = "" if coded else otherwise or ("Organisation" if label == "State" else "")
    return lines + ([f"    otherwise: {otherwise}  # or refuse"] if otherwise else [])


def _value(column: _Column) -> str:
    if not column.form:
        return _quoted(column.name)
    return f"{{column: {_quoted(column.name)}, date: {_quoted(column.form)}}}"


_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?: [A-Za-z0-9_]+)*")


def _quoted(text: str) -> str:
    """Write a text so that YAML reads it as that text."""
    text = "".join(sign if sign.isprintable() else " " for sign in text)
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"
