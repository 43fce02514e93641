"""CSV for spreadsheets, pandas and Gephi: a table of nodes and one of relations."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..cells import harmless
from .columns import edge_columns, node_columns
from .content import Content
from .values import to_text


def to_nodes_csv(content: Content) -> Iterator[str]:
    """Give a header and a row for each node; what is unknown is empty, and a list is a JSON array."""
    columns = {"id": "string"} | node_columns(content.node_shape.types)
    return _to_csv(columns, ({"id": node.id} | node.to_attributes() for node in content.nodes()))


def to_edges_csv(content: Content) -> Iterator[str]:
    """Give a header and a row for each relation, as ``to_nodes_csv``."""
    columns = {"source": "string", "target": "string"} | edge_columns(content.edge_shape.types)
    ends = ({"source": edge.source, "target": edge.target} | edge.to_attributes() for edge in content.edges())
    return _to_csv(columns, ends)


def _to_csv(columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(harmless, columns))
    for row in rows:
        writer.writerow(harmless(to_text(row[name], kind)) if name in row else "" for name, kind in columns.items())
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()
