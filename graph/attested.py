"""Claims with what is known of the documents they stand in: of which source, how reliable, of which edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .claims import Claim


@dataclass(frozen=True, slots=True)
class Attested:
    """A claim with what the fold must know of the document that it stands in.

    Attributes:
        claim: the claim.
        source: id of the document's source.
        reliability: of the document, ``A`` to ``F``.
        register: of which register the document is an edition; None if of none.
        current: whether no later edition of that register is known.
    """

    claim: Claim
    source: str
    reliability: str = "F"
    register: str | None = None
    current: bool = True


def superseded(editions: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Tell which documents have been followed by a later edition of their register.

    Args:
        editions: the ``id``, the ``register`` and the date ``published_on`` of each edition.

    Returns:
        Their ids. Of an edition without a date nothing can be said.
    """
    dated = [one for one in editions if one.get("register") and one.get("published_on")]
    latest: dict[str, str] = {}
    for one in dated:
        latest[one["register"]] = max(latest.get(one["register"], ""), one["published_on"])
    return frozenset(one["id"] for one in dated if one["published_on"] < latest[one["register"]])
