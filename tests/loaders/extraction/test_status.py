"""How far a transfer went, from the words around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legation.graph.schema import STATUSES, TRANSFER_KINDS
from legation.loaders.extraction.lexicon import Trigger, lexicon
from legation.loaders.extraction.status import Circumstances, settle

SELL = Trigger("verb", "ordered", "supplier")
SEND = Trigger("verb", "delivered", "supplier", aid=True)
BUY = Trigger("verb", "ordered", "buyer")


def operators(*statuses: str) -> tuple[Trigger, ...]:
    return tuple(Trigger("operator", status) for status in statuses)


@pytest.mark.parametrize(
    ("seen", "status"),
    [
        (Circumstances(BUY, "past"), "ordered"),
        (Circumstances(BUY, "past", operators("potential", "signed")), "potential"),
        (Circumstances(BUY, "base", operators("approved", "potential")), "approved"),
        (Circumstances(SELL, "base", operators("interested", "refused")), "refused"),
        (Circumstances(SELL, "base", operators("approved"), operator_negated=True), "potential"),
        (Circumstances(BUY, "base", operators("signed"), operator_negated=True), "negotiating"),
        (Circumstances(BUY, "past", negated=True), ""),
        (Circumstances(SELL, "base", negated=True, future=True), "refused"),
        (Circumstances(SEND, "base", future=True), "pledged"),
        (Circumstances(SEND, "base", future=True, by_firm=True), "ordered"),
        (Circumstances(BUY, "base", deal="signed", infinitive=True), "signed"),
        (Circumstances(BUY, "base", infinitive=True), ""),
    ],
)
def test_what_the_words_support(seen: Circumstances, status: str) -> None:
    assert settle(seen) == status


STATUS = st.sampled_from([*STATUSES, ""])


@given(st.lists(STATUS, max_size=4), st.sampled_from([SELL, SEND, BUY]), st.tuples(*[st.booleans()] * 4))
def test_talk_never_becomes_a_signature(said: list[str], trigger: Trigger, flags: tuple[bool, ...]) -> None:
    negated, denied, future, infinitive = flags
    seen = Circumstances(
        trigger, "base", operators("potential", *said), "signed", negated, denied, future=future, infinitive=infinitive
    )
    status = settle(seen)
    assert status == "" or STATUSES[status].draws != "ARMS"


def test_the_lexicon_speaks_the_words_of_the_schema() -> None:
    for form, trigger, _ in lexicon().triggers:
        assert trigger.status in {*STATUSES, ""}, form
        assert trigger.aid_status in {*STATUSES, ""}, form
        assert trigger.kind in {*TRANSFER_KINDS, ""}, form
