"""What organisers read when a driver's leaving has left riders without a lift.

How many, from which areas, by when: never who they are or where exactly they live.
"""

from typing import Any

from chalicelib.adapters import Adapters
from chalicelib.domain import route
from chalicelib.domain.lift import Lift
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.states import RequestState
from chalicelib.errors import NotFound
from chalicelib.services.campaign_day import soonest
from chalicelib.services.letters.contents import Contents
from matching.travel import drive_s


def contents(world: Adapters, lift: Lift) -> Contents:
    """The letter about a lift that is off, to the organiser of its event.

    Raises
    ------
    NotFound
        When all its riders have another lift, or need none any more.
    """
    event, _ = world.events.get(lift.event_id)
    found = world.bookings.many(one.request_id for one in lift.places).values()
    left = [one for one in found if isinstance(one, Request) and one.lost == lift.id]
    there = [one for one in left if one.state is RequestState.COMPLETED]
    waiting = there or [one for one in left if one.state is RequestState.WAITING]
    if not waiting:
        raise NotFound("Nobody has lost that lift.")
    facts: dict[str, Any] = {
        "kind": "event",
        "event": event,
        "lift": lift,
        "people": sum(one.needs.total for one in waiting),
        "seats": _together([one.needs for one in waiting]),
        "places": _with(lift, {one.id for one in waiting}).places,
        "back": bool(there),
        "late": lift.starts_at <= soonest(world),
        "public": f"{world.base_url}/events/{event.id}",
    }
    return Contents(event.organiser.email, facts)


def _with(lift: Lift, request_ids: set[str]) -> Lift:
    """The lift with those riders alone: when a car that comes by way of all must be where."""
    rest, drive = lift, route.as_planned(lift, drive_s)
    for place in lift.places:
        if place.request_id not in request_ids:
            rest = route.stop_left_out(rest, place.request_id)
    return route.timed_out(rest, drive)


def _together(needs: list[Places]) -> Places:
    return Places(
        standard=sum(one.standard for one in needs),
        wheelchair=sum(one.wheelchair for one in needs),
        child=sum(one.child for one in needs),
    )
