"""Undoing by the link in one's letter: GET shows, POST acts, again changes nothing."""

import re
from typing import Any

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.link import Purpose
from chalicelib.domain.states import LiftState
from tests.browse import Browser
from tests.builders import (
    Clock,
    a_lift_day,
    a_link,
    a_request,
    a_session,
    a_signup,
    an_event,
    an_offer,
    owed,
    store,
)
from tests.chalicelib.routes.made import well_made
from tests.chalicelib.services.letters.post import deliver_all

SURE = {"sure": "yes"}
THINGS = {
    "event": an_event().id,
    "signup": a_signup().id,
    "offer": an_offer().id,
    "request": a_request().id,
}
each = pytest.mark.parametrize("kind", THINGS)


def cancelled(world: Adapters, browser: Browser, kind: str) -> str:
    """Cancel a thing of that kind by its page; where it is managed."""
    a_lift_day(world)
    store(world, a_signup())
    here = a_link(world, THINGS[kind], Purpose.MANAGE)
    browser.post(f"{here}/cancel", SURE)
    return here


def stored(world: Adapters) -> Any:
    return owed(world), world.bookings.day("2026-11-28"), world.events.get(an_event().id)


@each
def test_everything_that_was_cancelled_can_be_undone_once(
    world: Adapters, browser: Browser, kind: str
) -> None:
    here = cancelled(world, browser, kind)

    shown = browser.get(here)
    asked = browser.get(f"{here}/undo")
    unsure = browser.post(f"{here}/undo")
    before = stored(world)
    done = browser.post(f"{here}/undo", SURE)
    after = stored(world)
    again = browser.post(f"{here}/undo", SURE)

    assert [one.status for one in (asked, unsure, done, again)] == [200, 422, 200, 200]
    assert "Until 12:10pm you can undo it" in shown.text
    assert "There is a problem" in unsure.text
    assert all(well_made(one) for one in (shown, asked, unsure, done))
    assert before != after == stored(world)
    assert "you can undo it" not in done.text
    assert "nothing to undo" in browser.get(f"{here}/undo").text


@each
def test_an_undo_that_comes_too_late_says_so_and_what_can_be_done(
    world: Adapters, browser: Browser, clock: Clock, kind: str
) -> None:
    here = cancelled(world, browser, kind)
    before = stored(world)
    clock.forward(minutes=10, seconds=1)

    asked, sent = browser.get(f"{here}/undo"), browser.post(f"{here}/undo", SURE)

    assert "nothing to undo now" in asked.text
    assert (sent.status, "ten minutes" in sent.text) == (409, True)
    assert "undo" not in browser.get(here).text.lower()
    assert stored(world) == before


@each
def test_s2_robots_undo_nothing(world: Adapters, browser: Browser, kind: str) -> None:
    here = cancelled(world, browser, kind)
    before = stored(world)

    for _ in range(20):
        assert browser.get(f"{here}/undo").status == 200
    for button in ({}, {"": ""}, {"submit": "1"}):
        assert browser.post(f"{here}/undo", button).status == 422

    assert stored(world) == before
    assert browser.post(f"{here}/undo", SURE, origin="cross-site").status == 403
    assert stored(world) == before


@each
def test_the_letter_about_it_leads_there(world: Adapters, browser: Browser, kind: str) -> None:
    cancelled(world, browser, kind)
    [letter] = [one for one in deliver_all(world) if "undo it until 12:10pm" in one.text]

    found = re.search(rf"https://lifts.example(/manage/{THINGS[kind]}/\S+)", letter.text)

    assert found is not None
    assert "you can undo it" in browser.get(found[1]).text


def test_what_was_not_cancelled_has_nothing_to_undo(world: Adapters, browser: Browser) -> None:
    store(world, an_event(), a_session(), a_request())
    here = a_link(world, a_request().id, Purpose.MANAGE)
    before = stored(world)

    assert "nothing to undo" in browser.get(f"{here}/undo").text
    assert browser.post(f"{here}/undo", SURE).status == 200
    assert stored(world) == before


def test_a_driver_who_said_no_is_asked_again(world: Adapters, browser: Browser) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    path = a_link(world, lift.id, Purpose.RESPOND)
    declined = browser.post(path, {"answer": "no"})

    shown = browser.get(path)
    unsure = browser.post(f"{path}/again")
    done = browser.post(f"{path}/again", SURE)
    replayed = browser.post(f"{path}/again", SURE)

    assert "you can change your mind" in declined.text
    assert "Until 12:10pm you can have it back" in shown.text
    assert all(well_made(one) for one in (declined, shown, unsure, done))
    assert (unsure.status, done.status, replayed.status) == (422, 200, 200)
    assert "Will you take Ria and Bo" in done.text
    assert "you are driving" in browser.post(path, {"answer": "yes"}).text
    assert browser.post(f"{path}/again", SURE).status == 200


def test_a_no_of_more_than_ten_minutes_ago_is_a_no(
    world: Adapters, browser: Browser, clock: Clock
) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    path = a_link(world, lift.id, Purpose.RESPOND)
    browser.post(path, {"answer": "no"})
    clock.forward(minutes=11)

    assert "no longer planned" in browser.get(path).text
    assert browser.post(f"{path}/again", SURE).status == 409
