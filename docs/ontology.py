"""Writes docs/ontology.md: every label, relation and status of graph/schema.py, each relation with a real example.

python docs/ontology.py
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from legation.graph.claims import Claim, Document, Source
from legation.graph.names import slug
from legation.graph.schema import (
    FURTHER_PARTS,
    LABELS,
    LINKS,
    MODALITIES,
    RELATIONS,
    RELIABILITIES,
    STATUSES,
    TRANSFER_KINDS,
    WITHDRAWN,
    Label,
    RelationKind,
    Status,
)
from legation.graph.statements import Party, RelationStatement
from legation.graph.store import GraphStore, open_store
from legation.loaders import article
from legation.loaders.reading import Given
from legation.loaders.resolution.resolve import resolve
from legation.loaders.samples import load_samples

PAGE = Path(__file__).with_suffix(".md")

SENTENCES = """\
What the samples do not tell

France backed Chad against the rebels.
Turkey and Azerbaijan are allies.
Qatar offered to mediate between Israel and Hamas.
Vladimir Putin met Recep Tayyip Erdogan in Sochi.
"""
"""An article for the relations that no sample states."""

NAMES = """\
Zeytin Optronik, Ankara, Turkey
Zeytin Optronic, Ankara, Turkey
"""
"""Two firms that may be one."""

_HEAD = """\
# The ontology

Written by `python docs/ontology.py` from `graph/schema.py`; a test compares. `legation schema` shows the same in the
terminal. The examples are what the samples say, or made-up sentences of the same kind, as the loaders read them.

A deal is a **node**, a [Transfer](decisions/003-transfer-as-a-node.md), because it has more than two ends. What claims
say of it becomes one deal by [the fold](decisions/004-claims-fold.md).
"""

_DRAWN = """\
**When it is drawn.** A relation that claims *state* is drawn as long as at least one claim in the store states it and
does not deny it; if some deny it, it is `contested`; if all do, it is gone. It carries `claims`, the number of
independent `sources`, and `title`, `since` and `until` where a claim gives them. A *derived* relation follows from the
transfers between two actors, and no loader may state it: of ARMS, MAY_ARM and DID_NOT_ARM there is only ever one from
a supplier to a buyer, the one that stands first here. What only earlier editions of a register say draws nothing.

