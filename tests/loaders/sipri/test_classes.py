"""What a row says its weapon is gives the system its class, and so its category."""

from __future__ import annotations

import csv
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from legation.graph.names import reference
from legation.graph.statements import DescriptionStatement
from legation.loaders import pipeline
from legation.loaders.reading import Given
from legation.loaders.sipri.classes import find_class

HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons\n"
)


@pytest.mark.parametrize(
    ("described", "system_class"),
    [
        ("SAM system", "system:air-defence-system"),
        ("surface-to-air missile system", "system:air-defence-system"),
        ("combat helicopter radar", "system:radar"),
        ("combat helicopter", "system:attack-helicopter"),
        ("armoured engineer vehicle", "system:armoured-vehicle"),
        ("vehicle engine", "system:engine"),
        ("tank destroyer", "system:armoured-vehicle"),
        ("tank destroyer turret", "system:turret"),
        ("anti-radar missile", "system:air-to-surface-missile"),
        ("torpedo boat", "system:patrol-vessel"),
        ("a thing of its own", None),
    ],
)
def test_the_words_of_a_row_mean_a_class(described: str, system_class: str | None) -> None:
    assert find_class(described) == system_class


def test_every_class_of_the_table_is_one_of_the_lists() -> None:
    text = (files("legation.loaders.sipri") / "classes.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        re.compile(row["described"])
        assert reference().entries[row["class"]].properties["generic"]


def stated(tmp_path: Path, *rows: str) -> list[tuple[str, DescriptionStatement]]:
    path = tmp_path / "register.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    _, reading = pipeline.read(path, Given())
    return [
        (claim.quote, claim.statement) for claim in reading.claims if isinstance(claim.statement, DescriptionStatement)
    ]


def test_the_first_row_that_says_it_gives_a_system_its_class_and_lists_need_no_row(tmp_path: Path) -> None:
    first = "Poland,Turkiye,2020, ,4, ,Zefir-9,frigate,4, ,2021,New,,1,4,4"
    again = "Qatar,Turkiye,2021, ,2, ,Zefir-9,frigate,2, ,2022,New,,1,2,2"
    listed = "Qatar,Turkiye,2021, ,2, ,Bayraktar TB2,armed UAV,2, ,2022,New,,1,2,2"
    (one,) = stated(tmp_path, first, again, listed)
    assert one[0] == first
    assert (one[1].subject.id, one[1].system_class) == ("system:zefir-9", "system:frigate")


@pytest.mark.real_data
def test_the_class_agrees_with_the_category_that_the_register_gives_itself(real_data: Path) -> None:
    path = real_data / "data/sipri/register_deliveries_1995-2025_trailing-semicolons.csv"
    rows = [line.split(",") for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    agree: Counter[bool] = Counter()
    for row in rows:
        if row[0].isdigit():
            system_class = find_class(row[4])
            assert system_class is not None, row[4]
            agree[reference().entries[system_class].properties["category"] == row[5]] += 1
    # Torpedoes, guided shells and a few turrets are of another category there than in the lists.
    assert agree[True] > 0.98 * agree.total()
