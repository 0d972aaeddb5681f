"""A driver who said no by mistake is asked once more, while the riders still wait."""

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, RequestState
from chalicelib.errors import Conflict, Expired
from chalicelib.services import lifts, offers, requests, runs
from chalicelib.services.undoing.lifts import restore
from tests.builders import (
    SALE,
    Clock,
    a_lift_day,
    a_person,
    an_offer,
    owed,
    store,
)
from tests.chalicelib.services.matched import BO, DAN, DAY, RIA, checked
from tests.chalicelib.services.undoing.days import free


def test_a_driver_thinks_again_and_accepts(world: Adapters, clock: Clock) -> None:
    before = a_lift_day(world, state=LiftState.PROPOSED)
    lifts.decline(world, before.id)
    clock.forward(minutes=8)

    again = restore(world, before.id)

    offer = world.bookings.get(Offer, DAN)
    assert (again.state, again.places, again.declined_at) == ("proposed", before.places, None)
    assert (offer.lift_id, offer.declined) == (before.id, ())
    assert free(world) == 30 - before.people
    assert world.bookings.get(Request, RIA).state is RequestState.OFFERED
    assert owed(world) == [], "the riders never heard of any of it"
    assert lifts.accept(world, before.id).state is LiftState.ACCEPTED
    assert ("lift_confirmed", BO, "") in owed(world)


def test_r5_thinking_again_twice_is_doing_it_once(world: Adapters) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    lifts.decline(world, lift.id)
    restore(world, lift.id)
    before = (free(world), world.bookings.day(DAY))

    restore(world, lift.id)

    assert (free(world), world.bookings.day(DAY)) == before


def test_after_ten_minutes_a_no_is_a_no(world: Adapters, clock: Clock) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    lifts.decline(world, lift.id)
    clock.forward(minutes=11)

    with pytest.raises(Conflict, match="ten minutes"):
        restore(world, lift.id)


def test_past_its_deadline_a_proposal_does_not_come_back(world: Adapters, clock: Clock) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    clock.at = lift.respond_by
    lifts.decline(world, lift.id)
    clock.forward(minutes=1)

    with pytest.raises(Expired):
        restore(world, lift.id)


@pytest.mark.parametrize("gone", ["cancelled", "matched", "withdrawn", "not declined"])
def test_who_is_elsewhere_by_now_is_not_dragged_back(world: Adapters, gone: str) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    if gone != "not declined":
        lifts.decline(world, lift.id)
    if gone == "cancelled":
        requests.cancel(world, BO)
    elif gone == "matched":
        store(
            world,
            an_offer(id="offer-20261128-bbbbbbbbbbbb", person=a_person("Eva Long"), start=SALE),
        )
        runs.run(world, DAY, solve=checked)
    else:
        offers.withdraw(world, DAN)

    with pytest.raises(Conflict):
        restore(world, lift.id)

    assert world.bookings.get(Lift, lift.id).state is LiftState.CANCELLED
