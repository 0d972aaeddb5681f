"""Do both forms of the estimate agree, and does it behave like a drive?"""

import math
import random

import numpy as np
import pytest
from geopy.distance import great_circle  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from matching.problem import InvalidProblem
from matching.travel import LINES, S_PER_M, arc_m, drive_s, drive_times_s, on_sphere
from matching.travel_table import drive_table

places = st.tuples(st.floats(49, 61), st.floats(-8, 2))
around_london = st.tuples(st.floats(51.2, 51.8), st.floats(-0.7, 0.5))
somewhere = places | around_london
LONDON, COUNTRY = (51.52, -0.1), (52.2, -3.6)


@given(st.lists(somewhere, max_size=12))
def test_the_table_is_the_same_to_the_second(somewhere: list[tuple[float, float]]) -> None:
    assert drive_table(somewhere).tolist() == drive_times_s(somewhere)


def test_the_table_is_the_same_all_over_the_globe() -> None:
    chance = random.Random(1)
    globe = [(chance.uniform(-90, 90), chance.uniform(-180, 180)) for _ in range(120)]

    assert drive_table(globe).tolist() == drive_times_s(globe)


@given(somewhere, somewhere, somewhere)
def test_a_way_round_is_never_shorter(
    start: tuple[float, float], by: tuple[float, float], end: tuple[float, float]
) -> None:
    assert drive_s(start, end) <= drive_s(start, by) + drive_s(by, end) + 1
    assert drive_s(start, end) == drive_s(end, start) >= 0
    assert drive_s(start, start) == 0


def test_no_way_round_by_many_places_is_shorter() -> None:
    """The solver prunes with the table less a second, which must hold from anywhere to anywhere."""
    chance = random.Random(2)
    spread = [(0.01, 0.02), (0.1, 0.15), (1.0, 1.5), (5.0, 6.0)]
    many = [
        (chance.gauss(lat, south), chance.gauss(lon, west))
        for lat, lon in (LONDON, COUNTRY, (55.86, -4.25), (54.6, -5.9), (51.0, 1.8))
        for south, west in spread
        for _ in range(15)
    ]

    table = drive_table(many)

    least = table.copy()
    for by in range(len(least)):
        np.minimum(least, least[:, by, None] + least[None, by], out=least)
    assert (least >= table - 1).all()


def test_farther_never_takes_less() -> None:
    """From the South Downs through London to the Wash, though it is slow to end in London."""
    drives = [drive_s((51.0, 0.0), (51.0 + step / 2_000, 0.0)) for step in range(8_000)]

    assert drives == sorted(drives)
    assert drives[0] == 0
    assert list(S_PER_M) == sorted(S_PER_M, reverse=True)


@given(places, places)
def test_the_distance_is_the_great_circles(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    chord = math.dist(on_sphere(start), on_sphere(end))

    assert arc_m(chord) == pytest.approx(great_circle(start, end).m, rel=2e-6, abs=1)


def test_open_country_is_driven_at_the_stated_speeds() -> None:
    """Amid the Cairngorms nobody lives: there is nothing but the line."""
    start = (57.10, -3.60)
    metres = arc_m(math.dist(on_sphere(start), on_sphere((57.11, -3.60))))

    assert drive_s(start, (57.11, -3.60)) == math.ceil(0.198 * metres)
    assert [round(3.6 / slope) for _, slope in LINES] == [18, 41, 58, 73, 86]


@pytest.mark.parametrize(
    ("start", "end", "predicted_min"),
    [
        ((51.5247, -0.1349), (51.5178, -0.0594), 26),  # Euston Road to Whitechapel
        ((51.4675, -0.1174), (51.4681, -0.0938), 5),  # Brixton to Camberwell
        ((51.3918, -2.3896), (51.4958, -2.5912), 35),  # Bath to Bristol
        ((52.4895, -1.9125), (52.5233, -1.9972), 16),  # Birmingham to West Bromwich
        ((51.3790, -0.5282), (51.3256, -0.2727), 24),  # Chertsey to Epsom
        ((51.1475, 0.8910), (51.2662, 1.0870), 30),  # Ashford to Canterbury
        ((50.7166, -3.5066), (51.0117, -3.1200), 40),  # Exeter to Taunton
    ],
)
def test_drives_that_are_known_are_met_roughly(
    start: tuple[float, float], end: tuple[float, float], predicted_min: float
) -> None:
    assert drive_s(start, end) / 60 == pytest.approx(predicted_min, rel=0.4)


@pytest.mark.parametrize(("north", "more"), [(0.01, 1.27), (0.03, 1.37), (1.0, 1.05)])
def test_a_city_is_slower_than_the_country(north: float, more: float) -> None:
    city, country = (drive_s(place, (place[0] + north, place[1])) for place in (LONDON, COUNTRY))

    assert city / country == pytest.approx(more, abs=0.02)


def test_a_place_off_the_globe_is_refused() -> None:
    with pytest.raises(InvalidProblem, match="to_place"):
        drive_s((51.0, 0.0), (51.0, 181.0))
