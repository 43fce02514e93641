"""Whatever becomes of the rows of a file, each is read or refused, none is lost, and only LoadError is raised."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from legation.graph.errors import LoadError
from legation.loaders.reading import Refused
from legation.loaders.sipri import api, classic, deals, deliveries, rtf, tiv
from legation.loaders.sipri.preamble import is_note
from legation.loaders.sipri.table import Row, is_blank
from rows import API_DEAL, DEALS_HEADER, DELIVERIES_HEADER

DEALS = (
    (DEALS_HEADER + "\n"),
    (
        "Poland,Turkiye,2021,?,24,,Bayraktar TB2,armed UAV,6,?,2022; 2023,New,$270 m deal; aid,3,72,18",
        "Ukraine,Sweden,1999,,3,?,RBS-70,portable SAM,0,,,Second hand,,0.1,0.3,0",
    ),
    ",",
)
DELIVERIES = (
    (DELIVERIES_HEADER + ";\n"),
    (
        "4711,Turkiye,Poland,Bayraktar TB2,armed UAV,Aircraft,2021,Yes,6,No,2022,,New,3,1.2,7.2,No;",
        "4712,Sweden,Ukraine,RBS-70 -,portable SAM,Missiles,1999,No,3,Yes,2001,No,Second hand,0.1,0.04,0,Yes;",
    ),
    ",",
)
TIV = ("Exports by,2020,2021,2022,2020-2022,Percentage\n", ("Ruritania,12,0 ,,12,60%", "Freedonia,,7.5,1,8,40%"), ",")
CLASSIC = (
    "\trecipient (R)\tordered\tdesignation\tdescription\tof order\tdelivery\tdelivered\tComments\n\t\n",
    (
        "Turkiye\nR: Poland\t(24)\tBayraktar TB2\tarmed UAV\t(2021)\t2022-2023\t6\t$270 m deal",
        "     Ukraine\t3\tRBS-70\tportable SAM\t1999\t2001\t(3)\t",
        "     \t\t. .\tRBS-90\tportable SAM\t2000\t\t\tSupplier uncertain",
    ),
    "\t",
)
TABBED = (
    (
        "Supplier\tRecipient\tNo. ordered\tWeapon designation\tWeapon description\tYear of order\tYear of delivery"
        "\tNo. delivered\tComments\n"
    ),
    (
        "Turkiye\t Poland\t(24)\tBayraktar TB2\tarmed UAV\t(2021)\t2022-2023\t6\t$270 m deal",
        "\t Ukraine\t3\tRBS-70\tportable SAM\t1999\t2001\t(3)\t",
        "\t\t. .\tRBS-90\tportable SAM\t2000\t\t\tSupplier uncertain",
    ),
    "\t",
)
READERS: dict[str, tuple[Callable[[str], Iterator[Row]], tuple[str, tuple[str, ...], str]]] = {
    "deals": (deals.read, DEALS),
    "deliveries": (deliveries.read, DELIVERIES),
    "tiv": (tiv.read, TIV),
    "classic": (classic.read, CLASSIC),
    "tabbed": (classic.read, TABBED),
}
ODD = (
    *("", " ", "0", "-1", "1e309", "nan", "20222", "9" * 400, "\0", '"', '""', '"a,b"', "a\nb", "\n", "?", "=cmd()"),
    *("R:", "a,b", "2021", "Poland", "()", "(", "1999-1998", "0000", "٣", "\u2028", "\x0b", "\x1c", "\r", "\ud800"),
    "Total ",
)
CELLS = some.one_of(
    some.sampled_from(ODD),
    some.text(max_size=12),
)
EXAMPLES = 260
ROWS = some.integers(8, 12)
"""So that more than 2,000 rows are tried in each dialect."""


@some.composite
def mutated(draw: some.DrawFn, rows: tuple[str, ...], separator: str) -> str:
    """Draw lines of which most are whole and some are not."""
    made = []
    for _ in range(draw(ROWS)):
        row = draw(some.sampled_from(rows))
        cells = row.split(separator)
        at = draw(some.integers(0, len(cells) - 1))
        kind = draw(
            some.sampled_from(("whole", "cell", "deleted", "doubled", "glued", "cut", "end", "moved", "quoted", "junk"))
        )
        if kind == "cell":
            cells[at] = draw(CELLS)
        elif kind == "deleted":
            del cells[at]
        elif kind == "doubled":
            cells.insert(at, cells[at])
        elif kind == "glued":
            cells[at : at + 2] = ["".join(cells[at : at + 2])]
        elif kind == "cut":
            cells = cells[:at]
        elif kind == "end":
            cells = cells[at:]
        elif kind == "moved":
            cells.append(cells.pop(at))
        elif kind == "quoted":
            cells[at] = f'"{cells[at]}'
        row = separator.join(cells) if kind != "junk" else draw(some.text(max_size=40))
        made.append(row + draw(some.sampled_from(("", "", "", ";", ";;;;", ",,,", "\r", "\n"))))
    return "\n".join(made)


def covered(text: str, rows: list[Row]) -> list[int]:
    """Give the lines, blank ones left out, of which the rows tell, in the order in which they tell."""
    told = []
    for row in rows:
        if isinstance(row, Refused):
            told.append(row.row)
            continue
        assert text[row.start : row.start + len(row.text)] == row.text
        assert text.count("\n", 0, row.start) + 1 == row.line
        pieces = row.text.split("\n")
        assert bool(row.repaired) or len(pieces) == 1
        told += [row.line + number for number, piece in enumerate(pieces) if not is_blank(piece)]
    return told


@pytest.mark.parametrize("dialect", READERS)
def test_every_line_is_told_of_once(dialect: str) -> None:
    read, (header, rows, separator) = READERS[dialect]

    @settings(max_examples=EXAMPLES, deadline=None, database=None)
    @given(mutated(rows, separator))
    def told_once(body: str) -> None:
        text = header + body
        try:
            found = list(read(text))
        except LoadError as error:
            assert "no row" in str(error)  # noqa: PT017  (the only error that the rows may cause)
            found = []
        told = covered(text, found)
        assert told == sorted(set(told))
        given = {number for number, line in enumerate(text.split("\n"), 1) if not is_blank(line) and not is_note(line)}
        given -= set(range(1, header.count("\n") + 1))
        if dialect == "tiv":
            given = {at for at in given if not text.split("\n")[at - 1].strip(' "').lower().startswith("total")}
            told = [at for at in told if at in given]
        missing = given - set(told)
        if separator == "\t":  # a supplier is a line of its own
            missing = {at for at in missing if "\t" in text.split("\n")[at - 1].rstrip(" \t")}
        assert missing == set()
        assert set(told) <= given
        if separator == ",":  # a whole row is read as it stands, whatever is above and below it
            alone = {one.line for one in found if not isinstance(one, Refused) and not one.repaired}
            assert {number for number, line in enumerate(text.split("\n"), 1) if line in rows} <= alone

    told_once()


DEAL = API_DEAL | {"deliveryYr": 0}


@settings(max_examples=EXAMPLES, deadline=None, database=None)
@given(some.data())
def test_every_object_of_a_list_is_told_of_whatever_its_neighbours_are(data: some.DataObject) -> None:
    junk = some.sampled_from(("", "{", "}", '"', "\\", "[", "\0", '"a":1', "1e309", "NaN", "\n"))
    text, whole = "[", []
    for _ in range(data.draw(ROWS)):
        values = DEAL | data.draw(some.dictionaries(some.sampled_from(sorted(DEAL)), CELLS | some.floats(), max_size=2))
        one = json.dumps(values, indent=data.draw(some.sampled_from((None, 2))))
        if data.draw(some.booleans()):
            whole.append(len(text))
        else:
            at, more = data.draw(some.integers(0, len(one))), data.draw(some.integers(0, 30))
            one = one[:at] + data.draw(junk) + one[at + more :]
        text += one + ",\n"
    found = list(api.read(text + "]"))
    starts = {one.start for one in found if not isinstance(one, Refused)}
    refused = [one.row for one in found if isinstance(one, Refused)]
    for start in whole:
        assert start in starts or text.count("\n", 0, start) + 1 in refused
    covered(text, [one for one in found if isinstance(one, Refused)])


@settings(max_examples=EXAMPLES, deadline=None, database=None)
@given(
    some.lists(
        some.sampled_from(("{", "}", "\\par", "\\tab ", "\\u65?", "\\'d4", "\\*", "\\uc3", "\\", "a\tb", "\n"))
        | some.text()
    )
)
def test_any_rich_text_becomes_text(pieces: list[str]) -> None:
    assert isinstance(rtf.to_text("{\\rtf1\\mac " + "".join(pieces)), str)


@settings(max_examples=EXAMPLES, deadline=None, database=None)
@given(some.text(max_size=400), some.sampled_from(sorted(READERS)))
def test_any_text_is_read_or_is_an_error(text: str, dialect: str) -> None:
    try:
        list(READERS[dialect][0](text))
    except LoadError:
        return
