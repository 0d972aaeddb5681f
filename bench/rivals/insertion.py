"""Cheapest insertion: again and again, whoever costs any driver the fewest extra seconds."""

from collections.abc import Sequence

import numpy as np

from bench.rivals.case import Case, case_of, plan_of
from matching.plan import Plan
from matching.problem import Problem

NEVER = np.iinfo(np.int64).max


def plan(problem: Problem, seconds: float) -> Plan:  # noqa: ARG001 - greedy needs no time
    """Insert riders at the cheapest place in any route until nobody fits any more.

    It knows all the limits; *seconds* is not used.
    """
    case = case_of(problem)
    routes: list[list[int]] = [[] for _ in case.drivers]
    cost_s = np.full((len(case.drivers), len(case.riders)), NEVER)
    at = np.zeros_like(cost_s)
    for driver in range(len(case.drivers)):
        cost_s[driver], at[driver] = _row(case, driver, [], cost_s[driver] == NEVER)
    while cost_s.size and cost_s.min() < NEVER:
        driver, rider = map(int, np.unravel_index(cost_s.argmin(), cost_s.shape))
        routes[driver].insert(int(at[driver, rider]), rider)
        cost_s[:, rider] = NEVER
        placed = np.isin(np.arange(len(case.riders)), [r for route in routes for r in route])
        cost_s[driver], at[driver] = _row(case, driver, routes[driver], ~placed)
    return plan_of(case, routes)


def _row(
    case: Case, driver: int, route: Sequence[int], free: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """By rider: the fewest seconds more, and where in *route*."""
    cost_s, at = np.full(len(free), NEVER), np.zeros(len(free), dtype=np.int64)
    before_s = case.extra_s(driver, route) or 0
    for rider in map(int, np.flatnonzero(free)):
        for place in range(len(route) + 1):
            extra_s = case.extra_s(driver, [*route[:place], rider, *route[place:]])
            if extra_s is not None and extra_s - before_s < cost_s[rider]:
                cost_s[rider], at[rider] = extra_s - before_s, place
    return cost_s, at
