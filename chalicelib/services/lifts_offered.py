"""Cars that somebody could ask for a place: on an event's page, and for one waiting rider.

What an event's page lists comes from an index and may lag: `asks` decides on what is stored.
Whoever looks from outside learns a car's area and the half hour in which it leaves. Of an offer
that is in no lift yet, that is worked out from its home's stored cell, never from the home: so
moving a session about tells nothing more (PROMISES S10).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain import cars as rules
from chalicelib.domain import ids
from chalicelib.domain.cars import Listed
from chalicelib.domain.event import Event, Session
from chalicelib.domain.kinds import ONLINE
from chalicelib.domain.lift import ANSWER_AT_LEAST, EARLY, HOLDING, LAST_CALL, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.people import Start
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, OfferState, RequestState
from chalicelib.errors import NotFound
from chalicelib.services import cars, seating
from chalicelib.services.cars import Car
from chalicelib.services.seating import Seat
from chalicelib.storage.bookings import Booking
from matching.travel import drive_s
from reference import cell

Point = tuple[float, float]
Sessions = Mapping[str, Session]

MOST = 12
"""Cars of one session that a page lists; to look through more is what the matching is for."""

MOST_EVENTS = 3
"""Events of one request that are looked through for cars: each takes three round trips."""

ROUGHLY = timedelta(minutes=5)
"""How much later than its cell a home may have to leave."""

CLEARLY_S = 600
"""Seconds of detour that make one car better than another; less is within the estimate."""


def of_event(
    world: Adapters, event: Event, sessions: Sequence[Session], start: Point | None
) -> Mapping[str, tuple[Listed, ...]]:
    """Session id -> its cars, best first, for those of *sessions* that have any."""
    open_to = {one.id: one for one in sessions if one.kind not in ONLINE}
    things = _by_offer(world.bookings.cars(event.id)) if open_to else []
    riding = _riding(world, things)
    found = defaultdict(list)
    for thing in things:
        one = _listed(world, thing, open_to)
        if one and thing.id not in riding:
            found[one.session.id].append((_further(thing.start, one.session, start), one))
    return {session_id: _best(of_it) for session_id, of_it in found.items()}


def fitting(world: Adapters, request: Request) -> tuple[Listed, ...]:
    """The cars that would have a place for a waiting *request* now, best first.

    By what is stored, rider by rider. None where it names no session: then the matching chooses.
    """
    if request.state is not RequestState.WAITING:
        return ()
    event_ids = sorted({ids.event_of(one) for one in request.sessions or ()})
    found: list[tuple[int, Listed]] = []
    for event_id in event_ids[:MOST_EVENTS]:
        found += _fitting(world, event_id, request)
    return _best(found)


def named(world: Adapters, car_id: str, session: Session) -> Listed | None:
    """The car to that session which an address names; None when nobody may ask for it."""
    thing = _asked_for(world, car_id)
    return _listed(world, thing, _open(world, [session])) if thing else None


def _asked_for(world: Adapters, car_id: str) -> Offer | Lift | None:
    if not ids.is_ours(car_id) or ids.kind_of(car_id) not in {"offer", "lift"}:
        return None
    try:
        thing = world.bookings.many([car_id]).get(car_id)
        if isinstance(thing, Offer) and thing.lift_id:
            thing = world.bookings.many([thing.lift_id]).get(thing.lift_id)
    except NotFound:  # an id without a day
        return None
    return thing if isinstance(thing, Offer | Lift) else None


def _fitting(world: Adapters, event_id: str, request: Request) -> list[tuple[int, Listed]]:
    try:
        event, sessions = world.events.get(event_id)
    except NotFound:
        return []
    wanted = [one for one in sessions if one.id in (request.sessions or ())]
    open_to = _open(world, wanted)
    home = request.start.lat, request.start.lon
    found = []
    for car in _cars(world, event, open_to):
        session = open_to[car.lift.session_id]
        one = _listed(world, car.lift if car.lift.version else car.offer, open_to)
        if one and _can_take(world, car, session, request):
            found.append((_further(car.offer.start, session, home), one))
    return found


def _can_take(world: Adapters, car: Car, session: Session, request: Request) -> bool:
    people = request.needs.total + (0 if car.lift.version else 1)
    return session.free >= people and isinstance(seating.seat(world, car, request), Seat)


def _cars(world: Adapters, event: Event, open_to: Sessions) -> list[Car]:
    """The event's cars that go to those sessions, as they are stored now."""
    things = world.bookings.cars(event.id)
    wanted = [one for one in things if _session_id(one) in open_to]
    found = world.bookings.many(named for one in wanted for named in _people(one))
    return [car for one in wanted if (car := _car(found, one.id, event, open_to))]


