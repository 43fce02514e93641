"""The blocks of code of a page of Markdown, in their order, with what the page says of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

_TITLE = re.compile(r'title="([^"]+)"')
_NOT_RUN = re.compile(r"<!-- not run: (\S.*?) -->")


@dataclass(frozen=True)
class Block:
    """A block of code.

    Attributes:
        place: page and line, for messages.
        language: as the fence has it; ``sh`` for an indented block, and ``""`` for a fence without one.
        text: its content.
        title: the name of the file that it shows; None if it shows none.
        not_run: why it cannot be run here, as the comment before it says; None if it can.
        follows: whether nothing stands between it and the block before it.
    """

    place: str
    language: str
    text: str
    title: str | None = None
    not_run: str | None = None
    follows: bool = False


def blocks(page: Path) -> Iterator[Block]:
    """Give the blocks of a page."""
    before, reason = "", None
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8")):
        if token.type in {"fence", "code_block"}:
            language, _, rest = token.info.partition(" ") if token.type == "fence" else ("sh", "", "")
            title = _TITLE.search(rest)
            line = token.map[0] + 1 if token.map else 0
            place = f"{page.name}:{line}"
            yield Block(place, language, token.content, title and title[1], reason, before in {"fence", "code_block"})
        if token.type == "html_block" and (found := _NOT_RUN.search(token.content)):
            reason = found[1]
        elif token.nesting >= 0:
            reason = None
        before = token.type
