"""The best choice of car-loads, level by level, with proof where the work allows it.

Of each level the linear program gives a bound. Loads that no better plan can hold by that
bound are left out, and an integer program over the others either finds a better plan or
proves that there is none. The next level then keeps what this one has reached.

Worth alone leaves so many plans equal that a program of it chooses badly. So it is first made
large together with the drivers' seconds made small, which finds the best worth sooner. Begin
with `best_of`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.day import Day, Whole
from matching.diving import PACES, Pace, dived
from matching.engine import integer, solved
from matching.goals import goals_of, most_seconds, together
from matching.loads import Loads
from matching.master import Master
from matching.pools import Listed, Pool
from matching.prices import FINE, Bound, Kept, Level, Prices
from matching.relaxation import Relaxed, Until, relaxed

SHARE = 0.6  # of the time that is left, for a level that others follow
CLOSE = 20  # a worth's linear program ends when less than such a part of a step is missing
CUT_ROUNDS = 12
EFFORTS = 3  # for finding a good plan; for proofs there are more
MOST_LISTED = 300_000  # loads of the next level, when they are looked for


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
class Choice:
    """A plan's loads, and what is proven of them.

    `near` are the loads that the linear program of worth knew, `prices` its prices. `bound` is on
    worth (before `Day.told_price`), None when the clock forbade any; `proven` counts levels;
    `cut` says that the clock ended the work on worth.
    """

    loads: Loads
    near: Loads
    prices: Prices | None
    bound: int | None
    proven: int
    cut: bool


@dataclass(frozen=True)
class _Reached:
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


def best_of(day: Day, pool: Pool, start: Whole, work: Work) -> Choice:
    """Choose from *pool* a plan, beginning with the loads *start*, which may be improved.

    What is proven is proven about the day when the pool holds or finds all loads there are.
    """
    goals, kept = goals_of(day)[: work.levels], list[Kept]()
    found = _worth(day, pool, start, work.share(SHARE if work.levels > 1 else 1.0))
    cut, most, proven = work.share(1 - SHARE).late() and not found.best, found.most, 0
    near = pool.loads.pick(found.near)
    prices = None if found.bound is None else found.bound.priced.prices
    for number, goal in enumerate(goals):
        if number:
            part = work.share(SHARE if number + 1 < len(goals) else 1.0)
            found = _level(day, pool, Level(goal, tuple(kept)), found.choice, part)
        proven += found.best and proven == number
        value = goal.of(pool.loads.pick(found.choice))
        kept.append(Kept(goal, value))
        if found.most is None or work.late() or number + 1 == len(goals):
            break
        if found.bound is not None:
            pool, chosen = _fewer(day, pool, found.bound, value, found.choice)
            found = replace(found, choice=chosen)
    return Choice(pool.loads.pick(found.choice), near, prices, most, proven, cut)


def _fewer(day: Day, pool: Pool, bound: Bound, least: int, choice: Whole) -> tuple[Pool, Whole]:
    """The pool without loads that would cost the level its value; and *choice* in it."""
    stays, complete = pool.useful(bound, least, MOST_LISTED)
    if not complete:
        return pool, choice
    stays = np.union1d(stays, choice)
    return Listed(day, pool.loads.pick(stays)), np.searchsorted(stays, choice)


def _worth(day: Day, pool: Pool, start: Whole, work: Work) -> _Reached:
    """The first level: the best worth from *start*, and the bound on it."""
    level, both = Level(goals_of(day)[0]), Level(together(day))
    close = both.goal.worth * level.goal.step // CLOSE
    until = Until(work.share(SHARE).left_s, close=close, efforts=EFFORTS)
    linear = relaxed(day, pool, both, start, until)
    if linear is None:
        return _Reached(start, start, None, None, best=False)
    choice = _better(pool, both, start, dived(day, pool, both, linear, PACES[0], work.left_s))
    work.mark("found")
    value = _value(pool, level, choice)
    most = min(_most(day, level, both, linear), level.goal.ceiling + day.told_price)
    if not work.bounds or (value >= most and work.levels > 1):
        work.mark("proven" if value >= most else "tried")
        return _Reached(choice, linear.seen, most, None, best=value >= most)
    top = relaxed(day, pool, level, choice, Until(work.left_s, enough=value))
    if top is None:
        return _Reached(choice, linear.seen, most, None, best=False)
    most = min(most, top.bound.whole(level.goal.step))
    if value < most and work.dives:
        until = replace(until, rounds=CUT_ROUNDS)
        linear = relaxed(day, pool, both, choice, until, after=linear) or linear
        most = min(most, _most(day, level, both, linear))
    choice, best = _searched(day, pool, both, linear, choice, most, work)
    if not best and not work.late():
        choice, best = _proof(day, pool, level, top, choice, replace(work, pools=work.pools[-1:]))
        work.mark("found" if _value(pool, level, choice) > value else "tried")
    if best:
        work.mark("proven")
        most = _value(pool, level, choice)
    return _Reached(choice, top.seen, most, top.bound, best)


def _searched(
    day: Day, pool: Pool, both: Level, linear: Relaxed, choice: Whole, most: int, work: Work
) -> tuple[Whole, bool]:
    """*choice* or one of more worth, and whether it reaches *most*."""
    level = Level(goals_of(day)[0])
    value = _value(pool, level, choice)
    for attempt in _attempts(day, pool, both, linear, work):
        if value >= most or work.late():
            break
        choice = attempt(choice)
        if _value(pool, level, choice) > value:
            value = _value(pool, level, choice)
            work.mark("found")
    return choice, value >= most


def _most(day: Day, level: Level, both: Level, linear: Relaxed) -> int:
    """What the bound of worth and seconds in one says about worth."""
    worth = (linear.bound.total // FINE + most_seconds(day)) // both.goal.worth
    return worth // level.goal.step * level.goal.step


def _attempts(
    day: Day, pool: Pool, level: Level, linear: Relaxed, work: Work
) -> Iterator[Callable[[Whole], Whole]]:
    """Ways to a better choice, the quickest first."""

    def diving(pace: Pace) -> Callable[[Whole], Whole]:
        return lambda choice: _better(
            pool, level, choice, dived(day, pool, level, linear, pace, work.left_s)
        )

    def choosing(size: int) -> Callable[[Whole], Whole]:
        return lambda choice: _chosen(day, pool, level, linear, choice, size, work)

    yield from map(diving, PACES[: work.dives])
    before = 0
    for size in work.pools[:-1]:
        if before < len(pool.loads):
            yield choosing(size)
        before = size


def _level(day: Day, pool: Pool, level: Level, start: Whole, work: Work) -> _Reached:
    """Improve *start* on one level that keeps those above it."""
    value = _value(pool, level, start)
    until = Until(work.left_s, enough=value, rounds=CUT_ROUNDS)
    top = relaxed(day, pool, level, start, until)
    if top is None:
        return _Reached(start, start, None, None, best=False)
    choice = start
    if value < top.bound.whole(level.goal.step):
        choice = _better(pool, level, choice, dived(day, pool, level, top, PACES[0], work.left_s))
        choice = _chosen(day, pool, level, top, choice, work.pools[0], work)
    choice, best = _proof(day, pool, level, top, choice, replace(work, pools=work.pools[:-1]))
    return _Reached(choice, top.seen, top.bound.whole(level.goal.step), top.bound, best)


def _better(pool: Pool, level: Level, one: Whole, other: Whole | None) -> Whole:
    if other is None or _value(pool, level, other) <= _value(pool, level, one):
        return one
    if any(kept.goal.of(pool.loads.pick(other)) < kept.least for kept in level.kept):
        return one
    return other


def _chosen(
    day: Day, pool: Pool, level: Level, linear: Relaxed, choice: Whole, size: int, work: Work
) -> Whole:
    """*choice*, or a better one from the *size* loads nearest to the linear program's answer."""
    known = np.arange(len(pool.loads))
    near = np.union1d(_nearest(day, pool, linear, known, size), choice)
    found, _ = _integer(day, pool, level, linear, near, choice, work, quick=True)
    return _better(pool, level, choice, found)


def _proof(
    day: Day, pool: Pool, level: Level, top: Relaxed, choice: Whole, work: Work
) -> tuple[Whole, bool]:
    """Look at all loads that a better plan than *choice* can hold, as far as they are few.

    Returns the better choice, and whether there is none better.
    """
    step = level.goal.step
    for size in work.pools:
        value = _value(pool, level, choice)
        if value >= top.bound.whole(step) or work.late():
            break
        better, complete = pool.useful(top.bound, value + step, size)
        if complete and not len(better):
            return choice, True
        near = _nearest(day, pool, top, better, size)
        quick = size < work.pools[-1] or not work.cuts
        some = np.union1d(near, choice)
        found, best = _integer(day, pool, level, top, some, choice, work, quick=quick)
        choice = _better(pool, level, choice, found)
        if best and complete and len(near) == len(better):
            return choice, True
    return choice, _value(pool, level, choice) >= top.bound.whole(step)


def _value(pool: Pool, level: Level, choice: Whole) -> int:
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
