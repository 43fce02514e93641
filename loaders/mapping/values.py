"""Values of a mapping as functions of a row's cells: texts, dates, numbers, and what says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeAlias, TypeVar

from ...graph.errors import LoadError
from ...graph.names import slug
from ...graph.periods import is_date
from .conditions import Cells, to_check
from .model import Value
from .sameness import normal, to_missing

Get: TypeAlias = Callable[[Cells], Any]
"""Gives a row's value, None or an empty tuple if it says nothing; raises LoadError for a cell that does not fit."""

SEVERAL: Final = "\x1e"
"""Parts the values of a list that a cell of JSON lines holds."""
LONGEST: Final = 300
"""Characters of a name, title or identifier."""
_YEAR: Final = re.compile(r"(\d{4})(?:\.0+)?", re.ASCII)
_PART: Final = re.compile(r"(\d{1,2})(?:\.0+)?", re.ASCII)
_WHOLE: Final = re.compile(r"(-?\d{1,15})(?:\.0+)?", re.ASCII)
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_MIDNIGHT: Final = re.compile(r"(?:[ T]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?", re.ASCII)
"""What a spreadsheet or a database puts behind a day."""


def to_get(
    value: Value,
    columns: Mapping[str, int],
    missing: frozenset[str],
    gives: str = "text",
    choices: tuple[str, ...] = (),
) -> Get:
    """Make the function that gives a value.

    Args:
        value: where it is and how it is read.
        columns: column -> place in a row.
        missing: cells that say nothing.
        gives: one of ``text``, ``texts``, ``date``, ``year``, ``years``, ``whole`` and ``number``.
        choices: what it can be; anything if empty.
    """
    missing = to_missing(missing, value.missing) if value.missing else missing
    raw = _to_parts_of_a_date(value, columns, missing) if value.year else _to_texts(value, columns, missing)
    read = to_read(value, gives)
    listed = gives in ("texts", "years")

    def get(cells: Cells) -> Any:
        texts = raw(cells)
        if listed:
            return tuple(dict.fromkeys(map(read, texts)))
        if not texts:
            return None
        if len(texts) > 1:
            raise LoadError(f"{value.where}: {shown(SEVERAL.join(texts))} are several values where one is needed")
        if choices and texts[0] not in choices:
            raise LoadError(f"{value.where}: {shown(texts[0])} is none of {', '.join(choices)}")
        return read(texts[0])

    if value.column and not listed and not choices and _is_plain(value) and not value.when:
        return _to_plain(value, columns[value.column], missing, read, get)
    if not value.when:
        return get
    check = to_check(value.when, columns, missing)
    return lambda cells: get(cells) if check(cells) else (() if listed else None)


def to_read(value: Value, gives: str) -> Callable[[str], Any]:
    """Make the function that reads a text as what a value gives; it raises LoadError for one that is none."""
    return _READ[gives](value)


def _is_plain(value: Value) -> bool:
    """Tell whether a value is what its cell says, and no part of it."""
    return not (
        value.after or value.before or value.split or value.values or value.prefix or value.like or value.unlike
    )


def _to_plain(value: Value, at: int, missing: frozenset[str], read: Callable[[str], Any], get: Get) -> Get:
    """Make the function for the commonest value, a cell as it stands, without the steps that others need."""
    nothing = read(value.default) if value.default else None

    def got(cells: Cells) -> Any:
        text = cells[at]
        if text in missing:
            return nothing
        return get(cells) if SEVERAL in text else read(text)

    return got


def shown(text: str) -> str:
    """Give a cell as a message shows it: quoted, and cut if it is long."""
    return repr(text if len(text) <= 60 else f"{text[:60]}…")


def _to_texts(value: Value, columns: Mapping[str, int], missing: frozenset[str]) -> Callable[[Cells], tuple[str, ...]]:
    """Make the function that gives the texts of a value, translated and filtered, but not read yet."""
    if value.constant is not None:
        constant = (value.constant,)
        return lambda cells: constant
    places = [columns[name] for name in (value.columns or (value.column or "",))]
    like, unlike = (columns[name] if name else None for name in (value.like, value.unlike))
    plain = _is_plain(replace(value, like=None, unlike=None))
    nothing = (value.prefix + value.default,) if value.default else ()
    meanings = {normal(said): meant for said, meant in value.values.items()}

    def texts(cells: Cells) -> tuple[str, ...]:
        whole = value.join.join([text for at in places if (text := cells[at]) not in missing])
        parts: Iterable[str] = (whole,) if whole else ()
        if not plain or SEVERAL in whole:
            parts = _parted(value, meanings, _cut(value, whole), missing)
        if like is not None:
            parts = [text for text in parts if bare(text) == bare(cells[like])]
        if unlike is not None:
            parts = [text for text in parts if bare(text) != bare(cells[unlike])]
        return tuple(parts) or nothing

    return texts


