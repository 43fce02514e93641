"""The formats in which a store is exported: which there are, which one a path means, and writing it to its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from ..errors import ExportWrong
from ..replacing import write_file, write_folder
from .bulk import to_edges, to_nodes, to_options
from .content import Content
from .ftm import to_ftm
from .gexf import to_gexf
from .graphml import to_graphml
from .nodelink import to_nodelink
from .script import to_schema, to_script
from .sheets import to_edges_csv, to_nodes_csv

Pieces: TypeAlias = Callable[[Content], Iterator[str]]
"""Gives the text of a file in parts, so that the whole of it is never in memory."""


@dataclass(frozen=True, slots=True)
class Export:
    """A format.

    Attributes:
        name: what the command line calls it.
        ending: of the path that means it.
        meaning: in one sentence what it is and for whom.
        files: name -> what gives its text, where the format is a folder; of a single file the name is empty.
        lacks: in one sentence what of a store has no place in it; empty if everything has.
    """

    name: str
    ending: str
    meaning: str
    files: Mapping[str, Pieces]
    lacks: str = ""

    @property
    def is_folder(self) -> bool:
        """Whether it is several files in a folder of their own."""
        return "" not in self.files

    def stream(self, content: Content) -> Iterator[str]:
        """Give the text of the one file that it is."""
        return self.files[""](content)

    def write(self, content: Content, path: Path) -> None:
        """Write it to a path; what was there before stays until the last byte is safe.

        Raises:
            WriteFailed: it cannot be written there.
        """
        if self.is_folder:
            write_folder(path, {name: partial(pieces, content) for name, pieces in self.files.items()})
        else:
            write_file(path, partial(self.files[""], content))


EXPORTS: Final[dict[str, Export]] = {
    one.name: one
    for one in (
        Export("graphml", ".graphml", "One file for Gephi, networkx, yEd and igraph, with types.", {"": to_graphml}),
        Export("gexf", ".gexf", "One file for Gephi, its own format, with types.", {"": to_gexf}),
        Export(
            "csv",
            ".csv",
            "A folder with two tables, for spreadsheets, pandas and Gephi.",
            {"nodes.csv": to_nodes_csv, "edges.csv": to_edges_csv},
        ),
        Export("json", ".json", "One file in the node-link form, for networkx and D3.", {"": to_nodelink}),
        Export("cypher", ".cypher", "A script that makes the same graph in an empty Neo4j.", {"": to_script}),
        Export(
            "neo4j",
            ".neo4j",
            "A folder for neo4j-admin database import, which fills a new Neo4j fastest.",
            {"nodes.csv": to_nodes, "edges.csv": to_edges, "import.args": to_options, "schema.cypher": to_schema},
        ),
        Export(
            "ftm",
            ".ftm.json",
            "One file of FollowTheMoney's entities, actors and relations only (with the extra ftm).",
            {"": to_ftm},
            "Only actors and the relations between them are in it: transfers, systems, conflicts and sources are not.",
        ),
    )
}
"""The formats by name."""


def find_export(path: Path, name: str | None = None) -> Export:
    """Tell the format, by its name if that is given, else by the ending of the path.

    Raises:
        ExportWrong: there is none of that name or ending; the text says which there are.
    """
    wanted = EXPORTS.get(name) if name else None
    fitting = [one for one in EXPORTS.values() if path.name.lower().endswith(one.ending)]
    found = wanted or max(fitting, key=lambda one: len(one.ending), default=None)  # .ftm.json is more than .json
    if found is None or (name and not wanted):
        endings = ", ".join(one.ending for one in EXPORTS.values())
        raise ExportWrong(f"{name or path} says no format. End the name in one of {endings}, or say which with --as.")
    if found.is_folder and str(path) == "-":
        raise ExportWrong(f"The format {found.name} is a folder of {', '.join(found.files)}, and cannot go to stdout.")
    return found
