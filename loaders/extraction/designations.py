"""Systems and firms that no list has, by the form of their names: ``Kilo-class``, ``Acme Shipyards``."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from ...graph.names import Entry, reference
from .lexicon import lexicon
from .passages import Mention, Passage, add, covering, unlisted
from .people import roles
from .tokens import word_set

_DESIGNATION: Final = re.compile(
    r"\b(?:(?:Type|Project|Mk|Mark)[ -]\d{1,5}[A-Z]{0,3}"
    r"|[A-Z][A-Za-z]{0,7}-?\d{1,4}[A-Z]{0,3}(?:-[A-Z0-9]{1,4})?)(?![\w])"
)
_NUMERAL: Final = word_set("II III IV VI VII VIII IX")


def add_designations(passage: Passage) -> None:
    """Find named systems beside a class noun, and firms by the last word of their name."""
    for noun in [mention for mention in passage.mentions if mention.form == "noun"]:
        _named_before(passage, noun)
    _by_form(passage)
    _firms(passage)


def _named_before(passage: Passage, noun: Mention) -> None:
    """Take capitalised words straight before a class noun as the system's name."""
    last = noun.first
    if last and passage.tokens[last - 1].key in lexicon().words["same"]:
        last -= 1
    first = last
    while first and last - first < 3 and _is_name_part(passage, first - 1):
        first -= 1
        if passage.tokens[first].gap.strip(" \n-"):
            break
    if first == last or passage.gap(last).strip(" \n-") or passage.gap(noun.first).strip(" \n-\"”’'"):
        return
    lone = last - first == 1 and last == noun.first and not _is_designation(passage.words(first, last))
    if (first == 0 and lone) or passage.words(first, last) in _NUMERAL:
        return
    maker = _maker_named(passage, first, last)
    if maker:
        add(passage, maker)
        return
    listed = _listed_as(passage.words(first, last), noun)
    if listed:
        add(passage, Mention(first, noun.last, passage.words(first, noun.last), listed.id, listed.name, "System"))
    else:
        add(passage, unlisted(first, last, passage, "System"))


@cache
def _first_words() -> dict[str, set[str]]:
    """Firms by the first word of a name of several: ``Bell`` of ``Bell Textron``."""
    found: dict[str, set[str]] = {}
    for alias in reference().aliases():
        first, _, rest = alias.text.partition(" ")
        if rest and alias.entry.label == "Firm":
            found.setdefault(first, set()).add(alias.entry.id)
    return found


def _maker_named(passage: Passage, first: int, last: int) -> Mention | None:
    """Give the firm that a lone word before a class noun abbreviates: ``Bell helicopters``."""
    nodes = _first_words().get(passage.words(first, last), set())
    entry = reference().entries[min(nodes)] if last - first == 1 and len(nodes) == 1 else None
    return Mention(first, last, passage.words(first, last), entry.id, entry.name, "Firm") if entry else None


@cache
def _bases() -> dict[str, set[str]]:
    """Names that the lists have only together with a class noun: ``Hercules`` of ``Hercules aircraft``."""
    found: dict[str, set[str]] = {}
    for alias in reference().aliases():
        name, _, noun = alias.text.rpartition(" ")
        if name and alias.entry.label == "System" and noun.islower() and not alias.entry.properties.get("generic"):
            found.setdefault(name, set()).add(alias.entry.id)
    return found


def _listed_as(name: str, noun: Mention) -> Entry | None:
    """Give the listed system that a name beside a class noun means: the only one, or the only one of that class."""
    listed = [reference().entries[node] for node in sorted(_bases().get(name, ()))]
    category = noun.entry.properties.get("category") if noun.entry else None
    entries = [entry for entry in listed if entry.properties.get("category") == category]
    of_class = [entry for entry in entries if entry.properties.get("class") == noun.id]
    return of_class[0] if len(of_class) == 1 else entries[0] if len(entries) == 1 else None


