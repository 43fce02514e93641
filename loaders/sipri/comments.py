"""What the comment of a row says, where it says it plainly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from ...graph.names import Entry, reference

# A semicolon within brackets parts nothing.
_PART: Final = re.compile(r"(?:[^;()]+|\([^()]*\)|[()])+")
_BRACKETED: Final = re.compile(r"\(([^()]*)\)")
_BRACKETS: Final = re.compile(r"\s{0,9}\([^()]*\)")
_FOR: Final = re.compile(r"\bfor (?:the modern|modern|use [wo]|[A-Z0-9])|^(?:and )?\d+ [A-Z]")
_DESIGNATION: Final = re.compile(r"(?=.*[A-Z])(?!.*/[a-z])\S.+")
_QUOTES: Final = str.maketrans("‘’", "''")
_QUOTED: Final = re.compile(r" ?'[^']*'(?= |$)")
# A part longer than this says nothing plainly.
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Comment:
    """What a comment says; whatever it does not say plainly is empty or None.

    Attributes:
        kind: one of ``schema.TRANSFER_KINDS``; empty if it says nothing of that.
        value: price in units of ``currency``.
        currency: ISO 4217 code.
        value_shared: whether the price covers more than this row (``Part of $215 m deal``).
        estimated: names of fields of ``TransferStatement`` that it calls uncertain or probable: ``supplier``,
            ``buyer``, ``system``, ``status``, ``quantity_ordered``, ``kind``, ``condition``, ``value``.
        condition: ``second-hand`` or ``second-hand, modernized``; None if it says nothing of that.
        financiers: names of who paid, as written.
        intermediaries: names of those through whom it went, as written.
        origins: names of states whose used equipment it was (``ex-…``, ``former … equipment``, ``from … stocks``).
        platform: name of the system for which this is a part, such as ``F-16``; None if it names no single one.
        platform_description: what the platform is, in the words behind its name, such as ``combat aircraft``.
        platforms: how many of them; None if not said.
        platform_state: name of the state from which the platform comes or where it is produced; None if not said.
        status: ``cancelled`` if it says that the deal did not take place, ``negotiating`` if that the system was
            chosen and not yet ordered; empty if it says nothing of that.
    """

    kind: str = ""
    value: float | None = None
    currency: str | None = None
    value_shared: bool = False
    estimated: tuple[str, ...] = ()
    condition: str | None = None
    financiers: tuple[str, ...] = ()
    intermediaries: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    platform: str | None = None
    platform_description: str = ""
    platforms: int | None = None
    platform_state: str | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class _Plain:
    """A pattern that says one thing."""

    guard: str
    pattern: re.Pattern[str]
    field: str
    value: Any = None
    doubt: str = ""
    bracketed: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Everything in comments.toml, ready for use."""

    plain: tuple[_Plain, ...]
    bracketed: tuple[_Plain, ...]
    prices: tuple[re.Pattern[str], ...]
    price_rest: re.Pattern[str]
    currencies: dict[str, str]
    units: dict[str, float]
    financier: re.Pattern[str]
    financier_rest: re.Pattern[str]
    intermediary: re.Pattern[str]
    intermediary_rest: re.Pattern[str]
    origins: tuple[re.Pattern[str], ...]
    platform: re.Pattern[str]
    other_platform: re.Pattern[str]
    leads: frozenset[str]
    unnamed: frozenset[str]


_Found = tuple[tuple[str, Any], ...]


def read_comment(text: str) -> Comment:
    """Read a comment. Never raises; unclear words give nothing.

    A price is given where the comment names one sum; of a range such as ``$20-25 m`` neither end is a number that the
    source gives as the price. Of two currencies the first is the contract's.
    """
    found: dict[str, list[Any]] = {}
    for part in _PART.findall(text):
        for name, value in _read_part(part):
            found.setdefault(name, []).append(value)
    return _merge(found, text) if found else _NOTHING


_NOTHING: Final = Comment()


