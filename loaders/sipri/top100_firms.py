"""Which firm each row of the Top 100 is of: listed ones, new names of the same, parents, and when a parent changed.

Whatever is decided here, the lists themselves show: nothing is taken from how much two names look alike.

* A firm of the reference lists is found by its exact name. Where one list has two firms that go by names of one entry
  (MBDA and MBDA UK, Northrop Grumman and Orbital ATK), they are two: the entry is the one whose own name it is.
* A name that ends with one list and one that begins with the next are one firm if the second row gives, for the year
  before, the rank and sales of the first, both have one country, no footnote speaks of a merger, and the two names
  share a word of their own or are an abbreviation and what it stands for. The same rank and sales alone are not enough:
  SIPRI also puts a holding in the place of its plant.
* The parent in brackets is a firm of the same list: by its exact name, or by the first words of exactly one.
* A parent's time begins, or ends, in a year whose list gives another parent, or none, than the list of the year before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ...graph.names import Entry, key, make_id, reference
from ...graph.statements import Party
from .top100_sheets import FirmYear

_FORMS: Final = frozenset(
    (
        *("corp", "corporation", "company", "companies", "comp", "co", "inc", "ltd", "limited", "llc", "plc"),
        *("group", "groupe", "gruppen", "holding", "holdings", "spa", "ag", "sa"),
        *("international", "industries", "technologies", "systems"),
    )
)
"""Words at the end of a firm's name, or in it, that many firms have."""
_NO_STATES: Final = frozenset(("WEU", "Trans-European"))
_SHORTEST_WORD: Final = 3


