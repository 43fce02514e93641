"""Which deal a transfer claim speaks of: blocks of claims that can be about one deal, and how a block parts into deals.

A **block** is what is folded together: for transfers the supplier's state, the buyer and the system's family; for
relations the kind and both ends. Claims of different blocks never meet, so a write looks again at its own blocks only.

Within a block of transfers the rule is, for each nature of deal (joint and licensed production apart from the rest):

1. Each id that a register gives is a deal.
2. Each order year without such an id is a deal; where one document gives several numbers for one year, each of these
   numbers is a deal of that year.
3. A claim without an order year joins the only deal that has its number; else the only deal there is, unless its own
   document gives that deal another number; else the claims that could belong to several deals are kept apart as one.

The rule looks at the set of claims, never at the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from .claims import Claim, TransferStatement, digest
from .names import reference, slug
from .schema import RELATIONS

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
    ends = [statement.subject.id, statement.object.id]
    if not RELATIONS[statement.relation].directed:
        ends.sort()
    return "|".join((statement.relation, *ends))


def partition(block: str, claims: Iterable[Claim]) -> list[DealClaims]:
    """Part the transfer claims of one block into deals.

    Args:
        block: the block's name, as ``block_of`` gives it.
        claims: all claims of that block.

    Returns:
        The deals in the order of their ids; each claim is in exactly one.
    """
    natures: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda one: one.id):
        kind = _transfer(claim).kind
        natures[kind if kind in _PRODUCTION else ""].append(claim)
    deals = []
    for nature, members in sorted(natures.items()):
        for deal in _partition(members):
            known = "-".join(filter(None, (nature.replace("_", "-"), deal.key)))
            name = slug(f"{block.replace('system:', '')}-{known}")
            made_id = f"transfer:{name}-{digest(block, known)[:6]}"
            deals.append(DealClaims(made_id, tuple(sorted(deal.claims, key=lambda one: one.id)), deal.reason))
    return sorted(deals, key=lambda deal: deal.id)


def _partition(claims: Sequence[Claim]) -> list[_Deal]:
    deals = _seeds([claim for claim in claims if _is_dated(_transfer(claim))])
    loose = [claim for claim in claims if not _is_dated(_transfer(claim))]
    if not deals:
        return _undated(loose)
    seeds = list(deals.values())
    joins = [(claim, _join(claim, seeds)) for claim in loose]
    left = [claim for claim, deal in joins if deal is None]
    for claim, deal in joins:
        if deal is not None:
            deal.claims.append(claim)
    return seeds + (_undated(left, "without a year; could belong to several deals") if left else [])


def _seeds(claims: Sequence[Claim]) -> dict[str, _Deal]:
    """Open a deal for each register id, and for each order year (and number, where a document gives several)."""
    split = _years_with_several_numbers(claims)
    deals: dict[str, _Deal] = {}
    for claim in claims:
        transfer = _transfer(claim)
        year, number = transfer.order_year, transfer.quantity_ordered
        if transfer.register_id is not None:
            deal_key, reason = f"register-{transfer.register_id}", "the register's own id"
        elif year in split and number is not None:
            deal_key, reason = f"{year}-{number}", "order year and number ordered"
        else:
            deal_key, reason = str(year), "order year"
        deals.setdefault(deal_key, _Deal(deal_key, reason, year)).seed(claim, transfer)
    return deals


def _undated(claims: Sequence[Claim], reason: str = "no order year given") -> list[_Deal]:
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


def _join(claim: Claim, deals: Sequence[_Deal]) -> _Deal | None:
    number = _transfer(claim).quantity_ordered
    if number is not None:
        same = [deal for deal in deals if number in deal.numbers]
        if len(same) == 1:
            return same[0]
    if len(deals) > 1:
        return None
    own = deals[0].numbers_by_document.get(claim.document, set())
    return None if number is not None and own and number not in own else deals[0]


def _years_with_several_numbers(claims: Iterable[Claim]) -> set[int | None]:
    numbers: dict[tuple[str, int | None], set[int]] = defaultdict(set)
    for claim in claims:
        transfer = _transfer(claim)
        if transfer.quantity_ordered is not None and transfer.register_id is None:
            numbers[claim.document, transfer.order_year].add(transfer.quantity_ordered)
    return {year for (_, year), given in numbers.items() if len(given) > 1}


def _is_dated(transfer: TransferStatement) -> bool:
    return transfer.register_id is not None or transfer.order_year is not None


def _transfer(claim: Claim) -> TransferStatement:
    if not isinstance(claim.statement, TransferStatement):
        raise TypeError(f"{claim.id} states {claim.statement.states}, not a transfer")
    return claim.statement
