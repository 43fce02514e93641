"""YAML that people write: by the safe loader, bounded, without tags, anchors and aliases, with line numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import LegationError

if TYPE_CHECKING:
    import yaml


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

    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            # A few lines of aliases of aliases would unfold to billions of values.
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
                raise wrong(
                    f"{name}, line {token.start_mark.line + 1}: aliases, anchors and tags (*name, &name, !name) are "
                    "not taken; write the value out."
                )
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
