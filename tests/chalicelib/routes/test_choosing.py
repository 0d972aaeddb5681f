"""A rider chooses a car: when confirming, on the page after it, and while waiting."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.lift import Lift
from chalicelib.domain.link import Purpose
from chalicelib.domain.offer import Offer
from chalicelib.domain.people import Person, Start
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, OfferState, RequestState
from tests.browse import Browser
from tests.builders import (
    SALE,
    Clock,
    a_lift,
    a_link,
    a_person,
    a_place,
    a_request,
    a_session,
    an_event,
    an_offer,
    owed,
    store,
)
from tests.chalicelib.routes.forms import all_trips, robots_look
from tests.chalicelib.routes.made import well_made

AGREE = {"agree": "yes"}
DAN, EVA = an_offer().id, "offer-20261128-eeeeeeeeeeee"
RIA = a_request().id


def dan(**given: Any) -> Offer:
    home = Start("M21 CANARY", "near Chorlton (M21)", 53.44261, -2.27861, 100)
    person = Person("Dan Canarysurname", "dan-canary@example.org")
    return an_offer(**({"person": person, "start": home} | given))


def eva(**given: Any) -> Offer:
    return an_offer(**({"id": EVA, "person": a_person("Eva Long"), "start": SALE} | given))


def ria(world: Adapters, *others: Any, **given: Any) -> str:
    """Ria has asked for Dan's car and not confirmed yet; the path of the link in her letter."""
    asked = a_request(**({"state": RequestState.UNCONFIRMED, "car": DAN} | given))
    store(world, an_event(), a_session(), asked, *others)
    return a_link(world, asked.id, Purpose.CONFIRM)


def full() -> Sequence[Any]:
    """Dan's car, with Bo in its only place."""
    lift = a_lift(state=LiftState.ACCEPTED, seats=Places(standard=1))
    bo = a_request(id="request-20261128-bbbbbbbbbbbb", person=a_person("Bo Hall"), lift_id=lift.id)
    lift = replace(lift, places=(a_place(bo),), drops=(bo.id,))
    seats = Places(standard=1)
    return lift, replace(bo, state=RequestState.CONFIRMED), dan(lift_id=lift.id, seats=seats)


def stored(world: Adapters) -> Request:
    return world.bookings.get(Request, RIA)


def everything(world: Adapters) -> Any:
    return owed(world), world.bookings.day("2026-11-28"), world.events.get(an_event().id)


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


def test_a_waiting_rider_chooses_a_car(world: Adapters, browser: Browser) -> None:
    ria(world, *full(), eva(auto=True), state=RequestState.WAITING, car="")
    here = a_link(world, RIA, Purpose.MANAGE)

    manage = browser.get(here)
    cars = browser.get(f"{here}/cars")

    assert f'href="{here}/cars"' in manage.html
    assert well_made(cars)
    assert "Eva’s car from near Sale (M33) Leaves about" in cars.text
    assert "Dan" not in cars.text
    done = browser.post(f"{here}/cars", {"car": EVA})
    assert done.path == here
    assert "You have a lift" in done.text
    assert "nothing to choose now" in browser.get(f"{here}/cars").text


def test_a_car_that_filled_while_they_looked_is_explained(
    world: Adapters, browser: Browser
) -> None:
    ria(world, *full(), eva(), state=RequestState.WAITING, car="")
    here = a_link(world, RIA, Purpose.MANAGE)

    refused = browser.post(f"{here}/cars", {"car": DAN})

    assert refused.status == 409
    assert well_made(refused)
    assert "No place in that car Somebody else has just taken the last place" in refused.text
    assert "You are still on the list" in refused.text
    assert "Eva’s car" in refused.text


def test_s2_the_page_of_cars_does_nothing_without_a_choice(
    world: Adapters, browser: Browser
) -> None:
    ria(world, dan(auto=True), state=RequestState.WAITING, car="")
    here = a_link(world, RIA, Purpose.MANAGE)
    before = everything(world)

    robots_look(browser, f"{here}/cars")
    assert browser.get(f"{here}/cars").fields() == {}, "nothing is chosen beforehand"
    for fields in ({}, {"": ""}, {"submit": "1"}, {"car": ""}):
        unchosen = browser.post(f"{here}/cars", fields)
        assert unchosen.status == 422
        assert "Choose a car" in unchosen.text
    assert browser.post(f"{here}/cars", {"car": DAN}, origin="cross-site").status == 403
    assert everything(world) == before

    assert "You have a lift" in browser.post(f"{here}/cars", {"car": DAN}).text


def test_without_a_named_session_the_matching_chooses(world: Adapters, browser: Browser) -> None:
    ria(world, dan(auto=True), state=RequestState.WAITING, car="", sessions=None)
    here = a_link(world, RIA, Purpose.MANAGE)

    assert "the matching chooses your car as well" in browser.get(here).text
    assert "We choose your car" in browser.get(f"{here}/cars").text
    assert browser.post(f"{here}/cars", {"car": DAN}).status == 409
    assert stored(world).state is RequestState.WAITING


def test_only_a_rider_chooses_a_car(world: Adapters, browser: Browser) -> None:
    ria(world, dan())

    assert browser.get(a_link(world, DAN, Purpose.MANAGE) + "/cars").status == 404
    assert browser.get(a_link(world, RIA, Purpose.CONFIRM) + "/cars").status == 404


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


def test_r17_the_pages_of_a_choice_are_few_round_trips(world: Adapters, browser: Browser) -> None:
    ria(world, *full(), eva(), state=RequestState.WAITING, car="")
    here = a_link(world, RIA, Purpose.MANAGE)
    counted: Counter[str] = Counter()
    all_trips(counted)

    browser.get(here)
    assert counted["all"] <= 3
    counted.clear()
    browser.get(f"{here}/cars")
    assert counted["all"] == 5, "each car is looked at as it is stored"
    counted.clear()
    browser.post(f"{here}/cars", {"car": EVA})
    assert counted["all"] <= 12


def test_a_driver_changes_who_may_join_also_in_a_lift(world: Adapters, browser: Browser) -> None:
    lift, bo, offer = full()
    store(world, an_event(), a_session(), lift, bo, offer)
    here = a_link(world, DAN, Purpose.MANAGE)
    page = browser.get(f"{here}/change/auto")

    done = browser.post(f"{here}/change/auto", {**page.fields(), "auto": "yes"})

    assert "Whoever fits has a place at once" in done.text
    assert world.bookings.get(Offer, DAN).auto
    assert world.bookings.get(Lift, lift.id).auto
    assert owed(world) == [("changed", DAN, "details")]
    over = browser.post(f"{here}/cancel", {"sure": "yes"})
    assert f"{here}/change/auto" not in over.html


def test_a_rider_in_a_car_that_leaves_soon_is_told(
    world: Adapters, browser: Browser, clock: Clock
) -> None:
    ria(world, dan(auto=True), state=RequestState.WAITING, car="")
    here = a_link(world, RIA, Purpose.MANAGE)
    clock.at = a_lift().leave_at - timedelta(minutes=20)

    late = browser.post(f"{here}/cars", {"car": DAN})

    assert "the car that you chose leaves too soon for anybody to join it" in late.text
    assert "No car has a place for you yet" in late.text
