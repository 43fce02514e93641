"""A sentence as a row of chunks: parties, arms, words of transfer, prepositions and the small words that matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from .chunk import BOTH, Chunk
from .items import find_items
from .joining import listed
from .lexicon import Trigger, lexicon
from .numbers import is_month
from .passages import Mention, Passage, covering
from .scanner import Scanner
from .tokens import word_set

_Meaning = tuple[Trigger, str] | str

_PHRASE_SORTS: Final = frozenset({"conjunction", "future", "be", "negation", "other"})
_PHRASES: Final = {
    "as well as": "conjunction",
    "along with": "conjunction",
    "together with": "conjunction",
    "such as": "including",
    "in addition to": "conjunction",
    "as part of": "under",
    "because of": "over",
    "due to": "over",
    "instead of": "over",
    "as of": "on",
    "so far": "other",
    "as a gift": "other",
    "as aid": "other",
    "as military aid": "other",
    "in order to": "other",
    "going to": "future",
    "not only": "other",
    "no longer": "negation",
    "rather than": "over",
    "order of battle": "other",
    "armed forces": "other",
    "armed conflict": "other",
    "armed group": "other",
    "armed groups": "other",
    "armed services": "other",
    "had been": "be",
    "has been": "be",
    "have been": "be",
}


@cache
def _words() -> Scanner[_Meaning]:
    meanings: list[tuple[str, _Meaning]] = [(form, (trigger, name)) for form, trigger, name in lexicon().triggers]
    meanings += [(phrase, sort) for phrase, sort in _PHRASES.items()]
    return Scanner(meanings, any_case=True)


@cache
def _small_words() -> dict[str, str]:
    sorts = ("personal", "relative", "break", "conjunction", "preposition", "future", "have", "be", "negation")
    table = {word: sort for sort in sorts for word in lexicon().words[sort]}
    return (
        table
        | dict.fromkeys(lexicon().attribution["verbs"], "said")
        | dict.fromkeys(lexicon().words["relative"], "relative")
    )


def to_chunks(passage: Passage, *, brackets: bool = False) -> list[Chunk]:
    """Cut a sentence into chunks.

    Args:
        passage: with its mentions.
        brackets: whether to keep what stands in brackets, as a clause of its own; else it is left out.

    Returns:
        The chunks, left to right.
    """
    raw = _raw(passage)
    row = [replace(chunk, sort=_BRACKETS.get(chunk.sort, chunk.sort)) for chunk in raw] if brackets else []
    row = row or list(_outside_brackets(raw))
    return list(listed([_in_context(row, index) for index in range(len(row))]))


def _raw(passage: Passage) -> Iterator[Chunk]:
    items = {item.first: item for item in find_items(passage)}
    spans = sorted((item.first, item.last) for item in items.values())
    parties = {mention.first: mention for mention in passage.mentions if mention.label not in {"System", "Conflict"}}
    others = {mention.first: mention for mention in passage.mentions if mention.label == "Conflict"}
    index = 0
    while index < len(passage.tokens):
        yield from _punctuation(passage, index)
        while spans and spans[0][0] < index:
            spans.pop(0)
        if index in items:
            chunk = Chunk("item", index, items[index].last, item=items[index])
        elif index in parties:
            chunk = _party(passage, parties[index])
        elif index in others:
            chunk = Chunk("conflict", index, others[index].last, parties=(others[index],))
        else:
            chunk = _word(passage, index, spans[0][0] if spans else len(passage.tokens))
        yield chunk
        index = chunk.last


def _punctuation(passage: Passage, index: int) -> Iterator[Chunk]:
    for mark in passage.gap(index).strip():
        sort = {",": "comma", ";": "break", ":": "break", "(": "open", ")": "close", "[": "open", "]": "close"}.get(
            mark
        )
        if sort is None and mark in "–—":
            sort = "comma"
        if sort:
            yield Chunk(sort, index, index, mark)


def _word(passage: Passage, index: int, bound: int) -> Chunk:
    token = passage.tokens[index]
    match = None if is_month(passage.tokens, index) else _words().at(passage.tokens, index)
    if match and match.last <= bound:
        chunk = _meant(passage, index, match.last, match.found)
        if chunk:
            return chunk
    described = _description(passage, index) if token.key in {"the", "both"} else None
    if described:
        return described
    if token.key == "t" and token.gap in {"’", "'"}:
        return Chunk("negation", index, index + 1, "not")
    if token.key == "s" and token.gap in {"’", "'"}:
        return Chunk("other", index, index + 1, "'s")
    sort = _small_words().get(token.key, "other")
    shouted = sort == "personal" and token.text.isupper() and len(token.text) > 1
    return Chunk("other" if shouted else sort, index, index + 1, token.key)


def _description(passage: Passage, index: int) -> Chunk | None:
    """Read ``the company``, ``the desert kingdom``, ``the two countries``: what points back like a pronoun."""
    table = lexicon().descriptions
    for last in (index + 1, index + 2):
        row = passage.tokens[index + 1 : last + 1]
        plain = len(row) == last - index and all(token.text.islower() and token.gap in {" ", "\n"} for token in row)
        if plain and row[-1].key in table["both"] and (last == index + 1 or row[0].key in {"two", "both", "three"}):
            return Chunk("personal", index, last + 1, BOTH)
        if plain and row[-1].key in (*table["State"], *table["Firm"]) and row[0].key not in table["not_behind"]:
            return Chunk("personal", index, last + 1, "the " + row[-1].key)
    return None


def _meant(passage: Passage, first: int, last: int, found: tuple[_Meaning, ...]) -> Chunk | None:
    word = " ".join(token.key for token in passage.tokens[first:last])
    for meaning in found:
        if isinstance(meaning, str):
            return Chunk(meaning if meaning in _PHRASE_SORTS else "preposition", first, last, meaning)
    triggers = [meaning for meaning in found if not isinstance(meaning, str)]
    if first and passage.tokens[first - 1].key in _DETERMINERS:
        triggers = [pair for pair in triggers if pair[1] not in {"base", "third"}]
    if not triggers or (last < len(passage.tokens) and passage.gap(last) == "-" and triggers[0][1] == "base"):
        return None
    trigger, form = min(triggers, key=lambda pair: _preference(passage, first, last, pair))
    return Chunk(trigger.sort, first, last, word, trigger=trigger, form=form)


_DETERMINERS: Final = word_set("the a an its their his her our s this these no any")


def _preference(passage: Passage, first: int, last: int, meaning: tuple[Trigger, str]) -> int:
    """Order the readings of a word: after an article or owner it is a noun; before ``of`` too; else a verb."""
    before = passage.tokens[first - 1].key if first else ""
    after = passage.tokens[last].key if last < len(passage.tokens) else ""
    words = lexicon().words
    nominal = (
        _behind_determiner(passage, first)
        or _behind_demonym(passage, first)
        or before in words["definite"] | words["indefinite"] | {"s", "new", "of", "possible", "arms", "for", "in"}
        or after == "of"
    )
    trigger, form = meaning
    if trigger.sort == "noun":
        return 0 if nominal and form == "" else 2
    if trigger.sort == "verb":
        return 1
    return 1 if trigger.sort in {"predicate", "service"} else (0 if nominal else 3)


def _behind_demonym(passage: Passage, first: int) -> bool:
    """Whether an adjective of a state stands straight before: ``the Czech order``, ``wins Czech order``."""
    known = covering(passage, first - 1) if first else None
    return known is not None and known.form == "demonym" and not known.text.endswith("s")


def _behind_determiner(passage: Passage, first: int) -> bool:
    """Whether an article stands before, over plain words and sums: ``a 300 million dollar order``."""
    for index in range(first - 1, max(-1, first - 6), -1):
        token = passage.tokens[index]
        if passage.gap(index + 1).strip(" -$€£\n"):
            return False
        if token.key in _DETERMINERS:
            return True
        plain = token.is_number or (token.text.islower() and token.key not in _small_words())
        if not plain or covering(passage, index) or (_words().at(passage.tokens, index) and not token.is_number):
            return False
    return False


def _party(passage: Passage, mention: Mention) -> Chunk:
    """Read a name as a party, with the institution behind it, or as an owner of what follows."""
    last, words = mention.last, lexicon()
    possessive = last < len(passage.tokens) and passage.tokens[last].key == "s" and passage.gap(last) in {"’", "'"}
    last += possessive
    if possessive and mention.label == "State" and _unlisted_firm(passage, last):
        return Chunk("party", mention.first, last, mention.text.lower(), (mention,))
    end = _past_adjectives(passage, last) if possessive else last
    while (
        end < len(passage.tokens)
        and end - last < 8
        and passage.gap(end) in {" ", "-", "\n"}
        and passage.tokens[end].key in words.institutions
        and covering(passage, end) is None
    ):
        end += 1
    chunk = Chunk("party", mention.first, max(end, last), mention.text.lower(), (mention,))
    if mention.label in {"Person", "Group"}:
        return replace(chunk, last=last, owner=possessive)
    if end > last:
        named = next((other.label for other in passage.mentions if other.first == end), "")
        firm = named == "Firm" and passage.tokens[end - 1].key in _company()
        office = named == "Person" and bool(_OFFICES & {passage.tokens[end - 1].key})
        return replace(chunk, owner=firm or office)
    hyphen = passage.gap(mention.last) == "-" or passage.gap(mention.first) == "-"
    return replace(
        chunk, last=last, owner=possessive or hyphen or (_adjectival(mention) and not _stands_alone(passage, mention))
    )


_OFFICES: Final = word_set("minister president king leader official secretary")


@cache
def _company() -> frozenset[str]:
    return frozenset(lexicon().makers["company"])


def _unlisted_firm(passage: Passage, index: int) -> bool:
    """Whether a capitalised name follows that no list has: ``Peru's Acme``."""
    if index >= len(passage.tokens) or passage.gap(index) != " ":
        return False
    token = passage.tokens[index]
    return token.is_capital and not covering(passage, index) and token.key not in lexicon().institutions


