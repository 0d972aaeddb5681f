"""The nearest known town, held against looking at every town."""

import random
from math import inf, nan

import pytest

from reference import distance_m, nearest_town, sectors, towns
from reference.nearby import KNOWN_PEOPLE, KNOWN_WITHIN_M

SEED = 7


def test_it_is_the_one_a_full_search_finds() -> None:
    print(f"seed {SEED}")
    every = list(towns.every())
    for sector in random.Random(SEED).sample(sectors(), 60):
        away = {
            town: distance_m(sector.lat, sector.lon, town.lat, town.lon)
            for town in every
            if abs(town.lat - sector.lat) < 1
        }
        known = [town for town in away if town.people >= KNOWN_PEOPLE]
        near = min(known or away, key=lambda town: away[town])
        if away[near] > KNOWN_WITHIN_M:
            near = min(away, key=lambda town: away[town])

        named = nearest_town(sector.lat, sector.lon)

        least = min(away[town] for town in away if town.name == named)
        assert least <= away[near] * 1.002, (sector.code, named, near.name)


def test_a_town_people_know_is_named_rather_than_a_nearer_village() -> None:
    assert nearest_town(53.7400, -2.0100) == "Hebden Bridge"
    assert nearest_town(51.5080, -0.1280) == "London"


@pytest.mark.parametrize(("lat", "lon"), [(48.85, 2.35), (-90, 180), (90, -180), (0, 0)])
def test_off_the_map_some_town_is_the_nearest(lat: float, lon: float) -> None:
    assert nearest_town(lat, lon)


@pytest.mark.parametrize(("lat", "lon"), [(nan, 0), (0, inf), (91, 0), (0, 181)])
def test_what_is_not_on_the_globe_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="not a place on the globe"):
        nearest_town(lat, lon)


def test_a_distance_is_the_great_circles() -> None:
    """London to Halifax; the ellipsoid's geodesic is 275,324 m."""
    assert distance_m(51.5, -0.14, 53.7, -2.0) == pytest.approx(274_974, abs=1)
    assert distance_m(51.5, -0.14, 51.5, -0.14) == 0
