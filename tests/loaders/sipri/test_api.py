"""The API dialect: one deal an object. The objects are made up."""

from __future__ import annotations

import json
import time

import pytest
from legation.graph.errors import LoadError
from legation.loaders.reading import Refused
from legation.loaders.sipri import api
from legation.loaders.sipri.record import Record
from rows import API_DEAL as DEAL


def record(**values: object) -> Record:
    (found,) = api.read(json.dumps([DEAL | values]))
    assert isinstance(found, Record), found
    return found


def test_an_object_is_a_deal_with_its_order_and_last_delivery() -> None:
    told = record()
    assert (told.supplier, told.recipient, told.designation) == ("Turkiye", "Poland", "Bayraktar {TB2}")
    assert (told.database_id, told.condition, told.category) == ("4711", "N", "Aircraft")
    assert (told.order_year, told.ordered, told.delivered, told.delivery_years) == (2021, 24, None, (2024,))
    assert (told.estimated, told.instalment, told.locally_produced) == (("order_year",), False, None)


def test_a_deal_that_is_not_completed_has_no_delivery_year() -> None:
    told = record(deliveryYr=0, units=0, locInvolvement=126065)
    assert (told.delivery_years, told.ordered, told.locally_produced) == ((), None, True)


@pytest.mark.parametrize("indent", [None, 4])
def test_the_text_is_the_object_as_it_stands(indent: int | None) -> None:
    text = json.dumps([DEAL, DEAL | {"id": 2}], indent=indent)
    first, second = api.read(text)
    for one in (first, second):
        assert isinstance(one, Record)
        assert text[one.start : one.start + len(one.text)] == one.text
        assert one.line == text.count("\n", 0, one.start) + 1
    assert json.loads(second.text)["id"] == 2  # type: ignore[union-attr]


@pytest.mark.parametrize("outer", ["[{}]", '{{"deals": [{}]}}', "{}", "\ufeff\n[{},]"])
def test_a_list_may_be_wrapped_or_left_out(outer: str) -> None:
    assert len(list(api.read(outer.format(f"{json.dumps(DEAL)}\n,{json.dumps(DEAL)}")))) == 2


def test_of_a_truncated_file_every_whole_object_is_read() -> None:
    text = json.dumps([DEAL, DEAL], indent=2)
    first, second = api.read(text[:-30])
    assert isinstance(first, Record)
    assert isinstance(second, Refused)
    assert second.row == 18


def test_an_object_without_its_end_does_not_take_the_next_with_it() -> None:
    whole = json.dumps(DEAL)
    first, second = api.read(f"[{whole[:40]},\n{whole}]")
    assert isinstance(first, Refused)
    assert isinstance(second, Record)


def test_two_objects_that_ran_into_one_are_refused() -> None:
    whole = json.dumps(DEAL)
    (refused,) = api.read(f"[{whole[:-1]},{whole[1:]}]")
    assert isinstance(refused, Refused)


def test_what_stands_between_objects_is_refused() -> None:
    whole = json.dumps(DEAL)
    found = list(api.read(f"[{whole},\n{whole[1:-1]},\n{whole}]"))
    assert [type(one) for one in found] == [Record, Refused, Record]
    assert found[1].row == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("buyer", ""), ("seller", 3), ("desg", None), ("desg", "\ud800"), ("desg", "a\0b"), ("units", -1)),
        *(("units", "24"), ("units", float("inf")), ("units", True), ("orderYr", 20222), ("deliveryYr", 7)),
        *(("unitsEst", "yes"), ("tradeId", "x"), ("category", ["a"])),
    ],
)
def test_an_object_that_cannot_be_understood_is_refused(name: str, value: object) -> None:
    (refused,) = api.read(json.dumps([DEAL | {name: value}]))
    assert isinstance(refused, Refused)
    assert name in refused.reason


@pytest.mark.parametrize(
    "text", ["{" * 3_000_000, '{"a":' * 1_000_000 + "}", "[" + '{"a":1' * 500_000, '{"' + "x" * 5_000_000]
)
def test_a_file_of_opening_braces_takes_no_long_time(text: str) -> None:
    started = time.process_time()
    assert all(isinstance(one, Refused) for one in api.read(text))
    assert time.process_time() - started < 10


def test_an_empty_list_is_an_error() -> None:
    with pytest.raises(LoadError, match="no object"):
        list(api.read("[]"))
