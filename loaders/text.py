"""Bytes of a file to text: which encoding, which line ends, and whether there is text in it at all."""

from __future__ import annotations

import re
import zlib
from itertools import islice
from pathlib import Path
from typing import Final

from ..graph.errors import LoadError
from . import pdf, workbook

MAX_BYTES: Final = 512 * 2**20
_ENCODINGS: Final = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "koi8_r", "mac_roman"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
)
"""What files that are not UTF-8 are in today; of all that there ever were, short texts look like the wrong one."""
_GZIP: Final = b"\x1f\x8b"
_MOST_TIMES: Final = 200
"""How many times its size a file may unpack to; tables of short rows that are all alike come to 40."""
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_ASCII: Final = bytes(range(128))
_DECLARED: Final = re.compile(
    rb"(?i)<meta[^>]{1,200}charset\s?=\s?[\"']?(windows-125\d|koi8-[ru]|iso-8859-\d\d?|gb2312|gbk|gb18030|big5|shift_jis"
    rb"|euc-jp|euc-kr)\b"
)
"""What a page says of its encoding, if it is one that is in use."""
_UNSEEN: Final = (
    dict.fromkeys(
        {*range(32), *range(0x7F, 0xA0), 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, 0xFEFF}
        | {*range(0x2066, 0x206A)},
        "",
    )
    | {ord("\t"): "\t"}
    | dict.fromkeys((0xA, 0xB, 0xC, 0x85, 0x2028, 0x2029), "\n")
)
_SAMPLE: Final = 2**16
"""As many bytes tell an encoding; looking at more only takes time."""
_WESTERN: Final = 0.01
"""A text with a smaller share of bytes above ASCII is English with some names, so that no other alphabet is at hand."""


def read_text(path: Path) -> str:
    r"""Read a text file whole.

    Args:
        path: the file, packed with gzip or not; UTF-8 with or without a byte-order mark, UTF-16 with one, or whatever
            its bytes look like.

    Returns:
        The text without a byte-order mark, with ``\n`` at the end of each line.

    Raises:
        LoadError: the file is missing, empty, too large, or no text.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise LoadError(f"{path} has {size // 2**20} MB; more than {MAX_BYTES // 2**20} MB are not read. Split it.")
        data = path.read_bytes()
    except OSError as error:
        raise LoadError(f"{path} cannot be read: {error.strerror or error}.") from error
    data = unpack(data, str(path)) if data.startswith(_GZIP) else data
    text = decode(data, str(path))
    if not text.strip():
        raise LoadError(f"{path} is empty; there is nothing to load.")
    return text


def unpack(data: bytes, name: str, largest: int = MAX_BYTES) -> bytes:
    """Unpack what gzip packed; ``name`` is for the message.

    Args:
        data: the bytes of the file, of one or more members.
        name: of the file.
        largest: bytes that it may unpack to; nor may it unpack to so many times its size as only a bomb does.

    Raises:
        LoadError: it is cut off or damaged, or unpacks to too much.
    """
    largest = min(largest, max(len(data) * _MOST_TIMES, 2**20))
    parts: list[bytes] = []
    left = data
    try:
        while left:
            member = zlib.decompressobj(wbits=31)
            parts.append(member.decompress(left, largest + 1))
            largest -= len(parts[-1])
            if largest < 0:
                raise LoadError(f"{name} unpacks to too much: to hundreds of times its size, or to more than is read.")
            if not member.eof:
                raise LoadError(f"{name} is cut off: the end of what gzip packed is not there.")
            left = member.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise LoadError(f"{name} is damaged: it cannot be unpacked ({error}).") from error
    return b"".join(parts)


def to_visible(text: str) -> str:
    """Take out what no reader sees: control characters, soft hyphens, marks of width nought and of direction.

    They part names and let a quote show other words than it holds. Every kind of line end becomes a line feed.
    """
    return text.translate(_UNSEEN)


def holds_text(data: bytes) -> bool:
    """Tell from its first bytes whether a file can be read: text, packed or not, a PDF or an Excel workbook."""
    read = pdf.recognises(data) or workbook.recognises(data)
    return read or data.startswith(_GZIP) or not looks_binary(data)


def looks_binary(data: bytes) -> bool:
    """Tell whether bytes are no text in any usual encoding: a NUL or many control characters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    head = data[:8192]
    return b"\0" in head or len(head.translate(None, _CONTROL)) < 0.95 * len(head)


