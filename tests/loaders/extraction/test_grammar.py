"""Arguments by the parse, on a pipeline whose parses the test writes down."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner
from legation.cli import cli
from legation.graph.claims import Document, Source
from legation.graph.errors import LoadError
from legation.graph.statements import TransferStatement
from legation.loaders.article import EXTRACTOR, read_claims
from legation.loaders.extraction.grammar import get_grammar
from spacy.language import Language
from spacy.tokens import Doc

PARSES = {
    # The label and the head of each word that is not just a part of something: word label head.
    "Hungary, which Sweden has supplied with Gripen fighters, waits.": (
        "Hungary nsubj waits | which dobj supplied | Sweden nsubj supplied | supplied relcl Hungary | "
        "with prep supplied | Gripen compound fighters | fighters pobj with"
    ),
    "Delivered to Chad in May by Turkey were two Anka drones.": (
        "Delivered ROOT Delivered | to prep Delivered | Chad pobj to | by agent Delivered | Turkey pobj by | "
        "were auxpass Delivered | Anka compound drones | drones nsubjpass Delivered"
    ),
    "Peru chose, tested and at last, when the money was there, bought the Gripen.": (
        "Peru nsubj chose | tested conj chose | bought conj tested | Gripen dobj bought"
    ),
}


@Language.component("legation_test_parse")
def parse(doc: Doc) -> Doc:
    """Give a sentence the parse that is written down for it."""
    row = {word: (label, head) for word, label, head in map(str.split, PARSES.get(doc.text, "x x x").split(" | "))}
    place = {token.text: token for token in doc}
    for token in doc:
        label, head = row.get(token.text, ("dep", token.text))
        token.dep_, token.head = label, place.get(head, token)
    return doc


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a spaCy pipeline that parses."""
    made = spacy.blank("en")
    made.add_pipe("legation_test_parse")
    made.meta["name"], made.meta["version"] = "test", "1.2"
    folder = tmp_path_factory.mktemp("pipelines") / "parsing"
    made.to_disk(folder)
    return str(folder)


def told(text: str, model: str | None) -> dict[tuple[str, str, str, str], str]:
    """Give the extractor of each transfer; every claim quotes the text literally."""
    document = Document("x", text, Source("x"), "article")
    found = {}
    for claim in read_claims(document, model):
        assert text[claim.start : claim.end] == claim.quote
        stated = claim.statement
        if isinstance(stated, TransferStatement):
            found[stated.supplier.id, stated.buyer.id, stated.system.id, stated.status] = claim.extractor
    return found


FOUND = {
    "Hungary, which Sweden has supplied with Gripen fighters, waits.": ("SWE", "HUN", "system:jas-39-gripen"),
    "Delivered to Chad in May by Turkey were two Anka drones.": ("TUR", "TCD", "system:anka"),
    "Peru chose, tested and at last, when the money was there, bought the Gripen.": (
        *("SWE", "PER"),
        "system:jas-39-gripen",
    ),
}


@pytest.mark.parametrize("text", FOUND)
def test_the_parse_gives_what_the_rules_leave_open_and_the_claim_says_so(text: str, pipeline: str) -> None:
    with_parse = told(text, pipeline)
    assert FOUND[text] in {(supplier, buyer, system) for supplier, buyer, system, _ in with_parse}
    assert set(with_parse.values()) == {f"{EXTRACTOR}+en_test-1.2"}
    assert set(with_parse) > set(told(text, None))


@pytest.mark.parametrize(
    "text",
    [
        "Turkey has sold 24 Bayraktar TB2 drones to Poland.",
        "Poland might buy Bayraktar TB2 drones from Turkey.",
        "Turkey has not sold the Anka to Chad.",
        "Nobody sold anything.",
    ],
)
def test_without_a_parse_of_its_own_a_sentence_says_what_the_rules_say(text: str, pipeline: str) -> None:
    assert set(told(text, pipeline)) == set(told(text, None))


def test_a_pipeline_that_is_not_there_is_told_with_the_command_that_installs_it() -> None:
    with pytest.raises(LoadError, match="python -m spacy download en_core_web_lg"):
        get_grammar("en_core_web_lg")
    with pytest.raises(LoadError, match="python -m spacy download en_core_web_sm"):
        get_grammar("/no/such/folder")


def test_a_pipeline_without_a_parser_or_of_another_language_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "bare")
    spacy.blank("de").to_disk(tmp_path / "german")
    for name in ("bare", "german"):
        with pytest.raises(LoadError, match="does not parse English"):
            get_grammar(str(tmp_path / name))


def test_a_missing_pipeline_stops_the_command_before_a_store_is_made(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Turkey has sold 24 Bayraktar TB2 drones to Poland.")
    env = {"LEGATION_STORE": str(tmp_path / "store")}
    result = CliRunner(env=env).invoke(cli, ["load", str(tmp_path / "x.txt"), "--model", "en_core_web_lg"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "python -m spacy download en_core_web_lg" in result.stderr
    assert not (tmp_path / "store").exists()


def test_without_spacy_the_command_that_installs_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Turkey has sold 24 Bayraktar TB2 drones to Poland.")
    code = (
        "import sys; sys.modules['spacy'] = None\n"
        "from legation.cli import main; sys.argv[1:] = ['claims', 'x.txt', '--model', 'en_core_web_sm']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "Error: Reading by the parse needs spaCy: pip install 'legation[nlp]'\n"


def test_without_the_extras_asked_for_neither_is_imported(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Turkey has sold 24 Bayraktar TB2 drones to Poland.")
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: sys.stderr.write(str(sorted({'spacy', 'httpx', 'py3langid'} & set(sys.modules)))))\n"
        "from legation.cli import main; sys.argv[1:] = ['claims', 'x.txt']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr.endswith("[]")