**Walked** says whether a path (`legation path`) may go along it. What joins half the world, such as membership, would
make everything near to everything.
"""

_LABELS = """\
State, Firm, Person and Organisation also carry the label `Actor`. Every node has `id` and `name`; beside them, where
known:
"""

_STATUSES = """\
The highest that an undenied claim backs stands, in this order. Speculation backs no more than `potential`.
"""


def page(store: GraphStore) -> str:
    """Give the page for a store that holds the samples."""
    _add_what_samples_do_not_tell(store)
    derived = [kind for kind in RELATIONS.values() if kind.derived]
    stated = [kind for kind in RELATIONS.values() if not kind.derived]
    parts = [
        _HEAD,
        "## What there is\n",
        _table(("label", "its id begins with", "meaning"), map(_label, LABELS.values())),
        _LABELS,
        _table(
            ("label", "properties"),
            ((f"`{one.name}`", ", ".join(one.properties)) for one in LABELS.values() if one.properties),
        ),
        "## Who has to do with whom\n",
        _DRAWN,
        "### Derived from transfers\n",
        *(_relation(kind, store) for kind in derived),
        "### Stated by claims\n",
        *(_relation(kind, store) for kind in stated),
        "## What holds transfers and claims together\n",
        _table(
            ("link", "from", "to", "meaning"),
            ((f"`{one.name}`", ", ".join(one.start), ", ".join(one.end), one.meaning) for one in LINKS.values()),
        ),
        f"Claims name {', '.join(f'{role} (`{link}`)' for role, link in FURTHER_PARTS.items())} of a transfer.\n",
        "## How far a transfer went\n",
        _STATUSES,
        _table(
            ("status", "draws", "meaning"),
            ((f"`{one.name}`", f"`{one.draws}`" if one.draws else "nothing", one.meaning) for one in _statuses()),
        ),
        "## Kinds of transfer\n",
        _table(("kind", "meaning"), ((f"`{name}`", meaning) for name, meaning in TRANSFER_KINDS.items())),
        "## How a source says it\n",
        _table(("modality", "meaning"), ((f"`{name}`", meaning) for name, meaning in MODALITIES.items())),
        "## How reliable a source is\n",
        "Whoever loads a document says it, on the Admiralty scale; it decides only between equals.\n",
        _table(("reliability", "meaning"), ((f"`{name}`", meaning) for name, meaning in RELIABILITIES.items())),
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def _statuses() -> list[Status]:
    return [*STATUSES.values(), WITHDRAWN]


def _label(one: Label) -> tuple[str, ...]:
    return f"`{one.name}`", f"`{one.prefix}`" if one.prefix else "the code", one.meaning


def _relation(kind: RelationKind, store: GraphStore) -> str:
    told = [f"{_either(kind.start)} {'to' if kind.directed else 'and'} {_either(kind.end)}.", kind.meaning]
    if not kind.directed:
        told.append("Holds both ways.")
    if kind.derived:
        drawing = [one.name for one in STATUSES.values() if one.draws == kind.name]
        told.append(f"Drawn by transfers that are {_either(drawing)}.")
    told.append("Walked." if kind.walkable else "Not walked.")
    return f"#### {kind.name}\n\n{' '.join(told)}\n\n{_example(kind, store)}\n"


def _either(names: list[str] | tuple[str, ...]) -> str:
    words = [f"`{name}`" for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _example(kind: RelationKind, store: GraphStore) -> str:
    ends = "r.status AS title, [] AS claims" if kind.derived else "r.title AS title, r.claims AS claims"
    most = "r.transfers" if kind.derived else "r.sources"
    found = store.read(
        f"MATCH (a)-[r:{kind.name}]->(b) RETURN a.id AS start, a.name AS first, b.id AS end, b.name AS second, {ends} "
        f"ORDER BY {most} DESC, start, end LIMIT 1"
    ).records
    if not found:
        raise SystemExit(f"Nothing in the samples or in SENTENCES is an example of {kind.name}.")
    one = found[0]
    claims = one["claims"] or _claims_between(store, one["start"], one["end"])
    best = "MATCH (c:Claim) WHERE c.id IN $ids RETURN c.quote AS quote ORDER BY c.confidence DESC, c.id LIMIT 1"
    quoted = store.read(best, ids=claims)
    title = f", {one['title'].replace('_', ' ')}" if one["title"] else ""
    quote = quoted.records[0]["quote"].replace("|", "\\|")
    return f"> {one['first']} *{kind.phrase}* {one['second']}{title}: “{quote}”"


def _claims_between(store: GraphStore, supplier: str, buyer: str) -> list[str]:
    found = store.read(
        "MATCH (:Actor {id: $buyer})<-[:TO]-(t:Transfer)<-[:SUPPLIES]-(:Actor {id: $supplier}) "
        "MATCH (c:Claim)-[:BACKS|DISPUTES]->(t) RETURN c.id AS id",
        supplier=supplier,
        buyer=buyer,
    )
    return [row["id"] for row in found]


def _firm(line: str) -> Party:
    name = line.partition(",")[0]
    return Party(f"firm:{slug(name)}", name)


def _add_what_samples_do_not_tell(store: GraphStore) -> None:
    given = Given("made up for this page", "F", "2022-04-01")
    reading = article.read(Path("sentences.txt"), SENTENCES, given)
    store.write(reading.document, reading.claims)
    document = Document("names.txt", NAMES, Source("made up for this page"), "article", "2022-04-01")
    state = Party("TUR", "Türkiye")
    starts = [NAMES.index(line) for line in NAMES.splitlines()]
    store.write(
        document,
        [
            Claim(
                document.id,
                line,
                start,
                start + len(line),
                RelationStatement("BASED_IN", _firm(line), state),
                "docs/1",
            )
            for line, start in zip(NAMES.splitlines(), starts, strict=True)
        ],
    )
    resolve(store)


def _table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [names, ("---",) * len(names), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store", create=True) as opened:
        load_samples(opened, lambda *_: None)
        PAGE.write_text(page(opened), encoding="utf-8", newline="\n")
