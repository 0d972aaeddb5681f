"""Asking, offering and changing by the services themselves: once, whole, and within reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.offer import Offer
from chalicelib.domain.places import Places
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.errors import Conflict, Invalid
from chalicelib.services import event_changes, events, offers, requests, signups
from tests.builders import (
    ALTRINCHAM,
    SALE,
    SATURDAY_WEEK,
    STRETFORD,
    TEN,
    Clock,
    a_lift_day,
    a_person,
    a_request,
    a_session,
    a_signup,
    an_event,
    an_offer,
    owed,
    store,
)

DRAFT = "d" * 43


def ask(world: Adapters, **given: Any) -> Request:
    answers: dict[str, Any] = {
        "person": a_person(),
        "start": STRETFORD,
        "needs": Places(standard=1),
        "day": SATURDAY_WEEK,
        "earliest_at": TEN - timedelta(hours=2),
        "extra_limit_s": 1200,
        "sessions": (a_session().id,),
        "both_ways": True,
    }
    return requests.ask(world, DRAFT, **(answers | given))


def propose(world: Adapters, **given: Any) -> object:
    answers: dict[str, Any] = {
        "kind": an_event().kind,
        "title": "Doors and cake",
        "description": "",
        "organiser": a_person(),
        "venue": ALTRINCHAM,
        "meeting_point": "Here",
        "accessibility": "",
        "times": ((TEN, TEN + timedelta(hours=2)),),
        "minimum": 1,
        "target": 5,
        "maximum": 9,
    }
    return events.propose(world, DRAFT, **(answers | given))


@pytest.fixture
def open_day(world: Adapters) -> Adapters:
    """A world with one event that is public."""
    store(world, an_event(), a_session())
    return world


def test_r5_the_same_form_again_makes_one_thing(open_day: Adapters, clock: Clock) -> None:
    first = ask(open_day)
    clock.forward(minutes=5)
    again = ask(open_day)

    assert again == first
    assert owed(open_day) == [("confirm_address", first.id, "")]


def test_r5_the_same_form_with_other_answers_is_refused(open_day: Adapters) -> None:
    first = ask(open_day)

    for other in (
        {"needs": Places(standard=2)},
        {"both_ways": False},
        {"extra_limit_s": 600},
        {"person": a_person("Eve Stone")},
    ):
        with pytest.raises(Conflict, match="sent already, with other answers"):
            ask(open_day, **other)

    assert open_day.bookings.get(Request, first.id).needs == Places(standard=1)


def test_r5_after_it_was_confirmed_the_form_still_makes_nothing_new(open_day: Adapters) -> None:
    first = ask(open_day)
    requests.confirm(open_day, first.id)

    again = ask(open_day)

    assert again.state == "waiting"
    assert len(owed(open_day)) == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"day": date(2026, 11, 19)}, "day"),
        ({"day": date(2028, 1, 1)}, "day"),
        ({"earliest_at": TEN + timedelta(days=1)}, "earliest"),
        ({"earliest_at": TEN - timedelta(days=2)}, "earliest"),
        ({"earliest_at": TEN}, "earliest"),
    ],
)
def test_wishes_that_cannot_be_meant_are_refused(
    open_day: Adapters, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        ask(open_day, **given)

    assert field in refusal.value.fields


def test_sessions_that_are_not_open_are_refused(open_day: Adapters, clock: Clock) -> None:
    with pytest.raises(Conflict, match="not open"):
        ask(open_day, sessions=("event-nothinghere-1",))
    with pytest.raises(Conflict, match="another day"):
        ask(open_day, day=date(2026, 11, 29), earliest_at=TEN + timedelta(hours=20))
    events.cancel(open_day, an_event().id)
    with pytest.raises(Conflict, match="not open"):
        ask(open_day)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"times": ((TEN - timedelta(days=30), TEN - timedelta(days=29)),)}, "date"),
        ({"times": ((TEN + timedelta(days=400), TEN + timedelta(days=401)),)}, "date"),
        ({"times": ((TEN, TEN),)}, "ends"),
        ({"times": ((TEN, TEN + timedelta(hours=15)),)}, "ends"),
    ],
)
def test_times_that_cannot_be_meant_are_refused(
    world: Adapters, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        propose(world, **given)

    assert field in refusal.value.fields


def test_an_event_has_a_number_of_sessions_that_one_commit_can_hold(world: Adapters) -> None:
    hours = [TEN + timedelta(hours=number) for number in range(13)]
    with pytest.raises(Invalid):
        propose(world, times=tuple((at, at + timedelta(hours=1)) for at in hours))
    with pytest.raises(Invalid):
        propose(world, times=())
    with pytest.raises(Invalid):
        propose(world, minimum=6)


def test_a_campaign_day_is_the_local_one(open_day: Adapters) -> None:
    """R13: a lift at 23:30 in July is of that day, though UTC has not changed yet."""
    summer = datetime(2027, 7, 3, 23, 30, tzinfo=UTC)
    late = a_session(an_event(), 2, starts_at=summer, ends_at=summer + timedelta(hours=1))
    store(open_day, late)

    asked = ask(
        open_day,
        sessions=(late.id,),
        day=date(2027, 7, 4),
        earliest_at=summer - timedelta(minutes=20),
    )

    assert asked.id.startswith("request-20270704-")


def test_a_signup_takes_its_places_once_and_gives_them_back(open_day: Adapters) -> None:
    signup = signups.ask(open_day, DRAFT, person=a_person(), session_id=a_session().id, people=3)
    assert free(open_day) == 30

    signups.confirm(open_day, signup.id)
    signups.confirm(open_day, signup.id)
    assert free(open_day) == 27
    coming = open_day.bookings.get(SignUp, signup.id)
    signups.change(open_day, coming, people=5)
    assert free(open_day) == 25
    with pytest.raises(Conflict, match="changed since"):
        signups.change(open_day, coming, people=4)
    signups.cancel(open_day, signup.id)
    signups.cancel(open_day, signup.id)

    assert free(open_day) == 30


def test_r4_one_sign_up_a_person_and_session(open_day: Adapters) -> None:
    first = signups.ask(open_day, DRAFT, person=a_person(), session_id=a_session().id, people=1)
    second = signups.ask(open_day, "e" * 43, person=a_person(), session_id=a_session().id, people=1)
    signups.confirm(open_day, first.id)

    with pytest.raises(Conflict):
        signups.confirm(open_day, second.id)
    signups.cancel(open_day, first.id)
    signups.confirm(open_day, second.id)

    assert free(open_day) == 29


def test_people_are_whole_and_few(open_day: Adapters) -> None:
    store(open_day, a_signup())
    coming = open_day.bookings.get(SignUp, a_signup().id)
    for people in (0, -1, 21):
        with pytest.raises(Invalid):
            signups.change(open_day, coming, people=people)


def test_a_waiting_request_can_be_changed_and_one_in_a_lift_cannot(world: Adapters) -> None:
    lift = a_lift_day(world)
    waiting = a_request(id="request-20261128-cccccccccccc", person=a_person("Cy Dunn"))
    store(world, waiting)
    answers = requests.Answers(SALE, Places(standard=2), waiting.earliest_at, 600, both_ways=False)

    changed = requests.change(world, world.bookings.get(Request, waiting.id), answers)

    assert (changed.start, changed.needs, changed.both_ways) == (SALE, Places(standard=2), False)
    assert ("changed", waiting.id, "details") in owed(world)
    held = world.bookings.get(Request, lift.places[0].request_id)
    with pytest.raises(Conflict, match="A place in a lift is held"):
        requests.change(world, held, answers)
    with pytest.raises(Invalid):
        requests.change(world, changed, replace(answers, earliest_at=TEN))


def test_an_open_offer_can_be_changed_and_one_in_a_lift_cannot(world: Adapters) -> None:
    a_lift_day(world)
    free_one = an_offer(id="offer-20261128-cccccccccccc", person=a_person("Cy Dunn"))
    store(world, free_one)
    answers = offers.Answers(SALE, Places(standard=1), free_one.earliest_at, 600, both_ways=False)

    changed = offers.change(world, world.bookings.get(Offer, free_one.id), answers)

    assert (changed.start, changed.detour_limit_s) == (SALE, 600)
    with pytest.raises(Conflict, match="A lift is planned"):
        offers.change(world, world.bookings.get(Offer, an_offer().id), answers)
    with pytest.raises(Invalid):
        replace(free_one, seats=Places())


def test_an_event_is_changed_only_as_it_was_seen(world: Adapters) -> None:
    store(world, an_event(), a_session())
    words = event_changes.Words("Another title", "", "Here", "")
    event_changes.change(world, an_event().id, 1, words)

    with pytest.raises(Conflict, match="changed since"):
        event_changes.change(world, an_event().id, 1, words)
    event_changes.relocate(world, an_event().id, 2, replace(ALTRINCHAM, label="WA14 1PX"))
    with pytest.raises(Invalid, match="stays on its day"):
        event_changes.move(
            world, a_session().id, 3, TEN + timedelta(days=1), TEN + timedelta(days=1, hours=1)
        )

    event, [session] = world.events.get(an_event().id)
    assert (event.title, event.venue.label) == ("Another title", "WA14 1PX")
    assert (session.title, session.venue.label, session.edition) == ("Another title", "WA14 1PX", 3)


def test_a_session_is_never_made_smaller_than_who_is_coming(world: Adapters) -> None:
    store(world, an_event(), a_session(free=18))

    with pytest.raises(Invalid, match="12 people are coming"):
        event_changes.resize(world, an_event().id, 1, event_changes.Size(1, 5, 11))
    event_changes.resize(world, an_event().id, 1, event_changes.Size(1, 5, 12))

    assert free(world) == 0


def free(world: Adapters) -> int:
    return world.events.sessions([a_session().id])[a_session().id].free
