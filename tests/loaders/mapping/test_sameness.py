"""A number is the same however it is written, and a code with a zero before it is itself; everywhere in a mapping."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legation.loaders.mapping import model
from legation.loaders.mapping.conditions import to_check
from legation.loaders.mapping.sameness import normal, to_missing
from legation.loaders.mapping.values import to_get

SAME = [("-9", "-9.0"), ("1", "1.0"), ("1.50", "1.5"), ("0", "-0.00"), ("+1", "1"), ("yes", "yes"), ("007", "007")]
OTHER = [("007", "7"), ("7", "007"), ("1", "01"), ("1", "1.5"), ("yes", "Yes"), ("1", "1."), ("00", "0"), ("1", "-1")]
NOTHING = to_missing()


@pytest.mark.parametrize(
    ("said", "cell", "same"), [(*pair, True) for pair in SAME] + [(*pair, False) for pair in OTHER]
)
def test_marks_values_and_tests_agree_on_what_is_the_same(said: str, cell: str, *, same: bool) -> None:
    columns = {"a": 0}
    assert (to_get(model.Value(1, column="a"), columns, to_missing((said,)))([cell]) is None) is same
    assert (to_get(model.Value(1, column="a", missing=(said,)), columns, NOTHING)([cell]) is None) is same
    meant = to_get(model.Value(1, column="a", values={said: "x"}, default="y"), columns, NOTHING)([cell])
    assert meant == ("x" if same else "y")
    assert to_check((model.Test(1, "a", among=(said,)),), columns, NOTHING)([cell]) is same
    assert to_check((model.Test(1, "a", none_of=(said,)),), columns, NOTHING)([cell]) is not same
    assert to_check((model.Test(1, "a", empty=True),), columns, to_missing((said,)))([cell]) is same


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_the_normal_form_of_a_number_is_that_number_and_its_own(number: object) -> None:
    made = normal(f"{number:f}")
    assert float(made) == float(f"{number:f}")
    assert normal(made) == made
