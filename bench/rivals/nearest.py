"""What most carpool boards do: drivers, one after another, take the nearest rider who fits."""

from collections.abc import Sequence

from bench.rivals.case import Case, case_of, plan_of
from matching.plan import Plan
from matching.problem import Problem


def plan(problem: Problem, seconds: float) -> Plan:  # noqa: ARG001 - greedy needs no time
    """Each driver, in the order of ids, goes to the nearest rider, from there to the next.

    It knows all the limits; *seconds* is not used.
    """
    case = case_of(problem)
    free = set(range(len(case.riders)))
    routes = []
    for driver in range(len(case.drivers)):
        route: list[int] = []
        while (rider := _next(case, driver, route, free)) is not None:
            route.append(rider)
            free.remove(rider)
        routes.append(route)
    return plan_of(case, routes)


def _next(case: Case, driver: int, route: Sequence[int], free: set[int]) -> int | None:
    here = case.start(route[-1]) if route else driver
    for rider in sorted(free, key=lambda each: (case.drive_s[here][case.start(each)], each)):
        if case.extra_s(driver, [*route, rider]) is not None:
            return rider
    return None
