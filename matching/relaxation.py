"""The linear program over car-loads, and the prices and bound that it gives.

All loads are listed, but a program of them all would be slow: it starts with a few, and
those that its prices show to be worth more than they cost are added until there are none.
Begin with `relaxed`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matching.day import Day, Whole
from matching.engine import linear, solved
from matching.goals import Goal
from matching.loads import Loads
from matching.master import Master
from matching.prices import Bound, Kept, bound_by

EACH = 12  # loads added for each driver and round
ROUNDS = 200
SMALL = 4_000  # loads: fewer are all put in at once


@dataclass(frozen=True)
class Relaxed:
    """The best bound found, and the loads that the program has seen, in rising order."""

    bound: Bound
    seen: Whole


def relaxed(
    day: Day,
    loads: Loads,
    goal: Goal,
    kept: Sequence[Kept],
    start: Iterable[int],
    left_s: Callable[[], float],
) -> Relaxed | None:
    """Solve the linear program, beginning with the loads *start*, which must be feasible.

    Stops early when no time is left; the bound is valid all the same. None when there was no
    time for any.
    """
    program = Master(linear(left_s()), day, loads, goal, kept)
    program.add(start)
    program.add(range(len(loads)) if len(loads) <= SMALL else _largest(loads))
    best: Bound | None = None
    for _ in range(ROUNDS):
        if left_s() <= 0 or not solved(program.solver):
            break
        bound = bound_by(day, loads, goal, kept, program.prices())
        if best is None or bound.total < best.total:
            best = bound
        entering = _entering(loads, bound, set(program.columns))
        if not entering:
            break
        program.add(entering)
    if best is None:
        return None
    return Relaxed(best, np.array(sorted(program.columns), dtype=np.int64))


def _largest(loads: Loads) -> list[int]:
    """A few loads for each driver: those with most people, then with least driving."""
    order = np.lexsort((loads.driver_extra, -loads.people, loads.driver))
    return _first_of_each(loads.driver[order], order)


def _entering(loads: Loads, bound: Bound, known: set[int]) -> list[int]:
    """For each driver those loads that are underpriced most, by more than rounding errs."""
    under = np.flatnonzero(bound.reduced > 8)
    order = under[np.lexsort((-bound.reduced[under], loads.driver[under]))]
    return [i for i in _first_of_each(loads.driver[order], order) if i not in known]


def _first_of_each(driver: Whole, order: Whole) -> list[int]:
    place = np.arange(len(order)) - np.searchsorted(driver, driver)
    return [int(i) for i in order[place < EACH]]
