"""The loader of graph files: a node becomes a claim that describes somebody, an edge a claim of a relation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ...graph.claims import Claim, Document, Source
from ...graph.errors import LoadError
from ...graph.names import did_you_mean
from ...graph.periods import is_date
from ...graph.schema import RELATIONS, STATED
from ...graph.statements import DescriptionStatement, Party, RelationStatement, Statement
from ..reading import Given, Reading, Remark, Tally, to_claim
from . import xml
from .nodes import Parties, to_parties
from .things import Thing, Things, to_relation

EXTRACTOR: Final = "graphfile/1"
NODES: Final = "nodes.csv"
EDGES: Final = "edges.csv"


def recognises(path: Path, text: str) -> bool:
    """Tell whether a text is GraphML or GEXF, or the edges of a folder that also holds its nodes."""
    return xml.recognises(text) or _is_edges(path)


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
        from ..text import read_text  # noqa: PLC0415  (only here a loader reads a second file)
        from . import tables  # noqa: PLC0415  (only tables need it)

        nodes = path.parent / NODES
        content, things = tables.to_things((nodes, read_text(nodes)), (path, text))
        name = path.absolute().parent.name or path.name
    elif xml.recognises(text):
        nodes, name, content, things = path, path.name, text, xml.to_things(path, text)
    else:
        raise LoadError(f"{path} is neither GraphML nor GEXF, nor {EDGES} with {NODES} beside it.")
    source = Source(given.source or name, given.reliability)
    document = Document(name, content, source, "graphfile", given.published_on, keeps_text=False)
    tally = Tally()
    places = {"node": nodes, "edge": path}
    return Reading(document, _claims(places, document, things, tally, strict=given.strict), tally)


def _claims(
    places: Mapping[str, Path], document: Document, things: Things, tally: Tally, *, strict: bool
) -> Iterator[Claim]:
    parties, odd = to_parties(things.nodes, document.title)
    first: dict[str, Thing] = {}
    for what, thing in [*(("node", one) for one in things.nodes), *(("edge", one) for one in things.edges)]:
        tally.read += 1
        try:
            if thing.wrong:
                raise LoadError(thing.wrong)
            stated = [_describe(thing, parties, first)] if what == "node" else _relate(thing, parties)
        except LoadError as error:
            reason = f"{what} {_name_of(what, thing)}: {str(error).rstrip('.')}"
            tally.refuse(places[what], thing.line, reason, strict=strict)
            continue
        for remark in filter(None, (thing.odd, odd.get(thing.given["id"]) if what == "node" else "")):
            tally.flagged.append(Remark(thing.line, f"{what} {_name_of(what, thing)}: {remark}"))
        for one in stated:
            yield to_claim(document, (thing.line, thing.start, thing.end), one, EXTRACTOR)
    if not tally.read:
        raise LoadError(f"{places['edge']} holds no node and no edge.")


def _name_of(what: str, thing: Thing) -> str:
    given, line = thing.given, f"line {thing.line}"
    edge = f"{given.get('source', line)} – {given.get('target', line)}"
    text = edge if what == "edge" else given.get("name") or given.get("id") or line
    return repr(text if len(text) <= 60 else f"{text[:60]}…")


def _describe(node: Thing, parties: Parties, first: dict[str, Thing]) -> Statement:
    given = node.given
    party = _get(given["id"], parties)
    if first.setdefault(given["id"], node) is not node:
        raise LoadError(f"line {first[given['id']].line} has a node of that id already")
    name = given.get("name", party.name)
    since, until = _dates(given)
    return DescriptionStatement(party, (name,) if name != party.name else (), since=since, until=until)


def _relate(edge: Thing, parties: Parties) -> list[Statement]:
    """Give what an edge states: one relation, or two where it goes both ways and the relation does not by itself."""
    given = edge.given
    kind = given.get("kind") or given.get("name", "")
    relation = to_relation(kind)
    if relation not in STATED:
        derived = relation in RELATIONS
        why = "is drawn from transfers and cannot be stated" if derived else "is no kind of relation"
        hint = did_you_mean(relation, STATED)
        raise LoadError(f"{kind!r} {why}; see `legation schema`.{hint}" if kind else "nothing says of what kind it is")
    since, until = _dates(given)
    ends = _get(given["source"], parties), _get(given["target"], parties)
    ways = [ends, ends[::-1]] if edge.both_ways and RELATIONS[relation].directed else [ends]
    return [RelationStatement(relation, *way, given.get("title"), since, until) for way in ways]


def _get(node_id: str, parties: Parties) -> Party:
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
