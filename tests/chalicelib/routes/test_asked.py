"""A driver whose lift is agreed answers riders who ask for a place in it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.lift import Lift
from chalicelib.domain.link import Purpose
from chalicelib.domain.people import Person, Start
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, RequestState
from chalicelib.services import asks, lifts, offers, requests
from tests.browse import Browser
from tests.builders import (
    SALE,
    Clock,
    a_link,
    a_person,
    a_request,
    a_session,
    an_event,
    an_offer,
    owed,
    store,
)
from tests.chalicelib.routes.forms import robots_look
from tests.chalicelib.routes.made import well_made

BO, RIA = "request-20261128-bbbbbbbbbbbb", a_request().id
YES, NO = {"answer": "yes", "request": RIA}, {"answer": "no", "request": RIA}


@pytest.fixture
def lift(world: Adapters) -> Lift:
    """Dan drives Bo, has said yes, and Ria asks for a place."""
    start = Start("M32 CANARY", "near Stretford (M32)", 53.44661, -2.30861, 100)
    ria = Person("Ria Canarysurname", "ria-canary@example.org")
    bo = a_request(id=BO, person=a_person("Bo Hall"), start=SALE)
    both = Places(standard=3)
    store(world, an_event(), a_session(), an_offer(detour_limit_s=2700, seats=both), bo)
    store(world, a_request(person=ria, start=start))
    lifts.accept(world, asks.choose(world, BO, an_offer().id).lift_id)
    asked = asks.choose(world, RIA, an_offer().id)
    return world.bookings.get(Lift, asked.lift_id)


@pytest.fixture
def path(world: Adapters, lift: Lift) -> str:
    """The link of the letter that asks."""
    return a_link(world, lift.id, Purpose.RESPOND)


def everything(world: Adapters) -> Any:
    return owed(world), world.bookings.day("2026-11-28"), world.events.get(an_event().id)


def test_a_driver_is_asked_and_takes_a_rider(
    world: Adapters, browser: Browser, lift: Lift, path: str
) -> None:
    assert lift.state is LiftState.ACCEPTED
    shown = browser.get(path)
    unanswered = browser.post(path, shown.fields())
    done = browser.post(path, YES)

    assert well_made(shown)
    assert "Will you also take Ria? Please answer by Saturday 21 November" in shown.text
    assert "From near Stretford (M32) For 1 place, there and back" in shown.text
    assert "on the way there" in shown.text
    assert shown.fields() == {"request": RIA}, "no answer is chosen beforehand"
    assert (unanswered.status, "Choose yes or no" in unanswered.text) == (422, True)
    assert well_made(done)
    assert "Thank you: you also take Ria" in done.text
    assert world.bookings.get(Lift, lift.id).place(RIA)
    assert world.bookings.get(Request, RIA).state is RequestState.CONFIRMED
    assert ("changed", lift.id, "rider_joined") in owed(world)
    assert ("lift_confirmed", RIA, "") in owed(world)


def test_the_minutes_more_are_told_by_fives(browser: Browser, path: str) -> None:
    page = browser.get(path).text

    drive = page.partition("Your drive ")[2].partition(", within")[0]
    there, back = drive.split(", ")
    assert there.startswith(("About 5 minutes", "About 10 minutes", "Hardly"))
    assert back.endswith("on the way back")


def test_a_driver_says_no(world: Adapters, browser: Browser, lift: Lift, path: str) -> None:
    done = browser.post(path, NO)

    assert "Thank you for telling us" in done.text
    assert world.bookings.get(Lift, lift.id).asks == ()
    assert world.bookings.get(Request, RIA).state is RequestState.WAITING
    assert ("changed", RIA, "refused") in owed(world)
    assert "You have said yes to this lift" in browser.get(path).text


@pytest.mark.parametrize("first", [YES, NO])
def test_r5_an_answer_again_or_another_changes_nothing(
    world: Adapters, browser: Browser, path: str, first: dict[str, str]
) -> None:
    browser.post(path, first)
    before = everything(world)

    for late in (YES, NO, {**YES, "request": "x"}, {**NO, "request": BO}):
        page = browser.post(path, late)
        assert page.status == 200
        assert "Nothing is asked of you any more" in page.text
    assert everything(world) == before


def test_s2_robots_answer_nothing(world: Adapters, browser: Browser, path: str) -> None:
    before = everything(world)

    robots_look(browser, path)
    for button in ({}, {"": ""}, {"submit": "1"}, {"request": RIA}, {"request": RIA, "answer": ""}):
        assert browser.post(path, button).status == 422
    assert browser.post(path, YES, origin="cross-site").status == 403
    assert everything(world) == before

    assert "you also take Ria" in browser.post(path, YES).text


def test_an_answer_that_comes_too_late_changes_nothing(
    world: Adapters, browser: Browser, clock: Clock, lift: Lift, path: str
) -> None:
    clock.at = lift.asks[0].until + timedelta(minutes=1)
    before = everything(world)

    late = browser.post(path, YES)

    assert late.status == 410
    assert "The time to answer has passed" in late.text
    assert "You have said yes to this lift" in browser.get(path).text
    assert everything(world) == before


def test_a_rider_who_asks_no_longer_is_not_asked_about(
    world: Adapters, browser: Browser, path: str
) -> None:
    requests.cancel(world, RIA)

    assert "Will you also take" not in browser.get(path).text
    assert "Nothing is asked of you any more" in browser.post(path, YES).text


def test_a_driver_who_has_withdrawn_is_not_asked(
    world: Adapters, browser: Browser, path: str
) -> None:
    offers.withdraw(world, an_offer().id)
    before = everything(world)

    assert "This lift is no longer planned" in browser.get(path).text
    assert "Nothing is asked of you any more" in browser.post(path, YES).text
    assert everything(world) == before


def test_the_next_who_asks_comes_after(world: Adapters, browser: Browser, path: str) -> None:
    cy = a_request(id="request-20261128-cccccccccccc", person=a_person("Cy Dunn"))
    store(world, cy)
    asks.choose(world, cy.id, an_offer().id)

    done = browser.post(path, YES)

    assert "Cy asks for a place as well" in done.text
    assert "Will you also take Cy?" in browser.get(path).text


def test_a_rider_who_fits_no_more_is_a_friendly_no(
    world: Adapters, browser: Browser, lift: Lift, path: str
) -> None:
    ria = world.bookings.get(Request, RIA)
    store(world, replace(ria, extra_limit_s=0, earliest_at=lift.arrive_at))

    assert "there may be no room left" in browser.get(path).text
    done = browser.post(path, YES)

    assert "Ria does not fit any more" in done.text
    assert world.bookings.get(Request, RIA).state is RequestState.WAITING


def test_s3_a_driver_sees_of_a_rider_a_first_name_and_an_area(
    world: Adapters, browser: Browser, lift: Lift, path: str
) -> None:
    pages = [browser.get(path), browser.get(a_link(world, an_offer().id, Purpose.MANAGE))]
    pages.append(browser.post(path, YES))

    assert "Ria asks for a place , near Stretford (M32)" in pages[1].text
    for page in pages:
        assert page.status == 200
        assert "anary" not in page.html.lower()
        assert "53.44" not in page.html
