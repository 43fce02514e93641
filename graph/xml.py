"""Text for XML: what would be markup is escaped, and what no XML can hold shows as a replacement character."""

from __future__ import annotations

import re
from typing import Final

_NEEDS_CARE: Final = re.compile(r"[&<>\"'\r\n\t\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&apos;",
    "\r": "&#13;",
    "\n": "&#10;",
    "\t": "&#9;",  # as they are, a reader may make spaces of them
}


def to_xml(text: str) -> str:
    """Write a text so that it stands in an element or an attribute and reads back as the same."""
    return _NEEDS_CARE.sub(lambda found: _ESCAPES.get(found[0], "\ufffd"), text)
