"""The cards that count and sum, against a second reading of the whole register by pandas."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd  # type: ignore[import-untyped]
import pytest
from asking import ask
from legation.graph.store import GraphStore, open_store
from legation.loaders import pipeline
from legation.loaders.reading import Given
from legation.loaders.sipri.statements import to_party

pytestmark = pytest.mark.real_data

_COLUMNS = (
    *("buyer", "supplier", "order_year", "order_flag", "ordered", "ordered_flag", "system", "description", "delivered"),
    *("delivered_flag", "years", "status", "comment", "tiv_unit", "tiv_order", "tiv"),
)
_SINCE, _UNTIL = 2011, 2020


@pytest.fixture(scope="module")
def file(real_data: Path) -> Path:
    return real_data / "data" / "sipri" / "register_deals_all_2026-05-18_latin1.csv"


@pytest.fixture(scope="module")
def register(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """A store that holds the whole register."""
    with open_store(tmp_path_factory.mktemp("register") / "store", create=True) as store:
        pipeline.load([file], store, Given(None, "B", None))
        yield store


@pytest.fixture(scope="module")
def deals(file: Path) -> pd.DataFrame:
    """The deals in it as a table, read without the loader; only the names of actors are its.

    What a comment calls selected and not yet ordered is no deal.
    """
    lines = file.read_text(encoding="latin-1").splitlines()
    header = next(number for number, line in enumerate(lines) if line.startswith("Recipient,Supplier"))
    table = pd.DataFrame([row for row in csv.reader(lines[header + 1 :]) if len(row) == 16], columns=_COLUMNS)
    for name in ("order_year", "ordered", "delivered", "tiv"):
        table[name] = pd.to_numeric(table[name], errors="coerce")
    for name in ("buyer", "supplier"):
        table[name] = table[name].map(lambda written: to_party(written).name)
    table["years"] = table["years"].map(lambda text: [int(year) for year in text.replace(";", " ").split()])
    chosen = table["comment"].str.contains(
        r"(?:^|; +)(?:possibly |probably )?selected .*not (?:yet )?(?:ordered|signed)", case=False
    )
    return table[(table["buyer"] != table["supplier"]) & ~(chosen & (table["delivered"].fillna(0) == 0))]


@pytest.fixture(scope="module")
def handed(deals: pd.DataFrame) -> pd.DataFrame:
    """What was delivered in the years that are asked for, with its best TIV, in thousandths, and how sure that is."""
    table = deals[deals["delivered"] > 0].copy()
    table["inside"] = table["years"].map(lambda years: sum(_SINCE <= year <= _UNTIL for year in years))
    table["parts"] = table["years"].map(len)
    table = table[table["inside"] > 0]
    table["small"] = table["tiv"] == 0
    table["worth"] = (table["tiv"].where(~table["small"], 0.25) * 1000).round()
    table["best"] = table["worth"] * table["inside"] / table["parts"]
    table["estimate"] = table["delivered_flag"] == "?"
    return table


def banded(handed: pd.DataFrame) -> pd.DataFrame:
    """Give the low, best and high TIV of each supplier, in thousandths, by the rule of docs/uncertainty.md.

    Deals of one supplier and the same years that are as sure as each other are added up, and the sum is rounded.
    """
    keyed = handed.assign(years=handed["years"].map(tuple))
    alike = ["supplier", "years", "small", "estimate"]
    lots = keyed.groupby(alike).agg(
        worth=("worth", "sum"), inside=("inside", "first"), parts=("parts", "first"), deals=("worth", "size")
    )
    lots = lots.reset_index()
    cut, error = lots["inside"] < lots["parts"], 33 * lots["estimate"]
    lots["best"] = (lots["worth"] * (lots["inside"] / lots["parts"])).round()
    lots["low"] = ((lots["best"] / (1 + cut)) * (100 - error) / 100).round().where(~lots["small"], 0)
    most = lots["worth"].where(~cut, (lots["best"] * 1.5).clip(upper=lots["worth"]))
    lots["high"] = (most * (100 + error) / 100).round().where(~lots["small"], 500 * lots["deals"])
    return lots.groupby("supplier")[["low", "best", "high"]].sum()


def test_the_market_is_shared_as_pandas_sums_it(register: GraphStore, handed: pd.DataFrame) -> None:
    rows = ask(register, "market-share", since=_SINCE, until=_UNTIL, most=0).rows
    summed = banded(handed) / 1000
    told = {row["supplier"]: (row["low"], row["best"], row["high"]) for row in rows}
    assert told == {name: tuple(values) for name, values in zip(summed.index, summed.to_numpy(), strict=True)}
    whole = summed["best"].sum()
    assert {row["supplier"]: row["share"] for row in rows} == {
        name: round(best / whole, 3) for name, best in summed["best"].items()
    }


def test_dependence_is_as_pandas_sums_it(register: GraphStore, handed: pd.DataFrame) -> None:
    rows = ask(register, "dependence", since=_SINCE, until=_UNTIL, top=0).rows
    known = handed[~handed["supplier"].str.startswith("unknown")]
    pairs = known.groupby(["buyer", "supplier"])["best"].sum().reset_index()
    pairs["share"] = pairs["best"] / pairs.groupby("buyer")["best"].transform("sum")
    indices = (pairs["share"] ** 2).groupby(pairs["buyer"]).sum().round(3)
    told = {row["buyer"]: row["hhi"] for row in rows if row["hhi"] is not None}
    assert told == pytest.approx({name: value for name, value in indices.items() if value}, abs=0.0011)
    assert {row["buyer"]: row["deals"] for row in rows} == handed.groupby("buyer").size().to_dict()
    assert all(row["hhi_low"] <= row["hhi"] <= row["hhi_high"] for row in rows if row["hhi"] is not None)


def test_what_india_would_lose_without_russia(register: GraphStore, handed: pd.DataFrame) -> None:
    rows = ask(register, "what-if", stops="Russia", buyer="India", since=_SINCE, until=_UNTIL, top=0).rows
    lost = handed[(handed["buyer"] == "India") & (handed["supplier"] == "Russia")]
    assert sum(row["best"] for row in rows) == pytest.approx(lost["best"].sum() / 1000, abs=0.002)
    assert sum(row["deals"] for row in rows) == len(lost)


def test_open_orders_are_those_that_pandas_counts(register: GraphStore, deals: pd.DataFrame) -> None:
    partly = deals["delivered"] < deals["ordered"]
    not_at_all = deals["delivered"].fillna(0) == 0
    assert ask(register, "open-orders", top=0).count == (partly | not_at_all).sum()


def test_new_pairs_are_those_that_pandas_finds(register: GraphStore, deals: pd.DataFrame) -> None:
    rows = ask(register, "new-pairs", since=_SINCE, until=_UNTIL, top=0).rows
    first = deals.groupby(["supplier", "buyer"])["order_year"].min()
    new = first[(first >= _SINCE) & (first <= _UNTIL)].reset_index()
    known = {(row.supplier, row.buyer) for row in new.itertuples() if not row.supplier.startswith("unknown")}
    assert {(row["supplier"], row["buyer"]) for row in rows} == known


def test_lost_pairs_are_those_that_pandas_finds(register: GraphStore, deals: pd.DataFrame) -> None:
    rows = ask(register, "lost-pairs", since=_SINCE, until=_UNTIL, top=0).rows
    ended = deals.assign(
        last=[max(years, default=year) for years, year in zip(deals["years"], deals["order_year"], strict=True)]
    )
    last = ended.groupby(["supplier", "buyer"])["last"].max()
    lost = last[(last >= _SINCE) & (last <= _UNTIL)].reset_index()
    known = {(row.supplier, row.buyer) for row in lost.itertuples() if not row.supplier.startswith("unknown")}
    assert {(row["supplier"], row["buyer"]) for row in rows} == known


def test_the_network_has_the_degrees_that_pandas_counts(register: GraphStore, deals: pd.DataFrame) -> None:
    rows = ask(register, "network", top=0).rows
    known = deals[~deals["supplier"].str.startswith("unknown") & ~deals["buyer"].str.startswith("unknown")]
    buyers = known.groupby("supplier")["buyer"].nunique()
    suppliers = known.groupby("buyer")["supplier"].nunique()
    assert {row["actor"]: row["buyers"] for row in rows if row["buyers"]} == buyers.to_dict()
    assert {row["actor"]: row["suppliers"] for row in rows if row["suppliers"]} == suppliers.to_dict()


def test_a_headline_names_as_many_buyers_as_pandas(register: GraphStore, deals: pd.DataFrame) -> None:
    answer = ask(register, "headline", claimed=20, supplier="Turkey", system="TB2")
    named = deals[(deals["supplier"] == "Türkiye") & deals["system"].str.contains("Bayraktar TB-?2")]["buyer"]
    assert answer.rows.records[0]["number"] == named[~named.str.startswith("unknown")].nunique()
