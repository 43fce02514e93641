"""Arguments by the parse: what the rules leave open in a transfer, a spaCy pipeline fills; needs the extra ``nlp``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from ...graph.errors import LoadError
from .chunk import Chunk
from .frames import Frame
from .passages import Passage
from .roles import Slot

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_SURE: Final = 0.85
"""How safely a parse ties words to a role."""
_OTHER: Final = {"supplier": "buyer", "buyer": "supplier"}
_BEHIND: Final = {"buyer": frozenset({"to", "for"}), "supplier": frozenset({"from"})}
_FARTHEST: Final = 8
"""Over how many verbs a subject may be shared."""


@cache
def get_grammar(model: str) -> Grammar:
    """Give the grammar of a spaCy pipeline, which is loaded at the first call.

    Args:
        model: name of an installed pipeline such as ``en_core_web_sm``, or the folder of one.

    Raises:
        LoadError: spaCy or the pipeline is not there, or does not parse; the text says how to install it.
    """
    try:
        import spacy  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise LoadError("Reading by the parse needs spaCy: pip install 'legation[nlp]'") from error
    try:
        pipeline = spacy.load(model, exclude=["ner", "lemmatizer"])
    except (OSError, ValueError, ImportError) as error:
        wanted = model if model.isidentifier() else "en_core_web_sm"
        raise LoadError(
            f"spaCy has no pipeline {model!r} that it can load. To install one: python -m spacy download {wanted}"
        ) from error
    if pipeline.lang != "en" or not pipeline("Peru waits.").has_annotation("DEP"):
        raise LoadError(f"The spaCy pipeline {model!r} does not parse English. Try --model en_core_web_sm.")
    return Grammar(pipeline)


class Grammar:
    """Completes frames by the parse of their sentence.

    Args:
        pipeline: of spaCy, with a parser that has the labels of spaCy's English pipelines.
    """

    def __init__(self, pipeline: Language) -> None:
        self._pipeline = pipeline
        self._parsed: tuple[Passage, Doc] | None = None

    @property
    def name(self) -> str:
        """Name and version of the pipeline, for the claims that it had a part in."""
        meta = self._pipeline.meta
        return f"{meta['lang']}_{meta['name']}-{meta['version']}"

    def complete(self, passage: Passage, chunks: Sequence[Chunk], frame: Frame) -> Frame:
        """Fill what a frame leaves open with the arguments that the parse gives its verb; what it has stays.

        Args:
            passage: the sentence.
            chunks: of the sentence.
            frame: one of its frames.
        """
        own, full = frame.trigger.subject, frame.supplier and frame.buyer and frame.items
        if frame.trigger.sort != "verb" or own not in _OTHER or full:
            return frame
        verb = self._verb(passage, chunks[frame.core])
        sides: dict[str, Slot | None] = {"supplier": frame.supplier, "buyer": frame.buyer}
        found = [(role, _chunk(token, chunks, passage)) for role, token in (_arguments(verb, own) if verb else ())]
        items = [chunk.item for role, chunk in found if chunk and chunk.item and role in {"", "with"}]
        # The object receives only where the thing stands behind: supplied Peru with tanks.
        fitted = any(chunk and chunk.item and role == "with" for role, chunk in found)
        for role, chunk in found:
            side = role or ("buyer" if fitted else "")
            named = chunk and not chunk.item and not chunk.owner
            if named and chunk and sides.get(side, True) is None and chunk not in map(_chunk_of, sides.values()):
                sides[side] = Slot(chunk, _SURE)
        led = sides[own] is not getattr(frame, own)
        return replace(
            frame,
            supplier=sides["supplier"],
            buyer=sides["buyer"],
            items=frame.items or tuple(items),
            sure=max(frame.sure, _SURE) if led else frame.sure,
        )

    def _verb(self, passage: Passage, chunk: Chunk) -> Token | None:
        if self._parsed is None or self._parsed[0] is not passage:
            self._parsed = passage, self._pipeline(passage.sentence.text)
        place = passage.tokens[chunk.first].start - passage.sentence.start
        return next((token for token in self._parsed[1] if token.idx <= place < token.idx + len(token)), None)


def _chunk_of(slot: Slot | None) -> Chunk | None:
    return slot.chunk if slot else None


def _chunk(token: Token, chunks: Sequence[Chunk], passage: Passage) -> Chunk | None:
    """Give the chunk that holds the head of a phrase, or the name before it: the ``Gripen`` of ``Gripen fighters``."""
    names = [child for child in token.children if child.dep_ == "compound"]
    for word in (token, *reversed(names)):
        place = word.idx + passage.sentence.start
        for chunk in chunks:
            inside = chunk.last > chunk.first and passage.tokens[chunk.first].start <= place
            if inside and place < passage.tokens[chunk.last - 1].end and chunk.sort in {"party", "personal", "item"}:
                return chunk
    return None


def _arguments(verb: Token, own: str) -> Iterator[tuple[str, Token]]:
    """Give the arguments of a verb of transfer, each as the head of its phrase.

    Args:
        verb: the verb.
        own: role of its active subject.

    Yields:
        ``supplier`` or ``buyer``, ``with`` for what stands behind that, or nothing for an object; and the head.
    """
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
    subject = _subject(verb)
    objects = [child for child in verb.children if child.dep_ == "dobj"] + ([subject] if subject and passive else [])
    if subject is not None and not passive:
        yield own, _meant(subject, verb)
    things = [thing for head in objects for thing in _joined(head)]
    yield from (("", _meant(thing, verb)) for thing in things)
    for child in (child for head in (verb, *things) for child in head.children):
        behind = [other for other in child.children if other.dep_ == "pobj"]
        role = next((role for role, words in _BEHIND.items() if child.lower_ in words and role != own), "")
        role = own if child.dep_ == "agent" else "with" if child.lower_ == "with" else role
        if child.dep_ == "dative" and not behind:
            yield "buyer", child
        elif role and behind:
            yield role, _meant(behind[0], verb)


def _subject(verb: Token) -> Token | None:
    """Find the subject of a verb: its own, or one that it shares with the verb that it is joined to or hangs on."""
    for _ in range(_FARTHEST):
        own = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
        hangs = verb.dep_ in {"conj", "xcomp"} or (verb.dep_ == "advcl" and verb.tag_ in {"VBG", "VBN"})
        if own is not None or not hangs:
            return own if own is None else _meant(own, verb)
        verb = verb.head
    return None


def _meant(token: Token, verb: Token) -> Token:
    """Give what a relative pronoun stands for: ``which`` in ``the state which bought it`` is the state."""
    return verb.head if verb.dep_ == "relcl" and token.lower_ in {"which", "who", "whom", "that"} else token


def _joined(head: Token) -> Iterator[Token]:
    """Give a word with all that ``and`` joins to it."""
    yield head
    for child in head.children:
        if child.dep_ == "conj":
            yield from _joined(child)
