"""Card: a named question in English, its typed parameters, its Cypher, and what to mind; running it gives an Answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..graph.errors import ParameterWrong
from ..graph.store import GraphStore, Rows
from ..graph.subgraph import Subgraph
from .picture import of_transfers
from .resolve import resolve

KINDS: Final = {"actor": ("Actor", "anybody"), "system": ("System", "anything")}
"""The kinds of parameter: the label of the nodes that a name is looked up among, and the word for one not given."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a card.

    Attributes:
        name: as the Cypher and the command line call it.
        kind: one of ``KINDS``; it says how what is typed becomes a value.
        help: half a sentence for the help text.
        required: whether the question makes no sense without it.
    """

    name: str
    kind: str
    help: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What a card found.

    Attributes:
        card: the question.
        asked: the question with the names filled in.
        rows: one mapping a row. Columns that end in ``_ids`` are for programs; tables leave them out.
        parameters: the values that the Cypher was run with.
    """

    card: Card
    asked: str
    rows: Rows
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def to_subgraph(self, store: GraphStore) -> Subgraph:
        """Give the picture of the same answer: the actors of its transfers, with all their evidence."""
        ids = dict.fromkeys(one for row in self.rows for one in row.get("transfer_ids") or ())
        return of_transfers(store, self.asked, list(ids), cypher=self.card.cypher)


@dataclass(frozen=True, slots=True)
class Card:
    """A question that can be asked by name.

    Attributes:
        name: what the command line calls it.
        theme: under which heading it is listed.
        question: in English; ``{name}`` stands for a parameter.
        parameters: what it needs to know.
        cypher: one statement, portable, reading only; a parameter that was not given is null. Every row has
            ``transfer_ids``, the transfers that it rests on.
        mind: one or two honest sentences on what the answer is not.
    """

    name: str
    theme: str
    question: str
    parameters: tuple[Parameter, ...]
    cypher: str
    mind: str

    def run(self, store: GraphStore, **given: str | None) -> Answer:
        """Ask the question.

        Args:
            store: where.
            given: the parameters as people write them.

        Raises:
            ParameterWrong: one is missing, or the card has none of that name.
            UnknownName: nothing goes by a name.
            AmbiguousName: several things go by it.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                raise ParameterWrong(f"The question {self.name} has no parameter {name}; it takes {', '.join(known)}.")
        missing = [name for name, one in known.items() if one.required and not given.get(name)]
        if missing:
            raise ParameterWrong(f"The question {self.name} needs --{missing[0]}: {known[missing[0]].help}.")
        if known and not any(given.values()):
            raise ParameterWrong(f"The question {self.name} needs at least one of --{', --'.join(known)}.")
        nodes = {name: resolve(store, text, KINDS[known[name].kind][0]) for name, text in given.items() if text}
        values = {name: nodes[name].id if name in nodes else None for name in known}
        names = {name: nodes[name].name if name in nodes else KINDS[one.kind][1] for name, one in known.items()}
        rows = store.read(self.cypher, **values)
        ordered = [{name: _in_order(value) for name, value in row.items()} for row in rows]
        return Answer(self, self.question.format(**names), Rows(rows.columns, ordered), values)


def _in_order(value: Any) -> Any:
    """Put a collected list in order: an engine may collect in any."""
    return sorted(set(value)) if isinstance(value, list) else value
