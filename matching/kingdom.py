"""Where people live in the United Kingdom, and how close its seats were: for made-up days.

`data/kingdom.bin` holds 43,495 small places (census areas of some 1,500 residents) and the
650 seats of 2024, without any name or party; data/ATTRIBUTION.md says whose data these are.
Standard library only. Begin with `kingdom`.

The file: "MLP1", the number of its sections and the length of each (whole numbers of 4
bytes), then the sections, all compressed with zlib, numbers little-endian. First the seats,
a `SEAT` each; then four columns of the small places, those of the first seat first: steps of
latitude, steps of longitude (both thousandths of a degree, from the place before), residents
in tens (each column 4 bytes a number, but all first bytes, then all second ones, and so on),
and one byte for people per km2 in quarters of a doubling.
"""

import functools
import struct
import zlib
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from matching.grid import Grid, grid_of
from matching.values import Place

FILE = Path(__file__).parent / "data" / "kingdom.bin"
MAGIC = b"MLP1"
SEAT = struct.Struct("<iiHBH")
"""Anchor's latitude and longitude in ten-thousandths of a degree, majority in hundredths of
a point, per cent of households with a car, number of small places."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A constituency.

    Attributes
    ----------
    anchor
        A real point amid where its people live.
    margin_points
        The majority of 2024, in points of the valid votes.
    cars
        The share of its households that have a car, 0 to 1.
    areas
        The numbers of its small places.
    """

    anchor: Place
    margin_points: float
    cars: float
    areas: range


@dataclass(frozen=True, slots=True)
class Kingdom:
    """Small places, column by column, and seats.

    Attributes
    ----------
    areas
        The places' middles, and which lie near each other.
    residents, per_km2
        Who lives in a small place, and how densely people live within 2 km of it.
    seat_of
        The number of the seat that it lies in.
    """

    areas: Grid
    residents: tuple[int, ...]
    per_km2: tuple[float, ...]
    seat_of: tuple[int, ...]
    seats: tuple[Seat, ...]

    def cars(self, area: int) -> float:
        """The share of households with a car in the seat of small place *area*."""
        return self.seats[self.seat_of[area]].cars


@functools.cache
def kingdom(file: Path = FILE) -> Kingdom:
    """Read *file*, once.

    Raises
    ------
    ValueError
        When the file is none of ours.
    """
    table, lat_steps, lon_steps, tens, density = _sections(file.read_bytes())
    seats: list[Seat] = []
    first = 0
    for lat, lon, margin, cars, count in SEAT.iter_unpack(table):
        areas = range(first, first + count)
        seats.append(Seat((lat / 10_000, lon / 10_000), margin / 100, cars / 100, areas))
        first += count
    lats, lons = accumulate(_numbers(lat_steps)), accumulate(_numbers(lon_steps))
    return Kingdom(
        areas=grid_of([(lat / 1_000, lon / 1_000) for lat, lon in zip(lats, lons, strict=True)]),
        residents=tuple(10 * each for each in _numbers(tens)),
        per_km2=tuple(2 ** (each / 4) for each in density),
        seat_of=tuple(number for number, seat in enumerate(seats) for _ in seat.areas),
        seats=tuple(seats),
    )


def _sections(whole: bytes) -> list[bytes]:
    if whole[:4] != MAGIC:
        raise ValueError("kingdom.bin: not a pack file")
    (count,) = struct.unpack_from("<I", whole, 4)
    lengths = struct.unpack_from(f"<{count}I", whole, 8)
    ends = list(accumulate(lengths, initial=8 + 4 * count))
    return [zlib.decompress(whole[start:end]) for start, end in pairwise(ends)]


def _numbers(plain: bytes) -> tuple[int, ...]:
    count = len(plain) // 4
    mixed = bytearray(len(plain))
    for row in range(4):
        mixed[row::4] = plain[row * count : (row + 1) * count]
    return struct.unpack(f"<{count}i", mixed)
