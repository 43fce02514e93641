"""Asking a card in one line."""

from __future__ import annotations

from legation.graph.claims import Claim, Document
from legation.graph.store import GraphStore
from legation.queries.card import Answer
from legation.queries.cards import CARDS
from making import document

TB2 = "system:bayraktar-tb2"
AKINCI = "system:bayraktar-akinci"
F16 = "system:f-16"


def news(source: str = "Daily News", **values: str) -> Document:
    """Make an article with room for many quotes."""
    return document(f"{source} tells who supplies whom with what. " * 4, source, **values)


def put(store: GraphStore, of: Document, *claims: Claim) -> GraphStore:
    """Write a document with its claims."""
    store.write(of, claims)
    return store


def ask(store: GraphStore, card: str, **given: str | int) -> Answer:
    """Ask a card."""
    return CARDS[card].run(store, **given)


def table(store: GraphStore, card: str, *columns: str, **given: str | int) -> list[tuple[object, ...]]:
    """Ask a card and give some columns of each row."""
    return [tuple(row[name] for name in columns) for row in ask(store, card, **given).rows]
