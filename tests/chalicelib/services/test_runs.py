"""A run of a campaign day: settled, matched by the real solver, proposed under its fence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Fence, Save
from chalicelib.domain.event import Kind
from chalicelib.domain.lift import ANSWER_AT_LEAST, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, RequestState
from chalicelib.errors import Overtaken
from chalicelib.services import (
    lifts,
    offers,
    requests,
    runs,
)
from matching.plan import Plan
from matching.problem import Problem
from matching.solve import solve
from tests.builders import (
    CHORLTON,
    SALE,
    STRETFORD,
    TEN,
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


def test_a_day_is_matched_and_only_the_driver_is_told(world: Adapters) -> None:
    store(world, an_event(), a_session(), an_offer(), a_request())

    done = runs.run(world, DAY, solve=checked)

    assert done is not None
    assert (done.status, done.proposed, done.stranded, done.gap) == ("optimal", 1, 0, 0.0)
    lift = the_lift(world)
    assert lift.state is LiftState.PROPOSED
    assert lift.arrive_at == TEN - timedelta(minutes=5)
    assert lift.respond_by == world.now() + timedelta(hours=24)
    assert world.bookings.get(Request, RIA).state is RequestState.OFFERED
    assert world.bookings.get(Offer, DAN).lift_id == lift.id
    assert world.events.sessions([a_session().id])[a_session().id].free == 28
    assert owed(world) == [("lift_proposed", lift.id, "")]


def test_running_again_changes_nothing(world: Adapters) -> None:
    store(world, an_event(), a_session(), an_offer(), a_request())
    runs.run(world, DAY, solve=checked)
    before = world.bookings.day(DAY)

    again = runs.run(world, DAY, solve=checked)

    assert again is None, "nobody waits, so nothing is asked of the solver"
    assert world.bookings.day(DAY) == before
    assert len(owed(world)) == 1
    assert [one.token for one in world.bookings.runs(DAY)] == [1]


def test_a_plan_that_breaks_a_promise_is_not_used(world: Adapters) -> None:
    """The canary of the checker in the run: a car with two more people than places."""
    four = [
        a_request(id=f"request-20261128-{letter * 12}", person=a_person(f"R{letter} Lee"))
        for letter in "abcd"
    ]
    store(world, an_event(), a_session(), an_offer(seats=Places(standard=2)), *four)

    def greedy(asked: Problem) -> Plan:
        roomy = replace(asked, drivers=(replace(asked.drivers[0], seats={"standard": 4}),))
        return solve(roomy)

    with pytest.raises(runs.WrongPlan):
        runs.run(world, DAY, solve=greedy)

    assert owed(world) == []
    assert {world.bookings.get(Request, one.id).state for one in four} == {RequestState.WAITING}


def test_carpool_vote_110_both_cars_are_used_when_that_seats_more(world: Adapters) -> None:
    """Two drivers, four riders, one driver best for all of them."""
    near = an_offer(start=STRETFORD, seats=Places(standard=2))
    far = an_offer(
        id="offer-20261128-bbbbbbbbbbbb",
        person=a_person("Eva Long"),
        start=CHORLTON,
        seats=Places(standard=2),
    )
    four = [
        a_request(id=f"request-20261128-{letter * 12}", person=a_person(f"R{letter} Lee"))
        for letter in "abcd"
    ]
    store(world, an_event(), a_session(), near, far, *four)

    done = runs.run(world, DAY, solve=checked)

    assert done is not None
    assert (done.proposed, done.stranded) == (2, 0)


def test_a_declined_rider_is_not_proposed_to_that_driver_again(world: Adapters) -> None:
    store(world, an_event(), a_session(), an_offer(), a_request())
    runs.run(world, DAY, solve=checked)
    lifts.decline(world, the_lift(world).id)

    done = runs.run(world, DAY, solve=checked)

    assert done is not None
    assert (done.proposed, done.stranded) == (0, 1)
    assert world.bookings.get(Request, RIA).state is RequestState.WAITING
    assert world.bookings.get(Request, RIA).reason


def test_a_proposal_nobody_answers_is_offered_on(world: Adapters, clock: Clock) -> None:
    other = an_offer(id="offer-20261128-bbbbbbbbbbbb", person=a_person("Eva Long"), start=SALE)
    store(world, an_event(), a_session(), an_offer(), other, a_request())
    runs.run(world, DAY, solve=checked)
    first = the_lift(world)
    clock.forward(hours=25)

    runs.run(world, DAY, solve=checked)

    second = the_lift(world)
    assert {first.offer_id, second.offer_id} == {DAN, other.id}
    assert ("cancelled", first.offer_id, "expired") in owed(world)
    assert ("cancelled", RIA, "driver") not in owed(world), "the rider never heard of the first"


def test_somebody_who_would_drive_or_ride_does_only_one(world: Adapters) -> None:
    either_offer = an_offer(either_with=BO)
    either_request = a_request(id=BO, person=an_offer().person, either_with=DAN, start=CHORLTON)
    store(world, an_event(), a_session(), either_offer, either_request, a_request())

    runs.run(world, DAY, solve=checked)
    runs.run(world, DAY, solve=checked)

    assert the_lift(world).offer_id == DAN
    assert [place.request_id for place in the_lift(world).places] == [RIA]
    assert world.bookings.get(Request, BO).state is RequestState.WAITING


def test_wheelchair_requests_only_ride_where_there_is_the_place(world: Adapters) -> None:
    """Drive the Vote #694."""
    store(world, an_event(), a_session(), an_offer(), a_request(needs=Places(wheelchair=1)))

    done = runs.run(world, DAY, solve=checked)

    assert done is not None
    assert done.proposed == 0
    assert world.bookings.get(Request, RIA).reason == "needs_not_met"


