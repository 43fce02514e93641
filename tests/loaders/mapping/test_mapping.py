"""Tables by mappings, from the file to the claims."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from legation.graph.claims import Claim
from legation.graph.errors import LoadError
from legation.graph.statements import DescriptionStatement, RelationStatement, TransferStatement
from legation.loaders import pipeline
from legation.loaders.mapping import rows as mapped
from legation.loaders.mapping.model import MappingWrong
from legation.loaders.reading import Given, Tally

SOURCE = "mapping: t\nsource: {name: The list, reliability: B}\n"
LEADS = (
    SOURCE
    + """\
parties:
  state: {label: State, name: country}
  leader: {label: Person, name: who, of: state, since: from, until: to, key: born}
statements:
  - {states: LEADS, subject: leader, object: state, since: from, until: to}
"""
)
HEADER = "who,country,born,from,to\n"


def read(
    tmp_path: Path, mapping: str, table: str | bytes, name: str = "t.csv", *, strict: bool = False
) -> tuple[list[Claim], Tally]:
    (tmp_path / "m.yaml").write_text(mapping, encoding="utf-8")
    (tmp_path / name).write_bytes(table if isinstance(table, bytes) else table.encode())
    _, reading = pipeline.read(tmp_path / name, Given(mapping=str(tmp_path / "m.yaml"), strict=strict))
    claims = list(reading.claims)
    assert reading.tally is not None
    for one in claims:
        assert reading.document.content[one.start : one.end] == one.quote
    return claims, reading.tally


def relations(claims: list[Claim]) -> list[tuple[str, str, str, str | None, str | None]]:
    """Give what is stated; of an id without the digest that keeps it apart from others."""
    stated = [one.statement for one in claims if isinstance(one.statement, RelationStatement)]
    return [(one.relation, plain(one.subject.id), plain(one.object.id), one.since, one.until) for one in stated]


def plain(made_id: str) -> str:
    return re.sub(r"-[0-9a-f]{8}$", "", made_id)


def test_a_row_becomes_a_claim_that_quotes_it(tmp_path: Path) -> None:
    (claim,), tally = read(tmp_path, LEADS, HEADER + "Ann Other,Poland,1950,1990-05-01,1991\n")
    assert relations([claim]) == [("LEADS", "person:ann-other-pol-1950", "POL", "1990-05-01", "1991")]
    assert (claim.quote, claim.row) == ("Ann Other,Poland,1950,1990-05-01,1991", 2)
    assert tally.in_words() == "1 row"


def test_two_leaders_of_one_name_are_two_people(tmp_path: Path) -> None:
    rows = "Wilson,United States,1856,1913,1921\nWilson,United Kingdom,1916,1964,1970\n"
    rows += "Wilson,United Kingdom,1860,1900,1901\n"
    claims, _ = read(tmp_path, LEADS, HEADER + rows)
    assert len({subject for _, subject, _, _, _ in relations(claims)}) == 3


def test_what_tells_people_apart_never_runs_into_their_names(tmp_path: Path) -> None:
    mapping = (
        SOURCE
        + """\
parties:
  state: {label: State, name: country}
  one: {label: Person, name: who, of: state, key: [born, number]}
statements:
  - {states: LEADS, subject: one, object: state}
