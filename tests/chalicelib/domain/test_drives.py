"""What is asked of a road service: every unknown drive between near places, once."""

import math
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import drives as rules
from chalicelib.domain.drives import NO_WAY, UNKNOWN, Point, Seconds, Tile
from reference import distance_m
from tests.chalicelib.roads.standin import truth_s

degrees = st.tuples(st.floats(49.8, 60.9), st.floats(-8.2, 1.8))
close_by = st.tuples(st.floats(53.3, 53.6), st.floats(-2.5, -2.0))


def points_of(places: st.SearchStrategy[tuple[float, float]]) -> st.SearchStrategy[list[Point]]:
    rounded = places.map(lambda place: rules.rounded(*place))
    return st.lists(rounded, max_size=12, unique=True)


def answer(points: list[Point], known: Seconds, tile: Tile) -> None:
    for row in tile.rows:
        for column in tile.columns:
            known[row][column] = truth_s(points[row], points[column])


@given(points_of(close_by), st.integers(1, 15))
def test_any_number_of_questions_makes_the_table_of_one(points: list[Point], side: int) -> None:
    known = rules.nothing(len(points))

    for tile in rules.tiles(points, known, side):
        assert max(len(tile.rows), len(tile.columns)) <= side
        answer(points, known, tile)

    for row, start in enumerate(points):
        for column, end in enumerate(points):
            if row != column:
                assert known[row][column] == truth_s(start, end)


@given(points_of(close_by | degrees), st.integers(1, 5), st.randoms(use_true_random=False))
def test_what_is_known_is_not_asked_and_nothing_twice(
    points: list[Point], side: int, chance: Random
) -> None:
    known = [[chance.choice([UNKNOWN, NO_WAY, 0, 600]) for _ in points] for _ in points]

    asked = Counter(
        (row, column)
        for tile in rules.tiles(points, known, side)
        for row in tile.rows
        for column in tile.columns
    )

    assert set(asked.values()) <= {1}
    assert all(known[row][column] == UNKNOWN for row, column in asked)
    near, far = rules.unknown(points, known)
    assert sum(row != column for row, column in asked) == near
    assert near + far == rules.count(known, UNKNOWN)


@given(points_of(degrees))
def test_no_question_is_wider_than_services_take(points: list[Point]) -> None:
    for tile in rules.tiles(points, rules.nothing(len(points)), 50):
        within = [points[index] for index in {*tile.rows, *tile.columns}]
        for start in within:
            for end in within:
                assert distance_m(*start, *end) < 380_000


@given(degrees, degrees)
def test_everybody_within_80_km_is_near(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    """110 km in England; the further north, the closer its meridians."""
    points = [rules.rounded(*start), rules.rounded(*end)]
    near, _ = rules.unknown(points, rules.nothing(2))

    assert near == 2 or distance_m(*start, *end) > 80_000 or points[0] == points[1]


def test_of_a_known_day_only_new_people_are_asked_about() -> None:
    points = [(53.4 + step / 100, -2.3) for step in range(20)]
    known = [[600] * 20 for _ in points]
    for other in range(20):
        known[7][other] = known[other][7] = UNKNOWN

    tiles = list(rules.tiles(points, known, 50))

    others = tuple(index for index in range(20) if index != 7)
    assert tiles == [Tile(others, (7,)), Tile((7,), tuple(range(20)))]


@pytest.mark.parametrize(
    ("end", "seconds", "believed"),
    [
        ((53.4, -2.0), 0, True),  # next door, from the same road
        ((53.408, -2.0), 0, True),
        ((53.42, -2.0), 0, False),  # taken to one and the same road, far off
        ((53.6, -2.0), 700, True),  # 22 km in 12 minutes
        ((53.6, -2.0), 7, False),  # minutes instead of seconds
        ((53.6, -2.0), 80_000, True),  # slow is believed: there may be a ferry
    ],
)
def test_what_no_car_can_do_is_not_believed(end: Point, seconds: int, believed: bool) -> None:
    assert rules.believable((53.4, -2.0), end, seconds) is believed
    assert rules.believable(end, (53.4, -2.0), seconds) is believed


@given(degrees, degrees)
def test_what_is_flat_is_nearly_right(start: tuple[float, float], end: tuple[float, float]) -> None:
    """Twice as slow as the fastest is always believed, four times as fast never."""
    away_m = distance_m(*start, *end)

    if away_m < 200_000:
        assert rules.believable(start, end, math.ceil(away_m / 20))
        if away_m > 5_000:
            assert not rules.believable(start, end, int(away_m / 160))


def test_places_are_rounded_to_ten_metres_and_one_zero() -> None:
    assert rules.rounded(53.44264999, -0.00001) == (53.4426, 0.0)
    assert str(rules.rounded(0, -0.00001)) == "(0.0, 0.0)"
