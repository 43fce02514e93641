"""Statements on many rows, run a batch at a time within one transaction, with numbers on how far they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias, TypeVar

from . import cypher
from .errors import WriteFailed

_ItemT = TypeVar("_ItemT")

_BATCH: Final = 500
"""Rows a statement: fewer cost round trips, more cost the embedded engine memory that it has to clear again."""

Edge: TypeAlias = tuple[str, str, Mapping[str, Any]]
"""A relation to make: id of the start, id of the end, properties."""

Progress: TypeAlias = Callable[[int, int, str], None]
"""Is told how many are done, how many there are, and of what. Work that is tried again is told again."""


def tell_nobody(_done: int, _total: int, _what: str) -> None:
    """Do nothing with the progress."""


class Transaction(Protocol):
    """What a change needs of the store's transaction."""

    @property
    def deletes_at_once(self) -> bool:
        """Whether all that is deleted must be found before the first of it is; see ``cypher.DELETE_AT_ONCE``."""

    def rows(self, statement: str, /, **parameters: Any) -> list[dict[str, Any]]:
        """Run a statement and give its rows."""

    def run(self, statement: str, /, **parameters: Any) -> int:
        """Run a statement for its effect and give how many relations it made."""


class Batches:
    """Runs statements on many rows.

    Attributes:
        transaction: where they run.
        progress: is told how far those are that say of what they have many.
    """

    def __init__(self, transaction: Transaction, progress: Progress = tell_nobody) -> None:
        self._transaction = transaction
        self._progress = progress

    def read(self, statement: str, name: str, values: Iterable[str], **more: Any) -> Iterator[dict[str, Any]]:
        """Run a statement that takes a list of strings as ``$name``, and give its rows."""
        for batch in _batches(sorted(values)):
            yield from self._transaction.rows(statement, **{name: batch}, **more)

    def run(self, statement: str, name: str, values: Sequence[Any], what: str = "", **more: Any) -> int:
        """Run a statement that takes a list as ``$name``, and give how many relations it made.

        Args:
            statement: the Cypher.
            name: of the parameter.
            values: what it takes.
            what: of what they are many, for the progress; empty if that is not worth telling.
            more: parameters that are the same for each batch.
        """
        return self.run_rows(statement, values, lambda value: value, what, name, **more)

    def run_rows(
        self,
        statement: str,
        items: Sequence[_ItemT],
        to_row: Callable[[_ItemT], Any],
        what: str = "",
        name: str = "rows",
        **more: Any,
    ) -> int:
        """As ``run``, for items whose rows are made only when their batch goes; all at once would fill memory."""
        made = done = 0
        for batch in _batches(items):
            made += self._transaction.run(statement, **{name: [to_row(item) for item in batch]}, **more)
            done += len(batch)
            if what:
                self._progress(done, len(items), what)
        return made

    def create(
        self,
        statement: str,
        items: Sequence[_ItemT],
        to_row: Callable[[_ItemT], Any],
        each: int,
        what: str,
        **more: Any,
    ) -> None:
        """Run a statement that makes relations, so many for each item; stop if it made fewer than it should."""
        made = self.run_rows(statement, items, to_row, what, **more)
        if made != each * len(items):
            raise WriteFailed(f"The store made {made} of {each * len(items)} relations for {what}; nothing is written.")

    def connect(self, kind: str, edges: Sequence[Edge], start_label: str, end_label: str) -> None:
        """Make relations of one kind between nodes that are looked up by these labels."""
        statement = cypher.create_edges(kind, start_label, end_label)
        self.create(statement, edges, _edge_row, 1, f"relations {kind}")

    def add_missing(self, nodes: Mapping[str, Mapping[str, Any]], labels: tuple[str, ...]) -> set[str]:
        """Create the nodes that are not there yet, and give the ids of those that were."""
        known = {row["id"] for row in self.read(cypher.known_ids(labels[0]), "ids", nodes)}
        missing = [values for node_id, values in nodes.items() if node_id not in known]
        self.run(cypher.create_nodes(labels), "rows", missing)
        return known

    def let_go(self, gone: Mapping[str, Sequence[str]]) -> None:
        """Make nodes that are to be deleted hold nobody any more; where that costs nothing, by deleting them now.

        Args:
            gone: name of a parameter of ``cypher.DELETE`` -> its values.
        """
        for name in cypher.LOOSEN:
            if self._transaction.deletes_at_once:
                self.run(cypher.LOOSEN[name], name, gone.get(name, ()))
            else:
                self.run(cypher.DELETE[name], name, gone.get(name, ()), f"{name} taken out")

    def delete(self, gone: Mapping[str, Sequence[str]], lonely: Mapping[str, Sequence[str]]) -> None:
        """Delete nodes; nothing can be looked up quickly afterwards, so this comes last.

        Args:
            gone: those that were let go.
            lonely: those that nobody holds any more, in the same form.
        """
        if not self._transaction.deletes_at_once:
            for name, values in lonely.items():
                self.run(cypher.DELETE[name], name, values)
        elif count := sum(map(len, (*gone.values(), *lonely.values()))):
            both = {name: [*gone.get(name, ()), *lonely.get(name, ())] for name in cypher.DELETE}
            self._transaction.run(cypher.DELETE_AT_ONCE, **both)
            self._progress(count, count, "nodes taken out")


def _edge_row(edge: Edge) -> dict[str, Any]:
    start, end, values = edge
    return {"start": start, "end": end, "values": values}


def _batches(items: Sequence[_ItemT]) -> Iterator[Sequence[_ItemT]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
