"""Every card, asked of everything in the samples that it can be asked of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from legation.graph.store import GraphStore, open_store
from legation.loaders.samples import load_samples
from legation.queries.card import Card
from legation.queries.cards import CARDS
from legation.queries.formats import to_csv, to_json, to_markdown
from legation.queries.parameter import NODES


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """An embedded store that holds the samples; nobody writes to it."""
    with open_store(str(tmp_path_factory.mktemp("samples") / "store"), create=True) as opened:
        load_samples(opened, lambda *_: None)
        yield opened


def askable(store: GraphStore, card: Card) -> Iterator[dict[str, str | int]]:
    """Give what a card can be asked with: its example, then each node for each parameter that takes one."""
    yield dict(card.example)
    needed = {one.name: card.example[one.name] for one in card.parameters if one.required and one.name in card.example}
    for parameter in card.parameters:
        if parameter.kind in NODES:
            for row in store.read(f"MATCH (n:{NODES[parameter.kind][0]}) RETURN n.id AS id ORDER BY id"):
                yield needed | {parameter.name: row["id"]}


@pytest.mark.parametrize("card", CARDS.values(), ids=list(CARDS))
def test_every_card_answers_for_everything_in_the_samples(samples: GraphStore, card: Card) -> None:
    for given in askable(samples, card):
        answer = card.run(samples, **given)
        assert answer.rows.records or answer.notes, given
        for form in (to_csv, to_json, to_markdown):
            assert "".join(form(answer.rows)), given
    assert answer.to_subgraph(samples).question
