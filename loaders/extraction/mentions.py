"""Who and what a text names: states, firms, persons, organisations, systems and their classes, conflicts, groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ...graph.names import Alias, Entry, Reference, reference
from .designations import add_designations
from .lexicon import lexicon
from .passages import Mention, Passage
from .people import add_persons, add_surnames
from .scanner import Match, Scanner
from .sentences import Sentence
from .tokens import tokenise

_ORDER: Final = ("State", "Organisation", "System", "Firm", "Conflict", "Person")
_GROUP: Final = "Group"


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    members: tuple[str, ...]


_Named = Alias | _Group | None


@cache
def _names() -> Scanner[_Named]:
    """The scanner for everything in the reference lists; None stands for words that name nothing of it."""
    return Scanner(_spellings(reference()))


def _spellings(lists: Reference) -> Iterator[tuple[str, _Named]]:
    for alias in lists.aliases():
        if not alias.entry.properties.get("generic") and not alias.text.islower():
            yield alias.text, alias
            yield from ((alias.text + "s", alias) for _ in range(_has_plural(alias)))
    for name, members in lists.group_names:
        yield name, _Group(name, members)
    for blocked in lexicon().forms["blockers"]:
        yield blocked, None


def _has_plural(alias: Alias) -> bool:
    return alias.entry.label == "System" and not alias.text.endswith("s")


@cache
def _classes() -> Scanner[Alias]:
    nouns = [alias for alias in reference().aliases() if alias.entry.properties.get("generic")]
    singular = [(alias.text, alias) for alias in nouns]
    singular += [(text.replace("anti-", "anti"), alias) for text, alias in singular if "anti-" in text]
    return Scanner(singular + [(_plural(text), alias) for text, alias in singular], any_case=True)


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def find_mentions(sentences: Iterable[Sentence], year: int | None = None) -> list[Passage]:
    """Find what each sentence names.

    Args:
        sentences: of one document, in order.
        year: of publication; decides between a state and its predecessor. The present one if None.

    Returns:
        One passage for each sentence.
    """
    passages = []
    for sentence in sentences:
        passage = Passage(sentence, tokenise(sentence.text, 0))
        passage.tokens = [
            token._replace(start=token.start + sentence.start, end=token.end + sentence.start)
            for token in passage.tokens
        ]
        passage.mentions = list(_listed(passage, year))
        add_persons(passage)
        add_designations(passage)
        passages.append(passage)
    add_surnames(passages)
    return passages


def _listed(passage: Passage, year: int | None) -> Iterator[Mention]:
    index, tokens = 0, passage.tokens
    while index < len(tokens):
        match = _names().at(tokens, index)
        noun = _classes().at(tokens, index)
        if noun and (not match or noun.last > match.last) and _is_noun(passage, noun):
            yield _mention(passage, noun.first, noun.last, noun.found[0])
            index = noun.last
        elif match:
            match = _with_suffix(passage, match)
            yield from _named(passage, match, year)
            index = match.last
        else:
            yield from _glued(passage, index)
            index += 1


def _is_noun(passage: Passage, match: Match[Alias]) -> bool:
    """Whether a class noun is used as one: a capitalised word is a name, but not at the start."""
    word = passage.tokens[match.first].text
    if word.islower() or (word.isupper() and len(word) > 1):
        return True
    return match.last - match.first > 1 or (match.first == 0 and passage.tokens[match.last - 1].text.endswith("s"))


def _mention(passage: Passage, first: int, last: int, alias: Alias) -> Mention:
    entry = alias.entry
    form = "noun" if entry.properties.get("generic") else alias.form
    return Mention(first, last, passage.words(first, last), entry.id, entry.name, entry.label, form)


def _named(passage: Passage, match: Match[_Named], year: int | None) -> Iterator[Mention]:
    if None in match.found or passage.gap(match.last).startswith("$"):
        passage.blocked |= set(range(match.first, match.last))
        return
    groups = [found for found in match.found if isinstance(found, _Group)]
    if groups:
        text = passage.words(match.first, match.last)
        yield Mention(match.first, match.last, text, "", groups[0].name, _GROUP, members=groups[0].members)
        return
    if _is_namesake(passage, match.last):
        return
    alias = _choose(passage, match, [found for found in match.found if isinstance(found, Alias)], year)
    yield _mention(passage, match.first, match.last, alias)


def _is_namesake(passage: Passage, index: int) -> bool:
    """Whether the word behind a name makes another name of it: ``Singapore Airlines``."""
    if index >= len(passage.tokens) or passage.gap(index) != " ":
        return False
    return passage.tokens[index].text in lexicon().forms["namesakes"] and not passage.tokens[index - 1].text.isupper()


def _with_suffix(passage: Passage, match: Match[_Named]) -> Match[_Named]:
    """Stretch a system's designation over a variant's letters: ``T-72M1`` is a T-72; other names are whole."""
    last = match.last
    while last < len(passage.tokens) and passage.gap(last) == "":
        last += 1
    if last == match.last:
        return match
    systems = tuple(found for found in match.found if isinstance(found, Alias) and found.entry.label == "System")
    return Match(match.first, last, systems or (None,))


def _choose(passage: Passage, match: Match[_Named], found: Sequence[Alias], year: int | None) -> Alias:
    """Decide an ambiguous name: by what stands beside it, else by its kind, else by the time."""
    if len(found) == 1:
        return found[0]
    labels = {alias.entry.label: alias for alias in reversed(found)}
    if "System" in labels and _beside_a_class(passage, match):
        return labels["System"]
    fitting = [alias for alias in found if alias.entry.label == next(name for name in _ORDER if name in labels)]
    return min(fitting, key=lambda alias: (not _exists(alias.entry, year), alias.form != "name"))


def _beside_a_class(passage: Passage, match: Match[_Named]) -> bool:
    return match.last < len(passage.tokens) and _classes().at(passage.tokens, match.last) is not None


def _exists(entry: Entry, year: int | None) -> bool:
    until = entry.properties.get("valid_to")
    since = entry.properties.get("valid_from")
    if year is None:
        return until is None
    return (until is None or year <= until) and (since is None or since <= year)


def _glued(passage: Passage, index: int) -> Iterator[Mention]:
    """A state's name run together with the small word behind it: ``Omanto`` for ``Oman to``."""
    token = passage.tokens[index]
    if not token.is_capital or len(token.text) < 6 or not token.text[1:].islower():
        return
    for ending in lexicon().words["glued"]:
        stem = token.text[: -len(ending)]
        if token.text.endswith(ending) and len(stem) >= 4:
            entries = reference().find(stem, ("State",))
            if len(entries) == 1 and entries[0].name == stem:
                entry = entries[0]
                yield Mention(index, index + 1, token.text, entry.id, entry.name, "State", "name")
                return


def topic(passages: Iterable[Passage]) -> Mention | None:
    """Give the first mention of the named system that a text speaks of most, None if it names none."""
    counts: Counter[str] = Counter()
    firsts: dict[str, Mention] = {}
    for passage in passages:
        for mention in passage.mentions:
            if mention.label == "System" and mention.form != "noun":
                counts[mention.id] += 1
                firsts.setdefault(mention.id, mention)
    return firsts[max(counts, key=lambda node: counts[node])] if counts else None
