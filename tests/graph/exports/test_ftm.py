"""FollowTheMoney's entities go out: its own package takes them, and what comes in again is the same graph."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner
from followthemoney import EntityProxy, model
from legation.cli import cli
from legation.graph.exports.content import read_content
from legation.graph.exports.table import EXPORTS, find_export
from legation.graph.store import GraphStore, open_store
from legation.loaders import pipeline
from legation.loaders.reading import Given

_OF_THE_FOLD = {"claims", "sources"}


def written(store: GraphStore, folder: Path) -> Path:
    """Export a store and give the path."""
    path = folder / "out.ftm.json"
    with read_content(store) as content:
        EXPORTS["ftm"].write(content, path)
    return path


def loaded(path: Path, store: GraphStore) -> GraphStore:
    """Load a file of entities."""
    report = pipeline.load([path], store, Given("Made up"))
    assert report.failed == []
    return store


def graph(store: GraphStore) -> tuple[dict[str, Any], list[Any]]:
    """Give all nodes and relations, without how many claims and sources speak for them."""
    labels = {"State", "Firm", "Person", "Organisation", "System"}
    with read_content(store) as content:
        nodes = {one.id: (one.label, one.name, one.properties) for one in content.nodes() if one.label in labels}
        edges = [
            (one.kind, one.source, one.target, {k: v for k, v in one.properties.items() if k not in _OF_THE_FOLD})
            for one in content.edges()
            if one.source in nodes and one.target in nodes
        ]
    return nodes, sorted(edges, key=str)


def entities(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def refused_by_the_package(told: dict[str, Any]) -> list[str]:
    """Give what FollowTheMoney would drop of an entity; that it takes spaces out of a name is its own affair."""
    proxy = model.get_proxy(told, cleaned=False)
    proxy.schema.validate(cast(Any, told))
    dropped = [name for name, values in told["properties"].items() if not all(map(model_value(proxy, name), values))]
    return dropped if proxy.id == told["id"] else ["id"]


def model_value(proxy: EntityProxy, name: str) -> Callable[[str], bool]:
    """Give what tells whether the model keeps a value of a property, as it is or cleaned."""
    known = proxy.schema.properties[name]
    kept = proxy.get(name)
    return lambda value: known.type.clean(value, format=known.format, proxy=proxy) in kept


MADE_UP: list[dict[str, Any]] = [
    {
        "id": "NK-Anna",
        "schema": "Person",
        "name": ["Anna Example", "Анна"],
        "nationality": ["ru"],
        "birthDate": ["1970"],
    },
    {"id": "NK-anna", "schema": "Person", "name": ["Anna Example"], "deathDate": ["2001-02-03"]},
    {"id": "c-yard", "schema": "Company", "name": ["Example Yard"], "jurisdiction": ["ru"], "innCode": ["7700000009"]},
    {"id": "c-sub", "schema": "Company", "name": ["Sub"], "country": ["by"], "registrationNumber": ["12"]},
    {"id": "c-list", "schema": "Company", "name": ["Baykar"], "jurisdiction": ["tr"]},
    {"id": "o-grey", "schema": "PublicBody", "name": ["Grey Office"], "incorporationDate": ["1999"]},
    {"id": "o-club", "schema": "Organization", "name": ["Club"], "mainCountry": ["gb"], "dissolutionDate": ["2011"]},
    {"id": "v", "schema": "Vessel", "name": ["Example Maru"], "imoNumber": ["IMO9999993"], "flag": ["pa"]},
    {"id": "a", "schema": "Airplane", "name": ["EX-001"]},
    {"id": "1", "schema": "Ownership", "owner": ["NK-Anna"], "asset": ["c-yard"], "percentage": ["49.5"]},
    {
        "id": "1b",
        "schema": "Ownership",
        "owner": ["NK-Anna"],
        "asset": ["c-sub"],
        "startDate": ["2001"],
        "endDate": ["2003"],
    },
    {"id": "1c", "schema": "Ownership", "owner": ["NK-Anna"], "asset": ["c-sub"], "startDate": ["2010-05"]},
    {"id": "2", "schema": "Ownership", "owner": ["c-yard"], "asset": ["c-sub"], "role": ["subsidiary of"]},
    {"id": "3", "schema": "Directorship", "director": ["NK-Anna"], "organization": ["c-yard"], "role": ["CEO"]},
    {"id": "4", "schema": "Directorship", "director": ["NK-anna"], "organization": ["c-list"], "role": ["Adviser"]},
    {"id": "5", "schema": "Family", "person": ["NK-Anna"], "relative": ["NK-anna"], "relationship": ["sister"]},
    {"id": "6", "schema": "Membership", "member": ["NK-Anna"], "organization": ["o-club"], "startDate": ["2010-01"]},
    {"id": "7", "schema": "Sanction", "entity": ["NK-Anna"], "country": ["us"], "authority": ["X"], "program": ["Y"]},
    {"id": "8", "schema": "Sanction", "entity": ["c-yard"], "country": ["eu"], "listingDate": ["2022-03-01"]},
    {"id": "9", "schema": "Sanction", "entity": ["c-yard"], "authority": ["Grey Port"], "endDate": ["2033-01-01"]},
]


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    """A file of entities of every kind that the graph has a place for."""
    lines = [
        {
            "id": one.pop("id"),
            "schema": one.pop("schema"),
            "properties": one,
            "datasets": ["x"],
            "referents": [f"r{at}"],
        }
        for at, one in enumerate(dict(entity) for entity in MADE_UP)
    ]
    path = tmp_path / "in.ftm.json"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), encoding="utf-8")
    return path


def test_what_goes_out_comes_in_as_the_same_graph(made_up: Path, store: GraphStore, tmp_path: Path) -> None:
    before = graph(loaded(made_up, store))
    out = written(store, tmp_path)
    assert len(before[1]) == 13  # ten edges, of which one held twice, and three seats
    assert [one[3]["periods"] for one in before[1] if "periods" in one[3]] == [["2001/2003", "2010-05/"]]
    with open_store(tmp_path / "again", create=True) as other:
        assert graph(loaded(out, other)) == before
        assert written(other, tmp_path).read_bytes() == out.read_bytes()


def test_what_comes_back_adds_no_node_to_the_graph_that_it_came_from(made_up: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        nodes = set(graph(loaded(made_up, store))[0])
        loaded(written(store, tmp_path), store)
        assert set(graph(store)[0]) == nodes


def test_the_package_takes_every_entity_as_it_is(made_up: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        told = entities(written(loaded(made_up, store), tmp_path))
    assert {one["schema"] for one in told} >= {"Person", "Company", "Ownership", "Sanction", "Vessel", "Airplane"}
    assert [(one["id"], wrong) for one in told if (wrong := refused_by_the_package(one))] == []


def test_entities_keep_the_ids_with_which_they_came(made_up: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "store", create=True) as store:
        told = {one["id"]: one for one in entities(written(loaded(made_up, store), tmp_path))}
    assert told["NK-Anna"]["referents"] == ["r0"]
    assert told["legation.firm.baykar"]["referents"] == ["c-list", "r4"]  # it was found in the lists


def test_a_store_full_of_hostile_texts_goes_out_in_entities_that_the_package_takes(
    filled: GraphStore, tmp_path: Path
) -> None:
    told = entities(written(filled, tmp_path))
    assert [(one["id"], wrong) for one in told if (wrong := refused_by_the_package(one))] == []
    links = {
        one["properties"]["role"][0] for one in told if one["schema"] == "UnknownLink" and "role" in one["properties"]
    }
    assert links >= {"arms", "may come to arm"}  # a candidate is no customer
    baykar = next(one for one in told if one["id"] == "legation.firm.baykar")
    assert (baykar["schema"], baykar["properties"]["name"]) == ("Company", ["Baykar"])


def test_the_command_says_what_does_not_go_out(filled: GraphStore, tmp_path: Path) -> None:
    out = tmp_path / "x.ftm.json"
    done = CliRunner().invoke(cli, ["export", str(out), "--store", filled.name])
    assert (done.exit_code, out.is_file()) == (0, True)
    assert "transfers, systems, conflicts and sources are not" in done.stderr


def test_the_ending_tells_it_from_plain_json() -> None:
    assert find_export(Path("x.ftm.json")).name == "ftm"
    assert find_export(Path("x.json")).name == "json"


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["yente_t1.ftm.json", "yente_zala.ftm.json"])
def test_the_real_files_come_in_again_as_they_went_out(real_data: Path, name: str, tmp_path: Path) -> None:
    with open_store(tmp_path / "one", create=True) as store:
        before = graph(loaded(real_data / "data" / "ftm" / name, store))
        out = written(store, tmp_path)
    assert [(one["id"], wrong) for one in entities(out) if (wrong := refused_by_the_package(one))] == []
    with open_store(tmp_path / "two", create=True) as store:
        assert graph(loaded(out, store)) == before
