"""Bytes to text: the encodings in which registers and articles are had."""

from __future__ import annotations

import gzip
import random
import time

import pytest
from legation.graph.errors import LoadError
from legation.loaders.text import decode, unpack

TABLE = "".join(
    f"Ruritania,Freedonia,{year},Wärtsilä 20,engine,Modernisé – ‘Tamandaré’ (±7200hp); for Türkiye,12\n"
    + "x,y,z\n" * 120
    for year in range(1950, 1990)
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_names_and_quotation_marks_come_out_right(encoding: str, ends: str) -> None:
    assert decode(TABLE.replace("\n", ends).encode(encoding), "x") == TABLE


def test_latin_1_is_read_as_such() -> None:
    table = TABLE.replace("–", "-").replace("‘", "'").replace("’", "'")
    assert decode(table.encode("latin-1"), "x") == table


def test_a_few_invalid_bytes_do_not_spoil_a_text_in_utf_8() -> None:
    assert (
        decode("é Türkiye – ä ‘x’\n".encode() * 9 + b"Santa F\xe9\n", "x") == "é Türkiye – ä ‘x’\n" * 9 + "Santa Fé\n"
    )


def test_rich_text_says_itself_whether_it_is_of_a_macintosh() -> None:
    assert decode(b"{\\rtf1\\mac \xd4No.\xd5}", "x") == "{\\rtf1\\mac ‘No.’}"
    assert decode(b"{\\rtf1\\ansi \x91No.\x92}", "x") == "{\\rtf1\\ansi ‘No.’}"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Россия поставила Индии первые зенитные ракетные системы, сообщило министерство обороны."),
        ("koi8_r", "Россия поставила Индии первые зенитные ракетные системы, сообщило министерство обороны."),
        ("gb18030", "中国向巴基斯坦交付了第一批歼击机，国防部周二表示。双方签署了新的合同。"),
        ("cp1252", "L’armée française a commandé 12 hélicoptères à l’Allemagne, a déclaré le ministère de la Défense."),
    ],
)
def test_other_alphabets_are_told_from_the_first_part(encoding: str, text: str) -> None:
    long = "\n".join([text] * 2000)
    assert decode(text.encode(encoding), "x") == text
    assert decode(("Plain words.\n" * 9 + long).encode(encoding), "x") == "Plain words.\n" * 9 + long


def test_bytes_that_an_encoding_lacks_are_kept() -> None:
    assert decode("Wärtsilä 20 ".encode("cp1252") + b"plain words " * 99 + b"\x81\x8d", "x").endswith("\x81\x8d")


@pytest.mark.parametrize("high", [b"", b"Bofors 40mm \xe4\n", b"\xcf\xf0\xe8\xe2\xe5\xf2 "])
def test_a_large_file_is_decoded_fast(high: bytes) -> None:
    data = (b"Ruritania,Freedonia,1999,,12,,Something,tank,12\n" * 20 + high) * 4000
    started = time.process_time()
    decode(data, "x")
    assert time.process_time() - started < 2


def test_a_single_long_line_is_decoded_fast() -> None:
    started = time.process_time()
    decode(b"x" * 50_000_000 + b"\xe4", "x")
    assert time.process_time() - started < 5


@pytest.mark.parametrize(("data", "words"), [(b"PK\x03\x04rest", "ZIP archive"), (b"a\0b,c\n", "no text file")])
def test_what_is_no_text_is_an_error(data: bytes, words: str) -> None:
    with pytest.raises(LoadError, match=words):
        decode(data, "register.csv")


def test_what_gzip_packed_is_unpacked_in_all_its_members() -> None:
    assert unpack(gzip.compress(b"one\n") + gzip.compress(b"two\n"), "x.gz") == b"one\ntwo\n"


def test_a_gzip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = gzip.compress(b"a" * 50_000_000)
    with pytest.raises(LoadError, match="unpacks to too much"):
        unpack(bomb, "bomb.csv.gz")
    with pytest.raises(LoadError, match="unpacks to too much"):
        unpack(gzip.compress(random.Random(1).randbytes(3000)), "x.gz", largest=2000)


def test_a_gzip_that_is_cut_off_or_damaged_is_told() -> None:
    whole = gzip.compress(b"a,b\n1,2\n" * 100)
    with pytest.raises(LoadError, match="cut off"):
        unpack(whole[:-9], "x.gz")
    with pytest.raises(LoadError, match="damaged"):
        unpack(whole[:20] + b"\0\0\0\0" + whole[24:], "x.gz")
