"""Writes down who is one by our rules and who may be, as one document of the source legation, in place of the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ...graph.claims import Claim, Document, Source
from ...graph.cypher import ours
from ...graph.statements import IdentityStatement, Party, RelationStatement
from ..reading import counted
from .actors import Profile, read_profiles
from .pairs import Found, Pair, find_pairs

if TYPE_CHECKING:
    from ...graph.store import GraphStore

FORMAT: Final = "resolution"
EXTRACTOR: Final = "legation.resolution/1"
_LONGEST: Final = 200
_DOCUMENTS: Final = (
    f"MATCH (d:Document {{format: $format}}) WHERE {ours('d', 'Document')} RETURN d.id AS id ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What became of the actors of a store.

    Attributes:
        found: the pairs.
        document: id of the document that tells them; None if there are none.
    """

    found: Found
    document: str | None = None

    def in_words(self) -> str:
        """Say how many are one, by which rule, and how many may be."""
        rules = [pair.rule for pair in self.found.pairs]
        told = ", ".join(f"{counted(rules.count(rule), 'pair')} by {rule}" for rule in sorted(set(rules)) if rule)
        return (
            f"{counted(self.found.actors, 'actor')}: taken for one: {told or 'none'}; "
            f"{counted(rules.count(''), 'pair')} that may be one."
        )

    def remarks(self) -> Iterator[str]:
        """Say what was not compared."""
        if self.found.crowds:
            shown = ", ".join(self.found.crowds[:3])
            yield f"Too many share these for all of them to be compared by it: {shown}"[:300]


def resolve(store: GraphStore) -> Resolved:
    """Compare all actors as sources and people's decisions give them, and write down who is one and who may be.

    What was written down before goes first, so that it does not stand behind itself; if this ends in the middle,
    nobody is taken for one by rule until it is run again.

    Raises:
        WriteFailed: the store refused.
        StoreUnreachable: the store does not answer.
    """
    for row in store.read(_DOCUMENTS, format=FORMAT).records:
        store.forget(row["id"])
    found = find_pairs(read_profiles(store))
    if not found.pairs:
        return Resolved(found)
    document, claims = to_document(found.pairs)
    store.write(document, claims)
    return Resolved(found, document.id)


def to_document(pairs: list[Pair]) -> tuple[Document, list[Claim]]:
    """Give the document that says a line of each pair, and its claims."""
    lines = [_line(pair) for pair in pairs]
    document = Document("Who is one, by rule", "\n".join(lines), Source("legation"), FORMAT)
    claims, start = [], 0
    for row, (pair, line) in enumerate(zip(pairs, lines, strict=True), 1):
        one, other = (Party(side.id, _short(side.name)) for side in (pair.one, pair.other))
        told = pair.likeness.in_words()
        statement = (
            IdentityStatement(one, other, True, f"{pair.rule}; {told}", automatic=True)
            if pair.rule
            else RelationStatement("POSSIBLY_SAME", one, other, told)
        )
        end = start + len(line)
        sure = 1.0 if pair.rule else pair.likeness.score
        claims.append(Claim(document.id, line, start, end, statement, EXTRACTOR, sure, row=row))
        start = end + 1
    return document, claims


def _line(pair: Pair) -> str:
    ends = " and ".join(map(_told, (pair.one, pair.other)))
    means = f"are the same, by {pair.rule}" if pair.rule else f"may be the same ({pair.likeness.score:.2f})"
    return " ".join(f"{ends} {means}: {pair.likeness.in_words()}.".split())


def _told(one: Profile) -> str:
    return f"{_short(one.name)} ({one.id})"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
