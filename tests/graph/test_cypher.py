"""The generated Cypher stands as it is in a golden file; labels and kinds come from the schema alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from legation.graph import cypher

GOLDEN = Path(__file__).parents[1] / "data" / "statements.cypher"


def generated() -> str:
    plain = [
        value
        for name, value in sorted(vars(cypher).items())
        if name.isupper() and not name.startswith("_") and isinstance(value, str)
    ]
    made = [
        *cypher.schema_statements(),
        *cypher.schema_statements(shared=True),
        cypher.known_ids("Actor"),
        cypher.create_nodes(("Actor", "State")),
        cypher.set_properties("System"),
        cypher.create_edges("SUPPLIES", "Actor", "Transfer"),
        cypher.delete_relations("MAKES", "Actor", "System"),
        cypher.delete_lonely("Conflict"),
        cypher.lonely("Source"),
        cypher.replace_properties("Transfer"),
        cypher.create_edges("ABOUT", "Claim", "System"),
        cypher.create_edges("ARMS", "Actor", "Actor"),
        cypher.create_edges("LEADS", "Actor", "Actor"),
        *plain,
        *cypher.EDGES_OF_BLOCKS,
        *cypher.LOOSEN.values(),
        *cypher.DELETE.values(),
        *(statement for statements in cypher.NAMES_GIVEN.values() for statement in statements),
    ]
    return "".join(f"{statement};\n" for statement in made)


def test_the_statements_are_those_of_the_golden_file() -> None:
    assert generated() == GOLDEN.read_text(encoding="utf-8"), "if this is meant, write the new text to the golden file"


@pytest.mark.parametrize("name", ["Actor) DETACH DELETE n //", "Person`", "", "State"])
def test_a_label_that_is_no_key_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="label"):
        cypher.known_ids(name)
    with pytest.raises(ValueError, match="label"):
        cypher.delete_lonely(name)


def test_a_kind_or_label_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="no relation of the schema"):
        cypher.create_edges("KNOWS]->() DELETE r //", "Actor", "Actor")
    with pytest.raises(ValueError, match="no label of the schema"):
        cypher.create_nodes(("Actor", "Admin"))
