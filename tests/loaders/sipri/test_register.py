"""The register as a loader: what rows state, that each is accounted for, and that two exports give one deal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pytest
from legation.graph.claims import Claim
from legation.graph.errors import LoadError
from legation.graph.names import reference
from legation.graph.statements import RelationStatement, TransferStatement, VolumeStatement
from legation.graph.store import GraphStore
from legation.loaders.reading import Given, Reading
from legation.loaders.sipri import register
from legation.loaders.text import read_text
from rows import DEAL as ROW
from rows import DEALS_HEADER as HEADER
from rows import DELIVERIES_HEADER as DELIVERIES

PREAMBLE = (
    "Transfers of major conventional arms from All countries  to All countries . Deals with deliveries or orders made "
    "for year range 'Not specified' to 'Not specified' \nData generated: {date} 6:13:50 PM\n"
)


def read(*rows: str, date: str = "18 Mar 2024", header: str = HEADER, strict: bool = False) -> Reading:
    text = "\n".join((PREAMBLE.format(date=date) + header, *rows)) + "\n"
    return register.read(Path("register.csv"), text, Given(strict=strict))


def stated(claims: Iterable[Claim]) -> list[object]:
    return [claim.statement for claim in claims]


def deal(row: str) -> TransferStatement:
    (told, *_) = stated(read(row).claims)
    assert isinstance(told, TransferStatement)
    return told


def test_a_row_says_who_what_when_and_how_surely() -> None:
    told = deal(ROW)
    assert (told.supplier.id, told.buyer.id, told.system.id) == ("TUR", "POL", "system:bayraktar-tb2")
    assert (told.status, told.quantity_ordered, told.quantity_delivered) == ("delivered", 24, 6)
    assert (told.order_year, told.delivery_years) == (2021, (2022, 2023))
    assert set(told.estimated) == {"order_year", "quantity_delivered"}
    assert (told.tiv_order, told.tiv_delivered, told.condition, told.kind) == (72, 18, "new", "sale")
    assert (told.value, told.currency, told.value_shared) == (270e6, "USD", False)


def test_the_quote_is_the_row_with_its_line() -> None:
    reading = read(ROW)
    (claim,) = reading.claims
    assert claim.quote == ROW == reading.document.content[claim.start : claim.end]
    assert claim.row == 4


def test_an_open_order_is_ordered_and_nothing_is_delivered_yet() -> None:
    told = deal("Poland,Turkiye,2021,,24,,Bayraktar TB2,armed UAV,0,,,New,,,,")
    assert (told.status, told.quantity_delivered, told.delivery_years) == ("ordered", 0, ())


def test_what_is_chosen_and_not_yet_ordered_makes_no_customer() -> None:
    chosen = (
        "Poland,Turkiye,2021,,24,,Bayraktar TB2,armed UAV,{},,,New,Selected 2021 but not yet ordered by end-2021,,,"
    )
    assert deal(chosen.format(0)).status == "negotiating"
    assert deal(chosen.format(6)).status == "delivered"


def test_empty_is_unknown_and_a_tiv_of_0_is_less_than_half_a_million() -> None:
    told = deal("Poland,Turkiye,,,,,Bayraktar TB2,armed UAV,,,,New,,,0,0")
    assert (told.order_year, told.quantity_ordered, told.quantity_delivered) == (None, None, None)
    assert (told.tiv_order, told.tiv_delivered, set(told.below_half)) == (None, None, {"tiv_order", "tiv_delivered"})


def test_the_comment_says_who_paid_and_that_it_was_aid() -> None:
    told = deal(ROW.replace("$270 m deal", "Second-hand; aid; financed by Canada; supplier uncertain"))
    assert (told.kind, [party.id for party in told.financiers]) == ("aid", ["CAN"])
    assert "supplier" in told.estimated


def test_an_engine_for_a_platform_is_a_component_of_it() -> None:
    row = "Poland,Canada,2001,,8,,PW100,turboprop,8,,2003,New,PW-127G (2645hp) turboprop engine for 8 C-295 transport "
    claims = list(read(f"{row}aircraft from Spain,0.5,4,4").claims)
    parts = [one for one in stated(claims) if isinstance(one, RelationStatement)]
    assert [(one.relation, one.object.name) for one in parts] == [("COMPONENT_OF", "C-295")]
    assert len({claim.quote for claim in claims}) == 1


def test_a_missile_for_an_aircraft_is_no_part_of_it() -> None:
    row = "Poland,United States,2003,,178,,AIM-9X Sidewinder,SRAAM,178,,2007,New,For F-16 combat aircraft,0.1,17.8,17.8"
    assert len(list(read(row).claims)) == 1


def test_the_brackets_of_a_group_hold_its_host() -> None:
    claims = read(
        "Hezbollah (Lebanon)*,Iran,1990,?,10,?,9M14M Malyutka/AT-3,anti-tank missile,10,?,1990,New,,,,"
    ).claims
    (_, place, _) = stated(claims)
    assert isinstance(place, RelationStatement)
    assert (place.relation, place.subject.id, place.object.id) == ("BASED_IN", "org:hezbollah", "LBN")


def test_the_power_that_a_group_fought_is_not_its_host() -> None:
    claims = read("MPLA (Portugal)*,Soviet Union,1974,?,10,?,BM-21 Grad,MRL,10,?,1974,New,,,,").claims
    (_, place) = stated(claims)
    assert isinstance(place, RelationStatement)
    assert (place.relation, place.object.id) == ("OPPOSES", "PRT")


def test_equal_rows_are_deals_of_their_own_and_the_order_of_rows_does_not_matter_to_others() -> None:
    other = ROW.replace("Bayraktar TB2", "Kirpi")
    first = {claim.quote: claim.statement.register_id for claim in read(ROW, other).claims}  # type: ignore[union-attr]
    second = {claim.quote: claim.statement.register_id for claim in read(other, ROW).claims}  # type: ignore[union-attr]
    assert first == second
    assert len({claim.statement.register_id for claim in read(ROW, ROW).claims}) == 2  # type: ignore[union-attr]


def test_another_spelling_of_a_state_or_a_designation_is_the_same_deal() -> None:
    again = ROW.replace("Turkiye", "Turkey").replace("Bayraktar TB2", "Bayraktar TB-2")
    assert deal(ROW).register_id == deal(again).register_id


def test_every_row_is_accounted_for_and_what_is_odd_is_said() -> None:
    reading = read(
        ROW,
        ROW.replace(",2021,", ",20222,"),
        "East Germany (GDR),Soviet Union,1995,,4,,MiG-29,fighter,4,,1996,New,,,,",
        "",
        ";;;;;",
    )
    claims = list(reading.claims)
    tally = reading.tally
    assert tally is not None
    assert (tally.read, tally.plain, len(tally.refused), len(claims)) == (3, 2, 1, 2)
    assert (tally.refused[0].row, "20222" in tally.refused[0].reason) == (5, True)
    assert [one.reason.partition(" has")[0] for one in tally.flagged] == ["Soviet Union", "East Germany"]
    assert tally.in_words() == "3 rows (1 refused, 2 flagged)"


def test_where_every_row_must_be_understood_one_that_is_not_keeps_the_file_out() -> None:
    with pytest.raises(LoadError, match=r"register\.csv, line 5: .*20222.*Nothing of the file is loaded"):
        list(read(ROW, ROW.replace(",2021,", ",20222,"), strict=True).claims)


def test_claims_come_while_rows_are_read() -> None:
    reading = read(*[ROW] * 500)
    assert len(list(islice(reading.claims, 3))) == 3
    assert reading.tally is not None
    assert reading.tally.read == 3


def test_a_whole_selection_with_a_date_is_an_edition_whatever_its_wording() -> None:
    older, newer = read(ROW), read(ROW, date="18 May 2026")
    assert older.document.register == newer.document.register == "SIPRI deals: all countries > all countries, all years"
    assert (older.document.published_on, newer.document.published_on) == ("2024-03-18", "2026-05-18")
    bare = register.read(Path("x.csv"), f"{HEADER}\n{ROW}\n", Given())
    assert bare.document.register is None


def test_a_table_of_volumes_states_them_and_draws_nothing(store: GraphStore) -> None:
    text = "Recipient,1950,1951,1952,1950-1952\nPoland,5,0 ,,5\nTotal world import,5,0 ,,5\n"
    reading = register.read(Path("tiv.csv"), text, Given())
    claims = list(reading.claims)
    (told,) = stated(claims)
    assert isinstance(told, VolumeStatement)
    assert (told.actor.id, told.direction, told.years, told.volumes) == ("POL", "imports", (1950,), (5.0,))
    assert told.years_below_half == (1951,)
    assert store.write(reading.document, claims).transfers == 0
    assert [row["id"] for row in store.read("MATCH (c:Claim)-[:ABOUT]->(a:Actor) RETURN a.id AS id")] == ["POL"]


def test_deals_and_deliveries_of_one_deal_are_one_transfer_with_both_as_evidence(store: GraphStore) -> None:
    years = [(4, 2022), (2, 2023)]
    parts = [
        f"7,Turkiye,Poland,Bayraktar TB2 -,armed UAV,Aircraft,2021,No,{number},No,{year},No,New,3,3,12,No"
        for number, year in years
    ]
    for reading in (read(ROW), read(*parts, header=DELIVERIES)):
        store.write(reading.document, reading.claims)
    (one,) = store.read(
        "MATCH (t:Transfer) RETURN t.id AS id, t.claims AS claims, t.quantity_ordered AS ordered, "
        "t.quantity_delivered AS delivered, t.contested AS contested, t.reason AS reason"
    )
    assert (one["claims"], one["ordered"], one["delivered"], one["contested"]) == (3, 24, 6, False)
    assert "register-7" in one["id"]
    assert "the only one of its system, year and nature" in one["reason"]


@pytest.mark.parametrize("columns", ["Destinataire,Fournisseur,Année", "Empfänger,Lieferant,Jahr"])
def test_a_header_in_another_language_is_refused_with_the_columns_that_are_known(columns: str) -> None:
    with pytest.raises(LoadError, match="Recipient, Supplier, Year of order"):
        register.read(Path("register.csv"), f"{columns}\nPologne,Turquie,2021\n", Given())


@pytest.mark.real_data
def test_real_files_lose_no_row_and_every_party_is_on_the_lists(real_data: Path) -> None:
    strangers: Counter[str] = Counter()
    for file in sorted((real_data / "data" / "sipri").rglob("*.*")):
        if file.suffix in {".csv", ".json", ".rtf"}:
            reading = register.read(file, read_text(file), Given())
            lines = set()
            for claim in reading.claims:
                lines.add(claim.row)
                strangers.update(
                    party.name
                    for role, party in claim.parties()
                    if role not in ("system", "subject", "object") and party.id not in reference().entries
                )
            assert reading.tally is not None
            assert len(lines) + len(reading.tally.refused) == reading.tally.read
    assert not strangers
