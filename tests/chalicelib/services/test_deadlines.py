"""What the passing of time changes, within a minute, whatever else fails (R11)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain import deadlines as rules
from chalicelib.domain.change import Save
from chalicelib.domain.lift import Ask, Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import LiftState, OfferState, RequestState, SignUpState
from chalicelib.errors import Busy
from chalicelib.services import deadlines
from chalicelib.storage.tables import BookingRow
from tests.builders import (
    FRIDAY,
    TEN,
    Clock,
    a_lift,
    a_lift_day,
    a_person,
    a_request,
    a_session,
    a_signup,
    an_event,
    an_offer,
    owed,
    store,
)
from tests.chalicelib.services.matched import BO, DAN, RIA

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
END = TEN + 3 * HOUR


def stored(world: Adapters) -> Lift:
    return world.bookings.get(Lift, a_lift().id)


def runs_owed(world: Adapters) -> int:
    return len(world.outbox.owed("match", older_than=-MINUTE))


def test_an_agreed_lift_is_locked_three_hours_before(world: Adapters, clock: Clock) -> None:
    lift = a_lift_day(world)
    clock.at = lift.leave_at - 3 * HOUR - MINUTE
    deadlines.pass_time(world)
    assert stored(world).state is LiftState.ACCEPTED

    clock.at = lift.leave_at - 3 * HOUR
    deadlines.pass_time(world)

    assert stored(world).state is LiftState.LOCKED


def test_a_proposal_that_is_not_answered_frees_its_riders_and_has_them_matched(
    world: Adapters, clock: Clock
) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    clock.at = lift.respond_by

    deadlines.pass_time(world)

    assert stored(world).state is LiftState.CANCELLED
    assert world.bookings.get(Request, RIA).state is RequestState.WAITING
    assert world.bookings.get(Offer, DAN).lift_id == ""
    assert owed(world) == [("cancelled", DAN, "expired")]
    assert runs_owed(world) == 1


def test_a_rider_whom_the_driver_does_not_answer_is_offered_elsewhere(
    world: Adapters, clock: Clock
) -> None:
    lift = a_lift_day(world)
    cy = a_request(
        id="request-20261128-cccccccccccc",
        person=a_person("Cy Dunn"),
        state=RequestState.OFFERED,
        lift_id=lift.id,
        car=lift.offer_id,
    )
    until = FRIDAY + 6 * HOUR
    ask = Ask(cy.id, "Cy", cy.start, cy.needs, back=True, until=until)
    asked = replace(stored(world), asks=(ask,), seats=Places(standard=4))
    store(world, cy, asked)
    clock.at = until

    deadlines.pass_time(world)

    freed = world.bookings.get(Request, cy.id)
    assert (freed.state, freed.lift_id) == (RequestState.WAITING, "")
    assert (stored(world).state, stored(world).asks) == (LiftState.ACCEPTED, ())
    assert runs_owed(world) == 1
    assert world.bookings.due(most=9) == []


def test_a_lift_whose_session_was_cancelled_reminds_nobody(world: Adapters, clock: Clock) -> None:
    """Though the run that tells its people has not come round yet."""
    lift = a_lift_day(world)
    session = world.events.sessions([lift.session_id])[lift.session_id]
    world.commit([Save(replace(session, published=False))])
    clock.at = lift.leave_at - 48 * HOUR

    deadlines.pass_time(world)

    assert stored(world).state is LiftState.CANCELLED
    assert {(letter, about) for letter, _, about in owed(world)} == {("cancelled", "event_lift")}


def test_a_lift_is_completed_when_its_session_ends_and_its_riders_a_day_later(
    world: Adapters, clock: Clock
) -> None:
    lift = a_lift_day(world)
    clock.at = lift.ends_at
    deadlines.pass_time(world)
    assert stored(world).state is LiftState.COMPLETED
    assert world.bookings.get(Offer, DAN).state is OfferState.CLOSED
    assert world.bookings.get(Request, RIA).state is RequestState.CONFIRMED

    clock.at = lift.ends_at + 24 * HOUR
    deadlines.pass_time(world)

    for one in (RIA, BO):
        rider = world.bookings.get(Request, one)
        assert (rider.state, rider.lift_id) == (RequestState.COMPLETED, lift.id)
        assert rider.came is None, "silence is no answer"


def test_a_sign_up_completes_in_silence_a_day_after_the_end(world: Adapters, clock: Clock) -> None:
    store(world, an_event(), a_session(), a_signup())
    clock.at = END + 24 * HOUR - MINUTE
    deadlines.pass_time(world)
    assert world.bookings.get(SignUp, a_signup().id).state is SignUpState.COMING

    clock.at = END + 24 * HOUR
    deadlines.pass_time(world)

    done = world.bookings.get(SignUp, a_signup().id)
    assert (done.state, done.came) == (SignUpState.COMPLETED, None)


@pytest.mark.parametrize("hours_before", [0, 1, 3, 47, 48])
def test_nothing_stays_due(world: Adapters, clock: Clock, hours_before: int) -> None:
    a_lift_day(world)
    proposed = a_lift(id="lift-20261128-bbbbbbbbbbbb", offer_id="offer-20261128-bbbbbbbbbbbb")
    store(world, a_signup(), proposed, an_offer(id=proposed.offer_id, lift_id=proposed.id))
    clock.at = a_lift().leave_at - hours_before * HOUR

    deadlines.pass_time(world)

    assert world.bookings.due(most=9) == []


def test_one_that_fails_keeps_no_other_waiting(
    world: Adapters, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """Its offer is gone, so nobody can be told; another comes after it in the list."""
    broken = a_lift(id="lift-20261128-bbbbbbbbbbbb", offer_id="offer-20261128-zzzzzzzzzzzz")
    a_lift_day(world, state=LiftState.PROPOSED)
    store(world, broken)
    clock.at = broken.respond_by

    deadlines.pass_time(world)

    assert stored(world).state is LiftState.CANCELLED
    assert world.bookings.due(most=9) == [], "it is put off, and looked at again later"
    assert broken.id in caplog.text
    clock.forward(minutes=10)
    assert world.bookings.due(most=9) == [broken.id]


def test_a_busy_database_leaves_everything_to_the_next_sweep(world: Adapters, clock: Clock) -> None:
    a_lift_day(world)
    clock.at = a_lift().leave_at - 3 * HOUR

    def busy(_: object) -> None:
        raise Busy("Not now.")

    deadlines.pass_time(replace(world, commit=busy))
    assert world.bookings.due(most=9) == [a_lift().id]
    deadlines.pass_time(world)

    assert stored(world).state is LiftState.LOCKED


def test_what_the_index_still_names_though_it_is_gone_is_named_no_longer(
    world: Adapters, clock: Clock
) -> None:
    """A row past its date is dead, but the database deletes it days late."""
    a_lift_day(world)
    clock.forward(days=30)
    assert world.bookings.due(most=9) == [a_lift().id]

    deadlines.pass_time(world)

    assert world.bookings.due(most=9) == []
    assert owed(world) == []


def test_what_another_release_thought_due_is_due_when_this_one_says(
    world: Adapters, clock: Clock
) -> None:
    a_lift_day(world)
    row = BookingRow("2026-11-28", a_lift().id)
    row.update(actions=[BookingRow.due_at.set((FRIDAY - HOUR).isoformat())])

    deadlines.pass_time(world)

    assert world.bookings.due(most=9) == []
    clock.at = rules.due_at(stored(world), world.campaign.zone) or clock.at
    assert world.bookings.due(most=9) == [a_lift().id]
