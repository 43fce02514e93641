"""What a text has spoken of so far, to resolve ``it``, ``the drones`` and whoever a sentence leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ...graph.names import reference
from ...graph.statements import Party
from .chunk import Chunk
from .clauses import governor
from .item import Item
from .lexicon import lexicon
from .passages import Mention
from .tokens import word_set

LARGEST_GROUP: Final = 8
"""Of a larger group (NATO members) a sentence hardly ever means each one."""

NEAR: Final = 3
"""A thing or party this many sentences back may still be meant by a pronoun."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A system or class as a sentence spoke of it.

    Attributes:
        party: its id and name.
        classes: ids of the classes it belongs to.
        supplier: whose it is, as far as the text or the lists say; None if unknown.
        named: whether a system was named, not only a class.
        sentence: number of the sentence.
        first: index of its first token there.
    """

    party: Party
    classes: frozenset[str]
    supplier: Party | None
    named: bool
    sentence: int
    first: int = 0


@dataclass(frozen=True, slots=True)
class Spoken:
    """A party as a sentence spoke of it.

    Attributes:
        sentence: number of the sentence.
        first: index of its first token there.
        mention: who.
        governed: whether a preposition stands before it.
        listed: all that the same list names; ``they`` means all of them.
    """

    sentence: int
    first: int
    mention: Mention
    governed: bool
    listed: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Deal:
    """A transfer that a sentence told.

    Attributes:
        number: of the sentence.
        supplier: who supplies.
        buyer: who receives.
        system: what.
        status: how far it went.
    """

    number: int
    supplier: Party
    buyer: Party
    system: Party
    status: str


@dataclass(slots=True)
class Memory:
    """The discourse up to a sentence.

    Attributes:
        topic: the system that the whole text speaks of most, None if it names none.
        things: what was spoken of, latest last.
        parties: who was spoken of, latest last.
        deals: the transfers told in the last sentences, latest last.
        approved: ids of supplier and buyer of all transfers that the text says were approved.
        published: the date of publication, ISO 8601; None if unknown.
    """

    topic: Thing | None = None
    things: list[Thing] = field(default_factory=list)
    parties: list[Spoken] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)
    approved: set[tuple[str, str]] = field(default_factory=set)
    published: str | None = None

    def note(self, number: int, chunks: Sequence[Chunk]) -> None:
        """Remember what a sentence spoke of, and forget what is too far back to be meant."""
        self.things = [thing for thing in self.things if thing.sentence >= number - NEAR]
        self.parties = [spoken for spoken in self.parties if spoken.sentence >= number - NEAR]
        for index, chunk in enumerate(chunks):
            if chunk.sort == "item" and chunk.item and not chunk.item.weak:
                self.things.append(to_thing(chunk.item, number))
            elif chunk.sort == "party" and not chunk.owner:
                governed = governor(chunks, index) is not None
                self.parties += [
                    Spoken(number, chunk.first, mention, governed, chunk.parties) for mention in chunk.parties
                ]
            elif chunk.sort == "personal" and index == 0:
                meant = self.parties_meant(number, chunk)
                self.parties += [Spoken(number, chunk.first, mention, False, meant) for mention in meant]

    def tell(self, deal: Deal) -> None:
        """Remember a transfer that was told."""
        self.deals = [*(one for one in self.deals if one.number >= deal.number - NEAR), deal]
        if deal.status == "approved":
            self.approved.add((deal.supplier.id, deal.buyer.id))

    def thing_meant(self, number: int, item: Item | None) -> Thing | None:
        """Find the named system that a pronoun or a definite class noun points back to.

        Args:
            number: of the sentence.
            item: the noun phrase; None for a pronoun or nothing at all.
        """
        classes = item.classes if item else frozenset()
        for thing in reversed(self.things):
            if thing.sentence < number - NEAR:
                break
            before = thing.sentence < number or (
                thing.sentence == number and (item is None or thing.first < item.first)
            )
            named = thing.named or (item is not None and item.bare)
            if named and (not classes or classes & thing.classes) and before:
                return thing
        if item is not None and item.weak and not item.head.id:
            near = [
                thing for thing in self.things if number - 1 <= thing.sentence <= number and thing.first != item.first
            ]
            counted = [thing for thing in near if not thing.named and thing.sentence < number]
            if counted and not any(thing.named for thing in near):
                return counted[-1]
        fits = self.topic and (not classes or classes & self.topic.classes or classes <= VAGUE)
        return self.topic if fits else None

    def parties_meant(self, number: int, pronoun: Chunk, not_these: Sequence[str] = ()) -> tuple[Mention, ...]:
        """Find the parties that a pronoun or description points back to: several only for ``they``.

        In the same sentence the last one before it, else the subject of the sentence before, else the last one there.

        Args:
            number: of the sentence.
            pronoun: ``it``, ``they``, ``the country``, ``the company`` …
            not_these: ids of parties that it cannot be.
        """
        if pronoun.word in _SPEAKERS:
            return ()
        label = _label_meant(pronoun.word)
        reach = 1 if not label or label == "Person" else NEAR
        fitting = [
            spoken
            for spoken in self.parties
            if spoken.mention.id not in not_these
            and _may_mean(spoken.mention, label)
            and (
                number - reach <= spoken.sentence < number
                or (spoken.sentence == number and spoken.first < pronoun.first)
            )
        ]
        here = [spoken for spoken in fitting if spoken.sentence == number and not spoken.governed]
        if here:
            return _whole(here[-1], pronoun)
        for back in range(number - 1, number - reach - 1, -1):
            before = [spoken for spoken in fitting if spoken.sentence == back]
            free = [spoken for spoken in before if not spoken.governed]
            if before:
                return _whole(free[0] if free else before[-1], pronoun)
        return ()

    def last_deal(self, number: int, supplier: Sequence[str] = (), system: str = "") -> Deal | None:
        """Give the last transfer of the sentences just before: of a supplier, else of a system, else any."""
        for deal in reversed(self.deals):
            if deal.number < number - NEAR:
                return None
            if deal.supplier.id in supplier or (not supplier and system in {"", deal.system.id}):
                return deal
        return None


_SPEAKERS: Final = frozenset({"we", "us", "you"})
"""Words that mean whoever speaks or listens, whom nothing before has to name."""


def _whole(spoken: Spoken, pronoun: Chunk) -> tuple[Mention, ...]:
    plural = pronoun.word in {"they", "them"} and len(spoken.listed) > 1
    return spoken.listed if plural else (spoken.mention,)


def _label_meant(word: str) -> str:
    """Give the label that a pronoun or description stands for; empty if it may be any but a person."""
    noun = word.removeprefix("the ")
    found = next((label for label in ("State", "Firm") if noun in lexicon().descriptions[label]), "")
    return found if word.startswith("the ") else "Person" if word in {"he", "him"} else ""


def _may_mean(mention: Mention, label: str) -> bool:
    if mention.label == "Group":
        return False
    return mention.label == label if label else mention.label != "Person"


VAGUE: Final = frozenset({"system:arms", "system:aircraft", "system:military-technology"})
"""Classes so wide that their nouns may mean whatever was spoken of."""


def to_thing(item: Item, number: int) -> Thing:
    """Read a noun phrase of arms: what it is, and whose."""
    head = item.head
    supplier = to_party(item.maker) if item.maker else None
    supplier = supplier or (to_party(item.origin) if item.origin else maker_state(head.id))
    return Thing(Party(head.id, head.name), item.classes, supplier, item.named, number, item.first)


def to_topic(mention: Mention | None) -> Thing | None:
    """Read the mention of the text's main system."""
    if mention is None:
        return None
    entry = mention.entry
    known = str(entry.properties.get("class", "")) if entry else ""
    return Thing(Party(mention.id, mention.name), frozenset({known} - {""}), maker_state(mention.id), True, 0)


