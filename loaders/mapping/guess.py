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


def _statements(columns: list[_Column]) -> list[str]:
    """Write the parties and statements that the columns suggest, the likeliest first."""
    parts = {role: next((one for one in columns if one.sounds(words)), None) for role, words in _PARTS.items()}
    states = [one for one in columns if one.kind in ("state", "cow", "gw")]
    others = [one for one in columns if one.kind in ("person", "firm", "system")]
    since = next((one for one in columns if one.kind == "date" and one.sounds(_SINCE)), None)
    until = next((one for one in columns if one.kind == "date" and one.sounds(_UNTIL)), None)
    year = next((one for one in columns if one.kind == "date" and one not in (since, until)), None)
    supplier, buyer, system = (parts[role] for role in ("supplier", "buyer", "system"))
    if supplier and buyer and system and len({supplier, buyer, system}) == 3:
        ordered = [f"    order_year: {_value(year)}"] if year else []
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
            *ordered,
        ]
    dates = [f"    since: {_value(since)}"] if since else []
    dates += [f"    until: {_value(until)}"] if until else []
    if others and states:
        label = others[0].kind.capitalize()
        relation = {"Person": "LEADS", "Firm": "BASED_IN"}.get(label)
        if relation:
            of = ["    of: state", *dates] if label == "Person" else []
            return [
                "parties:",
                *_party("state", "State", states[0], on=since),
                *_party("subject", label, others[0]),
                *of,
                "statements:",
                f"  - states: {relation}  # see `legation schema` for the others",
                "    subject: subject",
                "    object: state",
                *dates,
            ]
    same = [one for one in states if one.kind == states[0].kind]  # a name and a code are one state
    if len(same) > 1:
        fold = (
            [f"    fold: {{years: {_quoted(year.name)}}}  # a row a year becomes one claim"]
            if year and not dates
            else []
        )
        return [
            "parties:",
            *_party("first", "State", same[0], on=since or year),
            *_party("second", "State", same[1], on=since or year),
            "statements:",
            "  - states: ALLIED_WITH  # or SUPPORTS, OPPOSES, SANCTIONS …: see `legation schema`",
            "    subject: first",
            "    object: second",
            *(dates or fold),
        ]
    texts = [one for one in columns if one.kind == "text"]  # a year or a price is nobody's name
    subject = (others or states or texts or columns)[0]
    label = {"person": "Person", "system": "System", "firm": "Firm"}.get(subject.kind, "Organisation")
    label = "State" if subject in states else label
    told = next((one for one in columns if one is not subject and one.sounds(_ALIASES)), subject)
    return [
        "parties:",
        *_party("subject", label, subject, on=since or year),
        "statements:",
        "  - states: description",
        "    subject: subject",
        *(dates or [f"    aliases: {_value(told)}  # or identifiers, type …"]),
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
