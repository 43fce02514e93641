"""Which dialect a file is in, and what is said of files that are none."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from legation.graph.errors import LoadError
from legation.loaders.reading import Refused
from legation.loaders.sipri.dialects import find_dialect, get_dialect, to_plain
from legation.loaders.sipri.record import Record
from legation.loaders.text import decode, read_text

DEALS = "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Number delivered\n"
ROW = "Poland,Turkiye,2021,?,24,,Bayraktar TB2,6\n"
SAMPLES = {
    "deals": DEALS + ROW,
    "deliveries": (
        "SIPRI AT Database ID,Supplier,Recipient,Designation,Order date,Numbers delivered,Delivery year,"
        "TIV delivery values;\n1,A,B,C,2000,1,2001,3;\n"
    ),
    "tiv": "Recipient,2020,2021\nPoland,1,2\n",
    "api": '[{"buyer": "A", "seller": "B", "desg": "C"}]',
    "classic": (
        r"{\rtf1\mac \tab recipient (R)\tab ordered\tab designation\tab description\tab of order\tab delivery"
        r"\tab delivered\tab Comments\par Turkiye\par R: Poland\tab 2\tab TB2\tab UAV\tab 2021\tab\tab\tab\par}"
    ),
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("above", ["", "Some title;;;\n\n\n", "x,y\n" * 300])
def test_a_file_is_told_by_its_content(name: str, ends: str, encoding: str, above: str) -> None:
    sample = SAMPLES[name] if name in {"api", "classic"} else above + SAMPLES[name]
    text = to_plain(decode(sample.replace("\n", ends).encode(encoding), name))
    dialect = get_dialect(text, "file")
    assert dialect.name == name
    (row,) = dialect.read(text)
    assert not isinstance(row, Refused)
    assert row.text == text[row.start : row.start + len(row.text)]


@pytest.mark.parametrize(
    "text",
    [
        "Empfänger,Lieferant,Bestelljahr,Bestellmenge,Bezeichnung,Liefermenge\nPolen,Türkei,2021,24,TB2,6\n",
        "Poland ordered drones, the supplier said.\n",
        '{"type": "FeatureCollection"}',
        "City\tPopulation\nBerlin\t3\n",
        "",
    ],
)
def test_what_is_in_no_dialect_is_an_error_that_names_the_columns(text: str) -> None:
    assert find_dialect(text) is None
    with pytest.raises(
        LoadError, match=r"(?s)^x.csv is no register .* Year of order, Number ordered, Weapon designation"
    ):
        get_dialect(text, "x.csv")


def test_an_archive_called_a_table_is_an_error(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("register.csv", "x" * 1000)
    path = tmp_path / "register.csv"
    path.write_bytes(made.getvalue())
    with pytest.raises(LoadError, match="is a ZIP archive, whatever it is called"):
        read_text(path)


def test_nuls_within_a_file_refuse_their_row_only() -> None:
    first, refused, last = find_dialect(DEALS).read(DEALS + ROW + ROW.replace("TB2", "\0") + ROW)  # type: ignore[union-attr]
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert isinstance(refused, Refused)
    assert "NUL" in refused.reason


@pytest.mark.parametrize("cut", range(1, len(ROW)))
def test_a_file_cut_off_before_its_last_cell_loses_its_last_row_and_no_other(cut: int) -> None:
    rows = list(find_dialect(DEALS).read(DEALS + ROW + ROW[:-cut]))  # type: ignore[union-attr]
    assert len(rows) == 2
    assert isinstance(rows[0], Record)
    assert isinstance(rows[1], Record) == (cut <= 2)


@pytest.mark.parametrize(
    "text",
    [
        *("x" * 50_000_000, DEALS + "a," * 25_000_000 + "\n" + ROW, DEALS + '"' * 50_000_000, "{" * 50_000_000),
        *("\t" * 50_000_000, "R:\t" * 17_000_000, '[{"buyer":"seller","desg":"' + "x" * 50_000_000),
    ],
    ids=["words", "cells", "quotes", "braces", "tabs", "recipients", "json"],
)
def test_a_line_of_50_mb_takes_seconds_at_most(text: str) -> None:
    started = time.process_time()
    dialect = find_dialect(to_plain(text))
    if dialect:
        assert sum(isinstance(row, Refused) for row in dialect.read(text)) == 1
    assert time.process_time() - started < 10


def test_many_rows_that_are_broken_take_no_long_time() -> None:
    started = time.process_time()
    rows = list(find_dialect(DEALS).read(DEALS + "Poland,Turkiye\n" * 30_000))  # type: ignore[union-attr]
    assert len(rows) == 30_000
    assert time.process_time() - started < 20
