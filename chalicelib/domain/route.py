"""Where a car goes and when: a lift's times, and what they are once somebody leaves it.

Times follow from the order of the stops and from the session: out, the car arrives `EARLY`
before the start; back, it leaves at the end. It stops `DWELL` at each and never waits.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations, pairwise

from chalicelib.domain.lift import DWELL, Lift, Place

Point = tuple[float, float]
Drive = Callable[[Point, Point], int]
"""Seconds from one (lat, lon) to another."""

_Call = tuple[Point, datetime, datetime]
"""A place, when the car reaches it, and when it leaves."""


def without(lift: Lift, request_id: str, drive: Drive) -> Lift:
    """The lift when that rider is not in it: the same order, the times anew.

    Nobody who stays is collected earlier or brought back later than before, since the
    drive between two places is never longer than by way of a third (`as_planned` sees to
    that for the lift's own), so nobody's limits can break.
    """
    return timed(stop_left_out(lift, request_id), drive)


def stop_left_out(lift: Lift, request_id: str) -> Lift:
    """The lift when that rider is not in it, at the times that everyone knows.

    The car waits a little on the way instead of leaving later.
    """
    places = tuple(one for one in lift.places if one.request_id != request_id)
    drops = tuple(one for one in lift.drops if one != request_id)
    return replace(lift, places=places, drops=drops)


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


def timed(lift: Lift, drive: Drive) -> Lift:
    """Every time of the lift worked out from its order and its session."""
    return timed_back(timed_out(lift, drive), drive)


def timed_out(lift: Lift, drive: Drive) -> Lift:
    """The times of the way out: from the arrival backwards."""
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
    return replace(lift, leave_at=leave_at, places=tuple(reversed(pickups)))


def timed_back(lift: Lift, drive: Drive) -> Lift:
    """The times of the way back, where there is one: a car reaches each drop, stops, drives on."""
    if lift.back_at is None:
        return lift
    at, behind = lift.back_at, (lift.venue.lat, lift.venue.lon)
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
