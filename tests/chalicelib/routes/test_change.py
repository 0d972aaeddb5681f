"""Anything can be edited without starting again: each answer by its own question."""

import re

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.link import Purpose
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.services.changing import QUESTIONS
from chalicelib.services.journeys import where
from reference import Located, find
from tests.browse import Browser
from tests.builders import (
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


@pytest.fixture
def day(world: Adapters) -> Adapters:
    """A day on which one of each waits, in no lift."""
    found = find("M32 0JT")
    assert isinstance(found, Located)
    start, venue = where.start_of(found), where.venue_of(found, "The hall")
    waiting = a_request(person=a_person("Cy Dunn"), start=start)
    event = an_event(venue=venue)
    store(world, event, a_session(event), a_signup(), an_offer(start=start), waiting)
    return world


THINGS = {
    "event": an_event().id,
    "signup": a_signup().id,
    "offer": an_offer().id,
    "request": a_request().id,
}
EVERY = [
    (kind, question)
    for kind, asked in QUESTIONS.items()
    for question in (*asked, *(("session-1",) if kind == "event" else ()))
]


@pytest.mark.parametrize(("kind", "question"), EVERY)
def test_every_answer_is_shown_as_typed_and_taken_again(
    day: Adapters, browser: Browser, kind: str, question: str
) -> None:
    """What a question shows is what it takes: posted back unchanged, it changes nothing."""
    here = a_link(day, THINGS[kind], Purpose.MANAGE)
    assert f"{here}/change/{question}" in browser.get(here).html
    page = browser.get(f"{here}/change/{question}")
    texts = dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page.html))

    again = browser.post(f"{here}/change/{question}", {**page.fields(), **texts})

    assert (page.status, again.status, again.path) == (200, 200, here)
    assert owed(day) == []


@pytest.mark.parametrize(
    ("kind", "question", "fields", "said"),
    [
        ("request", "place", {"place": "m33 2dh"}, "M33 2DH"),
        ("request", "needs", {"needs-standard": "2", "needs-child": "1"}, "2 places, 1 child seat"),
        ("request", "earliest", {"earliest": "8.15am"}, "8:15am"),
        ("request", "extra", {"extra": "45"}, "45 minutes"),
        ("request", "back", {"back": "no"}, "Not needed"),
        ("offer", "seats", {"seats-standard": "4"}, "4 places"),
        ("offer", "detour", {"detour": "10"}, "10 minutes"),
        ("offer", "auto", {"auto": "yes"}, "Whoever fits has a place at once"),
        ("signup", "people", {"people": "3"}, "3"),
        ("event", "title", {"title": "Cake & doors"}, "Cake & doors"),
        ("event", "place", {"place": "WA14 1PF", "address": ""}, "WA14 1PF"),
        ("event", "people", {"minimum": "2", "target": "8", "maximum": "40"}, "40"),
        ("event", "session-1", {"starts-1": "11am", "ends-1": "2pm"}, "11am to 2pm"),
    ],
)
def test_an_answer_is_changed_and_its_owner_told_once(
    day: Adapters, browser: Browser, kind: str, question: str, fields: dict[str, str], said: str
) -> None:
    here = a_link(day, THINGS[kind], Purpose.MANAGE)
    page = browser.get(f"{here}/change/{question}")

    done = browser.post(f"{here}/change/{question}", {**page.fields(), **fields})

    assert (done.status, done.path) == (200, here)
    assert said in done.text
    [(letter, thing, _)] = owed(day)
    assert (letter, thing) == ("event_changed" if kind == "event" else "changed", THINGS[kind])


@pytest.mark.parametrize(
    ("kind", "question", "fields"),
    [
        ("request", "place", {"place": "ZZ9 9ZZ"}),
        ("request", "place", {"place": "Newport"}),
        ("request", "needs", {"needs-standard": "0"}),
        ("request", "earliest", {"earliest": "3pm"}),
        ("request", "earliest", {"earliest": "whenever"}),
        ("offer", "seats", {"seats-standard": "17"}),
        ("signup", "people", {"people": "0"}),
        ("event", "title", {"title": "x" * 300}),
        ("event", "people", {"minimum": "9", "target": "2", "maximum": "4"}),
        ("event", "session-1", {"starts-1": "2pm", "ends-1": "11am"}),
        ("event", "session-1", {"date-1-day": "29"}),
        ("event", "session-1", {"date-1-year": "2019"}),
    ],
)
def test_what_cannot_be_meant_is_shown_back_and_changes_nothing(
    day: Adapters, browser: Browser, kind: str, question: str, fields: dict[str, str]
) -> None:
    here = a_link(day, THINGS[kind], Purpose.MANAGE)
    page = browser.get(f"{here}/change/{question}")

    refused = browser.post(f"{here}/change/{question}", {**page.fields(), **fields})

    assert refused.status == 422
    assert "There is a problem" in refused.text
    for name, typed in fields.items():
        assert refused.fields()[name] == typed, "what was typed is kept"
    assert owed(day) == []


def test_two_windows_do_not_overwrite_each_other(day: Adapters, browser: Browser) -> None:
    here = a_link(day, THINGS["request"], Purpose.MANAGE)
    first = browser.get(f"{here}/change/needs").fields()
    second = browser.get(f"{here}/change/extra").fields()
    browser.post(f"{here}/change/needs", {**first, "needs-standard": "3"})

    stale = browser.post(f"{here}/change/extra", {**second, "extra": "45"})

    assert stale.status == 409
    stored = day.bookings.get(Request, THINGS["request"])
    assert (stored.needs.standard, stored.extra_limit_s) == (3, 1800)


def test_what_a_lift_stands_on_is_not_changed(world: Adapters, browser: Browser) -> None:
    a_lift_day(world)
    for kind, question, fields in [
        ("request", "needs", {"needs-standard": "2"}),
        ("offer", "seats", {"seats-standard": "1"}),
    ]:
        here = a_link(world, THINGS[kind], Purpose.MANAGE)
        assert f"{here}/change/{question}" not in browser.get(here).html
        page = browser.get(f"{here}/change/{question}")
        refused = browser.post(f"{here}/change/{question}", {**page.fields(), **fields})
        assert refused.status == 409

    assert world.bookings.get(Request, THINGS["request"]).version == 1
    assert world.bookings.get(Offer, THINGS["offer"]).version == 1


def test_nothing_else_can_be_changed(day: Adapters, browser: Browser) -> None:
    here = a_link(day, THINGS["request"], Purpose.MANAGE)
    event = a_link(day, THINGS["event"], Purpose.MANAGE)

    for path in (
        f"{here}/change/name",
        f"{here}/change/email",
        f"{here}/change/nothing",
        f"{event}/change/kind",
        f"{event}/change/session-2",
        f"{event}/change/session-x",
    ):
        assert browser.get(path).status == 404
        assert browser.post(path, {"given-version": "1"}).status == 404
    assert browser.get(f"/manage/{THINGS['request']}/wrong/change/needs").status == 410
    assert day.bookings.get(SignUp, THINGS["signup"]).version == 1
