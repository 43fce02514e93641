"""The steps that a path can take: relations of the graph, parts that a supplier sold, and wholes that a buyer got."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from ..graph.cypher import ours
from ..graph.schema import DERIVED, RELATIONS, STATUSES, is_ours
from ..graph.store import GraphStore
from ..graph.subgraph import Node
from .picture import Years
from .selection import ABROAD, statuses

if TYPE_CHECKING:
    import networkx

SOLD: Final = "SOLD"
GOT: Final = "GOT"
"""Steps that stand for a deal: from a supplier to a system that is part of another, and from the whole to its buyer."""

_BEFORE: Final = -9999


@dataclass(frozen=True, slots=True)
class Step:
    """What leads from one node to another.

    Attributes:
        kind: one of ``schema.RELATIONS``, ``SOLD`` or ``GOT``.
        start: id of the node where it starts.
        end: id of the node where it ends.
        status: how far the deals behind it went; empty of other relations.
        years: in which it was so, ascending; of deals those of the deliveries, else of the order; empty if no source
            says.
        lasts: whether it was so in all years between the first and the last as well.
        deals: how many deals are behind it; 1 of other relations.
        sources: how many sources are behind the best of them.
        confidence: of its surest claim; None if nobody asked.
        deal: the transfer that ``SOLD`` and ``GOT`` stand for.
    """

    kind: str
    start: str
    end: str
    status: str = ""
    years: tuple[int, ...] = ()
    lasts: bool = False
    deals: int = 1
    sources: int = 1
    confidence: float | None = None
    deal: str = ""

    def next_year(self, year: int) -> int | None:
        """Give the first year from a year on in which it was so; None if there is none. Unknown years are any."""
        if not self.years:
            return year
        if self.lasts and self.years[0] <= year <= self.years[-1]:
            return year
        return next((one for one in self.years if one >= year), None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which steps a path may take, and what it costs.

    Attributes:
        kinds: the relations.
        directed: whether a relation may be walked only from its start to its end.
        in_time: whether no step may lie before the one it rests on.
        years: in which a step must have been so; what has no year stays.
        status: how far a deal must have gone at least; any if empty.
        confidence: of the surest claim behind a step, at least; where it is not known, it is not enough.
        weigh: ``steps`` (the fewest), ``strength`` (many deals) or ``evidence`` (many sources).
    """

    kinds: tuple[str, ...]
    directed: bool = False
    in_time: bool = False
    years: Years = field(default_factory=Years)
    status: str = ""
    confidence: float = 0.0
    weigh: str = "steps"

    def takes(self, step: Step) -> bool:
        """Tell whether a path may take a step."""
        if self.status and step.status and STATUSES[step.status].rank < STATUSES[self.status].rank:
            return False
        if self.confidence and (step.confidence is None or step.confidence < self.confidence):
            return False
        first = step.next_year(self.years.since if self.years.since is not None else _BEFORE)
        return not step.years or (first is not None and self.years.takes(first, first))

    def cost(self, step: Step) -> float:
        """Give what a step costs, 1 for a plain one; a candidate a little more, a part in a whole half."""
        cost = _COSTS.get(step.kind, 1.0)
        if self.weigh == "steps":
            return cost
        if self.weigh == "strength":
            cost += 1 / (1 + math.log(step.deals))
        else:
            cost += 1 / step.sources
        return cost


_COSTS: Final = {"MAY_ARM": 1.05, "COMPONENT_OF": 0.5, SOLD: 0.75, GOT: 0.75}
_HUB: Final = 0.25
"""What the node with the most neighbours costs: three of them less than one step more, so that of equally long paths
the one through whom few know comes first."""

_RELATIONS: Final = (
    "MATCH (a:{label})-[r:{kinds}]->(b) RETURN a.id AS start, type(r) AS kind, collect([b.id, r.status{more}]) AS ends"
)
"""One row for many relations: a driver takes ten times as long for thousands of short rows."""
_MORE: Final = {
    "strength": ("deals",),
    "evidence": ("sources",),
    "years": ("since", "until"),
    "confidence": ("claims",),
}
"""What else of a relation is read where somebody asks for it."""
_HELD: Final = {"deals": "transfers"}
"""What the properties of relations are called where we call them otherwise."""

