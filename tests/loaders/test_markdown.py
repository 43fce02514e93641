"""Markdown: its marks are taken out, its front matter is believed, and nothing else is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from legation.graph.claims import Document, Source
from legation.graph.errors import LoadError
from legation.graph.statements import TransferStatement
from legation.loaders import pipeline
from legation.loaders.markdown import read, recognises
from legation.loaders.reading import Given

FRONT = """---
title: "Drones for Poland"
date: 2019-05-14
source: 'Harbour Post'
url: https://harbour.example/drones
tags:
  - arms
---
"""
BODY = """Turkey has **sold** 24 [Bayraktar *TB2*](http://harbour.example/tb2 "the drone") drones to
_Poland_ for \\$270 million &amp; more.

## Earlier sales

- Ukraine bought **twelve**
- Qatar received six

| Buyer | Drones |
|-------|-------:|
| Qatar | **6**  |

2020. In that year nothing happened.

![A picture](tb2.jpg)
"""


def document(text: str, given: Given | None = None) -> Document:
    return read(Path("x.md"), text, given or Given()).document


def test_marks_are_no_part_of_the_text_and_words_are_not_lost() -> None:
    assert document(BODY).content == (
        "Turkey has sold 24 Bayraktar TB2 drones to Poland for $270 million & more.\n\nEarlier sales\n\n"
        "- Ukraine bought twelve\n- Qatar received six\n| Buyer | Drones |\n| Qatar | 6 |\n"
        "2020. In that year nothing happened.\n"
    )


def test_claims_quote_the_text_without_marks() -> None:
    reading = read(Path("x.md"), FRONT + BODY, Given())
    claims = list(reading.claims)
    assert all(reading.document.content[claim.start : claim.end] == claim.quote for claim in claims)
    told = {
        (one.supplier.id, one.buyer.id, one.system.id)
        for one in (claim.statement for claim in claims)
        if isinstance(one, TransferStatement)
    }
    assert ("TUR", "POL", "system:bayraktar-tb2") in told


def test_front_matter_gives_title_date_source_and_address() -> None:
    told = document(FRONT + BODY)
    assert (told.title, told.published_on, told.source) == ("Drones for Poland", "2019-05-14", Source("Harbour Post"))
    assert told.address == "https://harbour.example/drones"
    assert told.content.startswith("Drones for Poland\n\nTurkey has sold")
    assert "tags" not in told.content


def test_the_first_heading_is_the_title_where_no_front_matter_is() -> None:
    assert document("# Drones for *Poland*\n\nPoland waits.").title == "Drones for Poland"
    assert document("Poland waits.").title == "x.md"


def test_what_the_user_says_goes_before_the_front_matter() -> None:
    told = document(FRONT + BODY, Given("Reuters", "B", "2020"))
    assert (told.source, told.published_on) == (Source("Reuters", "B"), "2020")


@pytest.mark.parametrize(
    "front",
    ["---\ntitle: x\n", "---\n- a\n---\n", "---\n\n---\n", "---\ndate: tomorrow\n---\n", "---\ntitle:\n---\n", "+++\n"],
)
def test_odd_front_matter_gives_nothing_and_breaks_nothing(front: str) -> None:
    told = document(f"{front}\nPoland waits for its drones.")
    assert told.published_on is None
    assert "Poland waits for its drones." in told.content


def test_markdown_is_known_by_its_ending_or_its_front_matter(tmp_path: Path) -> None:
    assert recognises(Path("x.md"), "Poland waits.")
    assert recognises(Path("x.txt"), FRONT + BODY)
    assert not recognises(Path("x.txt"), "Poland waits.\n---\nMore: later\n---\n")
    (tmp_path / "x.markdown").write_text(BODY, encoding="utf-8")
    assert pipeline.read(tmp_path / "x.markdown", Given())[0] == "markdown"


def test_front_matter_alone_is_refused_if_it_says_nothing() -> None:
    with pytest.raises(LoadError, match=r"x\.md holds no text"):
        document("---\ndate: 2019-05-14\n---\n")


NASTY = ["[", "*a ", "**a", "> ", "`", "[a](", "![", "- ", "<a ", "|", "#", "[a]: b\n", "---\n", "_a__", "a: b\n"]


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("front", ["", "---\n"])
def test_a_hundred_thousand_nasty_characters_lose_no_words(nasty: str, front: str) -> None:
    told = document(f"{front}{nasty * (100_000 // len(nasty))}\n\nPeru waits for it.")
    assert "Peru waits for it." in told.content


@drawn(st.text(alphabet="aZ0 \n*_[]()#>|!\\&;:.é\u200f\t", max_size=200))
def test_no_word_behind_any_marks_is_lost(text: str) -> None:
    assert "Peru waits." in document(f"{text}\n\nPeru waits.").content
