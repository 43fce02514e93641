"""What sources say of actors and systems themselves."""

from __future__ import annotations

from typing import Any

import pytest
from legation.graph.check import check, repair
from legation.graph.claims import Claim
from legation.graph.descriptions import describe
from legation.graph.errors import LoadError
from legation.graph.store import GraphStore
from legation.queries.resolve import find
from making import description, document, transfer

FILE = document("A file of firms.", "Registry", reliability="B")
OTHER = document("Another file of firms.", "Gossip", reliability="E")
MAKER = "firm:zefir-works"


def node(store: GraphStore, node_id: str) -> dict[str, Any]:
    return next(row["p"] for row in store.read("MATCH (n {id: $id}) RETURN properties(n) AS p", id=node_id))


def folded(*claims: Claim) -> dict[str, Any]:
    reliable = {FILE.id: "B", OTHER.id: "E"}
    return describe((claim, reliable[claim.document]) for claim in claims).get(MAKER, {})


def test_names_and_identifiers_are_united_and_dates_put_to_the_vote() -> None:
    first = description(MAKER, of=FILE, aliases=("Zefir",), identifiers=("lei:1",), since="1984")
    second = description(MAKER, of=OTHER, aliases=("Zefir Ltd",), identifiers=("lei:1", "uei:2"), since="1990")
    third = description(MAKER, of=OTHER, at=3, since="1990")
    assert folded(first, second) == {
        "aliases": ["Zefir", "Zefir Ltd"],
        "identifiers": ["lei:1", "uei:2"],
        "existing_since": "1984",
    }
    assert folded(first, second, third)["existing_since"] == "1990"


def test_what_is_denied_describes_nothing() -> None:
    assert folded(description(MAKER, of=FILE, aliases=("Zefir",), modality="denied")) == {}


def test_a_list_stands_above_what_a_claim_says() -> None:
    said = description("system:bayraktar-tb2", of=FILE, system_class="system:tank", aliases=("Bayraktar TB2", "B2"))
    assert describe([(said, "A")])["system:bayraktar-tb2"]["aliases"] == ["B2"]


def test_the_class_of_a_system_gives_its_category(store: GraphStore) -> None:
    new = "system:zx-9"
    store.write(FILE, [description(new, of=FILE, system_class="system:fighter")])
    assert node(store, new)["category"] == "Aircraft"
    known = description("system:bayraktar-tb2", of=OTHER, system_class="system:fighter")
    store.write(OTHER, [known])
    assert node(store, "system:bayraktar-tb2")["class"] == "system:uav"


def test_a_description_comes_goes_and_is_found(store: GraphStore) -> None:
    sale = transfer(MAKER, "POL", "system:uav", "signed", of=FILE)
    store.write(FILE, [sale])
    before = node(store, MAKER)
    store.write(
        OTHER, [description(MAKER, of=OTHER, aliases=("Wind Mill Ltd",), identifiers=("lei:55",), since="1984")]
    )
    assert node(store, MAKER) == before | {
        "aliases": ["Wind Mill Ltd"],
        "identifiers": ["lei:55"],
        "existing_since": "1984",
    }
    assert [one.id for one in find(store, "wind mill ltd")] == [one.id for one in find(store, "LEI:55")] == [MAKER]
    assert not check(store).findings
    store.forget(OTHER.id)
    assert node(store, MAKER) == before
    assert not find(store, "wind mill ltd")


def test_what_only_a_description_names_is_there_as_long_as_it(store: GraphStore) -> None:
    store.write(FILE, [description(MAKER, of=FILE, countries=("POL",))])
    assert node(store, MAKER)["countries"] == ["POL"]
    store.forget(FILE.id)
    assert not store.read("MATCH (n:Actor) RETURN n.id AS id").records


def test_check_finds_and_mends_a_description_that_was_changed(store: GraphStore) -> None:
    store.write(FILE, [description(MAKER, of=FILE, aliases=("Zefir",))])
    store.mend(lambda transaction: transaction.run("MATCH (n:Actor {id: $id}) SET n.aliases = ['Other']", id=MAKER))
    assert [one.kind for one in check(store).findings] == ["actors, systems and conflicts"]
    repair(store)
    assert node(store, MAKER)["aliases"] == ["Zefir"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"countries": ("Poland",)}, "is no id"),
        ({"countries": ("firm:x",)}, "cannot be the country"),
        ({"identifiers": ("55",)}, "is no identifier"),
        ({"system_class": "TUR"}, "is no class of systems"),
    ],
)
def test_a_description_that_makes_no_sense_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(LoadError, match=message):
        description(MAKER, of=FILE, **values)
