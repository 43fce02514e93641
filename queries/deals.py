"""The cards on single deals: one deal's story, what is on order, what was only spoken of, what was refused."""

from __future__ import annotations

from typing import Any, Final

from ..graph.rows import Rows
from ..graph.schema import STATUSES
from .card import Card, Told, Values
from .parameter import CATEGORY, optional, top
from .selection import drawing

THEME: Final = "One deal"
_BUYER: Final = optional("buyer", "actor", "who receives")
_SUPPLIER: Final = optional("supplier", "actor", "who supplies")
_SYSTEM: Final = optional("system", "system", "what is moved, or its family")
_TALK: Final = drawing("MAY_ARM")
_ENDS: Final = "MATCH (t)-[:TO]->(b:Actor) MATCH (s:Actor {id: t.supplier})"


def _story(found: Rows, _: Values) -> Told:
    """Give each thing that each claim tells a row of its own, in the order of time."""
    rows = []
    for claim in found:
        years = claim["years"] or ()
        steps = [(year, "delivered") for year in years]
        steps += [(claim["order_year"], "ordered")] if claim["order_year"] is not None else []
        status = STATUSES[claim["status"]]
        # That it was handed over is a step of its own where nobody says when.
        handed_over = status.rank >= STATUSES["delivered"].rank and not years
        if status.draws != "ARMS" or not steps or handed_over:
            steps.append((claim["status_year"], claim["status"]))
        for year, step in steps:
            number = claim["ordered"] if step != "delivered" else claim["delivered"]
            whole = step != "delivered" or len(years) < 2
            rows.append(
                {
                    "deal": f"{claim['supplier']} to {claim['buyer']}: {claim['system']}",
                    "year": year,
                    "step": step,
                    "number": number if whole else None,
                    **{name: claim[name] for name in _CITED},
                    "transfer_ids": [claim["id"]],
                }
            )

    def when(row: dict[str, Any]) -> tuple[Any, ...]:
        year = row["year"] if row["year"] is not None else int((row["published"] or "9999")[:4])
        rank = STATUSES[row["step"]].rank
        return (row["transfer_ids"], year, rank, row["published"] or "", row["document"], row["start"], row["claim"])

    columns = ("deal", "year", "step", "number", *_CITED, "transfer_ids")
    return Told(Rows(columns, sorted(rows, key=when)))


_CITED: Final = (
    *("quote", "modality", "said_by", "confidence", "source", "reliability", "published", "document"),
    *("row", "start", "claim"),
)

DEAL: Final = Card(
    name="deal",
    theme=THEME,
    question="What is the story of the deal of {supplier} with {buyer} on {system}, step by step?",
    parameters=(
        *(_SUPPLIER, _BUYER, _SYSTEM),
        optional("year", "year", "of the order, where there are several deals"),
        top(200),
    ),
    cypher=(
        "{deals} AND ($year IS NULL OR t.order_year = $year) "
        f"{_ENDS} MATCH (c:Claim)-[r:BACKS|DISPUTES]->(t) "
        "MATCH (c)-[:QUOTED_FROM]->(d:Document)-[:PUBLISHED_BY]->(p:Source) WHERE NOT d.id IN $past "
        "RETURN t.id AS id, s.name AS supplier, b.name AS buyer, t.name AS system, c.status AS status, "
        "c.order_year AS order_year, c.status_year AS status_year, c.delivery_years AS years, "
        "c.quantity_ordered AS ordered, c.quantity_delivered AS delivered, c.quote AS quote, "
        "CASE type(r) WHEN 'DISPUTES' THEN 'disputes' ELSE c.modality END AS modality, c.said_by_name AS said_by, "
        "c.confidence AS confidence, p.name AS source, d.reliability AS reliability, c.published_on AS published, "
        "d.name AS document, c.row AS row, c.start AS start, c.id AS claim ORDER BY id, claim"
    ),
    row="one step of one deal, in the order of time, with the words that tell it",
    mind="A step without a year stands where its document was published. Steps that no source tells are missing.",
    example={"supplier": "Turkey", "buyer": "Poland"},
    read=_story,
    needs_one=True,
)

_OPEN_ORDERS_READ: Final = ("supplier", "buyer", "system", "order_year", "waiting", "ordered", "delivered", "left")


def _waiting(found: Rows, values: Values) -> Told:
    """Count the years since the order, up to the year asked for or the latest that any source was published in."""
    now = values["asof"] or max((row["latest"] for row in found if row["latest"] is not None), default=None)
    rows = [
        {
            **{name: row[name] for name in ("supplier", "buyer", "system", "order_year")},
            "waiting": None if now is None or row["order_year"] is None else now - row["order_year"],
            **{name: row[name] for name in ("ordered", "delivered", "left", "estimated", "contested", "transfer_ids")},
        }
        for row in found
        if now is None or row["order_year"] is None or row["order_year"] <= now
    ]
    rows.sort(key=lambda row: (row["waiting"] is None, -(row["waiting"] or 0), row["transfer_ids"]))
    columns = (*_OPEN_ORDERS_READ, "estimated", "contested", "transfer_ids")
    return Told(Rows(columns, rows), (f"Years of waiting are counted up to {now}.",) if rows and now else ())


