"""Who is whom, and who said so: the decisions of a store, what holds of them, and what is left to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..graph.claims import Claim
from ..graph.cypher import IDENTITIES, ours
from ..graph.deals import IDENTITY_BLOCK
from ..graph.errors import AmbiguousName, UnknownName
from ..graph.identity import Identity, identify, number_of, readable
from ..graph.names import key
from ..graph.rows import Rows
from ..graph.schema import FURTHER_PARTS
from ..graph.statements import IdentityStatement, Party
from ..graph.store import GraphStore
from .resolve import resolve

COLUMNS: Final = (
    "number",
    "decision",
    "one",
    "other",
    "because",
    "by",
    "on",
    "holds",
    "one_id",
    "other_id",
    "document",
)
_DOCUMENTS: Final = (
    "MATCH (d:Document)-[:PUBLISHED_BY]->(s:Source) WHERE d.format IN ['decision', 'resolution'] "
    f"AND {ours('d', 'Document')} "
    "RETURN d.id AS id, d.name AS title, d.format AS format, d.published_on AS on, s.name AS by"
)
_CANDIDATES: Final = (
    f"MATCH (a)-[r:POSSIBLY_SAME]->(b) WHERE {ours('a')} AND {ours('b')} "
    "RETURN r.score AS score, r.reasons AS reasons, "
    "a.id AS one_id, a.name AS one, b.id AS other_id, b.name AS other ORDER BY score DESC, one_id, other_id LIMIT $top"
)
_COUNT: Final = f"MATCH (a)-[r:POSSIBLY_SAME]->(b) WHERE {ours('a')} AND {ours('b')} RETURN count(r) AS n"
_SOME: Final = 2
_EVIDENCE: Final = tuple(
    f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}){pattern}(c:Claim)-[:QUOTED_FROM]->(d:Document) "
    f"USING INDEX SEEK n:{label}(id) WHERE d.format <> 'resolution' "
    "WITH DISTINCT id, c, d ORDER BY c.id "
    "WITH id, count(c) AS claims, collect(c.quote + ' [' + d.name + ']') AS quotes "
    f"RETURN id, claims, quotes[..{_SOME}] AS quotes"
    for label, pattern in (
        ("Actor", "<-[:ABOUT]-"),
        ("Actor", "<-[:SAID_BY]-"),
        ("Actor", f"-[:SUPPLIES|{'|'.join(FURTHER_PARTS.values())}]->(:Transfer)<-[:BACKS|DISPUTES]-"),
        ("Actor", "<-[:TO]-(:Transfer)<-[:BACKS|DISPUTES]-"),
        ("System", "<-[:ABOUT]-"),
        ("System", "<-[:OF]-(:Transfer)<-[:BACKS|DISPUTES]-"),
    )
)


@dataclass(frozen=True, slots=True)
class _Held:
    """The claims that say who is whom, and where they stand."""

    claims: tuple[Claim, ...]
    identity: Identity
    documents: dict[str, dict[str, Any]]

    def number(self, claim: Claim) -> int | None:
        """Give the number of a decision; None of what a rule says."""
        return number_of(str(self.documents.get(claim.document, {}).get("title", "")))


def _read(store: GraphStore) -> _Held:
    rows = [row["claim"] for row in store.read(IDENTITIES, block=IDENTITY_BLOCK)]
    documents = {row["id"]: row for row in store.read(_DOCUMENTS)} if rows else {}
    claims = tuple(readable(rows))
    return _Held(claims, identify(claims), documents)


def decisions(store: GraphStore, *, automatic: bool = False) -> Rows:
    """Give one row for each decision, in the order of their numbers, and whether it holds.

    Args:
        store: the store.
        automatic: whether to give what rules decided, too.
    """
    held = _read(store)
    rows = [_row(held, claim) for claim in held.claims if automatic or not _stated(claim).automatic]
    rows.sort(key=lambda row: (row["number"] is None, row["number"], row["one_id"], row["other_id"]))
    return Rows(COLUMNS, rows)


def to_file(store: GraphStore) -> list[dict[str, Any]]:
    """Give what people decided, in the order of its numbers: all that it takes to decide it again elsewhere."""
    held = _read(store)
    people = [claim for claim in held.claims if not _stated(claim).automatic]
    people.sort(key=lambda claim: (held.number(claim) or 0, claim.id))
    told = []
    for claim in people:
        stated, document = _stated(claim), held.documents[claim.document]
        more = {"same": stated.same, "because": stated.because, "by": document["by"], "on": document["on"]}
        told.append({"one": stated.subject, "other": stated.object, **more})
    return told


def get_decision(store: GraphStore, number: int) -> dict[str, Any]:
    """Give the decision that has a number.

    Raises:
        UnknownName: none has.
        AmbiguousName: several have, since two people decided at the same moment.
    """
    rows = decisions(store).records
    found = [row for row in rows if row["number"] == number]
    if not found:
        there = f"There are {len(rows)}; `legation decisions` lists them." if rows else "There is none."
        raise UnknownName(f"No decision has the number {number}. {there}", str(number))
    if len(found) > 1:
        ids = " or ".join(row["document"] for row in found)
        raise AmbiguousName(f"Several decisions have the number {number}: `legation forget` {ids}.", str(number))
    return found[0]


def whom(store: GraphStore, text: str) -> Party:
    """Give whom a text means, as sources name him: of those that are one already the one of that name or id.

    Raises:
        UnknownName: nobody in this store goes by that name; the nearest are in the message.
        AmbiguousName: several do.
    """
    identity = _read(store)
    known: dict[str, Party] = {}
    for claim in identity.claims:
        for party in (_stated(claim).subject, _stated(claim).object):
            if identity.identity.of(party.id) != party.id or party.id in identity.identity.members:
                known[party.id] = party
    if text in known:
        return known[text]
    found = sorted((party for party in known.values() if key(party.name) == key(text)), key=lambda party: party.id)
    try:
        node = resolve(store, text)
    except UnknownName:
        if not found:
            raise
    else:
        # A node that goes by the name because one of these is folded under it is nobody else.
        if node.id not in {one for party in found for one in (party.id, identity.identity.of(party.id))}:
            found.append(Party(node.id, node.name))
    if len(found) > 1:
        told = " or ".join(f"{party.name} ({party.id})" for party in found)
        raise AmbiguousName(f"{text[:80]!r} can be {told}. Say which, by its id.", text)
    return found[0]


def told_of(store: GraphStore, node_id: str) -> list[str]:
    """Say in a sentence each what was decided of a node and of those that are folded under its id."""
    held = _read(store)
    members = set(held.identity.names_of(node_id))
    rows = [_row(held, claim) for claim in held.claims if members.intersection(_stated(claim).pair)]
    rows.sort(key=lambda row: (row["number"] is None, row["number"], row["one_id"], row["other_id"]))
    return [_sentence(row) for row in rows]


def _sentence(row: dict[str, Any]) -> str:
    means = "are the same" if row["decision"] == "same" else "are not the same"
    who = f"decision {row['number']} of {row['by']}, {row['on']}" if row["number"] is not None else "by rule"
    holds = "" if row["holds"] == "yes" else f" This does not hold: {row['holds']}."
    ends = f"{row['one']} ({row['one_id']}) and {row['other']} ({row['other_id']})"
    return f"{ends} {means}: {row['because'].rstrip('.')} ({who}).{holds}"


def _row(held: _Held, claim: Claim) -> dict[str, Any]:
    stated, document = _stated(claim), held.documents.get(claim.document, {})
    return {
        "number": held.number(claim),
        "decision": "same" if stated.same else "different",
        "one": stated.subject.name,
        "other": stated.object.name,
        "because": stated.because,
        "by": document.get("by"),
        "on": document.get("on"),
        "holds": _holds(held, claim),
        "one_id": stated.subject.id,
        "other_id": stated.object.id,
        "document": claim.document,
    }


def _holds(held: _Held, claim: Claim) -> str:
    against = held.identity.contradicted.get(claim.id, ())
    if against:
        numbers = sorted({held.number(one) or 0 for one in held.claims if one.id in against})
        return f"no, contradicted by decision {', '.join(map(str, numbers))}"
    return "no, somebody decided otherwise" if claim.id in held.identity.overruled else "yes"


def _stated(claim: Claim) -> IdentityStatement:
    if not isinstance(claim.statement, IdentityStatement):
        raise TypeError(f"{claim.id} says not who is whom")
    return claim.statement


def count_candidates(store: GraphStore) -> int:
    """Tell how many pairs may be one."""
    return int(store.read(_COUNT).records[0]["n"])


def candidates(store: GraphStore, top: int) -> Rows:
    """Give one row for each pair that may be one, the likeliest first, with what sources say of both."""
    rows = store.read(_CANDIDATES, top=top).records
    said = _said_of(store, sorted({row[side] for row in rows for side in ("one_id", "other_id")}))
    columns = ("score", "one", "other", "reasons", "one_says", "other_says", "one_id", "other_id")
    for row in rows:
        row["one_says"], row["other_says"] = said[row["one_id"]], said[row["other_id"]]
    return Rows(columns, [{name: row[name] for name in columns} for row in rows])


def _said_of(store: GraphStore, ids: Sequence[str]) -> dict[str, str]:
    """Say of each node how many claims name it, with the words of some of them."""
    claims: dict[str, int] = defaultdict(int)
    quotes: dict[str, list[str]] = defaultdict(list)
    for statement in _EVIDENCE:
        for row in store.read(statement, ids=list(ids)):
            claims[row["id"]] += row["claims"]
            quotes[row["id"]] += row["quotes"]
    return {node_id: _in_words(claims[node_id], quotes[node_id]) for node_id in ids}


def _in_words(count: int, quotes: Iterable[str]) -> str:
    shown = " | ".join(quote if len(quote) <= 160 else f"{quote[:160]}…" for quote in list(quotes)[:_SOME])
    return f"{count} {'claim' if count == 1 else 'claims'}: {shown}" if shown else "no claim"