@lru_cache(maxsize=1 << 15)
def _read_part(part: str) -> _Found:
    part = part.translate(_QUOTES).strip(" .")
    if not 2 < len(part) <= _LONGEST:
        return ()
    if part[1].islower() or part[1] == "-":
        part = part[0].lower() + part[1:]
    patterns = _patterns()
    if "(" not in part:
        return (*_read_head(part, patterns), *_read_parties(part), *_read_platform(part, patterns))
    head = _BRACKETS.sub("", part)
    found = [*_read_head(head, patterns), *_read_parties(head), *_read_platform(part, patterns)]
    for note in _BRACKETED.findall(part):
        for piece in note.split(";"):
            said = piece.strip()
            found += (*_read_plain(said, patterns.bracketed), *_read_parties(said))
    return tuple(found)


def _read_head(head: str, patterns: _Patterns) -> Iterator[tuple[str, Any]]:
    yield from _read_plain(head, patterns.plain)
    if "deal" in head or "aid" in head or "lease" in head:
        for pattern in patterns.prices:
            if match := pattern.fullmatch(head):
                yield from _read_price(match, patterns)


def _read_plain(said: str, rules: tuple[_Plain, ...]) -> Iterator[tuple[str, Any]]:
    seen = set()
    for rule in rules:
        if rule.guard in said and rule.field not in seen and (match := rule.pattern.fullmatch(said)):
            if rule.field != "estimated":
                seen.add(rule.field)
            groups = match.groupdict()
            guessed = bool(rule.doubt) and any(groups.get(name) for name in ("guess", "guess2"))
            value = groups.get("state") if rule.value is None else rule.value
            yield rule.field, (value, rule.doubt if guessed else "")


def _read_price(match: re.Match[str], patterns: _Patterns) -> Iterator[tuple[str, Any]]:
    currency = patterns.currencies.get(match["currency"])
    value = float(match["low"]) * patterns.units[match["unit"]]
    clear = match["part"] or not match["rest"] or patterns.price_rest.fullmatch(match["rest"])
    if currency and value and clear and not match["high"]:
        yield "price", (round(value, 2), currency, bool(match["part"]), bool(match["guess"]))


def _read_parties(said: str) -> Iterator[tuple[str, Any]]:
    patterns = _patterns()
    if "financed" in said or "funded" in said or "paid" in said:
        match = patterns.financier.fullmatch(_QUOTED.sub("", said))
        if match and (not match["rest"] or patterns.financier_rest.fullmatch(match["rest"])):
            adjective = "aid" in (match["rest"] or "").split()[:2]
            yield from (("financier", name) for name in _names(match["names"], adjective=adjective))
    if "via " in said:
        match = patterns.intermediary.fullmatch(said)
        if match and (not match["rest"] or patterns.intermediary_rest.fullmatch(match["rest"])):
            yield from (("intermediary", name) for name in _names(match["names"]))
    if "ex-" in said or "ormer" in said or "stocks" in said or "captured" in said:
        for pattern in patterns.origins:
            if (match := pattern.fullmatch(said)) and (state := _owner(match["name"])):
                yield "origin", state


def _read_platform(part: str, patterns: _Patterns) -> Iterator[tuple[str, Any]]:
    if not _FOR.search(part):
        return
    match = patterns.platform.fullmatch(part)
    if not match:
        if patterns.other_platform.fullmatch(part):
            yield "platform", ("", None, None, "")
        return
    lead = (match["lead"] or "").split()
    name = match["name"]
    words = name.split()
    if (lead and (lead[-1] not in patterns.leads or "for" in lead)) or not _DESIGNATION.fullmatch(name):
        return
    if patterns.unnamed.isdisjoint(words) and not any(_states(word) for word in words):
        state = match["state"] if match["state"] and len(_states(match["state"])) == 1 else None
        yield "platform", (name, int(match["count"]) if match["count"] else None, state, part[match.end("name") :])


@lru_cache(maxsize=1 << 12)
def _states(name: str) -> tuple[Entry, ...]:
    return reference().find(name, ("State",))


def _owner(words: str) -> str | None:
    """Tell the state in a name or adjective that may have a designation behind it (``Ruritanian X-4``)."""
    while words:
        found = _states(words)
        if found:
            return found[0].name if len(found) == 1 else None
        words, _, last = words.rpartition(" ")
        if not any(letter.isdigit() for letter in last):
            return None
    return None


