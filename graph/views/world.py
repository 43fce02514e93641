"""The world as a picture needs it: outlines of land and borders, and where each state is put (see world.json)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

WORLD: Final = Path(__file__).with_name("world.json")


def to_world(ids: Sequence[str]) -> dict[str, Any] | None:
    """Give the outlines, and the place of each state among some nodes.

    Args:
        ids: of nodes, in the order in which a page numbers them.

    Returns:
        ``places``, longitude and latitude in degrees by the number of the node, as triples; ``arcs``, lists of
        a first point and the steps from there, in ``unit`` degrees; ``land``, rings of arcs, where ``~n`` is arc n
        walked backwards. None if fewer than two of the nodes have a place: then a map has nothing to show.
    """
    world = json.loads(WORLD.read_text(encoding="utf-8"))
    places = [(number, *world["places"][key]) for number, key in enumerate(ids) if key in world["places"]]
    if len(places) < 2:
        return None
    return {"places": places, **{name: world[name] for name in ("unit", "arcs", "land")}}
