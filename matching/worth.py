"""The first level of the objective: the best worth, and the bound on it.

Worth alone leaves so many plans equal that a program of it chooses badly. So it is first made
large together with the drivers' seconds made small, which finds the best worth sooner. Begin
with `best_worth`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from matching.choosing import Reached, Work, better, chosen, proof, value_of
from matching.day import Day, Whole
from matching.diving import PACES, Pace, dived
from matching.goals import goals_of, most_seconds, together
from matching.pools import Pool
from matching.prices import FINE, Level
from matching.relaxation import Relaxed, Until, relaxed

SHARE = 0.6  # of the time, for worth and seconds in one
CUT_ROUNDS = 12
CLOSE = 20  # that program ends when less than such a part of a step is missing


def best_worth(day: Day, pool: Pool, start: Whole, work: Work) -> Reached:
    """The first level: the best worth from *start*, and the bound on it."""
    level, both = Level(goals_of(day)[0]), Level(together(day))
    close = both.goal.worth * level.goal.step // CLOSE
    until = Until(work.share(SHARE).left_s, close=close, efforts=work.efforts, first=1)
    linear, choice = _begun(day, pool, both, start, until, work)
    if linear is None:
        return Reached(start, start, None, None, best=False)
    value = value_of(pool, level, choice)
    most = min(_most(day, level, both, linear), level.goal.ceiling + day.told_price)
    if value >= most and work.levels > 1:
        work.mark("proven")
    if not work.bounds or (value >= most and work.levels > 1):
        return Reached(choice, linear.seen, most, None, best=value >= most)
    top = relaxed(day, pool, level, choice, Until(work.left_s, enough=value))
    if top is None:
        return Reached(choice, linear.seen, most, None, best=False)
    most = min(most, top.bound.whole(level.goal.step))
    if value < most and work.dives:
        cutting = replace(until, rounds=CUT_ROUNDS)
        linear = relaxed(day, pool, both, choice, cutting, after=linear) or linear
        most = min(most, _most(day, level, both, linear))
    choice, best = _searched(day, pool, both, linear, choice, most, work)
    if not best and not work.late():
        last = replace(work, pools=work.pools[-1:])
        before, (choice, best) = choice, proof(day, pool, level, top, choice, last)
        if value_of(pool, level, choice) > value_of(pool, level, before):
            work.mark("found")
    if best:
        work.mark("proven")
        most = value_of(pool, level, choice)
    return Reached(choice, top.seen, most, top.bound, best)


def _begun(
    day: Day, pool: Pool, both: Level, start: Whole, until: Until, work: Work
) -> tuple[Relaxed | None, Whole]:
    """The linear program of worth and seconds, and a plan near it: one soon, then a better one."""
    quick = replace(until, left_s=work.left_s, efforts=1, first=0)
    linear = relaxed(day, pool, both, start, quick)
    if linear is None:
        return None, start
    choice = better(pool, both, start, dived(day, pool, both, linear, PACES[0], work.left_s))
    work.mark("found")
    if work.efforts > 1:
        linear = relaxed(day, pool, both, choice, until, after=linear) or linear
        again = dived(day, pool, both, linear, PACES[0], work.left_s)
        before, choice = choice, better(pool, both, choice, again)
        worth = Level(goals_of(day)[0])
        if value_of(pool, worth, choice) > value_of(pool, worth, before):
            work.mark("found")
    return linear, choice


def _searched(
    day: Day, pool: Pool, both: Level, linear: Relaxed, choice: Whole, most: int, work: Work
) -> tuple[Whole, bool]:
    """*choice* or one of more worth, and whether it reaches *most*."""
    level = Level(goals_of(day)[0])
    value = value_of(pool, level, choice)
    for attempt in _attempts(day, pool, both, linear, work):
        if value >= most or work.late():
            break
        choice = attempt(choice)
        if value_of(pool, level, choice) > value:
            value = value_of(pool, level, choice)
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
        return lambda choice: better(
            pool, level, choice, dived(day, pool, level, linear, pace, work.left_s)
        )

    def choosing(size: int) -> Callable[[Whole], Whole]:
        return lambda choice: chosen(day, pool, level, linear, choice, size, work)

    yield from map(diving, PACES[: work.dives])
    before = 0
    for size in work.pools[:-1]:
        if before < len(pool.loads):
            yield choosing(size)
        before = size
