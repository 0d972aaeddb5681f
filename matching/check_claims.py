"""Whether what a plan claims is true: worth, seconds, bound, gap, status.

Part of `check`. Begin with `claims`.
"""

from collections.abc import Iterator

from matching.check_lift import travel_s
from matching.check_names import Names, brought
from matching.plan import Lift, Plan, Status
from matching.violation import Violation


def claims(names: Names, plan: Plan) -> Iterator[Violation]:
    """Every number of *plan* that is not what its lifts make it."""
    driver_s, rider_s = _extra_seconds(names, plan)
    for name, claimed, true in (
        ("worth", plan.worth, _worth(names, plan) - _changes(names, plan)),
        ("driver_extra_s", plan.driver_extra_s, driver_s),
        ("rider_extra_s", plan.rider_extra_s, rider_s),
    ):
        if claimed != true:
            yield Violation(name, "plan", f"is {claimed}, not {true}")
    if plan.bound < plan.worth:
        yield Violation("bound", "plan", f"{plan.bound} is below the worth")
    if abs(plan.gap - (plan.bound - plan.worth) / max(1, plan.bound)) > 1e-6:
        yield Violation("gap", "plan", f"{plan.gap} is not that between worth and bound")
    proven = plan.proven_levels >= 1
    if proven != (plan.status is Status.OPTIMAL) or (proven and plan.bound != plan.worth):
        yield Violation("status", "plan", "status, proven levels and bound do not agree")


def _worth(names: Names, plan: Plan) -> int:
    """What the people brought are worth, counted one by one."""
    worth = 0
    for each, people in brought(names, plan).items():
        session = names.sessions[each]
        unit = 1000 + round(1000 * session.need)
        count = session.coming
        for _ in range(people):
            worth += 2 * unit if count < session.target else unit
            count += 1
        if session.coming < session.minimum <= count:
            worth += unit * session.minimum
    return worth


def _changes(names: Names, plan: Plan) -> int:
    """The price of all that is other than people were told, a party's people each."""
    lifts = {(lift.driver, lift.session): lift for lift in plan.lifts}
    changed = 0
    for told in names.problem.told:
        lift = lifts.get((told.driver, told.session))
        riders = {stop.rider for stop in lift.stops} if lift else set()
        lost = [names.riders[each] for each in told.riders if each not in riders]
        changed += (lift is None) + sum(rider.people for rider in lost)
    return changed * names.problem.change_price


def _extra_seconds(names: Names, plan: Plan) -> tuple[int, int]:
    """The drivers' and the riders' seconds beyond the direct drives, both ways."""
    driver_s, rider_s = 0, 0
    for lift in plan.lifts:
        for driver_part, rider_part in (_out_seconds(names, lift), _back_seconds(names, lift)):
            driver_s += driver_part
            rider_s += rider_part
    return driver_s, rider_s


def _out_seconds(names: Names, lift: Lift) -> tuple[int, int]:
    problem, venue = names.problem, names.sessions[lift.session].place
    direct_s = travel_s(problem, names.drivers[lift.driver].home, venue)
    seated = [lift.arrive_s - stop.at_s - problem.dwell_s for stop in lift.stops]
    starts = [names.riders[stop.rider].start for stop in lift.stops]
    direct = [travel_s(problem, start, venue) for start in starts]
    return lift.arrive_s - lift.leave_s - direct_s, sum(seated) - sum(direct)


def _back_seconds(names: Names, lift: Lift) -> tuple[int, int]:
    if lift.back is None:
        return 0, 0
    problem, venue = names.problem, names.sessions[lift.session].place
    leave_s, home_s = lift.back.leave_s, lift.back.home_s
    direct_s = travel_s(problem, venue, names.drivers[lift.driver].home)
    seated = [drop.at_s - leave_s for drop in lift.back.drops]
    starts = [names.riders[drop.rider].start for drop in lift.back.drops]
    direct = [travel_s(problem, venue, start) for start in starts]
    return home_s - leave_s - direct_s, sum(seated) - sum(direct)
