"""The Top 100: every row of a year's list states sales, seat and parent. The firms and figures are made up."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from legation.graph.claims import Claim
from legation.graph.errors import LoadError
from legation.graph.statements import DescriptionStatement, RelationStatement, VolumeStatement
from legation.loaders import pipeline
from legation.loaders.reading import Given, Reading
from legation.loaders.sipri import top100
from openpyxl import Workbook

ABOVE = "The Top 100, {year}\nFigures for arms sales are in millions of US$.\nSource: a database, retrieved May 2019"
COLUMNS = (
    "Rank ({year})  *Note (b)\tRank ({before})\tCompany (c) \t Country \tArms Sales ({year})\tArms Sales ({before})"
    "\tTotal Sales ({year})\tArms sales {year} (constant 2018 prices) note (d)"
)
NOTES = "\na\tA general remark.\nd\tFigures are in constant 2018 US$.\n"


def sheet(year: int, *rows: str, name: str = "", columns: str = COLUMNS, notes: str = NOTES, above: str = ABOVE) -> str:
    """Give the text of one sheet; cells of rows are parted by ``|``."""
    head = f"{above}\n{columns}".format(year=year, before=year - 1)
    body = "\n".join(row.replace("|", "\t") for row in rows)
    return f"# sheet: {name or year}\n{head}\n{body}\n{notes}"


def reading(*sheets: str, strict: bool = False) -> Reading:
    return top100.read(Path("x.xlsx"), "".join(sheets), Given(strict=strict))


def claims(*sheets: str) -> list[Claim]:
    return list(reading(*sheets).claims)


def relations(*sheets: str) -> set[tuple[str, str, str, str | None, str | None]]:
    told = (claim.statement for claim in claims(*sheets))
    return {
        (one.subject.name, one.relation, one.object.name, one.since, one.until)
        for one in told
        if isinstance(one, RelationStatement)
    }


def aliases(*sheets: str) -> dict[str, tuple[str, ...]]:
    told = (claim.statement for claim in claims(*sheets))
    return {one.subject.name: one.aliases for one in told if isinstance(one, DescriptionStatement)}


def volumes(*sheets: str) -> list[VolumeStatement]:
    return [claim.statement for claim in claims(*sheets) if isinstance(claim.statement, VolumeStatement)]


def test_a_row_states_sales_in_each_kind_of_prices_and_the_seat() -> None:
    found = reading(sheet(2015, "1|2|Ruritanian Arms|Poland|120|100|400|123.45678901234567"))
    current, constant, seat = found.claims
    assert isinstance(current.statement, VolumeStatement)
    assert isinstance(constant.statement, VolumeStatement)
    assert current.statement.actor.id == "firm:ruritanian-arms"
    assert (current.statement.direction, current.statement.currency, current.statement.price_year) == (
        "sales",
        "USD",
        None,
    )
    assert (current.statement.years, current.statement.volumes) == ((2014, 2015), (100.0, 120.0))
    assert (constant.statement.price_year, constant.statement.volumes) == (2018, (123.45678901234567,))
    assert isinstance(seat.statement, RelationStatement)
    assert (seat.statement.relation, seat.statement.object.id) == ("BASED_IN", "POL")
    assert found.document.published_on == "2019-05"
    for claim in (current, constant, seat):
        assert claim.quote == found.document.content[claim.start : claim.end]
        assert found.document.content.split("\n")[(claim.row or 0) - 1] == claim.quote
    assert "The columns 'total sales' are not read" in found.note


def test_what_is_not_available_is_not_nought() -> None:
    (current,) = volumes(sheet(2015, "1|2|Ruritanian Arms|Poland|120|. .|. .|. . "))
    assert (current.years, current.volumes) == ((2015,), (120.0,))


def test_columns_are_found_in_whatever_order_they_stand() -> None:
    columns = (
        "Rank ({year})\tCompany (c) \tCountry\tArms Sales ({year})\tArms sales {year} (constant prices 2018) note (d)"
    )
    current, constant = volumes(sheet(2002, "1|Ruritanian Arms|Poland|120|150", columns=columns))
    assert (current.years, current.price_year, constant.volumes, constant.price_year) == ((2002,), None, (150.0,), 2018)


def test_a_subsidiary_is_owned_by_what_its_brackets_name_without_the_country() -> None:
    rows = ("1|1|Fabrika Group|Poland|120|100", "S|S|Fabrika Marine (Fabrika UK)|United Kingdom|20|10")
    assert relations(sheet(2015, *rows)) == {
        ("Fabrika Group", "BASED_IN", "Poland", None, None),
        ("Fabrika Marine", "BASED_IN", "United Kingdom", None, None),
        ("Fabrika Group", "OWNS", "Fabrika Marine", None, None),
    }


def test_a_parent_whose_first_words_two_firms_have_is_neither() -> None:
    rows = ("1|1|Fabrika North|Poland|9|9", "2|2|Fabrika South|Poland|8|8", "S|S|Yard (Fabrika Poland)|Poland|2|1")
    assert ("Fabrika", "OWNS", "Yard", None, None) in relations(sheet(2015, *rows))


def test_a_listed_parent_and_its_listed_subsidiary_stay_two() -> None:
    rows = ("1|1|MBDA|Trans-European|120|100", "S|S|MBDA UK (MBDA Trans-European)|United Kingdom|20|10")
    found = reading(sheet(2015, *rows))
    told = [claim.statement for claim in found.claims]
    owns = [one for one in told if isinstance(one, RelationStatement) and one.relation == "OWNS"]
    assert [(one.subject.id, one.object.id) for one in owns] == [("firm:mbda", "firm:mbda-uk")]
    assert "1 row of Trans-European firms name no state" in found.note


def test_a_change_of_parent_is_dated_by_the_lists_that_show_it() -> None:
    parents = ("1|1|Alpha|Poland|9|9", "2|2|Beta|Poland|8|8")
    told = relations(
        sheet(2014, *parents, "S|S|Yard (Alpha Poland)|Poland|2|1"),
        sheet(2015, *parents, "S|S|Yard (Beta Poland)|Poland|2|1"),
        sheet(2017, *parents, "3|S|Yard|Poland|2|1"),
    )
    assert {one[:1] + one[2:] for one in told if one[1] == "OWNS"} == {
        ("Alpha", "Yard", None, "2015"),
        ("Beta", "Yard", "2015", None),
    }


OLD = sheet(2014, "7|9|Fabrika Truck|Poland|120|100")


def test_a_new_name_with_the_rank_and_sales_of_the_old_is_the_same_firm() -> None:
    assert aliases(OLD, sheet(2015, "8|7|Fabrika Defence|Poland|130|120")) == {"Fabrika Defence": ("Fabrika Truck",)}
    found = claims(OLD, sheet(2015, "8|7|Fabrika Defence|Poland|130|120"))
    assert {claim.statement.actor.id for claim in found if isinstance(claim.statement, VolumeStatement)} == {
        "firm:fabrika-defence"
    }
    assert [claim.quote.split("\t")[2] for claim in found if isinstance(claim.statement, DescriptionStatement)] == [
        "Fabrika Truck"
    ]


def test_a_firm_that_takes_its_old_name_back_is_one_firm() -> None:
    back = sheet(2016, "9|8|Fabrika Truck|Poland|140|130")
    found = claims(OLD, sheet(2015, "8|7|Fabrika Defence|Poland|130|120"), back)
    assert len({one.statement.actor.id for one in found if isinstance(one.statement, VolumeStatement)}) == 1


def test_an_abbreviation_and_what_it_stands_for_can_be_one_firm() -> None:
    old = sheet(2014, "7|9|Polska Zbrojna-Marynarka Stocznia|Poland|120|100")
    assert aliases(old, sheet(2015, "8|7|PZM Corp.|Poland|130|120")) != {}


@pytest.mark.parametrize(
    "row",
    [
        "8|6|Fabrika Defence|Poland|130|120",  # another rank
        "8|7|Fabrika Defence|Poland|130|121",  # other sales
        "8|7|Fabrika Defence|Norway|130|120",  # another country
        "8|7|Konzern|Poland|130|120",  # nothing in common but rank and sales
        "8|7|Fabrika Defence|Poland|130|120\n9|8|Fabrika Truck|Poland|90|80",  # both are there
    ],
)
def test_anything_less_leaves_two_firms(row: str) -> None:
    assert aliases(OLD, sheet(2015, *row.split("\n"))) == {}


def test_a_firm_in_another_place_with_another_name_is_flagged() -> None:
    found = reading(OLD, sheet(2015, "8|7|Konzern|Poland|130|120"))
    list(found.claims)
    assert found.tally is not None
    assert "'Konzern' has the rank and sales that 'Fabrika Truck' has" in found.tally.flagged[0].reason


WITH_NOTES = (
    "Rank ({year})\tRank ({before})\tCompany\tNotes ({year})\tCountry (d)\tArms Sales ({year})\tArms sales ({before})"
)


def test_a_footnote_on_a_merger_takes_away_the_figures_of_earlier_years_and_the_older_name() -> None:
    notes = "\nf\tThe arms sales figure is an estimate.\ni\tFabrika Defence acquired Fabrika Truck in 2015.\n"
    new = sheet(2015, "8|7|Fabrika Defence|i|Poland|130|120", columns=WITH_NOTES, notes=notes)
    assert aliases(OLD, new) == {}
    found = reading(OLD, new)
    told = [claim.statement for claim in found.claims]
    sales = [one for one in told if isinstance(one, VolumeStatement) and one.actor.name == "Fabrika Defence"]
    assert [one.years for one in sales] == [(2015,)]
    assert found.tally is not None
    assert "a footnote says: Fabrika Defence acquired" in found.tally.flagged[0].reason


def test_a_footnote_marks_the_year_as_an_estimate() -> None:
    notes = "\nf\tThe arms sales figure is an estimate.\n"
    told = volumes(sheet(2015, "8|7|Fabrika|f|Poland|130|120", columns=WITH_NOTES, notes=notes))
    assert [(one.years, one.estimated) for one in told] == [((2014,), ()), ((2015,), ("volumes",))]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1|2||Poland|120|100", "it has no company"),
        ("x|2|Fabrika|Poland|120|100", "'x' is no rank"),
        ("1|2|Fabrika|Poland|-120|100", "'-120' is no figure of arms sales"),
        ("1|2|Fabrika|Poland|1e9|100", "'1e9' is no figure"),
        ("S|S|Fabrika|Poland|120|100", "no brackets name its parent"),
    ],
)
def test_a_row_that_cannot_be_understood_is_refused_with_its_place(row: str, reason: str) -> None:
    text = sheet(2015, "1|1|Alpha|Poland|9|9", row)
    found = reading(text)
    assert len(list(found.claims)) == 2
    assert found.tally is not None
    (refused,) = found.tally.refused
    assert (found.tally.read, refused.row) == (2, 7)
    assert refused.reason.startswith("sheet '2015', row 6: ")
    assert reason in refused.reason
    with pytest.raises(LoadError, match=r"x\.xlsx, line 7: .* Nothing of the file is loaded"):
        list(reading(text, strict=True).claims)


def test_sheets_that_are_no_list_are_named_with_their_rows() -> None:
    good = sheet(2015, "1|1|Alpha|Poland|9|9")
    unitless = sheet(2014, "1|1|Alpha|Poland|9|9", name="filter", above="x\nx\nx")
    note = reading(unitless, good, sheet(2015, "1|1|Beta|Poland|9|9", name="copy"), "# sheet: mine\na\tb\n").note
    assert "Sheet 'filter' with 7 rows is not read: no line above its header says in what its figures are" in note
    assert "sheet 'copy' with 7 rows is not read: it is a second list of 2015" in note
    assert "sheet 'mine' with 1 rows is not read: it has no columns" in note
    with pytest.raises(LoadError, match=r"x\.xlsx: No sheet of the workbook is a list"):
        reading(unitless)


def test_a_workbook_is_told_by_what_is_in_it(tmp_path: Path) -> None:
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = "2015 "
    for line in sheet(2015, "1|2|Fabrika|Poland|120|. .|400").split("\n")[1:]:
        page.append([int(cell) if cell.isdecimal() else cell for cell in line.split("\t")])
    made.save(tmp_path / "any.xlsx")
    assert pipeline.find_files([tmp_path]) == [tmp_path / "any.xlsx"]
    name, found = pipeline.read(tmp_path / "any.xlsx", Given())
    assert (name, Counter(claim.statement.states for claim in found.claims)) == ("top100", {"volume": 1, "BASED_IN": 1})


@pytest.mark.real_data
def test_every_firm_year_of_the_real_workbook_is_accounted_for(real_data: Path) -> None:
    path = real_data / "data" / "sipri" / "SIPRI-Top-100-2002-2018_0.xlsx"
    name, found = pipeline.read(path, Given())
    told = list(found.claims)
    assert found.tally is not None
    assert (name, found.tally.read, found.tally.refused, len(found.tally.flagged)) == ("top100", 1_988, [], 6)
    assert len({claim.row for claim in told}) == 1_988
    assert Counter(claim.statement.states for claim in told) == {
        "volume": 3_986,
        "BASED_IN": 1_950,
        "OWNS": 288,
        "description": 8,
    }
    content = found.document.content
    assert all(content[claim.start : claim.end] == claim.quote for claim in told)
