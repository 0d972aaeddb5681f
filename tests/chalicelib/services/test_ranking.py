"""The ranking: by hand, and what must hold of any board."""

import random
from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.services import board
from chalicelib.services.ranking import Ranked, drives_s, next_best, rank
from matching.travel import drive_s
from reference import constituencies
from tests.builders import TEN, Clock
from tests.chalicelib.services.boards import (
    CHELSEA,
    HARROW,
    HENDON,
    UXBRIDGE,
    an_event_in,
    put,
    seat,
)

HOME = (seat(HENDON).lat, seat(HENDON).lon)
SUNDAY = {"starts_at": TEN + timedelta(days=1), "ends_at": TEN + timedelta(days=1, hours=3)}


def ranked(world: Adapters) -> list[Ranked]:
    """Everything within reach of home, best first."""
    return rank(world, HOME, board.upcoming(world), within_s=world.campaign.max_direct_s)


def test_the_worth_of_a_session_by_hand(world: Adapters) -> None:
    put(world, an_event_in(CHELSEA), {"target": 20, "free": 20})

    [one] = ranked(world)

    chelsea = seat(CHELSEA)
    closeness = 0.75 + 0.25 * (1 - 100 * 152 / chelsea.valid_votes / 5)
    assert one.drive_s == 1682
    assert one.need == pytest.approx(closeness * (1 - 0.7 * 10 / 20))
    assert one.worth == pytest.approx(one.need**2 * 3600 / (3600 + 1682))


def test_need_0_never_comes_before_need(world: Adapters) -> None:
    put(world, an_event_in(HARROW))
    put(world, an_event_in(UXBRIDGE))

    found = ranked(world)

    assert [one.need > 0 for one in found] == [True, False]
    assert found[1].drive_s < found[0].drive_s


def test_who_is_nearer_and_needier_comes_first(world: Adapters) -> None:
    draw = random.Random(7)
    for number, one in enumerate(draw.sample(constituencies(), 120)):
        free = draw.randint(0, 30)
        put(world, an_event_in(one.slug, id=f"event-{number}"), {"free": free})

    found = ranked(world)

    assert len(found) > 10
    for at, better in enumerate(found):
        for worse in found[at + 1 :]:
            assert not (worse.need > better.need and worse.drive_s < better.drive_s)
            assert better.need > 0 or worse.need == 0


def test_instead_of_a_full_session_comes_the_best_when_its_day_has_none(world: Adapters) -> None:
    [full] = put(world, an_event_in(HENDON), {"free": 0})
    put(world, an_event_in(CHELSEA), SUNDAY)

    other = next_best(full, ranked(world), world.campaign.zone)

    assert other is not None
    assert other.event_id == "event-chelsea-and-fulham"
    assert next_best(other, [], world.campaign.zone) is None


def test_what_cannot_be_reached_in_time_is_not_suggested(world: Adapters, clock: Clock) -> None:
    put(world, an_event_in(CHELSEA))

    clock.at = TEN - timedelta(seconds=1682)
    in_time = ranked(world)
    clock.forward(seconds=1)

    assert len(in_time) == 1
    assert ranked(world) == []


def test_the_rough_look_never_loses_a_venue_that_is_within_reach() -> None:
    points = {(seat.lat, seat.lon) for seat in constituencies()}
    for start in (HOME, (60.15, -1.14), (49.92, -6.29), (54.6, -5.9)):
        for within_s in (600, 5_400, 40_000):
            exact = {one: s for one in points if (s := drive_s(start, one)) <= within_s}
            assert drives_s(start, points, within_s) == exact
