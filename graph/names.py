"""Names to ids: the reference lists of states, firms, systems, people and others, and how a name finds its entry.

Exact names and aliases decide. Similarity only ever suggests: it never turns one name into another (Niger and Nigeria
are 83 % alike, S-300 and S-400 80 %).
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

from anyascii import anyascii

from .schema import LABELS, label_of

_NOT_ALNUM: Final = re.compile(r"[^a-z0-9]+")
_NOT_BETWEEN_DIGITS: Final = re.compile(r"(?<![0-9])-|-(?![0-9])")
_LONGEST_SLUG: Final = 120
_LETTER_TO_DIGIT: Final = re.compile(r"(?<=[a-z])(?=[0-9])")
_RATING: Final = re.compile(r"(?<=\w) \(\d{3,5}\)$|(?<= engine) \d+-\d+$")
_IN_BRACKETS: Final = re.compile(r".*\((.+)\)")


def slug(text: str) -> str:
    """Make the readable part of an id: ``slug("Bayraktar TB2") == "bayraktar-tb2"``. Never empty."""
    return _NOT_ALNUM.sub("-", anyascii(text).lower()).strip("-") or "x" + text.encode("utf-8", "surrogatepass").hex()


def key(text: str) -> str:
    """Reduce a name to what must agree: lower-case ASCII letters and digits, without a leading article.

    ``key("the S-400") == key("S400")``, and never ``key("S300")``. Between two digits one hyphen stays, so that no
    number grows out of two: ``key("Type-63 107mm") == "type63-107mm"``.
    """
    joined = _NOT_ALNUM.sub("-", anyascii(text).lower().strip().removeprefix("the "))
    return _NOT_BETWEEN_DIGITS.sub("", joined)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a reference list.

    Attributes:
        id: the node's id.
        name: the name to show.
        aliases: every other name that leads here, the ones of a state's people and capital included.
        properties: the node's further properties, such as ``state`` of a firm or ``class`` of a system.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    properties: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The label that the id tells."""
        return label_of(self.id)


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling in the reference lists.

    Attributes:
        text: the spelling, as in the list.
        entry: where it leads.
        form: ``name``, ``demonym``, ``capital``, ``metonym`` (a seat of power), or ``noun`` (of a class of systems).
    """

    text: str
    entry: Entry
    form: str


class Reference:
    """The reference lists, read once.

    Attributes:
        entries: every entry by id.
        groups: sets of states that a sentence names as one, by the key of their names: ids of the members.
    """

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.groups: dict[str, tuple[str, ...]] = {}
        self.group_names: list[tuple[str, tuple[str, ...]]] = []
        self._aliases: list[Alias] = []
        self._by_key: dict[str, dict[str, Entry]] = {}
        self._families = _families()
        self._homonyms = _homonyms()
        self._hosts = _hosts()
        for row in _rows("states.csv"):
            properties = {name: int(row[name]) for name in ("valid_from", "valid_to") if row[name]}
            demonyms, capital, metonyms = (_split(row[name]) for name in ("demonyms", "capital", "metonyms"))
            more = {"demonym": demonyms, "capital": capital, "metonym": metonyms}
            self._add(row["code"], row["name"], _split(row["aliases"]), properties, **more)
        for row in _rows("organisations.csv"):
            self._add(row["id"], row["name"], _split(row["aliases"]), _given(row, "type", "host"))
        for row in _rows("firms.csv"):
            self._add(row["id"], row["name"], _split(row["aliases"]), _given(row, "state"))
        categories = {}
        for row in _rows("classes.csv"):
            categories[row["id"]] = row["category"]
            given = {"category": row["category"], "generic": True}
            self._add(row["id"], row["name"], (), given, noun=_split(row["nouns"]))
        for row in _rows("systems.csv"):
            given = _given(row, "class") | {"makers": _split(row["maker"])}
            given |= {"category": categories[row["class"]]} if row["class"] else {}
            family = self._families.get(key(row["name"]), "")
            self._add(row["id"], row["name"], _split(row["aliases"]), given | _given({"family": family}, "family"))
        for row in _rows("people.csv"):
            given = _given(row, "state", "firm", "title", "since", "until")
            self._add(row["id"], row["name"], _split(row["aliases"]), given)
        for row in _rows("conflicts.csv"):
            self._add(row["id"], row["name"], _split(row["aliases"]), {"states": _split(row["states"])})
        for row in _rows("groups.csv"):
            members = _split(row["members"])
            for name in (row["name"], *_split(row["aliases"])):
                self.groups[key(name)] = members
                self.group_names.append((name, members))

    def _add(
        self, node_id: str, name: str, names: tuple[str, ...], properties: Mapping[str, Any], **more: tuple[str, ...]
    ) -> None:
        spelled = [(text, "name") for text in (name, *names)]
        spelled += [(text, form) for form, texts in more.items() for text in texts]
        entry = Entry(node_id, name, tuple(text for text, _ in spelled[1:]), properties)
        self.entries[node_id] = entry
        for text, form in spelled:
            self._aliases.append(Alias(text, entry, form))
            for typed in (text, f"{text}s") if form == "noun" else (text,):
                self._by_key.setdefault(key(typed), {})[node_id] = entry

    def aliases(self) -> Iterator[Alias]:
        """Give every spelling of every entry; for those who look for names in running text."""
        return iter(self._aliases)

    def find(self, text: str, labels: Collection[str] = ()) -> tuple[Entry, ...]:
        """Find what goes by exactly this name, id or alias; spaces, hyphens, accents and case do not matter.

        Args:
            text: the name as somebody wrote it.
            labels: give only entries of these labels; all if empty.

        Returns:
            The entries, none if nobody goes by that name, several if it is ambiguous.
        """
        found = [self.entries[text]] if text in self.entries else list(self._by_key.get(key(text), {}).values())
        return tuple(entry for entry in found if not labels or entry.label in labels)

    def state_of(self, actor_id: str) -> str | None:
        """Tell the state of an actor: a state's own id, the state of a firm; None where the lists know none."""
        if label_of(actor_id) == "State":
            return actor_id
        entry = self.entries.get(actor_id)
        return entry.properties.get("state") if entry and entry.label == "Firm" else None

    def family_of(self, system_id: str) -> str:
        """Tell the family of a system: the id of the design that it is a variant of, or its own."""
        entry = self.entries.get(system_id)
        if entry:
            return str(entry.properties.get("family", system_id))
        return self._families.get(key(system_id.removeprefix(LABELS["System"].prefix)), system_id)

    def properties_of(self, node_id: str) -> dict[str, str | int]:
        """Give what the lists know of a node beside its name; of a system that they do not have, its family."""
        entry = self.entries.get(node_id)
        if entry is not None:
            known = entry.properties.items()
            return {key: value for key, value in known if isinstance(value, str | int) and value != ""}
        family = self.family_of(node_id)
        return {"family": family} if family != node_id else {}

    def find_system(self, designation: str, description: str = "") -> tuple[str, str]:
        """Find the system that a register designates: one of the lists, or a new one made of the designation.

        Args:
            designation: as the register writes it; ``NH-90 NFH --`` is ``NH-90 NFH``, and ``AL-31 (13500)``, an engine
                with its rating, is ``AL-31``.
            description: of the weapon; it tells ``Hunter`` the fighter from ``Hunter`` the drone.

        Returns:
            Its id and its name.
        """
        designation = _RATING.sub("", designation.rstrip(" -")) or designation
        for words, means in self._homonyms.get(key(designation), ()):
            if any(word in description for word in words):
                designation = means
                break
        found = self.find(designation, ("System",))
        return (found[0].id, found[0].name) if len(found) == 1 else (make_id("System", designation), designation)

    def host_of(self, name: str) -> tuple[str, str] | None:
        """Tell what the brackets of an armed group's name in a register mean: ``Hezbollah (Lebanon)*`` is there.

        Args:
            name: as the register writes it, with or without ``*``; nothing is read into the brackets of ``**``.

        Returns:
            The kind of relation from the group to a state, and the state's id; None if the name tells neither.
        """
        bare = name.rstrip("* ")
        if known := self._hosts.get(key(bare)):
            return known
        bracket = _IN_BRACKETS.fullmatch(bare)
        if bracket is None or name.endswith("**") or self.find(bare, ("State",)):
            return None
        states = [entry.id for entry in self.find(bracket[1], ("State",))]
        return ("BASED_IN", states[0]) if len(states) == 1 else None