def _is_name_part(passage: Passage, index: int) -> bool:
    token = passage.tokens[index]
    if covering(passage, index) or token.text in lexicon().forms["not_systems"] or len(token.text) < 2:
        return False
    if index + 1 < len(passage.tokens) and passage.tokens[index + 1].gap.strip() in {",", ".", ";", ":", ")", "("}:
        return False
    if token.is_number and index and passage.gap(index) in {" ", "-"} and 2 <= len(token.text) <= 3:
        return _is_name_part(passage, index - 1) and not passage.tokens[index - 1].is_number and index > 1
    return (token.is_capital and (token.text[1:].islower() or token.text in _NUMERAL)) or token.text in _NUMERAL


def _is_designation(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _by_form(passage: Passage) -> None:
    """Take letters with digits as a system where a class noun stands close behind or straight before."""
    starts = {token.start - passage.sentence.start: index for index, token in enumerate(passage.tokens)}
    ends = {token.end - passage.sentence.start: index + 1 for index, token in enumerate(passage.tokens)}
    nouns = [mention for mention in passage.mentions if mention.form == "noun"]
    for match in _DESIGNATION.finditer(passage.sentence.text) if nouns else ():
        first, last = starts.get(match.start()), ends.get(match.end())
        if first is None or last is None or any(covering(passage, index) for index in range(first, last)):
            continue
        behind = any(0 <= noun.first - last <= 3 and _unbroken(passage, last, noun.first) for noun in nouns)
        if behind or any(noun.last == first for noun in nouns):
            add(passage, unlisted(first, last, passage, "System"))


def _unbroken(passage: Passage, first: int, last: int) -> bool:
    return not any(passage.gap(index).strip(' \n-/"”“') for index in range(first, last + 1))


def _firms(passage: Passage) -> None:
    for index, token in enumerate(passage.tokens):
        if covering(passage, index):
            continue
        if token.text in _endings() and index:
            _firm_before(passage, index)
        elif token.key in _companies() and token.text.islower():
            _firms_behind(passage, index + 1)


@cache
def _endings() -> frozenset[str]:
    return frozenset(lexicon().forms["firm_endings"])


@cache
def _companies() -> frozenset[str]:
    return frozenset(lexicon().makers["company"])


def _firm_before(passage: Passage, index: int) -> None:
    """Take the capitalised words before ``Shipyards`` or ``Corp``, with the state's name that begins them."""
    first = index
    while first and index - first < 5 and _is_firm_part(passage, first - 1) and passage.gap(first) in {" ", "-", "\n"}:
        first -= 1
    state = covering(passage, first - 1) if first else None
    if state and state.label == "State" and state.form == "name" and passage.gap(first) == " " and first < index:
        first = state.first
    if first < index and not (index - first == 1 and first == 0):
        add(passage, unlisted(first, index + 1, passage, "Firm"))


def _firms_behind(passage: Passage, index: int) -> None:
    """Take the capitalised words behind ``the shipbuilder`` as a firm, also those joined to it by ``and``."""
    while index < len(passage.tokens) and passage.gap(index) == " ":
        known = covering(passage, index)
        last = known.last if known and known.label == "Firm" else _capitals(passage, index)
        if last == index:
            return
        if known is None:
            add(passage, unlisted(index, last, passage, "Firm"))
        index = last + 1 if last < len(passage.tokens) and passage.tokens[last].key == "and" else len(passage.tokens)


def _capitals(passage: Passage, index: int) -> int:
    """Give the end of a run of capitalised words that name nothing yet."""
    last = index
    while last < len(passage.tokens) and last - index < 4 and (last == index or passage.gap(last) in {" ", "-"}):
        token = passage.tokens[last]
        if (
            not token.is_capital
            or covering(passage, last)
            or token.text in lexicon().forms["not_systems"]
            or roles().at(passage.tokens, last)
        ):
            break
        last += 1
    behind = covering(passage, last) if last < len(passage.tokens) and passage.gap(last) in {" ", "-"} else None
    return index if behind else last


def _is_firm_part(passage: Passage, index: int) -> bool:
    token = passage.tokens[index]
    if covering(passage, index) or token.text in {"The", "A", "An"}:
        return False
    return token.is_capital or (token.key in {"and"} and index > 0)
