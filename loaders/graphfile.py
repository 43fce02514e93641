"""Graph files of other programs: GraphML, GEXF, or a folder's nodes.csv and edges.csv, as claims of that file.

What kind a node or an edge is stands in its attribute ``kind``, ``type`` or another of ``graphfile.toml``, which also
says which words mean which; of an edge its label counts where nothing else says it. An edge whose kind is not in the
schema, or whose ends cannot have it, is refused with the reason.
"""

from __future__ import annotations

import io
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from ..graph.claims import Claim, Document, Source
from ..graph.errors import LoadError
from ..graph.names import Entry, did_you_mean, make_id, reference, slug
from ..graph.periods import is_date
from ..graph.schema import LABELS, RELATIONS, STATED
from ..graph.statements import DescriptionStatement, Party, RelationStatement, Statement
from .reading import Given, Place, Reading, Tally, to_claim

EXTRACTOR: Final = "graphfile/1"
NODES: Final = "nodes.csv"
EDGES: Final = "edges.csv"
_ROOT: Final = re.compile(r"<(graphml|gexf)\b")
_DECLARED: Final = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_SAYS_ENCODING: Final = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_NOWHERE: Final = (0, 0, 0)
_LONGEST_NAME: Final = 300
_LABELS_OF_NODES: Final = ("State", "Firm", "Person", "Organisation", "System", "Conflict")


@dataclass(frozen=True, slots=True)
class _Thing:
    """A node or an edge of the file: its attributes, the words in which it stands, and where."""

    given: Mapping[str, str]
    line: int
    start: int
    end: int


@cache
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files(__package__) / "graphfile.toml").read_text(encoding="utf-8"))


def recognises(path: Path, text: str) -> bool:
    """Tell whether a text is GraphML or GEXF, or the edges of a folder that also holds its nodes."""
    return _find_form(text) is not None or _is_edges(path)


def _find_form(text: str) -> str | None:
    found = _ROOT.search(text[:5000]) if text[:1000].lstrip("\ufeff \t\n").startswith("<") else None
    return found[1] if found else None


def is_read_with_edges(path: Path) -> bool:
    """Tell whether a file holds the nodes of edges that stand beside it, and is read with them."""
    return path.name.lower() == NODES and (path.parent / EDGES).is_file()


def reads_too(path: Path) -> tuple[Path, ...]:
    """Name the nodes that are read with a file of edges."""
    return (path.parent / NODES,) if _is_edges(path) else ()


def _is_edges(path: Path) -> bool:
    return path.name.lower() == EDGES and (path.parent / NODES).is_file()


def read(path: Path, text: str, given: Given) -> Reading:
    """Read a graph file; without a source of its own it is the source.

    Args:
        path: the file; of ``edges.csv`` the ``nodes.csv`` beside it is read as well.
        text: its text.
        given: what the user said of it.

    Raises:
        LoadError: it is no graph, or its XML declares a document type or entities, which are never followed.
    """
    if _is_edges(path):
        from .text import read_text  # noqa: PLC0415  (only here a loader reads a second file)

        nodes = read_text(path.parent / NODES)
        content = f"{nodes.rstrip()}\n\n{text}"
        things = _from_tables(path, nodes, content)
    else:
        form = _find_form(text)
        if form is None:
            raise LoadError(f"{path} is neither GraphML nor GEXF, nor {EDGES} with {NODES} beside it.")
        if _DECLARED.search(text):
            raise LoadError(f"{path} declares a document type or entities; such XML is not read. Take that out of it.")
        content, things = text, _from_xml(path, text, form)
    name = (path.absolute().parent.name if _is_edges(path) else "") or path.name
    source = Source(given.source or name, given.reliability)
    document = Document(name, content, source, "graphfile", given.published_on, keeps_text=False)
    tally = Tally()
    return Reading(document, _claims(path, document, things, tally, strict=given.strict), tally)


_Things = tuple[dict[str, _Thing], list[_Thing]]
"""The nodes by id, and the edges, which have ``source`` and ``target``."""


def _from_tables(path: Path, nodes: str, content: str) -> _Things:
    found = {one.given["id"]: one for one in _rows(path.parent / NODES, nodes, 0, ("id",))}
    at = len(nodes.rstrip()) + 2
    return found, list(_rows(path, content[at:], at, ("source", "target")))


