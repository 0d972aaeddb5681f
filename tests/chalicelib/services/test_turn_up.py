"""The turn-up rate is counted by night, holds no people, and decides how much is needed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.turn_up import TurnUp
from chalicelib.services import board, problem, runs, turn_up
from chalicelib.services.ranking import rank
from chalicelib.storage.tables import BookingRow
from chalicelib.storage.turn_ups import TurnUpStore
from tests.builders import TEN, Clock, a_person, a_request, a_signup, store
from tests.chalicelib.services.boards import HENDON, an_event_in, put, seat

DAY = "2026-11-28"


def answers(world: Adapters, *came: bool) -> None:
    """Store sign-ups of ten people each who have said that."""
    store(world, *(
        a_signup(
            id=f"signup-20261128-answer{number:06}",
            person=a_person(f"P{number} Q"),
            people=10,
            came=one,
        )
        for number, one in enumerate(came)
    ))  # fmt: skip


def test_before_anybody_answered_the_configured_rate_holds(world: Adapters, clock: Clock) -> None:
    assert turn_up.campaign(world) == world.campaign

    turn_up.count(world)

    assert turn_up.campaign(world).weights.turn_up == pytest.approx(0.7)


def test_the_last_days_are_counted_and_counting_twice_is_counting_once(
    world: Adapters, clock: Clock
) -> None:
    answers(world, True, False)
    clock.at = TEN + timedelta(days=1)

    turn_up.count(world)
    turn_up.count(world)

    kept = world.turn_ups.since(date(2026, 11, 1))
    assert TurnUp(DAY, said=20, came=10) in kept
    assert len(kept) == 3
    rate = turn_up.campaign(world).weights.turn_up
    assert rate == pytest.approx((14 + 10 * 0.5 ** (1 / 28)) / (20 + 20 * 0.5 ** (1 / 28)))


def test_an_answer_that_comes_late_is_counted_still(world: Adapters, clock: Clock) -> None:
    answers(world, True)
    clock.at = TEN + timedelta(days=1)
    turn_up.count(world)
    late = a_signup(id="signup-20261128-late", people=5, came=False)
    store(world, late)

    clock.forward(days=1)
    turn_up.count(world)

    assert TurnUp(DAY, said=15, came=10) in world.turn_ups.since(date(2026, 11, 1))


def test_what_is_kept_outlives_the_bookings_and_names_nobody(world: Adapters, clock: Clock) -> None:
    answers(world, True, True)
    clock.at = TEN + timedelta(days=1)
    turn_up.count(world)
    clock.forward(days=30)
    turn_up.count(world)

    rows = list(BookingRow.query("turn-up"))

    assert TurnUp(DAY, 20, 20) in world.turn_ups.since(date(2026, 11, 1))
    assert all(row.expires_at is None for row in rows)
    whole = " ".join(f"{row.id} {row.facts}" for row in rows)
    assert not [word for word in ("signup", "example.org", "P0") if word in whole]


def test_the_rate_decides_how_much_a_session_needs_people(world: Adapters, clock: Clock) -> None:
    [session] = put(world, an_event_in(HENDON), {"target": 20, "free": 20})
    home = (seat(HENDON).lat, seat(HENDON).lon)
    [before] = rank(world, home, board.upcoming(world), within_s=5400)

    world.turn_ups.save_rate(0.2)
    clock.forward(hours=1)
    [after] = rank(world, home, board.upcoming(world), within_s=5400)

    assert session.coming == 10
    ratio = (1 - 10 * 0.2 / 20) / (1 - 10 * 0.7 / 20)
    assert after.need == pytest.approx(before.need * ratio)


def test_the_matching_weighs_by_it_too(world: Adapters) -> None:
    put(world, an_event_in(HENDON), {"target": 20, "free": 20})
    store(world, a_request(sessions=("event-hendon-1",), told={"event-hendon-1": 1}))
    today = runs.read(world, DAY)
    [before] = problem.build(world, today).sessions

    world.turn_ups.save_rate(0.2)
    [after] = problem.build(world, today).sessions

    assert after.need > before.need


def test_pages_read_the_rate_once_an_hour(world: Adapters, clock: Clock) -> None:
    read = []

    class Counted(TurnUpStore):
        def rate(self) -> float | None:
            read.append(1)
            return super().rate()

    counted = replace(world, turn_ups=Counted())
    for _ in range(7):
        turn_up.kept(counted)
        clock.forward(minutes=10)

    assert len(read) == 2


def test_a_rate_that_is_kept_is_its_own_worlds_alone(world: Adapters) -> None:
    world.turn_ups.save_rate(0.2)
    assert turn_up.kept(world).weights.turn_up == 0.2

    world.turn_ups.save_rate(0.3)

    assert turn_up.kept(replace(world)).weights.turn_up == 0.3
    assert turn_up.kept(world).weights.turn_up == 0.3, "there is one copy, of the last"
