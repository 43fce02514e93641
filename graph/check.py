"""Is this installation and this store in order? Looks at everything, tells what it found, and repairs it if asked."""

from __future__ import annotations

import platform
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from . import cypher
from .agreement import Agreement, look_at_facts
from .evidence import Evidence, look_at_evidence
from .findings import KINDS, Declare, Finding, KeepOne
from .folder import FORMAT
from .mending import mend
from .rows import Rows
from .schema import ACTOR_LABELS, DERIVED, LABELS, STATED, is_ours
from .store import GraphStore

_SAME_ID: Final = "MATCH (n:{label}) WITH n.id AS id, count(*) AS n WHERE n > 1 RETURN id ORDER BY id"
_KINDS_OF_NODES: Final = "MATCH (n) RETURN labels(n) AS labels, count(*) AS n"
_COMPONENTS: Final = "CALL dbms.components() YIELD versions, edition RETURN versions, edition"
_SCHEMA: Final = "constraints and indexes"
_DOUBLES: Final = "nodes with an id of their own"
_OUR_LABELS: Final = frozenset(("Actor", *LABELS, "LegationLock"))
_LOOKS: Final = 3
_ROUNDS: Final = 6
_EXAMPLES: Final = 2
_COLUMNS: Final = ("check", "result", "looked_at", "found", "repaired", "what", "example", "fix", "finding_ids")


