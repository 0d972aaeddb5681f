"""The best choice of car-loads, level by level, with proof where the work allows it.

Of each level the linear program gives a bound. Loads that no better plan can hold by that
bound are left out, and an integer program over the others either finds a better plan or
proves that there is none. The next level then keeps what this one has reached. Begin with
`best_of`.
"""

from dataclasses import dataclass, replace

import numpy as np

from matching.choosing import Reached, Work, better, chosen, proof, value_of
from matching.day import Day, Whole
from matching.diving import PACES, dived
from matching.goals import goals_of
from matching.loads import Loads
from matching.pools import Listed, Pool
from matching.prices import Bound, Kept, Level, Prices
from matching.relaxation import Until, relaxed
from matching.worth import CUT_ROUNDS, best_worth

SHARE = 0.85  # of the time that is left, for a level that others follow
MOST_LISTED = 300_000  # loads of the next level, when they are looked for


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


def best_of(day: Day, pool: Pool, start: Whole, work: Work) -> Choice:
    """Choose from *pool* a plan, beginning with the loads *start*, which may be improved.

    What is proven is proven about the day when the pool holds or finds all loads there are.
    """
    goals, kept = goals_of(day)[: work.levels], list[Kept]()
    part = work.share(SHARE if work.levels > 1 else 1.0)
    found = best_worth(day, pool, start, part)
    cut, most, proven = part.late() and not found.best, found.most, 0
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


def _level(day: Day, pool: Pool, level: Level, start: Whole, work: Work) -> Reached:
    """Improve *start* on one level that keeps those above it."""
    value = value_of(pool, level, start)
    until = Until(work.left_s, enough=value, rounds=CUT_ROUNDS)
    top = relaxed(day, pool, level, start, until)
    if top is None:
        return Reached(start, start, None, None, best=False)
    choice = start
    if value < top.bound.whole(level.goal.step):
        choice = better(pool, level, choice, dived(day, pool, level, top, PACES[0], work.left_s))
        choice = chosen(day, pool, level, top, choice, work.pools[0], work)
    choice, best = proof(day, pool, level, top, choice, replace(work, pools=work.pools[:-1]))
    return Reached(choice, top.seen, top.bound.whole(level.goal.step), top.bound, best)
