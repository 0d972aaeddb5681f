"""The best choice of car-loads, level by level, with proof where the work allows it.

Of each level the linear program gives a bound. Loads that no better plan can hold by that
bound are left out, and an integer program over the others either finds a better plan or
proves that there is none. The next level then keeps what this one has reached. Begin with
`best_of`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.day import Day, Whole
from matching.engine import integer, solved
from matching.goals import Goal, goals_of
from matching.loads import Loads
from matching.master import Master
from matching.prices import Bound, Kept, useful
from matching.relaxation import relaxed


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
    """

    nodes: int
    pools: tuple[int, ...]
    cuts: bool
    levels: int
    left_s: Callable[[], float]

    def late(self) -> bool:
        """Whether the time is up."""
        return self.left_s() <= 0

    def share(self, part: float) -> "Work":
        """The same work within *part* of the time that is left."""
        spare = self.left_s() * (1 - part)
        return replace(self, left_s=lambda: self.left_s() - spare)


@dataclass(frozen=True)
class Choice:
    """Some of the loads, and what is proven of them.

    `bound` is on worth (before `Day.told_price`), None when the clock forbade any; `proven`
    counts levels; `cut` says that the clock ended the work on worth.
    """

    chosen: Whole
    bound: int | None
    proven: int
    cut: bool


def best_of(day: Day, loads: Loads, start: Whole, work: Work) -> Choice:
    """Choose from *loads*, beginning with *start*, a plan that may be improved.

    What is proven is proven about these loads: about the day when they are all there are.
    """
    names = np.arange(len(loads))
    goals = list(goals_of(day, loads))
    choice, kept, bound = start, list[Kept](), None
    proven, cut = 0, False
    for number in range(work.levels):
        part = work.share(0.6 if number + 1 < work.levels else 1.0)
        if number > 0 and len(work.pools) > 1:
            part = replace(part, pools=work.pools[:-1])
        choice, top, optimal = _level(day, loads, goals[number], kept, choice, part)
        if number == 0 and top is not None:
            bound = goals[0].of(loads, choice) if optimal else top.whole(goals[0].step)
        proven += optimal and proven == number
        cut = cut or (number == 0 and part.late())
        value = goals[number].of(loads, choice)
        kept.append(Kept(goals[number], value))
        if top is None or work.late():
            break
        stays = np.flatnonzero(useful(top, value))
        loads, names = loads.pick(stays), names[stays]
        choice = np.searchsorted(stays, choice)
        goals = [goal.pick(stays) for goal in goals]
        kept = [Kept(goal, each.least) for goal, each in zip(goals, kept, strict=False)]
    return Choice(names[choice], bound, proven, cut)


def _level(
    day: Day, loads: Loads, goal: Goal, kept: Sequence[Kept], start: Whole, work: Work
) -> tuple[Whole, Bound | None, bool]:
    """Improve *start* on one level: the choice, the linear bound, and whether it is best."""
    linear = relaxed(day, loads, goal, kept, start, work.left_s)
    if linear is None:
        return start, None, False
    choice, bound = start, linear.bound
    for size in work.pools:
        value = goal.of(loads, choice)
        better = np.flatnonzero(useful(bound, value + goal.step))
        if value >= bound.whole(goal.step) or not len(better):
            return choice, bound, True
        quick = size < work.pools[-1] or not work.cuts
        pool = _nearest(bound, better, linear.seen, size)
        found, best = _integer(
            day, loads, goal, kept, np.union1d(pool, choice), choice, work, quick
        )
        if found is not None and goal.of(loads, found) > value:
            choice = found
        if best and len(pool) == len(better):
            return choice, bound, True
        if work.late() or len(pool) == len(better):
            break
    return choice, bound, goal.of(loads, choice) >= bound.whole(goal.step)


def _nearest(bound: Bound, better: Whole, seen: Whole, size: int) -> Whole:
    """At most *size* of *better*: those the linear program has seen, then by their loss."""
    if len(better) <= size:
        return better
    order = np.lexsort((bound.loss[better], ~np.isin(better, seen)))
    return np.sort(better[order[:size]])


def _integer(
    day: Day,
    loads: Loads,
    goal: Goal,
    kept: Sequence[Kept],
    pool: Whole,
    start: Whole,
    work: Work,
    quick: bool,
) -> tuple[Whole | None, bool]:
    """The best choice from *pool*, None if none was found, and whether it is proven."""
    program = Master(integer(work.nodes, work.left_s(), quick=quick), day, loads, goal, kept)
    program.add(pool.tolist())
    driven = set(start.tolist())
    hint = {column: float(load in driven) for load, column in program.columns.items()}
    program.solver.SetHint(list(hint), list(hint.values()))
    best = solved(program.solver)
    if best is None:
        return None, False
    return np.array(program.chosen(), dtype=np.int64), best
