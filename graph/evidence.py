"""Are the documents and claims of a store what was loaded? Reads them document by document and changes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, TypeVar

from .attested import superseded
from .claims import Claim, ties_of
from .cypher import EDITIONS
from .deals import IDENTITY_BLOCK, block_of
from .errors import LoadError
from .findings import Connect, Delete, Disconnect, Finding, Refold, Remedy, SetProperties
from .identity import NOBODY, Identity, identify, readable
from .loaded import LoadedHash
from .names import reference
from .records import ROLES
from .schema import FURTHER_PARTS, RELATIONS, is_ours
from .store import GraphStore

_ItemT = TypeVar("_ItemT")

PAGE: Final = 2_000
"""Ids a statement: what is held at a time stays small."""

_DOCUMENTS_A_PAGE: Final = 100
_ADDED_BY_STORE: Final = {
    "Document": {"digest", "reading", "reliability", "recorded_at"},
    "Claim": {"block", "recorded_at"},
}

_IDS: Final = "MATCH (n:{label}) RETURN n.id AS id"
_CLAIM_IDS: Final = "MATCH (c:Claim) RETURN c.id AS id, c.document AS document"
_DOCUMENTS: Final = (
    "UNWIND $ids AS id MATCH (d:Document {id: id}) "
    "RETURN id, properties(d) AS document, [(d)-[:PUBLISHED_BY]->(s:Source) | s.id] AS sources"
)
_IDENTITIES: Final = "MATCH (c:Claim) WHERE c.states = 'identity' RETURN properties(c) AS claim"
_CLAIMS: Final = (
    "UNWIND $ids AS id MATCH (c:Claim {id: id}) RETURN id, properties(c) AS claim, "
    "[(c)-[r:QUOTED_FROM|ABOUT|SAID_BY]->(n) | [type(r), n.id, r.role]] AS ties"
)


@dataclass(slots=True)
class Evidence:
    """What was found in the documents and claims of a store, and what the fold needs to know of them.

    Attributes:
        findings: what is not in order.
        documents: how many there are.
        sources: how many there are.
        texts: how many of them keep their text.
        claims: how many there are.
        standing: document -> its source, its reliability, and the register of which it is an edition.
        past: documents that a later edition of their register has followed.
        blocks: today's block -> ids of its claims, of those that can be trusted.
        quotes: claim -> the words that the text has at its place, where the store has others.
        stuck: blocks with a claim that cannot be trusted; they can be folded only when its document is loaded again.
        names: every party of a claim, and the state of every supplier -> how many claims give it which name.
        identity: who is whom.
        named: those of them that a claim which can be trusted holds by itself: all but suppliers and systems, which
            only the fold tells, since talk of one supplier does not change a deal that was signed with another.
    """

    findings: list[Finding] = field(default_factory=list)
    documents: int = 0
    sources: int = 0
    texts: int = 0
    claims: int = 0
    standing: dict[str, tuple[str, str, str | None]] = field(default_factory=dict)
    past: frozenset[str] = frozenset()
    blocks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    quotes: dict[str, str] = field(default_factory=dict)
    stuck: set[str] = field(default_factory=set)
    names: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    identity: Identity = NOBODY
    named: set[str] = field(default_factory=set)

    def add(self, kind: str, example: str, *remedies: Remedy) -> None:
        """Note a finding."""
        self.findings.append(Finding(kind, example, remedies))


def is_block(block: object) -> bool:
    """Tell whether a text has the form of a block, so that it can be folded."""
    parts = block.split("|") if isinstance(block, str) else []
    if block == IDENTITY_BLOCK:
        return True
    if len(parts) != 3 or not is_ours(parts[1]):
        return False
    return parts[0] in ("volume", "description") or (is_ours(parts[2]) and (parts[0] in RELATIONS or is_ours(parts[0])))


def look_at_evidence(store: GraphStore) -> Evidence:
    """Read every document with its claims and compare them with what their ids and hashes say.

    Args:
        store: one in which constraints and indexes are in order and no id is there twice.
    """
    found = Evidence()
    sources = sorted(row["id"] for row in store.read(_IDS.format(label="Source")) if is_ours(row["id"]))
    documents = sorted(row["id"] for row in store.read(_IDS.format(label="Document")) if is_ours(row["id"]))
    claims: dict[str, list[str]] = defaultdict(list)
    for row in store.read(_CLAIM_IDS):
        if is_ours(row["id"]):
            claims[str(row["document"])].append(row["id"])
    found.documents, found.sources = len(documents), len(sources)
    found.past = superseded(store.read(EDITIONS))
    found.identity = identify(readable(row["claim"] for row in store.read(_IDENTITIES)))
    for page in pages(documents, _DOCUMENTS_A_PAGE):
        rows = {row["id"]: row for row in store.read(_DOCUMENTS, ids=page)}
        stream = _claims(store, [claim for document in page for claim in sorted(claims.pop(document, ()))])
        groups = groupby(stream, key=lambda row: str(row["claim"].get("document")))
        own = next(groups, None)
        for document in page:
            members: Iterable[dict[str, Any]] = ()
            if own is not None and own[0] == document:
                members = own[1]
            if document in rows:
                _Reading(found, rows[document], sources).look_at(members)
            if own is not None and own[0] == document:
                own = next(groups, None)
    for row in _claims(store, [claim for lost in claims.values() for claim in sorted(lost)]):
        _look_at_lost(found, row)
    return found


def pages(items: Sequence[_ItemT], size: int = PAGE) -> Iterator[Sequence[_ItemT]]:
    """Part a sequence into pages."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _claims(store: GraphStore, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    for page in pages(ids):
        rows = {row["id"]: row for row in store.read(_CLAIMS, ids=page)}
        yield from (rows[claim] for claim in page if claim in rows)


