"""Lots: deals that are alike in what makes them count more or less, and the band that they come to.

The rule stands in docs/uncertainty.md. A value is in thousandths of a million of SIPRI's trend-indicator value (TIV),
or of a deal where deals are counted: whole numbers add up to the same whatever the order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .bands import Band, total
from .parameter import Parameter
from .selection import ABROAD, HANDED_OVER

THOUSAND: Final = 1000

ERROR: Final = Parameter(
    "error", "number", "by how many percent an estimated number may be wrong", required=False, default=33, most=99
)
BY: Final = Parameter(
    "by",
    "choice",
    "count TIV, SIPRI's measure of military capability, or deals",
    required=False,
    default="tiv",
    choices=("tiv", "deals"),
)

_GUESSED: Final = "$by = 'tiv' AND ('tiv_delivered' IN t.estimated OR 'quantity_delivered' IN t.estimated)"
_SURENESS: Final = (
    "CASE WHEN $by = 'tiv' AND t.tiv_delivered IS NULL "
    "THEN CASE WHEN 'tiv_delivered' IN t.below_half THEN 'small' ELSE 'unvalued' END "
    "WHEN t.contested OR t.reason CONTAINS 'could belong to several deals' "
    f"THEN CASE WHEN {_GUESSED} THEN 'doubtful estimate' ELSE 'doubtful' END "
    f"WHEN {_GUESSED} THEN 'estimate' ELSE 'sure' END"
)
_WORTH: Final = (
    "CASE WHEN $by = 'deals' THEN 1000 WHEN t.tiv_delivered IS NOT NULL THEN toInteger(round(t.tiv_delivered * 1000)) "
    "WHEN 'tiv_delivered' IN t.below_half THEN 250 ELSE 0 END"
)
_SUMS: Final = (
    f"count(t) AS deals, sum({_WORTH}) AS worth, "
    f"sum(CASE WHEN t.kind = 'licensed_production' THEN {_WORTH} ELSE 0 END) AS licensed"
)

HANDED: Final = f" AND t.status IN {HANDED_OVER}{ABROAD} "
"""Behind ``{deals}``: what was handed over to another."""

PART: Final = (
    "CASE WHEN t.delivery_years IS NULL THEN CASE WHEN $since IS NULL AND $until IS NULL THEN 1.0 END "
    "ELSE size([y IN t.delivery_years WHERE y >= coalesce($since, -9999) AND y <= coalesce($until, 9999)]) * 1.0 "
    "/ size(t.delivery_years) END"
)
"""The share of a deal's years of delivery that is within those asked for; null if they are not known."""

PAIR: Final = {"pair": "t.pair"}
"""Supplier and buyer, joined by ``|``."""

SUPPLIER: Final = "s.id AS supplier_id, s.name AS supplier, s.type AS type, lots"
BUYERS: Final = "[(s)-[:ARMS]->(b:Actor) | [b.id, b.name]] AS buyers"
"""What a statement gives of each supplier, and the names of those to whom its lots went."""


def in_lots(apart: Mapping[str, str], part: str = PART) -> str:
    """Give the Cypher that, behind ``{deals}`` and ``HANDED``, puts deals into lots and these beside their suppliers.

    It takes ``$by``, and ends with ``s``, the supplier, and its ``lots``: few long rows, for a driver takes ten times
    as long for thousands of short ones.

    Args:
        apart: what is to be told apart beside the fields of a ``Lot``: name and expression; these come first.
        part: the expression of the field ``part``.
    """
    keys = {**apart, "sureness": _SURENESS, "part": part}
    return (
        f"WITH t.supplier AS supplier, {', '.join(f'{value} AS {name}' for name, value in keys.items())}, {_SUMS} "
        f"WITH supplier, collect([{', '.join(keys)}, deals, worth, licensed]) AS lots "
        "MATCH (s:Actor {id: supplier}) "
    )


