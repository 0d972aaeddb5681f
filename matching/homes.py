"""Where the people of a made-up day live, and who of them can drive.

Measured: where people live, how densely, and who has a car (`kingdom`). Assumed: that a
campaign draws its people from all around alike, ever fewer with the distance (`DECAY_KM`);
that those of a small place live around its middle; and that whoever has a car is as likely
to offer a lift here as there. A drawn point may be anywhere, on a moor or in a lake.
"""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from random import Random

from matching.grid import KM_A_DEGREE, near
from matching.kingdom import Kingdom
from matching.values import Place

FURTHEST_KM = 45.0
DECAY_KM = 9.5
"""Every so many km, e times fewer of those who live there come. Over 300 single events, half of
the people then live within 12 km and a tenth beyond 31; of their medians, a tenth are below 6
km (cities) and a tenth above 19 (the country)."""


def around(chance: Random, land: Kingdom, centres: Sequence[Place], count: int) -> list[int]:
    """Draw the small places of *count* homes, each around one of *centres*."""
    found: list[int] = []
    for centre, share in sorted(Counter(chance.choices(centres, k=count)).items()):
        reached = list(near(land.areas, centre, FURTHEST_KM))
        weights = (land.residents[area] * math.exp(-km / DECAY_KM) for km, area in reached)
        summed = list(accumulate(weights))
        found += chance.choices([area for _, area in reached], cum_weights=summed, k=share)
    return found


def anywhere(chance: Random, land: Kingdom, count: int) -> list[int]:
    """Draw the small places of *count* homes as people live all over the kingdom."""
    summed = list(accumulate(land.residents))
    return chance.choices(range(len(summed)), cum_weights=summed, k=count)


def point(chance: Random, land: Kingdom, area: int) -> Place:
    """Draw a point of small place *area*, most often within the circle that its people fill."""
    lat, lon = land.areas.points[area]
    radius_km = math.sqrt(land.residents[area] / (math.pi * land.per_km2[area]))
    degrees = radius_km / 2 / KM_A_DEGREE
    east = chance.gauss(0, degrees) / math.cos(math.radians(lat))
    return round(lat + chance.gauss(0, degrees), 5), round(lon + east, 5)


def drivers_among(chance: Random, land: Kingdom, areas: Sequence[int], count: int) -> list[bool]:
    """Choose *count* of those who live in *areas*, each as likely as cars are usual there.

    Weighted, without replacement: those with the largest u ** (1 / weight) (P. S. Efraimidis,
    P. G. Spirakis, Information Processing Letters 97 (2006), 181).
    """
    keys = [math.log(1 - chance.random()) / land.cars(area) for area in areas]
    order = sorted(range(len(areas)), key=lambda number: -keys[number])
    chosen = [False] * len(areas)
    for number in order[:count]:
        chosen[number] = True
    return chosen
