"""What a run settles before it matches: everyone it touches is told, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.lift import Lift
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import LiftState, OfferState, RequestState, SignUpState
from chalicelib.services import (
    event_changes,
    events,
    offers,
    requests,
    runs,
    wishes,
)
from tests.builders import (
    TEN,
    Clock,
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
from tests.chalicelib.services.matched import BO, DAN, DAY, RIA, checked, the_lift


def test_a_cancelled_event_reaches_everyone_once(world: Adapters) -> None:
    lift = a_lift_day(world)
    waiting = a_request(id="request-20261128-cccccccccccc", person=a_person("Cy Dunn"))
    store(world, a_signup(), waiting)
    events.cancel(world, an_event().id)

    runs.run(world, DAY, solve=checked)
    runs.run(world, DAY, solve=checked)

    assert owed(world) == [
        ("cancelled", an_event().id, "by_you"),
        ("cancelled", DAN, "event_lift"),
        ("cancelled", RIA, "event_lift"),
        ("cancelled", BO, "event_lift"),
        ("cancelled", waiting.id, "event"),
        ("cancelled", a_signup().id, "event"),
    ]
    assert world.bookings.get(Lift, lift.id).state is LiftState.CANCELLED
    assert world.bookings.get(Offer, DAN).state is OfferState.EXPIRED
    assert world.bookings.get(Request, RIA).state is RequestState.NOT_PLACED
    assert world.bookings.get(SignUp, a_signup().id).state is SignUpState.CANCELLED


@pytest.mark.parametrize("in_a_lift", [True, False])
def test_whoever_is_left_by_a_cancelled_event_can_ask_again(
    world: Adapters, in_a_lift: bool
) -> None:
    """No dead end: what was claimed for the event that is gone is free for another."""
    other = an_event(id="event-otherplace1")
    if in_a_lift:
        a_lift_day(world)
    else:
        store(world, an_event(), a_session(), an_offer(), a_request())
    ria, dan = world.bookings.get(Request, RIA), world.bookings.get(Offer, DAN)
    world.commit([wishes.claim(ria), wishes.claim(dan)])
    store(world, other, a_session(other))
    events.cancel(world, an_event().id)
    runs.run(world, DAY, solve=checked)

    again = a_request(
        id="request-20261128-dddddddddddd",
        state=RequestState.UNCONFIRMED,
        sessions=(a_session(other).id,),
    )
    drive = an_offer(
        id="offer-20261128-dddddddddddd",
        state=OfferState.UNCONFIRMED,
        sessions=(a_session(other).id,),
    )
    store(world, again, drive)

    assert requests.confirm(world, again.id).state is RequestState.WAITING
    assert offers.confirm(world, drive.id).state is OfferState.OPEN


def test_other_words_reach_everyone_once_and_the_lift_stays(world: Adapters) -> None:
    lift = a_lift_day(world)
    store(world, a_signup())
    event, _ = world.events.get(an_event().id)
    words = event_changes.Words(event.title, event.description, "By the other clock", "")
    event_changes.change(world, event.id, event.version, words)

    runs.run(world, DAY, solve=checked)
    runs.run(world, DAY, solve=checked)

    assert owed(world) == [
        ("changed", lift.id, "session"),
        ("changed", RIA, "session"),
        ("changed", BO, "session"),
        ("changed", a_signup().id, "session"),
        ("event_changed", event.id, "details"),
    ]
    now = world.bookings.get(Lift, lift.id)
    assert (now.state, now.meeting_point) == (LiftState.ACCEPTED, "By the other clock")


def test_more_room_alarms_nobody(world: Adapters) -> None:
    a_lift_day(world)
    store(world, a_signup())
    event, _ = world.events.get(an_event().id)
    event_changes.resize(world, event.id, event.version, event_changes.Size(4, 30, 40))

    runs.run(world, DAY, solve=checked)

    assert owed(world) == [("event_changed", event.id, "details")]
    assert world.events.sessions([a_session().id])[a_session().id].free == 36


def test_another_time_plans_its_lifts_anew(world: Adapters) -> None:
    lift = a_lift_day(world)
    session = a_session()
    event, _ = world.events.get(an_event().id)
    later = TEN + timedelta(hours=2)
    event_changes.move(world, session.id, event.version, later, later + timedelta(hours=3))

    runs.run(world, DAY, solve=checked)

    assert world.bookings.get(Lift, lift.id).state is LiftState.CANCELLED
    new = the_lift(world)
    assert new.arrive_at == later - timedelta(minutes=5)
    assert owed(world) == [
        ("changed", DAN, "session_lift"),
        ("changed", RIA, "session_lift"),
        ("changed", BO, "session_lift"),
        ("event_changed", event.id, "details"),
        ("lift_proposed", new.id, ""),
    ]


def test_lifts_are_locked_three_hours_before_and_completed_after(
    world: Adapters, clock: Clock
) -> None:
    lift = a_lift_day(world)
    store(world, a_signup())
    clock.at = lift.leave_at - timedelta(hours=3)
    runs.run(world, DAY, solve=checked)
    assert world.bookings.get(Lift, lift.id).state is LiftState.LOCKED

    clock.at = lift.ends_at + timedelta(minutes=1)
    runs.run(world, DAY, solve=checked)

    assert world.bookings.get(Lift, lift.id).state is LiftState.COMPLETED
    offer = world.bookings.get(Offer, DAN)
    assert (offer.state, offer.lift_id) == (OfferState.CLOSED, lift.id)
    # Their owners are asked first whether they went.
    assert world.bookings.get(Request, RIA).state is RequestState.CONFIRMED
    assert world.bookings.get(SignUp, a_signup().id).state is SignUpState.COMING
    assert {letter for letter, _, _ in owed(world)} <= {"reminder"}


def test_who_drove_is_not_told_that_there_was_no_lift(world: Adapters, clock: Clock) -> None:
    """Somebody who would drive or ride, and drove: their request ends with their offer."""
    lift = a_lift_day(world)
    either = a_request(id="request-20261128-cccccccccccc", person=a_person("Dan Price"))
    offer = world.bookings.get(Offer, DAN)
    store(world, replace(either, either_with=DAN), replace(offer, either_with=either.id))
    for after in (timedelta(minutes=1), timedelta(hours=30)):
        clock.at = lift.ends_at + after
        runs.run(world, DAY, solve=checked)

    assert "not_placed" not in {letter for letter, _, _ in owed(world)}
    assert world.bookings.get(Request, either.id).state is RequestState.EXPIRED


def test_who_rode_has_no_offer_left_open(world: Adapters, clock: Clock) -> None:
    """Somebody who would drive or ride, and rode: after the day their offer is over too."""
    lift = a_lift_day(world)
    spare = an_offer(id="offer-20261128-cccccccccccc", person=a_person("Ria"), either_with=RIA)
    store(world, replace(world.bookings.get(Request, RIA), either_with=spare.id), spare)
    clock.at = lift.ends_at + timedelta(hours=30)

    runs.run(world, DAY, solve=checked)

    assert world.bookings.get(Offer, spare.id).state is OfferState.EXPIRED
    assert "cancelled" not in {letter for letter, _, _ in owed(world)}


def test_another_time_brings_a_sign_ups_reminders_anew(world: Adapters, clock: Clock) -> None:
    store(world, an_event(), a_session(), a_signup())
    clock.at = TEN - timedelta(hours=47)
    runs.run(world, DAY, solve=checked)
    assert world.bookings.get(SignUp, a_signup().id).reminded == ("two_days",)
    event, _ = world.events.get(an_event().id)
    later = TEN + timedelta(hours=2)
    event_changes.move(world, a_session().id, event.version, later, later + timedelta(hours=3))

    runs.run(world, DAY, solve=checked)

    moved = world.bookings.get(SignUp, a_signup().id)
    assert (moved.session_starts_at, moved.reminded) == (later, ())
    assert ("changed", moved.id, "session") in owed(world)


def test_a_sign_up_of_an_older_release_learns_its_times_and_is_told_nothing(
    world: Adapters,
) -> None:
    old = a_signup(session_starts_at=None, session_ends_at=None)
    store(world, an_event(), a_session(), old)

    runs.run(world, DAY, solve=checked)

    known = world.bookings.get(SignUp, old.id)
    assert (known.session_starts_at, known.session_ends_at) == (TEN, TEN + timedelta(hours=3))
    assert owed(world) == []


def test_when_it_is_too_late_for_a_lift_the_rider_is_told(world: Adapters, clock: Clock) -> None:
    store(world, an_event(), a_session(), a_request())
    runs.run(world, DAY, solve=checked)
    assert owed(world) == []
    clock.at = TEN - timedelta(hours=3)

    runs.run(world, DAY, solve=checked)

    assert world.bookings.get(Request, RIA).state is RequestState.NOT_PLACED
    assert owed(world) == [("not_placed", RIA, "")]
