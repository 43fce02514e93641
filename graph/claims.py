"""What sources say: Source, Document, Claim and its statements, as frozen records with content-addressed ids."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, TypeAlias

from .errors import LoadError
from .names import slug
from .schema import (
    FURTHER_PARTS,
    MODALITIES,
    RELATIONS,
    RELIABILITIES,
    STATUSES,
    TRANSFER_KINDS,
    label_of,
    labels_of,
)

_ID: Final = re.compile(r"[A-Z]{3}|(firm|person|org|system|conflict):[a-z0-9-]+")

Value: TypeAlias = str | int | float | bool | list[str] | list[int] | list[float]
"""What a property of a node may hold."""


def digest(*parts: object) -> str:
    """Hash parts, of which each has a JSON form, into 16 hexadecimal digits (the start of their SHA-256)."""
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes documents.

    Attributes:
        name: as a reader would cite it.
        reliability: ``A`` to ``F`` of the Admiralty scale; ``F`` means that it cannot be judged.
    """

    name: str
    reliability: str = "F"

    def __post_init__(self) -> None:
        if self.reliability not in RELIABILITIES:
            raise LoadError(
                f"Reliability {self.reliability!r} is not on the scale; use one of {', '.join(RELIABILITIES)}."
            )

    @property
    def id(self) -> str:
        """The id of the node, made from the name."""
        return f"source:{slug(self.name)}"


@dataclass(frozen=True, slots=True)
class Document:
    """One loaded article or table.

    Attributes:
        title: the headline, or the file's name where there is none.
        content: the text as it was loaded, for an article; the whole table as text, for a table.
        source: who published it.
        format: the name of the loader that read it.
        published_on: ISO 8601 date of publication, whole or only the year or month; None if unknown.
        address: where it can be found again (a URL); None if unknown. Never a path of the machine.
        licence: the licence or copyright line; None if unknown.
        keeps_text: whether the text is kept with the document. Of a table only the claims keep their rows.
        register: of which register this is an edition, and of which part of it; of two editions of one the later
            speaks, and what it leaves out is withdrawn. None for what has no editions, or no date.
        content_hash: SHA-256 of the content in UTF-8, hexadecimal.
    """

    title: str
    content: str = field(repr=False)
    source: Source
    format: str
    published_on: str | None = None
    address: str | None = None
    licence: str | None = None
    keeps_text: bool = True
    register: str | None = None
    content_hash: str = field(init=False)

    def __post_init__(self) -> None:
        hashed = hashlib.sha256(self.content.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "content_hash", hashed)

    @property
    def id(self) -> str:
        """The id of the node, made from the content alone: the same text is the same document."""
        return f"doc:{self.content_hash[:16]}"

    def to_properties(self) -> dict[str, Value]:
        """Give the node's properties, without those that are unknown."""
        values: dict[str, Value | None] = {
            "id": self.id,
            "name": self.title,
            "content_hash": self.content_hash,
            "format": self.format,
            "published_on": self.published_on,
            "address": self.address,
            "licence": self.licence,
            "register": self.register,
            "text": self.content if self.keeps_text else None,
        }
        return {key: value for key, value in values.items() if value is not None}


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
        _one_of("status", self.status, STATUSES)
        _one_of("kind", self.kind, TRANSFER_KINDS)
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
    """What one claim states of all that an actor exported or imported, year by year. No fact is folded from it.

    Attributes:
        actor: who.
        direction: ``exports`` or ``imports``.
        years: ascending; years for which nothing is stated are absent.
        volumes: millions of SIPRI TIV, one for each of ``years``.
        years_below_half: years in which it was less than half a million, but not nothing.
    """

    actor: Party
    direction: str
    years: tuple[int, ...] = ()
    volumes: tuple[float, ...] = ()
    years_below_half: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        _one_of("direction", self.direction, {"exports": None, "imports": None})
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


