"""The page of the questions: what it shows is what the cards answer on the samples, on every store."""

from __future__ import annotations

import runpy
from pathlib import Path

from legation.graph.store import GraphStore
from legation.loaders.samples import load_samples
from legation.queries.cards import CARDS

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_the_questions_is_up_to_date(store: GraphStore) -> None:
    """If not: python docs/questions.py."""
    load_samples(store, lambda *_: None)
    written = runpy.run_path(str(DOCS / "questions.py"))["page"](store)
    assert written == (DOCS / "questions.md").read_text(encoding="utf-8")


def test_every_question_has_an_answer_and_a_picture_on_the_samples(store: GraphStore) -> None:
    load_samples(store, lambda *_: None)
    for name, card in CARDS.items():
        answer = card.run(store, **card.example)
        if name == "revisions":  # of the sample register there is one edition
            continue
        assert answer.count, name
        graph = answer.to_subgraph(store)
        assert graph.nodes, name
        for edge in graph.edges:
            claims = [*edge.claims, *(claim for deal in edge.transfers for claim in graph.transfers[deal].claims)]
            assert all(graph.quotes[claim].claim["quote"] for claim in claims)
