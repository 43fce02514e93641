"""The Cypher that the store runs, generated from the schema; labels and kinds come from there and from nowhere else.

Portable rules, kept by every statement here and by the cards: constraints and indexes before the first data; look a
node up by one label and its id; values only as parameters; create what is missing instead of a MERGE on two labels; no
WHERE on a variable of a shortestPath; no later pattern that ends at a variable which OPTIONAL MATCH may have left null.

What is created in bulk is created with all its properties in the pattern: a SET behind it makes the embedded engine
write each record twice. A property that the row lacks is null there, which both stores leave out. A statement that goes
on from a node to its relations names the index in which the node is sought: a server that plans it while the store is
nearly empty may begin at all relations instead, or go through the whole index, keep that plan, and take minutes later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .claims import CLAIM_PROPERTIES
from .loaded import BESIDE_ID
from .records import ROLES
from .schema import DERIVED, FURTHER_PARTS, LABELS, LINKS, OUR_IDS, RELATIONS

KEY_LABELS: Final = ("Actor", *(label.name for label in LABELS.values() if not label.actor))
"""The labels by which nodes are looked up; each has a unique ``id``."""

_PARTS: Final = "|".join(FURTHER_PARTS.values())
_INDEXED: Final = (
    ("Claim", "block"),
    ("Document", "reading"),
    ("Document", "register"),
    ("Transfer", "block"),
    ("Transfer", "pair"),
)


_RELATION_PROPERTIES: Final = {
    **dict.fromkeys(LINKS, ()),
    "ABOUT": ("role",),
    **{
        kind.name: ("transfers", "status", "units", "units_unknown", "tiv", "first_year", "last_year")
        if kind.derived
        else ("claims", "sources", "contested", "title", "since", "until", "periods")
        for kind in RELATIONS.values()
    },
    "POSSIBLY_SAME": ("claims", "sources", "contested", "score", "reasons", "since", "until"),
}
"""What a relation of a kind may hold."""

_GONE: Final = "WITH collect(r) AS gone UNWIND gone AS r DELETE r"
"""Deletes what was found only when all of it is found: the embedded engine loses its place in a chain of relations of
which some are gone."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A constraint or an index.

    Attributes:
        label: of the nodes.
        name: of their property.
        unique: whether no two of them may have the same value of it.
    """

    label: str
    name: str
    unique: bool

    @property
    def statement(self) -> str:
        """The statement that makes it; running it again changes nothing."""
        called = f"legation_{self.label.lower()}_{self.name} IF NOT EXISTS"
        if self.unique:
            return f"CREATE CONSTRAINT {called} FOR (n:{self.label}) REQUIRE n.{self.name} IS UNIQUE"
        return f"CREATE INDEX {called} FOR (n:{self.label}) ON (n.{self.name})"


def declared(*, shared: bool) -> list[Declared]:
    """Give the constraints and indexes that a store needs.

    Args:
        shared: whether others may have data in the same database. A constraint would bind their nodes with a label of
            ours, too, so ids have only an index there; that changes follow one another (``LOCK``) keeps them unique.
    """
    ids = [Declared(label, "id", unique=not shared) for label in KEY_LABELS]
    return [*ids, Declared("LegationLock", "id", unique=True), *(Declared(*one, unique=False) for one in _INDEXED)]


def schema_statements(*, shared: bool = False) -> list[str]:
    """Give the statements that make the constraints and indexes of a store."""
    return [one.statement for one in declared(shared=shared)]


def ours(variable: str, label: str = "") -> str:
    """Give the condition that a node with a label is ours: others may have nodes of that label in the same database.

    It tells by the form of the id, as ``schema.is_ours`` does.

    Args:
        variable: the node in the statement.
        label: one of ``schema.LABELS``; empty if it may have any of them.
    """
    if not label:
        return f"{variable}.id =~ '(?s){OUR_IDS}'"
    prefix = LABELS[label].prefix
    return f"{variable}.id STARTS WITH '{prefix}'" if prefix else f"{variable}.id =~ '[A-Z]{{3}}'"


def known_ids(label: str) -> str:
    """``$ids`` -> the ``id`` of those that are there."""
    return f"UNWIND $ids AS id MATCH (n:{_key(label)} {{id: id}}) RETURN n.id AS id"


def create_nodes(labels: tuple[str, ...]) -> str:
    """``$rows`` of property maps -> a new node each, with all its labels at once."""
    return f"UNWIND $rows AS row CREATE (n:{':'.join(map(_label, labels))}) SET n += row"


def set_properties(label: str) -> str:
    """``$rows`` of ``{id, values}`` -> the values set on the nodes that are there."""
    return f"UNWIND $rows AS row MATCH (n:{_key(label)} {{id: row.id}}) SET n += row.values"


def replace_properties(label: str) -> str:
    """``$rows`` of ``{id, values}`` -> the nodes that are there have these properties and no others."""
    return f"UNWIND $rows AS row MATCH (n:{_key(label)} {{id: row.id}}) SET n = row.values"


def create_edges(kind: str, start: str, end: str) -> str:
    """``$rows`` of ``{start, end, values}`` -> a new relation each, between nodes with these ids and key labels."""
    held = _values(_RELATION_PROPERTIES[_kind(kind)], "row.values")
    return (
        f"UNWIND $rows AS row MATCH (a:{_key(start)} {{id: row.start}}) MATCH (b:{_key(end)} {{id: row.end}}) "
        f"CREATE (a)-[:{kind}{f' {held}' if held else ''}]->(b)"
    )


def delete_relations(kind: str, start: str, end: str) -> str:
    """``$rows`` of ``{start, end}`` -> the stated relations of that kind between them are gone."""
    return (
        f"UNWIND $rows AS row MATCH (a:{_key(start)} {{id: row.start}})-[r:{_kind(kind)}]->"
        f"(b:{_key(end)} {{id: row.end}}) USING INDEX SEEK a:{start}(id) {_GONE}"
    )


DELETE_DERIVED: Final = (
    f"UNWIND $rows AS row MATCH (a:Actor {{id: row.start}})-[r:{'|'.join(DERIVED)}]->(b:Actor) "
    f"USING INDEX SEEK a:Actor(id) WHERE b.id IN row.ends {_GONE}"
)
"""``$rows`` of ``{start, ends}`` -> the derived relations between each start and its ends are gone. A row for each pair
would walk along everything that a start supplies as often as it has ends."""

LOCK: Final = "MERGE (l:LegationLock {id: 'lock'}) SET l.changes = coalesce(l.changes, 0) + 1"
"""Makes changes follow one another: each folds what it read, so none may read while another has not committed. A server
lets the second wait; the embedded engine refuses it at its end, and the driver tries it again."""

CHANGES: Final = "MATCH (l:LegationLock {id: 'lock'}) RETURN l.changes AS changes"
"""How often the graph was changed; the same before and after some reading if nobody changed it meanwhile."""

DOCUMENT_DIGEST: Final = "MATCH (d:Document {id: $id}) RETURN d.digest AS digest, d.reading AS reading"
"""``$id`` -> what was loaded from the document, as one hash, and the key of its reading; no row if it is not in."""

READINGS: Final = "MATCH (d:Document) WHERE d.reading IN $keys RETURN d.reading AS reading, d.id AS id"
"""``$keys`` -> those of them under which a document was read, with its id."""

CLAIMS_OF_DOCUMENT: Final = (
    "MATCH (d:Document {id: $id})<-[:QUOTED_FROM]-(c:Claim) USING INDEX SEEK d:Document(id) "
    f"RETURN c.id AS id, c.block AS block, {', '.join(f'c.{role} AS {role}' for role in (*ROLES, *FURTHER_PARTS))}"
)
"""``$id`` -> of each claim of the document its id, its block and whom it names; its words are ten times as much."""

SOURCES_OF_DOCUMENT: Final = (
    "MATCH (d:Document {id: $id})-[:PUBLISHED_BY]->(s:Source) USING INDEX SEEK d:Document(id) RETURN s.id AS id"
)
REPLACE_DOCUMENT: Final = "MATCH (d:Document {id: $id}) SET d = $values"
"""``$id``, ``$values`` -> the document has these properties and no others."""

UPDATE_CLAIMS: Final = "UNWIND $rows AS row MATCH (n:Claim {id: row.id}) SET " + ", ".join(
    f"n.{name} = row.{name}" for name in (*BESIDE_ID, "block")
)
"""``$rows`` of claims -> what may differ between claims of one id; all else is in the id."""

CLAIMS_OF_BLOCKS: Final = (
    "UNWIND $blocks AS block MATCH (c:Claim {block: block}) USING INDEX SEEK c:Claim(block) "
    "WHERE c.document <> $without RETURN properties(c) AS claim ORDER BY claim.id"
)
"""``$blocks``, ``$without`` a document -> every claim of these blocks that is not of that document."""

STANDING: Final = (
    "UNWIND $ids AS id MATCH (d:Document {id: id})-[:PUBLISHED_BY]->(s:Source) USING INDEX SEEK d:Document(id) "
    "RETURN id, s.id AS source, d.reliability AS reliability, d.register AS register"
)
"""``$ids`` of documents -> their source, reliability and register. Asked once for each document and not for each of its
claims: the embedded engine goes through all of these to find the source."""

BLOCKS_NAMING: Final = (
    "MATCH (c:Claim) WHERE "
    + " OR ".join(f"$ids[c.{role}]" for role in ROLES)
    + "".join(f" OR any(one IN coalesce(c.{role}, []) WHERE $ids[one])" for role in FURTHER_PARTS)
    + " RETURN DISTINCT c.block AS block"
)
"""``$ids`` of ``{id: true}`` -> the blocks of claims that name one of them. It goes through all claims, which only a
change of who is whom needs; an index for each role would make every load slower."""

IDENTITIES: Final = (
    "MATCH (c:Claim {block: $block}) USING INDEX SEEK c:Claim(block) RETURN properties(c) AS claim ORDER BY c.id"
)
"""``$block`` of the claims that say who is whom -> these claims."""

EDITIONS: Final = (
    "MATCH (d:Document) USING INDEX d:Document(register) WHERE d.register > '' "
    f"WITH d WHERE {ours('d', 'Document')} RETURN d.id AS id, d.register AS register, d.published_on AS published_on"
)
"""Every document that is an edition of a register. That it has one is said as a range, and that it is ours apart from
it: any other way both stores go through all documents, which each write would pay for."""

BLOCKS_OF_DOCUMENT: Final = (
    "MATCH (d:Document {id: $id})<-[:QUOTED_FROM]-(c:Claim) USING INDEX SEEK d:Document(id) "
    "RETURN DISTINCT c.block AS block"
)

_TRANSFERS: Final = "UNWIND $blocks AS block MATCH (t:Transfer {block: block}) USING INDEX SEEK t:Transfer(block)"
TRANSFERS_OF_BLOCKS: Final = f"{_TRANSFERS} RETURN properties(t) AS transfer"
EDGES_OF_BLOCKS: Final = tuple(
    f"UNWIND $blocks AS block MATCH (t:Transfer {{block: block}}){pattern} "
    f"USING INDEX SEEK t:Transfer(block) RETURN type(r) AS kind, {start}.id AS start, {end}.id AS end"
    for pattern, start, end in (
        (f"<-[r:SUPPLIES|{_PARTS}|BACKS|DISPUTES]-(n)", "n", "t"),
        ("-[r:TO|OF]->(n)", "t", "n"),
    )
)
"""``$blocks`` -> every relation of their transfers; one statement for each direction."""

TRANSFERS_WITH_ENDS: Final = (
    f"{_TRANSFERS} MATCH (s:Actor)-[:SUPPLIES]->(t) "
    "MATCH (t)-[:TO]->(b:Actor) WITH t, b, collect(s.id) AS suppliers "
    "RETURN properties(t) AS transfer, suppliers, b.id AS buyer"
)
"""``$blocks`` -> their transfers with what the derived relations are drawn from."""

BLOCKS_OF_PAIRS: Final = (
    "UNWIND $pairs AS pair MATCH (t:Transfer {pair: pair}) USING INDEX SEEK t:Transfer(pair) "
    "RETURN collect(DISTINCT t.block) AS blocks"
)
"""``$pairs`` -> the blocks of their transfers, in one row."""

LOOSEN: Final = {
    name: f"UNWIND ${name} AS id MATCH (n:{label} {{{key}: id}}){pattern}() USING INDEX SEEK n:{label}({key}) {_GONE}"
    for name, label, key, pattern in (
        ("blocks", "Transfer", "block", f"-[r:SUPPLIES|TO|OF|{_PARTS}]-"),
        ("transfers", "Transfer", "id", f"-[r:SUPPLIES|TO|OF|{_PARTS}]-"),
        ("claims", "Claim", "id", "-[r:ABOUT|SAID_BY|BACKS|DISPUTES]->"),
        ("documents", "Document", "id", "-[r:PUBLISHED_BY]->"),
    )
}
"""Name of a parameter of ``DELETE`` -> what it names holds nobody any more, and no claim counts."""

_FOUND: Final = {
    "claims": "UNWIND $claims AS id MATCH (n:Claim {id: id})",
    "transfers": "UNWIND $transfers AS id MATCH (n:Transfer {id: id})",
    "blocks": "UNWIND $blocks AS block MATCH (n:Transfer {block: block}) USING INDEX SEEK n:Transfer(block)",
    "documents": "UNWIND $documents AS id MATCH (n:Document {id: id})",
    "Actor": "UNWIND $Actor AS id MATCH (n:Actor {id: id})",
    "System": "UNWIND $System AS id MATCH (n:System {id: id})",
    "Conflict": "UNWIND $Conflict AS id MATCH (n:Conflict {id: id})",
    "Source": "UNWIND $Source AS id MATCH (n:Source {id: id})",
}

DELETE: Final = {name: f"{found} DETACH DELETE n" for name, found in _FOUND.items()}
"""Name of a parameter -> the statement that deletes what it names. Claims go in the order in which they came: so the
embedded engine finds each relation to the document at once; from the last to the first takes it twice as long."""

DELETE_AT_ONCE: Final = (
    " ".join(f"CALL {{ {found} RETURN collect(n) AS n{number} }}" for number, found in enumerate(_FOUND.values()))
    + f" UNWIND {' + '.join(f'n{number}' for number in range(len(_FOUND)))} AS n DETACH DELETE n"
)
"""The same for all parameters in one statement, for a server: there each look-up in an index goes through all nodes
that its transaction has deleted before, so that 60,000 of them one after another would take minutes."""


def _values(names: Iterable[str], row: str) -> str:
    return f"{{{', '.join(f'{name}: {row}.{name}' for name in names)}}}" if names else ""


CREATE_CLAIMS: Final = (
    "MATCH (d:Document {id: $document}) UNWIND $rows AS row "
    f"CREATE (c:Claim {_values((*CLAIM_PROPERTIES, 'block', 'recorded_at'), 'row')})-[:QUOTED_FROM]->(d)"
)
"""``$rows`` of a claim's properties -> the claims, each quoted from ``$document``; one relation a row."""

