"""A realistic day of a UK campaign, made up from a seed: for tests, measurements, first tries.

Sessions are in close seats, homes where people live, drivers where cars are; `shifts`, `homes`
and `volunteers` say what of it is measured, and what assumed. Nobody in it exists. Begin with
`generate`.
"""

from collections.abc import Sequence
from itertools import product
from random import Random

from matching.grid import grid_of, nearest
from matching.homes import anywhere, around, drivers_among, point
from matching.kingdom import Kingdom, Seat, kingdom
from matching.problem import Problem
from matching.shifts import seats_of, session, venue
from matching.values import Place
from matching.volunteers import Person, driver, persons, rider

PEOPLE_A_SESSION = 50
WHOLE_KINGDOM = 3_000  # people; more of them come from more than one region
DRAWN_NEAR = 0.6  # of the kingdom's people live around a session, the others anywhere
EITHER = 0.02  # of the people could drive or ride
PEOPLE_A_BLOCK = 100  # one pair of neighbours among so many will not share a car
NEIGHBOURS = 10


def generate(
    people: int,
    seed: int,
    *,
    sessions: int | None = None,
    out_only: bool = False,
    standard_only: bool = False,
    drivers: float = 0.3,
) -> Problem:
    """Make up a day of *people*, the same for the same arguments.

    One session is in a close seat, and its people live around it; more are in close seats of
    one region or, with more than `WHOLE_KINGDOM` people, all over the kingdom.

    Parameters
    ----------
    sessions
        How many; None: one for every 50 people, at least one.
    out_only
        True: nobody asks for the way back, or offers it.
    standard_only
        True: no wheelchair or child places, nobody who could drive or ride, no blocks.
    drivers
        The share of the people who offer places. Those who could drive or ride are among
        them, and among the riders as well.
    """
    chance, land = Random(seed), kingdom()  # noqa: S311 - reproducible, not secret
    count = max(1, people // PEOPLE_A_SESSION) if sessions is None else sessions
    wide = people > WHOLE_KINGDOM and count > 1
    seats = seats_of(chance, land, count, wide=wide)
    venues = [venue(chance, land, seat) for seat in seats]
    areas = _areas(chance, land, _centres(seats, venues), people, wide=wide)
    homes = [point(chance, land, area) for area in areas]
    drive = drivers_among(chance, land, areas, min(people, round(drivers * people)))
    ride = _riders_among(chance, drive, 0 if standard_only else round(EITHER * people))
    crowd = list(persons(chance, venues, homes, drive, ride, out_only=out_only))
    shifts = [session(chance, at, seat, people // count) for at, seat in enumerate(seats)]
    offers = [driver(chance, each, standard_only=standard_only) for each in crowd if each.drives]
    asks = [rider(chance, each, standard_only=standard_only) for each in crowd if each.rides]
    return Problem(
        places=(*venues, *homes),
        sessions=tuple(shifts),
        drivers=tuple(offers),
        riders=tuple(asks),
        either=tuple((each.ids[0], each.ids[1]) for each in crowd if each.drives and each.rides),
        forbidden=() if standard_only else _blocks(chance, homes, crowd),
        seed=seed,
    )


def _centres(seats: Sequence[Seat], venues: Sequence[Place]) -> list[Place]:
    """Give the middle of the crowd of each session: the first venue in its seat."""
    first: dict[Place, Place] = {}
    return [first.setdefault(seat.anchor, at) for seat, at in zip(seats, venues, strict=True)]


def _areas(
    chance: Random, land: Kingdom, centres: Sequence[Place], people: int, *, wide: bool
) -> list[int]:
    """Draw the small places of the homes, in mixed order."""
    if not centres:
        return anywhere(chance, land, people)
    drawn = round(DRAWN_NEAR * people) if wide else people
    areas = around(chance, land, centres, drawn) + anywhere(chance, land, people - drawn)
    chance.shuffle(areas)
    return areas


def _riders_among(chance: Random, drive: Sequence[bool], either: int) -> list[bool]:
    """Choose everyone who does not drive, and *either* of those who do."""
    able = [number for number, drives in enumerate(drive) if drives]
    ride = [not drives for drives in drive]
    for number in chance.sample(able, min(either, len(able))):
        ride[number] = True
    return ride


def _blocks(
    chance: Random, homes: Sequence[Place], crowd: Sequence[Person]
) -> tuple[tuple[str, str], ...]:
    """Draw pairs of neighbours who never share a car, whichever of their ids are used."""
    grid = grid_of(homes)
    pairs: list[tuple[str, str]] = []
    for _ in range(len(homes) // PEOPLE_A_BLOCK):
        one = chance.randrange(len(homes))
        found = nearest(grid, homes[one], NEIGHBOURS)
        other = chance.choice([number for _, number in found if number != one])
        pairs += product(crowd[one].ids, crowd[other].ids)
    return tuple(dict.fromkeys(pairs))
