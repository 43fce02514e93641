"""The figures of the register: what reading its files takes and gives, and whether the graph agrees with pandas.

    python benchmarks/register.py FOLDER [--runs N]

FOLDER holds files of the register, in any dialect. Parsing is given as the median of some runs, and for files of deals
as how many times the time takes in which pandas reads the table. Of two files of deals the one with the earlier date is
loaded before the other, so that the later is its next edition; a file of deliveries is loaded onto the latest. The
reading by pandas is written apart from the loader: it shares nothing with it but the table of names (``to_party``), for
the graph knows actors by their ids alone.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
from legation.graph.errors import LoadError
from legation.graph.store import GraphStore, open_store
from legation.loaders import pipeline
from legation.loaders.reading import Given
from legation.loaders.sipri.statements import to_party
from legation.queries.cards import CARDS

HEADER = "Recipient,Supplier,Year of order"
DELIVERIES = b"SIPRI AT Database ID,"
NAMES = {
    "Recipient": "buyer",
    "Supplier": "supplier",
    "Year of order": "order_year",
    "Number delivered": "delivered",
    "SIPRI TIV for total order": "tiv_order",
    "SIPRI TIV of delivered weapons": "tiv_delivered",
}
AGREE = (
    "MATCH (t:Transfer)-[:TO]->(b:Actor) WHERE t.status <> 'withdrawn' RETURN t.supplier AS supplier, b.id AS buyer, "
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    files = pipeline.find_files([given.folder])
    print(
        f"{'file':55} {'rows':>6} {'deals':>6} {'claims':>6} {'repaired':>8} {'refused':>7} "
        f"{'seconds':>7} {'pandas':>7}"
    )
    editions = []
    for file in files:
        told = show_file(file, given.runs)
        editions += [(told, file)] if told else []
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store", create=True) as store:
        for _, file in sorted(editions):
            begun = time.perf_counter()
            written = pipeline.load([file], store, Given()).loaded[0].written
            print(
                f"\n{file.name}: loaded in {time.perf_counter() - begun:.1f} s, {written.transfers} transfers touched"
            )
            show_agreement(store, file)
        show_revisions(store)
    for deliveries in (file for file in files if DELIVERIES in file.read_bytes()[:10_000]):
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store", create=True) as store:
            show_deliveries(store, max(editions)[1], deliveries)


def show_file(file: Path, runs: int) -> str | None:
    """Show what reading a file gives; return the date of its edition if it is a whole table of deals."""
    times = []
    try:
        for _ in range(runs):
            begun = time.perf_counter()
            name, reading = pipeline.read(file, Given())
            claims = list(reading.claims)
            times.append(time.perf_counter() - begun)
    except LoadError as error:
        print(f"{file.name:55} {error}", file=sys.stderr)
        return None
    tally = reading.tally
    if name != "sipri" or tally is None:
        return None
    accounted = len({claim.row for claim in claims}) + len(tally.refused)
    if accounted != tally.read:
        raise SystemExit(f"{file}: {tally.read} rows, {accounted} accounted for")
    ids = {getattr(claim.statement, "register_id", None) for claim in claims} - {None}
    raw = file.read_bytes()
    ratio = ""
    if HEADER.encode() in raw:
        begun = time.perf_counter()
        read_raw(file)
        ratio = f"{statistics.median(times) / (time.perf_counter() - begun):.0f}x"
    print(
        f"{file.name[:55]:55} {tally.read:6} {len(ids):6} {len(claims):6} {len(tally.repaired):8} "
        f"{len(tally.refused):7} {statistics.median(times):7.2f} {ratio:>7}"
    )
    return reading.document.published_on if HEADER.encode() in raw and reading.document.register else None


def read_raw(file: Path) -> pd.DataFrame:
    """Read a table of deals as an analyst would: skip what stands above the header."""
    lines = file.read_text(encoding="latin-1").splitlines()
    top = next(number for number, line in enumerate(lines) if line.startswith(HEADER))
    table = pd.read_csv(io.StringIO("\n".join(lines[top:])), skip_blank_lines=True, on_bad_lines="error", quoting=3)
    return table[list(NAMES)].rename(columns=NAMES)


def show_agreement(store: GraphStore, file: Path) -> None:
    """Compare counts, order years, delivered units and TIV for every supplier, recipient and pair with the raw file."""
    table = read_raw(file)
    broken = table["supplier"].isna() | ~pd.to_numeric(table["delivered"], errors="coerce").notna()
    raw = [(row, to_party(row["supplier"]).id, to_party(row["buyer"]).id) for _, row in table[~broken].iterrows()]
    rows = store.read(
        f"{AGREE} t.order_year AS order_year, t.quantity_delivered AS delivered, t.tiv_order AS tiv_order, "
        "t.tiv_delivered AS tiv_delivered"
    )
    graph = [(row, row["supplier"], row["buyer"]) for row in rows]
    print(
        f"  compared with pandas: {len(raw)} rows ({int(broken.sum())} broken ones left out there), {len(graph)} deals"
    )
    for measure in ("deals", "order_year", "delivered", "tiv_order", "tiv_delivered"):
        theirs, ours = sums(raw, measure), sums(graph, measure)
        differ = [key for key in theirs.keys() | ours.keys() if abs(theirs[key] - ours[key]) > 0.005]
        print(
            f"  {measure:14} {len(theirs):5} suppliers, recipients and pairs; {len(differ)} differ {sorted(differ)[:6]}"
        )


def sums(rows: list[tuple[Any, str, str]], measure: str) -> dict[str, float]:
    """Sum a measure by supplier, by recipient and by pair; of order years count each."""
    total: dict[str, float] = defaultdict(float)
    for row, supplier, buyer in rows:
        value = 1.0 if measure in ("deals", "order_year") else row[measure]
        if value is None or pd.isna(value):
            continue
        year = row["order_year"]
        told = f" {int(year) if year is not None and not pd.isna(year) else '?'}" if measure == "order_year" else ""
        for key in (f"from {supplier}", f"to {buyer}", f"{supplier} to {buyer}"):
            total[key + told] += float(value)
    return total


def show_revisions(store: GraphStore) -> None:
    rows = CARDS["revisions"].run(store).rows
    deals = {
        change: len({row["transfer_ids"][0] for row in rows if row["change"] == change})
        for change in ("changed", "new", "withdrawn")
    }
    shared = count(store, "MATCH (t:Transfer) WHERE t.status <> 'withdrawn' RETURN count(t) AS n") - deals["new"]
    print(f"\nthe later edition against the earlier: {{'shared': {shared}, {str(deals)[1:]}")


def show_deliveries(store: GraphStore, deals: Path, deliveries: Path) -> None:
    """Load a file of deals and one of deliveries, and show how many of the latter's deals are among the former's."""
    pipeline.load([deals], store, Given())
    before = count(store, "MATCH (t:Transfer) RETURN count(t) AS n")
    begun = time.perf_counter()
    (loaded,) = pipeline.load([deliveries], store, Given()).loaded
    _, reading = pipeline.read(deliveries, Given())
    ids = {getattr(claim.statement, "register_id", None) for claim in reading.claims} - {None}
    apart = count(store, "MATCH (t:Transfer) RETURN count(t) AS n") - before
    print(
        f"\n{loaded.path.name} onto {deals.name} in {time.perf_counter() - begun:.1f} s: {len(ids)} deals, "
        f"{len(ids) - apart} joined to one of the other file, {apart} apart"
    )


def count(store: GraphStore, statement: str) -> int:
    return int(next(iter(store.read(statement)))["n"])


if __name__ == "__main__":
    main()