_NOBODY: Final = "MATCH (n:Organisation) WHERE n.type = 'unknown' RETURN n.id AS id"
"""Those who stand for whomever a source does not know: two who dealt with them need not have met the same one."""

_SOLD: Final = (
    "MATCH {0} WITH DISTINCT w MATCH (w)<-[:OF]-(t:Transfer)<-[:SUPPLIES]-(s:Actor) WHERE t.status IN $statuses "
    "RETURN w.id AS system, collect([s.id, t.id, t.status, t.sources{1}]) AS deals"
)
_GOT: Final = (
    f"MATCH {{0}} WITH DISTINCT w MATCH (w)<-[:OF]-(t:Transfer) WHERE t.status IN $statuses{ABROAD} "
    "RETURN w.id AS system, collect([split(t.pair, '|')[1], t.id, t.status, t.sources{1}]) AS deals"
)
_WHEN: Final = ", coalesce(t.delivery_years, [t.order_year])"
"""What else of a deal is read where somebody asks for the years."""
_ENDS: Final = "(w:System) WHERE w.id IN $ends"
_PARTS: Final = f"(w:System)-[:COMPONENT_OF]->(:System) WHERE w.generic IS NULL AND {ours('w', 'System')}"
_WHOLES: Final = f"(w:System)<-[:COMPONENT_OF]-(p:System) WHERE p.generic IS NULL AND {ours('w', 'System')}"
"""What is only a class, such as engines, ties nothing: one state's engine is in this platform, another's in that."""

_SUPPLIED: Final = (
    "MATCH (t:Transfer) WHERE t.status IN $statuses WITH t, t.pair AS pair, t.status AS status ",
    (
        "MATCH (s:Actor) WHERE s.id CONTAINS ':' MATCH (s)-[:SUPPLIES]->(t:Transfer) "
        "WITH * WHERE s.id <> t.supplier AND t.status IN $statuses "
        "MATCH (t)-[:TO]->(b:Actor) WITH t, s.id + '|' + b.id AS pair, t.status AS status "
    ),
)
"""The deals of each supplier and buyer: a deal's own pair has its main supplier, the state; beside it stand firms."""
_YEARS: Final = (
    "WITH pair, status, coalesce(t.delivery_years, [t.order_year]) AS years UNWIND years AS year "
    "WITH pair, status, collect(DISTINCT year) AS value "
)
_SOURCES: Final = "WITH pair, status, max(t.sources) AS value "
_SURE_DEALS: Final = "MATCH (c:Claim)-[:BACKS]->(t) WITH pair, status, max(c.confidence) AS value "
_EACH: Final = "RETURN status, collect([pair, value]) AS lines"
_SURE_SALES: Final = (
    "UNWIND $ids AS id MATCH (t:Transfer {id: id})<-[:BACKS]-(c:Claim) RETURN id, max(c.confidence) AS confidence"
)
_SURE_CLAIMS: Final = (
    "MATCH (c:Claim) WHERE NOT c.states IN ['transfer', 'volume', 'description', 'identity'] "
    "RETURN c.id AS id, c.confidence AS confidence"
)


