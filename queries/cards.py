"""The table of all cards; the command line, the docs and the tests iterate over it."""

from __future__ import annotations

from typing import Final

from .alternatives import COMPONENTS, SUBSTITUTES
from .card import Card
from .centrality import NETWORK
from .conflicts import ALLIANCES, BOTH_SIDES, REEXPORTS, SANCTIONED
from .deals import DEAL, OPEN_ORDERS, PROSPECTS, REFUSALS
from .dependence import DEPENDENCE
from .evidence import CONTRADICTIONS, EVIDENCE, HEADLINE, SINGLE_SOURCE
from .markets import MARKET_SHARE, WHAT_IF
from .people import OWNERSHIP, PEOPLE
from .revisions import REVISIONS
from .suppliers import BUYERS, OPERATORS, SUPPLIERS
from .timeline import LOST_PAIRS, NEW_PAIRS

CARDS: Final[dict[str, Card]] = {
    card.name: card
    for card in (
        *(SUPPLIERS, BUYERS, OPERATORS, NEW_PAIRS, LOST_PAIRS, MARKET_SHARE, NETWORK),
        *(DEAL, OPEN_ORDERS, PROSPECTS, REFUSALS),
        *(DEPENDENCE, WHAT_IF, SUBSTITUTES, COMPONENTS),
        *(BOTH_SIDES, SANCTIONED, ALLIANCES, REEXPORTS),
        *(PEOPLE, OWNERSHIP),
        *(EVIDENCE, CONTRADICTIONS, SINGLE_SOURCE, HEADLINE, REVISIONS),
    )
}
