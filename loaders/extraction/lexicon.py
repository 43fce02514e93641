"""The lexicon as data: words of transfer with their roles, operators of status, small words, roles of persons."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

FORMS: Final = ("base", "third", "past", "ing", "participle")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of a transfer, or changes what another tells.

    Attributes:
        sort: ``verb``, ``noun``, ``predicate``, ``service`` or ``operator``.
        status: what it says has happened; empty if nothing by itself.
        subject: role of a verb's active subject, or of a noun's owner: ``supplier``, ``buyer``, ``item`` or ``middle``.
        object: ``buyer`` where the receiver is the object and the thing stands behind ``with``.
        dative: whether the receiver may stand straight behind the verb.
        aid: whether an agreement to do it is only a pledge.
        aid_status: of an operator: the status over a verb with ``aid``.
        kind: of the transfer.
        bare: whether it needs an object of known origin.
        lemma: the first of its forms.
        through: prepositions behind which the thing stands: ``paid … for``.
    """

    sort: str
    status: str
    subject: str = ""
    object: str = ""
    dative: bool = False
    aid: bool = False
    aid_status: str = ""
    kind: str = ""
    bare: bool = False
    lemma: str = ""
    through: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Money:
    """How sums of money are written.

    Attributes:
        currencies: ISO 4217 code of each symbol, code and word.
        scales: what ``million`` and the like multiply by.
    """

    currencies: dict[str, str]
    scales: dict[str, float]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything in lexicon.toml, ready for look-up.

    Attributes:
        triggers: each form with its trigger and, for verbs, the name of the form.
        words: the small words by class, in lower case.
        attribution: words that name a speaker.
        roles: words for offices, kinship and parts of names.
        forms: shapes of names.
        descriptions: nouns that point back like a pronoun, by the label that they stand for.
        columns: names of the columns of a table, by the role of what stands in them.
        money: how sums of money are written.
        makers: words beside firms, members and systems in use.
        weak: nouns that are arms only as the object of a transfer, each with its class; empty for none.
    """

    triggers: tuple[tuple[str, Trigger, str], ...]
    words: dict[str, frozenset[str]]
    institutions: frozenset[str]
    attribution: dict[str, tuple[str, ...]]
    roles: dict[str, tuple[str, ...]]
    forms: dict[str, tuple[str, ...]]
    descriptions: dict[str, tuple[str, ...]]
    weak: tuple[tuple[str, str], ...]
    columns: dict[str, tuple[str, ...]]
    money: Money
    makers: dict[str, tuple[str, ...]]


@cache
def lexicon() -> Lexicon:
    """Give the lexicon; the file is read at the first call."""
    with (files(__package__) / "lexicon.toml").open("rb") as source:
        table = tomllib.load(source)
    words = dict(table["words"])
    institutions = frozenset(words.pop("institution")["state"])
    return Lexicon(
        tuple(_triggers(table)),
        {name: frozenset(entries) for name, entries in words.items()},
        institutions,
        {name: tuple(entries) for name, entries in table["attribution"].items()},
        {name: tuple(entries) for name, entries in table["roles"].items()},
        {name: tuple(entries) for name, entries in table["forms"].items()},
        {name: tuple(entries) for name, entries in table["descriptions"].items()},
        tuple((text, node) for node, texts in table["weak"].items() for text in texts),
        {name: tuple(entries) for name, entries in table["columns"].items()},
        _money(table["money"]),
        {name: tuple(entries) for name, entries in table["makers"].items()},
    )


def _money(table: dict[str, Any]) -> Money:
    marks = {mark: code for code, marks in table["currencies"].items() for mark in (code, *marks)}
    return Money(marks, table["scales"])


def _triggers(table: dict[str, Any]) -> Iterator[tuple[str, Trigger, str]]:
    for row in table["verb"]:
        given = {name: row[name] for name in ("object", "dative", "aid", "kind", "bare") if name in row}
        through = frozenset(row.get("through", ()))
        verb = Trigger("verb", row["status"], row["subject"], lemma=row["forms"][0], through=through, **given)
        named = zip(row["forms"], FORMS, strict=False)
        yield from ((form, verb, name) for form, name in named if name != "base" or row["forms"].count(form) == 1)
    for row in table["noun"]:
        noun = Trigger("noun", row["status"], row["of"], aid=row.get("aid", False), lemma=row["forms"][0])
        yield from ((form, noun, "") for form in row["forms"])
    for sort in ("predicate", "service"):
        for row in table[sort]:
            yield from ((form, Trigger(sort, row["status"], lemma=row["forms"][0]), "") for form in row["forms"])
    for row in table["operator"]:
        operator = Trigger("operator", row["status"], aid_status=row.get("aid", ""), lemma=row["words"][0])
        yield from ((form, operator, "") for form in row["words"])
