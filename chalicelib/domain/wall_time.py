"""Days and times of day as people type them, and the instants that they mean.

The wall clock is the campaign's own. When the clocks go back, an hour comes twice: a time
in it means the first. When they go forward, an hour never comes: a time in it is refused.
Whatever the text, the only error is `Invalid`, with the sentence beside the field.
"""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from chalicelib.errors import Invalid

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ORDINAL = re.compile("([0-9]{1,2})(?:st|nd|rd|th)")
_SEPARATORS = re.compile("[\\s./,-]+")
_CLOCK = re.compile("([0-9]{1,2})(?:[:. ]?([0-9]{2}))?\\s*(am|pm|)")
_WORDS = {"midday": time(12), "noon": time(12), "midnight": time(0)}

_DAY = "Enter a day like 28 11 2026"
_TIME = "Enter a time like 9:30am or 6pm"

_UNCLEAR = range(1, 8)
"""Hours that mean the morning to a clock and the afternoon to people: 7:30 is refused
without am or pm, 9:30 and 07:30 are not."""


def day(text: str, today: date) -> date:
    """A day: "28 11 2026", "28/11/26", "28 Nov", "2026-11-28".

    Without a year it is the next such day, today included.

    Raises
    ------
    Invalid
        When it is no day of the calendar.
    """
    parts = [part for part in _SEPARATORS.split(text.strip().lower()) if part]
    if not parts:
        raise Invalid("Enter the day")
    if len(parts) == 3 and re.fullmatch("[0-9]{4}", parts[0]):
        parts.reverse()
    if len(parts) not in {2, 3}:
        raise Invalid(_DAY)
    number, month = _number(parts[0]), _month(parts[1])
    if len(parts) == 3:
        return _calendar(_year(parts[2]), month, number)
    return _next(month, number, today)


def clock(text: str, missing: str = "Enter a time") -> time:
    """A time of day: "9.30", "9:30am", "0930", "6 pm", "midday"; 24 hours without am or pm.

    Raises
    ------
    Invalid
        *missing* when there is none; else when it is no time of day, or could as well be
        twelve hours later.
    """
    typed = text.strip().lower().replace("a.m.", "am").replace("p.m.", "pm").replace(" pm", "pm")
    typed = typed.replace(" am", "am")
    if not typed:
        raise Invalid(missing)
    if typed in _WORDS:
        return _WORDS[typed]
    found = _CLOCK.fullmatch(typed) if typed.isascii() else None
    if found is None:
        raise Invalid(_TIME)
    hours, minutes, half = found.groups()
    return _time(hours, int(minutes or 0), half)


def written(at: datetime, zone: ZoneInfo) -> str:
    """What the clocks of *zone* show then: "8:30am", "1pm"; `clock` reads it again."""
    local = at.astimezone(zone)
    past = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{past}{'am' if local.hour < 12 else 'pm'}"


def instant(on: date, at: time, zone: ZoneInfo) -> datetime:
    """When the clocks of *zone* show that, in UTC; the first time when they show it twice.

    Raises
    ------
    Invalid
        When they never do: the clocks go forward over it.
    """
    local = datetime.combine(on, at, zone)
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Invalid("The clocks go forward that night and skip this time. Enter another")
    return local.astimezone(UTC)


def _time(hours: str, minutes: int, half: str) -> time:
    hour = int(hours)
    if minutes > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise Invalid(_TIME)
    if half:
        return time(hour % 12 + (12 if half == "pm" else 0), minutes)
    if len(hours) == 1 and hour in _UNCLEAR:
        raise Invalid(f"Is that {hour}{f':{minutes:02}' if minutes else ''} am or pm? Add which")
    return time(hour, minutes)


def _number(text: str) -> int:
    text = _ORDINAL.sub(r"\1", text)
    if not re.fullmatch("[0-9]{1,2}", text):
        raise Invalid(_DAY)
    return int(text)


def _month(text: str) -> int:
    if text in _FULL:
        return _FULL.index(text) + 1
    if text == "sept" or text in _MONTHS:
        return _MONTHS.index(text[:3]) + 1
    return _number(text)


def _year(text: str) -> int:
    if not re.fullmatch("[0-9]{4}|[0-9]{2}", text):
        raise Invalid(_DAY)
    return int(text) if len(text) == 4 else 2000 + int(text)


def _calendar(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise Invalid("There is no such day. " + _DAY) from None


def _next(month: int, number: int, today: date) -> date:
    if (month, number) == (2, 29):
        raise Invalid("Enter the year too")
    this_year = _calendar(today.year, month, number)
    return this_year if this_year >= today else _calendar(today.year + 1, month, number)
