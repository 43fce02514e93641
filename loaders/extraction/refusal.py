"""A candidate that a rule turned down: what it would have stated, and the name of the rule."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a candidate became no claim.

    Rules do not drop what they turn down; they hand it on with their name, and who wants only claims passes over it.

    Attributes:
        rule: the name of the rule, in words.
        states: ``transfer``, or the name of the relation.
        ends: role and words of each end, as far as the sentence gives them.
        first: index of the first token of the clause.
        last: index just behind the last.
    """

    rule: str
    states: str
    ends: tuple[tuple[str, str], ...]
    first: int
    last: int