"""
    )
    table = (
        "who,country,born,number\nAda Zet,Poland,1970,1\nAda Zet,Poland,1970-1,\nAda Zet,Poland,,1970-1\n"
        "Ada Zet POL 1970,Poland,1,\nADA ZET,POL,1970,1\n"
    )
    ids = [one.statement.subject.id for one in read(tmp_path, mapping, table)[0]]  # type: ignore[union-attr]
    assert len(set(ids)) == 4
    assert ids[0] == ids[4]
    assert {plain(one) for one in ids} == {"person:ada-zet-pol-1970-1", "person:ada-zet-pol-1970-pol-1"}


def test_whoever_the_lists_know_is_found_only_where_and_when_he_was_in_office(tmp_path: Path) -> None:
    rows = "Obama,United States,,2009-01-20,2017\nObama,Kenya,,2009,2010\n"
    rows += "Obama,United States,,1889,1893\nPutin,Russia,,2000,\n"
    claims, _ = read(tmp_path, LEADS, HEADER + rows)
    assert [subject for _, subject, _, _, _ in relations(claims)] == [
        "person:barack-obama",
        "person:obama-ken",
        "person:obama-usa",
        "person:vladimir-putin",
    ]


def test_a_state_that_no_list_knows_refuses_its_row_unless_said_otherwise(tmp_path: Path) -> None:
    row = HEADER + "Zog,Ruritania,1895,1928,1939\nAnn Other,Poland,1950,1990,1991\n"
    claims, tally = read(tmp_path, LEADS, row)
    assert [(one.row, one.reason) for one in tally.refused] == [(2, "country: 'Ruritania' is not known as a state")]
    assert len(claims) == 1
    claims, _ = read(tmp_path, LEADS.replace("name: country}", "name: country, otherwise: Organisation}"), row)
    assert relations(claims)[0][2] == "org:ruritania"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Ann,Poland,1950,1990-13-01,1991", "from: '1990-13-01' is no date as 2021-12-03, 2021-12 or 2021"),
        ("Ann,Poland,1950,yesterday,1991", "from: 'yesterday' is no date"),
        ("Ann,Poland,1950,1990-01-02 00:00:00 or so,1991", "from: '1990-01-02 00:00:00 or so' is no date"),
        ("Ann,Poland,1950,1990", "it has 4 fields, 5 are needed"),
        (",Poland,1950,1990,1991", "nothing is stated in it: leader is empty"),
        ("A" * 10_240 + ",Poland,1950,1990,1991", "has 10240 characters; 300 are taken"),
    ],
)
def test_a_cell_that_does_not_fit_refuses_its_row_with_column_and_value(tmp_path: Path, row: str, reason: str) -> None:
    claims, tally = read(tmp_path, LEADS, f"{HEADER}{row}\nAnn,Poland,1950,1990,1991\n")
    (refused,) = tally.refused
    assert reason in refused.reason
    assert (refused.row, len(claims), tally.read) == (2, 1, 2)
    with pytest.raises(LoadError, match=r"line 2: .*Nothing of the file is loaded"):
        read(tmp_path, LEADS, f"{HEADER}{row}\n", strict=True)


def test_names_in_any_script_are_names(tmp_path: Path) -> None:
    claims, _ = read(
        tmp_path, LEADS, HEADER + "Владимир,Poland,1950,1990,\n毛泽东,China,1893,1949,\nعمر,Egypt,,1990,\n"
    )
    ids = [subject for _, subject, _, _, _ in relations(claims)]
    assert ids[:2] == ["person:vladimir-pol-1950", "person:mao-zedong"]
    assert {one.statement.subject.name for one in claims if isinstance(one.statement, RelationStatement)} == {
        "Владимир",
        "Mao Zedong",
        "عمر",
    }


def test_a_column_that_is_not_there_is_told_with_the_line_of_the_mapping(tmp_path: Path) -> None:
    with pytest.raises(MappingWrong, match=r"m.yaml, line 4: .*no column 'country'. Did you mean countri\?"):
        read(tmp_path, LEADS, "who,countri,born,from,to\nx,Poland,1,1990,1991\n")


def test_a_column_that_is_there_twice_is_told(tmp_path: Path) -> None:
    table = "who,country,born,from,to,from,other,other\nAnn,Poland,1950,1990,1991,1992,1,2\n"
    with pytest.raises(MappingWrong, match=r"m.yaml, line 5: .*t.csv has the column 'from' 2 times in line 1\."):
        read(tmp_path, LEADS, table)
    assert len(read(tmp_path, LEADS, table.replace("to,from", "to,x"))[0]) == 1


def test_midnight_behind_a_day_is_no_time(tmp_path: Path) -> None:
    rows = "Ann,Poland,1950,1990-01-02 00:00:00,1991-01-02T00:00:00.000Z\n"
    assert relations(read(tmp_path, LEADS, HEADER + rows)[0])[0][3:] == ("1990-01-02", "1991-01-02")


CODED = (
    SOURCE
    + """\
parties:
  a: {label: State, code: a, list: cow, on: year}
  b: {label: State, code: b, list: cow, on: year}