@dataclass(frozen=True, slots=True)
class Lot:
    """Deals that are alike in what makes them count more or less.

    Attributes:
        sureness: ``sure``, ``estimate``, ``doubtful`` (contested, or perhaps the same as another deal),
            ``doubtful estimate``, ``small`` (less than half a million) or ``unvalued``.
        part: the share of their years of delivery that counts, 0 to 1; None if the years are not known.
        deals: how many they are.
        worth: of all their years together, in thousandths; 0 if unvalued.
        licensed: how much of that was made under licence.
    """

    sureness: str
    part: float | None
    deals: int
    worth: int
    licensed: int

    @property
    def unvalued(self) -> int:
        """How many of them have no value."""
        return self.deals if self.sureness == "unvalued" else 0

    def to_band(self, error: int) -> Band:
        """Give the least, the best known and the most that they come to, without what nobody values.

        Args:
            error: by how many percent an estimated number may be wrong.
        """
        is_cut = self.part is not None and self.part < 1
        best, error = self._counted(self.worth), error if "estimate" in self.sureness else 0
        least = best / 2 if is_cut else best
        most = min(best * 1.5, self.worth) if is_cut else self.worth
        low = least * (100 - error) / 100 if self.sureness in ("sure", "estimate") else 0
        high = THOUSAND / 2 * self.deals if self.sureness == "small" else most * (100 + error) / 100
        return Band(round(low), best, round(high))

    def licensed_best(self) -> int:
        """Give how much of the best known was made under licence."""
        return self._counted(self.licensed)

    def _counted(self, worth: int) -> int:
        return round(worth * (self.part or 0.0))


@dataclass(frozen=True, slots=True)
class Supply:
    """What one came to have from another, all lots together.

    Attributes:
        row: who it came from (``supplier_id``, ``supplier``, ``type``), and whatever else the question tells apart.
        band: how much.
        licensed: how much of the best known was made under licence, in thousandths.
        deals: how many deals.
        unvalued: how many of them have no value.
    """

    row: Mapping[str, Any]
    band: Band
    licensed: int
    deals: int
    unvalued: int

    @property
    def is_of_nobody(self) -> bool:
        """Whether its supplier stands for whomever a source does not know."""
        return bool(self.row["type"] == "unknown")


def to_supplies(lots: Iterable[tuple[Mapping[str, Any], Sequence[Lot]]], error: int) -> list[Supply]:
    """Add up the lots of each row; deals without a value widen a band by the average of all those with one."""
    banded = [(row, members, total(lot.to_band(error) for lot in members)) for row, members in lots]
    valued = sum(lot.deals - lot.unvalued for _, members, _ in banded for lot in members)
    average = sum(band.best for _, _, band in banded) // valued if valued else THOUSAND
    supplies = []
    for row, members, band in banded:
        deals, unvalued = sum(lot.deals for lot in members), sum(lot.unvalued for lot in members)
        licensed = sum(lot.licensed_best() for lot in members)
        supplies.append(Supply(row, band + Band(0, 0, unvalued * average), licensed, deals, unvalued))
    return supplies


def of_pairs(rows: Iterable[Mapping[str, Any]], *apart: str) -> Iterator[tuple[dict[str, Any], list[Lot]]]:
    """Part the lots of each supplier by buyer and by what else is told apart.

    Args:
        rows: with what ``SUPPLIER`` names, of lots told apart by ``PAIR`` first, and ``buyers``, pairs of id and name.
        apart: the names of what else is told apart.

    Yields:
        The row with ``buyer_id``, ``buyer`` and what is told apart, and its lots within the years asked for.
    """
    for row in rows:
        parted: dict[tuple[Any, ...], list[Lot]] = defaultdict(list)
        for pair, *fields in row["lots"]:
            lot = Lot(*fields[len(apart) :])
            if lot.part != 0:
                parted[pair, *fields[: len(apart)]].append(lot)
        names = dict(row["buyers"])
        for (pair, *values), lots in parted.items():
            buyer = pair.split("|")[1]
            told = dict(zip(apart, values, strict=True))
            yield {**row, **told, "buyer_id": buyer, "buyer": names.get(buyer, buyer)}, lots
