"""What a rule turns down is no claim, but can be shown with the rule's name; how sure a claim is comes from a table."""

from __future__ import annotations

import csv
from importlib.resources import files
from itertools import pairwise

import pytest
from legation.loaders.article import read_rejections
from legation.loaders.extraction.confidence import DISTANCES, confidence
from telling import article, claims, edges, rejected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Egypt did not buy Su-35 jets from Russia.", "negated"),
        ("Did Iran sell drones to Ethiopia?", "question"),
        ("Imagine that Iran sold drones to Ethiopia.", "told as unknown or made up"),
        ("Chile criticised the delivery of Leopard 2 tanks to Peru.", "an onlooker's word"),
        ("Syria received Russian T-72 tanks that rebels had abandoned.", "arms that only travel, or booty"),
        ("France bought Rafale fighters from Dassault.", "supplier and buyer on one side"),
        ("Spain gave its leased jets back to Peru.", "given back"),
        ("Peru ordered submarines.", "no supplier found"),
        ("Poland may support Hungary.", "not told as a fact"),
        ("The former Russian president Dmitry Medvedev spoke.", "former office"),
    ],
)
def test_what_a_rule_turns_down_is_listed_with_its_name_and_sentence(text: str, rule: str) -> None:
    assert (rule, text) in rejected(text)
    assert edges(text) == set()


@pytest.mark.parametrize("text", ["Spain sold tanks to Chad.", "The weather is fine.", "Peru did not buy bread.", ""])
def test_a_claim_and_what_is_about_no_arms_is_no_rejection(text: str) -> None:
    assert rejected(text) == []


def test_a_rejection_says_who_and_what_in_the_words_of_the_text() -> None:
    (one,) = read_rejections(article("So far Egypt did not buy any Su-35 jets from Russia."))
    assert one.ends == {"supplier": "Russia", "buyer": "Egypt", "system": "Su-35 jets"}
    assert one.to_properties()["rejected_by"] == "negated"


def test_confidence_is_a_share_and_never_rises_with_the_distance() -> None:
    table = (files("legation.loaders.extraction") / "calibration.csv").read_text(encoding="utf-8")
    rules = {row["rule"] for row in csv.DictReader(table.splitlines())}
    assert {"verb", "noun", "office beside the name"} <= rules
    for rule in rules:
        shares = [confidence(rule, distance) for distance in DISTANCES]
        assert all(0 < share < 1 for share in shares)
        assert all(near >= far for near, far in pairwise(shares))


def test_a_rule_that_was_never_judged_is_as_good_as_a_coin() -> None:
    assert confidence("no such rule") == 0.5


def test_each_rule_that_made_a_claim_stands_in_the_table() -> None:
    (claim,) = claims("Spain sold tanks to Chad.")
    assert claim.confidence == confidence("verb")
