"""What was loaded from a document as one hash, by which loading it again sees at once that nothing has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from .claims import Claim, Document

BESIDE_ID: Final = ("quote", "extractor", "confidence", "published_on")
"""What claims of one id may differ in: their ids hash all else."""

_ENCODE: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode


class LoadedHash:
    """The hash of a document with its source and its claims, which come one by one in the order of their ids.

    It is the start, 16 hexadecimal digits, of the SHA-256 of lines of JSON: what the document says of itself, and a
    list for each claim, of its id and of what that does not hash.
    """

    def __init__(self, document: Mapping[str, Any], source: str, reliability: str) -> None:
        self._hashed = hashlib.sha256(_ENCODE([dict(document), source, reliability]).encode())

    def add(self, claim: Mapping[str, Any]) -> None:
        """Take in a claim.

        Args:
            claim: its properties, or at least its ``id`` and those of ``BESIDE_ID``.
        """
        self._hashed.update(f"\n{_ENCODE([claim['id'], *map(claim.get, BESIDE_ID)])}".encode())

    def __str__(self) -> str:
        return self._hashed.hexdigest()[:16]


def to_hash(document: Document, claims: Iterable[Claim]) -> str:
    """Give the hash of a document with its claims, in the order of their ids."""
    loaded = LoadedHash(document.to_properties(), document.source.id, document.source.reliability)
    for claim in claims:
        loaded.add(beside_id(claim))
    return str(loaded)


def beside_id(claim: Claim) -> dict[str, Any]:
    """Give the id of a claim and what that does not hash."""
    return {name: getattr(claim, name) for name in ("id", *BESIDE_ID)}
