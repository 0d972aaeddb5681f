"""Improving a plan of a day too large to solve whole: one neighbourhood after another.

A neighbourhood is a driver, the nearest other drivers, everybody whom they carry now, and
the nearest riders whom nobody does. It is solved as a small day of its own, with all others
where they are, and a better answer replaces the old one. Begin with `improved`.
"""

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from matching.chains import Size
from matching.choosing import Work
from matching.day import Day, Flags, Whole
from matching.exact import best_of
from matching.goals import goals_of
from matching.greedy import Free
from matching.listing import all_loads
from matching.loads import Loads, joined
from matching.pools import Listed

DRIVERS = 8  # in a neighbourhood
UNUSED = 24  # riders in a neighbourhood whom nobody carries
SIZE = Size(states=3_000, loads=20_000)
NODES = 50
POOL = 2_000  # loads of the integer programs


def improved(day: Day, plan: Loads, enough: int, rounds: int, left_s: Callable[[], float]) -> Loads:
    """*plan*, or a better one: in each round every driver is once in the middle.

    Stops when worth is *enough*, after *rounds* rounds, after one that changed nothing, or when
    the time is up.
    """
    worth = goals_of(day)[0]
    order = random.Random(day.problem.seed)  # noqa: S311 - reproducible, not secret
    for _ in range(rounds):
        middles = [int(d) for d in np.flatnonzero(day.driver_ok.any(axis=1))]
        order.shuffle(middles)
        changed = False
        for middle in middles:
            if left_s() <= 0 or worth.of(plan) >= enough:
                return plan
            better = _better(day, plan, middle, left_s)
            changed, plan = changed or better is not None, plan if better is None else better
        if not changed:
            break
    return plan


def _better(day: Day, plan: Loads, middle: int, left_s: Callable[[], float]) -> Loads | None:
    """The plan with the neighbourhood of *middle* solved anew, if that is better."""
    drivers = _nearest_drivers(day, middle)
    inside = np.isin(plan.driver, drivers)
    kept, own = plan.pick(~inside), plan.pick(inside)
    free = Free(day)
    free.take(kept)
    wanted = np.zeros(len(day.riders), dtype=bool)
    wanted[own.riders[own.riders >= 0]] = True
    wanted[_nearest_unused(day, drivers, free.riders() & ~wanted)] = True
    mask = np.isin(np.arange(len(day.drivers)), drivers) & free.drivers()
    small = day.only(
        np.broadcast_to(mask[:, None], day.driver_ok.shape), wanted & free.riders(), free.coming
    )
    fresh, _ = all_loads(small, replace(SIZE, late=lambda: left_s() <= 0))
    loads, now = joined([own, fresh]), np.arange(len(own))
    work = Work(nodes=NODES, pools=(POOL,), cuts=False, levels=2, left_s=left_s)
    choice = best_of(small, Listed(small, loads), now, work)
    levels = goals_of(small)[:2]
    if [goal.of(choice.loads) for goal in levels] == [goal.of(own) for goal in levels]:
        return None
    return joined([kept, choice.loads])


def _nearest_drivers(day: Day, middle: int) -> Whole:
    """*middle* and the drivers who live nearest, of those who accept a session of theirs."""
    shares = (day.driver_ok & day.driver_ok[middle]).any(axis=1)
    away = np.where(shares, day.out.link[day.home[middle], day.home], np.iinfo(np.int32).max)
    away[middle] = -1
    return np.sort(np.argsort(away, kind="stable")[: min(DRIVERS, int(shares.sum()))])


def _nearest_unused(day: Day, drivers: Whole, unused: Flags) -> Whole:
    """Riders of *unused* for whom the least detour of one of *drivers* is least."""
    never = np.iinfo(np.int64).max
    least = np.full(len(day.riders), never)
    for d in drivers:
        way = day.out.link[day.home[d], day.start][:, None] + day.out.rider_direct
        detour = np.where(day.rider_ok & day.driver_ok[d], way - day.out.driver_direct[d], never)
        least = np.minimum(least, detour.min(axis=1, initial=never))
    least[~unused] = never
    nearest = np.argsort(least, kind="stable")[:UNUSED]
    return np.asarray(nearest[least[nearest] < never], dtype=np.int64)
