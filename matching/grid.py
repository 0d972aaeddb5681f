"""Points in squares, so that those near a place are found without looking at them all.

Flat: a distance is right to 1 % up to 100 km, which is enough for made-up days and nothing
else. Whatever is given is in one order, the same everywhere.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matching.values import Place

KM_A_DEGREE = 111.2  # of latitude
SQUARE = 0.1  # degrees: the small places of a town, or a few of the country
FIRST_KM = 5.0  # how far the nearest are sought at first; doubled while they are too few
WIDEST_KM = 2_000.0  # no two places of the kingdom are further apart


@dataclass(frozen=True, slots=True)
class Grid:
    """Points, and the numbers of those in each square (row, column)."""

    points: Sequence[Place]
    squares: dict[tuple[int, int], list[int]]


def grid_of(points: Sequence[Place]) -> Grid:
    """Put *points* into their squares."""
    squares: dict[tuple[int, int], list[int]] = {}
    for number, (lat, lon) in enumerate(points):
        squares.setdefault((_line(lat), _line(lon)), []).append(number)
    return Grid(points, squares)


def apart_km(one: Place, other: Place) -> float:
    """Give the distance, as flat as seen from *one*."""
    north = other[0] - one[0]
    east = (other[1] - one[1]) * math.cos(math.radians(one[0]))
    return KM_A_DEGREE * math.sqrt(north * north + east * east)


def near(grid: Grid, place: Place, reach_km: float) -> Iterator[tuple[float, int]]:
    """Give (km, number) of the points at most *reach_km* from *place*, square by square."""
    lat, lon = place
    high = reach_km / KM_A_DEGREE
    wide = high / math.cos(math.radians(lat))
    for row in range(_line(lat - high), _line(lat + high) + 1):
        for column in range(_line(lon - wide), _line(lon + wide) + 1):
            for number in grid.squares.get((row, column), ()):
                km = apart_km(place, grid.points[number])
                if km <= reach_km:
                    yield km, number


def nearest(grid: Grid, place: Place, count: int) -> list[tuple[float, int]]:
    """Give (km, number) of the *count* points nearest to *place*, the nearest first."""
    reach_km = FIRST_KM
    while True:
        found = sorted(near(grid, place, reach_km))
        if len(found) >= min(count, len(grid.points)) or reach_km > WIDEST_KM:
            return found[:count]
        reach_km *= 2


def _line(degrees: float) -> int:
    return int(degrees // SQUARE)