def _names(run: str, *, adjective: bool = False) -> tuple[str, ...]:
    """Split a run such as ``A and B`` into names that the reference lists have; none if they lack one of them."""
    for names in ((run,), tuple(run.split(" and "))):
        found = [reference().find(name, ("State", "Organisation")) for name in names]
        if all(len(entries) == 1 for entries in found):
            return tuple(entries[0].name for entries in found) if adjective else names
    return ()


def _merge(found: dict[str, list[Any]], text: str) -> Comment:
    platforms = {one[:3]: one[3].strip() for one in found.get("platform", ())}
    (name, count, state), what = platforms.popitem() if len(platforms) == 1 else (("", None, None), "")
    kinds = dict(found.get("kind", ()))
    # What is made in the state from which the platform comes is not made by the buyer.
    made = [doubt for state, doubt in found.get("licensed", ()) if not state or f"from {state}" not in text]
    kinds |= dict.fromkeys(("licensed_production",) if made else (), made[0] if made else "")
    prices = set(found.get("price", ()))
    prices = {price for price in prices if not price[2]} or prices
    value, currency, shared, guessed = prices.pop() if len(prices) == 1 else (None, None, False, False)
    condition, doubt = _condition(dict(found.get("condition", ())))
    outcomes = dict(found.get("status", ()))
    status = next((one for one in ("cancelled", "negotiating") if one in outcomes), "")
    unsure = outcomes.get(status, "")
    estimated = [value for value, _ in found.get("estimated", ())]
    estimated += [*(kinds.values() if len(kinds) == 1 else ()), doubt, unsure, "value" if guessed else ""]
    return Comment(
        kind=next(iter(kinds)) if len(kinds) == 1 else "",
        value=value,
        currency=currency,
        value_shared=shared,
        estimated=tuple(dict.fromkeys(field for field in estimated if field)),
        condition=condition,
        financiers=tuple(dict.fromkeys(found.get("financier", ()))),
        intermediaries=tuple(dict.fromkeys(found.get("intermediary", ()))),
        origins=tuple(dict.fromkeys(found.get("origin", ()))),
        platform=name or None,
        platform_description=what,
        platforms=count,
        platform_state=state,
        status=status,
    )


def _condition(said: dict[str, str]) -> tuple[str | None, str]:
    full, used = "second-hand, modernized", "second-hand"
    if full in said:
        return full, said[full]
    if used not in said:
        return None, ""
    if "modernized" in said:
        return full, said[used] or said["modernized"]
    return used, said[used] or said.get("perhaps modernized", "")


@cache
def _patterns() -> _Patterns:
    with (files(__package__) / "comments.toml").open("rb") as source:
        table = tomllib.load(source)
    platform = table["platform"]
    fragments = table["fragments"] | {
        "modifier": "(?:" + "|".join(map(re.escape, platform["modifiers"])) + ") ",
        "noun": "|".join(platform["nouns"]),
    }

    def compiled(pattern: str) -> re.Pattern[str]:
        for name, text in fragments.items():
            pattern = pattern.replace(f"%{name}%", text)
        return re.compile(pattern)

    plain = tuple(_Plain(**(row | {"pattern": compiled(row["pattern"])})) for row in table["plain"])
    return _Patterns(
        plain,
        tuple(rule for rule in plain if rule.bracketed),
        tuple(compiled(pattern) for pattern in table["price"]["patterns"]),
        compiled(table["price"]["rest"]),
        {code: code for code in table["currencies"]["codes"]} | table["currencies"]["written"],
        table["units"],
        compiled(table["financier"]["pattern"]),
        compiled(table["financier"]["rest"]),
        compiled(table["intermediary"]["pattern"]),
        compiled(table["intermediary"]["rest"]),
        tuple(compiled(pattern) for pattern in table["origin"]["patterns"]),
        compiled(platform["pattern"]),
        compiled(platform["other"]),
        frozenset(platform["leads"]),
        frozenset((*platform["unnamed"], *platform["regions"])),
    )
