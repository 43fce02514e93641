"""What a claim can state: a transfer, a relation, the volumes of an actor's trade, a description, or who is whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from .errors import LoadError
from .periods import is_date
from .schema import FURTHER_PARTS, RELATIONS, STATUSES, TRANSFER_KINDS, label_of, labels_of

_ID: Final = re.compile(r"[A-Z]{3}|(firm|person|org|system|conflict):[a-z0-9-]+")
_IDENTIFIER: Final = re.compile(r"[a-z][a-z0-9-]*:\S(?:.*\S)?")

Value: TypeAlias = str | int | float | bool | list[str] | list[int] | list[float]
"""What a property of a node may hold."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor, system or conflict as a claim names it.

    Attributes:
        id: the node's id; it also tells the label.
        name: the name to show if no reference list and no other claim has a better one.
    """

    id: str
    name: str

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise LoadError(f"{self.id!r} is no id: write three capital letters, or a prefix such as firm: and a slug.")

    @property
    def label(self) -> str:
        """The label that the id tells."""
        return label_of(self.id)


@dataclass(frozen=True, slots=True)
class TransferStatement:
    """What one claim states of one transfer. Unknown is None or empty, never zero.

    Attributes:
        supplier: who supplies: a state, firm or organisation.
        buyer: who receives.
        system: what: a system, or a class of systems where the source names no system.
        status: one of ``schema.STATUSES``.
        kind: one of ``schema.TRANSFER_KINDS``.
        quantity_ordered: units ordered (for talk and offers: units spoken of).
        quantity_delivered: units delivered so far.
        order_year: the year of the order, -9999 to 9999.
        delivery_years: the years of delivery, ascending.
        status_year: the year in which it came to ``status`` where that is neither an order nor a delivery.
        estimated: names of the fields above or below that the source calls estimates.
        tiv_order: SIPRI trend-indicator value of the order, in millions.
        tiv_delivered: the same of what was delivered, in millions.
        below_half: names of the TIV fields that the source gives as less than half a million; they have no number.
        value: price of the whole order in units of ``currency``.
        currency: ISO 4217 code.
        value_shared: whether the price covers more than this order.
        condition: such as ``new`` or ``second-hand``.
        register_id: the id that the source itself gives the deal, or one with a ``~`` before it that its loader makes
            where the source gives none; see ``deals``.
        instalment: whether the numbers delivered are those of its delivery years alone, and other claims of the
            document give the rest.
        financiers: who pays for it, where that is not the buyer.
        intermediaries: through whom it goes.
        origins: whose used equipment it is, where that is not the supplier's.
    """

    supplier: Party
    buyer: Party
    system: Party
    status: str
    kind: str = "sale"
    quantity_ordered: int | None = None
    quantity_delivered: int | None = None
    order_year: int | None = None
    delivery_years: tuple[int, ...] = ()
    status_year: int | None = None
    estimated: tuple[str, ...] = ()
    tiv_order: float | None = None
    tiv_delivered: float | None = None
    below_half: tuple[str, ...] = ()
    value: float | None = None
    currency: str | None = None
    value_shared: bool = False
    condition: str | None = None
    register_id: str | None = None
    instalment: bool = False
    financiers: tuple[Party, ...] = ()
    intermediaries: tuple[Party, ...] = ()
    origins: tuple[Party, ...] = ()

    def __post_init__(self) -> None:
        one_of("status", self.status, STATUSES)
        one_of("kind", self.kind, TRANSFER_KINDS)
        _end("supplier", self.supplier, ("Actor",))
        _end("buyer", self.buyer, ("Actor",))
        _end("system", self.system, ("System",))
        for role in FURTHER_PARTS:
            for party in getattr(self, role):
                _end(role, party, ("Actor",))

    @property
    def states(self) -> str:
        """What is stated, as the claim's property of that name says it."""
        return "transfer"

    def parties(self) -> Iterator[tuple[str, Party]]:
        """Give each party with the role that it has."""
        yield "supplier", self.supplier
        yield "buyer", self.buyer
        yield "system", self.system
        for role in FURTHER_PARTS:
            for party in getattr(self, role):
                yield role, party


@dataclass(frozen=True, slots=True)
class RelationStatement:
    """What one claim states of a relation between two.

    Attributes:
        relation: one of ``schema.STATED``.
        subject: where the relation starts.
        object: where it ends.
        title: the office, share or treaty, as the source words it.
        since: ISO 8601 date, whole or only the year or month.
        until: the same.
    """

    relation: str
    subject: Party
    object: Party
    title: str | None = None
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        kind = RELATIONS.get(self.relation)
        if kind is None or kind.derived:
            raise LoadError(f"{self.relation!r} is no relation that a claim can state; see `legation schema`.")
        _end("subject", self.subject, kind.start)
        _end("object", self.object, kind.end)
        _dates(self.since, self.until)
        if self.subject.id == self.object.id:
            raise LoadError(f"{self.subject.name} cannot have the relation {self.relation} with itself.")

    @property
    def states(self) -> str:
        """What is stated, as the claim's property of that name says it."""
        return self.relation

    def parties(self) -> Iterator[tuple[str, Party]]:
        """Give each party with the role that it has."""
        yield "subject", self.subject
        yield "object", self.object


