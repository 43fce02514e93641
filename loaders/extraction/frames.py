"""Transfers in a sentence: a word of transfer with its subject, its objects and its prepositions, as roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from .chunks import Chunk
from .clauses import Left, Right, owner_of, read_left, read_right
from .items import Item
from .lexicon import Trigger
from .status import Circumstances, settle

_OTHER: Final = {"supplier": "buyer", "buyer": "supplier"}


@dataclass(frozen=True, slots=True)
class Slot:
    """Who or what fills a role.

    Attributes:
        chunk: the words; None if the sentence does not say.
        sure: 0 to 1, how safely the words were tied to the role.
    """

    chunk: Chunk
    sure: float = 1.0


@dataclass(slots=True)
class Frame:
    """A transfer as one sentence tells it, roles not yet resolved.

    Attributes:
        core: index of the word of transfer among the chunks.
        trigger: that word.
        status: how far it went.
        supplier: who supplies, None if not said.
        buyer: who receives, None if not said.
        parties: the two sides where the words do not say which is which: a deal between A and B.
        items: what; none if not said, or said by a pronoun.
        pointing: whether the thing is a pronoun.
        sure: 0 to 1, how safely the clause was read.
        denied: whether the sentence says that somebody denies it.
    """

    core: int
    trigger: Trigger
    status: str
    supplier: Slot | None = None
    buyer: Slot | None = None
    parties: tuple[Chunk, ...] = ()
    items: tuple[Item, ...] = ()
    pointing: bool = False
    sure: float = 1.0
    denied: bool = False


def find_frames(chunks: Sequence[Chunk]) -> Iterator[Frame]:
    """Find the transfers that a sentence tells.

    Args:
        chunks: of one sentence.
    """
    for index, chunk in enumerate(chunks):
        if chunk.trigger is None:
            continue
        if chunk.sort == "verb":
            yield from _verb(chunks, index, chunk.trigger)
        elif chunk.sort == "noun" and not _hands_on(chunks, index):
            yield from _noun(chunks, index, chunk.trigger)
        elif chunk.sort in {"predicate", "service"}:
            yield from _predicate(chunks, index, chunk.trigger)


def _hands_on(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether a noun of dealing leaves the telling to a word behind it: ``a contract for the supply of``."""
    for step in range(index + 1, min(index + 12, len(chunks))):
        chunk = chunks[step]
        if chunk.sort in {"break", "relative", "item", "be", "comma"}:
            return False
        if chunk.sort == "noun":
            return True
        if chunk.sort == "verb":
            return chunks[step - 1].word == "to" or chunk.form == "ing"
    return False


def _verb(chunks: Sequence[Chunk], core: int, trigger: Trigger) -> Iterator[Frame]:
    chunk = chunks[core]
    left = read_left(chunks, core)
    middle = trigger.subject in {"middle", "item"}
    bare = left.item is not None and (left.subject is None or (left.second and chunks[core - 1].sort == "item"))
    passive = chunk.form in {"past", "participle"} and (left.be or bare)
    for group in _gapped(chunks, core) or read_right(
        chunks, core, _TAKEN_WITH if trigger.object == "buyer" else _TAKEN
    ):
        roles = _roles(left, group, trigger, passive)
        items = tuple(group.items) or ((left.item,) if left.item and (passive or middle) else ())
        items = items or ((left.object,) if left.object and not passive else ())
        judged = replace(left, operators=left.operators + group.operators) if _is_gerund(left, chunk) else left
        status = settle(_circumstances(judged, chunk, trigger, passive, roles.get("supplier")))
        if not status or (trigger.status == "in_service" and status != "in_service"):
            continue
        if (left.kept and status not in {"denied", "refused", "cancelled"}) or group.back:
            continue
        if trigger.lemma == "use" and not items and not passive and not group.pointing:
            continue
        if left.onlooker and not left.owner and (left.infinitive or chunk.form == "ing"):
            continue
        if _is_bare(left, chunk) and status not in {"interested", "negotiating"}:
            status = "potential"
        pointing = not items and (group.pointing or passive or middle or _objectless(chunks, core))
        reduced = passive and not left.be and "supplier" not in roles
        fitted = passive and left.item is not None and trigger.object == "buyer"
        if not reduced and not fitted:
            sure = 1.0 if left.direct else 0.9
            sure *= 1.0 if passive or trigger.subject != "supplier" or "supplier" in roles or left.deal else 0.5
            yield Frame(
                core, trigger, status, roles.get("supplier"), roles.get("buyer"), (), items, pointing, sure, left.denied
            )


def _is_gerund(left: Left, chunk: Chunk) -> bool:
    """Whether the whole clause is the subject of another: ``Peru selling jets would anger Chile``."""
    return chunk.form == "ing" and left.subject is not None and not left.be


