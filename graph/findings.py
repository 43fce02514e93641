"""What a check of a store can find, and what mends it; as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Declare:
    """Make a constraint or an index."""

    statement: str


@dataclass(frozen=True, slots=True)
class KeepOne:
    """Of the nodes with this label and id keep the one with the most relations."""

    label: str
    id: str


@dataclass(frozen=True, slots=True)
class Create:
    """Make an actor, system or conflict; its id tells its labels."""

    id: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete a node with its relations."""

    id: str


@dataclass(frozen=True, slots=True)
class DeleteLonely:
    """Delete a node, at the end of the repair, if no relation holds it then."""

    id: str


@dataclass(frozen=True, slots=True)
class SetProperties:
    """Set properties of a node; None takes one away."""

    id: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SetLabels:
    """Put labels on a node, and take others off.

    Attributes:
        id: of the node.
        held: the one of its labels by which it is found now.
        add: labels that it lacks.
        remove: labels that contradict its id.
    """

    id: str
    held: str
    add: tuple[str, ...]
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Connect:
    """Make a relation."""

    kind: str
    start: str
    end: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Delete the relations of a kind between two nodes."""

    kind: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Refold:
    """Fold a block again from its claims."""

    block: str


Remedy: TypeAlias = (
    Declare | KeepOne | Create | Delete | DeleteLonely | SetProperties | SetLabels | Connect | Disconnect | Refold
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not in order.

    Attributes:
        kind: a key of ``KINDS``.
        example: what it is about: an id, mostly, with what is wrong where the kind does not say it.
        remedies: what mends it; none if only loading its document again does.
    """

    kind: str
    example: str
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One check.

    Attributes:
        name: what is looked at, as a row of the table shows it.
        what: what is wrong where something is found; one sentence.
        fix: what to do about it; one sentence.
        first: whether nothing else can be looked at before it is in order.
    """

    name: str
    what: str
    fix: str
    first: bool = False


_AGAIN: Final = "Forget the document and load it again: legation forget DOCUMENT, then legation load FILE."
_FOLD: Final = "--repair folds their claims again."

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(
            "constraints and indexes",
            "The store lacks them; loading would be slow and could make a node twice.",
            "--repair makes them.",
            first=True,
        ),
        Kind(
            "nodes with an id of their own",
            "Several nodes have the same id.",
            "--repair keeps the one with the most relations and draws what the others had again.",
            first=True,
        ),
        Kind(
            "texts of articles",
            "The text kept is not the text that was loaded, so no quote of it can be trusted.",
            _AGAIN,
        ),
        Kind(
            "documents with a source",
            "No source, or more than one, is said to have published the document.",
            f"--repair ties it to the one that it was loaded with, if that is in the store. Else: {_AGAIN}",
        ),
        Kind(
            "documents as loaded",
            "A claim of the document is gone, came from elsewhere, or was changed since it was loaded.",
            _AGAIN,
        ),
        Kind(
            "claims with a document",
            "The document of the claim is not in the store, so nobody can check the words or forget the claim.",
            "--repair deletes the claim and what it alone supported.",
        ),
        Kind("claims that can be read", "What the claim states is not in the schema.", _AGAIN),
        Kind(
            "claims as their id says",
            "The id of the claim is not the hash of what it states: somebody changed it.",
            _AGAIN,
        ),
        Kind(
            "quotes in their text",
            "The quote is not what the text says at its place.",
            "--repair takes the words from the text.",
        ),
        Kind(
            "blocks of claims",
            "The claim is kept in a block that the reference lists do not give it today.",
            "--repair puts it into today's block and folds both again.",
        ),
        Kind(
            "relations of claims",
            "The claim is not tied to its document, its speaker or what it is about, or to something else.",
            "--repair ties it as it states.",
        ),
        Kind("transfers as their claims say", "The transfer is not what its claims give.", _FOLD),
        Kind(
            "relations with a claim",
            "No claim in the store stands behind the relation.",
            "--repair deletes the relation.",
        ),
        Kind("relations as their claims say", "The relation is not what its claims give.", _FOLD),
        Kind("relations as their transfers say", "The relation is not what the transfers between the two give.", _FOLD),
        Kind(
            "actors, systems and conflicts",
            "The node is missing, or its labels, name or properties are not those of the lists and claims.",
            "--repair makes it anew or corrects it.",
        ),
        Kind(
            "nodes that something holds",
            "No claim names the node and no relation leads to it.",
            "--repair deletes it.",
        ),
    )
}