def decode(data: bytes, name: str) -> str:
    """Turn the bytes of a file into text; ``name`` is for the message.

    Raises:
        LoadError: they are no text.
    """
    if pdf.recognises(data):
        return pdf.to_text(data, name)
    if workbook.recognises(data):
        return workbook.to_text(data, name)
    if data.startswith(b"PK\x03\x04"):
        raise LoadError(f"{name} is a ZIP archive, whatever it is called. Unpack it.")
    if looks_binary(data):
        raise LoadError(f"{name} is no text file. Articles are read from .txt, .md, .html, .pdf, registers from .csv.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = _guess(data)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(data: bytes) -> str:
    if data.startswith(b"{\\rtf"):
        return _mended(data, "mac_roman" if b"\\mac" in data[:200] else "cp1252")
    declared = _DECLARED.search(data, 0, 2048)
    if declared:
        encoding = declared[1].decode().lower()
        # Browsers read Latin-1 as Windows has it, and so do those who write it.
        return _mended(data, "cp1252" if encoding == "iso-8859-1" else encoding)
    high = len(data.translate(None, _ASCII))
    stray = len(data) - len(data.decode("utf-8", "ignore").encode())
    if high - stray > 4 * stray:
        return _mended(data, "utf-8-sig")
    if high < _WESTERN * len(data):
        return _mended(data, _western(data))
    from charset_normalizer import from_bytes  # noqa: PLC0415  (only a file of another alphabet needs it)

    found = from_bytes(_sample(data), cp_isolation=list(_ENCODINGS))
    # Its own order lets è be č where neither is odd; how well a language fits decides between such.
    best = min(found, key=lambda match: (match.chaos, -match.coherence), default=None)
    # cp1252 gives nearly every byte some character, so that nothing is lost even where nothing fits.
    return _mended(data, best.encoding if best is not None else "cp1252")


def _mended(data: bytes, encoding: str) -> str:
    """Decode bytes; those that the encoding does not have are read as Latin-1 with the signs of Windows."""
    text = data.decode(encoding, "surrogateescape")
    return re.sub("[\udc80-\udcff]", lambda found: _STRAY[ord(found[0]) - 0xDC80], text)


_STRAY: Final = [
    bytes([byte]).decode("cp1252", "ignore") or bytes([byte]).decode("latin-1") for byte in range(0x80, 0x100)
]


def _sample(data: bytes) -> bytes:
    """Give a part that tells the encoding, of whole lines: from the first byte on that is not ASCII."""
    if len(data) <= _SAMPLE:
        return data
    high = re.search(rb"[\x80-\xff]", data)
    first = high.start() if high else 0
    line = data.rfind(b"\n", 0, first) + 1
    first = line if first - line < _SAMPLE else first
    part = data[first : first + _SAMPLE]
    last = max(part.rfind(b"\n"), part.rfind(b" "))
    return part[:last] if last > 0 else part


def _western(data: bytes) -> str:
    """Tell Windows from the old Macintosh by whether each letter fits between its neighbours."""
    scores = dict.fromkeys(("cp1252", "mac_roman"), 0)
    for found in islice(re.finditer(rb"(?s)(.?)([\x80-\xff])(.?)", data), 2000):
        before, after = (found[group].decode("ascii", "ignore") for group in (1, 3))
        for encoding in scores:
            scores[encoding] += _fit(before, found[2].decode(encoding, "ignore"), after)
    return max(scores, key=lambda encoding: scores[encoding])


def _fit(before: str, sign: str, after: str) -> int:
    if not sign or (sign in "ŠšŽž" and before.islower() and after.islower()):
        return -1
    if sign.islower():
        return 1 if (before + after).isalpha() else 0
    if sign.isalpha():
        return -1 if before.islower() else 1
    return -1 if before.isalpha() and after.isalpha() and sign != "’" else 0
