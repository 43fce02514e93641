"""Web pages: the article, its headline, date and publisher, and nothing else of the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from legation.graph.claims import Source
from legation.graph.errors import LoadError
from legation.graph.statements import TransferStatement
from legation.loaders import pipeline
from legation.loaders.page import read, recognises
from legation.loaders.reading import Given

HEAD = """<meta charset="utf-8"><title>Poland orders six boats | Harbour Post</title>
<meta property="og:title" content="Poland orders six boats"><meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2019-05-14T08:30:00+02:00">
<link rel="canonical" href="https://harbour.example/2019/boats">"""

BODY = """<nav><ul><li><a href="/">Home</a></li>
<li><a href="/deals">Russia sells Iran 24 Su-35 fighters</a></li></ul></nav>
<header><h1>Poland orders six boats</h1></header>
<article><p>Turkey has sold <a href="/x">24 <b>Bayraktar</b> <em>TB2</em></a> drones to Poland, the ministry said on
Tuesday. The contract is worth <strong>$270 million</strong>, and the first of them arrive in two years.</p>
<h2>Earlier sales</h2>
<p>The firm has sold the type before, to these customers among others, and it expects more orders as fleets grow:</p>
<ul><li>Ukraine bought twelve of them in 2019</li><li>Qatar received six</li></ul>
<table><tr><th>Buyer</th><th>Drones</th></tr><tr><td>Qatar</td><td>6</td></tr></table>
<p>No further details were given by the ministry, and the firm did not answer when it was asked for a comment.</p>
</article>
<aside><h3>Read also</h3><p><a href="/1">Ten best beaches</a></p></aside>
<footer><p>Copyright 2001 Harbour Post. All rights reserved. Cookies help us.</p></footer>"""


def html(head: str = HEAD, body: str = BODY) -> str:
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'


PAGE = html()


def test_the_page_names_its_headline_date_publisher_and_address() -> None:
    document = read(Path("boats.html"), PAGE, Given()).document
    assert document.title == "Poland orders six boats"
    assert document.published_on == "2019-05-14"
    assert document.source == Source("Harbour Post")
    assert document.address == "https://harbour.example/2019/boats"


def test_what_the_user_says_goes_before_what_the_page_says() -> None:
    document = read(Path("boats.html"), PAGE, Given("Reuters", "B", "2019-05")).document
    assert (document.source, document.published_on) == (Source("Reuters", "B"), "2019-05")


def test_the_text_is_the_article_alone_a_line_for_each_part() -> None:
    lines = read(Path("boats.html"), PAGE, Given()).document.content.split("\n")
    assert lines[0] == "Poland orders six boats"
    assert "Earlier sales" in lines
    assert "- Qatar received six" in lines
    assert "| Qatar | 6 |" in lines
    for other in ("Home", "Russia sells", "Ten best", "Copyright", "<", "---"):
        assert not any(other in line for line in lines)


def test_links_and_emphasis_part_no_name_and_quotes_are_literal() -> None:
    reading = read(Path("boats.html"), PAGE, Given())
    claims = list(reading.claims)
    assert all(reading.document.content[claim.start : claim.end] == claim.quote for claim in claims)
    told = {
        (claim.statement.supplier.id, claim.statement.buyer.id, claim.statement.system.id)
        for claim in claims
        if isinstance(claim.statement, TransferStatement)
    }
    assert ("TUR", "POL", "system:bayraktar-tb2") in told
    assert not any(buyer == "IRN" for _, buyer, _ in told)


def test_a_page_that_does_not_say_when_or_who_has_no_date_and_no_publisher() -> None:
    body = BODY.replace("in two years", "on 3 March 2021").replace("Copyright 2001 Harbour Post", "All")
    document = read(Path("x.html"), html("<title>Boats</title>", body), Given()).document
    assert (document.published_on, document.source.name, document.address) == (None, "unknown source", None)


@pytest.mark.parametrize(
    "body",
    [
        '<nav><a href="/">Home</a> <a href="/a">About us</a></nav><footer>Copyright 2020.</footer>',
        "<h1>404</h1><p>The page was not found on this server.</p>",
        "<div><p>We use cookies to give you the best of our site.</p><p>Copyright 2020. All rights reserved.</p></div>",
        "<script>var sold = 'Turkey sold 24 Bayraktar TB2 drones to Poland.';</script>",
        "",
        "<p></p>",
    ],
)
def test_a_page_without_an_article_is_refused_by_name(body: str) -> None:
    with pytest.raises(LoadError, match=r"menu\.html is a web page without an article"):
        read(Path("menu.html"), html("<title>Harbour Post</title>", body), Given())


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page"])
def test_a_page_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(PAGE, encoding="utf-8")
    assert pipeline.read(tmp_path / name, Given())[0] == "page"


@pytest.mark.parametrize("text", ["Poland ordered boats.", "a < b, and c > d", "<?xml version='1.0'?><feed></feed>"])
def test_other_text_is_no_page(text: str) -> None:
    assert not recognises(Path("x.txt"), text)


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("windows-1254", "cp1254"), ("iso-8859-1", "cp1252"), ("iso-8859-9", "iso-8859-9"), ("utf-8", "utf-8")],
)
def test_the_encoding_that_a_page_names_is_believed(tmp_path: Path, charset: str, encoding: str) -> None:
    words = "Türkiye, the ministry in İzmir and Şırnak said," if "4" in charset or "-9" in charset else "Türkiye said,"
    page = html(HEAD.replace("utf-8", charset), BODY.replace("the ministry said", words))
    (tmp_path / "x.html").write_bytes(page.encode(encoding))
    assert words in pipeline.read(tmp_path / "x.html", Given())[1].document.content


NASTY = [
    "<div>",
    "<",
    "<a href=",
    "&#",
    "<!--",
    "<p>Peru ",
    "<td>",
    "<b><i>",
    "]]>",
    "<ul><li>",
    "<p>Peru waits for it.</p>",
]


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("around", ["{}", html(body="{}")])
def test_a_hundred_thousand_nasty_characters_give_a_document_or_an_error_by_name(nasty: str, around: str) -> None:
    page = around.format(nasty * (100_000 // len(nasty)))
    try:
        told = read(Path("x.html"), page, Given()).document.content
    except LoadError as error:
        told = str(error)
    assert told.startswith(("x.html is a web page without", "Poland", "Peru", "- Peru"))
