"""The ontology as data: node labels, relation kinds, statuses and kinds of transfer, each with its meaning.

Nothing here computes; loaders, stores, views, docs and tests iterate over these tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

ACTOR_LABELS: Final = ("State", "Firm", "Person", "Organisation")

_KNOWN_BY: Final = ("aliases", "identifiers", "existing_since", "existing_until", "same_as", "also_called")
"""What sources may say of any actor or system: other names, identifiers with their scheme, from when to when it is
there; of a person these are birth and death. And what was decided: the ids of those that it is one with, and their
names."""


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of node.

    Attributes:
        name: the label in the graph.
        meaning: one sentence.
        prefix: what the ids of such nodes begin with; empty for states, whose id is an ISO 3166 alpha-3 code.
        properties: the property names that such a node may have, beside ``id`` and ``name``.
        actor: whether the node also carries the label ``Actor``.
    """

    name: str
    meaning: str
    prefix: str
    properties: tuple[str, ...] = ()
    actor: bool = False


LABELS: Final[dict[str, Label]] = {
    label.name: label
    for label in (
        Label(
            "State",
            "A state, living or gone; the id is its ISO 3166-1 alpha-3 code, or one of ours that begins with X.",
            "",
            ("valid_from", "valid_to", *_KNOWN_BY),
            actor=True,
        ),
        Label(
            "Firm", "A firm that makes, sells or buys arms.", "firm:", ("state", "countries", *_KNOWN_BY), actor=True
        ),
        Label(
            "Person",
            "A person with a part in the trade or in the politics around it.",
            "person:",
            ("state", "firm", "title", "since", "until", "countries", *_KNOWN_BY),
            actor=True,
        ),
        Label(
            "Organisation",
            "An alliance, agency, armed group, force, or a party of which only a description is known.",
            "org:",
            ("type", "host", "countries", *_KNOWN_BY),
            actor=True,
        ),
        Label(
            "System",
            "A weapon system, platform or component; generic where the source names only a class such as drones.",
            "system:",
            ("class", "category", "family", "generic", *_KNOWN_BY),
        ),
        Label("Conflict", "A war or armed conflict.", "conflict:", _KNOWN_BY),
        Label(
            "Transfer",
            "One deal: who supplies what to whom, how far it went, and how many claims say so.",
            "transfer:",
            (
                "kind",
                "status",
                "quantity_ordered",
                "quantity_delivered",
                "order_year",
                "delivery_years",
                "estimated",
                "tiv_order",
                "tiv_delivered",
                "below_half",
                "value",
                "currency",
                "value_shared",
                "condition",
                "claims",
                "sources",
                "contested",
                "supplier",
                "reason",
                "block",
                "pair",
            ),
        ),
        Label(
            "Claim",
            "What one source says in one place: the words, the place, and the values they state.",
            "claim:",
        ),
        Label("Document", "One loaded article or table.", "doc:"),
        Label("Source", "Who published a document, with a reliability from A to F (Admiralty scale).", "source:"),
    )
}


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A kind of relation between two nodes that a claim can state or the fold can derive.

    Attributes:
        name: the relation type in the graph.
        meaning: one sentence, read from start to end.
        phrase: the words between start and end when a path is told; from start to end.
        reverse: the same from end to start.
        start: labels that may stand at its start ("Actor" for any of the four).
        end: labels that may stand at its end.
        directed: False where the relation holds both ways.
        walkable: whether a path may walk it. Hubs such as membership would make everything near to everything.
        derived: True where the fold draws it from transfers and no loader may state it.
    """

    name: str
    meaning: str
    phrase: str
    reverse: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    directed: bool = True
    walkable: bool = True
    derived: bool = False


_PARTY = ("Actor",)

RELATIONS: Final[dict[str, RelationKind]] = {
    kind.name: kind
    for kind in (
        RelationKind(
            "ARMS",
            "At least one transfer from the first to the second was signed or went further.",
            "arms",
            "is armed by",
            _PARTY,
            _PARTY,
            derived=True,
        ),
        RelationKind(
            "MAY_ARM",
            "A transfer is spoken of, but none was signed: the second is a candidate, not a customer.",
            "may come to arm",
            "may come to be armed by",
            _PARTY,
            _PARTY,
            derived=True,
        ),
        RelationKind(
            "DID_NOT_ARM",
            "Every transfer spoken of was refused, denied or cancelled.",
            "did not arm",
            "was not armed by",
            _PARTY,
            _PARTY,
            walkable=False,
            derived=True,
        ),
        RelationKind("MAKES", "The first develops or produces the system.", "makes", "is made by", _PARTY, ("System",)),
        RelationKind(
            "BASED_IN",
            "The firm or organisation has its seat in the state.",
            "is based in",
            "is the seat of",
            ("Firm", "Organisation"),
            ("State",),
        ),
        RelationKind(
            "LEADS",
            "The person heads the state, government, firm or organisation.",
            "leads",
            "is led by",
            ("Person",),
            _PARTY,
        ),
        RelationKind(
            "HOLDS_ROLE",
            "The person holds an office in the state, firm or organisation, without heading it.",
            "holds a role in",
            "gives a role to",
            ("Person",),
            _PARTY,
        ),
        RelationKind(
            "KIN_OF",
            "The two persons are related by blood or marriage.",
            "is kin of",
            "is kin of",
            ("Person",),
            ("Person",),
            directed=False,
        ),
        RelationKind("OWNS", "The first owns the second, wholly or in part.", "owns", "is owned by", _PARTY, _PARTY),
        RelationKind(
            "PARTNER_IN",
            "The two share a joint venture or joint production, or the first has a share in the second.",
            "is a partner of",
            "is a partner of",
            _PARTY,
            _PARTY,
            directed=False,
        ),
        RelationKind(
            "MEMBER_OF",
            "The first belongs to the alliance or body.",
            "is a member of",
            "has as a member",
            _PARTY,
            ("Organisation",),
            walkable=False,
        ),
        RelationKind(
            "PARTY_TO",
            "The first fights in the conflict.",
            "is a party to",
            "is fought by",
            _PARTY,
            ("Conflict",),
        ),
        RelationKind(
            "USED_IN",
            "The system was used in the conflict.",
            "was used in",
            "saw the use of",
            ("System",),
            ("Conflict",),
        ),
        RelationKind(
            "COMPONENT_OF",
            "The first system is a part of the second.",
            "is a component of",
            "contains",
            ("System",),
            ("System",),
        ),
        RelationKind(
            "ALLIED_WITH",
            "The two have an alliance or a defence pact.",
            "is allied with",
            "is allied with",
            _PARTY,
            _PARTY,
            directed=False,
            walkable=False,
        ),
        RelationKind(
            "SUPPORTS",
            "The first backs the second, politically or with force.",
            "supports",
            "is supported by",
            _PARTY,
            _PARTY,
        ),
        RelationKind(
            "OPPOSES",
            "The first opposes or fights the second.",
            "opposes",
            "is opposed by",
            _PARTY,
            _PARTY,
            walkable=False,
        ),
        RelationKind(
            "MEDIATES",
            "The first offers to mediate for the second.",
            "mediates for",
            "has as a mediator",
            _PARTY,
            ("Actor", "Conflict"),
            walkable=False,
        ),
        RelationKind(
            "MEETS",
            "The two met or spoke.",
            "meets",
            "meets",
            _PARTY,
            _PARTY,
            directed=False,
            walkable=False,
        ),
        RelationKind(
            "SANCTIONS",
            "The first has put sanctions on the second.",
            "sanctions",
            "is sanctioned by",
            _PARTY,
            _PARTY,
            walkable=False,
        ),
        RelationKind(
            "POSSIBLY_SAME",
            "The two look alike and may be one under two names; nobody has decided it.",
            "may be the same as",
            "may be the same as",
            ("Actor", "System"),
            ("Actor", "System"),
            directed=False,
            walkable=False,
        ),
    )
}

DERIVED: Final = tuple(kind.name for kind in RELATIONS.values() if kind.derived)
STATED: Final = tuple(kind.name for kind in RELATIONS.values() if not kind.derived)


@dataclass(frozen=True, slots=True)
class Status:
    """How far a transfer went.

    Attributes:
        name: the value of ``status``.
        meaning: one sentence.
        rank: what wins when claims give several: the higher. Refusals stand above all talk and below every
            signature; a cancellation stands above a signature and below a delivery.
        draws: the derived relation that such a transfer supports.
    """

    name: str
    meaning: str
    rank: int
    draws: str


STATUSES: Final[dict[str, Status]] = {
    status.name: status
    for status in (
        Status("interested", "The buyer is said to be interested.", 1, "MAY_ARM"),
        Status("potential", "The buyer is named as a possible customer, or plans to buy.", 2, "MAY_ARM"),
        Status("negotiating", "The two talk about it, or it is chosen and not ordered yet.", 3, "MAY_ARM"),
        Status("offered", "The supplier has offered it.", 4, "MAY_ARM"),
        Status("pledged", "The supplier has promised it.", 5, "MAY_ARM"),
        Status("approved", "The supplier's government has allowed it.", 6, "MAY_ARM"),
        Status("refused", "The supplier will not, or the buyer does not want it.", 7, "DID_NOT_ARM"),
        Status("denied", "The export was forbidden, or every claim of it is a denial.", 8, "DID_NOT_ARM"),
        Status("signed", "A contract or agreement is signed.", 9, "ARMS"),
        Status("ordered", "An order is placed.", 10, "ARMS"),
        Status("cancelled", "A signed deal was called off.", 11, "DID_NOT_ARM"),
        Status("delivered", "At least part of it has been handed over.", 12, "ARMS"),
        Status("in_service", "The buyer uses it.", 13, "ARMS"),
    )
}

WITHDRAWN: Final = Status("withdrawn", "Only earlier editions of a register give it; it draws nothing.", 0, "")
"""The one status that no claim states."""


@dataclass(frozen=True, slots=True)
class Link:
    """A kind of relation that ties transfers, claims and documents together; nobody states it as such.

    Attributes:
        name: the relation's type in the graph.
        start: the labels of the nodes it may start at.
        end: those of the nodes it may end at.
        meaning: one sentence.
    """

    name: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    meaning: str


LINKS: Final[dict[str, Link]] = {
    link.name: link
    for link in (
        Link("SUPPLIES", ("Actor",), ("Transfer",), "The actor is a supplier of the transfer."),
        Link("TO", ("Transfer",), ("Actor",), "The actor is its buyer."),
        Link("OF", ("Transfer",), ("System",), "The system is what is transferred."),
        Link("FINANCES", ("Actor",), ("Transfer",), "The actor pays for it, wholly or in part."),
        Link("CONVEYS", ("Actor",), ("Transfer",), "It goes through the hands of the actor."),
        Link("USED_BEFORE", ("Actor",), ("Transfer",), "What is transferred was the actor's before."),
        Link("BACKS", ("Claim",), ("Transfer",), "The claim speaks for the transfer."),
        Link("DISPUTES", ("Claim",), ("Transfer",), "The claim denies it."),
        Link(
            "ABOUT",
            ("Claim",),
            ("Actor", "System", "Conflict"),
            "The claim names the node as an end of a relation, in the given role.",
        ),
        Link("QUOTED_FROM", ("Claim",), ("Document",), "The claim's quote stands in the document."),
        Link("PUBLISHED_BY", ("Document",), ("Source",), "The source published the document."),
        Link("SAID_BY", ("Claim",), ("Actor",), "The claim is the word of the actor."),
    )
}

FURTHER_PARTS: Final[dict[str, str]] = {
    "financiers": "FINANCES",
    "intermediaries": "CONVEYS",
    "origins": "USED_BEFORE",
}
"""Who else can have a part in a transfer, as claims name them -> the kind of the relation from the actor to it."""

TRANSFER_KINDS: Final[dict[str, str]] = {
    "sale": "Sold for money, or not said otherwise.",
    "aid": "Given as military aid.",
    "gift": "Given for nothing.",
    "lease": "Lent for money.",
    "licensed_production": "Made by the buyer under licence.",
    "joint_production": "Made by both together.",
    "retransfer": "Passed on by one who had received it.",
}

MODALITIES: Final[dict[str, str]] = {
    "asserted": "The source says it in its own voice.",
    "attributed": "The source says that somebody says it.",
    "speculated": "The source says that it may be so.",
    "denied": "The source says that it is not so; such a claim disputes.",
}

RELIABILITIES: Final[dict[str, str]] = {
    "A": "Completely reliable.",
    "B": "Usually reliable.",
    "C": "Fairly reliable.",
    "D": "Not usually reliable.",
    "E": "Unreliable.",
    "F": "Cannot be judged.",
}


OUR_IDS: Final = f"[A-Z]{{3}}|(?:{'|'.join(label.prefix for label in LABELS.values() if label.prefix)}).+"
"""The form of our ids, as a regular expression."""
_OURS: Final = re.compile(OUR_IDS, re.DOTALL)


def is_ours(node_id: object) -> bool:
    """Tell whether an id has the form of ours; what else is in the same database belongs to others."""
    return isinstance(node_id, str) and _OURS.fullmatch(node_id) is not None


def label_of(node_id: str) -> str:
    """Tell the label of an actor, system or conflict from its id.

    Args:
        node_id: such as ``TUR``, ``firm:baykar`` or ``system:bayraktar-tb2``.

    Returns:
        The label's name; ``State`` for an id without a prefix.
    """
    prefix, colon, _ = node_id.partition(":")
    return _BY_PREFIX[prefix + colon] if colon else "State"


_BY_PREFIX: Final = {label.prefix: label.name for label in LABELS.values()}


def labels_of(node_id: str) -> tuple[str, ...]:
    """Give all labels that the node with this id carries, ``Actor`` first where it is one."""
    name = label_of(node_id)
    return ("Actor", name) if LABELS[name].actor else (name,)


def key_label(node_id: str) -> str:
    """Give the one label by which a node is looked up: ``Actor`` for every actor, else its own."""
    return labels_of(node_id)[0]
