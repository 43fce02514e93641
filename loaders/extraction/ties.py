"""Relations told by a word of the frames in relations.toml: who backs, fights, meets, owns or joins whom."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Final, TypeAlias

from ...graph.statements import Party
from .chunk import Chunk
from .clauses import governor, is_institution
from .item import Item
from .memory import to_parties
from .passages import Mention, Passage
from .related import Related
from .scanner import Scanner
from .scene import Scene

End: TypeAlias = Mention | Party

_BEFORE: Final = 16
"""How many chunks before its word the first end may stand."""

_BEHIND: Final = 7
"""How many behind it the second may."""

_TURNED: Final = "turned"
"""Of a frame: the ends change places, as they do in a passive."""

_PERSONAL: Final = frozenset({"SUPPORTS", "OPPOSES", "MEETS", "OWNS", "LEADS"})
"""Relations whose second end may be a person; elsewhere an office-holder stands for his state."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a word tells of a relation; see relations.toml."""

    relation: str
    shape: str
    behind: frozenset[str]
    start: frozenset[str]
    end: frozenset[str]


@cache
def _frames() -> Scanner[Frame]:
    with (files(__package__) / "relations.toml").open("rb") as source:
        rows = tomllib.load(source)["relation"]
    frames = [
        (
            row["words"],
            Frame(
                row["name"],
                row["shape"],
                frozenset(row.get("behind", ())),
                frozenset(row.get("from", ())),
                frozenset(row.get("to", ())),
            ),
        )
        for row in rows
    ]
    return Scanner([(word, frame) for words, frame in frames for word in words], any_case=True)


@dataclass(frozen=True, slots=True)
class _Place:
    """A word of relation: its frame, the index of its chunk, and of the one behind it."""

    frame: Frame
    scene: Scene
    at: int
    after: int

    @property
    def chunks(self) -> Sequence[Chunk]:
        """The chunks of the sentence."""
        return self.scene.chunks


def find_ties(scene: Scene) -> Iterator[Related]:
    """Find relations told by a word with one end before and the other behind it.

    Args:
        scene: the sentence.
    """
    passage, chunks = scene.passage, scene.chunks
    index = 0
    while index < len(passage.tokens):
        match = _frames().at(passage.tokens, index)
        if match is None or _is_name(passage, index):
            index += 1
            continue
        place = next((step for step, one in enumerate(chunks) if one.first <= index < one.last), None)
        if place is not None:
            after = next((step for step in range(place, len(chunks)) if chunks[step].first >= match.last), len(chunks))
            for frame in match.found:
                yield from _told(_Place(frame, scene, place, after))
        index = match.last


def _is_name(passage: Passage, index: int) -> bool:
    return any(one.first <= index < one.last and one.form != "noun" for one in passage.mentions)


def _told(word: _Place) -> Iterator[Related]:
    """Give the relations of one word, those that the sentence leaves open or denies as refused."""
    frame = word.frame
    if frame.shape == "between" and not (word.after < len(word.chunks) and word.chunks[word.after].word == "between"):
        return
    pairs = {"mutual": _mutual, "between": _mutual, "title": _title}.get(frame.shape, _clause)(word)
    planned = frame.relation == "COMPONENT_OF"
    refused = "not told as a fact" if _is_unreal(word.chunks, word.at, planned) else ""
    for subject, thing in pairs:
        if _allowed(frame.start, subject) and _allowed(frame.end, thing):
            yield Related(frame.relation, subject, thing, f"{frame.shape} of relation", refused=refused)


def _allowed(labels: frozenset[str], end: End) -> bool:
    return not labels or end.label in labels


def _clause(word: _Place) -> Iterator[tuple[End, End]]:
    """Pair the subject with what stands behind a verb or noun; a passive turns them round."""
    frame, chunks = word.frame, word.chunks
    agent = _agent(chunks, word.at, word.after) if frame.shape == "verb" else None
    turned = agent is not None or _TURNED in frame.behind
    wanted = frozenset({""}) if turned else frame.behind
    start = word.after if agent is None else agent
    of_things = frame.relation == "COMPONENT_OF"
    before = _things_before(word) if of_things or (frame.relation == "MAKES" and turned) else _subjects(word)
    if of_things or (frame.relation == "MAKES" and not turned):
        behind = _things_behind(word, start)
    else:
        behind = _parties_behind(frame, chunks, start, wanted)
    for one in before:
        yield from ((other, one) if turned else (one, other) for other in behind)


