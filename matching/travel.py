"""Drive times from coordinates: the estimate for where no road network is at hand.

An estimate, not a route: the great-circle distance at a crow's speed (roads being longer is in
it) that grows with it, from 18 km/h on the first 2 km to 86 km/h beyond 70 km; and more time for
each metre as far as it is `built_up` around the two ends. What lies between is unknown (a river,
a motorway, a ferry), hence the errors, in per cent, of drives that the fit had not seen:

          km   web map: median  90 %  bias     routed: median  90 %  bias
         0-3        11      21    40    +2         62      19    43    +8
         3-6        12       6    31    -3        159      11    27    +1
        6-10         9       7    13     0        126       9    23    -1
       10-20        11      12    20    -6        164      10    25     0
       20-45        19      12    38    +3        156       9    24     0
      45-120        56      12    23    -1        435       9    21    -1
     120-150        15       8    15    +2        251       8    18    +3
         all       133      11    27     0       1353       9    24    +1

(drives, median error, what 90 % are within, median bias; five folds, all drives of one end in
the same. Seen ones: 11, 26 and 9, 23.) *Web map* are its predictions for a Wednesday's noon,
with that hour's traffic (the lower end of its range, they say), which samuel-book/
stroke_unit_demographics publishes without a licence; *routed* are a router's times without
traffic, from hospitals and census areas of England and Wales to hospitals, most to the nearest,
published by stroke-modelling/simpy-pathway-model (MIT; a sample), and brought to the web map's
level by the drives of which both are known. None is from Scotland or Northern Ireland, and of
routed drives under three minutes too little is known. Only the constants below come from them:
`python -m bench.travel`.

The line is concave and starts at zero, and how far the slow streets reach changes by less than
the distance between two places does; so a way round is never shorter than the way itself, and
rounding up keeps that. Standard library alone; `travel_table` gives the same numbers for all
pairs at once.
"""

import math
from collections.abc import Sequence
from typing import Any

from matching.built_up import built_up
from matching.values import Place, a_place

EARTH_M = 6_371_008.8  # mean radius (IUGG)
KNOTS_M = (2_000.0, 8_000.0, 25_000.0, 70_000.0)  # from the doorstep to the motorway
S_PER_M = (0.198, 0.087, 0.062, 0.0495, 0.042)  # before, between and beyond; falling: concave
SLOW_S_PER_M = 0.054  # more, where it is built up
SLOW_REACH_M = 4_900.0  # how far from an end that is, where it is as built up as can be


def drive_s(from_place: Place, to_place: Place) -> int:
    """Estimate the drive from *from_place* to *to_place*, in whole seconds, rounded up.

    Symmetric, 0 for one and the same place, and never longer than any way round.

    Raises
    ------
    InvalidProblem
        When a place is off the globe.
    """
    a_place("from_place", from_place)
    a_place("to_place", to_place)
    start, end = on_sphere(from_place), on_sphere(to_place)
    x, y, z = (start[axis] - end[axis] for axis in range(3))
    distance_m: float = arc_m(math.sqrt(x * x + y * y + z * z))
    slow_m = min(distance_m, slow_reach_m(from_place) + slow_reach_m(to_place))
    return math.ceil(min([a + b * distance_m for a, b in LINES]) + SLOW_S_PER_M * slow_m)


def drive_times_s(places: Sequence[Place]) -> list[list[int]]:
    """Estimate every drive between *places*: row i, column j is from places[i] to places[j].

    For a handful of places; `travel_table.drive_table` is the same for thousands.
    """
    return [[drive_s(start, end) for end in places] for start in places]


def slow_reach_m(place: Place) -> float:
    """How far the slow streets around *place* reach."""
    return SLOW_REACH_M * built_up(place)


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


def _lines() -> tuple[tuple[float, float], ...]:
    """The open country's drive as lines (seconds at zero, seconds a metre): the least holds."""
    found, seconds, before_m = [], 0.0, 0.0
    for slope, knot_m in zip(S_PER_M, (*KNOTS_M, math.inf), strict=True):
        found.append((seconds - slope * before_m, slope))
        seconds += slope * (knot_m - before_m)
        before_m = knot_m
    return tuple(found)


LINES = _lines()
