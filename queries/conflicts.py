"""The cards on arms and politics: conflicts, sanctions, alliances, and what is passed on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from ..graph.rows import Rows
from .bands import Band, share, total
from .card import Card, Told, Values
from .dependence import MIND, in_units, unvalued
from .lots import BY, ERROR, HANDED, PAIR, SUPPLIER, Supply, in_lots, of_pairs, to_supplies
from .parameter import RECENT, SINCE, UNTIL, Parameter, optional, top
from .selection import ABROAD, CURRENT, HANDED_OVER

THEME: Final = "Conflict and politics"


def _overlap(row: dict[str, Any], values: Values) -> bool:
    """Tell whether both deliveries can fall into the years asked for; unknown years can."""
    since, until = values["since"], values["until"]
    return all(
        (first is None or until is None or first <= until) and (last is None or since is None or last >= since)
        for first, last in ((row["first_1"], row["last_1"]), (row["first_2"], row["last_2"]))
    )


def _both(found: Rows, values: Values) -> Told:
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in found:
        if not _overlap(row, values):
            continue
        held = (row["supplier_id"], min(row["one_id"], row["two_id"]), max(row["one_id"], row["two_id"]))
        swapped = row["one_id"] > row["two_id"]
        one, two = ("2", "1") if swapped else ("1", "2")
        made = rows.setdefault(
            held,
            {
                "supplier": row["supplier"],
                "one_side": row["two"] if swapped else row["one"],
                "other_side": row["one"] if swapped else row["two"],
                "opposed": False,
                "conflicts": [],
                "deals_with_one": row["deals_" + one],
                "years_with_one": _years(row["first_" + one], row["last_" + one]),
                "deals_with_other": row["deals_" + two],
                "years_with_other": _years(row["first_" + two], row["last_" + two]),
                "node_ids": [*held],
                "pair_ids": [f"{held[0]}|{held[1]}", f"{held[0]}|{held[2]}"],
            },
        )
        made["opposed"] |= row["opposed"]
        made["conflicts"] = sorted({*made["conflicts"], *([row["conflict"]] if row["conflict"] else [])})
    ordered = sorted(rows.values(), key=_most_armed_first)
    for made in ordered:
        made["opposed"] = "yes" if made["opposed"] else "not said"
    columns = ("supplier", "one_side", "other_side", "opposed", "conflicts")
    return Told(Rows(tuple(ordered[0]) if ordered else columns, ordered))


def _most_armed_first(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return not row["opposed"], -min(row["deals_with_one"], row["deals_with_other"]), row["node_ids"]


def _years(first: int | None, last: int | None) -> str | None:
    return None if first is None else f"{first}–{last}" if first != last else str(first)


_ARMED: Final = (
    "MATCH (one)<-[r:ARMS]-(s:Actor)-[q:ARMS]->(two) WITH * WHERE s.id <> one.id AND s.id <> two.id "
    "AND (s.type IS NULL OR s.type <> 'unknown') "
    "RETURN s.id AS supplier_id, s.name AS supplier, one.id AS one_id, one.name AS one, two.id AS two_id, "
    "two.name AS two, opposed, conflict, r.transfers AS deals_1, r.first_year AS first_1, r.last_year AS last_1, "
    "q.transfers AS deals_2, q.first_year AS first_2, q.last_year AS last_2 "
)

BOTH_SIDES: Final = Card(
    name="both-sides",
    theme=THEME,
    question="Who arms both sides of {conflict}?",
    parameters=(
        optional("conflict", "conflict", "which; any two that oppose each other if not given"),
        *(SINCE, UNTIL, top(100)),
    ),
    cypher=(
        "MATCH (one:Actor)-[:PARTY_TO]->(c:Conflict {id: $conflict})<-[:PARTY_TO]-(two:Actor) "
        "WITH one, two, c.name AS conflict, EXISTS { MATCH (one)-[:OPPOSES]-(two) } AS opposed "
        "WITH * WHERE one.id < two.id AND NOT EXISTS { MATCH (one)-[:ALLIED_WITH|SUPPORTS]-(two) } "
        f"{_ARMED} UNION ALL MATCH (one:Actor)-[:OPPOSES]->(two:Actor) WHERE $conflict IS NULL "
        f"WITH DISTINCT one, two, true AS opposed, null AS conflict {_ARMED}"
    ),
    row="one supplier and two who fight each other; opposed says whether a source states that they are on two sides",
    mind=(
        "Arms are not arms for this war: the years are those of all deals, and what was sold to one side long ago may "
        "be out of use. Two parties of whom no source says that they are allies may still be on one side."
    ),
    example={"conflict": "Nagorno-Karabakh conflict"},
    read=_both,
)


def _chains(found: Rows, _: Values) -> Told:
    """Put the pairs of deals together that make one chain; a pair whose second deal ended first makes none."""
    chains: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        first, then = row["first_year"], row["then_year"]
        if first is None or then is None or first <= then:
            chains[row["origin_id"], row["middle_id"], row["end_id"], row["system_id"]].append(row)
    rows = []
    for chain in sorted(chains):
        pairs = chains[chain]
        told = any(row["names_origin"] or row["kind"] == "retransfer" for row in pairs)
        firsts = [row["first_year"] for row in pairs if row["first_year"] is not None]
        thens = [row["then_year"] for row in pairs if row["then_year"] is not None]
        rows.append(
            {
                "origin": pairs[0]["origin"],
                "through": pairs[0]["middle"],
                "to": pairs[0]["end"],
                "system": pairs[0]["system"],
                "standing": "documented" if told else "possible",
                "first_had": min(firsts, default=None),
                "last_passed_on": max(thens, default=None),
                "condition": sorted({row["condition"] for row in pairs} - {None}),
                "order_of_time": "known" if firsts and thens else "not known",
                "transfer_ids": sorted({row[name] for row in pairs for name in ("first_deal", "second_deal")}),
            }
        )
    rows.sort(key=lambda row: (row["standing"], -(row["last_passed_on"] or 0), row["transfer_ids"]))
    return Told(Rows(tuple(rows[0]) if rows else ("origin", "through", "to", "system", "standing"), rows))


REEXPORTS: Final = Card(
    name="reexports",
    theme=THEME,
    question="Did {supplier} pass on {system} that came from another?",
    parameters=(
        optional("system", "system", "which system, or family of systems"),
        optional("supplier", "actor", "who passed it on"),
        top(100),
    ),
    needs_one=True,
    cypher=(
        f"{{deals}} AND t.status IN {HANDED_OVER} AND (t.condition STARTS WITH 'second-hand' "
        "OR t.kind = 'retransfer' OR EXISTS { MATCH (t)<-[:USED_BEFORE]-(:Actor) }) "
        "MATCH (t)-[:OF]->(w:System) WITH t.supplier AS had, w, collect(t) AS passed "
        f"MATCH (w)<-[:OF]-(before:Transfer) WHERE before.pair ENDS WITH '|' + had AND before.status IN {HANDED_OVER} "
        "AND before.supplier <> had "
        "UNWIND passed AS t MATCH (t)-[:TO]->(e:Actor) WITH * WHERE e.id <> had AND e.id <> before.supplier "
        "MATCH (m:Actor {id: had}) MATCH (o:Actor {id: before.supplier}) "
        "RETURN o.name AS origin, o.id AS origin_id, m.name AS middle, m.id AS middle_id, e.name AS end, "
        "e.id AS end_id, w.name AS system, w.id AS system_id, t.kind AS kind, "
        "t.condition AS condition, coalesce(before.delivery_years[0], before.order_year) AS first_year, "
        "coalesce(t.delivery_years[size(t.delivery_years) - 1], t.order_year) AS then_year, "
        "EXISTS { MATCH (o)-[:USED_BEFORE]->(t) } AS names_origin, before.id AS first_deal, t.id AS second_deal "
        "ORDER BY first_deal, second_deal"
    ),
    row="who had a system from whom and passed it to whom; documented if a source says whose it was before",
    mind=(
        "A possible chain is no evidence: whoever bought a system from two, or made it as well, may have passed on the "
        "other one. Only what a source calls used or passed on is looked at."
    ),
    example={"system": "F-16"},
    read=_chains,
)


def _under_sanctions(found: Rows, values: Values) -> Told:
    rows = []
    for row, by, by_id, since, until in ((of, *one) for of in found for one in of["sanctions"]):
        first, last = (int(str(date)[:4]) if date else None for date in (since, until))
        for deal, supplier, buyer, system, delivered, contested in row["deals"]:
            years = [
                year
                for year in delivered or ()
                if (first is None or year >= first)
                and (last is None or year <= last)
                and (values["since"] is None or year >= values["since"])
            ]
            if delivered and not years:
                continue
            rows.append(
                {
                    "supplier": supplier,
                    "buyer": buyer,
                    "system": system,
                    "delivered": years,
                    "sanctioned": row["sanctioned"],
                    "by": by,
                    "since": since,
                    "until": until,
                    "certain": "yes" if years and first is not None else "years not known",
                    "contested": contested,
                    "transfer_ids": [deal],
                    "node_ids": [row["sanctioned_id"], by_id],
                }
            )
    rows.sort(key=lambda row: (row["certain"] != "yes", row["sanctioned"], row["by"], row["transfer_ids"]))
    return Told(Rows(tuple(rows[0]) if rows else ("supplier", "buyer", "system", "delivered", "sanctioned"), rows))


_SANCTIONED: Final = (
    "MATCH (x:Actor)-[r:SANCTIONS]->(y:Actor) WHERE y.id = coalesce($actor, y.id) "
    "WITH y, collect([x.name, x.id, r.since, r.until]) AS sanctions "
)
_DELIVERED: Final = (
    f"WITH y, sanctions, t WHERE {CURRENT} AND t.status IN {HANDED_OVER}{ABROAD} "
    "MATCH (t)-[:TO]->(b:Actor) MATCH (s:Actor {id: t.supplier}) "
    "RETURN y.name AS sanctioned, y.id AS sanctioned_id, sanctions, "
    "collect([t.id, s.name, b.name, t.name, t.delivery_years, t.contested]) AS deals "
)

SANCTIONED: Final = Card(
    name="sanctioned",
    theme=THEME,
    question="What was delivered to or by {actor} under sanctions?",
    parameters=(optional("actor", "actor", "who is under sanctions; anybody if not given"), SINCE, top(100)),
    cypher=(
        f"{_SANCTIONED}MATCH (y)<-[:TO]-(t) {_DELIVERED}UNION ALL {_SANCTIONED}MATCH (y)-[:SUPPLIES]->(t) {_DELIVERED}"
    ),
    row="one deal of one who is under sanctions; certain only where both the delivery and the sanctions have years",
    mind=(
        "Sanctions are not always an arms embargo, and those of one state do not bind another. Where a source does not "
        "say when they began, the delivery may have come before."
    ),
    example={},
    read=_under_sanctions,
)

_UNKNOWN: Final = "unknown supplier"
_GROUPS: Final = ("ally", "rival", "both", "neither", _UNKNOWN)


def _by_alliance(found: Rows, values: Values) -> Told:
    groups: dict[str, list[Supply]] = defaultdict(list)
    supplies = to_supplies(of_pairs(found), values["error"])
    for one in supplies:
        is_ally, is_rival = one.row["ally"], one.row["rival"]
        group = ("both" if is_rival else "ally") if is_ally else "rival" if is_rival else "neither"
        groups[_UNKNOWN if one.is_of_nobody else group].append(one)
    whole = total(one.band for one in supplies)
    anybody = total(one.band for one in groups.get(_UNKNOWN, ()))
    rows = []
    for group in _GROUPS:
        members = sorted(groups.get(group, ()), key=lambda one: (-one.band.best, one.row["supplier_id"]))
        if not members:
            continue
        band = total(one.band for one in members)
        unsure = Band() if group == _UNKNOWN else anybody
        low, best, high = share(band, whole - band - unsure, unsure)
        rows.append(
            {
                "supplier_is": group,
                "share_low": low,
                "share": best,
                "share_high": high,
                **in_units(band),
                "deals": sum(one.deals for one in members),
                "without_value": sum(one.unvalued for one in members),
                "suppliers": [one.row["supplier"] for one in members],
                "pair_ids": [f"{one.row['supplier_id']}|{values['buyer']}" for one in members],
            }
        )
    columns = tuple(rows[0]) if rows else ("supplier_is", "share_low", "share", "share_high")
    return Told(Rows(columns, rows), unvalued(supplies, values))


ALLIANCES: Final = Card(
    name="alliances",
    theme=THEME,
    question="Which share of the arms of {buyer} comes from allies, and which from rivals?",
    parameters=(Parameter("buyer", "actor", "who receives"), RECENT, UNTIL, BY, ERROR),
    cypher=(
        f"{{deals}}{HANDED}{in_lots(PAIR)}MATCH (b:Actor {{id: $buyer}}) "
        f"RETURN {SUPPLIER}, [[b.id, b.name]] AS buyers, "
        "EXISTS { MATCH (s)-[:ALLIED_WITH]-(b) } OR "
        "EXISTS { MATCH (s)-[:MEMBER_OF]->(o:Organisation {type: 'alliance'})<-[:MEMBER_OF]-(b) } AS ally, "
        "EXISTS { MATCH (s)-[:OPPOSES|SANCTIONS]-(b) } AS rival ORDER BY supplier_id"
    ),
    row="all suppliers that are allies of the buyer (pact or alliance), rivals (one opposes or sanctions), or neither",
    mind="Allies and rivals are those that loaded sources name, whenever that was; load what tells of alliances. "
    + MIND,
    example={"buyer": "Poland"},
    read=_by_alliance,
)
