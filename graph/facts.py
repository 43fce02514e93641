"""The fold: claims become transfers and relations. Pure functions of the set of claims, never of their order.

The rule, in words. Of the claims of one deal (see ``deals``):

* The **status** is the highest one that an undenied claim backs, in the order of ``schema.STATUSES``; speculation
  backs no more than ``potential``. If every claim is a denial, the status is ``denied``.
* Each **number, year and kind** is the one that most claims give; of equals the one from the more reliable source,
  then from the later publication, then the smaller. Only claims that draw the same relation as the status vote (talk of
  36 does not change an order of 24), unless none of them gives the value. Years of delivery are united. The suppliers
  are those whom these claims name.
* A value is **estimated** if every claim that gives it calls it an estimate.
* Of the **editions** of one register only the latest speaks, and of several in one document that tell of an instalment
  each only their sum does. A deal that only earlier editions give is ``withdrawn``; a relation is not drawn then.
* A **relation** holds from the first day to the last that claims give, and names its ``periods`` where there are gaps
  between (see ``periods``).
* The deal is **contested** if undenied claims that vote differ in a value, if some claim denies it, or if some say
  that it was signed and others that it was refused or cancelled. Every value stays readable on the claims.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from .attested import Attested
from .claims import Claim
from .deals import DealClaims, block_of, partition
from .descriptions import describe
from .names import reference
from .periods import Period, to_periods
from .schema import FURTHER_PARTS, STATUSES, WITHDRAWN
from .statements import DescriptionStatement, RelationStatement, TransferStatement, Value

_ValueT = TypeVar("_ValueT")

_VOTED: Final = ("quantity_ordered", "quantity_delivered", "order_year", "tiv_order", "tiv_delivered", "condition")


@dataclass(frozen=True, slots=True)
class Transfer:
    """One deal as the claims give it.

    Attributes:
        id: of the node.
        pair: the main supplier and the buyer, joined by ``|``. The main supplier is the supplier's state, or the named
            supplier where no list knows its state; the node keeps it as ``supplier``, so that a query can count each
            deal once.
        suppliers: ids of the named suppliers and of their state, sorted.
        buyer: id of the buyer.
        systems: ids of the systems that claims name, sorted.
        properties: of the node, see ``schema.LABELS["Transfer"]``; unknown ones are absent.
        backing: ids of the claims for it.
        disputing: ids of the claims against it.
        parts: who else has a part in it: kind of the relation (see ``schema.FURTHER_PARTS``) and id, sorted.
    """

    id: str
    pair: str
    suppliers: tuple[str, ...]
    buyer: str
    systems: tuple[str, ...]
    properties: Mapping[str, Value]
    backing: tuple[str, ...]
    disputing: tuple[str, ...]
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between two nodes.

    Attributes:
        kind: one of ``schema.RELATIONS``.
        start: id of the node where it starts.
        end: id of the node where it ends.
        properties: of the relation; ``claims`` holds the ids behind a stated one.
    """

    kind: str
    start: str
    end: str
    properties: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the fold gives.

    Attributes:
        transfers: in the order of their ids.
        relations: the stated ones, in the order of kind and ends.
        descriptions: what claims say of nodes themselves: id -> properties, see ``descriptions``.
    """

    transfers: tuple[Transfer, ...] = ()
    relations: tuple[Relation, ...] = field(default=())
    descriptions: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)


def fold(attested: Iterable[Attested], apart: Set[tuple[str, str]] = frozenset()) -> Facts:
    """Fold claims into facts.

    Args:
        attested: whole blocks of claims, as ``Identity.see`` gives them: all that is known of each block, or the facts
            will miss it.
        apart: pairs of ids, sorted, that are decided to be two, so that nobody takes them for one any more.

    Returns:
        The transfers, stated relations and descriptions; draw the derived relations with ``derive``.
    """
    blocks: dict[str, dict[str, Attested]] = defaultdict(dict)
    for one in attested:
        blocks[block_of(one.claim)][one.claim.id] = one
    transfers: list[Transfer] = []
    relations: list[Relation] = []
    describing: list[tuple[Claim, str]] = []
    for block, members in sorted(blocks.items()):
        stated = next(iter(members.values())).claim.statement
        if isinstance(stated, TransferStatement):
            deals = partition(block, (one.claim for one in members.values()))
            transfers += [_transfer(block, deal, members) for deal in deals]
        elif isinstance(stated, RelationStatement):
            relations += _relation(sorted(members.values(), key=lambda one: one.claim.id), apart)
        elif isinstance(stated, DescriptionStatement):
            describing += [(one.claim, one.reliability) for one in members.values() if one.current]
    return Facts(tuple(sorted(transfers, key=lambda one: one.id)), tuple(relations), describe(describing))


def _transfer(block: str, deal: DealClaims, members: Mapping[str, Attested]) -> Transfer:
    attested = [members[claim.id] for claim in deal.claims]
    speaking = _speaking(attested)
    backing = _voices([one for one in speaking if one.claim.modality != "denied"])
    disputing = [one for one in speaking if one.claim.modality == "denied"]
    status = _highest_status(backing, disputing)
    voters = [one for one in backing if STATUSES[_backed(one.claim)].draws == STATUSES[status].draws]
    properties: dict[str, Value] = {"claims": len(attested), "block": block, "reason": deal.reason}
    properties["status"] = status if any(one.current for one in speaking) else WITHDRAWN.name
    properties["sources"] = len({one.source for one in speaking})
    estimated, contested = [], bool(disputing) or _outcomes_differ(backing)
    properties["kind"] = _vote(voters or speaking, lambda given: given.kind)[0] or "sale"
    for name in _VOTED:
        value, differ, guess = _voted(name, voters, backing)
        contested |= differ
        if value is not None:
            properties[name] = value
            estimated += [name] if guess else []
    price, differ = _vote(voters, _price)
    contested |= differ
    if price is not None:
        value, currency, shared = price
        properties |= {"value": value, **({"currency": currency} if currency else {})}
        properties |= {"value_shared": True} if shared else {}
    small = {name for one in voters for name in _statement(one).below_half} - properties.keys()
    properties |= {"below_half": sorted(small)} if small else {}
    years = sorted({year for one in voters for year in _statement(one).delivery_years})
    if years:
        properties["delivery_years"] = years
        givers = [_statement(one) for one in voters if _statement(one).delivery_years]
        estimated += ["delivery_years"] if all("delivery_years" in one.estimated for one in givers) else []
    properties["contested"] = contested
    if estimated:
        properties["estimated"] = sorted(estimated)
    supplier, buyer, _ = block.split("|")
    properties |= {"name": ", ".join(_system_names(speaking)), "supplier": supplier}
    named = {_statement(one).supplier.id for one in voters or speaking}
    return Transfer(
        deal.id,
        f"{supplier}|{buyer}",
        tuple(sorted(named | {supplier})),
        buyer,
        tuple(sorted({_statement(one).system.id for one in speaking})),
        properties,
        tuple(one.claim.id for one in attested if one.claim.modality != "denied"),
        tuple(one.claim.id for one in attested if one.claim.modality == "denied"),
        _parts(voters),
    )


def _speaking(attested: Sequence[Attested]) -> list[Attested]:
    """Give the claims that count: all but those of editions of a register to which a later one says what holds."""
    if all(one.current for one in attested):
        return list(attested)
    if any(one.current for one in attested):
        return [one for one in attested if one.current]
    last = {one.register: "" for one in attested}
    for one in attested:
        last[one.register] = max(last[one.register], one.claim.published_on or "")
    return [one for one in attested if (one.claim.published_on or "") == last[one.register]]


def _voices(attested: Sequence[Attested]) -> list[Attested]:
    """Let the instalments that one document tells of speak as one, with their sum."""
    instalments: dict[str, list[Attested]] = defaultdict(list)
    for one in attested:
        if _statement(one).instalment:
            instalments[one.claim.document].append(one)
    if not instalments:
        return list(attested)
    whole = [one for one in attested if not _statement(one).instalment]
    return whole + [_summed(members) for members in instalments.values()]


def _summed(attested: Sequence[Attested]) -> Attested:
    if len(attested) == 1:
        return attested[0]
    given = [_statement(one) for one in attested]
    numbers = [one.quantity_delivered for one in given]
    tivs = [one.tiv_delivered for one in given if one.tiv_delivered is not None]
    conditions = {one.condition for one in given}
    small = not tivs and all("tiv_delivered" in one.below_half for one in given)
    parts: dict[str, Any] = {
        role: tuple(dict.fromkeys(party for one in given for party in getattr(one, role))) for role in FURTHER_PARTS
    }
    whole = replace(
        given[0],
        quantity_delivered=None if None in numbers else sum(number or 0 for number in numbers),
        tiv_delivered=round(sum(tivs), 6) if tivs else None,
        below_half=("tiv_delivered",) if small else (),
        delivery_years=tuple(sorted({year for one in given for year in one.delivery_years})),
        estimated=tuple(sorted({name for one in given for name in one.estimated})),
        condition=conditions.pop() if len(conditions) == 1 else None,
        **parts,
    )
    return replace(attested[0], claim=replace(attested[0].claim, statement=whole))


def _parts(voters: Sequence[Attested]) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(
            {
                (kind, party.id)
                for one in voters
                for role, kind in FURTHER_PARTS.items()
                for party in getattr(_statement(one), role)
            }
        )
    )


def _system_names(attested: Sequence[Attested]) -> list[str]:
    """Name the systems of a deal: as the reference lists do, else as most of these claims do."""
    given: dict[str, list[str]] = defaultdict(list)
    for one in attested:
        system = _statement(one).system
        given[system.id].append(system.name)
    listed = reference().entries
    return [
        listed[node_id].name if node_id in listed else most_given(Counter(names))
        for node_id, names in sorted(given.items())
    ]


def most_given(names: Counter[str]) -> str:
    """Give the name that most claims give; of equals the first by the alphabet."""
    return min(names, key=lambda name: (-names[name], name))


def _statement(one: Attested) -> TransferStatement:
    statement = one.claim.statement
    if not isinstance(statement, TransferStatement):
        raise TypeError(f"{one.claim.id} states no transfer")
    return statement


def _backed(claim: Claim) -> str:
    """Tell the status that a claim backs: what it states, but no more than ``potential`` if it speculates."""
    statement = claim.statement
    stated = statement.status if isinstance(statement, TransferStatement) else ""
    status = STATUSES[stated]
    too_much = claim.modality == "speculated" and status.rank > STATUSES["potential"].rank
    return "potential" if too_much else stated


def _highest_status(backing: Sequence[Attested], disputing: Sequence[Attested]) -> str:
    statuses = [_backed(one.claim) for one in backing]
    if statuses:
        return max(statuses, key=lambda name: STATUSES[name].rank)
    # Whoever denies a refusal does not say that nothing came of it.
    refusals = all(STATUSES[_statement(one).status].draws == "DID_NOT_ARM" for one in disputing)
    return "potential" if refusals else "denied"


def _outcomes_differ(backing: Sequence[Attested]) -> bool:
    drawn = {STATUSES[_backed(one.claim)].draws for one in backing}
    return {"ARMS", "DID_NOT_ARM"} <= drawn


def _price(given: TransferStatement) -> tuple[float, str, bool] | None:
    return None if given.value is None else (given.value, given.currency or "", given.value_shared)


def _voted(name: str, voters: Sequence[Attested], backing: Sequence[Attested]) -> tuple[Any, bool, bool]:
    """Vote on one field: the value, whether claims differ, and whether all that give the value estimate it."""
    if len(backing) == 1:  # as nearly everywhere in a register
        only = _statement(backing[0])
        value = getattr(only, name)
        return value, False, value is not None and name in only.estimated
    electorate = voters if any(getattr(_statement(one), name) is not None for one in voters) else backing
    electorate, more = _whole(name, electorate)
    value, differ = _vote(electorate, lambda given: getattr(given, name))
    differ |= any(_exceeds(one, name, value, electorate) for one in more)
    givers = [_statement(one) for one in electorate if getattr(_statement(one), name) == value]
    return value, differ, value is not None and all(name in given.estimated for given in givers)


def _whole(name: str, voices: Sequence[Attested]) -> tuple[Sequence[Attested], list[Attested]]:
    """Part voices on what was delivered into those that speak of the whole deal and sums of instalments.

    A file of instalments may begin or end in the middle of a deal, so its sum counts only where nobody gives the whole.
    """
    if name not in ("quantity_delivered", "tiv_delivered"):
        return voices, []
    whole = [one for one in voices if not _statement(one).instalment and getattr(_statement(one), name) is not None]
    return (whole, [one for one in voices if _statement(one).instalment]) if whole else (voices, [])


def _exceeds(one: Attested, name: str, value: Any, whole: Sequence[Attested]) -> bool:
    """Tell whether a sum of instalments contradicts a number delivered: it is larger, or another of the same years."""
    summed = _statement(one).quantity_delivered
    if name != "quantity_delivered" or summed is None or value is None:
        return False
    years = set(_statement(one).delivery_years)
    told = [set(_statement(other).delivery_years) for other in whole]
    return summed > value or (summed != value and any(years >= other > set() for other in told))


def _vote(
    attested: Sequence[Attested], value_of: Callable[[TransferStatement], _ValueT | None]
) -> tuple[_ValueT | None, bool]:
    """Give the value that most claims give, and whether they differ; ties as the rule of this module says."""
    if len(attested) == 1:
        return value_of(_statement(attested[0])), False
    votes: Counter[_ValueT] = Counter()
    best: dict[_ValueT, tuple[int, str]] = {}
    for one in attested:
        value = value_of(_statement(one))
        if value is not None:
            votes[value] += 1
            standing = (-ord(one.reliability), one.claim.published_on or "")
            best[value] = max(best.get(value, standing), standing)
    if not votes:
        return None, False
    smallest_first = sorted(votes, key=lambda value: (str(type(value)), value))
    return max(smallest_first, key=lambda value: (votes[value], best[value])), len(votes) > 1


def _relation(attested: Sequence[Attested], apart: Set[tuple[str, str]]) -> list[Relation]:
    """Fold the claims of one relation; none if every one of them denies it, or if it is of one with himself."""
    attested = [one for one in attested if one.current]
    backing = [one for one in attested if one.claim.modality != "denied"]
    if not backing:
        return []
    kind, start, end = block_of(backing[0].claim).split("|")
    if start == end or (kind == "POSSIBLY_SAME" and (start, end) in apart):
        return []
    properties: dict[str, Value] = {
        "claims": [one.claim.id for one in backing],
        "sources": len({one.source for one in backing}),
        "contested": len(backing) < len(attested),
    }
    stated = [one.claim.statement for one in backing if isinstance(one.claim.statement, RelationStatement)]
    titles = Counter(one.title for one in stated if one.title)
    if titles:
        properties["title"] = most_given(titles)
    periods = to_periods(Period(one.since, one.until) for one in stated if one.since or one.until)
    if periods:
        first, last = periods[0].since, periods[-1].until
        properties |= ({"since": first} if first else {}) | ({"until": last} if last else {})
    if len(periods) > 1:
        properties["periods"] = [f"{one.since or ''}/{one.until or ''}" for one in periods]
    if kind == "POSSIBLY_SAME":
        properties["reasons"] = sorted({reason for title in titles for reason in title.split("; ")})
        properties["score"] = max(one.claim.confidence for one in backing)
        properties.pop("title", None)
    return [Relation(kind, start, end, properties)]
