"""Whether what a plan claims is true: worth, seconds, bound, gap, status.

Part of `check`. Begin with `claims`.
"""

from collections.abc import Iterator

from matching.check_lift import travel_s
from matching.plan import Lift, Plan, Status
from matching.problem import Problem
from matching.violation import Violation


def claims(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Every number of *plan* that is not what its lifts make it."""
    driver_s, rider_s = _extra_seconds(problem, plan)
    for name, claimed, true in (
        ("worth", plan.worth, _worth(problem, plan) - _changes(problem, plan)),
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


def _worth(problem: Problem, plan: Plan) -> int:
    """What the people brought are worth, counted one by one."""
    people = {rider.id: rider.people for rider in problem.riders}
    worth = 0
    for session in problem.sessions:
        unit = 1000 + round(1000 * session.need)
        lifts = [lift for lift in plan.lifts if lift.session == session.id]
        count = session.coming
        for _ in range(sum(1 + sum(people[stop.rider] for stop in lift.stops) for lift in lifts)):
            worth += 2 * unit if count < session.target else unit
            count += 1
        if session.coming < session.minimum <= count:
            worth += unit * session.minimum
    return worth


def _changes(problem: Problem, plan: Plan) -> int:
    """The price of all that is other than people were told, a party's people each."""
    people = {rider.id: rider.people for rider in problem.riders}
    lifts = {(lift.driver, lift.session): lift for lift in plan.lifts}
    changed = 0
    for told in problem.told:
        lift = lifts.get((told.driver, told.session))
        riders = {stop.rider for stop in lift.stops} if lift else set()
        changed += (lift is None) + sum(people[each] for each in told.riders if each not in riders)
    return changed * problem.change_price


def _extra_seconds(problem: Problem, plan: Plan) -> tuple[int, int]:
    """The drivers' and the riders' seconds beyond the direct drives, both ways."""
    driver_s, rider_s = 0, 0
    for lift in plan.lifts:
        for driver_part, rider_part in (_out_seconds(problem, lift), _back_seconds(problem, lift)):
            driver_s += driver_part
            rider_s += rider_part
    return driver_s, rider_s


def _out_seconds(problem: Problem, lift: Lift) -> tuple[int, int]:
    home = next(driver.home for driver in problem.drivers if driver.id == lift.driver)
    venue = next(each.place for each in problem.sessions if each.id == lift.session)
    start = {rider.id: rider.start for rider in problem.riders}
    driver_s = lift.arrive_s - lift.leave_s - travel_s(problem, home, venue)
    rider_s = sum(
        lift.arrive_s - stop.at_s - problem.dwell_s - travel_s(problem, start[stop.rider], venue)
        for stop in lift.stops
    )
    return driver_s, rider_s


def _back_seconds(problem: Problem, lift: Lift) -> tuple[int, int]:
    if lift.back is None:
        return 0, 0
    home = next(driver.home for driver in problem.drivers if driver.id == lift.driver)
    venue = next(each.place for each in problem.sessions if each.id == lift.session)
    start = {rider.id: rider.start for rider in problem.riders}
    leave_s = lift.back.leave_s
    driver_s = lift.back.home_s - leave_s - travel_s(problem, venue, home)
    rider_s = sum(
        drop.at_s - leave_s - travel_s(problem, venue, start[drop.rider])
        for drop in lift.back.drops
    )
    return driver_s, rider_s
