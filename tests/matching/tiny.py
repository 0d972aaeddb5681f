"""Tiny problems at random, with everything in them that the model has."""

import random
from dataclasses import replace

from matching.problem import Driver, Pin, Problem, Rider, Session, Told

TYPES = ("standard", "wheelchair", "child")


def tiny_problem(seed: int) -> Problem:
    """A problem of up to 3 drivers, 5 riders and 2 sessions; the same for the same seed.

    Half of them have a table of drives, which need not be metric. Limits are about as tight
    as drives are long, so that most choices are neither free nor hopeless.
    """
    chance = random.Random(seed)
    sessions = tuple(_session(chance, f"s{n}", n) for n in range(chance.randint(1, 2)))
    count = len(sessions)
    drivers = tuple(
        _driver(chance, f"d{n}", count + n, sessions)
        for n in range(chance.choice([0, 1, 2, 2, 3, 3]))
    )
    riders = tuple(
        _rider(chance, f"r{n}", count + len(drivers) + n, sessions)
        for n in range(chance.choice([0, 2, 3, 4, 5, 5]))
    )
    size = count + len(drivers) + len(riders)
    ids = [driver.id for driver in drivers] + [rider.id for rider in riders]
    either = [(drivers[0].id, riders[0].id)] if drivers and riders and chance.random() < 0.3 else []
    forbidden = [
        (a, b) for a in ids for b in ids if a < b and len(ids) > 1 and chance.random() < 0.04
    ]
    return Problem(
        places=tuple(
            (51.5 + chance.uniform(-0.06, 0.06), -0.1 + chance.uniform(-0.1, 0.1))
            for _ in range(size)
        ),
        drive_s=_table(chance, size) if chance.random() < 0.5 else None,
        sessions=sessions,
        drivers=drivers,
        riders=riders,
        either=tuple(either),
        forbidden=tuple(forbidden),
        told=_told(chance, drivers, riders, sessions),
        pins=_pins(chance, drivers, riders, sessions),
        dwell_s=chance.choice([0, 60, 120]),
        early_s=chance.choice([0, 300]),
        change_price=chance.choice([0, 700, 1000, 5000]),
    )


def pressed_problem(seed: int) -> Problem:
    """A tiny problem with limits to the second, which bind riders more often than drivers."""
    chance, problem = random.Random(seed), tiny_problem(seed)
    arrive_s = min(session.start_s for session in problem.sessions) - problem.early_s
    drivers = tuple(
        replace(
            driver,
            earliest_s=arrive_s - chance.randint(300, 8000),
            detour_limit_s=chance.randint(0, 7200),
        )
        for driver in problem.drivers
    )
    riders = tuple(
        replace(
            rider,
            needs=rider.needs if chance.random() < 0.5 else {"standard": 1},
            earliest_s=arrive_s - chance.randint(200, 2400),
            extra_limit_s=chance.randint(0, 1200),
            both_ways=chance.random() < 0.3,
        )
        for rider in problem.riders
    )
    return replace(problem, drivers=drivers, riders=riders)


def _table(chance: random.Random, size: int) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple(0 if i == j else chance.randint(60, 1000) for j in range(size)) for i in range(size)
    )


def _session(chance: random.Random, name: str, place: int) -> Session:
    start_s = chance.choice([28_800, 30_000])
    maximum = chance.choice([0, 3, 5, 8, 8, 12])
    return Session(
        id=name,
        place=place,
        start_s=start_s,
        end_s=start_s + 7_200,
        minimum=chance.randint(0, maximum),
        target=chance.randint(0, maximum),
        maximum=maximum,
        coming=chance.choice([0, 0, 0, 1, 3]),
        need=chance.choice([0, 0.3, 0.5, 1]),
    )


def _wish(chance: random.Random, sessions: tuple[Session, ...]) -> tuple[str, ...] | None:
    if chance.random() < 0.75:
        return None
    return tuple(session.id for session in sessions if chance.random() < 0.7)


def _driver(chance: random.Random, name: str, place: int, sessions: tuple[Session, ...]) -> Driver:
    return Driver(
        id=name,
        home=place,
        seats={"standard": chance.randint(1, 4)} | {chance.choice(TYPES): chance.randint(1, 3)},
        earliest_s=chance.choice([0, 0, 25_000, 26_500]),
        detour_limit_s=chance.choice([0, 900, 1800, 3600]),
        sessions=_wish(chance, sessions),
        max_direct_s=chance.choice([None, None, 900, 2000]),
        both_ways=chance.random() < 0.7,
    )


def _rider(chance: random.Random, name: str, place: int, sessions: tuple[Session, ...]) -> Rider:
    return Rider(
        id=name,
        start=place,
        needs={chance.choice((*TYPES, *["standard"] * 6)): chance.choice([1, 1, 1, 2])},
        earliest_s=chance.choice([0, 0, 25_000, 27_000]),
        extra_limit_s=chance.choice([300, 900, 1800, 3600]),
        sessions=_wish(chance, sessions),
        max_direct_s=chance.choice([None, None, 900, 2000]),
        both_ways=chance.random() < 0.4,
    )


def _told(
    chance: random.Random,
    drivers: tuple[Driver, ...],
    riders: tuple[Rider, ...],
    sessions: tuple[Session, ...],
) -> tuple[Told, ...]:
    if not drivers or chance.random() < 0.6:
        return ()
    riders_told = tuple(rider.id for rider in riders if chance.random() < 0.4)
    return (Told(drivers[-1].id, chance.choice(sessions).id, riders_told),)


def _pins(
    chance: random.Random,
    drivers: tuple[Driver, ...],
    riders: tuple[Rider, ...],
    sessions: tuple[Session, ...],
) -> tuple[Pin, ...]:
    if not drivers or chance.random() < 0.75:
        return ()
    kept = tuple(rider.id for rider in riders if chance.random() < 0.2)
    return (Pin(drivers[0].id, chance.choice(sessions).id, kept, chance.random() < 0.5),)