def _is_bare(left: Left, chunk: Chunk) -> bool:
    """Whether a single state is followed by a base form: ``would see Peru sell``, ``demanded that Peru sell``."""
    parties = left.subject.parties if left.subject and left.direct else ()
    single = len(parties) == 1 and parties[0].label == "State" and not parties[0].text.endswith(("s", "S", "."))
    return single and chunk.form == "base" and not (left.future or left.infinitive or left.negated or left.operators)


def _gapped(chunks: Sequence[Chunk], core: int) -> list[Right]:
    """Read ``ordered 12 and received eight tanks``: the first number counts what stands behind the second verb."""
    row = chunks[core + 1 : core + 4]
    if len(row) < 3 or not row[0].word.isdigit() or row[1].sort != "conjunction" or row[2].sort != "verb":
        return []
    shared = read_right(chunks, core + 3, _TAKEN)[:1]
    return [
        replace(group, items=[replace(item, quantity=int(row[0].word)) for item in group.items]) for group in shared
    ]


_TAKEN: Final = frozenset({"including"})
_TAKEN_WITH: Final = frozenset({"with", "including"})


def _objectless(chunks: Sequence[Chunk], core: int) -> bool:
    """Whether a verb has no object: the clause ends behind it, or goes on with a preposition."""
    if core + 1 >= len(chunks):
        return True
    behind = chunks[core + 1]
    return behind.sort in {"break", "comma", "preposition", "conjunction", "relative"} and behind.word not in _BEFORE


_BEFORE: Final = frozenset({"of", "around", "about", "over"})
"""Prepositions before the object itself or its number."""


def _circumstances(left: Left, chunk: Chunk, trigger: Trigger, passive: bool, supplier: Slot | None) -> Circumstances:
    return Circumstances(
        trigger,
        chunk.form,
        tuple(left.operators),
        (left.deal.status or "signed") if left.deal else None,
        left.negated,
        left.operator_negated,
        left.future,
        left.infinitive,
        passive,
        bool(supplier and supplier.chunk.parties and supplier.chunk.parties[0].label == "Firm"),
    )


def _roles(left: Left, group: Right, trigger: Trigger, passive: bool) -> dict[str, Slot]:
    if trigger.subject == "item":
        return _helped(left, group)
    if trigger.subject == "middle":
        return _moved(left, group)
    return _passive_roles(left, group, trigger) if passive else _active_roles(left, group, trigger)


def _active_roles(left: Left, group: Right, trigger: Trigger) -> dict[str, Slot]:
    roles: dict[str, Slot] = {}
    own, other = trigger.subject, _OTHER[trigger.subject]
    if trigger.kind == "lease" and "from" in group.prepositions:
        own, other = other, own
    found = _by_preposition(group.prepositions, _BEHIND[other])
    if left.owner:
        roles[own] = Slot(left.owner)
        if left.subject and left.subject is not left.owner and left.subject.sort == "party" and not found:
            roles[other] = Slot(left.subject, 0.7)
    elif left.infinitive and "by" in left.prepositions:
        roles[own] = Slot(left.prepositions["by"], 0.9)
    elif left.subject and left.subject.sort != "item":
        roles[own] = Slot(left.subject)
    if other == "buyer" and group.dative and (trigger.dative or trigger.object == "buyer"):
        roles["buyer"] = Slot(group.dative)
    if found and other not in roles:
        roles[other] = Slot(found, 0.95)
    counterpart = _by_preposition(left.prepositions, ("with", "to", "from")) if left.deal or left.operators else None
    if left.deal or left.operators:
        counterpart = counterpart or group.prepositions.get("with")
    if counterpart and (left.deal or other == "supplier"):
        _put_counterpart(roles, own, other, counterpart, left.joint)
    return roles


_BEHIND: Final = {"buyer": ("to", "for"), "supplier": ("from", "made by")}


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


def _by_preposition(found: dict[str, Chunk], wanted: Sequence[str]) -> Chunk | None:
    chunk = next((found[word] for word in wanted if word in found), None)
    if chunk and "including" in found and all(mention.label == "Group" for mention in chunk.parties):
        return found["including"]
    return chunk


def _passive_roles(left: Left, group: Right, trigger: Trigger) -> dict[str, Slot]:
    roles: dict[str, Slot] = {}
    for role, wanted in _BEHIND.items():
        found = _by_preposition(group.prepositions, wanted)
        if found:
            roles[role] = Slot(found)
    agent = group.prepositions.get("by")
    if agent:
        roles.setdefault(trigger.subject, Slot(agent))
    if "made by" in left.prepositions:
        roles.setdefault("supplier", Slot(left.prepositions["made by"], 0.85))
    if left.subject and left.subject.sort == "party" and trigger.object == "buyer":
        roles.setdefault("buyer", Slot(left.subject))
    return roles


