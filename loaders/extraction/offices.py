"""Who leads what, who holds which office, and who is whose kin."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from ...graph.names import reference
from ...graph.statements import Party
from .lexicon import lexicon
from .passages import Mention, Passage
from .related import Related
from .scanner import Scanner
from .scene import Scene
from .tokens import word_set

_REACH: Final = 9
_BODIES: Final = frozenset({"State", "Firm", "Organisation"})
_RULE: Final = frozenset({"administration", "regime", "government"})


def find_offices(scene: Scene) -> Iterator[Related]:
    """Find the offices of the persons whom a sentence names with their title.

    Args:
        scene: the sentence.
    """
    passage = scene.passage
    for person in passage.mentions:
        if person.label != "Person":
            continue
        title = person.title or _title_of_rule(passage, person)
        if not title:
            continue
        refused = "former office" if _is_former(passage, person) else ""
        body: Mention | Party | None = _body(passage, person)
        rule = "office beside the name"
        if body is None:
            body, rule = _known_body(person, title), "office by the list"
        if body is None:
            body, rule = _state_spoken_of(scene, person, title), "office of the state spoken of"
        if body:
            yield Related(_relation(title, person, body), person, body, rule, title, refused)


def _state_spoken_of(scene: Scene, person: Mention, title: str) -> Party | None:
    """Of ``President Zed Zedson`` without a state: the only one of the sentence, else of the sentences before.

    What he says himself is often about another state, so then only the sentences before count.
    """
    passage = scene.passage
    near = {token.key for token in passage.tokens[max(0, person.first - 4) : person.first]}
    of_state = set(title.split()) & _STATE_OFFICES or near & {"ministry", "government"}
    if person.entry or not of_state or title == "president and ceo":
        return None
    beside = passage.tokens[person.first - 1].key if person.first else ""
    if passage.gap(person.last).strip()[:1] in {",", "("} or not title.endswith(beside):
        return None
    said = any(chunk.sort == "said" for chunk in scene.chunks)
    named = {} if said else {mention.id: mention for mention in passage.mentions if mention.label in _BODIES}
    if not named:
        before = [one for one in scene.memory.parties if one.sentence < scene.number and not one.governed]
        named = {one.mention.id: one.mention for one in before if one.mention.label in _BODIES}
    if len(named) > 1:
        named = {node: one for node, one in named.items() if one.form != "demonym" and one.label == "State"}
    only = next(iter(named.values())) if len(named) == 1 else None
    return Party(only.id, only.name) if only and only.label == "State" else None


_STATE_OFFICES: Final = word_set("president premier chancellor king queen emir sultan minister prime general admiral")


def _relation(title: str, person: Mention, body: Mention | Party) -> str:
    if title == "counterpart":
        entry = person.entry
        title = str(entry.properties.get("title", "")) if entry else ""
    leads = title in lexicon().roles["leads"]
    return (
        "LEADS"
        if leads and not (title == "head" and isinstance(body, Mention) and body.label == "State")
        else "HOLDS_ROLE"
    )


def _title_of_rule(passage: Passage, person: Mention) -> str:
    """``the Smith administration``: the words themselves say that Smith heads it."""
    after = passage.tokens[person.last].key if person.last < len(passage.tokens) else ""
    known = person.entry
    leads = known and str(known.properties.get("title", "")) in lexicon().roles["leads"]
    return str(known.properties["title"]) if known and leads and after in _RULE else ""


def _is_former(passage: Passage, person: Mention) -> bool:
    words = [
        token.key for token in passage.tokens[max(0, person.first - 5) : min(person.last + 4, len(passage.tokens))]
    ]
    return bool(set(words) & set(lexicon().roles["former"]))


def _body(passage: Passage, person: Mention) -> Mention | None:
    """Give the state, firm or organisation that stands with the office, before the name or behind it."""
    if person.title == "of":
        return next(
            (one for one in passage.mentions if 0 < one.first - person.last <= 2 and one.label == "Organisation"), None
        )
    return _between(passage, person) or _before(passage, person) or _behind(passage, person)


def _between(passage: Passage, person: Mention) -> Mention | None:
    """``the defence minister of Peru Zed Zedson``: a body between office and name."""
    for mention in passage.mentions:
        if mention.last == person.first and mention.label in _BODIES and mention.form != "demonym":
            before = [token.key for token in passage.tokens[max(0, mention.first - 6) : mention.first]]
            linked = bool({"of", "to", "at", "for"} & set(before[-2:]))
            if linked and set(person.title.split()) & set(before) and passage.gap(person.first) == " ":
                return mention
    return None


def _before(passage: Passage, person: Mention) -> Mention | None:
    for mention in reversed(passage.mentions):
        if mention.last <= person.first and person.first - mention.last <= _REACH and mention.label in _BODIES:
            gaps = [passage.gap(index) for index in range(mention.last, person.first + 1)]
            clear = not any(mark in gap for gap in gaps[:-1] for mark in ",;:()“”") and gaps[-1].strip() in {"", ","}
            near = {token.key for token in passage.tokens[mention.last : person.first]}
            told = bool(near & set(person.title.split())) or person.title in {"regime of", ""}
            return mention if clear and told and _is_office(passage, mention.last, person.first) else None
    return None


def _is_office(passage: Passage, first: int, last: int) -> bool:
    """Whether only an office stands between: no verb, no other name."""
    words = {token.key for token in passage.tokens[first:last]}
    return not words & (_CLAUSE | {form for form, _, _ in lexicon().triggers if form in words})


_CLAUSE: Final = (
    frozenset(
        {
            "to",
            "with",
            "that",
            "which",
            "and",
            "told",
            "said",
            "by",
            "between",
            "met",
            "is",
            "was",
            "but",
            "from",
            "against",
        }
    )
    | lexicon().words["be"]
)


def _behind(passage: Passage, person: Mention) -> Mention | None:
    linked = person.last < len(passage.tokens) and passage.tokens[person.last].key == "is"
    apposed = passage.gap(person.last).strip(" .").startswith((",", "("))
    if linked and (apposed or _is_governed(passage, person)):
        return None
    if not linked and not apposed:
        return _in_state(passage, person)
    for mention in passage.mentions:
        if person.last <= mention.first < person.last + _REACH and mention.label in _BODIES:
            gaps = [passage.gap(index).strip() for index in range(person.last + 1, mention.first + 1)]
            clear = not any(mark in gap for gap in gaps for mark in ",;:)")
            words = {token.key for token in passage.tokens[person.last + linked : mention.first]}
            return mention if clear and not words & (_CLAUSE - {"and"}) else None
    return None


def _is_governed(passage: Passage, person: Mention) -> bool:
    """Whether a preposition stands before the office and the name, so that the clause is about another."""
    before = passage.tokens[max(0, person.first - len(person.title.split()) - 2) : person.first]
    return any(token.key in {"of", "to", "with", "for", "by", "from"} for token in before)


def _in_state(passage: Passage, person: Mention) -> Mention | None:
    """``the regime of Smith in Peru``, ``King Smith of Peru``."""
    behind = passage.tokens[person.last].key if person.last < len(passage.tokens) else ""
    leads = person.title in lexicon().roles["leads"]
    if (person.title != "regime of" or behind != "in") and not (leads and behind == "of"):
        return None
    return next(
        (mention for mention in passage.mentions if mention.first == person.last + 1 and mention.label == "State"), None
    )


def _known_body(person: Mention, title: str) -> Party | None:
    """Fall back on the reference list: what the person of that name heads or serves."""
    entry = person.entry
    listed = str(entry.properties.get("title", "")) if entry else ""
    civil = (
        title in lexicon().roles["leads"]
        or title == "counterpart"
        or {"minister", "secretary", "director"} & set(title.split())
    )
    if entry is None or not listed or not civil:
        return None
    if title in lexicon().roles["leads"] and listed not in lexicon().roles["leads"]:
        return None
    firm, state = entry.properties.get("firm"), entry.properties.get("state")
    body = firm if firm and "minister" not in title else state
    return Party(body, reference().entries[body].name) if body in reference().entries else None


_CIVIL: Final = frozenset({"minister", "secretary", "director", "counterpart", "officer"})


@cache
def _kin() -> Scanner[str]:
    return Scanner([(word, word) for word in lexicon().roles["kin"]], any_case=True)


def find_kin(passage: Passage) -> Iterator[Related]:
    """Find kin: ``Ann Lee's brother Bob Lee``, ``Bob Lee, the brother of President Ann Lee``."""
    persons = [mention for mention in passage.mentions if mention.label == "Person"]
    for one, other in pairwise(persons):
        for index in range(one.last, min(other.first, one.last + 14)):
            match = _kin().at(passage.tokens, index)
            if match and match.last <= other.first:
                owned = passage.tokens[one.last].key == "s" and match.last == other.first
                between = other.first - match.last - 1
                named = passage.tokens[match.last].key == "of" and between in {0, len(other.title.split())}
                if owned or named:
                    pair = (other, one) if owned else (one, other)
                    yield Related("KIN_OF", pair[0], pair[1], "kin", match.found[0])
                break
