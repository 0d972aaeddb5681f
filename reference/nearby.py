"""The nearest town that people know, for "near Hebden Bridge".

Towns lie in grid squares of about 10 km. The search looks at the square of the point, then
at rings of squares around it, until nothing nearer can follow. Distances here only compare,
so they are flat: right to 0.1 % over the few kilometres that matter.
"""

import functools
from collections.abc import Iterator
from itertools import pairwise
from math import cos, hypot, inf, isfinite, radians

from reference import layout
from reference.files import OURS, Pack

KNOWN_PEOPLE = 2_000
"""A town of so many people is one that outsiders know: Hebden Bridge is, Heptonstall is not."""

KNOWN_WITHIN_M = 10_000
"""A known town as near as this is named rather than a nearer village."""

RING_M = 8_000
"""A ring of squares reaches at least this much further out: a little under their width."""

RINGS = 30
"""Rings looked at before every town is: 240 km, further than any place in the kingdom needs."""

METRES_A_UNIT = 11.12
"""Metres in a position unit of latitude."""

TOWNS, SQUARES, NAMES = range(3)
"""The first sections of the towns' file; `towns` reads the rest."""

_Candidate = tuple[float, int]
_NONE: _Candidate = (inf, -1)


def nearest_town(lat: float, lon: float, pack: Pack = OURS) -> str:
    """Name the nearest town of `KNOWN_PEOPLE` or, if none is within `KNOWN_WITHIN_M`, any.

    Raises
    ------
    ValueError
        When a coordinate is not a finite number of degrees on the globe.
    """
    check(lat, lon)
    return name(_nearest(lat, lon, pack), pack)


def check(lat: float, lon: float) -> None:
    """Refuse, with a ValueError, what is not a finite number of degrees on the globe."""
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError("not a place on the globe")


def name(town: int, pack: Pack = OURS) -> str:
    """Give the name of the town at place *town* of their table."""
    sections = pack.sections(layout.TOWNS)
    *_, at, length = layout.TOWN.unpack_from(sections[TOWNS], town * layout.TOWN.size)
    return str(sections[NAMES][at : at + length], "utf-8")


def square(lat: int, lon: int) -> tuple[int, int]:
    """Give the row and column of the grid square of a point, in position units."""
    return (lat - layout.SOUTH) // layout.SQUARE_LAT, (lon - layout.WEST) // layout.SQUARE_LON


def _nearest(lat: float, lon: float, pack: Pack) -> int:
    known, anyone = _NONE, _NONE
    home = square(round(lat * layout.DEGREE), round(lon * layout.DEGREE))
    for ring in range(RINGS):
        for first, last in _ring(home, ring, pack):
            for people, candidate in _candidates(first, last, lat, lon, pack):
                anyone = min(anyone, candidate)
                known = min(known, candidate) if people >= KNOWN_PEOPLE else known
        best = known if known[0] <= KNOWN_WITHIN_M else anyone
        if best[0] <= ring * RING_M and (best is known or ring * RING_M >= KNOWN_WITHIN_M):
            return best[1]
    count = len(pack.sections(layout.TOWNS)[TOWNS]) // layout.TOWN.size
    return min(candidate for _, candidate in _candidates(0, count, lat, lon, pack))[1]


def _ring(home: tuple[int, int], ring: int, pack: Pack) -> Iterator[tuple[int, int]]:
    """Give the first town, and the one after the last, of each square of a ring."""
    squares = _squares(pack)
    row, column = home
    for south_north in range(row - ring, row + ring + 1):
        edge = abs(south_north - row) == ring
        for west_east in range(column - ring, column + ring + 1, 1 if edge else 2 * ring):
            if towns := squares.get(south_north * layout.SQUARE_ROW + west_east):
                yield towns


@functools.cache
def _squares(pack: Pack) -> dict[int, tuple[int, int]]:
    """Give, by the number of each square, its first town and the one after its last."""
    stored = layout.SQUARE.iter_unpack(pack.sections(layout.TOWNS)[SQUARES])
    return {number: (first, last) for (number, first), (_, last) in pairwise(stored)}


def _candidates(
    first: int, last: int, lat: float, lon: float, pack: Pack
) -> Iterator[tuple[int, _Candidate]]:
    """Give the people of each town from *first* to before *last*, with (metres, town)."""
    size = layout.TOWN.size
    stored = pack.sections(layout.TOWNS)[TOWNS][first * size : last * size]
    narrowing = cos(radians(lat))
    for town, record in enumerate(layout.TOWN.iter_unpack(stored), first):
        north = record[0] - lat * layout.DEGREE
        east = (record[1] - lon * layout.DEGREE) * narrowing
        yield record[2], (METRES_A_UNIT * hypot(north, east), town)