OPEN_ORDERS: Final = Card(
    name="open-orders",
    theme=THEME,
    question="What has {buyer} ordered from {supplier} that is not yet delivered?",
    parameters=(
        _BUYER,
        _SUPPLIER,
        CATEGORY,
        optional("asof", "year", "up to which to count the wait; the year of the latest source if not given"),
        top(50),
    ),
    cypher=(
        f"{{deals}} AND t.status IN {drawing('ARMS')} AND (t.status IN ['signed', 'ordered'] "
        "OR t.quantity_delivered < t.quantity_ordered) "
        f"{_ENDS} MATCH (c:Claim)-[:BACKS]->(t) WITH s, b, t, max(c.published_on) AS latest "
        "WITH s, b, t, toInteger(substring(latest, 0, 4)) AS latest, coalesce(t.estimated, []) AS guessed "
        "RETURN s.name AS supplier, b.name AS buyer, t.name AS system, t.order_year AS order_year, "
        "t.quantity_ordered AS ordered, t.quantity_delivered AS delivered, "
        "t.quantity_ordered - coalesce(t.quantity_delivered, 0) AS left, "
        "'quantity_ordered' IN guessed OR 'quantity_delivered' IN guessed OR 'order_year' IN guessed AS estimated, "
        "t.contested AS contested, latest, [t.id] AS transfer_ids ORDER BY t.id"
    ),
    row="one deal that is signed or ordered and not, or only in part, delivered; waiting in years, left in units",
    mind=(
        "Open means that no source tells of the delivery: a deal can have been delivered, cut or forgotten without "
        "one saying so. An old open order is more often one of these than a wait."
    ),
    example={"supplier": "Turkey"},
    read=_waiting,
)

PROSPECTS: Final = Card(
    name="prospects",
    theme=THEME,
    question="Which deals of {supplier} with {buyer} on {system} were spoken of, and which came true?",
    parameters=(_SUPPLIER, _BUYER, _SYSTEM, top(100)),
    cypher=(
        f"{{deals}} MATCH (c:Claim)-[:BACKS]->(t) WHERE (c.status IN {_TALK} OR c.modality = 'speculated') "
        "AND NOT c.document IN $past "
        "WITH t.block AS block, min(c.published_on) AS first_said, max(c.published_on) AS last_said, "
        "collect(DISTINCT c.status) AS spoken_of, count(c) AS claims MATCH (t:Transfer {block: block}) WITH * "
        "WHERE t.status <> 'withdrawn' "
        f"{_ENDS} WITH *, toInteger(substring(first_said, 0, 4)) AS talk, t.status IN {drawing('ARMS')} AS agreed, "
        "coalesce(t.order_year, t.delivery_years[size(t.delivery_years) - 1]) AS year "
        "WITH *, CASE WHEN agreed AND year >= talk THEN 3 WHEN agreed AND (year IS NULL OR talk IS NULL) THEN 2 "
        f"WHEN t.status IN {drawing('DID_NOT_ARM')} THEN 1 ELSE 0 END AS came "
        "WITH block, s, b, first_said, last_said, spoken_of, claims, collect(DISTINCT t.name) AS systems, "
        "collect(t.id) AS transfer_ids, max(came) AS outcome, "
        "min(CASE WHEN came = 3 THEN t.order_year END) AS ordered_in "
        "RETURN s.name AS supplier, b.name AS buyer, systems, spoken_of, first_said, last_said, claims, "
        "CASE outcome WHEN 3 THEN 'came true' WHEN 2 THEN 'year not known' WHEN 1 THEN 'refused or called off' "
        "ELSE 'open' END AS outcome, ordered_in AS order_year, transfer_ids "
        "ORDER BY outcome, supplier, buyer, block"
    ),
    row="one supplier, buyer and family of systems that some source speaks of as possible, and what became of it",
    mind=(
        "A candidate is no customer. Talk of drones in general is not matched with an order of one model, and a deal "
        "came true only if it was ordered, or where no source says when that was, last delivered, in or after the year "
        "of the first talk. Of a deal without either year, and of talk without a date, the outcome is year not known."
    ),
    example={"supplier": "Turkey"},
)

_DENIALS: Final = drawing("DID_NOT_ARM")

REFUSALS: Final = Card(
    name="refusals",
    theme=THEME,
    question="What did {supplier} refuse to {buyer}, or call off?",
    parameters=(_SUPPLIER, _BUYER, _SYSTEM, top(100)),
    cypher=(
        "{deals} MATCH (c:Claim)-[r:BACKS|DISPUTES]->(t) WITH * "
        f"WHERE (c.status IN {_DENIALS} OR type(r) = 'DISPUTES') AND NOT c.document IN $past "
        f"{_ENDS} WITH s, b, t, collect(DISTINCT CASE type(r) WHEN 'DISPUTES' THEN 'denied by a source' "
        "ELSE c.status END) AS said, count(DISTINCT c) AS claims "
        "RETURN s.name AS supplier, b.name AS buyer, t.name AS system, said, t.status AS stands_as, "
        f"t.status IN {drawing('ARMS')} AS overtaken, t.order_year AS order_year, claims, t.contested AS contested, "
        "[t.id] AS transfer_ids ORDER BY supplier, buyer, system, t.id"
    ),
    row="one deal of which some source says that it was refused, forbidden, cancelled or never was",
    mind=(
        "overtaken means that another source tells of a signature or a delivery of the same deal; read the evidence "
        "for which of them came later."
    ),
    example={"supplier": "United States"},
)
