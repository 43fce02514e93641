"""Card: a named question in English, its typed parameters, its Cypher, and what to mind; running it gives an Answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from ..graph.attested import superseded
from ..graph.cypher import EDITIONS
from ..graph.errors import ParameterWrong
from ..graph.names import did_you_mean
from ..graph.rows import Rows
from ..graph.store import GraphStore
from ..graph.subgraph import Subgraph
from .emptiness import ends_before, left_out, why_empty
from .formats import printable
from .notebook import to_frame, to_html
from .parameter import NODES, Parameter, said, to_values
from .picture import of_answer
from .selection import DEALS, to_match

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]

Values = Mapping[str, Any]
_ALL: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """Rows with what must be said beside them.

    Attributes:
        rows: the rows.
        notes: sentences that belong to just these rows, such as what could not be counted.
        left_out: how many more rows there are, which a parameter of the card itself cut off.
    """

    rows: Rows
    notes: tuple[str, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a card found.

    Attributes:
        card: the question.
        asked: the question with the names filled in.
        rows: one mapping a row. Columns that end in ``_ids`` are for programs; tables leave them out.
        parameters: the values that the Cypher was run with.
        statement: the Cypher that was run.
        notes: what must be said beside the rows; if there are none, why.
        count: how many rows there are in all, with those that ``top`` or the card itself cut off; one more than
            ``top`` where the statement itself stops there.
    """

    card: Card
    asked: str
    rows: Rows
    parameters: Values = field(default_factory=dict)
    statement: str = ""
    notes: tuple[str, ...] = ()
    count: int = 0

    def __repr__(self) -> str:
        return f"<Answer: {self.asked} {len(self.rows)} rows>"

    def explained(self) -> tuple[str, ...]:
        """Say how to read a row, and with which values the question was asked."""
        values = ", ".join(f"{name} {value}" for name, value in self.parameters.items() if value is not None)
        return (*([f"A row is {self.card.row}."] if self.card.row else []), f"Asked with: {values or 'nothing'}.")

    def to_frame(self) -> pd.DataFrame:
        """Give the rows as a pandas frame; see ``notebook.to_frame``."""
        return to_frame(self.rows)

    def _repr_html_(self) -> str:
        return to_html(self.asked, self.rows, (self.card.mind, *self.notes))

    def to_subgraph(self, store: GraphStore) -> Subgraph:
        """Give the picture of the same answer: the deals, pairs and nodes of its rows, with all their evidence."""
        return replace(of_answer(store, self.asked, self.rows), cypher=self.statement)


@dataclass(frozen=True, slots=True)
class Card:
    """A question that can be asked by name.

    Attributes:
        name: what the command line calls it.
        theme: under which heading it is listed.
        question: in English; ``{name}`` stands for a parameter.
        parameters: what it needs to know.
        cypher: one statement, portable, reading only; a parameter that was not given is null. ``{deals}`` stands for
            the deals that the parameters choose, see ``selection``. Rows say what they rest on, for the picture:
            ``transfer_ids``, ``pair_ids`` (supplier and buyer, joined by ``|``) or ``node_ids``. ``$limit`` is one more
            than the parameter ``top``, for a statement that would give thousands of quotes; ``$past`` the ids of the
            documents that a later edition of their register has followed: what they say does not hold any more.
        row: how to read a row, in half a sentence.
        mind: one or two honest sentences on what the answer is not.
        example: parameters with which the samples answer it.
        read: makes the answer's rows from those of the Cypher where Cypher alone cannot; a pure function.
        needs_one: whether at least one parameter must be given.
    """

    name: str
    theme: str
    question: str
    parameters: tuple[Parameter, ...]
    cypher: str
    row: str
    mind: str
    example: Mapping[str, str | int] = field(default_factory=dict)
    read: Callable[[Rows, Values], Told] | None = None
    needs_one: bool = False

    def run(self, store: GraphStore, **given: str | int | None) -> Answer:
        """Ask the question.

        Args:
            store: where.
            given: the parameters as people write them.

        Raises:
            ParameterWrong: one is missing or makes no sense, or the card has none of that name.
            UnknownName: nothing goes by a name.
            AmbiguousName: several things go by it.
        """
        self._check(given)
        values, nodes = to_values(store, self.parameters, given)
        statement = self.statement(values)
        top = values.get("top")
        limit = {"limit": top + 1 if top else _ALL} if "$limit" in statement else {}
        past = {"past": sorted(superseded(store.read(EDITIONS)))} if "$past" in statement else {}
        found = store.read(statement, **values, **limit, **past)
        ordered = Rows(found.columns, [{name: _in_order(value) for name, value in row.items()} for row in found])
        told = self.read(ordered, values) if self.read else Told(ordered)
        rows, count = told.rows, len(told.rows) + told.left_out
        notes = list(told.notes)
        if count == 0:
            notes.append(why_empty(store, values, nodes))
        elif given.get("since") and (ended := ends_before(store, values["since"])):
            notes.append(ended)
        if narrowed := left_out(store, values):
            notes.append(narrowed)
        if top and count > top:
            rows = Rows(rows.columns, rows.records[:top])
            of_all = "there are more" if limit else f"there are {count:,}"
            notes.append(f"These are the first {top:,} rows, and {of_all}; --top 0 gives all.")
        asked = f"{self.question.format(**said(self.parameters, values, nodes))}{_years(values)}"
        return Answer(self, asked, rows, values, statement, tuple(map(printable, notes)), count)

    def in_capitals(self, *, whole: bool = False) -> str:
        """Give the question with the names of its parameters, as help texts have it; if whole, how to read it too."""
        question = self.question.format(**{one.name: one.name.upper() for one in self.parameters})
        row = f"A row is {self.row}." if self.row else ""
        return "\n\n".join(filter(None, (question, row, self.mind))) if whole else question

    def typed(self) -> str:
        """Give the example as it is typed into a shell."""
        words = {name: f'"{value}"' if " " in str(value) else value for name, value in self.example.items()}
        return " ".join(("legation query", self.name, *(f"--{name} {word}" for name, word in words.items())))

    def statement(self, values: Values) -> str:
        """Give the Cypher as it is run with some values."""
        return self.cypher.replace(DEALS, to_match(values))

    def _check(self, given: Mapping[str, str | int | None]) -> None:
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                takes = f"it takes {', '.join(known)}" if known else "it takes none"
                raise ParameterWrong(
                    f"The question {self.name} has no parameter {name}; {takes}.{did_you_mean(name, known)}"
                )
        missing = [name for name, one in known.items() if one.required and given.get(name) in (None, "")]
        if missing:
            raise ParameterWrong(f"The question {self.name} needs --{missing[0]}: {known[missing[0]].help}.")
        choosing = [name for name, one in known.items() if one.kind in NODES]
        if self.needs_one and not any(given.get(name) for name in choosing):
            raise ParameterWrong(f"The question {self.name} needs at least one of --{', --'.join(choosing)}.")


def _years(values: Values) -> str:
    since, until = values.get("since"), values.get("until")
    if since is None and until is None:
        return ""
    return f" ({since if since is not None else ''}–{until if until is not None else ''})"


def _in_order(value: Any) -> Any:
    """Put a collected list in order: an engine may collect in any."""
    return sorted(set(value)) if isinstance(value, list) and all(isinstance(one, str) for one in value) else value
