"""A rider confirms the request for a place in a car; too late, they are led on to the next best."""

from collections.abc import Sequence
from typing import Any

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.link import Purpose
from chalicelib.domain.places import Places
from chalicelib.domain.states import OfferState, RequestState
from tests.browse import Browser
from tests.builders import (
    Clock,
    a_link,
    a_person,
    a_request,
    a_session,
    an_event,
    owed,
    store,
)
from tests.chalicelib.routes.forms import robots_look
from tests.chalicelib.routes.made import well_made
from tests.chalicelib.routes.wanted import DAN, EVA, RIA, dan, eva, everything, full, ria, stored

AGREE = {"agree": "yes"}


def test_a_rider_is_placed_at_once(world: Adapters, browser: Browser) -> None:
    path = ria(world, dan(auto=True))

    page = browser.post(path, AGREE)

    assert page.status == 200
    assert well_made(page)
    assert "You have a lift Saturday 28 November: be ready at 9:" in page.text
    assert "M32 0JT . Dan drives." in page.text.replace("M32 0JT.", "M32 0JT .")
    assert stored(world).state is RequestState.CONFIRMED
    assert [name for name, *_ in owed(world)] == ["lift_accepted", "lift_confirmed"]


def test_a_rider_waits_for_the_driver_who_is_asked(world: Adapters, browser: Browser) -> None:
    path = ria(world, dan())

    page = browser.post(path, AGREE)
    manage = browser.get(a_link(world, RIA, Purpose.MANAGE))

    for shown in (page, manage):
        assert well_made(shown)
        assert "Requested, waiting for Dan Dan may answer until Saturday 21 November" in shown.text
        assert "You do not have a lift" in shown.text
        assert "you have been added" not in shown.text.lower()
    assert stored(world).state is RequestState.OFFERED
    assert [name for name, *_ in owed(world)] == ["lift_proposed", "request_waiting"]


def test_who_was_too_late_is_told_kindly_and_has_the_next_best(
    world: Adapters, browser: Browser
) -> None:
    path = ria(world, *full(), eva(auto=True))

    page = browser.post(path, AGREE)

    assert page.status == 200
    assert well_made(page)
    assert "You are on the list Requested: you do not have a lift yet." in page.text
    assert "Somebody else has just taken the last place in that car" in page.text
    assert "This car has a place for you as we look now: Eva , near Sale (M33)" in page.text
    assert "We match riders and drivers every evening" in page.text
    assert 'href="/near?from=M32%200JT"' in page.html
    assert page.fields() == {"car": EVA}


def test_the_next_best_is_taken_on_the_same_page_and_once(
    world: Adapters, browser: Browser
) -> None:
    path = ria(world, *full(), eva(auto=True))
    page = browser.post(path, AGREE)

    first = browser.post(path, page.fields())
    before = everything(world)
    again = browser.post(path, page.fields())
    back = browser.post(path, AGREE)

    for shown in (first, again, back):
        assert "You have a lift" in shown.text
        assert "Eva drives" in shown.text
    assert everything(world) == before


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ((), "the car that you chose is not there any more"),
        ((dan(state=OfferState.WITHDRAWN),), "the car that you chose is not there any more"),
        ((dan(detour_limit_s=0),), "would not fit the times, the detour or the way back"),
        ((dan(both_ways=False),), "would not fit the times, the detour or the way back"),
        ((dan(seats=Places(wheelchair=1)),), "what is left in it is not enough for you"),
    ],
)
def test_a_car_without_a_place_for_them_is_explained(
    world: Adapters, browser: Browser, others: Sequence[Any], said: str
) -> None:
    page = browser.post(ria(world, *others), AGREE)

    assert page.status == 200
    assert said in page.text
    assert "You are on the list" in page.text
    assert "No other car to this session has a place for you at the moment" in page.text
    assert stored(world).state is RequestState.WAITING


def test_a_full_session_leads_on(world: Adapters, browser: Browser) -> None:
    asked = a_request(state=RequestState.UNCONFIRMED, car=DAN)
    store(world, an_event(), a_session(free=1), asked, dan(auto=True))

    page = browser.post(a_link(world, RIA, Purpose.CONFIRM), AGREE)

    assert "We are sorry: the session is full." in page.text
    assert "Other sessions near M32 0JT" in page.text


def test_s2_a_choice_confirms_nothing_and_another_car_cannot_be_chosen_twice(
    world: Adapters, browser: Browser
) -> None:
    """Before the box is ticked, a car's button does nothing; nor does any button a robot knows."""
    path = ria(world, dan(auto=True), eva(auto=True))
    before = everything(world)

    for fields in ({"car": EVA}, {"car": ""}, {}, {"car": "x", "agree": "no"}):
        assert browser.post(path, fields).status == 422
    robots_look(browser, path)
    assert browser.post(path, {"car": EVA}, origin="cross-site").status == 403
    assert everything(world) == before

    browser.post(path, AGREE)
    placed = everything(world)
    assert "Dan drives" in browser.post(path, {"car": EVA}).text
    assert everything(world) == placed


def test_s1_an_expired_link_chooses_nothing(
    world: Adapters, browser: Browser, clock: Clock
) -> None:
    path = ria(world, *full(), eva(auto=True))
    browser.post(path, AGREE)
    before = everything(world)
    clock.forward(days=31)

    assert browser.post(path, {"car": EVA}).status == 410
    assert browser.post(path.replace("/confirm/", "/manage/") + "/cars", {"car": EVA}).status == 410
    clock.forward(days=-31)
    assert everything(world) == before


@pytest.mark.parametrize("auto", [True, False])
def test_s3_a_rider_sees_of_a_driver_a_first_name_and_an_area(
    world: Adapters, browser: Browser, auto: bool
) -> None:
    path = ria(world, dan(auto=auto), eva())
    shown = [browser.post(path, AGREE), browser.get(a_link(world, RIA, Purpose.MANAGE))]
    store(world, a_request(id="request-20261128-cccccccccccc", person=a_person("Cy Dunn")))
    shown.append(
        browser.get(a_link(world, "request-20261128-cccccccccccc", Purpose.MANAGE) + "/cars")
    )

    for page in shown:
        assert page.status == 200
        assert "anary" not in page.html.lower()
        assert "53.44" not in page.html
