"""Do both forms of the estimate agree, and does it behave like a drive?"""

import math
import random

import pytest
from geopy.distance import great_circle  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from matching.problem import InvalidProblem
from matching.travel import arc_m, drive_s, drive_times_s, on_sphere
from matching.travel_table import drive_table

places = st.tuples(st.floats(49, 61), st.floats(-8, 2))


@given(st.lists(places, max_size=12))
def test_the_table_is_the_same_to_the_second(somewhere: list[tuple[float, float]]) -> None:
    assert drive_table(somewhere).tolist() == drive_times_s(somewhere)


def test_the_table_is_the_same_all_over_the_globe() -> None:
    chance = random.Random(1)
    globe = [(chance.uniform(-90, 90), chance.uniform(-180, 180)) for _ in range(120)]

    assert drive_table(globe).tolist() == drive_times_s(globe)


@given(places, places, places)
def test_a_way_round_is_never_shorter(
    start: tuple[float, float], by: tuple[float, float], end: tuple[float, float]
) -> None:
    assert drive_s(start, end) <= drive_s(start, by) + drive_s(by, end) + 1
    assert drive_s(start, end) == drive_s(end, start) >= 0


def test_farther_never_takes_less() -> None:
    drives = [drive_s((51.0, 0.0), (51.0 + step / 2_000, 0.0)) for step in range(8_000)]

    assert drives == sorted(drives)
    assert drives[0] == 0


@given(places, places)
def test_the_distance_is_the_great_circles(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    chord = math.dist(on_sphere(start), on_sphere(end))

    assert arc_m(chord) == pytest.approx(great_circle(start, end).m, rel=2e-6, abs=1)


@pytest.mark.parametrize(
    ("start", "end", "measured_min"),
    [
        ((51.3918, -2.3896), (51.4958, -2.5912), 33.7),  # Bath to Bristol
        ((51.3918, -2.3896), (50.9443, -2.6346), 62.7),  # Bath to Yeovil
        ((52.1751, 0.1408), (52.2328, 0.7127), 45.5),  # Cambridge to Bury St Edmunds
    ],
)
def test_known_drives_are_met_within_the_stated_error(
    start: tuple[float, float], end: tuple[float, float], measured_min: float
) -> None:
    assert drive_s(start, end) / 60 == pytest.approx(measured_min, rel=0.22)


def test_a_city_is_slower_than_the_country() -> None:
    start, end = (52.0, -1.0), (52.1, -1.0)

    assert drive_s(start, end, 0.0) < drive_s(start, end) < drive_s(start, end, 1.0)


def test_a_place_off_the_globe_is_refused() -> None:
    with pytest.raises(InvalidProblem, match="to_place"):
        drive_s((51.0, 0.0), (51.0, 181.0))
