"""Small days with everything in them that a problem may have: `small_day(seed)`.

Made-up days (`matching.generate`) have neither pins nor told people nor a table of drives; here
some have. What people were told, and what is pinned, comes from a plan that can be kept, made
by greedy: so no pin may be refused.
"""

from dataclasses import replace
from random import Random

from bench.rivals.asking import plan
from matching.generate import generate
from matching.plan import Lift
from matching.problem import Pin, Problem, Session, Told
from matching.travel import drive_s

MOST_PEOPLE = 26


def small_day(seed: int) -> Problem:
    """The same day for the same seed; a second or less to solve, most of them far less."""
    chance = Random(seed)
    day = _day(chance, seed)
    lifts = [lift for lift in plan(day, 0).lifts if chance.random() < 0.5]
    kept = lifts[: chance.choice([0, 0, 1, 2])]
    return replace(
        day,
        pins=tuple(_pin(chance, lift) for lift in kept),
        told=tuple(Told(lift.driver, lift.session, _riders(lift)) for lift in lifts),
    )


def _day(chance: Random, seed: int) -> Problem:
    """The day before anybody was told anything."""
    day = generate(
        chance.randint(4, MOST_PEOPLE),
        seed,
        sessions=chance.randint(1, 3),
        out_only=chance.random() < 0.2,
        drivers=chance.choice([0.2, 0.3, 0.5]),
    )
    coming = [chance.choice([0, 0, 3, each.maximum]) for each in day.sessions]
    return replace(
        day,
        sessions=tuple(map(_joined, day.sessions, coming)),
        either=day.either or _eithers(chance, day),
        forbidden=day.forbidden + _quarrels(chance, day),
        drive_s=_table(chance, day) if chance.random() < 0.5 else None,
        dwell_s=chance.choice([0, 60, 180]),
        early_s=chance.choice([0, 300]),
        change_price=chance.choice([0, 700, 1000, 5000]),
    )


def _joined(session: Session, coming: int) -> Session:
    return replace(session, coming=coming)


def _table(chance: Random, day: Problem) -> tuple[tuple[int, ...], ...]:
    """Not symmetric, and not metric: some ways round are shorter."""
    return tuple(
        tuple(round(chance.uniform(0.8, 1.3) * drive_s(start, end)) for end in day.places)
        for start in day.places
    )


def _eithers(chance: Random, day: Problem) -> tuple[tuple[str, str], ...]:
    """A driver or two who would ride as well."""
    drivers = [each.id for each in day.drivers][: chance.randint(0, 2)]
    riders = chance.sample([each.id for each in day.riders], len(day.riders))
    return tuple(zip(drivers, riders, strict=False))


def _quarrels(chance: Random, day: Problem) -> tuple[tuple[str, str], ...]:
    """A pair or two more who never share a car, as likely a driver's as two riders'."""
    ids = [each.id for each in day.drivers] + [each.id for each in day.riders]
    pairs = [tuple(chance.sample(ids, 2)) for _ in range(chance.randint(0, 3))]
    return tuple((one, other) for one, other in pairs)


def _pin(chance: Random, lift: Lift) -> Pin:
    riders = _riders(lift)
    return Pin(lift.driver, lift.session, riders, closed=chance.random() < 0.5)


def _riders(lift: Lift) -> tuple[str, ...]:
    return tuple(stop.rider for stop in lift.stops)