def _past_adjectives(passage: Passage, index: int) -> int:
    """Give the index of the institution behind up to five plain words: ``Peru's then freely elected government``."""
    for step in range(index, min(index + 6, len(passage.tokens))):
        token = passage.tokens[step]
        if covering(passage, step):
            return index
        if step > index and token.key in lexicon().institutions:
            return step
        if (
            passage.gap(step) != " "
            or not token.text.islower()
            or (token.key in _small_words() and token.key != "then")
        ):
            return index
    return index


def _adjectival(mention: Mention) -> bool:
    short = mention.label == "State" and (mention.text.isupper() or "." in mention.text)
    return mention.form == "demonym" or short or mention.label == "Organisation"


def _stands_alone(passage: Passage, mention: Mention) -> bool:
    """Whether an adjective or abbreviation is used as a noun: nothing follows that it could describe."""
    if mention.last >= len(passage.tokens) or passage.gap(mention.last).strip():
        return mention.form != "demonym" or _plural(passage, mention)
    token = passage.tokens[mention.last]
    match = _words().at(passage.tokens, mention.last)
    sorts = {meaning[0].sort for meaning in match.found if not isinstance(meaning, str)} if match else set()
    follows = (
        token.key in _small_words()
        or token.key in lexicon().words["modals"]
        or (match is not None and ((sorts != {"noun"} and "verb" in sorts) or not sorts & {"noun", "operator"}))
        or (sorts == {"operator"} and token.key.endswith(("s", "ed")) and token.key not in _NOUNS_OF_TALK)
    )
    if mention.form == "demonym":
        return _plural(passage, mention) and follows
    return follows or token.key.endswith("ed") or not token.text.islower()


