"""Texts that were made to trip the rules: they are read to their end, and every quote is a literal substring."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from legation.loaders.article import read_claims, read_rejections
from telling import article

PIECES = """
Peru|Chile|France's|Turkish|Navantia|F-16|T-72 tanks|jets|it|they|the deal|president|bought|sold|ordered|will buy|is|
not|
would|to|from|for|with|by|of|and|or|,|.|?|:|;|(|)|-|12|$3 million|2019|led by|NATO|that|’s|“|said|reports|in talks|
Supplier:|more|one of|half a dozen
"""
WORDS = st.sampled_from([*PIECES.replace("\n", "").split("|"), "|", "\t", "\n", "\n- ", "\x00", "\u200f", "\u0301"])
REPEATS = """
$1,;1,;, ;.;(;Peru and ;Peru, ;F-16 sold to Peru by Chile, and ;one of ;Type-1;Peru's ;The deal was cancelled. ;
Acme Corp and ;led by ;hundred;of
"""


UNITS = [*REPEATS.replace("\n", "").split(";"), "a | b\n", "Supplier: Peru\n", "- a\n", "Z\u0301\u200f"]


@pytest.mark.parametrize("unit", UNITS)
def test_the_nastiest_repeats_are_read_to_their_end(unit: str) -> None:
    document = article(unit * (8_000 // len(unit)))
    assert all(document.content[claim.start : claim.end] == claim.quote for claim in read_claims(document))


@given(st.lists(WORDS, max_size=40))
@settings(max_examples=150, deadline=None)
def test_whatever_words_follow_one_another_quotes_are_literal(words: list[str]) -> None:
    document = article(" ".join(words), "2021-05-01")
    quotes = [(one.quote, one.start, one.end) for one in read_claims(document)]
    quotes += [(one.quote, one.start, one.end) for one in read_rejections(document)]
    assert all(quote and document.content[start:end] == quote for quote, start, end in quotes)
