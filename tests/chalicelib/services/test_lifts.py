"""The life of a lift: everyone affected is told once, and nobody else."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, OfferState, RequestState
from chalicelib.errors import Conflict, Expired
from chalicelib.services import lifts, offers, requests
from tests.builders import Clock, a_lift_day, a_session, owed, store

RIA, BO = "request-20261128-aaaaaaaaaaaa", "request-20261128-bbbbbbbbbbbb"
DAN = "offer-20261128-aaaaaaaaaaaa"


def free(world: Adapters) -> int:
    return world.events.sessions([a_session().id])[a_session().id].free


def states(world: Adapters) -> Iterator[tuple[str, str]]:
    things = world.bookings.day("2026-11-28")
    return ((thing.id, str(thing.state)) for thing in things)


def test_riders_are_told_after_the_driver_accepts(world: Adapters) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)

    accepted = lifts.accept(world, lift.id)

    assert accepted.state is LiftState.ACCEPTED
    assert dict(states(world))[RIA] == "confirmed"
    assert owed(world) == [
        ("lift_accepted", lift.id, ""),
        ("lift_confirmed", RIA, ""),
        ("lift_confirmed", BO, ""),
    ]


def test_r5_accepting_twice_is_accepting_once(world: Adapters) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    lifts.accept(world, lift.id)
    letters = owed(world)

    again = lifts.accept(world, lift.id)

    assert again.state is LiftState.ACCEPTED
    assert owed(world) == letters
    with pytest.raises(Conflict):
        lifts.decline(world, lift.id)


def test_a_driver_who_declines_frees_everyone_quietly(world: Adapters) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)

    lifts.decline(world, lift.id)
    lifts.decline(world, lift.id)

    offer = world.bookings.get(Offer, DAN)
    assert (offer.state, offer.lift_id, offer.declined) == (OfferState.OPEN, "", (RIA, BO))
    riders = [world.bookings.get(Request, one) for one in (RIA, BO)]
    assert {(one.state, one.lift_id) for one in riders} == {(RequestState.WAITING, "")}
    assert free(world) == 30
    assert owed(world) == [], "the riders never heard of it"
    with pytest.raises(Conflict):
        lifts.accept(world, lift.id)


def test_no_answer_in_time_is_no_answer(world: Adapters, clock: Clock) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    clock.forward(hours=25)

    with pytest.raises(Expired):
        lifts.accept(world, lift.id)

    assert owed(world) == []


def test_a_rider_who_leaves_tells_the_driver_and_whoever_is_picked_up_later(
    world: Adapters,
) -> None:
    lift = a_lift_day(world)

    requests.cancel(world, BO)

    rest = world.bookings.get(Lift, lift.id)
    assert [place.request_id for place in rest.places] == [RIA]
    assert rest.people == 2
    assert free(world) == 28
    assert owed(world) == [
        ("cancelled", BO, "by_you_lift"),
        ("changed", lift.id, "rider_left"),
        ("changed", RIA, "pickup"),
    ]


def test_the_last_rider_who_leaves_ends_the_lift(world: Adapters) -> None:
    lift = a_lift_day(world)

    requests.cancel(world, BO)
    requests.cancel(world, RIA)

    assert world.bookings.get(Lift, lift.id).state is LiftState.CANCELLED
    offer = world.bookings.get(Offer, DAN)
    assert (offer.state, offer.lift_id) == (OfferState.OPEN, "")
    assert free(world) == 30
    assert ("cancelled", DAN, "riders_lift") in owed(world)


def test_leaving_a_proposal_tells_only_the_driver(world: Adapters) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)

    requests.cancel(world, BO)

    assert owed(world) == [("cancelled", BO, "by_you"), ("lift_proposed", lift.id, "")]


def test_cancelling_twice_is_cancelling_once(world: Adapters) -> None:
    a_lift_day(world)
    requests.cancel(world, BO)
    before = (owed(world), free(world))

    requests.cancel(world, BO)

    assert (owed(world), free(world)) == before


def test_a_driver_who_withdraws_leaves_nobody_uninformed(world: Adapters) -> None:
    lift = a_lift_day(world)

    offers.withdraw(world, DAN)

    assert world.bookings.get(Lift, lift.id).state is LiftState.CANCELLED
    assert {world.bookings.get(Request, one).state for one in (RIA, BO)} == {RequestState.WAITING}
    assert free(world) == 30
    assert owed(world) == [
        ("cancelled", DAN, "by_you_lift"),
        ("cancelled", RIA, "driver"),
        ("cancelled", BO, "driver"),
    ]
    assert world.outbox.owed("match", older_than=-world.campaign.respond_within)


def test_a_driver_who_withdraws_from_a_proposal_alarms_nobody(world: Adapters) -> None:
    a_lift_day(world, state=LiftState.PROPOSED)

    offers.withdraw(world, DAN)

    assert owed(world) == [("cancelled", DAN, "by_you")]
    assert free(world) == 30


def test_someone_who_moved_on_meanwhile_is_not_dragged_back(world: Adapters) -> None:
    """A rider in the lift's list whose request names another lift is not touched."""
    lift = a_lift_day(world)
    ria = world.bookings.get(Request, RIA)
    store(world, replace(ria, lift_id="lift-20261128-cccccccccccc"))

    assert [one.id for one in lifts.riders(world, lift)] == [BO]
