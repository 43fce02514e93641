"""Bytes of a file to text: which encoding, which line ends, and whether it is text at all."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ..graph.errors import LoadError

MAX_BYTES: Final = 512 * 2**20
_ENCODINGS: Final = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "koi8_r", "mac_roman"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
)
"""What files that are not UTF-8 are in today; of all that there ever were, short texts look like the wrong one."""
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def read_text(path: Path) -> str:
    r"""Read a text file whole.

    Args:
        path: the file; UTF-8 with or without a byte-order mark, UTF-16 with one, or whatever its bytes look like.

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
    text = decode(data, str(path))
    if not text.strip():
        raise LoadError(f"{path} is empty; there is nothing to load.")
    return text


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
    if looks_binary(data):
        raise LoadError(f"{name} is no text file. Articles are read from .txt, .md and .html, registers from .csv.")
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text = _guess(data)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415  (only a file that is not UTF-8 needs it)

    best = from_bytes(data, cp_isolation=list(_ENCODINGS)).best()
    # Latin-1 gives every byte some character, so that nothing is lost even where nothing fits.
    return str(best) if best is not None else data.decode("latin-1")
