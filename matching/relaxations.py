"""What would help somebody who is in no lift: the smallest single change found.

The plan stays as it is, and the person is put into one of its cars with places left, between
any two of its stops. If that breaks one limit only, and that of the person or of the driver,
raising that limit would place them: so the change is enough, though with everybody else
moved about a smaller one might be. Begin with `rider_relaxation`.
"""

from collections.abc import Sequence

import numpy as np

from matching.day import Day, Flags, Way
from matching.driven import Driven
from matching.plan import Relax

CARS = 12  # looked at for each rider: those with the least detour
LIMITS = ("detour", "driver_earliest", "extra", "earliest")
Excess = dict[str, int]  # by limit: the fewest seconds that suffice if it alone is moved


def driver_relaxation(day: Day, plan: Driven, d: int) -> Relax | None:
    """The least earlier leaving, or else the nearest other session, that places driver *d*."""
    driver, room = day.drivers[d], plan.left >= 1
    late = day.out.driver_direct[d] - day.out.driver_limit[d]
    if (day.driver_ok[d] & room & (late <= 0)).any():
        return None
    sooner = [int(late[s]) for s in np.flatnonzero(day.driver_ok[d] & room)]
    if sooner and min(sooner) <= driver.earliest_s:
        return Relax(driver=driver.id, earliest_s=driver.earliest_s - min(sooner))
    other = np.flatnonzero(~day.driver_ok[d] & room & (late <= 0))
    if not other.size:
        return None
    nearest = min(other, key=lambda s: (day.out.driver_direct[d, s], s))
    return Relax(session=day.sessions[nearest].id)


def rider_relaxation(day: Day, plan: Driven, r: int) -> Relax | None:
    """The change by the fewest seconds; failing that, another session; or None."""
    changes: list[tuple[int, int, int, Relax]] = []
    cars = _cars(day, plan, r)
    for load in _nearest(day, plan, r, cars, day.rider_ok[r]):
        d = int(plan.loads.driver[load])
        for number, (limit, seconds) in enumerate(_excess(day, plan, r, load).items()):
            change = _change(day, r, d, limit, seconds)
            if change is not None and seconds > 0:
                changes.append((seconds, number, d, change))
    if changes:
        return min(changes, key=lambda change: change[:3])[3]
    for load in _nearest(day, plan, r, cars, ~day.rider_ok[r]):
        if 0 in _excess(day, plan, r, load).values():
            return Relax(session=day.sessions[plan.loads.session[load]].id)
    return None


def _cars(day: Day, plan: Driven, r: int) -> Flags:
    """Which loads have places for *r*, at a session with room, and nobody *r* must avoid."""
    loads = plan.loads
    cars = (day.needs[r] <= plan.spare[loads.driver]).all(axis=1)
    cars &= plan.left[loads.session] >= day.people[r]
    cars &= day.driver_both[loads.driver] | ~day.rider_both[r]
    cars &= ~np.isin(loads.driver, [d for d, rider in day.apart_driver if rider == r])
    avoid = [a for a, b in day.apart_riders if b == r]
    closed = [d for d, (_, _, shut) in day.pins.items() if shut]
    cars &= ~np.isin(loads.riders, avoid).any(axis=1) & ~np.isin(loads.driver, closed)
    return np.asarray(cars)


def _nearest(day: Day, plan: Driven, r: int, cars: Flags, sessions: Flags) -> list[int]:
    loads = plan.loads
    open_cars = np.flatnonzero(cars & sessions[loads.session])
    d, s = loads.driver[open_cars], loads.session[open_cars]
    detour = day.out.link[day.home[d], day.start[r]] + day.out.rider_direct[r, s]
    order = np.argsort(detour - day.out.driver_direct[d, s], kind="stable")
    return [int(load) for load in open_cars[order[:CARS]]]


def _excess(day: Day, plan: Driven, r: int, load: int) -> Excess:
    """By how much each limit, moved alone, must be moved for *r* to fit into *load*."""
    d, s = int(plan.loads.driver[load]), int(plan.loads.session[load])
    riders = [int(each) for each in plan.loads.riders[load] if each >= 0]
    ways = [_way_excess(day, day.out, d, s, riders[::-1], r)]
    if day.rider_both[r]:
        drops = [int(each) for each in plan.loads.drops[load] if each >= 0]
        ways.append(_way_excess(day, day.back, d, s, drops, r))
    common = [limit for limit in LIMITS if all(limit in way for way in ways)]
    return {limit: max(way[limit] for way in ways) for limit in common}


def _way_excess(day: Day, way: Way, d: int, s: int, chain: Sequence[int], r: int) -> Excess:
    """The same for one way; *chain* are the riders now in the car, from the venue outwards."""
    least: Excess = {}
    for at in range(len(chain) + 1):
        broken = _broken(day, way, d, s, [*chain[:at], r, *chain[at:]], r)
        if broken is None or len(broken) > 1:
            continue
        for limit in broken or LIMITS:
            seconds = broken.get(limit, 0)
            least[limit] = min(seconds, least.get(limit, seconds))
    return least


def _broken(day: Day, way: Way, d: int, s: int, chain: Sequence[int], r: int) -> Excess | None:
    """Which limits this chain breaks and by how much; None if one of another rider's."""
    time, before = 0, day.sessions[s].place
    excess: Excess = {}
    for rider in chain:
        time += day.problem.dwell_s + int(way.link[day.start[rider], before])
        before = int(day.start[rider])
        if rider == r:
            longest = int(way.rider_direct[r, s]) + day.riders[r].extra_limit_s
            excess["extra"] = time - day.problem.dwell_s - longest
            excess["earliest"] = _too_soon(day, way, s, time, day.riders[r].earliest_s)
        elif time > way.rider_limit[rider, s]:
            return None
    time += int(way.link[day.home[d], before])
    longest = int(way.driver_direct[d, s]) + day.drivers[d].detour_limit_s
    excess["detour"] = time - longest
    excess["driver_earliest"] = _too_soon(day, way, s, time, day.drivers[d].earliest_s)
    return {limit: seconds for limit, seconds in excess.items() if seconds > 0}


def _too_soon(day: Day, way: Way, s: int, time: int, earliest_s: int) -> int:
    """How long before *earliest_s* one must leave to drive *time*; on the way back, never."""
    if way is not day.out:
        return 0
    return earliest_s - (day.sessions[s].start_s - day.problem.early_s - time)


def _change(day: Day, r: int, d: int, limit: str, seconds: int) -> Relax | None:
    driver, rider = day.drivers[d], day.riders[r]
    if limit == "detour":
        return Relax(driver=driver.id, detour_limit_s=driver.detour_limit_s + seconds)
    if limit == "extra":
        return Relax(extra_limit_s=rider.extra_limit_s + seconds)
    if limit == "earliest" and seconds <= rider.earliest_s:
        return Relax(earliest_s=rider.earliest_s - seconds)
    if limit == "driver_earliest" and seconds <= driver.earliest_s:
        return Relax(driver=driver.id, earliest_s=driver.earliest_s - seconds)
    return None
