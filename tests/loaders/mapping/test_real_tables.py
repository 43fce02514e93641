"""The shipped mappings on the real tables: every row is accounted for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from legation.loaders import pipeline
from legation.loaders.reading import Given

FILES = {
    "archigos_leaders.csv": (3_409, 0, 0, {"LEADS": 3_409, "description": 3_390}),
    "cow_states.csv": (243, 0, 1, {"description": 216}),
    "us-recipient-pages_top100_firms.csv": (277, 1, 256, {"OWNS": 278, "description": 15}),
    "atop_alliance_dyadyear.csv.gz": (273_296, 0, 136_709, {"ALLIED_WITH": 7_848}),
}
"""File -> rows, how many of them are refused and left out, and claims by what they state."""


@pytest.mark.real_data
@pytest.mark.parametrize("name", FILES)
def test_every_row_is_accounted_for(name: str, real_data: Path) -> None:
    rows, refused, left_out, stated = FILES[name]
    loader, reading = pipeline.read(real_data / "data" / "tables" / name, Given())
    claims = list(reading.claims)
    tally = reading.tally
    assert tally is not None
    assert loader == "mapping"
    assert (tally.read, len(tally.refused), tally.left_out.total()) == (rows, refused, left_out)
    assert Counter(one.statement.states for one in claims) == stated
    assert len({one.id for one in claims}) == len(claims)
    content = reading.document.content
    assert all(content[one.start : one.end] == one.quote for one in claims)