def _agent(chunks: Sequence[Chunk], place: int, after: int) -> int | None:
    """Give the index behind the ``by`` of a passive, straight or after ``under licence``; None for an active verb."""
    if place and chunks[place - 1].word == "to":
        return None
    for index in range(after, min(after + 4, len(chunks))):
        if chunks[index].word == "by":
            return index + 1
        if chunks[index].sort != "other" and chunks[index].word not in _UNDER_LICENCE:
            return None
    return None


_UNDER_LICENCE: Final = frozenset({"under", "in", "licence", "license"})


def _subjects(word: _Place) -> list[End]:
    chunk = find_subject(word.chunks, word.at, noun=word.frame.shape == "noun")
    return _first_ends(word.frame, chunk) if chunk else []


def _ends(frame: Frame, chunk: Chunk) -> list[End]:
    """The second ends that a chunk names: a person stays one where a person may be backed, fought or met."""
    persons = frame.relation in _PERSONAL and all(mention.label == "Person" for mention in chunk.parties)
    bodies = frame.end == _BODIES and all(mention.label == "Organisation" for mention in chunk.parties)
    return list(chunk.parties) if persons or bodies else list(to_parties(chunk.parties))


def _first_ends(frame: Frame, chunk: Chunk) -> list[End]:
    """The first ends: who acts for a state is the state, unless he meets somebody or the lists do not know him."""
    if frame.relation == "MEETS" or frame.start == _BODIES:
        return _ends(frame, chunk)
    return list(to_parties(chunk.parties)) or _ends(frame, chunk)


def find_subject(chunks: Sequence[Chunk], place: int, *, noun: bool = False) -> Chunk | None:
    """Find the nearest party before a word that no preposition governs, or whoever owns a noun."""
    index = place - 1
    while index > max(-1, place - _BEFORE):
        chunk = chunks[index]
        if chunk.sort == "comma":
            inserted = _inserted(chunks, index)
            if inserted is not None:
                return chunks[inserted]
            if chunks[index + 1].word in {"a", "an"} and chunks[index - 1].sort == "party":
                return chunks[index - 1]
        if chunk.sort == "relative" or chunk.word in _RELATIVE:
            return _antecedent(chunks, index)
        if chunk.sort in {"break", "said"}:
            return None
        if chunk.sort == "party" and (not chunk.owner or index == place - 1 or (noun and _owns(chunks, index, place))):
            if governor(chunks, index) is None:
                return chunk
            if chunk.owner:
                return None
        index -= 1
    return None


_RELATIVE: Final = frozenset({"which", "who", "whom"})


def _owns(chunks: Sequence[Chunk], index: int, place: int) -> bool:
    """Whether only adjectives stand between an owner and its noun: ``Peru's long war``."""
    return all(chunk.sort == "other" for chunk in chunks[index + 1 : place])


def _inserted(chunks: Sequence[Chunk], comma: int) -> int | None:
    """Give the index of the party before an insertion that a comma closes: ``Acme, which flew jets, owns``."""
    for start in range(comma - 2, max(0, comma - _BEFORE), -1):
        head, bearer = chunks[start + 1], chunks[start - 1]
        if chunks[start].sort != "comma" or bearer.sort != "party" or bearer.owner:
            continue
        opens = head.word in _OPENING or head.owner or head.word.startswith(("based", "headquartered"))
        office = bearer.parties[0].label == "Person" and head.sort == "party" and head.parties[0].label != "Person"
        if (opens or office) and governor(chunks, start - 1) is None:
            return start - 1
    return None


_BODIES: Final = frozenset({"Organisation"})
_OPENING: Final = _RELATIVE | {"a", "an", "the", "with"}