def test_r9_a_run_that_is_overtaken_while_it_solves_changes_nothing(world: Adapters) -> None:
    store(world, an_event(), a_session(), an_offer(), a_request())

    def slow(asked: Problem) -> Plan:
        world.bookings.begin_run(DAY)
        return checked(asked)

    assert runs.run(world, DAY, solve=slow) is None
    assert world.bookings.get(Request, RIA).state is RequestState.WAITING
    assert owed(world) == []


def test_r9_a_change_while_it_solves_makes_that_lift_void_alone(world: Adapters) -> None:
    eva = an_offer(id="offer-20261128-bbbbbbbbbbbb", person=a_person("Eva Long"), start=SALE)
    bo = a_request(id=BO, person=a_person("Bo Hall"), start=SALE, sessions=(a_session().id,))
    small = an_offer(seats=Places(standard=1))
    store(world, an_event(), a_session(), small, replace(eva, seats=Places(standard=1)))
    store(world, a_request(), bo)

    def with_a_cancellation(asked: Problem) -> Plan:
        plan = checked(asked)
        assert len([lift for lift in plan.lifts if lift.stops]) == 2
        requests.cancel(world, RIA)
        return plan

    done = runs.run(world, DAY, solve=with_a_cancellation)

    assert done is not None
    assert (done.proposed, done.refused) == (1, 1)
    assert world.bookings.get(Request, RIA).state is RequestState.CANCELLED
    assert [place.request_id for place in the_lift(world).places] == [BO]