_NEW_TRANSFER: Final = (
    f"CREATE (t:Transfer {_values(('id', 'name', *LABELS['Transfer'].properties), 'row.values')}) "
    "CREATE (s)-[:SUPPLIES]->(t) CREATE (t)-[:TO]->(b) CREATE (t)-[:OF]->(w)"
)
_ENDS_OF_TRANSFER: Final = (
    "UNWIND $rows AS row MATCH (s:Actor {id: row.supplier}) MATCH (b:Actor {id: row.buyer}) "
    "MATCH (w:System {id: row.system})"
)
CREATE_TRANSFERS: Final = f"{_ENDS_OF_TRANSFER} {_NEW_TRANSFER}"
"""``$rows`` of ``{supplier, buyer, system, values}`` -> a transfer each; three relations a row."""

CREATE_BACKED_TRANSFERS: Final = (
    f"{_ENDS_OF_TRANSFER} MATCH (c:Claim {{id: row.claim}}) {_NEW_TRANSFER} CREATE (c)-[:BACKS]->(t)"
)
"""``$rows`` as above and a ``claim`` -> a transfer each, and one claim that backs it; four relations a row."""

_NAMED_BY: Final = {
    "Actor": (
        ("-[:SUPPLIES]->(:Transfer)<-[:BACKS|DISPUTES]-", "supplier"),
        ("<-[:TO]-(:Transfer)<-[:BACKS|DISPUTES]-", "buyer"),
        ("<-[:ABOUT]-", "subject"),
        ("<-[:ABOUT]-", "object"),
        ("<-[:ABOUT]-", "actor"),
        ("<-[:SAID_BY]-", "said_by"),
    ),
    "System": (
        ("<-[:OF]-(:Transfer)<-[:BACKS|DISPUTES]-", "system"),
        ("<-[:ABOUT]-", "subject"),
        ("<-[:ABOUT]-", "object"),
    ),
    "Conflict": (("<-[:ABOUT]-", "subject"), ("<-[:ABOUT]-", "object")),
}

