"""Links in letters: GET shows, POST acts, again changes nothing (PROMISES S1, S2, R5)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.lift import Lift
from chalicelib.domain.link import Purpose
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import (
    EventState,
    LiftState,
    OfferState,
    RequestState,
    SignUpState,
)
from tests.browse import Browser
from tests.builders import (
    Clock,
    a_lift_day,
    a_link,
    a_person,
    a_request,
    a_session,
    a_signup,
    an_event,
    an_offer,
    owed,
    store,
)

UNCONFIRMED = [
    a_signup(state=SignUpState.UNCONFIRMED),
    an_offer(state=OfferState.UNCONFIRMED),
    a_request(state=RequestState.UNCONFIRMED),
]
AGREE, SURE = {"agree": "yes"}, {"sure": "yes"}


@pytest.mark.parametrize("thing", UNCONFIRMED, ids=lambda one: one.id.partition("-")[0])
def test_somebody_confirms(
    world: Adapters, browser: Browser, thing: SignUp | Offer | Request
) -> None:
    store(world, an_event(), a_session(), thing)
    path = a_link(world, thing.id, Purpose.CONFIRM)

    shown = browser.get(path)
    unticked = browser.post(path)
    done = browser.post(path, AGREE)
    again = browser.post(path, AGREE)

    assert (shown.status, unticked.status, done.status, again.status) == (200, 422, 200, 200)
    assert "There is a problem" in unticked.text
    assert "What happens next" in done.text
    assert len(owed(world)) == 1
    assert world.bookings.many([thing.id])[thing.id].version == 2


def test_an_event_is_public_once_confirmed(world: Adapters, browser: Browser) -> None:
    event = an_event(state=EventState.UNCONFIRMED)
    store(world, event, a_session(event))
    path = a_link(world, event.id, Purpose.CONFIRM)
    assert browser.get(f"/events/{event.id}").status == 404

    done = browser.post(path, AGREE)

    assert "Your event is public" in done.text
    assert browser.get(f"/events/{event.id}").status == 200
    assert owed(world) == [("event_published", event.id, "")]


def test_an_untrusted_organisers_event_is_reviewed_first(world: Adapters, browser: Browser) -> None:
    event = an_event(state=EventState.UNCONFIRMED)
    store(world, event, a_session(event))
    from chalicelib import wiring  # noqa: PLC0415 - another world for this one test

    careful = replace(world, campaign=replace(world.campaign, trusted=()))
    with wiring.lend(careful):
        done = browser.post(a_link(world, event.id, Purpose.CONFIRM), AGREE)
        assert "we are looking at your event" in done.text
        assert browser.get(f"/events/{event.id}").status == 404
        review = a_link(world, event.id, Purpose.REVIEW)
        assert "Should it be public?" in browser.get(review).text
        assert browser.post(review).status == 422
        assert "The event is public" in browser.post(review, {"answer": "publish"}).text

    assert browser.get(f"/events/{event.id}").status == 200
    assert [letter for letter, _, _ in owed(world)] == [
        "event_in_review",
        "event_published",
        "event_to_review",
    ]


def test_a_session_that_filled_meanwhile_says_so(world: Adapters, browser: Browser) -> None:
    signup = a_signup(state=SignUpState.UNCONFIRMED, people=2)
    store(world, an_event(), a_session(free=1), signup)

    full = browser.post(a_link(world, signup.id, Purpose.CONFIRM), AGREE)

    assert full.status == 409
    assert "not enough places" in full.text
    assert world.bookings.get(SignUp, signup.id).state is SignUpState.UNCONFIRMED


def test_r4_one_person_asks_for_one_lift_a_day(world: Adapters, browser: Browser) -> None:
    first = a_request(state=RequestState.UNCONFIRMED)
    second = replace(first, id="request-20261128-bbbbbbbbbbbb")
    store(world, an_event(), a_session(), first, second)

    browser.post(a_link(world, first.id, Purpose.CONFIRM), AGREE)
    refused = browser.post(a_link(world, second.id, Purpose.CONFIRM), AGREE)

    assert refused.status == 409
    assert "already have a lift" in refused.text


def test_somebody_who_would_drive_or_ride_confirms_both(world: Adapters, browser: Browser) -> None:
    request = a_request(state=RequestState.UNCONFIRMED, either_with="offer-20261128-aaaaaaaaaaaa")
    offer = an_offer(state=OfferState.UNCONFIRMED, either_with=request.id, person=request.person)
    store(world, an_event(), a_session(), request, offer)

    browser.post(a_link(world, request.id, Purpose.CONFIRM), AGREE)

    assert world.bookings.get(Offer, offer.id).state is OfferState.OPEN
    assert world.bookings.get(Request, request.id).state is RequestState.WAITING


def test_a_driver_answers_yes(world: Adapters, browser: Browser) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    path = a_link(world, lift.id, Purpose.RESPOND)

    shown = browser.get(path)
    nothing = browser.post(path)
    done = browser.post(path, {"answer": "yes"})
    late = browser.post(path, {"answer": "no"})

    assert "Will you take Ria and Bo to “Autumn canvass”?" in shown.text
    assert nothing.status == 422
    assert "you are driving" in done.text
    assert late.status == 409
    assert world.bookings.get(Lift, lift.id).state is LiftState.ACCEPTED
    assert "You have said yes" in browser.get(path).text


def test_a_driver_answers_no_and_too_late(world: Adapters, browser: Browser, clock: Clock) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    path = a_link(world, lift.id, Purpose.RESPOND)

    clock.forward(hours=25)
    assert "time to answer has passed" in browser.get(path).text
    assert browser.post(path, {"answer": "yes"}).status == 410
    assert "looking for another car" in browser.post(path, {"answer": "no"}).text
    assert "no longer planned" in browser.get(path).text


def test_s10_a_drivers_page_names_no_address_before_the_day(
    world: Adapters, browser: Browser, clock: Clock
) -> None:
    lift = a_lift_day(world)
    path = a_link(world, lift.offer_id, Purpose.MANAGE)

    early = browser.get(path)
    clock.at = lift.leave_at - timedelta(hours=47)
    near = browser.get(path)

    for place in lift.places:
        assert place.start.label not in early.text
        assert place.start.area in early.text
        assert place.start.label in near.text


def test_a_rider_sees_nothing_of_a_proposal(world: Adapters, browser: Browser) -> None:
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    page = browser.get(a_link(world, lift.places[0].request_id, Purpose.MANAGE))

    assert "Requested, waiting for a driver" in page.text
    assert "Dan" not in page.text


def test_a_rider_with_a_lift_sees_it_and_not_the_others(world: Adapters, browser: Browser) -> None:
    lift = a_lift_day(world)
    page = browser.get(a_link(world, lift.places[0].request_id, Purpose.MANAGE))

    assert "You have a lift" in page.text
    assert "Dan, coming from near Chorlton (M21)" in page.text
    assert "M21 9AN" not in page.text
    assert "Bo" not in page.text


@pytest.mark.parametrize("kind", ["event", "signup", "offer", "request"])
def test_everything_can_be_cancelled_once(world: Adapters, browser: Browser, kind: str) -> None:
    a_lift_day(world)
    store(world, a_signup())
    ids = {
        "event": an_event().id,
        "signup": a_signup().id,
        "offer": an_offer().id,
        "request": a_request().id,
    }
    path = a_link(world, ids[kind], Purpose.MANAGE)

    shown = browser.get(path)
    asked = browser.get(f"{path}/cancel")
    unsure = browser.post(f"{path}/cancel")
    letters = owed(world)
    done = browser.post(f"{path}/cancel", SURE)
    after = owed(world)
    again = browser.post(f"{path}/cancel", SURE)

    assert [page.status for page in (shown, asked, unsure, done, again)] == [
        200,
        200,
        422,
        200,
        200,
    ]
    assert letters == []
    assert after == owed(world)
    assert ("cancelled", ids[kind]) in [(letter, thing) for letter, thing, _ in after]
    assert "nothing left to cancel" in browser.get(f"{path}/cancel").text


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - {Purpose.STILL, Purpose.HAPPENED}))
def test_s2_robots_change_nothing(world: Adapters, browser: Browser, purpose: Purpose) -> None:
    """They fetch, prefetch, and press buttons; afterwards a person's click still works.

    The links of reminders have their own test, in `test_reminded`.
    """
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    reviewed = an_event(id="event-inreviewnow1", state=EventState.IN_REVIEW)
    waiting = a_request(id="request-20261128-cccccccccccc", state=RequestState.UNCONFIRMED)
    cy = replace(waiting, person=a_person("Cy Dunn"))
    store(world, reviewed, a_session(reviewed, published=False), cy)
    thing, click = {
        Purpose.CONFIRM: (cy.id, ("", AGREE)),
        Purpose.MANAGE: (lift.offer_id, ("/cancel", SURE)),
        Purpose.RESPOND: (lift.id, ("", {"answer": "yes"})),
        Purpose.REVIEW: (reviewed.id, ("", {"answer": "publish"})),
    }[purpose]
    path = a_link(world, thing, purpose)
    before = (owed(world), world.bookings.day("2026-11-28"), world.events.get(reviewed.id))

    for _ in range(20):
        assert browser.get(path).status == 200
    assert browser.get(f"{path}{click[0]}").status == 200
    for button in ({}, {"": ""}, {"submit": "1"}):
        assert browser.post(f"{path}{click[0]}", button).status == 422

    after = (owed(world), world.bookings.day("2026-11-28"), world.events.get(reviewed.id))
    assert after == before
    assert browser.post(f"{path}{click[0]}", click[1]).status == 200
    assert owed(world) != before[0]


def test_s1_wrong_replayed_and_expired_links_all_read_the_same(
    world: Adapters, browser: Browser, clock: Clock
) -> None:
    request = a_request()
    store(world, an_event(), a_session(), request)
    good = a_link(world, request.id, Purpose.MANAGE)
    other = a_link(world, a_signup().id, Purpose.MANAGE).rpartition("/")[2]

    pages = [
        browser.get(f"/manage/{request.id}/wrong"),
        browser.get(f"/manage/{request.id}/{other}"),
        browser.get(good.replace("/manage/", "/confirm/")),
        browser.post(good.replace("/manage/", "/confirm/"), AGREE),
        browser.get(f"/manage/request-20261128-zzzzzzzzzzzz/{other}"),
        browser.get(f"/manage/nothing/{other}"),
        browser.get(f"/respond/{request.id}/{other}"),
        browser.get(f"/review/{request.id}/{other}"),
    ]
    clock.forward(days=31)
    pages.append(browser.get(good))

    assert {page.status for page in pages} == {410}
    assert len({page.text for page in pages}) == 1


def test_s4_forms_of_other_sites_are_refused(world: Adapters, browser: Browser) -> None:
    request = a_request(state=RequestState.UNCONFIRMED)
    store(world, an_event(), a_session(), request)
    path = a_link(world, request.id, Purpose.CONFIRM)

    for origin in ("cross-site", "same-site", "none", ""):
        assert browser.post(path, AGREE, origin=origin).status == 403

    assert world.bookings.get(Request, request.id).state is RequestState.UNCONFIRMED
    assert world.events.get(an_event().id)[0] == replace(an_event(), version=1)
