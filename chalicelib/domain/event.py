"""Events and their sessions: something at a time and place, in one or more shifts."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from chalicelib.domain.people import Person
from chalicelib.domain.states import EventState, step, step_back
from chalicelib.errors import Conflict, Invalid

LATEST = timedelta(days=366)
"""How far ahead a session may lie; further is nearly always a mistyped year."""

LONGEST = timedelta(hours=14)
"""How long a session may last; longer is nearly always a mistyped time."""

MOST_SESSIONS = 12
"""How many sessions one event may have: all change in one transaction of at most 100 rows."""


class Kind(StrEnum):
    """What people do there."""

    CANVASS = "canvass"
    LEAFLET = "leaflet"
    PHONE_BANK = "phone_bank"
    TRAINING = "training"
    MEETING = "meeting"
    FOOD_BANK = "food_bank"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Venue:
    """Where an event takes place.

    Attributes
    ----------
    address
        The first lines, as the organiser typed them; may be empty.
    label
        The postcode or town that the place was found by.
    near
        A town people know.
    lat, lon
        WGS 84 degrees.
    constituency
        GSS code of the seat it lies in.
    """

    address: str
    label: str
    near: str
    lat: float
    lon: float
    constituency: str


@dataclass(frozen=True, slots=True)
class Session:
    """One shift of an event.

    Attributes
    ----------
    id
        The event's id, a dash, and a number.
    starts_at, ends_at
        Aware, UTC.
    minimum, target, maximum
        People: what it takes to be worth it, what is wished for, what there is room for.
    free
        People that may still come: `maximum` less everyone who has a place.
    published
        Whether it is public and open. Follows the event's state.
    title, kind, venue
        The event's own, repeated so that one index read shows a whole list.
    edition
        Rises with every change that people who come have to be told of; what each of them
        has been told is kept with their booking.
    version
        Stored version; 0 before it is stored.
    """

    id: str
    event_id: str
    starts_at: datetime
    ends_at: datetime
    minimum: int
    target: int
    maximum: int
    free: int
    published: bool
    title: str
    kind: Kind
    venue: Venue
    edition: int = 1
    version: int = 0

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise Invalid("A session must end after it starts.", {"ends": "End after the start."})
        if not 0 <= self.minimum <= self.target <= self.maximum:
            raise Invalid("The minimum, target and maximum must rise in that order.")

    @property
    def coming(self) -> int:
        """People who have a place: by their own means, driving, or in a lift."""
        return self.maximum - self.free

    def day(self, zone: ZoneInfo) -> date:
        """The campaign day it belongs to: the local date of its start."""
        return self.starts_at.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Event:
    """Something at a time and place, made by an organiser.

    Attributes
    ----------
    organiser
        Their email address is theirs alone; their first name is public.
    meeting_point
        In words: where exactly to look for the others.
    accessibility
        In words; may be empty.
    ends_at
        When its last session ends; aware, UTC. It is kept for a month after that.
    cancelled_at, cancelled_in
        When its organiser cancelled it, and where it stood then; for undoing it.
    version
        Stored version; 0 before it is stored.
    """

    id: str
    kind: Kind
    title: str
    description: str
    organiser: Person
    venue: Venue
    meeting_point: str
    accessibility: str
    state: EventState
    created_at: datetime
    ends_at: datetime
    cancelled_at: datetime | None = None
    cancelled_in: EventState | None = None
    version: int = 0

    @property
    def public(self) -> bool:
        """Whether anyone may see it. A cancelled one stays visible, so that links explain."""
        return self.state in {EventState.PUBLISHED, EventState.COMPLETED, EventState.CANCELLED}


def check_times(starts_at: datetime, ends_at: datetime, *, now: datetime) -> None:
    """Refuse times that cannot be meant.

    Raises
    ------
    Invalid
        With the sentence for the field at fault: `date`, `starts` or `ends`.
    """
    if starts_at <= now:
        raise Invalid("The session must be in the future.", {"date": "Give a day and time to come"})
    if starts_at > now + LATEST:
        raise Invalid("That is over a year ahead.", {"date": "Give a day within the coming year"})
    if ends_at <= starts_at:
        raise Invalid("The end must be after the start.", {"ends": "Give an end after the start"})
    if ends_at - starts_at > LONGEST:
        raise Invalid(
            "That is over 14 hours.", {"ends": "Give an end within 14 hours of the start"}
        )


def confirm(
    event: Event, sessions: tuple[Session, ...], *, trusted: bool
) -> tuple[Event, tuple[Session, ...]]:
    """The organiser has shown that the address is theirs: to review, or public at once."""
    if not trusted:
        return replace(event, state=step(event.state, EventState.IN_REVIEW)), sessions
    return publish(event, sessions)


def publish(event: Event, sessions: tuple[Session, ...]) -> tuple[Event, tuple[Session, ...]]:
    """Make it public, with every session open."""
    moved = replace(event, state=step(event.state, EventState.PUBLISHED))
    return moved, tuple(replace(session, published=True) for session in sessions)


def cancel(
    event: Event, sessions: tuple[Session, ...], *, at: datetime
) -> tuple[Event, tuple[Session, ...]]:
    """End it, with every session closed."""
    state = step(event.state, EventState.CANCELLED)
    # What was never confirmed cannot become so by an undo.
    undoable_from = None if event.state is EventState.UNCONFIRMED else at
    moved = replace(event, state=state, cancelled_at=undoable_from, cancelled_in=event.state)
    return moved, tuple(replace(session, published=False) for session in sessions)


def restore(
    event: Event, sessions: tuple[Session, ...], *, at: datetime
) -> tuple[Event, tuple[Session, ...]]:
    """It is on after all; what nobody had reviewed goes back to be reviewed.

    Raises
    ------
    Conflict
        When its organiser did not cancel it, or too long ago.
    """
    state = step_back(event.state, event.cancelled_at, at=at)
    if event.cancelled_in is not EventState.PUBLISHED:
        state = EventState.IN_REVIEW
    moved = replace(event, state=state, cancelled_at=None, cancelled_in=None)
    public = state is EventState.PUBLISHED
    return moved, tuple(replace(session, published=public) for session in sessions)


def move_session(
    session: Session, starts_at: datetime, ends_at: datetime, *, now: datetime
) -> Session:
    """Give a session other times.

    Raises
    ------
    Invalid
        When the times cannot be meant.
    Conflict
        When it has begun.
    """
    if session.starts_at <= now:
        raise Conflict("This session has begun, so its times stay as they are.")
    check_times(starts_at, ends_at, now=now)
    return edited(replace(session, starts_at=starts_at, ends_at=ends_at))


def edited(session: Session) -> Session:
    """The session in its next edition: whoever comes to it has to be told."""
    return replace(session, edition=session.edition + 1)
