"""The made-up paragraphs of paragraphs.toml, and what of their annotations the article loader finds."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

from legation.graph.claims import Claim, Document, Source
from legation.graph.statements import RelationStatement, TransferStatement
from legation.loaders.article import read_claims

PARAGRAPHS: Final = Path(__file__).with_name("paragraphs.toml")
FIRM: Final = {"signed", "ordered"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of an annotation.

    Attributes:
        line: as written.
        optional: whether it may be left out.
        parts: what is accepted in each place: ends, system, status; for a relation subject, relation, object.
        quantity: the numbers that are right, None where the annotation says none.
        year: the year; None where it says none.
    """

    line: str
    optional: bool
    parts: tuple[tuple[str, ...], ...]
    quantity: tuple[int, ...] | None = None
    year: int | None = None


def transfer(line: str) -> Wanted:
    """Read ``A > B: system xN status YEAR``."""
    ends, _, rest = line.removeprefix("?").partition(": ")
    supplier, _, buyer = ends.partition(" > ")
    words = rest.split()
    year = int(words.pop()) if words[-1].isdigit() else None
    counts = words[1].split("/") if words[1].startswith("x") else []
    numbers = tuple(int(count[1:]) for count in counts if count[1:])
    parts = (supplier, buyer, words[0], words[-1])
    return Wanted(line, line.startswith("?"), tuple(tuple(part.split("/")) for part in parts), numbers or None, year)


def relation(line: str) -> Wanted:
    """Read ``subject RELATION object``."""
    return Wanted(line, line.startswith("?"), tuple(tuple(part.split("/")) for part in line.removeprefix("?").split()))


def fits(wanted: Wanted, found: tuple[str, ...]) -> bool:
    """Whether what was found is what an annotation says; an asterisk in it stands for anything."""
    return all(
        any(fnmatch(one, pattern) for pattern in patterns) for one, patterns in zip(found, wanted.parts, strict=True)
    )


@dataclass(slots=True)
class Result:
    """What became of one paragraph: annotations found and missed, and what was found beside them."""

    found: Counter[str]
    missed: list[tuple[str, str]]
    wrong: list[tuple[str, str]]


def compare(paragraph: dict[str, Any]) -> Result:
    """Read a paragraph and compare with its annotation."""
    document = Document("made up", paragraph["text"], Source("made up"), "article", paragraph["date"])
    claims = [claim for claim in read_claims(document) if claim.modality != "denied"]
    result = Result(Counter(), [], [])
    _match("transfer", [transfer(line) for line in paragraph["transfers"]], _transfers(claims), result)
    _match("relation", [relation(line) for line in paragraph["relations"]], _relations(claims), result)
    return result


def _transfers(claims: Iterable[Claim]) -> Iterator[tuple[str, ...]]:
    for claim in claims:
        told = claim.statement
        if isinstance(told, TransferStatement):
            yield told.supplier.id, told.buyer.id, told.system.id, told.status


def _relations(claims: Iterable[Claim]) -> Iterator[tuple[str, ...]]:
    for claim in claims:
        told = claim.statement
        if isinstance(told, RelationStatement):
            yield told.subject.id, told.relation, told.object.id


def totals() -> Iterator[str]:
    """Say for transfers and relations how many are right, wrong and missed."""
    total = sum((result.found for _, _, result in results()), Counter[str]())
    for kind in ("transfer", "relation"):
        right, wrong, missed = (total[f"{kind} {word}"] for word in ("right", "wrong", "missed"))
        precision, recall = right / (right + wrong), right / (right + missed)
        yield f"{kind}: P {precision:.3f} R {recall:.3f}  (right {right} wrong {wrong} missed {missed})"


_SYMMETRIC: Final = {"ALLIED_WITH", "MEETS", "KIN_OF", "PARTNER_IN"}


def _match(kind: str, wanted: list[Wanted], found: Iterable[tuple[str, ...]], result: Result) -> None:
    met: set[str] = set()
    for one in dict.fromkeys(found):
        turned = one[::-1] if kind == "relation" and one[1] in _SYMMETRIC else one
        right = [want for want in wanted if fits(want, one) or fits(want, turned)]
        met |= {want.line for want in right}
        if not right:
            result.wrong.append((kind, " ".join(one)))
            result.found[f"{kind} wrong"] += 1
    for want in wanted:
        if want.line in met and not want.optional:
            result.found[f"{kind} right"] += 1
        elif not want.optional:
            result.missed.append((kind, want.line))
            result.found[f"{kind} missed"] += 1


def results() -> Iterator[tuple[str, str, Result]]:
    """Give kind, first words and result of each paragraph."""
    for paragraph in tomllib.loads(PARAGRAPHS.read_text(encoding="utf-8"))["paragraph"]:
        yield paragraph["kind"], paragraph["text"][:40].replace("\n", " "), compare(paragraph)


if __name__ == "__main__":
    for kind, words, result in results():
        for what, line in result.missed:
            print(f"{kind}: {words}: missed {what} {line}")
        for what, line in result.wrong:
            print(f"{kind}: {words}: WRONG {what} {line}")
    print("\n".join(totals()))