leave_out:
  - {when: {a: {above: b}}, because: it is told twice}
statements:
  - {states: ALLIED_WITH, subject: a, object: b, title: what, fold: {years: year, last: 2000}}
"""
)


def test_rows_of_year_after_year_become_one_claim_that_quotes_them_all(tmp_path: Path) -> None:
    years = "".join(f"2,20,{year},defence\n" for year in (1942, 1943, 1944, 1998, 1999, 2000))
    claims, tally = read(tmp_path, CODED, "a,b,year,what\n" + years + "20,2,1942,defence\n")
    assert relations(claims) == [
        ("ALLIED_WITH", "USA", "CAN", "1942", "1944"),
        ("ALLIED_WITH", "USA", "CAN", "1998", None),
    ]
    assert claims[0].quote == "2,20,1942,defence\n2,20,1943,defence\n2,20,1944,defence"
    assert (tally.read, tally.plain, dict(tally.left_out)) == (7, 6, {"it is told twice": 1})
    assert "7 rows (1 left out)" in tally.in_words()
    assert list(tally.remarks(3)) == ["1 row left out: it is told twice."]


def test_rows_that_another_parts_are_not_one_claim(tmp_path: Path) -> None:
    claims, _ = read(tmp_path, CODED, "a,b,year,what\n2,20,1942,x\n2,200,1942,x\n2,20,1943,x\n2,20,1944,y\n")
    assert [(since, until) for _, _, _, since, until in relations(claims)] == [("1942",) * 2] * 2 + [
        ("1943",) * 2,
        ("1944",) * 2,
    ]


def test_a_code_means_what_it_meant_then(tmp_path: Path) -> None:
    rows = "".join(f"2,365,{year},x\n" for year in (1900, 1950, 1999))
    claims, _ = read(tmp_path, CODED, "a,b,year,what\n" + rows)
    assert [end for _, _, end, _, _ in relations(claims)] == ["RUS", "SUN", "RUS"]
    _, tally = read(tmp_path, CODED, "a,b,year,what\n2,998,1999,x\n2,20,1999,x\n")
    assert tally.refused[0].reason == "b: '998' is no code of the list cow"


def test_a_state_that_came_back_is_described_once_over_both_times(tmp_path: Path) -> None:
    mapping = (
        SOURCE
        + """\
parties: {state: {label: State, name: state}}
statements:
  - {states: description, subject: state, since: from, until: to, fold: {span: true}}
"""
    )
    claims, _ = read(tmp_path, mapping, "state,from,to\nPoland,1918,1939\nPoland,1945,\nEgypt,1922,1950\n")
    told = [one.statement for one in claims if isinstance(one.statement, DescriptionStatement)]
    assert [(one.subject.id, one.since, one.until) for one in told] == [("POL", "1918", None), ("EGY", "1922", "1950")]


def test_a_span_whose_end_reaches_the_last_year_of_the_table_has_no_known_end(tmp_path: Path) -> None:
    mapping = (
        SOURCE
        + """\
parties: {state: {label: State, name: state}}
statements:
  - {states: description, subject: state, since: from, until: to, fold: {span: true, last: 2018}}
"""
    )
    table = "state,from,to\nPoland,1918,2005-03-04\nEgypt,1922-02-28,2018-12-31\n"
    claims, _ = read(tmp_path, mapping, table)
    told = [one.statement for one in claims if isinstance(one.statement, DescriptionStatement)]
    assert [(one.since, one.until) for one in told] == [("1918", "2005-03-04"), ("1922-02-28", None)]


DEALS = (
    SOURCE
    + """\
missing: [". .", -9]
parties:
  supplier: {label: State, name: seller}
  buyer: {label: State, name: buyer}
  system: {label: System, name: what}
statements:
  - states: transfer
    supplier: supplier
    buyer: buyer
    system: system
    status: {column: status, values: {contract: signed, talks: negotiating}}
    quantity_ordered: {column: n, thousands: ",", decimal: "."}
    value: {column: price, thousands: ".", decimal: ","}
    currency: {constant: EUR, when: {price: {empty: false}}}
    delivery_years: {column: years, split: ";"}
    order_year: {column: day, date: "%d %B %Y"}
