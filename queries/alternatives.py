"""The cards on what hangs on whom: who else sells a class of weapon, and what holds parts from a state."""

from __future__ import annotations

from typing import Any, Final

from ..graph.rows import Rows
from .card import Card, Told, Values
from .dependence import THEME
from .parameter import RECENT, Parameter, optional, top
from .selection import drawing

_ARMS: Final = drawing("ARMS")


def _substitutes(found: Rows, _: Values) -> Told:
    rows = []
    for row in found:
        like = sorted({name for one, name in row["customers"] if one in set(row["friends"] or ())})
        rows.append(
            {
                "supplier": row["supplier"],
                "systems": row["systems"],
                "deals": row["deals"],
                "buyers": len(row["customers"]),
                "buyers_allied_with_the_buyer": like,
                "last_year": row["last_year"],
                "allied": None if row["friends"] is None else row["supplier_id"] in row["friends"],
                "sanctions": row["sanctions"],
                "opposes": row["opposes"],
                "transfer_ids": row["transfer_ids"],
            }
        )
    rows.sort(key=lambda row: (-row["buyers"], -row["deals"], row["supplier"]))
    return Told(Rows(tuple(rows[0]) if rows else ("supplier", "systems", "deals", "buyers"), rows))


SUBSTITUTES: Final = Card(
    name="substitutes",
    theme=THEME,
    question="Who else sells what {system} is, and would sell it to {buyer}?",
    parameters=(
        Parameter("system", "system", "the system to replace, or a family of systems"),
        optional("buyer", "actor", "who looks for another supplier"),
        RECENT,
    ),
    cypher=(
        "MATCH (one:System) WHERE one.id = $system OR one.family = $system "
        f"WITH one, [(one)<-[:OF]-(x:Transfer) WHERE x.status IN {_ARMS} | x.supplier] AS sold "
        "WITH collect(DISTINCT one.class) AS classes, collect(DISTINCT coalesce(one.family, one.id)) AS families, "
        "collect(sold) AS sellers WITH classes, families, reduce(found = [], some IN sellers | found + some) AS own, "
        "[(:Actor {id: $buyer})-[:ALLIED_WITH]-(y:Actor) | y.id] + "
        "[(:Actor {id: $buyer})-[:MEMBER_OF]->(m:Organisation)<-[:MEMBER_OF]-(y:Actor) "
        "WHERE m.type = 'alliance' | y.id] AS friends "
        "MATCH (w:System) WHERE w.class IN classes AND NOT coalesce(w.family, w.id) IN families "
        "MATCH (w)<-[:OF]-(t:Transfer)-[:TO]->(c:Actor) WITH friends, own, w, t, c "
        f"WHERE t.status IN {_ARMS} AND t.supplier <> c.id AND NOT t.supplier IN own "
        "WITH friends, w, t, c, coalesce(t.delivery_years[size(t.delivery_years) - 1], t.order_year) AS last "
        "WITH friends, w, t, c, last WHERE last IS NULL OR last >= coalesce($since, -9999) "
        "WITH friends, t.supplier AS supplier, collect(DISTINCT w.name) AS systems, count(DISTINCT t) AS deals, "
        "collect(DISTINCT [c.id, c.name]) AS customers, max(last) AS last_year, collect(DISTINCT t.id) AS transfer_ids "
        "MATCH (s:Actor {id: supplier}) WITH * WHERE s.type IS NULL OR s.type <> 'unknown' "
        "RETURN s.id AS supplier_id, s.name AS supplier, systems, deals, customers, last_year, transfer_ids, "
        "CASE WHEN $buyer IS NULL THEN null ELSE friends END AS friends, "
        "[(x:Actor)-[:SANCTIONS]->(s) | x.name + ' on the supplier'] + "
        "[(x:Actor)-[:SANCTIONS]->(y:Actor) WHERE y.id = $buyer AND x.id = s.id | x.name + ' on the buyer'] "
        "AS sanctions, EXISTS { MATCH (s)-[:OPPOSES]-(y:Actor) WHERE y.id = $buyer } AS opposes "
        "ORDER BY supplier_id"
    ),
    row="one other supplier of the same class of system since then, flagged with what stands between it and the buyer",
    mind=(
        "Of one class is not the same in range, price or fit; only systems whose class the reference lists know are "
        "compared. That somebody sold it to others does not say that they would sell it here."
    ),
    example={"system": "TB2", "buyer": "Poland"},
    read=_substitutes,
)

