"""What the forms refuse, and what they offer instead."""

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Save
from chalicelib.domain.states import EventState
from tests.browse import Browser
from tests.builders import Clock, a_session, an_event
from tests.chalicelib.routes.forms import RIDER, YOU, fill, publish


@pytest.fixture
def published(world: Adapters) -> None:
    """A session that can be booked."""
    publish(world)


@pytest.mark.usefixtures("published")
def test_a_refused_answer_is_shown_again_with_its_message(browser: Browser) -> None:
    start = browser.get(f"/start/lift?session={a_session().id}")

    page = browser.post("/start/lift", {**start.fields(), "place": "zzzz<b>"})

    assert page.status == 422
    assert "There is a problem" in page.text
    assert "<title>Error: " in page.html
    assert page.fields()["place"] == "zzzz<b>"
    assert 'href="#f-place"' in page.html
    assert 'aria-describedby="f-place-hint f-place-error"' in page.html


@pytest.mark.usefixtures("published")
def test_a_form_whose_day_has_passed_meanwhile_asks_again(browser: Browser, clock: Clock) -> None:
    steps = RIDER[:1] + RIDER[2:]
    check = fill(browser, "/start/lift?day=2026-11-20", steps)

    clock.forward(hours=13)
    page = browser.post(check.path)

    assert page.path.endswith("/day")
    assert page.status == 422


@pytest.mark.usefixtures("published")
def test_leaving_after_the_start_is_refused(browser: Browser) -> None:
    page = fill(browser, f"/start/lift?session={a_session().id}", RIDER[:3])

    refused = browser.post(page.path, {"earliest": "10am"})

    assert refused.status == 422
    assert "Enter a time before the session starts" in refused.text


@pytest.mark.usefixtures("published")
def test_an_event_cancelled_while_the_form_was_open_offers_a_next_step(
    browser: Browser, world: Adapters
) -> None:
    check = fill(browser, f"/start/lift?session={a_session().id}", RIDER)
    session = world.events.sessions([a_session().id])[a_session().id]
    world.commit([Save(a_session(version=session.version, published=False))])

    page = browser.post(check.path)

    assert page.status == 409
    assert "This session is not open" in page.text
    assert "wherever you are needed most" in page.text
    assert "M14 5RQ" in page.text


@pytest.mark.parametrize("journey", ["lift", "drive", "either", "own-way"])
def test_a_full_session_is_explained_with_a_way_on(
    browser: Browser, world: Adapters, journey: str
) -> None:
    event = an_event()
    world.commit([Save(event), Save(a_session(event, free=0))])

    page = browser.get(f"/start/{journey}?session={a_session().id}")

    assert page.status == 409
    assert "This session is full" in page.text
    assert "?day=2026-11-28" in page.html


def test_a_past_session_an_unpublished_and_an_unknown_one_are_explained(
    browser: Browser, world: Adapters, clock: Clock
) -> None:
    public, draft = an_event(), an_event(id="event-unpublished1", state=EventState.IN_REVIEW)
    world.commit([Save(public), Save(a_session(public)), Save(draft), Save(a_session(draft))])
    clock.forward(days=9)

    past = browser.get(f"/start/lift?session={a_session().id}")
    hidden = browser.get(f"/start/lift?session={a_session(draft).id}")
    unknown = browser.get("/start/lift?session=event-none-1")

    assert "has begun already" in past.text
    assert hidden.text == unknown.text
    assert "We cannot find that session" in unknown.text


@pytest.mark.usefixtures("published")
def test_a_robot_that_fills_the_trap_sees_success_and_stores_nothing(
    browser: Browser, world: Adapters
) -> None:
    steps = [*RIDER[:-1], {**YOU, "website": "https://spam.example"}]
    honest = browser.post(fill(browser, f"/start/lift?session={a_session().id}", RIDER).path)
    before = len(world.bookings.day("2026-11-28"))

    robot = browser.post(fill(browser, f"/start/lift?session={a_session().id}", steps).path)

    assert robot.text == honest.text
    assert len(world.bookings.day("2026-11-28")) == before


@pytest.mark.usefixtures("published")
def test_an_unknown_form_question_or_draft_is_explained(browser: Browser) -> None:
    page = fill(browser, f"/start/lift?session={a_session().id}", RIDER[:1])
    base = page.path.rpartition("/")[0]

    assert browser.get("/start/nothing").status == 404
    assert browser.get(f"{base}/nothing").status == 404
    assert browser.get(f"/form/{'x' * 43}/place").status == 410
    assert browser.get("/form/x/check").status == 410
    assert browser.post("/start/lift", {"given-key": "short", "place": "M14"}).status == 422


@pytest.mark.parametrize("session", ["x", "-", "a-" * 2000, "..%2F..", "event-é-1", "🦊-1"])
def test_a_session_that_cannot_be_is_explained(browser: Browser, session: str) -> None:
    page = browser.get(f"/start/drive?session={session}")

    assert page.status == 409
    assert "We cannot find that session" in page.text


def test_a_campaign_without_sessions_offers_something_else(browser: Browser) -> None:
    page = browser.get("/start/lift")

    assert "nothing to choose from" in page.text
    assert "Continue" not in page.text


@pytest.mark.usefixtures("published")
def test_a_session_of_another_day_cannot_be_chosen(browser: Browser) -> None:
    page = fill(browser, "/start/lift", [{"day": "2026-11-27"}, {"place": "M14 5RQ"}])

    refused = browser.post(page.path, {"session": a_session().id})

    assert refused.status == 422
    assert "Choose where you want to go" in refused.text


@pytest.mark.usefixtures("published")
def test_another_site_cannot_send_our_forms(browser: Browser) -> None:
    check = fill(browser, f"/start/lift?session={a_session().id}", RIDER)

    assert browser.post(check.path, origin="cross-site").status == 403
    assert "Check your answers" in browser.get(check.path).text
