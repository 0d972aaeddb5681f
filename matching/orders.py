"""The best order of stops for car-loads whose riders are known.

Of all orders of a set the one with the least driver's seconds counts, then the one with the
least riders' seconds. Found by dynamic programming over subsets, outwards from the venue, for
many loads at once (Held and Karp, J. SIAM 10 (1962), 196, with limits on the way). Begin with
`ordered`.
"""

from collections.abc import Iterator

import numpy as np

from matching.day import Day, Flags, Numbers, Way, Whole
from matching.loads import Loads, told_by

SECOND = 1 << 31  # driver's seconds weigh that much more than riders' in one sum of both
NEVER = np.iinfo(np.int64).max // 2
EXACT = 12  # riders; more are left in the order they are given in, and back the other way round
CELLS = 4_000_000  # of one table: some 32 MB


def ordered(day: Day, driver: Whole, session: Whole, riders: Numbers) -> tuple[Loads, Flags]:
    """The loads of these drivers, sessions and `[load, k]` riders, in their best orders.

    Rows of *riders* are filled up with -1; beyond `EXACT` riders their order is left as given.
    The flags say, for each load asked for, whether that keeps the limits of its times; only those
    are in the answer, in the order asked for.
    Places, pairs and wishes are the caller's affair.
    """
    total, path = _one_way(day, day.out, driver, session, riders)
    going = np.append(day.rider_both, False)[riders]
    home = np.where(going, riders, -1).astype(np.int32)
    back, drops = _one_way(day, day.back, driver, session, home)
    back = np.where(day.driver_both[driver], back, np.where(going.any(axis=1), NEVER, 0))
    keeps = (total < NEVER) & (back < NEVER)
    both = (total + back)[keeps]
    driver, session, path = driver[keeps], session[keeps], path[keeps]
    driver_extra = _seconds(both)
    people = 1 + np.append(day.people, 0)[path].sum(axis=1)
    found = Loads(
        driver=driver,
        session=session,
        riders=path,
        drops=drops[keeps],
        people=people,
        driver_extra=driver_extra,
        rider_extra=both - driver_extra * SECOND,
        told=told_by(day, driver, session, path),
    )
    return found, keeps


def _one_way(
    day: Day, way: Way, driver: Whole, session: Whole, riders: Numbers
) -> tuple[Whole, Numbers]:
    """By load: the extra seconds of driver (in `SECOND`s) and riders, and the order driven."""
    cost = np.full(len(driver), NEVER)
    path = np.full(riders.shape, -1, dtype=np.int32)
    count = (riders >= 0).sum(axis=1)
    for k in np.unique(count):
        rows = np.flatnonzero(count == k)
        if k == 0:
            direct = way.driver_direct[driver[rows], session[rows]]
            late = direct > way.driver_limit[driver[rows], session[rows]]
            cost[rows] = np.where(late, NEVER, 0)
            continue
        if k > EXACT:
            given = riders[rows]
            keep = np.argsort(given < 0, axis=1, kind="stable")[:, :k]
            given = np.take_along_axis(given, keep, axis=1)
            cost[rows] = _as_given(day, way, driver[rows], session[rows], given)
            path[rows, :k] = given if way is day.out else given[:, ::-1]
            continue
        part = max(1, CELLS // (int(k) << int(k)))
        for begin in range(0, len(rows), part):
            some = rows[begin : begin + part]
            members = np.sort(riders[some], axis=1)[:, -k:]
            cost[some], chain = _least(day, way, driver[some], session[some], members)
            path[some, :k] = chain if way is day.out else chain[:, ::-1]
    return cost, path


def _least(
    day: Day, way: Way, driver: Whole, session: Whole, riders: Numbers
) -> tuple[Whole, Numbers]:
    """The same for rows of k riders each; the order is from the outermost to the venue."""
    k, dwell_s = riders.shape[1], day.problem.dwell_s
    start, rows = day.start[riders].T, np.arange(len(driver))
    link = way.link[start[:, None], start[None, :]].astype(np.int64) + dwell_s
    direct = way.rider_direct[riders, session[:, None]].T
    limit = way.rider_limit[riders, session[:, None]].T
    table = np.full((1 << k, k, len(driver)), NEVER)
    via = np.zeros((1 << k, k, len(driver)), dtype=np.int8)
    for j in range(k):
        time = dwell_s + direct[j]
        table[1 << j, j] = np.where(time <= limit[j], time * SECOND, NEVER)
    for j, masks, rest in _steps(k):
        reach = table[rest] + (link[j] * SECOND)[None]
        via[masks, j] = head = reach.argmin(axis=1)
        best = np.take_along_axis(reach, head[:, None], axis=1)[:, 0]
        time = _seconds(best)
        keeps = (best < NEVER) & (time <= limit[j])
        table[masks, j] = np.where(keeps, best + time - dwell_s - direct[j], NEVER)
    full = (1 << k) - 1
    to_head = way.link[day.home[driver], start].astype(np.int64)
    whole = table[full] + to_head * SECOND
    head = whole.argmin(axis=0)
    best = whole[head, rows]
    keeps = (best < NEVER) & (_seconds(best) <= way.driver_limit[driver, session])
    chain = np.empty((len(driver), k), dtype=np.int32)
    mask = np.full(len(driver), full)
    for at in range(k):
        chain[:, at] = riders[rows, head]
        head, mask = via[mask, head, rows], mask & ~(1 << head.astype(np.int64))
    cost = best - way.driver_direct[driver, session] * SECOND
    return np.where(keeps, cost, NEVER), chain


def _as_given(day: Day, way: Way, driver: Whole, session: Whole, riders: Numbers) -> Whole:
    """The cost of driving in this order, from the outermost rider to the venue."""
    time, cost = np.zeros(len(driver), dtype=np.int64), np.zeros(len(driver), dtype=np.int64)
    late = np.zeros(len(driver), dtype=bool)
    for at in range(riders.shape[1] - 1, -1, -1):
        rider, direct = riders[:, at], way.rider_direct[riders[:, at], session]
        if at + 1 == riders.shape[1]:
            time += direct + day.problem.dwell_s
        else:
            onward = way.link[day.start[rider], day.start[riders[:, at + 1]]]
            time += onward.astype(np.int64) + day.problem.dwell_s
        late |= time > way.rider_limit[rider, session]
        cost += time - day.problem.dwell_s - direct
    time += way.link[day.home[driver], day.start[riders[:, 0]]]
    late |= time > way.driver_limit[driver, session]
    cost += (time - way.driver_direct[driver, session]) * SECOND
    return np.where(late, NEVER, cost)


def _steps(k: int) -> Iterator[tuple[int, Whole, Whole]]:
    """By size of set and head j: the sets of that size with j in them, and the rest of each."""
    every = np.arange(1 << k)
    size = np.array([int(mask).bit_count() for mask in every])
    for members in range(2, k + 1):
        masks = every[size == members]
        for j in range(k):
            own = masks[masks & (1 << j) > 0]
            yield j, own, own & ~(1 << j)


def _seconds(cost: Whole) -> Whole:
    """The driver's part of a cost; the riders' may be negative, since tables need not be metric."""
    return np.asarray((cost + SECOND // 2) // SECOND)
