"""The real files: how many rows each has, and that every one of them is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest
from legation.loaders.reading import Refused
from legation.loaders.sipri.dialects import get_dialect, to_plain
from legation.loaders.sipri.preamble import find_date, find_scope
from legation.loaders.sipri.record import Record
from legation.loaders.text import read_text

FILES = {
    "register_deals_all_2026-05-18_latin1.csv": ("deals", 29_916, 0, "2026-05-18"),
    "register_deals_all_2024-03-18.csv": ("deals", 29_056, 2, "2024-03-18"),
    "register_deliveries_1995-2025_trailing-semicolons.csv": ("deliveries", 25_024, 0, "2026-02-12"),
    "api/orders_russia.json": ("api", 1_213, 0, None),
    "rtf/air_defence.rtf": ("classic", 713, 0, "2024-02-18"),
    "rtf/engines.rtf": ("classic", 1_574, 0, "2024-02-18"),
    "tiv_exports_all_1950-2024.csv": ("tiv", 136, 0, "2024-10-13"),
    "tiv_imports_all_1950-2024.csv": ("tiv", 261, 0, "2024-10-13"),
}
"""File -> dialect, rows, how many of them were mended, and the date of the edition."""


@pytest.mark.real_data
@pytest.mark.parametrize("name", FILES)
def test_every_row_is_read(name: str, real_data: Path) -> None:
    dialect, rows, mended, date = FILES[name]
    text = to_plain(read_text(real_data / "data" / "sipri" / name))
    found = list(get_dialect(text, name).read(text))
    assert (get_dialect(text, name).name, len(found), find_date(text)) == (dialect, rows, date)
    assert [one for one in found if isinstance(one, Refused)] == []
    assert sum(bool(one.repaired) for one in found if not isinstance(one, Refused)) == mended
    for one in found:
        assert not isinstance(one, Refused)
        assert text[one.start : one.start + len(one.text)] == one.text


@pytest.mark.real_data
def test_letters_with_accents_come_out_right(real_data: Path) -> None:
    names = ("register_deals_all_2026-05-18_latin1.csv", "register_deals_all_2024-03-18.csv", "rtf/engines.rtf")
    for name in names:
        text = to_plain(read_text(real_data / "data" / "sipri" / name))
        assert "Wärtsilä" in text
        assert not any(0x7F <= ord(sign) < 0xA0 or sign == "\ufffd" for sign in text)


@pytest.mark.real_data
def test_editions_of_the_whole_register_have_one_scope_and_the_instalments_their_deals(real_data: Path) -> None:
    folder = real_data / "data" / "sipri"
    old, new, deliveries = (read_text(folder / name) for name in list(FILES)[:3])
    assert find_scope(old) == find_scope(new) == "all countries > all countries, all years"
    assert find_scope(deliveries) == "all countries > all countries, 1995-2025"
    found = [one for one in get_dialect(deliveries, "x").read(deliveries) if isinstance(one, Record)]
    assert len({one.database_id for one in found}) == 12_571
