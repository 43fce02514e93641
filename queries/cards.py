"""The table of all cards; the command line, the docs and the tests iterate over it."""

from __future__ import annotations

from typing import Final

from .card import Card
from .evidence import EVIDENCE
from .revisions import REVISIONS
from .suppliers import BUYERS, SUPPLIERS

CARDS: Final[dict[str, Card]] = {card.name: card for card in (SUPPLIERS, BUYERS, EVIDENCE, REVISIONS)}
