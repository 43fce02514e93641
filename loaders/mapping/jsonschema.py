"""The JSON Schema of mappings, by which an editor completes and checks them; made from the shapes."""

from __future__ import annotations

from typing import Any, Final

from .schema import SHAPES, STATEMENTS, Key

_SCALAR: Final = {"type": ["string", "number", "boolean"]}
_TEXTS: Final = {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR, "minItems": 1}]}


def to_json_schema() -> dict[str, Any]:
    """Give the schema (JSON Schema 2020-12). A text may be written as YAML's number or truth value: ``-9``, ``no``."""
    shapes = {_id(name): _object(keys) for name, keys in SHAPES.items() if name not in ("mapping", "statement")}
    # Kinds of relation have the same keys, so they share a shape.
    relation = [name for name in STATEMENTS if name not in ("transfer", "description")]
    kinds = {"transfer": ["transfer"], "description": ["description"], "relation": relation}
    statements = {}
    for name, states in kinds.items():
        shape = _object(STATEMENTS[states[0]])
        shape["properties"]["states"] = {"enum": states, "description": STATEMENTS[states[0]]["states"].meaning}
        statements[_id(f"statement of a {name}")] = shape
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A mapping of legation: how the rows of a table become claims",
        **_object(SHAPES["mapping"]),
        "$defs": {
            **shapes,
            **statements,
            "condition": {"type": "object", "additionalProperties": {"anyOf": [_TEXTS, _ref("test")]}},
            "statement": {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in statements]},
        },
    }


def _object(keys: dict[str, Key]) -> dict[str, Any]:
    needed = [key.name for key in keys.values() if key.needed]
    made: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: _kind(key) | {"description": key.meaning} for key in keys.values()},
    }
    return made | ({"required": needed} if needed else {})


def _kind(key: Key) -> dict[str, Any]:
    if key.kind.startswith("list of "):
        return {"type": "array", "items": _ref(key.kind.removeprefix("list of "))}
    if key.kind.startswith("named "):
        return {"type": "object", "additionalProperties": _ref(key.kind.removeprefix("named "))}
    value = {"anyOf": [{"type": "string"}, _ref("value")]}
    choice: dict[str, Any] = {"enum": [*key.choices, *([True, False] if "true" in key.choices else [])]}
    kinds: dict[str, dict[str, Any]] = {
        "text": _SCALAR,
        "texts": _TEXTS,
        "number": {"type": "number"},
        "choice": choice,
        "chosen": {"anyOf": [choice, _ref("value")]},
        "condition": _ref("condition"),
        "value": value,
        "values": {"anyOf": [*value["anyOf"], {"type": "array", "items": value}]},
        "party name": {"type": "string"},
        "party names": _TEXTS,
        "table": {"type": "object", "additionalProperties": _SCALAR},
    }
    return dict(kinds.get(key.kind) or _ref(key.kind))


def _ref(shape: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{_id(shape)}"}


def _id(shape: str) -> str:
    return shape.replace(" ", "-")
