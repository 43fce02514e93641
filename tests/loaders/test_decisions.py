"""What analysts decide: kept with author, date and reason, given numbers, written to a file and read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from holding import edges, everything
from legation.graph.errors import AmbiguousName, LoadError, UnknownName
from legation.graph.statements import Party
from legation.graph.store import GraphStore
from legation.loaders.decisions import Decision, decide, read_decisions
from legation.queries.decisions import decisions, get_decision, to_file, told_of, whom
from legation.queries.paths import find_paths
from legation.queries.resolve import resolve
from making import document, party, relation, transfer

NEWS = document("An article on two names of one firm.", "Daily News")
A, B, C = (Party(f"firm:{name}", f"{name.title()} Works") for name in ("alfa", "beta", "gama"))


def decision(one: Party = A, other: Party = B, *, same: bool = True, by: str = "Ada", because: str = "so") -> Decision:
    return Decision(one, other, same, because, by, "2026-01-02")


def fill(store: GraphStore) -> None:
    store.write(
        NEWS,
        [
            transfer("TUR", "POL", "system:uav", "signed", of=NEWS),
            relation("OWNS", party("TUR"), A, of=NEWS, at=1),
            relation("OWNS", B, C, of=NEWS, at=2),
        ],
    )


def test_a_decision_is_a_sentence_that_names_whom_why_who_and_when() -> None:
    of, claim = decision(because="one board,\nsays\x00 the register").to_document(7)
    assert of.title == "Decision 7"
    assert of.content == (
        "Alfa Works (firm:alfa) and Beta Works (firm:beta) are the same: one board, says the register. "
        "Decided by Ada on 2026-01-02."
    )
    assert of.content[claim.start : claim.end] == claim.quote
    assert decision(B, A).text == decision(A, B).text, "whoever is named first is the same decision"


def test_paths_and_names_follow_a_decision_and_its_undoing(store: GraphStore) -> None:
    fill(store)
    before = everything(store)

    def path() -> list[str]:
        found = find_paths(store, resolve(store, "Turkey"), resolve(store, "Gama Works"), hops=3, most=1)
        return [node for told in found.paths for node in [told.in_words()]]

    assert not path()
    ((number, _),) = decide(store, [decision()])
    assert path()
    assert resolve(store, "Beta Works").id == resolve(store, "firm:beta").id == "firm:alfa"
    assert any("decision 1 of Ada, 2026-01-02" in line for line in told_of(store, "firm:alfa"))
    store.forget(get_decision(store, number)["document"])
    assert everything(store) == before
    assert resolve(store, "Beta Works").id == "firm:beta"


def test_numbers_stay_when_others_are_taken_back(store: GraphStore) -> None:
    fill(store)
    decide(store, [decision(A, B), decision(B, C), decision(A, C, same=False)])
    assert [row["number"] for row in decisions(store)] == [1, 2, 3]
    assert [row["holds"] for row in decisions(store)] == [
        "no, contradicted by decision 3",
        "no, contradicted by decision 3",
        "no, contradicted by decision 1, 2",
    ]
    assert not any(node.endswith("alfa") and kind == "OWNS" for node, kind, _ in edges(store))
    store.forget(get_decision(store, 2)["document"])
    assert [(row["number"], row["holds"]) for row in decisions(store)] == [(1, "yes"), (3, "yes")]
    assert not decide(store, [decision(A, B)]), "what is decided is not decided again"
    assert [number for number, _ in decide(store, [decision(A, B, because="more")])] == [4]
    with pytest.raises(UnknownName, match=r"No decision has the number 2\. There are 3"):
        get_decision(store, 2)


def test_two_who_disagree_are_both_shown(store: GraphStore) -> None:
    fill(store)
    decide(store, [decision(), decision(same=False, by="Bob")])
    assert [row["by"] for row in decisions(store)] == ["Ada", "Bob"]
    assert ("firm:beta", "OWNS", "firm:gama") in edges(store)
    lines = told_of(store, "firm:alfa")
    assert any("contradicted by decision 2" in line for line in lines)
    assert any("contradicted by decision 1" in line for line in lines)


def test_those_that_are_one_can_still_be_named_apart(store: GraphStore) -> None:
    fill(store)
    decide(store, [decision()])
    assert whom(store, "firm:beta") == B
    assert whom(store, "beta works") == B
    assert whom(store, "Gama Works").id == "firm:gama"
    twin = Party("firm:beta-too", "Beta Works")
    decide(store, [decision(A, twin)])
    with pytest.raises(AmbiguousName, match="firm:beta-too"):
        whom(store, "Beta Works")


def test_who_was_taken_for_another_does_not_hide_a_namesake(store: GraphStore) -> None:
    twin = Party("firm:alfa-too", "Alfa Works")
    fill(store)
    more = document("An article on a second firm of that name.", "Daily News")
    store.write(more, [relation("OWNS", twin, C, of=more)])
    decide(store, [decision(A, B)])
    with pytest.raises(AmbiguousName, match="firm:alfa-too"):
        whom(store, "Alfa Works")


def test_decisions_go_through_a_file_into_another_store(store: GraphStore, tmp_path: Path) -> None:
    fill(store)
    told = [decision(), decision(A, C, same=False, by="Боб", because='другое  дело; \u2028 "quoted"')]
    decide(store, told)
    before = everything(store)
    file = tmp_path / "decisions.jsonl"
    file.write_text("\n".join(Decision(**one).to_line() for one in to_file(store)), encoding="utf-8")
    for number in (1, 2):
        store.forget(get_decision(store, number)["document"])
    read = read_decisions(file)
    assert read == told
    assert len(decide(store, read)) == 2
    assert everything(store) == before
    assert not decide(store, read)


def _line(**values: Any) -> str:
    return json.dumps(json.loads(decision().to_line()) | values)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: not JSON"),
        (decision().to_line()[:-9], "line 2: not JSON"),
        ("[" * 100_000, "line 2: not JSON"),
        ("[1]", "line 2: a decision is an object"),
        (_line(by=None), "line 2: 'by' is missing"),
        (_line(because=" \n"), "line 2: A decision needs a reason"),
        (_line(decision="maybe"), "line 2: 'maybe' is no decision"),
        (_line(on="yesterday"), "line 2: 'yesterday' is no date"),
        (_line(one="firm:" + "a" * 10_000), "line 2: an id of 10,005 characters"),
        (_line(one="firm:a') DETACH DELETE n //"), "line 2: .* is no id"),
        (_line(one="POL"), "line 2: .*two kinds"),
        (_line(one="firm:beta"), "line 2: .*is one already"),
        (_line(because="x" * 3_000), "line 2: 3,000 characters are too many"),
    ],
)
def test_a_file_with_a_line_that_is_no_decision_is_refused_whole(line: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    file.write_text(f"{decision().to_line()}\n{line}\n", encoding="utf-8")
    with pytest.raises(LoadError, match=told):
        read_decisions(file)


def test_a_file_without_decisions_is_told(tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    file.write_text("\n\n", encoding="utf-8")
    with pytest.raises(LoadError, match="is empty"):
        read_decisions(file)


def test_hostile_words_in_a_decision_are_only_words(store: GraphStore) -> None:
    fill(store)
    before = everything(store)
    hostile = "'}) MATCH (n) DETACH DELETE n // <script>alert(1)</script> \u202e \x1b[31m"
    decide(store, [decision(by=hostile, because=hostile)])
    (row,) = decisions(store)
    assert "\x1b" not in row["because"]
    assert "\u202e" not in row["by"]
    store.forget(get_decision(store, 1)["document"])
    assert everything(store) == before
