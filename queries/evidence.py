"""The cards on what an answer rests on: the words, where sources differ, who speaks alone, and what is claimed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

from ..graph.rows import Rows
from ..graph.schema import STATUSES
from .card import Card, Told, Values
from .parameter import Parameter, optional, top
from .selection import drawing

THEME: Final = "What it rests on"
_ENDS: Final = "MATCH (t)-[:TO]->(b:Actor) MATCH (s:Actor {id: t.supplier})"
CHOSEN: Final = (
    optional("supplier", "actor", "who supplies"),
    optional("buyer", "actor", "who receives"),
    optional("system", "system", "what is moved, or its family"),
)

EVIDENCE: Final = Card(
    name="evidence",
    theme=THEME,
    question="Which words say that {supplier} supplies {system} to {buyer}?",
    parameters=(*CHOSEN, top(200)),
    cypher=(
        "MATCH (s:Actor)-[:SUPPLIES]->(t:Transfer)-[:TO]->(b:Actor) WITH * "
        "WHERE s.id = coalesce($supplier, t.supplier) AND b.id = coalesce($buyer, b.id) "
        "MATCH (t)-[:OF]->(w:System) WITH * WHERE $system IS NULL OR w.id = $system OR w.family = $system "
        "WITH s, b, t, collect(w.name) AS systems "
        "MATCH (c:Claim)-[r:BACKS|DISPUTES]->(t) MATCH (c)-[:QUOTED_FROM]->(d:Document)-[:PUBLISHED_BY]->(p:Source) "
        "RETURN s.name AS supplier, b.name AS buyer, c.system_name AS system, c.status AS status, "
        "c.quantity_ordered AS ordered, c.quantity_delivered AS delivered, c.order_year AS order_year, "
        "c.delivery_years AS delivery_years, c.quote AS quote, "
        "CASE type(r) WHEN 'DISPUTES' THEN 'disputes' ELSE c.modality END AS modality, "
        "c.said_by_name AS said_by, c.confidence AS confidence, p.name AS source, d.reliability AS reliability, "
        "c.published_on AS published, d.name AS document, c.row AS row, c.start AS start, c.id AS claim, "
        "CASE WHEN d.id IN $past THEN 'superseded by a later edition' END AS superseded, "
        "[t.id] AS transfer_ids ORDER BY buyer, supplier, document, start, claim LIMIT $limit"
    ),
    row="one claim: the words as they stand in the document, and what they were read to state",
    mind="What the sources do not say is not here; and what they say need not be so.",
    example={"supplier": "Turkey", "buyer": "Poland"},
    needs_one=True,
)

COMPARED: Final = (
    *("status", "kind", "condition", "order_year", "quantity_ordered", "quantity_delivered", "tiv_order"),
    *("tiv_delivered", "value", "currency"),
)


def _side_by_side(found: Rows, _: Values) -> Told:
    """Give, for each field on which the claims of one deal differ, every value with who gives it."""
    deals: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        deals[row["id"]].append(row)
    rows = []
    for deal, claims in sorted(deals.items()):
        asserted = [claim for claim in claims if claim["modality"] != "disputes"]
        for name in COMPARED:
            if _differ(name, {claim[name] for claim in asserted if claim[name] is not None}):
                rows += [_voice(claim, name, claim[name], deal) for claim in asserted if claim[name] is not None]
        if len(asserted) < len(claims):
            rows += [
                _voice(claim, "whether it is so", "no" if claim["modality"] == "disputes" else "yes", deal)
                for claim in claims
            ]
    columns = ("deal", "field", "says", "stands_as", *_VOICED, "transfer_ids")
    order = {name.replace("_", " "): at for at, name in enumerate(("whether it is so", *COMPARED))}
    rows.sort(key=lambda row: (row["transfer_ids"], order[row["field"]], str(row["says"]), row["claim"]))
    return Told(Rows(columns, rows))


def _differ(name: str, values: set[Any]) -> bool:
    """Tell whether values contradict each other; signed and delivered do not, delivered and refused do."""
    if name == "status":
        return {"ARMS", "DID_NOT_ARM"} <= {STATUSES[value].draws for value in values}
    return len(values) > 1


_VOICED: Final = (
    *("quote", "modality", "said_by", "confidence", "source", "reliability", "published", "document"),
    *("row", "start", "claim"),
)


def _voice(claim: dict[str, Any], name: str, value: Any, deal: str) -> dict[str, Any]:
    return {
        "deal": f"{claim['supplier']} to {claim['buyer']}: {claim['system']}",
        "field": name.replace("_", " "),
        "says": value,
        "stands_as": claim["held"].get(name),
        **{column: claim[column] for column in _VOICED},
        "transfer_ids": [deal],
    }


CONTRADICTIONS: Final = Card(
    name="contradictions",
    theme=THEME,
    question="Where do sources differ on deals of {supplier} with {buyer} on {system}?",
    parameters=(*CHOSEN, top(100)),
    cypher=(
        f"{{deals}} AND t.contested {_ENDS} MATCH (c:Claim)-[r:BACKS|DISPUTES]->(t) "
        "MATCH (c)-[:QUOTED_FROM]->(d:Document)-[:PUBLISHED_BY]->(p:Source) WHERE NOT d.id IN $past "
        "RETURN t.id AS id, s.name AS supplier, b.name AS buyer, t.name AS system, properties(t) AS held, "
        f"{', '.join(f'c.{name} AS {name}' for name in COMPARED)}, c.quote AS quote, "
        "CASE type(r) WHEN 'DISPUTES' THEN 'disputes' ELSE c.modality END AS modality, c.said_by_name AS said_by, "
        "c.confidence AS confidence, p.name AS source, d.reliability AS reliability, c.published_on AS published, "
        "d.name AS document, c.row AS row, c.start AS start, c.id AS claim ORDER BY id, claim"
    ),
    row="what one claim says of a field on which others say something else; stands_as is what the graph holds",
    mind=(
        "Numbers of two dates can both be right: 12 delivered by May, 24 by December. What an edition of a register "
        "changed against the one before it is told by revisions, not here."
    ),
    example={},
    read=_side_by_side,
)


def _alone(found: Rows, _: Values) -> Told:
    """Leave out deals of several sources with a speaker who has no part in them; the word of the interested first."""
    rows = [
        {"why": "only an interested party says so" if row["interested"] else "one source", **row}
        for row in found
        if row["interested"] or len(row["sources"]) == 1
    ]
    rows.sort(key=lambda row: (not row["interested"], row["deals"], row["deal"], row["transfer_ids"]))
    columns = ("deal", "why", "deals", "said_by", "sources", "reliabilities", "claims", "transfer_ids")
    return Told(Rows(columns, [{name: row[name] for name in columns} for row in rows]))


SINGLE_SOURCE: Final = Card(
    name="single-source",
    theme=THEME,
    question="Which deals of {supplier} with {buyer} rest on one source, or only on the word of an interested party?",
    parameters=(*CHOSEN, top(100)),
    cypher=(
        "{deals} AND t.sources = 1 MATCH (t)<-[:BACKS]-(c:Claim) "
        "WITH * WHERE c.row IS NOT NULL AND NOT c.document IN $past "
        "AND (t.claims = 1 OR NOT EXISTS { MATCH (t)<-[:BACKS]-(x:Claim) WHERE x.row IS NULL }) "
        "WITH c.document AS document, count(DISTINCT t) AS deals, count(c) AS claims "
        "MATCH (d:Document {id: document})-[:PUBLISHED_BY]->(p:Source) "
        "RETURN 'all that rest on ' + d.name + ' alone' AS deal, deals, claims, [] AS said_by, [p.name] AS sources, "
        "[d.reliability] AS reliabilities, false AS interested, [] AS transfer_ids UNION ALL "
        "{deals} MATCH (t)<-[:BACKS]-(c:Claim) WHERE c.row IS NULL AND NOT c.document IN $past "
        "MATCH (c)-[:QUOTED_FROM]->(d:Document)-[:PUBLISHED_BY]->(p:Source) "
        "WITH t, c, d, p, head([(c)-[:SAID_BY]->(x:Actor) | x.id]) AS speaker "
        "WITH t, collect(DISTINCT speaker) AS speakers, collect(DISTINCT c.said_by_name) AS said_by, "
        "count(c) AS claims, count(c.said_by) AS attributed, collect(DISTINCT p.name) AS sources, "
        "collect(DISTINCT d.reliability) AS reliabilities "
        "WITH *, attributed = claims AND NOT EXISTS { MATCH (t)<-[:BACKS]-(x:Claim) WHERE x.row IS NOT NULL } AS said "
        f"WITH * WHERE t.sources = 1 OR said {_ENDS} "
        "WITH *, [(t)<-[:SUPPLIES]-(x:Actor) | x.id] + [(t)-[:OF]->(:System)<-[:MAKES]-(x:Actor) | x.id] + [b.id] "
        "AS parties "
        "WITH *, [one IN speakers WHERE one IN parties OR EXISTS { "
        "MATCH (x:Actor {id: one})-[:LEADS|HOLDS_ROLE|OWNS|BASED_IN]->(y:Actor) WHERE y.id IN parties }] AS partial "
        "RETURN s.name + ' to ' + b.name + ': ' + t.name AS deal, 1 AS deals, claims, said_by, sources, reliabilities, "
        "said AND size(partial) = size(speakers) AS interested, [t.id] AS transfer_ids"
    ),
    row="one deal, or all deals that rest on one table alone",
    mind=(
        "One source can be right, and two can have copied from a third. Interested are the supplier, the buyer, the "
        "maker, and those who lead, own or speak for them as far as loaded sources say so."
    ),
    example={"supplier": "Turkey"},
    read=_alone,
)


def _named(found: Rows, values: Values) -> Told:
    groups: dict[str, Callable[[dict[str, Any]], bool]] = {
        "named as customers": lambda row: row["arms"],
        "of these, on one source only": lambda row: row["arms"] and row["sources"] == 1,
        "of these, contested": lambda row: row["arms"] and row["contested"],
        "named as candidates only": lambda row: not row["arms"] and row["talk"],
        "named as refused only": lambda row: not row["arms"] and not row["talk"],
    }
    rows = []
    for what, belongs in groups.items():
        members = [row for row in found if belongs(row)]
        ids = sorted({one for row in members for one in row["transfer_ids"]})
        names = [row["buyer"] for row in members]
        rows.append({"what": what, "number": len(members), "who": names, "transfer_ids": ids})
    customers = rows[0]["number"]
    claimed = values["claimed"]
    gap = {
        "what": "claimed, but not named",
        "number": max(claimed - customers, 0),
        "who": [],
        "transfer_ids": [],
    }
    verdict = "fewer" if customers < claimed else "as many" if customers == claimed else "more"
    than = "" if verdict == "as many" else " than that"
    told = f"Somebody claims {claimed}; the graph can name {customers}, {verdict}{than}."
    return Told(Rows(("what", "number", "who", "transfer_ids"), [*rows, gap]), (told,))


HEADLINE: Final = Card(
    name="headline",
    theme=THEME,
    question="Somebody says that {claimed} countries bought {system} from {supplier}: whom can the graph name?",
    parameters=(
        Parameter("claimed", "number", "how many customers somebody claims", least=1),
        optional("supplier", "actor", "who supplies"),
        optional("system", "system", "what is sold, or its family"),
    ),
    cypher=(
        f"{{deals}} MATCH (t)-[:TO]->(b:Actor) WHERE b.id <> t.supplier AND coalesce(b.type, '') <> 'unknown' "
        "WITH b, collect(t.id) AS transfer_ids, "
        f"max(CASE WHEN t.status IN {drawing('ARMS')} THEN 1 ELSE 0 END) = 1 AS arms, "
        f"max(CASE WHEN t.status IN {drawing('MAY_ARM')} THEN 1 ELSE 0 END) = 1 AS talk, "
        f"max(CASE WHEN t.status IN {drawing('ARMS')} THEN t.sources ELSE 0 END) AS sources, "
        f"min(CASE WHEN t.status IN {drawing('ARMS')} AND NOT t.contested THEN 0 ELSE 1 END) = 1 AS contested "
        "RETURN b.name AS buyer, arms, talk, sources, contested, transfer_ids ORDER BY buyer, b.id"
    ),
    row="one group of buyers, by how surely they are customers",
    mind="The graph names whom its sources name: a gap can be secrecy, a list that is out of date, or a boast.",
    example={"claimed": 20, "supplier": "Turkey", "system": "TB2"},
    read=_named,
)
