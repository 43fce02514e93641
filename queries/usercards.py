"""Cards that users write: YAML files in a folder, checked like ours and only for reading."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from string import Formatter
from typing import Any, Final

from ..graph.errors import CardWrong, StatementRefused
from ..graph.handwritten import read_yaml, to_value
from ..graph.names import did_you_mean
from ..graph.typed.guard import refuse_all_but_reading
from ..graph.typed.safe import to_safe
from ..graph.typed.tokens import tokens
from .card import Card
from .parameter import NODES, Parameter, is_year
from .selection import DEALS, to_match

LARGEST: Final = 64 * 1024
"""Bytes of a file; a card is a page of text."""

_KEYS: Final = {"name": str, "question": str, "cypher": str, "mind": str, "row": str, "theme": str, "parameters": list}
_NEEDED: Final = ("name", "question", "cypher", "mind")
_PARAMETER_KEYS: Final = {
    "name": str,
    "kind": str,
    "help": str,
    "required": bool,
    "default": (str, int),
    "least": int,
    "most": int,
    "choices": list,
}
_PARAMETER_NEEDED: Final = ("name", "kind", "help")
_KINDS: Final = (*NODES, "category", "year", "number", "choice")
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_PARAMETER_NAME: Final = re.compile(r"[a-z][a-z0-9]{0,19}")
_WRITING: Final = ("CREATE", "MERGE", "DELETE", "DETACH", "SET", "REMOVE", "FOREACH", "INSERT", "DROP", "ALTER", "LOAD")
_TAKEN: Final = (
    *("store", "format", "html", "explain", "count", "help", "cards", "limit", "past", "quiet", "verbose"),
    *("url", "form", "explains", "counts", "shows"),
)
"""Names that options of every question have, or the functions behind them."""
_KIND_OF: Final = {"since": "year", "until": "year", "top": "number"}
"""Names that mean the same in every question, and so have the same kind."""


def read_cards(folder: Path, ours: Collection[str]) -> dict[str, Card]:
    """Read every card of a folder (``*.yaml``, ``*.yml``), by name.

    Args:
        folder: where the files are.
        ours: names that are taken.

    Raises:
        CardWrong: the folder is not there, or a file is no card; the message says which and why.
    """
    if not folder.is_dir():
        raise CardWrong(f"{folder} is no folder; --cards takes the folder that holds your cards.")
    cards: dict[str, Card] = {}
    for path in sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml")):
        card = read_card(path)
        if card.name in ours or card.name in cards:
            whose = "a question of legation" if card.name in ours else "another card of this folder"
            raise CardWrong(f"{path}: {whose} is called {card.name} already; give yours another name.")
        cards[card.name] = card
    return cards


def read_card(path: Path) -> Card:
    """Read one card.

    Raises:
        CardWrong: the file cannot be read, or is no card, or does more than read.
    """
    values = _mapping(to_value(read_yaml(path, LARGEST, CardWrong), str(path), CardWrong), _KEYS, _NEEDED, path)
    if not _NAME.fullmatch(values["name"]):
        raise CardWrong(f"{path}: {values['name']!r} is no name; write lower-case letters, digits and hyphens.")
    parameters = tuple(_parameter(given, path) for given in values.get("parameters", ()))
    names = [one.name for one in parameters]
    if len(set(names)) < len(names):
        raise CardWrong(f"{path}: two parameters have the same name.")
    _check_question(values["question"], names, path)
    if not values["mind"].strip().endswith("."):
        raise CardWrong(f"{path}: mind is a sentence that says what the answer is not, and ends with a full stop.")
    _check_cypher(values["cypher"], names, path)
    return Card(
        name=values["name"],
        theme=values.get("theme", "Your own"),
        question=values["question"].strip(),
        parameters=parameters,
        cypher=values["cypher"].strip(),
        row=values.get("row", "").strip(),
        mind=values["mind"].strip(),
    )


def _mapping(given: Any, keys: Mapping[str, Any], needed: Collection[str], path: Path) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise CardWrong(f"{path}: a card is a mapping with {', '.join(keys)}.")
    for name, value in given.items():
        if name not in keys:
            hint = did_you_mean(str(name), keys)
            raise CardWrong(f"{path}: {name!r} is not part of a card; it has {', '.join(keys)}.{hint}")
        if not isinstance(value, keys[name]) or (keys[name] is int and isinstance(value, bool)):
            raise CardWrong(f"{path}: {name} cannot be {value!r}.")
    for name in needed:
        if not given.get(name):
            raise CardWrong(f"{path}: there is no {name}.")
    return given


def _parameter(given: Any, path: Path) -> Parameter:
    values = _mapping(given, _PARAMETER_KEYS, _PARAMETER_NEEDED, path)
    if not _PARAMETER_NAME.fullmatch(values["name"]) or values["name"] in _TAKEN:
        raise CardWrong(
            f"{path}: {values['name']!r} cannot be the name of a parameter; write a few lower-case letters."
        )
    if values["kind"] not in _KINDS:
        raise CardWrong(f"{path}: {values['kind']!r} is no kind of parameter; use {', '.join(_KINDS)}.")
    kind = _KIND_OF.get(values["name"], values["kind"])
    if values["kind"] != kind:
        raise CardWrong(
            f"{path}: the parameter {values['name']} is a {kind} in every question, not a {values['kind']}."
        )
    if values["kind"] in ("year", "number") and not isinstance(values.get("default", 0), int):
        raise CardWrong(f"{path}: the default of {values['name']} is no number.")
    if values["kind"] == "year" and not ((default := values.get("default", -1)) < 0 or is_year(default)):
        raise CardWrong(
            f"{path}: the default of {values['name']} is no year but {default}; write four digits, or a negative "
            "number to count back from the last year that is loaded."
        )
    choices = tuple(map(str, values.get("choices", ())))
    if (values["kind"] == "choice") != bool(choices):
        raise CardWrong(f"{path}: a parameter has choices if its kind is choice, and only then.")
    return Parameter(
        values["name"],
        values["kind"],
        values["help"],
        values.get("required", "default" not in values),
        values.get("default"),
        values.get("least", 0),
        values.get("most"),
        choices,
    )


def _check_question(question: str, names: Collection[str], path: Path) -> None:
    if not question.strip().endswith("?"):
        raise CardWrong(f"{path}: the question {question.strip()!r} does not end with a question mark.")
    try:
        parts = [(field, spec, how) for _, field, spec, how in Formatter().parse(question) if field is not None]
    except ValueError as error:
        raise CardWrong(f"{path}: the question cannot be read: {error}.") from error
    for field, spec, how in parts:
        if field not in names or spec or how:
            raise CardWrong(f"{path}: {{{field}}} in the question is none of the parameters ({', '.join(names)}).")


def _check_cypher(cypher: str, names: Collection[str], path: Path) -> None:
    statement = cypher.replace(DEALS, to_match(dict.fromkeys(names, "")))
    try:
        refuse_all_but_reading(statement)
        to_safe(statement)
    except StatementRefused as error:
        raise CardWrong(f"{path}: {error}") from error
    held = tokens(statement)
    for before, word in zip([None, *held], held, strict=False):
        if word.is_word(*_WRITING) and not (before and before.is_sign(".", ":", "|")):
            raise CardWrong(f"{path}: the Cypher may only read, and {word.text} writes.")
    used = set(re.findall(r"\$(\w+)", statement))
    if lacking := sorted(used - {*names, "limit", "past"}):
        raise CardWrong(f"{path}: the Cypher uses ${lacking[0]}, and no parameter is called that.")
    if unused := sorted(set(names) - used):
        raise CardWrong(f"{path}: the Cypher does not use the parameter {unused[0]}.")
