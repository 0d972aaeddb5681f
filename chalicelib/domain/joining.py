"""Who can join a car, and at which stop: the limits of MATCHING section 1, for one more rider.

The pooled matching orders whole cars anew. Here, where a person waits at the screen and others
know their times already, the stops keep their order and the new one goes where the driver loses
least by it. What is refused here may still be possible with another order.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.lift import DWELL, Lift, Place
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.route import Drive, Point, timed_back, timed_out
from chalicelib.domain.states import LiftState

Riders = Mapping[str, Request]
"""Request id -> request, for everyone who rides."""


def joined(
    lift: Lift, offer: Offer, riders: Riders, new: Request, drive: Drive, *, still: bool = False
) -> Lift | None:
    """The lift with *new* in it, or None when it cannot carry them within everyone's limits.

    Parameters
    ----------
    riders
        The requests of the lift's places.
    drive
        Seconds between two places, such as `route.as_planned`.
    still
        Whether nobody else's time may change: then the new stop comes first on the way out and
        last on the way back. It is so in a locked lift.
    """
    if not _has_room(lift, offer, new):
        return None
    everyone = {**riders, new.id: new}
    still = still or lift.state is LiftState.LOCKED
    out = _out(lift, offer, everyone, new, drive, still=still)
    return _back(out, offer, everyone, new, drive, still=still) if out else None


def _has_room(lift: Lift, offer: Offer, new: Request) -> bool:
    seats = lift.free.hold(new.needs)
    back = lift.back_at is not None or not new.both_ways
    return seats and back and new.id not in offer.declined and new.id not in lift.rides


def _out(
    lift: Lift, offer: Offer, riders: Riders, new: Request, drive: Drive, *, still: bool
) -> Lift | None:
    """The best order of the way out: the one that lets the driver leave last."""
    place = Place(new.id, new.person.first_name, new.start, new.needs, lift.arrive_at, None)
    found = []
    for at in range(1 if still else len(lift.places) + 1):
        places = (*lift.places[:at], place, *lift.places[at:])
        tried = timed_out(replace(lift, places=places), drive)
        if _out_keeps(tried, offer, riders, drive):
            found.append(tried)
    return max(found, key=lambda one: one.leave_at, default=None)


def _back(
    lift: Lift, offer: Offer, riders: Riders, new: Request, drive: Drive, *, still: bool
) -> Lift | None:
    """The best order of the way back: the one that has the driver home first."""
    if not new.both_ways:
        return lift
    found, last = [], len(lift.drops)
    for at in range(last if still else 0, last + 1):
        drops = (*lift.drops[:at], new.id, *lift.drops[at:])
        tried = timed_back(replace(lift, drops=drops), drive)
        if _back_keeps(tried, offer, riders, drive):
            found.append(tried)
    return min(found, key=_home_at, default=None)


def _out_keeps(lift: Lift, offer: Offer, riders: Riders, drive: Drive) -> bool:
    home, venue = _ends(lift)
    direct_s = drive(home, venue)
    if lift.leave_at < offer.earliest_at or (
        _seconds(lift.leave_at, lift.arrive_at) - direct_s > offer.detour_limit_s
    ):
        return False
    return all(_pickup_keeps(lift, one, riders[one.request_id], drive) for one in lift.places)


def _pickup_keeps(lift: Lift, place: Place, rider: Request, drive: Drive) -> bool:
    in_car_s = _seconds(place.pickup_at + DWELL, lift.arrive_at)
    extra_s = in_car_s - drive(_point(place), _ends(lift)[1])
    return place.pickup_at >= rider.earliest_at and extra_s <= rider.extra_limit_s


def _back_keeps(lift: Lift, offer: Offer, riders: Riders, drive: Drive) -> bool:
    home, venue = _ends(lift)
    back_at, home_at = lift.back_at, lift.home_at
    if back_at is None or home_at is None:
        return False
    if _seconds(back_at, home_at) - drive(venue, home) > offer.detour_limit_s:
        return False
    return all(
        _seconds(back_at, place.drop_at) - drive(venue, _point(place))
        <= riders[place.request_id].extra_limit_s
        for place in lift.places
        if place.drop_at is not None
    )


def _ends(lift: Lift) -> tuple[Point, Point]:
    return (lift.start.lat, lift.start.lon), (lift.venue.lat, lift.venue.lon)


def _point(place: Place) -> Point:
    return place.start.lat, place.start.lon


def _home_at(lift: Lift) -> datetime:
    return lift.home_at or lift.ends_at


def _seconds(since: datetime, until: datetime) -> int:
    return int((until - since).total_seconds())