@cache
def reference() -> Reference:
    """Give the reference lists; they are read at the first call."""
    return Reference()


def suggest(text: str, names: Mapping[str, str], limit: int = 3) -> list[str]:
    """Give the ids whose names look most like a text, best first; for messages only, never to decide.

    Args:
        text: what somebody typed.
        names: name to id.
        limit: how many at most.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415  (only a failed look-up needs it)

    processor: Callable[[str], str] = key
    near = process.extract(text, names.keys(), scorer=fuzz.WRatio, processor=processor, limit=None, score_cutoff=60)
    too_short = min(3, len(key(text)) / 2)  # "UK" is in "Ukrane" letter for letter, and is not what was meant
    meant = [(name, score) for name, score, _ in near if len(key(name)) > too_short]
    best = [name for name, score in meant if score > meant[0][1] - 15]
    return list(dict.fromkeys(names[name] for name in best))[:limit]


def did_you_mean(text: str, names: Iterable[str]) -> str:
    """Give the question after the nearest of some names, with a space before it; empty if none is near."""
    from difflib import get_close_matches  # noqa: PLC0415  (only who mistyped something needs it)

    upper = {name.upper(): name for name in names}
    near = get_close_matches(text.upper(), upper, n=1)
    return f" Did you mean {upper[near[0]]}?" if near else ""


def make_id(label: str, name: str) -> str:
    """Make the id of something that no reference list has: its label's prefix and the slug of its name.

    Of a long slug the start, and a hash of the whole: an index of Neo4j takes some 8 kB of a key, a reader less.
    The id of a system follows the name's key, so that ``A-4`` and ``A4`` are one: ``system:a-4``.
    """
    same = _LETTER_TO_DIGIT.sub("-", key(name)) if label == "System" else ""
    words = same or slug(name)
    if len(words) > _LONGEST_SLUG:
        words = f"{words[:_LONGEST_SLUG].rstrip('-')}-{hashlib.sha256(words.encode()).hexdigest()[:16]}"
    return LABELS[label].prefix + words


def _families() -> dict[str, str]:
    return {key(member): row["id"] for row in _rows("families.csv") for member in _split(row["members"])}


def _homonyms() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    known: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in _rows("homonyms.csv"):
        known.setdefault(key(row["name"]), []).append((_split(row["described"]), row["means"]))
    return known


def _hosts() -> dict[str, tuple[str, str]]:
    return {key(row["name"]): (row["relation"], row["state"]) for row in _rows("hosts.csv")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files(__package__) / "reference" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _given(row: Mapping[str, str], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names if row[name]}
