"""Drive times from coordinates: the estimate for where no road network is at hand.

An estimate, not a route: the great-circle distance, at a crow's speed that grows with it.
What is between places is unknown (a river, a motorway), hence the error stated below.

Source: fitted by hand to 257 drives of up to 120 km between stroke units in England and
Wales, whose times the stroke-modelling project publishes after calibrating them to a web
map's. Against these the median error is 9 %, 90 % are within 22 %, and the bias is 2 %. Only
13 of them are under 20 km (error 9 %, bias -7 %) and none under 6 km: there the speed is an
assumption, 35 km/h on roads 1.4 times as long as the crow's way (England's factor in Ballou
et al., Transportation Research A 36 (2002), 843), in keeping with the 24.9 mph measured on
England's local A roads in 2018 (Department for Transport).

The line is concave and starts at zero, so a way round is never shorter than the way itself,
and seconds are rounded up. Standard library alone; `travel_table` gives the same numbers
for all pairs at once.
"""

import math
from collections.abc import Sequence
from typing import Any

from matching.values import Place, a_number, a_place

EARTH_M = 6_371_008.8  # mean radius (IUGG)
KNOTS_M = (4_000.0, 25_000.0, 60_000.0)  # streets, then main roads, then the fast ones
S_PER_M = (0.144, 0.090, 0.0462, 0.0432)  # before and between the knots; falling: concave
BUILT_UP = 0.5  # 0 open country, 1 a dense city; where nobody knows, the middle
BUILT_UP_SPREAD = 0.5  # by how much of it the first 25 km vary; an assumption, not fitted


def drive_s(from_place: Place, to_place: Place, built_up: float = BUILT_UP) -> int:
    """Estimate the drive from *from_place* to *to_place*, in whole seconds, rounded up.

    Symmetric, 0 for one and the same place, and never falling with the distance.

    Raises
    ------
    InvalidProblem
        When a place is off the globe, or *built_up* not within 0 to 1.
    """
    a_place("from_place", from_place)
    a_place("to_place", to_place)
    a_number("built_up", built_up, least=0, most=1)
    start, end = on_sphere(from_place), on_sphere(to_place)
    x, y, z = (start[axis] - end[axis] for axis in range(3))
    distance_m: float = arc_m(math.sqrt(x * x + y * y + z * z))
    return math.ceil(min(a + b * distance_m for a, b in lines(built_up)))


def drive_times_s(places: Sequence[Place]) -> list[list[int]]:
    """Estimate every drive between *places*: row i, column j is from places[i] to places[j].

    For a handful of places; `travel_table.drive_table` is the same for thousands.
    """
    return [[drive_s(start, end) for end in places] for start in places]


def on_sphere(place: Place) -> tuple[float, float, float]:
    """The place as a point on the unit sphere."""
    lat, lon = math.radians(place[0]), math.radians(place[1])
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def arc_m(chord: Any) -> Any:
    """The great-circle distance for a chord of the unit sphere; a float or a numpy array.

    The arcsine's series, since its few multiplications round alike in Python and in numpy:
    so both give the same seconds. Within 1 part in 10**8 up to 1,000 km; beyond that too
    short by ever more, but still growing.
    """
    half = chord / 2
    square = half * half
    return 2 * EARTH_M * half * (1 + square * (1 / 6 + square * (3 / 40 + square * (5 / 112))))


def lines(built_up: float = BUILT_UP) -> list[tuple[float, float]]:
    """The estimate as lines (seconds at zero, seconds a metre): the least of them holds."""
    slow = 1 + BUILT_UP_SPREAD * (built_up - BUILT_UP)
    slopes = [S_PER_M[0] * slow, S_PER_M[1] * slow, *S_PER_M[2:]]
    found, seconds, before_m = [], 0.0, 0.0
    for slope, knot_m in zip(slopes, (*KNOTS_M, math.inf), strict=True):
        found.append((seconds - slope * before_m, slope))
        seconds += slope * (knot_m - before_m)
        before_m = knot_m
    return found