class _Reading:
    """One document, as its claims are read."""

    def __init__(self, found: Evidence, row: Mapping[str, Any], sources: Sequence[str]) -> None:
        self._found = found
        self._id: str = row["id"]
        self._values: Mapping[str, Any] = row["document"]
        self._reliability = str(self._values.get("reliability"))
        self._said: list[str] = [source for source in row["sources"] if is_ours(source)]
        candidates = self._said if len(self._said) == 1 else sources
        values = {key: value for key, value in self._values.items() if key not in _ADDED_BY_STORE["Document"]}
        self._hashes = {source: LoadedHash(values, source, self._reliability) for source in candidates}
        self._trusted = True
        self._text = self._text_if_true()

    def look_at(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Look at the document and at each of its claims, which come in the order of their ids."""
        blocks = [self._look_at_claim(row) for row in rows]
        loaded = self._values.get("digest")
        true = [source for source, hashed in self._hashes.items() if str(hashed) == loaded]
        source = self._source(true)
        if source is None:
            self._found.stuck.update(filter(None, blocks))
            return
        self._found.standing[self._id] = (source, self._reliability, self._values.get("register"))
        if not true and self._trusted:
            self._found.add("documents as loaded", self._id)

    def _source(self, true: Sequence[str]) -> str | None:
        """Tell who published the document, and note if the store does not say it."""
        if len(self._said) == 1:
            return self._said[0]
        cut = [Disconnect("PUBLISHED_BY", self._id, source) for source in sorted(set(self._said))]
        remedies: list[Remedy] = [*cut, Connect("PUBLISHED_BY", self._id, true[0])] if true else []
        self._found.add("documents with a source", self._id, *remedies)
        return true[0] if true else None

    def _text_if_true(self) -> str | None:
        """Give the text if there is one and it is the one that was loaded."""
        text = self._values.get("text")
        hashed = str(self._values.get("content_hash"))
        self._found.texts += text is not None
        if text is not None and hashlib.sha256(str(text).encode("utf-8", "surrogatepass")).hexdigest() != hashed:
            self._found.add("texts of articles", self._id)
            self._trusted = False
            return None
        kept: str | None = text
        return kept

    def _look_at_claim(self, row: Mapping[str, Any]) -> str | None:
        """Look at one claim and give its block if it can be trusted."""
        values, block = _stated(row), row["claim"].get("block")
        self._found.claims += 1
        values = self._with_true_quote(values)
        for hashed in self._hashes.values():
            hashed.add(values)
        claim = _read(self._found, values, block)
        if claim is None:
            self._trusted = False
            return None
        claim = self._found.identity.see(claim)
        today = block_of(claim)
        _note_parties(self._found, values, trusted=True)
        self._found.blocks[today].append(claim.id)
        if block != today:
            remedies = [Refold(one) for one in (block, today) if is_block(one)]
            self._found.add("blocks of claims", claim.id, SetProperties(claim.id, {"block": today}), *remedies)
        _look_at_ties(self._found, claim, row["ties"])
        return today

    def _with_true_quote(self, values: dict[str, Any]) -> dict[str, Any]:
        """Give a claim's values with the words that the text has at its place, if its id says that the place is true.

        The id hashes the place but not the words.
        """
        start, end, quote = (values.get(name) for name in ("start", "end", "quote"))
        if self._text is None or not isinstance(start, int) or not isinstance(end, int):
            return values
        words = self._text[start:end]
        if words == quote:
            return values
        mended = values | {"quote": words}
        claim = _parsed(mended)
        if claim is None or claim.id != values["id"]:
            return values
        self._found.quotes[claim.id] = words
        self._found.add("quotes in their text", claim.id, SetProperties(claim.id, {"quote": words}))
        return mended


def _look_at_lost(found: Evidence, row: Mapping[str, Any]) -> None:
    """Look at a claim whose document is not in the store."""
    found.claims += 1
    values, block = _stated(row), row["claim"].get("block")
    claim = _parsed(values)
    if claim is not None and claim.id != row["id"] and any(kind == "QUOTED_FROM" for kind, _, _ in row["ties"]):
        _read(found, values, block)
        return
    blocks = {block, *([block_of(found.identity.see(claim))] if claim is not None else [])}
    folds = [Refold(one) for one in sorted(filter(is_block, blocks))]
    found.add("claims with a document", row["id"], Delete(row["id"]), *folds)


def _read(found: Evidence, values: Mapping[str, Any], block: str | None) -> Claim | None:
    """Make the claim again if it can be trusted; else note why not, and which blocks that keeps from being folded."""
    claim = _parsed(values)
    if claim is not None and claim.id == values["id"] and claim.to_properties() == values:
        return claim
    kind = "claims that can be read" if claim is None else "claims as their id says"
    found.add(kind, f"{values['id']} of {values.get('document')}")
    found.stuck.update(filter(None, (block, block_of(found.identity.see(claim)) if claim is not None else None)))
    _note_parties(found, values, trusted=False)
    return None


def _parsed(values: Mapping[str, Any]) -> Claim | None:
    try:
        return Claim.from_properties(values)
    except (LoadError, LookupError, TypeError, ValueError, AttributeError):
        return None


def _stated(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row["claim"].items() if key not in _ADDED_BY_STORE["Claim"]}


def _note_parties(found: Evidence, values: Mapping[str, Any], *, trusted: bool) -> None:
    if values.get("states") == "identity":
        return
    of = found.identity.of
    given = {(of(values[role]), str(values.get(f"{role}_name"))) for role in ROLES if is_ours(values.get(role))}
    for role in FURTHER_PARTS:
        pairs = zip(values.get(role) or (), values.get(f"{role}_names") or (), strict=False)
        given |= {(of(party), str(name)) for party, name in pairs if is_ours(party)}
    for party, name in given:
        found.names[party][name] += 1
    deals = values.get("states") == "transfer"
    if deals and is_ours(values.get("supplier")):
        state = reference().state_of(of(values["supplier"]))
        if state is not None:
            found.names[state].update(())
    if trusted:
        found.named |= {
            of(values[role])
            for role in ROLES
            if is_ours(values.get(role)) and not (deals and role in ("supplier", "system"))
        }


def _look_at_ties(found: Evidence, claim: Claim, ties: Iterable[Sequence[Any]]) -> None:
    """Compare the relations of a claim to its document, its speaker and its parties with what it states."""
    wanted: Counter[tuple[str, str, str | None]] = Counter([("QUOTED_FROM", claim.document, None)])
    wanted.update((kind, party, values.get("role")) for kind, party, values in ties_of(claim))
    held = Counter((kind, end, role) for kind, end, role in ties if is_ours(end))
    if held == wanted:
        return
    surplus = {(kind, end) for kind, end, _ in held - wanted}
    lacking = [tie for tie in wanted if tie[:2] in surplus or tie not in held]
    cut = [Disconnect(kind, claim.id, end) for kind, end in sorted(surplus)]
    tied = [Connect(kind, claim.id, end, {"role": role} if role else {}) for kind, end, role in lacking]
    found.add("relations of claims", claim.id, *cut, *tied)
