"""The reference: the same graph of a register, loaded as people write it by hand.

One statement for each kind of node and relation, ``UNWIND`` and ``MERGE``, a transaction for each batch of 1,000 rows,
constraints first. It keeps no promise: a crash leaves half a document, nothing can be forgotten, nothing is folded, and
each row of the register is taken for a transfer of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import neo4j
from legation.graph.claims import Claim, Document
from legation.graph.cypher import schema_statements
from legation.graph.schema import labels_of
from legation.graph.statements import TransferStatement

BATCH = 1_000

_CLAIM = (
    "UNWIND $rows AS row MERGE (c:Claim {id: row.id}) SET c += row WITH c, row "
    "MATCH (d:Document {id: row.document}) MERGE (c)-[:QUOTED_FROM]->(d)"
)
_TRANSFER = (
    "UNWIND $rows AS row MERGE (t:Transfer {id: row.values.id}) SET t += row.values WITH t, row "
    "MATCH (s:Actor {id: row.supplier}) MATCH (b:Actor {id: row.buyer}) MATCH (w:System {id: row.system}) "
    "MERGE (s)-[:SUPPLIES]->(t) MERGE (t)-[:TO]->(b) MERGE (t)-[:OF]->(w)"
)
_BACKS = (
    "UNWIND $rows AS row MATCH (c:Claim {id: row.claim}) MATCH (t:Transfer {id: row.values.id}) MERGE (c)-[:BACKS]->(t)"
)
_ARMS = (
    "UNWIND $rows AS row MATCH (a:Actor {id: row.start}) MATCH (b:Actor {id: row.end}) "
    "MERGE (a)-[r:ARMS]->(b) SET r += row.values"
)


def load(driver: neo4j.Driver, database: str | None, document: Document, claims: Sequence[Claim]) -> None:
    """Load a register by hand."""
    with driver.session(database=database) as session:

        def run(statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
            for start in range(0, len(rows), BATCH):
                session.execute_write(_run, statement, rows[start : start + BATCH])

        for statement in schema_statements():
            session.run(statement).consume()
        source = {"id": document.source.id, "name": document.source.name}
        run("UNWIND $rows AS row MERGE (s:Source {id: row.id}) SET s += row", [source])
        run("UNWIND $rows AS row MERGE (d:Document {id: row.id}) SET d += row", [document.to_properties()])
        published = "UNWIND $rows AS row MATCH (d:Document {id: row.d}) MATCH (s:Source {id: row.s}) "
        run(f"{published} MERGE (d)-[:PUBLISHED_BY]->(s)", [{"d": document.id, "s": source["id"]}])
        for labels, nodes in _parties(claims).items():
            run(f"UNWIND $rows AS row MERGE (n:{labels} {{id: row.id}}) SET n += row", nodes)
        run(_CLAIM, [claim.to_properties() for claim in claims])
        transfers = [_transfer(claim) for claim in claims]
        run(_TRANSFER, transfers)
        run(_BACKS, transfers)
        run(_ARMS, _arms(transfers))


def empty(driver: neo4j.Driver, database: str | None) -> None:
    """Take everything out; the only way of a store that does not know what came from where."""
    with driver.session(database=database) as session:
        while session.execute_write(
            lambda transaction: (
                transaction.run("MATCH (n) WITH n LIMIT 10000 DETACH DELETE n").consume().counters.nodes_deleted
            )
        ):
            pass


def _run(transaction: neo4j.ManagedTransaction, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
    transaction.run(statement, rows=rows).consume()


def _parties(claims: Iterable[Claim]) -> dict[str, list[dict[str, str]]]:
    names = {party.id: party.name for claim in claims for _, party in claim.parties()}
    nodes: dict[str, list[dict[str, str]]] = defaultdict(list)
    for node_id, name in names.items():
        nodes[":".join(labels_of(node_id))].append({"id": node_id, "name": name})
    return nodes


def _transfer(claim: Claim) -> dict[str, Any]:
    deal = claim.statement
    if not isinstance(deal, TransferStatement):
        raise TypeError(claim.id)
    values = {
        "id": claim.id.replace("claim:", "transfer:"),
        "name": deal.system.name,
        "status": deal.status,
        "kind": deal.kind,
        "quantity_ordered": deal.quantity_ordered,
        "quantity_delivered": deal.quantity_delivered,
        "order_year": deal.order_year,
        "delivery_years": list(deal.delivery_years),
        "estimated": list(deal.estimated),
        "tiv_order": deal.tiv_order,
        "tiv_delivered": deal.tiv_delivered,
        "condition": deal.condition,
        "claims": 1,
        "sources": 1,
        "contested": False,
        "supplier": deal.supplier.id,
        "block": f"{deal.supplier.id}|{deal.buyer.id}|{deal.system.id}",
        "pair": f"{deal.supplier.id}|{deal.buyer.id}",
        "reason": "the register's own id",
    }
    ends = {"supplier": deal.supplier.id, "buyer": deal.buyer.id, "system": deal.system.id}
    return ends | {"claim": claim.id, "values": {key: value for key, value in values.items() if value is not None}}


def _arms(transfers: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    pairs: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for one in transfers:
        pairs[one["supplier"], one["buyer"]].append(one["values"])
    return [
        {
            "start": start,
            "end": end,
            "values": {
                "transfers": len(drawn),
                "units": sum(values["quantity_ordered"] for values in drawn),
                "tiv": sum(values["tiv_order"] for values in drawn),
                "first_year": min(values["order_year"] for values in drawn),
                "last_year": max(values["order_year"] for values in drawn),
                "status": "delivered",
            },
        }
        for (start, end), drawn in pairs.items()
    ]
