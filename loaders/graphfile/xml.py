"""GraphML and GEXF, read in one pass: each node and edge with what it holds and the words in which it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat

from ...graph.errors import LoadError
from .things import Thing, Things, called, to_ours

_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?(?:graphml|gexf)\b")
_DECLARED: Final = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_TAG: Final = re.compile(rb"""<(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_BEFORE: Final = "\ufeff \t\n"
_OURS: Final = ("name", "kind", "since", "until", "title")


def recognises(text: str) -> bool:
    """Tell whether a text is GraphML or GEXF."""
    return text[:1000].lstrip(_BEFORE).startswith("<") and _ROOT.search(text[:5000]) is not None


def to_things(path: Path, text: str) -> Things:
    """Read a file.

    Args:
        path: of the file, for messages.
        text: its text; what it says of its encoding no longer holds.

    Raises:
        LoadError: it is no XML or holds no graph or several, or declares a document type or entities, which are never
            followed.
    """
    if _DECLARED.search(text):
        raise LoadError(f"{path} declares a document type or entities; such XML is not read. Take that out of it.")
    return _Reader(path, text).read()


@dataclass(slots=True)
class _Key:
    """An attribute that a file declares: its name, of what it is, its value where none is given."""

    name: str
    of: tuple[str, ...]
    changes: bool = False
    default: str = ""


@dataclass(slots=True)
class _Element:
    """A node or an edge while it is read."""

    what: str
    attributes: Mapping[str, str]
    line: int
    start: int
    end: int = 0
    values: dict[str, str] = field(default_factory=dict)
    spells: list[Mapping[str, str]] = field(default_factory=list)
    wrong: str = ""


class _Reader:
    """What one pass over a file has seen so far."""

    def __init__(self, path: Path, text: str) -> None:
        begin = len(text) - len(text.lstrip(_BEFORE))
        self._path = path
        self._bytes = text[begin:].encode("utf-8", "replace")
        self._at = (0, begin)  # a byte, and the code point that begins there
        self._lines = text.count("\n", 0, begin)
        self._form = self._space = ""
        self._graphs = 0
        self._keys: dict[tuple[str, str], _Key] = {}
        self._key: _Key | None = None  # that the element being read declares, or gives a value for
        self._of, self._changes = "", False  # what a GEXF file's attributes are of, and whether they change with time
        self._text: list[str] | None = None
        self._inside: list[str] = []
        self._open: list[_Element] = []
        self._found: list[_Element] = []
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def read(self) -> Things:
        try:
            self._parser.Parse(self._bytes, True)
        except expat.ExpatError as error:
            why = f"line {error.lineno + self._lines}: {expat.ErrorString(error.code)}"
            raise LoadError(f"{self._path} is no {self._form or 'XML'} that can be read: {why}.") from error
        if not self._graphs:
            raise LoadError(f"{self._path} is no {self._form} that can be read: it holds no element graph.")
        things = Things([], [])
        defaults = {what: self._defaults(what) for what in ("node", "edge")}
        for one in self._found:
            (things.nodes if one.what == "node" else things.edges).append(self._to_thing(one, defaults[one.what]))
        return things

    def _here(self, byte: int) -> int:
        """Give the code point at which a byte begins; bytes are asked for in their order."""
        before, at = self._at
        at += len(self._bytes[before:byte].decode("utf-8"))
        self._at = byte, at
        return at

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        space, _, name = full.rpartition(" ")
        if not self._inside:
            if name not in ("graphml", "gexf"):
                raise LoadError(f"{self._path} is neither GraphML nor GEXF: its first element is {name}.")
            self._form, self._space = name, space
        parent = self._inside[-1] if self._inside else ""
        own = space == self._space
        self._inside.append(name if own else "")
        if own:
            self._begin(name, parent, attributes)
        elif name in ("NodeLabel", "EdgeLabel") and self._open and "data" in self._inside[-8:]:
            self._text = []  # yEd keeps what a node is called within a picture of it

    def _begin(self, name: str, parent: str, given: dict[str, str]) -> None:
        if name == "graph":
            self._count_graph()
        elif name in ("node", "edge", "hyperedge"):
            self._open_element(name, given)
        elif name in ("nodes", "edges"):
            self._part_from_outer()
        elif name in ("key", "attributes", "attribute"):
            self._declare(name, given)
        elif name == "default" and parent in ("key", "attribute"):
            self._text = []
        elif name == "data" and parent in ("node", "edge"):
            self._key, self._text = self._find_key("", given.get("key", "")), []
        elif name == "attvalue" and self._open:
            key = self._find_key(self._open[-1].what, given.get("for", given.get("id", "")))
            self._put(key, given.get("value", ""))
        elif name == "spell" and self._open:
            self._open[-1].spells.append(given)

    def _declare(self, name: str, given: dict[str, str]) -> None:
        named = given.get("id", "")
        if name == "attributes":
            self._of, self._changes = given.get("class", ""), given.get("mode") == "dynamic"
        elif name == "attribute":
            self._key = self._keys[self._of, named] = _Key(given.get("title", named), (self._of,), self._changes)
        else:
            of = given.get("for", "all")
            of_what = ("node", "edge") if of == "all" else (of,)
            self._key = self._keys["", named] = _Key(given.get("attr.name", named), of_what)

    def _count_graph(self) -> None:
        self._graphs += 1
        if self._graphs > 1:
            how = "holds a graph within a node" if self._open else "holds more than one graph"
            line = self._parser.CurrentLineNumber + self._lines
            raise LoadError(f"{self._path}, line {line}: it {how}; write each graph to a file of its own.")

    def _part_from_outer(self) -> None:
        """End the quote of a node where others begin within it; they are quoted by themselves."""
        if self._open and not self._open[-1].end:
            self._open[-1].end = self._here(self._parser.CurrentByteIndex)

    def _open_element(self, name: str, given: dict[str, str]) -> None:
        self._part_from_outer()
        byte = self._parser.CurrentByteIndex
        line = self._parser.CurrentLineNumber + self._lines
        element = _Element("node" if name == "node" else "edge", given, line, self._here(byte))
        if name == "hyperedge":
            element.wrong = "an edge of more than two ends is not read"
        tag = _TAG.match(self._bytes, byte)
        if tag and tag[0].endswith(b"/>"):
            element.end = self._here(tag.end())
        self._open.append(element)
        self._found.append(element)

    def _find_key(self, of: str, key: str) -> _Key | None:
        found = self._keys.get((of, key))
        if found is None and key != "weight":  # Gephi gave weights that it did not declare
            self._open[-1].wrong = f"it has a value for {key[:60]!r}, which the file does not declare"
        return found

    def _put(self, key: _Key | None, text: str) -> None:
        """Keep a value; of one that changes with time none is the value."""
        text = text.strip()
        if key is None or key.changes or not text:
            return
        element = self._open[-1]
        if element.values.setdefault(key.name, text) != text and called(key.name)[1] in _OURS:
            element.wrong = f"it has more than one {key.name[:60]!r}"

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, full: str) -> None:
        self._inside.pop()
        space, _, name = full.rpartition(" ")
        if space != self._space:
            if self._text is not None and self._open and name in ("NodeLabel", "EdgeLabel"):
                self._put(_Key("label", ()), "".join(self._text))
                self._text = None
            return
        if name in ("default", "data") and self._text is not None:
            text, self._text = "".join(self._text), None
            if name == "data":
                self._put(self._key, text)
            elif self._key:
                self._key.default = text.strip()
        elif name in ("node", "edge", "hyperedge"):
            element = self._open.pop()
            if not element.end:
                element.end = self._here(self._bytes.find(b">", self._parser.CurrentByteIndex) + 1)

    def _to_thing(self, one: _Element, defaults: Mapping[str, str]) -> Thing:
        given = to_ours({**defaults, **one.values, **self._own(one)}.items())
        ends = ("id",) if one.what == "node" else ("source", "target")
        given = {name: text for name, text in given.items() if name not in ("id", "source", "target")}
        given |= {name: one.attributes[name] for name in ends if one.attributes.get(name)}
        wrong = one.wrong or next((f"it has no {name}" for name in ends if name not in given), "")
        odd = "it holds in several spells, of which none is read" if len(one.spells) > 1 else ""
        both_ways = self._form == "gexf" and one.attributes.get("type") == "mutual"
        return Thing(given, one.line, one.start, one.end, wrong, odd, both_ways)

    def _defaults(self, what: str) -> dict[str, str]:
        """Give what holds of each node, or of each edge, that says nothing else; only of what is read here."""
        keys = [one for one in self._keys.values() if one.default and what in one.of and not one.changes]
        counting = {called(one.name): one for one in keys if called(one.name)[1] in _OURS}
        return {one.name: one.default for one in counting.values()}

    def _own(self, one: _Element) -> dict[str, str]:
        """Give what GEXF has attributes of its own for; a kind there only where no value says another."""
        if self._form != "gexf":
            return {}
        given = {**(one.spells[0] if len(one.spells) == 1 else {}), **one.attributes}
        says_kind = any(called(name)[1] == "kind" for name in one.values)
        names = ("label", "start", "end", *(() if says_kind else ("kind",)))
        return {name: given[name].strip() for name in names if given.get(name, "").strip()}
