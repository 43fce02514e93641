"""A text of a few lines read as an article, for the tests of the rules."""

from __future__ import annotations

from legation.graph.claims import Claim, Document, Source
from legation.graph.statements import RelationStatement, TransferStatement
from legation.loaders.article import read_claims, read_rejections


def article(text: str, published: str | None = None) -> Document:
    """Make a document of a text."""
    return Document("a", text, Source("Morning Paper"), "article", published)


def claims(text: str, published: str | None = None) -> list[Claim]:
    """Give the claims of transfers that a text makes."""
    return [one for one in read_claims(article(text, published)) if isinstance(one.statement, TransferStatement)]


def statements(text: str, published: str | None = None) -> list[TransferStatement]:
    """Give the transfers that a text states."""
    found = (claim.statement for claim in claims(text, published))
    return [told for told in found if isinstance(told, TransferStatement)]


def edges(text: str) -> set[tuple[str, str, str, str]]:
    """Give supplier, buyer, system and status of each transfer that a text states."""
    return {
        (told.supplier.id, told.buyer.id, told.system.id.removeprefix("system:"), told.status)
        for told in statements(text)
    }


def triples(text: str) -> set[tuple[str, str, str]]:
    """Give subject, relation and object of each relation that a text states."""
    found = (claim.statement for claim in read_claims(article(text)))
    return {(told.subject.id, told.relation, told.object.id) for told in found if isinstance(told, RelationStatement)}


def rejected(text: str) -> list[tuple[str, str]]:
    """Give the rule and the quote of what rules turned down in a text."""
    return [(one.rule, one.quote) for one in read_rejections(article(text))]
