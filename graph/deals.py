"""Which deal a transfer claim speaks of: blocks of claims that can be about one deal, and how a block parts into deals.

A **block** is what is folded together: for transfers the supplier's state, the buyer and the system's family; for
relations the kind and both ends; for volumes the actor and the direction; for descriptions whom they describe; all
that says who is whom is one. Claims of different blocks never meet, so a write looks again at its own blocks only.

Within a block of transfers the rule is this; the nature of a deal is joint production, licensed production, or neither:

1. Each id that a register gives is a deal, and so is each that a loader made where the register gave none (it begins
   with ``~``). But a deal of the latter joins one of the former if there is only one of each with their system, order
   year and nature, or with these and the number and years delivered, or of what is left with their system and order
   year, or with their order year and the number and years delivered. And those that different documents give under
   other designations are one if in each document only one has their order year, numbers, and years delivered.
2. A claim with an order year joins the register's deal of that year and its nature: the only one that has its number,
   else the only one. Where there is none, or no telling which, each order year is a deal; where one document gives
   several numbers for one year, each of these numbers is a deal of that year.
3. A claim without an order year joins the only deal of its nature that has its number, else the only one. What could
   belong to several deals is kept apart as one.

No claim joins a deal to which its own document gives another number.

The rule looks at the set of claims, never at the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from .claims import Claim, digest
from .names import reference, slug
from .schema import RELATIONS
from .statements import DescriptionStatement, IdentityStatement, TransferStatement, VolumeStatement

IDENTITY_BLOCK: Final = "identity|all|itself"
"""The block of every claim that says who is whom."""

_PRODUCTION: Final = {"joint_production", "licensed_production"}


@dataclass(frozen=True, slots=True)
class DealClaims:
    """The claims of one deal.

    Attributes:
        id: of the transfer, made from the block and from what tells the deal from others in it.
        claims: in the order of their ids.
        reason: why these claims are one deal, in words.
    """

    id: str
    claims: tuple[Claim, ...]
    reason: str


@dataclass(slots=True)
class _Deal:
    key: str
    reason: str
    year: int | None = None
    numbers: set[int] = field(default_factory=set)
    numbers_by_document: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    claims: list[Claim] = field(default_factory=list)

    @property
    def is_made(self) -> bool:
        """Whether its id was made by a loader."""
        return self.key.startswith("register-~")

    def take(self, other: _Deal) -> None:
        self.claims += other.claims
        self.numbers |= other.numbers
        for document, numbers in other.numbers_by_document.items():
            self.numbers_by_document[document] |= numbers

    def seed(self, claim: Claim, transfer: TransferStatement) -> None:
        self.claims.append(claim)
        if transfer.quantity_ordered is not None:
            self.numbers.add(transfer.quantity_ordered)
            self.numbers_by_document[claim.document].add(transfer.quantity_ordered)


def block_of(claim: Claim) -> str:
    """Tell the block of a claim: what must be folded again when it comes or goes."""
    statement = claim.statement
    if isinstance(statement, TransferStatement):
        supplier = reference().state_of(statement.supplier.id) or statement.supplier.id
        return f"{supplier}|{statement.buyer.id}|{reference().family_of(statement.system.id)}"
    if isinstance(statement, VolumeStatement):
        return f"volume|{statement.actor.id}|{statement.direction}"
    if isinstance(statement, DescriptionStatement):
        return f"description|{statement.subject.id}|itself"
    if isinstance(statement, IdentityStatement):
        return IDENTITY_BLOCK
    ends = [statement.subject.id, statement.object.id]
    if not RELATIONS[statement.relation].directed:
        ends.sort()
    return "|".join((statement.relation, *ends))


def holds(block: str) -> str:
    """Tell what a block holds: ``transfers``, ``relations``, ``volumes``, ``descriptions`` or ``identities``."""
    kind = block.partition("|")[0]
    return "relations" if kind in RELATIONS else _OTHERS.get(kind, "transfers")


_OTHERS: Final = {"volume": "volumes", "description": "descriptions", "identity": "identities"}


def partition(block: str, claims: Iterable[Claim]) -> list[DealClaims]:
    """Part the transfer claims of one block into deals.

    Args:
        block: the block's name, as ``block_of`` gives it.
        claims: all claims of that block.

    Returns:
        The deals in the order of their ids; each claim is in exactly one.
    """
    registered: list[Claim] = []
    natures: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda one: one.id):
        told = natures[_nature(claim)] if _transfer(claim).register_id is None else registered
        told.append(claim)
    deals = _joined(_seeds(registered))
    found = [(deal.key, deal) for deal in deals]
    for nature, members in sorted(natures.items()):
        own = [deal for deal in deals if nature in map(_nature, deal.claims)]
        found += [("-".join(filter(None, (nature, deal.key))), deal) for deal in _further(members, own)]
    given = []
    for known, deal in found:
        name = slug(f"{block.replace('system:', '')}-{known}")
        made_id = f"transfer:{name}-{digest(block, known)[:6]}"
        given.append(DealClaims(made_id, tuple(sorted(deal.claims, key=lambda one: one.id)), deal.reason))
    return sorted(given, key=lambda deal: deal.id)


def _nature(claim: Claim) -> str:
    kind = _transfer(claim).kind
    return kind.replace("_", "-") if kind in _PRODUCTION else ""


def _further(claims: Sequence[Claim], registered: Sequence[_Deal]) -> list[_Deal]:
    """Put claims that no register makes to the deals of registers, and give the deals of those that join none."""
    dated = [claim for claim in claims if _transfer(claim).order_year is not None]
    loose = [claim for claim in claims if _transfer(claim).order_year is None]
    deals: list[_Deal] = []
    if dated:
        by_year: dict[int | None, list[_Deal]] = defaultdict(list)
        for deal in registered:
            by_year[deal.year].append(deal)
        deals = _seeds([claim for claim in dated if not _joins(claim, by_year[_transfer(claim).order_year])])
    known = [*registered, *deals]
    left = [claim for claim in loose if not _joins(claim, known)]
    several = "without a year; could belong to several deals"
    return deals + (_undated(left, several if known else "no order year given") if left else [])


def _seeds(claims: Sequence[Claim]) -> list[_Deal]:
    """Open a deal for each register id, and for each order year (and number, where a document gives several)."""
    split = _years_with_several_numbers(claims)
    deals: dict[str, _Deal] = {}
    for claim in claims:
        transfer = _transfer(claim)
        year, number = transfer.order_year, transfer.quantity_ordered
        if transfer.register_id is not None:
            made = transfer.register_id.startswith("~")
            deal_key = f"register-{transfer.register_id}"
            reason = "a row of its own in an export without ids" if made else "the register's own id"
        elif year in split and number is not None:
            deal_key, reason = f"{year}-{number}", "order year and number ordered"
        else:
            deal_key, reason = str(year), "order year"
        deals.setdefault(deal_key, _Deal(deal_key, reason, year)).seed(claim, transfer)
    return list(deals.values())


def _joined(deals: Sequence[_Deal]) -> list[_Deal]:
    """Let deals whose id a loader made join those to which the register gives one, where only these can be meant."""
    made = [deal for deal in deals if deal.is_made]
    given = [deal for deal in deals if not deal.is_made]
    for reason, likeness in (
        ("the only one of its system, year and nature", _natured),
        ("the only one of its system, year and nature with that number delivered in these years", _natured_delivery),
        ("the only one left of its system and year", _system_and_year),
        ("the only one left of its year with that number delivered in these years", _delivery),
    ):
        if not made or not given:
            break
        ours, theirs = _by(likeness, made), _by(likeness, given)
        for like, (deal, *others) in ours.items():
            if not others and len(theirs.get(like, ())) == 1:
                theirs[like][0].take(deal)
                theirs[like][0].reason += f"; {reason} in an export without ids"
                made.remove(deal)
                given.remove(theirs[like][0])
    return [*(deal for deal in deals if not deal.is_made), *_renamed(made)]


def _renamed(made: Sequence[_Deal]) -> list[_Deal]:
    """Let deals that documents give under other designations be one, where in each only one can be meant."""
    deals = list(made)
    for alike in _by(_numbers, made).values():
        documents = [document for deal in alike for document in {claim.document for claim in deal.claims}]
        if len(alike) > 1 and len(set(documents)) == len(documents):
            first, *others = sorted(alike, key=lambda deal: deal.key)
            for deal in others:
                first.take(deal)
                deals.remove(deal)
            first.reason = (
                "the only one of its year, numbers and years delivered; under other designations in each export"
            )
    return deals


def _by(likeness: Callable[[_Deal], object], deals: Iterable[_Deal]) -> dict[object, list[_Deal]]:
    alike: dict[object, list[_Deal]] = defaultdict(list)
    for deal in deals:
        alike[likeness(deal)].append(deal)
    return alike


def _system_and_year(deal: _Deal) -> tuple[object, ...]:
    return _transfer(deal.claims[0]).system.id, deal.year


def _natured(deal: _Deal) -> tuple[object, ...]:
    return *_system_and_year(deal), _nature(deal.claims[0])


def _natured_delivery(deal: _Deal) -> tuple[object, ...]:
    return *_natured(deal), *_delivery(deal)


def _numbers(deal: _Deal) -> tuple[object, ...]:
    """Tell all that a deal is known by but its system; each of its claims alone if they differ."""
    first, *others = {
        (stated.order_year, stated.quantity_ordered, stated.quantity_delivered, stated.delivery_years)
        for stated in map(_transfer, deal.claims)
    }
    return (deal.key,) if others else first


def _delivery(deal: _Deal) -> tuple[object, ...]:
    """Tell the order year, and what was delivered and when; instalments of one document add up."""
    by_document: dict[str, dict[tuple[int, ...], int | None]] = defaultdict(dict)
    for claim in deal.claims:
        by_document[claim.document][_transfer(claim).delivery_years] = _transfer(claim).quantity_delivered
    parts = by_document[min(by_document)]
    number = None if None in parts.values() else sum(part or 0 for part in parts.values())
    return deal.year, number, tuple(sorted(year for years in parts for year in years))


def _undated(claims: Sequence[Claim], reason: str) -> list[_Deal]:
    """Part claims without a year: by number where one document gives several, else all are one deal."""
    split = bool(_years_with_several_numbers(claims))
    deals: dict[str, _Deal] = {}
    numberless = []
    for claim in claims:
        transfer = _transfer(claim)
        number = transfer.quantity_ordered
        if split and number is None:
            numberless.append(claim)
        else:
            deal_key = f"undated-{number}" if split else "undated"
            deals.setdefault(deal_key, _Deal(deal_key, reason)).seed(claim, transfer)
    for claim in numberless:
        deals.setdefault("undated", _Deal("undated", "could belong to several deals")).claims.append(claim)
    return list(deals.values())


def _joins(claim: Claim, deals: Sequence[_Deal]) -> bool:
    """Put a claim to the deal that it speaks of among these; False if there is none, or no telling which."""
    number = _transfer(claim).quantity_ordered
    same = [deal for deal in deals if number in deal.numbers]
    if len(same) == 1:
        same[0].claims.append(claim)
        return True
    if len(deals) != 1:
        return False
    own = deals[0].numbers_by_document.get(claim.document, set())
    if number is not None and own and number not in own:
        return False
    deals[0].claims.append(claim)
    return True


def _years_with_several_numbers(claims: Sequence[Claim]) -> set[int | None]:
    if len(claims) < 2:
        return set()
    numbers: dict[tuple[str, int | None], set[int]] = defaultdict(set)
    for claim in claims:
        transfer = _transfer(claim)
        if transfer.quantity_ordered is not None and transfer.register_id is None:
            numbers[claim.document, transfer.order_year].add(transfer.quantity_ordered)
    return {year for (_, year), given in numbers.items() if len(given) > 1}


def _transfer(claim: Claim) -> TransferStatement:
    if not isinstance(claim.statement, TransferStatement):
        raise TypeError(f"{claim.id} states {claim.statement.states}, not a transfer")
    return claim.statement
