"""The cars on an event's page, and the form that asks one of them for a place."""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain.offer import Offer
from chalicelib.domain.people import Person, Start
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.states import LiftState, OfferState, RequestState
from tests.browse import Browser, Page
from tests.builders import (
    CHORLTON,
    SATURDAY_WEEK,
    TEN,
    Clock,
    a_lift,
    a_lift_day,
    a_request,
    a_session,
    an_event,
    an_offer,
    store,
)
from tests.chalicelib.routes.forms import RIDER, draft_of, fill, trips
from tests.chalicelib.routes.made import well_made

PAGE = f"/events/{an_event().id}"
ASK = f"/start/lift?session={a_session().id}&car={an_offer().id}"


def the_page(world: Adapters, browser: Browser, *things: Any) -> Page:
    store(world, an_event(), a_session(), *things)
    page = browser.get(PAGE)
    assert page.status == 200
    assert well_made(page)
    return page


def test_a_session_lists_its_cars(world: Adapters, browser: Browser) -> None:
    page = the_page(world, browser, an_offer(seats=Places(standard=2, child=1), auto=True))

    assert "Lifts offered Dan , near Chorlton (M21)" in page.text
    assert "Leaves about 9:30am to 10am , there and back. 2 places, 1 child seat free." in page.text
    assert "Places are given at once." in page.text
    assert f'href="/start/lift?session={a_session().id}&amp;car={an_offer().id}"' in page.html


def test_a_car_with_riders_shows_what_is_left(world: Adapters, browser: Browser) -> None:
    lift = a_lift(state=LiftState.ACCEPTED, seats=Places(standard=3, wheelchair=1), back_at=None)
    page = the_page(world, browser, an_offer(lift_id=lift.id), a_request(lift_id=lift.id), lift)

    assert "there only. 2 places, 1 wheelchair place free. Dan is asked first." in page.text
    assert f"car={lift.id}" in page.html
    assert an_offer().id not in page.html


@pytest.mark.parametrize(
    ("seats", "said"),
    [
        (Places(standard=1), "1 place free"),
        (Places(standard=3), "3 or more places free"),
        (Places(standard=7, wheelchair=2), "3 or more places, 2 or more wheelchair places free"),
        (Places(child=4), "2 or more child seats free"),
    ],
)
def test_s10_places_stand_in_bands(
    world: Adapters, browser: Browser, seats: Places, said: str
) -> None:
    assert f". {said}." in the_page(world, browser, an_offer(seats=seats)).text


def test_s3_a_page_tells_of_a_driver_a_name_an_area_and_a_half_hour(
    world: Adapters, browser: Browser
) -> None:
    home = Start("M21 CANARY", "near Chorlton (M21)", 53.44261, -2.27861, 100)
    dan = Person("Dan Canarysurname", "dan-canary@example.org")
    lift = a_lift(state=LiftState.ACCEPTED, seats=Places(standard=9), start=home)
    lift = replace(lift, leave_at=TEN - timedelta(minutes=47))
    eva = an_offer(id="offer-20261128-bbbbbbbbbbbb", person=dan, start=home)
    drives = an_offer(lift_id=lift.id, person=dan, start=home)

    page = the_page(world, browser, drives, eva, a_request(lift_id=lift.id), lift)

    assert page.html.count("near Chorlton (M21)") >= 2
    assert not re.search(r"CANARY|[Cc]anary|53\.44|-2\.27|9:13|[89] places|Ria\b|M32", page.html)


def test_s10_moving_a_session_about_does_not_tell_where_a_driver_lives(
    world: Adapters, browser: Browser
) -> None:
    """Neighbours in one cell leave in the same half hour, whenever the session starts."""
    there = [replace(CHORLTON, lat=CHORLTON.lat + off, lon=CHORLTON.lon) for off in (0, 0.002)]
    near = [
        an_offer(id=f"offer-20261128-{n * 12}", start=s) for n, s in zip("ab", there, strict=True)
    ]
    shown = set()
    store(world, an_event(), a_session(), *near)

    for minutes in range(0, 60, 4):
        session = world.events.sessions([a_session().id])[a_session().id]
        store(world, replace(session, starts_at=TEN + timedelta(minutes=minutes)))
        leaving = re.findall(r"about ([\w: ]+?) ,", browser.get(PAGE).text)
        assert len(set(leaving)) == 1
        shown |= set(leaving)

    assert len(shown) == 3


@pytest.mark.parametrize(
    "offer",
    [
        an_offer(state=OfferState.UNCONFIRMED),
        an_offer(state=OfferState.WITHDRAWN),
        an_offer(sessions=None),
        an_offer(sessions=("event-another0000-1",)),
        an_offer(earliest_at=TEN - timedelta(minutes=10)),
        an_offer(lift_id=a_lift().id),
        an_offer(either_with=a_request().id),
    ],
)
def test_who_cannot_be_asked_is_not_listed(world: Adapters, browser: Browser, offer: Offer) -> None:
    rides = a_request(state=RequestState.OFFERED, lift_id="lift-20261128-cccccccccccc")

    assert "Lifts offered" not in the_page(world, browser, offer, rides).text