@pytest.mark.parametrize("kill_at", range(12))
def test_r9_r14_a_run_killed_at_any_commit_leaves_a_valid_day(
    world: Adapters, kill_at: int
) -> None:
    """Whatever was stored is whole, and running again ends where an unbroken run ends."""
    two = an_offer(
        id="offer-20261128-bbbbbbbbbbbb",
        person=a_person("Eva Long"),
        start=SALE,
        seats=Places(standard=1),
    )
    store(world, an_event(), a_session(), an_offer(seats=Places(standard=1)), two)
    store(world, a_request(), a_request(id=BO, person=a_person("Bo Hall"), start=SALE))
    stranded = a_request(id="request-20261128-cccccccccccc", needs=Places(wheelchair=1))
    store(world, replace(stranded, person=a_person("Cy Dunn")))

    def stop() -> None:
        raise KeyboardInterrupt

    try:
        runs.run(_killed(world, kill_at, stop), DAY, solve=checked)
    except KeyboardInterrupt:
        _is_whole(world)
    runs.run(world, DAY, solve=checked)

    _is_whole(world)
    riders = [world.bookings.get(Request, one) for one in (RIA, BO)]
    assert {one.state for one in riders} == {RequestState.OFFERED}
    assert len(owed(world)) == 2


def _killed(world: Adapters, at: int, stop: Callable[[], None]) -> Adapters:
    """The world, in which the process dies before its commit number *at*."""
    done = 0

    def commit(changes: list[object]) -> None:
        nonlocal done
        if done == at:
            stop()
        done += 1
        world.commit(changes)  # type: ignore[arg-type]

    return replace(world, commit=commit)  # type: ignore[arg-type]


def _is_whole(world: Adapters) -> None:
    things = world.bookings.day(DAY)
    lifts_now = {one.id: one for one in things if isinstance(one, Lift)}
    taken = 0
    for lift in lifts_now.values():
        taken += lift.people
        assert world.bookings.get(Offer, lift.offer_id).lift_id == lift.id
        for place in lift.places:
            assert world.bookings.get(Request, place.request_id).lift_id == lift.id
    for request in (one for one in things if isinstance(one, Request)):
        assert (request.state is RequestState.OFFERED) == (request.lift_id in lifts_now)
    session = world.events.sessions([a_session().id])[a_session().id]
    assert session.free == session.maximum - taken


def test_nobody_is_planned_to_leave_before_they_could_answer(world: Adapters, clock: Clock) -> None:
    store(world, an_event(), a_session(), an_offer(earliest_at=TEN - timedelta(hours=9)))
    store(world, a_request(earliest_at=TEN - timedelta(hours=9)))
    clock.at = TEN - timedelta(hours=4, minutes=10)

    runs.run(world, DAY, solve=checked)

    lift = the_lift(world)
    assert lift.respond_by - world.now() >= ANSWER_AT_LEAST
    assert lift.leave_at - lift.respond_by >= timedelta(hours=3)


def test_where_i_am_needed_most_reaches_the_days_board(world: Adapters) -> None:
    store(world, an_event(), a_session(), an_offer(sessions=None), a_request(sessions=None))

    runs.run(world, DAY, solve=checked)

    assert the_lift(world).session_id == a_session().id


def test_nobody_is_driven_to_an_online_session(world: Adapters) -> None:
    online = an_event(kind=Kind.PHONE_BANK)
    store(world, online, a_session(online), an_offer(sessions=None), a_request(sessions=None))

    done = runs.run(world, DAY, solve=checked)

    assert done is not None
    assert done.proposed == 0


def test_a_fence_is_for_its_own_day(world: Adapters) -> None:
    world.bookings.begin_run(DAY)
    world.bookings.begin_run("2026-11-29")

    world.commit([Fence(DAY, 1), Save(a_request())])

    with pytest.raises(Overtaken):
        world.commit([Fence("2026-11-29", 2), Save(an_offer())])


def test_an_accepted_driver_who_withdraws_frees_riders_for_the_next_run(world: Adapters) -> None:
    a_lift_day(world)
    eva = an_offer(id="offer-20261128-bbbbbbbbbbbb", person=a_person("Eva Long"), start=SALE)
    store(world, eva)
    offers.withdraw(world, DAN)

    done = runs.run(world, DAY, solve=checked)

    assert done is not None
    assert done.proposed == 1
    assert the_lift(world).offer_id == eva.id
