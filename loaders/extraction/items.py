"""Noun phrases of arms: how many, of which origin, by whom, and what: ``24 new Turkish-made TB2 drones``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from .item import Item
from .lexicon import lexicon
from .numbers import MONTHS, ORDINALS, counts_other, quantity_at
from .passages import Mention, Passage, covering
from .tokens import word_set

_REACH: Final = 9
_PLAIN: Final = re.compile(r"[\s\-‐‑/\"'“”‘’_*]*")
_COUNTED: Final = frozenset(
    [
        "pair",
        "dozen",
        "dozens",
        "number",
        "batch",
        "fleet",
        "units",
        "unit",
        "consignment",
        "squadron",
        "squadrons",
        "score",
        "total",
        "set",
        "sets",
    ]
)


def find_items(passage: Passage) -> list[Item]:
    """Find the noun phrases of arms in a sentence, left to right."""
    items: list[Item] = []
    for mention in passage.mentions:
        if mention.label != "System":
            continue
        before = items[-1] if items else None
        if before and _joined(passage, before.last, mention.first):
            items[-1] = _merged(before, mention)
        else:
            items.append(_with_modifiers(passage, Item(mention.first, mention.last, mention)))
    arms = [item for item in items if not _is_modifier(passage, item.last)]
    weak = list(_weak(passage, items))
    taken = {index for item in (*items, *weak) for index in range(item.first, item.last)}
    return sorted([*arms, *weak, *_bare(passage, taken)], key=lambda item: item.first)


def _is_modifier(passage: Passage, last: int) -> bool:
    """Whether the noun phrase only describes what follows: ``drone diplomacy``, ``submarine base``."""
    return last < len(passage.tokens) and passage.gap(last) == " " and passage.tokens[last].key in _HEADS


def _bare(passage: Passage, taken: set[int]) -> Iterator[Item]:
    """Find numbers that stand for arms named before: ``ordered two more``, ``and Chile six``."""
    for index, token in enumerate(passage.tokens):
        counted = (
            quantity_at(passage.tokens, index)
            if index and index not in taken and token.key not in {"a", "of"}
            else None
        )
        if counted is None or covering(passage, index) or not _is_alone(passage, index):
            continue
        number, first = counted
        before = _before_number(passage, first) - 1
        told = before >= 0 and passage.gap(before + 1) in {" ", "\n", ", "} and _leads_to_number(passage, before)
        if told and number and not (token.is_number and 1900 <= number <= 2100):
            more = index + 1 < len(passage.tokens) and passage.tokens[index + 1].key == "more"
            head = Mention(index, index + 1, token.text, "", token.text, "System", "noun")
            yield Item(first, index + 1 + more, head, quantity=number, definite=True, weak=True, bare=True)


def _is_alone(passage: Passage, index: int) -> bool:
    """Whether no noun follows that the number could count."""
    if index + 1 >= len(passage.tokens):
        return True
    after = passage.tokens[index + 1]
    return (
        after.gap.strip()[:1] in {".", ";", ")"}
        or after.gap == ", "
        or (after.gap == " " and after.key in _BEHIND_NUMBER)
    )


_BEHIND_NUMBER: Final = word_set("more for to from in and last this next")


def _leads_to_number(passage: Passage, index: int) -> bool:
    """Whether a word of transfer, a party or ``and`` stands before."""
    token = passage.tokens[index]
    known = covering(passage, index)
    if token.key in {"another", "further", "additional", "only", "just"} and index:
        return _leads_to_number(passage, index - 1)
    return (
        token.key in _STOPS
        or token.key == "and"
        or (known is not None and known.label in {"State", "Firm"} and known.form != "demonym")
    )


@cache
def _weak_nouns() -> dict[str, str]:
    return dict(lexicon().weak)


_HEADS: Final = word_set(
    """
    officer minister chief director company companies firm firms sector industry sharing centre facility facilities base
    bases factory factories plant programme programmes program programs support training maintenance crews pilots
    development cooperation production diplomacy fleet defence defense battle business industry technology race show
    market markets exporter exporters maker makers manufacturer manufacturers strikes strike attack attacks launch test
    tests images imagery pictures photos data intelligence information models
    """
)


def _weak(passage: Passage, items: list[Item]) -> Iterator[Item]:
    """Nouns such as ``equipment`` or ``units``: arms only if a word of transfer makes them so."""
    taken = {index for item in items for index in range(item.first, item.last)}
    taken |= {index for mention in passage.mentions for index in range(mention.first, mention.last)}
    for index, token in enumerate(passage.tokens):
        node = _weak_nouns().get(token.key)
        plain = index not in taken and token.text.islower() and not _is_modifier(passage, index + 1)
        if node is not None and plain:
            head = Mention(index, index + 1, token.text, node, token.text, "System", "noun")
            item = replace(_with_modifiers(passage, Item(index, index + 1, head)), weak=True)
            beside = (
                passage.tokens[index - 1].key in {"related", "associated", "support", "ground", "ancillary"}
                if index
                else False
            )
            if (
                (node or item.definite or item.quantity or item.origin)
                and not beside
                and not _is_unlisted(passage, item.first, index)
            ):
                yield item


def _is_unlisted(passage: Passage, first: int, last: int) -> bool:
    """Whether a noun bears a name that no list has: ``220 Acme vehicles`` are not those spoken of before."""
    return any(
        passage.tokens[index].is_capital and index and not covering(passage, index) for index in range(first, last)
    )


def _joined(passage: Passage, last: int, first: int) -> bool:
    """Whether only adjectives, a firm or ``8x8`` stand between a system and its class."""
    between = range(last, first)
    if len(between) > 4 or not all(_PLAIN.fullmatch(passage.gap(index)) for index in range(last, first + 1)):
        return False
    return all(
        _is_adjective(passage, index) or _is_glued(passage, index) or _is_firm(passage, index) for index in between
    )


def _is_firm(passage: Passage, index: int) -> bool:
    known = covering(passage, index)
    return known is not None and known.label == "Firm"


_PARTS: Final = word_set("system:engine system:component system:simulator system:radar system:turret")
"""Classes of which ``the F-16 engines`` are some, and no F-16."""


def _is_glued(passage: Passage, index: int) -> bool:
    """Whether a number belongs to a word like ``8x8``."""
    return passage.tokens[index].is_number and "" in {passage.gap(index), passage.gap(index + 1)}


def _merged(item: Item, mention: Mention) -> Item:
    if mention.form == "noun":
        part = mention.id in _PARTS and mention.id not in item.classes
        return replace(item, last=mention.last, kind=mention, head=mention if part else item.head)
    if item.named:
        return replace(item, last=mention.last)
    return replace(item, last=mention.last, head=mention, kind=item.head)


def _is_adjective(passage: Passage, index: int) -> bool:
    token, words = passage.tokens[index], lexicon().words
    if token.is_number or token.key in _NO_ADJECTIVES or covering(passage, index):
        return False
    closed = (
        "negation",
        "be",
        "have",
        "future",
        "preposition",
        "break",
        "conjunction",
        "personal",
        "relative",
        "definite",
        "indefinite",
    )
    return not any(token.key in words[name] for name in closed)


_NO_ADJECTIVES: Final = word_set("later ago then now year years month months week weeks day days ever yet too")


def _with_modifiers(passage: Passage, item: Item) -> Item:
    """Walk left over adjectives, numbers, origins and makers."""
    index = item.first - 1
    while index >= 0 and item.first - index <= _REACH and _open(passage, index):
        step = _step(passage, item, index)
        if step is None:
            break
        item = step
        if passage.tokens[item.first].key in _ARTICLES:
            return _part_of(passage, item)
        index = item.first - 1
    return item


def _part_of(passage: Passage, item: Item) -> Item:
    """Take the number in ``24 of the drones``."""
    if item.quantity is None and item.first >= 2 and passage.tokens[item.first - 1].key == "of":
        counted = quantity_at(passage.tokens, item.first - 2)
        if counted:
            return replace(item, first=counted[1], quantity=counted[0])
    return item


_ARTICLES: Final = lexicon().words["definite"] - {"same", "such"} | {"a", "an"}


def _open(passage: Passage, index: int) -> bool:
    gap = passage.gap(index + 1)
    if _PLAIN.fullmatch(gap):
        return True
    return gap.strip() == ")" and passage.tokens[index].is_number and passage.gap(index).strip() == "("


def _step(passage: Passage, item: Item, index: int) -> Item | None:
    """Take one more modifier to the left; None where the phrase begins."""
    token, words = passage.tokens[index], lexicon().words
    known = covering(passage, index)
    if known:
        return _named_modifier(passage, item, known)
    if token.key == "s" and passage.gap(index) in {"’", "'"} and index:
        owner = covering(passage, index - 1)
        return _named_modifier(passage, item, owner, owned=True) if owner else None
    if token.key in words["definite"]:
        pointing = token.key in {"the", "these", "those", "this", "that", "same", "such"}
        return replace(item, first=index, definite=item.definite or pointing)
    if token.key in {"a", "an"}:
        return replace(item, first=index)
    if token.key in ORDINALS and index and passage.tokens[index - 1].key in {"a", "an"}:
        return replace(item, first=index - 1, quantity=1)
    counted = quantity_at(passage.tokens, index)
    if counted:
        return _counted(passage, item, index, counted)
    if token.key in words["made"] and token.gap == "-":
        return replace(item, first=index, made=token.key not in {"supplied", "style"})
    if token.key == "of" and index and passage.tokens[index - 1].key in _COUNTED:
        owned = index > 1 and passage.tokens[index - 2].key in {"its", "their"}
        return None if owned and passage.tokens[index - 1].key == "fleet" else replace(item, first=index)
    if token.key in _STOPS or token.key == "back" or _is_verb(passage, index) or not _is_adjective(passage, index):
        return None
    return replace(item, first=index)


def _before_number(passage: Passage, first: int) -> int:
    """Take ``up to``, ``more than``, ``at least`` and ``about`` before a number into the phrase."""
    pair = " ".join(token.key for token in passage.tokens[max(0, first - 2) : first])
    if pair in _VAGUELY:
        return first - 2
    handed = pair.startswith(("hand", "took", "tak"))
    return first - 1 if pair.rpartition(" ")[2] in {"about", "around", "over", "nearly"} and not handed else first


_VAGUELY: Final = frozenset({"up to", "more than", "fewer than", "less than", "at least", "at most", "as many"})


def _is_verb(passage: Passage, index: int) -> bool:
    """Whether a word that looks like an adjective is a verb here: ``Peru used jets``, ``has copied jets``."""
    token = passage.tokens[index]
    before = passage.tokens[index - 1].key if index else ""
    if token.key == "used":
        return before not in {"a", "the", "of", "some"} and not (index and quantity_at(passage.tokens, index - 1))
    return token.key.endswith("ed") and before in lexicon().words["have"]


def _counted(passage: Passage, item: Item, index: int, counted: tuple[int, int]) -> Item | None:
    after = passage.tokens[index + 1] if index + 1 < len(passage.tokens) else None
    if (
        passage.tokens[index].is_number
        and after is not None
        and (after.gap in {"", "-", "."} or counts_other(after.key))
    ):
        return replace(item, first=counted[1]) if after.gap in {"", "-"} else None
    if _is_model(passage, counted[1]):
        return None
    first = _before_number(passage, _in_words(passage, counted))
    if index >= 2 and passage.tokens[first - 1].key == "of" and item.quantity is None:
        part = quantity_at(passage.tokens, first - 2)
        if part and part[0] < counted[0]:
            return replace(item, first=part[1], quantity=part[0])
    return replace(item, first=first, quantity=item.quantity if item.quantity is not None else counted[0])


def _in_words(passage: Passage, counted: tuple[int, int]) -> int:
    """Give the first token of ``forty (40)``."""
    number, first = counted
    again = quantity_at(passage.tokens, first - 1) if first and passage.gap(first).strip() == "(" else None
    return again[1] if again and again[0] == number else first


def _is_model(passage: Passage, first: int) -> bool:
    """Whether a number belongs to a name that no list has: ``Cheetah 2000 vehicles``."""
    if not first or not passage.tokens[first].is_number or passage.gap(first) != " ":
        return False
    before = passage.tokens[first - 1]
    return first > 1 and before.is_capital and before.key not in MONTHS and not covering(passage, first - 1)


def _named_modifier(passage: Passage, item: Item, known: Mention, owned: bool = False) -> Item | None:
    if known.label == "Firm" and not item.maker:
        return replace(item, first=known.first, maker=known)
    if known.label != "State" or item.origin:
        return None
    adjective = known.form == "demonym" or (known.text.isupper() and len(known.text) <= 5) or "." in known.text
    if adjective or owned or passage.gap(known.last) == "-":
        return replace(item, first=known.first, origin=known)
    return None


def _verbs() -> frozenset[str]:
    """Words that are never adjectives of arms though they look like one."""
    words: set[str] = set()
    for form, trigger, name in lexicon().triggers:
        if (
            " " not in form
            and trigger.sort in {"verb", "operator"}
            and not (name in {"past", "participle"} and trigger.lemma == "use")
        ):
            words.add(form)
    words |= {form for form, trigger, _ in lexicon().triggers if trigger.sort == "noun" and " " not in form}
    words |= {word for word in lexicon().words["holding"] if not word.endswith("ed")}
    return frozenset(words | set(lexicon().attribution["verbs"])) - {
        "future",
        "potential",
        "possible",
        "proposed",
        "planned",
    }


_STOPS: Final = _verbs()
