"""The SVG for notebooks: it draws what the page would draw, and refuses what the page refuses."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from legation.graph.errors import QueryError
from legation.graph.subgraph import Edge, Subgraph
from legation.graph.views.drawing import draw


def test_a_kind_that_the_schema_does_not_know_is_drawn_and_told_by_its_own_name(small: Subgraph) -> None:
    edges = (*small.edges, Edge("SPIES_ON", "TUR", "POL"), Edge("<b>", "TUR", "ARM"))
    svg = draw(replace(small, edges=edges)).svg
    texts = [text for text in ElementTree.fromstring(svg).itertext() if text.strip()]
    assert {"Turkey spies on Poland", "spies on", "Turkey <b> Armenia", "<b>"} <= set(texts)
    assert draw(replace(small, edges=edges)).svg == svg


def test_a_line_whose_end_is_missing_is_refused_as_the_page_does(small: Subgraph) -> None:
    with pytest.raises(QueryError, match="'XXX'"):
        draw(replace(small, edges=(Edge("ARMS", "TUR", "XXX"),)))
