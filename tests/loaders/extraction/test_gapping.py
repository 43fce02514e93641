"""What a sentence leaves out, or says in another order: each rule fires where it should, and its twin does not."""

from __future__ import annotations

import pytest
from telling import edges, statements

Edge = tuple[str, str, str, str]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # a second buyer without its verb
        (
            "Peru ordered 24 Gripen jets and Chile six.",
            {("SWE", "PER", "jas-39-gripen", "ordered"), ("SWE", "CHL", "jas-39-gripen", "ordered")},
        ),
        (
            "Peru has ordered 96 T-72 tanks from Russia; Chile, 12 Leopard 2 tanks from Spain.",
            {("RUS", "PER", "t-72", "ordered"), ("ESP", "CHL", "leopard-2", "ordered")},
        ),
        (
            "Navantia will build four corvettes for Peru and two for Chile.",
            {("firm:navantia", "PER", "corvette", "ordered"), ("firm:navantia", "CHL", "corvette", "ordered")},
        ),
        (
            "Peru bought 36 Rafale jets from France in 2016 and five S-400 systems from Russia in 2018.",
            {("FRA", "PER", "rafale", "ordered"), ("RUS", "PER", "s-400", "ordered")},
        ),
        # an order that a firm wins
        ("Saab won an order from Peru for ten Gripen jets.", {("firm:saab", "PER", "jas-39-gripen", "signed")}),
        ("Saab wins Czech order for RBS 70 missiles.", {("firm:saab", "CZE", "rbs-70", "signed")}),
        ("Peru awarded Saab's rival nothing but a contract to Navantia for a frigate.", set()),
        ("Navantia was contracted by Peru to build a frigate.", {("firm:navantia", "PER", "frigate", "signed")}),
        (
            "Navantia has been awarded a contract by Peru to supply a frigate.",
            {("firm:navantia", "PER", "frigate", "signed")},
        ),
        # who built it
        ("Peru took delivery of four frigates built by Navantia.", {("firm:navantia", "PER", "frigate", "delivered")}),
        # who pays, and who gets
        ("Denmark bought 20 Leopard 2 tanks for Ukraine.", {("DNK", "UKR", "leopard-2", "ordered")}),
        ("Denmark bought 20 Leopard 2 tanks for its army from Spain.", {("ESP", "DNK", "leopard-2", "ordered")}),
        ("Finland bought 100 Leopard 2 tanks in Spain.", {("ESP", "FIN", "leopard-2", "ordered")}),
        ("Malaysia paid $1 billion for 18 Su-30 jets from Russia.", {("RUS", "MYS", "su-30", "ordered")}),
        ("The jets were paid for by Malaysia.", set()),
        # the passive of giving
        ("Peru was offered 12 Su-30 jets by Russia.", {("RUS", "PER", "su-30", "offered")}),
        ("Egypt was denied American arms.", {("USA", "EGY", "arms", "denied")}),
        ("Washington denied Egypt F-16 jets.", {("USA", "EGY", "f-16", "denied")}),
        ("Washington denied arms sales to Egypt.", set()),
        # who holds what another supplied
        ("Ukraine fires HIMARS rockets donated by Spain.", {("ESP", "UKR", "himars", "delivered")}),
        ("Russia destroyed HIMARS rockets donated by Spain.", set()),
        # a promise told
        ("Spain said it would send ten Leopard 2 tanks to Ukraine.", {("ESP", "UKR", "leopard-2", "pledged")}),
        ("Spain would send ten Leopard 2 tanks to Ukraine.", {("ESP", "UKR", "leopard-2", "potential")}),
        # the infinitive of a headline
        ("Peru to buy 20 Gripen jets from Sweden", {("SWE", "PER", "jas-39-gripen", "potential")}),
        ("Spain to send howitzers to Chad", {("ESP", "TCD", "howitzer", "pledged")}),
        ("Nobody asked Peru to buy Gripen jets from Sweden.", {("SWE", "PER", "jas-39-gripen", "interested")}),
        # words of wanting with the arms themselves
        ("Egypt seeks South Korean FA-50 jets.", {("KOR", "EGY", "fa-50", "interested")}),
        ("Egypt seeks peace with South Korea.", set()),
        ("Bosnia is in talks with Turkey over TB2 drones.", {("TUR", "BIH", "bayraktar-tb2", "negotiating")}),
        ("Bosnia is in talks with Turkey over fish.", set()),
        # May is a month, may is not
        ("In May Peru bought Gripen jets from Sweden.", {("SWE", "PER", "jas-39-gripen", "ordered")}),
        ("LIMA, 3 May - Peru bought Gripen jets from Sweden.", {("SWE", "PER", "jas-39-gripen", "ordered")}),
        ("Peru may buy Gripen jets from Sweden.", {("SWE", "PER", "jas-39-gripen", "potential")}),
        # who speaks is not named by what was spoken of
        ("Chile is far. Spain will sell us tanks, an admiral said.", set()),
        # help and permission
        ("Spain gave Chile permission to send Leopard 2 tanks to Peru.", {("CHL", "PER", "leopard-2", "approved")}),
        ("Spain will help Chile acquire Leopard 2 tanks.", set()),
        # over a number is no choice, over a thing is one
        ("Iran has shipped over a hundred Shahed-136 drones to Russia.", {("IRN", "RUS", "shahed-136", "delivered")}),
        ("Peru picked the Gripen over the Rafale.", {("SWE", "PER", "jas-39-gripen", "negotiating")}),
    ],
)
def test_a_sentence_that_leaves_something_out(text: str, found: set[Edge]) -> None:
    assert edges(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # the deal spoken of
        (
            "Peru ordered Gripen jets from Sweden in May. The deal was cancelled.",
            {("SWE", "PER", "jas-39-gripen", "ordered"), ("SWE", "PER", "jas-39-gripen", "cancelled")},
        ),
        (
            "Peru ordered Gripen jets from Sweden in May. A deal was cancelled.",
            {("SWE", "PER", "jas-39-gripen", "ordered")},
        ),
        # a number alone
        (
            "Spain sent Ukraine ten Leopard 2 tanks. Norway contributed another five.",
            {("ESP", "UKR", "leopard-2", "delivered"), ("NOR", "UKR", "leopard-2", "delivered")},
        ),
        (
            "The A-29 is old. The A-29 is slow. Peru bought four frigates from Spain. Chile has ordered two more.",
            {("ESP", "PER", "frigate", "ordered"), ("ESP", "CHL", "frigate", "ordered")},
        ),
        # they are all of a list
        (
            "Spain and Norway met. They sent Ukraine ten Leopard 2 tanks.",
            {("ESP", "UKR", "leopard-2", "delivered"), ("NOR", "UKR", "leopard-2", "delivered")},
        ),
        # it is whom the sentence before called it
        (
            "Egypt is large. It bought jets from France. Italy sold it two FREMM frigates.",
            {("FRA", "EGY", "aircraft", "ordered"), ("ITA", "EGY", "fremm", "ordered")},
        ),
        # a request that was approved
        (
            "Washington approved the sale of F-16 jets to Peru. Peru requested to buy forty (40) F-16 jets.",
            {("USA", "PER", "f-16", "approved")},
        ),
        ("Peru requested to buy forty (40) F-16 jets.", {("USA", "PER", "f-16", "interested")}),
    ],
)
def test_a_sentence_that_points_back(text: str, found: set[Edge]) -> None:
    assert edges(text) == found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Peru received four of six T-72 tanks from Russia.", 4),
        ("Peru received forty (40) T-72 tanks from Russia.", 40),
        ("Peru received T-72 tanks from Russia, two years later.", None),
    ],
)
def test_a_number_in_words_and_in_figures_is_one(text: str, number: int | None) -> None:
    assert [told.quantity_delivered for told in statements(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "Singapore Airlines ordered 20 Boeing 777 jets.",
        "Chile fell in line, and Peru bought bread in France.",
        "Peru's order of battle has tanks; Chile, none.",
        "The Netherlands won 12 medals and Norway 54.",
        "Saab won an order from Peru for 12 buses.",
    ],
)
def test_what_only_looks_so_is_no_transfer(text: str) -> None:
    assert edges(text) == set()