def read_steps(store: GraphStore, wanted: Wanted, start: Node, end: Node) -> list[Step]:
    """Read all steps that a path between two nodes may take."""
    asked = _asked(wanted)
    rows = [row for label in ("Actor", "System") for row in _relations(store, wanted, asked, label)]
    more = _More(store, asked, {row["kind"] for row in rows if row["kind"] in DERIVED})
    steps = [more.step(row) for row in rows]
    ends = [node.id for node in (start, end) if node.label == "System"]
    if "ARMS" in wanted.kinds:
        signed, when = statuses("ARMS"), _WHEN if "years" in asked else ""
        if "COMPONENT_OF" in wanted.kinds:
            steps += _deal_steps(SOLD, store.read(_SOLD.format(_PARTS, when), statuses=signed))
            steps += _deal_steps(GOT, store.read(_GOT.format(_WHOLES, when), statuses=signed))
        if ends:
            for kind, statement in ((SOLD, _SOLD), (GOT, _GOT)):
                steps += _deal_steps(kind, store.read(statement.format(_ENDS, when), statuses=signed, ends=ends))
    if wanted.confidence:
        sales = sorted({step.deal for step in steps if step.deal})
        sure = {row["id"]: row["confidence"] for row in store.read(_SURE_SALES, ids=sales)}
        steps = [replace(step, confidence=sure.get(step.deal)) if step.deal else step for step in steps]
    nobody = {row["id"] for row in store.read(_NOBODY)} - {start.id, end.id}
    taken = [step for step in steps if wanted.takes(step) and step.start not in nobody and step.end not in nobody]
    return sorted(taken, key=_best_first)


_FIRST_SAID: Final = {
    kind: place
    for place, kind in enumerate(
        ("ARMS", *(kind for kind in RELATIONS if kind not in ("ARMS", "MAY_ARM")), SOLD, GOT, "MAY_ARM")
    )
}


def _best_first(step: Step) -> tuple[Any, ...]:
    rank = STATUSES[step.status].rank if step.status else 0
    return (step.start, step.end, _FIRST_SAID[step.kind], -rank, -step.sources, step.deal)


def _asked(wanted: Wanted) -> set[str]:
    """Tell what of a relation must be known beside its ends; see ``_MORE``."""
    asked = {wanted.weigh} | ({"confidence"} if wanted.confidence else set())
    return asked | ({"years"} if wanted.in_time or wanted.years != Years() else set())


def _relations(store: GraphStore, wanted: Wanted, asked: Collection[str], label: str) -> Iterable[dict[str, Any]]:
    """Read the relations that start at nodes with a label, with what else is asked of them."""
    names = [name for one, held in _MORE.items() if one in asked for name in held]
    more = "".join(f", r.{_HELD.get(name, name)}" for name in names)
    for row in store.read(_RELATIONS.format(label=label, kinds="|".join(wanted.kinds), more=more)):
        for end in row["ends"]:
            if not (is_ours(row["start"]) and is_ours(end[0])):
                continue
            yield {
                "start": row["start"],
                "kind": row["kind"],
                **dict(zip(("end", "status", *names), end, strict=True)),
            }


class _More:
    """What relations between actors do not hold themselves, read only where somebody asks for it."""

    def __init__(self, store: GraphStore, asked: Collection[str], derived: Collection[str]) -> None:
        self._years: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._sources: dict[tuple[str, str], int] = defaultdict(int)
        self._sure: dict[tuple[str, str], float] = defaultdict(float)
        self._sure_claims: dict[str, float] = {}
        drawing = [name for kind in derived for name in statuses(kind)]

        def read(what: str) -> Iterable[tuple[tuple[str, str], Any]]:
            for supplied in _SUPPLIED if drawing else ():
                for row in store.read(supplied + what + _EACH, statuses=drawing):
                    yield from (((STATUSES[row["status"]].draws, pair), value) for pair, value in row["lines"])

        if "years" in asked:
            for line, years in read(_YEARS):
                self._years[line].update(years)
        if "evidence" in asked:
            for line, sources in read(_SOURCES):
                self._sources[line] = max(self._sources[line], sources)
        if "confidence" in asked:
            for line, confidence in read(_SURE_DEALS):
                self._sure[line] = max(self._sure[line], confidence)
            self._sure_claims = {row["id"]: row["confidence"] for row in store.read(_SURE_CLAIMS)}

    def step(self, row: Mapping[str, Any]) -> Step:
        """Make a step of a row."""
        kind, pair = row["kind"], f"{row['start']}|{row['end']}"
        if kind in DERIVED:
            return Step(
                kind,
                row["start"],
                row["end"],
                row["status"],
                tuple(sorted(self._years.get((kind, pair), ()))),
                deals=row.get("deals") or 1,
                sources=self._sources.get((kind, pair), 1),
                confidence=self._sure.get((kind, pair)),
            )
        sure = [self._sure_claims[one] for one in row.get("claims") or () if one in self._sure_claims]
        return Step(
            kind,
            row["start"],
            row["end"],
            years=_lasted(row.get("since"), row.get("until")),
            lasts=True,
            sources=row.get("sources") or 1,
            confidence=max(sure, default=None),
        )