_NOUNS_OF_TALK: Final = word_set(
    "talks negotiations discussions options licences licenses tenders bids desires interests"
)


def _plural(passage: Passage, mention: Mention) -> bool:
    the = mention.first > 0 and passage.tokens[mention.first - 1].key == "the"
    return mention.text.endswith("s") or the


def _outside_brackets(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    depth = 0
    for chunk in chunks:
        if chunk.sort == "open":
            depth += 1
        elif chunk.sort == "close":
            depth = max(0, depth - 1)
        elif not depth:
            yield chunk


_BRACKETS: Final = {"open": "break", "close": "break"}


def _in_context(row: list[Chunk], index: int) -> Chunk:
    """Decide what only its neighbours tell: ``has`` before a participle, ``offered`` before ``to sell``."""
    chunk = row[index]
    if chunk.sort != "verb" or chunk.trigger is None:
        return chunk
    if (
        chunk.form in {"base", "third"}
        and index
        and row[index - 1].sort == "item"
        and (chunk.word in _NOUNS or chunk.word in _nouns())
    ):
        noun = _nouns().get(chunk.word)
        return replace(chunk, sort="noun" if noun else "other", trigger=noun, form="")
    behind = [other for other in row[index + 1 : index + 4] if other.word not in {"already", "also", "now", "long"}]
    given = chunk.trigger.dative and len(behind) > 1 and behind[0].sort == "party" and behind[1].sort == "item"
    if chunk.trigger.bare and not given and not (behind and behind[0].sort == "item"):
        twin = _operators().get(chunk.word)
        return replace(
            chunk, sort="operator" if twin else "have" if chunk.trigger.lemma == "have" else "other", trigger=twin
        )
    governs = len(behind) > 1 and (behind[1].sort in {"verb", "be"} or chunk.trigger.lemma == "try")
    if governs and behind[0].word == "to":
        governing = _operators().get(chunk.word)
        return replace(chunk, sort="operator" if governing else "other", trigger=governing)
    return chunk


_NOUNS: Final = word_set("ship ships test tests lease leases offer offers")


@cache
def _nouns() -> dict[str, Trigger]:
    return {form: trigger for form, trigger, _ in lexicon().triggers if trigger.sort == "noun"}


@cache
def _operators() -> dict[str, Trigger]:
    return {form: trigger for form, trigger, _ in lexicon().triggers if trigger.sort == "operator"}
