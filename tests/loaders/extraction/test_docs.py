"""What docs/extraction.md says of confidence is what the loader does."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from legation.loaders.extraction.confidence import confidence

ROOT = Path(__file__).parents[3]


def test_the_table_of_confidence_in_the_docs_is_the_one_that_is_used() -> None:
    text = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    told = re.findall(r"\| (.+?) \| (\S[\w ]+?) \| (\d+) \| (\d+) \| (0\.\d\d) \|", text)
    with (ROOT / "loaders" / "extraction" / "calibration.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row[:4] for row in told] == [(r["rule"], r["distance"], r["right"], r["judged"]) for r in rows]
    assert all(float(share) == confidence(rule, distance) for rule, distance, _, _, share in told)
