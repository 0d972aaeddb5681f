"""Cells: what strangers see instead of a home."""

import random
from bisect import bisect
from math import nan

import pytest

from reference import cell
from reference.cells import CELL_POSTCODES, cells

SEED = 11


def test_every_cell_has_enough_postcodes_and_holds_its_own_point() -> None:
    every = cells()

    for each in every:
        assert each.postcodes >= CELL_POSTCODES
        assert cell(each.lat, each.lon) == each
        assert (round(each.lat, 3), round(each.lon, 3)) == (each.lat, each.lon)

    assert len(every) > 15_000


def test_a_cell_has_the_postcodes_that_it_says(all_lines: list[str]) -> None:
    """Counted over all postcodes; 90 % of a cell's lie within its radius of its point."""
    print(f"seed {SEED}")
    fields = (line.split(",") for line in all_lines)
    points = sorted({(float(lat), float(lon)) for _, lat, lon, _ in fields})
    small = [each for each in cells() if each.radius_m < 1_500 and "(BT" not in each.label]
    for each in random.Random(SEED).sample(small, 12):
        south, north = (bisect(points, (each.lat + side,)) for side in (-0.015, 0.015))
        near = [point for point in points[south:north] if abs(point[1] - each.lon) < 0.027]

        inside = sum(cell(lat, lon).number == each.number for lat, lon in near)

        assert 0.9 * each.postcodes <= inside <= each.postcodes


def test_a_cell_is_small_where_people_are_many() -> None:
    """Where postcodes are dense, it is the grid square: half a kilometre around its point."""
    assert cell(51.5010, -0.1416).radius_m < 1_000
    assert cell(53.7407, -2.0141).label == "Hebden Bridge (HX7)"
    assert cell(54.5994, -5.9284).label.startswith("Belfast (BT")


def test_off_the_map_is_an_edge_cell_and_off_the_globe_is_refused() -> None:
    assert cell(0.0, 0.0) == cell(0.0, 0.0)
    with pytest.raises(ValueError, match="not a place on the globe"):
        cell(nan, 0)
