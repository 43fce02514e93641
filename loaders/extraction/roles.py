"""Who fills which role of a transfer: from the clause before its word and the group behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from .chunk import Chunk
from .clauses import Left
from .lexicon import Trigger
from .right import Right

OTHER: Final = {"supplier": "buyer", "buyer": "supplier"}


@dataclass(frozen=True, slots=True)
class Slot:
    """Who or what fills a role.

    Attributes:
        chunk: the words.
        sure: 0 to 1, how safely the words were tied to the role.
    """

    chunk: Chunk
    sure: float = 1.0


def verb_roles(left: Left, group: Right, trigger: Trigger, passive: bool) -> dict[str, Slot]:
    """Give the roles of a verb: by the voice it stands in, and by what its subject is."""
    if trigger.subject == "item":
        return _helped(left, group)
    if trigger.subject == "middle":
        return _moved(left, group)
    return _passive_roles(left, group, trigger) if passive else _active_roles(left, group, trigger)


def _active_roles(left: Left, group: Right, trigger: Trigger) -> dict[str, Slot]:
    roles: dict[str, Slot] = {}
    own, other = trigger.subject, OTHER[trigger.subject]
    awarded = left.awarded and "by" in left.prepositions and left.subject is not left.prepositions["by"]
    if trigger.kind == "lease" and "from" in group.prepositions:
        own, other = other, own
    if trigger.lemma in _BUYING and _is_for_another(left, group):
        return _roles_for_another(left, group)
    found = by_preposition(group.prepositions, BEHIND[other])
    roles |= _own_role(left, own, other, bool(found), awarded)
    if other == "buyer" and group.dative and (trigger.dative or trigger.object == "buyer"):
        roles["buyer"] = Slot(group.dative)
    if found and other not in roles:
        roles[other] = Slot(found, 0.95)
    place = group.prepositions.get("in") if trigger.lemma in _BUYING and not found else None
    if place and place.sort == "party" and place.parties[0].label == "State":
        roles.setdefault(other, Slot(place, 0.85))
    counterpart = by_preposition(left.prepositions, ("with", "to", "from")) if left.deal or left.operators else None
    counterpart = left.prepositions["by"] if awarded else counterpart
    if left.deal or left.operators:
        counterpart = counterpart or group.prepositions.get("with")
    if counterpart and (left.deal or awarded or other == "supplier"):
        _put_counterpart(roles, own, other, counterpart, left.joint)
    return roles


def _own_role(left: Left, own: str, other: str, found: bool, awarded: bool) -> dict[str, Slot]:
    """Give the role of the subject, or of whoever owns the infinitive: ``Peru's wish to buy``."""
    roles: dict[str, Slot] = {}
    if left.owner:
        roles[own] = Slot(left.owner)
        if left.subject and left.subject is not left.owner and left.subject.sort == "party" and not found:
            roles[other] = Slot(left.subject, 0.7)
    elif left.infinitive and "by" in left.prepositions and not awarded:
        roles[own] = Slot(left.prepositions["by"], 0.9)
    elif left.subject and left.subject.sort != "item":
        roles[own] = Slot(left.subject)
    return roles


_BUYING: Final = frozenset({"buy", "purchase", "order", "procure"})


def _is_for_another(left: Left, group: Right) -> bool:
    """Whether a state buys for another, and nobody says from whom: ``Peru bought tanks for Chile``."""
    receiver, subject = group.prepositions.get("for"), left.subject
    named = [chunk for chunk in (receiver, subject) if chunk and chunk.sort in {"party", "personal"}]
    states = receiver and receiver.sort == "party" and all(mention.label == "State" for mention in receiver.parties)
    told = "from" in group.prepositions or len(named) < 2
    return bool(states and not told and receiver and subject and receiver.parties != subject.parties)


def _roles_for_another(left: Left, group: Right) -> dict[str, Slot]:
    """The receiver is the buyer, and who pays supplies."""
    giver = {"supplier": Slot(left.subject, 0.9)} if left.subject else {}
    return {"buyer": Slot(group.prepositions["for"], 0.9), **giver}


BEHIND: Final = {"buyer": ("to", "for"), "supplier": ("from", "made by")}


def _put_counterpart(roles: dict[str, Slot], own: str, other: str, counterpart: Chunk, joint: bool) -> None:
    """Place whoever a deal is made with: beside the subject if it is a joint one, else opposite."""
    mine = roles.get(own)
    if joint and mine:
        both = replace(mine.chunk, parties=mine.chunk.parties + counterpart.parties)
        roles[own] = Slot(both, 0.9)
    elif own == "buyer" and mine and _is_firm(mine.chunk) and not _is_firm(counterpart):
        roles["buyer"], roles["supplier"] = Slot(counterpart, 0.9), mine
    else:
        roles.setdefault(other, Slot(counterpart, 0.9))


def _is_firm(chunk: Chunk) -> bool:
    return bool(chunk.parties) and chunk.parties[0].label == "Firm"


