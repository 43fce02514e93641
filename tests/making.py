"""Claims and documents for the tests, made in one line each."""

from __future__ import annotations

from typing import Any

from legation.graph.claims import Claim, Document, Source
from legation.graph.names import reference
from legation.graph.statements import (
    DescriptionStatement,
    Party,
    RelationStatement,
    Statement,
    TransferStatement,
)


def party(node_id: str, name: str | None = None) -> Party:
    """Make a party from its id; the name is the reference list's unless given."""
    entry = reference().entries.get(node_id)
    return Party(node_id, name or (entry.name if entry else node_id.rpartition(":")[2]))


def document(
    text: str = "An article.",
    source: str = "Daily News",
    *,
    reliability: str = "F",
    published_on: str | None = None,
    register: str | None = None,
) -> Document:
    """Make an article, or an edition of a register."""
    of = Source(source, reliability)
    return Document(text[:30], text, of, "article", published_on, register=register)


def transfer(
    supplier: str,
    buyer: str,
    system: str,
    status: str,
    *,
    of: Document | None = None,
    at: int = 0,
    modality: str = "asserted",
    said_by: Party | None = None,
    **values: Any,
) -> Claim:
    """Make a claim of a transfer; its quote is one character at ``at`` of the document."""
    where = of or document()
    statement = TransferStatement(party(supplier), party(buyer), party(system), status, **values)
    return _claim(where, at, statement, modality, said_by)


def description(
    subject: str | Party,
    *,
    of: Document | None = None,
    at: int = 0,
    modality: str = "asserted",
    **values: Any,
) -> Claim:
    """Make a claim that describes an actor or a system."""
    whom = subject if isinstance(subject, Party) else party(subject)
    return _claim(of or document(), at, DescriptionStatement(whom, **values), modality, None)


def relation(
    kind: str,
    subject: str | Party,
    target: str | Party,
    *,
    of: Document | None = None,
    at: int = 0,
    modality: str = "asserted",
    title: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Claim:
    """Make a claim of a relation."""
    ends = [end if isinstance(end, Party) else party(end) for end in (subject, target)]
    return _claim(of or document(), at, RelationStatement(kind, ends[0], ends[1], title, since, until), modality, None)


def _claim(of: Document, at: int, statement: Statement, modality: str, said_by: Party | None) -> Claim:
    return Claim(
        of.id,
        of.content[at : at + 1],
        at,
        at + 1,
        statement,
        "test/1",
        modality=modality,
        said_by=said_by,
        published_on=of.published_on,
    )
