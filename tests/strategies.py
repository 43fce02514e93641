"""Random claims, few enough of each kind that they meet in the same deals."""

from __future__ import annotations

from hypothesis import strategies as some
from legation.graph.attested import Attested, superseded
from legation.graph.claims import Claim
from legation.graph.schema import MODALITIES, STATUSES
from legation.graph.statements import (
    DescriptionStatement,
    RelationStatement,
    Statement,
    TransferStatement,
    VolumeStatement,
)
from making import document, party

DOCUMENTS = [
    document("First article of some length.", "Daily News", reliability="B", published_on="2020-05-01"),
    document("Second article of some length.", "Evening News", published_on="2021-07"),
    document("Third article of some length.", "Daily News", reliability="D"),
    document("An edition of a register.", "Register", published_on="2020-03-01", register="deals"),
    document("A later edition of that.", "Register", published_on="2021-03-01", register="deals"),
]
BY_ID = {one.id: one for one in DOCUMENTS}
PAST = superseded(one.to_properties() for one in DOCUMENTS)

_suppliers = some.sampled_from(["TUR", "firm:baykar", "USA", "firm:no-list-has-it"]).map(party)
_buyers = some.sampled_from(["POL", "UKR", "TUR"]).map(party)
_systems = some.sampled_from(["system:bayraktar-tb2", "system:uav", "system:no-list-has-it"]).map(party)
_years = some.none() | some.integers(2018, 2021)
_numbers = some.none() | some.sampled_from([6, 12, 24])

_transfers = some.builds(
    TransferStatement,
    _suppliers,
    _buyers,
    _systems,
    some.sampled_from(list(STATUSES)),
    kind=some.sampled_from(["sale", "aid", "joint_production"]),
    quantity_ordered=_numbers,
    quantity_delivered=_numbers,
    order_year=_years,
    delivery_years=some.lists(some.integers(2018, 2022), max_size=2, unique=True).map(
        lambda years: tuple(sorted(years))
    ),
    estimated=some.sampled_from([(), ("order_year",), ("quantity_ordered",)]),
    value=some.none() | some.sampled_from([100.0, 250.5]),
    currency=some.none() | some.just("USD"),
    register_id=some.none() | some.sampled_from(["7", "8", "~7"]),
    instalment=some.booleans(),
    below_half=some.sampled_from([(), ("tiv_delivered",)]),
    financiers=some.sampled_from([(), (party("SAU"),), (party("SAU"), party("org:no-list-has-it"))]),
    origins=some.sampled_from([(), (party("DDR"),)]),
)
_relations = some.builds(
    RelationStatement,
    some.just("LEADS"),
    some.sampled_from(["person:haluk-bayraktar", "person:no-list-has-it"]).map(party),
    some.sampled_from(["firm:baykar", "TUR"]).map(party),
    title=some.none() | some.sampled_from(["chief executive", "head"]),
) | some.builds(
    RelationStatement,
    some.just("ALLIED_WITH"),
    some.sampled_from(["TUR", "USA"]).map(party),
    some.sampled_from(["POL", "UKR"]).map(party),
)
_volumes = some.builds(
    VolumeStatement,
    some.sampled_from(["POL", "org:no-list-has-it"]).map(party),
    some.sampled_from(["exports", "imports"]),
    some.just((2019, 2020)),
    some.just((1.5, 3.0)),
) | some.builds(
    VolumeStatement,
    some.just(party("firm:no-list-has-it")),
    some.just("sales"),
    some.just((2019, 2020)),
    some.just((1.5, 3.0)),
    currency=some.sampled_from(["USD", "EUR"]),
    price_year=some.sampled_from([None, 2018]),
    estimated=some.sampled_from([(), ("volumes",)]),
)
_descriptions = some.builds(
    DescriptionStatement,
    some.sampled_from(["firm:baykar", "firm:no-list-has-it", "system:no-list-has-it", "POL"]).map(party),
    aliases=some.lists(some.sampled_from(["An Alias", "Another Alias"]), max_size=2, unique=True).map(tuple),
    identifiers=some.sampled_from([(), ("lei:5493001",), ("uei:ABC", "lei:5493001")]),
    countries=some.sampled_from([(), ("TUR",)]),
    since=some.none() | some.sampled_from(["1984", "1984-05"]),
    system_class=some.none() | some.sampled_from(["system:uav", "system:fighter"]),
)


@some.composite
def claims(draw: some.DrawFn) -> Claim:
    """Give one claim of one of the documents."""
    statement: Statement = draw(_transfers | _relations | _volumes | _descriptions)
    of = draw(some.sampled_from(DOCUMENTS))
    start = draw(some.integers(0, 9))
    return Claim(
        of.id,
        of.content[start : start + 3],
        start,
        start + 3,
        statement,
        "test/1",
        confidence=draw(some.sampled_from([0.5, 0.9])),
        modality=draw(some.sampled_from(list(MODALITIES))),
        published_on=of.published_on,
        said_by=draw(some.none() | some.just(party("person:selcuk-bayraktar"))),
    )


def attested() -> some.SearchStrategy[list[Attested]]:
    """Give some claims with what the fold must know of their documents."""
    return some.lists(claims().map(attest), max_size=14)


def attest(claim: Claim) -> Attested:
    """Give a claim with what the fold must know of its document, if all of ``DOCUMENTS`` are loaded."""
    of = BY_ID[claim.document]
    return Attested(claim, of.source.id, of.source.reliability, of.register, of.id not in PAST)