def _antecedent(chunks: Sequence[Chunk], index: int) -> Chunk | None:
    inserted = _inserted(chunks, index - 1) if index and chunks[index - 1].sort == "comma" else None
    if inserted is not None:
        return chunks[inserted]
    for chunk in reversed(chunks[max(0, index - 3) : index]):
        if chunk.sort == "party" and not chunk.owner:
            return chunk
        if chunk.sort not in {"comma", "other"}:
            return None
    return None


def _parties_behind(frame: Frame, chunks: Sequence[Chunk], start: int, wanted: frozenset[str]) -> list[End]:
    """The parties behind a word, straight or behind one of its prepositions; ``A in B and C in D`` names A and C."""
    for index in range(start, min(len(chunks), start + _BEHIND)):
        chunk = chunks[index]
        if chunk.sort in _ENDS and chunk.word != "of":
            return []
        if chunk.sort == "party" and not chunk.owner:
            step = governor(chunks, index)
            word = chunks[step].word if step is not None and step >= start else ""
            if step is not None and word in {"of", "in"} and is_institution(chunks, step - 1):
                word = ""
            if word not in wanted:
                return []
            found = _ends(frame, chunk)
            further = _further(chunks, index)
            return found + (_ends(frame, further) if further else [])
        of_body = chunk.word == "of" and is_institution(chunks, index - 1)
        if chunk.sort == "preposition" and chunk.word not in wanted and not of_body:
            return []
    return []


_ENDS: Final = frozenset({"break", "relative", "comma", "said", "be", "verb", "item"})


def _further(chunks: Sequence[Chunk], index: int) -> Chunk | None:
    row = [chunk for chunk in chunks[index + 1 : index + 6] if chunk.word != "the"]
    joined = row[1].parties if len(row) > 1 and row[0].sort == "preposition" and row[1].sort == "party" else ()
    if len(joined) == 2 and (joined[0].label, joined[1].label) == ("State", "Organisation"):
        return replace(row[1], parties=joined[1:])
    sorts = [chunk.sort for chunk in row[:4]]
    return row[3] if sorts == ["preposition", "party", "conjunction", "party"] and not row[3].owner else None


def _things_before(word: _Place) -> list[End]:
    """The systems straight before a word, named or meant by a noun or pronoun; with ``both`` the last two."""
    chunks, place = word.chunks, word.at
    near = chunks[max(0, place - 3) : place]
    if any(chunk.sort in {"break", "said"} and chunk.word not in _RELATIVE for chunk in near):
        return []
    items = [chunk.item for chunk in chunks[:place] if chunk.item and not chunk.item.weak]
    both = any(chunk.word == "both" for chunk in near)
    close = [item for item in items[-2 if both else -1 :] if both or chunks[place].first - item.last <= 8]
    return [
        end for item in close for end in ([item.head] if item.named else _meant(word, item) if item.definite else [])
    ]


def _meant(word: _Place, item: Item | None) -> list[End]:
    thing = word.scene.memory.thing_meant(word.scene.number, item)
    return [thing.party] if thing and thing.named else []


def _things_behind(word: _Place, start: int) -> list[End]:
    """The named systems of a list behind a word."""
    found: list[End] = []
    for index in range(start, min(len(word.chunks), start + 3 * _BEHIND)):
        chunk = word.chunks[index]
        if chunk.item:
            found += [chunk.item.head] if chunk.item.named else []
        elif chunk.sort == "party":
            if not chunk.owner and chunk.parties[0].label != "Firm":
                break
        elif chunk.sort in _ENDS_OF_LIST or (chunk.sort == "preposition" and not (found and chunk.word == "with")):
            break
    return found


_ENDS_OF_LIST: Final = frozenset({"break", "relative", "said", "be", "verb", "noun", "operator"})


