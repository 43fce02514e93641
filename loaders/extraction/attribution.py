"""Who says it, and how surely: ``according to``, ``said``, ``reportedly``, ``may``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from ...graph.statements import Party
from .chunk import Chunk
from .clauses import governor, is_institution
from .lexicon import lexicon
from .memory import to_party
from .numbers import is_month
from .passages import Passage
from .scanner import Scanner


@cache
def _cues() -> Scanner[str]:
    table = lexicon().attribution
    cues = [(cue, "after") for cue in table["after"]] + [(cue, "hearsay") for cue in table["hearsay"]]
    return Scanner(cues + [(cue, "guess") for cue in table["guess"]], any_case=True)


def attribute(passage: Passage, chunks: Sequence[Chunk], first: int, last: int) -> tuple[str, Party | None]:
    """Tell the modality of what stands between two tokens, and who says it.

    Args:
        passage: the sentence.
        chunks: of the sentence.
        first: index of the first token of the clause.
        last: index just behind its last token.

    Returns:
        ``asserted``, ``attributed`` or ``speculated``, and the speaker; None if the sentence names none.
    """
    found: dict[str, int] = {}
    for index in range(len(passage.tokens)):
        match = _cues().at(passage.tokens, index)
        if match and not is_month(passage.tokens, index):
            found.setdefault(match.found[0], index)
    guess = "guess" in found and first - 6 <= found["guess"] <= last
    speaker = _said(chunks)
    if "after" in found:
        speaker = speaker or _cited([chunk for chunk in chunks if chunk.first > found["after"]])
    if guess:
        return "speculated", speaker
    return ("attributed" if speaker or found.keys() & {"after", "hearsay"} or _is_said(chunks) else "asserted"), speaker


def _cited(behind: Sequence[Chunk]) -> Party | None:
    """Whoever stands straight behind ``according to``, over articles and the names of offices."""
    offices = lexicon().institutions | _FIGURES
    for index, chunk in enumerate(behind):
        if chunk.sort == "party":
            owner = chunk.owner and chunk.parties[0].label == "State"
            return None if owner or not chunk.parties[0].id else to_party(chunk.parties[0])
        word = chunk.word.removeprefix("the ")
        placed = chunk.sort == "preposition" and index and behind[index - 1].word.removeprefix("the ") in offices
        if not placed and word not in offices | _SMALL:
            return None
    return None


_SMALL: Final = frozenset({"to", "the", "a", "an", "senior", "new"})
_FIGURES: Final = frozenset({"data", "figures", "statistics", "statement", "study"})


def _is_said(chunks: Sequence[Chunk]) -> bool:
    return any(chunk.sort == "said" for chunk in chunks)


def _said(chunks: Sequence[Chunk]) -> Party | None:
    """The subject of a verb of saying: straight before it, but for small words, or behind ``…, said``.

    In ``sold it to Peru, the ministry said`` the speaker is a ministry, and nobody says whose.
    """
    for index, chunk in enumerate(chunks):
        if chunk.sort != "said":
            continue
        before = index - 1
        while before >= 0 and (chunks[before].sort in {"be", "have"} or chunks[before].word in _BESIDES):
            before -= 1
        place = governor(chunks, before) if before >= 0 else None
        named = place is None or is_institution(chunks, place - 1)
        inverted = chunk.word in {"said", "says"} and (not index or chunks[index - 1].sort in {"comma", "break"})
        beside = (*chunks[max(0, before) : before + named], *chunks[index + 1 : index + 1 + inverted])
        for other in beside:
            if other.sort == "party" and not other.owner and other.parties[0].id:
                return to_party(other.parties[0])
    return None


_BESIDES: Final = frozenset({"also", "later", "then", "earlier", "recently", "publicly", "repeatedly"})
