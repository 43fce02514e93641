"""Dates as English texts write them: 14 May 2019, May 14, 2019, 2019-05-14."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH},? (?P<year>\d{{4}})(?!\d)",
        rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})(?!\d)",
        r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
    )
)


def find_day(text: str) -> tuple[str, int, int] | None:
    """Find a whole date in a short text; numbers such as 10/03/2019 say no month and are left alone.

    Returns:
        The date in ISO 8601, and from where to where it stands.
    """
    parts = next((found for form in _FORMS if (found := form.search(text))), None)
    if parts is None:
        return None
    month = parts["month"]
    try:
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1
        return date(int(parts["year"]), number, int(parts["day"])).isoformat(), parts.start(), parts.end()
    except ValueError:
        return None
