"""Answers where people work in notebooks: as a pandas frame, and as a table that shows itself."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Final

from ..graph.errors import ParameterWrong
from ..graph.rows import Rows
from .formats import cell, heading, visible

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]

MOST_ROWS: Final = 60
"""Rows that a notebook shows; the frame has all."""


def to_frame(rows: Rows) -> pd.DataFrame:
    """Give rows as a frame with pandas's own types: whole numbers stay whole, and what is unknown is ``<NA>``.

    Raises:
        ParameterWrong: pandas is not installed.
    """
    try:
        import pandas as pd  # noqa: PLC0415  (an extra, and half a second)
    except ImportError as error:
        raise ParameterWrong("A frame needs pandas: pip install 'legation[notebook]'") from error
    return pd.DataFrame(rows.records, columns=list(rows.columns)).convert_dtypes()


def to_html(asked: str, rows: Rows, notes: Iterable[str]) -> str:
    """Give a question, its rows and its notes as HTML without script, style or links; no text in it is markup."""
    columns = visible(rows)
    shown = rows.records[:MOST_ROWS]
    head = "".join(f"<th>{escape(heading(name))}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell(row[name]))}</td>' for name in columns)}</tr>\n" for row in shown)
    table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>" if shown else ""
    more = [f"These are the first {MOST_ROWS} of {len(rows):,} rows."] if len(rows) > MOST_ROWS else []
    told = "".join(f"<p>{escape(note)}</p>\n" for note in (*more, *notes))
    return f"<p><strong>{escape(asked)}</strong></p>\n{table}\n{told}"
