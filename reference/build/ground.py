"""Where postcodes lie, by grid square of about 1 km: what towns and cells are measured with.

Unit postcodes in Great Britain; in Northern Ireland, Super Data Zones, each counting for its
unit postcodes at its centre.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, hypot, radians
from typing import NamedTuple

from reference import layout
from reference.build.source import Source, point, whole
from reference.nearby import METRES_A_UNIT

Square = tuple[int, int]


class Spot(NamedTuple):
    """A position, with the unit postcodes and the outcode's number that it counts for."""

    lat: int
    lon: int
    postcodes: int
    outcode: int


@dataclass(slots=True)
class Land:
    """A grid square: its spots, each at another position, and all its postcodes by seat."""

    spots: list[Spot] = field(default_factory=list)
    seats: Counter[int] = field(default_factory=Counter)


Ground = dict[Square, Land]


def ground(source: Source) -> Ground:
    """Put every postcode into its grid square (row, column)."""
    squares: Ground = {}
    taken: set[tuple[int, int]] = set()
    for spot, seat in _spots(source):
        land = squares.setdefault(square(spot.lat, spot.lon), Land())
        land.seats[seat] += spot.postcodes
        if (spot.lat, spot.lon) not in taken:  # the rest of a pile counts for its seat only
            taken.add((spot.lat, spot.lon))
            land.spots.append(spot)
    return squares


def square(lat: int, lon: int) -> Square:
    """Give the grid row and column of a point."""
    row = layout.cell_line(lat, layout.SOUTH, layout.CELL_LAT)
    return row, layout.cell_line(lon, layout.WEST, layout.CELL_LON)


def metres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Give the flat distance between two points in position units."""
    narrowing = cos(radians(lat1 / layout.DEGREE))
    return METRES_A_UNIT * hypot(lat1 - lat2, (lon1 - lon2) * narrowing)


def nearest_outcode(lat: int, lon: int, outcodes: list[tuple[int, int, int]]) -> int:
    """Give the number of the nearest of *outcodes*, (lat, lon, number) each."""
    return min(outcodes, key=lambda each: metres(lat, lon, each[0], each[1]))[2]


def outcode_points(source: Source, *, nation: str | None = None) -> list[tuple[int, int, int]]:
    """Give (lat, lon, number) of the outcodes of *nation*, or of all."""
    rows = enumerate(source.outcodes)
    return [(*point(row), at) for at, row in rows if nation in (None, row["nation"])]


def _spots(source: Source) -> Iterator[tuple[Spot, int]]:
    for number, row in enumerate(source.outcodes):
        for unit in source.units.get(row["outcode"], []):
            yield Spot(unit.lat, unit.lon, 1, number), unit.seat
    northern = outcode_points(source, nation="Northern Ireland")
    for row in source.zones():
        lat, lon = point(row)
        outcode = nearest_outcode(lat, lon, northern)
        spot = Spot(lat, lon, whole(row["unit_postcodes"]), outcode)
        yield spot, source.seat_of[row["pcon"]]
