"""The text of a PDF, page by page; needs the extra ``pdf``."""

from __future__ import annotations

import logging
import re
from io import BytesIO
from typing import Final

from ..graph.errors import LoadError

_BROKEN: Final = re.compile(r"(?<=[a-z])[-\xad\u2010] ?\n(?=[a-z])")
"""A word that was hyphenated at the end of a line."""


def recognises(data: bytes) -> bool:
    """Tell whether a file is a PDF by its first bytes."""
    return data[:1024].lstrip().startswith(b"%PDF-")


def to_text(data: bytes, name: str) -> str:
    """Give the text of a PDF, an empty line between pages; ``name`` is for the message.

    Raises:
        LoadError: the extra is not installed; or the file is broken, locked, or only pictures of text.
    """
    try:
        from pypdf import PdfReader  # noqa: PLC0415  (an extra)
        from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415
    except ImportError as error:
        raise LoadError(f"{name} is a PDF. To read it: pip install 'legation[pdf]'") from error
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # what it mends on its way is of no use to a reader
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise LoadError(f"{name} is locked by a password. Save it without one, or as text.")
        pages = [page.extract_text().strip() for page in reader.pages]
    except DependencyError as error:
        raise LoadError(f"{name} is encrypted. To read it: pip install 'pypdf[crypto]'") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        # Broken files surface in many ways; which one says nothing to whoever has the file.
        raise LoadError(f"{name} is a damaged PDF: {error}. Save it anew, or as text.") from error
    text = _BROKEN.sub("", "\n\n".join(page for page in pages if page))
    if not text:
        raise LoadError(f"{name} is a PDF of pictures without text. Let a program recognise its letters (OCR) first.")
    return text
