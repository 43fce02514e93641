"""The cards on who is behind: the people who tie a firm to a government, and the owners of a firm."""

from __future__ import annotations

from typing import Any, Final

from ..graph.rows import Rows
from .card import Card, Told, Values
from .parameter import Parameter, optional

THEME: Final = "Who is behind it"
_FIRM: Final = Parameter("firm", "actor", "which firm")
_FIRM_ROLES: Final = "LEADS|HOLDS_ROLE|OWNS"


def _tie(pattern: str, end: str, kin: str) -> str:
    return (
        f"MATCH (f:Actor {{id: $firm}})<-[r:{_FIRM_ROLES}]-(p:Person){pattern}-[g:LEADS|HOLDS_ROLE]->(s:Actor) "
        "WITH * WHERE s.id <> f.id AND (s:State OR s.type IN ['government', 'agency']) "
        "AND ($state IS NULL OR s.id = $state) "
        f"RETURN f.name AS firm, type(r) AS at_firm, r.title AS title, p.name AS person, {kin} AS kinship, "
        f"{end}.name AS official, type(g) AS in_government, g.title AS office, g.since AS since, g.until AS until, "
        f"s.name AS government, r.claims AS firm_claims, g.claims AS office_claims, [f.id, p.id, {end}.id, s.id] "
        "AS node_ids"
    )


def _ties(found: Rows, _: Values) -> Told:
    rows = []
    for row in found:
        whole: dict[str, Any] = {name: row[name] for name in _PEOPLE[:-2]}
        whole["claims"] = len(row["firm_claims"]) + len(row["office_claims"])
        whole["node_ids"] = list(dict.fromkeys(row["node_ids"]))
        rows.append(whole)
    rows.sort(key=lambda row: tuple("" if row[name] is None else str(row[name]) for name in _PEOPLE[:-2]))
    return Told(Rows(_PEOPLE, rows))


_PEOPLE: Final = (
    *("firm", "at_firm", "title", "person", "kinship", "official", "in_government", "office", "since", "until"),
    *("government", "claims", "node_ids"),
)

PEOPLE: Final = Card(
    name="people",
    theme=THEME,
    question="Who ties {firm} to the government of {state}?",
    parameters=(_FIRM, optional("state", "actor", "which state or government; any if not given")),
    cypher=f"{_tie('', 'p', 'null')} UNION ALL {_tie('-[k:KIN_OF]-(q:Person)', 'q', 'k.title')}",
    row="one person at the firm who holds an office, or has kin (kinship as the source words it) who does",
    mind="A tie is no proof of influence, and offices change: since and until are empty where no source tells them.",
    example={"firm": "Baykar"},
    read=_ties,
)


def _owners(found: Rows, _: Values) -> Told:
    rows = sorted(found, key=lambda row: (row["steps"], row["behind"], row["tie"], row["id"], row["through"]))
    columns = ("behind", "tie", "title", "steps", "through", "based_in", "led_by", "claims", "contested", "node_ids")
    return Told(Rows(columns, [{name: row[name] for name in columns} for row in rows]))


_ABOUT: Final = (
    "[(o)-[:BASED_IN]->(x:State) | x.name] AS based_in, [(x:Person)-[:LEADS]->(o) | x.name] AS led_by, "
    "size(r.claims) AS claims, coalesce(r.contested, false) AS contested"
)

OWNERSHIP: Final = Card(
    name="ownership",
    theme=THEME,
    question="Who stands behind {firm}?",
    parameters=(_FIRM,),
    cypher=(
        "MATCH p = (o:Actor)-[:OWNS*1..5]->(f:Actor {id: $firm}) WITH o, nodes(p) AS line, relationships(p) AS owned "
        "WITH o, line, owned[0] AS r, size(owned) AS steps WHERE o.id <> $firm "
        f"RETURN o.id AS id, o.name AS behind, 'owns' AS tie, r.title AS title, steps, "
        f"[n IN line[1..size(line) - 1] | n.name] AS through, {_ABOUT}, [n IN line | n.id] AS node_ids "
        "UNION ALL MATCH (o:Person)-[r:LEADS]->(f:Actor {id: $firm}) "
        f"RETURN o.id AS id, o.name AS behind, 'leads' AS tie, r.title AS title, 1 AS steps, [] AS through, {_ABOUT}, "
        "[o.id, f.id] AS node_ids "
        "UNION ALL MATCH (o:Actor)-[r:PARTNER_IN]-(f:Actor {id: $firm}) "
        "RETURN o.id AS id, o.name AS behind, 'partner' AS tie, r.title AS title, 1 AS steps, [] AS through, "
        f"{_ABOUT}, [o.id, f.id] AS node_ids"
    ),
    row="one owner, directly or through others (up to five steps), leader or partner of the firm",
    mind="Shares are told only where the source's words are in title; owners that no source names are not here.",
    example={"firm": "Baykar"},
    read=_owners,
)
