"""A small graph whose answers can be worked out by hand."""

from __future__ import annotations

import pytest
from legation.graph.store import GraphStore
from making import document, party, relation, transfer

TB2 = "system:bayraktar-tb2"

NEWS = document(
    "Turkey sold 24 drones to Poland and talks to Hungary, officials said. " * 3,
    "Daily News",
    published_on="2021-12-03",
)
REPORT = document("A report on who arms whom, with older deals and refusals. " * 3, "Institute", reliability="B")


@pytest.fixture
def asked(store: GraphStore) -> GraphStore:
    """A store in which Turkey supplies Poland and Azerbaijan, talks to Hungary, and was refused by America."""
    store.write(
        NEWS,
        [
            transfer("TUR", "POL", TB2, "signed", of=NEWS, at=0, quantity_ordered=24, order_year=2021),
            transfer("TUR", "HUN", TB2, "potential", of=NEWS, at=1),
            transfer("USA", "TUR", "system:military-technology", "refused", of=NEWS, at=2),
            relation("LEADS", "person:haluk-bayraktar", "firm:baykar", of=NEWS, at=3, title="chief executive"),
            relation("LEADS", "person:selcuk-bayraktar", "firm:baykar", of=NEWS, at=4, title="technical director"),
            relation("MAKES", "firm:baykar", TB2, of=NEWS, at=5),
            relation("MEMBER_OF", "POL", "org:nato", of=NEWS, at=6),
            relation("MEMBER_OF", "TUR", "org:nato", of=NEWS, at=7),
        ],
    )
    store.write(
        REPORT,
        [
            transfer(
                "firm:baykar", "AZE", TB2, "delivered", of=REPORT, at=0, quantity_ordered=5, delivery_years=(2020,)
            ),
            transfer("TUR", "AZE", TB2, "delivered", of=REPORT, at=1, said_by=party("person:haluk-bayraktar")),
            transfer("TUR", "POL", TB2, "signed", of=REPORT, at=2, quantity_ordered=24, modality="denied"),
            transfer("ISR", "AZE", "system:harop", "delivered", of=REPORT, at=3, order_year=2014),
        ],
    )
    return store
