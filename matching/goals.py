"""The levels of the objective, each as something to be made large.

A `Goal` counts what loads save of the price of changes, the drivers' and the riders' seconds,
each at a rate of its own, and what the people who come are worth. All numbers are whole, so
that a proof is exact. Begin with `goals_of`.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from matching.day import Day, Whole, weight
from matching.loads import Loads

FIRST = 4  # times all seconds, for a step of worth
TOGETHER = 1 << 31  # the worth of two levels in one number stays below: floats hold it well


@dataclass(frozen=True)
class Gains:
    """What people at one session are worth: `[n]` for n of them, n up to its room.

    Up to `below` each is worth twice `unit`, thereafter `unit`; from `missing` on there is
    `bonus` on top, once (0 where there is none to win).
    """

    by_people: Whole
    unit: int
    below: int
    missing: int
    bonus: int


@dataclass(frozen=True)
class Goal:
    """Something to be made large, linear in the loads but for the people at each session.

    Attributes
    ----------
    told, driver_s, rider_s
        What one unit of each of these columns of `Loads` counts; the last two 0 or less.
    worth
        What a unit of worth counts; `gains` are those of worth itself.
    step
        Every sum is a multiple of this.
    """

    told: int
    driver_s: int
    rider_s: int
    worth: int
    gains: tuple[Gains, ...]
    step: int = 1

    @property
    def ceiling(self) -> int:
        """What the people at all sessions are worth at most."""
        return self.worth * sum(int(gains.by_people.max()) for gains in self.gains)

    def value(self, loads: Loads) -> Whole:
        """By load: what it counts by itself, without its people's worth."""
        extra = self.driver_s * loads.driver_extra + self.rider_s * loads.rider_extra
        return np.asarray(self.told * loads.told + extra)

    def of(self, loads: Loads) -> int:
        """The sum when all of *loads* are driven."""
        total = int(self.value(loads).sum())
        if self.worth:
            people = np.bincount(loads.session, loads.people, len(self.gains)).astype(np.int64)
            for gains, come in zip(self.gains, people, strict=True):
                total += self.worth * int(gains.by_people[come])
        return total


def goals_of(day: Day) -> tuple[Goal, Goal, Goal]:
    """Worth (but for the constant `Day.told_price`), drivers' seconds, riders' seconds."""
    gains = tuple(_gains(day, s) for s in range(len(day.sessions)))
    steps = [int(np.gcd.reduce(each.by_people)) for each in gains]
    steps.append(day.problem.change_price if day.problem.told else 0)
    return (
        Goal(1, 0, 0, 1, gains, step=max(1, math.gcd(*steps))),
        Goal(0, -1, 0, 0, gains),
        Goal(0, 0, -1, 0, gains),
    )


def together(day: Day) -> Goal:
    """Worth and the drivers' seconds in one: worth first, as far as whole numbers reach.

    A step of worth counts for several times all the seconds that any plan may cost, or for as
    much as floating point still tells apart from nothing.
    """
    worth = goals_of(day)[0]
    most = worth.ceiling + day.told_price + 1
    rate = max(1, min(-(-FIRST * most_seconds(day) // worth.step), TOGETHER // most))
    return replace(worth, told=rate, driver_s=-1, worth=rate, step=1)


def most_seconds(day: Day) -> int:
    """More than any plan costs the drivers."""
    return 1 + sum(driver.detour_limit_s * (2 if driver.both_ways else 1) for driver in day.drivers)


def _gains(day: Day, s: int) -> Gains:
    session, coming, room = day.sessions[s], int(day.coming[s]), int(day.room[s])
    missing = session.minimum - coming
    winnable = 0 < missing <= room
    return Gains(
        by_people=day.worth_of(s),
        unit=weight(session),
        below=min(room, max(0, session.target - coming)),
        missing=missing if winnable else 0,
        bonus=weight(session) * session.minimum if winnable else 0,
    )
