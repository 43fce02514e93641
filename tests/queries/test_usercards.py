"""Cards that users write: what is taken, and what is refused with the file and the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from legation.cli import cli
from legation.graph.errors import CardWrong
from legation.graph.store import GraphStore
from legation.queries.cards import CARDS
from legation.queries.usercards import LARGEST, read_card, read_cards
from making import document, transfer

GOOD = """\
name: drones-of
question: Which drones has {buyer} got?
mind: Only deals that a source tells of.
row: one deal
parameters:
  - {name: buyer, kind: actor, help: who receives}
  - {name: least, kind: number, help: how many at least, default: 1, least: 0, most: 99}
cypher: |
  MATCH (:Actor {id: $buyer})<-[:TO]-(t:Transfer) WHERE t.quantity_ordered >= $least
  RETURN t.name AS drone, t.quantity_ordered AS number, [t.id] AS transfer_ids ORDER BY drone, t.id
"""


def write(folder: Path, text: str, name: str = "card.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_card_of_a_user_is_asked_like_ours(asked: GraphStore, tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "no card", "notes.txt")
    card = read_cards(tmp_path, CARDS)["drones-of"]
    answer = card.run(asked, buyer="Poland")
    assert (answer.asked, [(row["drone"], row["number"]) for row in answer.rows]) == (
        "Which drones has Poland got?",
        [("Bayraktar TB2", 24)],
    )
    assert card.run(asked, buyer="Poland", least=25).count == 0
    assert set(answer.to_subgraph(asked).nodes) == {"TUR", "POL"}


def test_a_card_of_a_user_can_let_its_parameters_choose_the_deals(asked: GraphStore, tmp_path: Path) -> None:
    text = "name: mine\nquestion: Which deals of {supplier}?\nmind: All.\nparameters:\n"
    text += "  - {name: supplier, kind: actor, help: who, required: false}\ncypher: '{deals} RETURN count(t) AS n'\n"
    card = read_card(write(tmp_path, text))
    assert card.run(asked, supplier="Turkey").rows.records == [{"n": 3}]
    assert card.run(asked).rows.records == [{"n": 5}]


SINCE = """\
name: since
question: Since when?
mind: All.
parameters:
  - {name: since, kind: year, help: the first year, default: 2015}
cypher: RETURN $since AS since
"""


def test_a_year_by_default_is_that_year_and_a_negative_one_counts_back(store: GraphStore, tmp_path: Path) -> None:
    of = document("A register.", "Register")
    store.write(of, [transfer("TUR", "POL", "system:bayraktar-tb2", "ordered", of=of, order_year=2022)])
    for default, year in (("2015", 2015), ("-1", 2022), ("-10", 2013)):
        answer = read_card(write(tmp_path, SINCE.replace("2015", default))).run(store)
        assert (answer.parameters, answer.rows.records) == ({"since": year}, [{"since": year}])


@pytest.mark.parametrize("default", ["0", "15", "20150"])
def test_a_year_by_default_has_four_digits_or_is_negative(tmp_path: Path, default: str) -> None:
    with pytest.raises(CardWrong, match=f"default of since is no year but {default}; write four digits"):
        read_card(write(tmp_path, SINCE.replace("2015", default)))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("RETURN t.name", "SET t.name = 'x' RETURN t.name", "may only read, and SET writes"),
        ("RETURN t.name", "CALL apoc.export.csv.all('x', {}) RETURN t.name", "card.yaml"),
        ("question: Which drones has {buyer} got?\n", "", "there is no question"),
        ("got?", "got.", "does not end with a question mark"),
        ("{buyer} got", "{buyer.__class__} got", "none of the parameters"),
        ("{buyer} got", "{seller} got", "none of the parameters"),
        ("name: drones-of", "name: Drones Of", "is no name"),
        ("mind: Only", "mnid: Only", "Did you mean mind?"),
        ("tells of.", "tells of", "ends with a full stop"),
        ("$buyer", "$seller", r"uses \$seller"),
        ("$least", "1", "does not use the parameter least"),
        ("kind: actor", "kind: firm", "no kind of parameter"),
        ("name: least", "name: format", "cannot be the name of a parameter"),
        ("name: least", "name: url", "cannot be the name of a parameter"),
        ("name: buyer, kind: actor", "name: since, kind: actor", "is a year in every question"),
        ("default: 1", "default: one", "the default of least is no number"),
        ("name: least", "name: buyer", "the same name"),
        ("mind: Only deals that a source tells of.", "mind: [1, 2]", "mind cannot be"),
        ("least: 0", "least: true", "least cannot be"),
        ("kind: number", "kind: choice", "has choices if"),
        ("row: one deal", "row: &a x.\nmind: *a", "aliases"),
        ("name: drones-of", "name: !!python/object/apply:os.system [ls]", "tags"),
        ("name: drones-of", "name: {a: [", "is no YAML"),
    ],
)
def test_a_card_that_is_wrong_is_refused_with_its_file_and_the_reason(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = GOOD.replace("mind: Only deals that a source tells of.\n", "") if "*a" in new else GOOD
    assert old in text
    path = write(tmp_path, text.replace(old, new))
    with pytest.raises(CardWrong, match=told) as error:
        read_card(path)
    assert str(path) in str(error.value)


def test_a_card_that_shadows_ours_or_another_is_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("drones-of", "suppliers"))
    with pytest.raises(CardWrong, match="a question of legation is called suppliers"):
        read_cards(tmp_path, CARDS)
    write(tmp_path, GOOD)
    write(tmp_path, GOOD, "second.yml")
    with pytest.raises(CardWrong, match="another card of this folder is called drones-of"):
        read_cards(tmp_path, {})


def test_a_file_that_is_too_large_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CardWrong, match="at most"):
        read_card(write(tmp_path, GOOD + "#" * LARGEST))
    (tmp_path / "card.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CardWrong, match="cannot be read"):
        read_card(tmp_path / "card.yaml")
    with pytest.raises(CardWrong, match="is no folder"):
        read_cards(tmp_path / "nowhere", CARDS)
    with pytest.raises(CardWrong, match="is a mapping with"):
        read_card(write(tmp_path, "- a\n- b\n"))


def test_the_command_line_lists_and_asks_cards_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    listed = CliRunner().invoke(cli, ["query", "--cards", str(tmp_path)])
    assert "Your own:" in listed.output
    assert "Which drones has BUYER got?" in listed.output
    shown = CliRunner(env={"LEGATION_CARDS": str(tmp_path)}).invoke(cli, ["query", "drones-of", "--help"])
    assert "--least N" in shown.output
    write(tmp_path, GOOD.replace("got?", "got."))
    refused = CliRunner(env={"LEGATION_CARDS": str(tmp_path)}).invoke(cli, ["query", "suppliers", "--help"])
    assert (refused.exit_code, "Traceback" in refused.output) == (1, False)
    assert "card.yaml" in refused.output
