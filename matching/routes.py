"""From the chosen car-loads to the plan's lifts: the clock times of every stop."""

from collections.abc import Sequence
from itertools import pairwise

from matching.day import Day
from matching.loads import Loads
from matching.plan import Back, Drop, Lift, Stop


def lifts_of(day: Day, loads: Loads) -> tuple[Lift, ...]:
    """The lifts of *loads*, in the order of their drivers' ids."""
    order = sorted(range(len(loads)), key=lambda load: int(loads.driver[load]))
    return tuple(_lift(day, loads, load) for load in order)


def _lift(day: Day, loads: Loads, load: int) -> Lift:
    driver = day.drivers[loads.driver[load]]
    session = day.sessions[loads.session[load]]
    riders = [int(rider) for rider in loads.riders[load] if rider >= 0]
    starts = [day.riders[rider].start for rider in riders]
    arrive_s = session.start_s - day.problem.early_s
    reach, end_s = _reach(day, [driver.home, *starts, session.place], 0)
    leave_s = arrive_s - end_s
    stops = [
        Stop(day.riders[rider].id, leave_s + at) for rider, at in zip(riders, reach, strict=True)
    ]
    back = _back(day, loads, load) if driver.both_ways else None
    return Lift(driver.id, session.id, leave_s, tuple(stops), arrive_s, back)


def _back(day: Day, loads: Loads, load: int) -> Back:
    driver = day.drivers[loads.driver[load]]
    session = day.sessions[loads.session[load]]
    riders = [int(rider) for rider in loads.drops[load] if rider >= 0]
    starts = [day.riders[rider].start for rider in riders]
    reach, home_s = _reach(day, [session.place, *starts, driver.home], session.end_s)
    drops = [Drop(day.riders[rider].id, at) for rider, at in zip(riders, reach, strict=True)]
    return Back(session.end_s, tuple(drops), home_s)


def _reach(day: Day, places: Sequence[int], leave_s: int) -> tuple[list[int], int]:
    """When a car that leaves the first of *places* reaches each stop, and the last place."""
    at, reached = leave_s, []
    for before, place in pairwise(places):
        at += int(day.out.link[before, place])
        reached.append(at)
        at += day.problem.dwell_s
    return reached[:-1], reached[-1]
