"""Which letters may still go out, held against what is stored."""

from dataclasses import replace

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter, Save
from chalicelib.domain.states import (
    EventState,
    LiftState,
    OfferState,
    RequestState,
    SignUpState,
)
from chalicelib.services import letters
from chalicelib.services.letters.truth import Thing, still_true
from tests.builders import (
    FRIDAY,
    Clock,
    a_lift,
    a_request,
    a_session,
    a_signup,
    an_event,
    an_offer,
)
from tests.chalicelib.services.letters.post import owe, sent


@pytest.mark.parametrize(
    ("name", "about", "thing"),
    [
        (LetterName.CONFIRM_ADDRESS, "", a_request(state=RequestState.WAITING)),
        (LetterName.CONFIRM_ADDRESS, "", an_offer(state=OfferState.OPEN)),
        (LetterName.CONFIRM_ADDRESS, "", a_signup(state=SignUpState.COMING)),
        (LetterName.CONFIRM_ADDRESS, "", an_event(state=EventState.PUBLISHED)),
        (LetterName.EVENT_TO_REVIEW, "", an_event(state=EventState.PUBLISHED)),
        (LetterName.EVENT_PUBLISHED, "", an_event(state=EventState.CANCELLED)),
        (LetterName.EVENT_CHANGED, "details", an_event(state=EventState.CANCELLED)),
        (LetterName.SIGNUP_COMING, "", a_signup(state=SignUpState.CANCELLED)),
        (LetterName.OFFER_OPEN, "", an_offer(state=OfferState.WITHDRAWN)),
        (LetterName.OFFER_OPEN, "", an_offer(lift_id="lift-20261128-aaaaaaaaaaaa")),
        (LetterName.REQUEST_WAITING, "", a_request(state=RequestState.CONFIRMED)),
        (LetterName.REQUEST_WAITING, "", a_request(state=RequestState.CANCELLED)),
        (LetterName.LIFT_PROPOSED, "", a_lift(state=LiftState.ACCEPTED)),
        (LetterName.LIFT_PROPOSED, "", a_lift(state=LiftState.CANCELLED)),
        (LetterName.LIFT_ACCEPTED, "", a_lift(state=LiftState.CANCELLED)),
        (LetterName.LIFT_CONFIRMED, "", a_request(state=RequestState.WAITING)),
        (LetterName.LIFT_CONFIRMED, "", a_request(state=RequestState.CANCELLED)),
        (LetterName.CHANGED, "pickup", a_request(state=RequestState.WAITING)),
        (LetterName.CHANGED, "rider_left", a_lift(state=LiftState.CANCELLED)),
        (LetterName.CHANGED, "session", a_signup(state=SignUpState.CANCELLED)),
        (LetterName.CANCELLED, "driver", a_request(state=RequestState.CONFIRMED)),
        (LetterName.CANCELLED, "event", a_request(state=RequestState.CONFIRMED)),
        (LetterName.CANCELLED, "expired", an_offer(lift_id="lift-20261128-bbbbbbbbbbbb")),
        (LetterName.CANCELLED, "by_you", an_offer(state=OfferState.OPEN)),
        (LetterName.NOT_PLACED, "", a_request(state=RequestState.CANCELLED)),
    ],
)
def test_a_letter_may_have_become_untrue(name: LetterName, about: str, thing: Thing) -> None:
    """PROMISES R6: the last letter tells the stored truth."""
    owed = OweLetter(name, thing.id, 0, about)

    assert not still_true(owed, thing, FRIDAY)


def test_an_untrue_letter_is_moot(world: Adapters) -> None:
    row = owe(world, LetterName.LIFT_CONFIRMED, a_request(state=RequestState.WAITING))

    letters.deliver(world, row)

    assert sent(world) == []
    assert world.outbox.state(row) == "moot"


def test_a_proposal_is_moot_once_its_driver_may_not_answer_any_more(
    world: Adapters, clock: Clock
) -> None:
    lift = a_lift()
    row = owe(world, LetterName.LIFT_PROPOSED, lift, "", an_offer(lift_id=lift.id), a_session())
    clock.at = lift.respond_by

    letters.deliver(world, row)

    assert world.outbox.state(row) == "moot"


def test_a_letter_of_a_state_that_was_lost_is_moot(world: Adapters) -> None:
    """PROMISES R15: a table put back in time holds a lower version than its letters."""
    world.commit([Save(a_request()), OweLetter(LetterName.REQUEST_WAITING, a_request().id, 5)])

    letters.deliver(world, f"request_waiting:{a_request().id}:5")

    assert sent(world) == []


def test_a_late_letter_tells_what_is_stored_now(world: Adapters) -> None:
    row = owe(world, LetterName.SIGNUP_COMING, a_signup(people=2), "", an_event(), a_session())
    changed = replace(a_signup(people=5), version=1)
    world.commit([Save(changed)])

    letters.deliver(world, row)

    [letter] = sent(world)
    assert "5 people" in letter.text


def test_a_letter_about_what_is_gone_is_moot(world: Adapters) -> None:
    lost = OweLetter(LetterName.REQUEST_WAITING, "request-20261128-aaaaaaaaaaaa", 1)
    world.commit([lost])

    letters.deliver(world, f"{lost.name}:{lost.thing_id}:1")

    assert sent(world) == []
    assert world.outbox.state(f"{lost.name}:{lost.thing_id}:1") == "moot"
