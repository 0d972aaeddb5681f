"""Does the grid find the same points as looking at all of them?"""

import random

import pytest

from matching.grid import apart_km, grid_of, near, nearest
from matching.travel import EARTH_M, arc_m, on_sphere
from matching.values import Place


def _scattered(seed: int, count: int) -> list[Place]:
    chance = random.Random(seed)
    return [(chance.uniform(50, 60), chance.uniform(-7, 2)) for _ in range(count)]


@pytest.mark.parametrize("seed", range(5))
def test_nothing_near_is_missed(seed: int) -> None:
    middle, *points = _scattered(seed, 500)

    found = sorted(near(grid_of(points), middle, 90))

    away = sorted((apart_km(middle, point), number) for number, point in enumerate(points))
    assert found == [each for each in away if each[0] <= 90]
    assert nearest(grid_of(points), middle, 7) == away[:7]


def test_all_there_are_is_enough() -> None:
    points = _scattered(1, 3)

    assert len(nearest(grid_of(points), (49.9, -6.3), 5)) == 3
    assert nearest(grid_of([]), (49.9, -6.3), 5) == []


def test_a_distance_is_right_to_a_hundredth() -> None:
    one, other = (52.0, -1.0), (52.5, 0.0)

    chord = sum((a - b) ** 2 for a, b in zip(on_sphere(one), on_sphere(other), strict=True)) ** 0.5

    assert apart_km(one, other) == pytest.approx(arc_m(chord) / 1000, rel=0.01)
    assert pytest.approx(111.2, abs=0.01) == EARTH_M * 3.14159265 / 180_000
