"""Who says it, and how surely: ``according to``, ``said``, ``reportedly``, ``may``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from ...graph.claims import Party
from .chunks import Chunk
from .lexicon import lexicon
from .memory import to_party
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
        if match:
            found.setdefault(match.found[0], index)
    guess = "guess" in found and first - 6 <= found["guess"] <= last
    speaker = _said(chunks)
    if "after" in found:
        behind = [chunk for chunk in chunks if chunk.sort == "party" and chunk.first >= found["after"]]
        speaker = speaker or (to_party(behind[0].parties[0]) if behind and behind[0].parties[0].id else None)
    if guess:
        return "speculated", speaker
    return ("attributed" if speaker or found.keys() & {"after", "hearsay"} or _is_said(chunks) else "asserted"), speaker


def _is_said(chunks: Sequence[Chunk]) -> bool:
    return any(chunk.sort == "said" for chunk in chunks)


def _said(chunks: Sequence[Chunk]) -> Party | None:
    """The subject of a verb of saying: straight before it, but for small words, or straight behind it.

    In ``sold it to Peru, the ministry said`` the speaker is a ministry, and nobody says whose.
    """
    for index, chunk in enumerate(chunks):
        if chunk.sort != "said":
            continue
        before = index - 1
        while before >= 0 and (chunks[before].sort in {"be", "have"} or chunks[before].word in _BESIDES):
            before -= 1
        for other in (*chunks[max(0, before) : before + 1], *chunks[index + 1 : index + 2]):
            if other.sort == "party" and not other.owner and other.parties[0].id:
                return to_party(other.parties[0])
    return None


_BESIDES: Final = frozenset({"also", "later", "then", "earlier", "recently", "publicly", "repeatedly"})