_SOLD: Final = (
    "[(w)<-[:OF]-(t:Transfer)-[:TO]->(b:Actor) "
    f"WHERE t.status IN {_ARMS} AND b.id <> t.supplier | [b.name, t.id]] AS sold"
)
_SUPPLIED: Final = (
    f"MATCH (:Actor {{id: $state}})-[:SUPPLIES]->(p:Transfer)-[:OF]->(part:System) WHERE p.status IN {_ARMS} "
)
_PLATFORM: Final = "RETURN w.id AS id, w.name AS platform, parts, part_ids, made_by, went_to, deals, claims, " + _SOLD
_GROUPED: Final = (
    "WITH w, collect(DISTINCT part.name) AS parts, collect(DISTINCT part.id) AS part_ids, [] AS made_by, "
    "collect(DISTINCT c.name) AS went_to, collect(DISTINCT p.id) AS deals, collect(DISTINCT claim) AS claims "
)


def _dependents(found: Rows, _: Values) -> Told:
    platforms: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        platforms.setdefault(row["id"], []).append(row)

    def all_of(rows: list[dict[str, Any]], name: str) -> list[str]:
        return sorted({one for row in rows for one in row[name]})

    rows = []
    for platform, parts in sorted(platforms.items()):
        buyers = sorted({name for name, _ in parts[0]["sold"]})
        rows.append(
            {
                "platform": parts[0]["platform"],
                **{name: all_of(parts, name) for name in ("parts", "made_by", "went_to")},
                "buyers": len(buyers),
                "who_bought_it": buyers,
                "claims": len(all_of(parts, "claims")),
                "node_ids": [platform, *all_of(parts, "part_ids")],
                "transfer_ids": sorted({*all_of(parts, "deals"), *(one for _, one in parts[0]["sold"])}),
            }
        )
    rows.sort(key=lambda row: (-row["buyers"], -row["claims"], row["node_ids"]))
    return Told(Rows(tuple(rows[0]) if rows else ("platform", "parts", "buyers"), rows))


COMPONENTS: Final = Card(
    name="components",
    theme=THEME,
    question="Which systems and buyers depend on parts from {state}?",
    parameters=(Parameter("state", "actor", "where the parts come from"), top(100)),
    cypher=(
        f"{_SUPPLIED}AND part.generic IS NULL MATCH (part)-[r:COMPONENT_OF]->(w:System) MATCH (p)-[:TO]->(c:Actor) "
        f"UNWIND r.claims AS claim {_GROUPED}{_PLATFORM} "
        f"UNION ALL {_SUPPLIED}AND part.generic MATCH (p)<-[:BACKS]-(said:Claim) MATCH (p)-[:TO]->(c:Actor) "
        "WITH part, collect([p.id, c.name, said.document, said.start]) AS sales, "
        "collect(said.document + ' ' + toString(said.start)) AS places "
        "MATCH (part)<-[:ABOUT]-(told:Claim) WHERE told.subject = part.id "
        "AND told.document + ' ' + toString(told.start) IN places "
        "MATCH (w:System {id: told.object}) WITH part, w, told, "
        "[one IN sales WHERE one[2] = told.document AND one[3] = told.start] AS here "
        "WITH w, collect(DISTINCT part.name) AS parts, collect(DISTINCT part.id) AS part_ids, [] AS made_by, "
        "collect(here) AS all_here, collect(DISTINCT told.id) AS claims "
        "WITH w, parts, part_ids, made_by, claims, "
        "reduce(all = [], one IN all_here | all + [x IN one | x[1]]) AS went_to, "
        "reduce(all = [], one IN all_here | all + [x IN one | x[0]]) AS deals "
        f"{_PLATFORM} "
        "UNION ALL MATCH (:State {id: $state})<-[:BASED_IN]-(f:Firm)-[:MAKES]->(part:System)"
        "-[r:COMPONENT_OF]->(w:System) UNWIND r.claims AS claim "
        "WITH w, collect(DISTINCT part.name) AS parts, collect(DISTINCT part.id) AS part_ids, "
        "collect(DISTINCT f.name) AS made_by, [] AS went_to, [] AS deals, collect(DISTINCT claim) AS claims "
        f"{_PLATFORM}"
    ),
    row="one system with parts from there, to whom the parts went, and who bought the whole",
    mind=(
        "That one buyer's version holds the part does not say that every buyer's does: engines differ between "
        "versions. Registers name few parts beside engines and radars."
    ),
    example={"state": "Ukraine"},
    read=_dependents,
)
