"""The command line on terminals, in pipes and under signals."""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from legation.cli import CLOSED, INTERRUPTED
from legation.graph.store import open_store
from legation.loaders.samples import SAMPLES, load_samples, sample_path
from legation.queries.narrow import to_widths
from terminals import LEGATION, environment, in_shell, on_terminal

COLOUR = re.compile(r"\x1b\[[\d;]*(3|4|9|10)\d[\d;]*m")
STYLE = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded store that holds the samples; only for reading."""
    folder = tmp_path_factory.mktemp("samples") / "store"
    with open_store(folder, create=True) as store:
        load_samples(store, lambda *_: None)
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("query", "buyers", "--supplier", "Turkey"),
        ("query", "evidence", "--buyer", "Poland"),
        ("path", "Poland", "Azerbaijan"),
        ("schema",),
        ("query", "--help"),
    ],
    ids=" ".join,
)
def test_no_word_is_cut_however_narrow_the_terminal(samples: Path, words: tuple[str, ...]) -> None:
    """Every word that a wide terminal shows is there whole; rows do not fall into columns of letters."""

    def seen(columns: int) -> set[str]:
        text = STYLE.sub("", on_terminal(*words, store=samples, columns=columns))
        return set(re.findall(r"[A-Za-z]{5,20}", text))

    wide = seen(200)
    assert wide
    for columns in (80, 40, 20):
        assert wide <= seen(columns)


def test_where_a_table_fits_it_is_one_and_else_each_row_has_two_lines(samples: Path) -> None:
    words = ("query", "buyers", "--supplier", "Turkey", "--quiet")
    wide = STYLE.sub("", on_terminal(*words, store=samples, columns=120))
    narrow = on_terminal(*words, store=samples, columns=60)
    assert re.search(r"^ Azerbaijan +ARMS +in_service", wide, re.MULTILINE)
    assert narrow.startswith("buyer Azerbaijan\n  relation ARMS · status in_service · ")
    assert all(len(line) <= 60 for line in narrow.splitlines())


def test_a_table_gives_room_where_lines_are_longest() -> None:
    cells = [["name", "meaning"], ["a", "one two three four"], ["b", "five"]]
    assert to_widths(cells, 100) == [4, 18]
    assert to_widths(cells, 20) == [4, 11]
    assert to_widths(cells, 16) == [4, 7]
    assert to_widths(cells, 15) is None


def test_no_color_is_honoured_and_a_pipe_gets_neither_colour_nor_style(samples: Path) -> None:
    assert not COLOUR.search(on_terminal("stats", store=samples, columns=80, NO_COLOR="1"))
    piped = in_shell("legation stats; legation query buyers --supplier Turkey", samples, samples.parent)
    assert "\x1b" not in piped.stdout + piped.stderr


def test_a_reader_that_goes_away_is_told_nothing(samples: Path) -> None:
    rows = "legation cypher 'UNWIND range(1, 200000) AS n RETURN n' --limit 0 --format csv | head -1"
    done = in_shell(rows, samples, samples.parent)
    assert (done.returncode, done.stdout, done.stderr) == (CLOSED, "n\n", "")


@pytest.mark.parametrize("form", ["table", "json", "markdown"])
def test_a_closed_pipe_is_silent_in_every_format(samples: Path, form: str) -> None:
    done = in_shell(f"legation stats --format {form} | true", samples, samples.parent)
    assert (done.returncode, done.stderr) == (CLOSED, "")


@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_from_the_start_are_no_reason_for_a_traceback(samples: Path, closed: str) -> None:
    done = in_shell(f"legation stats --format csv {closed}", samples, samples.parent)
    assert len(done.stderr.splitlines()) == (closed == ">&-")
    assert done.returncode == (1 if " >&-" in f" {closed}" else 0)


def test_an_article_comes_on_standard_input(samples: Path, tmp_path: Path) -> None:
    with sample_path(SAMPLES[0]) as article:
        text = article.read_text(encoding="utf-8")
    (tmp_path / "article.txt").write_text(text, encoding="utf-8")
    by_name, by_pipe = (
        in_shell(line, samples, tmp_path).stdout
        for line in ("legation claims article.txt", "cat article.txt | legation claims -")
    )
    assert by_name
    assert by_name == by_pipe
    loaded = in_shell("cat article.txt | legation load - --store new.store", samples, tmp_path)
    assert loaded.stdout.startswith("stdin: read as article: ")
    assert [path.name for path in tmp_path.glob("**/stdin")] == []


def test_nothing_on_standard_input_is_an_error(samples: Path, tmp_path: Path) -> None:
    done = in_shell("legation load - --store new.store < /dev/null", samples, tmp_path)
    assert done.returncode == 1
    assert "stdin" in done.stderr
    assert "is empty" in done.stderr


def test_a_statement_comes_on_standard_input_and_one_of_ten_megabytes_is_refused_in_words(
    samples: Path, tmp_path: Path
) -> None:
    (tmp_path / "statement.cypher").write_text("MATCH (s:State {id: 'POL'})\nRETURN s.name AS name", encoding="utf-8")
    done = in_shell("legation cypher - --format csv < statement.cypher", samples, tmp_path)
    assert done.stdout == "name\nPoland\n"
    (tmp_path / "long.cypher").write_text(f"RETURN {'1 + ' * 2_500_000}1", encoding="utf-8")
    done = in_shell("legation cypher - < long.cypher", samples, tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert len(done.stderr) < 500


def test_a_page_goes_to_standard_output(samples: Path, tmp_path: Path) -> None:
    done = in_shell(
        "legation snapshot Turkey -o page.html; legation snapshot Turkey -o - > piped.html", samples, tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "piped.html").read_bytes() == (tmp_path / "page.html").read_bytes()


def test_no_word_of_a_source_steers_the_terminal(samples: Path, tmp_path: Path) -> None:
    rows = "name,state\nEvil\x1b[31m\x1b]0;owned\x07 Works,Poland\n"
    (tmp_path / "firms.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "firms.yaml").write_text(
        "mapping: firms\nsource: {name: A list}\n"
        "parties:\n  firm: {label: Firm, name: name}\n  state: {label: State, name: state}\n"
        "statements:\n  - {states: BASED_IN, subject: firm, object: state}\n",
        encoding="utf-8",
    )
    for line in (
        "legation load firms.csv --mapping firms.yaml --store evil.store",
        "legation find Works --store evil.store",
        "legation show Evil --store evil.store",
        "legation show 'Evil Work' --store evil.store",
    ):
        done = in_shell(line, samples, tmp_path)
        assert "\ufffd" in done.stdout + done.stderr or line.startswith("legation load"), done.stderr
        assert not {"\x1b", "\x07"} & {*done.stdout, *done.stderr}, line


def test_quiet_keeps_notes_back_but_no_error(samples: Path, tmp_path: Path) -> None:
    told = in_shell("legation query suppliers --buyer Poland", samples, tmp_path)
    quiet = in_shell("legation query suppliers --buyer Poland -q", samples, tmp_path)
    assert told.stdout == quiet.stdout
    assert "A candidate is no customer" in told.stderr
    assert quiet.stderr == ""
    (tmp_path / "bad.txt").write_bytes(b"")
    failed = in_shell("legation load bad.txt -q --store new.store", samples, tmp_path)
    assert failed.returncode == 1
    assert "bad.txt: not loaded." in failed.stderr


def test_verbose_tells_what_the_store_was_asked_and_where_an_error_arose(samples: Path, tmp_path: Path) -> None:
    asked = in_shell("legation query suppliers --buyer Poland -v", samples, tmp_path)
    assert re.search(r"^\d+\.\d{3} s: ", asked.stderr, re.MULTILINE)
    assert "MATCH" in asked.stderr
    failed = in_shell("legation show Nowhereland -v", samples, tmp_path)
    assert failed.returncode == 1
    assert "Traceback" in failed.stderr
    assert failed.stderr.rstrip().splitlines()[-1].startswith("Error: ")
    assert "Traceback" not in in_shell("legation show Nowhereland", samples, tmp_path).stderr


def test_bash_completes_commands_questions_and_options(samples: Path, tmp_path: Path) -> None:
    def completed(typed: str) -> set[str]:
        words = typed.split(" ")
        line = (
            'eval "$(legation completion bash)"; '
            f"COMP_WORDS=({' '.join(word or repr('') for word in words)}); COMP_CWORD={len(words) - 1}; "
            f"_legation_completion legation; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        )
        done = in_shell(line, samples, tmp_path)
        assert done.returncode == 0, done.stderr
        return set(done.stdout.split())

    assert completed("legation sna") == {"snapshot"}
    assert completed("legation query dep") == {"dependence"}
    assert {"--buyer", "--by"} <= completed("legation query dependence --b")
    assert completed("legation query suppliers --format j") == {"json", "jsonl"}
    assert completed("legation load x.txt --as si") == {"sipri"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(samples: Path, shell: str, tmp_path: Path) -> None:
    script = in_shell(f"legation completion {shell}", samples, tmp_path).stdout
    assert f"_LEGATION_COMPLETE={shell}_complete" in script


def interrupted(words: tuple[str, ...], store: Path, after: float) -> subprocess.CompletedProcess[str]:
    """Run a command and press Ctrl-C after some seconds."""
    process = subprocess.Popen(
        [LEGATION, *words], env=environment(store), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def test_ctrl_c_ends_a_statement_with_130_and_one_line(samples: Path) -> None:
    slow = "UNWIND range(1, 20000) AS a UNWIND range(1, 20000) AS b RETURN count(a + b) AS n"
    done = interrupted(("cypher", slow), samples, 3)
    assert (done.returncode, done.stderr.strip()) == (INTERRUPTED, "Interrupted.")


def test_ctrl_c_at_any_moment_gives_no_traceback_and_leaves_the_store_in_order(samples: Path, tmp_path: Path) -> None:
    moments = random.Random(10)
    for _ in range(5):
        done = interrupted(("query", "suppliers", "--buyer", "Poland"), samples, moments.uniform(0.25, 2.5))
        # At the very end Python has put its own handler away, and the signal ends the process: 130 to a shell as well.
        assert done.returncode in (0, INTERRUPTED, -signal.SIGINT), done.stderr
        assert "Traceback" not in done.stderr
    told = in_shell("legation check --format jsonl", samples, tmp_path)
    assert told.returncode == 0, told.stdout
    assert all(json.loads(line) for line in told.stdout.splitlines())
