"""Whether a sentence tells a transfer as a fact: it may ask, suppose, wish or deny it, or tell of another movement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from .chunk import Chunk
from .clauses import REACH
from .frames import Frame
from .lexicon import lexicon
from .passages import Passage

_OPEN: Final = frozenset({"interested", "potential"})
_UNDONE: Final = frozenset({"cancelled", "denied", "refused"})
_BOUNDS: Final = frozenset({"break", "relative", "comma"})
_NAMES: Final = frozenset({"party", "personal", "item"})
_NEAR: Final = 14
"""How many chunks around a word of transfer may say that the thing was captured or only visits."""


def weigh(frames: Iterable[Frame], chunks: Sequence[Chunk], passage: Passage) -> Iterator[Frame]:
    """Turn down the frames that the sentence does not tell as facts or plans; lower those that it only supposes.

    Args:
        frames: of the sentence.
        chunks: of the sentence.
        passage: the sentence.
    """
    asked = _is_question(passage)
    for frame in frames:
        if frame.refused:
            yield frame
        elif asked:
            yield replace(frame, refused="question")
        elif _is_no_transfer(frame, chunks):
            yield replace(frame, refused="arms that only travel, or booty")
        else:
            yield _weighed(frame, _stance(chunks, frame.core))


def _weighed(frame: Frame, stance: str) -> Frame:
    if stance == "absent":
        return replace(frame, refused="told as unknown or made up")
    if stance == "denied":
        return replace(frame, denied=True)
    if stance == "supposed":
        if frame.status in _UNDONE:
            return replace(frame, refused="a refusal that is only supposed")
        return replace(frame, status=frame.status if frame.status in _OPEN else "potential")
    return frame


def _is_question(passage: Passage) -> bool:
    return passage.sentence.text.rstrip(" \n\"'”’»)").endswith("?")


def _is_no_transfer(frame: Frame, chunks: Sequence[Chunk]) -> bool:
    """Whether arms only travel (an exercise, a raid) or were taken from an enemy."""
    words, core = lexicon().words, frame.core
    if frame.trigger.lemma in words["moving"]:
        afloat = frame.items and all(item.classes & words["afloat"] for item in frame.items)
        behind = _until_break(chunks[core + 1 : core + 1 + REACH])
        if (afloat and frame.trigger.lemma == "send") or any(chunk.word in words["visiting"] for chunk in behind):
            return True
    taken = frame.trigger.sort == "verb" and frame.trigger.subject == "buyer" and frame.supplier is None
    near = chunks[max(0, core - _NEAR) : core + _NEAR] if taken else ()
    return any(chunk.word in words["captured"] for chunk in near)


def _until_break(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    for chunk in chunks:
        if chunk.sort in {"break", "verb"}:
            return
        yield chunk


def _stance(chunks: Sequence[Chunk], core: int) -> str:
    """Give ``supposed``, ``absent`` (told as not known or made up), ``denied``, or nothing for a plain telling."""
    words = lexicon().words
    if any(chunk.word in words["fiction"] for chunk in chunks[:core]):
        return "absent"
    for index in range(core - 1, max(-1, core - REACH), -1):
        chunk = chunks[index]
        if chunk.word in words["supposing"] and not (index and chunks[index - 1].word == "even"):
            return "supposed"
        if index == 0 and chunk.word in words["inverted"]:
            return "supposed"
        if chunk.word == "that" and index and chunks[index - 1].sort not in {"party", "item"}:
            return _complement(chunks, index, core)
        if chunk.sort in {"break", "relative"}:
            return ""
        if chunk.sort in _NAMES and not chunk.owner and index:
            if chunks[index - 1].sort == "item":
                return ""
            before = index - 1 - (chunks[index - 1].word == "the" and index > 1)
            if any(chunks[before].word in words[name] for name in ("doubtful", "rumours", "wishing")):
                return _complement(chunks, before + 1, core)
    return ""


def _complement(chunks: Sequence[Chunk], bound: int, core: int) -> str:
    """Tell what the words before ``that`` make of what stands behind it."""
    words = lexicon().words
    governing = []
    for chunk in reversed(chunks[max(0, bound - 7) : bound]):
        if chunk.sort in _BOUNDS and chunk.word != "as":
            break
        governing.append(chunk)
    said = {chunk.word for chunk in governing}
    if said & words["nobody"] or any(chunk.sort == "negation" for chunk in governing):
        return "" if said & words["certain"] else "absent"
    if said & words["denying"] or (said & words["rejecting"] and said & words["rumours"]):
        return "denied"
    if said & words["rumours"] and any(chunk.word in words["false"] for chunk in chunks[core:]):
        return "denied"
    return "supposed" if said & (words["wishing"] | words["modals"]) else ""
