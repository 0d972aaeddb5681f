"""The three levels of the objective, each as something to be made large.

A `Goal` is linear in the loads but for worth, which also depends on how many people come to
each session. All numbers are whole, so that a proof is exact. Begin with `goals_of`.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.day import Day, Whole, weight
from matching.loads import Loads


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
    """One level: the sum of `value` over the chosen loads, and of `gains` if it is worth."""

    value: Whole
    gains: tuple[Gains, ...] | None

    @cached_property
    def step(self) -> int:
        """Every sum is a multiple of this."""
        numbers = [int(np.gcd.reduce(self.value))] if len(self.value) else [0]
        numbers += [int(np.gcd.reduce(gains.by_people)) for gains in self.gains or ()]
        return max(1, int(np.gcd.reduce(numbers)))

    def pick(self, chosen: Whole) -> "Goal":
        """The same level over these of the loads."""
        return Goal(self.value[chosen], self.gains)

    def of(self, loads: Loads, chosen: Whole) -> int:
        """The level's sum when *chosen* of *loads* are driven."""
        total = int(self.value[chosen].sum())
        for s, gains in enumerate(self.gains or ()):
            people = int(loads.people[chosen][loads.session[chosen] == s].sum())
            total += int(gains.by_people[people])
        return total


def goals_of(day: Day, loads: Loads) -> tuple[Goal, Goal, Goal]:
    """Worth (but for the constant `Day.told_price`), drivers' seconds, riders' seconds."""
    gains = tuple(_gains(day, s) for s in range(len(day.sessions)))
    return (
        Goal(loads.told, gains),
        Goal(-loads.driver_extra, None),
        Goal(-loads.rider_extra, None),
    )


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
