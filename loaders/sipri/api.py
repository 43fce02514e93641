"""The API dialect: a JSON list of flat objects, one a deal.

``tradeId`` is the SIPRI AT Database ID and occurs once. ``units`` is the number ordered and ``unitsEst`` its mark.
``deliveryYr`` is the year of the last delivery, 0 as long as the deal is not completed; the years before it and the
number delivered are not told. So no object is an instalment. ``status`` is N, S, or R for second-hand but modernized.
``locInvolvement`` is there where the buyer makes some of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from ...graph.errors import LoadError
from ..reading import Refused
from .cells import to_name, to_year, unclear
from .record import Record
from .table import LONGEST_ROW, Row

_FLAGS: Final = {"orderYrEst": "order_year", "unitsEst": "quantity_ordered"}
_OPENING: Final = re.compile(r'[\ufeff\s]*(?:\{\s*"[^"{}]{0,40}"\s*:\s*)?\[')
"""A list, or an object around one."""
_BEGINNING: Final = re.compile(r'\{\s{0,200}["}]')
_ENDING: Final = re.compile(r"\}(?=\s{0,200}(?:[,\]]|\Z))")
_BETWEEN: Final = " \t\n\r,[]"
_MOST_TRIES: Final = 5


def recognises(text: str) -> bool:
    """Tell whether a text is of this dialect: objects with a buyer, a seller and a designation."""
    if text[:200].lstrip("\ufeff \t\n")[:1] not in {"[", "{"}:
        return False
    return all(text.find(f'"{name}"', 0, 100_000) >= 0 for name in ("buyer", "seller", "desg"))


def read(text: str) -> Iterator[Row]:
    """Read each object, or refuse it; what stands between two objects is refused too.

    Raises:
        LoadError: there is no object.
    """
    opening = _OPENING.match(text)
    at = done = opening.end() if opening else 0
    number, counted, empty = 1, 0, True
    while True:
        at = _beginning(text, done)
        rest = text[done : min(at, done + LONGEST_ROW)].strip(_BETWEEN if at < len(text) else _BETWEEN + "}")
        if rest:
            yield Refused(number + text.count("\n", counted, done), f"{rest[:40]!r} stands outside of an object")
            empty = False
        if at == len(text):
            break
        number, counted, empty = number + text.count("\n", counted, at), at, False
        row, done = _object(text, at, number)
        yield row
    if empty:
        raise LoadError("There is no object in it.")


def _object(text: str, start: int, number: int) -> tuple[Row, int]:
    """Read the object at an offset; also give where to go on."""
    end = start
    for _ in range(_MOST_TRIES):  # a brace may stand within a string
        end = text.find("}", end, start + LONGEST_ROW) + 1
        if not end:
            break
        try:
            values = json.loads(text[start:end], object_pairs_hook=_once)
        except (ValueError, RecursionError):
            continue
        try:
            return _record(values, number, start, text[start:end]), end
        except LoadError as error:
            return Refused(number, str(error)), end
    following = _beginning(text, start + 1)
    ended = _ENDING.search(text, start, min(following, start + LONGEST_ROW))
    return Refused(number, "it is no JSON, or a part of it is missing"), ended.end() if ended else following


def _beginning(text: str, start: int) -> int:
    """Give where the next object begins, or the end of the text; a brace within a string begins none."""
    found = _BEGINNING.search(text, start)
    return found.start() if found else len(text)


def _record(values: dict[str, Any], number: int, start: int, text: str) -> Record:
    flags = [told for name, told in _FLAGS.items() if _flag(values, name)]
    year = _whole(values, "deliveryYr")
    return Record(
        line=number,
        start=start,
        text=text,
        supplier=to_name(_words(values, "seller"), "seller"),
        recipient=to_name(_words(values, "buyer"), "buyer"),
        designation=to_name(_words(values, "desg"), "desg"),
        description=_words(values, "desc"),
        category=_words(values, "category"),
        order_year=to_year(str(_whole(values, "orderYr") or ""), "orderYr"),
        ordered=_whole(values, "units") or None,
        delivery_years=tuple(filter(None, [to_year(str(year or ""), "deliveryYr")])),
        estimated=tuple(flags),
        condition=_words(values, "status"),
        database_id=str(_whole(values, "tradeId") or "") or None,
        locally_produced=True if values.get("locInvolvement") else None,
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that stands twice: between the two, an end and a beginning are missing."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def _words(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if value is not None and (not isinstance(value, str) or re.search("[\0\ud800-\udfff]", value)):
        raise unclear(value, name)
    return (value or "").strip()


def _whole(values: dict[str, Any], name: str) -> int | None:
    value = values.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9):
        raise unclear(value, name)
    return value


def _flag(values: dict[str, Any], name: str) -> bool:
    value = values.get(name)
    if value is not None and not isinstance(value, bool):
        raise unclear(value, name)
    return bool(value)
