"""What organisers change about an event. Everyone it touches is told by its day's next run."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.adapters import Adapters
from chalicelib.domain import event as rules
from chalicelib.domain import ids
from chalicelib.domain.change import LetterName, OweLetter, Save, Take
from chalicelib.domain.event import Event, Session, Venue
from chalicelib.domain.states import ended
from chalicelib.errors import Conflict, Invalid
from chalicelib.services.events import runs


@dataclass(frozen=True, slots=True)
class Words:
    """What an organiser may put in other words at any time."""

    title: str
    description: str
    meeting_point: str
    accessibility: str


@dataclass(frozen=True, slots=True)
class Size:
    """People wanted in each session, as `Session` has them."""

    minimum: int
    target: int
    maximum: int


def change(world: Adapters, event_id: str, version: int, words: Words) -> Event:
    """Put the event in other words.

    Parameters
    ----------
    version
        The version that the organiser was looking at.

    Raises
    ------
    Conflict
        When it is over, or has been changed since.
    """
    event, sessions = _open(world, event_id, version)
    moved = replace(
        event,
        title=words.title,
        description=words.description,
        meeting_point=words.meeting_point,
        accessibility=words.accessibility,
    )
    if moved == event:
        return event
    return _store(world, moved, [rules.edited(replace(one, title=moved.title)) for one in sessions])


def relocate(world: Adapters, event_id: str, version: int, venue: Venue) -> Event:
    """Hold it elsewhere. Its lifts are planned anew; raises as `change`."""
    event, sessions = _open(world, event_id, version)
    if venue == event.venue:
        return event
    moved = replace(event, venue=venue)
    return _store(world, moved, [rules.edited(replace(one, venue=venue)) for one in sessions])


def resize(world: Adapters, event_id: str, version: int, size: Size) -> Event:
    """Want fewer or more people in each session; nobody who has a place loses it.

    Raises
    ------
    Invalid
        When more are coming to a session than it is to hold.
    Conflict
        As `change`.
    """
    event, sessions = _open(world, event_id, version)
    coming = max(one.coming for one in sessions)
    if coming > size.maximum:
        sentence = f"{coming} people are coming already. Enter {coming} or more"
        raise Invalid(sentence, {"maximum": sentence})
    resized = [
        replace(one, minimum=size.minimum, target=size.target, maximum=size.maximum)
        for one in sessions
    ]
    if resized == list(sessions):
        return event
    room = [Take(one.id, one.maximum - size.maximum) for one in sessions]
    return _store(world, event, resized, room)


def move(
    world: Adapters, session_id: str, version: int, starts_at: datetime, ends_at: datetime
) -> Event:
    """Give one session other times.

    Lifts to it are planned anew, since their times no longer hold.

    Raises
    ------
    Invalid
        When the times cannot be meant, or lie on another day: its lifts are of this one.
    Conflict
        When the event is over, or has been changed since.
    """
    event, sessions = _open(world, ids.event_of(session_id), version)
    session = next((one for one in sessions if one.id == session_id), None)
    if session is None:
        raise Conflict("This session is no longer part of the event.")
    if (session.starts_at, session.ends_at) == (starts_at, ends_at):
        return event
    moved = rules.move_session(session, starts_at, ends_at, now=world.now())
    zone = world.campaign.zone
    if moved.day(zone) != session.day(zone):
        raise Invalid(
            "A session stays on its day. Cancel this event and create one for the other day.",
            {"starts": "Give a time on the same day"},
        )
    others = [one.ends_at for one in sessions if one.id != session_id]
    last = max([moved.ends_at, *others])
    return _store(world, replace(event, ends_at=last), [moved])


def _open(world: Adapters, event_id: str, version: int) -> tuple[Event, tuple[Session, ...]]:
    event, sessions = world.events.get(event_id)
    if ended(event.state):
        raise Conflict("This event is over, so it stays as it is.")
    if event.version != version:
        raise Conflict("The event has changed since you opened the page. Look at it again.")
    return event, sessions


def _store(
    world: Adapters, event: Event, sessions: Sequence[Session], room: Sequence[Take] = ()
) -> Event:
    owed = OweLetter(LetterName.EVENT_CHANGED, event.id, event.version + 1, "details")
    world.commit([Save(event), *map(Save, sessions), *room, owed, *runs(world, sessions)])
    return replace(event, version=event.version + 1)
