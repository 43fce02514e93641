"""What the comment of a row says, where it says it plainly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comment:
    """What a comment says; whatever it does not say plainly is empty or None.

    Attributes:
        kind: one of ``schema.TRANSFER_KINDS``; empty if it says nothing of that.
        value: price in units of ``currency``.
        currency: ISO 4217 code.
        value_shared: whether the price covers more than this row (``Part of $215 m deal``).
        estimated: names of fields of ``TransferStatement`` that it calls uncertain or probable: ``supplier``, ``buyer``,
            ``system``, ``status``, ``quantity_ordered``, ``kind``, ``condition``, ``value``.
        condition: ``second-hand`` or ``second-hand, modernized``; None if it says nothing of that.
        financiers: names of who paid, as written.
        intermediaries: names of those through whom it went, as written.
        origins: names of states whose used equipment it was (``ex-…``, ``former … equipment``, ``from … stocks``).
        platform: name of the system for which this is a part, such as ``F-16``; None if it names no single one.
        platforms: how many of them; None if not said.
        platform_state: name of the state from which the platform comes or where it is produced; None if not said.
        denied: whether it says that the deal did not take place or was cancelled.
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
    platforms: int | None = None
    platform_state: str | None = None
    denied: bool = False


def read_comment(text: str) -> Comment:
    """Read a comment. Never raises; unclear words give nothing."""
    raise NotImplementedError
