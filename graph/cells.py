"""Cells of CSV files that no spreadsheet takes for a formula."""

from __future__ import annotations

from typing import Final

_BEGIN_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\n")


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula; a number stays as it is."""
    # A lone carriage return is a line end to some readers, and the csv module does not quote it.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(_BEGIN_FORMULAS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
