"""A rider chooses a car: at once where the driver wishes that, else the driver answers."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.lift import LAST_CALL, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import LiftState, OfferState, RequestState, SignUpState
from chalicelib.errors import Conflict, Expired
from chalicelib.services import asks, offers, requests, signups
from tests.builders import (
    SALE,
    Clock,
    a_person,
    a_request,
    a_session,
    a_signup,
    an_event,
    an_offer,
    owed,
    store,
)
from tests.chalicelib.services.matched import BO, DAN, RIA, the_lift


def bo(**given: Any) -> Request:
    return a_request(**{"id": BO, "person": a_person("Bo Hall"), "start": SALE, **given})


def free(world: Adapters) -> int:
    return world.events.sessions([a_session().id])[a_session().id].free


def state(world: Adapters, request_id: str) -> RequestState:
    return world.bookings.get(Request, request_id).state


def an_agreed_car(world: Adapters, **given: Any) -> Lift:
    """Dan drives Ria, who chose his car; he takes whoever fits unless *given* says otherwise."""
    store(world, an_event(), a_session(), an_offer(**{"auto": True, **given}), a_request(), bo())
    if not an_offer(**{"auto": True, **given}).auto:
        store(world, replace(world.bookings.get(Offer, DAN), auto=True))
        asks.choose(world, RIA, DAN)
        store(world, replace(world.bookings.get(Offer, DAN), auto=False))
    else:
        asks.choose(world, RIA, DAN)
    return the_lift(world)


def test_a_driver_who_takes_whoever_fits_has_the_rider_at_once(world: Adapters) -> None:
    store(world, an_event(), a_session(), an_offer(auto=True), a_request())

    placed = asks.choose(world, RIA, DAN)

    lift = the_lift(world)
    assert (placed.state, placed.lift_id) == (RequestState.CONFIRMED, lift.id)
    assert lift.state is LiftState.ACCEPTED
    assert world.bookings.get(Offer, DAN).lift_id == lift.id
    assert free(world) == 28
    assert owed(world) == [("lift_accepted", lift.id, ""), ("lift_confirmed", RIA, "")]


def test_any_other_driver_is_asked_and_has_a_deadline(world: Adapters) -> None:
    store(world, an_event(), a_session(), an_offer(), a_request())

    asked = asks.choose(world, RIA, DAN)

    lift = the_lift(world)
    assert (asked.state, asked.car) == (RequestState.OFFERED, DAN)
    assert lift.state is LiftState.PROPOSED
    assert lift.respond_by == world.now() + world.campaign.respond_within
    assert owed(world) == [("lift_proposed", lift.id, "")]


def test_a_second_rider_joins_an_agreed_car_at_once(world: Adapters) -> None:
    lift = an_agreed_car(world)

    joined = asks.choose(world, BO, lift.id)

    assert joined.state is RequestState.CONFIRMED
    now = the_lift(world)
    assert {place.request_id for place in now.places} == {RIA, BO}
    assert free(world) == 27
    assert ("changed", lift.id, "rider_joined") in owed(world)
    assert ("changed", RIA, "pickup_joined") in owed(world)


def test_to_join_an_agreed_car_its_driver_is_asked(world: Adapters) -> None:
    lift = an_agreed_car(world, auto=False)

    asked = asks.choose(world, BO, DAN)

    now = the_lift(world)
    assert asked.state is RequestState.OFFERED
    assert [place.request_id for place in now.places] == [RIA]
    assert [ask.request_id for ask in now.asks] == [BO]
    assert now.free == Places(standard=1)
    assert free(world) == 27
    assert ("place_asked", lift.id, "") in owed(world)


def test_yes_puts_the_rider_into_the_car_and_tells_everyone_once(world: Adapters) -> None:
    lift = an_agreed_car(world, auto=False)
    asks.choose(world, BO, DAN)

    asks.answer(world, lift.id, BO, yes=True)
    asks.answer(world, lift.id, BO, yes=True)

    assert state(world, BO) is RequestState.CONFIRMED
    assert {place.request_id for place in the_lift(world).places} == {RIA, BO}
    assert free(world) == 27
    told = owed(world)
    assert ("lift_confirmed", BO, "") in told
    assert ("changed", RIA, "pickup_joined") in told
    assert ("changed", lift.id, "rider_joined") in told


def test_no_frees_the_place_and_the_rider_hears_of_it(world: Adapters) -> None:
    lift = an_agreed_car(world, auto=False)
    asks.choose(world, BO, DAN)

    asks.answer(world, lift.id, BO, yes=False)
    asks.answer(world, lift.id, BO, yes=True)

    assert state(world, BO) is RequestState.WAITING
    assert the_lift(world).asks == ()
    assert free(world) == 28
    assert BO in world.bookings.get(Offer, DAN).declined
    assert ("changed", BO, "refused") in owed(world)
    refused = asks.choose(world, BO, DAN)
    assert (refused.state, refused.reason) == (RequestState.WAITING, "car_declined")


def test_an_answer_after_its_time_changes_nothing(world: Adapters, clock: Clock) -> None:
    lift = an_agreed_car(world, auto=False)
    asks.choose(world, BO, DAN)
    clock.forward(hours=25)

    with pytest.raises(Expired):
        asks.answer(world, lift.id, BO, yes=True)

    assert state(world, BO) is RequestState.OFFERED


def test_the_last_place_is_given_once_and_the_other_is_told_why(world: Adapters) -> None:
    lift = an_agreed_car(world, seats=Places(standard=1))

    late = asks.choose(world, BO, lift.id)

    assert (late.state, late.reason) == (RequestState.WAITING, "car_full")
    assert free(world) == 28


def test_a_full_session_is_named_as_the_reason(world: Adapters) -> None:
    store(world, an_event(), a_session(free=1), an_offer(auto=True), a_request())

    late = asks.choose(world, RIA, DAN)

    assert (late.state, late.reason) == (RequestState.WAITING, "session_full")
    assert free(world) == 1


def test_within_an_hour_of_leaving_nobody_joins(world: Adapters, clock: Clock) -> None:
    lift = an_agreed_car(world)
    clock.at = lift.leave_at - LAST_CALL / 2

    late = asks.choose(world, BO, lift.id)

    assert late.reason == "car_leaving"


def test_r4_who_comes_by_their_own_means_takes_no_place_in_a_car(world: Adapters) -> None:
    store(world, an_event(), a_session(), an_offer(auto=True), a_request())
    coming = a_signup(person=a_request().person, state=SignUpState.UNCONFIRMED)
    store(world, coming)
    signups.confirm(world, coming.id)

    with pytest.raises(Conflict, match="already on the list"):
        asks.choose(world, RIA, DAN)

    assert state(world, RIA) is RequestState.WAITING
    assert free(world) == 29


def test_r4_who_has_a_place_in_a_car_does_not_sign_up_besides(world: Adapters) -> None:
    an_agreed_car(world)
    coming = a_signup(person=a_request().person, state=SignUpState.UNCONFIRMED)
    store(world, coming)

    with pytest.raises(Conflict, match="already on the list"):
        signups.confirm(world, coming.id)

    requests.cancel(world, RIA)
    signups.confirm(world, coming.id)
    assert world.bookings.get(SignUp, coming.id).state is SignUpState.COMING


def test_a_rider_who_only_asks_can_cancel_and_the_place_is_free(world: Adapters) -> None:
    an_agreed_car(world, auto=False)
    asks.choose(world, BO, DAN)

    requests.cancel(world, BO)

    assert the_lift(world).asks == ()
    assert free(world) == 28


def test_when_the_last_rider_leaves_while_another_asks_the_lift_stays(world: Adapters) -> None:
    lift = an_agreed_car(world, auto=False)
    asks.choose(world, BO, DAN)

    requests.cancel(world, RIA)

    assert the_lift(world).state is LiftState.ACCEPTED
    asks.answer(world, lift.id, BO, yes=False)
    assert world.bookings.get(Lift, lift.id).state is LiftState.CANCELLED
    dan = world.bookings.get(Offer, DAN)
    assert (dan.state, dan.lift_id) == (OfferState.OPEN, "")
    assert free(world) == 30


def test_a_driver_who_withdraws_frees_those_who_asked_too(world: Adapters) -> None:
    an_agreed_car(world, auto=False)
    asks.choose(world, BO, DAN)

    offers.withdraw(world, DAN)

    assert {state(world, RIA), state(world, BO)} == {RequestState.WAITING}
    assert free(world) == 30
    told = owed(world)
    assert ("cancelled", RIA, "driver") in told
    assert ("changed", BO, "refused") in told


def test_a_car_of_another_day_takes_nobody(world: Adapters) -> None:
    an_agreed_car(world)
    sunday = bo(id="request-20261129-bbbbbbbbbbbb", sessions=None)
    store(world, sunday)

    late = asks.choose(world, sunday.id, DAN)

    assert (late.state, late.reason) == (RequestState.WAITING, "car_gone")


def test_a_rider_who_confirms_has_the_car_they_chose_in_the_same_step(world: Adapters) -> None:
    store(
        world,
        an_event(),
        a_session(),
        an_offer(auto=True),
        a_request(state=RequestState.UNCONFIRMED, car=DAN),
    )

    placed = requests.confirm(world, RIA)

    assert placed.state is RequestState.CONFIRMED
    assert [name for name, _, _ in owed(world)] == ["lift_accepted", "lift_confirmed"]


def test_a_rider_whose_chosen_car_is_full_waits_and_knows_why(world: Adapters) -> None:
    lift = an_agreed_car(world, seats=Places(standard=1))
    third = "request-20261128-cccccccccccc"
    store(
        world,
        bo(id=third, person=a_person("Cy Moss"), state=RequestState.UNCONFIRMED, car=lift.id),
    )

    waiting = requests.confirm(world, third)

    assert (waiting.state, waiting.reason, waiting.car) == (RequestState.WAITING, "car_full", "")
    assert ("request_waiting", third, "") in owed(world)
