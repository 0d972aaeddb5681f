"""The pages of a seat and of an event: what they tell, and what they keep to themselves."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import wiring
from chalicelib.adapters import Adapters
from chalicelib.domain import event as rules
from chalicelib.domain.change import Save
from chalicelib.domain.event import Kind
from chalicelib.domain.states import EventState
from reference import constituencies
from tests.browse import Browser
from tests.builders import TEN, Clock, a_campaign
from tests.chalicelib.routes.made import well_made
from tests.chalicelib.services.boards import CHELSEA, HARROW, HENDON, an_event_in, put, seat

HOME = "NW4%204BT"


def test_every_constituency_has_a_page(world: Adapters, browser: Browser) -> None:
    put(world, an_event_in(HENDON))
    put(world, an_event_in(HARROW))

    for one in constituencies():
        page = browser.get(f"/constituencies/{one.slug}")
        assert page.status == 200, one.slug
        assert well_made(page)
        assert f"{one.majority:,} vote" in page.text


@pytest.mark.parametrize("name", ["E14001279", "e14001279", "HENDON", "Hendon"])
def test_a_seats_code_leads_to_its_page(browser: Browser, name: str) -> None:
    page = browser.get(f"/constituencies/{name}?from=NW4")

    assert page.status == 200
    assert page.path == "/constituencies/hendon?from=NW4"


def test_a_seat_page_says_how_close_it_was(browser: Browser) -> None:
    page = browser.get("/constituencies/hendon")

    assert "15 votes in it: a marginal. Need for people: very high ." in page.text
    assert "Majority 15 votes, 0.04 points" in page.text
    assert "Labour 15,855 38.4% Conservative 15,840 38.4%" in page.text


def test_a_seat_that_is_no_marginal_names_those_nearby(browser: Browser) -> None:
    page = browser.get("/constituencies/harrow-east")

    assert "Not one of this campaign’s marginals" in page.text
    assert "Marginals nearby Hendon" in page.text


def test_the_marginals_stand_in_a_table_by_need(world: Adapters, browser: Browser) -> None:
    put(world, an_event_in(HENDON), {"free": 26})

    page = browser.get("/constituencies")

    assert page.status == 200
    assert well_made(page)
    assert "115 marginals, most need first" in page.text
    assert re.search(r"Hendon Very high Sat 28 Nov : In Hendon Some room 15 0.04", page.text)


def test_an_event_page_tells_what_a_newcomer_needs(world: Adapters, browser: Browser) -> None:
    put(world, an_event_in(HENDON), {"free": 22})

    page = browser.get(f"/events/event-hendon?from={HOME}")

    assert page.status == 200
    assert well_made(page)
    for said in (
        "Saturday 28 November, 10am to 1pm",
        "About half of the people wanted",
        "Meet By the market clock",
        "Organiser Olu",
        "Accessibility Level pavements",
        "You knock on doors, in pairs",
        "Nobody here is vetted",
        "by car",
    ):
        assert said in page.text
    for way in ("own-way", "lift", "drive", "either"):
        assert f'/start/{way}?session=event-hendon-1&amp;from={HOME}"' in page.html


def test_s3_an_event_page_shows_neither_the_organisers_address_nor_counts(
    world: Adapters, browser: Browser
) -> None:
    put(world, an_event_in(HENDON), {"minimum": 61, "target": 73, "maximum": 97, "free": 79})

    pages = [browser.get(path) for path in ("/", "/near?from=NW4", "/events/event-hendon")]

    for page in [*pages, browser.get("/constituencies"), browser.get("/constituencies/hendon")]:
        assert "olu@" not in page.html
        assert "Adeyemi" not in page.html
        assert not re.search(r"\b(61|73|97|79|18)\b (people|places)", page.text)


def test_a_cancelled_event_explains_itself_and_leads_on(world: Adapters, browser: Browser) -> None:
    put(world, an_event_in(CHELSEA))
    put(world, an_event_in(HENDON))
    world.commit([Save(one) for one in _cancelled(world)])

    page = browser.get("/events/event-hendon")

    assert page.status == 200
    assert "This event has been cancelled by its organiser" in page.text
    assert "Next best near there: In Chelsea and Fulham" in page.text
    assert "/start/lift" not in page.html


def test_an_event_that_is_over_explains_itself(
    world: Adapters, browser: Browser, clock: Clock
) -> None:
    put(world, an_event_in(HENDON))
    clock.at = TEN + timedelta(minutes=1)

    page = browser.get("/events/event-hendon")

    assert page.status == 200
    assert "has begun or is over" in page.text
    assert "/start/" not in page.html.replace("/start/event", "")


def test_a_full_session_has_no_ways_to_go_but_another_has(
    world: Adapters, browser: Browser
) -> None:
    later = {"starts_at": TEN + timedelta(hours=4), "ends_at": TEN + timedelta(hours=6)}
    put(world, an_event_in(HENDON), {"free": 0}, later)

    page = browser.get("/events/event-hendon")

    assert "session=event-hendon-1" not in page.html
    assert "session=event-hendon-2" in page.html


@pytest.mark.parametrize(
    "state", [EventState.UNCONFIRMED, EventState.IN_REVIEW, EventState.EXPIRED]
)
def test_an_event_that_is_not_public_is_as_if_it_were_not_there(
    world: Adapters, browser: Browser, state: EventState
) -> None:
    put(world, an_event_in(HENDON, state=state))

    hidden, absent = browser.get("/events/event-hendon"), browser.get("/events/event-nothing")

    assert (hidden.status, hidden.text) == (404, absent.text)


def test_an_online_event_has_one_way_to_take_part(world: Adapters, browser: Browser) -> None:
    put(world, an_event_in(HENDON, kind=Kind.PHONE_BANK))

    page = browser.get(f"/events/event-hendon?from={HOME}")

    assert "Take part" in page.text
    assert "/start/own-way?session=event-hendon-1" in page.html
    assert "/start/drive?session" not in page.html


def _cancelled(world: Adapters) -> list[rules.Event | rules.Session]:
    event, sessions = rules.cancel(*world.events.get("event-hendon"), at=world.now())
    return [event, *sessions]


@pytest.mark.parametrize(
    ("party", "said"),
    [
        ("Con", "Conservative 0.04 points behind the winner"),
        ("Lab", "Labour 0.04 points ahead of the next"),
    ],
)
def test_a_partys_campaign_sees_its_own_margin(world: Adapters, party: str, said: str) -> None:
    with wiring.lend(replace(world, campaign=a_campaign(party=party))):
        browser = Browser(world)

        assert said in browser.get("/constituencies/hendon").text
        assert "the campaign’s party was first or second" in browser.get("/constituencies").text


def test_a_list_of_targets_makes_the_marginals(world: Adapters) -> None:
    targets = {seat(HARROW).code: 1.0}
    with wiring.lend(replace(world, campaign=a_campaign(party="Green", targets=targets))):
        browser = Browser(world)
        put(world, an_event_in(HARROW))

        assert "1 marginal," in browser.get("/constituencies").text
        assert "On this campaign’s list of seats" in browser.get("/near?from=NW4").text
