"""Articles: how a file becomes a document, where its sentences lie, and that every claim quotes it literally."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legation.graph.claims import Claim, Document, Source
from legation.graph.errors import LoadError
from legation.graph.schema import STATUSES
from legation.graph.statements import TransferStatement
from legation.loaders import pipeline
from legation.loaders.article import EXTRACTOR, find_imprint, read, read_claims, recognises, sentences
from legation.loaders.reading import Given

PAPER = Source("Morning Paper", "C")


def write(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


def sample() -> Document:
    content = (files("legation.loaders.samples") / "drones.txt").read_text(encoding="utf-8")
    return Document("drones.txt", content, PAPER, "article", "2023-05-02")


def edges(claims: list[Claim]) -> set[tuple[str, str, str, str]]:
    return {
        (told.supplier.id, told.buyer.id, told.system.id, told.status)
        for told in (claim.statement for claim in claims)
        if isinstance(told, TransferStatement)
    }


def read_file(path: Path) -> str:
    """Give what a file is stored as."""
    _, reading = pipeline.read(path, Given())
    return reading.document.content


@pytest.mark.parametrize("raw", [b"Caf\xc3\xa9 talks.", b"\xef\xbb\xbfCaf\xc3\xa9 talks."])
def test_utf8_is_read_with_and_without_a_byte_order_mark(tmp_path: Path, raw: bytes) -> None:
    assert read_file(write(tmp_path / "a.txt", raw)) == "Café talks."


def test_another_encoding_is_detected(tmp_path: Path) -> None:
    text = "L'armée a reçu les hélicoptères commandés à l'été précédent, a déclaré le général. " * 5
    assert read_file(write(tmp_path / "a.txt", text.encode("cp1252"))) == text


def test_line_ends_become_lf(tmp_path: Path) -> None:
    assert read_file(write(tmp_path / "a.txt", b"One.\r\nTwo.\rThree.")) == "One.\nTwo.\nThree."


@pytest.mark.parametrize(
    "raw", [b"", b" \n\t\n", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20, b"\xe2\x80\x8f \xe2\x80\x8b"]
)
def test_a_file_without_text_is_refused_by_name(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(LoadError, match=r"picture\.txt"):
        read_file(write(tmp_path / "picture.txt", raw))


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"nowhere\.txt"):
        read_file(tmp_path / "nowhere.txt")


@pytest.mark.parametrize(
    ("lines", "imprint"),
    [
        (
            "Title: Boats for Peru\nSource: Harbour Post\nDate: 14 May 2019",
            ("Boats for Peru", "2019-05-14", "Harbour Post"),
        ),
        ("Boats for Peru\n\nPublished May 4, 2019 | 01:00 AM", (None, "2019-05-04", None)),
        ("date 2019-05-14 Peru", (None, "2019-05-14", None)),
        ("Boats for Peru\nTue, 14 May 2019", (None, "2019-05-14", None)),
        ("2019-05-14", (None, "2019-05-14", None)),
        ("Peru ordered boats on 14 May 2019.", (None, None, None)),
        ("14 May 2019 was a good day for Peru", (None, None, None)),
        ("14 May 20190 views", (None, None, None)),
        ("31 February 2019", (None, None, None)),
        ("10/03/2019", (None, None, None)),
        ("Sources: many", (None, None, None)),
        ("x\n" * 12 + "Date: 14 May 2019", (None, None, None)),
    ],
)
def test_a_plain_text_says_its_title_date_and_source_only_in_so_many_words(
    lines: str, imprint: tuple[str | None, str | None, str | None]
) -> None:
    found = find_imprint(f"{lines}\n\nThe navy of Peru waits for its boats.")
    assert (found.title, found.published_on, found.source) == imprint


def test_what_the_user_says_goes_before_what_the_text_says() -> None:
    text = "Title: Boats\nSource: Harbour Post\nDate: 14 May 2019\n\nPeru ordered two boats from the Netherlands."
    told = read(Path("a.txt"), text, Given()).document
    assert (told.title, told.source.name, told.published_on) == ("Boats", "Harbour Post", "2019-05-14")
    told = read(Path("a.txt"), text, Given("Morning Paper", "B", "2020")).document
    assert (told.source, told.published_on) == (Source("Morning Paper", "B"), "2020")


def test_what_nobody_sees_is_taken_out_and_parts_no_name() -> None:
    text = "\u202eTur\u00adkey sold 24 Bay\u200brak\x07tar TB2\x1b drones to Po\u200eland.\u2028More."
    reading = read(Path("a.txt"), text, Given())
    assert reading.document.content == "Turkey sold 24 Bayraktar TB2 drones to Poland.\nMore."
    assert edges(list(reading.claims)) == {("TUR", "POL", "system:bayraktar-tb2", "ordered")}
    assert {claim.quote for claim in reading.claims} == {"Turkey sold 24 Bayraktar TB2 drones to Poland."}


@pytest.mark.parametrize(
    "noted",
    [
        "24\u00b9 Bayraktar TB2 drones to",
        "24 Bayraktar TB2\u00b2 drones\u00b3 to",
        "24[1] Bayraktar TB2 drones [12][13] to",
    ],
)
def test_the_mark_of_a_footnote_is_no_part_of_a_word_or_number(noted: str) -> None:
    text = f"Turkey\u2074 sold {noted} Poland in 2021\u2075. \u2076 It said more."
    (claim,) = read(Path("a.txt"), text, Given()).claims
    assert isinstance(claim.statement, TransferStatement)
    assert edges([claim]) == {("TUR", "POL", "system:bayraktar-tb2", "ordered")}
    assert (claim.statement.quantity_ordered, claim.statement.order_year) == (24, 2021)
    assert claim.quote in text


@pytest.mark.parametrize("note", ["\u00b9", "\u00b9\u2070", "[1]", "[2][3]", "\u201d[4]"])
def test_a_sentence_ends_with_the_mark_of_its_footnote(note: str) -> None:
    text = (
        f"Turkey sold 24 Bayraktar TB2 drones to Poland.{note} Qatar ordered 6 Anka drones from Turkey.{note} It ends."
    )
    first, second, _ = sentences(text)
    assert text[first.start : first.end].endswith(f"Poland.{note}")
    assert text[second.start : second.end].startswith("Qatar")


def test_the_document_keeps_what_the_user_said(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"Chile bought two frigates from the Netherlands.")
    reading = read(path, "Chile bought two frigates from the Netherlands.", Given("Morning Paper", "B", "2005-07"))
    assert reading.document.source == Source("Morning Paper", "B")
    assert {claim.published_on for claim in reading.claims} == {"2005-07"}
    assert {claim.extractor for claim in reading.claims} == {EXTRACTOR}


def test_only_a_text_with_words_is_an_article() -> None:
    assert recognises(Path("x.txt"), "Oslo waits.")
    assert not recognises(Path("x.txt"), "12;13;14\n")


def test_abbreviations_end_no_sentence() -> None:
    text = "Gen. Lee of the U.S. Army met Mr. J. Smith of Acme Co. in Oslo. No. 5 came later."
    assert texts(text) == ["Gen. Lee of the U.S. Army met Mr. J. Smith of Acme Co. in Oslo.", "No. 5 came later."]


def test_an_abbreviation_ends_a_sentence_where_the_next_begins_like_one() -> None:
    assert texts("The jets came from the U.S. The tanks did not.") == [
        "The jets came from the U.S.",
        "The tanks did not.",
    ]


def test_headings_bullets_and_captions_are_sentences_of_their_own() -> None:
    text = "A heading\nThe first sentence is here, and it is long enough.\n- one bullet\n- another bullet\n\nA caption"
    assert texts(text) == [
        "A heading",
        "The first sentence is here, and it is long enough.",
        "- one bullet",
        "- another bullet",
        "A caption",
    ]


def test_hard_wrapped_lines_belong_together_and_stay_literal() -> None:
    text = (
        "The ministry said on Monday that the two frigates\nwhich were ordered from the yard in spring will be\n"
        "late. A new date was not given."
    )
    found = sentences(text)
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert len(found) == 2


def test_a_text_without_a_full_stop_is_cut_and_loses_nothing() -> None:
    text = "drones for Peru and " * 2000
    assert "".join(texts(text)).replace(" ", "") == text.replace(" ", "")
    assert max(map(len, texts(text))) <= 1500


@given(st.text(max_size=300))
def test_sentences_are_literal_ordered_and_without_overlap(text: str) -> None:
    last = 0
    for sentence in sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert sentence.text
        assert sentence.start >= last
        last = sentence.end


WORDS = (
    "Turkey sold 24 Bayraktar TB2 drones to Poland and Ukraine . “ ” – ( ) , which has not ordered the F-16 jets from "
    "Lockheed Martin Corp 's president Ann Lee said it would U.S. é İ ﬁ 武 ¹ ② ½ buy them in 2019 8x8 1,000 the of"
)
PIECES = st.sampled_from([*WORDS.split(), "\n\n", "\t", "\u200f"])


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map(" ".join)))
def test_every_quote_is_a_literal_substring_whatever_the_text(text: str) -> None:
    document = Document("any", text, PAPER, "article")
    for claim in read_claims(document):
        assert text[claim.start : claim.end] == claim.quote
        assert claim.document == document.id


@pytest.mark.parametrize(
    "nasty", ["....", "“(", "drones ", "to Peru ", "A-1", "the U.S. ", "1,000,", "\n", "sold ", "Peru, "]
)
def test_a_hundred_thousand_nasty_characters_are_read_in_no_time(nasty: str) -> None:
    text = nasty * (100_000 // len(nasty))
    code = (
        "import sys, time; from legation.graph.claims import Document, Source\n"
        "from legation.loaders.article import read_claims\n"
        "list(read_claims(Document('warm', 'Peru.', Source('x'), 'article')))\n"
        "text = sys.stdin.read(); start = time.process_time()\n"
        "list(read_claims(Document('x', text, Source('x'), 'article'))); print(time.process_time() - start)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 20


def test_the_sample_tells_customers_from_candidates_and_refusals() -> None:
    found = edges(list(read_claims(sample())))
    tb2 = "system:bayraktar-tb2"
    assert {
        ("TUR", "UKR", tb2, "ordered"),
        ("TUR", "POL", tb2, "signed"),
        ("TUR", "QAT", tb2, "ordered"),
        ("TUR", "HUN", tb2, "potential"),
        ("TUR", "EST", tb2, "potential"),
        ("USA", "TUR", "system:f-35", "refused"),
        ("RUS", "TUR", "system:s-400", "ordered"),
        ("firm:vestel", "SAU", "system:karayel", "in_service"),
        ("IRN", "RUS", "system:shahed-136", "delivered"),
        ("TUR", "IDN", "system:anka", "negotiating"),
    } <= found
    committed = {buyer for _, buyer, _, status in found if STATUSES[status].draws == "ARMS"}
    assert not committed & {"HUN", "SVK", "EST", "LVA", "LTU", "GBR", "KAZ", "IDN", "NER", "TCD"}


def test_the_sample_names_the_speaker_and_the_numbers() -> None:
    claims = [claim for claim in read_claims(sample()) if isinstance(claim.statement, TransferStatement)]
    told = {(claim.statement.supplier.id, claim.statement.buyer.id): claim for claim in claims}  # type: ignore[union-attr]
    shahed = told["IRN", "RUS"]
    assert (shahed.modality, shahed.said_by and shahed.said_by.id) == ("attributed", "USA")
    poland = told["TUR", "POL"].statement
    assert isinstance(poland, TransferStatement)
    assert poland.quantity_ordered == 24


def test_reading_twice_gives_the_same_claims() -> None:
    assert list(read_claims(sample())) == list(read_claims(sample()))


def test_importing_the_loader_reads_no_lists() -> None:
    readers = {"charset_normalizer", "trafilatura", "lxml", "markdown_it", "pypdf", "py3langid", "babel"}
    heavy = readers | {"numpy", "neo4j", "spacy", "httpx"}
    code = f"import sys, legation.loaders.pipeline; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def module(path: Path) -> ModuleType:
    """Load a Python file by its path."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.real_data
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the scorer leaves closing its files to the interpreter
def test_the_real_article_reaches_its_figures(real_data: Path) -> None:
    root = Path(__file__).parents[2]
    bench, scorer = module(root / "benchmarks" / "extraction.py"), module(real_data / "gold" / "score.py")
    folder = real_data / "gold" / "dev"
    name, document = bench.load(folder / "00.gold.json")
    gold = scorer.Gold(str(folder / "00.gold.json"))
    result: tuple[dict[str, Any], Any] = scorer.score_doc(gold, bench.predict(document))
    counts = result[0]
    assert name == "seed"
    assert scorer.prf(*counts["core"])[2] >= 0.60
    assert counts["negatives"][0] == 0
    valid, total, without = counts["evidence"]
    assert (valid, without) == (total, 0)


