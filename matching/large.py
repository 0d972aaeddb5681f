"""Days of thousands: solved block by block, again with other borders, and bounded as a whole.

A linear program of the whole day, over the loads that the blocks knew, gives prices that hold
everywhere. They prove the bound; and its answer says who belongs where when the blocks are
solved for the last time. Begin with `by_blocks`.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.block import Size, Solved, sessions_of, solved_blocks
from matching.choosing import Work
from matching.crew import Crew
from matching.cuts import no_cuts
from matching.day import Day, Whole, place_in_run
from matching.found import Found
from matching.goals import goals_of
from matching.loads import Loads, joined, no_loads, persons_of
from matching.market import Group
from matching.offering import Effort, Sought, alone, sought
from matching.pools import Grown, best_of_each
from matching.prices import Level, Priced, Prices, no_prices, priced
from matching.relaxation import Relaxed, Until, relaxed
from matching.shares import wanted

TURNS = 8  # times that blocks are cut: once before the whole day's program
QUICK_TURNS = 4  # where there is less time than this for a person:
PERSON_S = 0.01
FIRST = 0.6  # of the time for that
WHOLE = 0.6  # of what is left then, for the program
SLOW = 5e-3  # a round of that program that gains less wants more effort
EACH = 20  # loads for each driver and session that are looked for at a time
EFFORT = 2  # which of a pool's efforts it begins with


Mark = Callable[[str], None]


@dataclass(frozen=True)
class Known:
    """What the blocks have found: loads worth knowing, and everyone's prices."""

    near: Loads
    prices: Prices


def at_once(
    day: Day, pinned: Loads, crew: Crew[Day], left_s: Callable[[], float], mark: Mark
) -> Found:
    """A plan with the loads *pinned*, soon; its bound is that of full sessions."""
    worth, plan = goals_of(day)[0], _alone(day, pinned)
    work = Work(nodes=0, pools=(), cuts=False, levels=1, left_s=left_s, mark=mark)
    for turn in range(QUICK_TURNS):
        if work.late():
            break
        session, size = sessions_of(day, plan), Size(turn, quick=turn == 0)
        solved = solved_blocks(day, crew, plan, no_loads(), session, size, left_s())
        plan = _better(day, plan, solved, work)
    return Found(plan, worth.ceiling + day.told_price, 0, work.late())


def by_blocks(
    day: Day, pinned: Loads, crew: Crew[Day], left_s: Callable[[], float], mark: Mark
) -> Found:
    """A plan with the loads *pinned*, and a bound."""
    if day.problem.deadline_s * crew.workers < PERSON_S * day.persons:
        return at_once(day, pinned, crew, left_s, mark)
    worth, plan = goals_of(day)[0], _alone(day, pinned)
    work = Work(nodes=0, pools=(), cuts=False, levels=1, left_s=left_s, mark=mark)
    first, session = work.share(FIRST).left_s(), sessions_of(day, plan)
    solved = solved_blocks(day, crew, plan, no_loads(), session, Size(0), first)
    plan, most = _better(day, plan, solved, work), worth.ceiling + day.told_price
    if not work.late():
        known = _known(day, solved)
        pool = _pool(day, plan, known, crew, work)
        whole = _whole(day, pool, plan, known, work.share(WHOLE))
        most = min(most, whole.bound.whole(worth.step))
        plan = _again(day, crew, pool, whole, plan, work)
    return Found(plan, most, 0, left_s() <= 0)


def _again(
    day: Day, crew: Crew[Day], pool: Grown, whole: Relaxed, plan: Loads, work: Work
) -> Loads:
    """*plan*, or a better one by blocks that begin from the linear program of the whole day."""
    loss = whole.bound.loss(day, pool.loads)
    near = pool.loads.pick(best_of_each(pool.loads, -loss, np.arange(len(loss))))
    session = _by_shares(day, pool, whole, sessions_of(day, plan))
    for turn in range(1, TURNS):
        if work.late():
            break
        solved = solved_blocks(day, crew, plan, near, session, Size(turn), work.left_s())
        plan = _better(day, plan, solved, work)
        session = sessions_of(day, plan)
    return plan


def _alone(day: Day, pinned: Loads) -> Loads:
    """The loads *pinned*, and the other drivers alone where they count most, as room allows."""
    coming = day.coming.copy()
    np.add.at(coming, pinned.session, pinned.people)
    free = np.setdiff1d(np.arange(len(day.drivers)), persons_of(day, pinned))
    session = np.full(len(day.drivers), -1)
    session[free] = wanted(day, free, coming)
    every = alone(day)
    own = every.pick(every.session == session[every.driver])
    order = np.argsort(own.session, kind="stable")
    place = place_in_run(own.session[order])
    room = day.holding(coming).room
    return joined([pinned, own.pick(np.sort(order[place < room[own.session[order]]]))])


def _better(day: Day, plan: Loads, solved: list[Solved], work: Work) -> Loads:
    worth, fresh = goals_of(day)[0], joined([no_loads(), *(each.plan for each in solved)])
    if worth.of(fresh) <= worth.of(plan):
        return plan
    work.mark("found")
    return fresh


def _known(day: Day, solved: list[Solved]) -> Known:
    """What *solved* found out."""
    prices = no_prices(day.persons, len(day.sessions))
    for each in solved:
        prices.person[each.persons] = each.person
        prices.place[each.sessions] = each.place
    return Known(joined([no_loads(), *(each.near for each in solved)]), prices)


def _pool(day: Day, plan: Loads, known: Known, crew: Crew[Day], work: Work) -> Grown:
    def asked(each: list[Group], priced: Priced, above: Whole, effort: Effort) -> Iterator[Sought]:
        until = time.monotonic() + work.left_s()
        fewer = replace(effort, each=min(effort.each, EACH))
        return crew.each(_sought, ((group, priced, above, fewer, until) for group in each))

    pool = Grown(day, plan, work.late, asked)
    pool.add(known.near)
    return pool


def _sought(day: Day, task: tuple[Group, Priced, Whole, Effort, float]) -> Sought:
    group, priced, above, effort, until = task
    return sought(day, group, priced, above, effort, lambda: time.monotonic() >= until)


def _whole(day: Day, pool: Grown, plan: Loads, known: Known, work: Work) -> Relaxed:
    """The whole day's linear program, beginning with the loads best at the blocks' prices."""
    level = Level(goals_of(day)[0])
    at = priced(level, known.prices, no_cuts(day.persons))
    answer = pool.ask(at, EFFORT)
    seen = best_of_each(pool.loads, answer.reduced, np.arange(len(pool.loads)))
    first = Relaxed(at.bound(answer.best), seen, {})
    close = level.goal.of(plan) // 2_000
    until = Until(work.left_s, close=close, first=EFFORT, slow=SLOW, rough=True)
    return relaxed(day, pool, level, np.arange(len(plan)), until, first) or first


def _by_shares(day: Day, pool: Grown, whole: Relaxed, session: Whole) -> Whole:
    """By person: where most of what the linear program drives of them goes."""
    loads = np.array(sorted(whole.shares), dtype=np.int64)
    persons = persons_of(day, pool.loads.pick(loads))
    most, found = np.zeros(day.persons), session.copy()
    total: dict[tuple[int, int], float] = {}
    there = pool.loads.session[loads].tolist()
    for load, row, s in zip(loads.tolist(), persons.tolist(), there, strict=True):
        for person in row:
            if person >= 0:
                total[person, s] = total.get((person, s), 0.0) + whole.shares[load]
    for (person, s), share in sorted(total.items()):
        if share > most[person]:
            most[person], found[person] = share, s
    return found
