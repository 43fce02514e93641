"""YAML that people write: by the safe loader, bounded, without tags, anchors and aliases, with line numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .errors import LegationError

if TYPE_CHECKING:
    import yaml

DEEPEST: Final = 50
"""Levels of lists and keys in each other; the parser's time grows with the square of them."""


def read_yaml(path: Path, largest: int, wrong: type[LegationError]) -> yaml.Node | None:
    """Read a YAML file into its nodes, each of which knows its line.

    Args:
        path: the file, in UTF-8.
        largest: bytes that it may have.
        wrong: what is raised.

    Returns:
        The root; None if there is nothing in the file.
    """
    try:
        size = path.stat().st_size
        if size > largest:
            raise wrong(f"{path} has {size:,} bytes; such a file has {largest:,} at most.")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise wrong(f"{path} cannot be read: {error}.") from error
    return parse_yaml(text, str(path), wrong)


def parse_yaml(text: str, name: str, wrong: type[LegationError]) -> yaml.Node | None:
    """Parse YAML into its nodes; ``name`` is for the message."""
    import yaml  # noqa: PLC0415  (only those who wrote a file need it)

    begins = yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken
    begins |= yaml.BlockSequenceStartToken | yaml.BlockMappingStartToken
    ends = yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken | yaml.BlockEndToken
    depth = 0
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            place = f"{name}, line {token.start_mark.line + 1}"
            # A few lines of aliases of aliases would unfold to billions of values.
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
                raise wrong(
                    f"{place}: aliases, anchors and tags (*name, &name, !name) are not taken; write the value out."
                )
            depth += isinstance(token, begins) - isinstance(token, ends)
            if depth > DEEPEST:
                raise wrong(f"{place}: lists and keys stand in each other more than {DEEPEST} levels deep.")
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        told = " ".join(str(error).split())
        raise wrong(f"{name} is no YAML: {told}.") from error


def to_value(node: yaml.Node | None, name: str, wrong: type[LegationError]) -> Any:
    """Give what a node means by YAML's own rules: texts, numbers, truth values, lists, mappings; ``name`` as above."""
    import yaml  # noqa: PLC0415  (as above)

    if node is None:
        return None
    try:
        return yaml.constructor.SafeConstructor().construct_document(node)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        told = " ".join(str(error).split())
        raise wrong(f"{name} is no YAML: {told}.") from error


def kind_of(node: yaml.Node) -> str:
    """Tell what a node is: ``mapping``, ``sequence`` or ``scalar``; files with tags of their own are not read."""
    return {"tag:yaml.org,2002:map": "mapping", "tag:yaml.org,2002:seq": "sequence"}.get(node.tag, "scalar")
