"""The estimate of `travel` for all pairs of many places at once, in numpy."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matching.travel import LINES, SLOW_S_PER_M, arc_m, on_sphere, slow_reach_m
from matching.values import Place

Seconds = npt.NDArray[np.int32]


def drive_table(places: Sequence[Place]) -> Seconds:
    """Every drive between *places*, in whole seconds: `[i, j]` is from i to j."""
    return drives(places, places)


def drives(from_places: Sequence[Place], to_places: Sequence[Place]) -> Seconds:
    """Every drive from one of the first to one of the second, in whole seconds.

    The same numbers as `travel.drive_s`, to the second. Row by row, so that the memory
    beyond the answer (4 bytes a pair) stays that of a few rows.
    """
    points = np.array([on_sphere(place) for place in to_places]).reshape(-1, 3)
    reach_m = np.array([slow_reach_m(place) for place in to_places])
    table = np.empty((len(from_places), len(points)), dtype=np.int32)
    for row, place in enumerate(from_places):
        x, y, z = (np.array(on_sphere(place)) - points).T
        distance_m = arc_m(np.sqrt(x * x + y * y + z * z))
        slow_m = np.minimum(distance_m, slow_reach_m(place) + reach_m)
        seconds = np.minimum.reduce([a + b * distance_m for a, b in LINES])
        table[row] = np.ceil(seconds + SLOW_S_PER_M * slow_m)
    return table