def test_a_full_car_and_one_that_leaves_soon_are_not_listed(
    world: Adapters, browser: Browser, clock: Clock
) -> None:
    full = a_lift(state=LiftState.ACCEPTED, seats=Places(standard=1))
    soon = an_offer(id="offer-20261128-bbbbbbbbbbbb", auto=True)
    store(world, an_event(), a_session(), an_offer(lift_id=full.id), full, soon)

    assert browser.get(PAGE).text.count("Ask for a place") == 1
    clock.at = TEN - timedelta(hours=1, minutes=29)
    assert "Lifts offered" not in browser.get(PAGE).text


def test_a_session_that_is_full_lists_none(world: Adapters, browser: Browser) -> None:
    store(world, an_event(), a_session(free=0), an_offer())

    assert "Lifts offered" not in browser.get(PAGE).text


def test_the_nearest_car_stands_first(world: Adapters, browser: Browser) -> None:
    far = an_offer(
        id="offer-20261128-000000000000",
        person=Person("Far Away", "far@example.org"),
        start=Start("SK1 1AA", "near Stockport (SK1)", 53.4106, -2.1575, 100),
        auto=True,
    )
    store(world, an_event(), a_session(), an_offer(), far)

    unknown = browser.get(PAGE).text
    from_chorlton = browser.get(f"{PAGE}?from=M21%209AN")

    assert unknown.index("Far ,") < unknown.index("Dan ,"), "at once first"
    assert from_chorlton.text.index("Dan ,") < from_chorlton.text.index("Far ,")
    assert f"car={an_offer().id}&amp;from=M21%209AN" in from_chorlton.html


def test_r17_an_event_with_cars_asks_the_database_three_times_at_most(
    world: Adapters, browser: Browser
) -> None:
    either = an_offer(id="offer-20261128-bbbbbbbbbbbb", either_with=a_request().id)
    store(world, an_event(), a_session(), an_offer(), either, a_request(either_with=either.id))
    counted: Counter[str] = Counter()
    trips(counted)

    browser.get(f"{PAGE}?from=M21%209AN")
    assert counted["all"] == 3
    counted.clear()
    browser.get(f"{ASK}&key={'k' * 43}")
    assert counted["all"] == 3


def test_somebody_asks_for_a_place_in_a_car(world: Adapters, browser: Browser) -> None:
    store(world, an_event(), a_session(), an_offer())

    check = fill(browser, ASK, [RIDER[0], *RIDER[2:]])
    assert "Car Dan’s car from near Chorlton (M21)" in check.text
    sent = browser.post(check.path)

    asked = world.bookings.get(Request, ids.derived("request", SATURDAY_WEEK, draft_of(sent)))
    assert (asked.car, asked.sessions) == (an_offer().id, (a_session().id,))
    assert asked.state is RequestState.UNCONFIRMED


def test_another_car_or_another_session_can_be_chosen_afterwards(
    world: Adapters, browser: Browser
) -> None:
    store(world, an_event(), a_session(), an_offer())
    check = fill(browser, ASK, [RIDER[0], *RIDER[2:]])
    form = check.path.rpartition("/")[0]

    anycar = browser.post(f"{form}/car", {"car": "any"})
    assert "Car Any car that fits" in anycar.text
    assert browser.post(f"{form}/car", {"car": "offer-20261128-zzzzzzzzzzzz"}).status == 422
    browser.post(f"{form}/car", {"car": an_offer().id})
    anywhere = browser.post(f"{form}/session", {"session": "anywhere"})
    assert "Dan’s car" not in anywhere.text

    sent = browser.post(check.path)
    asked = world.bookings.get(Request, ids.derived("request", SATURDAY_WEEK, draft_of(sent)))
    assert (asked.car, asked.sessions) == ("", None)


@pytest.mark.parametrize(
    "car",
    ["offer-20261128-zzzzzzzzzzzz", a_request().id, "event-autumncanvas", "x", "../", "a-" * 900],
)
def test_a_car_that_has_gone_is_explained_and_the_form_goes_on(
    world: Adapters, browser: Browser, car: str
) -> None:
    store(world, an_event(), a_session(), a_request())
    path = f"/start/lift?session={a_session().id}&car={car}"

    check = fill(browser, path, RIDER)

    assert "The car that you chose cannot be asked any more." in browser.get(path).text
    assert "Check your answers" in check.text
    assert "Car" not in re.findall(r"<dt>([^<]*)</dt>", check.html)
    assert "/sent" in browser.post(check.path).path


def test_a_car_of_another_session_or_form_is_left_out(world: Adapters, browser: Browser) -> None:
    later = a_session(number=2, starts_at=TEN + timedelta(hours=1))
    store(world, an_event(), a_session(), later, an_offer())

    other = browser.get(f"/start/lift?session={later.id}&car={an_offer().id}")
    drive = browser.get(f"/start/drive?session={later.id}&car={an_offer().id}")

    assert "cannot be asked any more" in other.text
    assert "cannot be asked any more" not in drive.text


def test_a_lift_day_lists_nothing_of_its_riders(world: Adapters, browser: Browser) -> None:
    a_lift_day(world)

    assert "Lifts offered" not in browser.get(PAGE).text, (
        "nobody knows how many places an old lift has"
    )
