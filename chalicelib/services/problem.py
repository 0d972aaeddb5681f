"""A campaign day as the matching sees it: numbers, without names or addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.adapters import Adapters
from chalicelib.domain import need
from chalicelib.domain.campaign import Campaign
from chalicelib.domain.event import Session
from chalicelib.domain.lift import DWELL, EARLY
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.services import turn_up
from chalicelib.services.campaign_day import Day, is_open, midnight, soonest
from chalicelib.services.cars import Car
from matching import problem as asked
from matching.travel import drive_s
from reference import constituency

DEADLINE_S = 150
"""Seconds a run may search. Changes wait up to 120 s for their run, and a freed place is to be
offered again within five minutes (PROMISES R7)."""


def build(world: Adapters, day: Day) -> asked.Problem:
    """State the day as a problem.

    Of the lifts that hold people, those that others may join are in it with everyone pinned
    to their car; the people of the others count as coming. Second 0 is midnight in the
    campaign's zone, and seconds are real ones, so a change of clock needs no special case.
    """
    begins_at = midnight(world, day.day)
    places = _Places()
    open_ = _open(world, day)
    campaign = turn_up.campaign(world)
    sessions = [_session(campaign, one, begins_at, places, day.kept) for one in open_]
    known = {one.id: one for one in open_}
    drivers = [
        _driver(world, one, begins_at, places, _welcome(world, day, one, known))
        for one in day.offers
    ]
    riders = [
        _rider(world, one, begins_at, places, _welcome(world, day, one, known))
        for one in day.requests
    ]
    for car in day.kept:
        there = (car.lift.session_id,)
        drivers.append(_kept_driver(world, car, begins_at, places))
        riders += [_rider(world, one, begins_at, places, there) for one in car.placed]
    return asked.Problem(
        places=tuple(places.at),
        sessions=tuple(sessions),
        drivers=tuple(drivers),
        riders=tuple(riders),
        either=_either(day),
        forbidden=_forbidden(day),
        pins=tuple(_pin(car) for car in day.kept),
        dwell_s=int(DWELL.total_seconds()),
        early_s=int(EARLY.total_seconds()),
        deadline_s=DEADLINE_S,
    )


Welcome = tuple[str, ...] | None
"""Ids of sessions; None: all within the campaign's reach."""


class _Places:
    """Places in the order in which they were first named, each once."""

    def __init__(self) -> None:
        self.at: list[tuple[float, float]] = []
        self._index: dict[tuple[float, float], int] = {}

    def index(self, lat: float, lon: float) -> int:
        if (lat, lon) not in self._index:
            self._index[lat, lon] = len(self.at)
            self.at.append((lat, lon))
        return self._index[lat, lon]


def _open(world: Adapters, day: Day) -> list[Session]:
    return [one for _, one in sorted(day.sessions.items()) if is_open(world, one)]


def _session(
    campaign: Campaign,
    session: Session,
    begins_at: datetime,
    places: _Places,
    kept: Iterable[Car],
) -> asked.Session:
    seat = constituency(session.venue.constituency)
    closeness = need.closeness(campaign, seat) if seat else 0.0
    return asked.Session(
        id=session.id,
        place=places.index(session.venue.lat, session.venue.lon),
        start_s=_seconds(session.starts_at, begins_at),
        end_s=_seconds(session.ends_at, begins_at),
        minimum=session.minimum,
        target=session.target,
        maximum=session.maximum,
        coming=session.coming
        - sum(_held(car) for car in kept if car.lift.session_id == session.id),
        need=need.session_need(campaign.weights, closeness, session),
    )


def _held(car: Car) -> int:
    """People of a kept car whom the plan counts itself: not those who still ask."""
    return 1 + sum(place.needs.total for place in car.lift.places)


def _driver(
    world: Adapters, offer: Offer, begins_at: datetime, places: _Places, sessions: Welcome
) -> asked.Driver:
    return asked.Driver(
        id=offer.id,
        home=places.index(offer.start.lat, offer.start.lon),
        seats=offer.seats.by_type(),
        earliest_s=_seconds(max(begins_at, offer.earliest_at, soonest(world)), begins_at),
        detour_limit_s=offer.detour_limit_s,
        sessions=sessions,
        max_direct_s=world.campaign.max_direct_s if sessions is None else None,
        both_ways=offer.both_ways,
    )


def _kept_driver(world: Adapters, car: Car, begins_at: datetime, places: _Places) -> asked.Driver:
    """The driver of an agreed lift, with the places that nobody asks for already."""
    seats = car.offer.seats.less(ask.needs for ask in car.lift.asks)
    offer = replace(car.offer, seats=seats)
    return _driver(world, offer, begins_at, places, (car.lift.session_id,))


def _pin(car: Car) -> asked.Pin:
    riders = tuple(place.request_id for place in car.lift.places)
    return asked.Pin(car.offer.id, car.lift.session_id, riders, closed=False)


def _rider(
    world: Adapters, request: Request, begins_at: datetime, places: _Places, sessions: Welcome
) -> asked.Rider:
    return asked.Rider(
        id=request.id,
        start=places.index(request.start.lat, request.start.lon),
        needs=request.needs.by_type(),
        earliest_s=_seconds(max(begins_at, request.earliest_at), begins_at),
        extra_limit_s=request.extra_limit_s,
        sessions=sessions,
        max_direct_s=world.campaign.max_direct_s if sessions is None else None,
        both_ways=request.both_ways,
    )


def _welcome(
    world: Adapters, day: Day, wish: Offer | Request, known: Mapping[str, Session]
) -> Welcome:
    """The sessions that *wish* may be matched to: open, and not those its owner comes to anyway."""
    own = {session for person, session in day.coming if person == wish.person.key}
    if wish.sessions is not None:
        return tuple(one for one in wish.sessions if one in known and one not in own)
    if not own:
        return None
    here, most_s = (wish.start.lat, wish.start.lon), world.campaign.max_direct_s
    return tuple(
        one.id
        for one in known.values()
        if one.id not in own and drive_s(here, (one.venue.lat, one.venue.lon)) <= most_s
    )


def _either(day: Day) -> tuple[tuple[str, str], ...]:
    riders = {request.id for request in day.requests}
    return tuple(
        (offer.id, offer.either_with) for offer in day.offers if offer.either_with in riders
    )


def _forbidden(day: Day) -> tuple[tuple[str, str], ...]:
    """Riders whom a driver has declined are never proposed to that driver again."""
    waiting = {request.id for request in day.requests}
    pairs = {
        (offer.id, request_id)
        for offer in (*day.offers, *(car.offer for car in day.kept))
        for request_id in offer.declined
        if request_id in waiting
    }
    return tuple(sorted(pairs))


def _seconds(at: datetime, begins_at: datetime) -> int:
    return int((at - begins_at).total_seconds())
