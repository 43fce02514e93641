"""Small random graphs in our schema: documents with claims, made from a seed."""

from __future__ import annotations

from random import Random
from typing import Final

from legation.graph.claims import Claim, Document
from legation.graph.schema import MODALITIES, STATUSES
from legation.graph.statements import RelationStatement, Statement, TransferStatement
from making import document, party

SUPPLIERS: Final = ("TUR", "USA", "ISR", "firm:baykar", "firm:no-list-has-it")
BUYERS: Final = ("POL", "UKR", "TUR", "AZE", "org:nato")
SYSTEMS: Final = ("system:bayraktar-tb2", "system:uav", "system:anka", "system:no-list-has-it")
PEOPLE: Final = ("person:haluk-bayraktar", "person:selcuk-bayraktar", "person:no-list-has-it")
SPECIMENS: Final = (
    ("First article of some length.", "Daily News", "B", "2020-05-01"),
    ("Second article of some length.", "Evening News", "F", "2021-07"),
    ("Third article of some length.", "Daily News", "D", None),
)


def graph(seed: int) -> list[tuple[Document, list[Claim]]]:
    """Make some documents with their claims; the same ones for the same seed."""
    chance = Random(seed)
    made = []
    for text, source, reliability, published_on in SPECIMENS:
        of = document(text, source, reliability=reliability, published_on=published_on)
        made.append((of, [_claim(chance, of) for _ in range(chance.randint(2, 9))]))
    return made


def _claim(chance: Random, of: Document) -> Claim:
    start = chance.randrange(10)
    return Claim(
        of.id,
        of.content[start : start + 3],
        start,
        start + 3,
        _transfer(chance) if chance.random() < 0.65 else _relation(chance),
        "test/1",
        confidence=chance.choice((0.5, 0.75, 0.875)),
        modality=chance.choice((*MODALITIES, "asserted", "asserted", "asserted")),
        published_on=of.published_on,
        said_by=party(chance.choice(PEOPLE)) if chance.random() < 0.3 else None,
    )


def _transfer(chance: Random) -> Statement:
    return TransferStatement(
        party(chance.choice(SUPPLIERS)),
        party(chance.choice(BUYERS)),
        party(chance.choice(SYSTEMS)),
        chance.choice(list(STATUSES)),
        kind=chance.choice(("sale", "sale", "aid", "joint_production")),
        quantity_ordered=chance.choice((None, 6, 12, 24, 5_000_000_000)),
        quantity_delivered=chance.choice((None, None, 6)),
        order_year=chance.choice((None, 2018, 2019, 2020, 2021)),
        delivery_years=tuple(sorted(chance.sample(range(2018, 2023), chance.randrange(4)))),
        estimated=chance.choice(((), ("order_year",))),
        tiv_order=chance.choice((None, 0.5, 12.25)),
        value=chance.choice((None, 100.0, 250.5)),
        currency=chance.choice((None, "USD")),
    )


def _relation(chance: Random) -> Statement:
    kind, starts, ends = chance.choice(
        (
            ("LEADS", PEOPLE, ("firm:baykar", "TUR", "firm:no-list-has-it")),
            ("MAKES", ("firm:baykar", "firm:no-list-has-it", "TUR"), SYSTEMS),
            ("ALLIED_WITH", ("TUR", "USA"), ("POL", "UKR")),
            ("MEMBER_OF", ("TUR", "POL", "USA"), ("org:nato",)),
        )
    )
    title = chance.choice((None, "chief executive", "head")) if kind == "LEADS" else None
    return RelationStatement(kind, party(chance.choice(starts)), party(chance.choice(ends)), title)
