"""What reminders say and until when their links work; and those that come too late."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Save
from chalicelib.domain.lift import Lift
from chalicelib.domain.link import Purpose
from chalicelib.domain.states import LiftState
from chalicelib.errors import Expired
from chalicelib.mime import Letter
from chalicelib.services import deadlines
from tests.builders import (
    TEN,
    Clock,
    a_lift,
    a_lift_day,
    a_session,
    a_signup,
    an_event,
    store,
)
from tests.chalicelib.services.letters.post import deliver_all, sent
from tests.chalicelib.services.matched import RIA

HOUR = timedelta(hours=1)
LEAVE, END = a_lift().leave_at, a_lift().ends_at


def reminded_at(world: Adapters, clock: Clock, before_leaving: timedelta) -> dict[str, Letter]:
    """Address -> the letter of the sweep at that time."""
    clock.at = LEAVE - before_leaving
    deadlines.pass_time(world)
    return {letter.to.partition("@")[0]: letter for letter in deliver_all(world)}


@pytest.mark.parametrize(
    ("before_leaving", "day"),
    [(48 * HOUR, "Sat 28 Nov"), (22 * HOUR, "Tomorrow"), (2 * HOUR, "Today")],
)
def test_a_subject_has_the_time_the_place_and_the_question(
    world: Adapters, clock: Clock, before_leaving: timedelta, day: str
) -> None:
    a_lift_day(world)
    store(world, a_signup())

    told = reminded_at(world, clock, before_leaving)

    assert told["dan"].subject == f"{day} 9:10am from M21 9AN: still driving?"
    assert told["ria"].subject == f"{day} 9:25am from M32 0JT: still coming?"
    if "sue" in told:  # who comes by their own means leaves later, and is reminded later
        assert told["sue"].subject == f"{day} 10am, Altrincham: still coming?"


def test_who_leaves_at_seven_reads_tomorrow_the_evening_before(
    world: Adapters, clock: Clock
) -> None:
    early = TEN - 3 * HOUR
    session = a_session(starts_at=early)
    store(world, an_event(), session, a_signup(session_starts_at=early))
    clock.at = TEN - 14 * HOUR

    deadlines.pass_time(world)
    [letter] = deliver_all(world)

    assert letter.subject == "Tomorrow 7am, Altrincham: still coming?"


def test_the_links_of_a_reminder_end_when_people_leave(world: Adapters, clock: Clock) -> None:
    a_lift_day(world)
    letter = reminded_at(world, clock, 48 * HOUR)["ria"]
    [token] = re.findall(rf"/still/{RIA}/(\S+)", letter.text)

    clock.at = LEAVE - timedelta(minutes=1)
    world.links.check(RIA, token, Purpose.STILL)
    clock.at = LEAVE
    with pytest.raises(Expired):
        world.links.check(RIA, token, Purpose.STILL)


def test_the_link_of_the_question_afterwards_ends_a_day_after(
    world: Adapters, clock: Clock
) -> None:
    a_lift_day(world)
    letter = reminded_at(world, clock, LEAVE - END - HOUR)["ria"]
    [token] = re.findall(rf"/happened/{RIA}/(\S+)", letter.text)

    clock.at = END + 24 * HOUR - timedelta(minutes=1)
    world.links.check(RIA, token, Purpose.HAPPENED)
    clock.at = END + 24 * HOUR
    with pytest.raises(Expired):
        world.links.check(RIA, token, Purpose.HAPPENED)


def test_a_reminder_that_was_held_up_for_hours_is_moot(world: Adapters, clock: Clock) -> None:
    a_lift_day(world)
    clock.at = LEAVE - 48 * HOUR
    deadlines.pass_time(world)
    rows = [row["id"] for row in world.outbox.owed("mail", older_than=-HOUR)]

    clock.forward(hours=4)
    deliver_all(world)

    assert sent(world) == []
    assert {world.outbox.state(row) for row in rows} == {"moot"}
    assert len(rows) == 3


def test_a_reminder_of_a_lift_that_was_called_off_is_moot(world: Adapters, clock: Clock) -> None:
    lift = a_lift_day(world)
    clock.at = LEAVE - 48 * HOUR
    deadlines.pass_time(world)
    ending = replace(world.bookings.get(Lift, lift.id), state=LiftState.CANCELLED)
    world.commit([Save(ending)])

    told = deliver_all(world)

    assert "dan@example.org" not in {letter.to for letter in told}


def test_a_reminder_of_a_time_that_has_moved_is_moot(world: Adapters, clock: Clock) -> None:
    """The run of the day tells them of the new time, and reminds them of that."""
    store(world, an_event(), a_session(), a_signup())
    clock.at = TEN - 48 * HOUR
    deadlines.pass_time(world)
    session = world.events.sessions([a_session().id])[a_session().id]
    world.commit([Save(replace(session, starts_at=TEN + HOUR, edition=2))])

    assert deliver_all(world) == []


def test_each_reminder_of_one_thing_is_a_letter_of_its_own(world: Adapters, clock: Clock) -> None:
    """Nothing about a rider changes between two reminders, so their version does not either."""
    a_lift_day(world)
    texts = [reminded_at(world, clock, span * HOUR)["ria"].text for span in (48, 22, 2)]

    assert len(set(texts)) == 3
    assert len([one for one in sent(world) if one.to == "ria@example.org"]) == 3
