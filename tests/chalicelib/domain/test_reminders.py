"""When reminders come: a table by hand across both changes of clock, and what always holds."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain import deadlines, reminders
from chalicelib.domain.reminders import AFTERWARDS, DAY_BEFORE, MORNING, SILENCE, TWO_DAYS
from chalicelib.domain.states import LiftState, SignUpState
from tests.builders import a_lift, a_signup

LONDON = ZoneInfo("Europe/London")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SEED = 20261128


def utc(text: str) -> datetime:
    """2026 is left out: "03-29 06:00"."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("leave_at", "two_days", "day_before", "morning"),
    [
        # A winter's and a summer's day: 9:10am in London.
        ("11-27 09:10", "11-25 09:10", "11-26 11:00", "11-27 07:10"),
        ("06-12 08:10", "06-10 08:10", "06-11 10:00", "06-12 06:10"),
        # Leaving at 8am: at seven. At 7:59: that is too near, so at 8pm the evening before.
        ("11-27 08:00", "11-25 08:00", "11-26 11:00", "11-27 07:00"),
        ("11-27 07:59", "11-25 07:59", "11-26 11:00", "11-26 20:00"),
        # In the evening: two hours before.
        ("11-27 18:30", "11-25 18:30", "11-26 11:00", "11-27 16:30"),
        # Half past midnight, in summer: of that day, whose day before is the 11th.
        ("06-11 23:30", "06-09 23:30", "06-11 10:00", "06-11 19:00"),
        # The clocks go forward on 29 March at 1am: 9:10am of the 29th is 8:10 in UTC. Two days
        # are 48 hours, so by the clock it is 8:10am on Friday. Eleven stays eleven.
        ("03-29 08:10", "03-27 08:10", "03-28 11:00", "03-29 06:10"),
        ("03-30 08:10", "03-28 08:10", "03-29 10:00", "03-30 06:10"),
        # The clocks go back on 25 October at 2am: 9:10am of the 25th is 9:10 in UTC.
        ("10-25 09:10", "10-23 09:10", "10-24 10:00", "10-25 07:10"),
        ("10-26 09:10", "10-24 09:10", "10-25 11:00", "10-26 07:10"),
        # Too early for the morning on the days of change: 8pm of the evening before.
        ("03-29 06:30", "03-27 06:30", "03-28 11:00", "03-28 20:00"),
        ("10-25 07:30", "10-23 07:30", "10-24 10:00", "10-24 19:00"),
    ],
)
def test_r13_the_moments_by_hand(
    leave_at: str, two_days: str, day_before: str, morning: str
) -> None:
    end = utc(leave_at) + 4 * HOUR

    found = reminders.moments(utc(leave_at), end, LONDON)

    assert found == {
        TWO_DAYS: utc(two_days),
        DAY_BEFORE: utc(day_before),
        MORNING: utc(morning),
        AFTERWARDS: end + HOUR,
        SILENCE: end + 24 * HOUR,
    }


def test_r13_what_holds_of_any_time_of_leaving() -> None:
    chance = random.Random(SEED)
    evenings = 0
    for _ in range(20_000):
        leave_at = utc("01-01 00:00") + chance.randrange(2 * 365 * 24 * 60) * MINUTE
        ends_at = leave_at + chance.randrange(30, 14 * 60) * MINUTE
        at = reminders.moments(leave_at, ends_at, LONDON)
        local = {name: moment.astimezone(LONDON) for name, moment in at.items()}
        there = leave_at.astimezone(LONDON)

        assert list(at.values()) == sorted(set(at.values())), leave_at
        assert at[MORNING] < leave_at
        assert (local[DAY_BEFORE].hour, local[DAY_BEFORE].minute) == (11, 0)
        assert there.date() - local[DAY_BEFORE].date() == timedelta(days=1)
        if local[MORNING].date() == there.date():
            assert local[MORNING].hour >= 7
            assert HOUR <= leave_at - at[MORNING] <= 2 * HOUR
        else:
            evenings += 1
            assert (local[MORNING].hour, there.hour < 8) == (20, True)

    assert evenings > 1_000, "the rule for those who leave early was hardly tried"


def test_whoever_joins_gets_what_is_still_to_come() -> None:
    """Twenty hours before leaving, only the morning one is."""
    lift = a_lift(state=LiftState.ACCEPTED)

    late = reminders.from_now_on(lift, LONDON, lift.leave_at - 20 * HOUR)
    early = reminders.from_now_on(lift, LONDON, lift.leave_at - 72 * HOUR)

    assert list(reminders.pending(late, LONDON)) == [MORNING]
    assert list(reminders.pending(early, LONDON)) == [TWO_DAYS, DAY_BEFORE, MORNING]
    assert deadlines.due_at(early, LONDON) == lift.leave_at - 48 * HOUR


def test_nobody_is_kept_waiting_for_an_end() -> None:
    """Even who joined after it: an older release did not know when a sign-up ends."""
    signup = a_signup()
    assert signup.session_ends_at

    late = reminders.from_now_on(signup, LONDON, signup.session_ends_at + 48 * HOUR)

    assert list(reminders.pending(late, LONDON)) == [SILENCE]


@pytest.mark.parametrize("state", [LiftState.PROPOSED, LiftState.CANCELLED])
def test_a_lift_that_is_not_agreed_reminds_nobody(state: LiftState) -> None:
    assert reminders.pending(a_lift(state=state), LONDON) == {}


@pytest.mark.parametrize("state", [one for one in SignUpState if one is not SignUpState.COMING])
def test_who_does_not_come_is_not_reminded(state: SignUpState) -> None:
    """Not even one that is completed: a lift's word for it is the same, and means another."""
    assert reminders.pending(a_signup(state=state), LONDON) == {}
    assert deadlines.due_at(a_signup(state=state), LONDON) is None


def test_a_sign_up_that_knows_no_times_is_left_to_the_run_of_its_day() -> None:
    old = replace(a_signup(), session_starts_at=None, session_ends_at=None)

    assert deadlines.due_at(old, LONDON) is None


@pytest.mark.parametrize(
    ("name", "after_its_moment", "in_time"),
    [
        (TWO_DAYS, -MINUTE, False),
        (TWO_DAYS, timedelta(), True),
        (TWO_DAYS, 4 * HOUR - MINUTE, True),
        (TWO_DAYS, 4 * HOUR, False),
        (MORNING, 2 * HOUR - MINUTE, True),
        (MORNING, 2 * HOUR, False),  # they have left
        (AFTERWARDS, 22 * HOUR, True),
        (AFTERWARDS, 23 * HOUR, False),  # the time to answer is over
    ],
)
def test_a_reminder_that_is_late_is_not_sent(
    name: str, after_its_moment: timedelta, in_time: bool
) -> None:
    lift = a_lift(state=LiftState.ACCEPTED)
    at = reminders.moments(lift.leave_at, lift.ends_at, LONDON)

    assert reminders.in_time(name, lift, LONDON, at[name] + after_its_moment) is in_time
