"""The letters about a car that somebody chose: to the driver, the rider, and the others in it."""

import re
from collections.abc import Sequence
from typing import Any

import icalendar
import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName
from chalicelib.domain.link import Purpose
from chalicelib.domain.people import Person, Start
from chalicelib.domain.places import Places
from chalicelib.domain.states import RequestState
from chalicelib.errors import Expired
from chalicelib.mime import Letter
from chalicelib.services import asks, lifts, requests
from tests.builders import (
    SALE,
    Clock,
    a_person,
    a_request,
    a_session,
    an_event,
    an_offer,
    store,
)
from tests.chalicelib.services.letters.post import deliver_all, owe
from tests.chalicelib.services.letters.reading import holds

DAN, RIA = an_offer().id, a_request().id
BO = "request-20261128-bbbbbbbbbbbb"
SECRET = ["CANARY", "anary", "53.44", "-2.27", "-2.30"]


@pytest.fixture
def day(world: Adapters) -> Adapters:
    """Dan has room for three; Bo and Ria wait."""
    bo = a_request(id=BO, person=a_person("Bo Hall"), start=SALE, extra_limit_s=3600)
    ria = a_request(
        person=Person("Ria Canarysurname", "ria@example.org"),
        start=Start("M32 CANARY", "near Stretford (M32)", 53.44661, -2.30861, 100),
    )
    store(world, an_event(), a_session(), bo, ria)
    return world


def dan(*, auto: bool) -> Any:
    home = Start("M21 CANARY", "near Chorlton (M21)", 53.44261, -2.27861, 100)
    person = Person("Dan Canarysurname", "dan@example.org")
    seats = Places(standard=3)
    return an_offer(person=person, start=home, seats=seats, auto=auto, detour_limit_s=2700)


def to(letters: Sequence[Letter], name: str) -> list[Letter]:
    return [letter for letter in letters if letter.to == f"{name}@example.org"]


def flat(letter: Letter) -> str:
    return " ".join(letter.text.split())


def sequences(letters: Sequence[Letter]) -> list[int]:
    calendars = [icalendar.Calendar.from_ical(one.calendar) for one in letters if one.calendar]
    assert {one["METHOD"] for one in calendars} == {"REQUEST"}
    entries = [entry for one in calendars for entry in one.walk("VEVENT")]
    assert len({entry["UID"] for entry in entries}) == 1
    return [int(str(entry["SEQUENCE"])) for entry in entries]


def test_everyone_in_a_car_that_gives_places_at_once_is_told_and_calendars_follow(
    day: Adapters,
) -> None:
    """PROMISES section 5, 9: an update replaces, it does not duplicate."""
    store(day, dan(auto=True))
    asks.choose(day, RIA, DAN)
    first = deliver_all(day)
    asks.choose(day, BO, DAN)
    told = [*first, *deliver_all(day)]

    assert [len(to(told, name)) for name in ("dan", "bo", "ria")] == [2, 1, 2]
    joined = to(told, "dan")[-1]
    assert joined.subject.startswith("One rider more on Saturday 28 November: leave at 9:")
    assert "joined your car, as you allowed" in flat(joined)
    moved = to(told, "ria")[-1]
    assert moved.subject.startswith("New times of your lift on Saturday 28 November: be ready")
    assert "Somebody else rides with you now" in flat(moved)
    assert "gives places at once to whoever fits" in flat(to(told, "bo")[0])
    for name in ("dan", "ria"):
        assert sequences(to(told, name)) == sorted(set(sequences(to(told, name))))
    assert len(sequences(to(told, "bo"))) == 1


def test_s3_letters_about_a_chosen_car_hold_areas_and_first_names(day: Adapters) -> None:
    """A driver's home and a rider's are in their own letters alone."""
    store(day, dan(auto=True))
    asks.choose(day, BO, DAN)
    asks.choose(day, RIA, DAN)

    for letter in deliver_all(day):
        own = {"dan@example.org": {"CANARY", "anary"}, "ria@example.org": {"CANARY", "anary"}}
        secret = set(SECRET) - own.get(letter.to, set())
        other = {"dan@example.org": "M32 CANARY", "ria@example.org": "M21 CANARY"}
        assert [one for one in (*secret, other.get(letter.to, "M32")) if holds(letter, one)] == []


def test_a_driver_is_asked_by_a_letter_whose_link_lives_as_long_as_the_question(
    day: Adapters, clock: Clock
) -> None:
    store(day, dan(auto=False))
    lifts.accept(day, asks.choose(day, BO, DAN).lift_id)
    deliver_all(day)
    lift_id = asks.choose(day, RIA, DAN).lift_id

    [asked] = deliver_all(day)

    assert asked.to == "dan@example.org"
    assert re.match(r"Sat 28 Nov, leave 9:\d\dam for Altrincham: will you also take Ria\? "
                    r"Answer by Sat 21 Nov, midday", asked.subject)  # fmt: skip
    assert "Ria, near Stretford (M32): 1 person, there and back." in flat(asked)
    assert not asked.calendar
    [token] = re.findall(rf"/respond/{lift_id}/(\S+)", asked.text)
    day.links.check(lift_id, token, Purpose.RESPOND)
    clock.forward(hours=24, seconds=1)
    with pytest.raises(Expired):
        day.links.check(lift_id, token, Purpose.RESPOND)


def test_a_question_that_was_answered_is_not_sent(day: Adapters) -> None:
    store(day, dan(auto=False))
    lift_id = asks.choose(day, BO, DAN).lift_id
    lifts.accept(day, lift_id)
    deliver_all(day)
    asks.choose(day, RIA, DAN)
    asks.answer(day, lift_id, RIA, yes=False)

    told = deliver_all(day)

    [refused] = told
    assert refused.to == "ria@example.org"
    assert refused.subject.startswith("No place in the car that you chose for Saturday 28 November")
    assert "choose another car" in flat(refused).lower()
    assert re.search(rf"/manage/{RIA}/\S+/cars", refused.text)
    assert "Dan" not in refused.text


def test_a_rider_reads_whom_they_wait_for(world: Adapters) -> None:
    ria = a_request(state=RequestState.UNCONFIRMED, car=DAN)
    store(world, an_event(), a_session(), ria, dan(auto=False))
    requests.confirm(world, RIA)

    [waiting] = to(deliver_all(world), "ria")

    assert waiting.subject == (
        "Requested, waiting for Dan until Sat 21 Nov, midday: a lift on Sat 28 Nov"
    )
    assert "You do not have a lift yet" in waiting.text
    assert "/cars" not in waiting.text


def test_a_rider_whom_the_matching_brings_to_a_driver_is_not_told_whom(world: Adapters) -> None:
    ria = a_request(state=RequestState.OFFERED, lift_id="lift-20261128-aaaaaaaaaaaa")
    owe(world, LetterName.REQUEST_WAITING, ria, "", an_event(), a_session())

    [waiting] = deliver_all(world)

    assert waiting.subject == "Requested: a lift on Saturday 28 November from M32 0JT"
