"""The data of a page as text in a script tag, and back: JSON, packed where it is long."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import zlib
from pathlib import Path
from typing import Any, Final, NamedTuple

import deflate

from ..errors import ParameterWrong
from .layout import Place

LONGEST_PLAIN: Final = 20_000
"""Bytes of JSON that stand in a page as they are; longer ones are packed, to a seventh where rows are alike."""

_FARTHEST: Final = 1_000_000
"""Units from the middle beyond which no page of ours puts a node, many times over."""

_LEVEL: Final = 10
_UNSAFE: Final = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
"""What must not stand as itself in a script tag: markup, line ends of old JavaScript, surrogates without a partner."""

_SCRIPT: Final = re.compile(r'<script type="(application/[^"]+)" id="data"[^>]*>(.*?)</script>', re.DOTALL)


class Script(NamedTuple):
    """What the script tag holds.

    Attributes:
        type: ``application/json``, or ``application/zlib`` for JSON packed with zlib and written in base64.
        text: that.
        sha256: of the JSON in UTF-8, hexadecimal.
    """

    type: str
    text: str
    sha256: str


def to_json(value: object) -> str:
    """Write a value as JSON that may stand in a script tag: nothing in it can end the tag, and it has one form only."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def to_script(content: dict[str, Any]) -> Script:
    """Write the data of a page. libdeflate packs alike on every machine, unlike the zlib that Python finds there."""
    text = to_json(content)
    raw = text.encode()
    sha256 = hashlib.sha256(raw).hexdigest()
    if len(raw) <= LONGEST_PLAIN:
        return Script("application/json", text, sha256)
    packed = base64.b64encode(deflate.zlib_compress(raw, _LEVEL)).decode()
    return Script("application/zlib", packed, sha256)


def read_data(html: str) -> Any:
    """Read the data of a page as its script does.

    Raises:
        ValueError: the text is no page of ours.
    """
    found = _SCRIPT.search(html)
    if found is None:
        raise ValueError("no data")
    if found[1] == "application/json":
        return json.loads(found[2])
    return json.loads(zlib.decompress(base64.b64decode(found[2])))


def read_places(path: Path) -> dict[str, Place]:
    """Read where the nodes of an earlier page stood, by their ids.

    Raises:
        ParameterWrong: the file cannot be read, or is no page of ours.
    """
    try:
        nodes = read_data(path.read_text(encoding="utf-8"))["nodes"]
        return {str(node["key"]): (_coordinate(node["x"]), _coordinate(node["y"])) for node in nodes}
    except OSError as error:
        raise ParameterWrong(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, LookupError, TypeError, zlib.error, binascii.Error) as error:
        raise ParameterWrong(f"{path} is no page that legation wrote. Name the earlier snapshot's file.") from error


def _coordinate(value: Any) -> int:
    if not -_FARTHEST <= value <= _FARTHEST:  # NaN is not between them either
        raise ValueError("too far away")
    return int(value)