@pytest.mark.real_data
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the scorer leaves closing its files to the interpreter
def test_no_real_article_violates_a_negative(real_data: Path) -> None:
    root = Path(__file__).parents[2]
    bench, scorer = module(root / "benchmarks" / "extraction.py"), module(real_data / "gold" / "score.py")
    violated = []
    for path in sorted((real_data / "gold" / "dev").glob("*.gold.json")):
        _, document = bench.load(path)
        counts, errors = scorer.score_doc(scorer.Gold(str(path)), bench.predict(document))
        assert counts["evidence"][0] == counts["evidence"][1]
        violated += errors["negatives"][0]
    assert violated == []


@pytest.mark.parametrize(
    "text",
    [
        "Supplier;Recipient;Weapon;Year;Number;Status\n" + "Turkiye;Poland;TB2;2021;24;New\n" * 5,
        "Supplier\tRecipient\tWeapon\tYear\tNumber\n" + "Turkiye\tPoland\tTB2\t2021\t24\n" * 5,
        '{"seller": "Turkey", "buyer": "Poland"}\n' * 3,
        '[{"seller": "Turkey"}]',
        r"{\rtf1 Turkey sold drones to Poland.}",
        "<!DOCTYPE html><html><p>Turkey sold drones to Poland.</p></html>",
        "12345 67890\n-- --",
    ],
)
def test_data_and_markup_are_no_article(text: str) -> None:
    assert not recognises(Path("x.txt"), text)


def test_prose_with_lists_of_names_is_an_article() -> None:
    assert recognises(
        Path("x.txt"),
        "Chad, Mali, Niger, Togo, Benin, Ghana, Kenya, Sudan, Egypt, Libya and Tunisia bought jets.\nMore.",
    )
