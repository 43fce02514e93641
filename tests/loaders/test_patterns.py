"""No regular expression of the loaders takes more than linear time, however nasty the text."""

from __future__ import annotations

import ast
import collections
import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import legation.loaders
from legation.loaders.sipri import comments

Pattern: TypeAlias = "re.Pattern[Any]"

SIZE = 100_000
NASTY = (
    *"aA1. \n\t,;:-()<>|*[]{}'\"&#_/\\$=é–“\u00a0",
    *("a ", "A a ", "A1 ", "1 ", "1,", "1.", ". ", "a.", "(a", "a)", "(a)", "<a ", "<a>", "| ", "|-", "- ", "a-", "--"),
    *(
        "\n\n",
        " \n",
        "a\n",
        "A: a\n",
        "---\n",
        "14 May 2019 ",
        "May 14, ",
        "2019-05-",
        "Title: ",
        "1-2 ",
        "$1 m",
        "1 000",
    ),
    *(
        "for the ",
        "from a to b ",
        "and A ",
        "R:\t",
        "a\tb",
        "'a' ",
        "<meta a",
        "charset=",
        "https://a",
        "%PDF-",
        "not found ",
    ),
)
SECONDS = 240
"""All patterns need some 20 s for all texts; one of quadratic time would need as long for one of them."""
SEARCHING = {"search", "sub", "subn", "split", "findall", "finditer"}


def patterns() -> dict[str, Pattern]:
    """Give every pattern of the loaders: those that a module holds, those in calls, and those made from data."""
    found = dict(_within("comments.toml", comments._patterns()))
    for module in modules():
        found |= dict(_within(module.__name__, vars(module)))
        found |= {f"{module.__name__} re.{how} {text}": re.compile(text) for how, text in _calls(module) if text}
    return found


def modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(legation.loaders.__path__, "legation.loaders."):
        yield importlib.import_module(info.name)


def _calls(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """Give each call of a method of a pattern: its name, with that of the pattern, or the text that is compiled."""
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SEARCHING:
            owner = ast.unparse(node.func.value)
            if owner == "re":
                told = node.args[0]
                yield node.func.attr, told.value if isinstance(told, ast.Constant) else None
            else:
                yield owner.rsplit(".", 1)[-1], None


def searched() -> set[str]:
    """Give the names of the patterns that are looked for anywhere in a text, and not only at one place."""
    return {f"{module.__name__}.{name}" for module in modules() for name, text in _calls(module) if text is None}


def _within(name: str, value: object) -> Iterator[tuple[str, Pattern]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _within(f"{name}.{key}", one) if not str(key).startswith("__") else ()
    elif isinstance(value, list | tuple):
        for number, one in enumerate(value):
            yield from _within(f"{name}[{number}]", one)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from _within(f"{name}.{part.name}", getattr(value, part.name))


def texts(pattern: Pattern) -> Iterator[Any]:
    """Give long texts of repeats: of nasty pieces, and of what the pattern itself looks for."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    own = [piece for piece in re.split(r"[^\w ,.:-]+", source) if len(piece) > 1]
    for piece in (*NASTY, *own, " ".join(own)):
        for text in (piece * (SIZE // max(1, len(piece))), "A" + piece * (SIZE // max(1, len(piece))) + "!"):
            yield text if isinstance(pattern.pattern, str) else text.encode()


def main() -> None:
    """Try every pattern on every text in the way in which it is used; say the name of each before it is tried."""
    anywhere = searched()
    for name, pattern in patterns().items():
        sys.stdout.write(f"{name!a}\n")
        sys.stdout.flush()
        own = re.sub(r"\[\d+\]$", "", name)
        for text in texts(pattern):
            pattern.match(text)
            pattern.fullmatch(text)
            if own in anywhere or " re." in name or own.endswith("._FORMS"):
                collections.deque(pattern.finditer(text), maxlen=0)


def test_there_are_patterns_of_every_kind() -> None:
    names = set(patterns())
    assert len(names) > 60
    assert any(name.startswith("comments.toml") for name in names)
    assert any(" re.sub " in name for name in names)
    assert {f"legation.loaders.{name}" for name in ("text._DECLARED", "extraction.sentences._STOP")} <= searched()
    assert "legation.loaders.page._MARKUP" not in searched()


def test_every_pattern_reads_a_hundred_thousand_nasty_characters_in_linear_time() -> None:
    try:
        subprocess.run([sys.executable, __file__], stdout=subprocess.PIPE, timeout=SECONDS, check=True, text=True)
    except subprocess.TimeoutExpired as late:
        said = late.stdout.decode() if isinstance(late.stdout, bytes) else late.stdout or ""
        raise AssertionError(f"too slow: {said.splitlines()[-1]}") from late


if __name__ == "__main__":
    main()