@dataclass(frozen=True, slots=True)
class Renaming:
    """Two names of one firm.

    Attributes:
        older: the last row with the one name.
        newer: the first with the other.
    """

    older: FirmYear
    newer: FirmYear


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who owns the firm of a row.

    Attributes:
        owner: the firm that the brackets name.
        since: the year in which it became the owner, if the lists show it.
        until: the year in which it ceased to be.
        sure: False if the brackets give only the first words of its name.
    """

    owner: Party
    since: str | None
    until: str | None
    sure: bool


class Firms:
    """The firms of all lists.

    Attributes:
        renamings: names that the lists show to be of one firm.
        doubtful: pairs that have rank and sales in common, and nothing in their names.
    """

    def __init__(self, rows: Sequence[FirmYear]) -> None:
        self._lists: dict[int, list[FirmYear]] = defaultdict(list)
        for row in rows:
            self._lists[row.year].append(row)
        self._listed = _listed(self._lists.values())
        self._newer: dict[str, str] = {}
        self._names = {key(row.name): row.name for row in sorted(rows, key=lambda row: row.year)}
        self.renamings: list[Renaming] = []
        self.doubtful: list[Renaming] = []
        for year in sorted(self._lists):
            self._compare(self._lists.get(year - 1, ()), self._lists[year])
        self._parties: dict[str, Party] = {}
        self._owners: dict[str, dict[int, str | None]] = defaultdict(dict)
        for row in rows:
            owner = self._find_owner(row)
            self._owners[self.party(row.name).id][row.year] = owner[0].id if owner else None

    def party(self, name: str) -> Party:
        """Give the firm that has a name."""
        named = key(name)
        if named not in self._parties:
            chain = list(self._chain(named))
            entries = [self._listed[one] for one in chain if one in self._listed]
            newest = self._names.get(chain[-1], name)
            self._parties[named] = (
                Party(entries[0].id, entries[0].name) if entries else Party(make_id("Firm", newest), newest)
            )
        return self._parties[named]

    def ownership(self, row: FirmYear) -> Ownership | None:
        """Tell who owns the firm of a row, if the row says so."""
        found = self._find_owner(row)
        if found is None:
            return None
        owners = self._owners[self.party(row.name).id]
        first = last = row.year
        while owners.get(first - 1, "") == found[0].id:
            first -= 1
        while owners.get(last + 1, "") == found[0].id:
            last += 1
        since = str(first) if first - 1 in owners else None
        until = str(last + 1) if last + 1 in owners else None
        return Ownership(found[0], since, until, found[1])

    def _chain(self, named: str) -> Iterator[str]:
        """Give the keys of all names of the firm that has one, the newest last."""
        while named in self._newer:
            named = self._newer[named]
        older = {newer: one for one, newer in self._newer.items()}
        names = [named]
        while names[-1] in older:
            names.append(older[names[-1]])
        return reversed(names)

    def _compare(self, before: Iterable[FirmYear], after: Iterable[FirmYear]) -> None:
        """Find the firms that have one name in one list and another in the next."""
        gone = _without(before, after)
        for new in _without(after, before):
            figure = new.sales.get((new.year - 1, None))
            same = [
                old
                for old in gone
                if old.country == new.country
                and figure is not None
                and old.sales.get((old.year, None)) == figure
                and (old.rank == new.earlier_rank if old.rank != "S" else new.earlier_rank == "S" == new.rank)
                and (old.rank != "S" or key(old.parent) == key(new.parent))
            ]
            if len(same) != 1 or remarkable(new):
                continue
            entries = [self._listed.get(key(one.name)) for one in (same[0], new)]
            listed = {entry.id for entry in entries if entry}
            if len(listed) == 1 and all(entries):
                continue
            if not listed and self._taken(same[0], new):
                continue
            pair = Renaming(same[0], new)
            if len(listed) < 2 and _alike(same[0], new):
                self.renamings.append(pair)
                if key(same[0].name) not in self._chain(key(new.name)):  # it may have taken its old name back
                    self._newer[key(same[0].name)] = key(new.name)
            else:
                self.doubtful.append(pair)

    def _taken(self, old: FirmYear, new: FirmYear) -> bool:
        """Tell whether either name has its counterpart already."""
        return key(old.name) in self._newer or key(new.name) in self._newer.values()

    def _find_owner(self, row: FirmYear) -> tuple[Party, bool] | None:
        """Find the firm that the brackets of a row name, and tell whether they name it in full."""
        if not row.parent:
            return None
        name = without_place(row.parent)
        others = [one for one in self._lists[row.year] if one is not row]
        if any(key(one.name) == key(name) for one in others):
            return self.party(name), True
        entry, words = _entry(name), _words(name)
        listed = Party(entry.id, entry.name) if entry else None
        if listed and listed in {self.party(one.name) for one in others}:
            return listed, True
        begins = {self.party(one.name) for one in others if one.rank != "S" and _words(one.name)[: len(words)] == words}
        return (begins.pop(), False) if words and len(begins) == 1 else (listed or self.party(name), True)


def remarkable(row: FirmYear) -> list[str]:
    """Give the footnotes to a row that speak of this firm alone, as of a merger: not of estimates or its country."""
    return [note for note in row.notes if "estimate" not in note.casefold() and not note.startswith(row.country)]


def without_place(parent: str) -> str:
    """Take the country off the end of what stands in brackets: ``BAE Systems UK`` is ``BAE Systems``."""
    words = parent.split(" ")
    for many in (2, 1):
        place = " ".join(words[-many:])
        if len(words) > many and (place in _NO_STATES or reference().find(place, ("State",))):
            return " ".join(words[:-many])
    return parent


def _listed(lists: Iterable[Sequence[FirmYear]]) -> dict[str, Entry]:
    """Give the entry of the reference lists that a name, by its key, leads to in this file."""
    found: dict[str, Entry] = {}
    others: set[str] = set()
    for rows in lists:
        by_entry: dict[str, list[FirmYear]] = defaultdict(list)
        for row in rows:
            if entry := _entry(row.name):
                found[key(row.name)] = entry
                by_entry[entry.id].append(row)
        for entry_id, several in by_entry.items():
            if len(several) > 1:
                own = _words(reference().entries[entry_id].name)
                first = [row for row in several if not row.parent and _words(row.name) == own] or [
                    row for row in several if not row.parent
                ]
                keep = key(first[0].name) if len(first) == 1 else ""
                others |= {key(row.name) for row in several} - {keep}
    return {name: entry for name, entry in found.items() if name not in others}


@cache
def _entry(name: str) -> Entry | None:
    found = reference().find(name, ("Firm",))
    return found[0] if len(found) == 1 else None


def _without(rows: Iterable[FirmYear], others: Iterable[FirmYear]) -> list[FirmYear]:
    names = {key(row.name) for row in others}
    return [row for row in rows if key(row.name) not in names]


@cache
def _words(name: str) -> tuple[str, ...]:
    """Give the words of a name without those of its form."""
    words = [key(word) for word in name.replace("-", " ").split()]
    return tuple(word for word in words if word and word not in _FORMS)


def _alike(old: FirmYear, new: FirmYear) -> bool:
    """Tell whether two names share a word of their own, or one abbreviates the other."""
    parents = {word for row in (old, new) for word in _words(without_place(row.parent))}
    one, other = ([word for word in _words(row.name) if word not in parents] for row in (old, new))
    if any(len(min(a, b, key=len)) >= _SHORTEST_WORD and (a in b or b in a) for a in one for b in other):
        return True
    return any(_abbreviates(*pair) for pair in ((old.name, new.name), (new.name, old.name)))


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether the first word of a name is made of first letters of another's words, in their order."""
    letters, words = short.split(maxsplit=1)[0], long.replace("-", " ").split()
    if not letters.isupper() or len(letters) < _SHORTEST_WORD or len(words) < len(letters) or words[0][0] != letters[0]:
        return False
    initials = iter(word[0].upper() for word in words)
    return all(letter in initials for letter in letters)


def figures_of(row: FirmYear) -> Mapping[tuple[int, int | None], float]:
    """Give the sales of a row that are its firm's own: of earlier years not where a footnote makes them another's."""
    if not remarkable(row):
        return row.sales
    return {basis: figure for basis, figure in row.sales.items() if basis[0] == row.year}