Statement: TypeAlias = TransferStatement | RelationStatement | VolumeStatement


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says what, in which words, where in which document.

    Attributes:
        document: id of the document.
        quote: the words, a literal substring of the document's content.
        start: offset of the quote in the content, in code points.
        end: offset just behind the quote.
        statement: what is stated.
        extractor: which loader or rule set made the claim, with its version.
        confidence: how sure the extractor is that the words state this, 0 to 1.
        modality: one of ``schema.MODALITIES``.
        row: for a table, the number of the line in the file, from 1.
        published_on: the document's date.
        said_by: whom the document names as the speaker.
        id: hash of document, place and statement, so that loading twice states nothing twice.
    """

    document: str
    quote: str
    start: int
    end: int
    statement: Statement
    extractor: str
    confidence: float = 1.0
    modality: str = "asserted"
    row: int | None = None
    published_on: str | None = None
    said_by: Party | None = None
    id: str = field(init=False)

    def __post_init__(self) -> None:
        _one_of("modality", self.modality, MODALITIES)
        if not self.quote or self.end - self.start != len(self.quote):
            raise LoadError(f"A claim of {self.document} has no quote at {self.start}–{self.end}.")
        if not 0 <= self.confidence <= 1:
            raise LoadError(f"A confidence of {self.confidence} is not between 0 and 1.")
        place = (self.document, self.start, self.end, self.row, self.modality)
        object.__setattr__(self, "id", "claim:" + digest(*place, *self._values().items()))

    def parties(self) -> Iterator[tuple[str, Party]]:
        """Give each party with the role that it has in the claim, the speaker last."""
        yield from self.statement.parties()
        if self.said_by is not None:
            yield "said_by", self.said_by

    def _values(self) -> dict[str, Value]:
        values: dict[str, Value] = {"states": self.statement.states}
        for name in _STATED[type(self.statement)]:
            value = getattr(self.statement, name)
            if isinstance(value, Party):
                values[name], values[f"{name}_name"] = value.id, value.name
            elif isinstance(value, tuple):
                if name in FURTHER_PARTS and value:
                    values[name], values[f"{name}_names"] = [one.id for one in value], [one.name for one in value]
                elif value:
                    values[name] = list(value)
            elif value is not None and value is not False:
                values[name] = value
        if self.said_by is not None:
            values["said_by"], values["said_by_name"] = self.said_by.id, self.said_by.name
        return values

    def to_properties(self) -> dict[str, Value]:
        """Give the claim as one flat mapping without unknown values: a node's properties, or a line of JSON."""
        more: dict[str, Value | None] = {
            "id": self.id,
            "document": self.document,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "extractor": self.extractor,
            "confidence": self.confidence,
            "modality": self.modality,
            "row": self.row,
            "published_on": self.published_on,
        }
        return {key: value for key, value in more.items() if value is not None} | self._values()

    @classmethod
    def from_properties(cls, values: Mapping[str, Any]) -> Claim:
        """Make the claim again from what ``to_properties`` gave; further keys do not matter.

        Raises:
            LoadError: what is stated is not in the schema.
        """
        made: Statement
        if values["states"] == "transfer":
            known: dict[str, Any] = {role: _party(values, role) for role in ("supplier", "buyer", "system")}
            known |= {name: values[name] for name in _PLAIN_TRANSFER_FIELDS if values.get(name) is not None}
            known |= {name: tuple(values.get(name) or ()) for name in _LISTS}
            known |= {role: _parties(values, role) for role in FURTHER_PARTS if values.get(role)}
            made = TransferStatement(**known)
        elif values["states"] == "volume":
            lists = {name: tuple(values.get(name) or ()) for name in _VOLUME_LISTS}
            made = VolumeStatement(_party(values, "actor"), values["direction"], **lists)
        else:
            made = RelationStatement(
                values["states"],
                _party(values, "subject"),
                _party(values, "object"),
                values.get("title"),
                values.get("since"),
                values.get("until"),
            )
        return cls(
            document=values["document"],
            quote=values["quote"],
            start=values["start"],
            end=values["end"],
            statement=made,
            extractor=values["extractor"],
            confidence=values["confidence"],
            modality=values["modality"],
            row=values.get("row"),
            published_on=values.get("published_on"),
            said_by=_party(values, "said_by") if values.get("said_by") else None,
        )


_STATED: Final = {
    TransferStatement: tuple(spec.name for spec in fields(TransferStatement)),
    RelationStatement: tuple(spec.name for spec in fields(RelationStatement) if spec.name != "relation"),
    VolumeStatement: tuple(spec.name for spec in fields(VolumeStatement)),
}
"""What a statement says beside ``states``, in the order of its class."""

ROLES: Final = ("supplier", "buyer", "system", "subject", "object", "actor", "said_by")
"""What a claim can name one party as; those of ``FURTHER_PARTS`` can be several."""

_VOLUME_LISTS: Final = ("years", "volumes", "years_below_half")
_LISTS: Final = ("delivery_years", "estimated", "below_half")
_PLAIN_TRANSFER_FIELDS: Final = tuple(
    name for name in _STATED[TransferStatement] if name not in ("supplier", "buyer", "system", *_LISTS, *FURTHER_PARTS)
)

CLAIM_PROPERTIES: Final = (
    "id",
    "document",
    "quote",
    "start",
    "end",
    "extractor",
    "confidence",
    "modality",
    "row",
    "published_on",
    "states",
    *(role + suffix for role in ROLES for suffix in ("", "_name")),
    *_PLAIN_TRANSFER_FIELDS,
    *_LISTS,
    *(role + suffix for role in FURTHER_PARTS for suffix in ("", "_names")),
    "title",
    "since",
    "until",
    "direction",
    *_VOLUME_LISTS,
)
"""The keys that ``Claim.to_properties`` may give."""


def _party(values: Mapping[str, Any], role: str) -> Party:
    return Party(values[role], values[f"{role}_name"])


def _parties(values: Mapping[str, Any], role: str) -> tuple[Party, ...]:
    return tuple(map(Party, values[role], values[f"{role}_names"]))


def _one_of(what: str, value: str, table: Mapping[str, object]) -> None:
    if value not in table:
        raise LoadError(f"{value!r} is no {what}; use one of {', '.join(table)}.")


def _end(role: str, party: Party, allowed: tuple[str, ...]) -> None:
    if not set(labels_of(party.id)) & set(allowed):
        raise LoadError(f"{party.name} ({party.label}) cannot be the {role}: that takes {' or '.join(allowed)}.")
