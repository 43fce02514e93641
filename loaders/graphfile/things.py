"""The nodes and edges of a graph file, whatever its form: what each says by our names, and where."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from ...graph.names import slug
from ...graph.schema import RELATIONS


@dataclass(frozen=True, slots=True)
class Thing:
    """A node or an edge of a file.

    Attributes:
        given: what it says, by our names: ``id`` of a node, ``source`` and ``target`` of an edge, ``name``, ``kind`` ….
        line: number of its first line in the file, from 1.
        start: offset in the document of the words in which it stands.
        end: offset just behind them.
        wrong: why it cannot be read; empty if it can.
        odd: what of it is not read; empty if all is.
        both_ways: whether an edge says the same of its ends exchanged.
    """

    given: Mapping[str, str]
    line: int
    start: int
    end: int
    wrong: str = ""
    odd: str = ""
    both_ways: bool = False


class Things(NamedTuple):
    """What a file holds, in its order."""

    nodes: list[Thing]
    edges: list[Thing]


@cache
def words() -> dict[str, Any]:
    """Give what other programs call things."""
    return tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))


def to_ours(values: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give attributes by our names; of several that mean one thing the first in the order of ``words.toml``.

    Of several kinds it is the first that is known, so that a class of weapons beside ``System`` is none.
    """
    found: dict[str, str] = {}
    for (_, name), text in sorted(((called(name), text) for name, text in values if text), key=lambda one: one[0][0]):
        if name != "kind":
            found.setdefault(name, text)
        elif slug(text) not in words()["no_kinds"] and not _is_kind(found.get(name, "")):
            found[name] = text if _is_kind(text) else found.get(name, text)
    return found


@lru_cache(maxsize=10_000)
def called(name: str) -> tuple[int, str]:
    """Give how late an attribute counts among those that mean the same, and what it is called here."""
    plain = slug(name).replace("-", "_")
    named = words()["attributes"]
    return ([*named].index(plain) + 1, named[plain]) if plain in named else (0, plain)


def _is_kind(text: str) -> bool:
    return bool(text) and (slug(text) in words()["labels"] or to_relation(text) in RELATIONS)


def to_relation(text: str) -> str:
    """Give the relation that a word means, or the word as relations are written."""
    return str(words()["relations"].get(slug(text), text.strip().upper().replace(" ", "_")))
