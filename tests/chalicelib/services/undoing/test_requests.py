"""A rider who cancelled by mistake has ten minutes; the car is theirs again where it can be."""

from dataclasses import replace

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Take
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, RequestState
from chalicelib.errors import Conflict
from chalicelib.services import offers, requests
from chalicelib.services.undoing.requests import restore
from tests.builders import (
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
from tests.chalicelib.services.matched import BO, DAN, RIA, the_lift
from tests.chalicelib.services.undoing.days import a_car, free


def test_a_rider_who_undoes_it_waits_again_and_a_run_is_owed(world: Adapters, clock: Clock) -> None:
    store(world, an_event(), a_session(), a_request())
    requests.cancel(world, RIA)
    clock.forward(minutes=9)

    restored = restore(world, RIA)

    assert (restored.state, restored.ended_at) == (RequestState.WAITING, None)
    assert ("request_waiting", RIA, "") in owed(world)
    assert world.outbox.owed("match", older_than=-world.campaign.respond_within)


def test_a_rider_who_undoes_it_is_back_in_the_car(world: Adapters, clock: Clock) -> None:
    before = a_car(world)
    requests.cancel(world, BO)
    clock.forward(minutes=5)

    restored = restore(world, BO)

    lift = world.bookings.get(Lift, before.id)
    assert (restored.state, restored.lift_id, restored.lost) == ("confirmed", lift.id, "")
    assert [place.request_id for place in lift.places] == [RIA, BO]
    assert [place.pickup_at for place in lift.places] == [one.pickup_at for one in before.places]
    assert free(world) == 30 - lift.people
    assert {("lift_confirmed", BO, ""), ("changed", lift.id, "rider_joined")} <= set(owed(world))
    assert ("changed", RIA, "pickup_joined") in owed(world)


def test_r5_undoing_twice_is_undoing_once(world: Adapters) -> None:
    a_car(world)
    requests.cancel(world, BO)
    restore(world, BO)
    before = (owed(world), free(world), world.bookings.day("2026-11-28"))

    restore(world, BO)

    assert (owed(world), free(world), world.bookings.day("2026-11-28")) == before


def test_after_ten_minutes_nothing_is_undone(world: Adapters, clock: Clock) -> None:
    a_car(world)
    requests.cancel(world, BO)
    before = (owed(world), free(world))
    clock.forward(minutes=10, seconds=1)

    with pytest.raises(Conflict, match="ten minutes"):
        restore(world, BO)

    assert world.bookings.get(Request, BO).state is RequestState.CANCELLED
    assert (owed(world), free(world)) == before


def test_a_rider_whose_place_has_gone_waits(world: Adapters) -> None:
    lift = a_car(world)
    requests.cancel(world, BO)
    smaller = replace(world.bookings.get(Lift, lift.id), seats=Places(standard=2))
    store(world, smaller)

    restored = restore(world, BO)

    assert restored.state is RequestState.WAITING
    assert len(the_lift(world).places) == 1


def test_a_rider_whose_session_has_filled_meanwhile_waits(world: Adapters) -> None:
    a_car(world)
    requests.cancel(world, BO)
    world.commit([Take(a_session().id, free(world) - 1)])

    restored = restore(world, BO)

    assert restored.state is RequestState.WAITING
    assert free(world) == 1


def test_a_rider_whose_driver_has_left_as_well_waits(world: Adapters) -> None:
    a_car(world)
    requests.cancel(world, BO)
    offers.withdraw(world, DAN)

    assert restore(world, BO).state is RequestState.WAITING


def test_a_car_that_is_about_to_leave_is_not_turned_round(world: Adapters, clock: Clock) -> None:
    lift = a_car(world)
    clock.at = lift.leave_at
    requests.cancel(world, BO)

    assert restore(world, BO).state is RequestState.WAITING
    assert ("changed", lift.id, "rider_joined") not in owed(world)


def test_r4_who_has_another_lift_by_now_is_refused_kindly(world: Adapters) -> None:
    a_car(world)
    requests.cancel(world, BO)
    again = a_request(
        id="request-20261128-cccccccccccc",
        person=a_person("Bo Hall"),
        state=RequestState.UNCONFIRMED,
    )
    store(world, again)
    requests.confirm(world, again.id)

    with pytest.raises(Conflict, match="already have a lift"):
        restore(world, BO)

    assert world.bookings.get(Request, BO).state is RequestState.CANCELLED
    assert len(the_lift(world).places) == 1


def test_r4_who_would_drive_or_ride_waits_for_the_run(world: Adapters) -> None:
    """It alone sees what becomes of both selves."""
    lift = a_car(world)
    other = an_offer(id="offer-20261128-bbbbbbbbbbbb", person=a_person("Bo Hall"), either_with=BO)
    bo = world.bookings.get(Request, BO)
    store(world, other, replace(bo, either_with=other.id))
    requests.cancel(world, BO)

    assert restore(world, BO).state is RequestState.WAITING
    assert [one.request_id for one in world.bookings.get(Lift, lift.id).places] == [RIA]


def test_r7_nobody_hears_a_third_change_of_the_hour_by_it(world: Adapters) -> None:
    """Ria has been told of two; Bo's place first on the way would not change hers."""
    a_car(world)
    requests.cancel(world, BO)
    ria = world.bookings.get(Request, RIA)
    told = (world.now(), world.now())
    store(world, replace(ria, moved_at=told))
    letters = owed(world)

    restore(world, BO)

    assert [one for one in owed(world) if one[1] == RIA and one not in letters] == []


def test_what_was_never_confirmed_is_not_confirmed_by_undoing(world: Adapters) -> None:
    store(world, an_event(), a_session(), a_request(state=RequestState.UNCONFIRMED))
    requests.cancel(world, RIA)

    with pytest.raises(Conflict):
        restore(world, RIA)


def test_a_proposal_that_they_left_does_not_come_back(world: Adapters) -> None:
    a_lift_day(world, state=LiftState.PROPOSED)
    requests.cancel(world, BO)

    assert restore(world, BO).state is RequestState.WAITING
    assert world.bookings.get(Offer, DAN).lift_id


def test_r6_who_waits_again_has_the_lift_out_of_their_calendar(world: Adapters) -> None:
    """The letter of the cancellation may be moot by then, so this one takes the entry out."""
    a_car(world)
    requests.cancel(world, BO)
    offers.withdraw(world, DAN)

    restore(world, BO)

    assert ("request_waiting", BO, "left_lift") in owed(world)
