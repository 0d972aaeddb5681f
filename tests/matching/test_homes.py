"""Do the people of made-up days live, and have cars, where people do?"""

from itertools import compress
from statistics import mean, median

import pytest

from matching.generate import generate
from matching.grid import apart_km
from matching.problem import Problem
from matching.travel import drive_s
from tests.matching.lands import LAND, area_at, homes, seat_at


def test_homes_are_where_people_live(everywhere: Problem) -> None:
    away_km = [area_at(home)[0] for home in homes(everywhere)]

    assert median(away_km) < 0.4
    assert max(away_km) < 5


def test_as_many_live_in_cities_as_do(everywhere: Problem) -> None:
    crowded = [density > 2500 for density in LAND.per_km2]
    really = sum(compress(LAND.residents, crowded)) / sum(LAND.residents)

    drawn = mean(crowded[area_at(home)[1]] for home in homes(everywhere))

    assert 0.35 < really < 0.45
    assert drawn == pytest.approx(really, abs=0.05)


def test_drivers_are_where_cars_are(everywhere: Problem) -> None:
    drive = {driver.home for driver in everywhere.drivers}
    first = len(everywhere.sessions)

    drives: dict[bool, list[bool]] = {True: [], False: []}
    for number, home in enumerate(homes(everywhere), first):
        cars = seat_at(home).cars
        if cars < 0.6 or cars > 0.85:
            drives[cars > 0.85].append(number in drive)

    assert mean(drives[False]) < 0.24
    assert mean(drives[True]) > 0.32


@pytest.mark.parametrize("seed", range(1, 7))
def test_the_people_of_one_event_live_around_it(seed: int) -> None:
    problem = generate(1000, seed, sessions=1)
    venue, *around = problem.places

    away_km = sorted(apart_km(venue, home) for home in around)

    assert 5 < median(away_km) < 22
    assert away_km[900] > 15
    assert away_km[-1] < 50
    assert 10 * 60 < median(drive_s(venue, home) for home in around) < 45 * 60


def test_half_of_an_events_people_live_within_twelve_kilometres() -> None:
    """Over many events; one in a city draws from nearer, one in the country from further."""
    away_km: list[float] = []
    for seed in range(120):
        venue, *around = generate(50, seed, sessions=1).places
        away_km += (apart_km(venue, home) for home in around)

    assert 11 < median(away_km) < 14
    assert 0.02 < mean(km > 35 for km in away_km) < 0.12
