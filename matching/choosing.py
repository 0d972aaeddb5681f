"""Choosing loads by integer programs, from those that matter.

What the linear program says of each load tells which can be in a better plan at all. Begin with
`chosen` (a better plan, perhaps) and `proof` (whether there is one).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matching.day import Day, Whole
from matching.diving import PACES
from matching.engine import integer, solved
from matching.master import Master
from matching.pools import Pool
from matching.prices import Bound, Level
from matching.relaxation import Relaxed


@dataclass(frozen=True)
class Work:
    """How much may be done: the same on every machine, unless the clock cuts it short.

    Attributes
    ----------
    nodes
        Of each integer program's tree.
    pools
        How many loads the integer programs may hold that are tried one after another; below
        worth the last is left out, since a proof of seconds is worth less than the wait.
    cuts
        Whether the last of them looks for cuts: sooner at proofs, later at good answers.
    levels
        Of the objective, 1 to 3.
    left_s
        Seconds left by the clock.
    dives
        Plans made of a linear program with cuts; none, and there is no such program.
    efforts
        With how many of a pool's efforts a good plan is looked for; for proofs there are more.
    bounds
        Whether worth is bounded at all.
    mark
        Told "found" and "proven" when worth is; for those who measure.
    """

    nodes: int
    pools: tuple[int, ...]
    cuts: bool
    levels: int
    left_s: Callable[[], float]
    dives: int = len(PACES)
    efforts: int = 3
    bounds: bool = True
    mark: Callable[[str], None] = lambda _: None

    def late(self) -> bool:
        """Whether the time is up."""
        return self.left_s() <= 0

    def share(self, part: float) -> "Work":
        """The same work within *part* of the time that is left."""
        spare = self.left_s() * (1 - part)
        return replace(self, left_s=lambda: self.left_s() - spare)


@dataclass(frozen=True)
class Reached:
    """One level's answer.

    `near` are the loads that the linear program knew, `most` is the bound in the goal's own
    units and `bound` the linear one, both None if there was no time for it; `best` says that the
    choice is proven best.
    """

    choice: Whole
    near: Whole
    most: int | None
    bound: Bound | None
    best: bool


def better(pool: Pool, level: Level, one: Whole, other: Whole | None) -> Whole:
    if other is None or value_of(pool, level, other) <= value_of(pool, level, one):
        return one
    if any(kept.goal.of(pool.loads.pick(other)) < kept.least for kept in level.kept):
        return one
    return other


def chosen(
    day: Day, pool: Pool, level: Level, linear: Relaxed, choice: Whole, size: int, work: Work
) -> Whole:
    """*choice*, or a better one from the *size* loads nearest to the linear program's answer."""
    known = np.arange(len(pool.loads))
    near = np.union1d(_nearest(day, pool, linear, known, size), choice)
    found, _ = _integer(day, pool, level, linear, near, choice, work, quick=True)
    return better(pool, level, choice, found)


def proof(
    day: Day, pool: Pool, level: Level, top: Relaxed, choice: Whole, work: Work
) -> tuple[Whole, bool]:
    """Look at all loads that a better plan than *choice* can hold, as far as they are few.

    Returns the better choice, and whether there is none better.
    """
    step = level.goal.step
    for size in work.pools:
        value = value_of(pool, level, choice)
        if value >= top.bound.whole(step) or work.late():
            break
        some, complete = pool.useful(top.bound, value + step, size)
        if complete and not len(some):
            return choice, True
        near = _nearest(day, pool, top, some, size)
        quick = size < work.pools[-1] or not work.cuts
        program = np.union1d(near, choice)
        found, best = _integer(day, pool, level, top, program, choice, work, quick=quick)
        choice = better(pool, level, choice, found)
        if best and complete and len(near) == len(some):
            return choice, True
    return choice, value_of(pool, level, choice) >= top.bound.whole(step)


def value_of(pool: Pool, level: Level, choice: Whole) -> int:
    return level.goal.of(pool.loads.pick(choice))


def _nearest(day: Day, pool: Pool, linear: Relaxed, some: Whole, size: int) -> Whole:
    """At most *size* of *some*: by their loss, those that the linear program has seen first."""
    if len(some) <= size:
        return some
    loss = linear.bound.loss(day, pool.loads.pick(some))
    order = np.lexsort((loss, ~np.isin(some, linear.seen)))
    return np.sort(some[order[:size]])


def _integer(
    day: Day,
    pool: Pool,
    level: Level,
    linear: Relaxed,
    some: Whole,
    start: Whole,
    work: Work,
    *,
    quick: bool,
) -> tuple[Whole | None, bool]:
    """The best choice from *some*, None if none was found, and whether it is proven."""
    gap = level.goal.worth / 2 if level.goal.worth > 1 else 0  # half a worth, of two in one
    solver = integer(work.nodes, work.left_s(), quick=quick, gap=gap)
    program = Master(solver, day, level)
    program.add(pool.loads, some)
    program.cut(pool.loads, linear.bound.priced.cuts.triples)
    driven = set(start.tolist())
    hint = {column: float(load in driven) for load, column in program.columns.items()}
    program.solver.SetHint(list(hint), list(hint.values()))
    best = solved(program.solver)
    return (None, False) if best is None else (program.chosen(), best)
