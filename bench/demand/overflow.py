"""Sessions booked up to `fullness.places`: on how many days do more turn up than there is room?

Each day every party tosses one coin: all of it comes, or nobody. Begin with `print_table`.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chalicelib.domain.fullness import CAR_LOAD, places

TURN_UP = 0.7
TRUE = (0.6, 0.7, 0.8)
ROOMS = (10, 20, 30, 50, 100)


@dataclass(frozen=True, slots=True)
class Mix:
    """Who comes together: *label*, sizes of parties, how usual each is, and what is promised."""

    label: str
    sizes: Sequence[int]
    shares: Sequence[float]
    largest: int


MIXES = (
    Mix("each alone", (1,), (1.0,), 1),
    Mix("alone or in twos", (1, 2), (0.7, 0.3), 2),
    Mix("in twos", (2,), (1.0,), 2),
    Mix("parties of 1 to 5", (1, 2, 3, 4, 5), (0.7, 0.15, 0.06, 0.05, 0.04), CAR_LOAD),
    Mix("full cars", (CAR_LOAD,), (1.0,), CAR_LOAD),
)


def print_table(days: int, seed: int) -> None:
    """Print how many places there are, at the assumed rate and at a cautious one, and how often
    too many come.
    """
    print(f"Sessions booked up to `places`, {days:,} days each, seed {seed}; per cent of the days")
    print("on which more turned up than there is room, by the rate at which people really come\n")
    print(f"{'':<20}{'room':>6}{'assumed':>9}{'places':>8}" + "".join(f"{at:>8}" for at in TRUE))
    for mix in MIXES:
        for assumed in (TURN_UP, TURN_UP + 0.1):
            for room in ROOMS:
                booked = places(room, assumed, largest_party=mix.largest)
                shares = overflows(mix, room, booked, days, seed)
                cells = "".join(f"{share:>8.1%}" for share in shares)
                print(f"{mix.label:<20}{room:>6}{assumed:>9.1f}{booked:>8}{cells}", flush=True)
        print(f"{mix.label} done", file=sys.stderr)


def overflows(mix: Mix, room: int, booked: int, days: int, seed: int) -> list[float]:
    """Shares of the days with more than *room* people, at each of the `TRUE` rates."""
    chance = np.random.default_rng([seed, room, booked, mix.largest, len(mix.sizes)])
    return [
        sum(_come(chance, mix, booked, rate) > room for _ in range(days)) / days for rate in TRUE
    ]


def _come(chance: np.random.Generator, mix: Mix, booked: int, rate: float) -> int:
    """How many turn up: parties are drawn until *booked* people hold a place."""
    sizes = chance.choice(mix.sizes, size=booked, p=mix.shares)
    before = np.cumsum(sizes) - sizes
    sizes = np.clip(booked - before, 0, sizes)
    return int(sizes[chance.random(booked) < rate].sum())
