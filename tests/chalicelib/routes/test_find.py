"""The pages that people see first: right for good input, kind for any other."""

import re
from urllib.parse import quote

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.event import Kind
from chalicelib.storage.tables import EventRow
from reference.areas import outcodes
from tests.browse import Browser
from tests.chalicelib.routes.made import well_made
from tests.chalicelib.services.boards import CHELSEA, HENDON, UXBRIDGE, an_event_in, put

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
    assert "Which “Newport” do you mean?" in page.text
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


def test_a_start_in_any_part_of_the_kingdom_has_a_page(world: Adapters, browser: Browser) -> None:
    put(world, an_event_in(HENDON))
    put(world, an_event_in(UXBRIDGE), {"free": 0})

    for outcode in list(outcodes())[::40]:
        page = browser.get(f"/near?from={outcode.label}")
        assert page.status == 200, outcode.label
        assert well_made(page)


def test_r17_a_page_asks_the_database_once_or_twice(world: Adapters, browser: Browser) -> None:
    put(world, an_event_in(HENDON), {"free": 0})
    put(world, an_event_in(CHELSEA))
    events = EventRow._get_connection().connection.client.meta.events
    calls: list[str] = []
    events.register("before-send.dynamodb", lambda **_: calls.append("call"), unique_id="count")

    browser.get("/")  # reads the turn-up rate, which a process keeps for an hour
    for path in ("/", "/near?from=NW4", "/constituencies", "/constituencies/hendon"):
        calls.clear()
        browser.get(path)
        assert len(calls) == 1, path
    calls.clear()
    browser.get("/events/event-hendon?from=NW4")
    assert len(calls) == 2
