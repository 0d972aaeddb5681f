"""Why somebody is in no lift.

The sessions and drivers that could serve a rider are narrowed step by step, and the step
that leaves none is the reason. Begin with `unplaced`.
"""

from collections.abc import Callable

import numpy as np

from matching.day import Day, Flags
from matching.driven import Driven
from matching.plan import Reason, Unplaced
from matching.relaxations import driver_relaxation, rider_relaxation


def unplaced(day: Day, plan: Driven, late: Callable[[], bool]) -> tuple[Unplaced, ...]:
    """Everyone whom *plan* leaves out, by id; both selves of an either as the rider.

    What would help is sought while it is not *late*.
    """
    found = []
    riders = np.flatnonzero(~plan.used[day.person_of_rider])
    for r in map(int, riders):
        relax = None if late() else rider_relaxation(day, plan, r)
        found.append(Unplaced(day.riders[r].id, rider_reason(day, plan, r), relax))
    selves = day.person_of_rider[riders]
    for d in map(int, np.flatnonzero(~plan.used[: len(day.drivers)])):
        if d not in selves:
            relax = None if late() else driver_relaxation(day, plan, d)
            found.append(Unplaced(day.drivers[d].id, driver_reason(day, plan, d), relax))
    return tuple(sorted(found, key=lambda each: each.id))


def driver_reason(day: Day, plan: Driven, d: int) -> Reason:
    """Why driver *d* goes nowhere."""
    sessions = day.driver_ok[d]
    in_time = sessions & (day.out.driver_direct[d] <= day.out.driver_limit[d])
    if not sessions.any():
        return Reason.NO_SESSION_FITS
    if not in_time.any():
        return Reason.TOO_EARLY
    if not (in_time & (plan.left >= 1)).any():
        return Reason.SESSION_FULL
    return Reason.OUTBID


def rider_reason(day: Day, plan: Driven, r: int) -> Reason:
    """Why rider *r* is left out; `[d, s]` are the drivers and sessions still possible."""
    sessions = day.rider_ok[r]
    if not sessions.any():
        return Reason.NO_SESSION_FITS
    sessions = sessions & (day.out.rider_direct[r] + day.problem.dwell_s <= day.out.rider_limit[r])
    if not sessions.any():
        return Reason.TOO_EARLY
    sessions = sessions & (day.room > day.people[r])
    if not sessions.any():
        return Reason.SESSION_FULL
    pairs = day.driver_ok & sessions
    steps = (
        (Reason.NO_DRIVER_NEAR, pairs),
        (Reason.NEEDS_NOT_MET, (day.needs[r] <= day.seats).all(axis=1)[:, None]),
        (Reason.WAY_BACK, (day.driver_both | ~day.rider_both[r])[:, None]),
        (Reason.NO_DRIVER_NEAR, _alone(day, r)),
        (Reason.SESSION_FULL, plan.left >= day.people[r]),
        (Reason.PLACES_FULL, _seated(day, plan, r)),
    )
    for reason, possible in steps:
        pairs = pairs & possible
        if not pairs.any():
            return reason
    return Reason.OUTBID


def _alone(day: Day, r: int) -> Flags:
    """Which drivers could take *r* alone, where, within both ways' limits."""
    ways = [day.out, day.back] if day.rider_both[r] else [day.out]
    may = np.ones_like(day.driver_ok)
    venue = np.array([session.place for session in day.sessions], dtype=np.int64)
    for way in ways:
        onward = day.problem.dwell_s + way.link[day.start[r], venue]
        total = way.link[day.home, day.start[r]][:, None] + onward
        may &= (onward <= way.rider_limit[r]) & (total <= way.driver_limit)
    may[[d for d, rider in day.apart_driver if rider == r]] = False
    return may


def _seated(day: Day, plan: Driven, r: int) -> Flags:
    """Where *r* finds places: beside those already in the car, or in one going elsewhere."""
    elsewhere = plan.session[:, None] != np.arange(len(day.sessions))
    spare = (day.needs[r] <= plan.spare).all(axis=1)
    return np.asarray(elsewhere | spare[:, None])
