"""What is wrong with a plan: `violations(problem, plan)`, which trusts no solver.

Written from the statement of the problem alone, in plain Python, and sharing nothing with
the solving files but the dataclasses and, where a problem gives no table, the estimate of
drive times. It looks everybody up once (`check_names`), and recomputes every clock time
(`check_lift`) and every number that a plan claims (`check_claims`). That an `optimal` plan is
the best there is, it cannot prove; that a plan's claims agree with one another, it does.
Begin with `violations`.
"""

from collections import Counter
from collections.abc import Iterator

from matching.check_claims import claims
from matching.check_lift import lift_violations
from matching.check_names import Names, brought, names_of
from matching.plan import Plan
from matching.problem import Problem
from matching.violation import Violation


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Every promise that *plan* breaks: lift by lift, then those of the plan as a whole.

    A plan that names somebody unknown is reported for that alone.
    """
    names = names_of(problem)
    found = list(_unknown(names, plan))
    if found:
        return found
    for lift in plan.lifts:
        found.extend(lift_violations(names, lift))
    for rule in (_twice, _sessions, _pins, _unplaced, claims):
        found.extend(rule(names, plan))
    return found


def _unknown(names: Names, plan: Plan) -> Iterator[Violation]:
    for lift in plan.lifts:
        riding = [stop.rider for stop in lift.stops]
        riding += [drop.rider for drop in lift.back.drops] if lift.back else []
        if lift.driver not in names.drivers:
            yield Violation("unknown", lift.driver, "is no driver of the problem")
        if lift.session not in names.sessions:
            yield Violation("unknown", lift.session, "is no session of the problem")
        for each in riding:
            if each not in names.riders:
                yield Violation("unknown", each, "is no rider of the problem")
    for person in plan.unplaced:
        if person.id not in names.drivers and person.id not in names.riders:
            yield Violation("unknown", person.id, "is nobody of the problem")


def _used(plan: Plan) -> Counter[str]:
    """How often each driver and rider is in a lift."""
    used: Counter[str] = Counter()
    for lift in plan.lifts:
        used.update([lift.driver, *(stop.rider for stop in lift.stops)])
    return used


def _twice(names: Names, plan: Plan) -> Iterator[Violation]:
    used = _used(plan)
    for each, times in used.items():
        if times > 1:
            yield Violation("twice", each, f"is in {times} places of the plan")
    for driver, rider in names.problem.either:
        if used[driver] and used[rider]:
            yield Violation("twice", driver, f"drives, and rides as {rider}")


def _sessions(names: Names, plan: Plan) -> Iterator[Violation]:
    for each, people in brought(names, plan).items():
        session = names.sessions[each]
        if session.coming + people > session.maximum:
            text = f"{session.coming + people} people, {session.maximum} at most"
            yield Violation("session_full", each, text)


def _pins(names: Names, plan: Plan) -> Iterator[Violation]:
    lifts = {lift.driver: lift for lift in plan.lifts}
    for pin in names.problem.pins:
        lift = lifts.get(pin.driver)
        if lift is None or lift.session != pin.session:
            yield Violation("pin", pin.driver, f"does not drive to {pin.session}")
            continue
        taken, wanted = {stop.rider for stop in lift.stops}, set(pin.riders)
        if not wanted <= taken:
            yield Violation("pin", pin.driver, f"leaves out {', '.join(sorted(wanted - taken))}")
        if pin.closed and not taken <= wanted:
            yield Violation("pin", pin.driver, f"also takes {', '.join(sorted(taken - wanted))}")


def _unplaced(names: Names, plan: Plan) -> Iterator[Violation]:
    """Everyone in no lift is listed once; both selves of an either as the rider."""
    used = _used(plan)
    other = dict(names.problem.either)
    waiting = {*names.riders, *names.drivers}
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
