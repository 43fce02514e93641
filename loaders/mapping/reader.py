"""Reading a mapping: YAML into the model, every key and value checked, every error with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from ...graph.handwritten import kind_of, parse_yaml, read_yaml
from ...graph.names import did_you_mean
from ...graph.periods import is_date
from .faults import find_faults
from .model import (
    Condition,
    Exclusion,
    Fold,
    MappingSpec,
    MappingWrong,
    PartySpec,
    SourceSpec,
    StatementSpec,
    TableSpec,
    Test,
    Value,
)
from .schema import CODED, SHAPES, STATEMENTS, Key

if TYPE_CHECKING:
    import yaml

LARGEST: Final = 256 * 1024
"""Bytes of a file; a mapping is a few pages of text."""
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,59}")


def read_mapping(path: Path) -> MappingSpec:
    """Read a mapping from its file.

    Raises:
        MappingWrong: it cannot be read, or is no mapping; the message says in which line and why.
    """
    return _Reader(str(path)).mapping(read_yaml(path, LARGEST, MappingWrong))


def parse_mapping(text: str, name: str) -> MappingSpec:
    """Read a mapping from its text; ``name`` is for the message."""
    return _Reader(name).mapping(parse_yaml(text, name, MappingWrong))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the nodes of one file."""

    file: str

    def mapping(self, root: yaml.Node | None) -> MappingSpec:
        if root is None:
            raise MappingWrong(f"{self.file} is empty; `legation mapping guess TABLE` writes a first mapping.")
        given = self._shape(root, "mapping")
        name = given.pop("mapping")
        if not _NAME.fullmatch(name):
            self._wrong(root, f"{name!r} is no name; write lower-case letters, digits and hyphens.")
        spec = MappingSpec(file=self.file, name=name, **given)
        self._check_names(spec)
        return spec

    def _check_names(self, spec: MappingSpec) -> None:
        """Refuse the name of a party that is not there, and parties that belong to each other in a circle."""
        for statement in spec.statements:
            for names in statement.parties.values():
                self._known(names, spec, statement.line)
        for name, party in spec.parties.items():
            seen, of = {name}, party.of
            while of is not None:
                self._known((of,), spec, party.line)
                if of in seen:
                    raise MappingWrong(f"{self.file}, line {party.line}: {name} belongs to itself by way of {of}.")
                seen.add(of)
                of = spec.parties[of].of

    def _known(self, names: Iterable[str], spec: MappingSpec, line: int) -> None:
        for name in names:
            if name not in spec.parties:
                hint = did_you_mean(name, spec.parties) or f" There are {', '.join(spec.parties) or 'none'}."
                raise MappingWrong(f"{self.file}, line {line}: no party is called {name!r}.{hint}")

    def _wrong(self, node: yaml.Node, what: str) -> NoReturn:
        raise MappingWrong(f"{self.file}, line {_line(node)}: {what}")

    def _pairs(self, node: yaml.Node, what: str) -> list[tuple[str, yaml.Node, yaml.Node]]:
        if kind_of(node) != "mapping":
            self._wrong(node, f"{what} is written as keys with values.")
        pairs = [(self._text(key, "a key"), key, value) for key, value in node.value]
        names: set[str] = set()
        for name, key, _ in pairs:
            if name in names:
                self._wrong(key, f"{name!r} is there twice.")
            names.add(name)
        return pairs

    def _shape(self, node: yaml.Node, shape: str, keys: Mapping[str, Key] | None = None) -> dict[str, Any]:
        """Read a node of a shape into its values, with the ``line`` on which it begins."""
        keys = SHAPES[shape] if keys is None else keys
        given: dict[str, Any] = {"line": _line(node)}
        for name, at, value in self._pairs(node, f"a {shape}"):
            if name not in keys:
                self._wrong(at, f"{name!r} is no key of a {shape}; it has {', '.join(keys)}.{did_you_mean(name, keys)}")
            given[name] = self._read(value, keys[name])
        for key in keys.values():
            if key.needed and not given.get(key.name):
                self._wrong(node, f"the {shape} has no {key.name}. {key.meaning}")
        return given

    def _read(self, node: yaml.Node, key: Key) -> Any:
        if key.kind.startswith("list of "):
            if kind_of(node) != "sequence":
                self._wrong(node, f"{key.name} is a list; begin each of its parts with a hyphen.")
            return tuple(self._built(one, key.kind.removeprefix("list of ")) for one in node.value)
        if key.kind.startswith("named "):
            shape = key.kind.removeprefix("named ")
            return {name: self._built(value, shape) for name, _, value in self._pairs(node, key.name)}
        if key.kind in SHAPES and key.kind != "value":
            return self._built(node, key.kind)
        simple: dict[str, Callable[[], Any]] = {
            "text": lambda: self._text(node, key.name),
            "texts": lambda: self._texts(node, key.name),
            "number": lambda: self._number(node, key.name),
            "choice": lambda: self._choice(node, key),
            "chosen": lambda: self._chosen(node, key),
            "condition": lambda: self._condition(node),
            "value": lambda: self._value(node, key),
            "values": lambda: self._values(node, key),
            "party name": lambda: self._text(node, key.name),
            "party names": lambda: self._texts(node, key.name),
            "table": lambda: {name: self._text(value, name) for name, _, value in self._pairs(node, key.name)},
        }
        return simple[key.kind]()

    def _built(self, node: yaml.Node, shape: str) -> Any:
        if shape == "statement":
            return self._statement(node)
        given = self._shape(node, shape)
        if shape == "fold":
            return self._fold(node, given)
        if shape == "source":
            if given.get("published") and not is_date(given["published"]):
                self._wrong(node, f"{given['published']!r} is no date; write 2021-12-03, 2021-12 or 2021.")
            return SourceSpec(**given)
        if shape == "party" and not ("name" in given or "code" in given):
            self._wrong(node, "a party has a name, or a code in a list of codes.")
        if shape == "party" and "code" in given and "list" not in given:
            self._wrong(node, "a code is understood by a list; add `list: cow` or `list: gw`.")
        if shape == "party" and "code" in given:
            label = given["label"]
            meant = {*label.values.values(), *filter(None, (label.constant, label.default))}
            if meant and not meant & {*CODED}:
                self._wrong(node, f"codes are those of states and organisations, and of no {min(meant).lower()}.")
        if shape == "party":
            self._refuse_idle(node, given)
        return {"table layout": TableSpec, "row left out": Exclusion, "party": PartySpec}[shape](**given)

    def _refuse_idle(self, node: yaml.Node, given: Mapping[str, Any]) -> None:
        """Refuse keys of a party that do nothing; whoever writes them means something."""
        beside = {"list": "code", "on": "code"} | dict.fromkeys(("of", "since", "until", "key", "otherwise"), "name")
        for name, other in beside.items():
            if name in given and other not in given:
                self._wrong(self._pair(node, name), f"{name} does nothing without {other}; leave it out.")
        label = given["label"].constant
        for name in ("since", "until"):
            if name in given and label not in (None, "Person"):
                self._wrong(
                    self._pair(node, name), f"{name} is of people, and does nothing of a {label}; leave it out."
                )

    def _fold(self, node: yaml.Node, given: dict[str, Any]) -> Fold:
        if ("years" in given) == ("span" in given):
            self._wrong(node, "a fold has either years, the column of the year, or span.")
        return Fold(**given | {"span": "span" in given})

    def _statement(self, node: yaml.Node) -> StatementSpec:
        pairs = {name: value for name, _, value in self._pairs(node, "a statement")}
        if "states" not in pairs:
            self._wrong(node, f"a statement has the key states; it is {', '.join(STATEMENTS)}.")
        states = self._choice(pairs["states"], SHAPES["statement"]["states"])
        given = self._shape(node, f"statement of {states}", STATEMENTS[states])
        keys = STATEMENTS[states]
        values = {
            name: value if isinstance(value, tuple) else (value,)
            for name, value in given.items()
            if name in keys and keys[name].kind in ("value", "values", "chosen")
        }
        parties = {
            name: value if isinstance(value, tuple) else (value,)
            for name, value in given.items()
            if name in keys and keys[name].kind in ("party name", "party names")
        }
        rest = {name: value for name, value in given.items() if name not in values and name not in parties}
        if not 0 <= rest.get("confidence", 1.0) <= 1:
            self._wrong(pairs["confidence"], "a confidence is a number from 0 to 1.")
        if rest.get("fold") and rest["fold"].years and {"since", "until"} & values.keys():
            self._wrong(pairs["fold"], "the years of a fold are its since and until; leave those out.")
        return StatementSpec(values=values, parties=parties, **rest)

    def _text(self, node: yaml.Node, what: str) -> str:
        if kind_of(node) != "scalar":
            self._wrong(node, f"{what} is a text.")
        return str(node.value)

    def _texts(self, node: yaml.Node, what: str) -> tuple[str, ...]:
        if kind_of(node) != "sequence":
            return (self._text(node, what),)
        if not node.value:
            self._wrong(node, f"{what} is an empty list; leave it out.")
        return tuple(self._text(one, what) for one in node.value)

    def _number(self, node: yaml.Node, what: str) -> float:
        text = self._text(node, what)
        if not re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", text):
            self._wrong(node, f"{what} is a number, not {text!r}.")
        return float(text)

    def _choice(self, node: yaml.Node, key: Key) -> str:
        text = self._text(node, key.name)
        if text not in key.choices:
            hint = did_you_mean(text, key.choices)
            self._wrong(node, f"{text!r} is no {key.name}; use one of {', '.join(key.choices)}.{hint}")
        return text

    def _chosen(self, node: yaml.Node, key: Key) -> Value:
        """Read a choice, or a value whose every meaning is one."""
        if kind_of(node) == "scalar":
            return Value(_line(node), constant=self._choice(node, key))
        value = self._value(node, key)
        meant = [*value.values.values(), *filter(None, (value.constant, value.default))]
        for text in meant:
            if text not in key.choices:
                hint = did_you_mean(text, key.choices)
                self._wrong(node, f"{text!r} is no {key.name}; use one of {', '.join(key.choices)}.{hint}")
        return value

    def _values(self, node: yaml.Node, key: Key) -> tuple[Value, ...]:
        if kind_of(node) == "sequence":
            return tuple(self._value(one, key) for one in node.value)
        return (self._value(node, key),)

    def _value(self, node: yaml.Node, key: Key) -> Value:
        """Read where a value is; a text alone is the name of its column."""
        if kind_of(node) == "scalar":
            return Value(_line(node), column=self._text(node, key.name))
        given = self._shape(node, "value")
        value = Value(**given)
        for name, what in find_faults(value, given, key):
            self._wrong(self._pair(node, name), what)
        return value

    def _pair(self, node: yaml.Node, name: str) -> yaml.Node:
        """Give the node of a key, or the whole if it is not there."""
        return next((at for key, at, _ in self._pairs(node, name) if key == name), node)

    def _condition(self, node: yaml.Node) -> Condition:
        tests = []
        for column, at, value in self._pairs(node, "a condition"):
            if kind_of(value) == "mapping":
                given = self._shape(value, "test")
                none_of, empty = given.pop("not", ()), given.pop("empty", None)
                tests.append(Test(column=column, none_of=none_of, empty=empty and empty == "true", **given))
            else:
                tests.append(Test(_line(at), column, among=self._texts(value, column)))
        return tuple(tests)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
