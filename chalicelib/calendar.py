"""Calendar entries that come with letters: iCalendar, RFC 5545, as invitations, RFC 5546.

An entry is asked for once and then replaced in place: the same UID for as long as the
booking lives, and a SEQUENCE that only rises. `invitation` writes all of them.
"""

import functools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from zoneinfo import ZoneInfo

import icalendar
from icalendar import TimezoneDaylight, TimezoneStandard, vCalAddress, vUTCOffset

from chalicelib.domain.people import Person
from chalicelib.mime import one_line, visible

PRODID = "-//Marginal Lifts//Letters//EN"

HOUR = timedelta(hours=1)

LONGEST_LINE = 200
"""Letters of a title or place in a calendar entry; people cannot read longer ones there."""


class Method(StrEnum):
    """What the reader's calendar is to do: keep the entry, or take it out."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


STATUS = {Method.REQUEST: "CONFIRMED", Method.CANCEL: "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in somebody's calendar.

    Attributes
    ----------
    uid
        The same for every version of the entry: a booking's id, "@", our host.
    sequence
        Rises with every version.
    """

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    where: str
    description: str
    who: Person


def invitation(method: Method, entry: Entry, *, sender: str, zone: ZoneInfo, now: datetime) -> str:
    """The entry as an iCalendar object from the campaign's *sender*, in local time.

    To take an entry out, its sequence must be above that of what put it in.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", str(method))
    calendar.add_component(_timezone(zone, entry.starts_at))
    calendar.add_component(_event(STATUS[method], entry, sender, zone, now))
    return str(calendar.to_ical().decode())


def _event(
    status: str, entry: Entry, sender: str, zone: ZoneInfo, now: datetime
) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("dtstart", _minute(entry.starts_at, zone))
    event.add("dtend", _minute(entry.ends_at, zone))
    event.add("summary", one_line(entry.title, LONGEST_LINE))
    event.add("location", one_line(entry.where, LONGEST_LINE))
    event.add("description", visible(entry.description))
    event.add("status", status)
    event.add("transp", "OPAQUE")
    event.add("organizer", _address(*parseaddr(sender)))
    # They asked for it, so nobody waits for an answer, and none is mailed to the sender.
    event.add(
        "attendee",
        _address(entry.who.name, entry.who.email),
        parameters={"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"},
    )
    return event


def _minute(at: datetime, zone: ZoneInfo) -> datetime:
    """As the letter says it: whole minutes, never later than meant."""
    return at.astimezone(zone).replace(second=0, microsecond=0)


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{one_line(email, LONGEST_LINE)}")
    # Outlook knows no escapes in a parameter (RFC 6868), so no quotation marks in names.
    address.params["CN"] = one_line(name.replace('"', "'"), LONGEST_LINE)
    return address


def _timezone(zone: ZoneInfo, at: datetime) -> icalendar.Timezone:
    """The zone's clock for the local year of *at*, change by change.

    By hand, because icalendar's own (7.3) has clocks go forward an hour late: an
    observance's start is told in the offset before it (RFC 5545, 3.6.5).
    """
    timezone = icalendar.Timezone()
    timezone.add("tzid", zone.key)
    year = at.astimezone(zone).year
    start = datetime(year, 1, 1, tzinfo=zone).astimezone(UTC)
    timezone.add_component(_observance(zone, start, start))
    for now in _changes(zone, start):
        timezone.add_component(_observance(zone, now - HOUR, now))
    return timezone


@functools.cache
def _changes(zone: ZoneInfo, start: datetime) -> tuple[datetime, ...]:
    """When the zone's clock is put forward or back in the year from *start*, which is UTC."""
    hours = [start + number * HOUR for number in range(1, 366 * 24)]
    return tuple(
        now
        for now in hours
        if now.astimezone(zone).utcoffset() != (now - HOUR).astimezone(zone).utcoffset()
    )


def _observance(
    zone: ZoneInfo, before: datetime, now: datetime
) -> TimezoneDaylight | TimezoneStandard:
    """What the clock shows from *now* on, where it showed another offset *before*."""
    was, local = before.astimezone(zone), now.astimezone(zone)
    offset_was = was.utcoffset() or timedelta()
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    observance.add("dtstart", (now + offset_was).replace(tzinfo=None))
    observance.add("tzoffsetfrom", vUTCOffset(offset_was))
    observance.add("tzoffsetto", vUTCOffset(local.utcoffset() or timedelta()))
    observance.add("tzname", local.tzname() or zone.key)
    return observance
