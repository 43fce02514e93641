"""The panel: for every line, node, row and transfer the words it rests on, what they state, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from legation.graph.subgraph import Subgraph
from legation.graph.views.content import Discretion

Open = Callable[..., Any]


def test_clicking_a_line_shows_its_transfer_and_quotes(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.click_line("ARMS")
    quotes = opened.page.locator("#panel blockquote").all_inner_texts()
    assert quotes == ["Poland has ordered some 24 drones.", "Poland ordered nothing."]
    text = opened.panel()
    for part in ("~24", "unknown", "contested", "Bayraktar TB2", "An order is placed.", "disputes this", "denied"):
        assert part in text
    for part in ("Example Wire", "Drones for everyone", "2021-12-03", "characters 100–134", "A spokesman", "80 %"):
        assert part in text
    assert opened.page.get_attribute("#panel figcaption a", "rel") == "noopener noreferrer"


def test_the_words_that_carry_the_claim_are_marked(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.click_line("ARMS")
    marked = opened.page.locator("#panel figure").first.locator("mark").all_inner_texts()
    assert marked == ["Poland", "ordered", "24"]
    opened.click_line("DID_NOT_ARM")
    assert opened.page.locator("#panel mark").all_inner_texts() == ["Ankara", "Yerevan"]


def test_clicking_a_stated_relation_shows_its_quote(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.click_line("MAKES")
    assert "Baykar, which makes the TB2" in opened.panel()
    assert "attributed" in opened.panel()


def test_claims_that_disagree_stand_side_by_side(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich)
    opened.click_line("ARMS")
    rows = opened.page.locator("#panel .compare tr").all_inner_texts()
    assert [" ".join(row.split()) for row in rows[:3]] == [
        "Claims differ Example Wire Example Wire Example Register",
        "Status ordered – delivered",
        "Ordered 24 – 30",
    ]


def test_a_superseded_claim_is_said_to_be_one_and_does_not_disagree(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich)
    opened.click_line("ARMS")
    last = opened.page.locator("#panel figure").last.inner_text()
    assert "superseded" in last
    assert "18 ordered" in last
    assert "18" not in opened.page.inner_text("#panel .compare")


def test_further_parts_value_and_small_volumes_are_told(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich)
    opened.click_line("ARMS")
    told = {
        row.split("\n")[0]: " ".join(row.split("\n")[1:])
        for row in opened.page.locator("#panel dl > div").all_inner_texts()
    }
    assert told["Paid by"] == "Saudi Arabia"
    assert told["Used before by"] == "An air force"
    assert told["TIV delivered"].startswith("between 0 and 0.5 million")
    assert told["Value"].startswith("270,000,000 USD")
    assert "For more than this deal." in told["Value"]
    assert told["Delivered"] == "unknown"


def test_a_withdrawn_transfer_draws_no_line_and_is_found_under_its_parties(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich)
    assert opened.lines().count("ARMS") == 1
    opened.click_node("ARM")
    opened.page.get_by_role("button", name="withdrawn").click()
    assert "Only earlier editions of a register give it" in opened.panel()
    assert "Armenia,Turkey,2019,4,TB2" in opened.panel()


def test_back_and_forward_go_through_what_was_looked_at(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    assert opened.page.locator("#panel .row-name").all_inner_texts()[:3] == [
        "Turkey → Poland",
        "Turkey → Saudi Arabia",
        "Turkey → Armenia",
    ]
    assert opened.page.is_disabled("#back")
    opened.page.locator("#panel .row").nth(2).focus()
    opened.page.keyboard.press("Enter")
    assert "row 7" in opened.panel()
    opened.page.locator("#panel h2 .party").first.click()
    assert "State · TUR" in opened.panel()
    opened.button("Back")
    assert "row 7" in opened.panel()
    opened.button("Forward")
    assert "State · TUR" in opened.panel()
    assert opened.page.is_disabled("#forward")
    opened.page.keyboard.press("Alt+ArrowLeft")
    assert "row 7" in opened.panel()
    opened.page.keyboard.press("Escape")
    assert opened.page.inner_text("#panel h2") == "All lines"


def test_a_node_shows_its_lines_and_transfers(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.click_node("system:tb2")
    opened.page.get_by_role("button", name="Turkey → Poland").click()
    assert "Poland has ordered some 24 drones." in opened.panel()


def test_a_quote_is_copied_as_a_citation(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small)
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.click_line("ARMS")
    opened.page.get_by_role("button", name="Copy as citation").first.click()
    opened.page.wait_for_function("() => document.getElementById('said').textContent === 'Copied.'")
    copied = opened.page.evaluate("navigator.clipboard.readText()")
    for part in ("“Poland has ordered some 24 drones.”", "Example Wire", "2021-12-03", "characters 100–134", "data "):
        assert part in copied


def test_a_file_without_quotes_or_sources_says_what_is_missing(small: Subgraph, open_page: Open) -> None:
    opened = open_page(small, discretion=Discretion(quotes=True, sources=True))
    opened.click_line("ARMS")
    text = opened.panel()
    assert "The words are left out of this file." in text
    assert "source left out" in text
    assert "24 ordered" in text
    assert opened.errors == []


def test_without_sources_rows_of_tables_keep_their_words_in_panel_and_csv(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich, discretion=Discretion(sources=True))
    opened.click_line("DID_NOT_ARM")
    assert opened.page.locator("#panel blockquote").all_inner_texts() == ["Ankara will not sell to Yerevan."]
    opened.click_line("ARMS")
    told = opened.page.locator("#panel blockquote").all_inner_texts()
    assert {"Poland,Turkey,2021,30,TB2", "Poland,Turkey,2021,18,TB2"} < set(told)
    assert "said by" not in opened.panel()
    assert "Poland,Turkey,2021,30,TB2" in opened.save("CSV")


def test_the_footer_tells_question_store_date_sources_and_hash(rich: Subgraph, open_page: Open) -> None:
    opened = open_page(rich)
    opened.page.click("#about-line")
    text = opened.page.inner_text("footer")
    for part in ("Whom does Turkey arm?", "MATCH (s:Actor {id: $supplier}) RETURN s", "a test", "2024-01-01"):
        assert part in text
    for part in ("Example Wire", "© Example Wire", "© Example Register", "legation ", "reliability B"):
        assert part in text
    assert opened.page.get_attribute("#data", "data-sha256") in text


def test_where_sources_are_left_out_the_footer_says_so_and_how_reliable_they_are(
    rich: Subgraph, open_page: Open
) -> None:
    opened = open_page(rich, discretion=Discretion(sources=True))
    opened.page.click("#about-line")
    assert "sources left out" in opened.page.inner_text("#about-line")
    text = opened.page.inner_text("#about-body")
    assert "reliability A" in text
    assert "reliability B" in text
    assert "Example" not in text


def test_a_derived_line_without_kept_transfers_says_that_it_has_no_quotes(small: Subgraph, open_page: Open) -> None:
    bare = replace(small, edges=tuple(replace(edge, transfers=(), claims=()) for edge in small.edges))
    opened = open_page(bare)
    opened.click_line("ARMS")
    assert "This file holds no quotes for it." in opened.panel()
    assert "24 units" in opened.panel()


def test_a_node_shows_what_is_known_of_it_as_words(small: Subgraph, open_page: Open) -> None:
    known = {
        "aliases": ["Baykar Makina", "Baykar Tech"],
        "identifiers": ["lei:1234", "wikidata:Q1"],
        "countries": ["TUR", "Atlantis"],
        "existing_since": "1984",
    }
    born = {"existing_since": "1978-10-04"}
    nodes = {
        **small.nodes,
        "firm:baykar": replace(small.nodes["firm:baykar"], properties=known),
        "person:haluk": replace(small.nodes["person:haluk"], properties=born),
    }
    opened = open_page(replace(small, nodes=nodes), address="#node=firm%3Abaykar")
    rows = opened.page.locator("#panel dl div").all_inner_texts()
    assert [" ".join(row.split()) for row in rows] == [
        "aliases Baykar Makina, Baykar Tech",
        "countries Turkey, Atlantis",
        "existing since 1984",
        "identifiers lei:1234, wikidata:Q1",
    ]
    opened.page.locator("#panel dl button", has_text="Turkey").click()
    assert opened.page.inner_text("#panel h2") == "Turkey"
    for text in ("makina", "LEI:1234"):
        opened.page.fill("#search-text", text)
        assert opened.page.inner_text("#suggestions li") == "Baykar"
    opened.page.keyboard.press("Escape")
    opened.page.evaluate("location.hash = '#node=person%3Ahaluk'")
    opened.page.wait_for_function("document.querySelector('#panel h2').textContent === 'Haluk Bayraktar'")
    assert "born" in opened.panel()
