"""The linear program over car-loads, and the prices and bound that it gives.

A program of all loads would be slow, and often they are too many to know. It starts with a
few; those that its prices show to be worth more than they cost are added until there are
none. Asked at once, prices of such a program swing; so between the best ones yet and the
newest (P. Wentges, Int. Trans. Opl Res. 4 (1997), 151). Begin with `relaxed`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matching.cuts import Shares, violated
from matching.day import Day, Whole
from matching.engine import linear, rough, solved
from matching.loads import persons_of
from matching.master import Master
from matching.pools import ROUNDING, Pool, best_of_each
from matching.prices import FINE, Bound, Level, Prices, priced

ROUNDS = 200
SMALL = 4_000  # loads: fewer are all put in at once
STEADY = 0.5  # how much of the best prices is kept
SECONDS = 1 << 32  # one person more counts for more than any driving
MOST_CUTS = 200  # rows of a program that are cuts


@dataclass(frozen=True)
class Relaxed:
    """The best bound found, and the loads that the program has seen, in rising order.

    `shares` is how much of which the last solution drove, where that was asked for.
    """

    bound: Bound
    seen: Whole
    shares: Shares


@dataclass(frozen=True)
class Until:
    """When a linear program has been solved well enough.

    Attributes
    ----------
    left_s
        Seconds left by the clock.
    enough
        The bound has fallen to this.
    close
        The bound can fall, or a round gains, by less than this.
    rounds
        Rounds of cuts that may be added.
    efforts
        Kinds of looking for loads that are used, the quickest first, from the `first` on.
    slow
        A round that gains less than this part wants more effort.
    rough
        A program of many loads, solved roughly: its prices are as valid, the bound is a little
        higher.
    """

    left_s: Callable[[], float]
    enough: int | None = None
    close: int = 0
    rounds: int = 0
    efforts: int = 9
    first: int = 0
    slow: float = 1e-4
    rough: bool = False


def relaxed(
    day: Day, pool: Pool, level: Level, start: Whole, until: Until, after: Relaxed | None = None
) -> Relaxed | None:
    """Solve the linear program, beginning with the loads *start*, which must be feasible.

    However early it stops, the bound is valid. None when there was no time for any. With
    *after*, it goes on from that answer.
    """
    climb = _Climb(day, pool, level, until, after)
    climb.program.add(pool.loads, start)
    for _ in range(ROUNDS):
        if until.left_s() <= 0 or not solved(climb.program.solver) or climb.ends():
            break
    if climb.best is None:
        return None
    seen = np.array(sorted(climb.program.columns), dtype=np.int64)
    return Relaxed(climb.best, seen, climb.shares)


class _Climb:
    """A program on its way: how hard loads are looked for, and how steady its prices are."""

    def __init__(
        self, day: Day, pool: Pool, level: Level, until: Until, after: Relaxed | None
    ) -> None:
        solver = rough(until.left_s()) if until.rough else linear(until.left_s())
        self.program = Master(solver, day, level)
        self.best: Bound | None = None
        self.shares: Shares = {}
        self._day, self._pool, self._level, self._until = day, pool, level, until
        self._efforts = min(until.efforts, pool.efforts)
        self._effort, self._steady, self._value = until.first, 0.0, -math.inf
        self._rounds = until.rounds
        few = until.rough or after is not None
        self.program.add(pool.loads, _some(pool) if not few else np.arange(0))
        if after is not None:
            self.best = after.bound
            self.program.add(pool.loads, after.seen)
            self._effort = until.first or self._efforts - 1
            self.program.cut(pool.loads, after.bound.priced.cuts.triples)

    def ends(self) -> bool:
        """Use a solution: ask for loads and add them; True when there is nothing left to do."""
        program, newest = self.program, self.program.prices()
        value = program.solver.Objective().Value()
        self.shares = program.shares() if self._rounds or self._until.rough else {}
        mixed = newest if self.best is None else _between(self.best, newest, self._steady)
        at = priced(self._level, mixed, program.cuts)
        answer = self._pool.ask(at, self._effort)
        bound = at.bound(answer.best)
        if self.best is None or bound.total < self.best.total:
            self.best = bound
        reduced = answer.reduced
        if self._steady:
            at = priced(self._level, newest, program.cuts)
            reduced = at.reduced(self._day, self._pool.loads)
        entering = fresh(self._pool, reduced, program)
        program.add(self._pool.loads, entering)
        gained, self._value = value - self._value, value
        if self._done(self.best, gained, len(entering)):
            return self._reached(self.best) or not self._cut()
        self._go_on(gained, len(entering))
        return False

    def _reached(self, best: Bound) -> bool:
        enough = self._until.enough
        return enough is not None and best.whole(self._level.goal.step) <= enough

    def _done(self, best: Bound, gained: float, entering: int) -> bool:
        """Whether the program as it is needs no more work."""
        step, close = self._level.goal.step, self._until.close
        last = self._effort + 1 >= self._efforts
        return (
            self._reached(best)
            or best.whole(step) <= math.floor(self._value - 1e-3) // step * step
            or best.total <= (self._value + close) * FINE
            or (last and (gained < close or (not self._steady and not entering)))
        )

    def _cut(self) -> bool:
        """Add cuts, if there are any."""
        known = self.program.cuts
        persons = persons_of(self._day, self._pool.loads)
        triples = violated(persons, self.shares, known)[: MOST_CUTS - len(known)]
        if self._rounds == 0 or not len(triples):
            return False
        self.program.cut(self._pool.loads, triples)
        self._rounds, self._steady, self._value = self._rounds - 1, 0.0, -math.inf
        return True

    def _go_on(self, gained: float, entering: int) -> None:
        last = self._effort + 1 >= self._efforts
        if not last and (gained < self._until.slow * abs(self._value) or not entering):
            self._effort += 1
        else:
            self._steady = STEADY if last and self._efforts > 1 and entering else 0.0


def fresh(pool: Pool, reduced: Whole, program: Master) -> Whole:
    """What enters: for each driver the loads underpriced most that are not in it yet."""
    outside = np.ones(len(reduced), dtype=bool)
    outside[list(program.columns)] = False
    under = np.flatnonzero((reduced > ROUNDING) & outside)
    return best_of_each(pool.loads, reduced, under)


def _between(best: Bound, newest: Prices, steady: float) -> Prices:
    if not steady:
        return newest
    old = best.priced.prices
    part = round(steady * FINE)
    kept = zip(old.kept, newest.kept, strict=True)
    cut = np.pad(old.cut, (0, len(newest.cut) - len(old.cut)))
    return Prices(
        person=(part * old.person + (FINE - part) * newest.person) // FINE,
        place=(part * old.place + (FINE - part) * newest.place) // FINE,
        kept=tuple((part * a + (FINE - part) * b) // FINE for a, b in kept),
        cut=(part * cut + (FINE - part) * newest.cut) // FINE,
    )


def _some(pool: Pool) -> Whole:
    """All loads if they are few, or some of each driver: most people, then least driving."""
    loads = pool.loads
    if len(loads) <= SMALL:
        return np.arange(len(loads))
    worth = loads.people * SECONDS - loads.driver_extra
    return best_of_each(loads, worth, np.arange(len(loads)))