def _cut(value: Value, text: str) -> str:
    """Give what stands between the texts that the value names."""
    if value.after:
        text = text.partition(value.after)[2]
    return (text.partition(value.before)[0] if value.before else text).strip()


def _parted(value: Value, meanings: Mapping[str, str], text: str, missing: frozenset[str]) -> Iterator[str]:
    """Part a cell, and give what its parts mean; ``meanings`` are the value's by their normal texts."""
    parts = text.split(SEVERAL)
    for sign in value.split:
        parts = [piece for one in parts for piece in one.split(sign)]
    for part in map(str.strip, parts):
        if part in missing:
            continue
        meant: str | None = part
        if meanings:
            meant = meanings.get(normal(part), value.default)
            if meant is None:
                raise LoadError(f"{value.where}: {shown(part)} is none of {', '.join(value.values)}")
        if meant:
            yield value.prefix + meant


def _to_parts_of_a_date(
    value: Value, columns: Mapping[str, int], missing: frozenset[str]
) -> Callable[[Cells], tuple[str, ...]]:
    """Make the function that joins the columns of a year, a month and a day."""
    places = [(columns[name], name) for name in (value.year, value.month, value.day) if name]

    def texts(cells: Cells) -> tuple[str, ...]:
        parts: list[str] = []
        for (at, name), form in zip(places, (_YEAR, _PART, _PART), strict=False):
            text = cells[at]
            if text in missing:
                break
            found = form.fullmatch(text)
            if not found:
                raise LoadError(f"{name}: {shown(text)} is no part of a date")
            parts.append(found[1].zfill(2))
        return ("-".join(parts),) if parts else ()

    return texts


def bare(name: str) -> str:
    """Reduce a firm's name to what is its own: lower-case words without what tells its legal form at the end."""
    words = slug(name).split("-")
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return "-".join(words)


_LEGAL_FORMS: Final = frozenset(
    (
        *("ab", "ag", "as", "asa", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg"),
        *("limited", "llc", "llp", "lp", "ltd", "nv", "oao", "ooo", "oy", "plc", "pte", "pty", "sa", "sas", "se"),
        *("spa", "srl"),
    )
)


def _text(value: Value) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > LONGEST:
            raise LoadError(f"{value.where}: {shown(text)} has {len(text)} characters; {LONGEST} are taken")
        return text

    return read


def _date(value: Value) -> Callable[[str], str]:
    return partial(_to_date, value)


def _to_date(value: Value, text: str) -> str:
    """Give an ISO 8601 date as precise as the cell's."""
    for form in value.date:
        try:
            found = datetime.strptime(text, form)
        except ValueError:
            continue
        precise = 10 if "%d" in form else 7 if any(part in form for part in ("%m", "%b", "%B")) else 4
        return found.date().isoformat()[:precise]
    if not value.date:
        year = _YEAR.fullmatch(text)
        iso = year[1] if year else text[:10] if _MIDNIGHT.fullmatch(text, 10) else text
        if is_date(iso):
            return iso
    forms = " or ".join(value.date) or "2021-12-03, 2021-12 or 2021"
    raise LoadError(f"{value.where}: {shown(text)} is no date as {forms}")


def _year(value: Value) -> Callable[[str], int]:
    return lambda text: int(_to_date(value, text)[:4])


def _whole(value: Value) -> Callable[[str], int]:
    def read(text: str) -> int:
        found = _WHOLE.fullmatch(_with_a_stop(value, text))
        if not found:
            raise LoadError(f"{value.where}: {shown(text)} is no whole number")
        return _not_less_than_nothing(value, text, int(found[1]))

    return read


def _number(value: Value) -> Callable[[str], float]:
    def read(text: str) -> float:
        plain = _with_a_stop(value, text)
        if not _NUMBER.fullmatch(plain):
            raise LoadError(f"{value.where}: {shown(text)} is no number with {value.decimal!r} before its fraction")
        return _not_less_than_nothing(value, text, float(plain))

    return read


_CountT = TypeVar("_CountT", int, float)


def _not_less_than_nothing(value: Value, text: str, number: _CountT) -> _CountT:
    """Refuse what no quantity, price or volume can be; it mostly marks what is missing."""
    if number < 0:
        raise LoadError(f"{value.where}: {shown(text)} is less than nothing; if it says nothing, name it under missing")
    return number


def _with_a_stop(value: Value, text: str) -> str:
    """Write a number with a full stop before its fraction and without thousands; odd groups make it none."""
    if value.thousands and value.thousands in text:
        whole, _, fraction = text.partition(value.decimal)
        groups = whole.lstrip("-").split(value.thousands)
        if not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:]) or value.thousands in fraction:
            return ""
        text = text.replace(value.thousands, "")
    return text if value.decimal == "." else text.replace(".", "x").replace(value.decimal, ".")


_READ: Final[Mapping[str, Callable[[Value], Callable[[str], Any]]]] = {
    "text": _text,
    "texts": _text,
    "date": _date,
    "year": _year,
    "years": _year,
    "whole": _whole,
    "number": _number,
}
