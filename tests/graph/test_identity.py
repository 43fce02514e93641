"""Who is whom: what is decided of two names, what follows from it, and that taking it back gives the graph back."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from holding import edges, everything, nodes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from legation.graph.attested import Attested
from legation.graph.check import check, repair
from legation.graph.claims import Claim, Document
from legation.graph.errors import LoadError
from legation.graph.facts import fold
from legation.graph.identity import NOBODY, Identity, identify
from legation.graph.statements import DescriptionStatement, IdentityStatement, RelationStatement, TransferStatement
from legation.graph.store import GraphStore
from making import document, party, relation, transfer
from strategies import DOCUMENTS, attest, claims

NEWS = document("The first article of the two.", "Daily News", reliability="B", published_on="2020-05-01")
REPORT = document("The second article of the two.", "Evening News", published_on="2021-07-01")
TB2 = "system:bayraktar-tb2"


def decide(one: str, other: str, *, same: bool = True, by: str = "Ada", automatic: bool = False) -> Claim:
    """Make the claim of a decision; the document that it is in holds nothing else."""
    text = f"{one} and {other} are {'one' if same else 'two'}, says {by}."
    of = document(text, by)
    statement = IdentityStatement(party(one), party(other), same, "of the names", automatic)
    return Claim(of.id, text, 0, len(text), statement, "test/1")


def put(store: GraphStore, *decisions: Claim) -> None:
    for claim in decisions:
        store.write(document(claim.quote, claim.quote.split()[-1].rstrip(".")), [claim])


def same(one: str, other: str, *, automatic: bool = False) -> Claim:
    return decide(f"firm:{one}", f"firm:{other}", automatic=automatic)


def different(one: str, other: str, by: str = "Ada") -> Claim:
    return decide(f"firm:{one}", f"firm:{other}", same=False, by=by)


def groups(identity: Identity) -> set[str]:
    return {"=".join(one.removeprefix("firm:") for one in members) for members in identity.members.values()}


def test_whoever_is_the_same_by_way_of_others_is_one() -> None:
    identity = identify([same("bb", "c"), same("d", "c"), same("x", "y")])
    assert groups(identity) == {"c=bb=d", "x=y"}
    assert identity.of("firm:d") == "firm:c"
    assert identity.of("firm:other") == "firm:other"


def test_the_one_that_a_list_has_gives_the_id() -> None:
    assert identify([same("a", "baykar"), same("a", "b")]).of("firm:b") == "firm:baykar"


def test_a_person_who_says_different_stands_above_every_rule() -> None:
    rules = [same("a", "b", automatic=True), same("b", "c", automatic=True)]
    assert groups(identify(rules)) == {"a=b=c"}
    told = identify([*rules, different("a", "b")])
    assert groups(told) == {"b=c"}
    assert told.overruled == {rules[0].id}
    assert not told.contradicted
    told = identify([*rules, different("a", "c")])
    assert groups(told) == set(), "nobody can tell with whom b goes"
    assert groups(identify([*rules, different("a", "c"), same("a", "b")])) == {"a=b"}


def test_people_who_contradict_each_other_make_nothing_one_and_are_both_named() -> None:
    one, other = same("a", "b"), different("b", "a", by="Bob")
    told = identify([one, other, same("b", "c")])
    assert groups(told) == {"b=c"}
    assert told.contradicted == {one.id: (other.id,), other.id: (one.id,)}
    assert not told.apart, "nobody may say that it is settled"


def test_a_contradiction_by_way_of_others_stops_only_what_leads_from_the_one_to_the_other() -> None:
    ring = [same("a", "b"), same("b", "c"), same("c", "d"), same("d", "a")]
    tail = [same("d", "x"), same("x", "y")]
    told = identify([*ring, *tail, different("a", "c")])
    assert groups(told) == {"d=x=y"}
    assert set(told.contradicted) == {claim.id for claim in (*ring, different("a", "c"))}


def test_the_order_of_decisions_does_not_matter() -> None:
    told = [same("a", "b"), same("b", "c"), different("a", "c"), same("c", "d", automatic=True), different("x", "y")]
    assert len({repr(identify(order)) for order in itertools.permutations(told)}) == 1


@settings(deadline=None)
@given(
    some.lists(
        some.builds(
            lambda pair, alike, automatic: decide(*pair, same=alike, automatic=automatic and alike),
            some.lists(some.sampled_from([f"firm:{name}" for name in "abcdef"]), min_size=2, max_size=2, unique=True),
            some.booleans(),
            some.booleans(),
        ),
        max_size=12,
    )
)
def test_two_that_somebody_calls_different_are_never_one(told: list[Claim]) -> None:
    identity = identify(told)
    for claim in told:
        statement = claim.statement
        assert isinstance(statement, IdentityStatement)
        one, other = (identity.of(node_id) for node_id in statement.pair)
        if not statement.same:
            assert one != other
        elif one != other and not statement.automatic:
            assert claim.id in identity.contradicted, "what a person says holds, or it is told why not"
        elif one != other:
            assert claim.id in identity.overruled


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("firm:a", "firm:a", "is one already"),
        ("TUR", "firm:a", "two kinds"),
        ("person:a", "firm:a", "two kinds"),
        ("SUN", "RUS", "list of states"),
    ],
)
def test_what_can_never_be_one_is_refused(one: str, other: str, told: str) -> None:
    with pytest.raises(LoadError, match=told):
        IdentityStatement(party(one), party(other), True, "")


def test_a_decision_moves_deals_to_the_one_that_a_list_knows(store: GraphStore) -> None:
    sold = transfer("firm:baykar-makina", "POL", TB2, "signed", of=NEWS, order_year=2021)
    store.write(NEWS, [sold, relation("LEADS", "person:haluk-bayraktar", "firm:baykar-makina", of=NEWS, at=1)])
    before = everything(store)
    put(store, decide("firm:baykar", "firm:baykar-makina"))
    assert {("TUR", "ARMS", "POL"), ("firm:baykar", "ARMS", "POL")} <= edges(store)
    assert ("person:haluk-bayraktar", "LEADS", "firm:baykar") in edges(store)
    assert not any("firm:baykar-makina" in node for node in nodes(store))
    (row,) = store.read("MATCH (n:Firm {id: 'firm:baykar'}) RETURN n.same_as AS ids, n.also_called AS names")
    assert (row["ids"], row["names"]) == (["firm:baykar-makina"], ["baykar-makina"])
    assert check(store).in_order
    store.forget(decide("firm:baykar", "firm:baykar-makina").document)
    assert everything(store) == before


def test_two_deals_of_one_firm_under_two_names_are_one_deal(store: GraphStore) -> None:
    store.write(NEWS, [transfer("firm:aa", "POL", TB2, "signed", of=NEWS, order_year=2021)])
    store.write(REPORT, [transfer("firm:b", "POL", TB2, "delivered", of=REPORT, order_year=2021)])
    put(store, same("aa", "b"))
    (row,) = store.read("MATCH (t:Transfer) RETURN t.status AS status, t.sources AS sources")
    assert (row["status"], row["sources"]) == ("delivered", 2)
    assert check(store).in_order


def test_what_turns_out_to_own_itself_draws_no_line(store: GraphStore) -> None:
    store.write(NEWS, [relation("OWNS", "firm:a", "firm:b", of=NEWS)])
    before = everything(store)
    put(store, same("a", "b"))
    assert not any(kind == "OWNS" for _, kind, _ in edges(store))
    assert check(store).in_order
    store.forget(same("a", "b").document)
    assert everything(store) == before


def test_a_decision_ends_the_doubt_and_a_contradiction_brings_it_back(store: GraphStore) -> None:
    def doubted() -> bool:
        return ("firm:a", "POSSIBLY_SAME", "firm:b") in edges(store)

    told = relation("POSSIBLY_SAME", "firm:a", "firm:b", of=NEWS, title="one letter; one country")
    store.write(NEWS, [told])
    assert doubted()
    (row,) = store.read("MATCH ()-[r:POSSIBLY_SAME]->() RETURN r.score AS score, r.reasons AS reasons")
    assert (row["score"], row["reasons"]) == (1.0, ["one country", "one letter"])
    put(store, different("a", "b"))
    assert not doubted()
    put(store, same("a", "b"))
    assert doubted()
    assert check(store).in_order
    store.forget(different("a", "b").document)
    assert not doubted()
    assert check(store).in_order


def test_a_decision_waits_for_those_whom_it_is_about(store: GraphStore) -> None:
    put(store, same("a", "b"))
    assert not any(node[0] == "Actor" for node in nodes(store))
    store.write(NEWS, [relation("OWNS", "firm:b", "firm:c", of=NEWS)])
    assert ("firm:a", "OWNS", "firm:c") in edges(store)
    store.forget(NEWS.id)
    assert not any(node[0] == "Actor" for node in nodes(store))
    assert check(store).in_order


@pytest.mark.parametrize(
    "damage",
    [
        "MATCH (c:Claim {states: 'identity'}) SET c.block = 'identity|none|itself'",
        "MATCH (n:Firm {id: 'firm:a'}) SET n.same_as = ['firm:x'] SET n.also_called = null",
        "MATCH (:Claim)-[r:ABOUT]->(:Actor) WITH collect(r) AS gone UNWIND gone AS r DELETE r",
        "MATCH (c:Claim {subject: 'firm:bb'}) SET c.block = 'OWNS|firm:bb|firm:c'",
        "MATCH (a:Actor {id: 'firm:a'})-[r:OWNS]->() WITH collect(r) AS gone UNWIND gone AS r DELETE r",
        "CREATE (:Actor:Firm {id: 'firm:bb', name: 'bb'})",
    ],
)
def test_repair_mends_what_follows_from_decisions(store: GraphStore, damage: str) -> None:
    put(store, same("a", "bb"))
    sold = transfer("firm:bb", "POL", TB2, "signed", of=NEWS, order_year=2021)
    store.write(NEWS, [sold, relation("OWNS", "firm:bb", "firm:c", of=NEWS, at=1)])
    before = everything(store)
    store._in_transaction(lambda transaction: transaction.run(damage).consume())
    assert not check(store).in_order
    assert repair(store).in_order
    assert everything(store) == before


_FIRMS = some.sampled_from(["firm:baykar", "firm:a", "firm:bb", "firm:roketsan"])
_NAMES = some.sampled_from(["One", "Another", "A Third"])
_firms = some.builds(party, _FIRMS, _NAMES)
_systems = some.sampled_from([TB2, "system:uav", "system:no-list-has-it"]).map(party)
_pairs = some.lists(_firms, min_size=2, max_size=2, unique_by=lambda one: one.id)
_statements = (
    some.builds(
        TransferStatement,
        _firms,
        _firms,
        _systems,
        some.sampled_from(["potential", "signed", "delivered", "cancelled"]),
        order_year=some.sampled_from([None, 2020, 2021]),
        financiers=some.lists(_firms, max_size=2).map(tuple),
    )
    | some.builds(lambda pair: RelationStatement("OWNS", *pair), _pairs)
    | some.builds(lambda pair: RelationStatement("POSSIBLY_SAME", *pair), _pairs)
    | some.builds(DescriptionStatement, _firms, some.sampled_from([(), ("An Alias",)]))
)


@some.composite
def _told(draw: some.DrawFn) -> Claim:
    claim = draw(claims())
    said_by = draw(some.none() | _firms)
    return draw(some.just(claim) | some.builds(lambda one: replace(claim, statement=one, said_by=said_by), _statements))


_decisions = some.builds(
    lambda pair, alike, by, automatic: decide(*(one.id for one in pair), same=alike, by=by, automatic=automatic),
    _pairs,
    some.sampled_from([True, True, False]),
    some.sampled_from(["Ada", "Bob"]),
    some.booleans(),
) | some.sampled_from([decide(TB2, "system:no-list-has-it"), decide("person:haluk-bayraktar", "person:no-list-has-it")])


def _forget_all(store: GraphStore) -> None:
    for row in store.read("MATCH (d:Document) RETURN d.id AS id").records:
        store.forget(row["id"])


def _from_scratch(store: GraphStore, contents: dict[str, tuple[Document, list[Claim]]]) -> tuple[list[str], list[str]]:
    _forget_all(store)
    assert not store.read("MATCH (n) WHERE NOT n:LegationLock RETURN n.id AS id").records
    for of, held in contents.values():
        store.write(of, held)
    return everything(store)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    some.lists(_told(), max_size=8), some.lists(_decisions, max_size=5, unique_by=lambda one: one.document), some.data()
)
def test_the_graph_is_what_claims_and_decisions_give_in_whatever_order_they_come_and_go(
    store: GraphStore, told: list[Claim], decisions: list[Claim], data: some.DataObject
) -> None:
    contents = {of.id: (of, [claim for claim in told if claim.document == of.id]) for of in DOCUMENTS}
    contents |= {
        claim.document: (document(claim.quote, claim.quote.split()[-1].rstrip(".")), [claim]) for claim in decisions
    }
    held: dict[str, tuple[Document, list[Claim]]] = {}
    _forget_all(store)  # what an example that failed has left
    for one in data.draw(some.lists(some.sampled_from(sorted(contents)), max_size=16)):
        if held.pop(one, None):
            store.forget(one)
        else:
            held[one] = contents[one]
            store.write(*contents[one])
    stands = everything(store)
    found = check(store)
    assert found.in_order, [(one.kind, one.example) for one in found.findings]
    assert _from_scratch(store, dict(sorted(held.items()))) == stands
    assert _from_scratch(store, {}) == ([], [])


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(some.lists(_told().map(attest), max_size=12), some.lists(_decisions, max_size=5))
def test_what_is_folded_is_seen_under_one_id_and_keeps_its_claims(told: list[Attested], decisions: list[Claim]) -> None:
    identity = identify(decisions)
    seen = [replace(one, claim=identity.see(one.claim)) for one in told]
    assert {one.claim.id for one in seen} == {one.claim.id for one in told}
    named = {end for one in fold(seen, identity.apart).transfers for end in (*one.suppliers, one.buyer, *one.systems)}
    assert not named & identity.canonical.keys()
    assert all(NOBODY.see(one.claim) is one.claim for one in told)
