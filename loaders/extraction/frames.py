"""Transfers in a sentence: a word of transfer with its subject, its objects and its prepositions, as roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from .chunk import Chunk
from .clauses import Left, owner_of, read_left
from .item import Item
from .lexicon import Trigger
from .right import Right, read_right
from .roles import BEHIND, OTHER, Slot, by_preposition, noun_roles, verb_roles
from .status import Circumstances, settle
from .tokens import word_set


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
        recalled: whether a noun with ``the`` and nothing else stands for the transfer last spoken of.
        year: the year where a row of a list gives it; else it is looked for in the clause.
        row: whether it is a row of a list or table, whose heading gives the rest.
        refused: the name of the rule that turned it down; empty if none did.
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
    recalled: bool = False
    year: int | None = None
    row: bool = False
    refused: str = ""


def find_frames(chunks: Sequence[Chunk], *, headings: bool = False) -> Iterator[Frame]:
    """Find the transfers that a sentence tells.

    Args:
        chunks: of one sentence.
        headings: whether to give also those of a heading that names no arms or no deal: ``Peru's orders from Chile``.
    """
    for index, chunk in enumerate(chunks):
        if chunk.trigger is None:
            continue
        if chunk.sort == "verb":
            yield from _verb(chunks, index, chunk.trigger)
        elif chunk.sort == "noun" and not _hands_on(chunks, index):
            yield from _noun(chunks, index, chunk.trigger, headings)
        elif chunk.word in _TALKS and chunk.sort == "operator":
            yield from _talks(chunks, index, chunk.trigger)
        elif chunk.sort in {"predicate", "service"}:
            yield from _predicate(chunks, index, chunk.trigger, headings)


_TALKS: Final = word_set("talks negotiations discussions")


def _talks(chunks: Sequence[Chunk], core: int, trigger: Trigger) -> Iterator[Frame]:
    """``Peru in talks with Chile over jets``: talks about arms themselves, without a verb of transfer."""
    left = read_left(chunks, core)
    group = read_right(chunks, core, frozenset({"over", "on", "about", "for"}))[0]
    other = group.prepositions.get("with")
    verbs = any(chunk.sort in {"verb", "noun"} for chunk in chunks[core + 1 : core + 8])
    if group.items and other and left.subject and not left.negated and not verbs:
        yield Frame(core, trigger, "negotiating", None, None, (left.subject, other), tuple(group.items), False, 0.9)


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
    taken = trigger.through | (_TAKEN_WITH if trigger.object == "buyer" else _TAKEN)
    for group in _gapped(chunks, core) or read_right(chunks, core, taken):
        roles = verb_roles(left, group, trigger, passive)
        items = tuple(group.items) or ((left.item,) if left.item and (passive or middle) else ())
        items = items or ((left.object,) if left.object and not passive else ())
        judged = replace(left, operators=left.operators + group.operators) if _is_gerund(left, chunk) else left
        status = settle(_circumstances(judged, chunk, trigger, passive, roles.get("supplier")))
        if not items and (
            trigger.lemma == "own" or (trigger.lemma in _NEEDS_A_THING and not passive and not group.pointing)
        ):
            continue
        refused = _turned_down(left, group, chunk, passive, status)
        if _is_bare(left, chunk) and status not in {"interested", "negotiating"}:
            status = "potential"
        pointing = not items and (group.pointing or passive or middle or _objectless(chunks, core))
        reduced = passive and not left.be and "supplier" not in roles
        fitted = passive and left.item is not None and trigger.object == "buyer"
        if not reduced and not fitted:
            sure = 1.0 if left.direct else 0.9
            sure *= 1.0 if passive or trigger.subject != "supplier" or "supplier" in roles or left.deal else 0.5
            supplier, buyer = roles.get("supplier"), roles.get("buyer")
            frame = Frame(
                core, trigger, status, supplier, buyer, (), items, pointing, sure, left.denied, refused=refused
            )
            yield frame
            yield from _continued(chunks, frame, passive)


_NEEDS_A_THING: Final = word_set("use get fly pay pick choose hand grant lend arm request secure")
"""Verbs that tell of arms only with arms as their object."""


def _turned_down(left: Left, group: Right, chunk: Chunk, passive: bool, status: str) -> str:
    """Give the name of the rule that turns a verb down; empty if none does."""
    trigger = chunk.trigger
    if trigger is None:
        return ""
    if not status:
        return _statusless(left.negated or left.operator_negated)
    if trigger.status == "in_service" and status != "in_service":
        return "use is only in prospect"
    if left.kept and status not in {"denied", "refused", "cancelled"}:
        return "kept from doing it"
    if group.back:
        return "given back"
    if left.helped and trigger.subject == "buyer":
        return "helped to get it"
    if trigger.through and passive:
        return "paid for by somebody"
    if trigger.lemma == "deny" and not passive and group.dative is None:
        return "denies it"
    if left.onlooker and not left.owner and (left.infinitive or chunk.form == "ing"):
        return "an onlooker's word"
    return ""


def _statusless(negated: bool) -> str:
    return "negated" if negated else "nothing says how far it went"


def _continued(chunks: Sequence[Chunk], frame: Frame, passive: bool) -> Iterator[Frame]:
    """Read what goes on without its verb: ``Peru ordered 24 jets and Chile six``, ``…; Chile, 12 tanks from Spain``."""
    role = frame.trigger.subject
    if passive or role not in OTHER or (frame.supplier or frame.buyer) is None:
        return
    for index in range(frame.core + 2, len(chunks) - 1):
        chunk, before = chunks[index], chunks[index - 1]
        if chunk.sort in {"verb", "said", "relative"} or (chunk.sort == "break" and chunk.word != ";"):
            return
        thing = chunks[index + 1 + (chunks[index + 1].sort == "comma")] if index + 2 < len(chunks) else chunks[-1]
        joined = before.sort == "conjunction" or before.word == ";"
        if joined and chunk.sort == "party" and not chunk.owner and thing.item and thing.item.quantity is not None:
            group = read_right(chunks, index, _TAKEN)[0]
            other = by_preposition(group.prepositions, BEHIND[OTHER[role]])
            slots = {role: Slot(chunk, 0.95)} | ({OTHER[role]: Slot(other, 0.95)} if other else {})
            yield replace(
                frame,
                core=index,
                supplier=slots.get("supplier"),
                buyer=slots.get("buyer"),
                items=(thing.item,),
                sure=0.9,
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
    counted = row[0].item if len(row) == 3 else None
    if counted is None or not counted.bare or row[1].sort != "conjunction" or row[2].sort != "verb":
        return []
    shared = read_right(chunks, core + 3, _TAKEN)[:1]
    return [
        replace(group, items=[replace(item, quantity=counted.quantity) for item in group.items]) for group in shared
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
        _is_maker(supplier, trigger),
    )


def _noun(chunks: Sequence[Chunk], core: int, trigger: Trigger, heading: bool = False) -> Iterator[Frame]:
    left = read_left(chunks, core)
    compound = _compound(chunks, core)
    owner = owner_of(chunks, core)
    if compound and compound.origin and owner is None:
        owner = Chunk("party", compound.first, compound.last, compound.origin.text.lower(), (compound.origin,))
        compound = replace(compound, origin=None)
    for group in read_right(chunks, core, frozenset({"of", "for", "on", "including"})):
        items = tuple(group.items) or ((compound,) if compound else ())
        roles, sides = noun_roles(left, group, trigger, owner)
        operators = tuple(left.operators + group.operators)
        negated = left.negated or left.operator_negated or group.negated
        seen = Circumstances(trigger, "", operators, None, False, negated, left.future or group.future)
        status = settle(seen) or ("ordered" if heading and not operators and not negated else "")
        recalled = not items and owner is None and bool(operators) and not negated and _is_the(chunks, core)
        refused = "" if status else _statusless(negated)
        if left.onlooker and "supplier" not in roles:
            refused = "an onlooker's word"
        if items or (recalled and status and not roles) or (heading and roles):
            supplier, buyer = roles.get("supplier"), roles.get("buyer")
            yield Frame(
                core, trigger, status, supplier, buyer, sides, items, False, 0.9, left.denied, recalled, refused=refused
            )


def _is_maker(supplier: Slot | None, trigger: Trigger) -> bool:
    """Whether a firm supplies; of what is built also a pronoun, for who builds for others sells."""
    if supplier is None or supplier.chunk.sort == "personal":
        return supplier is not None and supplier.chunk.word == "it" and not trigger.status
    return bool(supplier.chunk.parties) and supplier.chunk.parties[0].label == "Firm"


def _is_the(chunks: Sequence[Chunk], core: int) -> bool:
    """Whether a noun has ``the`` before it, over one adjective: ``the deal``, ``the new contract``."""
    near = chunks[max(0, core - 2) : core]
    return bool(near) and (near[-1].word == "the" or (near[0].word == "the" and near[-1].sort in {"other", "operator"}))


def _compound(chunks: Sequence[Chunk], core: int) -> Item | None:
    """The thing straight before a noun: ``F-35 sale``."""
    before = chunks[core - 1] if core else None
    return before.item if before and before.sort == "item" and before.last == chunks[core].first else None


def _predicate(chunks: Sequence[Chunk], core: int, trigger: Trigger, heading: bool) -> Iterator[Frame]:
    left = read_left(chunks, core)
    group = read_right(chunks, core, frozenset({"of", "for", "in"}))[0]
    if left.negated or left.operator_negated:
        return
    if trigger.sort == "service":
        buyer = group.dative or by_preposition(group.prepositions, ("with", "in", "by"))
        items = (left.item,) if left.item else ()
        if buyer:
            yield Frame(core, trigger, trigger.status, None, Slot(buyer), (), items, not items, 0.9)
        return
    if heading and group.items and left.subject is None:
        yield Frame(core, trigger, trigger.status, items=tuple(group.items))
    subject = left.subject if left.subject and left.subject.sort in {"party", "personal"} else None
    named = group.prepositions.get("including")
    if subject or named:
        who = subject if subject and subject.sort == "party" else named or subject
        supplier = None
        if who:
            yield Frame(
                core, trigger, trigger.status, supplier, Slot(who), (), tuple(group.items), not group.items, 0.9
            )
