"""Articles: a text becomes a document, its sentences, and the claims that rules find in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from ..graph.claims import Claim, Document, Source
from ..graph.errors import LoadError
from .dates import find_day
from .extraction.sentences import Sentence, sentences
from .language import find_other_language
from .reading import Given, Reading, Rejection
from .text import to_visible

__all__ = [
    "EXTRACTOR",
    "Imprint",
    "Sentence",
    "read",
    "read_claims",
    "read_rejections",
    "recognises",
    "sentences",
    "to_reading",
]

EXTRACTOR: Final = "article-rules/1"
"""What the claims of this loader name as their extractor."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an article says of itself; None where it does not say.

    Attributes:
        title: the headline.
        published_on: ISO 8601 date.
        source: who publishes it.
        address: where it stands (a URL).
        licence: the licence line.
    """

    title: str | None = None
    published_on: str | None = None
    source: str | None = None
    address: str | None = None
    licence: str | None = None


def recognises(path: Path, text: str) -> bool:
    """Tell whether a text may be an article: it holds words, and is no markup of a program, no data and no table."""
    if path.suffix.lower() in _NO_ARTICLES:
        return False
    start = "".join(text[:400].split())
    if start.startswith(_NO_PROSE) or not any(character.isalpha() for character in text):
        return False
    lines = [line for line in text[:100_000].split("\n") if line.strip()][:200]
    rows = sum(any(line.count(mark) >= limit for mark, limit in _CELLS.items()) for line in lines)
    return len(lines) < 3 or rows < 0.9 * len(lines)


_NO_ARTICLES: Final = (".csv", ".tsv", ".json", ".jsonl", ".xml", ".yaml", ".yml", ".toml", ".rtf")
_NO_PROSE: Final = ("{", "[{", "<?xml", "<!DOCTYPE", "<html")
_CELLS: Final = {";": 5, "\t": 4, ",": 9, "|": 4}
"""A line with so many of a mark is more likely a row than a sentence."""


def read(path: Path, text: str, given: Given) -> Reading:
    """Read an article in plain text into claims, a claim for each statement in each sentence.

    Args:
        path: the file, for its name.
        text: its text.
        given: what the user said of it.

    Raises:
        LoadError: there is nothing in it to be seen.
    """
    return to_reading(path, text, find_imprint(text), given, "article")


def to_reading(path: Path, text: str, imprint: Imprint, given: Given, form: str) -> Reading:
    """Make a reading of an article's text; what the user said goes before what the article says of itself.

    Args:
        path: the file, for its name.
        text: as it is to be stored, but for what cannot be seen.
        imprint: what the article says of itself.
        given: what the user said of it.
        form: name of the loader.

    Raises:
        LoadError: there is nothing in it to be seen.
    """
    content = to_visible(text)
    if not content.strip():
        raise LoadError(f"{path} holds no text that can be seen; there is nothing to load.")
    document = Document(
        imprint.title or path.name,
        content,
        Source(given.source or imprint.source or "unknown source", given.reliability),
        form,
        given.published_on or imprint.published_on,
        imprint.address,
        imprint.licence,
    )
    other = find_other_language(content)
    if other:
        note = f"the text is in another language, it seems {other}; only English is read, so nothing was extracted."
        return Reading(document, (), note=note)
    claims, note = tuple(read_claims(document, given.model)), ""
    if given.endpoint is not None:
        from .extraction import llm  # noqa: PLC0415  (as below)

        answers = llm.ask(document, given.endpoint, claims)
        claims, note = (*claims, *answers.claims), answers.in_words(given.endpoint.host)
    sure = tuple(claim for claim in claims if claim.confidence >= given.min_confidence)
    return Reading(document, sure, rejected=partial(read_rejections, document), note=note)


def find_imprint(text: str) -> Imprint:
    """Find what the first lines of a plain text say of it in so many words.

    ``Title: …``, ``Source: …``, ``Date: …`` and their like count, and a line that holds a date and nothing else.
    """
    said: dict[str, str] = {}
    for line in [line.strip() for line in text[:20_000].split("\n") if line.strip()][:_FIRST_LINES]:
        label = _LABEL.fullmatch(line)
        if label:
            said.setdefault(_MEANING[label[1].casefold().split()[0]], label[2])
        elif _is_date(line):
            said.setdefault("date", line)
    day = find_day(said.get("date", ""))
    return Imprint(said.get("title"), day[0] if day else None, said.get("source"))


_FIRST_LINES: Final = 10
_MEANING: Final = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("date", "published", "posted"), "date"),
    **dict.fromkeys(("source", "publisher"), "source"),
}
_LABEL: Final = re.compile(
    r"(title|headline|date|published(?: on)?|posted(?: on)?|source|publisher) ?: ?(\S.{0,200})", re.IGNORECASE
)
_LABELLED: Final = re.compile(r"(?:date|published|posted)(?: on)?:? (?:[a-z]{3,9}\.?,? )?", re.IGNORECASE)
_WEEKDAY: Final = re.compile(r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?", re.IGNORECASE)
_HOUR: Final = re.compile(r"\.?| ?[|,·•–—-] .{0,40}| (?:at )?\d{1,2}[:.]\d\d.{0,20}")


def _is_date(line: str) -> bool:
    """Whether a line is a date, perhaps with the word for it or the weekday before it and the hour behind it."""
    day = find_day(line[:80])
    if day is None:
        return False
    before, behind = line[: day[1]], line[day[2] :]
    labelled = _LABELLED.fullmatch(before) and len(behind) <= 40
    return bool(labelled or (_WEEKDAY.fullmatch(before) and _HOUR.fullmatch(behind)))


def read_claims(document: Document, model: str | None = None) -> Iterator[Claim]:
    """Find the claims that a document makes.

    Args:
        document: an article.
        model: name of the spaCy pipeline by whose parse it is read; by rules alone if None.

    Yields:
        One claim for each statement in each sentence; ``quote`` is a literal substring at the claim's offsets.
    """
    from .extraction.reading import Found, read_statements  # noqa: PLC0415  (the reference lists are needed from here)

    complete, extractor = None, EXTRACTOR
    if model is not None:
        from .extraction.grammar import get_grammar  # noqa: PLC0415  (as above)

        grammar = get_grammar(model)
        complete, extractor = grammar.complete, f"{EXTRACTOR}+{grammar.name}"
    seen = set()
    for found in read_statements(document, complete):
        if not isinstance(found, Found):
            continue
        claim = Claim(
            document.id,
            document.content[found.start : found.end],
            found.start,
            found.end,
            found.statement,
            extractor,
            found.confidence,
            found.modality,
            published_on=document.published_on,
            said_by=found.said_by,
        )
        if claim.id not in seen:
            seen.add(claim.id)
            yield claim


def read_rejections(document: Document) -> Iterator[Rejection]:
    """Find what rules turned down in a document, in the order of the text.

    Args:
        document: an article.
    """
    from .extraction.reading import Rejected, read_statements  # noqa: PLC0415  (as above)

    for found in read_statements(document):
        if isinstance(found, Rejected):
            refusal, quote = found.refusal, document.content[found.start : found.end]
            yield Rejection(refusal.rule, refusal.states, dict(refusal.ends), quote, found.start, found.end)
