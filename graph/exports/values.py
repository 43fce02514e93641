"""The types of exported values, named as Neo4j, GraphML and GEXF all name them, and their form as text."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any, Final

_TYPES: Final = {bool: "boolean", int: "long", float: "double"}
_WIDER: Final = {frozenset({"long", "double"}): "double", frozenset({"long[]", "double[]"}): "double[]"}
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, default=str).encode


def type_of(value: Any) -> str:
    """Name the type of a value: ``string``, ``boolean``, ``long``, ``double``, or one of them with ``[]``."""
    if isinstance(value, list):
        return f"{common(map(type_of, value)) or 'string'}[]"
    return _TYPES.get(type(value), "string")


def common(types: Iterable[str]) -> str:
    """Give the narrowest type that takes values of all of these; empty for none."""
    found = set(types)
    if len(found) < 2:
        return next(iter(found), "")
    return _WIDER.get(frozenset(found), "string")


def to_text(value: Any, kind: str) -> str:
    """Write a value as text: a number so that it reads back as the same, a list as a JSON array.

    Args:
        value: what to write.
        kind: the type of all values of that name, which may be wider than its own.
    """
    if isinstance(value, str):
        return value
    if kind == "double" and isinstance(value, int | float):
        return _double(float(value))
    return _ENCODE(value)


def _double(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
