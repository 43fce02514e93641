"""When something held: what claims say of its beginning and end, over one time or over several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

_FOREVER: Final = "9999-99-99"


@lru_cache(maxsize=10_000)
def is_date(text: str) -> bool:
    """Tell whether a text is a date of the calendar in ISO 8601, whole or only the year or month."""
    if not text.isascii() or len(text) not in (4, 7, 10) or not text.replace("-", "").isdigit():
        return False
    try:
        date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        return False
    return True


class Period(NamedTuple):
    """A time; ISO 8601 dates, whole or only the year or month, None if unknown or not over."""

    since: str | None
    until: str | None


def to_periods(told: Iterable[Period]) -> list[Period]:
    """Fold what claims say into the times over which it held, in their order.

    Claims whose times overlap speak of the same time: its beginning and its end are those that most of them give, of
    equals the first beginning and the last end. Times that follow each other without a year or a day between are one.
    What remains are times with gaps between, as of a president who came back.
    """
    times: list[Period] = []
    cluster: list[Period] = []
    for one in sorted(told, key=lambda one: (one.since or "", one.until or _FOREVER)):
        if cluster and not _overlap(cluster, one):
            times.append(_voted(cluster))
            cluster = []
        cluster.append(one)
    times += [_voted(cluster)] if cluster else []
    joined: list[Period] = []
    for one in times:
        if joined and _follows(joined[-1], one):
            joined[-1] = Period(joined[-1].since, one.until)
        else:
            joined.append(one)
    return joined


def _overlap(cluster: list[Period], one: Period) -> bool:
    """Tell whether a time begins before the last of others is over; one that begins on the last day does not."""
    end = max(other.until or _FOREVER for other in cluster)
    shared = min(len(end), len(one.since or ""))
    return one in cluster or not one.since or one.since[:shared] < end[:shared]


def _voted(cluster: list[Period]) -> Period:
    since, until = (Counter(value for one in cluster if (value := one[at])) for at in (0, 1))
    return Period(
        min(since, key=lambda value: (-since[value], value), default=None),
        max(until, key=lambda value: (until[value], value), default=None),
    )


def _follows(before: Period, after: Period) -> bool:
    """Tell whether there is no year between two times, or no day where both days are known."""
    if not before.until or not after.since:
        return True
    if len(before.until) == len(after.since) == 10:
        return (date.fromisoformat(after.since) - date.fromisoformat(before.until)).days <= 1
    return int(after.since[:4]) - int(before.until[:4]) <= 1
