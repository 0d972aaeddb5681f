"""Answering a reminder, and the question afterwards (PROMISES S2, R5)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Save
from chalicelib.domain.lift import Lift
from chalicelib.domain.link import Purpose
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import (
    LiftState,
    OfferState,
    RequestState,
    SignUpState,
)
from chalicelib.services import deadlines
from tests.browse import Browser
from tests.builders import (
    Clock,
    a_lift,
    a_lift_day,
    a_link,
    a_request,
    a_signup,
    an_offer,
    owed,
    store,
)

SURE = {"sure": "yes"}
RIDER, DRIVER, ALONE = a_request().id, an_offer().id, a_signup().id
EVERYONE = [RIDER, DRIVER, ALONE]


@pytest.fixture
def car(world: Adapters) -> Lift:
    """A day with a car, and somebody who comes by their own means."""
    lift = a_lift_day(world)
    store(world, a_signup())
    return lift


@pytest.fixture
def over(world: Adapters, clock: Clock, car: Lift) -> Lift:
    """The same day, an hour after its end."""
    clock.at = car.ends_at + timedelta(hours=1)
    deadlines.pass_time(world)
    return world.bookings.get(Lift, car.id)


@pytest.mark.parametrize("thing", EVERYONE)
def test_yes_is_thanked_and_stores_nothing(
    world: Adapters, browser: Browser, car: Lift, thing: str
) -> None:
    path = a_link(world, thing, Purpose.STILL)
    before = (owed(world), world.bookings.day("2026-11-28"))

    shown, done = browser.get(path), browser.post(path, {"answer": "yes"})

    assert "Are you still" in shown.text
    assert "nothing about it is stored" in done.text
    assert (owed(world), world.bookings.day("2026-11-28")) == before


@pytest.mark.parametrize("thing", EVERYONE)
def test_no_leads_to_the_page_that_asks_once_more(
    world: Adapters, browser: Browser, car: Lift, thing: str
) -> None:
    before = owed(world)

    asked = browser.post(a_link(world, thing, Purpose.STILL), {"answer": "no"})
    assert (asked.status, owed(world)) == (200, before)
    done = browser.post(asked.path, SURE)

    assert done.status == 200
    assert ("cancelled", thing) in [(letter, about) for letter, about, _ in owed(world)]
    assert "Nothing is asked" in browser.get(a_link(world, thing, Purpose.STILL)).text


@pytest.mark.parametrize("purpose", [Purpose.STILL, Purpose.HAPPENED])
@pytest.mark.parametrize("thing", EVERYONE)
def test_s2_robots_that_press_buttons_change_nothing(
    world: Adapters, browser: Browser, over: Lift, thing: str, purpose: Purpose
) -> None:
    path = a_link(world, thing, purpose)
    before = (owed(world), world.bookings.day("2026-11-28"))

    for _ in range(20):
        assert browser.get(path).status == 200
    for button in ({}, {"": ""}, {"submit": "1"}, {"answer": ""}, {"answer": "perhaps"}):
        page = browser.post(path, button)
        assert page.status == 422
        assert "There is a problem" in page.text

    assert (owed(world), world.bookings.day("2026-11-28")) == before
    assert browser.post(path, {"answer": "yes"}).status == 200


@pytest.mark.parametrize(
    ("thing", "answer", "state", "came", "said"),
    [
        (RIDER, "yes", RequestState.COMPLETED, True, "You were there"),
        (RIDER, "no", RequestState.NO_SHOW, False, "You did not go"),
        (RIDER, "no_car", RequestState.NO_SHOW, False, "The car did not come"),
        (DRIVER, "yes", OfferState.CLOSED, True, "You drove"),
        (DRIVER, "no", OfferState.CLOSED, False, "You did not drive"),
        (ALONE, "yes", SignUpState.COMPLETED, True, "You were there"),
        (ALONE, "no", SignUpState.NO_SHOW, False, "You did not go"),
    ],
)
def test_an_answer_afterwards_is_kept_and_the_first_one_stands(
    world: Adapters, browser: Browser, over: Lift, thing: str, answer: str, state: str, came: bool,
    said: str,
) -> None:  # fmt: skip
    path = a_link(world, thing, Purpose.HAPPENED)
    letters = owed(world)

    shown = browser.get(path)
    done = browser.post(path, {"answer": answer})
    again = browser.post(path, {"answer": "no" if answer == "yes" else "yes"})

    assert "Did it happen?" in shown.text
    assert said in done.text
    assert said in again.text
    stored = world.bookings.many([thing])[thing]
    assert isinstance(stored, SignUp | Offer | Request)
    assert (stored.state, stored.came) == (state, came)
    assert owed(world) == letters, "nobody is told of it"
    assert getattr(stored, "no_car", False) is (answer == "no_car")


def test_only_a_rider_can_say_that_the_car_did_not_come(
    world: Adapters, browser: Browser, over: Lift
) -> None:
    for thing in (DRIVER, ALONE):
        path = a_link(world, thing, Purpose.HAPPENED)
        assert "the car did not come" not in browser.get(path).text
        assert browser.post(path, {"answer": "no_car"}).status == 422


def test_who_answered_is_not_ended_in_silence_again(
    world: Adapters, browser: Browser, clock: Clock, over: Lift
) -> None:
    browser.post(a_link(world, RIDER, Purpose.HAPPENED), {"answer": "no"})
    browser.post(a_link(world, ALONE, Purpose.HAPPENED), {"answer": "yes"})
    clock.at = over.ends_at + timedelta(hours=25)

    deadlines.pass_time(world)

    assert world.bookings.get(Request, RIDER).state is RequestState.NO_SHOW
    assert world.bookings.get(SignUp, ALONE).came is True
    assert world.bookings.due(most=9) == []
    after = browser.get(a_link(world, over.places[1].request_id, Purpose.HAPPENED))
    assert "Nothing is asked any more" in after.text


def test_what_is_over_cannot_be_cancelled_any_more(
    world: Adapters, browser: Browser, over: Lift
) -> None:
    """It is still theirs until they have answered; cancelling would move a car that is home."""
    before = world.bookings.day("2026-11-28")

    for thing in (RIDER, ALONE):
        path = a_link(world, thing, Purpose.MANAGE)
        assert "over" in browser.get(path).text
        assert "nothing left to cancel" in browser.get(f"{path}/cancel").text
        assert browser.post(f"{path}/cancel", SURE).status == 409
    path = a_link(world, ALONE, Purpose.MANAGE)
    assert browser.post(f"{path}/change/people", {"people": "9"}).status in {409, 422}

    assert world.bookings.day("2026-11-28") == before


def test_the_driver_sees_where_to_drop_people_until_they_are_home(
    world: Adapters, browser: Browser, clock: Clock, over: Lift
) -> None:
    """PROMISES section 4: to six hours after the end."""
    path = a_link(world, DRIVER, Purpose.MANAGE)
    on_the_way = browser.get(path)
    clock.at = over.ends_at + timedelta(hours=6, minutes=1)
    later = browser.get(path)

    for place in over.places:
        assert place.start.label in on_the_way.text
        assert place.start.label not in later.text


def test_a_reminder_of_a_lift_that_is_gone_says_so(world: Adapters, browser: Browser) -> None:
    lift = a_lift_day(world)
    gone = replace(world.bookings.get(Lift, lift.id), state=LiftState.CANCELLED)
    ria = replace(world.bookings.get(Request, RIDER), state=RequestState.WAITING, lift_id="")
    dan = replace(world.bookings.get(Offer, DRIVER), lift_id="")
    world.commit([Save(gone), Save(ria), Save(dan)])

    rider = browser.get(a_link(world, RIDER, Purpose.STILL))
    driver = browser.get(a_link(world, DRIVER, Purpose.STILL))

    assert "You have no lift at the moment" in rider.text
    assert "not planned any more" in driver.text
    assert a_lift().driver not in rider.text
