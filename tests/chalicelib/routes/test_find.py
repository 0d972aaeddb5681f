"""The pages that people see first: right for good input, kind for any other."""

import re
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from urllib.parse import quote

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain import event as rules
from chalicelib.domain.change import Save
from chalicelib.domain.event import Kind
from chalicelib.domain.states import EventState
from chalicelib.storage.tables import EventRow
from reference import constituencies
from reference.areas import outcodes
from tests.browse import Browser, Page
from tests.builders import TEN, Clock
from tests.chalicelib.services.boards import CHELSEA, HARROW, HENDON, UXBRIDGE, an_event_in, put

BAD = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "😀",
    "💩" * 200,
    "x" * 100_000,
    "%",
    "'\"><b>",
    "../..",
    "\ud7ff",
]
HOME = "NW4%204BT"


def well_made(page: Page) -> bool:
    """One main heading, headings in order, no repeated id, nothing inline."""
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", page.html)]
    ids = Counter(re.findall(r'\bid="([^"]*)"', page.html))
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert max(ids.values()) == 1
    assert " style=" not in page.html
    assert "<script" not in page.html
    return True


def test_the_first_page_asks_one_question(browser: Browser) -> None:
    page = browser.get("/")

    assert page.status == 200
    assert well_made(page)
    assert page.fields() == {"from": ""}
    assert "Where are you starting from? A postcode, or a town" in page.text


def test_the_first_page_shows_a_few_sessions(world: Adapters, browser: Browser) -> None:
    put(world, an_event_in(HENDON))

    page = browser.get("/")

    assert "In Hendon Few people yet Saturday 28 November, 10am to 1pm" in page.text


def test_the_first_page_names_the_closest_seats_where_nothing_is_on(browser: Browser) -> None:
    assert "Hendon , 15 votes in it" in browser.get("/").text


@pytest.mark.parametrize("typed", ["NW4 4BT", "nw44bt", "NW4", "Hendon, NW4", "Hebden Bridge"])
def test_near_answers_for_every_way_to_name_a_place(
    world: Adapters, browser: Browser, typed: str
) -> None:
    put(world, an_event_in(HENDON))

    page = browser.get(f"/near?from={quote(typed)}")

    assert page.status == 200
    assert well_made(page)
    assert "Where you are needed, starting from" in page.text


def test_near_leads_to_every_way_of_going_with_the_start_kept(
    world: Adapters, browser: Browser
) -> None:
    put(world, an_event_in(HENDON))

    page = browser.get(f"/near?from={HOME}")

    for way in ("own-way", "lift", "drive", "either"):
        assert f'/start/{way}?session=event-hendon-1&amp;from={HOME}"' in page.html
    assert f"/start/lift?day=2026-11-28&amp;from={HOME}" in page.html
    assert f"/start/drive?day=2026-11-28&amp;from={HOME}" in page.html
    assert f"/events/event-hendon?from={HOME}" in page.html


def test_near_shows_one_day_or_kind(world: Adapters, browser: Browser) -> None:
    put(world, an_event_in(HENDON))
    put(world, an_event_in(CHELSEA, kind=Kind.LEAFLET))

    leaflets = browser.get(f"/near?from={HOME}&kind=leaflet")
    monday = browser.get(f"/near?from={HOME}&day=2026-11-30")
    nonsense = browser.get(f"/near?from={HOME}&day=soon&kind=%00")

    assert "In Hendon" not in leaflets.text
    assert "Nothing of that on Monday 30 November is within reach" in monday.text
    assert "Other days Saturday 28 November" in monday.text
    assert nonsense.status == 200
    assert "In Hendon" in nonsense.text


def test_near_a_name_that_places_share_asks_which(browser: Browser) -> None:
    page = browser.get("/near?from=Newport&day=2026-11-28")

    assert page.status == 200
    assert well_made(page)
    assert "Which Newport do you mean?" in page.text
    links = re.findall(r'href="(/near[^"]*)"', page.html)
    assert len(links) > 2
    assert all(browser.get(link.replace("&amp;", "&")).status == 200 for link in links)
    assert all(link.endswith("&amp;day=2026-11-28") for link in links)


def test_near_an_unknown_place_keeps_what_was_typed_and_helps(browser: Browser) -> None:
    page = browser.get("/near?from=Hebdn")

    assert page.status == 422
    assert well_made(page)
    assert page.fields() == {"from": "Hebdn"}
    assert "There is a problem" in page.text
    assert "Did you mean" in page.text


def test_near_the_middle_of_nowhere_is_no_dead_end(browser: Browser) -> None:
    page = browser.get("/near?from=ZE1")

    assert page.status == 200
    assert "Nothing is on within reach yet" in page.text
    for way_out in ("/start/event", "/start/drive?from=ZE1", "/constituencies"):
        assert f'href="{way_out}"' in page.html


@pytest.mark.parametrize("typed", BAD)
def test_s12_no_text_breaks_a_page(world: Adapters, browser: Browser, typed: str) -> None:
    put(world, an_event_in(HENDON))
    sent = quote(typed, safe="", errors="surrogatepass")

    for path, status in {
        f"/near?from={sent}": 422,
        f"/near?from={HOME}&day={sent}&kind={sent}": 200,
        f"/constituencies/hendon?from={sent}": 200,
        f"/events/event-hendon?from={sent}": 200,
    }.items():
        page = browser.get(path)
        assert page.status == status
        assert len(page.html) < 60_000
    for path in (f"/constituencies/x{sent}", f"/events/x{sent}"):
        assert browser.get(path).status == 404


def test_every_constituency_has_a_page(world: Adapters, browser: Browser) -> None:
    put(world, an_event_in(HENDON))
    put(world, an_event_in(HARROW))

    for seat in constituencies():
        page = browser.get(f"/constituencies/{seat.slug}")
        assert page.status == 200, seat.slug
        assert well_made(page)
        assert f"{seat.majority:,} vote" in page.text


def test_a_start_in_any_part_of_the_kingdom_has_a_page(world: Adapters, browser: Browser) -> None:
    put(world, an_event_in(HENDON))
    put(world, an_event_in(UXBRIDGE), {"free": 0})

    for outcode in list(outcodes())[::40]:
        page = browser.get(f"/near?from={outcode.label}")
        assert page.status == 200, outcode.label
        assert well_made(page)


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
    assert "115 marginals, those in most need of people first" in page.text
    assert re.search(r"Hendon Very high 15 0.04 Sat 28 Nov : In Hendon Some room", page.text)


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


def test_r17_a_page_asks_the_database_once_or_twice(world: Adapters, browser: Browser) -> None:
    put(world, an_event_in(HENDON), {"free": 0})
    put(world, an_event_in(CHELSEA))
    events = EventRow._get_connection().connection.client.meta.events
    calls: list[str] = []
    events.register("before-send.dynamodb", lambda **_: calls.append("call"), unique_id="count")

    for path in ("/", "/near?from=NW4", "/constituencies", "/constituencies/hendon"):
        calls.clear()
        browser.get(path)
        assert len(calls) == 1, path
    calls.clear()
    browser.get("/events/event-hendon?from=NW4")
    assert len(calls) == 2


def _cancelled(world: Adapters) -> list[rules.Event | rules.Session]:
    event, sessions = rules.cancel(*world.events.get("event-hendon"))
    return [event, *sessions]
