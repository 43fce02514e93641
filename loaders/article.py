"""Articles: a text file becomes a document, its sentences, and the claims that rules find in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..graph.claims import Claim, Document, Source
from .extraction.sentences import Sentence, sentences
from .reading import Given, Reading, Rejection
from .text import read_text

__all__ = ["EXTRACTOR", "Sentence", "read", "read_article", "read_claims", "read_rejections", "recognises", "sentences"]

EXTRACTOR: Final = "article-rules/1"
"""What the claims of this loader name as their extractor."""


def read_article(path: Path, *, source: Source, published_on: str | None = None, title: str | None = None) -> Document:
    """Read a text file as a document.

    The encoding is UTF-8, with or without a byte-order mark, or else detected. Line ends become LF.

    Args:
        path: of the file.
        source: who published it.
        published_on: ISO 8601 date, whole or only the year or month; None if unknown.
        title: the headline; the file's name if None.

    Returns:
        The document; the offsets of all claims count code points of its content.

    Raises:
        LoadError: the file cannot be read, is empty, or holds no text.
    """
    return Document(title or path.name, read_text(path), source, "article", published_on)


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


_NO_ARTICLES: Final = (".csv", ".tsv", ".json", ".jsonl", ".xml", ".yaml", ".yml", ".toml", ".rtf", ".html", ".htm")
_NO_PROSE: Final = ("{", "[{", "<?xml", "<!DOCTYPE", "<html", "%PDF")
_CELLS: Final = {";": 5, "\t": 4, ",": 9, "|": 4}
"""A line with so many of a mark is more likely a row than a sentence."""


def read(path: Path, text: str, given: Given) -> Reading:
    """Read an article into claims, a claim for each statement in each sentence.

    Args:
        path: the file, for its name.
        text: its text.
        given: what the user said of it.
    """
    source = Source(given.source or "unknown source", given.reliability)
    document = Document(path.name, text, source, "article", given.published_on)
    return Reading(document, tuple(read_claims(document)), rejected=read_rejections(document))


def read_claims(document: Document) -> Iterator[Claim]:
    """Find the claims that a document makes.

    Args:
        document: an article, as ``read_article`` gives it.

    Yields:
        One claim for each statement in each sentence; ``quote`` is a literal substring at the claim's offsets.
    """
    from .extraction.reading import Found, read_statements  # noqa: PLC0415  (the reference lists are needed from here)

    seen = set()
    for found in read_statements(document):
        if not isinstance(found, Found):
            continue
        claim = Claim(
            document.id,
            document.content[found.start : found.end],
            found.start,
            found.end,
            found.statement,
            EXTRACTOR,
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
        document: an article, as ``read_article`` gives it.
    """
    from .extraction.reading import Rejected, read_statements  # noqa: PLC0415  (as above)

    for found in read_statements(document):
        if isinstance(found, Rejected):
            refusal, quote = found.refusal, document.content[found.start : found.end]
            yield Rejection(refusal.rule, refusal.states, dict(refusal.ends), quote, found.start, found.end)