"""
)


def test_a_deal_is_mapped_with_its_numbers_years_and_status(tmp_path: Path) -> None:
    table = 'seller;buyer;what;status;n;price;years;day\nTurkey;Poland;TB2;contract;"1,024";1.250,5;2022;24 May 2021\n'
    (claim,), _ = read(tmp_path, DEALS, table.replace("2022;24", '"2022; 2023";24'))
    stated = claim.statement
    assert isinstance(stated, TransferStatement)
    assert (stated.status, stated.quantity_ordered, stated.value, stated.currency) == ("signed", 1024, 1250.5, "EUR")
    assert (stated.delivery_years, stated.order_year, stated.system.id) == ((2022, 2023), 2021, "system:bayraktar-tb2")


def test_what_is_missing_is_unknown_and_not_zero(tmp_path: Path) -> None:
    table = "seller;buyer;what;status;n;price;years;day\nTurkey;Poland;TB2;talks;. .;-9;;\n"
    (claim,), _ = read(tmp_path, DEALS, table)
    stated = claim.statement
    assert isinstance(stated, TransferStatement)
    assert (stated.quantity_ordered, stated.value, stated.currency, stated.delivery_years) == (None, None, None, ())


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("rumour;1;1;2022;24 May 2021", "status: 'rumour' is none of contract, talks"),
        ("talks;12.5;1;2022;24 May 2021", "n: '12.5' is no whole number"),
        ("talks;1,2,3;1;2022;24 May 2021", "n: '1,2,3' is no whole number"),
        ("talks;1;12.5;2022;24 May 2021", "price: '12.5' is no number with ','"),
        ("talks;1;1.234,5.678;2022;24 May 2021", "price: '1.234,5.678' is no number"),
        ("talks;1;.234;2022;24 May 2021", "price: '.234' is no number"),
        ("talks;-3;1;2022;24 May 2021", "n: '-3' is less than nothing"),
        ("talks;1;-3,5;2022;24 May 2021", "price: '-3,5' is less than nothing"),
        ("talks;1;1;2022;31 June 2021", "day: '31 June 2021' is no date as %d %B %Y"),
    ],
)
def test_a_value_of_the_wrong_type_is_told(tmp_path: Path, cells: str, reason: str) -> None:
    table = f"seller;buyer;what;status;n;price;years;day\nTurkey;Poland;TB2;{cells}\n"
    table += "Turkey;Poland;TB2;talks;1;1;2022;1 May 2021\n"
    claims, tally = read(tmp_path, DEALS, table)
    assert reason in tally.refused[0].reason
    assert len(claims) == 1


SYSTEMS = (
    SOURCE
    + """\
parties:
  firm: {label: Firm, name: firm}
  system: {label: System, name: what, key: mark}
statements:
  - {states: MAKES, subject: firm, object: system}
"""
)
MADE = "firm,what,mark\nBaykar,TB2,x\nAcme Works,Odd Thing,1\nAcme Works,Odd Thing,2\n"


def test_systems_that_no_list_knows_are_told_apart_by_their_key_and_refused_or_renamed_as_said(tmp_path: Path) -> None:
    claims, _ = read(tmp_path, SYSTEMS, MADE)
    known, first, second = [end for _, _, end, _, _ in relations(claims)]
    assert known == "system:bayraktar-tb2"
    assert first != second
    assert first.startswith("system:oddthing-1")
    claims, tally = read(tmp_path, SYSTEMS.replace("key: mark", "otherwise: refuse"), MADE)
    assert len(claims) == 1
    assert [one.reason for one in tally.refused] == ["what: 'Odd Thing' is not known as a system"] * 2


@pytest.mark.parametrize("otherwise", ["Firm", "Organisation"])
def test_what_is_no_system_of_the_lists_becomes_what_the_mapping_says(tmp_path: Path, otherwise: str) -> None:
    mapping = SYSTEMS.replace("key: mark", f"otherwise: {otherwise}").replace("MAKES", "OWNS")
    claims, _ = read(tmp_path, mapping, "firm,what,mark\nAcme Works,Odd Thing,1\n")
    assert claims[0].statement.object.name == "Odd Thing"  # type: ignore[union-attr]
    assert claims[0].statement.object.label == otherwise  # type: ignore[union-attr]


def test_a_code_of_states_is_none_of_a_firm(tmp_path: Path) -> None:
    mapping = (
        SOURCE
        + """\
