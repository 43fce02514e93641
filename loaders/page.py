"""Web pages: of a saved HTML file the article, its headline, date and publisher, without menus and notices."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from ..graph.errors import LoadError
from .article import Imprint, to_reading
from .reading import Given, Reading

_MARKUP: Final = re.compile(
    r"(?i)\s*(?:<!--|<\?xml|<!doctype html|<(?:html|head|body|article|main|div|section|p|h1)\b)"
)
_ELEMENT: Final = re.compile(r"(?i)<(?:html|body|article|div|p)\b")
_RULE: Final = re.compile(r"\|[-|: ]*\|? *")
_NOTICE: Final = re.compile(
    r"(?i)\b(?:cookies?|privacy policy|terms of (?:use|service)|rights reserved|copyright|javascript|newsletter|captcha"
    r"|(?:log|sign) ?(?:in|up)|(?:page|article) (?:was |could )?not (?:be )?found|access (?:is )?denied)\b"
)
_URL: Final = re.compile(r"https?://[^\s\"'<>]{1,2000}")


def recognises(path: Path, text: str) -> bool:
    """Tell whether a text is a web page or a part of one."""
    named = path.suffix.lower() in {".html", ".htm", ".xhtml"}
    return bool((named or _MARKUP.match(text[:2000])) and _ELEMENT.search(text[:100_000]))


def read(path: Path, text: str, given: Given) -> Reading:
    """Read the article of a page into claims.

    The document's content is the headline and the article, a paragraph, heading, bullet or row of a table a line.

    Args:
        path: the file, for its name.
        text: the whole page.
        given: what the user said of it.

    Raises:
        LoadError: there is no article on the page.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415  (0.2 s that only a page needs)

    page = bare_extraction(
        text,
        with_metadata=True,
        include_comments=False,
        favor_precision=True,
        # What the page does not call its date is no date of publication.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    lines = [] if page is None or isinstance(page, dict) else _lines(page.text or "")
    if page is None or isinstance(page, dict) or not any(map(_is_prose, lines)):
        raise LoadError(f"{path} is a web page without an article: only menus, notices or a script. Nothing is loaded.")
    imprint = Imprint(
        page.title or None,
        page.date or None,
        page.sitename or page.hostname or None,
        page.url if page.url and _URL.fullmatch(page.url) else None,
        page.license or None,
    )
    return to_reading(path, _to_text(page.title or "", lines), imprint, given, "page")


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.split("\n")]
    return [line for line in lines if line and not _RULE.fullmatch(line)]


def _is_prose(line: str) -> bool:
    """Whether a line says something of the world: it is no entry of a menu and no notice about the site."""
    return line.count(" ") >= 3 and not _NOTICE.search(line)


def _to_text(title: str, lines: list[str]) -> str:
    told = lines if not title or lines[0] == title else [title, *lines]
    return "".join(line + ("\n" if line.startswith(("- ", "| ")) else "\n\n") for line in told)
