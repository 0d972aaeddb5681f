"""The sessions of a made-up day: in which seats, where, when, for how many.

Measured: the seats, how close they were in 2024, where their people live (`kingdom`).
Assumed: that campaigns go where it is close (`CLOSE_POINTS`), that they meet some kilometres
around the seat's middle (`VENUE_KM`), and all hours and sizes.
"""

import math
from collections.abc import Sequence
from itertools import accumulate
from random import Random

from matching.grid import apart_km, grid_of, near
from matching.homes import point
from matching.kingdom import Kingdom, Seat
from matching.problem import Session
from matching.values import Place

HOUR_S = 3_600
CLOSE_POINTS = 5.0  # of majority: every so many, e times fewer sessions
SAFE_POINTS = 20.0  # of majority: such a seat needs nobody
VENUE_KM = 3.0  # from the anchor: every so many, e times fewer venues
REGION_KM = 50.0  # from the anchor of a region's first seat to those of its others


def seats_of(chance: Random, land: Kingdom, count: int, *, wide: bool) -> list[Seat]:
    """Draw the seats of *count* sessions, all over the kingdom if *wide*, or of one region."""
    if wide:
        return _close(chance, land.seats, count)
    [middle] = _close(chance, land.seats, 1)
    if count == 1:
        return [middle]
    anchors = grid_of([seat.anchor for seat in land.seats])
    region = sorted(number for _, number in near(anchors, middle.anchor, REGION_KM))
    return _close(chance, [land.seats[number] for number in region], count)


def venue(chance: Random, land: Kingdom, seat: Seat) -> Place:
    """Draw where a session of *seat* meets: amid its people, most often near its anchor."""
    away_km = [apart_km(seat.anchor, land.areas.points[area]) for area in seat.areas]
    least_km = min(away_km)  # Fair Isle is 44 km from where most of its seat's people live
    weights = [
        land.residents[area] * math.exp((least_km - km) / VENUE_KM)
        for area, km in zip(seat.areas, away_km, strict=True)
    ]
    [area] = chance.choices(seat.areas, weights)
    return point(chance, land, area)


def session(chance: Random, number: int, seat: Seat, share: int) -> Session:
    """Make the session at place *number*, in *seat*, for about *share* of the people."""
    start_s = chance.choice([10, 10, 13, 14, 18]) * HOUR_S
    target = max(4, round(share * chance.uniform(0.4, 1.2)))
    return Session(
        id=f"s{number:04}",
        place=number,
        start_s=start_s,
        end_s=start_s + chance.choice([2, 2, 3]) * HOUR_S,
        minimum=4,
        target=target,
        maximum=2 * target,
        coming=chance.choice([0, 0, 1, 2, 3]),
        need=round(max(0.0, 1 - seat.margin_points / SAFE_POINTS), 2),
    )


def _close(chance: Random, seats: Sequence[Seat], count: int) -> list[Seat]:
    weights = (math.exp(-seat.margin_points / CLOSE_POINTS) for seat in seats)
    return chance.choices(seats, cum_weights=list(accumulate(weights)), k=count)
