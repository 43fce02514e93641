"""The words of a statement, whatever stands around them."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some
from legation.graph.typed.tokens import closing, tokens


def words(statement: str) -> list[str]:
    return [token.text for token in tokens(statement)]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("MATCH (n:State)", ["MATCH", "(", "n", ":", "State", ")"]),
        ("RETURN 'a // b' // c\n+ 1", ["RETURN", "'a // b'", "+", "1"]),
        ("RETURN /* 'x' */ \"it's\"", ["RETURN", '"it\'s"']),
        (r"RETURN 'it\'s' AS x", ["RETURN", r"'it\'s'", "AS", "x"]),
        (
            "MATCH (`a ``b`)-[:`X Y`]->()",
            ["MATCH", "(", "`a ``b`", ")", "-", "[", ":", "`X Y`", "]", "-", ">", "(", ")"],
        ),
        ("n.x<=1.5e-3 AND $p=$`q r`", ["n", ".", "x", "<=", "1.5e-3", "AND", "$p", "=", "$`q r`"]),
        ("range(1..3)", ["range", "(", "1", "..", "3", ")"]),
        ("Türkiye 漢字", ["Türkiye", "漢字"]),
        ("RETURN 'never closed", ["RETURN", "'never closed"]),
        ("RETURN 1 /* never closed", ["RETURN", "1"]),
    ],
)
def test_words_strings_and_names_in_backticks(statement: str, expected: list[str]) -> None:
    assert words(statement) == expected


@given(some.text())
def test_every_token_stands_where_it_says(statement: str) -> None:
    held = tokens(statement)
    assert all(statement[token.start : token.end] == token.text for token in held)
    assert all(one.end <= other.start for one, other in pairwise(held))


@pytest.mark.parametrize("piece", ["'", '"', "`", "/*", "*/", "\\", "('", "/* '", "0x", "1e", "$`", "((((", "//"])
def test_the_nastiest_repeats_take_linear_time(piece: str) -> None:
    begun = time.process_time()
    tokens(piece * (100_000 // len(piece)))
    assert time.process_time() - begun < 5, "quadratic time would be minutes"


def test_brackets_of_all_kinds_close_what_they_open() -> None:
    held = tokens("(a {b: [1, (2)]}) c")
    assert held[closing(held, 0)].start == 16
    assert closing(tokens("((a)"), 0) == 4
