"""The command line, as people type it."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from legation.cli import cli
from legation.graph.views.packing import read_data

ARTICLE = """Drones for everyone

Turkey has sold 24 Bayraktar TB2 drones to Poland, the ministry said on Monday. Azerbaijan has also ordered the drones.
Hungary and Romania are potential buyers.
"""


def run(*words: str, store: Path | str | None = None, code: int = 0) -> Result:
    """Run a command; ``store`` comes as the environment variable."""
    env = {"LEGATION_STORE": str(store)} if store else {"LEGATION_STORE": None}
    result = CliRunner(env=env).invoke(cli, list(words))
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def loaded(store_url: str, article: Path) -> str:
    """A store of either kind into which an article was loaded by command."""
    run("load", str(article), "--source", "Daily News", "--published", "2021-12-03", store=store_url)
    return store_url


def test_loading_says_what_it_read_and_loading_again_that_nothing_changed(tmp_path: Path, article: Path) -> None:
    first = run("load", str(article), store=tmp_path / "store").stdout
    assert first.startswith("article.txt: read as article: ")
    assert "already loaded, nothing changed" in run("load", str(article), store=tmp_path / "store").stdout


def test_a_customer_and_a_candidate_are_told_apart(loaded: str) -> None:
    rows = json.loads(run("query", "buyers", "--supplier", "Turkey", "--format", "json", store=loaded).stdout)
    told = {row["buyer"]: row["relation"] for row in rows}
    assert told["Poland"] == "ARMS"
    assert told["Hungary"] == "MAY_ARM"


def test_the_question_and_its_caveat_go_to_stderr(loaded: str) -> None:
    result = run("query", "suppliers", "--buyer", "Poland", store=loaded)
    assert "Who supplies Poland" in result.stderr
    assert "A candidate is no customer" in result.stderr
    assert "Who supplies Poland" not in result.stdout


def test_evidence_shows_the_words_and_where_they_stand(loaded: str) -> None:
    out = run("query", "evidence", "--supplier", "Turkey", "--buyer", "Poland", store=loaded).stdout
    assert "Turkey has sold 24 Bayraktar TB2 drones to Poland" in out
    assert "Daily News (F), article.txt, 2021-12-03" in out


def test_a_path_is_told_in_words(loaded: str) -> None:
    out = run("path", "Poland", "Azerbaijan", store=loaded).stdout
    assert out.startswith("Poland is armed by Türkiye [1], which arms Azerbaijan [2].")


def test_cypher_takes_parameters_and_only_reads(loaded: str) -> None:
    statement = "MATCH (a:Actor {id: $id})-[r:ARMS]->(b) RETURN b.id AS id ORDER BY id"
    out = run("cypher", statement, "-p", "id=TUR", "--format", "csv", store=loaded).stdout
    assert out == "id\nAZE\nPOL\n"
    refused = run("cypher", "CREATE (n:Actor {id: 'XXX'})", store=loaded, code=1)
    assert refused.stderr.startswith("Error: Only reading is allowed here: a statement begins with MATCH")


@pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl", "markdown"])
@pytest.mark.parametrize(
    "words",
    [
        ("query", "suppliers", "--buyer", "Poland"),
        ("query", "evidence", "--buyer", "Poland"),
        ("path", "Poland", "Azerbaijan"),
        ("documents",),
        ("stats",),
        ("find", "Poland"),
        ("show", "Poland"),
        ("schema",),
        ("schema", "links"),
        ("schema", "statuses"),
        ("cypher", "MATCH (a:State)-[r:ARMS]->(b:State) RETURN a, r, b"),
    ],
)
def test_every_answer_comes_in_every_format(tmp_path: Path, article: Path, words: tuple[str, ...], form: str) -> None:
    run("load", str(article), store=tmp_path / "store")
    out = run(*words, "--format", form, store=tmp_path / "store").stdout
    assert out.strip()
    if form == "json":
        assert json.loads(out)
    if form == "jsonl":
        assert all(json.loads(line) for line in out.splitlines())
    if form == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(out))}) == 1


def test_a_snapshot_and_the_picture_of_an_answer_are_whole_pages(loaded: str, tmp_path: Path) -> None:
    run("snapshot", "Turkey", "--hops", "2", "-o", str(tmp_path / "a.html"), store=loaded)
    run("query", "suppliers", "--buyer", "Poland", "--html", str(tmp_path / "b.html"), store=loaded)
    run("path", "Poland", "Azerbaijan", "--html", str(tmp_path / "c.html"), store=loaded)
    arms = "MATCH (s:State)-[r:ARMS]->(b:State) RETURN s, r, b"
    run("cypher", arms, "--html", str(tmp_path / "d.html"), store=loaded)
    run("find", "Tur", "--html", str(tmp_path / "e.html"), store=loaded)
    assert read_data((tmp_path / "d.html").read_text(encoding="utf-8"))["cypher"] == arms
    assert "Türkiye" in json.dumps(read_data((tmp_path / "e.html").read_text(encoding="utf-8")), ensure_ascii=False)
    for name in ("a.html", "b.html", "c.html", "d.html"):
        page = (tmp_path / name).read_text(encoding="utf-8")
        assert page.rstrip().endswith("</html>")
        data = json.dumps(read_data(page), ensure_ascii=False)
        assert "Turkey has sold 24 Bayraktar TB2 drones to Poland" in data
        assert str(tmp_path) not in page + data


def test_a_snapshot_for_readers_outside_keeps_places_and_leaves_words_and_sources_out(
    loaded: str, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    run("snapshot", "Turkey", "-o", str(first), store=loaded)
    told = ("--redact-quotes", "--no-sources", "--stable-with", str(first))
    run("snapshot", "Turkey", *told, "-o", str(second), store=loaded)
    data = [read_data(file.read_text(encoding="utf-8")) for file in (first, second)]
    places = [{node["key"]: (node["x"], node["y"]) for node in one["nodes"]} for one in data]
    assert places[0] == places[1]
    assert "has sold 24" in json.dumps(data[0])
    assert "has sold 24" not in json.dumps(data[1])
    assert all(not {"name", "address"} & {*document, *document["source"]} for document in data[1]["documents"])
    other = tmp_path / "other.html"
    other.write_text("<p>", encoding="utf-8")
    result = run("snapshot", "--stable-with", str(other), "-o", str(second), store=loaded, code=1)
    assert "is no page that legation wrote" in result.stderr


def test_a_page_that_cannot_be_written_says_so(loaded: str, tmp_path: Path) -> None:
    result = run("snapshot", "-o", str(tmp_path / "no" / "where.html"), store=loaded, code=1)
    assert "cannot be written" in result.stderr


def test_forgetting_by_title(loaded: str) -> None:
    assert run("forget", "article.txt", store=loaded).stdout.startswith("Forgotten: article.txt with its ")
    assert "Nothing is loaded yet" in run("documents", store=loaded).stderr
    assert "goes by 'article.txt'" in run("forget", "article.txt", store=loaded, code=1).stderr


def test_claims_are_shown_and_not_stored(article: Path, tmp_path: Path) -> None:
    result = run("claims", str(article))
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    assert claims
    assert all(claim["quote"] == ARTICLE[claim["start"] : claim["end"]] for claim in claims)
    assert [path.name for path in tmp_path.iterdir()] == ["article.txt"]


def test_what_rules_turned_down_is_shown_with_its_rule(tmp_path: Path) -> None:
    path = tmp_path / "denied.txt"
    path.write_text("Egypt did not buy Su-35 jets from Russia. Spain sold tanks to Chad.", encoding="utf-8")
    result = run("claims", "--rejected", str(path))
    (row,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (row["rejected_by"], row["quote"]) == ("negated", "Egypt did not buy Su-35 jets from Russia.")
    assert "1 rejected candidate" in result.stderr


def test_claims_that_are_less_sure_are_left_out_on_request(article: Path, tmp_path: Path) -> None:
    everything = run("claims", str(article)).stdout.splitlines()
    sure = run("claims", "--min-confidence", "0.9", str(article)).stdout.splitlines()
    assert sure
    assert sure == [line for line in everything if json.loads(line)["confidence"] >= 0.9]
    assert run("claims", "--min-confidence", "1", str(article)).stdout == ""
    run("claims", "--min-confidence", "2", str(article), code=2)
    loaded = run("load", "--min-confidence", "1", str(article), store=tmp_path / "store")
    assert "0 claims" in loaded.stdout + loaded.stderr


def test_the_demo_loads_the_samples_and_says_what_to_try(tmp_path: Path) -> None:
    result = run("demo", "-o", str(tmp_path / "demo.html"), store=tmp_path / "store")
    assert "legation query suppliers --buyer Poland" in result.stdout
    assert (tmp_path / "demo.html").stat().st_size < 700_000


def test_what_the_demo_says_to_try_works(tmp_path: Path) -> None:
    out = run("demo", "-o", str(tmp_path / "demo.html"), store=tmp_path / "store").stdout
    tried = [line.split("legation ", 1)[1].split() for line in out.splitlines() if line.startswith("  legation ")]
    for words in tried[:-1]:
        assert run(*words, store=tmp_path / "store").stdout.strip()


def test_without_a_card_the_questions_are_listed() -> None:
    out = run("query").stdout
    assert "suppliers  Who supplies BUYER, or may come to?" in out


def test_the_version_is_told() -> None:
    assert run("--version").stdout.startswith("legation 0.")


# What goes wrong


def test_a_missing_file_is_named_and_makes_no_store(tmp_path: Path) -> None:
    result = run("load", str(tmp_path / "nothing.txt"), store=tmp_path / "store", code=1)
    assert "There is no file or folder" in result.stderr
    assert not (tmp_path / "store").exists()


def test_a_folder_without_anything_readable(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    assert "holds nothing that can be read" in run("load", str(tmp_path), store=tmp_path / "s", code=1).stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\x7fELF\x02\x01\x01\x00\x00\x00", "is no text file"), (b"", "is empty"), (b" \n\t\n", "is empty")],
)
def test_a_file_that_is_no_text_or_empty_stops_only_itself(
    tmp_path: Path, article: Path, content: bytes, message: str
) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    result = run("load", str(tmp_path / "bad.txt"), str(article), store=tmp_path / "store", code=1)
    assert message in result.stderr
    assert "article.txt: read as article" in result.stdout


def test_a_file_that_is_not_utf_8_is_read(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(
        "La Turquie – “Türkiye” – and Perú: Turkey sold 12 Bayraktar TB2 drones to Ukraine in 2019.".encode("cp1252")
    )
    run("load", str(tmp_path / "old.txt"), store=tmp_path / "store")
    out = run("query", "evidence", "--buyer", "Ukraine", store=tmp_path / "store").stdout
    assert "Perú" in out


def test_a_name_nobody_has_and_an_ambiguous_one(loaded: str) -> None:
    assert "The nearest is Poland" in run("query", "suppliers", "--buyer", "Polland", store=loaded, code=1).stderr
    assert "Nothing in this store speaks of Japan" in run("show", "Japan", store=loaded, code=1).stderr


def test_a_syntax_error_shows_its_place(loaded: str) -> None:
    assert "line 1" in run("cypher", "MATCH (n RETURN n", store=loaded, code=1).stderr


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    result = run("stats", store="bolt://anna:geheim@127.0.0.1:1", code=1)
    assert "No Neo4j answers at bolt://127.0.0.1:1" in result.stderr
    assert "geheim" not in result.output


@pytest.mark.parametrize(
    "words",
    [
        ("load",),
        ("load", "x.txt", "--published", "yesterday"),
        ("load", "x.txt", "--published", "2021-02-30"),
        ("load", "x.txt", "--reliability", "Z"),
        ("load", "x.txt", "--as", "novel"),
        ("query", "suppliers"),
        ("query", "nonsense"),
        ("cypher", "RETURN $x", "-p", "x"),
        ("cypher", "RETURN 1", "--timeout", "0"),
        ("cypher", "RETURN 1", "--limit", "-1"),
        ("snapshot", "Poland"),
        ("schema", "everything"),
        ("nonsense",),
    ],
)
def test_bad_usage_exits_with_2(words: tuple[str, ...]) -> None:
    run(*words, code=2)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("supliers",), "Did you mean suppliers?"),
        (("suppliers", "--byuer", "Poland"), "Did you mean '--buyer'"),
        (("dependence", "--by", "money"), "'tiv'"),
        (("dependence", "--since", "twenty"), "not a valid integer range"),
        (("dependence", "--top", "-1"), "not in the range"),
        (("headline", "--claimed", "0"), "not in the range"),
    ],
)
def test_a_mistyped_question_names_what_was_meant(words: tuple[str, ...], told: str) -> None:
    assert told in run("query", *words, code=2).stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("query", "suppliers", "--buyer", "Pollland"), "The nearest is Poland"),
        (("query", "dependence", "--since", "2022", "--until", "2020"), "2022 is after 2020"),
        (("query", "market-share", "--category", "Spears"), "There are Aircraft"),
        (("query", "evidence"), "needs at least one of --supplier, --buyer, --system"),
        (("path", "Poland", "Turkey", "-k", "0"), "at least one path"),
        (("path", "Poland", "Turkey", "--hops", "99"), "8 steps at most"),
        (("path", "Poland", "Turkey", "--kinds", "ARM"), "Did you mean ARMS?"),
        (("path", "Poland", "Turkey", "--status", "deliverd"), "Did you mean delivered?"),
        (("path", "Poland", "Turkey", "--weigh", "gold"), "steps, strength, evidence"),
        (("path", "Poland", "Turkey", "--confidence", "7"), "from 0 to 1"),
        (("path", "Poland", "Turkey", "--since", "2022", "--until", "2020"), "2022 is after 2020"),
    ],
)
def test_a_question_that_makes_no_sense_says_what_would(loaded: str, words: tuple[str, ...], told: str) -> None:
    assert told in run(*words, store=loaded, code=1).stderr


def test_a_buyer_without_suppliers_is_an_empty_answer_with_the_reason(loaded: str) -> None:
    result = run("query", "suppliers", "--buyer", "Turkey", store=loaded)
    assert result.stdout == ""
    assert "Nothing that is loaded says that Türkiye receives anything." in result.stderr


def test_a_question_can_be_counted_explained_and_shown_as_cypher(loaded: str) -> None:
    assert run("query", "suppliers", "--buyer", "Poland", "--count", store=loaded).stdout == "1\n"
    explained = run("query", "suppliers", "--buyer", "Poland", "--explain", store=loaded).stderr
    assert "A row is all deals of one supplier with the buyer." in explained
    shown = run("query", "operators", "--system", "TB2", "--show-cypher", store=loaded).stdout
    assert "MATCH (w)<-[:OF]-(t)" in shown
    assert "{deals}" not in shown


def test_years_the_wrong_way_round(loaded: str, tmp_path: Path) -> None:
    result = run("snapshot", "--since", "2022", "--until", "2020", "-o", str(tmp_path / "x.html"), store=loaded, code=1)
    assert "2022 is after 2020" in result.stderr


def test_there_is_nothing_to_ask_before_something_is_loaded(tmp_path: Path) -> None:
    result = run("stats", store=tmp_path / "store", code=1)
    assert "Load something into it first" in result.stderr


@pytest.mark.parametrize("moment", [0.05, 0.3, 0.6, 0.9, 1.2, 1.5])
def test_an_interrupted_load_leaves_nothing_half_written(tmp_path: Path, moment: float) -> None:
    words = " ".join(f"Turkey sold {n} Bayraktar TB2 drones to Poland in {2000 + n % 20}." for n in range(2, 400))
    (tmp_path / "long.txt").write_text(words, encoding="utf-8")
    command = [sys.executable, "-m", "legation.cli", "load", str(tmp_path / "long.txt")]
    process = subprocess.Popen(
        [sys.executable, "-c", "from legation.cli import main; main()", *command[3:]],
        env={**os.environ, "LEGATION_STORE": str(tmp_path / "store")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(moment)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)
    ask = "OPTIONAL MATCH (d:Document) OPTIONAL MATCH (c:Claim) RETURN count(DISTINCT d) AS documents, count(c) AS n"
    asked = whole("cypher", ask, "--format", "jsonl", store=tmp_path / "store", stdout=subprocess.PIPE)
    if asked.returncode:  # cut short before a store was there
        assert "Load something into it first" in asked.stderr
    else:
        held = json.loads(asked.stdout)
        assert bool(held["documents"]) == bool(held["n"])
        assert held["n"] in {0, 398}


def whole(*words: str, store: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    command = [sys.executable, "-c", "from legation.cli import main; main()", *words]
    env = {**os.environ, "LEGATION_STORE": str(store), **options.pop("env", {})}
    return subprocess.run(command, env=env, stderr=subprocess.PIPE, text=True, check=False, **options)


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no /dev/full on this system")
@pytest.mark.platform_only(reason="only Linux has a full device")
@pytest.mark.parametrize("form", ["table", "csv"])
def test_output_that_cannot_be_written_is_said_in_one_line(tmp_path: Path, article: Path, form: str) -> None:
    run("load", str(article), store=tmp_path / "store")
    with Path("/dev/full").open("w") as full:
        done = whole("stats", "--format", form, store=tmp_path / "store", stdout=full)
    assert (done.returncode, done.stderr) == (1, "Error: No space left on device.\n")


def test_a_terminal_without_the_characters_gets_escapes(tmp_path: Path, article: Path) -> None:
    run("load", str(article), store=tmp_path / "store")
    ascii_only = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = whole("find", "Turkey", store=tmp_path / "store", stdout=subprocess.PIPE, env=ascii_only)
    assert done.returncode == 0
    assert "T\\xfcrkiye" in done.stdout


def test_a_page_takes_the_place_of_a_file_only(tmp_path: Path, article: Path) -> None:
    run("load", str(article), store=tmp_path / "store")
    result = run("snapshot", "-o", "/dev/null", store=tmp_path / "store", code=1)
    assert "is no regular file" in result.stderr
    assert Path("/dev/null").is_char_device()


def test_decisions_are_made_listed_written_read_and_taken_back(loaded: str, tmp_path: Path) -> None:
    """What is decided by command shows in the answers and goes without trace."""
    more = tmp_path / "more.txt"
    more.write_text(
        "Baykar Makina AS sold 6 TB2 drones to Iraq in 2020. Demirtas Works leads nobody.", encoding="utf-8"
    )
    run("load", str(more), store=loaded)
    refused = run("same", "Poland", "Hungary", "--because", "x", "--by", "Ada", store=loaded, code=1)
    assert "two states" in refused.stderr
    assert (
        "Nothing in this store goes by"
        in run("same", "Polnd", "Turkey", "--because", "x", "--by", "Ada", store=loaded, code=1).stderr
    )
    assert (
        "is one already" in run("same", "Poland", "POL", "--because", "x", "--by", "Ada", store=loaded, code=1).stderr
    )
    told = run(
        "different", "Poland", "Hungary", "--because", "two flags", "--by", "Ada", "--on", "2022-01-02", store=loaded
    )
    assert (
        "Decision 1: Hungary (HUN) and Poland (POL) are not the same: two flags. Decided by Ada on 2022-01-02."
        in told.stdout
    )
    again = run(
        "different", "Hungary", "Poland", "--because", "two flags", "--by", "Ada", "--on", "2022-01-02", store=loaded
    )
    assert "decided before" in again.stdout
    assert "decision 1 of Ada" in run("show", "Poland", store=loaded).stderr
    file = tmp_path / "decisions.jsonl"
    run("decisions", "--export", str(file), store=loaded)
    assert "No decision has the number 9" in run("undo", "9", store=loaded, code=1).stderr
    assert "Taken back: decision 1 of Ada" in run("undo", "1", store=loaded).stdout
    assert "Nothing is decided yet" in run("decisions", store=loaded).stderr
    assert "1 decision, 1 of them new" in run("decisions", "--import", str(file), store=loaded).stdout
    (row,) = json.loads(run("decisions", "--format", "json", store=loaded).stdout)
    assert (row["number"], row["by"], row["on"], row["holds"]) == (1, "Ada", "2022-01-02", "yes")
    assert "that may be one" in run("resolve", store=loaded).stdout
    run("candidates", "--format", "json", store=loaded)
    run("check", store=loaded)


def test_forgetting_takes_one_document_or_all_and_not_both(tmp_path: Path) -> None:
    env = {"LEGATION_STORE": str(tmp_path / "store")}
    for words in (["forget"], ["forget", "x", "--all"]):
        refused = CliRunner(env=env).invoke(cli, words)
        assert refused.exit_code == 2
        assert "Name one DOCUMENT, or give --all." in refused.stderr