parties:
  a: {label: {column: kind, values: {s: State, f: Firm}}, name: name, code: code, list: cow}
statements:
  - {states: description, subject: a, since: year}
"""
    )
    table = "kind,name,code,year\ns,,220,1900\nf,Acme Works,,1900\nf,Acme Works,220,1900\n"
    claims, tally = read(tmp_path, mapping, table)
    assert [one.statement.subject.id for one in claims] == ["FRA", "firm:acme-works"]  # type: ignore[union-attr]
    assert [one.reason for one in tally.refused] == ["code: '220' is a code of a state, and the row tells of a firm"]


def test_several_in_one_cell_are_several_claims_and_the_name_itself_is_none(tmp_path: Path) -> None:
    mapping = (
        SOURCE
        + """\
parties:
  firm: {label: Firm, name: firm}
  child: {label: Firm, name: {column: names, split: "|", unlike: firm}}
statements:
  - {states: OWNS, subject: firm, object: child, modality: speculated, confidence: 0.5}
  - {states: description, subject: firm, aliases: {column: names, split: "|", like: firm}}
"""
    )
    claims, _ = read(tmp_path, mapping, "firm,names\nAcme Works Inc.,ACME WORKS LLC|Acme Tools | Bolt AG\n")
    assert [
        (end, one.modality, one.confidence) for one, (_, _, end, _, _) in zip(claims, relations(claims), strict=False)
    ] == [
        ("firm:acme-tools", "speculated", 0.5),
        ("firm:bolt-ag", "speculated", 0.5),
    ]
    described = claims[-1].statement
    assert isinstance(described, DescriptionStatement)
    assert described.aliases == ("ACME WORKS LLC",)


def test_a_statement_of_a_row_that_lacks_something_is_counted(tmp_path: Path) -> None:
    mapping = (
        SOURCE
        + """\
parties:
  state: {label: State, name: country}
  firm: {label: Firm, name: firm}
  child: {label: Firm, name: {column: children, split: "|"}}
statements:
  - {states: BASED_IN, subject: firm, object: state}
  - {states: description, subject: firm, aliases: other, when: {other: {not: none}}}
  - {states: OWNS, subject: firm, object: child}