def to_party(mention: Mention) -> Party:
    """Make the party of a claim from a mention."""
    return Party(mention.id, mention.name)


def to_parties(mentions: Sequence[Mention]) -> list[Party]:
    """Make parties: a group becomes its members, a person who holds an office of state that state."""
    parties: list[Party] = []
    for mention in mentions:
        if mention.label == "Group":
            if len(mention.members) > LARGEST_GROUP:
                continue
            parties += [Party(code, _name(code)) for code in mention.members]
        elif mention.label == "Person":
            entry = mention.entry
            state = entry.properties.get("state") if entry and not entry.properties.get("firm") else None
            parties += [Party(state, _name(state))] if state else []
        elif mention.label != "System":
            parties.append(_body_of(mention) or to_party(mention))
    return list(dict.fromkeys(parties))


def _body_of(mention: Mention) -> Party | None:
    """The state whose ministry, force or agency a mention names; a rival government stays itself."""
    entry = mention.entry
    host = entry.properties.get("host") if entry else None
    if entry is None or not host:
        return None
    kind, words = entry.properties.get("type"), set(entry.name.lower().split())
    if kind == "agency" or (kind == "government" and words & _BODIES):
        return Party(host, _name(host))
    return None


_BODIES: Final = word_set(
    """
    army navy force forces department ministry treasury guard corps command fleet congress senate bundeswehr
    luftwaffe marines
    """
)


def _name(code: str) -> str:
    entry = reference().entries.get(code)
    return entry.name if entry else code


def maker_states(system: str) -> set[str]:
    """Give the states whose firms make a system, as far as the lists know."""
    entry = reference().entries.get(system)
    makers = entry.properties.get("makers", ()) if entry else ()
    return {state for maker in makers if (state := reference().state_of(maker))}


def maker_state(system: str) -> Party | None:
    """Give the state whose firm makes a system, where the lists know exactly one."""
    states = maker_states(system)
    return Party(code, _name(code)) if len(states) == 1 and (code := states.pop()) else None
