"""Lifts to keep: refused by name, before anything is solved, where they cannot be.

Begin with `pinned_loads`.
"""

import numpy as np

from matching.chains import Size
from matching.day import Day
from matching.listing import all_loads
from matching.loads import Loads, joined, no_loads
from matching.problem import InvalidProblem

SIZE = Size(states=200_000, loads=2)  # 16 riders have 103,000 chains of the middle size
HUGE = Size(states=2_000, loads=2)  # for more riders: some orders are not looked at
MANY = 16


def pinned_loads(day: Day) -> Loads:
    """Each pin as a load of exactly its riders.

    Raises
    ------
    InvalidProblem
        When a pin breaks a promise, uses one person twice, or its session has no room.
    """
    found = [no_loads()]
    coming = day.coming.copy()
    used: set[int] = set()
    for at, pin in enumerate(day.problem.pins):
        d = next(d for d, driver in enumerate(day.drivers) if driver.id == pin.driver)
        loads = _alone(day, d)
        if not len(loads):
            raise InvalidProblem(f"pins[{at}]", f"{pin.driver} cannot take these riders there")
        persons = {d, *(int(day.person_of_rider[r]) for r in day.pins[d][1])}
        if used & persons:
            raise InvalidProblem(f"pins[{at}]", f"{pin.driver}'s lift uses somebody twice")
        used |= persons
        s = day.pins[d][0]
        coming[s] += loads.people[0]
        if coming[s] > day.sessions[s].maximum:
            raise InvalidProblem(f"pins[{at}]", f"{pin.session} has no room for this lift")
        found.append(loads)
    return joined(found)


def _alone(day: Day, d: int) -> Loads:
    """The pin of driver *d* as if it were closed and the only one."""
    session, riders, _ = day.pins[d]
    drivers = np.zeros_like(day.driver_ok)
    drivers[d] = day.driver_ok[d]
    wanted = np.isin(np.arange(len(day.riders)), riders)
    small = day.only(drivers, wanted, day.coming)
    small.pins[d] = (session, riders, True)
    return all_loads(small, SIZE if len(riders) <= MANY else HUGE)[0]
