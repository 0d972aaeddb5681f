"""Lifts: one car's plan for one session, and what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations, pairwise

from chalicelib.domain.event import Venue
from chalicelib.domain.people import Start
from chalicelib.domain.places import Places
from chalicelib.domain.states import LiftState, step

EARLY = timedelta(minutes=5)
"""How long before the start a car arrives (MATCHING section 1, `early_s`)."""

DWELL = timedelta(minutes=1)
"""How long a stop takes (MATCHING section 1, `dwell_s`)."""

LOCKED_BEFORE = timedelta(hours=3)
"""How long before leaving a lift is left alone by the matching."""

SEEN_BEFORE = timedelta(hours=48)
"""How long before leaving the driver sees the exact pickup (PROMISES section 4)."""

SEEN_AFTER = timedelta(hours=6)
"""How long after the end the driver still sees it."""

Point = tuple[float, float]
Drive = Callable[[Point, Point], int]
"""Seconds from one (lat, lon) to another."""

_Call = tuple[Point, datetime, datetime]
"""A place, when the car reaches it, and when it leaves."""

HOLDING = frozenset({LiftState.PROPOSED, LiftState.ACCEPTED, LiftState.LOCKED})
"""States in which a lift holds its driver and its riders."""


@dataclass(frozen=True, slots=True)
class Place:
    """One request inside a lift.

    Attributes
    ----------
    rider
        The rider's first name.
    start
        Where they are picked up; the driver sees `area` until `SEEN_BEFORE`.
    pickup_at
        When the car reaches them; aware, UTC.
    drop_at
        When they are back there; None when they do not need the way back.
    """

    request_id: str
    rider: str
    start: Start
    needs: Places
    pickup_at: datetime
    drop_at: datetime | None


@dataclass(frozen=True, slots=True)
class Lift:
    """One car, one session.

    Attributes
    ----------
    title, venue, meeting_point, starts_at, ends_at, edition
        The session's, as the driver and the riders were told of it.
    driver, start
        The driver's first name, and where they set out.
    places
        In pickup order.
    drops
        Ids of the requests in the order in which they are taken back.
    back_at, home_at
        When the car leaves the session, and when the driver is home; None: one way only.
    respond_by
        Until when the driver may accept; then the riders are offered elsewhere.
    run
        The run that made it: its fencing token.
    alone_s
        Seconds that the driver would drive without riders, as that run knew the roads; out,
        and back where the lift goes back. None in lifts of older releases.
    version
        Stored version; 0 before it is stored.
    """

    id: str
    event_id: str
    session_id: str
    edition: int
    title: str
    venue: Venue
    meeting_point: str
    starts_at: datetime
    ends_at: datetime
    offer_id: str
    driver: str
    start: Start
    leave_at: datetime
    places: tuple[Place, ...]
    arrive_at: datetime
    back_at: datetime | None
    drops: tuple[str, ...]
    home_at: datetime | None
    state: LiftState
    respond_by: datetime
    run: int
    alone_s: int | None = None
    version: int = 0

    @property
    def people(self) -> int:
        """Everyone in the car, the driver too."""
        return 1 + sum(place.needs.total for place in self.places)

    def place(self, request_id: str) -> Place | None:
        """The place of that request, or None when it has none here."""
        return next((one for one in self.places if one.request_id == request_id), None)

    def shows_pickups(self, now: datetime) -> bool:
        """Whether its driver may see the exact pickups now (PROMISES section 4)."""
        agreed = self.state in {LiftState.ACCEPTED, LiftState.LOCKED}
        return agreed and self.leave_at - SEEN_BEFORE <= now <= self.ends_at + SEEN_AFTER


def accept(lift: Lift) -> Lift:
    """The driver says yes."""
    return replace(lift, state=step(lift.state, LiftState.ACCEPTED))


def cancel(lift: Lift) -> Lift:
    """It does not happen."""
    return replace(lift, state=step(lift.state, LiftState.CANCELLED))


def lock(lift: Lift) -> Lift:
    """It is too near to be moved."""
    return replace(lift, state=step(lift.state, LiftState.LOCKED))


def complete(lift: Lift) -> Lift:
    """Its session is over."""
    return replace(lift, state=step(lift.state, LiftState.COMPLETED))


def without(lift: Lift, request_id: str, drive: Drive) -> Lift:
    """The lift when that rider is not in it: the same order, the times anew.

    Nobody who stays is collected earlier or brought back later than before, since the
    drive between two places is never longer than by way of a third (`as_planned` sees to
    that for the lift's own), so nobody's limits can break.
    """
    places = tuple(one for one in lift.places if one.request_id != request_id)
    drops = tuple(one for one in lift.drops if one != request_id)
    return _timed(replace(lift, places=places, drops=drops), drive)


def as_planned(lift: Lift, drive: Drive) -> Drive:
    """*drive*, but what the lift's own times say of the roads before it.

    Whoever planned the lift may have known the roads better. The drive from a stop to the next
    is as long as planned; from a stop to a later one it is at most what lies between in the plan.
    """
    known: dict[tuple[Point, Point], int] = {}
    ways = _ways(lift)
    for way in ways:
        for (here, _, leaves), (there, reaches, _) in pairwise(way):
            known[here, there] = int((reaches - leaves).total_seconds())
    for way in ways:
        for (here, _, leaves), (there, reaches, _) in combinations(way, 2):
            most_s = int((reaches - leaves).total_seconds())
            known[here, there] = min(known.get((here, there), drive(here, there)), most_s)

    def planned(here: Point, there: Point) -> int:
        return known[here, there] if (here, there) in known else drive(here, there)

    return planned


def _ways(lift: Lift) -> list[list[_Call]]:
    """The way out and the way back, place by place."""
    home, venue = (lift.start.lat, lift.start.lon), (lift.venue.lat, lift.venue.lon)
    stops = [_call(place, place.pickup_at) for place in lift.places]
    ways = [[(home, lift.leave_at, lift.leave_at), *stops, (venue, lift.arrive_at, lift.arrive_at)]]
    if lift.back_at and lift.home_at:
        dropped = [lift.place(request_id) for request_id in lift.drops]
        stops = [_call(place, place.drop_at) for place in dropped if place and place.drop_at]
        ways.append(
            [(venue, lift.back_at, lift.back_at), *stops, (home, lift.home_at, lift.home_at)]
        )
    return ways


def _call(place: Place, at: datetime) -> _Call:
    return (place.start.lat, place.start.lon), at, at + DWELL


def _timed(lift: Lift, drive: Drive) -> Lift:
    """Work out every time of the lift from its order and its session."""
    venue = (lift.venue.lat, lift.venue.lon)
    at, ahead = lift.arrive_at, venue
    pickups: list[Place] = []
    for place in reversed(lift.places):
        here = (place.start.lat, place.start.lon)
        at -= timedelta(seconds=drive(here, ahead)) + DWELL
        pickups.append(replace(place, pickup_at=at))
        ahead = here
    home = (lift.start.lat, lift.start.lon)
    leave_at = at - timedelta(seconds=drive(home, ahead))
    timed = replace(lift, leave_at=leave_at, places=tuple(reversed(pickups)))
    return timed if lift.back_at is None else _timed_back(timed, lift.back_at, drive)


def _timed_back(lift: Lift, back_at: datetime, drive: Drive) -> Lift:
    """Work out the way back: a car reaches each drop, stops, and drives on."""
    at, behind = back_at, (lift.venue.lat, lift.venue.lon)
    by_id = {place.request_id: place for place in lift.places}
    for request_id in lift.drops:
        place = by_id[request_id]
        here = (place.start.lat, place.start.lon)
        at += timedelta(seconds=drive(behind, here))
        by_id[request_id] = replace(place, drop_at=at)
        at, behind = at + DWELL, here
    home_at = at + timedelta(seconds=drive(behind, (lift.start.lat, lift.start.lon)))
    places = tuple(by_id[place.request_id] for place in lift.places)
    return replace(lift, places=places, home_at=home_at)
