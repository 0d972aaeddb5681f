"""An event that its organiser cancelled by mistake is on again, and whoever heard hears."""

from dataclasses import replace

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import EventState, LiftState, OfferState, RequestState, SignUpState
from chalicelib.errors import Conflict
from chalicelib.services import events, requests, runs
from chalicelib.services.undoing.events import restore
from tests.builders import (
    Clock,
    a_person,
    a_request,
    a_session,
    a_signup,
    an_event,
    owed,
    store,
)
from tests.chalicelib.services.matched import BO, DAN, DAY, RIA, checked, the_lift
from tests.chalicelib.services.undoing.days import a_car, free

CY = "request-20261128-cccccccccccc"


@pytest.fixture
def full_day(world: Adapters) -> Adapters:
    """Dan drives Ria and Bo, Cy waits, Sue comes by her own means: 5 places are taken."""
    a_car(world)
    store(world, a_signup(), a_request(id=CY, person=a_person("Cy Dunn")))
    return world


def test_before_anybody_heard_nobody_hears(full_day: Adapters, clock: Clock) -> None:
    events.cancel(full_day, an_event().id)
    clock.forward(minutes=10)

    restored = restore(full_day, an_event().id)
    restore(full_day, an_event().id)
    runs.run(full_day, DAY, solve=checked)

    assert restored.state is EventState.PUBLISHED
    assert full_day.events.sessions([a_session().id])[a_session().id].published
    assert the_lift(full_day).state is LiftState.ACCEPTED
    assert owed(full_day) == [
        ("cancelled", an_event().id, "by_you"),
        ("event_published", an_event().id, "again"),
    ]


def test_who_was_told_that_it_is_off_hears_that_it_is_on(full_day: Adapters) -> None:
    """The lift does not come back: its people wait, and are matched anew."""
    events.cancel(full_day, an_event().id)
    runs.run(full_day, DAY, solve=checked)
    told = {thing for letter, thing, about in owed(full_day) if about.startswith("event")}
    restore(full_day, an_event().id)

    runs.run(full_day, DAY, solve=checked)
    runs.run(full_day, DAY, solve=checked)

    again = {thing for letter, thing, about in owed(full_day) if about == "again"}
    assert again == {*told, an_event().id} == {RIA, BO, CY, DAN, a_signup().id, an_event().id}
    assert full_day.bookings.get(SignUp, a_signup().id).state is SignUpState.COMING
    assert full_day.bookings.get(Offer, DAN).state is OfferState.OPEN
    new = the_lift(full_day)
    assert new.state is LiftState.PROPOSED
    assert free(full_day) == 30 - new.people


def test_who_had_cancelled_themselves_stays_away(full_day: Adapters) -> None:
    requests.cancel(full_day, CY)
    events.cancel(full_day, an_event().id)
    runs.run(full_day, DAY, solve=checked)
    restore(full_day, an_event().id)

    runs.run(full_day, DAY, solve=checked)

    assert full_day.bookings.get(Request, CY).state is RequestState.CANCELLED
    assert ("changed", CY, "again") not in owed(full_day)


def test_who_has_asked_for_another_lift_meanwhile_is_left_with_that(full_day: Adapters) -> None:
    events.cancel(full_day, an_event().id)
    runs.run(full_day, DAY, solve=checked)
    other = an_event(id="event-otherplace1")
    again = a_request(
        id="request-20261128-dddddddddddd",
        person=a_person("Cy Dunn"),
        state=RequestState.UNCONFIRMED,
        sessions=(a_session(other).id,),
        told={a_session(other).id: 1},
    )
    store(full_day, other, a_session(other), again)
    requests.confirm(full_day, again.id)
    restore(full_day, an_event().id)

    runs.run(full_day, DAY, solve=checked)

    assert full_day.bookings.get(Request, CY).state is RequestState.NOT_PLACED
    assert ("changed", CY, "again") not in owed(full_day)


def test_after_ten_minutes_it_stays_cancelled(full_day: Adapters, clock: Clock) -> None:
    events.cancel(full_day, an_event().id)
    clock.forward(minutes=10, seconds=1)

    with pytest.raises(Conflict, match="ten minutes"):
        restore(full_day, an_event().id)


def test_what_nobody_had_reviewed_goes_back_to_be_reviewed(world: Adapters) -> None:
    """Cancelling and undoing is no way round the review."""
    event = an_event(state=EventState.IN_REVIEW)
    store(world, event, a_session(event))
    events.cancel(world, event.id)

    restored = restore(world, event.id)

    assert restored.state is EventState.IN_REVIEW
    assert not world.events.sessions([a_session().id])[a_session().id].published
    assert ("event_in_review", event.id, "again") in owed(world)


def test_what_nobody_had_confirmed_stays_cancelled(world: Adapters) -> None:
    event = an_event(state=EventState.UNCONFIRMED)
    store(world, event, replace(a_session(event), published=False))
    events.cancel(world, event.id)

    with pytest.raises(Conflict):
        restore(world, event.id)