@dataclass(frozen=True, slots=True)
class VolumeStatement:
    """What one claim states of all that an actor exported, imported or sold, year by year. No fact is folded from it.

    Attributes:
        actor: who.
        direction: ``exports`` or ``imports``, or ``sales`` of arms and services to anybody, at home too.
        years: ascending; years for which nothing is stated are absent.
        volumes: millions of SIPRI TIV or of ``currency``, one for each of ``years``.
        years_below_half: years in which it was less than half a million, but not nothing.
        currency: ISO 4217 code of what the volumes are millions of; None if they are TIVs, which are no money.
        price_year: the year in whose prices a currency counts; None for the prices of each year itself.
        estimated: ``volumes`` if the source calls them estimates.
    """

    actor: Party
    direction: str
    years: tuple[int, ...] = ()
    volumes: tuple[float, ...] = ()
    years_below_half: tuple[int, ...] = ()
    currency: str | None = None
    price_year: int | None = None
    estimated: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        one_of("direction", self.direction, {"exports": None, "imports": None, "sales": None})
        _end("actor", self.actor, ("Actor",))
        if len(self.years) != len(self.volumes):
            raise LoadError(f"{len(self.years)} years and {len(self.volumes)} volumes do not go together.")

    @property
    def states(self) -> str:
        """What is stated, as the claim's property of that name says it."""
        return "volume"

    def parties(self) -> Iterator[tuple[str, Party]]:
        """Give each party with the role that it has."""
        yield "actor", self.actor


@dataclass(frozen=True, slots=True)
class DescriptionStatement:
    """What one claim states of an actor, system or conflict itself: other names, identifiers, where and when it is.

    Attributes:
        subject: of whom or what.
        aliases: other names, former ones included.
        identifiers: each with its scheme before a colon, such as ``lei:…``, ``uei:…`` or ``opensanctions:…``; whatever
            two have in common is taken for proof that they are one.
        countries: ids of the states in which it has its seat, or whose national a person is.
        since: ISO 8601 date, whole or only the year or month, from which it is there; of a person that of birth.
        until: the same for its end.
        type: of an organisation, in a word.
        system_class: id of the class of a system, such as ``system:fighter-aircraft``.
    """

    subject: Party
    aliases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    type: str | None = None
    system_class: str | None = None

    def __post_init__(self) -> None:
        _dates(self.since, self.until)
        for country in self.countries:
            _end("country", Party(country, country), ("State",))
        for identifier in self.identifiers:
            if not _IDENTIFIER.fullmatch(identifier):
                raise LoadError(f"{identifier!r} is no identifier: write its scheme, a colon and its value.")
        if self.system_class is not None and label_of(self.system_class) != "System":
            raise LoadError(f"{self.system_class!r} is no class of systems.")

    @property
    def states(self) -> str:
        """What is stated, as the claim's property of that name says it."""
        return "description"

    def parties(self) -> Iterator[tuple[str, Party]]:
        """Give each party with the role that it has."""
        yield "subject", self.subject


@dataclass(frozen=True, slots=True)
class IdentityStatement:
    """What a person or a rule decided of two that sources name: that they are one, or that they are not.

    It is about names and not about the world: it makes nobody appear in the graph, and gives nobody a name.

    Attributes:
        subject: the one.
        object: the other, of the same label.
        same: whether they are one.
        because: the reason, in the words of whoever decided.
        automatic: whether a rule of ours decided; what a person says stands above it.
    """

    subject: Party
    object: Party
    same: bool
    because: str
    automatic: bool = False

    def __post_init__(self) -> None:
        one, other = self.subject, self.object
        if one.id == other.id:
            raise LoadError(f"{one.name} ({one.id}) is one already; say which two are meant.")
        if one.label != other.label:
            raise LoadError(
                f"{one.name} ({one.label.lower()}, {one.id}) and {other.name} ({other.label.lower()}, {other.id}) can "
                "never be one: what is of two kinds is two."
            )
        if self.same and one.label == "State":
            raise LoadError(f"{one.name} and {other.name} are two states; the list of states says which are one.")

    @property
    def states(self) -> str:
        """What is stated, as the claim's property of that name says it."""
        return "identity"

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of both, sorted."""
        first, second = sorted((self.subject.id, self.object.id))
        return first, second

    def parties(self) -> Iterator[tuple[str, Party]]:
        """Give nobody: a decision holds no node and can be there before whom it is about."""
        yield from ()


Statement: TypeAlias = (
    TransferStatement | RelationStatement | VolumeStatement | DescriptionStatement | IdentityStatement
)


def is_id(text: str) -> bool:
    """Tell whether a text is the id of an actor, system or conflict."""
    return _ID.fullmatch(text) is not None


def one_of(what: str, value: str, table: Mapping[str, object]) -> None:
    """Refuse a value that a table of the schema does not have."""
    if value not in table:
        raise LoadError(f"{value!r} is no {what}; use one of {', '.join(table)}.")


def _dates(*given: str | None) -> None:
    for text in given:
        if text is not None and not is_date(text):
            raise LoadError(f"{text[:40]!r} is no date of the calendar; write 2021-12-03, 2021-12 or 2021.")


def _end(role: str, party: Party, allowed: tuple[str, ...]) -> None:
    if not set(labels_of(party.id)) & set(allowed):
        raise LoadError(f"{party.name} ({party.label}) cannot be the {role}: that takes {' or '.join(allowed)}.")
