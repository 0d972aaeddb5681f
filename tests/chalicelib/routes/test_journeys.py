"""The forms, as somebody at a browser goes through them."""

import re
from collections import Counter

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import EventState
from chalicelib.storage import tables
from tests.browse import Browser
from tests.builders import SATURDAY_WEEK, Clock, a_session
from tests.chalicelib.routes.forms import RIDER, YOU, draft_of, fill, publish, trips


@pytest.fixture
def published(world: Adapters) -> None:
    """A session that can be booked."""
    publish(world)


@pytest.mark.usefixtures("published")
def test_a_rider_asks_for_a_lift_to_a_session(browser: Browser, world: Adapters) -> None:
    check = fill(browser, f"/start/lift?session={a_session().id}", RIDER)
    assert "Check your answers" in check.text

    sent = browser.post(check.path)

    assert sent.path.endswith("/sent")
    asked = world.bookings.get(Request, ids.derived("request", SATURDAY_WEEK, draft_of(sent)))
    assert asked.sessions == (a_session().id,)
    assert asked.needs.total == 2
    assert asked.start.area == "near Longsight (M14)"
    assert asked.both_ways


@pytest.mark.usefixtures("published")
def test_a_driver_offers_places_wherever_they_are_needed(browser: Browser, world: Adapters) -> None:
    steps = [
        {"day": "2026-11-28"},
        {"place": "Chorlton, M21 9AN"},
        {"session": "anywhere"},
        {"seats-standard": "3", "seats-wheelchair": "1", "seats-child": ""},
        {"earliest": "8am"},
        {"detour": "30"},
        {"back": "no"},
        {"auto": "no"},
        YOU,
    ]

    sent = browser.post(fill(browser, "/start/drive", steps).path)

    offer = world.bookings.get(Offer, ids.derived("offer", SATURDAY_WEEK, draft_of(sent)))
    assert offer.sessions is None
    assert offer.seats.by_type() == {"standard": 3, "wheelchair": 1}
    assert offer.detour_limit_s == 1800
    assert not offer.both_ways
    assert not offer.auto


@pytest.mark.usefixtures("published")
def test_somebody_offers_to_drive_or_to_ride(browser: Browser, world: Adapters) -> None:
    steps = [
        {"place": "M21 9AN"},
        {"seats-standard": "3"},
        {"needs-standard": "1"},
        {"earliest": "8am"},
        {"detour": "20"},
        {"extra": "20"},
        {"back": "yes"},
        {"auto": "yes"},
        YOU,
    ]

    sent = browser.post(fill(browser, "/start/either?day=2026-11-28", steps).path)

    asked = world.bookings.get(Request, ids.derived("request", SATURDAY_WEEK, draft_of(sent)))
    offer = world.bookings.get(Offer, asked.either_with)
    assert (offer.seats.total, asked.needs.total) == (3, 1)
    assert offer.auto
    assert asked.sessions is None


@pytest.mark.usefixtures("published")
def test_somebody_signs_up_by_their_own_means(browser: Browser, world: Adapters) -> None:
    check = fill(browser, f"/start/own-way?session={a_session().id}", [{"people": "3"}, YOU])

    sent = browser.post(check.path)

    signup = world.bookings.get(SignUp, ids.derived("signup", SATURDAY_WEEK, draft_of(sent)))
    assert signup.people == 3
    assert "48 hours" in sent.text


def test_an_organiser_creates_an_event_with_two_sessions(browser: Browser, world: Adapters) -> None:
    day = {"date-{}-day": "28", "date-{}-month": "Nov", "date-{}-year": ""}
    steps = [
        {"kind": "canvass"},
        {"title": "Doors and cake"},
        {"description": "In pairs.\nNewcomers welcome."},
        {"place": "M33 7XY", "address": "1 School Road"},
        {"meeting-point": "By the clock"},
        {k.format(1): v for k, v in day.items()} | {"starts-1": "2pm", "ends-1": "4pm"},
        {"another-2": "yes"},
        {k.format(2): v for k, v in day.items()} | {"starts-2": "9.30", "ends-2": "12:30"},
        {"another-3": "no"},
        {"minimum": "4", "target": "20", "maximum": "30"},
        {"accessibility": ""},
        YOU,
    ]
    check = fill(browser, "/start/event", steps)
    assert "Saturday 28 November, 9:30am to 12:30pm" in check.text

    sent = browser.post(check.path)

    event, sessions = world.events.get(ids.derived("event", None, draft_of(sent)))
    assert event.state is EventState.UNCONFIRMED
    assert event.description == "In pairs.\nNewcomers welcome."
    assert event.venue.label == "M33 7XY"
    assert [one.starts_at.hour for one in sessions] == [9, 14]


