"""What an analyst decides of two names, as a document of one sentence; and all decisions as a file of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..graph.claims import Claim, Document, Source
from ..graph.cypher import ours
from ..graph.errors import LoadError
from ..graph.identity import TITLE, number_of
from ..graph.periods import is_date
from ..graph.statements import IdentityStatement, Party
from .text import read_text

if TYPE_CHECKING:
    from ..graph.store import GraphStore

FORMAT: Final = "decision"
EXTRACTOR: Final = "legation.decisions/1"
_LONGEST: Final = {"because": 2_000, "by": 200, "name": 200, "id": 300}
_MOST: Final = 100_000
"""Decisions of one file."""

_KEYS: Final = ("decision", "one", "one_name", "other", "other_name", "because", "by", "on")
_TAKEN: Final = (
    f"MATCH (d:Document {{format: $format}}) WHERE {ours('d', 'Document')} RETURN d.id AS id, d.name AS title"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """That two are one, or that they are not.

    Attributes:
        one: the one.
        other: the other.
        same: whether they are one.
        because: why; one sentence.
        by: who decided.
        on: ISO 8601 date.

    Raises:
        LoadError: the two can never be one, or something is missing or too long.
    """

    one: Party
    other: Party
    same: bool
    because: str
    by: str
    on: str

    def __post_init__(self) -> None:
        for name in ("because", "by"):
            text = _plain(getattr(self, name))
            if not text:
                raise LoadError(f"A decision needs {'a reason: --because' if name == 'because' else 'a name: --by'}.")
            if len(text) > _LONGEST[name]:
                raise LoadError(f"{len(text):,} characters are too many for {name!r}; {_LONGEST[name]:,} are the most.")
            object.__setattr__(self, name, text)
        first, second = sorted((_short(self.one), _short(self.other)), key=lambda party: party.id)
        object.__setattr__(self, "one", first)
        object.__setattr__(self, "other", second)
        if len(self.on) != len("2021-12-03") or not is_date(self.on):
            raise LoadError(f"{self.on[:80]!r} is no date; write 2021-12-03.")
        IdentityStatement(first, second, self.same, self.because)

    @property
    def text(self) -> str:
        """The sentence that is kept as the document."""
        ends = f"{self.one.name} ({self.one.id}) and {self.other.name} ({self.other.id})"
        means = "are the same" if self.same else "are not the same"
        stop = "" if self.because[-1] in ".!?…" else "."
        return f"{ends} {means}: {self.because}{stop} Decided by {self.by} on {self.on}."

    def to_document(self, number: int) -> tuple[Document, Claim]:
        """Give the document of a decision and its one claim.

        Args:
            number: by which it is called in its store.
        """
        document = Document(f"{TITLE}{number}", self.text, Source(self.by), FORMAT, self.on)
        statement = IdentityStatement(self.one, self.other, self.same, self.because)
        claim = Claim(document.id, self.text, 0, len(self.text), statement, EXTRACTOR, published_on=self.on)
        return document, claim

    def to_line(self) -> str:
        """Give it as a line of a file."""
        values = ("same" if self.same else "different", self.one.id, self.one.name, self.other.id, self.other.name)
        return json.dumps(dict(zip(_KEYS, (*values, self.because, self.by, self.on), strict=True)), ensure_ascii=False)


def decide(store: GraphStore, decisions: Iterable[Decision]) -> list[tuple[int, Decision]]:
    """Put decisions into a store; those that it has already stay as they are.

    Returns:
        Those that are new, each with the number that it has in this store.

    Raises:
        WriteFailed: the store refused; those before it are in.
        StoreUnreachable: the store does not answer.
    """
    taken = {row["id"]: row["title"] for row in store.read(_TAKEN, format=FORMAT)}
    number = max((number_of(title) or 0 for title in taken.values()), default=0)
    new = []
    for decision in decisions:
        document, claim = decision.to_document(number + 1)
        if document.id not in taken:
            number += 1
            store.write(document, [claim])
            taken[document.id] = document.title
            new.append((number, decision))
    return new


def read_decisions(path: Path) -> list[Decision]:
    """Read a file of decisions, all of it or nothing.

    Raises:
        LoadError: the file cannot be read, or a line of it is no decision; the message names the line.
    """
    found = list(_lines(path, read_text(path)))
    if len(found) > _MOST:
        raise LoadError(f"{path} holds {len(found):,} decisions; {_MOST:,} are the most.")
    return found


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Write decisions to a file, a line each, as ``read_decisions`` reads them; all of them or nothing."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        temporary.write_text("".join(f"{one.to_line()}\n" for one in decisions), encoding="utf-8", newline="\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _lines(path: Path, text: str) -> Iterator[Decision]:
    # Only these end a line of JSON; splitlines() would also break at what may stand in a name.
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if line.strip():
            try:
                yield _read(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise LoadError(f"{path}, line {number}: not JSON, or cut off. Nothing is taken over.") from error
            except LoadError as error:
                raise LoadError(f"{path}, line {number}: {error} Nothing is taken over.") from error


def _read(values: Any) -> Decision:
    if not isinstance(values, dict):
        raise LoadError("a decision is an object in braces.")
    for name in _KEYS:
        if not isinstance(values.get(name), str):
            raise LoadError(f"{name!r} is missing or no text; a decision has {', '.join(_KEYS)}.")
    if values["decision"] not in ("same", "different"):
        raise LoadError(f"{values['decision'][:80]!r} is no decision; write same or different.")
    for name in ("one", "other"):
        if len(values[name]) > _LONGEST["id"]:
            raise LoadError(f"an id of {len(values[name]):,} characters; {_LONGEST['id']} are the most.")
    one, other = (Party(values[name], _plain(values[f"{name}_name"]) or values[name]) for name in ("one", "other"))
    return Decision(one, other, values["decision"] == "same", values["because"], values["by"], values["on"])


def _plain(text: str) -> str:
    """Give a text without line breaks and signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _short(party: Party) -> Party:
    name = _plain(party.name) or party.id
    return Party(party.id, name if len(name) <= _LONGEST["name"] else f"{name[: _LONGEST['name']]}…")