@dataclass(frozen=True, slots=True)
class Report:
    """What a check looked at and what it found.

    Attributes:
        about: what is there, in words: versions, the store, counts.
        looked_at: kind of finding -> how many things were looked at; those not looked at are absent.
        findings: what is not in order now.
        repaired: what was not in order before the repair.
        disturbed: whether somebody wrote to the store all the while, so that a finding may be none.
    """

    about: tuple[tuple[str, str], ...] = ()
    looked_at: dict[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    repaired: tuple[Finding, ...] = ()
    disturbed: bool = False

    @property
    def in_order(self) -> bool:
        """Whether nothing is left to repair."""
        return not self.findings

    def in_words(self) -> str:
        """Say in one line whether all is in order, or what to do."""
        if self.in_order:
            return f"All is in order; {len(self.repaired)} repaired." if self.repaired else "All is in order."
        if any(finding.remedies for finding in self.findings) and not self.repaired:
            return f"{len(self.findings)} found. Mend what can be mended: legation check --repair"
        return f"{len(self.findings)} found that cannot be repaired here; the fix of each says what to do."

    def to_rows(self) -> Rows:
        """Give a row for each fact and each check; ``found`` counts what is not in order now."""
        rows = [dict.fromkeys(_COLUMNS) | {"check": name, "result": value} for name, value in self.about]
        rows += [self._row(kind) for kind in KINDS]
        if self.disturbed:
            told = {"what": "Somebody wrote meanwhile; a finding may be none.", "fix": "Run it when nobody loads."}
            rows.append(dict.fromkeys(_COLUMNS) | {"check": "quiet", "result": "disturbed", **told})
        return Rows(_COLUMNS, rows)

    def to_table(self) -> Rows:
        """Give the rows in brief: each fact and each check with its result."""
        columns = ("check", "result", "looked_at")
        return Rows(columns, [{name: row[name] for name in columns} for row in self.to_rows()])

    def explained(self) -> str:
        """Say of each kind of finding what is wrong, with examples, and what to do; nothing if all is in order."""
        return "\n\n".join(
            f"{row['check']}: {row['result']}\n  {row['what']}\n  {row['example']}\n  {row['fix']}"
            for row in self.to_rows()
            if row["fix"]
        )

    def _row(self, kind: str) -> dict[str, Any]:
        row: dict[str, Any] = dict.fromkeys(_COLUMNS) | {"check": kind, "looked_at": self.looked_at.get(kind)}
        left = [finding.example for finding in self.findings if finding.kind == kind]
        mended = [finding.example for finding in self.repaired if finding.kind == kind]
        if not left and not mended:
            return row | {"result": "ok" if kind in self.looked_at else "not looked at"}
        told = ([f"{len(mended)} repaired"] if mended else []) + ([f"{len(left)} found"] if left else [])
        shown = left or mended
        return row | {
            "result": ", ".join(told),
            "found": len(left),
            "repaired": len(mended),
            "what": KINDS[kind].what,
            "example": "; ".join(shown[:_EXAMPLES]),
            "fix": KINDS[kind].fix if left else None,
            "finding_ids": shown,
        }


def installation() -> list[tuple[str, str]]:
    """Tell the versions of what is installed here."""
    packages = {"legation": "legation", "driver": "neo4j", "embedded engine": "arcadedb"}
    told = [(name, f"{package} {found}") for name, package in packages.items() if (found := _version(package))]
    return [*told, ("Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}")]


def check(store: GraphStore) -> Report:
    """Look at a store and change nothing.

    What is first in ``KINDS`` is looked at first, and the rest only when that is in order: without its indexes a store
    of some size would take hours, and where an id is there twice nothing can be told.

    Raises:
        StoreUnreachable: the store does not answer.
    """
    report = Report()
    for _ in range(_LOOKS):
        before = store.read(cypher.CHANGES).records
        report = _look(store)
        if report.in_order or store.read(cypher.CHANGES).records == before:
            return report
    return replace(report, disturbed=True)


def repair(store: GraphStore) -> Report:
    """Look at a store, mend what can be mended, and look again until nothing is left or nothing gets better.

    Returns:
        What is left, and what was repaired.

    Raises:
        WriteFailed: the store refused a repair. What was repaired before stays; run it again.
        StoreUnreachable: the store does not answer.
    """
    report = check(store)
    repaired: list[Finding] = []
    for _ in range(_ROUNDS):
        if not any(finding.remedies for finding in report.findings):
            break
        mend(store, [remedy for finding in report.findings for remedy in finding.remedies])
        after = check(store)
        left = [(finding.kind, finding.example) for finding in after.findings]
        repaired += [finding for finding in report.findings if (finding.kind, finding.example) not in left]
        stuck = after.findings == report.findings
        report = after
        if stuck:
            break
    return replace(report, repaired=tuple(repaired))


def _look(store: GraphStore) -> Report:
    about = [*installation(), *_server(store)]
    labels = {tuple(row["labels"]): row["n"] for row in store.read(_KINDS_OF_NODES)}
    ours = sum(n for held, n in labels.items() if _OUR_LABELS.intersection(held))
    lacking = store.undeclared() if ours else []
    first = [Finding(_SCHEMA, f"{one.label}.{one.name}", (Declare(one.statement),)) for one in lacking]
    first += _doubles(store)
    looked_at = {_SCHEMA: len(cypher.declared(shared=store.is_shared)), _DOUBLES: ours}
    if first:
        return Report(tuple(about), looked_at, tuple(first))
    evidence = look_at_evidence(store)
    facts = look_at_facts(store, evidence)
    counts = {
        "documents": evidence.documents,
        "claims": evidence.claims,
        "transfers": facts.transfers,
        "relations": facts.relations.total(),
        "actors": sum(facts.parties[label] for label in ACTOR_LABELS),
        "systems": facts.parties["System"],
    }
    about += [(name, str(count)) for name, count in counts.items()]
    held = evidence.documents + evidence.sources + evidence.claims + facts.transfers + facts.parties.total()
    about += _others(labels, held)
    about += _constraints(store)
    looked_at |= _looked_at(evidence, facts)
    return Report(tuple(about), looked_at, (*evidence.findings, *facts.findings))


def _looked_at(evidence: Evidence, facts: Agreement) -> dict[str, int]:
    stated, derived = (sum(facts.relations[kind] for kind in kinds) for kinds in (STATED, DERIVED))
    parties = facts.parties.total()
    own = {
        "texts of articles": evidence.texts,
        "documents with a source": evidence.documents,
        "documents as loaded": evidence.documents,
        "transfers as their claims say": facts.transfers,
        "relations with a claim": stated,
        "relations as their claims say": stated,
        "relations as their transfers say": derived,
        "actors, systems and conflicts": parties,
        "nodes that something holds": parties + evidence.sources,
    }
    return {kind: own.get(kind, evidence.claims) for kind in KINDS if kind not in (_SCHEMA, _DOUBLES)}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _server(store: GraphStore) -> list[tuple[str, str]]:
    """Tell where the store is and what runs it."""
    connection = store._connection
    agent = str(connection.reader.get_server_info().agent)
    engine = re.search(r"\((.+)\)", agent)
    if connection.engine is not None:
        name = engine[1] if engine else agent
        return [("store", f"{store.name}, format {FORMAT}, reachable"), ("engine", name)]
    row = connection.reader.execute_query(_COMPONENTS, database_=connection.database).records[0]
    return [
        ("store", f"{store.name}, reachable"),
        ("server", f"{agent.replace('/', ' ')}, {row['edition']} edition"),
    ]


def _constraints(store: GraphStore) -> list[tuple[str, str]]:
    """Tell of constraints of others that bind nodes of ours as well, since they are on a label that these have."""
    told = [
        f"{row['name']} on {label} ({', '.join(row['properties'] or ())})"
        for row in store.read("SHOW CONSTRAINTS")
        for label in row["labelsOrTypes"] or ()
        if label in _OUR_LABELS and not row["name"].startswith("legation_")
    ]
    return [("constraints of others", "; ".join(sorted(told)))] if store.is_shared and told else []


def _doubles(store: GraphStore) -> list[Finding]:
    found: dict[str, Finding] = {}
    for label in cypher.KEY_LABELS:
        for row in store.read(_SAME_ID.format(label=label)):
            if is_ours(row["id"]):
                found.setdefault(row["id"], Finding(_DOUBLES, row["id"], (KeepOne(label, row["id"]),)))
    return list(found.values())


def _others(labels: Mapping[tuple[str, ...], int], ours: int) -> list[tuple[str, str]]:
    """Tell of nodes in the same database that are not ours; they are never touched."""
    locks = sum(n for held, n in labels.items() if "LegationLock" in held)
    count = sum(labels.values()) - locks - ours
    names = sorted({name for held in labels if not _OUR_LABELS.intersection(held) for name in held})
    told = f"{count} ({', '.join(names)}); left alone" if names else f"{count}; left alone"
    return [("nodes of others", told)] if count else []