def _rows(path: Path, text: str, offset: int, needed: tuple[str, ...]) -> Iterator[_Thing]:
    """Read a table; columns of Gephi and of the usual exports go by the names of ``graphfile.toml``."""
    from .mapping.tables import first_header, read_rows  # noqa: PLC0415  (only tables need it)

    header = first_header(text)
    names = [_called(name)[1] for name in header.names]
    for name in needed:
        if name not in names:
            hint = did_you_mean(name, names)
            raise LoadError(f"{path} has no column {name!r}; it has {', '.join(header.names)}.{hint}")
    for row in read_rows(text, header, take_short=True):
        given = _to_ours(zip(header.names, row.cells, strict=False))
        wrong = row.wrong or next((f"{name} is empty" for name in needed if name not in given), "")
        given = {"wrong": wrong, **dict.fromkeys(needed, f"line {row.line}"), **given} if wrong else given
        yield _Thing(given, row.line, offset + row.start, offset + row.end)


def _to_ours(values: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give attributes by our names; of several that mean one thing the first in the order of ``graphfile.toml``.

    Of several kinds it is the first that is known, so that a class of weapons beside ``System`` is none.
    """
    found: dict[str, str] = {}
    for (_, name), text in sorted(((_called(name), text) for name, text in values if text), key=lambda one: one[0][0]):
        if name != "kind":
            found.setdefault(name, text)
        elif slug(text) not in _words()["no_kinds"] and not _is_kind(found.get(name, "")):
            found[name] = text if _is_kind(text) else found.get(name, text)
    return found


@lru_cache(maxsize=10_000)
def _called(name: str) -> tuple[int, str]:
    """Give how late an attribute counts among those that mean the same, and what it is called here."""
    plain = slug(name).replace("-", "_")
    words = _words()["attributes"]
    return ([*words].index(plain) + 1, words[plain]) if plain in words else (0, plain)


def _is_kind(text: str) -> bool:
    return bool(text) and (slug(text) in _words()["labels"] or _to_relation(text) in RELATIONS)


def _to_relation(text: str) -> str:
    return str(_words()["relations"].get(slug(text), text.strip().upper().replace(" ", "_")))


def _from_xml(path: Path, text: str, form: str) -> _Things:
    import networkx as nx  # noqa: PLC0415  (only graph files need it)

    read = nx.read_graphml if form == "graphml" else nx.read_gexf
    try:
        # It is text by now, so what it says of its encoding no longer holds.
        graph = read(io.BytesIO(_SAYS_ENCODING.sub("", text, count=1).encode("utf-8", "replace")))
    except (nx.NetworkXException, ValueError, KeyError, TypeError, AttributeError, SyntaxError) as error:
        raise LoadError(f"{path} is no {form} that can be read: {' '.join(str(error).split())}.") from error
    places, written = _places(text)
    nodes = {
        str(one): _Thing(_texts(values) | {"id": str(one)} | _lost(place), *place)
        for one, values in graph.nodes(data=True)
        for place in [places.get(str(one), _NOWHERE)]
    }
    waiting: dict[object, list[tuple[tuple[str, str], Place]]] = defaultdict(list)
    for ends, place in written:
        waiting[ends if graph.is_directed() else frozenset(ends)].append((ends, place))
    edges = []
    for start, end, values in graph.edges(data=True):
        key = (str(start), str(end))
        # Of a graph without directions the ends come in any order; the file's own is what its author wrote.
        found = waiting[key if graph.is_directed() else frozenset(key)]
        ends, place = found.pop(0) if found else (key, _NOWHERE)
        edges.append(_Thing(_texts(values) | {"source": ends[0], "target": ends[1]} | _lost(place), *place))
    return nodes, edges


def _lost(place: Place) -> dict[str, str]:
    """Refuse what cannot be quoted, as a node that only an edge names."""
    return {"wrong": "no element of the file declares it"} if place == _NOWHERE else {}


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return _to_ours(
        (str(name), str(value).strip()) for name, value in values.items() if isinstance(value, str | int | float)
    )


_ELEMENT: Final = re.compile(r"<(\w+:)?(node|edge)\b[^>]*?(/?)>")
_UNREAD: Final = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_ATTRIBUTE: Final = re.compile(r"""\b(id|source|target)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def _places(text: str) -> tuple[dict[str, Place], list[tuple[tuple[str, str], Place]]]:
    """Find where each node stands, by its id, and each edge, with its ends, in the order of the file."""
    from html import unescape  # noqa: PLC0415  (only XML needs it)

    nodes: dict[str, Place] = {}
    edges: list[tuple[tuple[str, str], Place]] = []
    line, before = 1, 0
    for found in _ELEMENT.finditer(_UNREAD.sub(lambda found: " " * len(found[0]), text)):
        line += text.count("\n", before, found.start())
        before, end = found.start(), found.end()
        if not found[3]:
            close = text.find(f"</{found[1] or ''}{found[2]}>", end)
            end = text.find(">", close) + 1 if close >= 0 else end
        given = {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(found[0])}
        if found[2] == "node":
            nodes.setdefault(given.get("id", ""), (line, before, end))
        else:
            edges.append(((given.get("source", ""), given.get("target", "")), (line, before, end)))
    return nodes, edges


def _claims(path: Path, document: Document, things: _Things, tally: Tally, *, strict: bool) -> Iterator[Claim]:
    nodes, edges = things
    parties: dict[str, Party | str] = {}
    for node_id, thing in nodes.items():
        parties[node_id] = _to_party(thing.given)
    for what, thing in [*(("node", one) for one in nodes.values()), *(("edge", one) for one in edges)]:
        tally.read += 1
        try:
            stated = _describe(thing.given, parties) if what == "node" else _relate(thing.given, parties)
        except LoadError as error:
            reason = f"{what} {_name_of(what, thing.given)}: {str(error).rstrip('.')}"
            tally.refuse(path, thing.line, reason, strict=strict)
            continue
        yield to_claim(document, (thing.line, thing.start, thing.end), stated, EXTRACTOR)
    if not tally.read:
        raise LoadError(f"{path} holds no node and no edge.")


def _name_of(what: str, given: Mapping[str, str]) -> str:
    edge = f"{given.get('source')} – {given.get('target')}"
    text = edge if what == "edge" else given.get("name") or given["id"]
    return repr(text if len(text) <= 60 else f"{text[:60]}…")


def _to_party(given: Mapping[str, str]) -> Party | str:
    """Give the party that a node is, or why it is none."""
    if given.get("wrong"):
        return given["wrong"]
    name, kind = given.get("name") or given["id"], given.get("kind", "")
    if len(name) > _LONGEST_NAME or len(given["id"]) > _LONGEST_NAME:
        return f"its name or id has more than {_LONGEST_NAME} characters"
    label = _words()["labels"].get(slug(kind)) if kind else None
    found = _find_ours(given["id"], name, kind, label)
    if found is not None:
        return Party(found.id, found.name)
    if not kind:
        return "nothing says what it is, and the lists do not know its name; give it an attribute kind or type"
    if label is None:
        hint = did_you_mean(kind, _LABELS_OF_NODES)
        return f"{kind!r} is no kind of node; use one of {', '.join(_LABELS_OF_NODES)}.{hint}"
    if label == "State":
        return "it is no state that the lists know"
    prefix = LABELS[label].prefix
    own = given["id"] if re.fullmatch(rf"{prefix}[a-z0-9-]+", given["id"]) else make_id(label, name)
    return Party(own, name)


def _find_ours(node_id: str, name: str, kind: str, label: str | None) -> Entry | None:
    """Find who of the lists a node is; an id that looks like one of ours is only that if nothing speaks against it."""
    named = reference().find(name, (label,) if label else _LABELS_OF_NODES)
    by_name = named[0] if len(named) == 1 and (label or named[0].label != "Person") else None
    by_id = reference().entries.get(node_id)
    if by_id is None or by_id.label != (label or by_id.label):
        return by_name
    if by_id.label != "State":
        return by_id if label or not kind else by_name
    # Three letters are somebody else's code as easily: of a state in another list, or of anything at all.
    return by_id if label and by_name is None else by_name


def _describe(given: Mapping[str, str], parties: Mapping[str, Party | str]) -> Statement:
    party = _get(given["id"], parties)
    name = given.get("name", party.name)
    since, until = _dates(given)
    return DescriptionStatement(party, (name,) if name != party.name else (), since=since, until=until)


def _relate(given: Mapping[str, str], parties: Mapping[str, Party | str]) -> Statement:
    if given.get("wrong"):
        raise LoadError(given["wrong"])
    kind = given.get("kind") or given.get("name", "")
    relation = _to_relation(kind)
    if relation not in STATED:
        derived = relation in RELATIONS
        why = "is drawn from transfers and cannot be stated" if derived else "is no kind of relation"
        hint = did_you_mean(relation, STATED)
        raise LoadError(f"{kind!r} {why}; see `legation schema`.{hint}" if kind else "nothing says of what kind it is")
    since, until = _dates(given)
    return RelationStatement(
        relation, _get(given["source"], parties), _get(given["target"], parties), given.get("title"), since, until
    )


def _get(node_id: str, parties: Mapping[str, Party | str]) -> Party:
    party = parties.get(node_id)
    if party is None:
        raise LoadError(f"there is no node {node_id[:60]!r}")
    if isinstance(party, str):
        raise LoadError(party)
    return party


def _dates(given: Mapping[str, str]) -> tuple[str | None, str | None]:
    found = []
    for name in ("since", "until"):
        text = given.get(name, "")
        # A year that somebody's program held as a number with a point.
        text = text.removesuffix(".0") if len(text) == len("2021.0") else text
        if text and not is_date(text):
            raise LoadError(f"{name}: {text[:40]!r} is no date of the calendar; write 2021-12-03, 2021-12 or 2021")
        found.append(text or None)
    return found[0], found[1]