def _moved(left: Left, group: Right) -> dict[str, Slot]:
    """Roles of ``two jets went to Peru``: only for a thing, or what points back to one."""
    receiver = _by_preposition(group.prepositions, ("to", "in"))
    giver = left.subject or group.prepositions.get("from")
    if not receiver or left.item is None or giver is None or giver.sort != "party":
        return {}
    return {"buyer": Slot(receiver, 0.85), "supplier": Slot(giver, 0.85)}


def _helped(left: Left, group: Right) -> dict[str, Slot]:
    """Roles of ``the drones helped Peru``: only for a thing, or a pronoun that may stand for one."""
    thing = left.item is not None or (left.subject is not None and left.subject.word in {"they", "it"})
    return {"buyer": Slot(group.dative, 0.8)} if thing and group.dative and group.dative.sort == "party" else {}


def _noun(chunks: Sequence[Chunk], core: int, trigger: Trigger) -> Iterator[Frame]:
    left = read_left(chunks, core)
    compound = _compound(chunks, core)
    owner = owner_of(chunks, core)
    if compound and compound.origin and owner is None:
        owner = Chunk("party", compound.first, compound.last, compound.origin.text.lower(), (compound.origin,))
        compound = replace(compound, origin=None)
    for group in read_right(chunks, core, frozenset({"of", "for", "on", "including"})):
        items = tuple(group.items) or ((compound,) if compound else ())
        roles, sides = _noun_roles(left, group, trigger, owner)
        operators = tuple(left.operators + group.operators)
        seen = Circumstances(
            trigger,
            "",
            operators,
            None,
            False,
            left.negated or left.operator_negated or group.negated,
            left.future or group.future,
        )
        status = settle(seen)
        if status and items and not (left.onlooker and "supplier" not in roles):
            yield Frame(
                core, trigger, status, roles.get("supplier"), roles.get("buyer"), sides, items, False, 0.9, left.denied
            )


def _compound(chunks: Sequence[Chunk], core: int) -> Item | None:
    """The thing straight before a noun: ``F-35 sale``."""
    before = chunks[core - 1] if core else None
    return before.item if before and before.sort == "item" and before.last == chunks[core].first else None


def _noun_roles(
    left: Left, group: Right, trigger: Trigger, owner: Chunk | None
) -> tuple[dict[str, Slot], tuple[Chunk, ...]]:
    roles: dict[str, Slot] = {}
    prepositions = group.prepositions
    for role, wanted in (("supplier", ("from",)), ("buyer", _BEHIND["buyer"])):
        found = _by_preposition(prepositions, wanted)
        if found:
            roles[role] = Slot(found, 0.95)
    if owner and trigger.subject:
        roles.setdefault(trigger.subject, Slot(owner))
    agent = prepositions.get("by")
    if agent:
        roles.setdefault(trigger.subject or "supplier", Slot(agent, 0.95))
    counterpart = left.prepositions.get("with") if left.deal else None
    if counterpart and trigger.subject:
        roles.setdefault(_OTHER[trigger.subject], Slot(counterpart, 0.9))
    sides = tuple(chunk for chunk in (left.subject, prepositions.get("with")) if chunk and chunk.sort == "party")
    approves = "approved" in [operator.status for operator in left.operators]
    if (
        left.subject
        and left.subject.sort == "party"
        and not left.onlooker
        and (trigger.subject == "supplier" or not approves)
    ):
        role = trigger.subject or ("supplier" if "buyer" in roles else "buyer" if "supplier" in roles else "")
        if role:
            roles.setdefault(role, Slot(left.subject, 0.8))
    if "made by" in prepositions:
        roles.setdefault("supplier", Slot(prepositions["made by"], 0.85))
    return roles, sides


def _predicate(chunks: Sequence[Chunk], core: int, trigger: Trigger) -> Iterator[Frame]:
    left = read_left(chunks, core)
    group = read_right(chunks, core, frozenset({"of", "for", "in"}))[0]
    if left.negated or left.operator_negated:
        return
    if trigger.sort == "service":
        buyer = group.dative or _by_preposition(group.prepositions, ("with", "in", "by"))
        items = (left.item,) if left.item else ()
        if buyer:
            yield Frame(core, trigger, trigger.status, None, Slot(buyer), (), items, not items, 0.9)
        return
    subject = left.subject if left.subject and left.subject.sort in {"party", "personal"} else None
    named = group.prepositions.get("including")
    if subject or named:
        who = subject if subject and subject.sort == "party" else named or subject
        supplier = None
        if who:
            yield Frame(
                core, trigger, trigger.status, supplier, Slot(who), (), tuple(group.items), not group.items, 0.9
            )
