"""VROOM (github.com/VROOM-Project/vroom), through pyvroom."""

from datetime import timedelta

import numpy as np
import vroom  # type: ignore[import-untyped, import-not-found, unused-ignore]

from bench.rivals.case import Case, case_of, plan_of
from matching.plan import Plan
from matching.problem import Problem

EXPLORATION = 5  # as thorough as it gets
THREADS = 2


def plan(problem: Problem, seconds: float) -> Plan:
    """Ask VROOM: a vehicle for each driver, a job for each rider, priority by people.

    It knows all limits but the session's maximum. It maximises the priorities of the jobs it
    takes on, then minimises the drive; it uses two threads, and stops of its own when its
    search is at its end.
    """
    case = case_of(problem)
    if not case.riders or not case.drivers:
        return plan_of(case, [[] for _ in case.drivers])
    solution = _input(case).solve(
        exploration_level=EXPLORATION, nb_threads=THREADS, timeout=timedelta(seconds=seconds)
    )
    routes: list[list[int]] = [[] for _ in case.drivers]
    steps = solution.routes
    jobs = steps[steps["type"] == "job"]
    for driver, rider in zip(jobs["vehicle_id"], jobs["id"], strict=True):
        routes[int(driver)].append(int(rider))
    return plan_of(case, routes)


def _input(case: Case) -> vroom.Input:
    asked = vroom.Input()
    asked.set_durations_matrix("car", np.array(case.drive_s))
    for driver, (seats, leave_s) in enumerate(zip(case.seats, case.leave_s, strict=True)):
        asked.add_vehicle(
            vroom.Vehicle(
                driver,
                start=driver,
                end=case.venue,
                capacity=seats,
                time_window=vroom.TimeWindow(leave_s, case.arrive_s),
            )
        )
    for rider, (needs, reach_s) in enumerate(zip(case.needs, case.reach_s, strict=True)):
        asked.add_job(
            vroom.Job(
                rider,
                location=case.start(rider),
                default_service=case.problem.dwell_s,
                pickup=vroom.Amount(needs),
                priority=case.riders[rider].people,
                time_windows=[vroom.TimeWindow(reach_s, case.arrive_s)],
            )
        )
    return asked