def _title(word: _Place) -> Iterator[tuple[End, End]]:
    """``A, an ally of B``, ``A is an ally of B``, ``B's ally A``, ``A, B's ally``; ``A backed B, its ally``."""
    frame, chunks, place, after = word.frame, word.chunks, word.at, word.after
    if after < len(chunks) and chunks[after].word in frame.behind:
        bearers = _bearers(frame, chunks, place)
        of_things = frame.relation == "MAKES"
        behind = _things_behind(word, after + 1) if of_things else _parties_behind(frame, chunks, after, frame.behind)
        yield from ((one, other) for one in bearers for other in behind)
        return
    owner = chunks[place - 1] if place else None
    bearer = _named_beside(chunks, place, after)
    if owner is None or bearer is None:
        return
    if owner.word == "its" and frame.relation == "MAKES":
        yield from ((one, thing) for one in _first_ends(frame, bearer) for thing in _meant(word, None))
    elif owner.word in {"its", "their"}:
        subject = find_subject(chunks, chunks.index(bearer))
        yield from (
            (one, other) for one in _ends(frame, bearer) for other in (_first_ends(frame, subject) if subject else ())
        )
    elif owner.sort == "party" and owner.owner and frame.relation != "MAKES":
        yield from ((one, other) for one in _ends(frame, bearer) for other in _ends(frame, owner))


def _named_beside(chunks: Sequence[Chunk], place: int, after: int) -> Chunk | None:
    """Whoever bears a title, straight behind it or before a comma: ``its ally A``, ``A, its ally``."""
    if after < len(chunks) and chunks[after].sort == "party" and not chunks[after].owner:
        return chunks[after]
    apposed = place >= 3 and chunks[place - 2].sort == "comma" and chunks[place - 3].sort == "party"
    return chunks[place - 3] if apposed and not chunks[place - 3].owner else None


def _bearers(frame: Frame, chunks: Sequence[Chunk], place: int) -> list[End]:
    """Whoever a noun is said of: before it stand only articles, adjectives, a form of ``be`` or a comma."""
    index = place - 1
    linked = False
    while index >= 0 and place - index <= 6:
        chunk = chunks[index]
        if chunk.sort == "party" and not chunk.owner:
            free = governor(chunks, index) is None or chunks[index + 1].sort == "comma"
            return _ends(frame, chunk) if linked and free else []
        if chunk.sort in {"be", "comma"} or chunk.word in {"remains", "became", "as"}:
            linked = True
        elif chunk.sort == "relative" or chunk.word in _RELATIVE:
            pass
        elif chunk.sort != "other":
            return []
        index -= 1
    return []


def _mutual(word: _Place) -> Iterator[tuple[End, End]]:
    """``A and B are allies``, ``a joint venture of A, B and C``: every two of one list, or each with what is shared."""
    frame, chunks, place, after = word.frame, word.chunks, word.at, word.after
    behind = chunks[after] if after < len(chunks) else None
    if behind and behind.word in {"between", "of"}:
        listed = next((one for one in chunks[after + 1 : after + 4] if one.sort == "party"), None)
        ends = _ends(frame, listed) if listed else []
        shared = _bearers(frame, chunks, place) if behind.word == "of" else []
        if shared and len(ends) > 1:
            yield from ((end, shared[0]) for end in ends)
            return
    elif place > 1 and all(chunk.sort == "party" and chunk.owner for chunk in chunks[place - 2 : place]):
        shared = _bearers(frame, chunks, place - 2)
        yield from ((end, one) for chunk in chunks[place - 2 : place] for end in _ends(frame, chunk) for one in shared)
        return
    else:
        subject = find_subject(chunks, place)
        ends = _first_ends(frame, subject) if subject else []
    yield from combinations(ends, 2)


def _is_unreal(chunks: Sequence[Chunk], place: int, planned: bool) -> bool:
    """Whether the words just before deny it or leave it open: ``did not support``, ``may support``."""
    near = chunks[max(0, place - 4) : place]
    near = near[max((step + 1 for step, chunk in enumerate(near) if chunk.sort == "comma"), default=0) :]
    unreal = {"negation"} if planned else {"negation", "future"}
    return any(chunk.sort in unreal or _leaves_open(chunk) for chunk in near)


def _leaves_open(chunk: Chunk) -> bool:
    firm = {"", "signed", "ordered", "offered", "approved", "pledged"}
    return chunk.sort == "operator" and chunk.trigger is not None and chunk.trigger.status not in firm
