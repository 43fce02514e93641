"""Measure the article loader on a folder of gold/2 documents and on made-up paragraphs: quality, speed, memory.

python benchmarks/extraction.py FOLDER -o PREDICTIONS.json --scorer SCORE.py [--kept-back 10] [--errors]
    prints the scorer's table, totals of the documents that the rules were developed on and of the last ones, which were
    kept back, how often each rule is right, words a second on one core, and memory above the interpreter
python benchmarks/extraction.py FOLDER -o PREDICTIONS.json --scorer SCORE.py --calibrate TABLE.csv
    writes how often each rule is right into the table that the loader takes its confidence from
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from legation.graph.claims import Claim, Document, Source
from legation.graph.names import key, reference, slug
from legation.graph.statements import Party, RelationStatement, TransferStatement
from legation.loaders.article import read_claims, sentences
from legation.loaders.extraction.mentions import find_mentions
from legation.loaders.extraction.reading import Found, read_statements

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


def scorer_from(path: Path) -> Any:
    """Load the scorer, a file that is not part of this project."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(scorer: Any, gold: Any, document: Document) -> Iterator[tuple[str, str, bool]]:
    """Give rule, distance and whether it is right for each claim of a document; optional gold is right too."""
    found, _ = spellings(document)
    for told in read_statements(document):
        if not isinstance(told, Found) or told.modality == "denied":
            continue
        if isinstance(told.statement, TransferStatement):
            (row,) = transfers([claim_of(document, told)], found)
            right = any(gold.fits(one, row, "core") for one in gold.g["transfers"])
        else:
            (row,) = relations([claim_of(document, told)], found)
            right = any(gold.fits_relation(one, row) for one in gold.g["relations"])
        yield told.rule, told.distance, right


def claim_of(document: Document, told: Found) -> Claim:
    """Make the claim of one finding."""
    quote = document.content[told.start : told.end]
    return Claim(document.id, quote, told.start, told.end, told.statement, "benchmark", told.confidence, told.modality)


def by_rule(scorer: Any, folder: Path, documents: Sequence[tuple[Path, Document]]) -> dict[tuple[str, str], list[int]]:
    """Count right and judged claims by rule and distance."""
    counts: dict[tuple[str, str], list[int]] = {}
    for path, document in documents:
        gold = scorer.Gold(str(path))
        for rule, distance, right in judged(scorer, gold, document):
            row = counts.setdefault((rule, distance), [0, 0])
            row[0] += right
            row[1] += 1
    return dict(sorted(counts.items()))


def show_splits(scorer: Any, result: dict[str, Any], kept_back: int) -> None:
    """Print the totals of the documents developed on, and of those kept back."""
    names = list(result["docs"])
    for title, part in (("developed on", names[:-kept_back]), ("kept back", names[-kept_back:])):
        rows = [result["docs"][name] for name in part]
        print(f"\n{title}: {len(part)} documents")
        for metric in scorer.METRICS:
            precision, recall, f1 = scorer.prf(*scorer.total(rows, metric))
            print(f"  {metric:9} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")


def show_cost(documents: Sequence[tuple[Path, Document]]) -> None:
    """Print words a second and the memory that reading takes."""
    list(read_claims(Document("warm", "Peru bought a tank.", Source("gold"), "article")))
    words = sum(len(document.content.split()) for _, document in documents)
    start = time.process_time()
    for _, document in documents:
        list(read_claims(document))
    seconds = time.process_time() - start
    print(f"\n{len(documents)} documents, {words} words, {words / seconds:,.0f} words a second of one core")
    most, bare = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, bare_interpreter()
    print(f"most memory {most:.0f} MB, {most - bare:.0f} MB above an interpreter that does nothing")


def bare_interpreter() -> float:
    """Give the most memory of a Python that does nothing, in MB."""
    code = "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout) / 1024


def main() -> None:
    """Read the folder and print what it takes and finds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--kept-back", type=int, default=10)
    parser.add_argument("--calibrate", type=Path)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    documents = [(path, load(path)[1]) for path in sorted(options.folder.glob("*.gold.json"))]
    show_cost(documents)
    predictions = {document.title: predict(document) for _, document in documents}
    options.output.write_text(json.dumps(predictions, ensure_ascii=False, indent=1), encoding="utf-8")
    if options.scorer is None:
        return
    scorer = scorer_from(options.scorer)
    result = scorer.score(predictions, str(options.folder), boot=0)
    scorer.show(result)
    show_splits(scorer, result, options.kept_back)
    if options.errors:
        developed = list(result["docs"])[: -options.kept_back]
        scorer.show_errors({"errors": {name: result["errors"][name] for name in developed}})
    counts = by_rule(scorer, options.folder, documents)
    print("\nhow often each rule is right, by how far away it took what it needed")
    for (rule, distance), (right, of) in counts.items():
        print(f"  {rule:38} {distance:16} {right:4} of {of:4}  {right / of:.2f}")
    if options.calibrate:
        with options.calibrate.open("w", encoding="utf-8", newline="") as table:
            writer = csv.writer(table, lineterminator="\n")
            writer.writerow(("rule", "distance", "right", "judged"))
            writer.writerows((*name, *numbers) for name, numbers in counts.items())
    import made_up  # noqa: PLC0415  (stands beside this file, which tests import from elsewhere)

    print("\nmade-up paragraphs")
    for line in made_up.totals():
        print("  " + line)


if __name__ == "__main__":
    main()
