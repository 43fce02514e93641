"""The page on mappings says what the code checks, and its example is a mapping."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from legation.loaders.mapping.reader import parse_mapping

DOCS = Path(__file__).parents[3] / "docs"


def test_the_tables_of_the_page_are_those_of_the_code() -> None:
    """If not: python docs/mappings.py."""
    assert runpy.run_path(str(DOCS / "mappings.py"))["page"]() == (DOCS / "mappings.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_is_a_mapping() -> None:
    (example,) = re.findall(r"```yaml[^\n]*\n(.*?)```", (DOCS / "mappings.md").read_text(encoding="utf-8"), re.DOTALL)
    assert set(parse_mapping(example, "docs").columns_used()) == {
        "country",
        "who",
        "begin",
        "end",
        "born",
        "kind",
        "still",
    }
