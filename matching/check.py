"""What is wrong with a plan: `violations(problem, plan)`, which trusts no solver.

Written from the statement of the problem alone, in plain Python, and sharing nothing with
the solving files but the dataclasses and, where a problem gives no table, the estimate of
drive times. It recomputes every clock time (`check_lift`) and every number that a plan
claims (`check_claims`). That an `optimal` plan is the best there is, it cannot prove; that
a plan's claims agree with one another, it does. Begin with `violations`.
"""

from collections import Counter
from collections.abc import Iterator

from matching.check_claims import claims
from matching.check_lift import lift_violations
from matching.plan import Plan
from matching.problem import Problem
from matching.violation import Violation


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Every promise that *plan* breaks: lift by lift, then those of the plan as a whole.

    A plan that names somebody unknown is reported for that alone.
    """
    found = list(_unknown(problem, plan))
    if found:
        return found
    for lift in plan.lifts:
        found.extend(lift_violations(problem, lift))
    for rule in (_twice, _sessions, _pins, _unplaced, claims):
        found.extend(rule(problem, plan))
    return found


def _unknown(problem: Problem, plan: Plan) -> Iterator[Violation]:
    drivers = {driver.id for driver in problem.drivers}
    riders = {rider.id for rider in problem.riders}
    sessions = {session.id for session in problem.sessions}
    for lift in plan.lifts:
        riding = [stop.rider for stop in lift.stops]
        riding += [drop.rider for drop in lift.back.drops] if lift.back else []
        for kind, known, ids in (
            ("driver", drivers, [lift.driver]),
            ("session", sessions, [lift.session]),
            ("rider", riders, riding),
        ):
            for each in ids:
                if each not in known:
                    yield Violation("unknown", each, f"is no {kind} of the problem")
    for person in plan.unplaced:
        if person.id not in drivers | riders:
            yield Violation("unknown", person.id, "is nobody of the problem")


def _used(plan: Plan) -> Counter[str]:
    """How often each driver and rider is in a lift."""
    used: Counter[str] = Counter()
    for lift in plan.lifts:
        used.update([lift.driver, *(stop.rider for stop in lift.stops)])
    return used


def _twice(problem: Problem, plan: Plan) -> Iterator[Violation]:
    used = _used(plan)
    for each, times in used.items():
        if times > 1:
            yield Violation("twice", each, f"is in {times} places of the plan")
    for driver, rider in problem.either:
        if used[driver] and used[rider]:
            yield Violation("twice", driver, f"drives, and rides as {rider}")


def _sessions(problem: Problem, plan: Plan) -> Iterator[Violation]:
    people = {rider.id: rider.people for rider in problem.riders}
    for session in problem.sessions:
        lifts = [lift for lift in plan.lifts if lift.session == session.id]
        brought = sum(1 + sum(people[stop.rider] for stop in lift.stops) for lift in lifts)
        if lifts and session.coming + brought > session.maximum:
            text = f"{session.coming + brought} people, {session.maximum} at most"
            yield Violation("session_full", session.id, text)


def _pins(problem: Problem, plan: Plan) -> Iterator[Violation]:
    lifts = {lift.driver: lift for lift in plan.lifts}
    for pin in problem.pins:
        lift = lifts.get(pin.driver)
        if lift is None or lift.session != pin.session:
            yield Violation("pin", pin.driver, f"does not drive to {pin.session}")
            continue
        taken, wanted = {stop.rider for stop in lift.stops}, set(pin.riders)
        if not wanted <= taken:
            yield Violation("pin", pin.driver, f"leaves out {', '.join(sorted(wanted - taken))}")
        if pin.closed and not taken <= wanted:
            yield Violation("pin", pin.driver, f"also takes {', '.join(sorted(taken - wanted))}")


def _unplaced(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Everyone in no lift is listed once; both selves of an either as the rider."""
    used = _used(plan)
    other = dict(problem.either)
    waiting = {rider.id for rider in problem.riders} | {driver.id for driver in problem.drivers}
    for driver, rider in other.items():
        waiting.discard(driver)
        if used[driver]:
            waiting.discard(rider)
    waiting |= {driver for driver in other if used[driver]}
    listed = Counter(person.id for person in plan.unplaced)
    for each in sorted(waiting | set(listed)):
        due = int(each in waiting and not used[each])
        if listed[each] != due:
            text = f"is listed {listed[each]} times as unplaced, not {due}"
            yield Violation("unplaced", each, text)