@pytest.mark.usefixtures("published")
def test_looking_at_a_form_stores_nothing(browser: Browser) -> None:
    browser.get(f"/start/lift?session={a_session().id}")
    browser.get("/start/event")

    assert list(tables.DraftRow.scan()) == []


@pytest.mark.usefixtures("published")
def test_a_double_click_on_the_first_page_makes_one_draft(browser: Browser) -> None:
    fields = browser.get(f"/start/lift?session={a_session().id}").fields()

    first = browser.post("/start/lift", {**fields, "place": "M14 5RQ"})
    second = browser.post("/start/lift", {**fields, "place": "M21 9AN"})

    assert first.path == second.path
    assert len(list(tables.DraftRow.scan())) == 1
    assert "M21 9AN" in browser.get(f"/form/{draft_of(first)}/place").html


@pytest.mark.usefixtures("published")
def test_going_back_to_the_first_page_finds_what_was_typed(browser: Browser) -> None:
    start = browser.get(f"/start/lift?session={a_session().id}")
    browser.post("/start/lift", {**start.fields(), "place": "M14 5RQ"})

    again = browser.get(start.path)

    assert again.path.endswith("/place")
    assert again.fields()["place"] == "M14 5RQ"


@pytest.mark.usefixtures("published")
def test_sending_twice_makes_one_request_and_shows_the_same_page(
    browser: Browser, world: Adapters
) -> None:
    check = fill(browser, f"/start/lift?session={a_session().id}", RIDER)

    first, second = browser.post(check.path), browser.post(check.path)
    later = browser.get(f"/form/{draft_of(check)}/needs")

    assert first.path == second.path == later.path
    assert first.text == second.text == later.text
    assert len(world.bookings.day("2026-11-28")) == 1


@pytest.mark.usefixtures("published")
def test_two_windows_lose_nothing(browser: Browser, world: Adapters) -> None:
    page = fill(browser, f"/start/lift?session={a_session().id}", RIDER[:3])
    base = page.path.rpartition("/")[0]

    browser.post(f"{base}/extra", {"extra": "45"})
    browser.post(f"{base}/earliest", {"earliest": "9am"})

    answers = world.drafts.get(draft_of(page)).answers
    assert (answers["extra"], answers["earliest"]) == ("45", "9am")


@pytest.mark.usefixtures("published")
def test_changing_one_answer_leads_back_to_the_check(browser: Browser) -> None:
    check = fill(browser, f"/start/lift?session={a_session().id}", RIDER)
    base = check.path.rpartition("/")[0]

    page = browser.post(f"{base}/session", {"session": "anywhere"})

    assert page.path == check.path
    assert "Wherever I am needed most that day" in page.text


@pytest.mark.usefixtures("published")
def test_a_page_takes_three_trips_to_the_database_and_a_write_four(
    browser: Browser, clock: Clock
) -> None:
    clock.forward(minutes=1)
    page = browser.get("/start/lift")
    for answers in [{"day": "2026-11-28"}, *RIDER]:
        action = page.path if page.path.startswith("/form/") else "/start/lift"
        counted: Counter[str] = Counter()
        trips(counted)
        page = browser.post(action, {**page.fields(), **answers})
        # The browser follows to the next page: one write and one page together.
        assert counted["all"] <= 4 + 3, answers
    counted = Counter()
    trips(counted)
    browser.post(page.path)
    assert counted["all"] <= 4 + 1


@pytest.mark.usefixtures("published")
def test_no_address_of_a_page_holds_a_name_or_an_email_address(browser: Browser) -> None:
    check = fill(browser, f"/start/lift?session={a_session().id}", RIDER)

    sent = browser.post(check.path)

    assert not {"ann", "lee", "example"} & set(re.split(r"\W", (check.path + sent.path).lower()))
