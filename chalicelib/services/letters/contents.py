"""What a letter says before it has words: to whom, which facts, which calendar entry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from chalicelib import mail
from chalicelib.adapters import Adapters
from chalicelib.calendar import Entry, Method
from chalicelib.domain import ids
from chalicelib.domain.event import Session, Venue
from chalicelib.domain.link import MANAGE_AFTER, Purpose
from chalicelib.domain.people import Person

OFF = "emails/calendar_off.txt"
"""The words of a calendar entry that goes."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A letter that only needs its words.

    Attributes
    ----------
    facts
        What the letter's templates are given.
    entry
        What it changes in the reader's calendar; None: nothing.
    """

    to: str
    facts: Mapping[str, Any]
    entry: Entry | None = None
    method: Method = Method.REQUEST


def link(world: Adapters, purpose: Purpose, thing_id: str, until: datetime) -> str:
    """A new link for the reader: its whole address. Only its hash is kept."""
    token = world.token()
    world.links.add(thing_id, token, purpose, until)
    return f"{world.base_url}/{purpose}/{thing_id}/{token}"


def manage_link(world: Adapters, thing_id: str, sessions: Iterable[Session] = ()) -> str:
    """A link to see, change or cancel a booking, until a day after its sessions.

    Without sessions, a day after its campaign day.
    """
    midnight = datetime.combine(
        day_of(thing_id) + timedelta(days=1), datetime.min.time(), world.campaign.zone
    )
    ends_at = max((one.ends_at for one in sessions), default=midnight)
    return link(world, Purpose.MANAGE, thing_id, ends_at + MANAGE_AFTER)


def day_of(booking_id: str) -> date:
    """The campaign day of a booking."""
    return date.fromisoformat(ids.day_of(booking_id))


def sessions_of(world: Adapters, session_ids: Iterable[str]) -> tuple[Session, ...]:
    """Those sessions that still exist, published or not, by their start."""
    found = world.events.sessions(session_ids).values()
    return tuple(sorted(found, key=lambda one: (one.starts_at, one.id)))


def meeting_points(world: Adapters, sessions: Iterable[Session]) -> dict[str, str]:
    """Event id -> its meeting point in words."""
    event_ids = sorted({one.event_id for one in sessions})
    return {one: world.events.get(one)[0].meeting_point for one in event_ids}


def entry(
    world: Adapters,
    thing_id: str,
    sequence: int,
    who: Person,
    *,
    title: str,
    span: tuple[datetime, datetime],
    where: str = "",
    template: str = OFF,
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """A calendar entry; *template* and *facts* make its description."""
    host = urlsplit(world.base_url).hostname or "localhost"
    words = mail.words(template, world.campaign, world.base_url, facts or {})
    return Entry(f"{thing_id}@{host}", sequence, title, *span, where, words, who)


def span_of(
    world: Adapters, thing_id: str, sessions: tuple[Session, ...]
) -> tuple[datetime, datetime]:
    """When an entry that goes out of the calendar was: the session, or else midday."""
    if sessions:
        return sessions[0].starts_at, sessions[0].ends_at
    midday = datetime.combine(day_of(thing_id), datetime.min.time(), world.campaign.zone)
    return midday + timedelta(hours=12), midday + timedelta(hours=13)


def place_words(venue: Venue) -> str:
    """The venue in one line: "Market House, Market Street, WA14 1SA"."""
    return ", ".join(part for part in (venue.address, venue.label) if part)