"""
    )
    table = "firm,country,other,children\nAcme Works,Poland,Acme,Acme Tools\nBolt,,none,Bolt|Bolt Tools\nNuts,,Nutty,\n"
    claims, tally = read(tmp_path, mapping, table)
    assert [one.statement.states for one in claims] == ["BASED_IN", "description", "OWNS", "OWNS", "description"]
    assert list(tally.remarks(5)) == [
        "2 statements not made of rows that are loaded: BASED_IN: state is empty.",
        "1 statement not made of rows that are loaded: OWNS: firm and child are one.",
        "1 statement not made of rows that are loaded: OWNS: child is empty.",
    ]
    assert tally.in_words() == "3 rows"


def test_what_gzip_packed_is_read_as_it_is(tmp_path: Path) -> None:
    table = HEADER + "Ann Other,Poland,1950,1990,1991\n"
    packed, _ = read(tmp_path, LEADS, gzip.compress(table.encode()), "t.csv.gz")
    plain, _ = read(tmp_path, LEADS, table)
    assert [one.id for one in packed] == [one.id for one in plain]


def test_json_lines_are_mapped_like_any_table(tmp_path: Path) -> None:
    table = '{"who": "Ann Other", "country": "Poland", "born": 1950, "from": "1990", "to": null}\n{"who": "B'
    claims, tally = read(tmp_path, LEADS, table, "t.jsonl")
    assert relations(claims) == [("LEADS", "person:ann-other-pol-1950", "POL", "1990", None)]
    assert "cut off" in tally.refused[0].reason


def test_a_table_of_a_shipped_mapping_is_known_by_its_columns(tmp_path: Path) -> None:
    table = (
        "obsid,gwcode,leadid,leader,yrborn,gender,startdate,enddate,entry,exit,exitcode\n"
        "POL-1990,290.0,a-1,Nobody,1943.0,M,1990-12-22,2015-12-31,Regular,Still in Office,Still in Office\n"
    )
    (tmp_path / "any.csv").write_text(table)
    name, reading = pipeline.read(tmp_path / "any.csv", Given())
    claims = list(reading.claims)
    assert (name, reading.document.source.reliability) == ("mapping", "B")
    assert relations(claims) == [("LEADS", "person:nobody-pol-1943", "POL", "1990-12-22", None)]


def test_a_header_without_rows_is_told(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no row below"):
        read(tmp_path, LEADS, HEADER)


def test_the_sheets_of_a_workbook_that_are_not_read_are_named(tmp_path: Path) -> None:
    sheets = (
        "# sheet: Notes\nnothing here\n\nor here\n# sheet: A\nwho\tcountry\tborn\tfrom\tto\nAnn\tPoland\t1950\t1990\n"
        "# sheet: B\nwho\tcountry\tborn\tfrom\tto\n# sheet: C\nwho\tcountri\tborn\tfrom\tto\n"
    )
    (tmp_path / "m.yaml").write_text(LEADS)
    (tmp_path / "t.csv").write_text(sheets)
    _, reading = pipeline.read(tmp_path / "t.csv", Given(mapping=str(tmp_path / "m.yaml")))
    assert len(list(reading.claims)) == 1
    assert reading.note == (
        "Sheet 'Notes' with 2 rows is not read: no line of it names all of the columns country, born, from, to, who; "
        "sheet 'C' with 1 row is not read: no line of it names all of the columns country, born, from, to, who."
    )


def test_of_the_text_of_a_workbook_every_sheet_with_the_columns_is_read(tmp_path: Path) -> None:
    sheets = (
        "# sheet: Notes\nnothing here\n# sheet: A \n\nwho\tcountry\tborn\tfrom\tto\nAnn\tPoland\t1950\t1990\n"
        "# sheet: B\nfrom\tto\tborn\twho\tcountry\n1992\t1993\t1951\tBea\tKenya\n"
    )
    claims, tally = read(tmp_path, LEADS, sheets)
    assert relations(claims) == [
        ("LEADS", "person:ann-pol-1950", "POL", "1990", None),
        ("LEADS", "person:bea-ken-1951", "KEN", "1992", "1993"),
    ]
    assert ([one.row for one in claims], tally.in_words()) == ([6, 9], "2 rows")


def test_a_row_that_states_too_much_is_refused_before_it_is_all_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapping = (
        SOURCE
        + """\
parties:
  owner: {label: Firm, name: {column: owners, split: "|"}}
  child: {label: Firm, name: {column: children, split: "|"}}
statements:
  - {states: OWNS, subject: owner, object: child}
"""
    )
    made = []

    def make(*parts: Any) -> RelationStatement:
        made.append(RelationStatement(*parts))
        return made[-1]

    monkeypatch.setattr(mapped, "RelationStatement", make)
    owners, children = ("|".join(f"{sort} {at}" for at in range(60)) for sort in ("Owner", "Child"))
    claims, tally = read(tmp_path, mapping, f"owners,children\n{owners},{children}\nAcme Works,Acme Tools\n")
    assert [one.reason for one in tally.refused] == ["it states 3600 things; 2000 are taken from a row"]
    assert len(claims) == len(made) == 1


def test_an_empty_default_says_nothing_of_an_empty_cell_and_of_an_unknown_one(tmp_path: Path) -> None:
    mapping = (
        SOURCE
        + """\
parties: {state: {label: State, name: country}}
statements:
  - {states: description, subject: state, since: year, aliases: {column: other, values: {a: A}, default: ""}}
"""
    )
    claims, _ = read(tmp_path, mapping, "country,year,other\nPoland,1918,\nEgypt,1922,b\nKenya,1963,a\n")
    told = [one.statement for one in claims if isinstance(one.statement, DescriptionStatement)]
    assert [one.aliases for one in told] == [(), (), ("A",)]
