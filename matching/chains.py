"""Chains of stops, grown outwards from a venue, independently of who drives them.

A state is a set of riders, the outermost of them (its *head*) and the least time between the
car's reaching the head and the venue. A chain that takes longer never helps whatever is put
in front of it, so one state per set and head is enough; of equally long ones the riders'
seconds decide, then the ids in the order of the drive. A level is extended by one rider at
all its heads at once. The way back is the same with the table of drives transposed.

Begin with `grow`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matching.day import Day, Flags, Marks, Numbers, Way, Whole, place_in_run

CHUNK = 500_000  # pairs of a state and a rider looked at together: some 50 MB
WAITING = 4  # times as many new states as are wanted, before the doubles are dropped


@dataclass(frozen=True)
class Size:
    """How much may be grown and kept.

    Attributes
    ----------
    states
        Chains of one size, session and way; beyond it, those nearest to the venue by head.
    loads
        Car-loads in all; beyond it, each driver's fullest.
    late
        Tells that the time is up: nothing longer is grown.
    """

    states: int
    loads: int
    late: Callable[[], bool] = bool


@dataclass(frozen=True)
class Level:
    """States of one size: `path[i]` is the chain from head to venue, in riders' numbers.

    `mark` tells sets apart (the sum of a random 64-bit number for each rider), `rank` orders
    states as their riders' numbers in the order of the drive do.
    """

    path: Numbers
    needs: Whole
    mark: Marks
    time: Whole
    extra: Whole
    rank: Whole


@dataclass(frozen=True)
class Ground:
    """Where chains grow: one way of one session, for some riders and drivers.

    `limit[j, p]` is the longest time to the venue from rider j's start with p people in the
    car, beyond which neither j nor any driver with places enough agrees; j counts within
    `riders`. `profiles` are the kinds of cars by places of each type.
    """

    riders: Whole
    link: Numbers
    to_venue: Whole
    direct: Whole
    limit: Whole
    needs: Whole
    profiles: Whole
    apart: Flags
    mark: Marks
    dwell_s: int
    outward: bool


def grow(
    day: Day, s: int, riders: Whole, drivers: Whole, *, back: bool, size: Size
) -> tuple[list[Level], bool]:
    """All chains at session *s* over *riders* that one of *drivers* may still reach.

    The flag is False when *size* left some out.
    """
    ground = _ground(day, s, riders, drivers, back=back)
    level, complete = _first(ground), True
    levels = []
    while len(level.path):
        levels.append(level)
        level, whole = _extend(ground, level, size)
        complete = complete and whole
    return levels, complete


def _ground(day: Day, s: int, riders: Whole, drivers: Whole, *, back: bool) -> Ground:
    way = day.back if back else day.out
    start, venue = day.start[riders], day.sessions[s].place
    apart = np.zeros((len(riders), len(riders)), dtype=bool)
    at = {int(r): j for j, r in enumerate(riders)}
    for a, b in day.apart_riders:
        if a in at and b in at:
            apart[at[a], at[b]] = True
    np.fill_diagonal(apart, True)
    return Ground(
        riders=riders,
        link=way.link[np.ix_(start, start)],
        to_venue=way.link[start, venue].astype(np.int64),
        direct=way.rider_direct[riders, s],
        limit=_limit(day, way, s, riders, drivers),
        needs=day.needs[riders],
        profiles=np.unique(day.seats[drivers], axis=0),
        apart=apart,
        mark=day.mark[riders],
        dwell_s=day.problem.dwell_s,
        outward=not back,
    )


def _limit(day: Day, way: Way, s: int, riders: Whole, drivers: Whole) -> Whole:
    """By rider and people in the car; -1 where there is no driver."""
    places = np.minimum(day.seats[drivers].sum(axis=1), int(day.room[s]) - 1)
    limit = np.full((len(riders), int(places.max(initial=0)) + 1), -1, dtype=np.int64)
    for d, seats in zip(drivers, places, strict=True):
        if seats > 0:
            slack = way.driver_limit[d, s] - way.least[day.home[d], day.start[riders]]
            limit[:, : seats + 1] = np.maximum(limit[:, : seats + 1], slack[:, None])
    return np.asarray(np.minimum(limit, way.rider_limit[riders, s][:, None]))


def _first(ground: Ground) -> Level:
    """Chains of one rider."""
    count = len(ground.riders)
    nobody = Level(
        path=np.empty((count, 0), dtype=np.int32),
        needs=np.zeros_like(ground.needs),
        mark=np.zeros(count, dtype=np.uint64),
        time=ground.dwell_s + ground.to_venue,
        extra=np.zeros(count, dtype=np.int64),
        rank=np.zeros(count, dtype=np.int64),
    )
    j = np.arange(count)
    keep = _may(ground, nobody, j, j, nobody.time)
    return _longer(ground, nobody, j[keep], j[keep], nobody.time[keep])


def _may(ground: Ground, level: Level, state: Whole, j: Whole, time: Whole) -> Flags:
    """Which riders *j* may stand before which states, reached *time* from the venue."""
    needs = level.needs[state] + ground.needs[j]
    people = needs.sum(axis=1)
    seated = people < ground.limit.shape[1]
    may = seated & (time <= ground.limit[j, np.where(seated, people, 0)])
    for at in range(level.path.shape[1]):
        may &= ~ground.apart[level.path[state, at], j]
    fits = np.zeros(len(j), dtype=bool)
    for profile in ground.profiles:
        fits |= (needs <= profile).all(axis=1)
    return np.asarray(may & fits)


def _extend(ground: Ground, level: Level, size: Size) -> tuple[Level, bool]:
    """Every state of *level* with every rider put before it, each set and head once."""
    loosest = ground.limit.max(axis=1, initial=-1)
    rows = max(1, CHUNK // max(1, len(ground.riders)))
    states: list[Whole] = []
    heads: list[Whole] = []
    complete = True
    for begin in range(0, len(level.path), rows):
        chunk = np.arange(begin, min(begin + rows, len(level.path)))
        state, j = np.nonzero(_time(ground, level, chunk[:, None]) <= loosest)
        state = chunk[state]
        may = _may(ground, level, state, j, _time(ground, level, state, j))
        states.append(state[may])
        heads.append(j[may])
        waiting = sum(map(len, states))
        if size.late():
            return _longer(ground, level, state[:0], j[:0], state[:0]), False
        if waiting > max(CHUNK, WAITING * size.states):
            state, j, whole = _distinct(ground, level, states, heads, size.states)
            states, heads, complete = [state], [j], complete and whole
    state, j, whole = _distinct(ground, level, states, heads, size.states)
    return _longer(ground, level, state, j, _time(ground, level, state, j)), complete and whole


def _time(ground: Ground, level: Level, state: Whole, j: Whole | None = None) -> Whole:
    """Time from *j* (every rider, if None) to the venue by way of the states."""
    onward = ground.dwell_s + level.time[state]
    head = level.path[state, 0]
    if j is None:
        return np.asarray(ground.link.T[head[:, 0]] + onward, dtype=np.int64)
    return np.asarray(ground.link[j, head] + onward, dtype=np.int64)


def _distinct(
    ground: Ground, level: Level, states: list[Whole], heads: list[Whole], most: int
) -> tuple[Whole, Whole, bool]:
    """The best of each set and head; of these at most *most*, and whether that is all."""
    state, j = np.concatenate(states), np.concatenate(heads)
    time = _time(ground, level, state, j)
    extra = level.extra[state] + time - ground.dwell_s - ground.direct[j]
    mark = level.mark[state] + ground.mark[j]
    order = np.lexsort((level.rank[state], extra, time, j, mark))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(mark[order]) != 0) | (np.diff(j[order]) != 0)
    best = order[new]
    if len(best) <= most:
        return state[best], j[best], True
    best = best[np.lexsort((level.rank[state[best]], time[best], j[best]))]
    best = best[place_in_run(j[best]) < max(1, most // len(np.unique(j[best])))]
    return state[best], j[best], False


def _longer(ground: Ground, level: Level, state: Whole, j: Whole, time: Whole) -> Level:
    """The states of *level* with riders *j* put before them."""
    before = level.rank[state]
    rank = np.empty(len(j), dtype=np.int64)
    rank[np.lexsort((before, j) if ground.outward else (j, before))] = np.arange(len(j))
    return Level(
        path=np.column_stack([j, level.path[state]]).astype(np.int32),
        needs=level.needs[state] + ground.needs[j],
        mark=level.mark[state] + ground.mark[j],
        time=time,
        extra=level.extra[state] + time - ground.dwell_s - ground.direct[j],
        rank=rank,
    )
