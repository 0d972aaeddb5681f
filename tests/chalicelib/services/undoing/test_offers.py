"""A driver who withdrew by mistake has ten minutes; riders who still wait have their lift again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Take
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, OfferState, RequestState
from chalicelib.errors import Conflict
from chalicelib.services import events, offers, requests, runs
from chalicelib.services.undoing.offers import restore
from tests.builders import (
    SALE,
    Clock,
    a_lift_day,
    a_person,
    a_request,
    a_session,
    an_event,
    an_offer,
    owed,
    store,
)
from tests.chalicelib.services.matched import BO, DAN, DAY, RIA, checked, the_lift
from tests.chalicelib.services.undoing.days import a_car, free


def test_a_lift_comes_back_with_its_riders_at_the_times_they_know(
    world: Adapters, clock: Clock
) -> None:
    before = a_car(world)
    offers.withdraw(world, DAN)
    clock.forward(minutes=9)

    restored = restore(world, DAN)

    lift = the_lift(world)
    assert (restored.state, restored.lift_id, restored.left) == ("open", before.id, "")
    assert (lift.id, lift.state, lift.places) == (before.id, LiftState.ACCEPTED, before.places)
    assert free(world) == 30 - lift.people
    riders = [world.bookings.get(Request, one) for one in (RIA, BO)]
    assert {(one.state, one.lift_id, one.lost) for one in riders} == {("confirmed", lift.id, "")}
    assert {("lift_confirmed", RIA, ""), ("lift_confirmed", BO, "")} <= set(owed(world))
    assert ("lift_accepted", lift.id, "") in owed(world)


def test_r5_undoing_twice_is_undoing_once(world: Adapters) -> None:
    a_car(world)
    offers.withdraw(world, DAN)
    restore(world, DAN)
    before = (owed(world), free(world), world.bookings.day(DAY))

    restore(world, DAN)

    assert (owed(world), free(world), world.bookings.day(DAY)) == before


def test_after_ten_minutes_nothing_is_undone(world: Adapters, clock: Clock) -> None:
    a_car(world)
    offers.withdraw(world, DAN)
    clock.forward(minutes=10, seconds=1)

    with pytest.raises(Conflict, match="ten minutes"):
        restore(world, DAN)

    assert world.bookings.get(Offer, DAN).state is OfferState.WITHDRAWN


def test_a_rider_with_another_car_by_now_is_not_dragged_back(world: Adapters) -> None:
    before = a_car(world)
    eva = an_offer(id="offer-20261128-bbbbbbbbbbbb", person=a_person("Eva Long"), start=SALE)
    store(world, eva)
    offers.withdraw(world, DAN)
    bo = world.bookings.get(Request, BO)
    store(world, replace(bo, state=RequestState.OFFERED, lift_id="lift-20261128-bbbbbbbbbbbb"))

    restore(world, DAN)

    lift = world.bookings.get(Lift, before.id)
    assert [(place.request_id, place.pickup_at) for place in lift.places] == [
        (RIA, before.places[0].pickup_at)
    ]
    assert (lift.leave_at, lift.people) == (before.leave_at, 2)
    assert world.bookings.get(Request, BO).state is RequestState.OFFERED
    assert ("lift_confirmed", BO, "") not in owed(world)


def test_an_offer_whose_riders_are_all_elsewhere_is_open_and_matched_anew(
    world: Adapters,
) -> None:
    before = a_car(world)
    offers.withdraw(world, DAN)
    requests.cancel(world, RIA)
    requests.cancel(world, BO)

    restored = restore(world, DAN)

    assert (restored.state, restored.lift_id) == (OfferState.OPEN, "")
    assert world.bookings.get(Lift, before.id).state is LiftState.CANCELLED
    # The letter of the withdrawal may be moot by then: this one empties the calendar (R6).
    assert ("offer_open", DAN, "left_lift") in owed(world)
    assert free(world) == 30


def test_a_proposal_that_was_withdrawn_is_made_anew(world: Adapters) -> None:
    a_lift_day(world, state=LiftState.PROPOSED)
    offers.withdraw(world, DAN)

    assert restore(world, DAN).lift_id == ""

    runs.run(world, DAY, solve=checked)
    assert the_lift(world).state is LiftState.PROPOSED


@pytest.mark.parametrize("filled", [True, False])
def test_a_lift_without_room_in_its_session_does_not_come_back(
    world: Adapters, filled: bool
) -> None:
    a_car(world)
    offers.withdraw(world, DAN)
    if filled:
        world.commit([Take(a_session().id, 28)])
    else:
        events.cancel(world, an_event().id)

    assert restore(world, DAN).lift_id == ""
    assert world.bookings.get(Request, RIA).state is RequestState.WAITING
    assert ("lift_confirmed", RIA, "") not in owed(world)


def test_r4_a_rider_who_drives_by_now_is_left_out(world: Adapters) -> None:
    a_car(world)
    offers.withdraw(world, DAN)
    drives = an_offer(
        id="offer-20261128-bbbbbbbbbbbb",
        person=a_person("Bo Hall"),
        either_with=BO,
        lift_id="lift-20261128-bbbbbbbbbbbb",
    )
    store(world, drives, replace(world.bookings.get(Request, BO), either_with=drives.id))

    restore(world, DAN)

    assert [one.request_id for one in the_lift(world).places] == [RIA]


def test_r4_a_run_that_read_the_day_before_cannot_use_the_other_self(world: Adapters) -> None:
    """Bo's offer is stored anew, so a plan that has Bo drive is refused at its commit."""
    a_car(world)
    other = an_offer(id="offer-20261128-bbbbbbbbbbbb", person=a_person("Bo Hall"), either_with=BO)
    store(world, other, replace(world.bookings.get(Request, BO), either_with=other.id))
    offers.withdraw(world, DAN)
    before = world.bookings.get(Offer, other.id)

    restore(world, DAN)

    assert world.bookings.get(Request, BO).state is RequestState.CONFIRMED
    with pytest.raises(Conflict):
        store(world, replace(before, lift_id="lift-20261128-bbbbbbbbbbbb"))


def test_while_the_session_is_on_the_way_back_is_promised_again(
    world: Adapters, clock: Clock
) -> None:
    before = a_car(world)
    clock.at = before.starts_at + timedelta(hours=1)
    offers.withdraw(world, DAN)
    clock.forward(minutes=5)

    restore(world, DAN)

    riders = [world.bookings.get(Request, one) for one in (RIA, BO)]
    assert {(one.state, one.lost) for one in riders} == {("confirmed", "")}
    assert {("changed", RIA, "way_back"), ("changed", BO, "way_back")} <= set(owed(world))
    assert the_lift(world).places == before.places


def test_who_has_asked_for_another_lift_by_now_is_refused_kindly(world: Adapters) -> None:
    a_car(world)
    offers.withdraw(world, DAN)
    again = a_request(
        id="request-20261128-cccccccccccc",
        person=a_person("Dan Price"),
        state=RequestState.UNCONFIRMED,
    )
    store(world, again)
    requests.confirm(world, again.id)

    with pytest.raises(Conflict, match="already have a lift"):
        restore(world, DAN)
