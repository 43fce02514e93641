"""PDF: its text is read like any other; what cannot be read is told with what to do."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from legation.graph.errors import LoadError
from legation.loaders import pipeline
from legation.loaders.pdf import to_text
from legation.loaders.reading import Given
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

LINES = ("Turkey has sold 24 Bayraktar TB2 drones to Poland, the minis-", "try said on Monday.")


def pdf(*pages: tuple[str, ...], password: str = "") -> bytes:
    """Make a PDF; each page has lines of text."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    for lines in pages:
        page = writer.add_blank_page(600, 800)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content = DecodedStreamObject()
        content.set_data(("BT /F1 12 Tf 50 700 Td " + " 0 -16 Td ".join(f"({x}) Tj" for x in lines) + " ET").encode())
        page[NameObject("/Contents")] = writer._add_object(content)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def test_the_text_of_every_page_is_read_and_broken_words_are_joined() -> None:
    assert to_text(pdf(LINES, ("Page two.",)), "x.pdf") == (
        "Turkey has sold 24 Bayraktar TB2 drones to Poland, the ministry said on Monday.\n\nPage two."
    )


@pytest.mark.parametrize("name", ["paper.pdf", "paper.txt"])
def test_a_pdf_is_an_article_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(pdf(LINES))
    assert pipeline.find_files([tmp_path]) == [tmp_path / name]
    chosen, reading = pipeline.read(tmp_path / name, Given("Harbour Post"))
    assert chosen == "article"
    assert [claim.quote for claim in reading.claims] == [reading.document.content]


def test_a_pdf_of_pictures_is_told() -> None:
    with pytest.raises(LoadError, match=r"x\.pdf is a PDF of pictures without text"):
        to_text(pdf(()), "x.pdf")


def test_a_locked_pdf_is_told() -> None:
    with pytest.raises(LoadError, match=r"x\.pdf is locked by a password"):
        to_text(pdf(LINES, password="secret"), "x.pdf")


@pytest.mark.parametrize("cut", [8, 100, 300, 500, 700])
def test_a_damaged_pdf_is_told_or_read(cut: int) -> None:
    with pytest.raises(LoadError, match=r"x\.pdf is a (damaged PDF|PDF of pictures)"):
        to_text(pdf(LINES)[:cut], "x.pdf")
