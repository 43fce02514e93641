"""Which language a text is in: English, which is read, or another, which is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from .extraction.tokens import word_set

_WORD: Final = re.compile(r"[^\W\d_]+")
_ENGLISH: Final = word_set("the and that with from has have been are were would by it its this which said be")
"""Words that no English prose does without, however badly it is translated, and that other languages do not have."""
_STRETCH: Final = 2_000
_STRETCHES: Final = 40
"""So many stretches of so many code points are looked at, spread over the text."""
_ENOUGH: Final = 0.06
"""Share of these words in a stretch of English: .10 and more in 29 articles, 0 in texts of ten other languages."""
_SHORTEST: Final = 20
"""Letters; fewer tell no language."""
_SURE: Final = 0.4
"""How sure the detector must be of its language; names and numbers alone it gives .3 and less."""


def find_other_language(text: str) -> str | None:
    """Name the language of a text if it is surely not English.

    A text with a stretch of English in it is English, and so is one that is too short to tell.

    Returns:
        The English name of the language, such as ``Turkish``; None for English.
    """
    if any(map(_is_english, _stretches(text))) or sum(map(len, _WORD.findall(text[:_STRETCH]))) < _SHORTEST:
        return None
    # Loading takes 0.9 s and 120 MB, which a text in English does not pay.
    from babel import Locale  # noqa: PLC0415

    code, sure = _identifier().classify(text[: _STRETCH * _STRETCHES])
    return None if code == "en" or sure < _SURE else str(Locale("en").languages.get(code, code))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _stretches(text: str) -> Iterator[str]:
    step = max(_STRETCH, len(text) // _STRETCHES)
    return (text[start : start + _STRETCH] for start in range(0, len(text), step))


def _is_english(stretch: str) -> bool:
    words = _WORD.findall(stretch.lower())
    return bool(words) and sum(word in _ENGLISH for word in words) >= _ENOUGH * len(words)
