"""Which files are in a store already, read as they would be read now: told by a key, without reading them again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..graph.cypher import READINGS
from .reading import Given

if TYPE_CHECKING:
    from ..graph.store import GraphStore

_READ_WITH: Final = (
    *("charset-normalizer", "followthemoney", "lxml", "markdown-it-py", "openpyxl", "py3langid", "pypdf", "rigour"),
    *("spacy", "striprtf", "trafilatura"),
)
"""Packages whose version changes what is read."""
_AT_ONCE: Final = 500


def key_of(path: Path, given: Given, loader: str | None, beside: Sequence[Path] = ()) -> str | None:
    """Give a hash of all on which the reading of a file depends, in 32 hexadecimal digits.

    That is what the file holds and its name, what the user said of it, and the code and the lists that read it: whoever
    changes one of these has the file read again.

    Args:
        path: the file.
        given: what the user said of it; a mapping's file that is named there counts by what it holds.
        loader: name of the loader to use; None to tell it from the text.
        beside: the further files of its folder that are read with it, see ``Loader.reads_too``. They count as the file
            does, and so does the folder's name, by which the whole goes.

    Returns:
        None if one of the files cannot be opened; whoever reads them tells why.
    """
    try:
        held = [_digest(one) for one in (path, *beside)]
    except OSError:
        return None
    names = [path.name, *(one.name for one in beside), *([path.absolute().parent.name] if beside else [])]
    said = (*held, *names, loader, *_said(given), _readers())
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def documents_by_key(store: GraphStore, keys: Sequence[str | None]) -> Mapping[str, str]:
    """Give, for each key under which something is in a store, the id of the document."""
    asked = sorted({key for key in keys if key is not None})
    return {
        row["reading"]: row["id"]
        for first in range(0, len(asked), _AT_ONCE)
        for row in store.read(READINGS, keys=asked[first : first + _AT_ONCE])
    }


def _said(given: Given) -> Iterator[str]:
    for field in fields(given):
        value = getattr(given, field.name)
        yield f"{field.name}={value!r}"
    if given.mapping is not None:
        # It may be the name of one of ours, or of none; whoever reads it tells which.
        with suppress(OSError, ValueError):
            yield _digest(Path(given.mapping))
    if given.model is not None:
        yield _version(given.model)


@cache
def _readers() -> str:
    """Hash the code and the lists of this package, and the versions of what it reads with."""
    package = Path(__file__).parents[1]
    hashed = hashlib.sha256()
    for room in ("graph", "loaders"):
        for place, folders, names in os.walk(package / room):
            folders[:] = sorted(one for one in folders if one not in ("__pycache__", "views", "typed"))
            for name in sorted(names):
                hashed.update(f"{name}\0".encode())
                hashed.update(Path(place, name).read_bytes())
    for name in _READ_WITH:
        hashed.update(f"{name} {_version(name)}\0".encode())
    return hashed.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
