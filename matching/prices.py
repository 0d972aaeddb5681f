"""Prices of people and places, and the bound that they prove.

Charge every load for the people it uses and pay it for those it brings: then each driver's
best load and each session's best number can be found alone, and their sum, with the prices
themselves, is a bound on every plan (Lagrange's; valid whatever the prices are, so a linear
program's rounding does no harm). Prices are whole 1024ths, hence the bound is exact.
"""

from dataclasses import dataclass

import numpy as np

from matching.cuts import Cuts
from matching.day import Day, Whole
from matching.goals import Goal
from matching.loads import Loads, persons_of

FINE = 1024


@dataclass(frozen=True)
class Prices:
    """What each person costs, and what each place at a session pays, in 1024ths.

    `kept[k]` is how much of the goal one unit of the k-th higher level is worth; `cut[c]` is
    what a load costs that holds two people of the c-th of the cuts.
    """

    person: Whole
    place: Whole
    kept: tuple[int, ...]
    cut: Whole


@dataclass(frozen=True)
class Kept:
    """A higher level that must not fall below `least`."""

    goal: Goal
    least: int


@dataclass(frozen=True)
class Level:
    """A goal to be made large while the higher levels `kept` hold."""

    goal: Goal
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True)
class Priced:
    """A `Level` at `prices`: what is left of a load's value when its people are paid for.

    `rates` is the goal and the kept levels as one, in 1024ths.
    """

    rates: Goal
    prices: Prices
    kept_s: int
    cuts: Cuts

    def reduced(self, day: Day, loads: Loads) -> Whole:
        """By load, in 1024ths."""
        persons = persons_of(day, loads)
        value = self.rates.value(loads) + loads.people * self.prices.place[loads.session]
        value -= np.append(self.prices.person, 0)[persons].sum(axis=1)
        return np.asarray(value - self.cuts.cost(persons, self.prices.cut))

    def bound(self, best: Whole) -> "Bound":
        """The bound, when no load of driver d is worth more than `best[d]`."""
        return Bound(self.total(best), best, self)

    def total(self, best: Whole) -> int:
        """The bound in 1024ths, when no load of driver d is worth more than `best[d]`."""
        total = int(self.prices.person.sum()) + int(self.prices.cut.sum()) + int(best.sum())
        total -= self.kept_s
        for gains, place in zip(self.rates.gains, self.prices.place, strict=True):
            people = np.arange(len(gains.by_people))
            total += int((gains.by_people * self.rates.worth - people * int(place)).max())
        return total


@dataclass(frozen=True)
class Bound:
    """No plan is above `total` 1024ths of the goal.

    With `priced`, none with a load of driver d is above total - (best[d] - reduced of it).
    """

    total: int
    best: Whole
    priced: Priced

    def whole(self, step: int) -> int:
        """The bound in the goal's own units, all sums being multiples of *step*."""
        return self.total // FINE // step * step

    def loss(self, day: Day, loads: Loads) -> Whole:
        """By load: how far below the bound every plan with it stays, in 1024ths."""
        return np.asarray(self.best[loads.driver] - self.priced.reduced(day, loads))


def priced(level: Level, prices: Prices, cuts: Cuts) -> Priced:
    """*level* at *prices*."""
    parts = [(level.goal, FINE)]
    parts += [(kept.goal, price) for kept, price in zip(level.kept, prices.kept, strict=True)]
    rates = Goal(
        told=sum(goal.told * rate for goal, rate in parts),
        driver_s=sum(goal.driver_s * rate for goal, rate in parts),
        rider_s=sum(goal.rider_s * rate for goal, rate in parts),
        worth=sum(goal.worth * rate for goal, rate in parts),
        gains=level.goal.gains,
    )
    kept_s = sum(kept.least * price for kept, price in zip(level.kept, prices.kept, strict=True))
    return Priced(rates, prices, kept_s, cuts)


def no_prices(persons: int, sessions: int) -> Prices:
    """Everything for nothing."""
    nobody = np.empty(0, dtype=np.int64)
    return Prices(np.zeros(persons, np.int64), np.zeros(sessions, np.int64), (), nobody)


def nothing(day: Day) -> Whole:
    """By driver: what driving nowhere is worth; a pin's driver must go."""
    best = np.zeros(len(day.drivers), dtype=np.int64)
    best[list(day.pins)] = np.iinfo(np.int64).min // 4
    return best
