"""Persons: by the reference list, by an office beside a name, and later by the surname alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from ...graph.names import reference
from .lexicon import lexicon
from .passages import Mention, Passage, add, covering, unlisted
from .scanner import Scanner
from .tokens import word_set

_WINDOW: Final = 7
"""How many words an office may stand behind a name: ``Ann Lee, the firm's new export director``."""


@cache
def roles() -> Scanner[str]:
    """Give the scanner for offices; what it finds is the office in lower case."""
    table = lexicon().roles
    return Scanner([(role, role) for role in (*table["leads"], *table["holds_role"])], any_case=True)


def add_persons(passage: Passage) -> None:
    """Find persons whose office stands before or behind their name."""
    index = 0
    while index < len(passage.tokens):
        role = roles().at(passage.tokens, index) if index not in passage.blocked else None
        if role:
            _before(passage, _past_body(passage, role.last), role.found[0])
            index = role.last
        else:
            index += 1
    for known in [mention for mention in passage.mentions if mention.label == "Person" and not mention.title]:
        add(passage, replace(known, title=_office_behind(passage, known.last)))
    for first, last in list(_names(passage)):
        if last - first > 1:
            title = _office_behind(passage, last) or _affiliation(passage, last)
            if title or _is_kin(passage, last):
                add(passage, unlisted(first, last, passage, "Person", title))


def _past_body(passage: Passage, start: int) -> int:
    """Give the index behind ``of Peru`` or ``to the United Nations`` where a name follows: ``the king of Peru Zed``."""
    index = start
    if index < len(passage.tokens) and passage.tokens[index].key in {"of", "to", "at", "for"}:
        index += 1 + (index + 1 < len(passage.tokens) and passage.tokens[index + 1].key == "the")
        if index + 1 < len(passage.tokens) and passage.tokens[index].key in lexicon().descriptions["State"]:
            known = covering(passage, index + 1)
            return index + 1 if known and known.label == "Person" else start
        body = covering(passage, index) if index < len(passage.tokens) else None
        if body and body.label in _BODIES and body.last < len(passage.tokens) and passage.gap(body.last) == " ":
            known = covering(passage, body.last)
            named = _name_end(passage, body.last) - body.last >= 2 and roles().at(passage.tokens, body.last) is None
            return body.last if named or (known and known.label == "Person") else start
    return start


_BODIES: Final = frozenset({"State", "Organisation", "Firm"})


def _before(passage: Passage, start: int, title: str) -> None:
    """Take the capitalised words behind an office as the person who holds it."""
    known = covering(passage, start)
    if known and known.label == "Person":
        add(passage, replace(known, title=title))
        return
    last = _name_end(passage, start)
    if known and known.label == "State":
        return
    if last > start and passage.gap(start) in {" ", ", ", "\n"} and passage.tokens[start - 1].text[-1:].isalpha():
        text = passage.words(start, last)
        listed = reference().find(text, ("Person",))
        if len(listed) == 1:
            add(passage, Mention(start, last, text, listed[0].id, listed[0].name, "Person", title=title))
        elif passage.gap(start) == " " and not known:
            add(passage, unlisted(start, last, passage, "Person", title))


def _name_end(passage: Passage, start: int) -> int:
    """Walk over capitalised words, particles and initials; stop at whatever is something else."""
    particles = lexicon().roles["particles"]
    last = index = start
    while index < len(passage.tokens) and index - start < 5:
        token = passage.tokens[index]
        near = index == start or token.gap in {" ", "-", ". ", "’", "'"}
        if not near or token.is_number or (index > start and covering(passage, index)):
            break
        if token.gap in {"’", "'"} and token.key == "s":
            break
        if token.is_capital and not (token.gap == ". " and len(passage.tokens[index - 1].text) > 1):
            last = index + 1
        elif token.key not in particles:
            break
        index += 1
    return last


def _names(passage: Passage) -> Iterator[tuple[int, int]]:
    """Give runs of two to four capitalised words that nothing covers."""
    index = 0
    while index < len(passage.tokens):
        token = passage.tokens[index]
        free = token.is_capital and not token.is_number and not covering(passage, index)
        if free and token.key not in _COMMON and index not in passage.blocked:
            last = _name_end(passage, index)
            if 2 <= last - index <= 5 and not token.text.isupper():
                yield index, last
            index = max(last, index + 1)
        else:
            index += 1


_COMMON: Final = word_set("the a an in on at for from with as after by of and but this that")


def _office_behind(passage: Passage, start: int) -> str:
    """Give the office in an apposition: ``, the head of exports at``, `` (the firm's director)``."""
    gap = passage.gap(start).strip()
    linked = start < len(passage.tokens) and passage.tokens[start].key == "is" and not gap
    if gap not in {",", "(", ".,"} and not linked:
        return ""
    for index in range(start, min(start + _WINDOW, len(passage.tokens))):
        token = passage.tokens[index]
        if (index > start and token.gap.strip() in {",", "(", ")", ";"}) or token.key in _OTHERS:
            return ""
        found = roles().at(passage.tokens, index)
        if found:
            return _title(passage, found.found[0], found.last)
    return ""


_OTHERS: Final = frozenset({"of", "to", "with", "met", "and", "told"})
"""Words behind which an office is another's: ``Ann Lee, the sister of President Zed``."""


def _is_kin(passage: Passage, start: int) -> bool:
    """Whether a name is followed by a word of kinship: ``, sister of``."""
    row = passage.tokens[start : start + 3]
    named = any(token.key in lexicon().roles["kin"] for token in row[:2])
    return passage.gap(start).strip() == "," and named and any(token.key == "of" for token in row[1:])


def _affiliation(passage: Passage, start: int) -> str:
    """Give ``of`` where a name is followed by the institute that its bearer works at: ``Zed Zedson of SIPRI``."""
    if (
        start >= len(passage.tokens)
        or passage.tokens[start].key not in {"of", "from", "at"}
        or passage.gap(start) != " "
    ):
        return ""
    index = start + 1 + (start + 1 < len(passage.tokens) and passage.tokens[start + 1].key == "the")
    body = covering(passage, index) if index < len(passage.tokens) else None
    entry = body.entry if body else None
    return "of" if entry and entry.properties.get("type") == "institute" else ""


def _title(passage: Passage, role: str, last: int) -> str:
    """Give the office; the head of a mere department is no more than an official."""
    behind = passage.tokens[last : last + 2]
    partly = role in {"head", "chief"} and len(behind) == 2 and behind[0].key == "of" and behind[1].text.islower()
    return "official" if partly and behind[1].key not in {"the", "state"} else role


def add_surnames(passages: Sequence[Passage]) -> None:
    """Find later mentions of a person by the surname alone, and join the spellings of one name."""
    people: dict[str, Mention] = {}
    for passage in passages:
        for mention in passage.mentions:
            if mention.label == "Person":
                surname = passage.tokens[mention.last - 1].text
                people.setdefault(surname, mention)
        if people:
            _add_known(passage, people)


def _add_known(passage: Passage, people: dict[str, Mention]) -> None:
    covered = {index for mention in passage.mentions for index in range(mention.first, mention.last)}
    for index, token in enumerate(passage.tokens):
        person = people.get(token.text)
        if person and index not in covered and len(token.text) > 2:
            add(passage, replace(person, first=index, last=index + 1, text=token.text, form="surname", title=""))
