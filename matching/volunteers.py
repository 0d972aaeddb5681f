"""What the people of a made-up day offer and ask for. All of it is assumed.

Half go wherever they are needed most within half an hour to an hour's drive, the others name
one to three sessions, rather the nearer ones; 85 % want the way back; seven in eight who ride
do so alone. Begin with `persons`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from matching.grid import Grid, grid_of, nearest
from matching.problem import Driver, Rider
from matching.values import Place

HOUR_S = 3_600
ANYWHERE = 0.5  # of the people go where they are needed most
BACK = 0.85  # of the people want the way back
NAMED_AMONG = 6  # nearest sessions, of which up to three are named


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can drive, or be a rider, or could be either; the fields are `wishes`'."""

    number: int
    drives: bool
    rides: bool
    home: int
    earliest_s: int
    sessions: tuple[str, ...] | None
    max_direct_s: int | None
    both_ways: bool

    @property
    def ids(self) -> tuple[str, ...]:
        """As a driver, and as a rider."""
        letters = "d" * self.drives + "r" * self.rides
        return tuple(f"{letter}{self.number:05}" for letter in letters)


def persons(
    chance: Random,
    venues: Sequence[Place],
    homes: Sequence[Place],
    drive: Sequence[bool],
    ride: Sequence[bool],
    *,
    out_only: bool,
) -> Iterator[Person]:
    """Make the people of *homes*; the places are the *venues* first, then the homes."""
    grid = grid_of(venues)
    for number, home in enumerate(homes):
        sessions, max_direct_s = _wish(chance, grid, home)
        yield Person(
            number=number,
            drives=drive[number],
            rides=ride[number],
            home=len(venues) + number,
            earliest_s=chance.choice([7, 7, 8, 9]) * HOUR_S,
            sessions=sessions,
            max_direct_s=max_direct_s,
            both_ways=chance.random() < BACK and not out_only,
        )


def driver(chance: Random, person: Person, *, standard_only: bool) -> Driver:
    """Make *person* a driver: 5 % take a wheelchair, 15 % children, unless *standard_only*."""
    seats = {"standard": chance.choice([2, 3, 3, 4])}
    kind = 1.0 if standard_only else chance.random()
    if kind < 0.05:
        seats = {"standard": 2, "wheelchair": 1}
    elif kind < 0.2:
        seats = {"standard": 2, "child": chance.choice([1, 2])}
    return Driver(
        id=person.ids[0],
        home=person.home,
        seats=seats,
        earliest_s=person.earliest_s,
        detour_limit_s=chance.randint(15, 30) * 60,
        sessions=person.sessions,
        max_direct_s=person.max_direct_s,
        both_ways=person.both_ways,
    )


def rider(chance: Random, person: Person, *, standard_only: bool) -> Rider:
    """Make *person* a rider: 2 % in a wheelchair, 4 % with a child, unless *standard_only*.

    Who could drive as well has nobody with them: a driver's own party has no place in the car.
    """
    needs = {"standard": chance.choices([1, 2, 3], [85, 13, 2])[0]}
    kind = 1.0 if standard_only else chance.random()
    if kind < 0.02:
        needs = {"wheelchair": 1}
    elif kind < 0.06:
        needs = {"standard": 1, "child": 1}
    return Rider(
        id=person.ids[-1],
        start=person.home,
        needs={"standard": 1} if person.drives else needs,
        earliest_s=person.earliest_s,
        extra_limit_s=chance.randint(15, 30) * 60,
        sessions=person.sessions,
        max_direct_s=person.max_direct_s,
        both_ways=person.both_ways,
    )


def _wish(chance: Random, venues: Grid, home: Place) -> tuple[tuple[str, ...] | None, int | None]:
    """Which sessions, or any within how many seconds; where there is one, anyone comes to it."""
    if len(venues.points) < 2:
        return None, None
    if chance.random() < ANYWHERE:
        return None, chance.choice([30, 45, 60]) * 60
    found = nearest(venues, home, NAMED_AMONG)
    found.sort(key=lambda each: each[0] * chance.uniform(0.7, 1.4))
    named = sorted(number for _, number in found[: chance.randint(1, 3)])
    return tuple(f"s{number:04}" for number in named), None