def by_preposition(found: dict[str, Chunk], wanted: Sequence[str]) -> Chunk | None:
    """Give the party behind the first preposition that is wanted; of ``allies, including Peru`` it is Peru."""
    chunk = next((found[word] for word in wanted if word in found), None)
    if chunk and "including" in found and all(mention.label == "Group" for mention in chunk.parties):
        return found["including"]
    return chunk


def _passive_roles(left: Left, group: Right, trigger: Trigger) -> dict[str, Slot]:
    roles: dict[str, Slot] = {}
    for role, wanted in BEHIND.items():
        found = by_preposition(group.prepositions, wanted)
        if found:
            roles[role] = Slot(found)
    agent = group.prepositions.get("by")
    if agent:
        roles.setdefault(trigger.subject, Slot(agent))
    if "made by" in left.prepositions:
        roles.setdefault("supplier", Slot(left.prepositions["made by"], 0.85))
    if agent and not left.be and left.holder:
        roles.setdefault("buyer", Slot(left.holder, 0.85))
    given = trigger.object == "buyer" or (trigger.dative and group.items and left.be and left.item is None)
    if left.subject and left.subject.sort == "party" and given:
        roles.setdefault("buyer", Slot(left.subject))
    return roles


def _moved(left: Left, group: Right) -> dict[str, Slot]:
    """Roles of ``two jets went to Peru``: only for a thing, or what points back to one."""
    receiver = by_preposition(group.prepositions, ("to", "in"))
    giver = left.subject or group.prepositions.get("from")
    if not receiver or left.item is None or giver is None or giver.sort != "party":
        return {}
    return {"buyer": Slot(receiver, 0.85), "supplier": Slot(giver, 0.85)}


def _helped(left: Left, group: Right) -> dict[str, Slot]:
    """Roles of ``the drones helped Peru``: only for a thing, or a pronoun that may stand for one."""
    thing = left.item is not None or (left.subject is not None and left.subject.word in {"they", "it"})
    return {"buyer": Slot(group.dative, 0.8)} if thing and group.dative and group.dative.sort == "party" else {}


def noun_roles(
    left: Left, group: Right, trigger: Trigger, owner: Chunk | None
) -> tuple[dict[str, Slot], tuple[Chunk, ...]]:
    """Give the roles of a noun, and the two sides where its words do not say which is which."""
    roles: dict[str, Slot] = {}
    prepositions = group.prepositions
    for role, wanted in (("supplier", ("from",)), ("buyer", BEHIND["buyer"])):
        found = by_preposition(prepositions, wanted)
        if found:
            roles[role] = Slot(found, 0.95)
    if _is_won(left, trigger):
        return _won_roles(left, prepositions, owner), ()
    if owner and trigger.subject:
        roles.setdefault(trigger.subject, Slot(owner))
    agent = prepositions.get("by")
    if agent:
        roles.setdefault(trigger.subject or "supplier", Slot(agent, 0.95))
    counterpart = left.prepositions.get("with") if left.deal else None
    if counterpart and trigger.subject:
        roles.setdefault(OTHER[trigger.subject], Slot(counterpart, 0.9))
    sides = tuple(chunk for chunk in (left.subject, prepositions.get("with")) if chunk and chunk.sort == "party")
    approves = "approved" in [operator.status for operator in left.operators]
    if (
        left.subject
        and left.subject.sort == "party"
        and not left.onlooker
        and (trigger.subject == "supplier" or not approves or _is_own_approval(left.subject, roles))
    ):
        role = trigger.subject or ("supplier" if "buyer" in roles else "buyer" if "supplier" in roles else "")
        if role:
            roles.setdefault(role, Slot(left.subject, 0.8))
    if "made by" in prepositions:
        roles.setdefault("supplier", Slot(prepositions["made by"], 0.85))
    return roles, sides


def _is_won(left: Left, trigger: Trigger) -> bool:
    """Whether an order or contract is what a firm won: then who won it supplies."""
    commercial = trigger.lemma in {"order", "contract"}
    return bool(commercial and left.won and left.subject and left.subject.sort == "party")


def _won_roles(left: Left, prepositions: dict[str, Chunk], owner: Chunk | None) -> dict[str, Slot]:
    """Roles of ``Acme won an order from Peru``; of ``Peru awarded a contract to Acme`` the other way round."""
    awarding = left.awarding and not left.awarded
    wanted = ("to",) if awarding else ("from", "by", "with", "to")
    other = by_preposition(prepositions, wanted) or owner
    own = Slot(left.subject, 0.9) if left.subject else None
    roles = {
        "buyer" if awarding else "supplier": own,
        "supplier" if awarding else "buyer": Slot(other, 0.9) if other else None,
    }
    return {role: slot for role, slot in roles.items() if slot}


def _is_own_approval(subject: Chunk, roles: dict[str, Slot]) -> bool:
    """Whether a state approves what it buys itself: ``Peru cleared the purchase of jets from Acme``."""
    supplier = roles.get("supplier")
    states = {mention.id for mention in subject.parties}
    return (
        supplier is not None
        and not states & {mention.id for mention in supplier.chunk.parties}
        and "buyer" not in roles
    )
