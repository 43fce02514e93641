"""Rows as text for other programs: CSV, JSON, JSON lines, Markdown; and the cells of a table for people."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from ..graph.cells import harmless
from ..graph.rows import Rows, Stream
from ..graph.subgraph import Edge, Node, Route

UNKNOWN: Final = "–"
"""How a table shows what no source gives; never 0."""


def to_csv(answer: Rows | Stream) -> Iterator[str]:
    """Give RFC 4180 CSV with a header, row by row; lists are joined by ``; ``, unknown is empty, numbers are exact.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(harmless, answer.columns))
    for row in answer.records:
        writer.writerow([harmless(_text(row[name], _exact, unknown="", joint="; ")) for name in answer.columns])
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()


def to_json(answer: Rows | Stream) -> Iterator[str]:
    """Give one JSON array with an object a row; unknown is null."""
    joint = "[\n"
    for row in answer.records:
        # In JSON a line ends only between values: inside of texts it is escaped.
        yield joint + "  " + json.dumps(_jsonable(row), ensure_ascii=False, indent=2).replace("\n", "\n  ")
        joint = ",\n"
    yield "\n]\n" if joint == ",\n" else "[]\n"


def to_jsonl(answer: Rows | Stream) -> Iterator[str]:
    """Give one JSON object a line and row."""
    return (json.dumps(_jsonable(row), ensure_ascii=False) + "\n" for row in answer.records)


def to_markdown(answer: Rows | Stream) -> Iterator[str]:
    """Give a Markdown table with exact numbers."""
    rows = Rows(answer.columns, list(answer.records))
    columns = visible(rows)

    def line(cells: list[str]) -> str:
        return f"| {' | '.join(text.translate(_IN_MARKDOWN) for text in cells)} |\n"

    yield line([heading(name) for name in columns]) + line(["---"] * len(columns))
    yield from (line([printable(_text(row[name], _exact)) for name in columns]) for row in rows)


_IN_MARKDOWN: Final = str.maketrans({"\\": r"\\", "|": r"\|", "<": "&lt;", "\n": " "})


FORMATS: Final[dict[str, Callable[[Rows | Stream], Iterator[str]]]] = {
    "csv": to_csv,
    "json": to_json,
    "jsonl": to_jsonl,
    "markdown": to_markdown,
}
"""How to write an answer for programs, in pieces of text: a million rows need not be held at once."""


def visible(rows: Rows) -> list[str]:
    """Give the columns that are for people: all but lists of ids, and but those without any value."""
    return [
        name
        for name in rows.columns
        if not name.endswith("_ids") and (not rows.records or any(row[name] not in (None, []) for row in rows))
    ]


def heading(name: str) -> str:
    """Give a column's name as people read it."""
    return printable(name.replace("_", " "))


def printable(text: str) -> str:
    """Give a text in which nothing gives a terminal orders: control characters but ends of lines and tabs become �."""
    return text.replace("\r\n", "\n").translate(_CONTROLS)


_CONTROLS: Final = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {ord("\n"), ord("\t")}, "\ufffd")
"""The C0 and C1 sets: with ESC or CSI begin sequences that colour, move, or name the window of whoever reads."""


def cell(value: Any) -> str:
    """Give a value as people read it; a number with six decimals at most, and without an exponent unless it is tiny."""
    return printable(_text(value, _plain))


def _text(value: Any, number: Callable[[float], str], *, unknown: str = UNKNOWN, joint: str = ", ") -> str:
    def text(item: Any) -> str:
        return _text(item, number, unknown=unknown, joint=joint)

    if value is None or value == []:
        return unknown
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Node):
        return f"{value.name} ({value.id})" if value.name != value.id else value.id
    if isinstance(value, Edge):
        return f"{value.source} -{value.kind}-> {value.target}"
    if isinstance(value, Route):
        return " – ".join(node.name for node in value.nodes)
    if isinstance(value, list):
        return joint.join(map(text, value))
    if isinstance(value, Mapping):
        return joint.join(f"{name}: {text(item)}" for name, item in value.items())
    return number(value) if isinstance(value, float) else str(value)


def _exact(number: float) -> str:
    """Give a number such that reading it gives the same again."""
    return repr(number).removesuffix(".0")


def _plain(number: float) -> str:
    """Give a number as people read it; beyond what a float knows to the last digit it is as for programs."""
    if 0 < abs(number) < _TINY:
        return f"{number:g}"
    return f"{number:.6f}".rstrip("0").rstrip(".") if abs(number) < _UNSURE else _exact(number)


_TINY: Final = 1e-4
_UNSURE: Final = 2.0**53


def quoted(text: str) -> str:
    """Put quotation marks around the words of a source, unless they came with some."""
    stripped = printable(" ".join(text.split()))
    return stripped if stripped[:1] in '"“«„‘' else f"“{stripped}”"


def cited(row: Mapping[str, Any]) -> str:
    """Give a row that has a quote as people cite it: what it states, the words, and where they stand."""
    place = f"line {row['row']}" if row.get("row") else f"character {row['start']}"
    source = f"{row['source']} ({row['reliability']})" if row.get("reliability") else row["source"]
    where = ", ".join(filter(None, (source, row["document"], row["published"], place)))
    doubts = [row["modality"]] if row["modality"] != "asserted" else []
    doubts += [f"said by {row['said_by']}"] if row.get("said_by") else []
    doubts += [f"confidence {row['confidence']:.2f}"] if row.get("confidence") is not None else []
    stated = [
        f"{heading(name)} {cell(value)}" if name in _NAMED_VALUES else cell(value).replace("_", " ")
        for name, value in row.items()
        if name not in _CITED_APART and value not in (None, [])
    ]
    return printable(f"{' · '.join(stated)}\n  {quoted(row['quote'])}\n  — {'; '.join((where, *doubts))}")


_NAMED_VALUES: Final = ("ordered", "delivered", "order_year", "delivery_years", "number", "says", "stands_as")
_CITED_APART: Final = (
    *("quote", "source", "reliability", "document", "published", "row", "start", "modality", "said_by", "confidence"),
    *("claim", "transfer_ids"),
)


def _jsonable(value: Any) -> Any:
    if isinstance(value, Node | Edge | Route):
        return _jsonable(asdict(value))
    if isinstance(value, Mapping):
        return {name: _jsonable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    if isinstance(value, bytes):
        return value.hex()
    # JSON has no NaN and no infinity.
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


_WITH_ARTICLE: Final = re.compile(
    r"(United|Soviet|Netherlands|Philippines|Bahamas|Maldives|Gambia|.* (Islands|Republic)$)"
)


def named(node: Node) -> str:
    """Give a node's name as it stands in a sentence."""
    name = printable(node.name)
    return f"the {name}" if node.label == "State" and _WITH_ARTICLE.match(name) else name
