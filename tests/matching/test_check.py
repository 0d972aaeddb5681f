"""Does the checker catch what a wrong solver would do? Each bug is planted in a good plan."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from matching.check import violations
from matching.plan import Back, Lift, Plan, Reason, Status, Stop, Unplaced
from matching.problem import Pin, Problem, Told
from matching.solve import solve
from tests.matching.days import a_day, a_driver, a_rider, a_session

DAY = a_day(
    drivers=(a_driver(id="d1"), a_driver(id="d2", home=5, seats={"standard": 1, "child": 1})),
    riders=(
        a_rider(id="r1", start=1),
        a_rider(id="r2", start=3, needs={"standard": 2}),
        a_rider(id="r3", start=2),
        a_rider(id="away", start=9, needs={"wheelchair": 1}),
    ),
)
PLAN = solve(DAY)


def test_the_plan_that_bugs_are_planted_in_is_good() -> None:
    assert violations(DAY, PLAN) == []
    assert [len(lift.stops) for lift in PLAN.lifts] == [2, 1]
    assert [person.id for person in PLAN.unplaced] == ["away"]


def _first_lift(plan: Plan, **changes: Any) -> Plan:
    return replace(plan, lifts=(replace(plan.lifts[0], **changes), *plan.lifts[1:]))


def _first_back(plan: Plan, **changes: Any) -> Plan:
    back = plan.lifts[0].back
    assert back is not None
    return _first_lift(plan, back=replace(back, **changes))


def _later(stop: Stop, seconds: int) -> Stop:
    return replace(stop, at_s=stop.at_s + seconds)


LIFT: Lift = PLAN.lifts[0]
RIDER = LIFT.stops[0].rider
BACK: Back = LIFT.back or Back(0, (), 0)

BUGS: dict[str, tuple[str, Callable[[Plan], Plan]]] = {
    "leaves a second late": ("clock", lambda p: _first_lift(p, leave_s=LIFT.leave_s + 1)),
    "arrives a second late": ("clock", lambda p: _first_lift(p, arrive_s=LIFT.arrive_s + 1)),
    "reaches a stop a second early": (
        "clock",
        lambda p: _first_lift(p, stops=(_later(LIFT.stops[0], -1), *LIFT.stops[1:])),
    ),
    "stops in another order": ("clock", lambda p: _first_lift(p, stops=LIFT.stops[::-1])),
    "goes home a second late": ("clock", lambda p: _first_back(p, home_s=BACK.home_s + 1)),
    "leaves before the end": ("clock", lambda p: _first_back(p, leave_s=BACK.leave_s - 1)),
    "forgets a rider's way back": ("way_back", lambda p: _first_back(p, drops=BACK.drops[1:])),
    "drops a rider twice": (
        "way_back",
        lambda p: _first_back(p, drops=(*BACK.drops, BACK.drops[0])),
    ),
    "forgets the way back": ("way_back", lambda p: _first_lift(p, back=None)),
    "takes a rider twice": (
        "twice",
        lambda p: _first_lift(p, stops=(*LIFT.stops, LIFT.stops[0])),
    ),
    "splits a party between two cars": (
        "twice",
        lambda p: replace(
            p, lifts=(LIFT, replace(p.lifts[1], stops=(*p.lifts[1].stops, LIFT.stops[0])))
        ),
    ),
    "uses a driver twice": ("twice", lambda p: replace(p, lifts=(*p.lifts, p.lifts[0]))),
    "leaves out a lift": ("unplaced", lambda p: replace(p, lifts=p.lifts[1:])),
    "forgets somebody": ("unplaced", lambda p: replace(p, unplaced=())),
    "lists somebody twice": ("unplaced", lambda p: replace(p, unplaced=p.unplaced * 2)),
    "lists somebody who is placed": (
        "unplaced",
        lambda p: replace(p, unplaced=(*p.unplaced, Unplaced("r1", Reason.OUTBID))),
    ),
    "claims more worth": ("worth", lambda p: replace(p, worth=p.worth + 1, bound=p.bound + 1)),
    "claims a lower bound": ("bound", lambda p: replace(p, bound=p.bound - 1)),
    "claims fewer driver's seconds": (
        "driver_extra_s",
        lambda p: replace(p, driver_extra_s=p.driver_extra_s - 1),
    ),
    "claims fewer riders' seconds": (
        "rider_extra_s",
        lambda p: replace(p, rider_extra_s=p.rider_extra_s - 1),
    ),
    "claims a smaller gap": ("gap", lambda p: replace(p, gap=0.1)),
    "claims a proof that it lacks": ("status", lambda p: replace(p, proven_levels=0)),
    "is not optimal but says so": ("status", lambda p: replace(p, bound=p.bound + 5_000)),
    "hides a proof": ("status", lambda p: replace(p, status=Status.DEADLINE)),
    "names a stranger": ("unknown", lambda p: _first_lift(p, driver="nobody")),
}


@pytest.mark.parametrize("name", BUGS)
def test_a_plan_with_a_bug_is_caught(name: str) -> None:
    rule, plant = BUGS[name]

    assert rule in {found.rule for found in violations(DAY, plant(PLAN))}


def _rider(problem: Problem, name: str, **changes: Any) -> Problem:
    riders = [replace(r, **changes) if r.id == name else r for r in problem.riders]
    return replace(problem, riders=tuple(riders))


def _driver(problem: Problem, name: str, **changes: Any) -> Problem:
    drivers = [replace(d, **changes) if d.id == name else d for d in problem.drivers]
    return replace(problem, drivers=tuple(drivers))


STRICTER: dict[str, tuple[str, Callable[[Problem], Problem]]] = {
    "a place fewer": ("seats", lambda p: _driver(p, "d1", seats={"standard": 2})),
    "places of another type": ("seats", lambda p: _driver(p, "d1", seats={"child": 9})),
    "a rider who needs another type": (
        "seats",
        lambda p: _rider(p, RIDER, needs={"wheelchair": 1}),
    ),
    "a forbidden pair": (
        "forbidden",
        lambda p: replace(p, forbidden=((RIDER, LIFT.stops[1].rider),)),
    ),
    "a driver who avoids a rider": ("forbidden", lambda p: replace(p, forbidden=((RIDER, "d1"),))),
    "an either of one car": ("twice", lambda p: replace(p, either=(("d1", RIDER),))),
    "a session's maximum": (
        "session_full",
        lambda p: replace(p, sessions=(a_session(maximum=5, target=5),)),
    ),
    "people who come by themselves": (
        "session_full",
        lambda p: replace(p, sessions=(a_session(coming=15),)),
    ),
    "a driver's detour": ("detour", lambda p: _driver(p, "d1", detour_limit_s=10)),
    "a driver's morning": ("earliest", lambda p: _driver(p, "d1", earliest_s=LIFT.leave_s + 1)),
    "a rider's morning": (
        "earliest",
        lambda p: _rider(p, LIFT.stops[0].rider, earliest_s=LIFT.stops[0].at_s + 1),
    ),
    "a rider's patience": (
        "extra",
        lambda p: _rider(p, LIFT.stops[0].rider, extra_limit_s=10),
    ),
    "a session that a rider did not choose": ("session", lambda p: _rider(p, RIDER, sessions=())),
    "a session too far": ("session", lambda p: _driver(p, "d1", max_direct_s=1)),
    "a driver who stays": ("way_back", lambda p: _driver(p, "d1", both_ways=False)),
    "a rider who stays": ("way_back", lambda p: _rider(p, RIDER, both_ways=False)),
    "a pin": ("pin", lambda p: replace(p, pins=(Pin("d1", "s", ("away",)),))),
    "a closed pin": ("pin", lambda p: replace(p, pins=(Pin("d1", "s", (), closed=True),))),
    "what people were told": ("worth", lambda p: replace(p, told=(Told("d1", "s", ("away",)),))),
    "a longer stop": ("clock", lambda p: replace(p, dwell_s=61)),
    "an earlier arrival": ("clock", lambda p: replace(p, early_s=301)),
    "a rider more": (
        "unplaced",
        lambda p: replace(p, riders=(*p.riders, a_rider(id="new"))),
    ),
}


@pytest.mark.parametrize("name", STRICTER)
def test_a_plan_for_an_easier_problem_is_caught(name: str) -> None:
    rule, tighten = STRICTER[name]

    assert rule in {found.rule for found in violations(tighten(DAY), PLAN)}


def test_a_violation_reads_as_one_line() -> None:
    [found] = violations(DAY, replace(PLAN, gap=0.5))

    assert str(found) == "gap plan: 0.5 is not that between worth and bound"
