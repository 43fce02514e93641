"""How far a transfer went, and how sure the source is: from tense, modality, negation and governing words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .lexicon import Trigger

_VETOES: Final = ("cancelled", "denied", "refused")
_WEAK: Final = ("interested", "potential", "negotiating", "offered", "pledged")
_FIRM: Final = ("signed", "ordered")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What stands around a word of transfer.

    Attributes:
        trigger: the word itself.
        form: of a verb.
        operators: the governing words, left to right.
        deal: status of a noun of dealing that governs a verb: a contract to buy; None without one.
        negated: whether the transfer is denied.
        operator_negated: whether a governing word is denied: has not approved.
        future: whether it is told as to come.
        infinitive: whether the verb is one.
        passive: whether the verb is passive.
        by_firm: whether a firm supplies.
    """

    trigger: Trigger
    form: str = ""
    operators: tuple[Trigger, ...] = ()
    deal: str | None = None
    negated: bool = False
    operator_negated: bool = False
    future: bool = False
    infinitive: bool = False
    passive: bool = False
    by_firm: bool = False


def settle(seen: Circumstances) -> str:
    """Give the status that the words support.

    A refusal beats everything, talk beats a signature, an approval beats talk, and a plain past tense says what its
    verb says. A governing word that is itself denied (has not signed) leaves no more than talk.

    Returns:
        One of the schema's statuses; empty if the words state no transfer.
    """
    aid = seen.trigger.aid
    said = [(operator.aid_status if aid and operator.aid_status else operator.status) for operator in seen.operators]
    said = [status for status in said if status]
    veto = next((status for status in _VETOES if status in said), None)
    if seen.operator_negated:
        return "" if veto or not said else _undone(said)
    if veto:
        return veto
    if seen.negated:
        return "refused" if seen.future else ""
    if "approved" in said:
        return "potential" if seen.future else "approved"
    weak = [status for status in said if status in _WEAK]
    if weak:
        return min(weak, key=_WEAK.index) if "pledged" not in weak or len(set(weak)) > 1 else "pledged"
    firm = [status for status in said if status in _FIRM]
    if firm and not seen.future:
        return firm[0]
    return _plain(seen, firm)


def _undone(said: Iterable[str]) -> str:
    """What is left of a governing word under negation."""
    return "negotiating" if set(said) & {*_FIRM, "negotiating"} else "potential"


def _plain(seen: Circumstances, firm: list[str]) -> str:
    """Read a transfer without governing words from its tense."""
    status = seen.trigger.status
    if seen.future:
        if status in {"offered", "pledged", "interested", "negotiating"}:
            return status
        if seen.trigger.subject == "supplier":
            return "ordered" if seen.by_firm or seen.passive or seen.deal else "pledged"
        return "ordered" if firm or status == "delivered" else "potential"
    if not status and seen.by_firm and not (seen.infinitive or seen.passive) and seen.deal is None:
        return "ordered"
    if seen.trigger.sort == "verb" and (seen.infinitive or seen.form == "base"):
        if seen.deal is not None and (seen.infinitive or not status):
            return seen.deal
        return "" if seen.infinitive else status
    return status
