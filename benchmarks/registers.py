"""A generated register: as many deals as wanted, the same ones from the same seed, in the shape of a real one.

As in a real register few suppliers make most deals, some systems are sold to many, four in five of them are on no
reference list, and each row is a line of text that its claim quotes.
"""

from __future__ import annotations

import random

from legation.graph.claims import Claim, Document, Source
from legation.graph.names import reference
from legation.graph.statements import Party, TransferStatement

DEALS = 30_000
ACTORS = 300
SYSTEMS = 4_700
_SUPPLIERS = 90
_LISTED_SYSTEMS = 900


def register(deals: int = DEALS, seed: int = 1) -> tuple[Document, list[Claim]]:
    """Make a register: one document, one claim a deal.

    Args:
        deals: how many. Actors and systems do not grow with them.
        seed: another seed gives another register.
    """
    draw = random.Random(seed)
    actors, systems = _actors(), _systems()
    suppliers = draw.choices(actors[:_SUPPLIERS], [1 / (rank + 2) for rank in range(_SUPPLIERS)], k=deals)
    buyers = draw.choices(actors, [1 / (rank + 20) for rank in range(len(actors))], k=deals)
    sold = systems + draw.choices(systems, [1 / (rank + 40) for rank in range(len(systems))], k=deals)
    parties = [(one, two) if one != two else (one, actors[-1]) for one, two in zip(suppliers, buyers, strict=True)]
    made = [_statement(number, *parties[number], sold[number], draw) for number in range(deals)]
    rows = [_row(number, statement) for number, statement in enumerate(made)]
    document = Document(
        f"register-{deals}.csv", "\n".join(rows), Source("Register", "B"), "sipri", "2026-01-01", keeps_text=False
    )
    claims, start = [], 0
    for number, (row, statement) in enumerate(zip(rows, made, strict=True)):
        claims.append(_claim(document, row, start, number + 1, statement))
        start += len(row) + 1
    return document, claims


def _actors() -> list[Party]:
    """The states of the reference lists, and organisations of nobody to make up the number."""
    states = [Party(entry.id, entry.name) for entry in reference().entries.values() if entry.label == "State"]
    more = [Party(f"org:force-{number}", f"Force {number}") for number in range(ACTORS)]
    return [*states, *more][:ACTORS]


def _systems() -> list[Party]:
    """Known and unknown systems in turn, so that both are among those sold to many."""
    known = [Party(entry.id, entry.name) for entry in reference().entries.values() if entry.label == "System"]
    unknown = [Party(f"system:m-{number}", f"M-{number}") for number in range(SYSTEMS - _LISTED_SYSTEMS)]
    mixed = [system for pair in zip(known[:_LISTED_SYSTEMS], unknown, strict=False) for system in pair]
    return [*mixed, *unknown[_LISTED_SYSTEMS:]]


def _statement(number: int, supplier: Party, buyer: Party, system: Party, draw: random.Random) -> TransferStatement:
    ordered, year = draw.choice((1, 2, 4, 6, 12, 24, 36, 100, 250)), draw.randrange(1950, 2026)
    delivered = draw.choice((ordered, ordered, ordered // 2)) or None
    years = tuple(range(year + 1, year + 1 + draw.randrange(1, 5))) if delivered else ()
    worth = draw.randrange(1, 9_000) / 100
    return TransferStatement(
        supplier,
        buyer,
        system,
        "delivered" if delivered else "ordered",
        quantity_ordered=ordered,
        quantity_delivered=delivered,
        order_year=year,
        delivery_years=years,
        estimated=("order_year",) if draw.random() < 0.4 else (),
        tiv_order=round(worth * ordered, 2),
        tiv_delivered=round(worth * delivered, 2) if delivered else None,
        condition=draw.choice(("new", "second-hand")),
        register_id=f"{number:016x}-1",
    )


def _row(number: int, deal: TransferStatement) -> str:
    years = "; ".join(map(str, deal.delivery_years))
    return (
        f"{deal.buyer.name},{deal.supplier.name},{deal.order_year},,{deal.quantity_ordered},,{deal.system.name},"
        f"weapon system,{deal.quantity_delivered or 0},,{years},{deal.condition},Deal {number} of a made-up register,"
        f"{deal.tiv_order},{deal.tiv_delivered or 0}"
    )


def _claim(document: Document, row: str, start: int, line: int, statement: TransferStatement) -> Claim:
    return Claim(
        document.id,
        row,
        start,
        start + len(row),
        statement,
        "register/1",
        row=line,
        published_on=document.published_on,
    )
