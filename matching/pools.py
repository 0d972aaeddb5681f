"""Where a program's loads come from: a list of all there are, or found as prices ask for them.

Both keep a list that only grows, in which a load is known by its place. Begin with `Pool`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from matching.day import Day, Flags, Marks, Whole, place_in_run
from matching.loads import Loads, joined, no_loads
from matching.market import Group, groups
from matching.offering import Effort, Sought, alone, sought
from matching.prices import FINE, Bound, Priced, nothing

ROUNDING = 8  # 1024ths: prices are rounded by less
HEADS = 20  # times as many offers as loads: a set has several heads
MOST_KNOWN = 1_000_000  # loads of a pool; some 100 MB
EACH = 12  # loads that enter a program for each driver at a time


@dataclass(frozen=True)
class Answer:
    """No load of driver d is worth more than `best[d]`; of those known, `reduced` is what each is.

    Both in 1024ths, at the prices that were asked about.
    """

    best: Whole
    reduced: Whole


class Pool(Protocol):
    """Loads, and what can be said about those that are not there yet."""

    @property
    def loads(self) -> Loads:
        """All that are known."""

    @property
    def efforts(self) -> int:
        """How many kinds of looking for loads there are, the quickest first."""

    def ask(self, priced: Priced, effort: int) -> Answer:
        """Look for loads that are worth more than they cost."""

    def useful(self, bound: Bound, least: int, most: int) -> tuple[Whole, bool]:
        """The loads that a plan of at least *least* may hold, and whether these are all.

        Where they must be looked for, it is given up at *most*.
        """


Asked = Callable[[list[Group], Priced, Whole, Effort], Iterable[Sought]]  # `sought`, of each


class Listed:
    """A pool of all loads there can be."""

    efforts = 1

    def __init__(self, day: Day, loads: Loads) -> None:
        self.loads = loads
        self._day = day

    def ask(self, priced: Priced, effort: int) -> Answer:  # noqa: ARG002 - all are known
        """As `Pool.ask`; there is nothing to look for."""
        reduced = priced.reduced(self._day, self.loads)
        best = nothing(self._day)
        np.maximum.at(best, self.loads.driver, reduced)
        return Answer(best, reduced)

    def useful(self, bound: Bound, least: int, most: int) -> tuple[Whole, bool]:  # noqa: ARG002
        """As `Pool.useful`."""
        return np.flatnonzero(_may_hold(self._day, bound, self.loads, least)), True


class Grown:
    """A pool that grows: loads are found when prices make them worthwhile.

    *asked* does that for several sessions at once, if it is given.
    """

    EFFORTS = (
        Effort(600, 300, 6),
        Effort(4_000, 2_000, EACH),
        Effort(40_000, 10_000, 40),
        Effort(400_000, 60_000, 40),
    )
    efforts = len(EFFORTS)

    def __init__(
        self, day: Day, loads: Loads, late: Callable[[], bool], asked: Asked | None = None
    ) -> None:
        self._day, self._late = day, late
        self._asked = self._ask if asked is None else asked
        self._known = set[tuple[int, int, int]]()
        self.loads = loads.pick(np.arange(0))
        self.add(joined([loads, alone(day)]))
        self._groups = groups(day)

    def add(self, loads: Loads) -> None:
        """Know these too."""
        keys = zip(
            loads.driver.tolist(),
            loads.session.tolist(),
            _marks(self._day, loads).tolist(),
            strict=True,
        )
        fresh = []
        for at, key in enumerate(keys):
            if key not in self._known:
                self._known.add(key)
                fresh.append(at)
        self.loads = joined([self.loads, loads.pick(np.array(fresh, dtype=np.int64))])

    def ask(self, priced: Priced, effort: int) -> Answer:
        """As `Pool.ask`, of all sessions, with one of the `EFFORTS`."""
        best = nothing(self._day)
        np.maximum.at(best, self.loads.driver, priced.reduced(self._day, self.loads))
        above = np.where(best < 0, best, ROUNDING)  # a pin's driver must go, at whatever loss
        best = np.maximum(best, above)
        loads = [no_loads()]
        for found in self._asked(self._groups, priced, above, self.EFFORTS[effort]):
            np.maximum(best, found.best, out=best)
            loads.append(found.loads)
        self.add(joined(loads))
        reduced = priced.reduced(self._day, self.loads)
        np.maximum.at(best, self.loads.driver, reduced)
        return Answer(best, reduced)

    def _ask(
        self, groups: list[Group], priced: Priced, above: Whole, effort: Effort
    ) -> Iterator[Sought]:
        for group in groups:
            yield sought(self._day, group, priced, above, effort, self._late)

    def useful(self, bound: Bound, least: int, most: int) -> tuple[Whole, bool]:
        """As `Pool.useful`."""
        above = bound.best - (bound.total - least * FINE) - 1
        complete = True
        for group in self._groups:
            if not complete or self._late():
                break
            asked = Effort(most, most, most, HEADS * most)
            found = sought(self._day, group, bound.priced, above, asked, self._late)
            complete = found.complete and len(self.loads) <= MOST_KNOWN
            self.add(found.loads)
        chosen = np.flatnonzero(_may_hold(self._day, bound, self.loads, least))
        return chosen, complete and not self._late()


def _may_hold(day: Day, bound: Bound, loads: Loads, least: int) -> Flags:
    return np.asarray(bound.loss(day, loads) <= bound.total - least * FINE)


def _marks(day: Day, loads: Loads) -> Marks:
    marks = np.append(day.mark, np.uint64(0))[loads.riders]
    return np.asarray(marks.sum(axis=1, dtype=np.uint64))


def best_of_each(loads: Loads, worth: Whole, some: Whole) -> Whole:
    """Of *some*, places in *loads*, the `EACH` of every driver that are worth most."""
    order = some[np.lexsort((-worth[some], loads.driver[some]))]
    return np.asarray(order[place_in_run(loads.driver[order]) < EACH])