IDS_OF_ELEMENTS: Final = (
    "MATCH (n) WHERE elementId(n) IN $elements AND n.id IS NOT NULL RETURN elementId(n) AS element, n.id AS id"
)
"""``$elements`` of ids that the engine gives nodes -> our id of each that has one."""


def _names_given(label: str, pattern: str, named: str, name: str) -> str:
    return (
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}){pattern}(c:Claim) USING INDEX SEEK n:{label}(id) "
        f"{named} RETURN DISTINCT id, c.id AS claim, {name} AS name"
    )


NAMES_GIVEN: Final = {
    label: (
        *(
            _names_given(label, pattern, f"WHERE c.{role} IN coalesce($members[id], [id])", f"c.{role}_name")
            for pattern, role in ways
        ),
        *(
            _names_given(
                label,
                f"-[:{kind}]->(:Transfer)<-[:BACKS|DISPUTES]-",
                f"WITH id, c UNWIND range(0, size(coalesce(c.{role}, [])) - 1) AS i WITH id, c, i "
                f"WHERE c.{role}[i] IN coalesce($members[id], [id])",
                f"c.{role}_names[i]",
            )
            for role, kind in FURTHER_PARTS.items()
            if label == "Actor"
        ),
    )
    for label, ways in _NAMED_BY.items()
}
"""``$ids``, and ``$members`` of those that others are folded under -> every claim that names them and how; for each
label one statement for each way in which a claim can."""


def lonely(label: str) -> str:
    """``$ids`` -> those of them that no relation holds any more."""
    return f"UNWIND $ids AS id MATCH (n:{_key(label)} {{id: id}}) WHERE NOT (n)--() RETURN n.id AS id"


def delete_lonely(label: str) -> str:
    """``$ids`` -> those of them that no relation holds any more are gone."""
    return f"UNWIND $ids AS id MATCH (n:{_key(label)} {{id: id}}) WHERE NOT (n)--() DELETE n"


def _key(label: str) -> str:
    if label not in KEY_LABELS:
        raise ValueError(f"{label!r} is no label that nodes are looked up by")
    return label


def _label(label: str) -> str:
    if label != "Actor" and label not in LABELS:
        raise ValueError(f"{label!r} is no label of the schema")
    return label


def _kind(kind: str) -> str:
    if kind not in RELATIONS and kind not in LINKS:
        raise ValueError(f"{kind!r} is no relation of the schema")
    return kind
