"""A rider who waits chooses a car themselves; a driver says who may join at once."""

from collections import Counter
from datetime import timedelta

from chalicelib.adapters import Adapters
from chalicelib.domain.lift import Lift
from chalicelib.domain.link import Purpose
from chalicelib.domain.offer import Offer
from chalicelib.domain.states import RequestState
from tests.browse import Browser
from tests.builders import Clock, a_lift, a_link, a_session, an_event, owed, store
from tests.chalicelib.routes.forms import robots_look, trips
from tests.chalicelib.routes.made import well_made
from tests.chalicelib.routes.wanted import DAN, EVA, RIA, dan, eva, everything, full, ria, stored


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


def test_r17_the_pages_of_a_choice_are_few_round_trips(world: Adapters, browser: Browser) -> None:
    ria(world, *full(), eva(), state=RequestState.WAITING, car="")
    here = a_link(world, RIA, Purpose.MANAGE)
    counted: Counter[str] = Counter()
    trips(counted)

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