def _lasted(since: str | None, until: str | None) -> tuple[int, ...]:
    """Give the first and the last year of a relation; one that is not known is far off, and none if neither is."""
    known = [date[:4] if date is not None and date[:4].isdigit() else None for date in (since, until)]
    if known == [None, None]:
        return ()
    return int(known[0] or _BEFORE), int(known[1] or -_BEFORE)


def _deal_steps(kind: str, rows: Iterable[Mapping[str, Any]]) -> Iterable[Step]:
    for row in rows:
        for party, deal, status, sources, *years in row["deals"]:
            known = tuple(year for when in years for year in when if year is not None)
            ends = (party, row["system"]) if kind == SOLD else (row["system"], party)
            yield Step(kind, *ends, status, known, sources=sources, deal=deal)


_PART, _WHOLE, _HAD, _OF = "@part", "@whole", "@had", "@of"


def to_id(place: str) -> str:
    """Give the node that a place of the walked graph stands for."""
    return place.partition("@")[0]


def ways(step: Step, ends: Collection[str], *, directed: bool) -> Iterable[tuple[str, str]]:
    """Give the places between which a step leads, one way and back.

    What was sold of a system leads on only to the whole of which it is a part, and to a buyer leads only the whole
    that was reached from a part: else every system would tie all its suppliers and buyers together. So a system has
    further places, that are entered and left by these steps alone. A system at an end of the path needs none.
    """
    start, end = step.start, step.end

    def place(node: str, which: str) -> str:
        return node if node in ends else node + which

    if step.kind == SOLD:
        forth, back = {(start, place(end, _PART))}, {(place(end, _OF), start)}
    elif step.kind == GOT:
        forth, back = {(place(start, _WHOLE), end)}, {(end, place(start, _HAD))}
    elif step.kind == "COMPONENT_OF":
        forth = {(part, whole) for part in (start, place(start, _PART)) for whole in (end, place(end, _WHOLE))}
        back = {(whole, part) for part in (start, place(start, _OF)) for whole in (end, place(end, _HAD))}
    else:
        forth, back = {(start, end)}, {(end, start)}
        directed = directed and RELATIONS[step.kind].directed
    return forth if directed else forth | back


def to_graph(
    steps: Collection[Step], wanted: Wanted, ends: Collection[str]
) -> tuple[networkx.DiGraph[str], dict[tuple[str, str], list[Step]]]:
    """Give the graph of places with what it costs to go from one to the next, and the steps between each two."""
    import networkx  # noqa: PLC0415

    between: dict[tuple[str, str], list[Step]] = defaultdict(list)
    costs: dict[tuple[str, str], float] = {}
    near: dict[str, set[str]] = defaultdict(set)
    for step in steps:
        cost = wanted.cost(step)
        near[step.start].add(step.end)
        near[step.end].add(step.start)
        for way in ways(step, ends, directed=wanted.directed):
            between[way].append(step)
            costs[way] = min(costs.get(way, cost), cost)
    largest = math.log(1 + max(map(len, near.values()), default=1))
    hub = {node: _HUB * math.log(1 + len(others)) / largest / 2 for node, others in near.items()}
    toll = {place: hub[to_id(place)] for way in costs for place in way}
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_weighted_edges_from(
        ((one, other, cost + toll[one] + toll[other]) for (one, other), cost in costs.items()), weight="cost"
    )
    return graph, between
