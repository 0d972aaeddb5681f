"""Days that no campaign has, each of them allowed: extreme numbers, crowds, and coincidences.

Begin with `DAYS`; they are made when they are called for.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from random import Random

from matching.problem import Driver, Pin, Problem, Rider, Told
from matching.values import LONGEST_S, Place
from tests.matching.days import LINE, a_day, a_driver, a_rider, a_session


def _riders(count: int, **given: object) -> tuple[Rider, ...]:
    """Riders r0, r1, ... at places 1, 2, ..."""
    return tuple(a_rider(**({"id": f"r{n}", "start": 1 + n} | given)) for n in range(count))


def _drivers(count: int, **given: object) -> tuple[Driver, ...]:
    """Drivers d0, d1, ... at place 1."""
    return tuple(a_driver(**({"id": f"d{n}", "home": 1} | given)) for n in range(count))


def _town(count: int) -> tuple[Place, ...]:
    """Places some 20 km around, the same every time."""
    chance = Random(count)
    return tuple(
        (51.5 + chance.uniform(-0.1, 0.1), -0.1 + chance.uniform(-0.15, 0.15)) for _ in range(count)
    )


def street(riders: int, seats: int) -> Problem:
    """One car, and riders a metre apart from each other who have all day."""
    return a_day(
        places=((51.5, -0.1), *((51.53 + step * 1e-5, -0.1) for step in range(riders))),
        sessions=(a_session(maximum=1_000, target=1_000),),
        drivers=(a_driver(home=1, seats={"standard": seats}, detour_limit_s=30_000, earliest_s=0),),
        riders=_riders(riders, extra_limit_s=30_000, earliest_s=0),
    )


def crowd(riders: int) -> Problem:
    """One session for all of them, and a driver for every thirty."""
    drivers = riders // 30
    places = _town(1 + riders + drivers)
    return a_day(
        places=places,
        sessions=(a_session(maximum=2 * riders, target=riders),),
        drivers=tuple(a_driver(id=f"d{n}", home=1 + riders + n) for n in range(drivers)),
        riders=_riders(riders),
    )


def _one_point(home: Place) -> Problem:
    """Everybody lives at *home*."""
    return a_day(
        places=((51.5, -0.1), home),
        sessions=(a_session(maximum=300, target=300),),
        drivers=_drivers(60),
        riders=_riders(140, start=1),
    )


def _quarrels(riders: int, pairs: int) -> Problem:
    """A crowd, in which so many pairs never share a car."""
    day = crowd(riders)
    ids = [each.id for each in day.drivers] + [each.id for each in day.riders]
    chosen = Random(pairs).sample(list(combinations(ids, 2)), pairs)
    return replace(day, forbidden=tuple(chosen))


def _table(seconds: Callable[[int, int], int], size: int = len(LINE)) -> Problem:
    """A day on a table of drives that says what *seconds* does, and nobody in a hurry."""
    return a_day(
        places=_town(size),
        drive_s=tuple(tuple(seconds(i, j) for j in range(size)) for i in range(size)),
        sessions=(a_session(start_s=LONGEST_S - 1, end_s=LONGEST_S, maximum=60),),
        drivers=_drivers(8, earliest_s=0, detour_limit_s=LONGEST_S),
        riders=_riders(size - 1, earliest_s=0, extra_limit_s=LONGEST_S),
        early_s=0,
        dwell_s=0,
    )


def _pinned(riders: int) -> Problem:
    """A coach that must take so many, each from another door."""
    day = street(riders, seats=99)
    return replace(day, pins=(Pin("d", "s", tuple(each.id for each in day.riders)),))


def _told_elsewhere() -> Problem:
    """Everybody was told of a session that their driver does not accept any more."""
    return a_day(
        sessions=(a_session(), a_session(id="t", place=9)),
        drivers=_drivers(20, sessions=("s",)),
        riders=_riders(60, start=2),
        told=tuple(Told(f"d{n}", "t", tuple(f"r{3 * n + k}" for k in range(3))) for n in range(20)),
    )


def _either_all() -> Problem:
    """Everybody could drive or ride."""
    return a_day(
        sessions=(a_session(maximum=90, target=90),),
        drivers=_drivers(60),
        riders=_riders(60, start=2),
        either=tuple((f"d{n}", f"r{n}") for n in range(60)),
    )


def _many_sessions() -> Problem:
    return a_day(
        places=_town(304),
        sessions=tuple(a_session(id=f"s{n}", place=n, need=n % 11 / 10) for n in range(300)),
        drivers=(a_driver(home=301),),
        riders=(a_rider(start=302), a_rider(id="r2", start=303)),
    )


def _largest_numbers() -> Problem:
    """Every count and price as high as it may be."""
    session = a_session(minimum=10**6, target=10**6, maximum=10**6, need=1)
    return a_day(
        sessions=tuple(replace(session, id=f"s{n}", minimum=n) for n in range(300)),
        drivers=_drivers(40, seats={"standard": 99}),
        riders=_riders(40, start=2, needs={"standard": 99}),
        told=(Told("d0", "s0", tuple(f"r{n}" for n in range(40))),),
        change_price=10**6,
    )


DAYS: dict[str, Callable[[], Problem]] = {
    "nobody, nothing, nowhere": lambda: Problem((), ()),
    "no drivers": lambda: a_day(drivers=(), riders=_riders(9)),
    "no riders": lambda: a_day(drivers=_drivers(50)),
    "no session": lambda: a_day(sessions=(), riders=_riders(9)),
    "no room": lambda: a_day(sessions=(a_session(maximum=0, target=0),), riders=_riders(9)),
    "all live at the venue": lambda: _one_point((51.5, -0.1)),
    "all live at one other point": lambda: _one_point((51.55, -0.1)),
    "sixteen places": lambda: street(40, seats=16),
    "ninety-nine places": lambda: street(120, seats=99),
    "a pin of sixteen": lambda: _pinned(16),
    "a pin of forty": lambda: _pinned(40),
    "five thousand riders": lambda: crowd(5_000),
    "a thousand forbidden pairs": lambda: _quarrels(110, 1_000),
    "nobody shares a car with anybody": lambda: _quarrels(44, 990),
    "every drive takes no time": lambda: _table(lambda *_: 0, 40),
    "every drive takes a week": lambda: _table(lambda *_: LONGEST_S),
    "some drives take no time, some a week": lambda: _table(
        lambda i, j: LONGEST_S * (i * j % 3 == 1), 30
    ),
    "a stop of a week": lambda: a_day(dwell_s=LONGEST_S, early_s=LONGEST_S, riders=_riders(9)),
    "a session at midnight": lambda: a_day(
        sessions=(a_session(start_s=300, end_s=301),),
        drivers=_drivers(3, earliest_s=0),
        riders=_riders(9, earliest_s=0),
    ),
    "300 sessions for three": _many_sessions,
    "the largest numbers": _largest_numbers,
    "all told of a lift that cannot be": _told_elsewhere,
    "all could drive or ride": _either_all,
    "20,000 places that nobody is at": lambda: a_day(places=(*LINE, *_town(20_000))),
}
