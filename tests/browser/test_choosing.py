"""Two riders confirm for the last place of a car at the same time: one has it, one is told kindly.

Their browsers run no scripts, and press their buttons at once from two windows of their own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

import pytest

from tests.browser import chromium
from tests.browser.person import Person, words_of

DAY = (datetime.now(ZoneInfo("Europe/London")) + timedelta(days=9)).date()

ORGANISER = "ola@example.org"
DRIVERS = {"ned@example.org": ("Ned Price", "M21 9AN"), "eve@example.org": ("Eve Long", "M33 4BT")}
RIDERS = {"zoe@example.org": ("Zoe Shah", "M32 0JT"), "max@example.org": ("Max Hall", "M21 8AU")}
FULL = "Somebody else has just taken the last place in that car"
PREFETCH = {"Purpose": "prefetch", "Sec-Purpose": "prefetch;prerender", "X-Moz": "prefetch"}


@pytest.fixture
def other(service: str) -> Iterator[Person]:
    """Somebody else, at a browser of their own without scripts."""
    with chromium.person_at(service, scripts=False) as somebody:
        yield somebody


def test_two_riders_want_the_last_place_of_a_car(person: Person, other: Person) -> None:
    event = an_event_with_two_cars(person)
    windows = dict(zip(RIDERS, (person, other), strict=True))
    for email, window in windows.items():
        asks_for_neds_car(window, event, email)
        robots_open_it(window, the_link(window, email))

    press_at_once(list(windows.values()))

    won = [email for email, window in windows.items() if window.heading == "You have a lift"]
    assert len(won) == 1, [window.text for window in windows.values()]
    winner, [loser] = won[0], [email for email in RIDERS if email not in won]
    assert "Ned drives" in windows[winner].text
    assert windows[loser].heading == "You are on the list"
    assert FULL in windows[loser].text
    assert "Requested: you do not have a lift yet" in windows[loser].text
    takes_the_next_best(windows[loser])
    replays_change_nothing(windows)


def an_event_with_two_cars(person: Person) -> str:
    """Ned has one place, and gives it at once; Eve has three, and gives them at once as well."""
    person.open("/start/event")
    person.answer(kind="canvass")
    person.answer(title="Doors and tea in Altrincham")
    person.answer(description="We knock on doors in pairs.")
    person.answer(place="wa14 1pf", address="Market House")
    person.answer(meeting_point="Under the market clock")
    person.fill(date_1_day=str(DAY.day), date_1_month=str(DAY.month), date_1_year=str(DAY.year))
    person.answer(starts_1="10:30am", ends_1="1.30pm")
    person.answer(another_2="no")
    person.answer(minimum="4", target="12", maximum="20")
    person.answer(accessibility="")
    person.answer(name="Ola Adeyemi", email=ORGANISER)
    person.press("Create this event")
    confirm(person, ORGANISER)
    person.press("look at its page")
    event = person.driver.current_url
    for (email, (name, postcode)), seats in zip(DRIVERS.items(), ("1", "3"), strict=True):
        a_driver_offers(person, event, email, name, postcode, seats)
    return event


def a_driver_offers(
    person: Person, event: str, email: str, name: str, postcode: str, seats: str
) -> None:
    person.open(event)
    person.press("I can drive")
    person.answer(place=postcode)
    [field, _] = person.driver.find_elements("name", "session")
    person.answer(session=str(field.get_attribute("value")))
    person.answer(seats_standard=seats)
    person.answer(earliest="8am")
    person.answer(detour="45")
    person.answer(back="yes")
    assert person.heading == "May people who fit join your car at once?"
    person.answer(auto="yes")
    person.answer(name=name, email=email)
    person.press("Offer these places")
    confirm(person, email)


def asks_for_neds_car(person: Person, event: str, email: str) -> None:
    name, postcode = RIDERS[email]
    person.open(event)
    assert "Lifts offered" in person.text
    assert re.search(r"Ned, near [\w ]+ \(M21\)", person.text)
    assert "1 place free. Places are given at once." in person.text
    assert not any(code in person.text for _, code in DRIVERS.values())
    [address] = [
        str(found.get_attribute("href"))
        for found in person.driver.find_elements("css selector", ".offered a")
        if "Ned’s car" in str(found.get_attribute("textContent"))
    ]
    person.open(address)
    person.answer(place=postcode)
    assert "How many of you need a lift?" in person.heading, "the session is settled"
    person.answer(needs_standard="1")
    person.answer(earliest="8am")
    person.answer(back="yes")
    person.answer(extra="45")
    person.answer(name=name, email=email)
    assert "Ned’s car from near" in person.text
    person.press("Ask for a lift")
    person.open(the_link(person, email))
    person.fill(agree="yes")


def the_link(person: Person, email: str) -> str:
    [link] = set(re.findall(r"https?://\S+/confirm/\S+", words_of(person.letter(email, "onfirm"))))
    return str(link)


def confirm(person: Person, email: str) -> None:
    person.open(the_link(person, email))
    person.fill(agree="yes")
    person.press("Confirm")


def robots_open_it(person: Person, link: str) -> None:
    """PROMISES S2: they fetch, prefetch and press buttons, and nothing comes of it."""
    form = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    before = mailbox(person)

    assert answer(link, "HEAD") in {200, 403, 404, 405}
    assert {answer(link) for _ in range(20)} == {200}
    assert answer(link, headers=PREFETCH) == 200
    for body in (b"", b"submit=1", b"car=offer-20261128-aaaaaaaaaaaa"):
        assert answer(link, "POST", form, body) == 422

    assert mailbox(person) == before
    assert "Confirm" in person.heading, "the person's own window still waits for its click"


def answer(
    link: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b""
) -> int:
    """What a robot is answered at our own loopback."""
    sent = body if method == "POST" else None
    request = Request(link, sent, dict(headers or {}), method=method)  # noqa: S310
    try:
        with urlopen(request) as answered:  # noqa: S310
            return int(answered.status)
    except HTTPError as refused:
        return refused.code


def mailbox(person: Person) -> list[str]:
    return [str(letter["Message-ID"]) for letter in person.letters("@")]


def press_at_once(windows: Sequence[Person]) -> None:
    """Each in a thread of its own, let go at the same moment."""
    ready = Barrier(len(windows))

    def press(window: Person) -> None:
        ready.wait()
        window.press("Confirm")

    with ThreadPoolExecutor(len(windows)) as pool:
        list(pool.map(press, windows))


def takes_the_next_best(person: Person) -> None:
    assert re.search(r"Eve, near [\w ]+ \(M33\)", person.text)
    assert "We match riders and drivers every evening" in person.text
    person.press("Take a place")
    assert person.heading == "You have a lift"
    assert "Eve drives" in person.text


def replays_change_nothing(windows: dict[str, Person]) -> None:
    """The same link again, by its owner and by robots: a friendly page, no letter, no change."""
    for email, window in windows.items():
        window.letter(email, "Your lift on")
    before = {email: len(window.letters(email)) for email, window in windows.items()}
    for email, window in windows.items():
        driver = "Ned" if "Ned" in words_of(window.letter(email, "Your lift on")) else "Eve"
        confirm(window, email)
        assert window.heading == "You have a lift"
        assert f"{driver} drives" in window.text
        assert answer(the_link(window, email)) == 200
        window.follow(window.letter(email, "Your lift on"), "manage")
        assert "You have a lift" in window.heading
        window.open(window.driver.current_url + "/cars")
        assert window.heading == "There is nothing to choose now"
        window.open(re.sub("[^/]+$", "x" * 43, the_link(window, email)))
        assert "does not work any more" in window.text
    assert {email: len(window.letters(email)) for email, window in windows.items()} == before
