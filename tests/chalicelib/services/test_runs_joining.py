"""Runs fill the places that are left in agreed cars, and move nobody who is in one."""

from dataclasses import replace

from chalicelib.adapters import Adapters
from chalicelib.domain.offer import Offer
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import LiftState, RequestState, SignUpState
from chalicelib.services import asks, offers, runs
from matching.plan import Plan
from matching.problem import InvalidProblem, Problem
from matching.solve import solve
from tests.builders import (
    CHORLTON,
    SALE,
    STRETFORD,
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
from tests.chalicelib.services.matched import BO, DAN, DAY, RIA, checked, the_lift

EVA = "offer-20261128-eeeeeeeeeeee"


def rider(letter: str, **given: object) -> Request:
    facts = {"id": f"request-20261128-{letter * 12}", "person": a_person(f"R{letter} Lee")}
    return a_request(**(facts | given))


def an_agreed_car(world: Adapters, *, auto: bool = False, places: int = 3) -> None:
    """Dan drives Ria, and has places left."""
    offer = an_offer(auto=True, seats=Places(standard=places))
    store(world, an_event(), a_session(), offer, a_request())
    asks.choose(world, RIA, DAN)
    store(world, replace(world.bookings.get(Offer, DAN), auto=auto))


def test_a_waiting_rider_is_offered_the_place_that_is_left(world: Adapters) -> None:
    an_agreed_car(world)
    store(world, rider("b", start=SALE))
    before = the_lift(world)

    done = runs.run(world, DAY, solve=checked)

    assert done is not None
    assert (done.proposed, done.stranded) == (1, 0)
    lift = the_lift(world)
    assert lift.places == before.places
    assert [ask.request_id for ask in lift.asks] == [BO]
    bo = world.bookings.get(Request, BO)
    assert (bo.state, bo.car) == (RequestState.OFFERED, "")
    assert ("place_asked", lift.id, "") in owed(world)


def test_who_was_not_told_of_the_car_hears_nothing_of_its_no(world: Adapters) -> None:
    an_agreed_car(world)
    store(world, rider("b", start=SALE))
    runs.run(world, DAY, solve=checked)

    asks.answer(world, the_lift(world).id, BO, yes=False)

    assert world.bookings.get(Request, BO).state is RequestState.WAITING
    assert not any(thing == BO for _, thing, _ in owed(world))
    again = runs.run(world, DAY, solve=checked)
    assert again is not None
    assert (again.proposed, again.stranded) == (0, 1)


def test_a_driver_who_takes_whoever_fits_is_not_asked(world: Adapters) -> None:
    an_agreed_car(world, auto=True)
    store(world, rider("b", start=SALE))

    runs.run(world, DAY, solve=checked)

    assert world.bookings.get(Request, BO).state is RequestState.CONFIRMED
    assert ("changed", the_lift(world).id, "rider_joined") in owed(world)


def test_a_new_car_of_such_a_driver_is_agreed_at_once(world: Adapters) -> None:
    store(world, an_event(), a_session(), an_offer(auto=True), a_request())

    runs.run(world, DAY, solve=checked)

    lift = the_lift(world)
    assert lift.state is LiftState.ACCEPTED
    assert owed(world) == [("lift_accepted", lift.id, ""), ("lift_confirmed", RIA, "")]


def test_r7_a_driver_who_cancels_moves_only_those_three_riders(world: Adapters) -> None:
    """Eva has room for Dan's three; whoever rides with her already stays as told."""
    three = [rider(letter, start=STRETFORD) for letter in "abc"]
    own = rider("d", start=CHORLTON)
    eva = an_offer(
        id=EVA,
        person=a_person("Eva Long"),
        seats=Places(standard=6),
        auto=True,
        detour_limit_s=3600,
    )
    store(world, an_event(), a_session(), an_offer(auto=True), eva, *three, own)
    for one in three:
        asks.choose(world, one.id, DAN)
    asks.choose(world, own.id, EVA)
    place = the_lift_of(world, EVA)

    offers.withdraw(world, DAN)
    done = runs.run(world, DAY, solve=checked)

    assert done is not None
    assert (done.proposed, done.stranded) == (3, 0)
    for one in three:
        assert world.bookings.get(Request, one.id).state is RequestState.CONFIRMED
    kept = world.bookings.get(Request, own.id)
    assert (kept.state, kept.lift_id) == (RequestState.CONFIRMED, place)


def the_lift_of(world: Adapters, offer_id: str) -> str:
    return world.bookings.get(Offer, offer_id).lift_id


def test_nobody_is_brought_where_they_come_by_their_own_means(world: Adapters) -> None:
    an_agreed_car(world)
    bo = rider("b", start=SALE, sessions=None)
    store(world, bo, a_signup(person=bo.person, state=SignUpState.COMING))

    done = runs.run(world, DAY, solve=checked)

    assert done is not None
    assert (done.proposed, done.stranded) == (0, 1)
    assert world.bookings.get(SignUp, a_signup().id).state is SignUpState.COMING


def test_r7_who_had_two_changes_this_hour_is_left_alone(world: Adapters, clock: Clock) -> None:
    an_agreed_car(world, auto=True)
    ria = world.bookings.get(Request, RIA)
    store(world, replace(ria, moved_at=(clock.at, clock.at)), rider("b", start=SALE))

    runs.run(world, DAY, solve=checked)
    assert world.bookings.get(Request, BO).state is RequestState.WAITING

    clock.forward(minutes=61)
    runs.run(world, DAY, solve=checked)
    assert world.bookings.get(Request, BO).state is RequestState.CONFIRMED


def test_an_agreed_lift_that_the_roads_no_longer_allow_stays_as_it_is(world: Adapters) -> None:
    an_agreed_car(world)
    store(world, rider("b", start=SALE))
    before = the_lift(world)

    def strict(asked: Problem) -> Plan:
        if asked.pins:
            raise InvalidProblem("pins[0]", "cannot take these riders there")
        return solve(asked)

    done = runs.run(world, DAY, solve=strict)

    assert done is not None
    assert (done.proposed, done.stranded) == (0, 1)
    assert the_lift(world) == before