def _people(thing: Offer | Lift) -> tuple[str, ...]:
    """Ids of the thing and of everyone on whom it depends whether somebody may join."""
    if isinstance(thing, Lift):
        return thing.id, thing.offer_id, *thing.rides
    return thing.id, thing.either_with


def _car(
    found: Mapping[str, Booking], thing_id: str, event: Event, open_to: Sessions
) -> Car | None:
    thing = found.get(thing_id)
    if isinstance(thing, Lift) and thing.state in HOLDING:
        return cars.of(found, thing)
    if isinstance(thing, Offer) and not thing.lift_id and _session_id(thing) in open_to:
        other = found.get(thing.either_with)
        busy = isinstance(other, Request) and bool(other.lift_id)
        return Car(thing, cars.alone(thing, event, open_to[_session_id(thing)]), {}, busy)
    return None


def _open(world: Adapters, sessions: Iterable[Session]) -> Sessions:
    now = world.now()
    return {one.id: one for one in sessions if one.published and one.free and one.starts_at > now}


def _session_id(thing: Offer | Lift) -> str:
    """The session that the car goes to: an offer in no lift is asked for its first."""
    if isinstance(thing, Lift):
        return thing.session_id
    return thing.sessions[0] if thing.sessions else ""


def _by_offer(things: Iterable[Offer | Lift]) -> list[Offer | Lift]:
    """Each car once: while the index lags, it may have an offer beside its lift."""
    there = list(things)
    driving = {one.offer_id for one in there if isinstance(one, Lift)}
    return [one for one in there if one.id not in driving]


def _riding(world: Adapters, things: Iterable[Offer | Lift]) -> set[str]:
    """Ids of offers whose owner rides with somebody else, as they were willing to."""
    either = {one.either_with: one.id for one in things if isinstance(one, Offer)}
    found = world.bookings.many(either)
    riding = (one for one in found.values() if isinstance(one, Request) and one.lift_id)
    return {either[one.id] for one in riding}


def _listed(world: Adapters, thing: Offer | Lift, open_to: Sessions) -> Listed | None:
    """The car as it is listed; None when nobody may ask for it, or hardly in time."""
    session = open_to.get(_session_id(thing))
    if session is None:
        return None
    now = world.now()
    if isinstance(thing, Offer):
        leave_at = _leave_at(thing, session)
        one = rules.of_offer(thing, session, leave_at)
        free = thing.state is OfferState.OPEN and not thing.lift_id and session.free > 1
        can_be = free and leave_at + ROUGHLY >= thing.earliest_at
    else:
        one = rules.of_lift(thing, session)
        can_be = thing.state in HOLDING and thing.free.total > 0
        can_be = can_be and (thing.state is not LiftState.PROPOSED or now < thing.respond_by)
    # By the half hour as well: the minute at which it goes from the page would tell.
    notice = LAST_CALL if one.at_once else LAST_CALL + ANSWER_AT_LEAST
    return one if can_be and one.leaves[0] - now >= notice else None


def _leave_at(offer: Offer, session: Session) -> datetime:
    way_s = drive_s(_cell(offer.start), (session.venue.lat, session.venue.lon))
    return session.starts_at - EARLY - timedelta(seconds=way_s)


def _further(home: Start, session: Session, start: Point | None) -> int:
    """How much of a detour somebody from *start* is to that car, in steps that people notice."""
    if start is None:
        return 0
    here, venue = _cell(home), (session.venue.lat, session.venue.lon)
    return (drive_s(here, start) + drive_s(start, venue) - drive_s(here, venue)) // CLEARLY_S


def _cell(home: Start) -> Point:
    there = cell(home.lat, home.lon)
    return there.lat, there.lon


def _best(found: Iterable[tuple[int, Listed]]) -> tuple[Listed, ...]:
    """By detour, then who is placed at once, then who is taken back; else as chance has it."""
    order = sorted(
        found, key=lambda pair: (pair[0], not pair[1].at_once, not pair[1].both_ways, pair[1].id)
    )
    return tuple(one for _, one in order[:MOST])
