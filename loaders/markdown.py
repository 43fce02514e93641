"""Markdown: an article with its front matter as title, date and source, and its marks taken out of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .article import Imprint, to_reading
from .dates import find_day
from .reading import Given, Reading

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT: Final = re.compile(r"---[ \t]*\n((?:[^\n]{0,2000}\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_ENTRY: Final = re.compile(r"(?m)^([A-Za-z_-]{1,40})[ \t]*:[ \t]*(\S[^\n]*)$")
_TAG: Final = re.compile(r"<[^<>]*>")
_KEYS: Final = {
    "title": ("title", "headline"),
    "date": ("date", "published", "publisheddate", "publication_date", "pubdate"),
    "source": ("source", "publisher", "site", "sitename", "newspaper", "publication"),
    "address": ("url", "link", "canonical", "canonical_url", "source_url"),
}


def recognises(path: Path, text: str) -> bool:
    """Tell whether a text is Markdown: by its file's ending, or by front matter."""
    front = _FRONT.match(text)
    return path.suffix.lower() in {".md", ".markdown"} or bool(front and _ENTRY.search(front[1]))


def read(path: Path, text: str, given: Given) -> Reading:
    """Read an article in Markdown into claims.

    The document's content is the text without marks: emphasis and links are only their words, a heading is a line, a
    bullet begins with a dash or its number, a row of a table stands between bars.

    Args:
        path: the file, for its name.
        text: its text.
        given: what the user said of it.

    Raises:
        LoadError: there is nothing in it to be seen.
    """
    front = _FRONT.match(text)
    entries = {key.casefold(): _unquoted(value) for key, value in _ENTRY.findall(front[1])} if front else {}
    said = {what: next((entries[key] for key in keys if entries.get(key)), None) for what, keys in _KEYS.items()}
    blocks = list(_to_blocks(text[front.end() :] if front else text))
    title = said["title"] or next((block for level, block in blocks[:3] if level == "h1"), None)
    body = "".join(block + ("\n" if level in {"li", "tr"} else "\n\n") for level, block in blocks)
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    day = find_day(said["date"] or "")
    address, source = said["address"], said["source"]
    if source and source.startswith(("http://", "https://")):
        address, source = address or source, None
    web = address if address and address.startswith(("http://", "https://")) else None
    return to_reading(path, body, Imprint(title, day[0] if day else None, source, web), given, "markdown")


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _to_blocks(text: str) -> Iterator[tuple[str, str]]:
    """Give each block of text with its kind: ``h1``, ``h2`` …, ``li``, ``tr`` or ``p``."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  (only Markdown needs it)

    mark, kind, cells = "", "p", [""]
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "heading_open":
            kind = token.tag
        elif token.type == "list_item_open":
            mark = f"{token.info}{token.markup} " if token.info else "- "
        elif token.type == "tr_open":
            kind, cells = "tr", []
        elif token.type == "tr_close":
            yield "tr", f"| {' | '.join(cells)} |"
            kind = "p"
        elif token.type in {"inline", "fence", "code_block", "html_block"}:
            words = _words(token.children) if token.type == "inline" else _TAG.sub("", token.content).strip()
            if kind == "tr":
                cells.append(words)
            elif words:
                yield "li" if mark else kind, mark + words
                mark, kind = "", "p"


def _words(tokens: Sequence[Token] | None) -> str:
    pieces = []
    for token in tokens or ():
        if token.type in {"text", "code_inline", "text_special"}:
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
    return "".join(pieces).strip()
