"""What a question can be asked with: its typed parameters, and how what people type becomes a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final

from ..graph.cypher import ours
from ..graph.errors import AmbiguousName, ParameterWrong
from ..graph.names import did_you_mean, key, reference
from ..graph.store import GraphStore
from ..graph.subgraph import Node
from .formats import named
from .picture import Years
from .resolve import Names
from .selection import CURRENT

NODES: Final = {
    "actor": ("Actor", "anybody"),
    "system": ("System", "anything"),
    "conflict": ("Conflict", "any conflict"),
}
"""The kinds whose value is a node: the label that a name is looked up among, and the word for one not given."""

_CATEGORIES: Final = (
    f"MATCH (w:System)<-[:OF]-(:Transfer) WHERE w.category IS NOT NULL AND {ours('w', 'System')} "
    "RETURN DISTINCT w.category AS category ORDER BY category"
)

_YEARS: Final = (
    f"MATCH (t:Transfer) WITH t WHERE {CURRENT} "
    "RETURN min(t.order_year) AS ordered, max(t.order_year) AS last_ordered, "
    "min(t.delivery_years[0]) AS delivered, max(t.delivery_years[size(t.delivery_years) - 1]) AS last_delivered"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a card.

    Attributes:
        name: as the Cypher and the command line call it.
        kind: ``actor``, ``system`` or ``conflict`` (a name becomes a node's id), ``category`` (of systems), ``year``,
            ``number``, or ``choice``; it says how what is typed becomes a value.
        help: half a sentence for the help text.
        required: whether the question makes no sense without it.
        default: what holds if it is not given; of a year, a negative number counts back from the last that is loaded,
            which is -1.
        least: of a number, the smallest that makes sense.
        most: of a number, the largest that makes sense.
        choices: of a choice, what there is to choose from.
    """

    name: str
    kind: str
    help: str
    required: bool = True
    default: str | int | None = None
    least: int = 0
    most: int | None = None
    choices: tuple[str, ...] = ()


def optional(name: str, kind: str, help_text: str) -> Parameter:
    """Make a parameter that narrows the question if it is given."""
    return Parameter(name, kind, help_text, required=False)


SINCE: Final = optional("since", "year", "the first year to look at")
UNTIL: Final = optional("until", "year", "the last year to look at")
RECENT: Final = Parameter("since", "year", "the first year to look at; the last ten if not given", False, -10)
CATEGORY: Final = optional("category", "category", "of weapon, such as Aircraft; all if not given")


def top(number: int) -> Parameter:
    """Make the parameter that says how many rows to give."""
    return Parameter("top", "number", "how many rows at most; 0 for all", required=False, default=number)


def to_values(
    store: GraphStore, parameters: Sequence[Parameter], given: Mapping[str, str | int | None]
) -> tuple[dict[str, Any], dict[str, Node]]:
    """Turn what was given into the values of all parameters, and give the nodes that names led to.

    Raises:
        ParameterWrong: a value makes no sense; the message says which would.
        UnknownName: nothing goes by a name.
        AmbiguousName: several things go by it.
    """
    values: dict[str, Any] = {}
    nodes: dict[str, Node] = {}
    last_year = cache(lambda: years_loaded(store)[1])
    names = cache(partial(Names, store))
    for one in parameters:
        text = given.get(one.name)
        if text in (None, ""):
            values[one.name] = _by_default(one, last_year)
        elif one.kind in NODES:
            nodes[one.name] = _node(names(NODES[one.kind][0]), one.kind, str(text))
            values[one.name] = nodes[one.name].id
        elif one.kind == "category":
            values[one.name] = _category(store, str(text))
        elif one.kind == "choice":
            values[one.name] = _chosen(one, str(text))
        else:
            values[one.name] = _number(one, text)
    Years(values.get("since"), values.get("until"))
    return values, nodes


def said(parameters: Sequence[Parameter], values: Mapping[str, Any], nodes: Mapping[str, Node]) -> dict[str, str]:
    """Give what stands for each parameter in the question."""
    words = {}
    for one in parameters:
        if one.name in nodes:
            words[one.name] = named(nodes[one.name])
        elif one.kind in NODES:
            words[one.name] = NODES[one.kind][1]
        else:
            words[one.name] = "all arms" if one.kind == "category" and not values[one.name] else str(values[one.name])
    return words


def _node(names: Names, kind: str, text: str) -> Node:
    """Give the node that a name means; of several systems of one family the family, whether or not it is a node."""
    try:
        return names.resolve(text)
    except AmbiguousName as error:
        families = {reference().family_of(node_id) for node_id, _, _ in error.candidates}
        if kind != "system" or len(families) > 1:
            raise
        family = families.pop()
        entry = reference().entries.get(family)
        return Node(family, "System", entry.name if entry else text)


def years_loaded(store: GraphStore) -> tuple[int | None, int | None]:
    """Give the first and the last year in which anything was ordered or delivered; None if nothing has a year."""
    row = store.read(_YEARS).records[0]
    first = [row[name] for name in ("ordered", "delivered") if row[name] is not None]
    last = [row[name] for name in ("last_ordered", "last_delivered") if row[name] is not None]
    return min(first, default=None), max(last, default=None)


def _by_default(parameter: Parameter, last_year: Callable[[], int | None]) -> str | int | None:
    """Give what holds of a parameter that is not given; -1 is the last year that is loaded, -10 the first of ten."""
    default = parameter.default
    if parameter.kind != "year" or not isinstance(default, int) or default >= 0:
        return default
    last = last_year()
    return None if last is None else last + default + 1


def _category(store: GraphStore, text: str) -> str:
    there = [row["category"] for row in store.read(_CATEGORIES)]
    for category in there:
        if key(category) == key(text):
            return str(category)
    listed = f"There are {', '.join(there)}" if there else "The systems in this store have none"
    raise ParameterWrong(f"No system in this store is of the category {text!r}. {listed}.")


def _chosen(parameter: Parameter, text: str) -> str:
    if text not in parameter.choices:
        hint = did_you_mean(text, parameter.choices)
        raise ParameterWrong(f"--{parameter.name} can be {' or '.join(parameter.choices)}, not {text!r}.{hint}")
    return text


def is_year(number: int) -> bool:
    """Tell whether a number is a year with four digits."""
    return 1000 <= number <= 9999


def _number(parameter: Parameter, given: str | int | None) -> int:
    try:
        number = int(str(given))
    except ValueError:
        raise ParameterWrong(f"--{parameter.name} is a {parameter.kind}, not {given!r}.") from None
    if parameter.kind == "year" and not is_year(number):
        raise ParameterWrong(f"--{parameter.name} is a year with four digits, not {number}.")
    if number < parameter.least or (parameter.most is not None and number > parameter.most):
        span = f"from {parameter.least} on" if parameter.most is None else f"{parameter.least} to {parameter.most}"
        raise ParameterWrong(f"--{parameter.name} can be {span}, not {number}.")
    return number
