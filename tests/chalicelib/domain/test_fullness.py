"""Full means full: counts by hand, by brute force, and by days drawn from a printed seed."""

import random
from collections.abc import Iterator
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.fullness import (
    CAR_LOAD,
    RISK,
    overflow_bound,
    overflow_chance,
    places,
)

rooms = st.integers(0, 60)
rates = st.floats(0, 1)
parties = st.integers(1, 6)


def divided(people: int, largest: int) -> Iterator[tuple[int, ...]]:
    """All ways to make parties of up to *largest* out of *people*."""
    if not people:
        yield ()
    for size in range(min(people, largest), 0, -1):
        yield from ((size, *rest) for rest in divided(people - size, size))


def test_two_who_come_by_a_coin_fill_one_place_too_often() -> None:
    assert overflow_bound(2, 1, 0.5, 1) == pytest.approx(0.25)
    assert places(1, 0.5, risk=0.25, largest_party=1) == 2
    assert places(1, 0.5, risk=0.24, largest_party=1) == 1


@pytest.mark.parametrize("room", [5, 10, 20, 30, 80])
def test_where_people_come_one_by_one_it_is_the_exact_most(room: int) -> None:
    def too_many(people: int) -> float:
        return sum(
            comb(people, come) * 0.7**come * 0.3 ** (people - come)
            for come in range(room + 1, people + 1)
        )

    found = places(room, 0.7, largest_party=1)

    assert too_many(found) <= RISK < too_many(found + 1)


def test_known_parties_are_counted_exactly() -> None:
    # Of a party of three and two single people, more than three come if the party does and
    # either of the two: 0.5 * 0.75.
    assert overflow_chance([3, 1, 1], 3, 0.5) == pytest.approx(0.375)
    assert overflow_chance([3, 1, 1], 5, 0.5) == 0
    assert overflow_chance([], 0, 0.5) == 0


@pytest.mark.parametrize("largest", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("room", [4, 9, 14])
def test_no_parties_whatever_exceed_the_bound(room: int, largest: int) -> None:
    for people in range(room, room + 6):
        bound = overflow_bound(people, room, 0.7, largest)

        assert all(
            overflow_chance(each, room, 0.7) <= bound + 1e-12 for each in divided(people, largest)
        )


def test_a_car_whose_people_depend_on_its_driver_does_not_exceed_it() -> None:
    """Of a car's riders each comes by a coin of their own, but none without the driver."""
    room, cars, size = 20, 6, 4
    dice = random.Random(1)
    days, over = 4_000, 0
    for _ in range(days):
        come = 0
        for _ in range(cars):
            riders = sum(dice.random() < 0.9 for _ in range(size - 1))
            come += (1 + riders) * (dice.random() < 0.75)
        over += come > room

    assert over / days <= overflow_bound(cars * size, room, 0.75, size)


@pytest.mark.parametrize("largest", [1, 2, CAR_LOAD])
def test_days_drawn_at_the_assumed_rate_keep_the_promise(largest: int) -> None:
    seed, days, room = 7, 2_000, 50
    print("seed", seed)
    dice = random.Random(seed)
    booked = places(room, 0.7, largest_party=largest)
    sizes = [largest] * (booked // largest) + [1] * (booked % largest)

    over = sum(sum(size for size in sizes if dice.random() < 0.7) > room for _ in range(days))

    assert booked > room
    assert over / days <= RISK + 0.015  # three standard errors


@given(rooms, rates, parties)
def test_never_fewer_than_there_is_room_and_never_over_twice(
    room: int, rate: float, largest: int
) -> None:
    assert room <= places(room, rate, largest_party=largest) <= 2 * room


@given(rooms, rates, rates, parties)
def test_the_more_turn_up_the_fewer_places(
    room: int, one: float, other: float, largest: int
) -> None:
    less, more = sorted((one, other))

    assert places(room, more, largest_party=largest) <= places(room, less, largest_party=largest)


@given(rooms, rates, parties)
def test_more_room_never_means_fewer_places(room: int, rate: float, largest: int) -> None:
    more = places(room + 1, rate, largest_party=largest)

    assert more >= places(room, rate, largest_party=largest)


@given(rooms, rates, parties, st.floats(0, 1))
def test_more_risk_never_means_fewer_places(
    room: int, rate: float, largest: int, risk: float
) -> None:
    least = places(room, rate, min(risk, RISK), largest_party=largest)

    assert least <= places(room, rate, max(risk, RISK), largest_party=largest)


@pytest.mark.parametrize("rate", [1.0, 1.5])
def test_where_all_turn_up_there_is_a_place_for_each_and_no_more(rate: float) -> None:
    assert places(30, rate) == 30


def test_a_session_of_thousands_is_counted_too() -> None:
    assert 2_700 < places(2_000, 0.7) < places(2_000, 0.7, largest_party=1) < 2_857


def test_no_room_is_no_place() -> None:
    assert places(0, 0.7) == places(-3, 0.7) == 0
