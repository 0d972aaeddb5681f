"""Prices of people and places, and the bound that they prove.

Charge every load for the people it uses and pay it for those it brings: then each driver's
best load and each session's best number can be found alone, and their sum, with the prices
themselves, is a bound on every plan (Lagrange's; valid whatever the prices are, so a linear
program's rounding does no harm). Prices are whole 1024ths, hence the bound is exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.day import Day, Flags, Whole
from matching.goals import Goal
from matching.loads import Loads

FINE = 1024


@dataclass(frozen=True)
class Prices:
    """What each person costs, and what each place at a session pays, in 1024ths.

    `kept[k]` is how much of the goal one unit of the k-th higher level is worth.
    """

    person: Whole
    place: Whole
    kept: tuple[int, ...]


@dataclass(frozen=True)
class Kept:
    """A higher level that must not fall below `least`."""

    goal: Goal
    least: int


@dataclass(frozen=True)
class Bound:
    """No plan is above `total` 1024ths of the goal; none with load i above total - loss[i]."""

    total: int
    reduced: Whole
    loss: Whole

    def whole(self, step: int) -> int:
        """The bound in the goal's own units, all sums being multiples of *step*."""
        return self.total // FINE // step * step


def bound_by(day: Day, loads: Loads, goal: Goal, kept: Sequence[Kept], prices: Prices) -> Bound:
    """What *prices* prove about *goal* over all of *loads*."""
    value = goal.value * FINE
    for level, price in zip(kept, prices.kept, strict=True):
        value = value + level.goal.value * price
    cost = np.append(prices.person, 0)
    riders = np.where(loads.riders < 0, -1, np.append(day.person_of_rider, 0)[loads.riders])
    reduced = value + loads.people * prices.place[loads.session]
    reduced -= cost[loads.driver] + cost[riders].sum(axis=1)
    best = _best_of_each(day, loads, reduced)
    total = int(prices.person.sum()) + int(best.sum()) + _places(day, goal, kept, prices)
    total -= sum(level.least * price for level, price in zip(kept, prices.kept, strict=True))
    return Bound(total, reduced, best[loads.driver] - reduced)


def _best_of_each(day: Day, loads: Loads, reduced: Whole) -> Whole:
    """By driver: their best load; nothing is 0, but not for a pin's driver, who must go."""
    best = np.zeros(len(day.drivers), dtype=np.int64)
    best[list(day.pins)] = np.iinfo(np.int64).min
    np.maximum.at(best, loads.driver, reduced)
    return best


def _places(day: Day, goal: Goal, kept: Sequence[Kept], prices: Prices) -> int:
    """The sessions' best numbers of people, at what each place pays."""
    total = 0
    for s in range(len(day.sessions)):
        gain = np.arange(int(day.room[s]) + 1) * -int(prices.place[s])
        levels = [(goal, FINE)] + [
            (level.goal, price) for level, price in zip(kept, prices.kept, strict=True)
        ]
        for level, price in levels:
            if level.gains is not None:
                gain = gain + level.gains[s].by_people * price
        total += int(gain.max())
    return total


def useful(bound: Bound, least: int) -> Flags:
    """Which loads a plan of at least *least* can hold."""
    return np.asarray(bound.loss <= bound.total - least * FINE)
