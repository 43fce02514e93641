"""A relation as a rule reads it in a sentence, before its ends are checked against the schema."""

from __future__ import annotations

from dataclasses import dataclass

from ...graph.statements import Party
from .passages import Mention


@dataclass(frozen=True, slots=True)
class Related:
    """A relation between two ends.

    Attributes:
        relation: its name.
        subject: where it starts.
        object: where it ends.
        rule: the name of the rule that read it; its confidence is looked up by that.
        title: the office, kinship or share, where the words give it.
        refused: the name of the rule that turned it down; empty if none did.
    """

    relation: str
    subject: Mention | Party
    object: Mention | Party
    rule: str
    title: str | None = None
    refused: str = ""
