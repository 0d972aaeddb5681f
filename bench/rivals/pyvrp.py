"""PyVRP (pyvrp.org): iterated local search for vehicle routing with prizes."""

import warnings
from typing import Any

import numpy as np
from pyvrp import Client, Depot, Location, ProblemData, VehicleType, solve
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.stop import MaxRuntime

from bench.rivals.case import Case, case_of, plan_of
from matching.plan import Plan
from matching.problem import Problem

PRIZE_S = 40_000  # a person's, in seconds of driving: more than any detour


def plan(problem: Problem, seconds: float) -> Plan:
    """Ask PyVRP: a vehicle type of one for each driver, an optional client for each rider.

    It knows all limits but the session's maximum. It minimises the drive of the cars that
    take somebody, plus the prizes of those whom none takes. Its answer may still break a
    limit when the time is up; such a route loses its last riders until it is sound.
    """
    case = case_of(problem)
    routes: list[list[int]] = [[] for _ in case.drivers]
    if not case.riders or not case.drivers:
        return plan_of(case, routes)
    with warnings.catch_warnings(action="ignore", category=PenaltyBoundWarning):
        found = solve(_data(case), MaxRuntime(seconds), seed=problem.seed, collect_stats=False)
    for route in found.best.routes():
        riders = [stop.idx for stop in route if stop.is_client()]
        while case.extra_s(route.vehicle_type(), riders) is None:
            riders.pop()
        routes[route.vehicle_type()] = riders
    return plan_of(case, routes)


def _data(case: Case) -> ProblemData:
    drive_s: Any = np.array(case.drive_s)
    return ProblemData(
        locations=[Location(0, 0) for _ in case.drive_s],
        clients=[
            Client(
                location=case.start(rider),
                pickup=needs,
                service_duration=case.problem.dwell_s,
                tw_early=reach_s,
                tw_late=case.arrive_s,
                prize=PRIZE_S * case.riders[rider].people,
                required=False,
            )
            for rider, (needs, reach_s) in enumerate(zip(case.needs, case.reach_s, strict=True))
        ],
        depots=[Depot(location=point) for point in (*range(len(case.drivers)), case.venue)],
        vehicle_types=[
            VehicleType(
                capacity=seats,
                start_depot=driver,
                end_depot=len(case.drivers),
                tw_early=leave_s,
                tw_late=case.arrive_s,
            )
            for driver, (seats, leave_s) in enumerate(zip(case.seats, case.leave_s, strict=True))
        ],
        distance_matrices=[drive_s],
        duration_matrices=[drive_s],
    )
