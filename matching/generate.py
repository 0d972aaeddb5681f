"""A realistic day of a UK campaign, made up from a seed: for tests, measurements, first tries.

Homes lie around towns as real ones do (their own town, its commuter belt, the country
between), sessions in the towns of one region. Nobody in it exists. Begin with `generate`.
"""

import math
import random
from dataclasses import replace

from matching.problem import Driver, Problem, Rider, Session
from matching.towns import TOWNS
from matching.travel import drive_s
from matching.values import Place

HOUR_S = 3_600
REGION_KM = 40.0  # from a region's middle to its towns
DEGREE_KM = 111.2  # of latitude
MIDDLES = 40  # towns large enough to be the middle of a region


def generate(
    people: int,
    seed: int,
    *,
    sessions: int | None = None,
    out_only: bool = False,
    drivers: float = 0.3,
) -> Problem:
    """A day with *people* drivers and riders in one region, the same for the same arguments.

    Parameters
    ----------
    sessions
        How many; None: one for every 50 people, at least one.
    out_only
        True: nobody asks for the way back, or offers it.
    drivers
        The share of the people who offer places.
    """
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    count = max(1, people // 50) if sessions is None else sessions
    region = _region(chance)
    places = [_near(chance, chance.choice(region), 0.3) for _ in range(count)]
    shifts = tuple(_session(chance, number, people // max(1, count)) for number in range(count))
    offers: list[Driver] = []
    requests: list[Rider] = []
    for number in range(people):
        places.append(_home(chance, region))
        wish = _wish(chance, places, shifts)
        both_ways = chance.random() < 0.85 and not out_only
        if chance.random() < drivers:
            driver = _driver(chance, f"d{number:05}", len(places) - 1)
            offers.append(replace(driver, both_ways=both_ways, sessions=wish))
        else:
            rider = _rider(chance, f"r{number:05}", len(places) - 1)
            requests.append(replace(rider, both_ways=both_ways, sessions=wish))
    return Problem(tuple(places), shifts, tuple(offers), tuple(requests), seed=seed)


Town = tuple[float, float, int]


def _region(chance: random.Random) -> list[Town]:
    """A middle town and those around it."""
    lat, lon, _ = chance.choice(TOWNS[:MIDDLES])
    stretch = math.cos(math.radians(lat))
    return [
        town
        for town in TOWNS
        if math.hypot(town[0] - lat, (town[1] - lon) * stretch) * DEGREE_KM < REGION_KM
    ]


def _near(chance: random.Random, town: Town, spread: float) -> Place:
    """A place around *town*, whose built-up radius grows with the root of its people."""
    lat, lon, thousands = town
    degrees = spread * 0.35 * math.sqrt(thousands) / DEGREE_KM
    east = chance.gauss(0, degrees) / math.cos(math.radians(lat))
    return round(lat + chance.gauss(0, degrees), 5), round(lon + east, 5)


def _home(chance: random.Random, region: list[Town]) -> Place:
    """In a town (65 %), in its commuter belt (25 %), or in the country around."""
    [town] = chance.choices(region, [math.sqrt(thousands) for *_, thousands in region])
    kind = chance.random()
    if kind < 0.65:
        return _near(chance, town, 0.5)
    if kind < 0.9:
        return _near(chance, town, 1.2)
    return _near(chance, (town[0], town[1], max(town[2], 1_000)), 1.5)


def _session(chance: random.Random, number: int, share: int) -> Session:
    start_s = chance.choice([10, 10, 13, 14, 18]) * HOUR_S
    target = max(4, round(share * chance.uniform(0.4, 1.2)))
    return Session(
        id=f"s{number:02}",
        place=number,
        start_s=start_s,
        end_s=start_s + chance.choice([2, 2, 3]) * HOUR_S,
        minimum=4,
        target=target,
        maximum=2 * target,
        coming=chance.choice([0, 0, 1, 2, 3]),
        need=round(chance.random(), 2),
    )


def _wish(
    chance: random.Random, places: list[Place], sessions: tuple[Session, ...]
) -> tuple[str, ...] | None:
    """Wherever I am needed most (70 %), or one to three sessions, rather the nearer ones."""
    if chance.random() < 0.7:
        return None
    far = {each.id: drive_s(places[-1], places[each.place]) for each in sessions}
    nearest = sorted(far, key=lambda each: far[each] * chance.uniform(0.7, 1.4))
    return tuple(sorted(nearest[: chance.randint(1, 3)]))


def _driver(chance: random.Random, name: str, home: int) -> Driver:
    seats = {"standard": chance.choice([2, 3, 3, 4])}
    kind = chance.random()
    if kind < 0.05:
        seats = {"standard": 2, "wheelchair": 1}
    elif kind < 0.2:
        seats = {"standard": 2, "child": chance.choice([1, 2])}
    return Driver(
        id=name,
        home=home,
        seats=seats,
        earliest_s=chance.choice([7, 7, 8, 9]) * HOUR_S,
        detour_limit_s=chance.randint(15, 30) * 60,
        max_direct_s=chance.choice([45, 60, 75]) * 60,
    )


def _rider(chance: random.Random, name: str, start: int) -> Rider:
    needs = {"standard": chance.choices([1, 2, 3], [85, 13, 2])[0]}
    kind = chance.random()
    if kind < 0.02:
        needs = {"wheelchair": 1}
    elif kind < 0.06:
        needs = {"standard": 1, "child": 1}
    return Rider(
        id=name,
        start=start,
        needs=needs,
        earliest_s=chance.choice([7, 7, 8, 9]) * HOUR_S,
        extra_limit_s=chance.randint(15, 30) * 60,
        max_direct_s=chance.choice([45, 60, 75]) * 60,
    )
