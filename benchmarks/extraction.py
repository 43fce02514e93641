"""Predict the gold/2 documents of a folder from the claims of the article loader, and measure its speed.

python benchmarks/extraction.py FOLDER -o PREDICTIONS.json
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from legation.graph.claims import Claim, Document, Source
from legation.graph.names import key, reference, slug
from legation.graph.statements import Party, RelationStatement, TransferStatement
from legation.loaders.article import read_claims, sentences
from legation.loaders.extraction.mentions import find_mentions

KINDS: Final = {
    "State": "state",
    "Firm": "firm",
    "Person": "person",
    "Organisation": "organisation",
    "System": "system",
    "Conflict": "conflict",
    "Group": "group",
}
CLASSES: Final = {"signed": "firm", "ordered": "firm", "delivered": "done", "in_service": "done"}
"""Statuses that may speak of one event; every other status is its own."""

Spellings = Mapping[str, Iterable[str]]


def load(path: Path) -> tuple[str, Document]:
    """Read one gold file's document; of the gold itself only its id, file, title and date."""
    described = json.loads(path.read_text(encoding="utf-8"))["doc"]
    content = (path.parent / described["file"]).read_text(encoding="utf-8")
    return described["id"], Document(described["id"], content, Source("gold"), "article", described.get("date"))


def spellings(document: Document) -> tuple[dict[str, set[str]], list[dict[str, Any]]]:
    """Give every spelling by id, and the entities that the document names."""
    year = int(document.published_on[:4]) if document.published_on else None
    found: dict[str, set[str]] = {}
    kinds: dict[str, tuple[str, str]] = {}
    for passage in find_mentions(sentences(document.content), year):
        for mention in passage.mentions:
            node = mention.id or f"group:{slug(mention.name)}"
            if mention.form != "surname":
                found.setdefault(node, set()).add(mention.text)
            if mention.form != "noun":
                kinds.setdefault(node, (KINDS[mention.label], mention.name))
    entities = [
        {"type": kind, "id": node.partition(":")[2] or node, "name": name, "aliases": sorted(found.get(node, ()))}
        for node, (kind, name) in kinds.items()
    ]
    return found, entities


def names(party: Party, found: Spellings) -> list[str]:
    """Give the id without its prefix, the name, and everything else that it is called."""
    entry = reference().entries.get(party.id)
    listed = (entry.name, *entry.aliases) if entry else ()
    all_names = [party.id.partition(":")[2] or party.id, party.name, *listed, *sorted(found.get(party.id, ()))]
    return list({key(name): name for name in reversed(all_names)}.values())[::-1]


def transfers(claims: Iterable[Claim], found: Spellings) -> list[dict[str, Any]]:
    """Make one prediction for each event: claims of the same parties, system and number that can be one."""
    events: list[tuple[TransferStatement, list[str]]] = []
    for claim in claims:
        if isinstance(claim.statement, TransferStatement) and claim.modality != "denied":
            for index, (statement, quotes) in enumerate(events):
                joined = _join(statement, claim.statement)
                if joined:
                    events[index] = joined, [*quotes, claim.quote]
                    break
            else:
                events.append((claim.statement, [claim.quote]))
    return [
        {
            "supplier": names(statement.supplier, found),
            "buyer": names(statement.buyer, found),
            "system": names(statement.system, found),
            "quantity": _quantity(statement),
            "year": _year(statement),
            "status": statement.status,
            "evidence": sorted(set(quotes)),
        }
        for statement, quotes in events
    ]


def _quantity(statement: TransferStatement) -> int | None:
    return statement.quantity_delivered or statement.quantity_ordered


def _year(statement: TransferStatement) -> int | None:
    return next(iter(statement.delivery_years), None) or statement.order_year or statement.status_year


def _join(one: TransferStatement, other: TransferStatement) -> TransferStatement | None:
    """Give the fuller of two statements if they can be one event, else None."""
    same = (one.supplier.id, one.buyer.id) == (other.supplier.id, other.buyer.id) and _same_system(one, other)
    status = CLASSES.get(one.status, one.status) == CLASSES.get(other.status, other.status)
    numbers = [(_quantity(one), _quantity(other)), (_year(one), _year(other))]
    if not same or not status or any(None not in pair and pair[0] != pair[1] for pair in numbers):
        return None
    return max(one, other, key=_fullness)


def _fullness(told: TransferStatement) -> int:
    """How much a statement says: a number, a year, and a named system rather than a class."""
    entry = reference().entries.get(told.system.id)
    named = entry is None or not entry.properties.get("generic")
    return (_quantity(told) is not None) + (_year(told) is not None) + 2 * named


def _same_system(one: TransferStatement, other: TransferStatement) -> bool:
    entries = reference().entries
    given = [told.system.id for told in (one, other)]
    classes = [entries[node].properties.get("class") if node in entries else None for node in given]
    return given[0] == given[1] or classes[0] == given[1] or classes[1] == given[0]


def relations(claims: Iterable[Claim], found: Spellings) -> list[dict[str, Any]]:
    """Make one prediction for each relation."""
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for claim in claims:
        told = claim.statement
        if isinstance(told, RelationStatement) and claim.modality != "denied":
            row = rows.setdefault(
                (told.relation, told.subject.id, told.object.id),
                {
                    "subject": names(told.subject, found),
                    "predicate": told.relation.lower(),
                    "object": names(told.object, found),
                    "evidence": [],
                },
            )
            row["evidence"].append(claim.quote)
    return list(rows.values())


def predict(document: Document, claims: Iterable[Claim] | None = None) -> dict[str, list[dict[str, Any]]]:
    """Make the predictions for one document.

    Args:
        document: the article.
        claims: what the loader found in it; read here if None.
    """
    known = list(read_claims(document) if claims is None else claims)
    found, entities = spellings(document)
    return {"entities": entities, "transfers": transfers(known, found), "relations": relations(known, found)}


def main() -> None:
    """Write the predictions, and words a second to the screen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    documents = [load(path) for path in sorted(options.folder.glob("*.gold.json"))]
    reference()
    list(read_claims(Document("warm", "Peru bought a tank.", Source("gold"), "article")))
    predictions, words = {}, 0
    start = time.perf_counter()
    read = {name: list(read_claims(document)) for name, document in documents}
    seconds = time.perf_counter() - start
    for name, document in documents:
        words += len(document.content.split())
        predictions[name] = predict(document, read[name])
    options.output.write_text(json.dumps(predictions, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{len(documents)} documents, {words} words, {words / seconds:,.0f} words a second")


if __name__ == "__main__":
    main()
