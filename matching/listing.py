"""Listing car-loads: every driver with every set of riders that they could take to a session.

A load costs its driver the best order out plus the best order back, which do not depend on
each other: so a set needs its chains out, the chains back of those of its riders who go
back, and a driver attaches to both at the end. Begin with `all_loads`.
"""

from dataclasses import dataclass

import numpy as np

from matching.chains import Level, Size, grow
from matching.day import Day, Flags, Marks, Numbers, Whole
from matching.loads import Loads, joined, no_loads, padded, told_by
from matching.market import groups

NEVER = np.iinfo(np.int64).max
SECOND = 1 << 31  # driver's seconds weigh that much more than riders' in one sum of both


@dataclass(frozen=True)
class _Sets:
    """A session's sets of riders, one way: set i has the states from `begin[i]` on, by rank.

    `path[state]` are its riders from the head to the venue, whichever way the car drives.
    """

    mark: Marks
    begin: Whole
    head: Whole
    path: Numbers
    time: Whole
    extra: Whole
    needs: Whole


def all_loads(day: Day, size: Size) -> tuple[Loads, bool]:
    """Every feasible load of *day*, by session and driver.

    The flag is False when *size* left some out. Of a driver's loads to a session a quarter
    of those still allowed are kept (or their fair share, if that is more): those with more
    people and less driving first.
    """
    share = size.loads // max(1, int(day.driver_ok.sum()))
    found, complete, left = [no_loads()], True, size.loads
    for group in groups(day):
        s, drivers, riders = group.session, group.drivers, group.riders
        sets, whole = _sets(day, s, riders, drivers, back=False, size=size)
        both = riders[day.rider_both[riders]], drivers[day.driver_both[drivers]]
        back, whole_back = _sets(day, s, *both, back=True, size=size)
        complete = complete and whole and whole_back
        home_sets = _home_sets(day, sets, back)
        for d in drivers:
            loads = _attach(day, s, int(d), sets, back, home_sets)
            loads = loads.pick(_holds(loads.riders, group.must))
            found.append(_thinned(loads, max(1, share, left // 4)))
            complete = complete and len(found[-1]) == len(loads)
            left -= len(found[-1])
    return joined(found), complete


def _sets(
    day: Day, s: int, riders: Whole, drivers: Whole, *, back: bool, size: Size
) -> tuple[_Sets, bool]:
    levels, complete = grow(day, s, riders, drivers, back=back, size=size)
    return _gathered(day, riders, levels), complete


def _gathered(day: Day, riders: Whole, levels: list[Level]) -> _Sets:
    """The levels' states, side by side where their riders are the same set."""
    orders = [np.lexsort((level.rank, level.mark)) for level in levels]
    sorted_levels = list(zip(levels, orders, strict=True))
    marks = [level.mark[order] for level, order in sorted_levels]
    mark = np.concatenate([np.empty(0, dtype=np.uint64), *marks])
    begin = np.flatnonzero(np.append(True, mark[1:] != mark[:-1])[: len(mark)])
    width = max(1, len(levels))
    paths = [
        padded(riders[level.path[order]].astype(np.int32), width) for level, order in sorted_levels
    ]
    path = np.concatenate([np.empty((0, width), dtype=np.int32), *paths])
    return _Sets(
        mark=mark[begin],
        begin=begin,
        head=path[:, 0],
        path=path,
        time=_chain([level.time[order] for level, order in sorted_levels]),
        extra=_chain([level.extra[order] for level, order in sorted_levels]),
        needs=np.vstack([day.needs, np.zeros_like(day.seats[:1])])[path[begin]].sum(axis=1),
    )


def _chain(arrays: list[Whole]) -> Whole:
    return np.concatenate([np.empty(0, dtype=np.int64), *arrays])


def _home_sets(day: Day, sets: _Sets, back: _Sets) -> Whole:
    """By set: the number of the set of its riders who go back; -1 nobody, -2 no such set."""
    path = sets.path[sets.begin]
    goes = np.append(day.rider_both, False)[path]
    mark = np.where(goes, np.append(day.mark, np.uint64(0))[path], np.uint64(0)).sum(axis=1)
    order = np.argsort(back.mark, kind="stable")
    number = np.append(order, -2)[np.searchsorted(back.mark[order], mark)]
    known = np.append(back.mark, np.zeros(2, dtype=np.uint64))[number] == mark
    return np.where(goes.any(axis=1), np.where(known, number, -2), -1)


def _attach(day: Day, s: int, d: int, sets: _Sets, back: _Sets, home_sets: Whole) -> Loads:
    """The driver with every set, and alone."""
    cost, state = _cheapest(day, s, d, sets, back=False)
    home_cost, home_state = _cheapest(day, s, d, back, back=True)
    cost_back = np.append(home_cost, [NEVER, 0])[home_sets]
    if not day.driver_both[d]:
        cost_back = np.where(home_sets == -1, 0, NEVER)
    needs = np.append(sets.needs, np.zeros_like(day.seats[:1]), axis=0)
    path = _with_nobody(sets.path)[np.append(state, -1)]
    fits = np.append((cost < NEVER) & (cost_back < NEVER), _alone(day, s, d))
    fits &= (needs <= day.seats[d]).all(axis=1) & (needs.sum(axis=1) < day.room[s])
    avoid = [r for driver, r in day.apart_driver if driver == d]
    fits &= ~np.isin(path, avoid).any(axis=1)
    chosen = np.flatnonzero(fits)
    total = np.append(cost, 0)[chosen] + np.append(cost_back, 0)[chosen]
    drops = _with_nobody(back.path)[np.append(home_state, [-1, -1])[np.append(home_sets, -1)]]
    driver_extra = (total + SECOND // 2) // SECOND
    return Loads(
        driver=np.full(len(total), d),
        session=np.full(len(total), s),
        riders=path[chosen],
        drops=_turned(drops[chosen]),
        people=1 + needs[chosen].sum(axis=1),
        driver_extra=driver_extra,
        rider_extra=total - driver_extra * SECOND,
        told=told_by(day, np.full(len(total), d), np.full(len(total), s), path[chosen]),
    )


def _alone(day: Day, s: int, d: int) -> bool:
    return bool(day.out.driver_direct[d, s] <= day.out.driver_limit[d, s])


def _with_nobody(path: Numbers) -> Numbers:
    return np.append(path, np.full((1, path.shape[1]), -1, dtype=np.int32), axis=0)


def _turned(path: Numbers) -> Numbers:
    """The same rows from their last rider to their first, filled up at the end again."""
    turned = path[:, ::-1]
    order = np.argsort(turned < 0, axis=1, kind="stable")
    return np.take_along_axis(turned, order, axis=1)


def _cheapest(day: Day, s: int, d: int, sets: _Sets, *, back: bool) -> tuple[Whole, Whole]:
    """By set: the driver's extra seconds in `SECOND`s plus the riders', and in which state.

    `NEVER` where no order is within the driver's limit.
    """
    way = day.back if back else day.out
    if not len(sets.mark):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    total = way.link[day.home[d], day.start[sets.head]] + sets.time
    cost = (total - way.driver_direct[d, s]) * SECOND + sets.extra
    cost[total > way.driver_limit[d, s]] = NEVER
    least = np.minimum.reduceat(cost, sets.begin)
    sizes = np.diff(np.append(sets.begin, len(cost)))
    equal = np.flatnonzero(cost == np.repeat(least, sizes))
    return least, equal[np.searchsorted(equal, sets.begin)]


def _holds(riders: Numbers, must: tuple[int, ...]) -> Flags:
    """Which rows of *riders* hold all of *must*."""
    return np.asarray(np.isin(riders, must).sum(axis=1) == len(must))


def _thinned(loads: Loads, most: int) -> Loads:
    if len(loads) <= most:
        return loads
    best = np.lexsort((loads.driver_extra, -loads.people, -loads.told))[:most]
    return loads.pick(np.sort(best))
