"""A first plan, fast and never empty-handed: drivers choose one after another.

Pins come first, as they are. Then the driver with the fewest riders within reach takes the
best load there still is, and so on. Too simple to be good, and good enough to begin from.
Begin with `first_plan`.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from matching.chains import Size
from matching.day import Day, Flags, Whole
from matching.listing import all_loads
from matching.loads import Loads, joined, no_loads

NEAR = 14  # riders that a driver looks at for each session: those with the least detour
SIZE = Size(states=2_000, loads=20_000)
SESSIONS = 3  # that a driver looks at: those where one more person counts most


class Free:
    """Who is free, and how many people each session has; `take` changes both."""

    def __init__(self, day: Day) -> None:
        self.coming = day.coming.copy()
        self._day = day
        self._persons = np.ones(day.persons, dtype=bool)

    def drivers(self) -> Flags:
        """By driver."""
        return self._persons[: len(self._day.drivers)]

    def riders(self) -> Flags:
        """By rider."""
        return self._persons[self._day.person_of_rider]

    def take(self, loads: Loads) -> None:
        """Use the people of *loads*."""
        np.add.at(self.coming, loads.session, loads.people)
        self._persons[loads.driver] = False
        riders = loads.riders[loads.riders >= 0]
        self._persons[self._day.person_of_rider[riders]] = False


def first_plan(day: Day, pinned: Loads, late: Callable[[], bool]) -> Loads:
    """Some feasible plan with the loads *pinned*; whoever the time forgets stays at home."""
    free = Free(day)
    free.take(pinned)
    plan = [no_loads(), pinned]
    everyone = free.riders()
    choices = {
        d: sum(len(_near(day, d, s, everyone)) for s in _sessions(day, d, day.coming))
        for d in map(int, np.flatnonzero(free.drivers()))
        if not late()
    }
    for d in sorted(choices, key=lambda d: (choices[d], d)):
        if late():
            break
        if free.drivers()[d]:
            plan.append(_best(day, free, d, late))
            free.take(plan[-1])
    return joined(plan)


def _sessions(day: Day, d: int, coming: Whole) -> list[int]:
    """A few sessions for driver *d*: where one more counts most, then the nearest."""
    now = day.holding(coming)
    open_now = [int(s) for s in np.flatnonzero(day.driver_ok[d] & (now.room > 0))]
    open_now.sort(key=lambda s: (-now.worth_of(s)[1], day.out.driver_direct[d, s], s))
    return open_now[:SESSIONS]


def _near(day: Day, d: int, s: int, free: Flags) -> Whole:
    """The riders whom *d* could take alone to *s*, those with the least detour first."""
    riders = np.flatnonzero(free & day.rider_ok[:, s])
    way, start = day.out, day.start[riders]
    onward = day.problem.dwell_s + way.link[start, day.sessions[s].place]
    total = way.link[day.home[d], start] + onward
    may = (onward <= way.rider_limit[riders, s]) & (total <= way.driver_limit[d, s])
    order = np.argsort(total[may], kind="stable")
    return np.asarray(riders[may][order], dtype=np.int64)


def _best(day: Day, free: Free, d: int, late: Callable[[], bool]) -> Loads:
    """The load of *d* that is worth most, then costs least; none at all if none is feasible."""
    found = [no_loads()]
    worth = [np.empty(0, dtype=np.int64)]
    for s in _sessions(day, d, free.coming):
        drivers = np.zeros_like(day.driver_ok)
        drivers[d, s] = True
        riders = np.zeros(len(day.riders), dtype=bool)
        riders[_near(day, d, s, free.riders())[:NEAR]] = True
        small = day.only(drivers, riders, free.coming)
        loads, _ = all_loads(small, replace(SIZE, late=late))
        found.append(loads)
        worth.append(small.worth_of(s)[loads.people] - small.worth_of(s)[0] + loads.told)
    loads = joined(found)
    order = np.lexsort((loads.rider_extra, loads.driver_extra, -np.concatenate(worth)))
    return loads.pick(order[:1])
