"""A car that empties: who stays hears of two changes an hour, and no third (PROMISES R7)."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain import route
from chalicelib.domain.lift import Lift
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.states import RequestState
from chalicelib.services import requests
from matching.travel import drive_s
from tests.builders import SALE, Clock, a_lift_day, a_person, a_request, owed, store
from tests.chalicelib.services.matched import BO, RIA


def test_r7_the_first_two_who_leave_move_the_times_and_the_third_does_not(
    world: Adapters, clock: Clock
) -> None:
    """Who stays hears two changes; then the car waits a little instead."""
    first = a_full_car(world)
    for name in "bcd":
        requests.cancel(world, f"request-20261128-{name * 12}")
        clock.forward(minutes=5)

    ria = world.bookings.get(Request, RIA)
    lift = world.bookings.get(Lift, first.id)
    assert len(ria.moved_at) == 2
    assert lift.places[0].pickup_at > first.places[0].pickup_at
    assert [one for one in owed(world) if one[1] == RIA] == [("changed", RIA, "pickup")] * 2
    assert [one.request_id for one in lift.places] == [RIA]


def test_r7_the_drivers_third_letter_waits_and_tells_of_all(world: Adapters, clock: Clock) -> None:
    first = a_full_car(world)
    began = world.now()
    for name in "bcd":
        requests.cancel(world, f"request-20261128-{name * 12}")
        clock.forward(minutes=5)

    at_once = [one for one in owed(world) if one[1] == first.id]
    clock.at = began + timedelta(minutes=60)
    later = [one for one in owed(world) if one[1] == first.id]

    assert (len(at_once), len(later)) == (2, 3)


def test_r7_a_driver_about_to_leave_is_told_all_the_same(world: Adapters, clock: Clock) -> None:
    first = a_full_car(world)
    clock.at = first.leave_at - timedelta(minutes=60)
    for name in "bcd":
        requests.cancel(world, f"request-20261128-{name * 12}")

    assert len([one for one in owed(world) if one[1] == first.id]) == 3


def a_full_car(world: Adapters) -> Lift:
    """Dan drives Ria, who is picked up first, and three others after her."""
    lift = a_lift_day(world)
    bo = world.bookings.get(Request, BO)
    more = [
        a_request(
            id=f"request-20261128-{name * 12}",
            person=a_person(f"{name}o Hall"),
            start=replace(SALE, lat=SALE.lat - number / 50),
            state=RequestState.CONFIRMED,
            lift_id=lift.id,
        )
        for number, name in enumerate("cd", start=1)
    ]
    store(world, *more, replace(bo, needs=Places(standard=1)))
    places = (
        *lift.places,
        *(replace(lift.places[1], request_id=one.id, start=one.start) for one in more),
    )
    drops = tuple(place.request_id for place in places)
    full = route.timed(replace(lift, places=places, drops=drops, version=1), drive_s)
    store(world, full)
    return world.bookings.get(Lift, lift.id)
