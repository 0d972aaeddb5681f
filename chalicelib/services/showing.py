"""One event as the public sees it: open, over or cancelled; its sessions, and cars to them."""

from dataclasses import dataclass, replace
from enum import StrEnum

from chalicelib.adapters import Adapters
from chalicelib.domain.bands import Band, band
from chalicelib.domain.cars import Listed
from chalicelib.domain.event import Event, Session
from chalicelib.domain.kinds import ONLINE, WORDS, KindWords
from chalicelib.domain.states import EventState
from chalicelib.errors import NotFound
from chalicelib.services import board, lifts_offered
from chalicelib.services.ranking import Point, next_best, rank
from chalicelib.storage.events import ABSENT
from matching.travel import drive_s
from reference import Constituency, constituency, distance_m


class Standing(StrEnum):
    """What can be done about a session, or an event with all of its sessions."""

    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"
    OVER = "over"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Shift:
    """A session on its event's page, with the cars that may be asked for a place, best first."""

    session: Session
    band: Band
    standing: Standing
    cars: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Showing:
    """An event's page.

    Attributes
    ----------
    seat
        None when its constituency is not known to us.
    drive_s, distance_m
        From somebody's start, by road in seconds and as the crow flies; 0 where it is not
        known or there is no way to go.
    instead
        Where nothing of it is open: the best session near it, or None.
    """

    event: Event
    words: KindWords
    online: bool
    seat: Constituency | None
    standing: Standing
    shifts: tuple[Shift, ...]
    drive_s: int
    distance_m: float
    instead: Session | None


def show(world: Adapters, event_id: str, start: Point | None) -> Showing:
    """The event's page.

    Raises
    ------
    NotFound
        When there is none, or it is not public: the sentence does not tell which.
    """
    event, sessions = world.events.get(event_id)
    if not event.public:
        raise NotFound(ABSENT)
    shifts = _with_cars(world, event, [_shift(world, event, one) for one in sessions], start)
    standing = _of_all(event, shifts)
    venue, online = event.venue, event.kind in ONLINE
    there = (venue.lat, venue.lon)
    away = start is not None and not online
    return Showing(
        event=event,
        words=WORDS[event.kind],
        online=online,
        seat=constituency(venue.constituency),
        standing=standing,
        shifts=shifts,
        drive_s=drive_s(start, there) if start and away else 0,
        distance_m=distance_m(*start, *there) if start and away else 0,
        instead=None if standing is Standing.OPEN else _instead(world, start or there, sessions),
    )


def _shift(world: Adapters, event: Event, session: Session) -> Shift:
    if event.state is EventState.CANCELLED:
        standing = Standing.CANCELLED
    elif session.starts_at <= world.now() or event.state is EventState.COMPLETED:
        standing = Standing.OVER
    elif not session.published:
        standing = Standing.CLOSED
    else:
        standing = Standing.OPEN if session.free > 0 else Standing.FULL
    return Shift(session, band(session), standing)


def _with_cars(
    world: Adapters, event: Event, shifts: list[Shift], start: Point | None
) -> tuple[Shift, ...]:
    open_to = [shift.session for shift in shifts if shift.standing is Standing.OPEN]
    cars = lifts_offered.of_event(world, event, open_to, start)
    return tuple(replace(shift, cars=cars.get(shift.session.id, ())) for shift in shifts)


def _of_all(event: Event, shifts: tuple[Shift, ...]) -> Standing:
    """That of the sessions which can most be done about."""
    if event.state is EventState.CANCELLED:
        return Standing.CANCELLED
    found = {shift.standing for shift in shifts}
    return next((one for one in Standing if one in found), Standing.OVER)


def _instead(world: Adapters, start: Point, sessions: tuple[Session, ...]) -> Session | None:
    if not sessions:
        return None
    within_s = world.campaign.max_direct_s
    own = {session.event_id for session in sessions}
    others = [one for one in board.upcoming(world) if one.event_id not in own]
    ranked = rank(world, start, others, within_s=within_s)
    return next_best(sessions[-1], ranked, world.campaign.zone)
