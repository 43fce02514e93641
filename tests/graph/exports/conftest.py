"""A store with every kind of node, and with texts in it that every format must mask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from legation.graph.store import GraphStore, open_store
from making import description, document, party, relation, transfer
from payloads import PAYLOADS

TB2 = "system:bayraktar-tb2"

STATEMENTS = (
    "\\",
    "\\\\",
    "\\'",
    'it\'s "quoted" `so`',
    "\\u0027}) DETACH DELETE n //",
    "\\\\u0027}) DETACH DELETE n //",
    "\\u005C\\u0027",
    "\\u",
    "'}] AS row MATCH (n) DETACH DELETE n //",
    ";\nMATCH (n) DETACH DELETE n;\n:exit\n",
    "$rows",
    "{param}",
    "/* */ //",
    "\x7f\x1b[31m",
)
HOSTILE = tuple(
    text
    for text in dict.fromkeys((*STATEMENTS, *PAYLOADS))
    if text and not any("\ud800" <= letter <= "\udfff" for letter in text)  # no store takes half a character
)

NEWS = document("Turkey sold 24 drones to Poland.\r\n\tIt <said> & = + - @.\n" * 4, published_on="2021-12-03")
NOTES = document("\n".join(HOSTILE), "=cmd|'/c calc'!A0", reliability="B")


def fill(store: GraphStore) -> None:
    """Put it all in."""
    sold: dict[str, Any] = {
        "quantity_ordered": 24,
        "order_year": 2021,
        "delivery_years": (2021, 2022),
        "estimated": ("order_year",),
    }
    store.write(
        NEWS,
        [
            transfer("TUR", "POL", TB2, "signed", of=NEWS, tiv_order=12.0, value=270_000_000.5, currency="USD", **sold),
            transfer("TUR", "HUN", TB2, "potential", of=NEWS, at=1, said_by=party("person:haluk-bayraktar")),
            transfer("USA", "TUR", "system:military-technology", "refused", of=NEWS, at=2),
            transfer("TUR", "AZE", TB2, "delivered", of=NEWS, at=3, tiv_order=7.25, quantity_delivered=5),
            relation("MAKES", "firm:baykar", TB2, of=NEWS, at=5),
            relation("OWNS", "TUR", "firm:tai", of=NEWS, at=4, title="a\x1fb"),
            relation("SUPPORTS", "TUR", "POL", of=NEWS, at=4),
            relation("MEMBER_OF", "POL", "org:nato", of=NEWS, at=6, since="1999-03-12"),
            description("firm:baykar", of=NEWS, at=7, aliases=("Baykar; Makina", "a,b"), countries=("TUR",)),
        ],
    )
    names = [party(f"firm:hostile-{number}", text) for number, text in enumerate(HOSTILE)]
    owned = [relation("OWNS", "TUR", name, of=NOTES, at=at, title=name.name) for at, name in enumerate(names)]
    known = [description(name, of=NOTES, at=at, aliases=(name.name, "b")) for at, name in enumerate(names)]
    store.write(NOTES, [*owned, *known])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """An embedded store that is only read."""
    with open_store(tmp_path_factory.mktemp("exports") / "store", create=True) as store:
        fill(store)
        yield store
