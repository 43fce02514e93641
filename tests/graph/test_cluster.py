"""A cluster: who is written to and who is read from, what a reader sees, what becomes of a write when a leader goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from cluster import Cluster, cluster
from legation.cli import cli
from legation.graph import connection as connection_module
from legation.graph.check import check
from legation.graph.errors import StatementRefused, StoreUnreachable
from legation.graph.store import open_store
from making import document, transfer

NEWS = document("Turkey sold drones to Poland.")
REPORT = document("Turkey sold drones to Niger.")
SOLD = transfer("TUR", "POL", "system:uav", "signed", of=NEWS)
SOLD_TOO = transfer("TUR", "NER", "system:uav", "signed", of=REPORT)


@pytest.fixture
def members(empty_neo4j: str) -> Iterator[Cluster]:
    with cluster(empty_neo4j) as made:
        yield made


def test_the_leader_is_written_to_and_the_others_are_read_from(members: Cluster) -> None:
    with open_store(f"neo4j://{members.address(2)}") as store:
        store.write(NEWS, [SOLD])
        assert store.read("MATCH (t:Transfer) RETURN count(t) AS n").records == [{"n": 1}]
    assert {number for number, mode, _ in members.seen if mode == "w"} == {0}
    assert {number for number, mode, _ in members.seen if mode == "r"} <= {1, 2}


def test_a_reader_waits_for_what_this_process_wrote_last(members: Cluster) -> None:
    with open_store(f"neo4j://{members.address(0)}") as store:
        waited = []
        for of, claim in ((NEWS, SOLD), (REPORT, SOLD_TOO)):
            store.write(of, [claim])
            store.read("MATCH (t:Transfer) RETURN t.id AS id")
            waited.append(members.seen[-1])
    assert [mode for _, mode, _ in waited] == ["r", "r"]
    assert all(bookmarks for _, _, bookmarks in waited)
    assert waited[0][2] != waited[1][2]


@pytest.mark.parametrize("what", ["refused", "lost"])
def test_a_document_goes_in_once_when_the_leader_goes_at_its_end(members: Cluster, what: str) -> None:
    with open_store(f"neo4j://{members.address(0)}") as store:
        store.write(NEWS, [SOLD])
        members.at_commit.append(what)
        assert store.write(REPORT, [SOLD_TOO]).change == "new"
        assert members.leader == 1
        assert members.at_commit == []
        assert check(store).findings == ()
        assert store.read("MATCH (d:Document) RETURN count(d) AS n").records == [{"n": 2}]


def test_another_leader_is_found_while_nothing_is_written(members: Cluster) -> None:
    with open_store(f"neo4j://{members.address(0)}") as store:
        store.write(NEWS, [SOLD])
        members.switch()
        assert store.write(REPORT, [SOLD_TOO]).change == "new"
    assert {number for number, mode, _ in members.seen if mode == "w"} == {0, 1}


def test_a_cluster_that_finds_no_leader_is_told_in_time(members: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_module, "_ELECTION_SECONDS", 1.0)
    with open_store(f"neo4j://{members.address(0)}") as store:
        store.write(NEWS, [SOLD])
        members.leader = None
        with pytest.raises(StoreUnreachable, match="load it again"):
            store.write(REPORT, [SOLD_TOO])
        assert store.read("MATCH (d:Document) RETURN count(d) AS n").records == [{"n": 1}]


def test_who_is_no_leader_says_so_and_ends_the_load(
    members: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_module, "_RETRY_SECONDS", 0.2)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Turkey sold {number + 5} drones to Poland.")
    env = {"LEGATION_STORE": f"bolt://{members.address(1)}"}
    told = CliRunner(env=env).invoke(cli, ["load", str(tmp_path)])
    assert told.exit_code == 1
    assert told.stderr.count("takes no writes now") == 1
    assert "begins with neo4j://" in told.stderr


# Rights, which only the Enterprise edition tells apart: a member refuses as that does.


def test_whoever_may_not_make_indexes_writes_where_they_are_made(members: Cluster) -> None:
    with open_store(members.server) as store:
        store.write(NEWS, [SOLD])
    members.forbidden = ("CREATE INDEX", "CREATE CONSTRAINT")
    with open_store(f"neo4j://{members.address(0)}") as store:
        assert store.write(REPORT, [SOLD_TOO]).change == "new"


@pytest.mark.parametrize("statement", ["CREATE (n:Document)", "MERGE (l:LegationLock", "SHOW INDEXES"])
def test_whoever_may_not_write_is_told_which_rights_are_needed(members: Cluster, statement: str) -> None:
    with open_store(members.server) as store:
        store.write(NEWS, [SOLD])
    members.forbidden = (statement,)
    with open_store(f"neo4j://{members.address(0)}") as store:
        with pytest.raises((StoreUnreachable, StatementRefused), match=r"docs/server\.md says which rights"):
            store.write(REPORT, [SOLD_TOO])
        assert store.read("MATCH (d:Document) RETURN count(d) AS n").records == [{"n": 1}]


def test_whoever_may_not_read_is_told_at_once(members: Cluster) -> None:
    members.forbidden = ("RETURN 1",)
    with pytest.raises(StoreUnreachable, match="'neo4j' may not read"):
        open_store(f"neo4j://{members.address(0)}")
