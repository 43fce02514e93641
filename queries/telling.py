"""A path in words: one sentence with numbered footnotes, the quotes behind them, and its weakest link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..graph.schema import RELATIONS, STATUSES, WITHDRAWN
from ..graph.subgraph import Deal, Edge, Node, Quote, Subgraph
from .formats import named, printable, quoted
from .steps import GOT, SOLD, Step


@dataclass(frozen=True, slots=True)
class Footnote:
    """The words behind one step.

    Attributes:
        number: as in the told path.
        quote: the claim with its document and source; None where a step has none.
        says: what the step rests on, such as the system and the status.
        sources: how many sources back it.
        contested: whether a source contests it.
    """

    number: int
    quote: Quote | None
    says: str
    sources: int = 0
    contested: bool = False

    def in_words(self) -> str:
        """Give the footnote as a line: what it says, the words, and who published them when and where."""
        said = f" {self.says}:" if self.says else ""
        if self.quote is None:
            return f"[{self.number}]{said} no claim is kept"
        claim, document = self.quote.claim, self.quote.document
        place = f"line {claim['row']}" if "row" in claim else f"characters {claim['start']}–{claim['end']}"
        cited = ", ".join(
            filter(None, (self.quote.source["name"], document["name"], document.get("published_on"), place))
        )
        return printable(f"[{self.number}]{said} {quoted(claim['quote'])} — {cited}")

    @property
    def strength(self) -> tuple[bool, int, int, float]:
        """What makes it weaker than another, the smallest weakest: contested, sources, reliability, confidence."""
        if self.quote is None:
            return (False, 0, 0, 0.0)
        reliability = -ord(self.quote.source["reliability"])
        return (not self.contested, self.sources, reliability, self.quote.claim["confidence"])

    def doubts(self) -> str:
        """Say how little it rests on."""
        if self.quote is None:
            return "no claim"
        number = "one source" if self.sources == 1 else f"{self.sources} sources"
        doubts = ["contested"] if self.contested else []
        doubts += [f"{number} of reliability {self.quote.source['reliability']}"]
        doubts += [f"confidence {self.quote.claim['confidence']:.2f}"]
        if self.quote.claim["modality"] != "asserted":
            doubts.append(str(self.quote.claim["modality"]))
        return ", ".join(doubts)


@dataclass(frozen=True, slots=True)
class ToldPath:
    """One path.

    Attributes:
        nodes: from one end to the other.
        steps: between them.
        text: the path in one sentence, with the numbers of the footnotes.
        footnotes: one for each step.
        weakest: the number of the footnote that the path rests on least.
        order: what is known of the order of time; empty if nobody asked.
    """

    nodes: tuple[Node, ...]
    steps: tuple[Step, ...]
    text: str
    footnotes: tuple[Footnote, ...]
    weakest: int
    order: str = ""

    def weakest_in_words(self) -> str:
        """Name the weakest link."""
        return f"Weakest link: [{self.weakest}], {self.footnotes[self.weakest - 1].doubts()}."

    def in_words(self) -> str:
        """Give the path, its weakest link and its footnotes, a line each."""
        weakest = [f"  {self.weakest_in_words()}"] if len(self.footnotes) > 1 else []
        order = [f"  {self.order}"] if self.order else []
        lines = (self.text, *(f"  {note.in_words()}" for note in self.footnotes), *weakest, *order)
        return printable("\n".join(lines))


def tell(
    path: Sequence[str], steps: Sequence[Step], graph: Subgraph, years: Sequence[int | None] | None = None
) -> ToldPath:
    """Tell a path in words.

    Args:
        path: ids of its nodes.
        steps: between them.
        graph: its nodes, and the edges and deals behind the steps, with their quotes.
        years: in which each step was taken, None where that is not known; None if the order of time does not matter.
    """
    edges = {(edge.kind, edge.source, edge.target): edge for edge in graph.edges}
    text, footnotes = named(graph.nodes[path[0]]), []
    for number, (here, there, step) in enumerate(zip(path, path[1:], steps, strict=False), start=1):
        text += f"{_link(number, here, step, steps, graph)} {named(graph.nodes[there])} [{number}]"
        year = years[number - 1] if years is not None else None
        footnotes.append(_footnote(number, step, edges.get((step.kind, step.start, step.end)), graph, year))
    text = text[0].upper() + text[1:]
    weakest = min(footnotes, key=lambda note: (note.strength, note.number)).number
    nodes = tuple(graph.nodes[node_id] for node_id in path)
    told = [str(year) if year is not None else "year not known" for year in years or ()]
    order = f"In the order of time: {', '.join(told)}." if told else ""
    return ToldPath(nodes, tuple(steps), f"{text}.", tuple(footnotes), weakest, order)


def _link(number: int, here: str, step: Step, steps: Sequence[Step], graph: Subgraph) -> str:
    """Give the words between two nodes: "which arms"; "'s" from a supplier to the part that it sold."""
    forth = step.start == here
    joint = "" if number == 1 else (", who" if graph.nodes[here].label == "Person" else ", which")
    if step.kind == SOLD:
        if number == 1 and forth and len(steps) > 1:
            return "’s" if not graph.nodes[here].name.endswith("s") else "’"
        return f"{joint} {'supplied' if forth else 'was supplied by'}"
    if step.kind == GOT:
        handed = STATUSES[step.status].rank >= STATUSES["delivered"].rank
        supplier = graph.nodes[graph.transfers[step.deal].properties["supplier"]].name
        if forth:
            told = f"{supplier} delivered to" if handed else f"{supplier} agreed to deliver to"
            return f"{joint} {told}" if joint else f" was {'delivered' if handed else 'promised'} by {supplier} to"
        return f"{joint} {'received' if handed else 'ordered'} from {supplier}"
    sold_before = number > 1 and steps[number - 2].kind == SOLD and number == 2
    kind = RELATIONS[step.kind]
    phrase = kind.phrase if forth else kind.reverse
    return f"{'' if sold_before and forth else joint} {phrase}"


def _footnote(number: int, step: Step, edge: Edge | None, graph: Subgraph, year: int | None) -> Footnote:
    ids = (step.deal,) if step.deal else edge.transfers if edge is not None else ()
    deals = [graph.transfers[deal] for deal in ids if deal in graph.transfers]
    deals = [deal for deal in deals if year in _years(deal)] or deals
    if deals:
        deal = max(deals, key=lambda one: (_rank(one), one.properties["sources"], one.id))
        quotes = [graph.quotes[claim] for claim in deal.claims]
        return Footnote(
            number, _best(quotes, deal), _said(deal), deal.properties["sources"], deal.properties["contested"]
        )
    if edge is None:
        return Footnote(number, None, "")
    return Footnote(
        number,
        _best([graph.quotes[claim] for claim in edge.claims]),
        str(edge.properties.get("title") or ""),
        int(edge.properties.get("sources", 1)),
        bool(edge.properties.get("contested", False)),
    )


def _best(quotes: Sequence[Quote], deal: Deal | None = None) -> Quote | None:
    """Give the quote that says most of it: one for it, the same status as the deal, the surest, the latest."""

    def worth(quote: Quote) -> tuple[bool, bool, float, str, str]:
        same = deal is None or quote.claim.get("status") == deal.properties["status"]
        published = quote.document.get("published_on") or ""
        return (not quote.disputes, same, quote.claim["confidence"], published, quote.id)

    return max(quotes, key=worth, default=None)


def _years(deal: Deal) -> set[int | None]:
    return {deal.properties.get("order_year"), *(deal.properties.get("delivery_years") or ())} - {None}


def _rank(deal: Deal) -> int:
    return STATUSES.get(deal.properties["status"], WITHDRAWN).rank


def _said(deal: Deal) -> str:
    systems = ", ".join(name for _, name in deal.systems)
    return f"{systems}, {str(deal.properties['status']).replace('_', ' ')}"
